"""What peers made of a rehearsal, and what its owner takes from it for the person who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.domain.review import LONGEST_ADVICE, MOST_TO_CHANGE, MOST_TO_KEEP, KeepAndChange
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject, change
from ui.banks.head import Head
from ui.desk import Desk
from ui.rehearse.peers_card import PeersCard
from ui.rehearse.trouble import Trouble
from ui.screen import Screen
from ui.sizes import spaced
from ui.story.fields import LineField
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.peers import PeerReview

_WIDEST_EMS = 60.0
KEPT = "This is kept, and stands in the report."


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the screen shows of one rehearsal."""

    title: str
    review: PeerReview | None
    advice: KeepAndChange


class PeersScreen(Screen):
    """`report_wanted` and `left_for_now` carry the id of the sitting."""

    report_wanted = Signal(str)
    left_for_now = Signal()

    def __init__(self, desk: Desk, sitting_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.sitting_id = sitting_id
        self._kept = KeepAndChange()
        self._keeping = self._is_filled = self._shown = False
        self.page = ScrollPage(widest=_WIDEST_EMS, gap=0.9)
        self.leave = link_button("Back to peer review", self.left_for_now.emit)
        self.name = wrapped_label(quiet=True)
        self.trouble = Trouble(self._read)
        self.peers = PeersCard()
        self.keep = [LineField(f"To keep, {at}") for at in range(1, MOST_TO_KEEP + 1)]
        self.change = [LineField(f"To change, {at}") for at in range(1, MOST_TO_CHANGE + 1)]
        self.problem = problem_label()
        self.report = primary_button("Make the report", lambda: self.report_wanted.emit(self.sitting_id))
        self.keep_button = secondary_button("Keep these", self.keep_advice)
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
        for part in (self.name, self.trouble, self.peers):
            column.addWidget(part)
        self.card = Card("Three things to keep, two to change")
        self.card.body.addWidget(
            wrapped_label(
                "Your choice out of all that was said. It stands at the top of the peers' part of the report."
            )
        )
        for one in self.fields:
            self.card.body.addWidget(one)
            one.changed.connect(self._edited)
        self.saved = small_label("")
        self.card.body.addWidget(self.problem)
        self.card.body.addWidget(self.saved)
        self.card.add_buttons(self.report, self.keep_button)
        self.problem.hide()
        column.addWidget(self.card)
        self.peers.hide()
        self.card.hide()
        whole = spaced(QVBoxLayout(self), gap=0)
        whole.addWidget(self.page)

    # --- reading

    def _read(self) -> None:
        self.trouble.hide()
        desk, sitting_id = self._desk, self.sitting_id
        desk.tasks.database(lambda: _read(desk, sitting_id), then=self._fill, failed=self.trouble.tell, owner=self)

    def _fill(self, shown: Shown) -> None:
        self.name.setText(shown.title)
        if shown.review is not None:
            self.peers.show_review(shown.review)
        self.peers.setVisible(shown.review is not None)
        if not self._is_filled or self.advice == self._kept:
            self._show_advice(shown.advice)
        self.card.show()
        self._is_filled = True
        if self._shown:
            self.leave.setFocus()
        self.filled.emit()

    def _show_advice(self, advice: KeepAndChange) -> None:
        self._kept = advice
        for fields, lines in ((self.keep, advice.keep), (self.change, advice.change)):
            for at, one in enumerate(fields):
                one.show_text(lines[at] if at < len(lines) else "")

    def arrived(self) -> None:
        """Begin at the top."""
        self._shown = True
        self.page.to_top()
        self.leave.setFocus()

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.PACKS, Subject.SITTINGS) and not self._keeping:
            self._read()

    # --- choosing

    def _edited(self) -> None:
        self.saved.setText("")
        long = [one for one in self.fields if len(one.text) > LONGEST_ADVICE]
        for one in self.fields:
            one.set_problem(f"At most {LONGEST_ADVICE:,} characters. Make it shorter." if one in long else "")

    def keep_advice(self) -> None:
        """Keep what stands in the fields."""
        self._save()

    def may_close(self) -> bool:
        """What was written is kept on the way out, if it can be."""
        if self._keeping or any(len(one.text) > LONGEST_ADVICE for one in self.fields):
            return False
        if self._is_filled and self.advice != self._kept:
            self._save()
        return True

    def _save(self) -> None:
        desk, sitting_id, advice = self._desk, self.sitting_id, self.advice
        self._keeping = True
        self.problem.hide()

        def keep() -> None:
            from cqcmock.services import peers

            peers.choose_keep_and_change(desk.library, sitting_id, advice.keep, advice.change)

        def kept(_: None) -> None:
            self._keeping = False
            self._kept = advice
            self.saved.setText(KEPT)
            announce(self.saved, KEPT)
            desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting_id,)))

        desk.tasks.database(keep, then=kept, failed=self._not_kept, owner=self)

    def _not_kept(self, error: UserError) -> None:
        self._keeping = False
        words = f"It is not kept yet, and nothing that you typed is lost. {error}"
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, at_once=True)


def _read(desk: Desk, sitting_id: str) -> Shown:
    from cqcmock.services import peers, sittings

    sitting = sittings.load(desk.library, sitting_id)
    review = peers.peer_review(desk.library, sitting)
    return Shown(sitting.title, review, peers.keep_and_change(desk.library, sitting_id))
