"""Fields of a form: a name above, what is entered, and beside it what is still wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from ui.sizes import body_em, sized, spaced
from ui.widgets.answer_edit import LongTextEdit
from ui.widgets.buttons import literal
from ui.widgets.labels import TextLabel, problem_label, small_label
from ui.widgets.refitting import Refitting

LONGEST_LINE = 2_000
LONGEST_LINES = 50_000
_BULLET = re.compile(r"^\s*[•·▪●◦‣]\s*")
_AROUND_THE_PLACE_EMS = 1.5


class Field(QWidget):
    """`changed` when somebody enters something, never when the form shows something.

    `touched` says whether anybody entered anything yet: what is missing elsewhere is not held against them so soon.
    """

    changed = Signal()

    def __init__(self, title: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self.touched = False
        self._showing = False
        self.title: TextLabel = TextLabel(literal(title), kind="h3")
        self.title.setBuddy(control)
        self.hint: TextLabel = small_label(hint)
        self.problem: TextLabel = problem_label()
        control.setAccessibleName(title)
        self.column = spaced(QVBoxLayout(self), gap=0.25)
        for part in (self.title, self.hint, control, self.problem):
            self.column.addWidget(part)
        self.hint.setVisible(bool(hint))
        self.problem.hide()
        self._describe()

    def set_hint(self, hint: str) -> None:
        """Say something about the field."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._describe()

    def set_problem(self, problem: str) -> None:
        """Say what is wrong, or that nothing is any more."""
        if problem != self.problem.text():
            self.problem.setText(problem)
            self.problem.setVisible(bool(problem))
            self._describe()

    def focus(self) -> None:
        """Take the keyboard to where something is entered."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> None:
        """Something was entered, perhaps by the form itself."""
        if not self._showing:
            self.touched = True
            self.changed.emit()

    def _describe(self) -> None:
        said = " ".join(text for text in (self.problem.text(), self.hint.text()) if text)
        self.control.setAccessibleDescription(said)


class LineField(Field):
    """One line of text."""

    def __init__(self, title: str, hint: str = "", *, longest: int = LONGEST_LINE) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        super().__init__(title, self.line, hint)
        self.line.textEdited.connect(lambda _: self.entered())

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Show this; nobody is told."""
        if text != self.text:
            self.line.setText(text)
            self.line.setCursorPosition(0)


class TextField(Field):
    """A box that grows with its words, from `lowest` to `highest` lines."""

    def __init__(
        self, title: str, hint: str = "", *, lowest: int = 2, highest: int = 10, longest: int = LONGEST_LINES
    ) -> None:
        self.edit = GrowingEdit(lowest, highest, longest)
        super().__init__(title, self.edit, hint)
        self.edit.textChanged.connect(self._typed)
        self.edit.refused.connect(self._say_refused)
        self._refused = False

    @property
    def text(self) -> str:
        """The words as one text."""
        return self.edit.toPlainText().strip()

    @property
    def lines(self) -> tuple[str, ...]:
        """The words line by line, without empty lines and without the bullets that come with a paste."""
        stripped = (_BULLET.sub("", line).strip() for line in self.edit.toPlainText().splitlines())
        return tuple(line for line in stripped if line)

    def show_text(self, text: str) -> None:
        """Show this; nobody is told."""
        if text != self.edit.toPlainText():
            self._showing = True
            self.edit.setPlainText(text)
            self._showing = False

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these, one a line."""
        if tuple(lines) != self.lines:
            self.show_text("\n".join(lines))

    def _typed(self) -> None:
        if self._refused:
            self._refused = False
            self.set_problem("")
        self.entered()

    def _say_refused(self, over: int) -> None:
        self._refused = True
        self.set_problem(f"That was {over:,} characters too long for this box, so nothing of it was taken.")


class GrowingEdit(Refitting, LongTextEdit):
    """As high as its words, between two numbers of lines. The page follows the caret while somebody writes."""

    def __init__(self, lowest: int, highest: int, longest: int) -> None:
        super().__init__(longest)
        self._lowest, self._highest = lowest, highest
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self.refit)
        self.cursorPositionChanged.connect(self._caret)
        self.refit()

    def refit(self) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin() + body_em(0.2)
        lines = min(max(self.document().size().height(), self._lowest), self._highest)
        height = round(lines * line + around)
        if (height, height) != (self.minimumHeight(), self.maximumHeight()):
            self.setFixedHeight(height)

    def _caret(self) -> None:
        if self.hasFocus():
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        if self.hasFocus():
            show_on_page(self, self.cursorRect())


class ChoiceField(Field):
    """One of a few values, each with its words."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]] = (), hint: str = "") -> None:
        self.box = _Choices()
        super().__init__(title, sized(self.box, max_width=30.0), hint)
        self.set_choices(choices)
        self.box.activated.connect(lambda _: self.entered())

    @property
    def value(self) -> str:
        """What is chosen, or nothing."""
        return str(self.box.currentData() or "")

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """These can be chosen."""
        before = self.value
        self.box.clear()
        for value, words in choices:
            self.box.addItem(words, value)
        self.show_value(before)

    def show_value(self, value: str) -> None:
        """Show this as chosen, or the first where it is not among them."""
        self.box.setCurrentIndex(max(self.box.findData(value), 0 if self.box.count() else -1))


class SecondsField(Field):
    """A length of time in seconds."""

    def __init__(self, title: str, *, longest: int, step: int) -> None:
        self.number = _Seconds()
        self.number.setRange(0, longest)
        self.number.setSingleStep(step)
        self.number.setSuffix(" seconds")
        super().__init__(title, sized(self.number, min_width=9.0, max_width=9.0))
        self.number.valueChanged.connect(lambda _: self.entered())

    @property
    def seconds(self) -> int:
        """The time that stands in it."""
        return self.number.value()

    def show_seconds(self, seconds: int) -> None:
        """Show this; nobody is told."""
        self._showing = True
        self.number.setValue(seconds)
        self._showing = False


class _Choices(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """The wheel scrolls the page; nothing is chosen in passing."""
        event.ignore()


class _Seconds(QSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """The wheel scrolls the page."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            QTimer.singleShot(0, self, self.selectAll)  # so that typing replaces the figure

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """The stylesheet's padding does not reach the line inside."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish):
            self.lineEdit().setTextMargins(body_em(0.4), 0, 0, 0)


def show_on_page(widget: QWidget, place: QRect) -> None:
    """Scroll the page around a widget to a place in it, such as the line where somebody writes."""
    page = widget.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    inside = page.widget() if isinstance(page, QScrollArea) else None
    if isinstance(page, QScrollArea) and inside is not None:
        for corner in (place.topLeft(), place.bottomLeft()):
            at = widget.mapTo(inside, corner)
            page.ensureVisible(at.x(), at.y(), 0, body_em(_AROUND_THE_PLACE_EMS))
