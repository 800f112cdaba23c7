"""The entries of “you said, we did”: a list, all about the one that is chosen, and what can be done with it."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui.cafe import said_words
from ui.cafe.cafe_lines import LongLineList
from ui.cafe.said_reading import Said
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.cafe.you_said import SaidEntry

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_PARTS = 4


class Deed(Enum):
    """What can be done with an entry."""

    FINISH = auto()
    CHANGE = auto()
    OPEN_AGAIN = auto()
    TELL = auto()
    TELL_NO_MORE = auto()
    REMOVE = auto()


_TITLES = {
    Deed.FINISH: "Mark it done…",
    Deed.CHANGE: "Change…",
    Deed.OPEN_AGAIN: "Open it again",
    Deed.TELL: "Tell others",
    Deed.TELL_NO_MORE: "Tell others no more",
    Deed.REMOVE: "Remove…",
}


class EntriesCard(Card):
    """`wanted` carries a deed and the entry that it is about."""

    wanted = Signal(Deed, object)

    def __init__(self) -> None:
        super().__init__("Entries")
        self._said: Said | None = None
        self._described = ""
        self.list = LongLineList("You said, we did: what is open comes first", rows_in_sight=6, about_rows=2)
        self._parts = [_Part() for _ in range(_PARTS)]
        self.telling: TextLabel = wrapped_label(quiet=True)
        self.problem = problem_label()
        self.problem.hide()
        self.buttons = {deed: secondary_button(title, partial(self._want, deed)) for deed, title in _TITLES.items()}
        self._lay_out()
        self.list.open_wanted.connect(lambda _: self._want(Deed.CHANGE))
        self.list.delete_wanted.connect(lambda _: self._want(Deed.REMOVE))
        self.list.moved.connect(self._show_chosen)

    def _lay_out(self) -> None:
        self.body.addWidget(self.list)
        for part in self._parts:
            self.body.addWidget(part)
        self.body.addWidget(self.telling)
        self.body.addWidget(self.problem)
        self.add_buttons(*self.buttons.values())

    @property
    def chosen(self) -> SaidEntry | None:
        """The entry that the buttons are about."""
        if self._said is None:
            return None
        return next((entry for entry in self._said.entries if entry.id == self.list.chosen), None)

    def show_said(self, said: Said, wanted: str = "") -> None:
        """Show these; the one that was chosen stays so, unless `wanted` is the one to choose."""
        had_focus = [part for part in (self.list, *self.buttons.values()) if part.hasFocus()]
        self._said = said
        self.list.show_lines(said.lines)
        if wanted:
            self.list.choose(wanted)
        self._show_chosen()
        if any(part.isHidden() or not part.isEnabled() for part in had_focus):  # Qt went on to the next
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: UserError) -> None:
        """Say in place why a deed could not be done."""
        self.problem.setText(str(error))
        self.problem.show()

    def _want(self, deed: Deed) -> None:
        self.problem.hide()
        if (entry := self.chosen) is not None:
            self.wanted.emit(deed, entry)

    def _show_chosen(self, _key: str = "") -> None:
        entry, said = self.chosen, self._said
        if self._described != self.list.chosen:
            self._described = self.list.chosen
            self.problem.hide()
        if entry is None or said is None:
            return
        parts = said_words.whole(entry, said.today, said_words.came_from(entry, said.days))
        for at, part in enumerate(self._parts):
            part.say(*(parts[at] if at < len(parts) else ("", "")))
        self.telling.setText(said_words.telling(entry, said.may_be_told))
        done = entry.done_on is not None
        self._name(Deed.FINISH, "Change what was done…" if done else _TITLES[Deed.FINISH])
        self.buttons[Deed.OPEN_AGAIN].setVisible(done)
        self.buttons[Deed.TELL].setVisible(not entry.told)
        self.buttons[Deed.TELL].setEnabled(entry.id in said.may_be_told)
        self.buttons[Deed.TELL_NO_MORE].setVisible(entry.told)
        for button in self.buttons.values():
            button.setAccessibleDescription(shortened(entry.said, said_words.LONGEST))

    def _name(self, deed: Deed, title: str) -> None:
        self.buttons[deed].setText(title)
        self.buttons[deed].setAccessibleName(title)


class _Part(QWidget):
    """One thing about an entry, under what it is."""

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.0)
        self._title: TextLabel = small_label()
        self._words: TextLabel = wrapped_label()
        self._words.setTextInteractionFlags(_SELECTABLE)
        column.addWidget(self._title)
        column.addWidget(self._words)

    def say(self, title: str, words: str) -> None:
        """Show these words, or nothing at all."""
        self._title.setText(title)
        self._words.setText(words)
        self.setVisible(bool(words))
