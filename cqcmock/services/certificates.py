"""The certificate of a deletion as a file: a tagged PDF, or a page that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.clock import Clock
from cqcmock.domain.audit import Kind
from cqcmock.paths import resources_folder
from cqcmock.reports.content import Document
from cqcmock.reports.deletion import DeletedThing, Deletion, deletion_certificate
from cqcmock.services import audit, retention, saving
from cqcmock.services.copies import LOG
from cqcmock.services.reports import PDF, check_target
from cqcmock.services.wiping import IN_ROWS, Wiped
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

CERTIFICATE = "certificate of deletion"
"""What the audit trail calls it."""


def certificate(library: Library, wiped: Wiped, settings: Settings, clock: Clock) -> Document:
    """The certificate of a deletion that was just done, as plain data."""
    done = Deletion(
        things=tuple(
            DeletedThing(
                kind=retention.CALLED[one.kept.kind],
                id=one.kept.id,
                made=one.kept.made,
                last_used=one.kept.last_used,
                due=one.on,
                rule=one.rule,
            )
            for one in wiped.things
        ),
        at=wiped.at.astimezone(),
        why=wiped.why,
        person=settings.person,
        entries=(wiped.head.count - len(wiped.things) + 1, wiped.head.count),
        head=str(wiped.head),
        backups=wiped.cleaned.backups,
        put_aside=wiped.cleaned.put_aside,
        erased=tuple(wiped.cleaned.erased),
        unread=tuple(wiped.cleaned.unread),
        waiting=tuple(wiped.cleaned.waiting),
        log_emptied=LOG not in wiped.cleaned.waiting,
        in_rows=any(one.kept.kind in IN_ROWS for one in wiped.things),
        in_files=any(one.kept.kind not in IN_ROWS for one in wiped.things),
        on_server=library.path is None,
    )
    return deletion_certificate(done, classification=settings.classification, made_on=clock.today())


def certificate_bytes(library: Library, wiped: Wiped, ending: str, settings: Settings, clock: Clock) -> bytes:
    """The certificate as a tagged PDF or, for any other ending, a web page."""
    content = certificate(library, wiped, settings, clock)
    if ending.lower() == PDF:
        from cqcmock.reports.pdf.report import render

        return render(content, resources_folder())
    from cqcmock.reports.html import render as as_page

    return as_page(content).encode()


def write_certificate(library: Library, wiped: Wiped, path: Path, settings: Settings, clock: Clock) -> None:
    """Write the certificate as the name of the file ends. Raises UserError where that cannot be."""
    check_target(path)
    content = certificate_bytes(library, wiped, path.suffix, settings, clock)
    saving.save(path, content, "The certificate")
    audit.tell_report(library, clock, Kind.LIBRARY, "", CERTIFICATE, content)
