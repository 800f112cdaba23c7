"""Patterns by which one person, family, provider or occasion is brought into an answer."""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match, lines
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, MONTHS

EXAMPLES = lines(
    """
    a|an|one|another <adj>? <adj>? <adj>? <specific>
    a|an *2 <specific>
    a|an|one|another <adj>? <adj>? <adj>? <person> who|that would|had|has|was <did>
    a|an|one case|situation|instance|occasion where|when|recently|last
    take the|our *3 <provider>|centre|estate|village|street|library
    a|an|one|another <adj>? <adj>? <adj>? <person> who|that <did>
    a|an|one|another <adj>? <adj>? <adj>? <person> in his|her|their <decade>|early|mid|late
    a|an|one|another <adj>? <adj>? <adj>? <person> in|on|at|from|up|down|round *3 <placed>
    a|an|one|another <adj>? <adj>? <adj>? <person> of <number>
    a|an|one|another <adj>? <adj>? <adj>? <person> aged|called|named
    a|an|one|another <adj>? <adj>? <adj>? <person> we|i|you had|know|knew|met|saw|support
    a|an|one|another <adj>? <adj>? <adj>? <person> we|i|you supported|work|worked|visited|spoke|helped
    a|an|one|another <adj>? <adj>? <adj>? <person> <did>
    a|an|one|another <adj>? <adj>? <adj>? <person> there
    a|an|one|another <adj>? <adj>? <adj>? <person> with *3 was|had|told|said|rang|came|wanted|lived|went|got
    there was|is a|an|one|this|another <adj>? <adj>? <person>
    there was a|an|one|this <adj>? <provider>|case|time|occasion|day
    this|that <adj>? <adj>? lady|gentleman|chap|bloke|woman|man|lad|girl|couple
    i think|remember of? a|an|one|the|this <adj>? <adj>? <person>
    i am thinking of
    i can think of one|a|an
    i remember the|when|one|a|an|that|going|sitting|meeting|visiting
    there was the|that *1 business|time|case|day|occasion|night|incident|row|week|meeting|family|lady|man|woman|one
    there was one|an occasion|time|case|day|instance|incident|evening|morning
    the case|story of the|a|one *3 <person>|<provider>
    in one case|instance|family
    i met|visited|saw|sat|spoke|rang|know|knew|had|took|helped *2 a|an|one <adj>? <adj>? <person>|<provider>
    we had|met|supported|helped|visited|saw|moved|worked *2 a|an|one <adj>? <adj>? <person>
    take the|a|one case|example|person|family|man|woman|lady|gentleman|couple
    the case of
    one of them|those|ours|mine <spoke>
    one of ours|mine
    one of them who|that|lives|lived|is|whose
    one in <place-name> who|was|had
    the one i|we|you would|had|saw|ran|did|met|remember|keep|think|always
    the one that|who comes|came|sticks|stuck|springs|stays|keeps|haunts *3 mind|me|head
    the one in|on|at|from <capital>
    the last|first|worst|hardest|latest|best|next one|case|person|family|visit|review|lady|man|couple i|we|that|was
    the case|story|person|family that|i|who i|we|comes|keeps|sticks|stays|remember|think
    i will|shall just? call|name him|her|them
    we will|shall call|name him|her|them
    let us call him|her|them
    call him|her <name>
    his|her name is|was
    a|an|the <adj>? <person> i will call|name
    provider|person|resident|lady|family|mr|mrs|miss|adult|man|woman a|b|c|x|y|z|p
    it is|was only? a|just|one single|one|individual case|family|complaint|person|instance
    it is|was for|about? a|an|one <adj>? <adj>? <specific>
    it is|was a mr|mrs
    <we> had|have got? a|an|one|this <adj>? <adj>? <staff-person> in|on|at|who|that|from
    there is|was the <adj> <job-done>|<person>
    there was|is a|an|one|this <adj>? <adj>? <job-done>
    the <adj>? <job-done> at|from|in|on|who <did>|<anywhere>|<capital>
    a|an|one|another <adj>? <adj>? <adj>? <job-done> in|on|at|from|up|who|out|called|aged|over|was|had|lives
    a|an|one|another <adj>? <adj>? <adj>? <job-done> <did>
    a|an|one retired|former|ex <job-done>|<person>
    old|poor|little|young <name>
    my own|actual|late *1 <person>|<kin>
    my <kin> had|fell|rang|lived|waited|needed|broke|ended|spent *2
    <time-of-story> i|we|he|she|they|somebody|someone|one|my|our|nobody <did>|<we-did>
    <time-of-story> there was
    last|this <period> i|we|he|she|they|somebody|someone <did>|<we-did>|had|was
    last|this <period> a|an|one|some|two|three *3 <person>|<people-there>
    last|this <period> a|an|one|our <provider>|home|team|ward
    <month> last|this year
    back in <month>|<season>
    the other day|week|night|month|evening|morning
    one|a|an|that <adj>? <weather>? evening|afternoon|morning|night|lunchtime|teatime|<day> in|at|on|with|outside|when|before
    one|that evening|afternoon|morning|night|lunchtime|teatime|<day>
    one <day> evening|afternoon|morning|night
    on the <ordinal> of <month>|this|last
    on <month> the <ordinal>
    the first|last|second|third|next <day> in|of <month>
    it was at|in|on|outside the|a|<month> *2 <gathering>
    it was the|a|one|our|that <month>|<season>|<day>|last|first <gathering>
    it was a|one <day>|<month>|<season> <gathering>|night|morning|afternoon|evening
    it was at|in the|a|our|<capital> <gathering>|civic|hall|kitchen|library|church|mosque|temple|pub|hospital
    it was on|in the|a|<month>|<season>|<day> *3 <gathering>
    there was|is an|a|one evening|afternoon|morning|night|week|weekend|meeting|visit|moment|occasion|incident in|at|when
    there was|is an|a|one evening|afternoon|morning|night|week|weekend|meeting|visit|occasion|incident last|this|where|on
    there was|is one in|at|on|last|where|who|called|with|lady|chap|man|woman
    i remember|recall a|an|one|the|this|when|sitting|standing|going|meeting|visiting|him|her|his
    i will never|always forget|remember
    i can still? see|picture|hear her|him|the|his|that
    i had|got|saw|met|took|did|ran|visited|heard one|this <period>|in|on|at|lady|chap|man|woman|family|last
    i|we did|ran|had|went|saw one in|on|at|last
    i|we sat|knelt|stood in|on|at|with|beside|opposite|next *3 <room>|<person>|<specific>
    came|went out|round|along|over *4 with me|us
    somebody|someone <we-did> the|a|my|our|her|his|us|me
    <provider-many> in|on|at|by <anywhere>|<capital>
    two|three|both <adj>? <provider-many> in|on|at|by
    two|three|the|our *1 big|large|biggest|largest homes|agencies|providers
    a|an|one|another <adj>? <adj>? <adj>? <provider> up|by|down|over|out|on|in|near|at|off|outside|round|called *1 <anywhere>|by|at
    there was|is a|an|one <adj>? <organisation> does|did|runs|ran|called|who|that|in|on|up|down|doing|by|near|which|out
    the <organisation> that|who|which <did>
    the panel|group|board that|who|which chose|picked|met|turned|rejected
    one of our|the|my <adj>? <provider>|residents|carers|families|constituents|tenants|clients|customers|patients
    one <adj>? <adj>? home|provider|agency|practice|company|charity|hospital|surgery
    one|two of our <adj>? <adj>? homes|providers|agencies
    a|an|another <adj>? <adj>? <provider> in|on|near|at|up|down <anywhere>
    a|an|another <adj>? <adj>? <provider> we|that|which <did>|had|use|closed|failed|handed|ran|run
    a|an|another <adj>? <adj>? <provider> <happened>
    last|this <period> a|an|one|we|i|the *3 <person>|<provider>
    my own <person>
    my <adj>? neighbour
    mr|mrs|ms|miss *2 <person>
    <big> *5 closed|failed|collapsed|folded|flooded
    <big> *5 handed back
    <big> *5 went under|bust|bankrupt
    <big> *5 into administration|difficulty|difficulties|trouble|liquidation
    <big> *5 pulled|walked out|away
    somebody|someone i|we met|know|knew|visited|saw|spoke|work|worked|support|had
    somebody|someone who rang|came|told|said|wanted|lived
    a family|couple|pair of brothers|sisters|friends
    two brothers|sisters|friends|lads|women|men in|from|on|at|look
    a|an|one <adj>? <adj>? <adj>? <person> <number>
    a|an|one <adj>? <person> of mine|ours
    somebody|someone rang|phoned|wrote|emailed|stopped|texted to? me|us
    the night|day|morning|week|weekend|winter that|when|the|a|one *4 <happened>
    last|this|one|that <period> a|an|one *2 <person>
    """
)

