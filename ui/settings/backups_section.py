"""Backups: the newest one, one made now, the second place on a stick, and everything from another computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.settings import Settings
from ui.backups import wording
from ui.backups.copying import Copied
from ui.backups.progress_row import ProgressRow
from ui.desk import Desk
from ui.settings.section import Section
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.second_place import Status

LOOKING: Final = "Looking at the backups…"
NOT_OPEN: Final = "Your library is not open."
ON_SERVER: Final = "Your council’s library is kept on a server, which makes its own backups."
BY_ITSELF: Final = "One is made by itself every half an hour, where something has changed."
MAKING: Final = "Making a backup…"
COPYING: Final = "Making a sealed copy…"
STICK: Final = (
    "If this disk fails or the laptop is stolen, its backups go with it. Choose a folder on a stick or on a network "
    "drive: a sealed copy of everything goes there after each backup, and only your six words open it."
)
LOCK_FIRST: Final = (
    "A copy on a stick has to be sealed, so lock the library first: its six words then open the copies as well."
)
NO_LONGER: Final = "Nothing more is copied to {}. What lies there stays there, and your six words still open it."
FROM_ELSEWHERE: Final = (
    "With a sealed copy (its name ends in .age) and the six words from the paper, everything comes to this computer."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand. `why_not` says why there is nothing to see here; `second` of None for the example."""

    copies: tuple[wording.Copy, ...] = ()
    second: Status | None = None
    locked: bool = False
    why_not: str = ""


