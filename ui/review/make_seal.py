"""The last step of a pack: the words that seal it, what to do with them, and where the file goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, day, listed
from ui.sizes import spaced
from ui.story.fields import LineField
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, question_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.review import Pack

SIX = "Six words to open it"
OWN = "Your own words"
TYPE_OWN, USE_OFFERED = "Type my own", "Use six words that are offered"
STRONG = "✓\u2002Nobody will guess these words."
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
    """`other_words` when others are wanted, `changed` when something else is to be used, and `switched` with what is to
    be used next. `typed` carries words of somebody's own: `show_verdict` is to say whether they could be guessed."""

    other_words = Signal()
    typed = Signal(str)
    switched = Signal(QWidget)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own = False
        self._verdict: tuple[str, str] | None = None
        column = spaced(QVBoxLayout(self), gap=0.9)
        self.title = heading("Seal it, and save it")
        self.what: TextLabel = wrapped_label()
        column.addWidget(self.title)
        self.card = Card(SIX)
        self.words = question_label()
        self.own = LineField(
            "The words that open it",
            "Six words drawn by chance are safest. A saying or the line of a song is soon guessed.",
        )
        self.own.line.setMaxLength(200)
        self.own.changed.connect(self._typed)
        self.strong = small_label(STRONG)
        self.apart = wrapped_label()
        self.others = secondary_button("Other words", self.other_words.emit)
        self.switch = secondary_button(TYPE_OWN, self._switch)
        for part in (self.words, self.own, self.strong, self.apart):
            self.card.body.addWidget(part)
        self.card.add_buttons(self.others, self.switch)
        self.key_card = Card("Sealed to a key")
        self.key_words = wrapped_label()
        self.key_card.body.addWidget(self.key_words)
        column.addWidget(self.card)
        column.addWidget(self.key_card)
        column.addWidget(self.what)
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

    @property
    def is_checked(self) -> bool:
        """Whether it is known what the words are worth; those that are offered are always safe."""
        return not self.is_own or not self.passphrase or self._said_of(self.passphrase) is not None

    def is_right(self) -> bool:
        """Whether there are words that cannot be guessed, or none are needed; otherwise it is said what is wrong."""
        if not self.is_own:
            return bool(self.passphrase or self._address)
        problem = self._said_of(self.passphrase) if self.passphrase else NO_WORDS
        self._show_verdict(problem)
        return problem == ""

    def show_verdict(self, words: str, problem: str) -> None:
        """Say below the field what is wrong with these words, or that they are safe."""
        self._verdict = (words, problem)
        if self.is_own:
            self._show_verdict(self._said_of(self.passphrase) if self.passphrase else "")

    def forget(self) -> None:
        """For another pack other words are used."""
        self._own = False
        self.own.show_text("")
        self._verdict = None
        self.words.setText("")
        self._show()

    def _switch(self) -> None:
        self._own = not self._own
        self._show()
        self.changed.emit()
        self.switched.emit(self.own.control if self._own else self.switch)

    def _typed(self) -> None:
        if self.passphrase:
            self.typed.emit(self.passphrase)  # what was said of the words before stays until they are looked at
        else:
            self._show_verdict(None)
        self.changed.emit()

    def _said_of(self, words: str) -> str | None:
        """What is wrong with these words; None where nobody has looked at them."""
        return self._verdict[1] if self._verdict is not None and self._verdict[0] == words else None

    def _show_verdict(self, problem: str | None) -> None:
        self.own.set_problem(problem or "")
        self.strong.setVisible(self.is_own and problem == "" and bool(self.passphrase))

    def _show(self) -> None:
        self.card.setVisible(not self._address)
        self.key_card.setVisible(bool(self._address))
        self.card.title.setText(OWN if self._own else SIX)
        self.card.setAccessibleName(self.card.title.text())
        self.words.setVisible(not self._own)
        self.own.setVisible(self._own)
        self._show_verdict(self._said_of(self.passphrase) if self.is_own and self.passphrase else None)
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
