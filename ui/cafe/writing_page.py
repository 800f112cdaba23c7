"""The laptop goes round: whoever has it writes a card, and sees nobody's but their own of this turn.

Nothing of a person stays behind for the next one: not in the field, not with Ctrl+Z, not on the clipboard. A card that
is taken back is undone and not taken out, so that no later undo of the facilitator can bring it to light.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import CardEventKind, CardKind, standing
from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.cafe.cards_doing import Doing
from ui.cafe.hand import Hand
from ui.cafe.hand_in import is_hand_in
from ui.cafe.part import CoveringPage
from ui.cafe.writing_card import CardForm
from ui.cafe.writing_gate import Gate
from ui.cafe.writing_hard import to_choose
from ui.desk import Desk
from ui.sizes import spaced

HANDED_IN = "Handed in. Write another, or pass the laptop on."
TAKEN_BACK = "Taken back. It is in the field again: change it, or throw it away."
THROWN_AWAY = "Thrown away: nobody has seen it."
NOT_SAVED = "Not saved yet. Your words are still here, and it is tried again every second."
LOST_BETWEEN = "This laptop cannot save any more. Please give it back to whoever runs the session."
LOST = "This laptop cannot save any more. Please fetch whoever runs the session: your words are still here."


class WritingPage(CoveringPage):
    """`kind` is what is offered first; `questions` may have one for each kind of card."""

    def __init__(
        self,
        desk: Desk,
        hand: Hand,
        kind: CardKind = CardKind.PRIDE,
        questions: Mapping[CardKind, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, hand, parent)
        self._first_kind = kind
        self._mine: list[str] = []
        self._accepted = ""
        self._then: Callable[[], None] | None = None
        self._under_way = False
        """Whether a card or the next turn was asked for that is not kept yet."""
        self.doing = Doing(hand, self)
        self.gate = Gate()
        self.form = CardForm(hand, self.doing, questions or {}, desk.settings.cafe_smallest_group)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.gate)
        self._pages.addWidget(self.form)
        spaced(QVBoxLayout(self), gap=0).addWidget(self._pages)
        self.gate.new_here.connect(lambda: self._begin(counted=False))
        self.gate.was_here.connect(lambda: self._begin(counted=True))
        self.gate.back.connect(self.done)
        form = self.form
        form.hand_in_wanted.connect(self.hand_in)
        form.as_it_is.connect(self._as_it_is)
        form.take_back_wanted.connect(lambda: self._ask_first(self._take_back))
        form.finished.connect(lambda: self._ask_first(self._finish))
        form.asked.hand_in.connect(self.hand_in)
        form.asked.throw_away.connect(self._throw_away)
        form.asked.keep_writing.connect(self._keep_writing)
        form.leave_wanted.connect(self.done)
        form.edit.changed.connect(self._typed)
        self.doing.changed.connect(self._show_doing)
        hand.lost.connect(lambda _error: self._lost())
        form.hard_fold.toggled.connect(lambda is_open: self._offer_hard() if is_open else None)

    def arrived(self) -> None:
        """The keyboard goes to the first question, or back to the card that somebody is writing."""
        if self._pages.currentWidget() is self.gate:
            self.gate.arrived()
        else:
            self.form.edit.edit.setFocus()

    def may_close(self) -> bool:
        """Not while words are in the field that are kept nowhere."""
        if self._pages.currentWidget() is self.gate or self.form.edit.is_empty:
            return True
        if self.doing.held_up or self.hand.is_lost:
            self.form.say_problem(LOST if self.hand.is_lost else NOT_SAVED)
            return False
        self._then = None
        self.form.ask()
        return False

    def hand_in(self) -> None:
        """Keep the card, unless its words may name somebody and that has not been pointed out."""
        form, opened = self.form, self.hand.opened
        if self.hand.is_lost:
            self._lost()
            return
        if self._under_way or self._pages.currentWidget() is not form:
            return
        words, kind, psw_only = form.edit.words, form.kind, form.psw_only
        if not form.edit.words and form.said.text() == HANDED_IN and form.said.isVisible():
            form.edit.edit.setFocus()  # pressed twice: it is handed in, and nothing is wrong
            return
        if form.edit.is_empty:
            form.asked.hide()
            form.edit.say_problem("There is nothing on the card yet. Write a few words first.")
            form.edit.edit.setFocus()
            return
        found: list[tuple[str, str]] = []
        accepted = self._accepted == words

        def write() -> None:
            from cqcmock.services import privacy
            from cqcmock.services.cafe import cards
            from cqcmock.services.story_checks import PERSONAL_WORDS

            if not accepted:
                found.extend((data.text, PERSONAL_WORDS[data.kind]) for data in privacy.personal_data_in(words))
            if not found:
                cards.write(opened.cards, kind, words, psw_only=psw_only)

        def written() -> None:
            self._under_way = False
            if found:
                form.point_out(found)
            else:
                self._handed_in()

        form.asked.hide()
        self._under_way = True
        self.doing.do(opened.cards, write, then=written, failed=self._refused)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is for the card wherever the keyboard is on this page, and not for the window."""
        if event.type() == QEvent.Type.ShortcutOverride and is_hand_in(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Ctrl+Enter hands in; Escape goes on writing."""
        if is_hand_in(event):
            self.hand_in()
        elif event.key() == Qt.Key.Key_Escape and self.form.asked.isVisible():
            self._keep_writing()
        else:
            super().keyPressEvent(event)

    def _lost(self) -> None:
        """Somebody else has the session by now. Whoever has the laptop is told, whatever page it shows."""
        self.form.lost(LOST)
        self.gate.say_problem(LOST_BETWEEN)

    def _offer_hard(self) -> None:
        if not self.form.hard.ticks:
            self.desk.tasks.database(to_choose, then=self.form.hard.offer, owner=self)

    def _begin(self, *, counted: bool) -> None:
        opened = self.hand.opened
        if self.hand.is_lost:
            self._lost()
        if self._under_way or self.hand.is_lost:
            return

        def pass_on() -> None:
            from cqcmock.services.cafe import cards

            (cards.somebody_again if counted else cards.next_person)(opened.cards)

        def failed(error: UserError) -> None:
            self._under_way = False
            self.gate.say_problem(error)

        self._under_way = True
        self.doing.do(opened.cards, pass_on, then=self._turn, failed=failed)

    def _turn(self) -> None:
        self._under_way = False
        self._mine, self._accepted, self._then = [], "", None
        self.form.begin(self._first_kind)
        self._pages.setCurrentWidget(self.form)
        self.form.edit.edit.setFocus()

    def _handed_in(self) -> None:
        last = self.hand.opened.cards.last
        if last is not None and last.kind is CardEventKind.CARD_WRITTEN:
            self._mine.append(last.card)
        self._accepted = ""
        self.form.card_gone(HANDED_IN, cards=len(self._mine))
        announce(self, HANDED_IN)
        self._go_on()

    def _refused(self, error: UserError) -> None:
        self._then, self._under_way = None, False
        self.form.edit.say_problem(str(error))
        self.form.edit.edit.setFocus()

    def _as_it_is(self) -> None:
        self._accepted = self.form.edit.words
        self.hand_in()

    def _ask_first(self, then: Callable[[], None]) -> None:
        """Go on at once where nothing is in the field, or once it is kept; otherwise ask what is to become of it."""
        if self.doing.held_up:
            self.form.say_problem(NOT_SAVED)
        elif self._under_way:
            self._then = then
        elif self.form.edit.is_empty:
            self._then = None
            then()
        else:
            self._then = then
            self.form.ask()

    def _throw_away(self) -> None:
        if self._under_way:  # it is being handed in, and nobody is to be told otherwise
            return
        self.form.card_gone(THROWN_AWAY, cards=len(self._mine))
        announce(self, THROWN_AWAY)
        self._go_on()

    def _keep_writing(self) -> None:
        self._then = None
        self.form.asked.hide()
        self.form.edit.edit.setFocus()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
        else:
            self.form.edit.edit.setFocus()

    def _take_back(self) -> None:
        opened = self.hand.opened
        card = opened.cards.state.card(self._mine[-1]) if self._mine else None
        if card is None or self.doing.busy:
            return

        def take_back() -> None:
            from cqcmock.services.cafe import cards

            held = standing(opened.cards.events)
            if held and held[-1].kind is CardEventKind.CARD_WRITTEN and held[-1].card == card.id:
                cards.undo(opened.cards)
            else:
                cards.take_out(opened.cards, card.id)

        def taken_back() -> None:
            self._mine.remove(card.id)
            self.form.show_again(card, TAKEN_BACK, cards=len(self._mine))
            announce(self, TAKEN_BACK)

        self.doing.do(opened.cards, take_back, then=taken_back, failed=self._refused)

    def _finish(self) -> None:
        """Also the ticks are kept before the next person begins: everything is done one after the other."""
        written = len(self._mine)
        self.form.begin(self._first_kind)
        self._mine = []
        self.gate.passed_on(f"Thank you: {count(written, 'card')} handed in." if written else "Thank you.")
        self._pages.setCurrentWidget(self.gate)
        self.gate.arrived()
        if self.hand.is_lost:
            self.gate.say_problem(LOST_BETWEEN)

    def _typed(self) -> None:
        if self.form.edit.words != self._accepted:
            self._accepted = ""
        if not self.form.edit.is_empty:
            self._then = None

    def _show_doing(self) -> None:
        self.form.set_waiting(busy=self.doing.busy, trouble=NOT_SAVED if self.doing.held_up else "")
        self.gate.say_held_up(self.doing.held_up)
