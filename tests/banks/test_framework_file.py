"""A framework is data: the shipped file says what the program knows, and a broken one says all that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cqcmock.banks import FrameworkErrors, framework_words, parse_framework, read_framework
from cqcmock.domain.framework import Band, Level, Preset, Rounding, rate
from cqcmock.errors import UserError

SHIPPED = Path(__file__).parents[2] / "question_banks" / "frameworks" / "cqc-la-2023.toml"

SMALL = """\
[framework]
id = "small"
title = "A small framework"
checked_on = 2026-11-21
notes = []
rounding = "up"

[scale]
lowest = 1
highest = 2
[[scale.level]]
score = 1
meaning = "poor"
[[scale.level]]
score = 2
meaning = "fair"

[[band]]
rating = "low"
from_percent = 50
[[band]]
rating = "high"
from_percent = 75

[[theme]]
id = "T1"
name = "Theme"

[[statement]]
id = "QS1"
theme = "T1"
name = "Statement"

[[evidence]]
id = "experience"
name = "People's experience"
used_for_councils = true

[[role]]
id = "director"
name = "Director"
who = "The director"
[[role.preset]]
id = "full"
name = "Full"
questions = 8
prepare_seconds = 15
target_seconds = 120
limit_seconds = 180

[[theme_list]]
id = "place"
name = "The place"
roles = ["director"]

[[tag]]
id = "rambling"
name = "rambling"

[[date]]
on = 2023-04-01
what = "It begins"
source = "https://example.org/"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(FrameworkErrors) as refused:
        parse_framework(text, "small.toml")
    return [str(problem) for problem in refused.value.problems]


def test_the_shipped_framework_has_what_cqc_published() -> None:
    framework = read_framework(SHIPPED)
    assert framework.id == SHIPPED.stem
    assert [statement.id for statement in framework.statements] == [f"QS{number}" for number in range(1, 10)]
    assert [theme.id for theme in framework.themes] == ["T1", "T2", "T3", "T4"]
    assert framework.statements[0].aliases == ("Assessing people's needs",)
    assert framework.rounding is Rounding.UP
    assert (framework.lowest, framework.highest) == (1, 4)
    assert framework.bands[-1] == Band(rating="outstanding", from_percent=88)
    assert framework.levels[2] == Level(score=3, meaning="a good standard")
    assert framework.role("lead-member").presets[0].questions == 8
    assert framework.dates[0].on == date(2023, 4, 1)
    assert rate([3] * 8 + [4], framework).percent == 78


def test_the_shipped_framework_names_the_themes_of_three_roles() -> None:
    framework = read_framework(SHIPPED)
    themes = {
        role: sum(role in theme.roles for theme in framework.theme_list)
        for role in ("lead-member", "director", "frontline")
    }
    assert themes["lead-member"] == 16
    assert themes["director"] >= 22
    assert themes["frontline"] >= 22


def test_its_words_are_what_a_bank_may_name() -> None:
    words = framework_words(read_framework(SHIPPED))
    assert "QS9" in words.statements
    assert "waiting" in words.themes
    assert "frontline" in words.roles
    assert "broad assurance without detail" in words.tags


def test_a_small_framework_is_read_as_its_file_says_it() -> None:
    framework = parse_framework(SMALL, "small.toml")
    assert framework.role("director").presets == (
        Preset(id="full", name="Full", questions=8, prepare_seconds=15, target_seconds=120, limit_seconds=180),
    )
    assert framework.theme_list[0].roles == ("director",)
    assert rate([1], framework).rating == "low"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rounding = "up"', 'rounding = "down"', "framework, rounding: expected one of “up”, but found “down”"),
        ('rounding = "up"', "", "framework, rounding: expected one of “up”, but found nothing"),
        ("[framework]", "[framwork]", "framwork: expected a key that is known here (did you mean “framework”?)"),
        ("lowest = 1", "", "scale, lowest: expected a whole number, but found nothing"),
        ("lowest = 1", "lowest = true", "scale, lowest: expected a whole number, but found true"),
        ("lowest = 1", "lowest = 2", "scale, highest: expected a number above the lowest"),
        ("highest = 2", "highest = 3", "scale, level: expected one level for each score from 1 to 3"),
        ("highest = 2", "highest = 1000000000", "scale, highest: expected a whole number from 0 to 100"),
        ("score = 2", "score = 1", "scale, level: expected one level for each score from 1 to 2"),
        ("from_percent = 75", "from_percent = 40", "band: expected bands from the lowest percentage to the highest"),
        ("from_percent = 75", "from_percent = 175", "band 2, from_percent: expected a whole number from 0 to 100"),
        ("from_percent = 50", "from_percent = 60", "band: expected a band from 50 per cent or less"),
        ('theme = "T1"', 'theme = "T2"', "statement QS1, theme: expected a [[theme]] of this file"),
        ('id = "QS1"', 'id = "Q S"', "statement Q S, id: expected letters, digits and hyphens"),
        (
            'roles = ["director"]',
            'roles = ["directer"]',
            "theme_list place, roles: expected a [[role]] of this file (did",
        ),
        ("used_for_councils = true", 'used_for_councils = "yes"', "expected true or false, but found “yes”"),
        ("limit_seconds = 180", "limit_seconds = 60", "role director, preset full, limit_seconds: expected at least"),
        ("questions = 8", "questions = 0", "role director, preset full, questions: expected a whole number from 1"),
        ("on = 2023-04-01", 'on = "April"', "date 1, on: expected a date such as 2026-11-21"),
        (
            "[[tag]]",
            '[[tag]]\nid = "rambling"\nname = "x"\n[[tag]]',
            "tag rambling, id: expected an id that no other tag",
        ),
        ("[[theme]]", "[[theme]]\n[theme.more]", "theme 1, more: expected a key that is known here"),
        ("[scale]", "[scale", "line 8: expected TOML that can be read"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(old: str, new: str, told: str) -> None:
    assert SMALL.count(old) >= 1
    found = mistakes(SMALL.replace(old, new, 1))
    assert any(told in mistake for mistake in found), found


def test_every_mistake_of_a_framework_is_told() -> None:
    found = mistakes('[framework]\nid = "Not A Slug"\n[[role]]\nid = 3\n')
    for told in ("framework, id", "title", "checked_on", "scale", "band", "statement", "theme", "role 1, name"):
        assert any(told in mistake for mistake in found), (told, found)


def test_a_framework_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_framework(tmp_path / "none.toml")


def test_a_framework_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FrameworkErrors, match="cannot be used as a framework"):
        read_framework(tmp_path / "small.toml")
