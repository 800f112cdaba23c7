"""The words of an answer, some of which have comments pinned to them; they can be selected with keys and mouse.

A pin counts characters of everything said as one text (`PackedAnswer.spoken`). The document on screen has the
follow-up questions between the parts, and Qt counts an emoji as two: `place_of` and `said_at` go from one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit

from cqcmock.domain.interview import PARTS_JOINED_BY
from cqcmock.domain.review import PackedAnswer
from ui.sizes import body_em
from ui.theme import Theme

Span = tuple[int, int]
NOTHING = "No answer was written down."
_CARET_EMS = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of what was said: where it begins in what was said and in the document, and its words."""

    said: int
    there: int
    words: str


class PinnedWords(QTextEdit):
    """Read only. `pin_wanted` carries the position in what was said where somebody clicked without selecting."""

    pin_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[_Part] = []
        self._pins: list[Span] = []
        self.setReadOnly(True)
        by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(by_hand)
        self.setTabChangesFocus(True)
        self.setAccessibleName("What was said")
        self.setAccessibleDescription("Select words and press M to comment on them.")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        theme.changed.connect(self._highlight)

    def show_answer(self, answer: PackedAnswer) -> None:
        """Write the words down afresh."""
        asked = QTextCharFormat()
        asked.setFontWeight(QFont.Weight.DemiBold)
        apart = QTextBlockFormat()
        apart.setTopMargin(body_em(0.8))
        self._parts, self._pins = [], []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        said = 0
        for number, words in enumerate((answer.answer, *(probe.answer for probe in answer.probes))):
            if number:
                cursor.insertBlock(apart, asked)
                cursor.insertText(f"Then they were asked: {answer.probes[number - 1].text}", asked)
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._parts.append(_Part(said=said, there=cursor.position(), words=words))
            _write(cursor, words)
            said += len(words) + len(PARTS_JOINED_BY)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setCursorWidth(max(2, body_em(_CARET_EMS)))
        self._highlight()

    def chosen(self) -> Span | None:
        """The selected words as a stretch of what was said, without the blanks around them; None if there are none."""
        cursor = self.textCursor()
        start, end = self._said_at(cursor.selectionStart(), up=True), self._said_at(cursor.selectionEnd(), up=False)
        spoken = PARTS_JOINED_BY.join(part.words for part in self._parts)
        words = spoken[start:end]
        if not words.strip():
            return None
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def choose(self, span: Span) -> None:
        """Select these words and bring them into sight."""
        cursor = self.textCursor()
        cursor.setPosition(self._place_of(span[0]))
        cursor.setPosition(self._place_of(span[1], ends=True), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def unchoose(self) -> None:
        """Select nothing, and leave the caret where it is."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def show_pins(self, pins: Sequence[Span]) -> None:
        """Underline the words to which a comment is pinned, on a ground of their own."""
        self._pins = list(pins)
        self._highlight()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on words with a comment asks for that comment."""
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() is Qt.MouseButton.LeftButton and not cursor.hasSelection():
            self.pin_wanted.emit(self._said_at(cursor.position(), up=True))

    def _highlight(self) -> None:
        tokens = self._theme.tokens
        marks = []
        for start, end in self._pins:
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(QColor(tokens.wrap_up_ground))
            look.setForeground(QColor(tokens.ink))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(QColor(tokens.wrap_up))
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._place_of(start))
            cursor.setPosition(self._place_of(end, ends=True), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.setExtraSelections(marks)

    def _place_of(self, said: int, *, ends: bool = False) -> int:
        """Where in the document a character of what was said stands; `ends` for the end of a stretch."""
        before = [part for part in self._parts if part.said < said or (part.said == said and not ends)]
        part = before[-1] if before else self._parts[0]
        return part.there + _utf16(part.words[: max(said - part.said, 0)])

    def _said_at(self, there: int, *, up: bool) -> int:
        """The character of what was said that stands here; from a follow-up question, `up` to what comes after it."""
        before = [part for part in self._parts if part.there <= there]
        part = before[-1] if before else self._parts[0]
        units = there - part.there
        if units > _utf16(part.words):
            following = self._parts[self._parts.index(part) + 1 :]
            return following[0].said if up and following else part.said + len(part.words)
        return part.said + _characters(part.words, units)


def _write(cursor: QTextCursor, words: str) -> None:
    """As many characters as were said; a line break of two characters stays two."""
    if words.strip():
        cursor.insertText(words.replace("\r\n", " \n"), QTextCharFormat())
        return
    nothing = QTextCharFormat()
    nothing.setFontItalic(True)
    cursor.insertText(NOTHING, nothing)


def _utf16(words: str) -> int:
    """How many positions of a document words take: a character outside the first plane, such as an emoji, takes two."""
    return len(words) + sum(letter > "\uffff" for letter in words)


def _characters(words: str, units: int) -> int:
    """How many characters so many positions of a document are."""
    used = 0
    for number, letter in enumerate(words):
        if used >= units:
            return number
        used += 2 if letter > "\uffff" else 1
    return len(words)
