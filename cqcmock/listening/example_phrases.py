"""Words and turns of phrase by which one person, family, provider or occasion is brought into an answer. Data."""

from __future__ import annotations

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import lines
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, JOBS, MONTHS, PERSON, SEASONS, SPECIFIC_PERSON, STAFF

EXAMPLES = lines(
    """
    i|we remember|recall a|an|one|the|this|that|when|sitting|standing|going|meeting|visiting|him|her
    i will never|always forget|remember
    i can still? see|picture|hear her|him
    i am thinking of
    i think of one|a|an
    i will|shall just? call|name him|her|them
    we will|shall call|name him|her|them
    let us call him|her|them
    call him|her <name>
    <known> i|we will call|name
    his|her name is|was
    <known>|mr|mrs|miss a|b|c|x|y|z|p
    provider a|b|c|x|y|z
    in|take one|a|the single? case|instance|family|household
    take a|the|this|one <known>|case|family
    look at this one
    a|an|one|another|the case|situation|instance|occasion|time|day where|when|recently
    the case|story of|that the|a|one|i|we|comes|sticks|stays
    there was|were a|an|one|another|this|some <adj>? <adj>? <event>
    there was one|another in|at|on|last|where|who
    there was the|that *3 who|he|she
    <we> had|have|got a|an|one|another|this <adj>? <happening>
    it was|is a|an|one|just? only? single|individual? <happening>|complaint|fire
    it is a|one single|individual case|complaint
    there was the|that *1 <event>
    it was the|that|this|our|a <told-time>|<event>
    it was|is at|in|on|outside the|a|our|that <told-time>? <event>|<building>
    it was|is in|on? the? <told-time> last|this|when|that|and
    it was|is in|on the <told-time> *2 <event>
    it was|is <month>|<season>
    the first|second|third|last|next <day>|night|morning in|of|after <told-time>|that
    on the <ordinal> of <month>|this|last
    the <ordinal> of this|last month
    at the *3 <event>|<day> in|last|this|on <told-time>|spring|summer|autumn|winter
    in|on that <month>|<season>
    <they> *1 that <month>|<season>
    back in|at *2 <month>|<season>
    <month>|<season> last|this year
    the <day>|week|night|day|weekend|morning before|after <told-time>|we|she|he
    the other day|week|night|month|evening|morning
    one|that <weather>? <weather>? evening|afternoon|morning|night|lunchtime|teatime|<day> <they>|a|in|at|with|outside
    a|an <weather>? evening|lunchtime|teatime in|at|with|outside
    one|a|an <weather> evening|afternoon|morning|night|lunchtime|teatime
    ran|held|hosted|did|spent a|an|one <adj>? morning|session|evening|day|afternoon|night at|in|for|with
    when|since|before|after|because|until <the> *4 closed|shut|failed|collapsed|folded|flooded|burned
    when|since|before|after|because|until <the> *4 handed back
    when|since|before|after|because|until <the> *4 went under|bust|bankrupt
    when|since|before|after|because *4 into administration|difficulty|difficulties|liquidation
    when|since|before|after|because|until <the> *2 <died> me|us|in|on|after|last
    when it went|came|fell|happened *2 in|on|last <the>? <told-time>
    i|we did|ran|had|saw|met|lost|raised one in|on|at|last|this
    had|have|got another one|<known>
    one of mine|ours
    my own|actual <kin>
    old|poor|little|young <name>
    the <adj>? one <they> met|remember|saw|ran|helped|keep|think|would
    the one in|at|from|that *2 <past-told>
    the one that|who comes|came|sticks|stuck|springs|stays|keeps|haunts
    my favourite|best is|was|one|story
    came|went out|round|along|over *4 with me|us
    the two|three big|large|biggest|largest|old homes|agencies|providers
    the <adj>? <adj>? <thing> <they> <past-told> *4 <told-time>
    one <told-time> in|of|to <known>
    """
)
"""Fixed turns of phrase; people are told of by grammar (`cqcmock.listening.examples`)."""

NOT_EXAMPLES = lines(
    """
    love|like|want|need|needs|is|just|even|only|for|per one night|evening|morning|afternoon
    one day|morning|night you|people|or|per|they
    one day we|it|they|i|you will|might|may|would
    once|twice a|an evening|morning|day|night
    starts|start|starting|begins|due|goes|opens|live|by|until|from on? the <ordinal>
    there was|is a time when|before
    when it comes|came to
    every|any|each|no|for|most case|time|day|occasion|evening|morning|afternoon
    the case|story for|that we|you|they
    """
)

_PRESENT_TOLD = word_set("says goes rings comes sits walks turns puts phones stands tells asks knocks")

