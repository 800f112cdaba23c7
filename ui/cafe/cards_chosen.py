"""The chosen card in full, and what can be done with it, or with all that are chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import MOST_THEMES, Card, CardKind, Theme
from cqcmock.domain.english import count
from ui.announce import announce
from ui.cafe.cards_meant import meant
from ui.cafe.hand_click import one_click
from ui.cafe.writing_edit import CardEdit
from ui.sizes import spaced
from ui.widgets.buttons import literal, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, problem_label, small_label, wrapped_label

NOTHING = "No card is chosen."
_LONGEST_BUTTON = 28


class ThemeField(QLineEdit):
    """Where the number or name of a theme is typed. `left` on Escape, and on the arrows that leave it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape goes back to the cards."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChosenPanel(QWidget):
    """`theme_typed` is what Enter was pressed on; the other signals are for all chosen cards or the one."""

    theme_typed = Signal(str)
    left = Signal()
    ungroup_wanted = Signal(str)
    rewording = Signal()
    reworded = Signal(str, str)
    psw_only_wanted = Signal()
    out_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[Card, ...] = ()
        self._themes: tuple[Theme, ...] = ()
        self._rewording = ""
        column = spaced(QVBoxLayout(self), gap=0.35)
        self.title = heading("", 3)
        self.text = wrapped_label()
        self.field = ThemeField()
        self.field.setPlaceholderText("Theme: its number, its name, or a new name")
        self.field.setAccessibleName("Theme for the chosen cards: its number, its name, or a new name")
        self.hint = small_label()
        self.problem = problem_label()
        self.put = secondary_button("Put into the theme", self._entered)
        self.reword = secondary_button("Reword", self.begin_rewording)
        self.psw_only = secondary_button("For you only", self.psw_only_wanted.emit)
        self.psw_only.setAccessibleDescription("Nobody else will ever see it, and it counts in nothing that others see")
        self.out = secondary_button("Take out", self.out_wanted.emit)
        self.out.setAccessibleDescription("Takes the card out. Undo brings it back until the session is closed.")
        one_click(self.out)
        self.ungroup = [secondary_button("") for _ in range(MOST_THEMES)]
        for at, button in enumerate(self.ungroup):
            button.clicked.connect(lambda _checked=False, at=at: self.ungroup_wanted.emit(self._themes_of_all()[at].id))
        self.edit = CardEdit("Other words for this card", lowest=4.5, highest=8.0)
        self.keep = secondary_button("Keep these words", self._keep_words)
        self.leave = secondary_button("Leave it as it was", self.end_rewording)
        self.editing = QWidget()
        inside = spaced(QVBoxLayout(self.editing), gap=0.3)
        inside.addWidget(self.edit)
        inside.addLayout(button_row(self.keep, self.leave))
        for widget in (self.title, self.text, self.editing, self.field, self.hint, self.problem):
            column.addWidget(widget)
        column.addLayout(button_row(self.put, self.reword, self.psw_only, self.out, *self.ungroup))
        self.problem.hide()
        self.editing.hide()
        self.field.textEdited.connect(lambda _: self._say_hint())
        self.field.returnPressed.connect(self._entered)
        self.field.left.connect(self.left)
        self.edit.hand_in_wanted.connect(self._keep_words)
        self.show_cards((), ())

    @property
    def is_rewording(self) -> bool:
        """Whether words are in the field that are not kept."""
        return bool(self._rewording)

    def show_cards(self, cards: Sequence[Card], themes: Sequence[Theme]) -> None:
        """Show these as the chosen ones; `themes` are those of their kind, in the order of their numbers."""
        if (tuple(cards), tuple(themes)) == (self._cards, self._themes) and self.title.text():
            return
        self._cards, self._themes = tuple(cards), tuple(themes)
        one = self._cards[0] if len(self._cards) == 1 else None
        if self._rewording and (one is None or one.id != self._rewording):
            self.end_rewording()
        self.title.setText("The chosen card" if one else f"{count(len(cards), 'card')} chosen" if cards else NOTHING)
        self.text.setText(one.text if one is not None else "")
        self.text.setVisible(one is not None and not self._rewording)
        for button in (self.put, self.out):
            button.setEnabled(bool(cards))
        self.field.setEnabled(bool(cards))
        self.reword.setEnabled(one is not None)
        worries = [card for card in self._cards if card.kind is CardKind.WORRY and not card.psw_only]
        self.psw_only.setVisible(any(card.kind is CardKind.WORRY for card in self._cards))
        self.psw_only.setEnabled(bool(worries))
        for button, theme in zip(self.ungroup, [*self._themes_of_all(), *[None] * MOST_THEMES], strict=False):
            _name(button, theme)
        self.say_problem("")
        self._say_hint()

    def begin_typing(self, text: str = "") -> None:
        """The keyboard goes to the theme's field, with what was typed already."""
        if self.field.isEnabled():
            self.field.setText(text)
            self.field.setFocus()
            self._say_hint()

    def begin_rewording(self) -> None:
        """Let the words of the one chosen card be changed."""
        if len(self._cards) == 1:
            self._rewording = self._cards[0].id
            self.edit.put(self._cards[0].text)
            self.editing.show()
            self.text.hide()
            self.edit.edit.setFocus()
            self.rewording.emit()

    def end_rewording(self) -> None:
        """Leave the words as they are."""
        self._rewording = ""
        self.edit.put("")
        self.editing.hide()
        self.text.setVisible(len(self._cards) == 1)

    def say_problem(self, words: str) -> None:
        """What stands in the way."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.problem, words)

    def grouped(self) -> None:
        """The cards are in their theme."""
        self.field.clear()
        self._say_hint()

    def _themes_of_all(self) -> list[Theme]:
        """The themes of the chosen cards, as many as there are buttons for."""
        held = {theme for card in self._cards for theme in card.themes}
        return [theme for theme in self._themes if theme.id in held][:MOST_THEMES]

    def _entered(self) -> None:
        self.theme_typed.emit(self.field.text())

    def _keep_words(self) -> None:
        if self._rewording:
            self.reworded.emit(self._rewording, self.edit.words)

    def _say_hint(self) -> None:
        self.say_problem("")
        typed = self.field.text()
        many = "it" if len(self._cards) == 1 else f"{len(self._cards)} cards"
        if not self._cards:
            self.hint.setText("Choose cards above: with the arrows, and with Shift or Ctrl for several.")
        elif not typed.strip():
            self.hint.setText("Or type the number or name straight away, while you are among the cards.")
        elif (found := meant(self._themes, typed)).theme is not None:
            self.hint.setText(f"Enter puts {many} into “{found.theme.name}”.")
        elif found.new:
            self.hint.setText(f"Enter makes a new theme “{found.new}” and puts {many} into it.")
        else:
            self.hint.setText(found.problem)


def _name(button: QPushButton, theme: Theme | None) -> None:
    button.setVisible(theme is not None)
    if theme is not None:
        short = theme.name if len(theme.name) <= _LONGEST_BUTTON else f"{theme.name[: _LONGEST_BUTTON - 1]}…"
        button.setText(literal(f"Out of “{short}”"))
        button.setAccessibleName(f"Take out of the theme “{theme.name}”")
