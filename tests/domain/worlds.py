"""Small questions and plans for tests of the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cqcmock.domain.interview import Event, EventKind
from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.plan import LAST_WORDS_TIMING, PROBE_TIMING, Plan, PlannedQuestion, Timing
from cqcmock.domain.questions import Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.domain.rubric import Lens, Rubric

NINE_O_CLOCK = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

RUBRIC = Rubric(
    id="small",
    title="Small",
    lenses=(
        Lens(id="evidence", name="Evidence", anchors=("none", "some", "good", "full")),
        Lens(id="clarity", name="Clear", anchors=("no", "partly", "mostly", "yes")),
    ),
    overall=("poor", "thin", "fair", "strong"),
)

CARERS = Point(
    id="carers", label="Unpaid carers", phrases=("unpaid carers", "family carer"), probe="And unpaid carers?"
)
WAITING = Point(
    id="waiting", label="How long", phrases=("days on average", "median wait"), probe="Roughly how many days?"
)
MINE = Point(id="mine", label="Own part", phrases=("I asked for", "I challenged"), probe="What did you do yourself?")


def question(
    question_id: str = "q", kind: Kind = Kind.QUESTION, themes: tuple[str, ...] = ("waiting",), prepare: int = 10
) -> Question:
    """A question with three points and one cue probe."""
    return Question(
        id=question_id,
        text=f"Question {question_id}?",
        kind=kind,
        statements=("QS1",),
        themes=themes,
        prepare_seconds=prepare,
        target_seconds=60,
        limit_seconds=90,
        source=Source.DERIVED,
        points=(CARERS, WAITING, MINE),
        probes=(CueProbe(cue=Cue.ALWAYS, text="What is next?"),),
    )


def plan(questions: int = 3, mode: Mode = Mode.PRACTICE, prepare: int = 10, most_probes: int = 3) -> Plan:
    """A plan of small questions."""
    return Plan(
        role="lead-member",
        role_name="Lead member",
        mode=mode,
        place="Hertfordshire",
        council="Hertfordshire County Council",
        framework="cqc-la-2023",
        seed=1,
        stretch=1.0,
        timer=Timer.SHOWN,
        questions=tuple(
            PlannedQuestion(
                bank="lead-member",
                bank_version=1,
                question=question(f"q{position}", prepare=prepare),
                timing=Timing(prepare=prepare, target=60, limit=90),
            )
            for position in range(questions)
        ),
        probe_timing=PROBE_TIMING,
        last_words_timing=LAST_WORDS_TIMING,
        most_probes=most_probes,
        rubric=RUBRIC,
        theme_names={"waiting": "Waiting"},
        statement_names={"QS1": "Assessing needs"},
    )


def event(kind: EventKind, at: float, question: int | None = None, text: str = "", cue: str = "") -> Event:
    """An event `at` seconds after nine o'clock."""
    return Event(kind=kind, at=at, wall=NINE_O_CLOCK + timedelta(seconds=at), question=question, text=text, cue=cue)
