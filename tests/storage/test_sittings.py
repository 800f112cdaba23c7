"""Sittings: what happened is kept once and in order, and lists agree with it."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from cqcmock.domain import interview
from cqcmock.domain.interview import Event, EventKind, OutOfOrderError, Phase, State, fold, supersedes
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.storage import banks, marks, practice, reflections, schema, sittings
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.library import Library
from cqcmock.storage.text import TextTooLongError, clean
from tests.domain.worlds import NINE_O_CLOCK, event, plan
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, keep, load, open_again

K = EventKind
WHOLE = (
    *FIRST_WORDS,
    event(K.ANSWER_ENDED, 20, 0),
    event(K.PROBE_ASKED, 21, 0, "How do you know?", "no-number"),
    event(K.TEXT_SAVED, 25, 0, "From 40 visits."),
    event(K.ANSWER_ENDED, 30, 0),
    event(K.QUESTION_SHOWN, 31, 1),
    event(K.ANSWERING_STARTED, 32, 1),
    event(K.NOTE_SAVED, 33, 1, "a note"),
    event(K.PAUSED, 34, 1, "tea"),
    event(K.RESUMED, 50, 1),
    event(K.TEXT_SAVED, 55, 1, "Second."),
    event(K.FINISHED, 60),
    event(K.MARKS_GIVEN, 61),
    event(K.REFLECTION_WRITTEN, 62),
)


def test_a_sitting_comes_back_as_it_was_kept(library: Library) -> None:
    kept = add(library, a_sitting(), WHOLE)
    assert load(library, kept.id) == replace(kept, events=WHOLE, state=fold(WHOLE, kept.plan))


def test_a_sitting_is_still_there_after_closing_and_opening_again(library: Library) -> None:
    kept = add(library, a_sitting(), WHOLE)
    library.close()
    with open_again(library) as again:
        assert load(again, kept.id).events == WHOLE


def test_creating_a_sitting_twice_changes_nothing(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    add(library, replace(kept, title="Another"))
    assert load(library, kept.id).title == kept.title
    assert load(library, kept.id).events == FIRST_WORDS


def test_what_is_not_committed_is_rolled_back(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        sittings.keep_event(work, kept.id, 3, WHOLE[3])
    with contextlib.suppress(ZeroDivisionError), library.writing() as work:
        sittings.rename(work, kept.id, "Another")
        _ = 1 / 0
    assert load(library, kept.id).events == FIRST_WORDS
    assert load(library, kept.id).title == kept.title


def test_keeping_the_same_event_again_changes_nothing(library: Library) -> None:
    kept = add(library, a_sitting(), WHOLE)
    before = facts(library, "SELECT * FROM sitting")
    for seq, happened in enumerate(WHOLE):
        keep(library, kept.id, seq, happened)
    assert facts(library, "SELECT * FROM sitting") == before
    assert load(library, kept.id).events == WHOLE


def test_a_later_save_of_the_same_answer_takes_the_place_of_the_last(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    later = event(K.TEXT_SAVED, 12, 0, "We ask carers first, every time.")
    assert supersedes(later, FIRST_WORDS[-1])
    keep(library, kept.id, 2, later)
    assert load(library, kept.id).events == (*FIRST_WORDS[:2], later)


def test_a_later_note_takes_the_place_of_the_last_only_for_the_same_question(library: Library) -> None:
    kept = add(library, a_sitting(), [*FIRST_WORDS, event(K.NOTE_SAVED, 13, 0, "no")])
    keep(library, kept.id, 3, event(K.NOTE_SAVED, 14, 0, "note"))
    with pytest.raises(OutOfOrderError):
        keep(library, kept.id, 3, event(K.NOTE_SAVED, 15, 1, "of another"))
    assert load(library, kept.id).state.notes == ((0, "note"),)


def test_an_earlier_save_that_arrives_late_does_not_replace_a_later_one(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with pytest.raises(OutOfOrderError):
        keep(library, kept.id, 2, event(K.TEXT_SAVED, 8, 0, "We ask"))
    assert load(library, kept.id).events == FIRST_WORDS


@pytest.mark.parametrize(
    ("seq", "happened"),
    [
        (4, event(K.ANSWER_ENDED, 20, 0)),  # a gap
        (2, event(K.ANSWER_ENDED, 20, 0)),  # another kind in the place of the last
        (1, event(K.ANSWERING_STARTED, 6, 0)),  # a change of what has passed
        (1, event(K.TEXT_SAVED, 20, 0, "x")),
        (-1, event(K.TEXT_SAVED, 20, 0, "x")),
    ],
)
def test_an_event_that_is_out_of_order_is_refused_and_nothing_changes(
    library: Library, seq: int, happened: Event
) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    before = facts(library, "SELECT * FROM sitting")
    with pytest.raises(OutOfOrderError):
        keep(library, kept.id, seq, happened)
    assert load(library, kept.id).events == FIRST_WORDS
    assert facts(library, "SELECT * FROM sitting") == before


def test_an_event_of_an_unknown_sitting_is_refused_with_a_sentence(library: Library) -> None:
    with pytest.raises(NotThereError, match="no longer in the library"):
        keep(library, "nobody", 0, FIRST_WORDS[0])


@pytest.mark.parametrize("letter", ["é", "😀"])
@pytest.mark.parametrize(("kind", "what"), [(K.TEXT_SAVED, "The answer"), (K.NOTE_SAVED, "The note")])
def test_an_answer_or_note_of_the_longest_is_kept_and_a_longer_one_refused_before_writing(
    library: Library, kind: EventKind, what: str, letter: str
) -> None:
    kept = add(library, a_sitting(), [*FIRST_WORDS[:2], event(kind, 9, 0, "first")])
    longest = event(kind, 12, 0, letter * LONGEST_ANSWER)
    keep(library, kept.id, 2, longest)
    with pytest.raises(TextTooLongError) as raised:
        keep(library, kept.id, 2, event(kind, 13, 0, letter * (LONGEST_ANSWER + 1)))
    assert raised.value.what_happened == f"{what} is 200,001 characters long; at most 200,000 can be kept."
    assert load(library, kept.id).events[-1] == longest


def test_a_plan_may_be_longer_than_an_answer(library: Library) -> None:
    whole = plan(1)
    long = replace(whole.questions[0].question, text="word " * (LONGEST_ANSWER // 4))
    whole = replace(whole, questions=(replace(whole.questions[0], question=long),))
    kept = add(library, a_sitting(whole))
    assert load(library, kept.id).plan == whole


def test_the_database_itself_refuses_a_text_past_the_limit(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    for change, name in (
        (update(schema.SittingRow).values(title="x" * 201), "ck_sitting_title_length"),
        (update(schema.EventRow).values(text="x" * (LONGEST_ANSWER + 1)), "ck_event_text_length"),
    ):
        with pytest.raises(IntegrityError, match=name), library.writing() as work:
            work.execute(change)
    assert load(library, kept.id).events == FIRST_WORDS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(), max_size=80))
def test_no_text_that_somebody_types_is_an_error_or_changes_beyond_cleaning(library: Library, text: str) -> None:
    kept = add(library, replace(a_sitting(), title=text[:40], person=text[:40]), FIRST_WORDS)
    keep(library, kept.id, 2, event(K.TEXT_SAVED, 12, 0, text))
    loaded = load(library, kept.id)
    assert loaded.events[-1].text == clean(text)
    assert (loaded.title, loaded.person) == (clean(text[:40]), clean(text[:40]))
    assert facts(library, "SELECT text FROM event WHERE sitting_id = ? AND seq = 2", kept.id) == [(clean(text),)]


@st.composite
def possible(draw: st.DrawFn) -> tuple[Plan, tuple[Event, ...]]:
    """Events that can have happened, with the saves that took another's place already in it."""
    the_plan = plan(questions=draw(st.integers(1, 3)), mode=draw(st.sampled_from(Mode)))
    state, happened = State(), list[Event]()
    for number in range(draw(st.integers(0, 25))):
        kinds = sorted(interview.allowed(state, the_plan))
        kind = draw(st.sampled_from(kinds)) if kinds else None
        if kind is None:
            break
        question: int | None = state.question
        if kind is K.QUESTION_SHOWN:
            question = state.question + 1
            if question == len(the_plan.questions):
                break
        typed = draw(st.sampled_from(["", "  ", "We ask carers."]))
        following = event(kind, float(number), question, typed)
        state = interview.step(state, following, the_plan)
        happened.append(following)
    return the_plan, tuple(happened)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(possible())
