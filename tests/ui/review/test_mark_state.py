"""Marking a pack without a widget: what is given is kept for the right sheet, and what comes next is what is open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.review import (
    MOST_PINS,
    Candidate,
    Exemplar,
    Pack,
    PackedAnswer,
    PeerMarks,
    Pin,
    Sheet,
    SheetState,
    Whole,
)
from cqcmock.domain.rubric import LEVELS, Lens, Rubric
from ui.review.mark_closeness import how_close, in_all
from ui.review.mark_state import Kept, PackMarking, Step, StepKind
from ui.widgets.pill import Tone

LENSES = tuple(Lens(id=f"l{n}", name=f"Lens {n}", anchors=("a", "b", "c", "d")) for n in range(3))
RUBRIC = Rubric(id="r", title="R", lenses=LENSES, overall=("w", "x", "y", "z"))
ORDER = ("s3", "s1", "s2", "s4")
OWNERS = {"s1": "A", "s2": "B", "s3": "B", "s4": "A"}
EXEMPLAR = Exemplar(
    id="e1",
    role="lead-member",
    standard="weak",
    question="Q",
    answer="Said",
    levels={"l0": 1, "l1": 1, "l2": 1},
    overall=1,
    reasons={"l0": "Because"},
)


def marking(*, exemplars: bool = False, sheets: dict[str, Sheet] | None = None) -> PackMarking:
    pack = Pack(
        id="p",
        made_on=date(2026, 11, 22),
        made_by="",
        reviewer="Ann",
        rubric=RUBRIC,
        tags=(),
        candidates=tuple(Candidate(code=code, role_name="Lead member", place="Place") for code in "AB"),
        answers=tuple(
            PackedAnswer(sheet=sheet, candidate=OWNERS[sheet], number=1, question="Q", answer="Said")
            for sheet in OWNERS
        ),
        exemplars=(EXEMPLAR,),
        exemplars_first=exemplars,
    )
    known = {sheet: Sheet(id=sheet) for sheet in ORDER} | (sheets or {})
    wholes = {code: Whole(candidate=code) for code in "AB"}
    return PackMarking(pack, ORDER, known, {"e1": Sheet(id="e1")}, wholes)


def done(sheet: str) -> Sheet:
    levels = {lens.id: 1 for lens in LENSES}
    return Sheet(id=sheet, marks=PeerMarks(levels=levels), state=SheetState.SUBMITTED, revision=1)


def submit(made: PackMarking) -> None:
    made.submitted(done(made.step.id))


deeds = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from([lens.id for lens in LENSES]), st.sampled_from([*LEVELS, None]))
)


@given(deeds)
def test_what_is_not_on_disk_yet_is_the_last_of_everything_that_was_changed(
    given_levels: list[tuple[int, str, int | None]],
) -> None:
    made = marking(exemplars=True)
    levels: dict[Step, dict[str, int]] = {}
    overall: dict[Step, int | None] = {}
    for at, lens, level in given_levels:
        made.go(at)
        if made.step.kind is StepKind.WHOLE:
            made.overall(level)
            overall[made.step] = level
            continue
        made.give(lens, level)
        mine = levels.setdefault(made.step, {})
        mine.pop(lens, None)
        if level is not None:
            mine[lens] = level
    kept: dict[Step, Kept] = {step: value for step, value in made.unsaved.items() if value != PeerMarks()}
    marked = {step: PeerMarks(levels=given) for step, given in levels.items() if given}
    wholes = {step: Whole(candidate=step.id, overall=level) for step, level in overall.items()}
    assert kept == marked | wholes


def test_the_page_about_a_candidate_comes_after_the_last_of_their_answers() -> None:
    names = [marking(exemplars=True).name(at) for at in range(7)]
    assert names == [
        "Exemplar 1 of 1",
        "Answer 1 of 4",
        "Answer 2 of 4",
        "Answer 3 of 4",
        "Candidate B as a whole",
        "Answer 4 of 4",
        "Candidate A as a whole",
    ]
    assert [marking().steps[0].id, len(marking().steps)] == ["s3", 6]


def test_marking_begins_with_what_is_open_and_goes_on_from_there() -> None:
    made = marking(sheets={"s3": done("s3"), "s2": done("s2")})
    assert made.step.id == "s1"
    submit(made)
    assert made.next_open() == 4  # the next sheet; the page about B came before and is asked for at the end
    made.go(4)
    submit(made)
    assert made.all_submitted
    assert made.next_open() == 5
    made.go(5)
    made.comment("Well done")
    assert made.next_open() == 3
    made.go(3)
    made.overall(2)
    assert made.next_open() is None
    assert made.progress() == "Candidate B as a whole · 4 of 4 submitted"


def test_a_sheet_is_untouched_a_draft_or_submitted_and_a_change_makes_it_a_draft() -> None:
    made = marking()
    assert made.step_name(0) == "Answer 1 of 4, untouched"
    made.comment("x")
    assert made.state(0) is SheetState.DRAFT
    made.comment("")
    assert made.state(0) is SheetState.UNTOUCHED
    submit(made)
    made.unsaved.clear()
    made.give("l0", 1)
    assert (made.state(0), made.unsaved) == (SheetState.SUBMITTED, {})
    made.give("l0", 2)
    assert made.state(0) is SheetState.DRAFT
    assert made.missing() == ()
    made.give("l1", None)
    assert made.missing() == ("Lens 1",)
    with pytest.raises(ValueError, match="not a level"):
        made.give("l0", 4)
    assert made.answers_of("B") == "◐ answer 1 draft; ○ answer 3 untouched"


def test_a_deleted_pin_is_put_back_in_its_place_as_long_as_there_is_room() -> None:
    made = marking()
    pins = tuple(Pin(start=at, end=at + 1, comment="c") for at in range(MOST_PINS))
    made.pin(pins[:3])
    made.pin((pins[0], pins[2]))
    made.put_back(made.step, pins[1])
    assert made.marks.pins == pins[:3]
    made.pin((*pins[1:], Pin(start=0, end=2, comment="c")))
    made.put_back(made.step, pins[0])
    assert len(made.marks.pins) == MOST_PINS


def test_closeness_is_told_lens_by_lens_with_its_reason() -> None:
    marks = PeerMarks(levels={"l0": 1, "l1": 2, "l2": 3}, overall=0)
    closes = how_close(EXEMPLAR, marks, RUBRIC)
    assert [(close.name, close.words, close.tone) for close in closes] == [
        ("Lens 0", "The same", Tone.IN_HAND),
        ("Lens 1", "One level higher", Tone.WRAP_UP),
        ("Lens 2", "Two levels higher", Tone.OVER),
        ("All in all", "One level lower", Tone.WRAP_UP),
    ]
    assert closes[0].reason == "Because"
    assert in_all(closes) == (
        "The same on 1 of 4, one level apart on 2, further apart on 1. "
        "You marked higher than the reference, taken together."
    )
