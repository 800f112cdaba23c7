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
    <named>
    <english>
    only|but|anything|everything|all|than in? english
    polish|french|german|dutch|spanish|georgian|scottish|karen <folk>|speaker|speakers|community|shop|born|church|club
    speaks|speak|speaking|spoke|in|into|his|her|their|is <tongue>
    is|being|was polish
    sri lankan|lankans|lanka
    ivory coast
    sierra leone
    <named> takeaway|restaurant <kin>
    priest|nun|baptist|methodist|anglican <folk>|church
    a|former|ex nun
    temple|temples <folk>|goers|group|volunteers
    the|hindu|sikh temple|temples
    orthodox <folk>|christian|christians|jew|jews|church
    faith <groups>
    people|families|those|communities|those of faith|any|all|different faith|faiths
    somebody|his|her|their|whose|which faith
    <colours> <folk>|led|faces|british|irish|african|working|middle|elders|minority|ethnic|owned
    <colours> and|or <folk>|brown|asian|minority|ethnic|white|black
    <colours> caribbean|other|gypsy|roma
    is|are|not|was|nearly|very|all|mostly|any|who|as|young black|white|brown
    who is|are black|white|brown
    dual|mixed heritage|race
    <colours>|dark|darker skin
    skin colour
    my|his|her|their skin
    people|women|men|communities|families|staff of colour
    global majority
    by|of|on|about|mentioned|mention|and sex|gender|race|heritage|class
    <sexed>
    the same few? lads|boys|husbands|dads
    <neg> *5 the dads|husbands|lads|boys
    the|young dads|husbands|lads|boys <adv>? <neg>
    always|mostly|usually|mainly|largely *1 women|daughters|wives|mothers|sisters|woman
    dads|husbands|fathers who|that *3 <neg>
    dads|husbands|fathers get|are forgotten|missed|ignored|overlooked
    two <folk>? <couple> living|live|lived|together|who|that
    two mums|dads
    same sex
    non binary
    his husband|boyfriend
    her wife|girlfriend
    he has|had a husband|boyfriend
    she has|had a wife|girlfriend
    civil partner|partners|partnership
    born a man|woman|boy|girl
    two women|men *5 together
    gender identity|reassignment|pay
    transitioned|transitioning
    <people> <place> <place>? *2 estate|estates|flats
    language|languages|tongue|dialect
    sign|signs|signed to|language
    newly arrived
    overseas <folk>|recruits|nurses
    bsl
    lip reads|reader|read|readers|reading
    hard of hearing
    <need> *2 interpreter|interpreters|translator|signer
    no recourse
    recourse to public funds
    new|newer|newest|different|emerging|hidden|silent|invisible|small|smaller|diverse communities|community|arrivals
    hong kong|kongers
    homes for ukraine
    outside the eu|uk
    <from> <country>|<city>
    <country>|<city> or|and *1 <country>
    not born here
    whose first
    travelling|army|forces|naval|farm|farming|fishing|mining|crofting <kin>
    fairground|showground|circus|barge|canal|hill <kin>
    the|on|off boats|barges|moorings|marina|narrowboats|towpath|caravans
    council tenants|estate|house|houses
    working class
    boat people|folk|dwellers|families|children
    caravan|trailer|travellers site|sites|park|parks
    <people>|<sleeping> *3 in|on *2 <no-house>
    <sleeping> in|on *2 car|cars|street|streets|park|doorway|doorways
    in a|his|her|their *1 caravan|trailer|lorry|tent|squat|doorway
    <people> *2 in|from|at *2 hotel|camp|refuge|shelter|shelters
    sleep|sleeps|sleeping|slept|beds rough|out
    rough|street sleepers|sleeper|sleeping
    the closet
    homeless shelter|shelters
    sofa surfing|surfers|surf|surfer
    on *1 floors|sofas|settees
    no|without|little fixed? <lack>
    without a|any|their <settled>? home|house
    not|never <had>? any|a|the|much <lack>
    not|never <had> <lack>
    lost|losing *2 tenancy|home|house
    nowhere to live|sleep
    temporary accommodation
    out of|leave|leaves|leaving|left prison|custody|jail|care
    ex offenders|prisoners
    sex workers|worker|working
    care leavers|leaver
    armed forces
    out of the army|forces|navy
    ex army|forces|servicemen
    care experienced
    minority group|groups|community|communities|backgrounds|staff
    interpreters
    trafficked
    forced marriage
    honour based
    female genital
    seldom|rarely|least heard|seen
    hardly ever hear|see
    never hear|heard from
    hard|harder to reach
    easy to ignore|overlook|miss
    least likely
    the ones we|who|that do|cannot|have|never not? reach|see|hear|meet|met|seen
    cut off
    old|young|hill farmer|farmers
    digitally|socially excluded
    digital|social|rural exclusion|isolation|poverty|divide
    protected characteristic|characteristics
    over|under represented|representation
    not|never *2 online
    not|never *2 use|used|using|work|own|do *2 <digital>
    can not *2 <digital>
    equality|equalities analysis|impact|data|monitoring
    kingdom hall
    not|never *3 internet|smartphone|smartphones|broadband|wifi
    not everybody|everyone|all *1 online
    not|never|no *1 touched|owned|computers a? computer|computers
    not on email
    need|needs|needed *2 internet|smartphone|computer|email|wifi
    postcode lottery
    fare|fares|fared worse
    worse service|outcomes|outcome
    on licence
    get online
    low|lower|lowest|least|no income|incomes|paid|wage|wages
    zero hours
    universal credit
    on|claiming benefits
    food bank|banks
    prepayment|key|payment meter|meters
    can not heat|eat
    can not *3 heating
    one bus|train a|an day|week|hour
    struggling|struggle|struggles to pay|heat|eat|afford
    heat|heating or|and eat|eating
    no|without electric|electricity|gas
    ration|rations|rationing the|their *1 electric|heating|gas|electricity|food
    who|they|people|folk|families|she|he|you can|could not afford
    most deprived|disadvantaged
    poor|poorest|poorer|rough|roughest|deprived wards|ward|families|households|neighbourhoods|estates|estate|areas|parts
    in debt
    she|he|they|people|families|folk *2 no money
    rent arrears
    <remote-people> *3 <remote>
    <remote> out|past|beyond|over|with|up|at|behind|where
    the far|top|back|end|upper|outer|hill|outlying|northern <remote>
    top|end of *1 <remote>
    up|down|across the <remote>
    miles|hour|hours from anybody|anyone|anywhere
    miles|hour|hours from|to the|a|any nearest *2 town|bus|surgery|chemist|hospital|road
    the|no|last|a bus|train|ferry *1 <once>
    life expectancy
    healthy life|years
    gap|difference|divide in|between *4 life|years|expectancy|outcomes|wards|areas|rich|richest|poor|poorest
    die|dies|dying|died|live|lives *2 years? younger|earlier|sooner|less|longer|shorter
    years|year younger|sooner|shorter|less|earlier than|in|on|here|down|up|at|if|for
    born *8 die|live|lives|dies
    offered|get|gets|got|given|receive less|fewer|worse|later than|care|help|support|hours
    offered less|fewer
    wait|waits|waiting longer|longest because|than|if|there|are
    longer|later|worse|sooner|less|fewer|earlier than <whom>
    twice|half|three|four|five|times|less|more *2 likely to
    times as|more likely
    come|comes|came|arrive to? us? later|sicker
    wait|waits|outcomes|access|offer|service|it is|are not equal|fair
    unequal|unfair access|outcomes|waits|treatment
    """
)

NOT_EQUITY = lines(
    """
    <number> *2 men|women
    <staff-kind> men|women
    women|men and|or men|women
    of|on men|women i|we
    men|women ward|wards|club|clubs|shed|sheds|institute|toilets|trust
    group|groups|couple|lot of men|women
    church porch|bells
    in english
    plain|simple|proper|good|ordinary|normal|basic|straight|everyday|decent english|language
    same|body|strong|bad|what|technical|legal|jargon|council|our|house|common language
    the language of
    in|use *2 language we|i|you|they|that
    language we|i|you|that
    english council|councils|law|average|figure|region|regions|authority|authorities|one|local|devolution|heritage
    language school|used
    farmers market|markets
    answered prayer|prayers
    remand in custody
    deprivation of liberty
    black and white
    black|white eye|pudding|coffee|pen|tea|bag|bags|spot|hole|mould|cab|box|marks|dog|out|ice|paper|board|wash|goods
    in|into black|white
    race against|to|for|on
    in|put|have|has|had|lost|keep|good|every|much faith in?
    faith in
    church street|road|lane|hall|hill|farm|school|primary
    st *2 church|churchs
    temple street|road|lane|meads
    chinese|indian|turkish|italian|french|german|spanish|greek <things>
    polish up|off|that|it|my|the
    to|of|no polish
    welsh government|office|border|assembly
    european union|commission|funding
    heritage railway|centre|site|lottery
    gender neutral
    <job> *3 hostel|shelter|prison
    prison officer|officers|service|governor
    like a prison
    bus shelter
    traveller information
    transition to|from|team|pathway|into|plan
    cut off date|point|from|by|at|the|my|our|his|her
    left care home|of
    leave|leaves|leaving|left care home|homes|to|of
    of|by|about|on sex|class|gender offender|offenders|action
    more|less|half likely to that|be done
    <staff> *3 less|more likely
    remote|home working|monitoring|control|access
    savings target|targets|plan|programme
    no money left|in|for
    new|newer|different|small community hospital|hub|team|centre|model|nurse|nurses|equipment|service|services
    diverse communities of
    church|mosque|school in a car park
    longer than <number>|that|this|it|we|i|usual|expected
    wait longer than <number>
    get less of|done|time
    working on the coast
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "named": (HERITAGES | FAITHS)
    - word_set(
        "sri latin karen polish georgian french german dutch spanish scots scottish orthodox mass nun priest "
        "chaplain vicar baptist methodist anglican temple temples"
    )
    | word_set(
        "gypsy gypsies gypsys traveller travellers showmen showpeople bargees boaters bargee gay lesbian lesbians "
        "bisexual queer lgbt lgbtq lgbtqi lgbtqia trans transgender nonbinary homophobia homophobic transphobia "
        "sexuality pronouns deaf deafblind refugee refugees asylum migrant migrants immigrants immigration newcomers "
        "resettled immigrant islander crofter boater homeless homelessness destitute destitution evicted eviction "
        "hostel hostels prison prisons prisoner prisoners offenders probation ethnicity ethnicities ethnic "
        "minoritised racialised marginalised minorities underserved race racism racist racial racially antiracist "
        "sexism sexist genders misogyny inequality inequalities inequity inequities equity equitable inequitable "
        "disproportionate disproportionately underrepresented overrepresented intersectional intersectionality "
        "unheard deprived deprivation poverty poorest poorer disadvantaged disadvantage breadline skint foodbank "
        "foodbanks rural rurality offline islanders crofters bedsit bedsits veteran veterans trafficking fishermen "
        "fasting farmers custody jail unequal worship diaspora undocumented"
    ),
    "english": word_set("english"),
    "sexed": word_set("men women blokes"),
    "neg": word_set("not never seldom rarely hardly nobody alone"),
    "adv": word_set("do did will have can would just still"),
    "couple": word_set("women men lads ladies gentlemen"),
    "colours": word_set("black white brown asian mixed"),
    "folk": word_set(
        "people men women man woman families family communities community elders carers residents lad lads lady "
        "ladies gentleman gentlemen british african caribbean boys girls boy girl patients staff worker workers "
        "older young younger adults adult person background backgrounds groups group neighbour neighbours husband "
        "wife mother mothers grandmother couples couple guy bloke fella chap colleague colleagues carer"
    ),
    "kin": word_set("folk people wives families family lads farmers farmer farms community communities men women"),
    "tongue": word_set(
        "polish french spanish german dutch georgian karen scots hebrew gaelic irish patois english sign"
    ),
    "groups": word_set("groups group leader leaders community communities organisations organisation forum needs"),
    "people": word_set(
        "people anyone anybody somebody someone men women lads folk families boys girls dads mums wives sons "
        "daughters those live lives living lived"
    ),
    "place": word_set("on from in up round at off"),
    "need": word_set("need needs needed needing without want wants use uses through with who"),
    "from": word_set("from in to came come coming over"),
    "sleeping": word_set("sleeps sleep sleeping slept living lives lived live years"),
    "no-house": word_set(
        "caravan caravans trailer trailers lorry van vans tent tents boat boats barge narrowboat shed sheds squat "
        "doorway doorways layby camper"
    ),
    "settled": word_set("settled fixed permanent proper decent savings"),
    "lack": word_set(
        "abode address bus buses internet broadband signal wifi smartphone computer email car transport savings "
        "passport phone data roof"
    ),
    "had": word_set("have has had got use used own"),
    "remote-people": word_set(
        "people anyone anybody somebody families folk those lives live living lived out wives women men farms"
    ),
    "remote": word_set(
        "villages dale dales glen glens valley valleys moor moors fen fens island islands isle wolds hills fells "
        "peninsula hamlets farms sticks marsh countryside"
    ),
    "digital": word_set("digital online internet computer computers email app apps smartphone smartphones website"),
    "once": word_set("stops stopped goes running after"),
    "whom": word_set("white black asian others other men women anyone everyone anybody average british elders"),
    "number": word_set(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen "
        "twenty thirty forty fifty sixty seventy eighty ninety hundred other several these"
    )
    | frozenset(map(str, range(1, 200))),
    "staff-kind": word_set("local highways maintenance office council trained professional business"),
    "job": word_set("nurse worker officer staff manager team workers"),
    "staff": word_set("staff team teams workers"),
    "things": word_set(
        "walls whispers meal restaurant takeaway holiday wine summer baths delight windows doors food bread dressing "
        "horn market"
    ),
    "city": word_set(
        "accra lagos kingston dhaka sylhet lahore karachi mirpur delhi mumbai gdansk warsaw krakow vilnius bucharest "
        "sofia kyiv lviv kabul damascus aleppo mogadishu asmara khartoum harare nairobi kampala kinshasa istanbul "
        "lisbon porto goa madeira colombo kathmandu manila hanoi guangzhou kolkata amritsar abuja ibadan tehran "
        "baghdad erbil beirut cairo dublin cork mayo galway donegal kerry naples sicily odesa kharkiv tirana "
        "pristina"
    ),
    "country": word_set(
        "poland romania bulgaria lithuania latvia ukraine syria afghanistan iraq iran somalia eritrea ethiopia sudan "
        "nigeria ghana zimbabwe kenya uganda congo india pakistan bangladesh nepal china vietnam philippines jamaica "
        "barbados trinidad ireland portugal spain italy turkey albania kosovo kerala punjab gujarat kashmir brazil "
        "hong russia abroad overseas cameroon egypt morocco libya yemen malaysia africa asia slovakia hungary "
        "moldova myanmar burma cambodia lebanon jordan palestine gaza israel tunisia algeria zambia malawi rwanda "
        "burundi mozambique angola senegal gambia colombia venezuela ecuador peru bolivia haiti guyana grenada "
        "cyprus greece serbia bosnia croatia belarus armenia thailand indonesia"
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
