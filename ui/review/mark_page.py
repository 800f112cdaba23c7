"""What stands on the page while a pack is marked: where somebody is, the answer beside its marks, or the whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.domain.review import Pack
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.rehearse.limited_text import LimitedText, keep_caret_in_view
from ui.rehearse.trouble import Trouble
from ui.review.mark_answer import AnswerPart, whose
from ui.review.mark_card import ImpressionChoices, SheetCard
from ui.review.mark_closeness import ClosenessCard
from ui.review.mark_known import about
from ui.review.mark_state import PackMarking, StepKind
from ui.review.mark_steps import SheetSteps
from ui.review.mark_story import keys
from ui.review.mark_whole import WholeCard
from ui.sizes import body_em, spaced
from ui.widgets.buttons import link_button, literal
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

WIDEST_EMS = 76.0
NARROWEST_EMS = 26.0
_ABOVE_THE_WORDS_EMS = 2.2
"""Room for the line above the words, which says how long they took."""
KEPT_HERE = "Your marks are kept on this computer as you give them. Nobody sees them until you return the pack."
EXEMPLAR = "This answer has been marked already. Mark it too, then see how close you are. Nobody else is told."
ALL_IN = "All of them are submitted and kept here. You can still change them, or return the pack now."


class MarkPage(ScrollPage):
    """Empty until `fill` brings a pack. `read_again` is for when it could not be read."""

    def __init__(self, desk: Desk, read_again: Callable[[], object]) -> None:
        super().__init__(widest=WIDEST_EMS, gap=0.7, fills=True)
        top = spaced(QHBoxLayout(), gap=0.8)
        self.heading = heading("Mark a pack")
        self.return_link = link_button("Return the pack…")
        self.leave = link_button("Leave for now")
        self.story_link = link_button("")
        self.story_link.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where somebody marks
        self.story_link.setToolTip("Key A")
        top.addWidget(self.heading, 1)
        for link in (self.story_link, self.return_link, self.leave):
            top.addWidget(link)
        self.column.addLayout(top)
        self.about = wrapped_label(quiet=True)
        self.column.addWidget(self.about)
        self.steps = SheetSteps(desk.theme)
        self.column.addWidget(self.steps)
        self.all_in = wrapped_label(ALL_IN)
        self.column.addWidget(self.all_in)
        self.trouble = Trouble(read_again)
        self.column.addWidget(self.trouble)
        self.answer = AnswerPart(desk.theme)
        self.card: SheetCard | None = None
        self.whole: WholeCard | None = None
        self.closeness = ClosenessCard()
        self._was_at = 0
        self._right_side = QWidget()
        self._right = spaced(QVBoxLayout(self._right_side), gap=0)
        self._right.addWidget(self.closeness)
        self.both = SideBySide(self.answer, self._right_side, narrowest=NARROWEST_EMS)
        self.column.addWidget(self.both, 1)
        for part in (self.steps, self.all_in, self.about, self.story_link, self.return_link, self.both):
            part.hide()

    def fill(self, pack: Pack) -> tuple[SheetCard, WholeCard]:
        """Make what hangs on the pack."""
        card = self.card = SheetCard(pack.rubric, pack.tags, keys(pack.story))
        self._right.insertWidget(0, card)
        whole = self.whole = WholeCard(pack.rubric, keys(pack.story))
        self.column.addWidget(whole, 1)
        card.lenses.moved.connect(self.bring_into_view)
        for comment in self.comments:
            keep_caret_in_view(self, comment)
        self.about.setText(_about(pack))
        if pack.story is not None:
            self.story_link.setText(literal(about(pack.story)))
            self.story_link.setAccessibleName(about(pack.story))
            self.story_link.show()
        for shown in (self.about, self.return_link):
            shown.show()
        return card, whole

    def could_not_read(self, error: UserError) -> None:
        """Say why there is nothing to mark."""
        self.trouble.tell(error)

    # --- what is shown

    def show_step(self, marking: PackMarking) -> None:
        """Show the step that somebody went to."""
        assert self.card is not None
        assert self.whole is not None
        at_a_whole = marking.step.kind is StepKind.WHOLE
        self.both.setVisible(not at_a_whole)
        self.whole.setVisible(at_a_whole)
        if at_a_whole:
            self.whole.show_whole(marking.candidate, marking.whole)
        else:
            closed = marking.is_closed
            is_exemplar = marking.step.kind is StepKind.EXEMPLAR
            who = EXEMPLAR if is_exemplar else f"{whose(marking.candidate)}  ·  Question {marking.answer.number}"
            self.answer.show_answer(marking.answer, who, marking.marks.pins)
            self.answer.pins.setEnabled(not closed)
            self.card.show_marks(marking.marks)
            self.card.setVisible(not closed)
            self.closeness.setVisible(closed)
            if closed:
                self.closeness.show_closeness(marking.exemplar, marking.marks, marking.pack.rubric)
        self.show_state(marking)
        self.steps.show()  # not before its buttons are named: each would be given its place anew
        self.verticalScrollBar().setValue(0)

    def show_state(self, marking: PackMarking) -> None:
        """Show how far everything is."""
        assert self.card is not None
        assert self.whole is not None
        self.all_in.setVisible(marking.all_submitted)
        self.steps.show_marking(marking)
        if marking.step.kind is StepKind.WHOLE:
            self.whole.show_states(marking.answers_of(marking.step.id))
        else:
            self.card.show_state(marking.sheet, is_exemplar=marking.step.kind is StepKind.EXEMPLAR)

    # --- where the keyboard is

    @property
    def comments(self) -> tuple[LimitedText, ...]:
        """Every box in which somebody writes."""
        if self.card is None or self.whole is None:
            return ()
        return (self.card.comment, self.answer.pins.comment, self.whole.comment)

    def words_fit(self) -> bool:
        """Whether everything typed can be kept; the keyboard goes where it cannot."""
        for comment in self.comments:
            if comment.isVisibleTo(self) and comment.too_long:
                comment.edit.setFocus()
                self.bring_into_view(comment)
                return False
        return True

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part, once everything has its place."""

        def bring() -> None:
            if part.isVisible():  # another answer may be on screen by now
                self.ensureWidgetVisible(part, 0, part.height() // 4)

        QTimer.singleShot(0, part, bring)

    def keep_words_in_sight(self) -> None:
        """The page is about to have less room: have what was said in it, and know where the page was."""
        bar = self.verticalScrollBar()
        self._was_at = bar.value()
        words = self.answer.words
        caret = words.cursorRect() if words.hasFocus() else QRect()

        def bring() -> None:
            inside = self.widget()
            if inside is None or not words.isVisible():
                return
            top = words.mapTo(inside, caret.topLeft()).y()
            bottom = words.mapTo(inside, caret.bottomLeft()).y() if caret.isValid() else top + words.height()
            if not bar.value() <= top <= bottom <= bar.value() + self.viewport().height():
                bar.setValue(top - body_em(_ABOVE_THE_WORDS_EMS))

        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, bring))  # once everything has its place

    def go_back(self) -> None:
        """The page has its room again: to where it was."""

        def go() -> None:
            self.verticalScrollBar().setValue(self._was_at)

        go()
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, go))  # it may not have had the room at once

    def overall(self, marking: PackMarking) -> ImpressionChoices:
        """Where the impression of this step is given."""
        assert self.card is not None
        assert self.whole is not None
        return self.whole.overall if marking.step.kind is StepKind.WHOLE else self.card.overall

    def focus(self, marking: PackMarking) -> bool:
        """Put the keyboard where the work on this step begins; says whether there is anything to be done."""
        assert self.card is not None
        if marking.is_closed:
            if self.both.below:
                self._to_top_of(self._right_side)
            return False
        if marking.step.kind is StepKind.WHOLE:
            self.overall(marking).focus()
        elif self.both.below:  # the marks are below the answer, which is read first
            self.answer.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self._to_top_of(self.answer)
        else:
            self.card.lenses.focus()
        return True

    def _to_top_of(self, part: QWidget) -> None:
        def go() -> None:
            self.verticalScrollBar().setValue(part.mapTo(self.content, QPoint(0, 0)).y())

        QTimer.singleShot(0, part, go)


def _about(pack: Pack) -> str:
    """For whom the pack is, from whom, until when, and what happens to the marks."""
    whom = f"For {pack.reviewer}" + (f", from {pack.made_by}" if pack.made_by else "")
    until = f" Please return it by {english.day(pack.deadline)}." if pack.deadline else ""
    note = f"\n“{pack.note}”" if pack.note else ""
    return f"{whom}.{until} {KEPT_HERE}{note}"
