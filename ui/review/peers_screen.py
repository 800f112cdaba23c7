"""What peers made of a rehearsal, and what its owner takes from it for the person who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.review import LONGEST_ADVICE, MOST_TO_CHANGE, MOST_TO_KEEP, KeepAndChange
from ui.app_signals import Change, Subject, change
from ui.autosave import Autosave
from ui.banks.head import Head
from ui.desk import Desk
from ui.rehearse.peers_card import PeersCard
from ui.rehearse.saved_label import SavedLabel
from ui.rehearse.trouble import Trouble
from ui.screen import Screen
from ui.sizes import spaced
from ui.story.fields import LineField
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import wrapped_label
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.who_can_see import WhoCanSee

if TYPE_CHECKING:
    from cqcmock.services.peers import PeerReview

_WIDEST_EMS = 60.0
CHOOSE = (
    "Your choice out of all that was said. It stands at the top of the peers' part of the report, and is saved as you "
    "write it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the screen shows of one rehearsal."""

    title: str
    review: PeerReview | None
    advice: KeepAndChange


class PeersScreen(Screen):
    """`report_wanted` and `marks_wanted` carry the id of the sitting.

    What peers said waits for the own marks, and so does the choice out of it.
    """

    report_wanted = Signal(str)
    marks_wanted = Signal(str)
    left_for_now = Signal()

    def __init__(self, desk: Desk, sitting_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.sitting_id = sitting_id
        self._is_filled = self._shown = self._written = False
        self.autosave: Autosave[KeepAndChange] = Autosave(lambda: self.advice, self._keep, desk.tasks, parent=self)
        self.saved = SavedLabel(self.autosave, desk.messages)
        self.page = ScrollPage(widest=_WIDEST_EMS, gap=0.9)
        self.leave = link_button("Back to peer review", self.left_for_now.emit)
        self.name = wrapped_label(quiet=True)
        self.seen = WhoCanSee(desk, "these answers")
        self.trouble = Trouble(self._read)
        self.peers = PeersCard()
        self.keep = [LineField(f"To keep, {at}") for at in range(1, MOST_TO_KEEP + 1)]
        self.change = [LineField(f"To change, {at}") for at in range(1, MOST_TO_CHANGE + 1)]
        self.report = primary_button("Make the report", self.make_report)
        self.mark = primary_button("Mark your answers", lambda: self.marks_wanted.emit(self.sitting_id))
        self._lay_out()
        desk.signals.changed.connect(self._changed)
        self._read()

    @property
    def fields(self) -> list[LineField]:
        """What to keep, then what to change."""
        return [*self.keep, *self.change]

    @property
    def advice(self) -> KeepAndChange:
        """What stands in the fields."""
        keep, changes = ([" ".join(one.text.split()) for one in part] for part in (self.keep, self.change))
        return KeepAndChange(keep=tuple(line for line in keep if line), change=tuple(line for line in changes if line))

    def _lay_out(self) -> None:
        column = self.page.column
        column.addWidget(Head("What peers made of it", self.leave))
        first = QWidget()
        spaced(FlowLayout(first), gap=0.4).addWidget(self.mark)
        for part in (self.name, self.seen, self.trouble, self.peers, first):
            column.addWidget(part)
        self.card = Card("Three things to keep, two to change")
        self.card.body.addWidget(wrapped_label(CHOOSE))
        for one in self.fields:
            self.card.body.addWidget(one)
            one.changed.connect(self._edited)
        self.card.body.addWidget(self.saved)
        self.card.add_buttons(self.report)
        column.addWidget(self.card)
        for part in (self.peers, self.mark, self.card):
            part.hide()
        whole = spaced(QVBoxLayout(self), gap=0)
        whole.addWidget(self.page)

    # --- reading

    def _read(self) -> None:
        self.trouble.hide()
        desk, sitting_id = self._desk, self.sitting_id
        desk.tasks.database(lambda: _read(desk, sitting_id), then=self._fill, failed=self.trouble.tell, owner=self)

    def _fill(self, shown: Shown) -> None:
        review = shown.review
        self.name.setText(shown.title)
        self.seen.show_for(self.sitting_id)
        if review is not None:
            self.peers.show_review(review)
        self.peers.setVisible(review is not None)
        if self.autosave.is_saved and self.advice != shown.advice:  # what is being written stays
            self._show_advice(shown.advice)
        waits = review is not None and review.hidden
        self.mark.setVisible(waits)
        self.card.setVisible(not waits)
        first, self._is_filled = not self._is_filled, True
        if first and self._shown:
            self._focus()
        self.filled.emit()

    def _show_advice(self, advice: KeepAndChange) -> None:
        for fields, lines in ((self.keep, advice.keep), (self.change, advice.change)):
            for at, one in enumerate(fields):
                one.show_text(lines[at] if at < len(lines) else "")

    def arrived(self) -> None:
        """Begin at the top; where the own marks come first, with them."""
        self._shown = True
        self.page.to_top()
        self._focus()

    def _focus(self) -> None:
        if self.mark.isHidden():
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.mark.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(self.mark)

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.PACKS, Subject.SITTINGS):
            self._read()

    # --- choosing

    def _edited(self) -> None:
        self._written = True
        if self._say_what_is_long() is None:
            self.saved.touch()

    def _say_what_is_long(self) -> LineField | None:
        """Say it beside each line that is too long; returns the first of them."""
        long = [one for one in self.fields if len(one.text) > LONGEST_ADVICE]
        for one in self.fields:
            one.set_problem(f"At most {LONGEST_ADVICE:,} characters. Make it shorter." if one in long else "")
        return long[0] if long else None

    def _keep(self, advice: KeepAndChange) -> None:
        """In the database lane."""
        from cqcmock.services import peers

        peers.choose_keep_and_change(self._desk.library, self.sitting_id, advice.keep, advice.change)

    def make_report(self) -> None:
        """Ask for the report, once all that it is to say is on disk."""
        if self._is_kept():
            self.report_wanted.emit(self.sitting_id)

    def may_close(self) -> bool:
        """What was written is on disk first; where that cannot be, the screen stays and says why."""
        if not self._is_kept():
            return False
        if self._written:
            self._written = False
            self._desk.signals.changed.emit(change(Subject.SITTINGS, ids=(self.sitting_id,)))
        return True

    def _is_kept(self) -> bool:
        long = self._say_what_is_long()
        if long is not None:
            long.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(long)
            return False
        kept = self.autosave.flush()
        self.saved.show_state()
        return kept


def _read(desk: Desk, sitting_id: str) -> Shown:
    from cqcmock.services import peers, sittings

    sitting = sittings.load(desk.library, sitting_id)
    review = peers.peer_review(desk.library, sitting)
    return Shown(sitting.title, review, peers.keep_and_change(desk.library, sitting_id))
