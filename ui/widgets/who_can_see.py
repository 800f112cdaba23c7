"""Who can see what stands here: one short line beside an answer, and every fact behind it on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.sizes import body_em, spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import TextLabel, small_label

if TYPE_CHECKING:
    from cqcmock.services.seeing import Seeing, SittingSeen

_OPEN, _CLOSED = "▾", "▸"
_NARROW_EMS = 26.0


class WhoCanSee(QWidget):
    """Nothing until it is told of which sitting; it reads once for all answers of that, and again when they change.

    `what` is what it asks about: "this answer", or "these answers" where it stands beside several.
    """

    def __init__(self, desk: Desk, what: str = "this answer") -> None:
        super().__init__()
        self._desk = desk
        self._words = f"Who can see {what}?"
        self._sitting = ""
        self._question: int | None = None
        self._is_latest = True
        self._seen: SittingSeen | None = None
        self._labels: list[TextLabel] = []
        column = spaced(QVBoxLayout(self), gap=0.15)
        self._line = spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight), gap=0.3)
        self.ask = link_button(self._words, self._turn)
        self.short = small_label()
        self._line.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.addWidget(self.short, 1)
        column.addLayout(self._line)
        self._facts = QWidget()
        self._list = spaced(QVBoxLayout(self._facts), gap=0.1, margins=(1.6, 0.0, 0.0, 0.3))
        column.addWidget(self._facts)
        self._facts.hide()
        self.hide()
        desk.signals.changed.connect(self._changed)

    @property
    def is_open(self) -> bool:
        """Whether the facts can be seen."""
        return not self._facts.isHidden()

    @property
    def lines(self) -> tuple[str, ...]:
        """The facts that are shown."""
        return tuple(label.accessibleName() or label.text() for label in self._labels)

    def show_for(self, sitting_id: str, question: int | None = None, *, is_latest: bool = True) -> None:
        """Tell it of one answer, by its position, or of the whole sitting; only the latest take is ever sent."""
        self._question, self._is_latest = question, is_latest
        if sitting_id != self._sitting:
            self._sitting, self._seen = sitting_id, None
            self.read_again()
        else:
            self._show()

    def read_again(self) -> None:
        """Read it anew, in the database lane; until that is done what was known stays."""
        desk, sitting = self._desk, self._sitting
        if sitting:
            desk.tasks.database(
                lambda: _read(desk, sitting), then=self._fill, failed=lambda _error: self.hide(), owner=self
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where there is little width for the type, the answer goes below the question."""
        super().resizeEvent(event)
        below = self.width() < body_em(_NARROW_EMS)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)

    def _fill(self, found: tuple[str, SittingSeen]) -> None:
        sitting, seen = found
        if sitting == self._sitting:
            self._seen = seen
            self._show()

    def _show(self) -> None:
        if self._seen is None:
            self.hide()
            return
        seeing = self._seen.of(self._question, is_latest=self._is_latest)
        self.short.setText(seeing.short)
        self.ask.setAccessibleDescription(self.short.text())
        self._say()
        if self.lines != seeing.lines:
            self._show_lines(seeing)
        self.show()

    def _show_lines(self, seeing: Seeing) -> None:
        for old in self._labels:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = [small_label(line) for line in seeing.lines]
        for label in self._labels:
            self._list.addWidget(label)

    def _turn(self) -> None:
        self._facts.setVisible(not self.is_open)
        self._say()
        if self.is_open:
            announce(self, " ".join(self.lines))

    def _say(self) -> None:
        self.ask.setText(f"{_OPEN if self.is_open else _CLOSED}\u2002{self._words}")
        self.ask.setAccessibleName(f"{self._words} {'Open' if self.is_open else 'Folded away'}")

    def _changed(self, change: Change) -> None:
        of_this = not change.ids or self._sitting in change.ids
        if (change.touches(Subject.SITTINGS) and of_this) or change.touches(Subject.PACKS, Subject.SETTINGS):
            self.read_again()


def _read(desk: Desk, sitting: str) -> tuple[str, SittingSeen]:
    from cqcmock.services import seeing

    return sitting, seeing.of_sitting(desk.library, desk.place, sitting)
