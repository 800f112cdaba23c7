"""Text that Ctrl+Enter hands in: while somebody types it, those keys begin no round."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.answer_edit import LongTextEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_hand_in(event: QEvent) -> bool:
    """Whether these keys are Ctrl+Enter."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in _ENTER
        and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    )


class HandInEdit(LongTextEdit):
    """Says `enter` on Ctrl+Enter."""

    enter = Signal()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter belongs to the text before it belongs to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and is_hand_in(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Ctrl+Enter hands in."""
        if is_hand_in(event):
            self.enter.emit()
        else:
            super().keyPressEvent(event)
