"""Every copy of the library that the window makes: one after the other, beside the work, and stopped when it must be.

A copy reads the library for as long as a slow disk or stick takes, so it is made beside the database lane. Whoever
closes the library, or moves its file, first has the copy stop: see `held_off`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import Shiboken

from cqcmock.errors import UserError
from ui.messages import Kind
from ui.tasks import Progress, StoppedError

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.services.library import BackupInfo, Library
    from ui.desk import Desk

LONG: Final = timedelta(days=7)
"""After this it is said that the second place has not been reached."""

WAIT_SECONDS: Final = 30.0
"""A stick that no longer answers keeps nobody waiting for ever."""

BACKUP, SECOND_PLACE = "backup", "second-place"
RECONNECT = "Connect it, or choose another folder in the settings."
_SECONDS_BETWEEN_TRIES: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What came of it: the backup here, and a sentence about the second place where there is something to say."""

    backup: BackupInfo | None
    second: str = ""
    in_second: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    work: Callable[[Library, Progress], Copied | None]
    doing: str
    then: Callable[[Copied | None], None]
    failed: Callable[[UserError], None]
    owner: QObject | None
    progress: Progress

    @property
    def asked(self) -> bool:
        return self.owner is not None

    @property
    def is_wanted(self) -> bool:
        """Whether whoever asked is still there."""
        return self.owner is None or Shiboken.isValid(self.owner)


