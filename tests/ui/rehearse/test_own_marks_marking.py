"""Marking without a widget: what is given is on the sheet, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.rubric import LEVELS, AnswerMarks, Lens, MarkSheet, Rubric
from ui.rehearse.marking import SHAPES, Marked, Marking

LENSES = tuple(Lens(id=f"l{n}", name=f"Lens {n}", anchors=("a", "b", "c", "d")) for n in range(3))
RUBRIC = Rubric(id="r", title="R", lenses=LENSES, overall=("w", "x", "y", "z"))
ANSWERED = (0, 1, 3)

deeds = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([lens.id for lens in LENSES]), st.sampled_from([*LEVELS, None]))
)


def marking(sheet: MarkSheet | None = None) -> Marking:
    return Marking(sheet or MarkSheet(), RUBRIC, ANSWERED)


@given(deeds)
def test_the_sheet_holds_the_last_level_given_to_each_lens_of_each_answer(
    given_levels: list[tuple[int, str, int | None]],
) -> None:
    made = marking()
    last: dict[tuple[int, str], int] = {}
    for step, lens, level in given_levels:
        made.go(step)
        if made.at_the_whole:
            made.overall(level)
            continue
        made.give(lens, level)
        last.pop((made.question, lens), None)
        if level is not None:
            last[made.question, lens] = level
    held = {(at, lens): level for at, marks in made.sheet.answers.items() for lens, level in marks.levels.items()}
    assert held == last
    assert list(made.sheet.answers) == sorted({question for question, _ in last})


@given(deeds)
def test_what_is_still_open_is_named_exactly_until_nothing_is(levels: list[tuple[int, str, int | None]]) -> None:
    made = marking()
    for step, lens, level in levels:
        made.go(step)
        if not made.at_the_whole:
            made.give(lens, level)
    for step in range(len(ANSWERED)):
        number, state = step + 1, made.state(step)
        begins = f"Answer {number} is not marked on"
        partly = [sentence for sentence in made.still_open() if sentence.startswith(begins)]
        assert bool(partly) == (state is Marked.PARTLY)
        for lens in LENSES:
            if partly:
                assert (lens.name in partly[0]) == (lens.id not in made.sheet.answers[ANSWERED[step]].levels)
    made.overall(1)
    for step in range(len(ANSWERED)):
        made.go(step)
        for lens in LENSES:
            made.give(lens.id, 2)
    assert made.still_open() == ()


def test_untouched_answers_and_a_missing_impression_are_told_together() -> None:
    made = marking(MarkSheet(answers={1: AnswerMarks(levels={"l0": 1})}))
    assert made.still_open() == (
        "Answers 1 and 3 have no marks.",
        "Answer 2 is not marked on: Lens 1; Lens 2.",
        "There is no overall impression.",
    )


def test_progress_is_said_in_words() -> None:
    made = marking()
    made.go(1)
    made.give("l1", 0)
    assert made.progress() == "Answer 2 of 3 · 1 of 3 lenses marked"
    assert made.step_name(1) == "Answer 2, partly marked"
    made.go(99)
    assert made.progress() == "The whole interview · 0 of 3 answers marked"
    assert made.step_name(3) == "The whole interview, not marked"
    assert len(set(SHAPES.values())) == len(Marked)


def test_comment_and_tags_stay_with_their_answer_when_levels_change() -> None:
    made = marking()
    made.comment("Slow start")
    made.tag(("jargon",))
    made.give("l0", 3)
    made.give("l0", None)
    assert made.sheet.answers == {0: AnswerMarks(comment="Slow start", tags=("jargon",))}
    made.comment("")
    made.tag(())
    assert made.sheet.answers == {}


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="not a level"):
        marking().give("l0", 4)
