"""Entries of a form: a label that belongs to its field, a hint, and beside it what is wrong with what was entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import literal
from ui.widgets.labels import TextLabel, problem_label, small_label

FIELD_EMS = 26.0
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

_TURNING = (("qt_calendar_prevmonth", "‹", "Previous month"), ("qt_calendar_nextmonth", "›", "Next month"))

Check = Callable[[str], str]
"""Says in a sentence what is wrong with a text, or nothing."""


class Entry(QWidget):
    """A field under its label. The label is its buddy, the hint and the problem are its description."""

    def __init__(self, title: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.label: TextLabel = TextLabel(literal(title))
        self.label.setBuddy(field)
        self.hint: TextLabel = small_label(hint)
        self.problem: TextLabel = problem_label()
        field.setAccessibleName(title)
        self.column = spaced(QVBoxLayout(self), gap=0.2)
        self.column.addWidget(self.label)
        self.column.addWidget(sized(field, max_width=FIELD_EMS))
        self.column.addWidget(self.problem)
        self.column.addWidget(self.hint)
        self.problem.hide()
        self.set_hint(hint)

    def set_hint(self, hint: str) -> None:
        """Say something about the field under it."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._describe()

    def set_problem(self, problem: str) -> None:
        """Say what is wrong, or that nothing is any more."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self._describe()

    def _describe(self) -> None:
        self.field.setAccessibleDescription(" ".join(text for text in (self.problem.text(), self.hint.text()) if text))


class TextEntry(Entry):
    """One line of text. What is wrong is said, and not taken."""

    entered = Signal(str)

    def __init__(
        self, title: str, hint: str = "", *, check: Check = lambda _: "", parent: QWidget | None = None
    ) -> None:
        self.line = QLineEdit()
        super().__init__(title, self.line, hint, parent)
        self._check = check
        self.line.editingFinished.connect(self.commit)
        self.line.textEdited.connect(self._edited)

    def show_value(self, text: str) -> None:
        """Show what is set, unless something else is being typed."""
        if not self.line.isModified() and self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def commit(self) -> None:
        """Take what was typed, if something was and nothing is wrong with it."""
        text = self.line.text().strip()
        self.set_problem(self._check(text))
        if self.line.isModified() and not self.problem.text():
            self.line.setModified(False)
            self.entered.emit(text)

    def _edited(self, text: str) -> None:
        if self.problem.text():
            self.set_problem(self._check(text.strip()))


class _Choices(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """The wheel scrolls the page; a setting is not changed in passing."""
        event.ignore()


class ChoiceEntry(Entry):
    """One of a few values."""

    chosen = Signal(object)

    def __init__(
        self, title: str, choices: Sequence[tuple[object, str]] = (), hint: str = "", parent: QWidget | None = None
    ) -> None:
        self.box = _Choices()
        super().__init__(title, self.box, hint, parent)
        self._values: list[object] = []
        self.set_choices(choices)
        self.box.activated.connect(lambda at: self.chosen.emit(self._values[at]))

    @property
    def value(self) -> object:
        """What is shown as chosen."""
        at = self.box.currentIndex()
        return self._values[at] if at >= 0 else None

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """These are the values, each with its words."""
        value = self.value if self._values else None
        self._values = [value for value, _ in choices]
        self.box.clear()
        self.box.addItems([words for _, words in choices])
        self.show_value(value)

    def show_value(self, value: object) -> None:
        """Show what is set."""
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class _Number(QDoubleSpinBox):
    """Takes any number that is typed, so that a wrong one can be talked about; arrows stay within what is right."""

    def __init__(self, lowest: float, highest: float) -> None:
        super().__init__()
        self._lowest, self._highest = lowest, highest

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's own name
        self.setValue(min(self._highest, max(self._lowest, self.value() + steps * self.singleStep())))

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's own name
        return f"{value:g}"

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        _inset(self, event)


class NumberEntry(Entry):
    """A number from `lowest` to `highest`."""

    entered = Signal(float)

    def __init__(
        self,
        title: str,
        *,
        lowest: float,
        highest: float,
        step: float,
        decimals: int = 0,
        prefix: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.number = _Number(lowest, highest)
        self.number.setLocale(BRITISH)
        self.number.setDecimals(decimals)
        self.number.setRange(0, 9999)
        self.number.setSingleStep(step)
        self.number.setPrefix(prefix)
        self.number.setKeyboardTracking(False)
        super().__init__(title, self.number, hint, parent)
        sized(self.number, max_width=9.0)
        self._lowest, self._highest = lowest, highest
        self.number.valueChanged.connect(self._changed)

    def show_value(self, value: float) -> None:
        """Show what is set."""
        if not self.problem.text() and self.number.value() != value:
            self.number.blockSignals(True)
            self.number.setValue(value)
            self.number.blockSignals(False)

    def commit(self) -> None:
        """Take what was typed."""
        self.number.interpretText()

    def _changed(self, value: float) -> None:
        right = self._lowest <= value <= self._highest
        self.set_problem("" if right else f"Choose a number from {self._lowest:g} to {self._highest:g}.")
        if right:
            self.entered.emit(value)


class _Day(QDateEdit):
    def __init__(self) -> None:
        self._turning: list[QToolButton] = []
        super().__init__()
        self.setLocale(BRITISH)
        self.setDisplayFormat("d MMMM yyyy")
        self.setKeyboardTracking(False)
        self.setDateRange(QDate(2000, 1, 1), QDate(2100, 12, 31))
        self.setCalendarPopup(True)
        calendar = self.calendarWidget()
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, QTextCharFormat())  # Qt's red is hard to read on a dark ground
        for name, sign, says in _TURNING:
            button = calendar.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(QIcon())  # black whatever the theme; a sign has the colour of the month's name
                button.setText(sign)
                button.setAccessibleName(says)
                self._turning.append(button)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        _inset(self, event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            palette = QApplication.palette()
            palette.setColor(QPalette.ColorRole.ButtonText, palette.color(QPalette.ColorRole.HighlightedText))
            for button in self._turning:
                button.setPalette(palette)


def _inset(box: QAbstractSpinBox, event: QEvent) -> None:
    """The stylesheet's padding does not reach the line inside a spin box: keep its words off the edge."""
    if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish):
        line = box.findChild(QLineEdit)
        if line is not None:
            line.setTextMargins(body_em(0.4), 0, 0, 0)