NOT_EXAMPLES = lines(
    """
    if|whenever|whether|imagine|suppose|unless a|an|one *4 <person>
    every|any|no|each <adj>? <person>
    as|like a|an <adj>? <person>
    of being|becoming a|an <person>
    to be|being|become|becoming a|an <adj>? <person>
    he|she|who|i|they|you is|was|am|are|be|become|became a|an <adj>? <adj>? <adj>? <person>|<job-done>
    <noun-subject> is|was a|an <adj>? <adj>? <adj>? <specific>|<job-done>
    always|usually|often|mostly|normally a|an|one *2 <specific>|<person>
    than a|an <adj>? <adj>? <person>
    a|an|one person with|who lived|is|needs|has
    a|an|one <adj>? <person> *4 can|could|should|might|may|gets|expects|needs
    a|an|one <adj>? <adj>? <person> with *3 <same> gets|get|has|waits|is
    <organisation> with a|an|one <adj>? <person>
    lived|living|married|living with|to a|an <person>
    there is a nurse|carer|resident|parent|child|tenant|teacher|patient|student|person
    there was|is a time when|before
    there is a person|man|woman|family behind
    the case|story|person for|that we|you|they
    one|a day|night|morning|week a|per|at|every|before|later|or|off|of|service|centre|opportunities|care|out
    one night|day|morning you|they|people|or
    that day|morning|night *1 or|and
    one day|evening|morning
    this week|month|year i|we have|am|are
    not|never|no|had|got|without one of them|those|our
    every|each|per one of them
    for a|an <person> to
    for a carer|person|family
    when a|an <adj>? <adj>? <person>
    what a|an <person>
    a carer|family|person|man|woman|couple|parent|child with|who need|needs|has|have|cannot|can
    a carer|family|person|man|woman|couple|parent|child with|who is|are|wants|rings|gets|looks|cares
    a couple of
    a *2 and|or|the|of|for|to|with|by <specific>
    a lot|bit|number|word|kind|sort *2 <specific>
    the case of
    a family|man|woman|girl|boy|lady business|friendly|member|hub|group|home|carer
    the case of a|an? <adj>? <provider>
    a partner in
    one person is|in|at
    one of our|the priorities|strengths|challenges|things|biggest|best|most|key|main
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "adj": word_set(
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety ten twelve "
        "young younger old older elderly retired very disabled deaf blind local single widowed black white asian "
        "autistic lovely wonderful particular certain middle aged year bangladeshi gujarati pakistani indian chinese "
        "polish romanian somali turkish kurdish ukrainian afghan syrian nigerian jamaican caribbean irish traveller "
        "gypsy roma sikh muslim jewish hindu christian gay lesbian trans transgender ex former little big poor unpaid "
        "family lone recently newly deafblind homeless frail working teenage proud quiet first second third last nice "
        "small large hill dairy army navy care nursing residential home domiciliary day supported specialist"
    ),
    "we": word_set("we i they"),
    "spoke": word_set(
        "said rang told asked wrote wanted came cried died phoned lived stood sat turned moved walked broke fell stopped "
        "lost spent put waited"
    ),
    "name": FIRST_NAMES,
    "kin": word_set("mum mam mother nan gran nana grandma aunt auntie uncle brother sister dad father grandad stepdad"),
    "job-done": word_set(
        "postman joiner organist cleaner miner docker fisherman trawlerman farmer plumber builder baker teacher vicar "
        "headteacher headmistress seamstress tailor cobbler roofer slater electrician bricklayer mechanic driver lorry "
        "shopkeeper publican landlady landlord butcher barber hairdresser musician pianist drummer violinist painter "
        "artist poet writer professor lecturer engineer welder shepherd gardener groundsman soldier sailor sergeant "
        "major colonel pilot policeman policewoman copper fireman firefighter steelworker railwayman signalman bus "
        "conductor widow widower spinster bachelor grandmother grandfather grandson granddaughter godmother neighbour "
        "librarian typist secretary dressmaker milkman caretaker lollipop window weaver potter footballer boxer jockey "
        "chef cook waitress barman nun monk priest rabbi imam nurse midwife surgeon dentist vet judge barrister busker"
    )
    - word_set("bus lorry lollipop window nurse"),
    "staff-person": word_set("practitioner worker nurse manager student apprentice volunteer driver"),
    "place-name": word_set("the our"),
    "capital": word_set("the"),
    "people-there": word_set("people families brothers sisters carers residents daughters sons friends"),
    "we-did": word_set(
        "rang went sat stood met saw visited drove walked heard took spoke helped knocked found opened phoned told got "
        "had came asked lost"
    ),
    "time-of-story": word_set("once yesterday recently"),
    "weather": word_set("wet cold dark snowy rainy foggy hot sunday saturday friday thursday wednesday tuesday monday"),
    "ordinal": word_set(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty thirty"
    )
    | frozenset(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th")),
    "gathering": word_set(
        "meeting session visit event surgery conference workshop panel council cabinet committee supper lunch tea fair "
        "morning afternoon evening night funeral wedding party drop launch hearing inquest assembly festival"
    ),
    "room": word_set(
        "kitchen bedroom lounge garden trailer caravan ward hall room café cafe car van step sofa floor table bed boat "
        "church mosque temple hospital chair stairs porch shed pub bench"
    ),
    "provider-many": word_set("homes agencies"),
    "organisation": word_set(
        "company firm shop school charity pub agency club group café cafe church mosque library farm centre surgery"
    ),
    "noun-subject": word_set("manager worker officer director inspector consultant doctor nurse owner chair"),
    "same": word_set("same similar needs"),
    "provider": word_set("home provider agency practice surgery ward hospice charity company homecare hostel"),
    "happened": word_set(
        "closed failed collapsed flooded folded burned broke rang phoned walked died fell shut left lost handed "
        "resigned went told asked came said got stopped started opened changed moved pulled wrote complained turned "
        "gave collapsed threatened walked caught called met found visited took sat cried"
    ),
    "did": word_set(
        "said told rang asked wrote had came went wanted was moved phoned stood lost lived put got called found "
        "needed showed turned spent died fell complained described sat stopped started walked took made gave brought "
        "explained left met waited ended used thought felt tried read sent kept refused heard cried"
    ),
    "big": word_set("when after before since because"),
    "placed": word_set(
        "town village north south east west street road lane estate hospital ward home flat flats centre board group "
        "panel housing city county valley coast dale close avenue terrace farm marsh forum committee hill house hostel "
        "café cafe club own bed meeting church mosque temple"
    ),
    "anywhere": word_set("the my our a one his her north south east west town"),
    "number": word_set(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
        "sixty seventy eighty ninety"
    )
    | frozenset(str(age) for age in range(5, 110)),
    "period": word_set(
        "week month year night monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter "
        "january february march april may june july august september october november december christmas easter"
    ),
}

IN_A_PLACE = lines(
    """
    a|an|one|another <adj>? <adj>? <adj>? <person>|<provider> in|on|at|from|of|near|round|off|down|up *3
    """
)
"""These count where one of the last words has a capital, as in "a son from Saltmere"."""

JOB_DEEDS = word_set(
    "leads lead manages heads chairs our team service department directorate council directs commissions"
)
_SUPPOSING = word_set("if whenever whether imagine suppose unless every any anyone")


def in_named_places(found: Iterable[Match], speech: Speech) -> list[Match]:
    """Those of them that end in a name, which is written with a capital; what follows the name is left out."""
    kept = []
    for match in found:
        for at in range(match.first + 2, match.last + 1):
            if speech.written(at)[:1].isupper() and speech.words[at] not in ("i", *MONTHS, *DAYS):
                kept.append(Match(match.kind, match.first, at))
                break
    return kept


def by_first_name(speech: Speech) -> list[Match]:
    """Where somebody is brought in by first name, "Jean, who runs the urn"; not where it is for their job."""
    found = []
    for at in range(len(speech.words) - 2):
        if speech.words[at + 1] != "who" or speech.words[at] not in FIRST_NAMES:
            continue
        following = speech.words[at + 2 : at + 7]
        if speech.written(at)[:1].isupper() and not JOB_DEEDS.intersection(following):
            found.append(Match("example", at, at + 1))
    return found


def brought_in(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each example, one in a sentence at most; what is only supposed is none."""
    kept: list[tuple[int, int]] = []
    for match in sorted(found, key=lambda match: (match.first, match.last)):
        if kept and _same_breath(speech, kept[-1][1], match.first):
            continue
        if _supposed(speech, match.first):
            continue
        kept.append((match.first, match.last))
    return kept


def _same_breath(speech: Speech, last: int, first: int) -> bool:
    return first <= last or (speech.sentences[last] == speech.sentences[first] and first - last < 25)


def _supposed(speech: Speech, at: int) -> bool:
    """Whether "if" or the like stands shortly before in the clause: "if a man rings us"."""
    clause = speech.clauses[at]
    for here in range(at - 1, max(-1, at - 9), -1):
        if speech.clauses[here] != clause:
            return False
        if speech.words[here] in _SUPPOSING:
            return True
    return False
