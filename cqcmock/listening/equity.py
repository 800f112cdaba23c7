"""Words by which people are named who are more likely to be missed: heritage, faith, language, sexuality, sex, a home.

The built-in list is of England in 2026; the communities of the council's story are added to it.
"""

from __future__ import annotations

from functools import lru_cache

from cqcmock.domain.story import Community
from cqcmock.listening.heritages import FAITHS, HERITAGES
from cqcmock.listening.patterns import Patterns, compile_patterns, lines
from cqcmock.listening.stems import STOP_WORDS, phrase_words, word_set

EQUITY = lines(
    """
    <heritage>
    <faith>
    polish <folk>|families|club|shop|speaker|speakers|community|workers|lad|lads|carer|carers|church|born
    french|german|dutch|spanish|georgian|scottish|karen <folk>|speaker|speakers|community
    speaks|speak|speaking|spoke|in|into <tongue>
    sri lankan|lankans
    <heritage>|<faith> takeaway <folk>
    nun|priest|methodist|baptist|anglican <folk>
    a|the|former|ex nun
    orthodox <folk>|christian|christians|jew|jews
    temple|temples|church|churches|chapel <folk>|goers|lunch|group|groups|volunteers
    the temple|temples
    faith <groups>
    people|families|those|communities of faith|any|all|different faith|faiths
    somebody|his|her|their|whose faith
    two <folk>? women|men|lads|ladies|gentlemen living|live|lived|together
    two women|men|lads|ladies|gentlemen who|that live|lived|are|were
    women|men|lads|dads|mums|girls on|from|in|up|round *2 estate|estates|ward|wards|flats
    boys|families|people|wives|sons|daughters on|from|in|up|round *2 estate|estates|ward|wards|flats
    women|girls|men|lads|boys|dads <worse>
    <missed> *9 <sexed>
    not *3 the men|dads|husbands|lads
    <sexed> <adv>? <never> <adv>? <come>
    men|dads|husbands|fathers who|that *3 never|seldom|rarely|not|nobody|alone
    the farm|fishing|mining|travelling|army|forces|barge|canal|fairground|showground|circus|caravan <folk>|wives
    farm|farming|fishing|mining|travelling|travellers|army wives|families|family|folk
    forces|naval|barge|canal|fairground|circus|crofting wives|families|family|folk
    on|off|from|of the boats|barges|moorings|marina|narrowboats|narrowboat|towpath|caravans|site
    living|lives|lived|live|sleeping|sleeps|slept|years|woman|man|people|families|folk in|on *3 <no-house>
    in a|his|her|their caravan|trailer|lorry|tent|boat|barge|bedsit|squat|narrowboat
    caravan|trailer site|sites|park|parks
    newer|new|newest|emerging|smaller communities|community|arrivals|faces|groups
    hidden|silent|invisible|diverse communities|community|arrivals|faces|groups
    diversity
    mostly|usually|always|mainly|largely *1 women|daughters|wives|mothers|woman|men
    <sleep> in a|his|her|their car|cars|van|shed|doorway|tent|caravan
    worst|poorest|lowest|shortest health|outcomes|lives|life
    without|with|no|had|have|has|little no|any|little|few savings|money|passport|address|account
    families|people|women|households|mums|those with|on no|least|less|low|lowest|a? income|incomes|money
    families|people|women|households|mums|those with|on no|least|less|low|lowest|a? savings|prepayment|benefits
    without savings|papers
    low income|incomes|paid
    zero hours
    universal credit
    debt|debts|skint|evicted|eviction|destitute|destitution
    gap|difference|divide in|between *4 life|years|expectancy|outcomes|wards|areas|rich|richest|poor|poorest
    healthy life
    years|year younger|sooner|shorter|less|earlier than|in|on|here|down|up|at|if
    offered|get|gets|got|given less|fewer|later|longer|worse than|care|help|support
    receive|receives less|fewer|later|worse than|care|help|support
    are|is|were|was offered less|fewer
    twice|half|three|four|five|times|least as|less|more|likely likely
    times as|more likely
    less|more likely to|than
    later|longer|worse|sooner|less|fewer than <whom>
    come|comes|came|arrive|reach|reaches to? us? later|sicker|last
    under|over represented|representation|counted|served
    the|a|no bus|train|ferry *1 stops|stopped|goes|running|once
    villages|village|hamlets|hamlet|farms|farm|dale|dales out|past|beyond|over|with|up|at|behind
    glen|valley|valleys|fen|fens|moor|moors|coast out|past|beyond|over|with|up|at|behind
    the far|top|back|end|upper|outer glen|dale|valley|villages|island|islands|hamlets|farms|fens
    top end|of of *1 <remote>
    up|out|down|on|in|over|across the <remote>
    the|our|outer|outlying island|islands|islanders|hamlets
    the ferry|islanders
    miles|hour from the|a|any nearest *2 town|bus|surgery|chemist|hospital|road
    shelter|shelters
    night|winter|homeless shelter|shelters|hostel
    anyone|anybody|people|men|women|those|somebody from|in|at *3 shelter|hostel|hostels|refuge|camp|hotel
    would|who|will|they|he|she|to need|needs|needed|use|used an|a interpreter|signer
    he|she|they sign|signs
    bsl|lip reader|readers|speaker|speakers|reading|reads
    her|his|their english <went>
    reads|read|speak|spoke|understand|understands|writes|write|learned|learnt|lost|without|whose|much|any english
    nobody|not|never|cannot reads|read|speaks|speak english
    first|native|main language
    black|brown|mixed|white *1 <folk>
    black|white african|british|asian|irish|caribbean|working|elders|minority|ethnic
    black and <folk>|brown|asian|minority|ethnic
    black
    dual|mixed heritage|race
    <colour> skin
    skin colour
    my|his|her|their skin
    people|women|men|communities|families of colour
    global majority
    ethnicity|ethnicities|ethnic
    ethnic minority|minorities|background|group|groups|community|communities
    minoritised|racialised|marginalised|minority|minorities|excluded|underserved
    race
    racism|racist|racial|racially|antiracist|discrimination|discriminated|prejudice
    heritage
    gypsy|gypsies|traveller|travellers|gypsys
    travelling community|people|families|showmen|showpeople
    showmen|showpeople|bargees|boaters
    boat people|folk|dwellers|families
    travellers site|sites
    gay|lesbian|lesbians|bisexual|queer|lgbt|lgbtq
    lgbtqi|lgbtqia|trans|transgender|nonbinary|homophobic|homophobia|transphobia
    non binary
    same sex
    two mums|dads
    sexuality|sexual orientation?
    gender identity|reassignment|pay
    gender|genders|sexism|sexist
    transition|transitioned|transitioning as
    women only
    women *5 than men
    men *5 than women
    women|men are|were|is more|less|twice|likelier|likely
    more|fewer women|men than
    <folk> who do|does|did|can|could|cannot not speak|read|write *2 english
    do|does|did|can|cannot not? speak|read|understand much|any|a|good? word? of? english
    little|no|limited|broken english
    english is|was not
    first|second|home|community|other|different|their|own|mother|spoken|preferred|many language|languages|tongue
    language|languages barrier|barriers|line|needs|spoken|support|families|community
    <number> languages
    speaks|speak|speaking no|little english
    interpreter|interpreters|translator|translators|interpreting|translated|translation
    british sign language
    sign language
    bsl
    deaf|deafblind
    hard of hearing
    refugee|refugees|asylum|migrant|migrants|immigrants|immigration|newcomers
    recourse to public funds
    no recourse
    new arrivals
    resettled|resettlement|homes for ukraine
    hong kong|kongers
    homeless|homelessness
    sleeping|sleep|sleeps|slept rough
    rough sleepers|sleeper|sleeping
    sofa surfing|surfers|surf
    no fixed abode|address
    without a|any <settled>? home|address|house|roof
    hostels
    men|people|lads|women|folk|live|lives|lived|living|stay|staying|stays|up|from *2 hostel
    lost|losing *2 tenancy|home|house
    temporary accommodation
    prison|prisons|prisoners|prisoner|probation
    out of prison|custody
    leaving prison|custody
    ex offenders|prisoners
    offenders
    sex workers|worker|working
    seldom|rarely heard|seen
    hardly|never|not|least|rarely reached|reach|reaching|counted|asked
    the ones we|who|that do|cannot|have|never not? reach|see|hear|come|met|seen|count
    rarely|seldom|least heard
    never heard from
    hard to reach
    easy to ignore|overlook
    less|least|not often? heard from?
    unheard|excluded
    <folk> overlooked|missed
    socially|digitally excluded
    digital|social|rural exclusion|isolation|poverty
    protected characteristic|characteristics
    inequality|inequalities|inequity|inequities|equity|equitable|inequitable|disproportionate|disproportionately
    underrepresented|overrepresented
    under|over represented|representation
    intersectional|intersectionality
    deprived|deprivation|poverty|poorest|poorer
    most deprived|disadvantaged
    disadvantaged|disadvantage
    poor wards|families|households|neighbourhoods|estates|areas
    in debt
    food bank|banks
    foodbank|foodbanks
    rural|remote|rurality
    isolated farms|villages|hamlets|communities|farmers
    no bus|buses|internet|broadband|signal|wifi|smartphone|computer|email
    without a|the? internet|broadband|smartphone|computer|car|transport
    offline
    not online
    are|is|who not online
    not have|got|own|use a|the|any? computer|smartphone|internet|email|broadband|phone|car
    can|cannot not? get online
    hill farmers|farmer|farms|farming
    farmers|farming families|communities|community|people
    fishermen|fishing families|communities|community
    life expectancy
    die|dies|dying|died|live *2 years younger|earlier|sooner|less|longer|shorter
    born *8 die|live|lives|dies
    working age men
    female genital
    honour based
    forced marriage
    trafficked|trafficking
    care leavers|leaver
    veterans|veteran
    seasonal|agricultural workers
    care|field workers from
    came|come|coming|came over|moved here? from|from <country>
    people|families|men|women|workers from <country>
    from <country>|<city>
    born|raised|grew in|up *1 <country>|<city>
    <country> or|and *1 <country>
    outside the eu|uk
    whose first
    pronouns
    white and <folk>|middle
    mostly|all|very|nearly white
    bedsit|bedsits
    leaving|left care
    armed forces families|community|covenant
    breadline
    out in|on the|our villages|sticks|dales|moors|moor|marsh|fens|islands
    villages with|without no|a|any
    cut off
    living|live alone in|on the|our villages|dales|moor|marsh
    small community|communities
    white working
    """
)

