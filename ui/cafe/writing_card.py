"""The empty card that a person finds: its kind, the question, the field, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import Card, CardKind
from cqcmock.domain.english import count, listed
from ui.announce import announce
from ui.banks.question_form_fold import Fold
from ui.cafe.cards_doing import Doing
from ui.cafe.cards_words import ASKED, OF_MINE, number, shape_and
from ui.cafe.hand import Hand
from ui.cafe.writing_edit import CardEdit
from ui.cafe.writing_hard import HardTicks
from ui.cafe.writing_tick import WrappedTick
from ui.commands import key_text
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, problem_label, question_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

NO_NAMES = "Please write no names: not yours, and nobody else's."
PSW_ONLY = "For the PSW only: nobody else will ever see it"
NOT_HANDED_IN = "The words on this card are not handed in. Hand it in or throw it away?"
_LONG_QUESTION = 90
FINISHED = "I have finished"
LEAVE = "Leave it, and go back to the session: only for whoever runs it"


def psw_only_means(fewest: int) -> str:
    """What the tick is for, in words that are kept to."""
    return (
        "The PSW is the principal social worker, who runs this session. With the tick the worry is counted in nothing "
        "that anybody else sees. Without it the PSW reads it too; others never see your words, only what it is about, "
        f"and only if {number(fewest)} people or more wrote about the same."
    )


class Asked(QFrame):
    """Words are in the field, and somebody wants to go on."""

    hand_in = Signal()
    throw_away = Signal()
    keep_writing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("light", "wrap-up")
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(0.9, 0.6, 0.9, 0.6))
        column.addWidget(wrapped_label(NOT_HANDED_IN))
        self.yes = secondary_button("Hand it in", self.hand_in.emit)
        self.no = secondary_button("Throw it away", self.throw_away.emit)
        self.neither = secondary_button("Go on writing", self.keep_writing.emit)
        column.addLayout(button_row(self.yes, self.no, self.neither))
        self.hide()


class PointedOut(QFrame):
    """Words that could name somebody, before they are handed in."""

    as_it_is = Signal()
    change = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("light", "wrap-up")
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(0.9, 0.6, 0.9, 0.6))
        self.words = wrapped_label()
        column.addWidget(self.words)
        self.change_it = secondary_button("Change it", self.change.emit)
        self.keep_it = secondary_button("Hand it in as it is", self.as_it_is.emit)
        column.addLayout(button_row(self.change_it, self.keep_it))
        self.hide()


class CardForm(QWidget):
    """One turn at the keyboard. What is done with the card is `WritingPage`'s to do."""

    hand_in_wanted = Signal()
    as_it_is = Signal()
    take_back_wanted = Signal()
    finished = Signal()
    leave_wanted = Signal()

    def __init__(self, hand: Hand, doing: Doing, questions: Mapping[CardKind, str], fewest: int) -> None:
        super().__init__()
        self._trouble = ""
        self._lost = False
        self._questions = {kind: questions.get(kind) or ASKED[kind] for kind in CardKind}
        self.page = ScrollPage(widest=48.0, gap=0.7)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.kinds: dict[CardKind, QRadioButton] = {}
        self.question = question_label()
        self.long_question = heading("", 2)
        self.edit = CardEdit("Your card")
        self._psw = WrappedTick(PSW_ONLY, psw_only_means(fewest))
        self.psw_tick = self._psw.box
        self.problem = problem_label()
        self.problem.hide()
        self.pointed_out = PointedOut()
        self.asked = Asked()
        self.button = primary_button("Hand in the card", self.hand_in_wanted.emit)
        self.button.setToolTip(key_text("Ctrl+Return"))
        self.said = wrapped_label()
        self.take_back = link_button("Take my last card back", self.take_back_wanted.emit)
        self.hard = HardTicks(hand, doing)
        self.hard_fold = Fold("What did you find hard today? (if you like)", self.hard, indent=0.0)
        self.finish = secondary_button(FINISHED, self.finished.emit)
        self.leave = link_button(
            "Leave it, and go back to the session: only for whoever runs it", self.leave_wanted.emit
        )
        self.leave.hide()
        self._lay()
        self.edit.hand_in_wanted.connect(self.hand_in_wanted)
        self.edit.changed.connect(self._typed)
        self.pointed_out.as_it_is.connect(self.as_it_is)
        self.pointed_out.change.connect(self._change)
        self.hard_fold.toggled.connect(lambda is_open: self.hard.open() if is_open else None)
        self.hard.changed.connect(self._say_hard)
        self.begin(CardKind.PRIDE)

    @property
    def kind(self) -> CardKind:
        """What the card is about."""
        return next((kind for kind, button in self.kinds.items() if button.isChecked()), CardKind.PRIDE)

    @property
    def psw_only(self) -> bool:
        """Whether it is a worry for the PSW alone."""
        return self.kind is CardKind.WORRY and self.psw_tick.isChecked()

    def begin(self, kind: CardKind) -> None:
        """An empty card, with nothing of whoever wrote before."""
        self.edit.forget()
        self.kinds[kind].setChecked(True)
        self.psw_tick.setChecked(False)
        self.hard.begin()
        self.hard_fold.set_open(False)
        self._say_hard()
        self.say_problem("")
        self.pointed_out.hide()
        self.asked.hide()
        self.say("", cards=0)
        self.page.to_top()

    def card_gone(self, said: str, *, cards: int) -> None:
        """The card is out of sight, and another can be written."""
        self.edit.forget()
        self.psw_tick.setChecked(False)
        self.pointed_out.hide()
        self.asked.hide()
        self.say_problem("")
        self.say(said, cards=cards)

    def show_again(self, card: Card, said: str, *, cards: int) -> None:
        """One's own card is in the field again."""
        self.kinds[card.kind].setChecked(True)
        self.psw_tick.setChecked(card.psw_only)
        self.edit.put(card.text)
        self.say(said, cards=cards)
        self.edit.edit.setFocus()

    def say(self, words: str, *, cards: int) -> None:
        """What has just been done, and how many cards of this turn could be taken back."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.take_back.setVisible(cards > 0)

    def say_problem(self, words: str) -> None:
        """What stands in the way."""
        if words and (self.problem.isHidden() or self.problem.text() != words):
            announce(self.problem, words)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def point_out(self, found: Sequence[tuple[str, str]]) -> None:
        """These words look as if they could name somebody: each with what it may be."""
        named = listed([f"“{words}” ({what})" for words, what in dict.fromkeys(found)])
        self.pointed_out.words.setText(
            f"Somebody could be recognised by this: {named}. You can change it, or hand it in as it is."
        )
        self.pointed_out.show()
        self.pointed_out.change_it.setFocus()
        self.page.bring(self.pointed_out)
        announce(self.pointed_out, self.pointed_out.words.text())

    def ask(self) -> None:
        """Ask what is to become of the words in the field."""
        self.pointed_out.hide()
        self.asked.show()
        self.asked.yes.setFocus()
        self.page.bring(self.asked)
        announce(self.asked, NOT_HANDED_IN)

    def lost(self, words: str) -> None:
        """Nothing can be handed in any more."""
        self._lost = True
        self.say_problem(words)
        self.leave.show()

    def set_waiting(self, *, busy: bool, trouble: str) -> None:
        """While a card is being kept, its words stay as they are."""
        held_up = bool(trouble)
        self.edit.edit.setReadOnly(busy)
        for widget in (self.psw_tick, *self.kinds.values()):  # buttons stay: the keyboard would go on to the next one
            widget.setEnabled(not held_up)
        self.leave.setVisible(held_up or self._lost)
        if held_up or self.problem.text() == self._trouble:
            self.say_problem(trouble)
        self._trouble = trouble

    def _lay(self) -> None:
        column = self.page.column
        group = QButtonGroup(self)
        flow = spaced(FlowLayout(), gap=1.2)
        for kind in CardKind:
            button = QRadioButton(shape_and(kind, OF_MINE[kind]))
            button.setAccessibleName(OF_MINE[kind])
            button.toggled.connect(lambda on, kind=kind: self._kind_chosen(kind) if on else None)
            group.addButton(button)
            self.kinds[kind] = button
            flow.addWidget(button)
        column.addLayout(flow)
        column.addWidget(self.question)
        column.addWidget(self.long_question)
        column.addWidget(small_label(NO_NAMES))
        column.addWidget(self.edit)
        for widget in (self._psw, self.problem, self.pointed_out, self.asked, self.said):
            column.addWidget(widget)
        column.addLayout(button_row(self.button, self.finish, self.take_back))
        column.addLayout(button_row(self.leave))
        column.addWidget(self.hard_fold)

    def _kind_chosen(self, kind: CardKind) -> None:
        words = self._questions[kind]
        long = len(words) > _LONG_QUESTION  # smaller, so that the field stays in sight
        for label, here in ((self.question, not long), (self.long_question, long)):
            label.setText(words if here else "")
            label.setVisible(here)
        self._psw.setVisible(kind is CardKind.WORRY)
        self.edit.edit.setAccessibleName(f"{OF_MINE[kind]}: your card")
        self.edit.describe(f"{words} {NO_NAMES}")

    def _typed(self) -> None:
        self.pointed_out.hide()
        self.asked.hide()
        if not self.edit.is_empty:
            self.said.hide()
        if self.edit.edit.hasFocus():
            self.page.ensureWidgetVisible(self.edit, 0, 0)

    def _change(self) -> None:
        self.pointed_out.hide()
        self.edit.edit.setFocus()

    def _say_hard(self) -> None:
        chosen = self.hard.chosen
        self.hard_fold.set_summary(f"{count(chosen, 'tick')} kept" if chosen else "")
