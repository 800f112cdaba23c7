"""A part of a form that folds away: its title is a button, and while it is closed a line says what is in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.sizes import body_em, spaced
from ui.widgets.buttons import literal
from ui.widgets.labels import small_label
from ui.widgets.refitting import Refitting

_OPEN, _CLOSED = "▾", "▸"
_AROUND_EMS, _LEAST_EMS = 1.8, 8.0


class Fold(QWidget):
    """`toggled` says whether it is open now."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, *, is_open: bool = False, indent: float = 1.45) -> None:
        super().__init__()
        self.content = content
        self.button = _Title()
        self.summary = small_label()
        column = spaced(QVBoxLayout(self), gap=0)
        column.addWidget(self.button)
        below = spaced(QVBoxLayout(), gap=0, margins=(indent, 0.0, 0.0, 0.2))
        below.addWidget(self.summary)
        column.addLayout(below)
        self._inside = QWidget()
        spaced(QVBoxLayout(self._inside), gap=0, margins=(indent, 0.35, 0.0, 0.6)).addWidget(content)
        column.addWidget(self._inside)
        self.button.toggled.connect(self._toggled)
        self.button.say(title, is_open=is_open)
        self.button.setChecked(is_open)
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether what it holds can be seen."""
        return self.button.isChecked()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.button.words

    def set_title(self, title: str) -> None:
        """Call it this."""
        self.button.say(title, is_open=self.is_open)

    def set_summary(self, summary: str) -> None:
        """What to say of it while it is closed."""
        self.summary.setText(summary)
        self.button.setAccessibleDescription(summary)
        self._show()

    def set_open(self, is_open: bool) -> None:
        """Open it, or fold it away."""
        self.button.setChecked(is_open)

    def _toggled(self, is_open: bool) -> None:
        self.button.say(self.title, is_open=is_open)
        self._show()
        self.toggled.emit(is_open)

    def _show(self) -> None:
        self._inside.setVisible(self.is_open)
        self.summary.setVisible(not self.is_open and bool(self.summary.text()))


class _Title(Refitting, QPushButton):
    """Cut short where there is no room: a point may be called anything."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._sign = _CLOSED
        self.setProperty("kind", "link")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str, *, is_open: bool) -> None:
        """Show these words after the sign."""
        self.words = words
        self._sign = _OPEN if is_open else _CLOSED
        self.setAccessibleName(f"{words}: {'open' if is_open else 'folded away'}")
        self.refit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(body_em(_LEAST_EMS), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return self.sizeHint()

    def refit(self) -> None:
        line = " ".join(self.words.split())
        room = self.width() - body_em(_AROUND_EMS)
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(line if shown != line else "")
        self.setText(literal(f"{self._sign}\u2002{shown}"))
