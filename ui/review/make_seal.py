"""The last step of a pack: the words that seal it, what to do with them, and where the file goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, day, listed
from ui.sizes import spaced
from ui.story.fields import LineField
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, question_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.review import Pack

SIX = "Six words to open it"
OWN = "Your own words"
TYPE_OWN, USE_OFFERED = "Type my own", "Use six words that are offered"
NO_WORDS = "Type the words, or use the six that are offered."
APART = (
    "Say these words to {} over the phone, and let them be written down. "
    "Never put them into the same message as the file: whoever has both can read everything."
)
APART_OWN = (
    "Tell {} over the phone, and never in the same message as the file: whoever has both can read everything. "
    "Capitals do not matter, nor do spaces between words."
)


class SealStep(QWidget):
    """`other_words` when others are wanted; `changed` when something else is to be used."""

    other_words = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own = False
        column = spaced(QVBoxLayout(self), gap=0.9)
        self.title = heading("Seal it, and save it")
        self.what: TextLabel = wrapped_label()
        column.addWidget(self.title)
        column.addWidget(self.what)
        self.card = Card(SIX)
        self.words = question_label()
        self.own = LineField(
            "The words that open it",
            "Six words drawn by chance are safest. A saying or the line of a song is soon guessed.",
        )
        self.own.line.setMaxLength(200)
        self.own.changed.connect(self._typed)
        self.apart = wrapped_label()
        self.others = secondary_button("Other words", self.other_words.emit)
        self.switch = secondary_button(TYPE_OWN, self._switch)
        for part in (self.words, self.own, self.apart):
            self.card.body.addWidget(part)
        self.card.add_buttons(self.others, self.switch)
        self.key_card = Card("Sealed to a key")
        self.key_words = wrapped_label()
        self.key_card.body.addWidget(self.key_words)
        column.addWidget(self.card)
        column.addWidget(self.key_card)
        self._reviewer = ""
        self._address = ""
        self._show()

    def show_pack(self, pack: Pack, taken_out: int, kept: int, address: str) -> None:
        """Say what is about to be sealed."""
        self._reviewer, self._address = pack.reviewer, address
        self.what.setText("\n".join(told(pack, taken_out, kept)))
        self._show()

    def show_words(self, words: str) -> None:
        """Offer these."""
        self.words.setText(words)

    @property
    def passphrase(self) -> str:
        """The words that it is sealed with, or nothing where it is sealed to a key."""
        if self._address:
            return ""
        return " ".join(self.own.text.split()) if self._own else self.words.text()

    @property
    def is_own(self) -> bool:
        """Whether somebody types words of their own."""
        return self._own and not self._address

    @property
    def first_stop(self) -> QWidget | None:
        """What is to be filled in first."""
        return self.own.control if self.is_own else None

    def is_right(self) -> bool:
        """Whether there are words, or none are needed."""
        missing = self.is_own and not self.passphrase
        self.own.set_problem(NO_WORDS if missing else "")
        return not missing and bool(self.passphrase or self._address)

    def forget(self) -> None:
        """For another pack other words are used."""
        self._own = False
        self.own.show_text("")
        self.words.setText("")
        self._show()

    def _switch(self) -> None:
        self._own = not self._own
        self.own.set_problem("")
        self._show()
        (self.own.control if self._own else self.switch).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _typed(self) -> None:
        self.own.set_problem("")
        self.changed.emit()

    def _show(self) -> None:
        self.card.setVisible(not self._address)
        self.key_card.setVisible(bool(self._address))
        self.card.title.setText(OWN if self._own else SIX)
        self.card.setAccessibleName(self.card.title.text())
        self.words.setVisible(not self._own)
        self.own.setVisible(self._own)
        self.others.setVisible(not self._own)
        self.switch.setText(USE_OFFERED if self._own else TYPE_OWN)
        self.switch.setAccessibleName(self.switch.text())
        name = self._reviewer or "the reviewer"
        self.apart.setText((APART_OWN if self._own else APART).format(name))
        self.key_words.setText(
            f"Only the computer of {name} can open the pack, with the key that belongs to {self._address}. "
            "There are no words to be said."
        )


def told(pack: Pack, taken_out: int, kept: int) -> list[str]:
    """What is in a pack, in sentences."""
    until = f", to be back by {day(pack.deadline)}" if pack.deadline else ""
    coded = len({answer.candidate for answer in pack.answers})
    who = "with their names" if pack.names_shown else "under codes instead of names"
    lines = [f"For {pack.reviewer}{until}: {count(len(pack.answers), 'answer')} of {count(coded, 'rehearsal')}, {who}."]
    if taken_out or kept:
        parts = [f"{count(taken_out, 'place')} taken out" if taken_out else "", f"{kept:,} kept" if kept else ""]
        lines.append(f"Of what could name somebody: {listed([part for part in parts if part])}.")
    if pack.story is not None:
        lines.append(f"The local story of {pack.story.place.name} goes along.")
    if pack.exemplars:
        lines.append(f"{count(len(pack.exemplars), 'exemplar')} to be marked first.")
    elif pack.exemplars_first:
        lines.append("There are no exemplars for these roles, so none go along.")
    return lines
