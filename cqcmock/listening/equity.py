"""Words by which people are named who are more likely to be missed: heritage, faith, language, sexuality, sex, a home.

The built-in list is of England in 2026; the communities of the council's story are added to it.
"""

from __future__ import annotations

from functools import lru_cache

from cqcmock.domain.story import Community
from cqcmock.listening.patterns import Patterns, compile_patterns, lines
from cqcmock.listening.stems import STOP_WORDS, phrase_words, word_set

HERITAGES = word_set(
    "african asian bangladeshi bengali caribbean chinese filipino gujarati hindi indian iranian iraqi irish italian "
    "jamaican japanese kashmiri korean kurdish kurmanji sorani malay mirpuri nepalese nepali nigerian pakistani "
    "polish portuguese punjabi roma romany romani romanian russian ghanaian zimbabwean kenyan ugandan congolese "
    "sudanese rwandan lithuanian latvian estonian bulgarian hungarian slovak czech albanian kosovan bosnian greek "
    "cypriot turkish somali eritrean ethiopian syrian afghan ukrainian vietnamese tamil sri sylheti urdu farsi pashto "
    "dari arabic arab cantonese mandarin keralan kerala latin brazilian yemeni libyan algerian moroccan egyptian "
    "palestinian israeli european windrush poles bangladeshis romanians ukrainians somalis gurkha gurkhas afghans "
    "syrians bengalis punjabis gujaratis kurds mongolian thai tibetan goan maltese barbadian trinidadian dalit"
)
FAITHS = word_set(
    "muslim muslims hindu hindus sikh sikhs jewish jews buddhist buddhists christian christians jain jains catholic "
    "catholics pentecostal quaker orthodox haredi mosque mosques gurdwara gurdwaras synagogue synagogues temple "
    "temples mandir imam imams rabbi halal kosher ramadan eid diwali faith faiths religion religious religions islam "
    "islamic islamophobia church churches"
)
EQUITY = lines(
    """
    <heritage>
    <faith>
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
    do|does|did|can|cannot not speak|read much|any|a|good? word? of? english
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
    hostel|hostels
    lost|losing *2 tenancy|home|house
    temporary accommodation
    prison|prisons|prisoners|prisoner|probation
    out of prison|custody
    leaving prison|custody
    ex offenders|prisoners
    offenders
    sex workers|worker|working
    seldom heard
    rarely|seldom|least heard
    never heard from
    hard to reach
    easy to ignore|overlook
    less|least|not often? heard from?
    overlooked|unheard|excluded
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
    no bus|buses|internet|broadband|signal|wifi|smartphone|computer|car
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
    modern slavery
    care leavers|leaver
    veterans|veteran
    seasonal|agricultural workers
    care|field workers from
    came|come|coming|came over|moved here? from|from <country>
    people|families|men|women|workers from <country>
    from <country>
    outside the eu|uk
    accessible formats|format
    easy read
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
    have|has|had|lost|keep|put faith in
    church street|road|lane|hall|hill|farm
    st *2 church
    indian summer
    chinese walls|whispers|takeaway|meal|restaurant
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
    "heritage": HERITAGES - word_set("sri latin hindi kerala"),
    "faith": FAITHS - word_set("faiths church churches christian"),
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
