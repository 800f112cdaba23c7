"""Which cards are shown: their kind, whether they are in a theme, and words in them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QRadioButton, QWidget

from cqcmock.domain.cafe.cards import Board, CardKind
from ui.cafe.cards_words import SEVERAL, shape_and
from ui.sizes import sized, spaced
from ui.widgets.flow import FlowLayout

WHICH = ("All of them", "In no theme yet", "In the chosen theme")


class CardFilter(QWidget):
    """`changed` when other cards are to be shown, `down` when somebody goes on to the cards."""

    changed = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = spaced(FlowLayout(self), gap=0.9)
        group = QButtonGroup(self)
        self.kinds = {kind: QRadioButton() for kind in CardKind}
        for button in self.kinds.values():
            group.addButton(button)
            row.addWidget(button)
        self.which = QComboBox()
        self.which.setAccessibleName("Which cards")
        self.which.addItems(WHICH)
        self.words = sized(QLineEdit(), min_width=12.0)
        self.words.setPlaceholderText("Words in the card")
        self.words.setAccessibleName("Only cards with these words")
        self.words.setClearButtonEnabled(True)
        row.addWidget(self.which)
        row.addWidget(self.words)
        self.kinds[CardKind.PRIDE].setChecked(True)
        self.say_counts(Board())
        for button in self.kinds.values():
            button.toggled.connect(lambda on: self.changed.emit() if on else None)
        self.which.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.words.textChanged.connect(lambda _: self.changed.emit())
        self.words.returnPressed.connect(self.down)

    @property
    def kind(self) -> CardKind:
        """The kind of card that is shown."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def show_kind(self, kind: CardKind) -> None:
        """Show the cards of this kind."""
        self.kinds[kind].setChecked(True)

    def theme(self, chosen: str) -> str | None:
        """What `cards_model.rows` is asked for; `chosen` is the theme that is chosen."""
        match self.which.currentIndex():
            case 1:
                return ""
            case 2:
                return chosen or None
            case _:
                return None

    def say_counts(self, board: Board) -> None:
        """How many cards of each kind there are."""
        for kind, button in self.kinds.items():
            number = sum(card.kind is kind for card in board.cards)
            words = f"{SEVERAL[kind]} {number}"
            if button.accessibleName() != words:
                button.setText(shape_and(kind, words))
                button.setAccessibleName(words)