def test_what_a_list_shows_agrees_with_the_events(library: Library, world: tuple[Plan, tuple[Event, ...]]) -> None:
    the_plan, happened = world
    kept = add(library, a_sitting(the_plan))
    with library.writing() as work:
        seq, before = -1, None
        for following in happened:
            seq += 0 if supersedes(following, before) else 1
            sittings.keep_event(work, kept.id, seq, following)
            before = following
        work.commit()
    state = load(library, kept.id).state
    assert state == fold(happened, the_plan)
    with library.reading() as session:
        (shown,) = [summary for summary in sittings.recent(session, 1000) if summary.id == kept.id]
    assert shown.phase == state.phase
    assert shown.question == max(state.question, 0) + 1
    assert shown.question_text == the_plan.questions[max(state.question, 0)].question.text
    assert shown.questions == len(the_plan.questions)
    assert shown.last_saved_at == (happened[-1].wall if happened else kept.started_at)
    typed = {position for position, takes in enumerate(state.takes) if any(take.text.strip() for take in takes)}
    assert len(typed) <= shown.answers <= len(state.takes)


def test_the_questions_answered_are_counted_once_each(library: Library) -> None:
    add(library, a_sitting(), WHOLE)
    with library.reading() as session:
        assert sittings.recent(session, 5)[0].answers == 2


