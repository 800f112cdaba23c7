"""The audit trail for whoever signs for it: what was done, whether the chain is whole, and what is printed of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.audit import Deed as Deed
from cqcmock.domain.audit import Details, first_wrong
from cqcmock.domain.audit import Entry as Entry
from cqcmock.domain.audit import Head as Head
from cqcmock.domain.audit import Kind as Kind

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """All of a trail; `first_wrong` is the number of the first entry that is not as it was written, if there is one."""

    entries: tuple[Entry, ...]
    head: Head
    first_wrong: int | None


def trail(library: Library) -> Trail:
    """The whole trail, looked through from the first entry to the last."""
    with library.reading() as session:
        entries = tuple(storage.audit.entries(session))
        return Trail(entries=entries, head=storage.audit.head(session), first_wrong=first_wrong(entries))


def head(library: Library) -> Head:
    """The last hash and the count of now."""
    with library.reading() as session:
        return storage.audit.head(session)


def tell(
    library: Library,
    clock: Clock,
    deed: Deed,
    kind: Kind,
    subject: str = "",
    why: str = "",
    details: Details | None = None,
) -> Head:
    """Add a deed that changed nothing else in the library, such as a file that was written."""
    with library.writing() as work:
        after = storage.audit.add(work, clock.wall(), deed, kind, subject, why, details)
        work.commit()
    return after


def tell_report(library: Library, clock: Clock, kind: Kind, subject: str, paper: str, content: bytes) -> None:
    """Add that a report was written or printed. `paper` is what it is, and no name of a file or a person.

    The digest of the file stands in the trail, and the trail's head in the file: each shows a change of the other.
    """
    details: Details = {"paper": paper, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    tell(library, clock, Deed.REPORT_MADE, kind, subject, details=details)


def printed(at: Head | None) -> str:
    """The line at the end of a report; nothing where the trail is not to stand in it."""
    if at is None:
        return ""
    if not at.count:
        return "Audit trail when this was made: no entries yet."
    return f"Audit trail when this was made: {at}. “cqcmock library audit” shows whether it is still whole."
