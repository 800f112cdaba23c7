"""One person, family, provider or occasion is told from people in general."""

from __future__ import annotations

import pytest

from tests.listening.hearing_of import texts


@pytest.mark.parametrize(
    "said",
    [
        "A woman in her eighties rang us at Christmas.",
        "Last month a family came to my surgery in tears.",
        "There was a man who rang nine numbers in one morning.",
        "I think of one lad who had never been asked.",
        "When the home in the north closed in May we moved thirty people.",
        "I'm thinking of a couple in Ware.",
        "There's a lady on the marsh road who never rings.",
        "theres a chap i see on tuesdays",
        "I met a carer in Tring last week and she was on her knees.",
        "A gentleman from Saltmere had been left without a visit.",
        "One resident told me the letter frightened her.",
        "We had a provider in the east who handed the keys back on a Friday.",
        "For instance, a young man with Down's syndrome who uses the minibus.",
        "One family waited eleven weeks for a ramp.",
        "My neighbour had a stroke and nobody rang.",
        "Take a lady I know, eighty-one, on her own.",
        "I remember a daughter who slept on the floor.",
        "When Larkfield Homecare got into difficulty the press made a meal of it.",
        "A constituent of mine wrote to me about her brother.",
        "The week that the agency in Stevenage folded, we sat with everybody.",
        "I visited a care home in Hatfield last month and sat with a man.",
        "Let me tell you about a man I met.",
        "An older chap, ex-miner, lived on his own.",
        "Somebody I know was sent home with no bed.",
        "One of our care homes failed its inspection.",
        "Somebody rang me on Sunday night, a daughter, in tears.",
        "An eighty-year-old woman fell in her kitchen.",
        "A mum of three with MS wanted to keep her job.",
        "Last Tuesday I sat with a mother whose son had come home.",
        "A young carer, fourteen, missed two mornings a week.",
        "A chap with dementia kept walking out at night.",
        "Two sisters in Ware look after their father.",
    ],
)
def test_words_that_bring_in_one_person_or_occasion_are_an_example(said: str) -> None:
    assert texts(said, "example")


@pytest.mark.parametrize(
    "said",
    [
        "For example, co-production.",
        "Every person gets a call.",
        "People in their eighties wait the longest.",
        "If a carer rings today she gets a person.",
        "A person's needs come first.",
        "We treat a family as a family.",
        "Any man or woman can ask for an assessment.",
        "Carers are the heart of it.",
        "Each resident has a named worker.",
        "A couple of weeks later it was done.",
        "We work with a range of partners.",
        "A carer who needs a break can have one.",
        "When people leave hospital they get a visit.",
        "As a mother I know that.",
        "The director and I meet on Mondays.",
        "We have a team in the hospital.",
        "It takes a good social worker to see it.",
    ],
)
def test_people_in_general_are_no_example(said: str) -> None:
    assert texts(said, "example") == []


def test_one_example_is_told_once_in_a_sentence() -> None:
    assert len(texts("A man in his eighties, a lovely man from Ware, rang us.", "example")) == 1


