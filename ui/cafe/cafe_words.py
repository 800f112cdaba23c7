"""What the café's first screen says of sessions, in the words that people use."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.english import count, day, shortened
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.services.cafe.holding import CafeHold
    from cqcmock.services.cafe.planning import CafeSession
    from cqcmock.services.cafe.you_said import SaidEntry

WHAT_IT_IS: Final = (
    "A café is a drop-in of about 45 minutes in which colleagues practise together: they answer questions in pairs or"
    " in the hot seat, and say what they are proud of and what worries them without being named. You run it from this"
    " laptop, with a projector beside it if there is one."
)
RECORD: Final = (
    "One page for somebody who came and would like one for their professional development. It is theirs to keep:"
    " nothing of it stays in the program."
)
RUNNING: Final = (Stage.WELCOME, Stage.ROUND)
LONGEST_TITLE = 80
_LONGEST_NAME = 40
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Step(Enum):
    """What there is to do with a session."""

    GO_ON = auto()
    OPEN = auto()
    CLOSE = auto()
    LOOK = auto()
    PLAN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The one thing to do next, and the session that it is about; planning is about none."""

    step: Step
    session: CafeSession | None = None


Holds = Mapping[str, "CafeHold"]
"""Who has a session in hand, by its id."""


def next_step(sessions: Sequence[CafeSession], holds: Holds, today: date) -> Next:
    """What to do next: a session that has begun, then one for today, then one to be closed, else plan one."""
    still_open = [one for one in sessions if one.closed_at is None]
    free = [one for one in still_open if one.id not in holds]
    for step, fits in (
        (Step.GO_ON, lambda one: one.stage in RUNNING),
        (Step.OPEN, lambda one: one.stage is Stage.PLANNING and one.day == today),
        (Step.CLOSE, lambda one: one.stage is Stage.FINISHED),
    ):
        found = next(filter(fits, free), None)
        if found is not None:
            return Next(step=step, session=found)
    elsewhere = next((one for one in still_open if one.id in holds and one.stage in RUNNING), None)
    return Next(step=Step.LOOK, session=elsewhere) if elsewhere else Next(step=Step.PLAN)


def usual_step(session: CafeSession, *, held: bool) -> Step:
    """What Return does with a session of the list."""
    if held or session.closed_at is not None:
        return Step.LOOK
    match session.stage:
        case Stage.PLANNING:
            return Step.OPEN
        case Stage.FINISHED:
            return Step.CLOSE
        case _:
            return Step.GO_ON


def coming(sessions: Sequence[CafeSession], today: date) -> CafeSession | None:
    """The next session that is planned for a day to come."""
    planned = [one for one in sessions if one.stage is Stage.PLANNING and one.day > today]
    return min(planned, key=lambda one: one.day, default=None)


def state(session: CafeSession, hold: CafeHold | None, today: date) -> tuple[str, Tone]:
    """Where a session is, in a word or two."""
    if session.closed_at is not None:
        return "Closed", Tone.IN_HAND
    if hold is not None:
        return f"Open with {apart(shortened(hold.who, _LONGEST_NAME))}", Tone.OVER
    match session.stage:
        case Stage.PLANNING if session.day < today:
            return "Not held yet", Tone.WRAP_UP
        case Stage.PLANNING:
            return "Planned", Tone.QUIET
        case Stage.WELCOME:
            return "Begun", Tone.WRAP_UP
        case Stage.ROUND:
            return f"In round {session.round + 1} of {session.rounds}", Tone.WRAP_UP
        case _:
            return "To be closed", Tone.WRAP_UP


def about(session: CafeSession, today: date) -> str:
    """When, where, for whom and how long."""
    who = f"for {apart(session.team)}" if session.team else "open door"
    parts = (on_day(session.day, today), apart(session.place), who, count(session.minutes, "minute"))
    return " · ".join(part for part in parts if part)


def apart(text: str) -> str:
    """Words within a line of ours: those written from the right do not turn the rest of it round."""
    from_the_right = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\u2068{text}\u2069" if from_the_right else text


def line(session: CafeSession, hold: CafeHold | None, today: date) -> Line:
    """A session as a row of the list."""
    word, tone = state(session, hold, today)
    return Line(key=session.id, title=session.title, about=about(session, today), sign=word, tone=tone)


def held_words(hold: CafeHold) -> str:
    """Who has a session, and what can be done about it."""
    since = hold.since.astimezone()
    return (
        f"{apart(shortened(hold.who, 200))} has had this session open since {since:%H:%M} on {day(since.date())}."
        " You can look at it. To change it, ask them to leave it first."
    )


def usual_title(on: date) -> str:
    """What a session is called that was given no title."""
    return f"Café, {day(on)}"


def on_day(on: date, today: date) -> str:
    """A date as it is said on that day."""
    match (on - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _:
            return day(on)


def number(value: int) -> str:
    """A whole number in running text: in words up to ten."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def due(on: date | None, today: date) -> str:
    """When something is due; what is late is said in words."""
    if on is None:
        return "no date set"
    late = (today - on).days
    match late:
        case 0:
            return "due today"
        case -1:
            return "due tomorrow"
        case _ if late < 0:
            return f"due on {day(on)}"
        case _:
            days = "day" if late == 1 else "days"
            return f"overdue by {number(late)} {days}, it was due on {day(on)}"


def sentence(text: str) -> str:
    """The same words with a capital to begin with."""
    return text[:1].upper() + text[1:]


def first_due(entries: Sequence[SaidEntry]) -> SaidEntry | None:
    """The entry whose day comes first."""
    dated = [one for one in entries if one.due is not None]
    return min(dated, key=lambda one: one.due or date.max, default=None)


def open_words(still_open: int) -> str:
    """How many entries of “you said, we did” are to be done."""
    if not still_open:
        return "Nothing is open. What people say at a café, and what is done about it, is kept here."
    are = "is" if still_open == 1 else "are"
    return f"{sentence(number(still_open))} {are} open. The next café opens with what you tell people of it."


def due_words(entries: Sequence[SaidEntry], today: date) -> str:
    """What is due first."""
    first = first_due(entries)
    if first is None:
        return "None of it has a date." if entries else ""
    return f"Due first: “{apart(shortened(first.said, LONGEST_TITLE))}”, {due(first.due, today)}."
