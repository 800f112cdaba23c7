"""New words for the library: shown once, put on paper, shown to be there, and then the library is locked with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.errors import UserError
from cqcmock.services import recovery_words
from ui.desk import Desk
from ui.lock.check_page import CheckPage
from ui.lock.words_page import WordsPage
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.tasks import Progress
from ui.widgets.labels import TextLabel, heading, problem_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.paths import Location
    from cqcmock.services.locking import LockStatus
    from ui.library_door import LibraryDoor

YOUR_WORDS = "Your six recovery words"
NEW_WORDS = "Your new recovery words"
CHECK = "Are they on paper?"
LOCKING = "Locking your library and its backups. Please leave the computer on."
LOCKING_SO_FAR = "Locking your library and its backups: {done} of {total} done. Please leave the computer on."
_WIDEST_EMS = 46.0


class NewWordsScreen(Screen):
    """`done` once the library is locked with the new words, `left_for_now` where it is as it was."""

    done = Signal()
    left_for_now = Signal()
    whole_width = True

    def __init__(self, desk: Desk, door: LibraryDoor, *, change: bool) -> None:
        super().__init__()
        self._desk = desk
        self._door = door
        self._change = change
        self._working = False
        self.page = ScrollPage(widest=_WIDEST_EMS, top=2.0)
        self.title: TextLabel = heading(NEW_WORDS if change else YOUR_WORDS)
        self.trouble: TextLabel = problem_label()
        self.words_page: WordsPage | None = None
        self.check_page: CheckPage | None = None
        for widget in (self.title, self.trouble):
            self.page.column.addWidget(widget)
        self.trouble.hide()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)

    def arrived(self) -> None:
        """Draw the words, once, and see what else can open the library."""
        if self.words_page is not None:
            self._to_words()
            return
        desk = self._desk

        def draw() -> tuple[str, LockStatus, str]:
            from cqcmock.services import library_keys, locking

            status = locking.status(desk.place)
            return locking.new_words(), status, library_keys.escrow_address(desk.place.folder)

        desk.tasks.background(draw, then=lambda drawn: self._show_words(*drawn), failed=self._not_drawn, owner=self)

    def may_close(self) -> bool:
        """Not while the library is being written anew."""
        return not self._working

    def rest(self) -> Rest:
        """The words have locked nothing yet: others are drawn another time."""
        return Rest.AT_WORK if self._working else Rest.OVER

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape goes one step back."""
        if event.key() != Qt.Key.Key_Escape or self._working:
            super().keyPressEvent(event)
        elif self.check_page is not None and self.check_page.isVisible():
            self._to_words()
        else:
            self.left_for_now.emit()

    def _show_words(self, words: str, status: LockStatus, council: str) -> None:
        change = self._change
        self.words_page = WordsPage(self._desk, words, change=change)
        self.check_page = CheckPage(words, recovery_words.to_ask_for(), change=change)
        self.words_page.show_keyring(there=status.keyring, trusted=not change or status.ways.computer)
        self.words_page.show_council_key(council)
        self.words_page.on_paper.connect(self._to_check)
        self.words_page.put_by.connect(self.left_for_now)
        self.check_page.back_wanted.connect(self._to_words)
        self.check_page.right.connect(lambda: self._lock(words))
        self.page.column.addWidget(self.words_page)
        self.page.column.addWidget(self.check_page)
        self._to_words()
        self.filled.emit()

    def _not_drawn(self, error: UserError) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()

    def _to_words(self) -> None:
        if self.words_page is not None and self.check_page is not None:
            self.check_page.forget()
            self.title.setText(NEW_WORDS if self._change else YOUR_WORDS)
            self._turn_to(self.words_page, self.check_page)
            self.words_page.begin()

    def _to_check(self) -> None:
        assert self.check_page is not None
        assert self.words_page is not None
        self.title.setText(CHECK)
        self._turn_to(self.check_page, self.words_page)
        self.check_page.begin()

    def _turn_to(self, page: QWidget, other: QWidget) -> None:
        page.show()
        other.hide()
        self.page.to_top()

    # --- locking

    def _lock(self, words: str) -> None:
        page, desk = self.words_page, self._desk
        assert page is not None
        assert self.check_page is not None
        computer, escrow, change = page.computer, page.escrow, self._change
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self._working = True
        self.check_page.show_working(LOCKING)

        def lock(place: Location) -> Location:
            from cqcmock.services import locking

            put_on = locking.change_key if change else locking.lock
            return put_on(place, words, desk.clock, computer=computer, escrow=escrow, progress=progress.report)

        self._door.relock(lock, self._locked, self._not_locked)

    def _show_progress(self, done: int, total: int) -> None:
        if self._working and self.check_page is not None:
            self.check_page.show_working(LOCKING_SO_FAR.format(done=done, total=total), done, total)

    def _locked(self) -> None:
        self._working = False
        self.done.emit()

    def _not_locked(self, error: UserError) -> None:
        self._working = False
        assert self.check_page is not None
        self.check_page.show_problem(str(error))
