"""Words that people use for one another: a phrase with one of them is also heard when another was said.

Each line is one set. A word stands here only where it means the same in nearly every answer of an interview: "agency"
is left out because it is a firm, a kind of worker and a body of the state.
"""

from __future__ import annotations

from functools import cache

from cqcmock.listening.stems import stem

_SETS = """
ring phone call telephone rang
speak talk chat
begin start
help assist
fix mend repair
pick choose select
buy purchase
cut reduce slash
rise increase climb
worsen deteriorate
notice spot
frightened scared afraid terrified
worried anxious nervous
furious angry fuming livid
tired exhausted shattered knackered
lonely isolated isolation
ill poorly unwell
argue quarrel row disagree
complain complaint moan grumble
recruit hire
sorry apologise apology
late overdue delayed
quick fast prompt
queue backlog
emergency crisis
folk person
man chap bloke gentleman fella fellow
woman lady
child kid youngster
lad boy
lass girl
mother mum mam mom father dad nan nana gran granny grandma grandmother grandad grandfather grandpa
husband wife spouse
son daughter
brother sister
friend mate pal
home house flat bungalow
street road lane avenue
village hamlet
hospital ward
doctor gp
manager boss
councillor cllr
officer official
church chapel mosque temple gurdwara synagogue
vicar priest imam chaplain pastor rabbi
college school
cash money
grant fund
bill invoice
price cost
leaflet booklet flyer
night evening
spring summer autumn winter
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
average median
percentage proportion
big large huge
little small tiny
old elderly
poor deprived
rural countryside
lgbt lesbian gay bisexual transgender trans queer
polish romanian bulgarian lithuanian bangladeshi pakistani indian somali nepali nepalese kurdish chinese nigerian
polish ghanaian ukrainian syrian afghan eritrean sudanese portuguese turkish
polish albanian filipino caribbean bengali punjabi gujarati vietnamese
dementia alzheimer
drink alcohol
prison jail
refugee asylum
ashamed embarrassed shame embarrassing
honest candid frank
easy simple straightforward
hard difficult tough tricky
vacancy vacant unfilled
wage salary
locum temp
promise pledge
overrule overturn
survey questionnaire
photo photograph
pub bar
cafe coffee
shop supermarket
bus minibus
sleep asleep
cry tears crying
laugh smile
dignity respect
quiet shy
rude abrupt
mistake error
blame fault
idea suggestion
letter email
"""


@cache
def _heads() -> dict[str, str]:
    """The stem that stands for each stem of a set."""
    heads: dict[str, str] = {}
    for line in _SETS.strip().splitlines():
        stems = [stem(word) for word in line.split()]
        head = next((heads[known] for known in stems if known in heads), stems[0])
        for known in stems:
            heads[known] = head
    return heads


@cache
def members(head: str) -> tuple[str, ...]:
    """Every stem that is heard as this one."""
    return tuple(known for known, stands_for in _heads().items() if stands_for == head) or (head,)


def meaning(found: str) -> str:
    """The stem that this stem is heard as: that of its set, or itself."""
    return _heads().get(found, found)
