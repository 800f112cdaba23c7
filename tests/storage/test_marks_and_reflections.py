"""Marks, reflections and actions: the latest is kept, whole."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from cqcmock.domain.interview import EventKind, OutOfOrderError
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.storage import home, marks, reflections, sittings
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.library import Library
from cqcmock.storage.marks import SheetSubmittedError
from cqcmock.storage.text import TextTooLongError
from tests.domain.worlds import NINE_O_CLOCK, event
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, load

SHEET = MarkSheet(
    answers={
        0: AnswerMarks(levels={"evidence": 2, "clarity": 0}, comment="No number yet.", tags=("claim-without-data",)),
        2: AnswerMarks(comment="Better."),
    },
    overall=1,
    comment="A start.",
)


def save(library: Library, sitting_id: str, sheet: MarkSheet, marker: str = "self") -> None:
    with library.writing() as work:
        marks.save(work, sitting_id, sheet, marker)
        work.commit()


def reflect(library: Library, sitting_id: str, reflection: Reflection, *actions: Action) -> None:
    with library.writing() as work:
        reflections.save(work, sitting_id, reflection, actions)
        work.commit()


def an_action(what: str, due: date | None = None) -> Action:
    return Action(id=str(uuid.uuid4()), what=what, owner="Ann", due=due)


def test_a_sheet_comes_back_as_it_was_saved_and_a_later_one_replaces_it_whole(library: Library) -> None:
    kept = add(library, a_sitting())
    save(library, kept.id, SHEET)
    assert load(library, kept.id).sheet == SHEET
    later = MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})})
    save(library, kept.id, later)
    assert load(library, kept.id).sheet == later
    assert facts(library, "SELECT question, lens, level FROM sheet_mark") == [(0, "evidence", 3)]


def test_markers_have_a_sheet_each(library: Library) -> None:
    kept = add(library, a_sitting())
    save(library, kept.id, SHEET)
    save(library, kept.id, MarkSheet(overall=3), "peer")
    with library.reading() as session:
        assert marks.load(session, kept.id, "peer") == MarkSheet(overall=3)
    assert load(library, kept.id).sheet == SHEET


def test_marks_that_were_handed_in_do_not_change(library: Library) -> None:
    kept = add(library, a_sitting())
    final = replace(SHEET, submitted=True)
    save(library, kept.id, final)
    save(library, kept.id, final)  # handing in again does no harm
    with pytest.raises(SheetSubmittedError):
        save(library, kept.id, SHEET)
    assert load(library, kept.id).sheet == final


def test_handing_in_and_its_event_are_kept_together_or_not_at_all(library: Library) -> None:
    kept = add(library, a_sitting(), [*FIRST_WORDS, event(EventKind.FINISHED, 20)])
    with library.writing() as work:
        marks.save(work, kept.id, replace(SHEET, submitted=True))
        with pytest.raises(OutOfOrderError):
            sittings.keep_event(work, kept.id, 9, event(EventKind.MARKS_GIVEN, 30))
    assert load(library, kept.id).sheet == MarkSheet()
    assert len(load(library, kept.id).events) == 4


def test_a_level_off_the_scale_never_reaches_the_library(library: Library) -> None:
    kept = add(library, a_sitting())
    with pytest.raises(Exception, match="level_range"):
        save(library, kept.id, MarkSheet(answers={0: AnswerMarks(levels={"evidence": 4})}))
    assert load(library, kept.id).sheet == MarkSheet()


def test_a_reflection_and_its_actions_come_back_in_their_order(library: Library) -> None:
    kept = add(library, a_sitting())
    first, second = an_action("Ask for the figures", date(2026, 12, 1)), an_action("Practise again")
    reflect(library, kept.id, Reflection(proud="The opening", next="Numbers"), first, second)
    reflect(library, kept.id, Reflection(proud="The opening", notes="Tea helps"), second, first)
    loaded = load(library, kept.id)
    assert loaded.reflection == Reflection(proud="The opening", notes="Tea helps")
    assert loaded.actions == (second, first)


def test_too_long_a_reflection_is_refused_and_the_earlier_one_stays(library: Library) -> None:
    kept = add(library, a_sitting())
    reflect(library, kept.id, Reflection(proud="Before"))
    with pytest.raises(TextTooLongError, match="What next"):
        reflect(library, kept.id, Reflection(proud="After", next="x" * 100_001))
    assert load(library, kept.id).reflection.proud == "Before"


def test_open_actions_are_listed_by_their_day_until_they_are_done(library: Library) -> None:
    kept = add(library, a_sitting())
    some_day, soon, later = (an_action("some day"), an_action("soon", date(2026, 12, 1)),
                             an_action("later", date(2027, 1, 1)))  # fmt: skip
    reflect(library, kept.id, Reflection(), some_day, later, soon)
    with library.reading() as session:
        opened = reflections.open_actions(session)
    assert [entry.action for entry in opened] == [soon, later, some_day]
    assert {(entry.sitting, entry.sitting_title) for entry in opened} == {(kept.id, kept.title)}
    with library.writing() as work:
        reflections.mark_done(work, soon.id, date(2026, 11, 30))
        work.commit()
    with library.reading() as session:
        assert [entry.action for entry in reflections.open_actions(session)] == [later, some_day]
    assert load(library, kept.id).actions[2].done == date(2026, 11, 30)


@pytest.mark.parametrize("deed", ["marks", "reflection", "action"])
def test_what_belongs_to_nothing_is_refused_with_a_sentence(library: Library, deed: str) -> None:
    deeds: dict[str, Callable[[Session], None]] = {
        "marks": lambda work: marks.save(work, "nobody", SHEET),
        "reflection": lambda work: reflections.save(work, "nobody", Reflection(), ()),
        "action": lambda work: reflections.mark_done(work, "nobody", None),
    }
    with library.writing() as work, pytest.raises(NotThereError):
        deeds[deed](work)


def test_the_first_screen_gets_everything_of_one_moment(library: Library) -> None:
    going = add(library, a_sitting(), FIRST_WORDS)
    finished = add(library, a_sitting(), [*FIRST_WORDS, event(EventKind.FINISHED, 20)])
    away = add(library, a_sitting(), FIRST_WORDS)
    for sitting in (finished, away):
        reflect(library, sitting.id, Reflection(), an_action(sitting.id))
    with library.writing() as work:
        sittings.put_away(work, away.id, NINE_O_CLOCK + timedelta(hours=1))
        work.commit()
    with library.reading() as session:
        rows = home.read_home(session, "Ann", "hertfordshire")
    assert [summary.id for summary in rows.resume] == [going.id]
    assert [summary.id for summary in rows.recent] == [finished.id, going.id]
    assert [entry.sitting for entry in rows.open_actions] == [finished.id]
    assert [(entry.question, entry.times) for entry in rows.practised] == [("q0", 2)]
    assert rows.resume[0].in_progress
    assert not rows.recent[0].in_progress
