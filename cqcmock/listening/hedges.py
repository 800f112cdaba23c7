"""Patterns of words that blur a claim."""

from __future__ import annotations

from cqcmock.listening.patterns import lines
from cqcmock.listening.stems import word_set

HEDGES = lines(
    """
    i|we think
    i|we do not think|believe
    i|we dont think|believe
    i|we would say|suggest|argue|hope|imagine|expect|guess|suspect
    i|we should think|imagine
    i would have thought|said
    i suppose|guess|imagine|believe|hope|suspect|feel|reckon|expect|understand|gather
    we believe|feel|hope
    i am fairly|pretty|reasonably|quite sure|confident|certain|clear
    i am not sure|certain
    probably|hopefully|possibly|perhaps|maybe|presumably|arguably|potentially|supposedly
    seemingly|apparently|ostensibly|conceivably
    sort|kind|kinds|sorts of
    broadly|generally|largely speaking?
    roughly speaking
    mostly|mainly|typically|essentially|basically|effectively
    by and large
    in the main
    on the whole
    for the most part
    more or less
    in general
    in most cases|instances|areas|places
    there or thereabouts
    it varies
    loosely
    among|amongst other things
    ideally|usually|normally|ordinarily|allegedly|reportedly|nominally|notionally|predominantly
    for the most|main part
    if i|memory remember|recall|serves *1
    from memory
    i|we would like|hope|love to think|believe|say
    my understanding|sense|impression|feeling|guess|hunch is
    do|does|did our|their|my best to
    some|most|much of the time
    not entirely|exactly|totally|completely sure|certain|clear
    i am not entirely|exactly|totally|completely sure
    do not know exactly|precisely
    off the top of my head
    give or take
    not|dont quote|hold me
    in parts|places|pockets
    more likely than
    a touch|tad
    i|we could|would not swear
    cannot|could not be certain|sure|precise|exact
    as i|we understand it
    i|we am|are led to believe
    i|we assume|presume
    i trust that|this|it
    at least in theory|part|principle
    in some measure
    all being well
    in the fullness of time
    in an ideal world
    more often than not
    in a manner of speaking
    as a general rule
    to a point
    so to speak
    as it were
    pretty much
    almost certainly
    i dare say
    i daresay
    a fair amount|bit|few|number
    a certain amount
    and suchlike
    and the like
    and stuff
    that sort|kind
    cannot|not say for certain|sure
    in principle
    in theory
    in many ways|respects
    in some ways|respects|cases|areas|instances|places
    in a way|sense
    to some|an|a certain|large|great? extent|degree
    to a certain|large|great|greater|lesser|significant|considerable extent|degree
    up to a point
    as far as i|we am|are|know|can *2 aware|tell|concerned|see
    as far as i|we know
    so far as i|we know|am|are|can
    as far as possible|practicable
    to the best of my|our knowledge
    to my knowledge
    i|we would|will|do|always|generally|usually always? try to
    to|always|do|will|would try to|and
    i|we try|tried|trying|aim|seek|endeavour|strive to
    i|we do try|aim|seek to
    i|we are trying|tried to
    i|we always try to
    i|we will try to
    fairly|relatively|reasonably|comparatively|somewhat
    rather good|well|better|patchy|variable|mixed|slow|limited
    pretty good|well|much|sure|clear|bad|confident|happy|comfortable|robust
    pretty strong|open|honest|quick|quickly|close|solid|stable|mixed|standard
    quite good|well|positive|strong|robust|confident|clear|sure|rightly|likely
    quite possibly|happy|comfortable|often|mixed|close|hard|high|low|extensive|significant
    quite a challenge|journey|while|lot|few|bit|number|mix|range
    a bit
    a little bit
    a good|great deal
    quite a lot|few|bit|number
    a lot of it depends
    a number of
    a range|variety|raft|host of
    a fair|good few|number|bit|amount
    various|several|numerous
    some kind|sort of
    or something
    or whatever
    something like that
    things|stuff|that like that
    that|this sort|kind|type of thing
    and so on|forth
    so on and
    and all that
    and that sort|kind
    et cetera
    etc
    as appropriate|necessary|needed|required
    where|when|wherever|whenever|if appropriate|possible|necessary|applicable|practicable|feasible|relevant
    where|wherever|whenever|when we can
    wherever it is possible|appropriate
    as and when
    as much as possible
    as best we|i can
    it|that could|may|might well be
    it would seem|appear
    it|there seems|appears
    tends|tend|tended to
    may|might well
    one might say
    if you like
    i would not|have like|want to
    i would not|have like to say
    not too bad
    ish
    one way or another
    and what have you
    let us say
    at some point|stage
    in due course
    from time to time
    """
)

NOT_HEDGES = lines(
    """
    i think of|about
    i think *2 <person>
    would rather
    rather than
    always rather
    would *2 rather
    rather you
    quite right
    not quite
    pretty much every
    sort|sorted|sorts out
    kind to|and|words|people|man|woman|lady
    kind of you|him|her|them
    all sorts|kinds of
    what|which|each|every|any|same|only|the|this|that|two|three|different|new kind|kinds|sort|sorts of
    another|first|right|wrong|best|good|other|certain|her|his|their|my|your|our|its kind|kinds|sort|sorts of
    a few <days>
    a lot of people
    i hope you|so
    i believe in
    i understand why|how|that|it
    i feel for|ashamed|proud|sad|angry
    i am sorry
    i like to
    what do i|we think|hope
    what i think
    a bit of paper|card|string|bread|wood|wire|cake|toast|help|land
    a bit of money|ground|work|time|peace|garden|luck|company|kit|information
    for a bit
    that|this|every|last|little bit
    the|my|her|his|our bit
    a maybe
    a bit about|more
    not sure why|who|whether
    and i think why|what|how|who|oh|well
    i think why|oh
    usually|normally a|an *1 <person>
    than usual|usually|normally
    not quite
    if i|we possibly
    possibly can|could|swing
    maybe|perhaps <count>
    would say to
    i feel like
    mostly|mainly in|at|by
    several <days>
    a few <days>
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "count": word_set(
        "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
        "seventy eighty ninety hundred a half"
    )
    | frozenset(map(str, range(1, 1001))),
    "days": word_set("days weeks months years minutes hours times"),
}
