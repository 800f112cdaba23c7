"""A person's own: what is kept about one person, exported into a folder, or erased in one deed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.person import key_of
from cqcmock.errors import UserError
from ui.app_signals import Change, Subject, change
from ui.desk import Desk
from ui.keeping import person_words
from ui.keeping.erase_page import ErasedPage, ErasePage
from ui.keeping.person_page import PersonPage
from ui.keeping.reading import place_of
from ui.messages import Kind
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.tasks import Progress
from ui.widgets.buttons import link_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, problem_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.person_export import Exported
    from cqcmock.services.persons import Erasure, Person

BACK: Final = "Back to settings"
NOT_OPEN: Final = "Your library is not open."
WHERE: Final = "Where should the export go? It gets a folder of its own there"
EXPORT_KEY: Final = "person-export"
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME: Final = 60


class PersonScreen(Screen):
    """`hold_wanted` carries the id of a hold that keeps an erasure from being done."""

    left_for_now = Signal()
    hold_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filled = False
        self._working = False
        self.page = ScrollPage()
        self.title: TextLabel = heading(person_words.TITLE)
        self.back_button = link_button(f"‹ {BACK}", self.left_for_now.emit)
        self.trouble: TextLabel = problem_label()
        self.people = PersonPage()
        self.erase = ErasePage()
        self.erased = ErasedPage()
        self._pages: tuple[QWidget, ...] = (self.people, self.erase, self.erased)
        column = self.page.column
        column.addLayout(button_row(self.back_button))
        for part in (self.title, self.trouble, *self._pages):
            column.addWidget(part)
            part.hide()
        self.title.show()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.people.export_wanted.connect(self._choose_folder)
        self.people.erase_wanted.connect(self._look)
        self.erase.agreed.connect(self._erase)
        self.erase.back_wanted.connect(self.to_names)
        self.erase.hold_wanted.connect(self.hold_wanted)
        self.erased.back_wanted.connect(self.to_names)
        desk.signals.changed.connect(self._changed)

    def arrived(self) -> None:
        """Read whom the library knows; work begins with the name."""
        if not self._filled:
            self._read(first=True)

    def may_close(self) -> bool:
        """Not while something is being written or erased."""
        return not self._working

    def rest(self) -> Rest:
        """Nothing was typed that would be missed."""
        return Rest.AT_WORK if self._working else Rest.OVER

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape goes one step back."""
        if event.key() != Qt.Key.Key_Escape or self._working:
            super().keyPressEvent(event)
        elif self.people.isVisible() or not self._filled:
            self.left_for_now.emit()
        else:
            self.to_names()

    def to_names(self) -> None:
        """Back to whom there is."""
        self._turn_to(self.people, person_words.TITLE)
        self.people.begin()

    # --- reading

    def _read(self, *, first: bool = False) -> None:
        desk = self._desk

        def read() -> tuple[Person, ...] | None:
            from cqcmock.services import persons

            return None if desk.opened is None else persons.people(desk.library, place_of(desk))

        desk.tasks.database(read, then=lambda people: self._fill(people, first), failed=self._not_read, owner=self)

    def _fill(self, people: tuple[Person, ...] | None, first: bool) -> None:
        self._filled = people is not None
        self.trouble.setText("" if people is not None else NOT_OPEN)
        self.trouble.setVisible(people is None)
        if people is not None:
            self.people.show_people(people)
            if first:
                self.to_names()
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()
        self.filled.emit()

    def _changed(self, what: Change) -> None:
        if self._filled and not self._working and what.subjects:
            self._read()

    def _turn_to(self, page: QWidget, title: str) -> None:
        for one in self._pages:
            one.setVisible(one is page)
        self.title.setText(title)
        self.page.to_top()

    # --- the export

    def _choose_folder(self, name: str) -> None:
        if name:
            self._desk.messages.choose_folder(WHERE, lambda inside: self._export(name, new_folder(inside, name)))

    def _export(self, name: str, folder: Path) -> None:
        desk = self._desk
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self._working = True
        self.people.show_problem("")
        self.people.show_working(person_words.EXPORTING)

        def export() -> Exported:
            from cqcmock.services import person_export

            return person_export.export(
                desk.library, place_of(desk), name, folder, desk.settings, desk.clock, progress.report
            )

        desk.tasks.database(
            export, then=self._is_exported, failed=self._not_exported, doing="Writing an export", owner=self
        )

    def _show_progress(self, done: int, total: int) -> None:
        if self._working and self.people.isVisible():
            self.people.show_working(person_words.EXPORTING_SO_FAR.format(done=done, total=total), done, total)

    def _is_exported(self, made: Exported) -> None:
        self._working = False
        self.people.show_working("")
        self.people.export.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.messages.keep(EXPORT_KEY, f"{person_words.exported(made)} {person_words.UNLOCKED}", Kind.DONE)

    def _not_exported(self, error: UserError) -> None:
        self._working = False
        self.people.show_working("")
        self.people.show_problem(str(error))
        self.people.export.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- erasing

    def _look(self, name: str) -> None:
        desk = self._desk
        if not name:
            return

        def look() -> Erasure:
            from cqcmock.services import persons

            return persons.would_erase(desk.library, place_of(desk), name)

        desk.tasks.database(
            look, then=self._show_preview, failed=lambda error: self.people.show_problem(str(error)), owner=self
        )

    def _show_preview(self, found: Erasure) -> None:
        self._turn_to(self.erase, f"Erase {found.person}")
        self.erase.begin(found)
        self.erase.step.begin_reading(self.page)

    def _erase(self, name: str, why: str) -> None:
        desk = self._desk
        self._working = True
        self.erase.step.show_working(person_words.ERASING)

        copying = desk.copying

        def erase() -> Erasure:
            from cqcmock.services import persons

            with copying.held_off():
                return persons.erase(desk.library, place_of(desk), name, why, desk.clock)

        desk.tasks.database(
            erase,
            then=lambda found: self._is_erased(name, found),
            failed=lambda error: self._not_erased(name, error),
            doing="Erasing",
            owner=self,
        )

    def _is_erased(self, name: str, found: Erasure) -> None:
        self._working = False
        self._turn_to(self.erased, "Erased")
        self.erased.begin(found)
        self._tell_others(name)

    def _not_erased(self, name: str, error: UserError) -> None:
        self._working = False
        self.erase.step.show_problem(str(error))
        self._tell_others(name)

    def _tell_others(self, name: str) -> None:
        """Everything may look otherwise now. The settings in hand must not bring the name back, nor may an undo."""
        desk = self._desk

        def still_named() -> bool:
            from cqcmock.settings import load_settings

            return key_of(load_settings(desk.place.folder).settings.person) == key_of(name)

        def told(still: bool) -> None:
            if not still and key_of(desk.settings.person) == key_of(name):
                desk.settings = replace(desk.settings, person="")
            desk.done.clear()
            desk.messages.clear(EXPORT_KEY)
            desk.signals.changed.emit(change(*Subject))

        desk.tasks.database(still_named, then=told)


def new_folder(inside: Path, name: str) -> Path:
    """A folder that is not there yet, called after the person as far as a file system allows it."""
    wanted = " ".join(_NOT_IN_NAMES.sub(" ", f"Everything about {name[:_LONGEST_NAME]}").split()).strip(" .")
    number = 1
    while (folder := inside / (wanted if number == 1 else f"{wanted} ({number})")).exists():
        number += 1
    return folder
