"""Reports as files and as pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cqcmock.errors import UserError
from cqcmock.services import reports, saving
from cqcmock.settings import Settings
from tests.reports.sittings import worked_sitting


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return reports.feedback_pdf(worked_sitting(), Settings(), date(2026, 11, 21))


def test_every_page_has_a_size_words_and_a_picture(pdf: bytes) -> None:
    sizes = reports.page_sizes(pdf)
    words = reports.page_words(pdf)
    assert len(words) == len(sizes) > 3
    assert "Feedback on a practice interview" in words[0]
    assert all("\n" not in page for page in words)
    picture = reports.page_image(pdf, 0, 0.5)
    assert (picture.width, picture.height) == (298, 421)
    assert len(picture.rgb) == 298 * 421 * 3
    assert len(set(picture.rgb)) > 10


@pytest.mark.parametrize(
    ("practising_for", "months", "kept_until"),
    [
        (None, 6, None),
        (date(2027, 1, 15), 6, date(2027, 7, 15)),
        (date(2027, 3, 31), 6, date(2027, 9, 30)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 1), 0, date(2027, 12, 1)),
        (date(2026, 12, 31), 14, date(2028, 2, 29)),
    ],
)
def test_a_report_may_go_so_many_months_after_the_assessment(
    practising_for: date | None, months: int, kept_until: date | None
) -> None:
    assert reports.retention_date(Settings(practising_for=practising_for, keep_months=months)) == kept_until


def test_a_report_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "report.docx", tmp_path / "no" / "report.pdf", tmp_path):
        with pytest.raises(UserError):
            reports.check_target(path)
    with pytest.raises(UserError, match="could not be written"):
        saving.save(tmp_path / "no" / "report.pdf", b"%PDF", "The report")
