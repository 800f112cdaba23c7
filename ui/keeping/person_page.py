"""Whom the library knows by name, and what there is of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.domain.person import key_of
from ui.keeping import person_words
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList

if TYPE_CHECKING:
    from cqcmock.services.persons import Person

_MOST_ALIKE = 8
_LONGEST_ALIKE = 24


class PersonPage(QWidget):
    """`export_wanted` and `erase_wanted` carry the name."""

    export_wanted = Signal(str)
    erase_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._people: Sequence[Person] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a name")
        self.search.setAccessibleName("Find a name")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._filter())
        self.list = LineList("The names that the library knows", rows_in_sight=6)
        self.list.moved.connect(lambda _: self._show_chosen())
        self.nobody: TextLabel = wrapped_label(person_words.NOBODY, quiet=True)
        self.card = Card(" ")
        self.spelt: TextLabel = wrapped_label(quiet=True)
        self.places: TextLabel = wrapped_label()
        self.alike: TextLabel = wrapped_label(person_words.ALIKE, quiet=True)
        self._alike = QWidget()
        self.export = secondary_button("Export everything…", lambda: self.export_wanted.emit(self.list.chosen))
        self.erase = secondary_button("Erase this person…", lambda: self.erase_wanted.emit(self.list.chosen))
        self.unlocked: TextLabel = small_label(f"An export goes into a folder of its own. {person_words.UNLOCKED}")
        self.doing: TextLabel = wrapped_label(quiet=True)
        self.bar = sized(QProgressBar(), max_width=16.0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much is done")
        self.problem: TextLabel = problem_label()
        self._lay_out()
        self.show_working("")
        self.show_problem("")

    def show_people(self, people: Sequence[Person]) -> None:
        """Show these; the one that was chosen stays so."""
        self._people = people
        self._filter()

    def begin(self) -> None:
        """Work begins with finding the name."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, name: str) -> None:
        """Show what there is of this one."""
        self.search.clear()
        self.list.choose(name)
        self._show_chosen()

    @property
    def chosen(self) -> Person | None:
        """Whose things are shown."""
        return next((one for one in self._people if one.name == self.list.chosen), None)

    def show_working(self, doing: str, done: int = 0, total: int = 0) -> None:
        """An export is being written; with no words nothing is going on."""
        working = bool(doing)
        for part in (self.search, self.list, self.export, self.erase):
            part.setEnabled(not working)
        self.doing.setText(doing)
        self.doing.setVisible(working)
        self.bar.setVisible(working)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_problem(self, problem: str) -> None:
        """What could not be done, and why."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _lay_out(self) -> None:
        column = spaced(QVBoxLayout(self), gap=0.8)
        column.addWidget(wrapped_label(person_words.ABOUT))
        for widget in (sized(self.search, max_width=26.0), self.nobody, self.list, self.card):
            column.addWidget(widget)
        body = self.card.body
        for part in (self.spelt, self.places, self.alike, self._alike):
            body.addWidget(part)
        self.card.add_buttons(self.export, self.erase)
        for below in (self.unlocked, self.doing, self.bar, self.problem):
            body.addWidget(below)

    def _filter(self) -> None:
        wanted = key_of(self.search.text())
        shown = [one for one in self._people if any(wanted in key_of(spelt) for spelt in one.spellings)]
        self.list.show_lines([Line(key=one.name, title=one.name, about=person_words.about(one)) for one in shown])
        self.list.setVisible(bool(shown))
        self.nobody.setText(
            f"Nobody here is called “{self.search.text().strip()}”." if self._people else person_words.NOBODY
        )
        self.nobody.setVisible(not shown)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.chosen
        self.card.setVisible(one is not None)
        self.show_problem("")
        if one is None:
            return
        self.card.title.setText(one.name)
        self.card.setAccessibleName(one.name)
        self.spelt.setText(person_words.spellings(one))
        self.spelt.setVisible(bool(self.spelt.text()))
        self.places.setText("\n".join(f"•\u2002{line}" for line in person_words.places(one.where)))
        self._show_alike(one)

    def _show_alike(self, one: Person) -> None:
        names = one.look_alikes[:_MOST_ALIKE]
        buttons = [_name_button(name, partial(self.choose, name)) for name in names]
        box = QWidget()
        box.setLayout(button_row(*buttons))
        self.card.body.replaceWidget(self._alike, box)
        self._alike.hide()
        self._alike.deleteLater()
        self._alike = box
        for part in (self.alike, box):
            part.setVisible(bool(names))
        for before, after in pairwise(buttons):
            QWidget.setTabOrder(before, after)
        if buttons:
            QWidget.setTabOrder(self.list, buttons[0])
            QWidget.setTabOrder(buttons[-1], self.export)


def _name_button(name: str, do: Callable[[], None]) -> QPushButton:
    """A way to one of the names, however long that is."""
    button = link_button(shortened(name, _LONGEST_ALIKE), do)
    button.setAccessibleName(name)
    button.setToolTip(name if len(name) > _LONGEST_ALIKE else "")
    return button