def test_lists_are_newest_first_and_leave_out_what_was_deleted(library: Library) -> None:
    shown = [add(library, a_sitting(), [replace(FIRST_WORDS[0], wall=NINE_O_CLOCK + timedelta(hours=hour))])
             for hour in range(3)]  # fmt: skip
    finished = add(library, a_sitting(), WHOLE)
    with library.writing() as work:
        sittings.put_away(work, shown[1].id, NINE_O_CLOCK)
        work.commit()
    with library.reading() as session:
        assert [summary.id for summary in sittings.recent(session, 9)] == [shown[2].id, finished.id, shown[0].id]
        assert [summary.id for summary in sittings.recent(session, 2)] == [shown[2].id, finished.id]
        assert [summary.id for summary in sittings.on_air(session, 9)] == [shown[2].id, shown[0].id]
        assert [summary.id for summary in sittings.deleted(session, 9)] == [shown[1].id]


def test_a_deleted_sitting_can_be_taken_back(library: Library) -> None:
    kept = add(library, a_sitting(), WHOLE)
    with library.writing() as work:
        sittings.put_away(work, kept.id, NINE_O_CLOCK)
        work.commit()
    assert load(library, kept.id).deleted_at == NINE_O_CLOCK
    with library.writing() as work:
        sittings.take_back(work, kept.id)
        work.commit()
    assert load(library, kept.id).deleted_at is None


def test_a_sitting_can_be_renamed_within_the_limit(library: Library) -> None:
    kept = add(library, a_sitting())
    with library.writing() as work:
        sittings.rename(work, kept.id, "Café rehearsal\0")
        work.commit()
    assert facts(library, "SELECT title FROM sitting") == [("Café rehearsal",)]
    with pytest.raises(TextTooLongError), library.writing() as work:
        sittings.rename(work, kept.id, "x" * 201)


def test_purging_leaves_nothing_readable_of_what_was_deleted_and_keeps_the_rest(library: Library) -> None:
    secret = "Mrs Featherstonehaugh"
    gone = add(library, replace(a_sitting(), title=secret), [*FIRST_WORDS[:2], event(K.TEXT_SAVED, 9, 0, secret * 900)])
    for second in range(10, 40):  # many versions, so that pages are used again
        keep(library, gone.id, 2, event(K.TEXT_SAVED, second, 0, f"{secret} {second}" * second * 9))
    stays = add(library, a_sitting(), WHOLE)
    assert _contains(library, secret)
    with library.writing() as work:
        sittings.put_away(work, gone.id, NINE_O_CLOCK)
        work.commit()
    assert sittings.purge(library, NINE_O_CLOCK, NINE_O_CLOCK, "by age") == 0
    assert sittings.purge(library, NINE_O_CLOCK + timedelta(seconds=1), NINE_O_CLOCK, "by age") == 1
    assert not _contains(library, secret)
    with pytest.raises(NotThereError):
        load(library, gone.id)
    assert load(library, stays.id).events == WHOLE
    for table in ("plan", "asked", "event"):
        assert facts(library, f"SELECT DISTINCT sitting_id FROM {table}") == [(stays.id,)]


def test_practice_is_counted_by_person_and_only_where_something_was_answered(library: Library) -> None:
    add(library, a_sitting(), WHOLE)
    add(library, a_sitting(), FIRST_WORDS)
    add(library, a_sitting(person="Bob"), FIRST_WORDS)
    away = add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        sittings.put_away(work, away.id, NINE_O_CLOCK)
        work.commit()
    with library.reading() as session:
        assert practice.times_by_key(session, "Ann") == {("lead-member", "q0"): 2, ("lead-member", "q1"): 1}
        assert practice.times_by_key(session, "nobody") == {}
        first = practice.practised(session, "Bob")[0]
    assert (first.times, first.themes, first.last_at) == (1, ("waiting",), NINE_O_CLOCK)


def test_every_phase_is_reached_by_some_kind_of_event() -> None:
    assert set(sittings.PHASE_AFTER.values()) == set(Phase)


def _contains(library: Library, secret: str) -> bool:
    """Whether the words can be read in the files of a library, or in any row of one on a server."""
    if library.path is not None:
        return any(secret.encode() in path.read_bytes() for path in library.folder.iterdir() if path.is_file())
    rows = [row for table in schema.Base.metadata.sorted_tables for row in facts(library, f"SELECT * FROM {table}")]
    return secret in repr(rows)