class DateEntry(Entry):
    """A date that may not be known yet."""

    entered = Signal(object)

    def __init__(self, title: str, known: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.day = _Day()
        super().__init__(title, self.day, hint, parent)
        self.known = QCheckBox(known)
        self.column.insertWidget(1, self.known)
        self.label.setBuddy(self.known)
        self.known.setAccessibleName(f"{title}: {known}")
        sized(self.day, max_width=16.0)
        self.suggested = date(2000, 1, 1)
        self.known.toggled.connect(self._toggled)
        self.day.dateChanged.connect(self._changed)
        self._show(None)

    def show_value(self, on: date | None) -> None:
        """Show what is set; None where the date is not known."""
        for widget in (self.known, self.day):
            widget.blockSignals(True)
        self._show(on)
        for widget in (self.known, self.day):
            widget.blockSignals(False)

    def commit(self) -> None:
        """Take what was typed."""
        self.day.interpretText()

    def _show(self, on: date | None) -> None:
        self.known.setChecked(on is not None)
        self.day.setEnabled(on is not None)
        self.day.setHidden(on is None)
        if on is not None:
            self.day.setDate(QDate(on.year, on.month, on.day))

    def _toggled(self, on: bool) -> None:
        self.show_value(self.suggested if on else None)
        if on:
            self.day.setFocus(Qt.FocusReason.TabFocusReason)
        self.entered.emit(self.suggested if on else None)

    def _changed(self, day: QDate) -> None:
        if self.known.isChecked():
            self.entered.emit(date(day.year(), day.month(), day.day()))
