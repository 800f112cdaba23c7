"""Fields with arrows, whose figures keep clear of the edge: the stylesheet alone cannot see to that."""

from __future__ import annotations

from PySide6.QtWidgets import QDateEdit, QSpinBox

from ui.sizes import body_em

_CLEAR_EMS = 0.5


def spin_box(name: str, lowest: int, highest: int, *, suffix: str = "", step: int = 1) -> QSpinBox:
    """A field for a whole number."""
    field = QSpinBox()
    field.setAccessibleName(name)
    field.setRange(lowest, highest)
    field.setSingleStep(step)
    field.setSuffix(suffix)
    field.lineEdit().setTextMargins(body_em(_CLEAR_EMS), 0, 0, 0)
    return field


def date_field(name: str) -> QDateEdit:
    """A field for a day, with a calendar to choose from."""
    field = QDateEdit()
    field.setAccessibleName(name)
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMMM yyyy")
    field.lineEdit().setTextMargins(body_em(_CLEAR_EMS), 0, 0, 0)
    return field
