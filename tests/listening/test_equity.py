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
        "If you've no car you can't get here.",
        "The letter goes out in nothing but English.",
        "He's never touched a computer.",
        "Men come late.",
        "what the men won't say",
        "a church in the town looks after them",
        "His husband does the cooking.",
        "They came from Sierra Leone.",
        "people sleeping on friends' sofas",
        "people out in the villages",
        "families who can't put the heating on",
        "a non-binary lad",
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
        "I hadn't heard a resident ring us in years.",
        "We had never counted them.",
        "A group of men came in.",
        "Two women from the office took notes.",
        "It says so in plain English.",
        "I had a black biro.",
        "They waited in the church porch.",
        "Nobody was left out of the meeting.",
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


@pytest.mark.parametrize(
    "said",
    [
        "The Yemeni community down at the docks never come.",
        "Pentecostal churches know more families than we do.",
        "Turkish-speaking elders",
        "A Tamil grandmother was left without food she could eat.",
        "young Black men are twice as likely to be sectioned",
        "People who don't have English as a first language",
        "There's a same-sex couple in extra care who were called sisters.",
        "two older women living together who nobody would call a couple",
        "The trans woman was put on a men's ward.",
        "Prison leavers get nothing.",
        "People sleeping in their cars",
        "The settled Traveller families on the A10",
        "the showmen's winter quarters",
        "We don't reach the Orthodox community.",
        "Asian women wait twice as long as white women.",
        "The Roma lads",
        "farm workers from Bulgaria living in caravans",
        "The villages at the top of the dale have no bus.",
        "Families on universal credit go without.",
        "Someone with no phone and no broadband",
        "People from the poorest estate live eleven years less.",
        "a Polish carer in Broxbourne",
        "our LGBT+ elders go back in the closet",
        "The deaf community told us.",
        "Men don't come forward; they'd sooner break.",
        "White British residents are offered twice the hours.",
        "It's mostly women who are left doing it.",
        "unaccompanied asylum seeking young people who turn eighteen",
        "people who can't read English",
        "the Hindu temple",
        "We looked at the data by ethnicity and by faith.",
        "People with no recourse",
        "Sikh elders at the gurdwara",
        "the Nepali Gurkha widows",
        "she only speaks Punjabi",
    ],
)
def test_the_many_ways_in_which_people_are_missed_are_noticed(said: str) -> None:
    assert texts(said, "equity")


@pytest.mark.parametrize(
    "said",
    [
        "Older people wait for a ramp.",
        "We have faith in our staff.",
        "Disabled people chair it.",
        "The team is diverse in its skills.",
        "I live in a village and I drive to work.",
        "The new community hospital opened.",
        "We offer less paperwork now.",
        "It's more likely to be done on time.",
        "People wait longer in winter.",
        "We have no money left in the budget.",
        "He is in a care home on the coast.",
        "We get better results than last year.",
        "She was in hospital on the men's ward.",
        "Carers of people with dementia told us.",
        "The gap in the budget is two million.",
        "We never forget the basics.",
        "Church Lane surgery is open.",
        "A family in Hatfield waited.",
    ],
)
def test_words_that_only_sound_like_it_are_not_noticed(said: str) -> None:
    assert texts(said, "equity") == []
