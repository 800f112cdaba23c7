"""Sittings to make reports of, built as the program builds them: by folding the events of a rehearsal."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cqcmock.domain.hearing import Hearing
from cqcmock.domain.interview import Event, EventKind, fold
from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.plan import LAST_WORDS_TIMING, PROBE_TIMING, Plan, PlannedQuestion, Timing
from cqcmock.domain.questions import Kind, Point, Question, Source
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, Lens, MarkSheet, Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.listening import listen
from cqcmock.reports.figures import TakeKey

BEGAN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
RUBRIC = Rubric(
    id="six-lenses",
    title="Six lenses",
    lenses=tuple(
        Lens(id=lens, name=name, anchors=anchors)
        for lens, name, anchors in (
            (
                "answered",
                "Answered the question",
                (
                    "Spoke about something else",
                    "Came near it, and an assessor would have to ask again",
                    "Answered it, after a run-up",
                    "Answered it in the first sentence and stayed with it",
                ),
            ),
            (
                "evidence",
                "Evidence",
                (
                    "Nothing an assessor could check",
                    "One general claim, with no figure, date or example",
                    "A figure with its date, or one real example",
                    "A figure with its date and what it is compared with, and an example that bears it out",
                ),
            ),
            (
                "impact",
                "Impact on people",
                (
                    "Only what the council does",
                    "Says that it helps people",
                    "Says what changed for somebody",
                    "Says what changed for people, how many, and in whose words",
                ),
            ),
            (
                "equity",
                "Equity and voice",
                (
                    "Nobody in particular lives here",
                    "Groups are named, and that is all",
                    "Says who fares worse or is seldom heard, and how we know",
                    "Says who is missing, what they told us, and what we changed because of it",
                ),
            ),
            (
                "honesty",
                "Honest about gaps, with a plan",
                (
                    "All is well, or all is somebody else's fault",
                    "A gap is admitted when pressed",
                    "A gap is named with what is being done",
                    "A gap is named first, with an owner, a date, and how we will know",
                ),
            ),
            (
                "clarity",
                "Clear, plain and in time",
                (
                    "Hard to follow, or far over time",
                    "Jargon or detours hide the answer",
                    "Plain words, and about the time intended",
                    "A neighbour would follow every word, within the time",
                ),
            ),
        )
    ),
    overall=(
        "An assessor would leave worried",
        "An assessor would need to hear a lot more",
        "An assessor would be reassured, with a question or two left",
        "An assessor would leave convinced",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidProbe:
    """A follow-up question as it was asked and answered."""

    text: str = "How do you know?"
    answer: str = ""
    cue: str = "always"
    point: str = ""
    seconds: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One go at a question."""

    answer: str = ""
    seconds: float = 60.0
    prepare_seconds: float = 10.0
    probes: tuple[SaidProbe, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with every go at it, and its note."""

    question: Question
    takes: tuple[Said, ...]
    note: str = ""
    taps: tuple[str, ...] = ()


@dataclass(slots=True)
class _Diary:
    """The events of a rehearsal as they happen; time passes by being told to."""

    events: list[Event] = field(default_factory=list)
    at: float = 0.0

    def happen(self, kind: EventKind, after: float = 0.4, **details: Any) -> None:
        """One event, `after` seconds later than the last."""
        self.at = round(self.at + after, 3)
        self.events.append(Event(kind=kind, at=self.at, wall=BEGAN + timedelta(seconds=self.at), **details))


def question(
    question_id: str = "tell-me-about-place",
    text: str = "Tell me about Hertfordshire.",
    *,
    points: Iterable[Point] = (),
    themes: tuple[str, ...] = ("place",),
    kind: Kind = Kind.QUESTION,
    timing: tuple[int, int, int] = (15, 120, 180),
) -> Question:
    """A question with sensible values for whatever a test does not care about."""
    prepare, target, limit = timing
    return Question(
        id=question_id,
        text=text,
        kind=kind,
        themes=themes,
        prepare_seconds=prepare,
        target_seconds=target,
        limit_seconds=limit,
        source=Source.DERIVED,
        points=tuple(points),
    )


def point(point_id: str, label: str = "", phrases: tuple[str, ...] = ("unpaid carers",)) -> Point:
    """A point to listen for."""
    return Point(id=point_id, label=label or point_id.capitalize(), phrases=phrases, probe=f"What about {point_id}?")


def plan_of(questions: Iterable[Question], **changes: Any) -> Plan:
    """A plan that asks these questions in this order; `changes` replace its fields."""
    made = Plan(
        role="lead-member",
        role_name="Lead member for adult social care",
        mode=Mode.PRACTICE,
        place="Hertfordshire",
        council="Hertfordshire County Council",
        framework="cqc-la-2023",
        seed=7,
        stretch=1.0,
        timer=Timer.SHOWN,
        questions=tuple(
            PlannedQuestion(
                bank="lead-member",
                bank_version=1,
                question=asked,
                timing=Timing(prepare=asked.prepare_seconds, target=asked.target_seconds, limit=asked.limit_seconds),
            )
            for asked in questions
        ),
        probe_timing=PROBE_TIMING,
        last_words_timing=LAST_WORDS_TIMING,
        most_probes=3,
        rubric=RUBRIC,
        theme_names={"place": "The place"},
        statement_names={},
    )
    return replace(made, **changes)


def sitting_of(
    asked: Iterable[Asked],
    *,
    unasked: Iterable[Question] = (),
    plan: Mapping[str, Any] | None = None,
    last_words: str | None = None,
    last_words_seconds: float = 20.0,
    pauses: int = 0,
    **changes: Any,
) -> Sitting:
    """A finished sitting in which these questions were answered. `plan` replaces fields of the plan, `changes` of
    the sitting; `last_words` None means that nobody asked for them. The first `pauses` answers are paused once.
    """
    asked = tuple(asked)
    made = plan_of([entry.question for entry in asked] + list(unasked), **(plan or {}))
    diary = _Diary()
    for position, entry in enumerate(asked):
        for said in entry.takes:
            _take(diary, position, said, pause=position < pauses)
        for tap in entry.taps:
            diary.happen(EventKind.TAPPED, text=tap)
        if entry.note:
            diary.happen(EventKind.NOTE_SAVED, question=position, text=entry.note)
    if last_words is not None:
        diary.happen(EventKind.LAST_WORDS_ASKED)
        diary.happen(EventKind.TEXT_SAVED, last_words_seconds, text=last_words)
    if asked:
        diary.happen(EventKind.FINISHED)
    state = fold(diary.events, made)
    sitting = Sitting(
        id=str(uuid5(NAMESPACE_URL, "cqcmock:worked-sitting")),
        title="Lead member, Hertfordshire, 21 November 2026",
        person="Councillor Amara Whitfield",
        started_at=BEGAN,
        plan=made,
        events=tuple(diary.events),
        state=state,
        sheet=MarkSheet(),
        reflection=Reflection(),
        actions=(),
    )
    return replace(sitting, **changes)


def _take(diary: _Diary, position: int, said: Said, *, pause: bool) -> None:
    diary.happen(EventKind.QUESTION_SHOWN, 1.5, question=position)
    diary.happen(EventKind.PREPARATION_STARTED, 0.0)
    diary.happen(EventKind.ANSWERING_STARTED, said.prepare_seconds)
    half = said.seconds / 2
    diary.happen(EventKind.TEXT_SAVED, half, text=said.answer[: len(said.answer) // 2])
    if pause:
        diary.happen(EventKind.PAUSED, 0.0)
        diary.happen(EventKind.RESUMED, 95.0)
    diary.happen(EventKind.TEXT_SAVED, said.seconds - half, text=said.answer)
    diary.happen(EventKind.ANSWER_ENDED, 0.0)
    for probe in said.probes:
        diary.happen(EventKind.PROBE_ASKED, 1.0, text=probe.text, cue=probe.cue, point=probe.point)
        diary.happen(EventKind.TEXT_SAVED, probe.seconds, text=probe.answer)
        diary.happen(EventKind.ANSWER_ENDED, 0.0)


def hearings_of(sitting: Sitting) -> dict[TakeKey, Hearing]:
    """What the listener hears in every take of a sitting."""
    return {
        (position, index): listen(take.spoken, sitting.plan.questions[position].question)
        for position, takes in enumerate(sitting.state.takes)
        for index, take in enumerate(takes)
    }


@cache
def worked_sitting() -> Sitting:
    """A whole rehearsal of a lead member: eight questions, long answers, probes, marks, reflection, actions."""
    data = tomllib.loads((Path(__file__).parent / "worked_sitting.toml").read_text(encoding="utf-8"))
    asked = [_asked(entry) for entry in data["question"]]
    marks = data["marks"]
    sheet = MarkSheet(
        answers={
            position: AnswerMarks(
                levels=entry["marks"], comment=entry.get("comment", ""), tags=tuple(entry.get("tags", ()))
            )
            for position, entry in enumerate(data["question"])
            if "marks" in entry
        },
        overall=marks["overall"],
        comment=marks["comment"],
        submitted=True,
    )
    return sitting_of(
        asked,
        plan={"theme_names": data["theme_names"]},
        last_words=data["last_words"].strip(),
        last_words_seconds=data["last_words_seconds"],
        pauses=1,
        title=data["title"],
        person=data["person"],
        sheet=sheet,
        reflection=Reflection(**data["reflection"]),
        actions=tuple(
            Action(
                id=str(uuid5(NAMESPACE_URL, f"cqcmock:{entry['what']}")),
                what=entry["what"],
                owner=entry["owner"],
                due=entry.get("due"),
            )
            for entry in data["action"]
        ),
    )


def _asked(entry: dict[str, Any]) -> Asked:
    return Asked(
        question=question(
            entry["id"],
            entry["text"],
            points=[Point(**{**made, "phrases": tuple(made["phrases"])}) for made in entry["points"]],
            themes=tuple(entry["themes"]),
            kind=Kind(entry["kind"]),
            timing=(entry["prepare"], entry["target"], entry["limit"]),
        ),
        takes=tuple(
            Said(
                answer=take["answer"].strip(),
                seconds=take["seconds"],
                prepare_seconds=take["prepare_seconds"],
                probes=tuple(
                    SaidProbe(**{**probe, "answer": probe["answer"].strip()}) for probe in take.get("probe", ())
                ),
            )
            for take in entry["take"]
        ),
        note=entry.get("note", ""),
    )
