"""A card that the facilitator types for somebody who tells it aloud."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.english import listed
from ui.announce import announce
from ui.cafe.cards_words import WORDS, shape_and
from ui.cafe.hand_click import one_click
from ui.cafe.writing_card import PointedOut
from ui.cafe.writing_edit import CardEdit
from ui.cafe.writing_tick import WrappedTick
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, small_label

TITLE = "A card that somebody tells you"


class Teller(Enum):
    """Who tells it: for counting people once."""

    NEW = auto()
    SAME = auto()
    BEFORE = auto()


TELLERS = {
    Teller.NEW: "Somebody who has no card yet",
    Teller.SAME: "Whoever told you the last one",
    Teller.BEFORE: "Somebody else who has one already",
}


class TypingPanel(Card):
    """`wanted` when the card is to be kept; read `words`, `kind`, `teller` and `psw_only` then. `closed` on Escape."""

    wanted = Signal()
    as_it_is = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(TITLE)
        self._known = False
        self.kinds = {kind: QRadioButton(shape_and(kind, WORDS[kind])) for kind in CardKind}
        self.tellers = {teller: QRadioButton(words) for teller, words in TELLERS.items()}
        self.edit = CardEdit("The words of the card", lowest=4.5, highest=8.0)
        self._psw = WrappedTick("For you only: nobody else will ever see it")
        self.psw_tick = self._psw.box
        self.pointed_out = PointedOut()
        self.keep = secondary_button("Keep the card", self.wanted.emit)
        one_click(self.keep)
        self.close_it = secondary_button("Close", self.closed.emit)
        for kind, button in self.kinds.items():
            button.setAccessibleName(WORDS[kind])
        self.body.addLayout(_group(self, list(self.kinds.values())))
        self.body.addWidget(self.edit)
        self.body.addWidget(self._psw)
        self.body.addWidget(heading("Who tells it?", 3))
        self.body.addLayout(_group(self, list(self.tellers.values())))
        self.body.addWidget(small_label("Asked so that each person counts once. Write no names."))
        self.body.addWidget(self.pointed_out)
        self.add_buttons(self.keep, self.close_it)
        self.kinds[CardKind.WORRY].toggled.connect(self._psw.setVisible)
        self.edit.hand_in_wanted.connect(self.wanted)
        self.edit.changed.connect(self.pointed_out.hide)
        self.pointed_out.as_it_is.connect(self.as_it_is)
        self.pointed_out.change.connect(self._change)
        self._psw.hide()
        self.kinds[CardKind.PRIDE].setChecked(True)
        self.told(known=False)

    @property
    def words(self) -> str:
        """What is in the field."""
        return self.edit.words

    @property
    def kind(self) -> CardKind:
        """What the card is about."""
        return next((kind for kind, button in self.kinds.items() if button.isChecked()), CardKind.PRIDE)

    @property
    def teller(self) -> Teller:
        """Who tells it."""
        return next((teller for teller, button in self.tellers.items() if button.isChecked()), Teller.NEW)

    @property
    def psw_only(self) -> bool:
        """Whether it is a worry for the facilitator alone."""
        return self.kind is CardKind.WORRY and self.psw_tick.isChecked()

    def told(self, *, known: bool) -> None:
        """Ready for the next card; `known` says whether it is certain who told the last one."""
        self.edit.put("")
        self.psw_tick.setChecked(False)
        self.pointed_out.hide()
        self.set_known(known)
        self.tellers[Teller.NEW].setChecked(True)

    def set_known(self, known: bool) -> None:
        """Whether it is certain who told the last card."""
        self.tellers[Teller.SAME].setEnabled(known)
        if not known and self.tellers[Teller.SAME].isChecked():
            self.tellers[Teller.NEW].setChecked(True)

    def point_out(self, found: Sequence[tuple[str, str]]) -> None:
        """These words look as if they could name somebody."""
        named = listed([f"“{words}” ({what})" for words, what in dict.fromkeys(found)])
        self.pointed_out.words.setText(
            f"Somebody could be recognised by this: {named}. You can change it, or keep it as it is."
        )
        self.pointed_out.keep_it.setText("Keep it as it is")
        self.pointed_out.show()
        self.pointed_out.change_it.setFocus()
        announce(self.pointed_out, self.pointed_out.words.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape closes it; what is in the field stays there."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _change(self) -> None:
        self.pointed_out.hide()
        self.edit.edit.setFocus()


def _group(panel: QWidget, buttons: list[QRadioButton]) -> FlowLayout:
    group = QButtonGroup(panel)
    flow = spaced(FlowLayout(), gap=1.0)
    for button in buttons:
        group.addButton(button)
        flow.addWidget(button)
    return flow
