"""Fields of the forms in this room: a label, the field, and beside it in a sentence what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import literal
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, problem_label, small_label
from ui.widgets.refitting import Refitting

_TICK_EMS, _BOX_EMS = 8.0, 3.0


class Field(QWidget):
    """`changed` with every letter. A problem is shown once the field was written in or left, and never stops typing."""

    changed = Signal()

    def __init__(self, title: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.title = title
        self.control = control
        self.touched = False
        self.label = TextLabel(literal(title))
        self.label.setBuddy(control)
        self.hint = small_label(hint)
        self.problem = problem_label()
        control.setAccessibleName(title)
        self.column = spaced(QVBoxLayout(self), gap=0.2)
        for part in (self.label, control, self.problem, self.hint):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.problem.hide()
        self.hint.setVisible(bool(hint))
        self._describe()

    @property
    def text(self) -> str:
        """What stands in it."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show what is kept; nobody is told, and nothing is wrong yet."""
        raise NotImplementedError

    def set_problem(self, problem: str) -> None:
        """Say what is wrong, or that nothing is any more."""
        if problem != self.problem.text() or self.problem.isHidden() == bool(problem):
            self.problem.setText(problem)
            self.problem.setVisible(bool(problem))
            self._describe()

    def _describe(self) -> None:
        words = (self.problem.text(), self.hint.text())
        self.control.setAccessibleDescription(" ".join(text for text in words if text))

    def _edited(self) -> None:
        self.touched = True
        self.changed.emit()


class LineField(Field):
    """One line."""

    def __init__(self, title: str, hint: str = "", *, placeholder: str = "") -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        super().__init__(title, self.line, hint)
        self.line.textEdited.connect(self._edited)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.line.text()

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self.touched = False
        if self.line.text() != text:
            self.line.setText(text)
        self.line.setCursorPosition(0)
        self.set_problem("")


class BoxField(Field):
    """A few lines. Tab goes on to the next field."""

    def __init__(self, title: str, hint: str = "", *, height: float = 5.0) -> None:
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        super().__init__(title, sized(self.box, min_height=height, max_height=height), hint)
        self._showing = False
        self.box.textChanged.connect(self._typed)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.box.toPlainText()

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self.touched = False
        self._showing = True
        if self.box.toPlainText() != text:
            self.box.setPlainText(text)
        self._showing = False
        self.set_problem("")

    def point_at(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these characters."""
        marks = []
        for start, end in spans:
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            shape.setUnderlineColor(self.problem.palette().windowText().color())
            shape.setFontUnderline(True)
            cursor = QTextCursor(self.box.document())
            cursor.setPosition(_utf16(self.text, start))
            cursor.setPosition(_utf16(self.text, end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, shape
            marks.append(mark)
        self.box.setExtraSelections(marks)

    def _typed(self) -> None:
        if not self._showing:
            self._edited()


class TicksField(Refitting, Field):
    """Several of a few; `text` holds the ids that are ticked, on one line."""

    def __init__(self, title: str, hint: str = "") -> None:
        self._ticks: dict[str, _Tick] = {}
        self._holder = QWidget()
        self._flow = spaced(FlowLayout(self._holder), gap=0.3)
        super().__init__(title, self._holder, hint)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """These are the choices, each with its words; what is ticked stays so."""
        if list(self._ticks) == [key for key, _ in choices]:
            return
        for tick in self._ticks.values():
            tick.deleteLater()
        self._ticks = {}
        for key, words in choices:
            tick = _Tick(words)
            tick.setAccessibleName(f"{self.title}: {words}")
            tick.toggled.connect(self._ticked)
            self._flow.addWidget(tick)
            self._ticks[key] = tick
        self.refit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of those that are ticked."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    @property
    def text(self) -> str:
        """What stands in it."""
        return " ".join(self.chosen)

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self.touched = False
        wanted = text.split()
        for key, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(key in wanted)
            tick.blockSignals(False)

    def _ticked(self, _on: bool) -> None:
        self._edited()

    def refit(self) -> None:
        for tick in self._ticks.values():
            tick.fit(self.width())


class _Tick(QCheckBox):
    """Its words go on in another row where there is no room for them: Qt alone would push the page wider."""

    def __init__(self, words: str) -> None:
        super().__init__(literal(words))
        self._words = words

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Narrow: the words give way."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), body_em(_TICK_EMS)), size.height())

    def fit(self, width: int) -> None:
        """Break the words into rows of at most so many pixels."""
        metrics = self.fontMetrics()
        rows: list[str] = []
        for word in self._words.split():
            longer = f"{rows[-1]} {word}" if rows else word
            if rows and metrics.horizontalAdvance(longer) + body_em(_BOX_EMS) <= width:
                rows[-1] = longer
            else:
                rows.append(word)
        words = literal("\n".join(rows))
        if words != self.text():
            self.setText(words)


def _utf16(text: str, at: int) -> int:
    """Qt counts a character outside the first plane, such as an emoji, as two."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
