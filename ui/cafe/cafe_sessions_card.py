"""The sessions: a list, and what can be done with the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.english import shortened
from ui.cafe import cafe_words
from ui.cafe.cafe_lines import LongLineList
from ui.cafe.cafe_reading import MOST, Shelf
from ui.cafe.cafe_words import RUNNING, Step
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.fields import date_field
from ui.widgets.labels import TextLabel, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.cafe.holding import CafeHold
    from cqcmock.services.cafe.planning import CafeSession

_DEEDS = {Step.GO_ON: "Go on", Step.OPEN: "Open", Step.CLOSE: "Close it", Step.LOOK: "Look"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DAY_EMS = 13.0
_A_WEEK = timedelta(days=7)


class SessionsCard(Card):
    """Signals carry the id of a session; `again_wanted` also the day for another one like it."""

    step_wanted = Signal(Step, str)
    change_wanted = Signal(str)
    papers_wanted = Signal(str)
    again_wanted = Signal(str, object)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sessions", parent=parent)
        self._sessions: Mapping[str, CafeSession] = {}
        self._holds: Mapping[str, CafeHold] = {}
        self._today = date.min
        self.list = LongLineList("Café sessions, the latest day first", rows_in_sight=6, about_rows=2)
        self.held: TextLabel = wrapped_label(quiet=True)
        self.many: TextLabel = small_label(f"The latest {MOST:,} are listed.")
        self.main = secondary_button("Open", self._do_usual)
        self.open = secondary_button("Open again", lambda: self._wish(Step.OPEN))
        self.change = secondary_button("Change the plan", lambda: self.change_wanted.emit(self.list.chosen))
        self.look = secondary_button("Look", lambda: self._wish(Step.LOOK))
        self.papers = secondary_button("Papers", lambda: self.papers_wanted.emit(self.list.chosen))
        self.again = secondary_button("Plan it again…", self.offer_again)
        self.delete = secondary_button("Delete", lambda: self.delete_wanted.emit(self.list.chosen))
        self.buttons = (self.main, self.open, self.change, self.look, self.papers, self.again, self.delete)
        self.copy = CopyRow()
        self.copy.hide()
        for part in (self.list, self.many, self.held):
            self.body.addWidget(part)
        self.add_buttons(*self.buttons)
        self.body.addWidget(self.copy)
        self.list.open_wanted.connect(lambda _: self._do_usual())
        self.list.delete_wanted.connect(self._delete_by_key)
        self.list.moved.connect(self._show_what_can_be_done)
        self.copy.wanted.connect(self._again)
        self.copy.left.connect(lambda: self.again.setFocus(Qt.FocusReason.OtherFocusReason))

    @property
    def chosen(self) -> CafeSession | None:
        """The session that the buttons are about."""
        return self._sessions.get(self.list.chosen)

    def show_shelf(self, shelf: Shelf, wanted: str = "") -> None:
        """Show these; the one that was chosen stays so, unless `wanted` is the one to choose."""
        had_focus = [part for part in (self.list, *self.buttons) if part.hasFocus()]
        self._sessions = {one.id: one for one in shelf.sessions}
        self._holds, self._today = shelf.holds, shelf.today
        self.list.show_lines(shelf.lines)
        if wanted:
            self.list.choose(wanted)
        self.many.setVisible(len(shelf.sessions) >= MOST)
        if self.copy.session not in self._sessions:
            self.copy.hide()
        self._show_what_can_be_done()
        if any(part.isHidden() or not part.isEnabled() for part in had_focus):  # Qt went on to the next
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_again(self) -> None:
        """Ask for which day the chosen session is to be planned again."""
        if (session := self.chosen) is not None:
            self.copy.ask(session, max(self._today, session.day) + _A_WEEK, self._today)

    def _again(self, session_id: str, day: date) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.again_wanted.emit(session_id, day)

    def _wish(self, step: Step) -> None:
        if self.list.chosen:
            self.step_wanted.emit(step, self.list.chosen)

    def _do_usual(self) -> None:
        if (session := self.chosen) is not None:
            self._wish(cafe_words.usual_step(session, held=session.id in self._holds))

    def _delete_by_key(self, session_id: str) -> None:
        if self.delete.isEnabled():
            self.delete_wanted.emit(session_id)

    def _show_what_can_be_done(self, _key: str = "") -> None:
        session = self.chosen
        if session is None:
            for button in self.buttons:
                button.hide()
            self.held.hide()
            return
        hold = self._holds.get(session.id)
        mine, still_open = hold is None, session.closed_at is None
        usual = _DEEDS[cafe_words.usual_step(session, held=not mine)]
        self.main.setText(usual)
        self.main.setAccessibleName(usual)
        self.main.show()
        self.open.setVisible(mine and still_open and session.stage is Stage.FINISHED)
        self.change.setVisible(mine and still_open and session.stage is Stage.PLANNING)
        self.look.setVisible(mine and still_open and session.stage in (*RUNNING, Stage.FINISHED))
        for button in (self.papers, self.again, self.delete):
            button.show()
        self.delete.setEnabled(mine)
        for button in self.buttons:
            button.setAccessibleDescription(session.title)
        self.held.setText(cafe_words.held_words(hold) if hold is not None else "")
        self.held.setVisible(hold is not None)
        if self.copy.session != session.id:
            self.copy.hide()


class CopyRow(QWidget):
    """Asks for a day. `wanted` carries the session that is to be planned again, and the day."""

    wanted = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.session = ""
        column = spaced(QVBoxLayout(self), gap=0.4, margins=(0.0, 0.5, 0.0, 0.0))
        self.words: TextLabel = wrapped_label()
        self.day = sized(date_field("The day of the new session"), min_width=_DAY_EMS)
        self.make = secondary_button("Plan it for this day", self._make)
        self.leave = secondary_button("Leave it", self._leave)
        row = button_row(self.make, self.leave)
        column.addWidget(self.words)
        column.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row)

    def ask(self, session: CafeSession, day: date, earliest: date) -> None:
        """Offer this day for another session like that one."""
        self.session = session.id
        title = shortened(session.title, cafe_words.LONGEST_TITLE)
        self.words.setText(f"A new session with the rounds, place and team of “{title}”. For which day?")
        self.day.setMinimumDate(_qdate(earliest))
        self.day.setDate(_qdate(day))
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return on the day plans it, Escape leaves it."""
        if event.key() in _ENTER and self.day.hasFocus():
            self._make()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        day = self.day.date().toPython()
        assert isinstance(day, date)
        session, self.session = self.session, ""
        if session:
            self.wanted.emit(session, day)
        self.hide()

    def _leave(self) -> None:
        self.session = ""
        self.left.emit()
        self.hide()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