NOT_EQUITY = lines(
    """
    deprivation of liberty
    black eye|eyes|pudding|coffee|pen|tea|bag|bags
    cut off date|point|from|by|at|the|my|our|his|her
    left care home|of
    leaving care home|homes|to
    black and white
    in black
    black spot|hole|mould|cab|box|marks|dog|out|ice
    race against|to|for
    mixed picture|bag
    traveller information
    good faith
    in good faith
    faith in
    nurse|worker|officer|staff at *1 hostel|shelter
    bus shelter
    cannot|not|never see *5 men|women|dads|girls|boys|husbands|wives with
    welsh government
    german|french|spanish holiday|wine
    women|men|girls|boys and|or men|women|girls|boys
    savings target|targets|plan|programme
    diverse|diversity <not-people>
    more|less likely to that|be
    <staff> *3 less|more likely
    in|on the moor|moors street
    in a car park
    new|newer|different community hospital|hub|team|centre|model|nurse|nurses|equipment|service|services
    new|different groups of staff
    new faces on|in
    no money left|in|for
    have|has|had|lost|keep|put faith in
    church street|road|lane|hall|hill|farm
    st *2 church
    indian summer
    chinese walls|whispers|meal|restaurant
    chinese takeaway
    polish up|off|that|it
    to polish
    turkish baths|delight
    english language
    what language
    plain language
    everyday language
    same language
    the language of
    in language
    body language
    use *2 language
    strong language
    language we|i|you use
    first language of
    greek to
    health and inclusion
    equity and voice
    diverse county|place|area|economy
    diverse workforce
    diversity of provision|providers|supply
    prison officer
    remote working|monitoring|control|access
    working remotely
    work|works|worked|working remote
    transition to|from|team|pathway|into
    italian restaurant
    gender neutral
    heritage railway|centre|site|lottery
    european union|commission|funding
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "heritage": HERITAGES
    - word_set("sri latin kerala karen polish georgian french german dutch spanish scots scottish"),
    "faith": FAITHS
    - word_set(
        "church churches priest chaplain vicar mass temple temples orthodox baptist methodist anglican evangelical nun "
        "shul"
    ),
    "folk": word_set(
        "people men women man woman families family communities community elders carers residents lad lads lady "
        "ladies gentleman gentlemen british african caribbean boys girls patients staff workers older young younger "
        "adults adult person background backgrounds groups group neighbour neighbours husband wife mother grandmother "
        "couples"
    ),
    "colour": word_set("black brown white dark darker"),
    "number": word_set(
        "two three four five six seven eight nine ten twenty thirty forty fifty sixty hundred many other several"
    ),
    "tongue": word_set("polish welsh french spanish german dutch georgian karen scots hebrew gaelic irish patois"),
    "groups": word_set(
        "groups group leader leaders community communities organisations organisation sector forum needs"
    ),
    "worse": word_set("worse younger sooner earlier later less"),
    "missed": word_set("never missing missed miss except overlook ignore forget forgot hardly seldom rarely"),
    "sexed": word_set("men dads husbands fathers lads boys sons grandfathers women girls wives brothers"),
    "adv": word_set("do did will have just hardly still"),
    "never": word_set("never not seldom rarely hardly"),
    "come": word_set("come came ring rang ask asked turn turned say said speak answer claim apply show"),
    "no-house": word_set(
        "caravan caravans trailer trailers lorry van car tent tents boat boats barge narrowboat shed bedsit bedsits "
        "squat "
        "hostel hostels doorway layby camper"
    ),
    "whom": word_set("white black asian others other men women anyone everyone anybody average english british elders"),
    "remote": word_set(
        "dale dales glen glens valley valleys moor moors fen fens island islands isle wolds hills fells peninsula"
    ),
    "went": word_set("has had went is was goes got left gone"),
    "city": word_set(
        "accra lagos kingston dhaka sylhet lahore karachi mirpur delhi mumbai gdansk warsaw krakow vilnius bucharest "
        "sofia kyiv lviv kabul damascus aleppo mogadishu asmara khartoum harare nairobi kampala kinshasa istanbul "
        "lisbon porto goa madeira colombo kathmandu manila hanoi guangzhou kolkata amritsar kerala abuja ibadan tehran "
        "baghdad erbil beirut cairo dublin cork mayo galway donegal kerry naples sicily odesa kharkiv tirana pristina"
    ),
    "not-people": word_set("provision providers supply economy of county place area skills backgrounds training offer"),
    "staff": word_set("staff team teams workers"),
    "sleep": word_set("sleeps sleep sleeping slept living lives lived"),
    "settled": word_set("settled fixed permanent proper"),
    "country": word_set(
        "poland romania bulgaria lithuania latvia ukraine syria afghanistan iraq iran somalia eritrea ethiopia sudan "
        "nigeria ghana zimbabwe kenya uganda congo india pakistan bangladesh nepal china vietnam philippines jamaica "
        "barbados trinidad ireland portugal spain italy turkey albania kosovo kerala punjab gujarat kashmir brazil "
        "hong russia abroad overseas cameroon egypt morocco libya yemen malaysia africa asia"
    ),
}


@lru_cache(maxsize=32)
def community_patterns(communities: tuple[Community, ...]) -> Patterns | None:
    """Patterns for the phrases of a story's communities, in every plain form, or None without any."""
    written: list[str] = []
    for community in communities:
        texts = [*community.phrases, *([community.who] if len(community.who.split()) <= 6 else [])]
        for text in texts:
            words = [word for word in phrase_words(text) if word.isascii()]
            if words and any(word not in STOP_WORDS for word in words):
                written.append(" *1 ".join(_forms(word) for word in words))
    return compile_patterns([("equity", written, {})]) if written else None


def _forms(word: str) -> str:
    forms = {word, word + "s", word + "es"}
    if word.endswith("s") and len(word) > 3:
        forms.add(word[:-1])
    if word.endswith("ies"):
        forms.add(word[:-3] + "y")
    if word.endswith("y"):
        forms.add(word[:-1] + "ies")
    return "|".join(sorted(forms))
