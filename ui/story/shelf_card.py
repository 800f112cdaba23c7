"""All stories: which is in use, which is open below, and what can be done with the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPushButton

from ui.story import wording
from ui.story.reading import Shelf
from ui.widgets.buttons import make_primary, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import wrapped_label
from ui.widgets.line_list import LineList


class FirstCard(Card):
    """Shown while only the example is there: one thing to do next."""

    make_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Make your own")
        self.make = primary_button("Make a story for your council", self.make_wanted.emit)
        self.body.addWidget(wrapped_label(wording.FIRST))
        self.add_buttons(self.make)

    def stand_back(self, back: bool) -> None:
        """While a form is open its own button is the one thing to do next."""
        make_primary(self.make, not back)


class ShelfCard(Card):
    """`use_wanted`, `open_wanted` and `delete_wanted` carry the id of a story."""

    open_wanted = Signal(str)
    use_wanted = Signal(str)
    delete_wanted = Signal(str)
    make_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Stories")
        self._shelf: Shelf | None = None
        self.list = LineList("Stories", rows_in_sight=5)
        self.use = secondary_button("Use this story", lambda: self._ask(self.use_wanted))
        self.export = secondary_button("Export…", lambda: self._ask(self.export_wanted))
        self.delete = secondary_button("Delete", lambda: self._ask(self.delete_wanted))
        self.make = secondary_button("Make another story", self.make_wanted.emit)
        self.take_in = secondary_button("Import a story…", self.import_wanted.emit)
        self.body.addWidget(self.list)
        self.buttons: tuple[QPushButton, ...] = (self.use, self.export, self.delete, self.make, self.take_in)
        self.body.addLayout(button_row(*self.buttons))
        self.list.moved.connect(self._moved)
        self.list.delete_wanted.connect(self._delete)

    def show_shelf(self, shelf: Shelf, used: str, *, only_example: bool) -> None:
        """Show the stories; the open one is the chosen one."""
        self._shelf = None  # what moves meanwhile is no wish of anybody's
        self.list.show_lines([wording.story_line(summary, used) for summary in shelf.summaries])
        self.list.choose(shelf.story.place.id)
        self._shelf = shelf
        summary = shelf.summary
        self.use.setVisible(summary.id != used)
        self.delete.setVisible(summary.origin == "own")
        self.make.setVisible(not only_example)
        for button in (self.use, self.export, self.delete):
            button.setAccessibleDescription(summary.name)

    def _moved(self, key: str) -> None:
        if self._shelf is not None and key and key != self._shelf.story.place.id:
            self.open_wanted.emit(key)

    def _delete(self, _key: str) -> None:
        if not self.delete.isHidden():
            self._ask(self.delete_wanted)

    def _ask(self, signal: SignalInstance) -> None:
        if self._shelf is not None:
            signal.emit(self._shelf.story.place.id)
