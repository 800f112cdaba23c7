"""A record of reflection for somebody who was at a café and asks for one: typed here, put on paper, and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.errors import UserError
from ui.announce import announce
from ui.banks.head import Head
from ui.cafe.papers_deeds import PaperDeeds
from ui.cafe.papers_making import reflection_paper
from ui.cafe.record_form import RecordForm
from ui.commands import Commands
from ui.desk import Desk
from ui.messages import SAID
from ui.review.papers import Paper
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, make_primary, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession

WIDEST_EMS: Final = 46.0
KEEPS_NOTHING: Final = (
    "For somebody who was there and asks for one. What is typed here goes onto their paper and nowhere else: the"
    " program keeps none of it. Whatever is left empty becomes lines to fill in with a pen."
)
ONE_PAGE: Final = "A few sentences in each part keep it to one page."
NOT_SAVED: Final = "What is typed here has not been saved or printed. {} it is gone for good."


class RecordScreen(Screen):
    """`left_for_now` asks for the way back."""

    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, session_id: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._leaving = False
        self._waiting = bool(session_id)
        self._on_paper: tuple[str, ...] = ()
        self._kept: tuple[str, ...] = ()
        self._lay_out()
        self._kept = self._on_paper = self.form.words
        self.deeds.serve(self, commands)
        self.deeds.set_possible(True)
        self.deeds.written.connect(self._written)
        self.form.changed.connect(self._changed)
        self.form.begin_with(desk.clock.today(), 0)
        if session_id:
            desk.tasks.database(
                lambda: _read(desk, session_id), then=self._begin_with, failed=self._not_read, owner=self
            )

    def _lay_out(self) -> None:
        self.page = ScrollPage(widest=WIDEST_EMS, gap=0.9)
        self.back = link_button("Back to the café", self.leave)
        self.form = RecordForm()
        self.deeds = PaperDeeds(self._desk, self._paper)
        self.next_person = secondary_button("Next person", self.next_one)
        self.next_person.setAccessibleDescription("Empties the form: what was typed is gone")
        self.problem = problem_label()
        self.asking = self._make_asking()
        self.deeds.add_buttons(self.next_person)
        column = self.page.column
        for part in (
            Head("Record of reflection", self.back),
            wrapped_label(KEEPS_NOTHING),
            self.problem,
            self.form,
            small_label(ONE_PAGE),
            self.deeds,
            self.asking,
        ):
            column.addWidget(part)
        for part in (self.problem, self.asking):
            part.hide()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)

    def _make_asking(self) -> Card:
        asking = Card()
        self.asked = problem_label()
        self.stay = secondary_button("Go on typing", self._stay)
        self.forget = secondary_button("", self._forget)
        asking.body.addWidget(self.asked)
        asking.add_buttons(self.stay, self.forget)
        return asking

    # --- the session

    def _begin_with(self, session: CafeSession) -> None:
        if not (self.is_unsaved or self.form.date.touched or self.form.minutes.touched):
            self.form.begin_with(session.day, session.minutes)
        self._is_filled()

    def _not_read(self, error: UserError) -> None:
        self.problem.setText(f"{error} The day and the time spent are for you to enter.")
        self.problem.show()
        self._is_filled()

    def _is_filled(self) -> None:
        self._waiting = False
        self.filled.emit()

    # --- what was typed

    @property
    def is_unsaved(self) -> bool:
        """Whether words stand here that are on no paper yet."""
        return any(self.form.words) and self.form.words != self._kept

    def _changed(self) -> None:
        self.asking.hide()
        self._offer_next(first=False)

    def _paper(self) -> Paper:
        self._on_paper = self.form.words
        return reflection_paper(self._desk, self.form.given)

    def _written(self) -> None:
        """Words that were typed since then are not on the paper."""
        self._kept = self._on_paper
        self.asking.hide()
        if not self.is_unsaved:
            self._offer_next(first=True)
            self.next_person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_next(self, *, first: bool) -> None:
        """One thing is to be done next: to get it onto paper, and then to empty the form."""
        make_primary(self.deeds.save, not first)
        make_primary(self.next_person, first)

    # --- the next person, and leaving

    def next_one(self) -> None:
        """Empty the form for the next person; ask first where something would be lost."""
        if not self.deeds.let_finish():
            return
        if self.is_unsaved:
            self._ask(leaving=False)
        else:
            self._empty()

    def leave(self) -> None:
        """Go back, if nothing would be lost."""
        if self.may_close():
            self.left_for_now.emit()

    def may_close(self) -> bool:
        """Words that are on no paper go only where somebody says so."""
        if not self.deeds.let_finish():
            return False
        if self.is_unsaved:
            self._ask(leaving=True)
            return False
        return True

    def rest(self) -> Rest:
        """The words of a record belong into no library: they stay as they are."""
        if not self.deeds.let_finish():
            return Rest.AT_WORK
        return Rest.KEPT if self.is_unsaved else Rest.OVER

    def _ask(self, *, leaving: bool) -> None:
        self._leaving = leaving
        self.asked.setText(NOT_SAVED.format("If you leave," if leaving else "If you empty the form,"))
        self.forget.setText("Leave without it" if leaving else "Empty the form")
        self.forget.setAccessibleName(self.forget.text())
        self.asking.show()
        self.page.bring(self.asking)
        announce(self.asking, self.asked.text(), at_once=True)
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self) -> None:
        self.asking.hide()
        self.form.name.focus()

    def _forget(self) -> None:
        leaving = self._leaving
        self._empty()
        if leaving:
            self.left_for_now.emit()

    def _empty(self) -> None:
        """Nothing of one person is left for the next, the name of a file that they chose among it."""
        self.form.empty()
        self._kept = self._on_paper = self.form.words
        self.asking.hide()
        self.problem.hide()
        self.deeds.say_nothing()
        self._desk.messages.clear(SAID)
        self._offer_next(first=False)
        self._focus()

    def _focus(self) -> None:
        self.page.to_top()
        self.form.name.focus()

    def arrived(self) -> None:
        """Work begins with the name."""
        self._focus()
        if not self._waiting:
            self.filled.emit()


def _read(desk: Desk, session_id: str) -> CafeSession:
    """In the database lane: when the session was, and how long. Raises UserError where it is gone."""
    from cqcmock.services.cafe import opening

    return opening.for_look(desk.library, session_id)
