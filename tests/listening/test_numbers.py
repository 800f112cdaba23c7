"""Quantities are read in digits and in words, and what measures nothing is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.listening.hearing_of import hear


def numbers(said: str) -> list[tuple[str, float, str]]:
    return [(number.text, number.value, number.unit) for number in hear(said).numbers]


@pytest.mark.parametrize(
    ("said", "text", "value", "unit"),
    [
        ("It takes twenty-eight days.", "twenty-eight days", 28, "days"),
        ("it takes twenty eight days", "twenty eight days", 28, "days"),
        ("We have three and a half thousand of them.", "three and a half thousand", 3500, ""),
        ("We spent £3.2 million on it.", "£3.2 million", 3_200_000, "pounds"),
        ("We spent £3.2m on it.", "£3.2m", 3_200_000, "pounds"),
        ("Six in ten go home.", "Six in ten", 60, "per cent"),
        ("6 in 10 go home", "6 in 10", 60, "per cent"),
        ("Nine out of every ten said so.", "Nine out of every ten", 90, "per cent"),
        ("Eight out of nine were good.", "Eight out of nine", 88.888889, "per cent"),
        ("About a third of them are alone.", "a third", 33.333333, "per cent"),
        ("Two-thirds of carers work.", "Two-thirds", 66.666667, "per cent"),
        ("Three quarters of them do.", "Three quarters", 75, "per cent"),
        ("Half of them wait.", "Half", 50, "per cent"),
        ("It's nearly half.", "half", 50, "per cent"),
        ("It was 42 per cent.", "42 per cent", 42, "per cent"),
        ("It was 42% in May.", "42%", 42, "per cent"),
        ("forty-two percent", "forty-two percent", 42, "per cent"),
        ("six and a half per cent", "six and a half per cent", 6.5, "per cent"),
        ("0.7 percentage points", "0.7 percentage points", 0.7, "per cent"),
        ("There are 1,200 carers here.", "1,200 carers", 1200, "carers"),
        ("A hundred and twelve people came.", "A hundred and twelve people", 112, "people"),
        ("Nineteen hundred carers had something.", "Nineteen hundred carers", 1900, "carers"),
        ("One thousand two hundred and six.", "One thousand two hundred and six", 1206, ""),
        ("Half a million pounds went.", "Half a million pounds", 500_000, "pounds"),
        ("A quarter of an hour each.", "A quarter of an hour", 0.25, "hours"),
        ("Some 40k a year.", "40k", 40_000, ""),
        ("£23.10 an hour is short.", "£23.10 an hour", 23.1, "pounds an hour"),
        ("twelve pounds an hour", "twelve pounds an hour", 12, "pounds an hour"),
        ("It's twenty-two pounds forty an hour.", "twenty-two pounds forty an hour", 22, "pounds an hour"),
        ("eighty odd boats", "eighty odd boats", 80, "boats"),
        ("We do it twice a year.", "twice a year", 2, "times a year"),
        ("once a month", "once a month", 1, "times a month"),
        ("a 72-hour review", "72-hour", 72, "hours"),
        ("two and a half times as likely", "two and a half times", 2.5, "times"),
        ("two point five million", "two point five million", 2_500_000, ""),
        ("One in five is alone.", "One in five", 20, "per cent"),
        ("about one post in nine is empty", "one post in nine", 11.111111, "per cent"),
        ("within one week of asking", "one week", 1, "weeks"),
        ("every one of the eight", "every one of the eight", 100, "per cent"),
        ("It was 214 waiting.", "214", 214, ""),
        ("twenty-three per hundred thousand", "twenty-three per hundred thousand", 23, "per 100000"),
        ("An hour and a half is too long.", "An hour and a half", 1.5, "hours"),
        ("It adds a fortnight.", "a fortnight", 1, "fortnights"),
        ("300+ carers came", "300+ carers", 300, "carers"),
        ("$4 billion", "$4 billion", 4_000_000_000, "dollars"),
    ],
)
def test_a_quantity_is_read_with_its_unit(said: str, text: str, value: float, unit: str) -> None:
    assert (text, value, unit) in numbers(said)


@pytest.mark.parametrize(
    "said",
    [
        "In 2024 we began.",
        "Since nineteen eighty-eight I have lived here.",
        "in twenty twenty-three",
        "On 12 March we met.",
        "It opens on the 9th of May at 10:30.",
        "by nine in the morning",
        "at half past six",
        "after ten to six it is too late",
        "It shuts at 5pm.",
        "before two o'clock",
        "A man of eighty-two rang.",
        "She's 82 and alone.",
        "He is an eighty-two-year-old.",
        "aged 16",
        "people over 65",
        "a woman in her eighties",
        "The first and the twenty-first.",
        "Section 42 and section 117, form 7 and pathway 2.",
        "Ring 111 or 999.",
        "We are open 24/7.",
        "One person said so.",
        "no one and every one",
        "A few, a couple, hundreds, a lot.",
        "the two of us",
        "There are three things I'd say.",
        "day one, week eight, year two",
        "A third party did it.",
        "The second half was half hearted.",
        "on the other half",
        "in Q3 and s42 and D2A",
        "under sixty-fives",
        "five-a-side",
        "the 65+ group",
    ],
)
def test_what_measures_nothing_is_no_number(said: str) -> None:
    assert numbers(said) == []


def test_the_year_that_is_said_in_the_sentence_belongs_to_the_number() -> None:
    heard = hear("In 2023 we had 40 reviews. It was 60 per cent in twenty twenty-four. Now it is 80 per cent.").numbers
    assert [number.year for number in heard] == [2023, 2024, None]


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
)
SMALL += "eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(value: int) -> str:
    """A whole number as it is written out in British English."""
    if value < 20:
        return SMALL.split()[value]
    if value < 100:
        tens = TENS.split()[value // 10 - 2]
        return tens if value % 10 == 0 else f"{tens}-{in_words(value % 10)}"
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= scale:
            rest = value % scale
            joined = "" if not rest else f" and {in_words(rest)}" if rest < 100 else f" {in_words(rest)}"
            return f"{in_words(value // scale)} {name}{joined}"
    raise AssertionError


@given(st.integers(2, 999_999_999))
def test_every_whole_number_is_read_as_it_is_written_out(value: int) -> None:
    assert numbers(f"We counted {in_words(value)} carers there.") == [(f"{in_words(value)} carers", value, "carers")]


@given(st.integers(2, 999_999_999))
def test_every_whole_number_is_read_in_digits(value: int) -> None:
    assert [found[1] for found in numbers(f"We counted {value:,} carers there.")] == [value]


@given(st.integers(0, 1000), st.sampled_from(["%", " per cent", "per cent", " percent"]))
def test_every_percentage_is_read(tenths: int, sign: str) -> None:
    assert [found[1:] for found in numbers(f"It was {tenths / 10}{sign}.")] == [(tenths / 10, "per cent")]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("The Wednesday had slipped twice.", ["twice"]),
        ("Once or twice he came.", []),
        ("It was a half-hour call at 85p a visit.", ["half-hour", "85p a visit"]),
        ("He waited the best part of a year.", ["a year"]),
        ("He drank for a decade.", ["a decade"]),
        ("They are seen within one working day.", ["one working day"]),
        ("I rang five different people.", ["five different people"]),
        ("In November. Twenty-six had a visit.", ["Twenty-six"]),
        ("We've had eleven since, two of them on the floor.", ["eleven", "two"]),
        ("She has it from ten till four and I ring at ten tomorrow.", []),
        ("It was ticket 7700 1182 in the winter of 'forty-seven.", []),
        ("They pushed it off the table three times.", ["three times"]),
        ("We went every morning for a year and talked for an hour.", ["a year", "an hour"]),
        ("The first half hour is at an hour's notice.", ["half hour", "an hour's"]),
        ("She is there one day a week.", ["one day a week"]),
        ("It went up four points.", ["four points"]),
        ("It's half the battle.", []),
        ("A two-stage test, a three-line text and zero-tolerance.", []),
        ("A ten-minute call.", ["ten-minute"]),
        ("His mum's seventy-four and I'm sixty-two.", []),
        ("We are white women of fifty.", []),
        ("A widower up there of 88.", []),
        ("We begin at fourteen.", []),
        ("It's at seventy-one now.", ["seventy-one"]),
        ("I've done it since I was five.", []),
        ("Between seven and half past ten.", []),
    ],
)
def test_how_often_how_long_and_parts_of_an_hour_are_numbers(said: str, texts: list[str]) -> None:
    assert [number.text for number in hear(said).numbers] == texts
