"""The first screen of the café's room: what to do next, the sessions, and what people said and was done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import day, shortened
from cqcmock.errors import UserError
from ui import undo
from ui.app_signals import Change, Subject, change
from ui.cafe import cafe_words
from ui.cafe.cafe_next_card import NextCard
from ui.cafe.cafe_reading import Shelf, delete_session, plan_again, read_shelf, undelete_session
from ui.cafe.cafe_sessions_card import SessionsCard
from ui.cafe.cafe_words import LONGEST_TITLE, Step
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession

T = TypeVar("T")

LOOK_AGAIN_MS = 15_000
"""While somebody else has a session, it is asked so often whether they still have it."""


class CafeScreen(Screen):
    """It reads the library whenever it is shown.

    Signals carry the id of a session; `plan_wanted` carries nothing for a new one.
    """

    plan_wanted = Signal(str)
    run_wanted = Signal(str)
    look_wanted = Signal(str)
    close_wanted = Signal(str)
    papers_wanted = Signal(str)
    said_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._reading = False
        self._read_again = False
        self._arriving = False
        self._wanted = ""
        self._in_work: set[str] = set()
        self.shelf: Shelf | None = None
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.refresh)
        self.page = ScrollPage(gap=1.0)
        self.words: TextLabel = wrapped_label("Reading…", quiet=True)
        self.trouble = problem_label()
        self.try_again = secondary_button("Try again", self.refresh)
        self.next = NextCard()
        self.sessions = SessionsCard()
        self.open_words: TextLabel = wrapped_label()
        self.due_words: TextLabel = wrapped_label(quiet=True)
        self.said = secondary_button("See and add", self.said_wanted.emit)
        self.record = secondary_button("Write a record", self.record_wanted.emit)
        self.beside = SideBySide(self._said_card(), self._record_card())
        self._lay_out()
        self._connect()

    def _said_card(self) -> Card:
        card = Card("You said, we did")
        card.body.addWidget(self.open_words)
        card.body.addWidget(self.due_words)
        card.body.addStretch(1)
        card.add_buttons(self.said)
        self.said.setAccessibleDescription("You said, we did")
        self.said.setToolTip(first_key(CommandId.YOU_SAID))
        return card

    def _record_card(self) -> Card:
        card = Card("A record of reflection")
        card.body.addWidget(wrapped_label(cafe_words.RECORD))
        card.body.addStretch(1)
        card.add_buttons(self.record)
        self.record.setAccessibleDescription("A record of reflection for somebody who asks for one")
        return card

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        column.addWidget(heading("Café"))
        for part in (self.words, self.trouble, self.next, self.sessions, self.beside):
            column.addWidget(part)
        column.insertWidget(3, self.try_again, 0, Qt.AlignmentFlag.AlignLeft)
        later: tuple[QWidget, ...] = (self.trouble, self.try_again, self.next, self.sessions, self.beside)
        for one in later:
            one.hide()

    def _connect(self) -> None:
        self.next.plan_wanted.connect(self._plan)
        self.next.change_wanted.connect(self.plan_wanted)
        self.sessions.change_wanted.connect(self.plan_wanted)
        self.sessions.papers_wanted.connect(self.papers_wanted)
        self.sessions.again_wanted.connect(self._plan_again)
        self.sessions.delete_wanted.connect(self._delete)
        self.sessions.again.clicked.connect(lambda: self.page.bring(self.sessions.copy))
        for card in (self.next, self.sessions):
            card.step_wanted.connect(self._take)
        handle = self._commands.handle
        handle(CommandId.NEW_CAFE, self._plan, screen=self)
        handle(CommandId.YOU_SAID, self.said_wanted.emit, screen=self)
        handle(
            CommandId.UNDO,
            lambda: undo.undo_last(self._desk, Subject.CAFES),
            screen=self,
            enabled_when=lambda: undo.can_undo(self._desk, Subject.CAFES),
        )
        self._desk.signals.changed.connect(self._changed)

    def _plan(self) -> None:
        self.plan_wanted.emit("")

    def _take(self, step: Step, session_id: str) -> None:
        match step:
            case Step.GO_ON | Step.OPEN:
                self.run_wanted.emit(session_id)
            case Step.CLOSE:
                self.close_wanted.emit(session_id)
            case Step.LOOK:
                self.look_wanted.emit(session_id)
            case Step.PLAN:
                self._plan()

    # --- what is shown

    def arrived(self) -> None:
        """Read again, and put the keyboard on the one thing to do next."""
        self._arriving = True
        self.refresh()

    def left(self) -> None:
        """Nobody looks: nothing need be asked again."""
        self._arriving = False
        self._look_again.stop()

    def refresh(self) -> None:
        """Read everything, once more if it changed while it was read."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self._desk.tasks.database(lambda: read_shelf(self._desk), then=self._came, failed=self._not_read, owner=self)

    def _changed(self, what: Change) -> None:
        if self.isVisible() and what.touches(Subject.CAFES):
            self.refresh()

    def _came(self, shelf: Shelf) -> None:
        self._reading = False
        if shelf != self.shelf:
            self._show(shelf)
        elif self.trouble.isVisibleTo(self):
            self._show_trouble(None)
        if self._arriving and self.isVisible():
            self.next.main.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.to_top()
        self._arriving = self._arriving and self._read_again
        self._commands.refresh()
        if shelf.holds and self.isVisible():
            self._look_again.start()
        self.filled.emit()
        if self._read_again:
            self._read_again = False
            self.refresh()

    def _show(self, shelf: Shelf) -> None:
        first_time = self.shelf is None
        self.shelf = shelf
        self.setUpdatesEnabled(False)
        self._show_trouble(None)
        self.words.hide()
        self.next.show_shelf(shelf)
        self.sessions.show_shelf(shelf, self._wanted or (self._to_begin_with(shelf) if first_time else ""))
        if self.sessions.list.chosen == self._wanted:
            self._wanted = ""
        self.open_words.setText(cafe_words.open_words(len(shelf.still_open)))
        due = cafe_words.due_words(shelf.still_open, shelf.today)
        self.due_words.setText(due)
        self.due_words.setVisible(bool(due))
        if not shelf.sessions and self.sessions.isAncestorOf(self.focusWidget() or self):
            self.next.main.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next.show()
        self.sessions.setVisible(bool(shelf.sessions))
        self.beside.setVisible(bool(shelf.sessions) or shelf.said)
        self.setUpdatesEnabled(True)

    def _to_begin_with(self, shelf: Shelf) -> str:
        """The session that is chosen at first: the one to do something about, or the next to come."""
        session = shelf.next.session or cafe_words.coming(shelf.sessions, shelf.today)
        return session.id if session is not None else ""

    def _not_read(self, error: UserError) -> None:
        self._reading = self._read_again = False
        self._show_trouble(error)
        if self._arriving:
            self.try_again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def _show_trouble(self, error: UserError | None) -> None:
        self.words.setVisible(error is None and self.shelf is None)
        self.trouble.setText(str(error) if error is not None else "")
        self.trouble.setVisible(error is not None)
        self.try_again.setVisible(error is not None)

    # --- what is done here

    def _delete(self, session_id: str) -> None:
        session = self.sessions.chosen
        if session is None or session.id != session_id or session_id in self._in_work:
            return
        title = shortened(session.title, LONGEST_TITLE)
        also = ", and with it what others could see of it" if session.closed_at is not None else ""
        self._in_work.add(session_id)
        self._do(
            session_id,
            lambda: delete_session(self._desk, session_id),
            lambda _: self._did(
                session_id,
                f"“{title}” was deleted{also}.",
                lambda: undelete_session(self._desk, session_id, title),
                then=partial(self._choose_later, session_id),
            ),
        )

    def _plan_again(self, session_id: str, on: date) -> None:
        desk = self._desk

        def planned(made: CafeSession) -> None:
            self._choose_later(made.id)
            title = shortened(made.title, LONGEST_TITLE)
            self._did(made.id, f"“{title}” is planned for {day(on)}.", partial(_unplan, desk, made.id, title))

        self._do(session_id, lambda: plan_again(desk, session_id, on), planned)

    def _choose_later(self, session_id: str) -> None:
        self._wanted = session_id

    def _did(
        self, session_id: str, said: str, take_back: Callable[[], str], then: Callable[[], None] = lambda: None
    ) -> None:
        undo.did(self._desk, change(Subject.CAFES, ids=(session_id,)), said, take_back, then)

    def _do(self, session_id: str, deed: Callable[[], T], then: Callable[[T], None]) -> None:
        def done(result: T) -> None:
            self._in_work.discard(session_id)
            then(result)
            self._commands.refresh()

        def not_done(error: UserError) -> None:
            self._in_work.discard(session_id)
            self._desk.messages.tell(error)
            self.refresh()

        self._desk.tasks.database(deed, then=done, failed=not_done, owner=self)


def _unplan(desk: Desk, session_id: str, title: str) -> str:
    delete_session(desk, session_id)
    return f"“{title}” is no longer planned."
