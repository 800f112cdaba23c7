"""The backups: what is in each, what would come back and what would be lost, and going back to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.errors import UserError
from cqcmock.paths import Location
from ui.announce import announce
from ui.backups import wording
from ui.backups.copying import Copied
from ui.backups.progress_row import ProgressRow
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, lead_label, problem_label, small_label, wrapped_label
from ui.widgets.line_list import LineList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.backups import Preview

ABOUT: Final = (
    "Choose one to see what is in it and what would change. Nothing changes before you press “Go back to it”."
)
LOOKING: Final = "Looking at the backups…"
LOOKING_INSIDE: Final = "Looking at what is in it…"
GONE: Final = "This one is no longer there."
UNREADABLE: Final = "It cannot be read: it is damaged, or belongs to another lock. Choose another one."
BROKEN_NOW: Final = "Your library of now is not open, so nobody can say what is missing here."
NOTHING_IS_DELETED: Final = (
    "What is in the library now is put aside, and then stands in this list too: you can go back to it."
)
MAKING: Final = "Making a backup…"
_ROWS_IN_SIGHT: Final = 6


class BackupsScreen(Screen):
    """`restore_wanted` carries a BackupInfo: restoring needs the library closed."""

    restore_wanted = Signal(object)
    left_for_now = Signal()

    def __init__(self, desk: Desk, back: str) -> None:
        super().__init__()
        self._desk = desk
        self._copies: dict[str, wording.Copy] = {}
        self._asked_about = ""
        self._came = False
        self.page = ScrollPage(widest=72.0)
        self.about: TextLabel = wrapped_label(LOOKING, quiet=True)
        self.list = LineList("Backups, the newest first", rows_in_sight=_ROWS_IN_SIGHT, about_rows=3)
        self.back_up = secondary_button("Back up now", self.back_up_now)
        self.back = secondary_button(back, self.left_for_now.emit)
        self.progress = ProgressRow(desk.copying.stop)
        self.problem: TextLabel = problem_label()
        self.chosen = Card("What is in it")
        self.holds: TextLabel = lead_label()
        self.newest: TextLabel = wrapped_label(quiet=True)
        self.changes_title: TextLabel = heading("If you go back to it", 3)
        self.changes: TextLabel = wrapped_label()
        self.safe: TextLabel = small_label(NOTHING_IS_DELETED)
        self.restore = primary_button("Go back to it", self.go_back_to_it)
        self._lay_out()
        self._show_nothing()
        self.list.moved.connect(self._look_into)
        self.list.open_wanted.connect(lambda _: self._to_restore())
        copying = desk.copying
        copying.began.connect(self._began)
        copying.progressed.connect(self.progress.show_progress)
        copying.ended.connect(self._ended)

    def _lay_out(self) -> None:
        for part in (self.holds, self.newest, self.changes_title, self.changes, self.safe):
            self.chosen.body.addWidget(part)
        self.chosen.add_buttons(self.restore)
        spaced(self.chosen.body, gap=0.7, margins=(1.35, 1.15, 1.35, 1.15))
        left = QWidget()
        column = spaced(QVBoxLayout(left), gap=0.7)
        column.addWidget(self.list)
        column.addLayout(button_row(self.back_up, self.back))
        column.addWidget(self.progress)
        column.addStretch(1)
        right = QWidget()
        beside = spaced(QVBoxLayout(right), gap=0)
        beside.addWidget(self.chosen)
        beside.addStretch(1)
        page = self.page.column
        page.addWidget(heading("Backups"))
        page.addWidget(self.about)
        page.addWidget(self.problem)
        page.addWidget(SideBySide(sized(left, min_width=14.0), right, narrowest=22.0))
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.problem.hide()

    def arrived(self) -> None:
        """Read them; work begins with the list."""
        self.read()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape goes back, Return in the list goes on to the button."""
        if event.key() == Qt.Key.Key_Escape:
            self.left_for_now.emit()
        else:
            super().keyPressEvent(event)

    def read(self) -> None:
        """Look again which there are, beside the window."""
        desk = self._desk
        place = self._place()

        def look() -> tuple[wording.Copy, ...]:
            from cqcmock.services import backups, put_aside

            found = [wording.Copy(backup=one) for one in backups.listed(place)]
            found += [wording.Copy(backup=one, is_aside=True) for one in put_aside.listed(place)]
            return tuple(sorted(found, key=lambda one: one.backup.info.made_at, reverse=True))

        desk.tasks.background(look, then=self._fill, failed=self._not_read, owner=self)

    def _place(self) -> Location:
        """Where the library is that is open now: the example has no lock."""
        desk = self._desk
        opened = desk.opened
        return desk.place if opened is None or opened.folder == desk.place.folder else Location(opened.folder)

    def _fill(self, copies: tuple[wording.Copy, ...]) -> None:
        self._copies = {copy.key: copy for copy in copies}
        first = not self._came
        self._came = True
        self._asked_about = ""
        self.about.setText(ABOUT if copies else wording.NONE_YET)
        self.list.setVisible(bool(copies))
        self._enable()
        before = self.list.chosen
        self.list.show_lines([wording.line(copy) for copy in copies])
        if first or self.list.chosen == before:
            self._look_into(self.list.chosen)
        if not copies:
            self._show_nothing()
            self.filled.emit()
        if first and self.isVisible():
            (self.list if copies else self.back_up).setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_read(self, error: UserError) -> None:
        self.about.setText("")
        self._say_problem(str(error))
        self.filled.emit()

    def _enable(self) -> None:
        library = self._desk.opened
        busy = self._desk.copying.asked_for
        self.back_up.setEnabled(library is not None and library.path is not None and not busy)

    # --- one of them

    def _look_into(self, key: str) -> None:
        """What is in the one that is chosen: in the lane, where the library of now is not closed meanwhile."""
        copy = self._copies.get(key)
        if copy is None or key == self._asked_about:
            return
        self._asked_about = key
        self._show_nothing()
        self.chosen.show()
        self._title(copy)
        if copy.backup.inside is None:
            self._show_problem_inside(UNREADABLE)
            return
        self.holds.setText(LOOKING_INSIDE)
        self.holds.show()
        desk, place, info = self._desk, self._place(), copy.backup.info

        def look() -> Preview | None:
            from cqcmock.services import backups, put_aside

            if copy.is_aside:
                return put_aside.preview(place, info, desk.opened)
            return backups.preview(place, info, desk.opened)

        def came(seen: Preview | None) -> None:
            if self._asked_about != key:
                return
            if seen is None:
                self._show_problem_inside(GONE)
            else:
                self._show_preview(seen)

        def failed(error: UserError) -> None:
            if self._asked_about == key:
                self._show_problem_inside(str(error))

        desk.tasks.database(look, then=came, failed=failed, owner=self)

    def _title(self, copy: wording.Copy) -> None:
        title = wording.moment(copy.backup.info.made_at)
        self.chosen.title.setText(title)
        self.chosen.setAccessibleName(title)
        self.restore.setAccessibleDescription(title)

    def _show_nothing(self) -> None:
        parts = (self.holds, self.newest, self.changes_title, self.changes, self.safe, self.restore)
        for part in parts:
            part.hide()
        self.chosen.setVisible(bool(self._copies))

    def _show_problem_inside(self, problem: str) -> None:
        self._show_nothing()
        self.holds.setText(problem)
        self.holds.show()
        self.filled.emit()

    def _show_preview(self, seen: Preview) -> None:
        about, newest, changes = wording.preview(seen)
        if seen.difference is None:
            changes = (BROKEN_NOW,)
        self.holds.setText(about)
        self.newest.setText(newest)
        self.changes.setText("\n".join(changes))
        for part in (self.holds, self.changes_title, self.changes, self.restore):
            part.show()
        self.safe.setVisible(seen.difference is not None)
        self.newest.setVisible(bool(newest))
        described = " ".join((about, newest, *changes, NOTHING_IS_DELETED))
        self.restore.setAccessibleDescription(described)
        if self.list.hasFocus():
            announce(self.list, " ".join((about, *changes)))
        self.filled.emit()

    def _to_restore(self) -> None:
        if not self.restore.isHidden():
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(self.restore)

    def go_back_to_it(self) -> None:
        """Put the chosen one in the library's place."""
        copy = self._copies.get(self._asked_about)
        if copy is not None:
            self.restore_wanted.emit(copy.backup.info)

    # --- making one

    def back_up_now(self) -> None:
        """One more, now."""
        self._say_problem("")
        self.progress.begin(MAKING)
        self._desk.copying.back_up_now(self._made, self._not_made, owner=self)
        self._enable()
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _began(self) -> None:
        if self.progress.isHidden():
            self.progress.begin(MAKING)
        self._enable()

    def _ended(self) -> None:
        self.progress.end()
        self._enable()
        if self.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.read()

    def _made(self, copied: Copied | None) -> None:
        self._desk.messages.say(wording.made(copied))

    def _not_made(self, error: UserError) -> None:
        self._say_problem(str(error))

    def _say_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
