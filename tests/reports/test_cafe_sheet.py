"""The facilitator's sheet is one page with every round on it, however long everything is, and says what it left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from cqcmock.domain import english
from cqcmock.domain.cafe.rounds import KINDS, Round, RoundKind, RoundQuestion, new_round
from cqcmock.domain.cafe.running_order import LONGEST_TITLE, RunningOrder, from_template, replan
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.paths import resources_folder
from cqcmock.reports.cafe_sheet import SMALLEST, Part, PlannedCafe, Sheet, facilitator_sheet, who_does_what
from cqcmock.reports.content import PRACTICE_WORDS, Document
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import says, squeezed, tables

QUESTION = RoundQuestion(
    bank="cafe",
    question="proud",
    text="What are you proud of in how we work with people in Hertfordshire?",
    listen_for=("names one person’s story", "says what changed for them", "says how we know"),
)
LONGEST_QUESTION = RoundQuestion(
    bank="cafe",
    question="long",
    text="When did somebody who draws on support last change how your team works, what was it, and how do you know?",
    listen_for=tuple(f"says who asked for it, what was done, and what came of that ({n})" for n in range(6)),
)
LONGEST = ("Threes about what happens when someone comes home from hospital on Fridays " * 2)[:LONGEST_TITLE]


def on_one_page(document: Document, scale: float) -> bool:
    """Whether the document is one page as a PDF: found by making it."""
    made = pypdfium2.PdfDocument(as_pdf(document, resources_folder(), scale))
    try:
        return len(made) == 1
    finally:
        made.close()


def counted(template: int = 1, minutes: int = 45) -> RunningOrder:
    order = from_template(SHIPPED[template], minutes, iter(map(str, range(99))).__next__).order
    rounds = tuple(replace(one, question=QUESTION) if KINDS[one.kind].asks else one for one in order.rounds)
    return replace(order, rounds=rounds)


def twelve(title: str = LONGEST, question: RoundQuestion = LONGEST_QUESTION) -> RunningOrder:
    kinds = [kind for kind in RoundKind if kind not in (RoundKind.CLOSING, RoundKind.JUDGEMENT)] * 2
    kinds = [*kinds[:11], RoundKind.CLOSING]
    rounds = tuple(
        new_round(kind, str(number), minutes=15, title=title, question=question if KINDS[kind].asks else None)
        for number, kind in enumerate(kinds)
    )
    return RunningOrder(seconds=180 * 60, rounds=rounds)


USUAL = PlannedCafe(
    on=date(2026, 12, 3), order=counted(), starts=time(12, 30), title="Winter café", place="Room 3", team="Open door"
)
FULLEST = PlannedCafe(
    on=date(2026, 9, 23),
    order=twelve(),
    starts=time(23, 15),
    title=LONGEST,
    place=LONGEST,
    team=LONGEST,
    left_out=(LONGEST, LONGEST, LONGEST, LONGEST),
    still_open=("The duty line rings out on Friday afternoons and nobody knows who picks it up. " * 3,) * 5,
)


def sheet(cafe: PlannedCafe = USUAL, *, measured: bool = True) -> Sheet:
    return facilitator_sheet(
        cafe,
        on_one_page if measured else lambda _document, _scale: True,
        classification="OFFICIAL – SENSITIVE",
        retention="Keep until 1 May 2027",
        made_on=date(2026, 11, 22),
    )


def rows(document: Document) -> tuple[tuple[str, ...], ...]:
    (table,) = tables(document.blocks)
    return table.rows


def begins(document: Document) -> list[str]:
    return [row[0].split("\n")[0] for row in rows(document)]


def pdf_of(made: Sheet) -> bytes:
    return as_pdf(made.document, resources_folder(), made.scale)


def test_it_says_when_where_how_long_and_when_each_round_begins_by_the_clock_on_the_wall() -> None:
    made = sheet()
    text = says(made.document)
    assert "3 December 2026, 12:30 to 13:15 · 45 minutes · Winter café · Room 3 · Open door" in text
    assert begins(made.document) == ["12:30", "12:34", "12:41", "12:47", "12:59", "13:11"]
    assert (made.scale, made.left_out) == (1.0, ())
    assert "Left out" not in text


def test_without_a_time_of_day_rounds_begin_at_minutes_from_the_start() -> None:
    made = sheet(replace(USUAL, starts=None), measured=False)
    (table,) = tables(made.document.blocks)
    assert table.header[0] == "Minute"
    assert begins(made.document) == ["0", "4", "11", "17", "29", "41"]
    assert "3 December 2026 · 45 minutes" in says(made.document)


def test_a_session_may_go_past_midnight() -> None:
    made = sheet(replace(USUAL, starts=time(23, 50)), measured=False)
    assert "23:50 to 00:35" in says(made.document)
    assert begins(made.document)[2] == "00:01"


def test_each_round_has_its_question_what_to_say_what_to_listen_for_and_who_does_what() -> None:
    made = sheet()
    for one, (when, title, words) in zip(USUAL.order.rounds, rows(made.document), strict=True):
        assert title == one.title
        assert squeezed(when).endswith(f" {one.seconds // 60} min")
        assert f"Who: {who_does_what(one)}" in words
        assert f"Say: {KINDS[one.kind].to_say}" in words
        assert (f"Ask: {QUESTION.text}" in words) is KINDS[one.kind].asks
        assert ("Listen for: names one person’s story; says what changed for them; says how we know." in words) is (
            KINDS[one.kind].asks
        )


def test_a_round_that_asks_and_has_no_question_yet_says_so() -> None:
    bare = sheet(replace(USUAL, order=from_template(SHIPPED[1], 45, iter("abcdef").__next__).order), measured=False)
    asking = [KINDS[one.kind].asks for one in USUAL.order.rounds]
    assert ["Ask: pick or draw a question." in row[2] for row in rows(bare.document)] == asking


def test_the_opening_round_is_told_what_is_still_open() -> None:
    cafe = replace(USUAL, still_open=("The duty line rings out.", "Laptops are slow."))
    opening, *others = rows(sheet(cafe).document)
    assert "Still open: “The duty line rings out.” and “Laptops are slow.”." in opening[2]
    assert not any("Still open" in row[2] for row in others)


@pytest.mark.parametrize(
    ("kind", "minutes", "expected"),
    [
        (RoundKind.PAIRS, 10, "A speaks, B listens (5 min); B speaks, A listens (5 min)."),
        (
            RoundKind.HOT_SEAT,
            15,
            (
                "One person answers, everybody else listens (3 min 20 s each);"
                " everybody else says what they heard, speaker listens (1 min 40 s each); 3 speakers."
            ),
        ),
        (
            RoundKind.PRIDE,
            5,
            (
                "One person says what they are proud of, everybody else listens (2 min each);"
                " everybody thanks those who spoke (1 min); 2 speakers."
            ),
        ),
        (RoundKind.CLOSING, 4, "Everybody says one thing to take away."),
        (RoundKind.OPENING, 4, "You tell, everybody listens and adds."),
    ],
)
def test_who_does_what_is_told_once_for_turns_that_are_alike(kind: RoundKind, minutes: int, expected: str) -> None:
    assert squeezed(who_does_what(new_round(kind, "1", minutes=minutes))) == expected


def test_turns_of_unequal_length_are_said_to_last_about_so_long() -> None:
    uneven = Round(id="1", kind=RoundKind.HOT_SEAT, title="Hot seat", seconds=603)
    assert "(about 3 min 20 s each)" in squeezed(who_does_what(uneven))


def test_a_session_that_was_planned_anew_shows_what_is_past_without_a_time_and_the_rest_where_it_is_now() -> None:
    fitted = replan(USUAL.order, elapsed=15 * 60, index=2)
    cafe = replace(USUAL, order=fitted.order, left_out=tuple(one.title for one in fitted.left_out))
    made = sheet(cafe)
    assert begins(made.document)[:3] == ["Past", "Past", "12:45"]
    assert len(rows(made.document)) == len(fitted.order.rounds)


def test_rounds_for_which_there_was_no_time_are_named() -> None:
    text = says(sheet(replace(USUAL, left_out=("Threes", "Hot seat"))).document)
    assert "No time for: “Threes” and “Hot seat”." in text


@pytest.mark.parametrize("template", range(len(SHIPPED)))
def test_every_shipped_template_fits_one_page_with_nothing_left_out(template: int) -> None:
    made = sheet(replace(USUAL, order=counted(template, SHIPPED[template].minutes)))
    assert made.left_out == ()
    assert on_one_page(made.document, made.scale)


def test_twelve_rounds_with_the_longest_of_everything_are_one_page_that_names_what_was_left_out(tmp_path: Path) -> None:
    made = sheet(FULLEST)
    assert on_one_page(made.document, made.scale)
    assert made.scale == SMALLEST
    assert len(rows(made.document)) == 12
    assert made.left_out
    text = says(made.document)
    assert "Left out, to keep to one page: " in text
    pdf = pdf_of(made)
    assert_tagged(pdf)
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    assert validate(tmp_path / "sheet.pdf").findings == ()
    assert pdf == pdf_of(sheet(FULLEST))


@pytest.mark.parametrize("gone", range(len(Part) + 1))
def test_what_was_left_out_is_not_there_is_named_and_everything_else_is_there(gone: int) -> None:
    given = iter([False] * (2 + gone) + [True] * 9)
    made = facilitator_sheet(
        FULLEST, lambda _d, _s: next(given), classification="", retention="", made_on=date(2026, 11, 22)
    )
    assert made.left_out == tuple(Part)[:gone]
    found, rounds, out = rows(made.document), FULLEST.order.rounds, set(made.left_out)
    words = [row[2] for row in found]
    assert len(found) == 12

    def times(sign: str) -> int:
        return sum(sign in row for row in words)

    kinds = len({one.kind for one in rounds})
    assert times("Say:") == (0 if Part.SAY in out else kinds if Part.SAY_AGAIN in out else 12)
    assert times("Who:") == (0 if Part.WHO in out else kinds if Part.WHO_AGAIN in out else 12)
    assert times("Listen for:") == (0 if Part.LISTEN in out else 9)
    assert times("; and 5 more.") == (9 if Part.LONG_LISTEN in out and Part.LISTEN not in out else 0)
    assert times(", and 4 more.") == (2 if Part.LONG_OPEN in out else 0)
    assert times(LONGEST_QUESTION.text) == (0 if Part.LONG_QUESTIONS in out else 9)
    assert sum(LONGEST in squeezed(row[1]) for row in found) == (0 if Part.LONG_TITLES in out else 12)
    rest = {Part.SAY_AGAIN: Part.SAY, Part.LONG_LISTEN: Part.LISTEN, Part.WHO_AGAIN: Part.WHO}
    named = english.listed([part.value for part in Part if part in out and rest.get(part) not in out])
    said = [line for line in says(made.document).split("\n") if line.startswith("Left out")]
    assert said == [f"Left out, to keep to one page: {named}. All of it is in the facilitator’s window."] * bool(out)


def test_type_gets_smaller_before_anything_goes_and_no_part_goes_out_of_turn() -> None:
    tried: list[tuple[float, int]] = []

    def never(document: Document, scale: float) -> bool:
        tried.append((scale, len(says(document))))
        return False

    last = facilitator_sheet(FULLEST, never, classification="", retention="", made_on=date(2026, 11, 22))
    assert last.left_out == tuple(Part)
    assert [scale for scale, _length in tried] == sorted((scale for scale, _length in tried), reverse=True)
    assert all(first >= second for (_a, first), (_b, second) in pairwise(tried[:3]))
    assert len(tried) == 3 + len(Part)


def test_on_the_web_where_there_are_no_pages_nothing_is_left_out() -> None:
    made = sheet(FULLEST, measured=False)
    assert made.left_out == ()
    page = as_page(made.document)
    assert PRACTICE_WORDS in page
    assert "OFFICIAL" in page
    assert "Keep until" in page
    assert page.count("Listen for:") == sum(KINDS[one.kind].asks for one in FULLEST.order.rounds)


@pytest.mark.parametrize(
    "text", [HOSTILE["unclosed tag"], HOSTILE["names"], UNSHAPED["arabic"], UNSHAPED["emoji"], "W" * 400, "a\n" * 200]
)
def test_whatever_things_are_called_it_is_one_page_with_every_round(text: str) -> None:
    question = RoundQuestion(bank="b", question="q", text=text, listen_for=(text,) * 9)
    order = twelve(text[:LONGEST_TITLE], question)
    made = sheet(PlannedCafe(on=USUAL.on, order=order, title=text, place=text, team=text, still_open=(text,) * 9))
    assert on_one_page(made.document, made.scale)
    assert len(rows(made.document)) == 12
    assert_tagged(pdf_of(made))
    assert "<ok>" not in as_page(made.document)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_rounds_begin_where_the_ones_before_them_end_and_none_is_missing(data: st.DataObject) -> None:
    minutes = data.draw(st.integers(10, 180))
    order = from_template(data.draw(st.sampled_from(SHIPPED)), minutes, iter(map(str, range(99))).__next__).order
    made = sheet(replace(USUAL, order=order, starts=None), measured=False)
    found = list(map(_seconds, begins(made.document)))
    assert found[0] == 0
    assert [later - earlier for earlier, later in pairwise([*found, order.seconds])] == [
        o.seconds for o in order.rounds
    ]


def _seconds(minute: str) -> int:
    minutes, _, odd = minute.partition(":")
    return int(minutes) * 60 + int(odd or 0)


def test_every_page_carries_the_classification_and_the_words() -> None:
    text = squeezed(_page_text(pdf_of(sheet())))
    for words in ("OFFICIAL – SENSITIVE", PRACTICE_WORDS, "Keep until 1 May 2027", "Page 1 of 1"):
        assert words in text


def _page_text(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in opened)
    finally:
        opened.close()
