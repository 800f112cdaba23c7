"""What the screen of “you said, we did” says, in the words that people use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.english import day, shortened
from ui.cafe.cafe_words import apart, due, number, on_day, sentence
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.services.cafe.you_said import SaidEntry

WHO_SEES: Final = (
    "You see every entry. Others see only those that you tell them of: what people said, what was done and the dates,"
    " never who takes it on or which café it came from. What they are told of and is still open opens the next café, in"
    " the room window."
)
NOTHING: Final = (
    "Nothing is here yet. Put down what people said at a café, who takes it on and by when; later, what was done."
)
MAY_TELL: Final = "Only you see this entry."
TOLD: Final = "Others see this entry."
ENOUGH: Final = "Enough people stand behind this theme: you may tell others of it."
NOT_COUNTED: Final = (
    "Nobody counts how many people stand behind this: tell others only what nobody can be recognised by."
)
OWN_WORDS: Final = (
    "Before you tell others of it, see that nobody can be recognised by the words: nobody counts how many people stand"
    " behind them."
)
MAY_NOT_TELL: Final = (
    "Only you see this entry. Others cannot be told of it: too few people may stand behind it. Only a theme that stands"
    " in the summary of its closed session can be told."
)
KINDS: Final = {CardKind.PRIDE: "pride", CardKind.WORRY: "worry", CardKind.IDEA: "idea"}
LONGEST = 80


def in_order(entries: Iterable[SaidEntry]) -> list[SaidEntry]:
    """What is open first, by the day when it is due; then what is done, the latest first."""
    entries = list(entries)
    still_open = [one for one in entries if one.done_on is None]
    done = [one for one in entries if one.done_on is not None]
    still_open.sort(key=lambda one: (one.due or date.max, one.opened_at))
    done.sort(key=lambda one: (one.done_on or date.min, one.opened_at), reverse=True)
    return [*still_open, *done]


def line(entry: SaidEntry, today: date) -> Line:
    """An entry as a row of the list."""
    word, tone = state(entry, today)
    parts = (
        f"due on {day(entry.due)}" if tone is Tone.OVER and entry.due is not None else "",
        "others are told" if entry.told else "only you see it",
        f"taken on by {apart(shortened(entry.owner, LONGEST))}" if entry.owner else "",
    )
    about = " · ".join(part for part in parts if part)
    return Line(key=entry.id, title=shortened(entry.said, 300), about=about, sign=word, tone=tone)


def state(entry: SaidEntry, today: date) -> tuple[str, Tone]:
    """Where an entry is, in a few words: what is late is said, and not left to a colour."""
    if entry.done_on is not None:
        return f"Done {_when(entry.done_on, today)}", Tone.IN_HAND
    if entry.due is None:
        return "Open", Tone.QUIET
    late = (today - entry.due).days
    if late > 0:
        return f"Overdue by {number(late)} {'day' if late == 1 else 'days'}", Tone.OVER
    return sentence(due(entry.due, today)), Tone.WRAP_UP if late == 0 else Tone.QUIET


def _when(on: date, today: date) -> str:
    said = on_day(on, today)
    return f"on {said}" if said[:1].isdigit() else said


def whole(entry: SaidEntry, today: date, came_from: str) -> tuple[tuple[str, str], ...]:
    """Everything about an entry, by what it is."""
    by = f"{apart(entry.owner) or 'Nobody is named for it'}, {due(entry.due, today)}"
    done = f"{apart(entry.did)} ({_when(entry.done_on, today)})" if entry.done_on is not None else entry.did
    did = "We did" if entry.done_on is not None else "Noted before it was opened again"
    parts = (("You said", entry.said), (did, done), ("Who and when", by), ("It came from", sentence(came_from)))
    return tuple((title, words) for title, words in parts if words)


def came_from(entry: SaidEntry, days: dict[str, date]) -> str:
    """The café and the theme; of a session that is gone, the theme."""
    if entry.session is None:
        return ""
    on = days.get(entry.session)
    cafe = f"the café of {day(on)}" if on is not None else "a café that is no longer in the library"
    kind = f" ({KINDS[entry.about]})" if entry.about is not None and entry.theme else ""
    return f"{cafe}: {apart(entry.theme)}{kind}" if entry.theme else cafe


def telling(entry: SaidEntry, may_be_told: Collection[str]) -> str:
    """Who sees an entry, and why no more where that is so."""
    if entry.told:
        return TOLD
    if entry.id not in may_be_told:
        return MAY_NOT_TELL
    counted = entry.session is not None and entry.said.casefold() == entry.theme.casefold()
    return MAY_TELL if counted else f"{MAY_TELL} {OWN_WORDS}"


def start_words(on: date, theme: str, kind: CardKind) -> str:
    """A theme of a closed session, as a start of an entry."""
    return f"“{apart(theme)}” ({KINDS[kind]}, from the café of {day(on)})"


def summary(entries: Sequence[SaidEntry], today: date) -> str:
    """How much is open, and how much of that is late."""
    if not entries:
        return NOTHING
    still_open = [one for one in entries if one.done_on is None]
    late = sum(1 for one in still_open if one.due is not None and one.due < today)
    if not still_open:
        return "Everything here is done."
    are = "is" if len(still_open) == 1 else "are"
    overdue = "" if not late else ", and it is overdue" if len(still_open) == 1 else f", {number(late)} of them overdue"
    return f"{sentence(number(len(still_open)))} {are} open{overdue}."
