"""The words of an answer, some of which have comments pinned to them; they can be selected with keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from cqcmock.domain.hearing import Span
from cqcmock.domain.review import PackedAnswer
from ui.rehearse.spoken_text import SpokenText
from ui.sizes import body_em
from ui.theme import Theme

HOW_TO_PIN = "Select words and press M to comment on them."
_CARET_EMS = 0.12


class PinnedWords(SpokenText):
    """Read only. `pin_wanted` carries the position in what was said where somebody clicked without selecting."""

    pin_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("What was said")
        self._theme = theme
        self._pins: list[Span] = []
        by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(by_hand)
        theme.changed.connect(self._highlight)

    def show_answer(self, answer: PackedAnswer) -> None:
        """Write the words down afresh."""
        self._pins = []
        self.setAccessibleDescription(f"{HOW_TO_PIN} They were asked: {answer.question}")
        said = (answer.answer, *(probe.answer for probe in answer.probes))
        self.write_down(said, [f"Then they were asked: {probe.text}" for probe in answer.probes])
        self.setCursorWidth(max(2, body_em(_CARET_EMS)))
        self._highlight()

    def show_pins(self, pins: Sequence[Span]) -> None:
        """Underline the words to which a comment is pinned, on a ground of their own."""
        self._pins = list(pins)
        self._highlight()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on words with a comment asks for that comment."""
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() is Qt.MouseButton.LeftButton and not cursor.hasSelection():
            self.pin_wanted.emit(self.said_at(cursor.position(), up=True))

    def _highlight(self) -> None:
        tokens = self._theme.tokens
        marks = []
        for span in self._pins:
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(QColor(tokens.wrap_up_ground))
            look.setForeground(QColor(tokens.ink))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(QColor(tokens.wrap_up))
            mark.cursor, mark.format = self.cursor_over(span), look
            marks.append(mark)
        self.setExtraSelections(marks)
