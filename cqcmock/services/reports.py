"""The feedback report of a sitting: as a file, as bytes, and as pictures of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from cqcmock.clock import Clock
from cqcmock.domain.audit import Head, Kind
from cqcmock.domain.hearing import Hearing, PersonalData
from cqcmock.domain.peer_review import PeerReview
from cqcmock.domain.retention import months_after
from cqcmock.domain.review import KeepAndChange
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder
from cqcmock.reports.content import Document
from cqcmock.reports.feedback import feedback_document
from cqcmock.services import audit, peers, privacy, saving, sittings
from cqcmock.services.rehearsing import heard_in_sitting
from cqcmock.services.shipped import framework
from cqcmock.settings import Settings, months_kept

if TYPE_CHECKING:
    from cqcmock.services.library import Library

PDF, HTML = ".pdf", ".html"
FEEDBACK = "feedback"
"""What the audit trail calls the report of a rehearsal."""

_pdfium = Lock()
"""PDFium may be used from one thread at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersPart:
    """What a report says of a sitting's peers: what they made of it, and what its owner takes from that."""

    review: PeerReview
    chosen: KeepAndChange


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture: `width` and `height` in pixels, three bytes (red, green, blue) a pixel, rows on end."""

    width: int
    height: int
    rgb: bytes


def hearings_of(sitting: Sitting) -> Mapping[tuple[int, int], Hearing]:
    """What was heard, by the position of the question and the number of the take."""
    return {
        (question, number): heard_in_sitting(sitting, question, number)
        for question, takes in enumerate(sitting.state.takes)
        for number in range(len(takes))
    }


def retention_date(settings: Settings, kind: Kind = Kind.SITTING) -> date | None:
    """The day after which a report on such a thing may go, counted from the assessment, if its date is known."""
    if settings.practising_for is None:
        return None
    return months_after(settings.practising_for, months_kept(settings)[kind])


def peers_part(library: Library, sitting: Sitting) -> PeersPart | None:
    """What the report of a sitting says of its peers, or None where it was sent to nobody."""
    review = peers.peer_review(library, sitting)
    return PeersPart(review=review, chosen=peers.keep_and_change(library, sitting.id)) if review else None


def personal_data_of(sitting: Sitting, part: PeersPart | None = None) -> tuple[PersonalData, ...]:
    """Everything that could name somebody and would stand in the report, each wording once."""
    found = {(data.kind, data.text): data for data in privacy.personal_data_of(sitting)}
    if part is not None and not part.review.hidden:
        texts = (*part.chosen.keep, *part.chosen.change)
        for data in (
            *peers.personal_data_of(part.review),
            *(one for text in texts for one in privacy.personal_data_in(text)),
        ):
            found.setdefault((data.kind, data.text), data)
    return tuple(found.values())


def redacted(sitting: Sitting, part: PeersPart | None = None) -> tuple[Sitting, PeersPart | None]:
    """Both as they may be shown to others: what could name somebody is left out of everything that was written."""
    if part is not None:
        chosen = KeepAndChange(
            keep=tuple(map(privacy.redacted_text, part.chosen.keep)),
            change=tuple(map(privacy.redacted_text, part.chosen.change)),
        )
        part = PeersPart(review=peers.redacted(part.review, sitting), chosen=chosen)
    return privacy.redacted(sitting), part


def feedback_content(
    sitting: Sitting, settings: Settings, made_on: date, part: PeersPart | None = None, trail: Head | None = None
) -> Document:
    """The feedback on a sitting as plain data; nothing in it depends on when or where it is made but `made_on`.

    `trail` is the head of the audit trail, which stands at its end.
    """
    document = feedback_document(
        sitting,
        hearings_of(sitting),
        classification=settings.classification,
        retention=retention_date(settings),
        made_on=made_on,
        tag_names={tag.id: tag.name for tag in framework(sitting.plan.framework).tags},
        peer_review=part.review if part else None,
        chosen=part.chosen if part else None,
    )
    return replace(document, trail=audit.printed(trail))


def feedback_pdf(
    sitting: Sitting, settings: Settings, made_on: date, part: PeersPart | None = None, trail: Head | None = None
) -> bytes:
    """The feedback as a tagged PDF."""
    from cqcmock.reports.pdf.report import render

    return render(feedback_content(sitting, settings, made_on, part, trail), resources_folder())


def feedback_html(
    sitting: Sitting, settings: Settings, made_on: date, part: PeersPart | None = None, trail: Head | None = None
) -> bytes:
    """The feedback as one page that needs nothing else."""
    from cqcmock.reports.html import render

    return render(feedback_content(sitting, settings, made_on, part, trail)).encode()


def check_target(path: Path) -> None:
    """Raise UserError where no report can be written to this path, before any work is done."""
    if path.suffix.lower() not in (PDF, HTML):
        raise UserError(f"“{path.name}” is neither a PDF nor a web page.", "End the name in .pdf or .html.")
    if not path.absolute().parent.is_dir():
        raise UserError(f"There is no folder {path.absolute().parent}.", "Make it first, or choose another.")
    if path.is_dir():
        raise UserError(f"{path} is a folder.", "Choose the name of a file.")


def write_report(
    library: Library, sitting_id: str, path: Path, settings: Settings, clock: Clock, *, leave_out: bool = False
) -> tuple[PersonalData, ...]:
    """Write the feedback to a file, as its name ends; returns what could name somebody and stands in it.

    With `leave_out` nothing of that kind does. Raises UserError where the file cannot be written.
    """
    check_target(path)
    sitting = sittings.load(library, sitting_id)
    part = peers_part(library, sitting)
    private = personal_data_of(sitting, part)
    if leave_out:
        private = ()
        sitting, part = redacted(sitting, part)
    make = feedback_pdf if path.suffix.lower() == PDF else feedback_html
    content = make(sitting, settings, clock.today(), part, audit.head(library))
    saving.save(path, content, "The report")
    audit.tell_report(library, clock, Kind.SITTING, sitting_id, FEEDBACK, content)
    return private


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped]

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points."""
    with _opened(pdf) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def page_image(pdf: bytes, page: int, scale: float) -> PageImage:
    """One page as a picture, `scale` pixels a point."""
    with _opened(pdf) as document:
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        row = bitmap.width * 3
        raw = bytes(bitmap.buffer)
        rows = (raw[start : start + row] for start in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        return PageImage(bitmap.width, bitmap.height, b"".join(rows))


def page_words(pdf: bytes) -> tuple[str, ...]:
    """The words of each page on one line, for a search or a screen reader."""
    with _opened(pdf) as document:
        return tuple(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
