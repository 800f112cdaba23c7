"""What is in the library files of released versions, and how such a file is made.

    python -m tests.storage.released

writes the file of the present form, if there is none yet; an older one is never written again.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from cqcmock.domain.cafe.attendance import AttendanceEvent, AttendanceEventKind
from cqcmock.domain.cafe.cards import CardEvent, CardEventKind, CardKind
from cqcmock.domain.cafe.events import EventKind as CafeEventKind
from cqcmock.domain.cafe.release import SessionData, TableKind, released
from cqcmock.domain.interview import EventKind
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.storage import banks, cafe, cafe_said, marks, migrate, reflections
from cqcmock.storage.cafe_records import CafeList, CafeSession, HardEvent, JudgingEvent, JudgingKind, SaidEntry
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import UnitOfWork, open_library
from tests.domain.cafe.sessions import HALF_PAST_TWELVE, begun
from tests.domain.cafe.sessions import event as cafe_event
from tests.domain.worlds import event, plan
from tests.storage.shelves import a_bank, a_sitting, add

SITTING = "11111111-2222-4333-8444-555555555555"
QUESTIONS = ["Question q0?", "Question q1?"]
EVENTS = (
    event(EventKind.QUESTION_SHOWN, 0, 0),
    event(EventKind.PREPARATION_STARTED, 1, 0),
    event(EventKind.ANSWERING_STARTED, 8.5, 0),
    event(EventKind.TEXT_SAVED, 30, 0, "We asked 40 unpaid carers.\nZoë’s café – 愛"),
    event(EventKind.ANSWER_ENDED, 31, 0),
    event(EventKind.PROBE_ASKED, 32, 0, "And how do you know?", "no-number"),
    event(EventKind.TEXT_SAVED, 50, 0, "From the survey."),
    event(EventKind.ANSWER_ENDED, 51, 0),
    event(EventKind.FINISHED, 60, 0),
    event(EventKind.MARKS_GIVEN, 61),
    event(EventKind.REFLECTION_WRITTEN, 62),
)
SHEET = MarkSheet(
    answers={0: AnswerMarks(levels={"evidence": 2, "clarity": 3}, comment="A number.", tags=("good",))},
    overall=2,
    comment="Fair.",
    submitted=True,
)
REFLECTION = Reflection(proud="The opening", know="From the survey", difference="", next="Practise", notes="Tea")
ACTIONS = (
    Action(id="99999999-2222-4333-8444-555555555555", what="Ask for the figures", owner="Ann", due=date(2026, 12, 1)),
)
CAFE = CafeSession(
    id="22222222-2222-4333-8444-555555555555",
    title="Zoë’s café",
    day=date(2026, 11, 24),
    place="Stevenage",
    team="",
    minutes=60,
    made_at=HALF_PAST_TWELVE,
    last_saved_at=HALF_PAST_TWELVE,
)
CAFE_EVENTS: dict[CafeList, tuple[cafe.CafeEvent, ...]] = {
    CafeList.SESSION: (*begun(2), cafe_event(CafeEventKind.TICKED, 90)),
    CafeList.CARDS: (CardEvent(kind=CardEventKind.CARD_WRITTEN, card="c", about=CardKind.PRIDE, text="Café – 愛"),),
    CafeList.ATTENDANCE: (AttendanceEvent(kind=AttendanceEventKind.CAME, people=6, team="North", role="Manager"),),
    CafeList.JUDGING: (JudgingEvent(kind=JudgingKind.ANSWER_ADDED, answer="a", text="We asked them."),),
    CafeList.HARD: (HardEvent(table=TableKind.HARD_LENSES, name="Evidence", hand=1),),
}
"""What is in the café of library files from the fifth form on."""

CAFE_RELEASE = released(SessionData(session=CAFE.id, on=CAFE.day, people=6, teams={"North": 6}))
CAFE_SAID = SaidEntry(id="said", said="Too many forms", opened_at=HALF_PAST_TWELVE, owner="Ann", due=date(2026, 12, 1))


def make_cafe(work: UnitOfWork) -> None:
    """Keep a café that was run and closed."""
    cafe.create(work, CAFE)
    for which, happened in CAFE_EVENTS.items():
        for position, one in enumerate(happened):
            cafe.keep(work, CAFE.id, which, position, one)
    cafe.close(work, CAFE.id, CAFE_RELEASE, HALF_PAST_TWELVE)
    cafe_said.save(work, CAFE_SAID)


def make(target: Path) -> None:
    """Write a library of the present form."""
    with tempfile.TemporaryDirectory() as name:
        with open_library(Path(name)) as opened:
            add(opened, a_sitting(plan(2), sitting_id=SITTING), EVENTS)
            with opened.writing() as work:
                marks.save(work, SITTING, SHEET)
                reflections.save(work, SITTING, REFLECTION, ACTIONS)
                banks.put_bank(work, a_bank(), "hash", "shipped")
                make_cafe(work)
                work.commit()
        shutil.copyfile(Path(name) / LIBRARY, target)


if __name__ == "__main__":
    file = Path(__file__).with_name("files") / f"library-schema-{len(migrate.REVISIONS)}.sqlite"
    if file.exists():
        raise SystemExit(f"{file} is there already")
    make(file)