@pytest.mark.parametrize(
    "said",
    [
        "A retired bus driver in Letchworth told me he hadn't had a bath since Easter.",
        "I had a phone call on Boxing Day from a daughter in tears.",
        "Take Margaret, who is ninety-one and lives above the chip shop.",
        "There was this one case where three agencies turned up on the same morning.",
        "Two Fridays ago a lad of nineteen slept in our reception.",
        "We lost a residential home in Royston last spring, forty-one beds.",
        "One grandmother in Cheshunt was doing the nights for four years.",
        "My own dad went through it in March.",
        "A couple I visited in Hitchin had been married sixty years.",
        "Somebody wrote to me last week about her uncle.",
        "There's an old boy on Mill Lane who won't have anybody in.",
        "I sat in a kitchen in Tring with a woman who had three bin bags of letters.",
        "In one family the daughter was fourteen and doing the injections.",
        "The hardest one for me was a veteran who kept sending us away.",
        "I'll give you one. A widower, blind, on the third floor.",
        "When Sunrise Care went bust on the Thursday we had ninety people to move.",
        "A young mum with MS wanted to bath her own baby.",
        "I was at the Diwali lunch in Watford and an elderly gentleman stopped me.",
        "There was a Syrian family, five of them, in one room in Stevenage.",
        "That night a neighbour found him on the stairs.",
        "Last Tuesday a man rang from a phone box.",
        "One chap, ex-army, was in a tent behind Tesco.",
        "She was discharged at two in the morning in a nightie, and nobody rang her son.",
        "We had a situation in June where the agency simply stopped coming.",
        "A lady I'll call Jean waited nineteen weeks for a ramp.",
        "The Wednesday before Christmas the boiler went at Oak House.",
        "I can see her now, sitting on the bed with her coat on.",
        "One of the carers at the forum stood up and cried.",
        "a woman come up to me in tesco about her husband",
        "theres this one fella down at the harbour whos never had a visit",
        "so last week right this lady rings up and shes locked out",
        "An OT went to a man in Bengeo who was washing in a bucket.",
        "One home in the north of the county closed with three weeks' notice.",
    ],
)
def test_the_many_ways_in_which_somebody_is_brought_in_are_examples(said: str) -> None:
    assert texts(said, "example")


@pytest.mark.parametrize(
    "said",
    [
        "A carer can ring at any time and a person will answer.",
        "We have a carer lead in every team.",
        "A social worker will visit within a week.",
        "Each family gets a named person.",
        "If a woman rings us at night she speaks to the duty team.",
        "A resident should be able to get help without a form.",
        "We meet every month and a carer always sits on the panel.",
        "The director, Mr Hughes, signs it off.",
        "Mrs Patel leads our safeguarding team.",
        "We have a home care provider in every district.",
        "Once a person is known to us they have one number.",
        "I'm a farmer's daughter and I know the county.",
        "A man's chances depend on where he lives.",
        "Our champion is a person with lived experience.",
        "It's a family decision.",
        "We treat every case on its merits.",
        "One provider cannot do everything.",
        "In most cases a relative helps.",
        "I've been a nurse for thirty years.",
        "It takes one person to change a culture.",
        "A typical family would wait three weeks.",
        "We'd put in a worker within a day.",
        "Somebody has to say it.",
        "We think about the person behind the form.",
        "On Monday we have a meeting of the heads of service.",
        "A child of a carer gets an assessment too.",
        "One way is to ask the person.",
        "My wife is a teacher.",
    ],
)
def test_duties_jobs_and_anybody_are_no_examples(said: str) -> None:
    assert texts(said, "example") == []


@pytest.mark.parametrize(
    "said",
    [
        "I'd a lady last week and her hearing aid was in a drawer.",
        "One man's been here nineteen days over.",
        "A physio told our board that ten days flat is ten years of muscle.",
        "The man who came to read the meter was the first who asked.",
        "It's a home care firm in the north, they go in to sixty people.",
        "Two chaps in a bungalow by the reservoir had been down as landlord and lodger.",
        "One of the Roma lads we know is doing his mum's phone calls.",
        "They brought mum home in April.",
        "Had a daughter-in-law last month could do it better than me.",
        "The youngest I've come across was a little lad of seven.",
        "Woman in a caravan, no heating, two kids.",
        "There was a discussion in November about who pays.",
    ],
)
def test_grammar_brings_somebody_in_whatever_the_words(said: str) -> None:
    assert texts(said, "example")


@pytest.mark.parametrize(
    "said",
    [
        "You get a man who's been cut off, or a daughter who's been passed round four desks.",
        "He doesn't want a woman touching his hair, so send a man.",
        "A person at risk is telephoned the same morning.",
        "One person in ten asks for it in writing.",
        "A good social worker asks what matters.",
        "She'd have plenty of places to go.",
        "Two of those were finished.",
    ],
)
def test_grammar_leaves_anybody_out(said: str) -> None:
    assert texts(said, "example") == []


def test_somebody_who_comes_into_a_story_is_no_second_example() -> None:
    said = "We had an old chap in January, dropped off late. The heating was off. A neighbour let him in."
    assert len(texts(said, "example")) == 1
