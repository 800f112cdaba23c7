"""The lock of the library, as the window has it: who is let in, when it closes, and what is asked once.

While the library is locked one screen stands before everything. What was open behind it has been saved and thrown away;
what holds words that could not be kept anywhere is taken out of the window, whole, until its person is back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.commands import CommandId, first_key
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.messages import SAID, Kind

if TYPE_CHECKING:
    from cqcmock.errors import UserError
    from cqcmock.paths import Location
    from cqcmock.services.restoring import Restored
    from ui.library_door import LibraryDoor
    from ui.lock.idle import Idle
    from ui.lock.unlock_screen import UnlockScreen

SAVE_SECONDS = 10.0
MOST_TIMES_ASKED = 3
LOCKED = "Your library has a lock now. {} locks it at once."
WORDS_CHANGED = "The new words open your library from now on. Destroy the paper with the old ones."
LOCK_OFF = "Your library has no lock any more."
_BROUGHT = "brought"


class Gate(QObject):
    """Stands between the person and the library. `may_ask` once the first run's question may be put.

    `asks`: somebody is asked for the words, or whether to lock the library at all.
    """

    asks = Signal()

    def __init__(self, desk: Desk, window: Callable[[], MainWindow], home: str) -> None:
        super().__init__(desk.tasks)
        self._desk = desk
        self._window = window
        self._home = home
        self._unlock: UnlockScreen | None = None
        self._still_open = False
        self._locking = False
        self._left_room = ""
        self.door: LibraryDoor | None = None
        self.may_ask = False
        self._idle: Idle | None = None

    def handle_commands(self) -> None:
        """Ctrl+L locks, where there is a lock."""
        self._window().commands.handle(CommandId.LOCK_NOW, self.lock_now, enabled_when=lambda: self.can_lock)

    @property
    def can_lock(self) -> bool:
        """Whether there is a lock, and it is open."""
        return self._desk.place.raw_key is not None and self._unlock is None

    @property
    def _door(self) -> LibraryDoor:
        assert self.door is not None
        return self.door

    @property
    def idle(self) -> Idle:
        """How long nobody has been here; made when there is first something to lock."""
        if self._idle is None:
            from ui.lock.idle import Idle

            self._idle = Idle(self._desk.clock, self)
            self._idle.looked.connect(self._looked)
        return self._idle

    # --- opening

    def library_opened(self) -> None:
        """A library is open: see whether it locks itself, or whether a lock has never been talked about."""
        self._window().commands.refresh()
        if self._desk.place.raw_key is None:
            if self._idle is not None:
                self._idle.stop()
            self._ask_first()
        else:
            self.idle.start()

    def ask_words(self) -> None:
        """The library is locked, and the keyring of this computer does not open it."""
        if self._unlock is None:
            self._make_unlock(at_start=True)
            self.asks.emit()

    def _make_unlock(self, *, at_start: bool) -> UnlockScreen:
        from ui.lock.unlock_screen import UnlockScreen

        screen = self._unlock = UnlockScreen(self._desk, at_start=at_start)
        screen.unlocked.connect(self._unlocked)
        self._window().cover_with(screen)
        return screen

    def _unlocked(self, place: Location) -> None:
        if self._still_open:  # the library was never closed
            self._let_in()
            self.library_opened()
        else:
            self._desk.signals.blockSignals(False)
            self._door.let_in(place, self._let_in, lambda _: self._let_in(home=True))

    def _let_in(self, *, home: bool = False) -> None:
        """Back to where the person was, or home where that is gone."""
        window = self._window()
        self._unlock, self._still_open = None, False
        if not window.uncover() or home:
            window.go(self._home if home else self._left_room or self._home)

    # --- locking

    def lock_now(self) -> None:
        """Save what was typed, close the library, forget its key, and ask for the words."""
        if not self.can_lock:
            return
        desk = self._desk
        self._left_room = self._window().room_shown
        screen = self._make_unlock(at_start=False)
        screen.show_locking(True)
        self._hide_other_windows()
        desk.copying.stop_what_nobody_asked_for()
        desk.tasks.wait_all(SAVE_SECONDS)
        desk.copying.stop()
        self._close()
        desk.messages.clear_all()  # what the screens said as they were left
        _empty_clipboards()
        if self._still_open:
            self.idle.start()  # to look whether it can be closed by now

    def _close(self) -> None:
        """Close the library, unless something still needs it."""
        desk, screen = self._desk, self._unlock
        if self._locking or screen is None:
            return
        self._locking = True
        rested = self._window().put_aside() and desk.tasks.wait_all(SAVE_SECONDS)
        self._locking = False
        self._still_open = not rested
        if rested:
            desk.done.clear()
            self._door.shut(lambda: self._shut(screen))
        else:
            screen.show_still_open()

    def _shut(self, screen: UnlockScreen) -> None:
        self.idle.stop()
        if self._unlock is screen:
            self._desk.signals.blockSignals(True)  # what waits unseen must not ask a closed library for anything
            screen.show_locking(False)

    def _hide_other_windows(self) -> None:
        """Palettes, questions, the window that the room sees, a colleague's window."""
        self._desk.messages.clear_all()
        window = self._window()
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible():
                other.close()

    def _looked(self) -> None:
        desk = self._desk
        if self._still_open:
            if not desk.tasks.busy:
                self._close()
            return
        minutes = desk.settings.lock_after_minutes
        if not minutes or not self.can_lock or (desk.tasks.busy and not desk.copying.under_way):
            return
        if self._window().on_air:
            self.idle.touch()  # once the clock stops, the minutes begin
        elif self.idle.seconds >= minutes * 60:
            self.lock_now()

    # --- putting a lock on, changing it, taking it off

    def _ask_first(self) -> None:
        """Ask once whether the library is to be locked; home comes after the answer."""
        desk = self._desk
        settings = desk.settings
        ours = desk.opened is not None and desk.opened.path is not None and desk.opened.folder == desk.place.folder
        if not self.may_ask or settings.lock_asked or settings.lock_not_now >= MOST_TIMES_ASKED or not ours:
            return
        self.may_ask = False  # once in a run
        self._show_first()
        self.asks.emit()

    def _show_first(self) -> None:
        from ui.lock.first_lock_screen import FirstLockScreen

        screen = FirstLockScreen()
        screen.lock_wanted.connect(lambda: self.new_words(first_run=True))
        screen.not_now.connect(lambda: self._answered(asked=False))
        screen.no_lock.connect(lambda: self._answered(asked=True))
        screen.bring_wanted.connect(lambda: self.bring_everything(first_run=True))
        self._window().cover_with(screen)

    def _answered(self, *, asked: bool) -> None:
        desk = self._desk
        settings = desk.settings
        if asked:
            desk.change_settings(replace(settings, lock_asked=True))
        else:
            desk.change_settings(replace(settings, lock_not_now=settings.lock_not_now + 1))
        self._back()

    def _back(self, room: str = "") -> None:
        """To where the person was before; to `room`, or home, where that was thrown away."""
        window = self._window()
        if not window.uncover():
            window.go(room or self._home)

    def new_words(self, *, first_run: bool = False) -> None:
        """Lead through new words for the library: to lock it, or in the place of those there are."""
        from ui.lock.new_words_screen import NewWordsScreen

        change = self._desk.place.raw_key is not None
        screen = NewWordsScreen(self._desk, self._door, change=change)
        screen.left_for_now.connect((lambda: self._answered(asked=False)) if first_run else self._back)
        screen.done.connect(lambda: self._has_new_words(change=change))
        self._window().cover_with(screen)

    def _has_new_words(self, *, change: bool) -> None:
        desk = self._desk
        if not desk.settings.lock_asked:
            desk.change_settings(replace(desk.settings, lock_asked=True))
        self._back()
        desk.messages.say(WORDS_CHANGED if change else LOCKED.format(first_key(CommandId.LOCK_NOW)))

    def bring_everything(self, *, first_run: bool = False) -> None:
        """Lead through bringing everything from a sealed copy, of this computer or of another one."""
        from ui.backups import wording
        from ui.backups.bring_everything_screen import BringEverythingScreen

        desk, window = self._desk, self._window()
        if window.on_air:
            desk.messages.say(wording.ON_AIR, Kind.NOTICE)
            return
        desk.messages.clear(SAID)
        screen = BringEverythingScreen(desk, self._door)
        room = window.room_shown
        screen.left_for_now.connect(self._show_first if first_run else lambda: self._back(room))
        screen.done.connect(self._brought)
        window.cover_with(screen)
        if not window.put_aside():  # what is not saved yet would go to another library
            self._back(room)
            desk.messages.say(wording.ON_AIR, Kind.NOTICE)

    def _brought(self, restored: Restored) -> None:
        """Home, with everything; where what was here before is stays until it has been read."""
        from ui.backups import wording

        self._window().uncover()
        self._window().go(self._home)
        self._desk.messages.keep(_BROUGHT, wording.brought(restored), Kind.DONE)

    def remove_lock(self) -> None:
        """Take the lock off, once it has been said what that means."""

        def take_off(place: Location) -> Location:
            from cqcmock.services import locking

            return locking.remove_lock(place, self._desk.clock)

        def done() -> None:
            desk.messages.say(LOCK_OFF)

        def failed(error: UserError) -> None:
            desk.messages.tell(error)

        desk = self._desk
        desk.messages.ask(
            "Take the lock off your library?",
            yes="Take it off",
            no="Keep the lock",
            then=lambda yes: self._door.relock(take_off, done, failed) if yes else None,
            detail="Whoever can read the disk of this computer can then read everything that was said and written "
            "here. The six words open nothing any more. To have a lock again, lock it again with new words.",
        )


def _empty_clipboards() -> None:
    """What was copied out of the program goes; what somebody copied elsewhere stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