PAST = word_set(
    "was were had did went came said told rang got gave took made found felt left met saw heard knew thought kept lost "
    "broke fell died stood sat ran held wrote spoke brought bought caught taught sent spent built began became chose "
    "drove ate drank slept woke wore won paid put let set cut shut hit hurt lay led lent meant read rode rose sold "
    "shook showed shrank sang sank stuck stole struck swore swept swam threw tore understood withdrew bit blew drew "
    "dealt dug flew forgot forgave froze grew hid hung knelt leapt learnt lit quit sought shot slid spelt split spread "
    "sprang stank strode swung wept wound burst bent bled fed fled"
)
"""Past tenses of irregular verbs; of the others every word in -ed that is no other word."""
NOT_PAST = word_set(
    "need indeed hundred aged bed feed seed speed weed shed red sacred wicked naked rugged led overneed proceed "
    "succeed exceed agreed-upon unmet related complicated disabled supported sheltered retired married qualified "
    "experienced isolated integrated embed bleed breed seabed unpaid unneeded detailed based gifted"
)
TOLD_NOW = _PRESENT_TOLD
"""The present tense in which a story may be told: "last week a chap comes in"."""
DEEDS = word_set(
    "said told asked rang phoned wrote came stood died cried lived wanted stopped complained explained moved fell "
    "went sat turned walked described waited emailed texted thanked knocked shouted begged refused lost counted "
    "noticed met admitted thought whispered pleaded replied nodded"
) | (_PRESENT_TOLD - word_set("goes comes sits puts turns asks"))
"""Only a person or a firm does these: "a sergeant's widow stopped me"."""
NO_DOER = word_set(
    "letter report survey review form email note call law rule poll study message time day week month year number bit "
    "lot few way couple thing word question place bus door house half part phone point piece minute moment change "
    "figure plan policy decision inspection pause silence line third quarter idea paper card answer bill meeting "
    "lift list queue post wall storm team council service sort kind whole them those us you hundred percent cent "
    "one two three that i we he she they it all reason"
)

SPECIFIC = (SPECIFIC_PERSON | word_set("bloke grandson granddaughter auntie aunt uncle nephew niece wife son")) | word_set(
    "daughter husband veteran grandma brother sister neighbour refugee sergeant lorry postman bus joiner"
) - word_set("lorry bus")
"""Nouns by which one speaks of somebody in particular more than of people in general."""
ROLES = (STAFF | JOBS | word_set(
    "physio volunteer worker driver apprentice judge vicar teacher barrister paramedic constable clerk "
    "receptionist bidder head cleaner girl architect trainee student colleague"
)) - word_set("social hospital cqc board scrutiny cabinet committee peer portfolio lead chair centre peers trust police principal team social")
HOUSES = word_set(
    "home provider agency practice surgery ward hospice charity company firm hostel school shop church mosque temple "
    "club café cafe pub care"
) - word_set("care")
KNOWN = SPECIFIC | PERSON
SOMEBODY = KNOWN | ROLES | HOUSES
MANY = word_set("brothers sisters friends lads women men residents families neighbours daughters sons homes girls")

FUNCTION = word_set(
    "a an the this that these those my our your his her their its i we you he she they it who whom whose which what "
    "and or but so because if when while as than then of in on at to for from by with about into over up down off out "
    "round near without through after before since until till under between against around is are was were am be been "
    "being have has had do does did will would can could should may might must shall not no nor never there here me us "
    "him them every each any some all both just only even also too very"
)
KIN = word_set("mum mam mother nan gran nana grandma aunt auntie uncle brother sister dad father grandad stepdad son wife husband")

_PERIODS = word_set("week month year night spring summer autumn winter morning weekend afternoon evening day")
TOLD_TIME = MONTHS | SEASONS | DAYS | _PERIODS
"""What follows "last" or "in" where it is said when something happened."""

CLASSES: dict[str, frozenset[str]] = {
    "adj": word_set("big small long recent bad difficult awful good real new horrible terrible lovely old nice"),
    "we": word_set("we i they"),
    "they": word_set("i we he she they somebody someone"),
    "the": word_set("the our a one an my"),
    "name": FIRST_NAMES,
    "known": KNOWN,
    "kin": KIN,
    "event": word_set(
        "visit thing discussion meeting presentation proposal session row argument incident inquest "
        "hearing workshop event surgery conference panel complaint moment occasion evening fire flood funeral launch "
        "assembly committee council case time day night call letter business party lunch supper review challenge "
        "inspection audit"
    ),
    "happening": word_set("situation case incident occasion instance fire complaint"),
    "building": word_set("civic hall kitchen library church mosque temple pub hospital café cafe school"),
    "told-time": TOLD_TIME | word_set("first last"),
    "died": word_set("rang died phoned came left fell broke lost moved resigned wrote"),
    "past-told": PAST,
    "thing": word_set("invoice letter email call complaint form visit meeting review bill plan paper afternoon morning"),
    "weather": word_set(
        "wet cold dark snowy rainy foggy hot sunny grey bitter freezing january november december february"
    ),
    "ordinal": word_set(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty thirty"
    )
    | frozenset(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th")),
}

IN_A_PLACE = lines("the one in|at|from *2")
"""These count where one of the last words has a capital: "the one in Berwick"."""
