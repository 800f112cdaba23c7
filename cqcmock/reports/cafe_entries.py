"""“You said, we did” on paper: what people said in a café, who sees to it, and what came of it.

Others than the principal social worker read only entries that were marked as ones that may be told, and never whose
they are: an owner is a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cqcmock.domain import english
from cqcmock.reports.content import Block, BulletList, Line, Look, Paragraph, Run, Voice, plain

TITLE = "You said, we did"
TOLD_NOTE = (
    "Only what the principal social worker has marked as something that may be told is shown. Other entries are not"
    " shown, whether there are any or not."
)
_NOTHING = "Nothing is shown here."


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAndDone:
    """One worry or idea, and what came of it. It is open until `done_on`; `told`: others may see it.

    Others are not told since when it is open: `opened_on` is None for them.
    """

    said: str
    opened_on: date | None = None
    owner: str = ""
    due: date | None = None
    did: str = ""
    done_on: date | None = None
    told: bool = False


def ordered(entries: Iterable[SaidAndDone]) -> tuple[SaidAndDone, ...]:
    """What is open first, the soonest due before the others, then what is done, the latest first."""
    kept = tuple(entries)
    still_open = [entry for entry in kept if entry.done_on is None]
    done = [entry for entry in kept if entry.done_on is not None]
    still_open.sort(key=lambda entry: (entry.due or date.max, entry.opened_on or date.min, entry.said))
    done.sort(key=lambda entry: (-(entry.done_on or date.min).toordinal(), entry.opened_on or date.min, entry.said))
    return (*still_open, *done)


def told_blocks(entries: Iterable[SaidAndDone]) -> list[Block]:
    """The entries that others may read, without owners, and the same note whatever is left out."""
    told = [entry for entry in ordered(entries) if entry.told]
    listed: Block = (
        BulletList(items=tuple(_item(entry, owner=False) for entry in told))
        if told
        else Paragraph(line=plain(_NOTHING))
    )
    return [listed, Paragraph(line=plain(TOLD_NOTE), voice=Voice.QUIET)]


def full_list(entries: Iterable[SaidAndDone]) -> BulletList:
    """The entries with owners and with a word on who may read them, for the principal social worker."""
    return BulletList(items=tuple(_item(entry, owner=True) for entry in ordered(entries)))


def _item(entry: SaidAndDone, *, owner: bool) -> Line:
    line = [Run("You said: ", Look.STRONG), Run(_words(entry.said))]
    if entry.did.strip():
        line += [Run(" We did: ", Look.STRONG), Run(_words(entry.did))]
    if entry.done_on is not None:
        line.append(Run(f" Done on {english.day(entry.done_on)}."))
    else:
        due = f", due on {english.day(entry.due)}" if entry.due else ""
        still_open = f"Open since {english.day(entry.opened_on)}" if entry.opened_on else "Still open"
        line.append(Run(f" {still_open}{due}."))
    if owner:
        line += [
            Run(f" Owner: {_words(entry.owner)}" if entry.owner.strip() else " Nobody owns it yet."),
            Run(" May be told." if entry.told else " Not to be told."),
        ]
    return tuple(line)


def _words(text: str) -> str:
    """Somebody's words on one line, ended as a sentence."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…", "”")) else f"{line}."
