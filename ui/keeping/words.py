"""What is said about things that are kept, held and deleted for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.english import count, day, listed, shortened
from cqcmock.domain.retention import Due, Hold

if TYPE_CHECKING:
    from cqcmock.domain.audit import Entry
    from cqcmock.services.copies import Cleaned

LONGEST_TITLE: Final = 80
LONGEST_REASON: Final = 1000

NAMES: Final[dict[Kind, tuple[str, str]]] = {
    Kind.SITTING: ("rehearsal", "rehearsals"),
    Kind.RECORDING: ("recording", "recordings"),
    Kind.PACK: ("pack sent to a reviewer", "packs sent to reviewers"),
    Kind.OPENED_PACK: ("pack opened for marking", "packs opened for marking"),
    Kind.CAFE: ("café session", "café sessions"),
}
"""What one is called, and what several are."""

_OTHERS: Final[dict[str, str]] = {"person": "person", "backup": "backup", "library": "library"}

NOTHING_YET: Final = "There is nothing here yet that a rule applies to."
NOTHING_DUE: Final = "Nothing is due to go."
FOR_GOOD: Final = "This cannot be undone."
NO_UNDO: Final = "This is the one thing here that cannot be undone."
SURE: Final = "I know that this cannot be undone"
WHY: Final = "Why?"
NO_REASON: Final = "Say in a few words why."
IN_TRAIL: Final = "The reason stands in the audit trail for good. Leave people’s names out of it."
WIPED_FROM: Final = "They are taken out of the library, its log, its backups, and anything else in the data folder."
ON_SERVER: Final = (
    "They are deleted from the council’s database. Whoever runs its server sees to its disks and backups."
)
OUT_OF_REACH: Final = (
    "What lies elsewhere cannot be reached: reports, exports and packs that were saved or sent, and paper. "
    "Delete those too."
)
SECOND_PLACE: Final = "So do backups in the second place, {}: they still hold it until they are replaced or deleted."
HOLD_HINT: Final = "Such as “FOI request 2026-114”. Whoever tries to delete something reads it."
RELEASE_HINT: Final = "Such as “answered on 4 December”. "
ALL_HELD: Final = "Everything that you ticked is on hold, so none of it can be deleted."


def counted(things: Iterable[Kind]) -> str:
    """How many of each kind: “2 rehearsals and 1 recording”."""
    kinds = list(things)
    return listed([count(kinds.count(kind), *NAMES[kind]) for kind in NAMES if kind in kinds])


def sentence(text: str) -> str:
    """The same words with a capital to begin with."""
    return text[:1].upper() + text[1:]


def state(due: Due, today: date) -> str:
    """Whether something is held, or due."""
    if due.hold is not None:
        return "On hold"
    return "Due" if due.is_due(today) else ""


def about(due: Due) -> str:
    """What kind of thing it is, and whether it was put away."""
    kind = sentence(NAMES[due.kept.kind][0])
    return f"{kind}, deleted and can still be taken back" if due.kept.is_put_away else kind


def covered(hold: Hold, titles: dict[tuple[Kind, str], str]) -> str:
    """What a hold keeps; `titles` of what is there now."""
    if hold.kind is None:
        return "Everything"
    one, many = NAMES.get(hold.kind, (hold.kind.value, hold.kind.value))
    if not hold.subject:
        return f"All {many}"
    title = titles.get((hold.kind, hold.subject), "")
    return f"{sentence(one)} “{shortened(title, LONGEST_TITLE)}”" if title else f"{sentence(one)} {hold.subject}"


def since(hold: Hold) -> str:
    """Since when and why."""
    return f"Since {day(hold.since.astimezone().date())}: {hold.why}"


def everything_held(holds: Sequence[Hold]) -> str:
    """The plain words where a hold stands on everything, or nothing."""
    hold = next((one for one in holds if one.kind is None), None)
    if hold is None:
        return ""
    return f"Everything is on hold, since {day(hold.since.astimezone().date())}: {_ended(hold.why)} Nothing is deleted."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def home_line(due: Sequence[Kind], holds: Sequence[Hold]) -> str:
    """The one quiet line for the first screen, or nothing."""
    parts = []
    if due:
        parts.append(f"{counted(due)} {'is' if len(due) == 1 else 'are'} due to go.")
    if holds:
        parts.append(f"{count(len(holds), 'hold stands', 'holds stand')}: what is on hold is not deleted.")
    return sentence(" ".join(parts))


def overview(things: Sequence[Due], today: date) -> str:
    """How things stand, in one sentence or two."""
    if not things:
        return NOTHING_YET
    due = [one.kept.kind for one in things if one.is_due(today) and one.hold is None]
    held = sum(one.is_due(today) and one.hold is not None for one in things)
    told = f"{sentence(counted(due))} {'is' if len(due) == 1 else 'are'} due to go." if due else NOTHING_DUE
    return f"{told} {count(held, 'more is', 'more are')} due, and on hold." if held else told


def chosen(number: int) -> str:
    """How many are ticked."""
    return f"{number} ticked" if number else "Nothing is ticked yet."


def left_out(held: int) -> str:
    """What of the ticked stays, because it is held."""
    return f"{count(held, 'thing')} you ticked {'is' if held == 1 else 'are'} on hold and {_stays(held)}."


def _stays(number: int) -> str:
    return "stays" if number == 1 else "stay"


def early(number: int) -> str:
    """How many are not due yet."""
    return f"{count(number, 'of these is', 'of these are')} not due yet."


def deleted(kinds: Sequence[Kind]) -> str:
    """What was deleted for good."""
    return f"{sentence(counted(kinds))} {'was' if len(kinds) == 1 else 'were'} deleted for good."


def by_itself(kinds: Sequence[Kind]) -> str:
    """What went by itself."""
    return f"{sentence(counted(kinds))} {'was' if len(kinds) == 1 else 'were'} due and {_has(len(kinds))} been deleted."


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def cleaned(done: Cleaned) -> tuple[str, ...]:
    """How far the copies were cleaned, a line for each thing that somebody should know."""
    copies = done.backups + done.put_aside
    held = f"{count(copies, 'backup')} held some of it and {_was(copies)} cleaned."
    lines = [held if copies else "No backup held any of it."]
    if done.erased:
        lines.append(f"Damaged, and so deleted whole: {listed(done.erased)}.")
    if done.unread:
        lines.append(f"These files cannot be read and may still hold it. Look at them yourself: {listed(done.unread)}.")
    if done.waiting:
        lines.append(f"Still to be cleaned, when the program next starts: {listed(done.waiting)}.")
    return tuple(lines)


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def log_line(entry: Entry) -> tuple[str, str]:
    """An entry of the deletion log: what it is about, and when, why and under which rule."""
    kind = Kind(entry.kind)
    name = NAMES[kind][0] if kind in NAMES else _OTHERS.get(entry.kind, entry.kind.replace("-", " "))
    taken_back = "" if entry.deed == Deed.DELETED else ", taken back"
    for_good = ", for good" if entry.details.get("for good") else ""
    at = entry.at.astimezone()
    rule = str(entry.details.get("rule") or "")
    parts = (f"{day(at.date())}, {at:%H:%M}", f"rule: {rule}" if rule else "", entry.why)
    return f"{sentence(name)}{taken_back or for_good}", " · ".join(part for part in parts if part)
