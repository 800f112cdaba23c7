"""Opening and closing libraries: the person's own, the worked example, a backup in its place, a new one.

Always in the database lane; the home screen is told what came of it. SQLAlchemy is first imported here, in that lane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cqcmock.errors import UserError
from cqcmock.paths import Location, example_folder
from cqcmock.settings import load_settings
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.messages import SAID, Action, Kind
from ui.tasks import StoppedError
from ui.theme import ThemeChoice

if TYPE_CHECKING:
    from pathlib import Path

    from cqcmock.services.library import BackupInfo, Library, Problem
    from cqcmock.services.restoring import Restored
    from ui.home.home_screen import HomeScreen
    from ui.tasks import Progress

BACKUP_MINUTES = 30
_BANKS = "banks"
RESTORED = "The backup is in place. What was there before has been put aside."
IS_BACK = "What was there before is back."


class WordsNeededError(UserError):
    """The library is locked, and this computer's keyring does not open it."""


class LibraryDoor:
    """Opens and closes libraries, always in the database lane, and tells the home screen what came of it.

    Where the library is locked its key is on the desk while it is open: in `desk.place`, which only the door changes.
    `opened` is called once a library is open, `words_needed` where it needs the recovery words first.
    """

    def __init__(
        self, desk: Desk, home: Callable[[], HomeScreen], opened: Callable[[], None], words_needed: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._home = home
        self._opened_now = opened
        self._words_needed = words_needed
        self._by_words_alone = False
        self._problems: tuple[Problem, ...] = ()
        self._backups = QTimer(desk.tasks)
        self._backups.setInterval(BACKUP_MINUTES * 60_000)
        self._backups.timeout.connect(lambda: desk.copying.keep_up())

    def open_own(self) -> None:
        """Open the person's own library, or try again."""
        self._open(self._own, example=False)

    def let_in(self, place: Location, then: Callable[[], None], failed: Callable[[UserError], None]) -> None:
        """Open the person's own library: somebody has just shown that they have its key.

        Nothing has changed in it since it was shut, so that what waited meanwhile stays as it was.
        """
        self._desk.place = place
        self._open(self._own, example=False, then=then, failed=failed, changed=False)

    def shut(self, then: Callable[[], None]) -> None:
        """Close the library and forget its key; from now on the words open it, and the keyring does not."""
        desk, copying = self._desk, self._desk.copying
        self._backups.stop()
        self._by_words_alone = True

        def close() -> None:
            with copying.held_off():
                if desk.opened is not None:
                    desk.opened.close()
                    desk.opened = None
                desk.place = replace(desk.place, raw_key=None)

        desk.tasks.database(close, then=lambda _: then())

    def relock(
        self, deed: Callable[[Location], Location], then: Callable[[], None], failed: Callable[[UserError], None]
    ) -> None:
        """Close the library for a deed that puts on, changes or takes off its lock, and open it again.

        `deed` gets the place as it is and returns it as it is afterwards; it runs in the database lane.
        """
        desk = self._desk
        wrong: list[UserError] = []

        def work() -> Library:
            try:
                desk.place = deed(desk.place)
            except UserError as error:
                wrong.append(error)
            return self._own()

        def opened() -> None:
            if wrong:
                failed(wrong[0])
            else:
                then()

        self._open(work, example=False, then=opened, failed=failed)

    def _own(self) -> Library:
        """The person's own library, unlocked by this computer's keyring if need be."""
        from cqcmock.services import locking

        desk = self._desk
        if desk.place.raw_key is None and locking.is_locked(desk.place):
            unlocked = None if self._by_words_alone else locking.unlock_by_computer(desk.place)
            if unlocked is None:
                raise WordsNeededError("The library is locked.", "Unlock it with the six recovery words.")
            desk.place = unlocked
        return self._opened(desk.place)

    def open_example(self) -> None:
        """Put the worked example in its place."""

        def work() -> Library:
            from cqcmock.services import examples

            return examples.open_example(Location(example_folder(self._desk.place.folder)), self._desk.clock)

        self._open(work, example=True)

    def restore(self, backup: BackupInfo, done: str = RESTORED) -> None:
        """Put a backup in the library's place, and open it; what was there is put aside, and can be brought back."""
        desk = self._desk
        aside: list[BackupInfo] = []

        def work() -> Library:
            from cqcmock.services import put_aside

            if (before := put_aside.restore(desk.place, backup, desk.clock)) is not None:
                aside.append(before)
            desk.done.clear()
            return self._own()

        def say() -> None:
            back = Action(title="Undo", do=lambda: self.restore(aside[0], IS_BACK)) if aside else None
            desk.messages.say(done, action=back)

        self._open(work, example=False, then=say)

    def bring_everything(
        self,
        file: Path,
        words: str,
        progress: Progress,
        then: Callable[[Restored], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Put everything of a sealed copy in the place of what is here, and open it; what was here is put aside."""
        desk = self._desk
        brought: list[Restored] = []

        def deed(place: Location) -> Location:
            from cqcmock.services import restoring

            try:
                brought.append(restoring.restore(place, file, desk.clock, words=words, progress=progress.report))
            except StoppedError as error:
                raise UserError("It was stopped.", "Everything is as it was.") from error
            desk.done.clear()
            desk.settings = replace(load_settings(place.folder).settings, window=desk.settings.window)
            return brought[0].place

        def opened() -> None:
            desk.theme.set_percent(desk.settings.text_percent)
            desk.theme.set_choice(ThemeChoice(desk.settings.theme))
            then(brought[0])

        self.relock(deed, opened, failed)

    def start_afresh(self) -> None:
        """Make a new library beside the damaged one that was put aside, and open it."""

        def work() -> Library:
            from cqcmock.services import library

            library.start_afresh(self._desk.place)
            return self._own()

        self._open(work, example=False)

    def _opened(self, location: Location) -> Library:
        from cqcmock.services.library import DamagedLibraryError

        try:
            return self._brought_up_to_date(location)
        except DamagedLibraryError as error:
            if error.put_aside_as is not None:
                raise
            return self._brought_up_to_date(location)  # met on the way: now all of it is looked through, and put aside

    def _brought_up_to_date(self, location: Location) -> Library:
        from cqcmock.services import library, sittings
        from cqcmock.services.cafe import deleting

        opened = library.open_library(location)
        try:
            self._problems = library.sync_shipped_banks(opened)
            sittings.purge_deleted(opened, self._desk.clock)  # at once, for it shows whether anything can be written
            deleting.purge_deleted(opened, self._desk.clock)
        except BaseException:
            opened.close()
            raise
        return opened

    def _open(
        self,
        work: Callable[[], Library],
        *,
        example: bool,
        then: Callable[[], None] = lambda: None,
        failed: Callable[[UserError], None] = lambda _: None,
        changed: bool = True,
    ) -> None:
        desk, copying = self._desk, self._desk.copying
        self._problems = ()
        self._backups.stop()
        desk.messages.clear(SAID)  # what can be undone about it is of the library that was open
        home = self._home()
        home.show_opening()

        def change_over() -> None:
            with copying.held_off():
                if desk.opened is not None:
                    desk.opened.close()
                    desk.opened = None
                desk.opened = work()

        def is_open(_: None) -> None:
            self._opened_now()
            if self._problems:
                told = "Some questions that come with the program could not be read: "
                desk.messages.keep(_BANKS, told + "; ".join(map(str, self._problems)), Kind.NOTICE)
            home.set_example(example)
            if changed:
                desk.signals.changed.emit(change(*Subject))
            self._keep_house(self.open_example if example else self.open_own)
            self._backups.start()
            then()

        def is_not_open(error: UserError) -> None:
            if isinstance(error, WordsNeededError):
                self._words_needed()
            else:
                home.show_problem(error)
                failed(error)

        desk.tasks.database(change_over, then=is_open, failed=is_not_open, doing="Opening the library")

    def _keep_house(self, open_again: Callable[[], None]) -> None:
        """What nobody need wait for, once home has read the library: look for damage, and make a backup.

        Opening a damaged one again puts the file aside and shows what can be done. Only home lets go of it for that:
        elsewhere somebody may be at work, who is told, and the next start sees to it.
        """
        desk = self._desk

        def failed(error: UserError) -> None:
            from cqcmock.services.library import DamagedLibraryError

            if isinstance(error, DamagedLibraryError) and self._home().isVisible():
                open_again()
            else:
                desk.messages.tell(error)

        def home_is_read(_: None) -> None:
            desk.copying.look_through(then=desk.copying.keep_up, failed=failed)

        desk.tasks.database(lambda: None, then=home_is_read, owner=desk.tasks)
