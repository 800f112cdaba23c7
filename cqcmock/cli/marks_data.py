"""The marks of one answer as scripts read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cqcmock.domain.review import Sheet


def marks_data(sheet: Sheet) -> dict[str, Any]:
    """Levels, words and tags."""
    return {
        "levels": dict(sheet.marks.levels),
        "overall": sheet.marks.overall,
        "comment": sheet.marks.comment,
        "pins": [asdict(pin) for pin in sheet.marks.pins],
        "tags": list(sheet.marks.tags),
    }
