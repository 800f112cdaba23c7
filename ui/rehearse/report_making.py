"""The work behind the report screen: what the library has is read, made into a file, and written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.domain import english
from ui.desk import Desk
from ui.tasks import Progress

if TYPE_CHECKING:
    from cqcmock.domain.audit import Head
    from cqcmock.domain.hearing import PersonalData
    from cqcmock.domain.sitting import Sitting
    from cqcmock.services.reports import PeersPart
    from cqcmock.settings import Settings

STEPS = 3


@dataclass(frozen=True, slots=True)
class ToReport:
    """What a report is made of: the sitting, what peers made of it, and what in both could name somebody."""

    sitting: Sitting
    part: PeersPart | None
    private: tuple[PersonalData, ...]
    trail: Head


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is made: the file, what its pages show, and whether a peer reviewer can be sent the answers."""

    sitting: Sitting
    part: PeersPart | None
    trail: Head
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    words: tuple[str, ...]
    can_be_sent: bool


def file_name(sitting: Sitting, suffix: str) -> str:
    """What the file is called until somebody says otherwise: nobody's name is in it."""
    return f"Feedback {english.day(sitting.started_at.astimezone().date())}{suffix}"


def read_sitting(desk: Desk, sitting_id: str) -> ToReport:
    """In the database lane: the sitting as it is now, and what in it could name somebody."""
    from cqcmock.services import audit, reports, sittings

    sitting = sittings.load(desk.library, sitting_id)
    part = reports.peers_part(desk.library, sitting)
    return ToReport(sitting, part, reports.personal_data_of(sitting, part), audit.head(desk.library))


def make_report(
    found: ToReport, settings: Settings, desk: Desk, progress: Progress, *, leave_out: bool = False
) -> Report:
    """Beside the window: the file, and what its pages hold; with `leave_out`, nothing that could name somebody."""
    from cqcmock.services import pack_choices, reports

    sitting, part = reports.redacted(found.sitting, found.part) if leave_out else (found.sitting, found.part)
    progress.report(0, STEPS)
    pdf = reports.feedback_pdf(sitting, settings, desk.clock.today(), part, found.trail)
    progress.report(1, STEPS)
    sizes = reports.page_sizes(pdf)
    progress.report(2, STEPS)
    words = reports.page_words(pdf)
    progress.report(STEPS, STEPS)
    return Report(sitting, part, found.trail, pdf, sizes, words, pack_choices.whole_can_be_sent(sitting))


def save_report(report: Report, path: Path, settings: Settings, desk: Desk) -> bytes:
    """Beside the window: write the file as its name ends, and return it. Raises UserError where that cannot be."""
    from cqcmock.services import reports, saving

    reports.check_target(path)
    as_pdf = path.suffix.lower() == reports.PDF
    today = desk.clock.today()
    content = (
        report.pdf if as_pdf else reports.feedback_html(report.sitting, settings, today, report.part, report.trail)
    )
    saving.save(path, content, "The report")
    return content


def tell_trail(report: Report, content: bytes, desk: Desk) -> None:
    """In the database lane: that the report was written or printed."""
    from cqcmock.services import audit, reports

    audit.tell_report(desk.library, desk.clock, audit.Kind.SITTING, report.sitting.id, reports.FEEDBACK, content)
