"""One thing that the observer counts: a big button with its figure and keys, and a small one that takes one back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import TapKind
from ui.cafe.tally_words import LETTERS, NAMES
from ui.sizes import sized, spaced
from ui.theme import with_tabular_figures
from ui.widgets.buttons import link_button
from ui.widgets.labels import TextLabel, heading, question_label, small_label

_WIDTH_EMS, _HEIGHT_EMS = 10.0, 8.0


class BigButton(QPushButton):
    """A button as large as what is written on it in labels: `column` holds them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "secondary")
        self.setAutoDefault(True)
        self.column = spaced(QVBoxLayout(self), gap=0.1, margins=(0.8, 0.9, 0.8, 0.9))

    def write(self, label: TextLabel) -> None:
        """One more line on it."""
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.column.addWidget(label)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Room for every line."""
        return self.column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As little as its lines can do with."""
        return self.column.totalMinimumSize()


class TallyBox(QWidget):
    """`tapped` when it was heard once more, `taken_back` when once too often was counted."""

    tapped = Signal()
    taken_back = Signal()

    def __init__(self, kind: TapKind, number: int) -> None:
        super().__init__()
        self.kind = kind
        self._shown = -1
        self._keys = f"{LETTERS[kind]} or {number}"
        self.button = sized(BigButton(), min_width=_WIDTH_EMS, min_height=_HEIGHT_EMS)
        self.figure = question_label("0")
        self.figure.setFont(with_tabular_figures(self.figure.font()))
        for label in (heading(NAMES[kind], 2), self.figure, small_label(self._keys)):
            label.setWordWrap(False)
            self.button.write(label)
        self.button.clicked.connect(lambda _checked=False: self.tapped.emit())
        self.back = link_button("Take one back", self.taken_back.emit)
        self.back.setAccessibleName(f"Take one back: {NAMES[kind]}")
        column = spaced(QVBoxLayout(self), gap=0.1)
        column.addWidget(self.button)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_count(self, number: int, *, possible: bool) -> None:
        """So many were heard; `possible` while somebody speaks."""
        if number != self._shown:
            self._shown = number
            self.figure.setText(str(number))
            self.button.setAccessibleName(f"{NAMES[self.kind]}: {number}. Key {self._keys}")
        self.button.setEnabled(possible)
        self.back.setEnabled(possible and number > 0)