def test_a_phase_is_ended_once_and_with_it_the_list_changes(library: Library) -> None:
    finished = [*FIRST_WORDS, event(K.FINISHED, 20)]
    kept = add(library, a_sitting(), finished)
    for ended, kind, phase in (
        (True, K.MARKS_GIVEN, Phase.OWN_MARKS),
        (False, K.MARKS_GIVEN, Phase.OWN_MARKS),  # it has left this phase
        (True, K.REFLECTION_WRITTEN, Phase.REFLECTION),
        (False, K.REFLECTION_WRITTEN, Phase.REFLECTION),
    ):
        with library.writing() as work:
            assert sittings.end_phase(work, kept.id, kind, phase, NINE_O_CLOCK + timedelta(hours=1)) is ended
            work.commit()
    loaded = load(library, kept.id)
    assert [happened.kind for happened in loaded.events[4:]] == [K.MARKS_GIVEN, K.REFLECTION_WRITTEN]
    assert [happened.at for happened in loaded.events[4:]] == [20, 20]  # the sitting's own clock had stopped
    assert loaded.state.phase is Phase.DONE
    assert facts(library, "SELECT phase, events FROM sitting") == [("done", 6)]


def test_ending_a_phase_is_taken_back_with_the_rest_of_its_unit_of_work(library: Library) -> None:
    kept = add(library, a_sitting(), [*FIRST_WORDS, event(K.FINISHED, 20)])
    with library.writing() as work:
        assert sittings.end_phase(work, kept.id, K.MARKS_GIVEN, Phase.OWN_MARKS, NINE_O_CLOCK)
    assert load(library, kept.id).state.phase is Phase.OWN_MARKS


def test_a_phase_that_has_not_come_yet_is_not_ended(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        assert not sittings.end_phase(work, kept.id, K.MARKS_GIVEN, Phase.OWN_MARKS, NINE_O_CLOCK)
        work.commit()
    assert load(library, kept.id).events == FIRST_WORDS


def test_erasing_takes_one_sitting_with_everything_that_belongs_to_it_and_leaves_the_rest(library: Library) -> None:
    secret = "Mrs Featherstonehaugh"
    gone = add(library, replace(a_sitting(), title=secret), [*FIRST_WORDS[:2], event(K.TEXT_SAVED, 9, 0, secret)])
    stays = add(library, a_sitting(), WHOLE)
    sheet = MarkSheet(answers={0: AnswerMarks(levels={"evidence": 2}, comment=secret)}, comment=secret)
    with library.writing() as work:
        marks.save(work, gone.id, sheet)
        reflections.save(work, gone.id, Reflection(proud=secret), [Action(id="a", what=secret, owner=secret)])
        work.commit()
    with library.writing() as work:
        sittings.erase(work, gone.id)
        work.commit()
    library.empty_log()
    assert not _contains(library, secret)
    with pytest.raises(NotThereError):
        load(library, gone.id)
    assert load(library, stays.id).events == WHOLE
    of_sitting = ("plan", "asked", "event", "sheet", "reflection", "action")
    left = {row[0] for table in of_sitting for row in facts(library, f"SELECT sitting_id FROM {table}")}
    assert left == {stays.id}
    assert facts(library, "SELECT count(*) FROM sheet_answer") == facts(library, "SELECT count(*) FROM sheet_mark")
    assert facts(library, "SELECT count(*) FROM sheet_mark") == [(0,)]


def test_a_sitting_that_was_put_away_can_be_erased_before_its_time_and_only_once(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        sittings.put_away(work, kept.id, NINE_O_CLOCK)
        sittings.erase(work, kept.id)
        work.commit()
    for deed in (sittings.erase, sittings.take_back):
        with library.writing() as work, pytest.raises(NotThereError, match="no longer in the library"):
            deed(work, kept.id)


def test_an_erased_sitting_that_is_not_committed_is_still_there(library: Library) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        sittings.erase(work, kept.id)
    assert load(library, kept.id).events == FIRST_WORDS


@pytest.mark.parametrize("name", ["\0", "\udcff", "'; DROP TABLE sitting; --", "%", "x" * 10_000, ""])
def test_an_id_that_cannot_be_one_is_not_there(library: Library, name: str) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    with pytest.raises(NotThereError):
        load(library, name)
    with library.writing() as work, pytest.raises(NotThereError):
        sittings.erase(work, name)
    with library.reading() as session, pytest.raises(NotThereError):
        banks.show(session, name)
    assert load(library, kept.id).events == FIRST_WORDS
