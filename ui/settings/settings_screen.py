"""The settings: each is taken as soon as it is chosen, and undone by choosing again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.screen import Screen
from ui.settings.backups_section import BackupsSection
from ui.settings.data_section import DataSection
from ui.settings.keeping_section import RULES, KeepingSection, OwnSection
from ui.settings.lock_section import LockSection
from ui.settings.section import Section
from ui.settings.sections import (
    LookSection,
    PersonSection,
    PlaceSection,
    PractiseSection,
    ReportSection,
    all_choices,
    fields_of,
)
from ui.sizes import spaced
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from ui.settings.sections import Known

SUGGESTED_WEEKS = 6


class SettingsScreen(Screen):
    """`open_folder_wanted` carries a Path."""

    open_folder_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting = 0
        self.page = ScrollPage()
        self.person = PersonSection()
        self.place = PlaceSection()
        self.practise = PractiseSection()
        self.look = LookSection(desk.theme)
        self.reports = ReportSection()
        self.keeping = KeepingSection()
        self.own = OwnSection()
        self._rules_changed = False
        self.lock = LockSection(desk)
        self.backups = BackupsSection(desk)
        self.data = DataSection(desk)
        self.sections: tuple[Section, ...] = (
            self.person,
            self.place,
            self.practise,
            self.look,
            self.reports,
            self.keeping,
            self.lock,
            self.backups,
        )
        column = self.page.column
        column.addWidget(heading("Settings"))
        column.addWidget(wrapped_label("Every change is saved as you make it.", quiet=True))
        for section in self.sections:
            column.addWidget(section)
            section.wanted.connect(self._take)
        column.addWidget(self.own)
        column.addWidget(self.data)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.data.open_folder_wanted.connect(self.open_folder_wanted)
        self.backups.filled.connect(self._came_in)
        self.lock.filled.connect(self._came_in)
        desk.signals.changed.connect(self._changed)
        self._show()

    def arrived(self) -> None:
        """Look again at what may have changed; work begins at the top."""
        self._show()
        self._read()
        self.person.name.line.setFocus()

    def left(self) -> None:
        """Take what was typed last."""
        self._commit()

    def may_close(self) -> bool:
        """Take what was typed last; a wrong entry stays as it was set before and keeps nobody here."""
        self._commit()
        return True

    def _commit(self) -> None:
        for section in self.sections:
            section.commit()
        self._note_rules()

    def _read(self) -> None:
        desk = self._desk
        self._waiting = 3
        self.lock.read()

        def read() -> Known | None:
            if desk.opened is None:
                return None
            from cqcmock.services import banks, shipped, stories

            places = [story.place for story in stories.all_stories(desk.library)]
            return all_choices(shipped.framework().roles, banks.roles_with_questions(desk.library), places)

        desk.tasks.database(read, then=self._show_known, failed=self._not_read, owner=self)

    def _show_known(self, known: Known | None) -> None:
        if known is not None:
            self.person.show_known(known)
            self.place.show_known(known, self._desk.clock.today())
            self._show()
        self._came_in()
        self._read_rest()  # now, as the library was opened before this came back

    def _not_read(self, error: UserError) -> None:
        self._desk.messages.tell(error)
        self._came_in()
        self._read_rest()

    def _read_rest(self) -> None:
        self.data.read()
        self.backups.read()

    def _came_in(self) -> None:
        self._waiting = max(0, self._waiting - 1)
        if not self._waiting:
            self.filled.emit()

    def _show(self) -> None:
        self.place.suggest_date(self._desk.clock.today() + timedelta(weeks=SUGGESTED_WEEKS))
        for section in self.sections:
            section.show_settings(self._desk.settings)

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.SETTINGS):
            self._show()
        if what.touches(Subject.BANKS) and self.isVisible():  # or another library was opened
            self._read()

    def _take(self, wanted: dict[str, Any]) -> None:
        fields = fields_of(wanted, self._desk.settings)
        self._rules_changed = self._rules_changed or not RULES.isdisjoint(fields)
        if fields:
            self._desk.change_settings(replace(self._desk.settings, **fields))

    def _note_rules(self) -> None:
        """Tell the audit trail the rules as they are now that the settings are left, not every step on the way."""
        if self._rules_changed:
            from ui.keeping.reading import note_rules

            self._rules_changed = False
            desk = self._desk
            desk.tasks.database(lambda: note_rules(desk))
