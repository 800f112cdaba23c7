"""The papers of a session to choose from: each with who may read it, or with when it can be had."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ui.cafe.papers_offer import LABELS, PaperKind, Standing, who_may_read, why_not
from ui.review.make_ticks import Tick
from ui.sizes import spaced
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading

_PARTS: Final = {
    "For the session": (PaperKind.SHEET, PaperKind.POSTERS),
    "Afterwards": (PaperKind.LEADERS, PaperKind.RECORD),
}


class PaperChoice(SideBySide):
    """`changed` when somebody chooses another paper."""

    changed = Signal()

    def __init__(self) -> None:
        self.ticks = {kind: Tick(LABELS[kind], box=QRadioButton()) for kind in PaperKind}
        super().__init__(*(self._part(title) for title in _PARTS), narrowest=22.0, gap=1.5)
        self._group = QButtonGroup(self)
        for tick in self.ticks.values():
            self._group.addButton(tick.box)
            tick.toggled.connect(lambda _: self.changed.emit())
            tick.setEnabled(False)

    def _part(self, title: str) -> QWidget:
        part = QWidget()
        column = spaced(QVBoxLayout(part), gap=0.4)
        column.addWidget(heading(title, 3))
        for kind in _PARTS[title]:
            column.addWidget(self.ticks[kind])
        column.addStretch(1)
        return part

    @property
    def kind(self) -> PaperKind | None:
        """The paper that is chosen."""
        return next((kind for kind, tick in self.ticks.items() if tick.on), None)

    def choose(self, kind: PaperKind | None) -> None:
        """Choose this one, or none; nobody is told."""
        self._group.setExclusive(False)  # or one would always stay
        for one, tick in self.ticks.items():
            tick.show_on(one is kind)
        self._group.setExclusive(True)

    def offer(self, standing: Standing, smallest_group: int) -> None:
        """Say of each paper who may read it, and let those be chosen that there can be now."""
        for kind, tick in self.ticks.items():
            later = why_not(kind, standing)
            tick.say(LABELS[kind], "\n".join(part for part in (later, who_may_read(kind, smallest_group)) if part))
            tick.setEnabled(not later)
