"""Kept how long: what is due to go, what is on hold, and what was deleted for good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import Due, Hold
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject, change
from ui.desk import Desk
from ui.keeping import delete_pages, hold_pages, reading, words
from ui.keeping.delete_pages import DeletedPage, DeletePage
from ui.keeping.hold_pages import HoldPage, ReleasePage
from ui.keeping.reading import Found
from ui.keeping.things_page import ThingsPage
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.tasks import Progress
from ui.widgets.buttons import link_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, problem_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.wiping import Wiped

TITLE = "Kept how long"
NOT_OPEN = "Your library is not open."
DELETING = "Deleting. Please leave the computer on."
CLEANING = "Cleaning the backups: {done} of {total} looked at. Please leave the computer on."
CERTIFICATE_NAME = "Certificate of deletion {on}.pdf"
CERTIFICATE_KINDS = "PDF (*.pdf);;Web page (*.html)"


class RetentionScreen(Screen):
    """Opens with the list; with `hold_all` at the hold on everything, with `hold_id` at one hold."""

    left_for_now = Signal()
    rules_wanted = Signal()

    def __init__(
        self, desk: Desk, back: str = "Back to settings", *, hold_all: bool = False, hold_id: str = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._found: Found | None = None
        self._hold_all, self._hold_id = hold_all, hold_id
        self._working = False
        self.page = ScrollPage()
        self.title: TextLabel = heading(TITLE)
        self.back_button = link_button(f"‹ {back}", self.left_for_now.emit)
        self.trouble: TextLabel = problem_label()
        self.things = ThingsPage()
        self.hold = HoldPage()
        self.release = ReleasePage()
        self.delete = DeletePage()
        self.deleted = DeletedPage()
        self._pages: dict[QWidget, str] = {
            self.things: TITLE,
            self.hold: hold_pages.HOLD,
            self.release: hold_pages.RELEASE,
            self.delete: delete_pages.DELETE,
            self.deleted: delete_pages.DELETED,
        }
        column = self.page.column
        column.addLayout(button_row(self.back_button))
        for part in (self.title, self.trouble, *self._pages):
            column.addWidget(part)
            part.hide()
        self.title.show()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self._connect()

    def arrived(self) -> None:
        """Read how things stand; work begins in the list, or where somebody wanted to go."""
        if self._found is None:
            self._read(first=True)

    def may_close(self) -> bool:
        """Not while something is being deleted."""
        return not self._working

    def rest(self) -> Rest:
        """What is ticked is ticked again soon; a deletion goes on to its end."""
        return Rest.AT_WORK if self._working else Rest.OVER

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape goes one step back."""
        if event.key() != Qt.Key.Key_Escape or self._working:
            super().keyPressEvent(event)
        elif self.things.isVisible() or self._found is None:
            self.left_for_now.emit()
        else:
            self.to_list()

    def to_list(self) -> None:
        """Back to what there is."""
        self._turn_to(self.things)
        self.things.begin()

    def hold_everything(self) -> None:
        """To the hold on everything: only the reason is to be typed."""
        self._ask_hold((), everything=True)

    # --- reading

    def _connect(self) -> None:
        things = self.things
        things.delete_wanted.connect(self._ask_delete)
        things.hold_wanted.connect(lambda: self._ask_hold(things.model.chosen, everything=False))
        things.hold_all_wanted.connect(self.hold_everything)
        things.release_wanted.connect(self._ask_release)
        things.rules_wanted.connect(self.rules_wanted)
        self.hold.given.connect(self._hold)
        self.release.given.connect(self._release)
        self.delete.agreed.connect(self._delete)
        self.deleted.certificate_wanted.connect(self._choose_file)
        for page in (self.hold, self.release, self.delete, self.deleted):
            page.back_wanted.connect(self.to_list)
        self._desk.signals.changed.connect(self._changed)

    def _read(self, *, first: bool = False) -> None:
        desk = self._desk
        desk.tasks.database(
            lambda: reading.read_found(desk),
            then=lambda found: self._fill(found, first),
            failed=self._not_read,
            owner=self,
        )

    def _fill(self, found: Found | None, first: bool) -> None:
        self._found = found
        self.trouble.setText("" if found else NOT_OPEN)
        self.trouble.setVisible(found is None)
        if found is not None:
            self.things.show_found(found, self._desk.clock.today())
            if first:
                self._first(found)
        self.filled.emit()

    def _first(self, found: Found) -> None:
        if self._hold_all:
            self.hold_everything()
            return
        self.to_list()
        if any(hold.id == self._hold_id for hold in found.holds):
            self.things.show_hold(self._hold_id)
            self.page.bring(self.things.release)

    def _not_read(self, error: UserError) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()
        self.filled.emit()

    def _changed(self, what: Change) -> None:
        if self._found is not None and what.touches(Subject.SITTINGS, Subject.CAFES, Subject.PACKS, Subject.SETTINGS):
            self._read()

    def _turn_to(self, page: QWidget) -> None:
        for one in self._pages:
            one.setVisible(one is page)
        self.title.setText(self._pages[page])
        self.page.to_top()

    # --- holds

    def _ask_hold(self, things: Sequence[Due], *, everything: bool) -> None:
        self._turn_to(self.hold)
        self.hold.begin(things, everything=everything)

    def _hold(self, subjects: list[tuple[Kind | None, str]], why: str) -> None:
        desk = self._desk

        def done(holds: tuple[Hold, ...]) -> None:
            if not any(hold.kind for hold in holds):
                announce(self, words.everything_held(holds))  # the banner says it to the eyes
                self._changed_holds()
                return
            what = words.covered(holds[0], self._titles()) if len(holds) == 1 else f"{len(holds)} things"
            desk.messages.say(f"On hold: {what}. Nothing of it can be deleted until you release the hold.")
            self._changed_holds()

        desk.tasks.database(
            lambda: reading.place_holds(desk, subjects, why),
            then=done,
            failed=lambda error: self.hold.show_problem(str(error)),
            owner=self,
        )

    def _ask_release(self, hold: Hold) -> None:
        self._turn_to(self.release)
        self.release.begin(hold, words.covered(hold, self._titles()))

    def _release(self, hold_id: str, why: str) -> None:
        desk = self._desk

        def done(_: Hold) -> None:
            desk.messages.say("The hold is released.")
            self._changed_holds()

        desk.tasks.database(
            lambda: reading.release_hold(desk, hold_id, why),
            then=done,
            failed=lambda error: self.release.show_problem(str(error)),
            owner=self,
        )

    def _changed_holds(self) -> None:
        self.to_list()
        self._read()

    def _titles(self) -> dict[tuple[Kind, str], str]:
        things = self._found.things if self._found is not None else ()
        return {(one.kept.kind, one.kept.id): one.kept.title for one in things}

    # --- deleting

    def _ask_delete(self) -> None:
        found = self._found
        if found is None or not self.things.model.chosen:
            return
        self._turn_to(self.delete)
        self.delete.begin(
            self.things.model.chosen,
            self._desk.clock.today(),
            on_server=found.on_server,
            second_place=self._desk.settings.second_place,
        )
        self.delete.step.begin_reading(self.page)

    def _delete(self, things: tuple[Due, ...], why: str) -> None:
        desk = self._desk
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self._working = True
        self.delete.step.show_working(DELETING)
        copying = desk.copying

        def delete() -> Wiped:
            with copying.held_off():  # nothing is copied that is being cleaned
                return reading.delete_for_good(desk, things, why, progress.report)

        desk.tasks.database(
            delete,
            then=self._is_deleted,
            failed=self._not_deleted,
            doing="Deleting for good",
            owner=self,
        )

    def _show_progress(self, done: int, total: int) -> None:
        if self._working:
            self.delete.step.show_working(CLEANING.format(done=done, total=total), done, total)

    def _is_deleted(self, wiped: Wiped) -> None:
        self._working = False
        self.things.model.choose_none()
        self._turn_to(self.deleted)
        self.deleted.begin(wiped, on_server=self._found is not None and self._found.on_server)
        self._tell_others()

    def _not_deleted(self, error: UserError) -> None:
        """Held meanwhile, in somebody's hands, or deleted and not yet cleaned from everywhere: the words say which."""
        self._working = False
        self.delete.step.show_problem(str(error))
        self._tell_others()

    def _tell_others(self) -> None:
        subjects = (Subject.SITTINGS, Subject.ACTIONS, Subject.CAFES, Subject.PACKS)
        self._desk.signals.changed.emit(change(*subjects))

    def _choose_file(self, wiped: Wiped) -> None:
        desk = self._desk

        def save(path: Path) -> None:
            desk.tasks.database(
                lambda: reading.write_certificate(desk, wiped, path),
                then=lambda written: self.deleted.show_saved(f"The certificate is in {written}."),
                failed=lambda error: self.deleted.show_saved(str(error)),
                doing="Making the certificate",
                owner=self,
            )

        name = CERTIFICATE_NAME.format(on=wiped.at.astimezone().date().isoformat())
        desk.messages.choose_save_file("Save the certificate", name, CERTIFICATE_KINDS, save)
