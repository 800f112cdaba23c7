"""What the first screen says, as plain sentences: days, dates and states in the words that people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, day, listed

if TYPE_CHECKING:
    from cqcmock.domain.interview import Phase

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Stopped(StrEnum):
    """Why an interview that can be gone on with stands still; the value is the word on its card."""

    PAUSED = "Paused"
    INTERRUPTED = "Interrupted"
    NOT_BEGUN = "Not begun"


def greeting(now: datetime) -> str:
    """A greeting for this moment, in the time zone that the moment is given in."""
    if 5 <= now.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= now.hour < 18 else "Good evening"


def under_greeting(place: str, days_left: int | None) -> str:
    """The place, and how far off the date is that somebody practises for."""
    return " · ".join(part for part in (place, _until(days_left)) if part)


def way_to_lock(key: str) -> str:
    """How a library without a lock gets one; `key` leads to the settings."""
    return f"To lock it, open the settings ({key}) and go to Safekeeping."


def _until(days_left: int | None) -> str:
    if days_left is None:
        return ""
    if days_left == 0:
        return "today is the date you are practising for"
    if days_left < 0:
        return f"the date you practised for was {days_ago(-days_left)}"
    return f"{count(days_left, 'day')} to the date you are practising for"


def number(value: int) -> str:
    """A whole number as it is written in running text: in words up to ten."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def days_ago(days: int) -> str:
    """How long ago that was."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{number(days)} days ago"


def due(on: date | None, today: date) -> str:
    """When something is due; what is late is said in words and not by a colour."""
    if on is None:
        return "no date set"
    left = (on - today).days
    match left:
        case 0:
            return "due today"
        case 1:
            return "due tomorrow"
        case _ if left < 0:
            days = "one day" if left == -1 else f"{number(-left)} days"
            return f"overdue by {days}, it was due on {short_day(on, today)}"
        case _:
            return f"due on {short_day(on, today)}"


def short_day(on: date, today: date) -> str:
    """A date without its year, where the year goes without saying."""
    return day(on) if on.year != today.year else day(on).rsplit(" ", 1)[0]


def when(moment: datetime, today: date) -> str:
    """When something happened, as near as it matters; `moment` is taken to the person's own time zone."""
    local = moment.astimezone()
    at = f"{local:%H:%M}"
    match (today - local.date()).days:
        case 0:
            return f"today at {at}"
        case 1:
            return f"yesterday at {at}"
        case _:
            return day(local.date())


def suggestion(themes: Sequence[str], last_spoken: int | None) -> str:
    """What to practise next, and why: `last_spoken` in days, None for never."""
    quoted = listed([f"“{theme}”" for theme in themes])
    if not quoted:
        return "A short rehearsal keeps you in practice."
    one = len(themes) == 1
    if last_spoken is None:
        either = " or ".join(f"“{theme}”" for theme in themes)
        return f"You have not spoken about {either} yet."
    are, them = ("is", "it") if one else ("are", "them")
    return f"{quoted} {are} due: you last spoke about {them} {days_ago(last_spoken)}."


def state(phase: Phase, question: int, questions: int) -> str:
    """Where a sitting is, for a list; `question` counts from 1."""
    from cqcmock.domain.interview import Phase  # not at the top: the first frame does without the rules

    match phase:
        case Phase.OWN_MARKS:
            return "To mark"
        case Phase.REFLECTION:
            return "To reflect on"
        case Phase.DONE:
            return "Done"
        case Phase.LAST_WORDS:
            return "At the last words"
        case _:
            return f"Question {question} of {questions}"


def sentence(text: str) -> str:
    """The same words with a capital to begin with."""
    return text[:1].upper() + text[1:]
