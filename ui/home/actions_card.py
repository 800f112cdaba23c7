"""What somebody meant to do after a rehearsal, to be ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from ui.home import wording
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.sitting import OpenAction

SHOWN_AT_FIRST = 3


class ActionsCard(Card):
    """The open actions, what is due first on top; ticking one says `done_wanted` with it."""

    done_wanted = Signal(object)

    def __init__(self, actions: Sequence[OpenAction], today: date, parent: QWidget | None = None) -> None:
        super().__init__("Open actions", parent=parent)
        self.lines: list[ActionLine] = []
        if not actions:
            self.body.addWidget(wrapped_label("Nothing is open. Actions from your reflections wait here.", quiet=True))
        for at, action in enumerate(actions):
            line = ActionLine(action, today)
            line.done_wanted.connect(self.done_wanted)
            if at >= SHOWN_AT_FIRST:
                line.hide()
            self.lines.append(line)
            self.body.addWidget(line)
        self.more = link_button(f"See all {wording.number(len(actions))}", self.show_all)
        if len(actions) <= SHOWN_AT_FIRST:
            self.more.hide()
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_all(self) -> None:
        """Show those too that were left out at first."""
        self.more.hide()
        for line in self.lines:
            line.show()
        if len(self.lines) > SHOWN_AT_FIRST:
            self.lines[SHOWN_AT_FIRST].tick.setFocus(Qt.FocusReason.TabFocusReason)


class ActionLine(QWidget):
    """One action: a tick, what it is, and when it is due."""

    done_wanted = Signal(object)

    def __init__(self, action: OpenAction, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        due = wording.sentence(wording.due(action.action.due, today))
        about = [due, action.action.owner.strip()]
        self.tick = QCheckBox()
        self.tick.setAccessibleName(f"Done: {action.action.what}")
        self.tick.setAccessibleDescription(f"{due}. From {action.sitting_title}.")
        self.tick.setToolTip("Tick it once it is done")
        self.what: TextLabel = wrapped_label(shortened(action.action.what, 300))
        self.due: TextLabel = small_label(" · ".join(part for part in about if part))
        row = spaced(QHBoxLayout(self), gap=0.4)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        text = spaced(QVBoxLayout(), gap=0.1, margins=(0.0, 0.12, 0.0, 0.0))
        text.addWidget(self.what)
        text.addWidget(self.due)
        row.addLayout(text, 1)
        for label in (self.what, self.due):
            label.installEventFilter(self)  # the words belong to the tick, as they would in a plain tick box
        self.tick.toggled.connect(self._ticked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """A click on the words ticks as well."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.tick.click()
            return True
        return super().eventFilter(watched, event)

    def _ticked(self, on: bool) -> None:
        if on:
            self.done_wanted.emit(self.action)
