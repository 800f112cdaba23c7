"""Closing a session: looking it through once, saying whether the same people came, and then for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.cafe import closing_deeds
from ui.cafe import closing_words as words
from ui.cafe.closing_cards import Doubts, Question, Themes, WhatOthersSee, WhoCame
from ui.cafe.closing_foot import ClosingFoot
from ui.cafe.closing_pages import AfterClosing, Barred
from ui.cafe.closing_reading import ToClose, read
from ui.cafe.hand import Hand
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Kind
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.cafe.release import Release
    from cqcmock.services.cafe.opening import OpenCafe


class ClosingScreen(Screen):
    """A session that is finished, to be closed.

    `back_to_session_wanted` goes on with it (it is let go by then), `look_wanted` looks at one that somebody else has.
    Afterwards: `papers_wanted`, `said_wanted`, `done`. `left_for_now`: it stays to be closed another day.
    """

    papers_wanted = Signal(str)
    said_wanted = Signal()
    done = Signal()
    left_for_now = Signal()
    back_to_session_wanted = Signal(str)
    look_wanted = Signal(str)

    def __init__(self, desk: Desk, commands: Commands, session_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.session_id = session_id
        self.hand: Hand | None = None
        self.seen: ToClose | None = None
        self._gone = False
        self._closing = False
        self._reading = 0
        self._agreed: tuple[bool, int] | None = None
        self._kept: object = None
        self._lay_out()
        commands.handle(
            CommandId.YOU_SAID, self.said_wanted.emit, screen=self, enabled_when=lambda: not self.after.isHidden()
        )
        self._open()

    def _lay_out(self) -> None:
        self.page = ScrollPage(gap=1.0)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.before, self.after, self.barred = QWidget(), AfterClosing(), Barred()
        for part in (self.before, self.after, self.barred):
            self.page.column.addWidget(part)
            part.hide()
        column = spaced(QVBoxLayout(self.before), gap=1.0)
        self.title = heading("Close this session")
        self.which = wrapped_label(quiet=True)
        self.came, self.themes, self.doubts = WhoCame(), Themes(), Doubts()
        self.question = Question()
        self.others = WhatOthersSee(self._desk.settings.cafe_smallest_group)
        self.foot = ClosingFoot(self.close_session, self.go_back, self.left_for_now.emit)
        self.about = wrapped_label(words.ABOUT)
        self.cards = (self.came, self.themes, self.doubts, self.question, self.others)
        for part in (self.title, self.which, self.about, *self.cards, self.foot):
            column.addWidget(part)
        self.came.corrected.connect(self.correct)
        self.themes.renamed.connect(self.rename)
        self.doubts.rename_wanted.connect(self._to_theme)
        self.doubts.people_wanted.connect(self._to_people)
        self.question.answered.connect(lambda _: self._read())
        self.others.smallest_changed.connect(self.keep_smallest)
        self.after.papers_wanted.connect(lambda: self.papers_wanted.emit(self.session_id))
        self.after.said_wanted.connect(self.said_wanted)
        self.after.done.connect(self.done)
        self.barred.again_wanted.connect(self._open)
        self.barred.back_wanted.connect(lambda: self.back_to_session_wanted.emit(self.session_id))
        self.barred.look_wanted.connect(lambda: self.look_wanted.emit(self.session_id))
        self.barred.left.connect(self.left_for_now)

    # --- coming and going

    def arrived(self) -> None:
        """Work begins with the first thing on the page that there is."""
        self._focus()

    def may_close(self) -> bool:
        """The session is let go; not while it is being closed, or while something in it is not saved yet."""
        if self._closing:
            self._desk.messages.say("The session is being closed. Wait a moment.", Kind.NOTICE)
            return False
        if self.hand is not None and (self.hand.opened.attendance.waiting or self.hand.opened.cards.waiting):
            return False  # the window says so already, for as long as that is so
        for field in (self.came.people, self.others.smallest):
            field.interpretText()  # a number that was typed and not finished with Tab
        self._gone = True
        self._let_go(lambda: None)
        return True

    def go_back(self) -> None:
        """Let the session go, and ask for it to be gone on with."""
        self._let_go(lambda: self.back_to_session_wanted.emit(self.session_id))

    def _let_go(self, then: Callable[[], None]) -> None:
        hand = self.hand
        if hand is None or hand.is_lost:
            then()
            return

        def left() -> None:
            self.hand = None
            then()

        hand.leave(left)

    def _in_hand(self) -> Hand | None:
        """The session, if it can be changed here; otherwise that is said."""
        if self.hand is None:
            self._bar(Barred.LET_GO, again=True)
        return self.hand

    def _open(self) -> None:
        desk, session_id = self._desk, self.session_id
        self._gone = False
        desk.tasks.database(  # without an owner: it is let go in any case
            lambda: closing_deeds.open_to_close(desk, session_id), then=self._opened, failed=self._not_opened
        )

    def _opened(self, found: OpenCafe | Release | None) -> None:
        from cqcmock.services.cafe.opening import OpenCafe

        if self._gone:
            if isinstance(found, OpenCafe):
                desk = self._desk
                desk.tasks.database(lambda: closing_deeds.leave(desk, found))
        elif isinstance(found, OpenCafe):
            self._take(found)
        elif found is None:
            self._bar(Barred.GOES_ON, back=True)
        else:
            self._show_after(found)

    def _not_opened(self, error: UserError) -> None:
        from cqcmock.services.cafe.holding import HeldByAnotherError

        if not self._gone:
            self._bar(str(error), look=isinstance(error, HeldByAnotherError), again=True)

    def _take(self, opened: OpenCafe) -> None:
        self.hand = Hand(self._desk, opened, self)
        self._agreed = None
        self.hand.changed.connect(self._changed)
        self.hand.lost.connect(self._lost)
        details = opened.details
        self.which.setText(words.session_words(details.title, details.day, details.place))
        self._read()

    def _bar(self, why: str, *, look: bool = False, back: bool = False, again: bool = False) -> None:
        self.hand = None
        self.before.hide()
        self.after.hide()
        self.barred.show_why(why, look=look, back=back, again=again)
        self.barred.show()
        announce(self.barred.why, why)
        self._focus()
        self.filled.emit()

    def _lost(self, error: UserError) -> None:
        """Somebody else has it; where closing was tried, it may be closed although that could not be finished."""
        if self._agreed is None:
            self._bar(str(error), look=True, again=True)
        else:
            self._ask_whether_closed(lambda: self._bar(str(error), look=True, again=True))

    def _ask_whether_closed(self, otherwise: Callable[[], None], why: str = "") -> None:
        """Where it is closed by now, only the words that were taken back are still there; `why` is what is wrong."""
        desk, session_id = self._desk, self.session_id

        def told(is_closed: bool) -> None:
            if not is_closed:
                otherwise()
                return
            if self.hand is not None:
                self.hand.stop()
            self._desk.signals.changed.emit(change(Subject.CAFES, ids=(session_id,)))
            self._only_clean_up()
            self._say_problem(" ".join(part for part in (words.CLOSED_NOT_CLEANED, why, words.TRY_AGAIN) if part))

        desk.tasks.database(
            lambda: closing_deeds.is_closed(desk, session_id), then=told, failed=lambda _: otherwise(), owner=self
        )

    def _only_clean_up(self) -> None:
        """It is closed: there is nothing to change, to go back into or to close another day any more."""
        for card in self.cards:
            card.setEnabled(False)
        self.title.setText(words.CLOSED_ALREADY)
        self.about.setText(words.CLOSED)
        self.foot.only_clean_up()

    # --- what is on the page

    def _changed(self) -> None:
        """Something is kept: with most signs of life, nothing that is shown here."""
        if self.hand is not None and self._kept != self._what_counts(self.hand):
            self._read()

    def _what_counts(self, hand: Hand) -> object:
        return (hand.opened.attendance.state, hand.opened.cards.state, hand.opened.hard.state)

    def _read(self) -> None:
        hand = self._in_hand()
        if hand is None:
            return
        desk, opened = self._desk, hand.opened
        self._kept = self._what_counts(hand)
        answer, k = self.question.answer, self.others.smallest.value()
        self._reading += 1
        mine = self._reading

        def show(seen: ToClose) -> None:
            if mine == self._reading:
                self._show(seen)

        def failed(error: UserError) -> None:
            self._say_problem(str(error))
            self._kept = None  # read again with the next sign of life

        self._ready()
        desk.tasks.database(
            lambda: read(desk.library, opened, same_people=bool(answer), k=k), then=show, failed=failed, owner=self
        )

    def _show(self, seen: ToClose) -> None:
        first, self.seen = self.seen is None or self.before.isHidden(), seen
        answered = self.question.answer is not None
        self._reading = 0
        if self._agreed is None:
            self.foot.problem.hide()
        self.came.show_attendance(seen.attendance)
        self.themes.show_themes(seen, answered=answered)
        self.doubts.show_doubts(seen.doubts)
        self.others.show_preview(seen, answered=answered)
        self._ready()
        if first:
            self.barred.hide()
            self.before.show()
            self._focus()
            self.page.to_top()
            self.filled.emit()

    def _ready(self) -> None:
        """Say what is missing before it can be closed."""
        why = words.NOT_ANSWERED if self.question.answer is None else words.NOT_PREVIEWED if self._reading else ""
        self.foot.ready(why, possible=not self._closing and self.seen is not None)

    def _focus(self) -> None:
        if not self.barred.isHidden():
            self.barred.begin()
        elif not self.after.isHidden():
            self.after.papers.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.before.isHidden():
            self.came.groups.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_theme(self, theme: str) -> None:
        self.page.bring(self.themes.renaming)
        self.themes.begin(theme)

    def _to_people(self) -> None:
        self.page.bring(self.came.people)
        self.came.begin()

    # --- putting right

    def correct(self, team: str, role: str, people: int) -> None:
        """So many people of a team came in a role in all."""
        hand = self._in_hand()
        if hand is None:
            return
        opened = hand.opened
        hand.do(
            lambda: closing_deeds.correct(opened, people, team, role),
            failed=lambda error: self.came.refuse(str(error)),
            owner=self,
        )

    def rename(self, theme: str, name: str) -> None:
        """Give a theme another name."""
        hand = self._in_hand()
        if hand is None:
            return
        opened = hand.opened
        hand.do(
            lambda: closing_deeds.rename(opened, theme, name),
            failed=lambda error: self.themes.refuse(str(error)),
            owner=self,
        )

    def keep_smallest(self, k: int) -> None:
        """Nothing with fewer people behind it is shown, here and in the next session."""
        self._desk.change_settings(replace(self._desk.settings, cafe_smallest_group=k))
        self._read()

    # --- closing

    def close_session(self) -> None:
        """Ask whether it is meant, and close the session; what was agreed to already is only tried again."""
        answer, k = self.question.answer, self.others.smallest.value()
        if answer is None or self._closing or not self.foot.close_button.isEnabled():
            return
        if self.themes.unsaved:
            self.themes.refuse(words.NOT_RENAMED)
            self.page.bring(self.themes.problem)
            return
        if self._agreed == (answer, k):
            self._close(answer, k)
            return

        def then(yes: bool) -> None:
            if yes:
                self._close(answer, k)

        self._desk.messages.ask(words.ASK, yes="Close the session", no="Not yet", then=then, detail=words.ASK_DETAIL)

    def _close(self, same_people: bool, k: int) -> None:
        hand = self._in_hand()
        if hand is None or self._closing:
            return
        desk, opened = self._desk, hand.opened
        self._closing, self._agreed = True, (same_people, k)
        self.foot.problem.hide()
        self._ready()

        desk.tasks.database(
            lambda: closing_deeds.close(desk, opened, same_people=same_people, k=k),
            then=self._closed,
            failed=self._not_closed,
            doing="Closing the session",
            owner=self,
        )

    def _closed(self, release: Release) -> None:
        self._closing = False
        if self.hand is not None:
            self.hand.changed.disconnect(self._changed)
            self.hand.lost.disconnect(self._lost)
            self.hand.stop()
            self.hand = None
        self._desk.signals.changed.emit(change(Subject.CAFES, ids=(self.session_id,)))
        self._show_after(release)

    def _not_closed(self, error: UserError) -> None:
        from cqcmock.services.cafe.holding import HoldLostError

        self._closing = False
        if isinstance(error, HoldLostError):
            self._bar(str(error), look=True, again=True)
            return
        self._ready()
        self.foot.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._desk.messages.way_on(error) is not None:  # closing it would forget words that are on hold
            self._desk.messages.tell(error)
            return
        not_closed = f"The session could not be closed. {error} {words.TRY_AGAIN}"
        self._ask_whether_closed(lambda: self._say_problem(not_closed), str(error))

    def _say_problem(self, text: str) -> None:
        self.foot.say_problem(text)
        self.page.bring(self.foot.problem)

    def _show_after(self, release: Release) -> None:
        self.before.hide()
        self.barred.hide()
        self.after.show_release(release)
        self.after.show()
        self._commands.refresh()
        self.page.to_top()
        self._focus()
        announce(self.after.title, f"{self.after.title.text()} {words.CLOSED}")
        self.filled.emit()
