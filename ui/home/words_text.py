"""The words of a sitting as one text: headings by level, and everything that people typed as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from cqcmock.domain.english import duration, take_name
from ui.sizes import body_em, sized

if TYPE_CHECKING:
    from cqcmock.domain.interview import Take
    from cqcmock.domain.sitting import Sitting

NOTHING = "Nothing was typed."


class WordsText(QTextEdit):
    """Read-only, to be scrolled and copied with keyboard and mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What was asked and said")
        sized(self, min_height=14.0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """It scrolls: hardly any width of its own is needed."""
        return QSize(body_em(10.0), super().minimumSizeHint().height())

    def show_sitting(self, sitting: Sitting) -> None:
        """Write it all down, from the top."""
        place = self.verticalScrollBar().value()
        document = self.document()
        document.clear()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(body_em(0.5))
        writer = _Writer(document, QApplication.palette())
        cursor = writer.cursor
        cursor.beginEditBlock()
        for position in sitting.answered:
            _write_question(writer, sitting, position)
        if not sitting.answered:
            writer.quiet("No question has been asked yet.")
        if sitting.state.last_words.strip():
            writer.heading("Last words", 2)
            writer.words(sitting.state.last_words)
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)


def _write_question(writer: _Writer, sitting: Sitting, position: int) -> None:
    takes = sitting.state.takes[position]
    writer.quiet(f"Question {position + 1} of {len(sitting.plan.questions)}", above=1.4 if position else 0.0)
    writer.heading(sitting.plan.questions[position].question.text, 2)
    for number, take in enumerate(takes):
        if len(takes) > 1:
            writer.heading(take_name(number), 3)
        _write_take(writer, take)
    note = sitting.state.note(position).strip()
    if note:
        writer.heading("Your note", 3)
        writer.words(note)
    taps = [text for question, text in sitting.state.taps if question == position]
    if taps:
        writer.quiet(f"Noted by the interviewer: {', '.join(taps)}")


def _write_take(writer: _Writer, take: Take) -> None:
    writer.words(take.text)
    if take.answer_seconds >= 1:
        writer.quiet(f"Answered in {duration(take.answer_seconds)}")
    for probe in take.probes:
        writer.heading(probe.text, 3, quiet_before="Then you were asked: ")
        writer.words(probe.answer)


class _Writer:
    """Puts paragraphs at the end of a document; no text is ever read as markup."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        self.cursor = QTextCursor(document)
        self._font = document.defaultFont()
        self._ink = palette.color(QPalette.ColorRole.Text)
        self._quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        self._started = False

    def heading(self, text: str, level: int, *, quiet_before: str = "") -> None:
        """A heading of this level, which a screen reader can tell from the rest."""
        self._block(above=0.2 if level == 2 else 0.8, below=0.3, level=level)
        size = 1.2 if level == 2 else 1.0
        if quiet_before:
            self.cursor.insertText(quiet_before, self._characters(self._quiet_format(), size))
        look = QTextCharFormat()
        look.setForeground(self._ink)
        look.setFontWeight(QFont.Weight.DemiBold)
        self.cursor.insertText(text, self._characters(look, size))

    def words(self, text: str) -> None:
        """What somebody typed, with its own line ends."""
        if not text.strip():
            self.quiet(NOTHING)
            return
        look = QTextCharFormat()
        look.setForeground(self._ink)
        for line in text.strip("\n").split("\n"):
            self._block(above=0.0, below=0.35)
            self.cursor.insertText(line, self._characters(look, 1.0))

    def quiet(self, text: str, *, above: float = 0.0) -> None:
        """What stands behind the rest."""
        self._block(above=above, below=0.1)
        self.cursor.insertText(text, self._characters(self._quiet_format(), 1.0))

    def _quiet_format(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._quiet)
        return look

    def _characters(self, look: QTextCharFormat, ems: float) -> QTextCharFormat:
        font = QFont(self._font)
        font.setPixelSize(round(QFontInfo(self._font).pixelSize() * ems))
        if look.fontWeight() == QFont.Weight.DemiBold:
            font.setWeight(QFont.Weight.DemiBold)
        look.setFont(font)
        return look

    def _block(self, *, above: float, below: float, level: int = 0) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(body_em(above))
        block.setBottomMargin(body_em(below))
        block.setLineHeight(120, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        block.setHeadingLevel(level)
        if self._started:
            self.cursor.insertBlock(block)
        else:
            self.cursor.setBlockFormat(block)
            self._started = True
