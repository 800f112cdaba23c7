"""Patterns of words that blur a claim.

English blurs a claim in few ways: the speaker stands back from it ("I think"), an adverb or a phrase weakens it
("broadly", "by and large"), a noun loses its edges ("sort of", "a range of"), the end is left open ("and so on"), or
what is done is tied to an open condition ("where possible"). Words that say how often ("mostly", "usually") are facts.
"""

from __future__ import annotations

from cqcmock.listening.patterns import lines
from cqcmock.listening.stems import word_set

HEDGES = lines(
    """
    i|we <adv>? think|believe|suppose|guess|suspect|assume|presume|imagine
    i <adv>? hope|feel|expect|understand|reckon|gather
    i <adv>? would <adv>? <put>
    we would <adv>? hope|suggest|argue|imagine
    i|we should think|imagine|hope
    i|we would like|love|hope to think|believe|say
    i would have thought|said|hoped
    i would not like to say
    i dare say
    i daresay
    i am <sure> sure|certain|confident|clear
    i am not <sure> sure|certain|clear
    i am not a|one? hundred per? cent|percent sure|certain
    my understanding|sense|impression|feeling|guess|hunch is
    i|we am|are led to believe
    i|we try|aim|seek|endeavour|strive to
    i|we try and
    i|we would look|aim|seek to
    i|we <habit> <habit>? try|aim|seek|endeavour|strive to|and
    i|we will|do|does|did try and
    do|does our|their|my best to
    try|tries our|their|my best
    <weak>
    <degree> <describing>
    pretty
    a pretty <describing>
    a|little|wee bit|tad|touch
    quite a challenge|journey|while|lot|few|bit|number|mix|range
    a fair|good few|number|bit|amount|deal
    a great deal
    a number|range|variety|raft|host of
    various|numerous
    sort|kind|kinds|sorts of
    or something|whatever|thereabouts
    something|things|stuff|people like that
    that|this sort|kind|type of thing
    that sort|kind
    and so on|forth
    so on and
    and all|what that|not
    and what have you
    and suchlike|stuff|whatnot
    and the like
    et cetera
    etc|etcetera
    by and large
    in the main
    on the whole
    on balance
    in the round
    all in all
    to all intents
    in my|our view|opinion|mind
    as i see it
    from what i|we *1 see|tell|hear|gather|understand|know|hear
    touch wood
    fingers crossed
    with any|a? luck
    not necessarily
    for the most|main part
    more or less
    near enough
    it|that is <adv>? likely|possible|conceivable
    pretty much
    in general
    in most|many|some cases|instances|areas|places|ways|respects
    in parts|pockets
    in a way|sense
    in principle|theory
    in a manner of speaking
    as a general rule
    to my mind
    so i am told
    i|we like to think
    we do our best
    not too bad
    broadly|generally|roughly|loosely speaking
    it varies
    it can|does vary
    so to speak
    as it were
    give or take
    to some|an|a <size>? extent|degree|point
    to a point
    at least in theory|part|principle
    some|most|much of the time
    more often than not
    more likely than
    almost certainly
    as|so far as i|we|possible|practicable *3 aware|tell|concerned|see|know|remember|recall
    as|so far as possible|practicable
    to the best of my|our knowledge
    to my knowledge
    if i|memory remember|recall|serves
    from memory
    off the top of my head
    not|dont quote|hold me
    cannot|could|would|not be|say|swear for? certain|sure|precise|exact
    do not know exactly|precisely
    i|we understand it
    it|there would? seem|seems|appear|appears
    tend|tends|tended to
    it|that|there|i|we may|might well
    as appropriate|necessary|needed|required
    where|when|wherever|whenever|if <possible>
    where|wherever|whenever it is <possible>
    where|wherever i|we possibly? can
    when|whenever we possibly? can
    <pronoun> mostly|mainly
    mostly|mainly <pronoun>
    yes mostly|mainly
    as and when
    as much|well|best|far|often as? we? possible|can
    all being well
    in an ideal world
    it is fair to say
    some kind|sort of
    """
)

NOT_HEDGES = lines(
    """
    i|we think|thought of|about|back|through
    i think *2 <person>
    if|when|what|how|as|do|did i|we|you think|believe|feel|say|hope
    and i think why|what|how|who|oh|well
    i think why|oh
    i hope|believe|understand|feel|guess you|her|him|them|in|why|how
    i feel like|for|ashamed|proud|sad|angry|sick|bad|guilty|sorry
    i expect you|to|them|him|her|people|staff|every
    would rather|sooner
    way|then|when|always i would say it?
    a|the|very|so|her|too pretty
    i would say to|well|sorry|please|thank|can|could|look|yes|no|hello|why|how
    not sure why|who|whether
    <telling> *2 <sure>
    what|which|each|every|any|same|only|the|this|that|these|those|no <adjective>? kind|kinds|sort|sorts of
    his|her|their|my|your|our|its|two|three|different|new|all kind|kinds|sort|sorts of
    <adjective> kind|kinds|sort|sorts of
    kind of you|him|her|them
    of that|this sort|kind
    sort|sorts|sorted|kind out|to|and|words|people|man|woman|lady
    a bit of paper|card|string|bread|wood|wire|cake|toast|land|ground|garden|kit
    a bit about|more
    for|save|saved a bit
    that|this|every|last|the|my|her|his|our bit
    treat|treated|treats|pay|paid|share|shared|split|treating *2 fairly
    fairly and|treated|paid|shared
    a maybe|perhaps
    if i|we possibly
    on the whole time|day|way|lot|family|thing
    for various
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "adv": word_set("just really honestly still sort certainly rather actually always"),
    "habit": word_set("do does will would always generally usually really just"),
    "put": word_set("say suggest argue hope imagine guess suspect think reckon"),
    "sure": word_set("fairly pretty reasonably quite entirely totally completely exactly absolutely"),
    "weak": word_set(
        "probably hopefully possibly perhaps maybe presumably arguably potentially supposedly seemingly apparently "
        "ostensibly conceivably broadly generally largely essentially effectively loosely ideally notionally "
        "nominally allegedly reportedly fairly relatively reasonably comparatively somewhat slightly basically"
    ),
    "degree": word_set("pretty quite rather"),
    "describing": word_set(
        "good well better bad patchy variable mixed slow limited positive strong robust confident clear sure likely "
        "happy comfortable possibly rightly close high low extensive significant open honest quick quickly solid "
        "stable standard much hard"
    ),
    "size": word_set("certain large great greater lesser significant considerable"),
    "possible": word_set("appropriate possible necessary applicable practicable feasible relevant needed required"),
    "adjective": word_set(
        "first right wrong best good other another certain new different real only same odd particular"
    ),
    "telling": word_set("make making made"),
    "pronoun": word_set("i we they he she it"),
}
