"""Printing cards: which questions, what is on a card, and the PDF that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import literal, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import heading, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question

PDF_KIND = "PDF (*.pdf)"
KINDS = (
    ("question", "Question cards", "The question alone, for whoever answers."),
    ("cue", "Cue cards", "The question, what to listen for and how to ask on, for whoever asks."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Questions that can be printed: how many, what they are called, and how to read them in the database lane."""

    label: str
    title: str
    questions: int
    read: Callable[[], tuple[Question, ...]]


class PrintPart(Card):
    """Offers what `offer` hands it, until it is saved or put away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Print cards")
        self._desk = desk
        self._packs: Sequence[Pack] = ()
        self._back: QWidget | None = None
        self.which = QButtonGroup(self)
        self.kinds = QButtonGroup(self)
        self._which_lines = QWidget()
        spaced(QVBoxLayout(self._which_lines), gap=0.1)
        self.about = wrapped_label("Four cards to a page of A4, to be cut out.", quiet=True)
        self.save = secondary_button("Save as a PDF…", self._choose_file)
        self.close_button = secondary_button("Not now", self._put_away)
        self.body.addWidget(heading("Which questions?", 3))
        self.body.addWidget(self._which_lines)
        self.body.addWidget(heading("What is on a card?", 3))
        kinds = spaced(QVBoxLayout(), gap=0.1)
        for number, (_, title, meaning) in enumerate(KINDS):
            button = QRadioButton(title)
            button.setAccessibleDescription(meaning)
            self.kinds.addButton(button, number)
            kinds.addWidget(button)
            explained = small_label(meaning)
            explained.setContentsMargins(button.iconSize().width() * 2, 0, 0, 0)
            kinds.addWidget(explained)
        self.body.addLayout(kinds)
        self.kinds.button(0).setChecked(True)
        self.body.addWidget(self.about)
        self.add_buttons(self.save, self.close_button)
        self.hide()

    def offer(self, packs: Sequence[Pack], back: QWidget) -> None:
        """Offer these; afterwards the keyboard goes back to where it was."""
        self._packs, self._back = [pack for pack in packs if pack.questions], back
        column = self._which_lines.layout()
        assert column is not None
        for button in self.which.buttons():
            self.which.removeButton(button)
            column.removeWidget(button)
            button.hide()
            button.deleteLater()
        for number, pack in enumerate(self._packs):
            choice = QRadioButton(literal(pack.label))
            self.which.addButton(choice, number)
            column.addWidget(choice)
        if not self._packs:
            self._desk.messages.tell(UserError("There is nothing to print.", "Choose other words or filters."))
            return
        self.which.button(0).setChecked(True)
        tab_through(*self.which.buttons(), *self.kinds.buttons(), self.save, self.close_button)
        self.show()
        self.which.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        self.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        pack, kind = self._packs[self.which.checkedId()], KINDS[self.kinds.checkedId()][0]
        name = f"{pack.title}, {kind} cards.pdf".replace("/", "-")
        self._desk.messages.choose_save_file(
            "Save the cards as a PDF", name, PDF_KIND, lambda path: self._save(pack, kind, path)
        )

    def _save(self, pack: Pack, kind: str, path: Path) -> None:
        desk, settings = self._desk, self._desk.settings
        self.save.setEnabled(False)
        self.about.setText("Making the cards…")

        def read() -> tuple[tuple[Question, ...], dict[str, str]]:
            from cqcmock.services import cards

            return pack.read(), cards.names_for(desk.library, settings)

        def make(of: tuple[tuple[Question, ...], dict[str, str]]) -> None:
            def work() -> None:
                from cqcmock.services import cards, saving

                questions, names = of
                pdf = cards.cards_pdf(questions, cards.CardKind(kind), pack.title, names, settings, desk.clock)
                saving.save(path, pdf, "The file of cards")

            desk.tasks.background(
                work, then=lambda _: self._saved(len(of[0]), path), failed=self._not_saved, owner=self
            )

        desk.tasks.database(read, then=make, failed=self._not_saved, owner=self)

    def _saved(self, number: int, path: Path) -> None:
        self._ready()
        self._desk.messages.say(f"{count(number, 'card')} saved as {path.name} in {path.absolute().parent}.")
        self._put_away()

    def _not_saved(self, error: UserError) -> None:
        self._ready()
        self._desk.messages.tell(error)

    def _ready(self) -> None:
        self.save.setEnabled(True)
        self.about.setText("Four cards to a page of A4, to be cut out.")
