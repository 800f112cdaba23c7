"""A place for long plain text that refuses a paste which could not be kept, before it holds the window up."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class LongTextEdit(QPlainTextEdit):
    """Plain text up to `longest` characters. Tab goes on to the next control.

    `refused` says by how many characters a paste was too long; nothing of it is taken.
    """

    refused = Signal(int)

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.longest = longest
        self.setTabChangesFocus(True)

    @property
    def too_long_by(self) -> int:
        """Characters over the limit, or 0."""
        return max(0, self.document().characterCount() - 1 - self.longest)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's own name
        """Paste or drop as plain text, if there is room for it."""
        text = source.text()
        cursor = self.textCursor()
        replaced = cursor.selectionEnd() - cursor.selectionStart()
        over = self.document().characterCount() - 1 - replaced + len(text) - self.longest
        if over > 0:
            self.refused.emit(over)
            return
        cursor.insertText(text)
        self.ensureCursorVisible()
