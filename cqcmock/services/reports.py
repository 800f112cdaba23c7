"""The feedback report of a sitting: as a file, as bytes, and as pictures of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from cqcmock.clock import Clock
from cqcmock.domain.hearing import Hearing, PersonalData
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder
from cqcmock.reports.content import Document
from cqcmock.reports.feedback import feedback_document
from cqcmock.services import privacy, saving, sittings
from cqcmock.services.rehearsing import heard_in_sitting
from cqcmock.services.shipped import framework
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

PDF, HTML = ".pdf", ".html"

_pdfium = Lock()
"""PDFium may be used from one thread at a time."""


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


def retention_date(settings: Settings) -> date | None:
    """The day after which a report may go: so many months after the assessment, if its date is known."""
    if settings.practising_for is None:
        return None
    months = settings.practising_for.month - 1 + settings.keep_months
    year, month = settings.practising_for.year + months // 12, months % 12 + 1
    day = settings.practising_for.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:  # 31 March and six months on: there is no 31 September
            day -= 1


def feedback_content(sitting: Sitting, settings: Settings, made_on: date) -> Document:
    """The feedback on a sitting as plain data; nothing in it depends on when or where it is made but `made_on`."""
    return feedback_document(
        sitting,
        hearings_of(sitting),
        classification=settings.classification,
        retention=retention_date(settings),
        made_on=made_on,
        tag_names={tag.id: tag.name for tag in framework(sitting.plan.framework).tags},
    )


def feedback_pdf(sitting: Sitting, settings: Settings, made_on: date) -> bytes:
    """The feedback as a tagged PDF."""
    from cqcmock.reports.pdf.report import render

    return render(feedback_content(sitting, settings, made_on), resources_folder())


def feedback_html(sitting: Sitting, settings: Settings, made_on: date) -> bytes:
    """The feedback as one page that needs nothing else."""
    from cqcmock.reports.html import render

    return render(feedback_content(sitting, settings, made_on)).encode()


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
    private = privacy.personal_data_of(sitting)
    if leave_out:
        sitting, private = privacy.redacted(sitting), ()
    make = feedback_pdf if path.suffix.lower() == PDF else feedback_html
    saving.save(path, make(sitting, settings, clock.today()), "The report")
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
