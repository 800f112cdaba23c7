"""Fields of the plan: Ctrl+Z in them takes back the latest change of the plan, and the wheel scrolls the page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLabel, QWidget

FieldT = TypeVar("FieldT", bound=QWidget)


class _PlanKeys(QObject):
    """Leaves Ctrl+Z to the screen, and the wheel to the page while the field has no focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def plan_field(field: FieldT) -> FieldT:
    """A field whose changes the screen takes back, not the field; a number counts once it is finished."""
    field.installEventFilter(_PlanKeys(field))
    if isinstance(field, QAbstractSpinBox):
        field.setKeyboardTracking(False)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return field


def labelled(form: QFormLayout, words: str, field: QWidget) -> QLabel:
    """A row of a form: `words` may have an access key."""
    label = QLabel(words)
    label.setBuddy(field)
    field.setAccessibleName(words.replace("&", ""))
    form.addRow(label, field)
    return label
