"""The lenses of one answer: one is open with the words of its four levels, the others say what they were given.

Nothing here depends on a mouse or on a key alone: levels are radio buttons, lenses are buttons that open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.rubric import LEVELS, Lens
from ui.rehearse.marking import SHAPES, Marked
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import TextLabel, heading, small_label


class LevelChoices(QWidget):
    """Four levels, each with its words beside it. `picked` says that one was chosen with the mouse."""

    chosen = Signal(int)
    picked = Signal()

    def __init__(self, title: str, anchors: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.anchors = tuple(anchors)
        grid = spaced(QGridLayout(self), gap=0.2, margins=(1.0, 0.1, 0.0, 0.3))
        grid.setColumnStretch(1, 1)
        for level, anchor in zip(LEVELS, anchors, strict=True):
            button = _LevelButton(f"{level}\u2002")
            button.setAccessibleName(f"{title}: {level}, {anchor}")
            button.picked.connect(self.picked)
            words = _AnchorLabel(anchor, button.pick)
            self._group.addButton(button, level)
            grid.addWidget(button, level, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, level, 1, Qt.AlignmentFlag.AlignVCenter)
        self._group.idToggled.connect(self._toggled)

    @property
    def value(self) -> int | None:
        """The level that is chosen, if one is."""
        level = self._group.checkedId()
        return level if level >= 0 else None

    def set_value(self, level: int | None) -> None:
        """Show a level that was given before; nobody is told."""
        self._group.blockSignals(True)
        if level is not None:
            self.button(level).setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
        self._group.blockSignals(False)

    def button(self, level: int) -> QRadioButton:
        """The radio button of a level."""
        button = self._group.button(level)
        assert isinstance(button, QRadioButton)
        return button

    def focus(self) -> None:
        """Put the keyboard on the level that is chosen, or on the first."""
        self.button(self.value if self.value is not None else 0).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, only: bool) -> None:
        """Show the level, and let nobody change it."""
        for button in self._group.buttons():
            button.setEnabled(not only)

    def _toggled(self, level: int, on: bool) -> None:
        if on:
            self.chosen.emit(level)


class LensRow(QWidget):
    """One lens. Closed it says its level and the words of that level; open it lets one be given."""

    opened = Signal()

    def __init__(self, lens: Lens) -> None:
        super().__init__()
        self.lens = lens
        column = spaced(QVBoxLayout(self), gap=0.0)
        head = spaced(QHBoxLayout(), gap=0.4)
        self.shape = TextLabel(wrap=False)
        self.shape.setAccessibleName(" ")
        self.title = link_button(lens.name, self.opened.emit)
        self.heading = heading(lens.name, 3)
        self.given = TextLabel(kind="quiet", wrap=False)
        head.addWidget(self.shape)
        head.addWidget(self.title)
        head.addWidget(self.heading, 1)
        head.addStretch(0)
        head.addWidget(self.given)
        column.addLayout(head)
        self.anchor = small_label()
        below = spaced(QHBoxLayout(), gap=0, margins=(1.4, 0.0, 0.0, 0.0))
        below.addWidget(self.anchor)
        column.addLayout(below)
        self.choices = LevelChoices(lens.name, lens.anchors)
        column.addWidget(self.choices)
        self.show_level(None)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether a level can be given here now."""
        return not self.choices.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Open or close this lens."""
        self.choices.setVisible(is_open)
        self.title.setVisible(not is_open)
        self.heading.setVisible(is_open)
        self._describe()

    def show_level(self, level: int | None) -> None:
        """Show a level that was given, or that none is."""
        self.choices.set_value(level)
        self._describe()

    def _describe(self) -> None:
        level = self.choices.value
        self.shape.setText(SHAPES[Marked.NOT if level is None else Marked.WHOLLY])
        words = "not marked" if level is None else f"{level} of {LEVELS[-1]}"
        self.given.setText(words)
        self.anchor.setText("" if level is None else self.choices.anchors[level])
        self.anchor.setVisible(level is not None and not self.is_open)
        self.title.setAccessibleName(f"{self.lens.name}, {words}")
        self.title.setAccessibleDescription(self.anchor.text())


class LensList(QWidget):
    """All lenses of an answer. `given` carries a lens and its level, or None where it was taken back.

    `went_past` says that the last lens has been given its level.
    """

    given = Signal(str, object)
    went_past = Signal()
    moved = Signal(QWidget)

    def __init__(self, lenses: Sequence[Lens]) -> None:
        super().__init__()
        self.rows = tuple(LensRow(lens) for lens in lenses)
        self._read_only = False
        column = spaced(QVBoxLayout(self), gap=0.35)
        for number, row in enumerate(self.rows):
            column.addWidget(row)
            row.opened.connect(lambda number=number: self.open(number))
            row.choices.chosen.connect(lambda level, row=row: self._chosen(row, level))
            row.choices.picked.connect(lambda number=number: self._on(number))

    @property
    def current(self) -> int:
        """The number of the lens that is open."""
        return next((number for number, row in enumerate(self.rows) if row.is_open), 0)

    def show_levels(self, levels: Mapping[str, int]) -> None:
        """Show what an answer was given, with the first lens open that has no level yet."""
        for row in self.rows:
            row.show_level(levels.get(row.lens.id))
        first = next((number for number, row in enumerate(self.rows) if row.lens.id not in levels), 0)
        self._open_only(first)

    def open(self, number: int) -> None:
        """Open this lens, close the others, and put the keyboard there."""
        self._open_only(number)
        if not self._read_only:
            self.rows[number].choices.focus()
        self.moved.emit(self.rows[number])

    def focus(self) -> None:
        """Put the keyboard on the lens that is open."""
        self.open(self.current)

    def press(self, level: int) -> None:
        """Give the open lens this level and go on to the next."""
        self.rows[self.current].choices.set_value(level)
        self._chosen(self.rows[self.current], level)
        self._on(self.current)

    def take_back(self) -> None:
        """Take back the level of the open lens; where it has none, that of the one before."""
        number = self.current
        if self.rows[number].choices.value is None and number > 0:
            number -= 1
        row = self.rows[number]
        if row.choices.value is not None:
            row.show_level(None)
            self.given.emit(row.lens.id, None)
        self.open(number)

    def set_read_only(self, only: bool) -> None:
        """Show the marks, and let nobody change them."""
        self._read_only = only
        for row in self.rows:
            row.choices.set_read_only(only)

    def _chosen(self, row: LensRow, level: int) -> None:
        row.show_level(level)
        self.given.emit(row.lens.id, level)

    def _on(self, number: int) -> None:
        if number + 1 < len(self.rows):
            self.open(number + 1)
        else:
            self.went_past.emit()

    def _open_only(self, number: int) -> None:
        for other, row in enumerate(self.rows):
            row.set_open(other == number)


class _LevelButton(QRadioButton):
    picked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        was_down = self.isDown()
        super().mouseReleaseEvent(event)
        if was_down and self.hitButton(event.position().toPoint()):
            self.picked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """The next lens opens at the first click, and the second must not mark it."""
        event.accept()

    def pick(self) -> None:
        """As if clicked with the mouse."""
        if self.isEnabled():
            self.click()
            self.picked.emit()


class _AnchorLabel(TextLabel):
    def __init__(self, words: str, pick: Callable[[], None]) -> None:
        super().__init__(words)
        self._pick = pick
        self._down = False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        self._down = event.button() is Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        down, self._down = self._down, False
        if down and self.rect().contains(event.position().toPoint()):
            self._pick()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """As with the button: the second click does nothing."""
        event.accept()
