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