class BackupsSection(Section):
    """Restores and locks nothing itself: it says what the person wants."""

    look_wanted = Signal()
    lock_wanted = Signal()
    bring_wanted = Signal()
    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Backups")
        self._desk = desk
        self._standing = Standing()
        self._made_here = False
        self.newest: TextLabel = wrapped_label(LOOKING)
        self.back_up = secondary_button("Back up now", self.back_up_now)
        self.look = secondary_button("Look at the backups…", self.look_wanted.emit)
        self.progress = ProgressRow(desk.copying.stop)
        self.problem: TextLabel = problem_label()
        self.second: TextLabel = wrapped_label("")
        self.hint: TextLabel = small_label("")
        self.choose = secondary_button("Choose a folder…", self._choose)
        self.copy = secondary_button("Copy there now", self.copy_now)
        self.no_longer = secondary_button("Stop using it", self._stop_using)
        self.lock_button = secondary_button("Lock this library…", self.lock_wanted.emit)
        self.bring = secondary_button("Bring everything here…", self.bring_wanted.emit)
        self.bring.setAccessibleName("Bring everything here from another computer…")
        self._lay_out()
        self._show()
        copying = desk.copying
        copying.began.connect(self._began)
        copying.progressed.connect(self.progress.show_progress)
        copying.ended.connect(self._ended)

    def _lay_out(self) -> None:
        self.body.addWidget(self.newest)
        self.body.addWidget(small_label(BY_ITSELF))
        self.body.addLayout(button_row(self.back_up, self.look))
        self.body.addWidget(self.progress)
        self.body.addWidget(self.problem)
        self.second_part = self._part(
            "On a stick, or another drive", self.second, self.hint, self.choose, self.copy, self.no_longer,
            self.lock_button,
        )  # fmt: skip
        self.bring_part = self._part("From another computer", wrapped_label(FROM_ELSEWHERE), None, self.bring)
        self.problem.hide()

    def _part(self, title: str, about: TextLabel, hint: TextLabel | None, *buttons: QPushButton) -> QWidget:
        part = QWidget()
        column = spaced(QVBoxLayout(part), gap=0.4)
        column.addWidget(heading(title, 3))
        column.addWidget(about)
        if hint is not None:
            column.addWidget(hint)
        column.addLayout(button_row(*buttons))
        self.body.addWidget(part)
        return part

    def show_settings(self, settings: Settings) -> None:
        """The second place is looked at where it lies: see `read`."""

    def read(self) -> None:
        """Look again how things stand, beside the window: a network drive may take a moment."""
        desk = self._desk
        library = desk.opened
        if library is None or library.path is None:
            self._fill(Standing(why_not=NOT_OPEN if library is None else ON_SERVER))
            return
        own = library.folder == desk.place.folder
        place = desk.place if own else Location(library.folder)  # the example has no lock

        def look() -> Standing:
            from cqcmock.services import backups, second_place

            copies = tuple(wording.Copy(backup=one) for one in backups.listed(place))
            second = second_place.status(place) if own else None
            return Standing(copies=copies, second=second, locked=place.raw_key is not None)

        desk.tasks.background(look, then=self._fill, failed=self._not_read, owner=self)

    def _fill(self, standing: Standing) -> None:
        self._standing = standing
        self._show()
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self._fill(replace(self._standing, why_not=""))
        self._say_problem(str(error))

    def _show(self) -> None:
        standing = self._standing
        self.newest.setText(standing.why_not or wording.newest(standing.copies))
        busy = self._desk.copying.asked_for
        here = not standing.why_not
        self.back_up.setEnabled(here and not busy)
        self.look.setEnabled(here and bool(standing.copies))
        second = standing.second
        self.second_part.setVisible(second is not None)
        self.bring_part.setVisible(second is not None)
        self.bring.setEnabled(not busy)
        if second is None:
            return
        chosen = second.folder is not None
        self.second.setText(second.in_words() if chosen else STICK)
        self.hint.setText(LOCK_FIRST)
        self.hint.setVisible(not standing.locked)
        self.choose.setText("Choose another folder…" if chosen else "Choose a folder…")
        self.choose.setAccessibleName(self.choose.text())
        self.choose.setVisible(standing.locked)
        self.copy.setVisible(standing.locked and chosen)
        self.no_longer.setVisible(chosen)
        self.lock_button.setVisible(not standing.locked)
        for button in (self.choose, self.copy, self.no_longer):
            button.setEnabled(not busy)

    # --- making one

    def back_up_now(self) -> None:
        """A backup here, and in the second place if there is one."""
        self._make(MAKING, second=False)

    def copy_now(self) -> None:
        """A backup, and a sealed copy of it in the second place."""
        self._make(COPYING, second=True)

    def _make(self, doing: str, *, second: bool) -> None:
        self._say_problem("")
        self._made_here = True
        self.progress.begin(doing)
        self._desk.copying.back_up_now(self._made, self._failed, owner=self, second=second)
        self._show()
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _began(self) -> None:
        """Also where it was asked for elsewhere, by the palette."""
        if not self.progress.isVisibleTo(self):
            self.progress.begin(MAKING)
        self._show()

    def _ended(self) -> None:
        had_focus = self.progress.stop_button.hasFocus() or self._made_here
        self._made_here = False
        self.progress.end()
        self._show()
        if had_focus and self.isVisible():
            self.back_up.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.isVisible():
            self.read()

    def _made(self, copied: Copied | None) -> None:
        self._desk.messages.say(wording.made(copied))

    def _failed(self, error: UserError) -> None:
        self._say_problem(str(error))

    def _say_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # --- the second place

    def _choose(self) -> None:
        self._desk.messages.choose_folder("A folder on a stick, or on another drive", self._chosen)

    def _chosen(self, folder: Path) -> None:
        desk = self._desk
        self._say_problem("")

        def check() -> str:
            from cqcmock.services import second_place

            return second_place.check_place(desk.place, folder)

        def is_good(notice: str) -> None:
            if notice:
                desk.messages.say(notice)
            self._keep(str(folder), self.copy_now)

        desk.tasks.background(check, then=is_good, failed=self._failed, owner=self)

    def _stop_using(self) -> None:
        folder = self._standing.second.folder if self._standing.second is not None else None
        self._desk.messages.say(NO_LONGER.format(folder))
        self._keep("", lambda: self.choose.setFocus(Qt.FocusReason.OtherFocusReason))

    def _keep(self, folder: str, then: Callable[[], object]) -> None:
        """Write the choice down, and only then go on: whoever copies reads it in the file."""
        desk = self._desk
        desk.change_settings(replace(desk.settings, second_place=folder))

        def written(_: None) -> None:
            self.read()
            then()

        desk.tasks.database(lambda: None, then=written, owner=self)
