"""What was said to one question, with its follow-up questions between the parts, and where each character of it stands.

Stretches of what was said are counted in characters of everything said as one text. The document on screen has the
follow-up questions between the parts, and Qt counts an emoji as two: `place_of` and `said_at` go from one to the other,
and nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit

from cqcmock.domain.hearing import Span
from cqcmock.domain.interview import PARTS_JOINED_BY
from ui.sizes import body_em

NOTHING = "No answer was written down."

Write = Callable[[QTextCursor, str, int], None]
"""Writes the words of one part, which begins at this character of everything said; it adds and loses none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of what was said: where it begins in what was said and in the document, and its words."""

    said: int
    there: int
    words: str


class SpokenText(QTextEdit):
    """Read only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    @property
    def spoken(self) -> str:
        """Everything said as one text: what stretches of it count in."""
        return PARTS_JOINED_BY.join(part.words for part in self._parts)

    def write_down(self, said: Sequence[str], asked: Sequence[str], write: Write | None = None) -> None:
        """Write everything down afresh; `asked` stands between the parts. `write` gives words a look of their own."""
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        apart = QTextBlockFormat()
        apart.setTopMargin(body_em(0.8))
        self._parts = []
        self.clear()
        self.setCurrentCharFormat(QTextCharFormat())
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        begins = 0
        for number, words in enumerate(said):
            if number:
                cursor.insertBlock(apart, strong)
                cursor.insertText(asked[number - 1], strong)
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._parts.append(_Part(said=begins, there=cursor.position(), words=words))
            if words.strip():
                (write or _write_plainly)(cursor, words.replace("\r\n", " \n"), begins)  # Qt would make one of the two
            else:
                _write_nothing(cursor)
            begins += len(words) + len(PARTS_JOINED_BY)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def cursor_over(self, span: Span) -> QTextCursor:
        """A cursor that has this stretch of what was said selected."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.place_of(span[0]))
        cursor.setPosition(self.place_of(span[1], ends=True), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def choose(self, span: Span) -> None:
        """Select these words and bring them into sight."""
        self.setTextCursor(self.cursor_over(span))
        self.ensureCursorVisible()

    def unchoose(self) -> None:
        """Select nothing, and leave the caret where it is."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def chosen(self) -> Span | None:
        """The selected words as a stretch of what was said, without the blanks around them; None if there are none."""
        cursor = self.textCursor()
        start, end = self.said_at(cursor.selectionStart(), up=True), self.said_at(cursor.selectionEnd(), up=False)
        words = self.spoken[start:end]
        if not words.strip():
            return None
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def place_of(self, said: int, *, ends: bool = False) -> int:
        """Where in the document a character of what was said stands; `ends` for the end of a stretch."""
        before = [part for part in self._parts if part.said < said or (part.said == said and not ends)]
        part = before[-1] if before else self._parts[0]
        return part.there + _utf16(part.words[: max(said - part.said, 0)])

    def said_at(self, there: int, *, up: bool) -> int:
        """The character of what was said that stands here; from a follow-up question, `up` to what comes after it."""
        before = [part for part in self._parts if part.there <= there]
        part = before[-1] if before else self._parts[0]
        units = there - part.there
        if units > _utf16(part.words):
            following = self._parts[self._parts.index(part) + 1 :]
            return following[0].said if up and following else part.said + len(part.words)
        return part.said + _characters(part.words, units)


def _write_plainly(cursor: QTextCursor, words: str, _begins: int) -> None:
    cursor.insertText(words, QTextCharFormat())


def _write_nothing(cursor: QTextCursor) -> None:
    look = QTextCharFormat()
    look.setFontItalic(True)
    cursor.insertText(NOTHING, look)


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
