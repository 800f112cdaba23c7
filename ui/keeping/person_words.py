"""What is said about one person's own: where their name stands, what goes with it, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cqcmock.domain.english import count, day, listed_in_quotes
from cqcmock.domain.person import Where
from ui.keeping import words

if TYPE_CHECKING:
    from cqcmock.services.person_export import Exported
    from cqcmock.services.persons import Erasure, Person

_PLACES: Final[dict[Where, tuple[str, str]]] = {
    Where.SITTING: ("rehearsal of their own", "rehearsals of their own"),
    Where.REVIEWED: ("pack sent to them to mark", "packs sent to them to mark"),
    Where.ACTION: ("action they own in somebody’s rehearsal", "actions they own in others’ rehearsals"),
    Where.MARKED: ("sheet they marked", "sheets they marked"),
    Where.CAFE: ("café session they have open", "café sessions they have open"),
    Where.SAID: ("“you said, we did” that they own", "“you said, we did” that they own"),
    Where.KEY: ("reviewer’s key", "reviewer’s keys"),
    Where.FACT: ("local story with facts they own", "local stories with facts they own"),
    Where.FACT_KEPT: (
        "copy of a local story kept with somebody’s rehearsal",
        "copies of a local story kept with others’ rehearsals",
    ),
    Where.FACT_BEFORE: ("earlier version of a local story", "earlier versions of a local story"),
    Where.OPENED: ("pack opened for marking on this computer", "packs opened for marking on this computer"),
    Where.SETTINGS: ("entry in the settings: “Your name”", "entries in the settings"),
}

TITLE: Final = "A person’s own"
ABOUT: Final = (
    "When somebody asks what is kept about them, or wants it gone. Rehearsals without a name are nobody’s here."
)
NOBODY: Final = "The library knows nobody by name yet."
ALIKE: Final = "Perhaps the same person under another name. Look at each: nothing is put together by itself."
UNLOCKED: Final = "The folder is not locked: whoever can open it can read everything in it."
EXPORTING: Final = "Writing everything about this person…"
EXPORTING_SO_FAR: Final = "Writing the feedback: {done} of {total} rehearsals done."
GOES: Final = "What goes"
CHANGED: Final = "What stays, without the name"
MENTIONED: Final = "What others wrote stays as it is"
HELD: Final = "On hold, so nothing can be erased"
ERASING: Final = "Erasing. Please leave the computer on."
HINT: Final = "Such as “asked for by the person”."
OUTSIDE: Final = (
    "What lies elsewhere cannot be reached: exports, reports and packs that were saved or sent, backups in a second "
    "place, and paper. Delete those too."
)
COPIES: Final = "It is also taken out of the library’s log and of every backup in the data folder."
NOTHING: Final = "Nothing here bears that name any more."


def places(where: Mapping[Where, int]) -> tuple[str, ...]:
    """How often a name stands where."""
    return tuple(count(number, *_PLACES[at]) for at, number in where.items())


def about(person: Person) -> str:
    """What there is of somebody, on one line."""
    return " · ".join(places(person.where))


def spellings(person: Person) -> str:
    """How else the same name is written here, or nothing."""
    others = [spelt for spelt in person.spellings if spelt != person.name]
    return f"Also written {listed_in_quotes(others)}." if others else ""


def mentions(found: Erasure) -> str:
    """Words of others that name them."""
    if not found.mentions:
        return ""
    return "Their name stands in words of other people: " + "; ".join(
        f"{what}: {number}" for what, number in found.mentions.items()
    )


def unsure(found: Erasure) -> tuple[str, ...]:
    """What nobody can tell."""
    lines = []
    if found.nameless:
        lines.append(f"{count(found.nameless, 'rehearsal has', 'rehearsals have')} no name: whose, nobody can tell.")
    if found.unread:
        lines.append(f"{count(found.unread, 'pack')} on this computer cannot be read, and may name them.")
    return tuple(lines)


def holds(found: Erasure) -> tuple[str, ...]:
    """The holds that keep it from being done."""
    return tuple(f"Since {day(hold.since.astimezone().date())}: {hold.why}" for hold in found.holds)


def exported(made: Exported) -> str:
    """Where an export is, and what is in it."""
    return (
        f"Everything about them is in {made.folder}: {count(len(made.files), 'file')}, "
        f"with {count(made.rehearsals, 'rehearsal')}. Begin with index.html."
    )


def erased(found: Erasure) -> tuple[str, ...]:
    """What was done, a line for each thing."""
    lines = [f"Gone: {', '.join(places(found.gone))}."] if found.gone else []
    if found.renamed:
        lines.append(f"Without the name now: {', '.join(places(found.renamed))}.")
    if found.cleaned is not None:
        lines += words.cleaned(found.cleaned)
    return tuple(lines)
