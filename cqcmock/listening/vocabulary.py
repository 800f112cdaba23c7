"""Classes of words that several patterns name: people, staff, jobs, times."""

from __future__ import annotations

from cqcmock.listening.stems import word_set

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb apr jun jul aug "
    "sept sep oct nov dec"
)
DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays"
)
SEASONS = word_set("spring summer autumn winter easter christmas ramadan diwali eid whitsun")

PERSON = word_set(
    "man woman lady gentleman gent chap bloke fella fellow lad lass girl boy guy mum mam mother dad father son "
    "daughter brother sister husband wife widow widower gran nan grandmother granddad grandad grandfather grandson "
    "granddaughter aunt auntie uncle niece nephew couple family person resident pensioner carer teenager student "
    "neighbour farmer youngster leaver constituent individual child parent partner friend tenant patient veteran "
    "refugee mechanic teacher nurse fisherman joiner miner postman builder baker gardener musician soldier plumber "
    "seamstress trawlerman shopkeeper publican"
)
"""One person or household, as people are brought into an answer."""

SPECIFIC_PERSON = word_set(
    "man woman lady gentleman gent chap bloke fella fellow lad lass girl boy guy widow widower pensioner couple "
    "teenager mum mam dad mother father grandmother grandfather gran nan granddad grandad youngster farmer"
)
"""Those of them of whom one speaks when one person is meant, and seldom of people in general."""

PEOPLE = word_set(
    "people residents families carers customers clients tenants parents mums dads mothers fathers sons daughters "
    "husbands wives relatives patients users pensioners constituents constituent neighbours women men lads ladies "
    "everyone everybody person resident family carer man woman lady gentleman gent chap bloke lad lass girl boy guy "
    "mum mam mother dad father son daughter brother sister husband wife widow widower gran nan grandmother grandson "
    "granddaughter couple client citizens citizen communities community folk folks youngsters students parent "
    "relative grandad granddad grandfather fella youngster pensioner teenager public many most others friend friends "
    "neighbour survivors girls boys she he individuals individual kids children gents chaps"
)
"""People who draw on care and support, their carers and families, as the one who speaks or wants."""

STAFF = word_set(
    "staff team teams worker workers officer officers manager managers director directors practitioner practitioners "
    "colleague colleagues partner partners inspector inspectors inspectorate cqc assessor assessors councillor "
    "councillors cabinet leader scrutiny committee chair provider providers trust hospital consultant consultants "
    "auditor auditors peer peers reviewer reviewers gp gps doctor doctors nurse nurses police social therapist "
    "therapists ot ots psw dass psychiatrist commissioner commissioners board lga treasurer finance minister ministers "
    "government judge ombudsman adass union unions supervisor matron manager's owner deputy centre agencies agency"
)
"""Those whose words are not the voice of people who draw on care."""

JOBS = word_set(
    "director head manager officer lead leader principal psw dass chair chairman commissioner executive supervisor "
    "councillor treasurer accountant coordinator deputy member portfolio solicitor matron"
)
"""Words of a job, by which somebody owns a piece of work."""

AGE_WORDS = word_set("twenties thirties forties fifties sixties seventies eighties nineties teens hundreds")

NUMBER_PLACES = word_set("two three four five six seven eight nine ten eleven twelve")

CLASSES: dict[str, frozenset[str]] = {
    "month": MONTHS,
    "day": DAYS,
    "season": SEASONS,
    "person": PERSON,
    "specific": SPECIFIC_PERSON,
    "people": PEOPLE,
    "staff": STAFF,
    "job": JOBS,
    "decade": AGE_WORDS,
    "small-number": NUMBER_PLACES,
    "we": word_set("we i they council officers team colleagues"),
    "be": word_set("is are was were am be been being"),
    "have": word_set("has have had having"),
    "their": word_set("their his her my our your its whose"),
    "them": word_set("me us them him her you"),
    "say": word_set("say says said saying tell tells told telling ask asks asked asking"),
}
