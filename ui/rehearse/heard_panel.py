"""What an assessor listens for in a question, and after an answer, what was recognised in it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, duration, take_name
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.modes import Timer
from cqcmock.services.live import LiveInterview
from cqcmock.services.rehearsing import heard_in
from ui.sizes import spaced
from ui.widgets.card import Card
from ui.widgets.labels import heading, small_label, wrapped_label

HEARD, NOT_HEARD = "✓", "–"
LONGEST_SHOWN = 1200


class HeardPanel(QWidget):
    """One card; its words are made anew each time something is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = spaced(QVBoxLayout(self), gap=0.6)
        self._cards: list[Card] = []

    def show_points(self, live: LiveInterview) -> None:
        """What an assessor may listen for; nothing about what has been said."""
        card = self._only_card("An assessor may listen for")
        for point in live.planned.question.points:
            card.body.addWidget(wrapped_label(f"{NOT_HEARD}\u2002{point.label}"))
        card.body.addWidget(small_label("Use your own words. Nobody can say everything in two minutes."))

    def show_takes(self, live: LiveInterview) -> None:
        """What was recognised in each take of this question, the latest first."""
        takes = live.state.takes[live.state.question]
        timed = live.plan.timer is not Timer.OFF
        aim = f" (the aim was {duration(live.planned.timing.target)})" if timed else ""
        self._clear()
        for number in reversed(range(len(takes))):
            take = takes[number]
            title = take_name(number) if len(takes) > 1 else "What was recognised"
            card = self._card(title)
            _show_hearing(card, heard_in(live.planned, take))
            card.body.addWidget(
                small_label(
                    f"You took {duration(take.answer_seconds)}{aim}, for {count(len(take.text.split()), 'word')}."
                )
            )
            if len(takes) > 1:
                card.body.addWidget(wrapped_label(_shortened(take.text) or "No words.", quiet=True))

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


def _show_hearing(card: Card, hearing: Hearing) -> None:
    heard = [point for point in hearing.points if point.heard]
    missed = [point for point in hearing.points if not point.heard]
    for point in heard:
        said = " (you said that this is not so yet)" if point.negated else ""
        card.body.addWidget(wrapped_label(f"{HEARD}\u2002{point.label}{said}"))
    if not heard:
        card.body.addWidget(wrapped_label("None of the points this time. They may be there in other words."))
    if missed:
        card.body.addWidget(heading("Not recognised", 3))
    for point in missed:
        card.body.addWidget(wrapped_label(f"{NOT_HEARD}\u2002{point.label}", quiet=True))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
