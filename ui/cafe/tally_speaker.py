"""What the observer counted, for the one who spoke: afterwards, for one turn alone, in kind words."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import TapKind
from cqcmock.domain.cafe.tally import tallied_turns, tally_for_speaker
from ui.cafe.hand import Hand
from ui.cafe.part import CoveringPage
from ui.cafe.tally_words import to_the_speaker, turn_words
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, lead_label, question_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

NOTHING: Final = "Nothing has been counted yet for anybody who has finished speaking."
STILL_SPEAKING: Final = "Whoever is speaking now is shown their figures when they have finished."
NO_MARK: Final = "This is what one listener noticed once. It is not a mark, and nobody else is shown it."

Turn = tuple[str, int]


class SpeakerPage(CoveringPage):
    """Asks whose turn it was, and then shows that turn's figures; those of anybody else are never beside them."""

    def __init__(self, desk: Desk, hand: Hand, turn: Turn | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self._drawn: tuple[tuple[Turn, ...], bool] | None = None
        self.turns: dict[Turn, QPushButton] = {}
        self.figures: dict[TapKind, TextLabel] = {}
        self.words: dict[TapKind, TextLabel] = {}
        self.whose = heading()
        self.stack = QStackedWidget()
        self._choosing, self._showing = self._choice(), self._figures()
        for page in (self._choosing, self._showing):
            self.stack.addWidget(page)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.stack)
        hand.changed.connect(self._changed)
        self._draw_choice()
        if turn is not None:
            self.choose(turn)

    def arrived(self) -> None:
        """Where work begins: at the first turn, or at the way out."""
        self._draw_choice()
        first = self.close_button if self.stack.currentWidget() is self._showing else self._first_choice()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, turn: Turn) -> None:
        """Show this turn to its speaker; nothing where they have not finished."""
        found = tally_for_speaker(self.hand.state, *turn)
        if found is None:
            return
        self.whose.setText(turn_words(self.hand.state, *turn))
        for kind in TapKind:
            self.figures[kind].setText(str(found[kind]))
            self.words[kind].setText(to_the_speaker(kind, found[kind]))
        self.stack.setCurrentWidget(self._showing)
        self._showing.to_top()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choice(self) -> ScrollPage:
        page = ScrollPage()
        self._list = QWidget()
        self._buttons = spaced(QVBoxLayout(self._list), gap=0.3)
        self.note: TextLabel = wrapped_label()
        self.leave_button = secondary_button("Hand the laptop back", self.done.emit)
        for part in (heading("What was counted for you"), lead_label("Which turn was yours?"), self._list, self.note):
            page.column.addWidget(part)
        page.column.addLayout(button_row(self.leave_button))
        return page

    def _figures(self) -> ScrollPage:
        page = ScrollPage()
        page.column.addWidget(self.whose)
        rows = QWidget()
        grid = spaced(QGridLayout(rows), gap=1.0)
        grid.setColumnStretch(1, 1)
        for at, kind in enumerate(TapKind):
            self.figures[kind] = question_label()
            self.figures[kind].setWordWrap(False)
            self.words[kind] = lead_label()
            grid.addWidget(self.figures[kind], at, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.words[kind], at, 1, Qt.AlignmentFlag.AlignVCenter)
        page.column.addWidget(rows)
        page.column.addWidget(wrapped_label(NO_MARK, quiet=True))
        self.close_button = primary_button("Thank you, close this", self.done.emit)
        page.column.addLayout(button_row(self.close_button))
        return page

    def _first_choice(self) -> QPushButton:
        return next(iter(self.turns.values()), self.leave_button)

    def _draw_choice(self) -> None:
        state = self.hand.state
        all_turns = tallied_turns(state)
        over = tuple(turn for turn in all_turns if tally_for_speaker(state, *turn) is not None)
        drawn = (over, len(over) < len(all_turns))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        for turn in [turn for turn in self.turns if turn not in over]:
            self.turns.pop(turn).deleteLater()
        for at, turn in enumerate(over):
            if turn not in self.turns:
                self.turns[turn] = secondary_button(turn_words(state, *turn), partial(self.choose, turn))
                self._buttons.insertWidget(at, self.turns[turn], 0, Qt.AlignmentFlag.AlignLeft)
        note = " ".join(words for words in ("" if over else NOTHING, STILL_SPEAKING if drawn[1] else "") if words)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _changed(self) -> None:
        if self.isVisible() and self.stack.currentWidget() is self._choosing:
            self._draw_choice()
