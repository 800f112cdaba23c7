"""People who are more likely to be missed are noticed when they are named."""

from __future__ import annotations

from datetime import date

import pytest

from cqcmock.domain.story import Community, Place, Story
from tests.listening.hearing_of import hear, texts


@pytest.mark.parametrize(
    "said",
    [
        "We meet the Gypsy and Traveller families twice a year.",
        "Deaf people wait longer.",
        "the bangladeshi elders in the flats",
        "Black men come to us through the police.",
        "We ask about sexuality and nobody fills it in.",
        "gay and lesbian older people",
        "trans residents",
        "He's a refugee from Sudan.",
        "People who are rough sleeping.",
        "men coming out of prison",
        "The mosque runs a lunch club.",
        "a Sikh gentleman",
        "People who speak little English.",
        "Those who don't speak English are missed.",
        "seldom-heard groups",
        "the nine protected characteristics",
        "There is an inequality in who gets a direct payment.",
        "You'll die nine years sooner down by the docks.",
        "no recourse to public funds",
        "people without a settled home",
        "Someone offline can't use it.",
        "The hill farmers have no signal.",
        "homeless people with a head injury",
        "asylum seekers in the hotel",
        "Ukrainian families came in 2022.",
        "Women wait longer than men.",
        "the LGBT+ forum",
        "people who are digitally excluded",
        "rural isolation is our biggest gap",
        "the poorest wards",
        "People of colour get less.",
        "ethnic minority carers",
        "faith groups",
        "our Muslim communities",
        "sofa surfing lads",
        "the Windrush generation",
        "a language barrier",
        "BSL users",
    ],
)
def test_naming_them_is_noticed(said: str) -> None:
    assert texts(said, "equity")


@pytest.mark.parametrize(
    "said",
    [
        "Older people and disabled people wait.",
        "Carers come first.",
        "It is there in black and white.",
        "We have faith in them, in good faith.",
        "It's a race against time.",
        "The plain language guide helps.",
        "We polish it up.",
        "People with dementia and their families.",
        "a mixed picture",
        "The transition to the new system went well.",
        "Church Street is closed.",
    ],
)
def test_people_in_general_and_other_uses_of_the_words_are_not(said: str) -> None:
    assert texts(said, "equity") == []


def test_the_communities_of_the_councils_story_are_known() -> None:
    story = Story(
        place=Place(id="b", name="B", council="B Council", checked_on=date(2026, 1, 1)),
        communities=(
            Community(id="mart", who="Drovers", how_we_listen="At the mart", source="x", phrases=("mart family",)),
        ),
    )
    heard = hear("We sat with the drovers and the mart's families.", story).findings
    assert [found.text for found in heard if found.kind == "equity"] == ["drovers", "mart's families"]


def test_people_who_are_named_again_are_told_once() -> None:
    assert texts("The Roma families came. Then Roma families went.", "equity") == ["Roma"]