class Copying(QObject):
    """`began` and `ended` of what somebody asked for; `progressed` carries how much of how much is done."""

    began = Signal()
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tasks)
        self._desk = desk
        self._using = threading.Lock()
        self._job: _Job | None = None
        self._waiting: list[_Job] = []
        self._told_of_long = False

    @property
    def under_way(self) -> bool:
        """Whether any copy is being made."""
        return self._job is not None

    @property
    def asked_for(self) -> bool:
        """Whether somebody waits for the copy that is being made."""
        return self._job is not None and self._job.asked

    def stop(self, *, all_of_them: bool = True) -> None:
        """Have a copy that is being made end at its next step, from any thread; `all_of_them`, or no asked-for ones."""
        for job in (self._job, *self._waiting):
            if job is not None and (all_of_them or not job.asked):
                job.progress.stop()

    def stop_what_nobody_asked_for(self) -> None:
        """The program is to end, or to be locked: whoever asked for a copy still gets it, if it is soon made."""
        self.stop(all_of_them=False)

    @contextmanager
    def held_off(self) -> Iterator[None]:
        """Time in which no copy reads the library, for whoever closes it or moves its file, in the database lane."""
        tries = round(WAIT_SECONDS / _SECONDS_BETWEEN_TRIES)
        self.stop()
        held = False
        while not held and tries:
            held = self._using.acquire(timeout=_SECONDS_BETWEEN_TRIES)
            tries -= 1
            self.stop()  # also one that has begun meanwhile
        try:
            yield
        finally:
            if held:
                self._using.release()

    # --- by itself

    def look_through(self, then: Callable[[], None], failed: Callable[[UserError], None]) -> None:
        """Look for damage that nobody waited for when the library was opened."""

        def work(library: Library, _progress: Progress) -> None:
            from cqcmock.services import library as libraries

            libraries.look_through(library)

        self._add(work, then=lambda _: then(), failed=failed)

    def keep_up(self) -> None:
        """A backup if something has changed, and the newest one to the second place if that is there: quietly."""
        desk, told = self._desk, self._told_of_long

        def work(library: Library, progress: Progress) -> Copied:
            from cqcmock.services import library as libraries
            from cqcmock.services import second_place

            made = trouble = None
            try:
                made = libraries.back_up_if_due(library, desk.clock, progress.report)
            except UserError as error:
                trouble = error
            outcome = second_place.bring_up_to_date(library, desk.clock, progress.report)
            said = _quietly(library, desk.clock, outcome.say, told) if outcome.copied is None else ""
            return Copied(
                backup=made,
                second=said,
                in_second=outcome.copied is not None,
                trouble=f"The backup could not be made. {trouble}" if trouble else "",
            )

        self._add(work, then=self._kept_up, failed=self._not_kept_up)

    def _kept_up(self, copied: Copied | None) -> None:
        if copied is None:
            return
        messages = self._desk.messages
        if copied.trouble:
            messages.keep(BACKUP, copied.trouble, Kind.NOTICE)
        elif copied.backup is not None:
            messages.clear(BACKUP)
        if copied.in_second:
            self._told_of_long = False
            messages.clear(SECOND_PLACE)
        if copied.second:
            self._told_of_long = True
            messages.keep(SECOND_PLACE, copied.second, Kind.NOTICE)

    def _not_kept_up(self, error: UserError) -> None:
        self._desk.messages.keep(BACKUP, f"The backup could not be made. {error}", Kind.NOTICE)

    # --- because somebody asked

    def back_up_now(
        self,
        then: Callable[[Copied | None], None],
        failed: Callable[[UserError], None],
        *,
        owner: QObject,
        second: bool = False,
    ) -> None:
        """A backup, and the second place too. `then` gets None where it was stopped.

        With `second` it is the second place that matters: what keeps it from there is an error. Neither is called once
        `owner` has been destroyed.
        """
        desk = self._desk

        def work(library: Library, progress: Progress) -> Copied:
            from cqcmock.paths import Location
            from cqcmock.services import library as libraries
            from cqcmock.services import second_place

            place = Location(library.folder, raw_key=library.raw_key)
            if second and not (before := second_place.status(place)).there:
                raise UserError(before.in_words(), RECONNECT)
            made = libraries.back_up_now(library, desk.clock, progress.report)
            outcome = second_place.bring_up_to_date(library, desk.clock, progress.report)
            if outcome.copied is not None:
                where = f"A sealed copy of everything is in {outcome.copied.path.parent}."
                if left_out := outcome.copied.manifest.left_out:
                    where += f" Packs that cannot be read, and are not in it: {left_out}."
                return Copied(backup=made, second=where, in_second=True)
            status = second_place.status(place)
            said = outcome.say or (status.in_words() if status.folder is not None else "")
            if second:
                raise UserError(said, RECONNECT if not status.there else "Try again, or use another stick.")
            return Copied(backup=made, second=said)

        self._add(work, doing="Making a backup", then=then, failed=failed, owner=owner)

    # --- one after the other

    def _add(
        self,
        work: Callable[[Library, Progress], Copied | None],
        *,
        then: Callable[[Copied | None], None],
        failed: Callable[[UserError], None],
        doing: str = "",
        owner: QObject | None = None,
    ) -> None:
        """Somebody has asked for it where it has an owner."""
        progress = Progress(self)
        job = _Job(work=work, doing=doing, then=then, failed=failed, owner=owner, progress=progress)
        if job.asked:
            progress.changed.connect(self.progressed)
        if self._job is None:
            self._begin(job)
        else:
            self._waiting.append(job)

    def _begin(self, job: _Job) -> None:
        desk = self._desk
        self._job = job

        def alone() -> tuple[bool, Copied | None]:
            with self._using:
                try:
                    job.progress.report(0, 0)  # stopped before it had begun
                    return (True, job.work(desk.opened, job.progress)) if desk.opened is not None else (False, None)
                except StoppedError:
                    return False, None

        def came(outcome: tuple[bool, Copied | None]) -> None:
            self._over(job)
            whole, copied = outcome
            if (whole or job.asked) and job.is_wanted:
                job.then(copied)

        def failed(error: UserError) -> None:
            self._over(job)
            if job.is_wanted:
                job.failed(error)
            else:
                desk.messages.tell(error)

        desk.tasks.background(alone, then=came, failed=failed, doing=job.doing, owner=self)
        if job.asked:
            self.began.emit()

    def _over(self, job: _Job) -> None:
        self._job = None
        job.progress.deleteLater()
        if self._waiting:
            self._begin(self._waiting.pop(0))
        if job.asked:
            self.ended.emit()


def _quietly(library: Library, clock: Clock, said: str, told: bool) -> str:
    """What is to be said of a second place to which nothing was copied: that it is away, only after a week."""
    from cqcmock.paths import Location
    from cqcmock.services import second_place

    status = second_place.status(Location(library.folder, raw_key=library.raw_key))
    if status.folder is None or status.there or library.raw_key is None:
        return said
    away = clock.wall() - status.missing_since if status.missing_since else timedelta()
    return f"{status.in_words()} {RECONNECT}" if away >= LONG and not told else ""
