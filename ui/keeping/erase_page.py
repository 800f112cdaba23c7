"""Exactly what erasing one person takes away and changes, before it is done; and afterwards what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import listed_in_quotes
from cqcmock.domain.person import key_of
from ui.keeping import person_words, words
from ui.keeping.last_step import LastStep
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, lead_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.persons import Erasure

NAMED = "The reason names the person, and it stands in the audit trail for good. Say why without the name."


class _Part(QWidget):
    """A heading with lines under it; nothing at all where there are none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.label: TextLabel = wrapped_label()
        column = spaced(QVBoxLayout(self), gap=0.3)
        column.addWidget(heading(title, 3))
        column.addWidget(self.label)

    def say(self, lines: tuple[str, ...], *, listed: bool = True) -> None:
        """Say these."""
        self.label.setText("\n".join(f"•\u2002{line}" if listed else line for line in lines))
        self.setVisible(bool(lines))


class ErasePage(QWidget):
    """`agreed` carries the name and the reason, `hold_wanted` the id of a hold that keeps it from being done."""

    agreed = Signal(str, str)
    back_wanted = Signal()
    hold_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.preview: Erasure | None = None
        self.lead: TextLabel = lead_label()
        self.goes = _Part(person_words.GOES)
        self.changed = _Part(person_words.CHANGED)
        self.mentioned = _Part(person_words.MENTIONED)
        self.unsure: TextLabel = wrapped_label()
        self.alike: TextLabel = wrapped_label()
        self.held = _Part(person_words.HELD)
        self.to_hold = link_button("Show the hold", self._to_hold)
        self.reach = _Part("What cannot be reached from here")
        self.step = LastStep("Keep everything", person_words.HINT)
        card = Card()
        for part in (
            self.lead, self.held, self.to_hold, self.goes, self.changed, self.mentioned, self.unsure, self.alike,
            self.reach, self.step,
        ):  # fmt: skip
            card.body.addWidget(part)
        card.body.setAlignment(self.to_hold, Qt.AlignmentFlag.AlignLeft)
        self.reach.say((f"{person_words.COPIES} {person_words.OUTSIDE}",), listed=False)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)
        self.step.agreed.connect(self._agree)
        self.step.back_wanted.connect(self.back_wanted)

    def begin(self, found: Erasure) -> None:
        """Show what would be done."""
        self.preview = found
        possible = not found.holds and not found.is_nothing
        self.lead.setText(person_words.NOTHING if found.is_nothing else words.FOR_GOOD)
        self.goes.say(person_words.places(found.gone))
        self.changed.say(person_words.places(found.renamed))
        self.mentioned.say((mentions,) if (mentions := person_words.mentions(found)) else (), listed=False)
        self.unsure.setText(" ".join(person_words.unsure(found)))
        self.unsure.setVisible(bool(self.unsure.text()))
        alike = f"Left alone, and perhaps the same person: {listed_in_quotes(found.look_alikes)}."
        self.alike.setText(alike if found.look_alikes else "")
        self.alike.setVisible(bool(found.look_alikes))
        self.held.say(person_words.holds(found))
        self.lead.setHidden(bool(found.holds))
        self.to_hold.setVisible(bool(found.holds))
        self.reach.setVisible(possible)
        self.step.begin("Erase this person for good", possible=possible)

    def _to_hold(self) -> None:
        if self.preview is not None and self.preview.holds:
            self.hold_wanted.emit(self.preview.holds[0].id)

    def _agree(self, why: str) -> None:
        assert self.preview is not None
        if key_of(self.preview.person) in key_of(why):
            self.step.reason.show_problem(NAMED)
            self.step.reason.begin()
            return
        self.agreed.emit(self.preview.person, why)


class ErasedPage(QWidget):
    """What was done; `back_wanted` goes to the names."""

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.done: TextLabel = wrapped_label()
        self.back_button = primary_button("Back to the names", self.back_wanted.emit)
        card = Card()
        card.body.addWidget(lead_label("The person is erased."))
        card.body.addWidget(self.done)
        card.body.addWidget(wrapped_label(person_words.OUTSIDE))
        card.add_buttons(self.back_button)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)

    def begin(self, found: Erasure) -> None:
        """Say what was done."""
        self.done.setText("\n".join(person_words.erased(found)))
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
