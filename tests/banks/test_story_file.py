"""A local story is read whole, and a broken one says all that is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cqcmock.banks import StoryErrors, framework_words, parse_story, read_framework, read_story
from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from cqcmock.errors import UserError

ROOT = Path(__file__).parents[2] / "question_banks"
WORDS = framework_words(read_framework(ROOT / "frameworks" / "cqc-la-2023.toml"))

SMALL = """\
[place]
id = "borsetshire"
name = "Borsetshire"
council = "Borsetshire County Council"
checked_on = 2026-11-21
notes = ["Made up."]

[[fact]]
id = "median-wait"
label = "Median wait for a first conversation"
value = "28"
unit = "days"
as_of = 2026-09-30
comparator = "34 a year before"
source = "Performance report, September 2026"
owner = "Head of access"
review_by = 2026-12-31
statements = ["QS1"]
phrases = ["twenty-eight days", "median wait"]

[[community]]
id = "farmers"
who = "Farming families"
how_we_listen = "At the market, once a month"
what_changed = "Visits outside milking hours"
source = "Market notes 2026"
phrases = ["farming families"]

[[you_said]]
said = "Letters are too long"
did = "One page, read by the readers' panel"
when = 2026-05-01
source = "Readers' panel, April 2026"

[[example]]
id = "back-step"
text = "Somebody wanted to reach the allotment; a rail and a companion did it."
statements = ["QS1", "QS2"]
source = "Practice forum, 2026"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(StoryErrors) as refused:
        parse_story(text, "small.toml", WORDS)
    return [str(problem) for problem in refused.value.problems]


def test_a_story_is_read_as_its_file_says_it() -> None:
    assert parse_story(SMALL, "small.toml", WORDS) == Story(
        place=Place(
            id="borsetshire",
            name="Borsetshire",
            council="Borsetshire County Council",
            checked_on=date(2026, 11, 21),
            notes=("Made up.",),
        ),
        facts=(
            Fact(
                id="median-wait",
                label="Median wait for a first conversation",
                value="28",
                unit="days",
                as_of=date(2026, 9, 30),
                comparator="34 a year before",
                source="Performance report, September 2026",
                owner="Head of access",
                review_by=date(2026, 12, 31),
                statements=("QS1",),
                phrases=("twenty-eight days", "median wait"),
            ),
        ),
        communities=(
            Community(
                id="farmers",
                who="Farming families",
                how_we_listen="At the market, once a month",
                what_changed="Visits outside milking hours",
                source="Market notes 2026",
                phrases=("farming families",),
            ),
        ),
        you_said=(
            YouSaid(
                said="Letters are too long",
                did="One page, read by the readers' panel",
                when=date(2026, 5, 1),
                source="Readers' panel, April 2026",
            ),
        ),
        examples=(
            Example(
                id="back-step",
                text="Somebody wanted to reach the allotment; a rail and a companion did it.",
                statements=("QS1", "QS2"),
                source="Practice forum, 2026",
            ),
        ),
    )


def test_a_place_alone_is_a_story() -> None:
    story = parse_story(SMALL[: SMALL.index("[[fact]]")], "small.toml")
    assert (story.facts, story.communities, story.you_said, story.examples) == ((), (), (), ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[place]", "[palce]", "palce: expected a key that is known here (did you mean “place”?)"),
        ('id = "borsetshire"', 'id = "The Shire"', "place, id: expected small letters"),
        ('council = "Borsetshire County Council"\n', "", "place, council: expected text in quotation marks"),
        (
            'value = "28"',
            "value = 28",
            "fact median-wait, value: expected text in quotation marks, but found the number 28",
        ),
        ("as_of = 2026-09-30\n", "", "fact median-wait, as_of: expected a date such as 2026-11-21"),
        ("review_by = 2026-12-31", "review_by = 2026-01-31", "fact median-wait, review_by: expected a date not before"),
        ("review_by = 2026-12-31", 'review_by = "soon"', "fact median-wait, review_by: expected a date"),
        ('statements = ["QS1"]', 'statements = ["QS0"]', "fact median-wait, statements: expected a quality statement"),
        ('["farming families"]', '["…"]', "community farmers, phrases: expected words in every phrase"),
        ('source = "Market notes 2026"\n', "", "community farmers, source: expected text"),
        ("when =", "wehn =", "you_said 1, wehn: expected a key that is known here (did you mean “when”?)"),
        ("[[you_said]]", "[[yousaid]]", "yousaid: expected a key that is known here (did you mean “you_said”?)"),
        ('id = "back-step"', 'id = ""', "example 1, id: expected text"),
        ("[[example]]", "[example]", "example: expected tables that begin with [[example]], but found a table"),
        ("[[fact]]", "[[fact]", "line 8: expected TOML that can be read"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(old: str, new: str, told: str) -> None:
    assert SMALL.count(old) >= 1
    found = mistakes(SMALL.replace(old, new, 1))
    assert any(told in mistake for mistake in found), found


def test_every_mistake_of_a_story_is_told() -> None:
    fact = SMALL[SMALL.index("[[fact]]") : SMALL.index("[[community]]")]
    found = mistakes(SMALL.replace("checked_on", "checked").replace("[[example]]", "[[exmaple]]") + fact)
    for told in ("checked_on", "checked:", "exmaple", "median-wait” twice"):
        assert any(told in mistake for mistake in found), (told, found)


def test_a_story_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_story(tmp_path / "none.toml")


def test_a_story_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_bytes(b"\xff")
    with pytest.raises(StoryErrors, match="cannot be used as a local story"):
        read_story(tmp_path / "small.toml")
