"""Turns of phrase by which one person, family, provider or occasion is brought into an answer. Data, not rules."""

from __future__ import annotations

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import lines
from cqcmock.listening.stems import word_set

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
    one of them a|an *1 <person>|<specific>|<job-done>
    one of them who|that|lives|lived|is|whose
    one in <place-name> who|was|had
    the one i|we met|remember|saw|ran|helped|keep|think
    the one i would give|tell|show you
    my favourite|best is|was|one|story
    the one that|who comes|came|sticks|stuck|springs|stays|keeps|haunts *3 mind|me|head
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
    its a mr|mrs|lady|man|couple|bloke|chap|woman|lad
    <we> had a|an|one|this <adj>? <adj>? <staff-person> in|on|at|who|that|from
    there is|was the <adj> <job-done>|<person>
    there was|is a|an|one|this <adj>? <adj>? <job-done>
    the <adj>? <job-done> at|from|in|on|who <did>|<anywhere>
    a|an|one|another <adj>? <adj>? <adj>? <job-done> in|on|at|from|up|who|out|called|aged|over|was|had|lives
    a|an|one|another <adj>? <adj>? <adj>? <job-done> <did>
    a|an|one retired|former|ex <job-done>|<person>
    old|poor|little|young <name>
    my own|actual *1 <person>|<kin>
    my <kin> fell|rang|lived|waited|needed|broke|ended|spent
    my mum|mother|nan|gran|aunt|auntie|uncle|brother|sister had a|an
    <time-of-story> i|we|he|she|they|somebody|someone|one|my|our|nobody <did>|<we-did>
    <time-of-story> there was
    last <near> i|we|he|she|they|somebody|someone <did>|<we-did>|had|was
    last|this <period> a|an|one|some|two|three *3 <person>|<people-there>
    last|this <period> a|an|one|our <provider>|home|team|ward
    <month> last|this year
    <we> had|got|took a|an *2 call|letter|email|message|note|visit|text|card *4 from *3 <person>|<specific>|<kin>
    <we> had|got a|an *1 situation|case|incident|occasion|instance|complaint in|on|with|where|when|last|at|this
    the <day>|week|night|day|weekend|morning before|after <season>|<month>|we|she|he
    there was somebody|someone on|in|at|i|we|with|who|out|up
    i know of? a|an|one <adj>? <adj>? <person>
    the <specific>|family|couple i|we met|saw|visited|rang|spoke|helped|sat
    the other day|week|night|month|evening|morning
    one|a|an <weather> <weather>? evening|afternoon|morning|night|lunchtime|teatime
    a|an evening|lunchtime|teatime in|at|with|outside
    one evening|afternoon|morning|night|lunchtime|teatime|<day>
    ran|held|hosted a|an|one morning|session|evening|day|afternoon at|in|for
    one <day> evening|afternoon|morning|night
    on the <ordinal> of <month>|this|last
    on <month> the <ordinal>
    the first|last|second|third|next <day> in|of <month>
    it was at|in|on|outside the|a|<month> *2 <gathering>
    it was the|a|one|our|that <month>|<season>|<day>|last|first <gathering>
    it was a|one <day>|<month>|<season> <gathering>|night|morning|afternoon|evening
    it was at|in the|a|our <gathering>|civic|hall|kitchen|library|church|mosque|temple|pub|hospital
    it was on|in the|a|<month>|<season>|<day> *3 <gathering>
    there was|is an|a|one evening|afternoon|morning|night|week|weekend|meeting|visit|moment|occasion|incident in|at|when
    there was|is an|a|one evening|afternoon|morning|night|week last|this|where|on
    there was|is an|a|one weekend|meeting|visit|occasion|incident last|this|where|on
    there was|is one in|at|on|last|where|who|called|with|lady|chap|man|woman
    i remember|recall a|an|one|the|this|when|sitting|standing|going|meeting|visiting|him|her|his
    i will never|always forget|remember
    i can still? see|picture|hear her|him|the|his
    i had|got|saw|met|did|visited|heard of? one|this lady|chap|man|woman|family|couple|lad|last
    i|we did|ran|had|went|saw one in|on|at|last
    i|we sat|knelt|stood with|beside|opposite|next *3 <person>|<specific>
    came|went out|round|along|over *4 with me|us
    somebody|someone <we-did> the|a|my|our|her|his|us|me
    two|three|both <adj>? <provider-many> in|at|by
    two|three|the|our *1 big|large|biggest|largest homes|agencies|providers
    a|an|one|another <adj>? <adj>? <adj>? <provider> up|by|down|over|out|on *1 <anywhere>|by|at
    a|an|one|another <adj>? <adj>? <adj>? <provider> in|near|at|off|outside|round|called *1 <anywhere>|by|at
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
    love|like|want|need|needs|is|just|even|only|for one night|evening|morning|afternoon
    a|an|one <specific>|girl|boy born
    starts|start|starting|begins|due|goes|opens|live on the
    from|since|by|until <month> last|this
    mr|mrs so
    woman|man|person|lady|somebody with lived
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
    on one <day>|day|morning|night
    one day we|it|they|i|you will|might|may|would
    this week|month|year i|we have|am|are
    one <provider> cannot|can|is|will|could|would|may|might
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
        "senior former lonely bus lorry taxi train dinner primary shop school railway coal fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety ten twelve "
        "young younger old older elderly retired very disabled deaf blind local single widowed black white asian "
        "autistic lovely wonderful particular certain middle aged year bangladeshi gujarati pakistani indian chinese "
        "polish romanian somali turkish kurdish ukrainian afghan syrian nigerian jamaican caribbean irish traveller "
        "gypsy roma sikh muslim jewish hindu christian gay lesbian trans transgender ex former little big poor unpaid "
        "family lone recently newly deafblind homeless frail working teenage proud quiet first second third last nice "
        "small large hill dairy army navy care nursing residential home domiciliary day supported specialist"
    ),
    "we": word_set("we i they"),
    "spoke": word_set(
        "said rang told asked wrote wanted came cried died phoned lived stood sat turned moved walked broke fell "
        "stopped "
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
    "near": word_set("week night monday tuesday wednesday thursday friday saturday sunday"),
    "people-there": word_set("people families brothers sisters carers residents daughters sons friends"),
    "we-did": word_set(
        "rang went sat stood met saw visited drove walked heard took spoke helped knocked found opened phoned told got "
        "had came asked lost"
    ),
    "time-of-story": word_set("once yesterday recently"),
    "weather": word_set(
        "wet cold dark snowy rainy foggy hot sunny grey bitter freezing january november december february"
    ),
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
        "explained left met waited ended used thought felt tried read sent kept refused heard cried did"
    ),
    "big": word_set("when after before since because"),
    "placed": word_set(
        "town village north south east west street road lane estate hospital ward home flat flats centre board group "
        "panel housing city county valley coast dale close avenue terrace farm marsh forum committee hill house hostel "
        "café cafe club own bed meeting church mosque temple hall library school barn pub market gate stall shop "
        "locality ferry island villages"
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
    a|an|one|another <adj>? <adj>? <adj>? <person>|<provider> in|on|at|from|of|near|round|off|down|up|out|over *3
    the one in|at|from *2
    """
)
"""These count where one of the last words has a capital, as in "a son from Saltmere"."""
