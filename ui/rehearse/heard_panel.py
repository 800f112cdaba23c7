"""What an assessor listens for in a question, and after an answer, what was recognised in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, duration, take_name
from cqcmock.domain.modes import Timer
from cqcmock.services.live import LiveInterview
from ui.rehearse.remark_list import RemarkList
from ui.sizes import spaced
from ui.widgets.card import Card
from ui.widgets.labels import small_label, wrapped_label

NOT_HEARD = "–"
LONGEST_SHOWN = 1200


class HeardPanel(QWidget):
    """One card; its words are made anew each time something is to be shown.

    `overruled` carries a remark on the latest take that the person says is wrong, or lets stand again.
    """

    overruled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = spaced(QVBoxLayout(self), gap=0.6)
        self._cards: list[Card] = []
        self.latest: RemarkList | None = None
        self._shown: tuple[int, int, str] | None = None

    def show_points(self, live: LiveInterview) -> None:
        """What an assessor may listen for; nothing about what has been said."""
        card = self._only_card("An assessor may listen for")
        for point in live.planned.question.points:
            card.body.addWidget(wrapped_label(f"{NOT_HEARD}\u2002{point.label}"))
        card.body.addWidget(small_label("Use your own words. Nobody can say everything in two minutes."))

    def show_takes(self, live: LiveInterview) -> None:
        """What was recognised in each take of this question, the latest first."""
        takes = live.state.takes[live.state.question]
        shown = (live.state.question, len(takes), takes[-1].spoken)
        if shown == self._shown and self.latest is not None:  # the keyboard stays where it is
            self.latest.show_hearing(live.hearing(), may_overrule=True)
            return
        timed = live.plan.timer is not Timer.OFF
        aim = f" (the aim was {duration(live.planned.timing.target)})" if timed else ""
        self._clear()
        self._shown = shown
        for number in reversed(range(len(takes))):
            take = takes[number]
            title = take_name(number) if len(takes) > 1 else "What was recognised"
            card = self._card(title)
            remarks = RemarkList()
            remarks.show_hearing(live.hearing(number), may_overrule=number == len(takes) - 1)
            remarks.overruled.connect(self.overruled)
            card.body.addWidget(remarks)
            if number == len(takes) - 1:
                self.latest = remarks
            card.body.addWidget(
                small_label(
                    f"You took {duration(take.answer_seconds)}{aim}, for {count(len(take.text.split()), 'word')}."
                )
            )
            if len(takes) > 1:
                card.body.addWidget(wrapped_label(_shortened(take.text) or "No words.", quiet=True))

    def can_overrule(self) -> bool:
        """Whether somebody is on a line that may be overruled."""
        return self.latest is not None and self.latest.can_overrule()

    def overrule(self) -> None:
        """Overrule the line that somebody is on."""
        if self.latest is not None:
            self.latest.overrule()

    def _only_card(self, title: str) -> Card:
        self._clear()
        return self._card(title)

    def _card(self, title: str) -> Card:
        card = Card(title)
        self._cards.append(card)
        self._column.addWidget(card)
        return card

    def _clear(self) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()
        self.latest = None


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
