"""Reports to look at: of the worked sitting, of any other, and of one in which a text stands wherever people write."""

from __future__ import annotations

from datetime import date
from typing import Any

from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import Document
from cqcmock.reports.feedback import feedback_document
from cqcmock.reports.figures import Hearings
from tests.reports.sittings import Asked, Said, SaidProbe, hearings_of, question, sitting_of, worked_sitting

MADE_ON = date(2026, 11, 22)
KEEP = date(2027, 5, 21)


def report(sitting: Sitting, hearings: Hearings | None = None, **settings: Any) -> Document:
    """The feedback report of a sitting, with its own hearings unless others are given."""
    heard = hearings_of(sitting) if hearings is None else hearings
    return feedback_document(sitting, heard, made_on=MADE_ON, **settings)


def worked() -> Document:
    """The report of the worked sitting."""
    return report(worked_sitting(), retention=KEEP)


def answered_with(text: str) -> Document:
    """A report in which one text stands wherever a person can write."""
    probe = SaidProbe(text=text, answer=text)
    asked = Asked(question=question(text=text), takes=(Said(answer=text, probes=(probe,)),), note=text, taps=(text,))
    return report(sitting_of([asked], last_words=text, person=text), classification=text)


def answered() -> Asked:
    """A question without points, answered in time."""
    return Asked(question=question(), takes=(Said(answer="We asked carers."),))
