"""How close somebody came to the reference marks of an exemplar: told to them alone, lens by lens, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.agreement import APART
from cqcmock.domain.review import Exemplar, PeerMarks
from cqcmock.domain.rubric import Rubric
from ui.sizes import spaced
from ui.widgets.card import Card
from ui.widgets.labels import heading, small_label, wrapped_label
from ui.widgets.pill import Tone, pill

PRIVATE = "Only you see this. It is never sent to anybody."
_NUMBERS = {1: "One level", 2: "Two levels", 3: "Three levels"}
_ARTICLES = {"weak": "a weak answer", "borderline": "a borderline answer", "strong": "a strong answer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """One lens of an exemplar, marked by the reviewer and by those who wrote it."""

    name: str
    yours: int
    reference: int
    anchor: str
    reason: str = ""

    @property
    def apart(self) -> int:
        """How much higher the reviewer marked, or, below 0, lower."""
        return self.yours - self.reference

    @property
    def words(self) -> str:
        """How close it was: The same; One level higher."""
        if not self.apart:
            return "The same"
        return f"{_NUMBERS[abs(self.apart)]} {'higher' if self.apart > 0 else 'lower'}"

    @property
    def tone(self) -> Tone:
        """The tone of these words."""
        if not self.apart:
            return Tone.IN_HAND
        return Tone.OVER if abs(self.apart) >= APART else Tone.WRAP_UP


def how_close(exemplar: Exemplar, marks: PeerMarks, rubric: Rubric) -> tuple[Close, ...]:
    """Every lens that has been marked on both sides, then the impression of the whole where there is one."""
    lenses = [
        Close(
            name=lens.name,
            yours=marks.levels[lens.id],
            reference=exemplar.levels[lens.id],
            anchor=lens.anchors[exemplar.levels[lens.id]],
            reason=exemplar.reasons.get(lens.id, ""),
        )
        for lens in rubric.lenses
        if lens.id in marks.levels and lens.id in exemplar.levels
    ]
    if marks.overall is None:
        return tuple(lenses)
    overall = rubric.overall[exemplar.overall]
    return (*lenses, Close(name="All in all", yours=marks.overall, reference=exemplar.overall, anchor=overall))


def in_all(closes: tuple[Close, ...]) -> str:
    """The comparison in a sentence or two."""
    if not closes:
        return "There is nothing to compare."
    same = sum(not close.apart for close in closes)
    far = sum(abs(close.apart) >= APART for close in closes)
    parts = [f"The same on {same} of {len(closes)}"]
    if one := len(closes) - same - far:
        parts.append(f"one level apart on {one}")
    if far:
        parts.append(f"further apart on {far}")
    leaning = sum(close.apart for close in closes)
    if leaning > 0:
        tendency = "You marked higher than the reference, taken together."
    elif leaning < 0:
        tendency = "You marked lower than the reference, taken together."
    else:
        tendency = "Taken together you marked neither higher nor lower."
    return f"{', '.join(parts)}. {tendency}"


class ClosenessCard(Card):
    """Made anew for each exemplar that has been marked."""

    def __init__(self) -> None:
        super().__init__("How close you were")
        self.told = wrapped_label()
        self.private = small_label(PRIVATE)
        self.body.addWidget(self.told)
        self.body.addWidget(self.private)
        self._rows: QWidget | None = None
        self._place = spaced(QVBoxLayout(), gap=0)
        self.body.addLayout(self._place)
        self.body.addStretch(1)

    def show_closeness(self, exemplar: Exemplar, marks: PeerMarks, rubric: Rubric) -> None:
        """Compare these marks with those of the reference."""
        closes = how_close(exemplar, marks, rubric)
        written = _ARTICLES.get(exemplar.standard)
        self.told.setText(in_all(closes) + (f" It was written to be {written}." if written else ""))
        if self._rows is not None:
            self._place.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        column = spaced(QVBoxLayout(self._rows), gap=0.7, margins=(0.0, 0.4, 0.0, 0.0))
        for close in closes:
            column.addLayout(_row(close))
        self._place.addWidget(self._rows)


def _row(close: Close) -> QVBoxLayout:
    row = spaced(QVBoxLayout(), gap=0.15)
    head = spaced(QHBoxLayout(), gap=0.5)
    head.addWidget(heading(close.name, 3), 1)
    head.addWidget(pill(close.words, close.tone))
    row.addLayout(head)
    row.addWidget(wrapped_label(f"You gave {close.yours}, the reference {close.reference}: {close.anchor}"))
    if close.reason:
        row.addWidget(small_label(close.reason))
    return row
