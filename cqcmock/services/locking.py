"""The lock of a library: put on, changed, taken off, and opened by one of its ways in.

Everything in the data folder that holds what people said gets the same lock: the library, its backups, the packs that
are marked here, and files that were put aside. Whatever a kill or a power cut left half done is finished when the
library is unlocked the next time; what fails while the program runs is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.audit import Deed, Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import backups, computer_keyring, library_keys, locked_files
from cqcmock.services.library_keys import WaysIn as WaysIn
from cqcmock.services.library_keys import WrongWordsError as WrongWordsError
from cqcmock.services.locked_files import Progress as Progress
from cqcmock.services.one_at_a_time import alone_with
from cqcmock.storage.errors import LockedError as LockedError
from cqcmock.storage.folder import LIBRARY, make_private

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.services.library_keys import LibraryKey


class HalfDoneError(UserError):
    """What failed could not be undone: the words that were given last are those that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockStatus:
    """Whether a library is locked, by what it can be unlocked, and whether this computer has a keyring for it."""

    locked: bool
    ways: WaysIn
    keyring: bool


def status(place: Location) -> LockStatus:
    """How things stand with the lock; asks nobody for anything."""
    ways = library_keys.ways_in(place.folder)
    return LockStatus(locked=is_locked(place), ways=ways, keyring=computer_keyring.is_there())


def is_locked(place: Location) -> bool:
    """Whether the library has a lock, open or not. A library on a server has none of ours."""
    return not place.database_url and library_keys.ways_in(place.folder).words


def refuse_locked(place: Location) -> None:
    """Raises LockedError where the library has to be unlocked first."""
    if is_locked(place):
        raise LockedError("The library is locked.", "Unlock it with the six recovery words.")


def new_words() -> str:
    """Six words, to be shown and printed once, before anything is locked with them."""
    from cqcmock.review import words

    return words.offered_passphrase()


def unlock(place: Location, words: str) -> Location:
    """The place with its key, by the recovery words however they were typed. Raises WrongWordsError or UserError."""
    understood = library_keys.understood(words)
    with _turn(place):
        return _finished(place, library_keys.by_words(place.folder, understood))


def unlock_by_computer(place: Location) -> Location | None:
    """The place with its key, by this computer's keyring; None where the words have to be asked for."""
    if not is_locked(place):
        return None
    with _turn(place):
        key = library_keys.by_computer(place.folder)
        return _finished(place, key) if key else None


def unlock_by_escrow(place: Location, secret: str) -> Location:
    """The place with its key, by the secret key of the council's key pair. Raises WrongWordsError or UserError."""
    with _turn(place):
        return _finished(place, library_keys.by_escrow(place.folder, secret))


def lock(
    place: Location, words: str, clock: Clock, *, computer: bool, escrow: str = "", progress: Progress | None = None
) -> Location:
    """Lock a library that has no lock, and return the place with its key. Nobody may have the library open.

    `words` are those that `new_words` gave and somebody has on paper; `computer` lets this computer's keyring unlock it
    as well, and `escrow` the holder of the secret key to this address. Raises UserError: then it is not locked.
    """
    _not_on_a_server(place)
    _can_lock()
    understood = library_keys.understood(words)
    make_private(place.folder)
    with _turn(place):
        if is_locked(place):
            raise UserError("The library is locked already.", "Change its key, or take the lock off first.")
        _alone(place)
        locked_files.clear_away(place.folder)
        backups.back_up_before_lock(place, clock)
        key = library_keys.new_key()
        library_keys.keep(place.folder, key, understood, computer=computer, escrow=escrow)

        def undo() -> None:
            locked_files.bring_to_none(place.folder, [key.key])
            library_keys.remove(place.folder, key)

        with _undone_by(undo):
            locked_files.bring_to(place.folder, key.key, [None], progress=progress)
            locked = replace(place, raw_key=key.key)
            _tell(locked, clock, Deed.LOCKED)
    return locked


def change_key(
    place: Location, words: str, clock: Clock, *, computer: bool, escrow: str = "", progress: Progress | None = None
) -> Location:
    """Give a library that was unlocked another key and other words; the old ones open nothing afterwards.

    Raises UserError: then the old ones still do. Cut short, it goes on when the library is unlocked the next time, with
    the new words.
    """
    from cqcmock.review.passphrases import Seal

    _not_on_a_server(place)
    understood = library_keys.understood(words)
    with _turn(place):
        old = _key_of(place)
        _alone(place)
        locked_files.clear_away(place.folder)
        backups.back_up_before_lock(place, clock)
        before = library_keys.taken_down(place.folder)
        old_seal = Seal(before[library_keys.SEAL], library_keys.file_key(old.key))
        key = library_keys.new_key(previous=old.key)
        library_keys.keep(place.folder, key, understood, computer=computer, escrow=escrow)

        def undo() -> None:
            locked_files.bring_to(place.folder, old.key, [key.key], seal=old_seal)
            library_keys.put(place.folder, before)
            computer_keyring.forget(key.id)

        changed = replace(place, raw_key=key.key)
        with _undone_by(undo):
            locked_files.bring_to(place.folder, key.key, [old.key], progress=progress)
            _tell(changed, clock, Deed.KEY_CHANGED)
        computer_keyring.forget(old.id)
        with suppress(UserError):  # the old key opens nothing any more, whether the new one still knows of it or not
            library_keys.keep(place.folder, replace(key, previous=""), understood, computer=computer, escrow=escrow)
    return changed


def remove_lock(place: Location, clock: Clock, progress: Progress | None = None) -> Location:
    """Take the lock off a library that was unlocked: whoever can read the folder can then read everything in it.

    Raises UserError: then it is locked as before. Cut short, it is so when it is unlocked the next time.
    """
    plain = replace(place, raw_key=None)
    with _turn(place):
        key = _key_of(place)
        _alone(place)
        locked_files.clear_away(place.folder)
        backups.back_up_before_lock(place, clock)
        is_told = False

        def undo() -> None:
            locked_files.bring_to(place.folder, key.key, [None])
            if is_told:
                _tell(place, clock, Deed.LOCKED)

        with _undone_by(undo):
            locked_files.bring_to_none(place.folder, [key.key], progress)
            _tell(plain, clock, Deed.LOCK_REMOVED)
            is_told = True
            library_keys.remove(place.folder, key)
    return plain


def trust_computer(place: Location, trusted: bool) -> None:
    """Let this computer's keyring unlock the library from now on, or no more. Raises UserError."""
    with _turn(place):
        key = _key_of(place)
        if trusted:
            library_keys.trust_computer(place.folder, key)
        else:
            library_keys.forget_computer(place.folder, key)


def tell_recovered(place: Location, clock: Clock) -> None:
    """Add to the audit trail that the library was opened with the words or the council's key, and not by the keyring.

    Raises UserError.
    """
    _tell(place, clock, Deed.RECOVERED)


def _key_of(place: Location) -> LibraryKey:
    """The key that the place was unlocked with. Raises LockedError where it is not the library's, or no more."""
    from cqcmock.services.library_keys import LibraryKey

    if place.raw_key is None or not is_locked(place):
        raise LockedError("The library has no lock, or has not been unlocked.", "Unlock it first.")
    own = place.folder / LIBRARY
    with storage.errors.told(place.folder):
        if own.exists() and not storage.conversion.opens(own, place.raw_key):
            raise LockedError("The library was given another key meanwhile.", "Unlock it again, with the newest words.")
    return LibraryKey(id=library_keys.id_of(place.folder), key=place.raw_key)


def _not_on_a_server(place: Location) -> None:
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs the server how it is locked.")


def _can_lock() -> None:
    if not storage.engine.can_encrypt():
        raise UserError("This copy of the program cannot lock or unlock a library.", "Install the package sqlcipher3.")


def _alone(place: Location) -> None:
    """Raises LibraryBusyError where another program has the library open."""
    path = place.folder / LIBRARY
    if path.exists():
        storage.conversion.check_alone(path, place.raw_key)


@contextmanager
def _turn(place: Location) -> Iterator[None]:
    """Nobody else changes the lock, or finishes what was cut short, at the same time."""
    _not_on_a_server(place)
    if not place.folder.is_dir():
        raise LockedError("The library has no lock, or has not been unlocked.", "Unlock it first.")
    with alone_with(place.folder), storage.errors.told(place.folder):
        yield


@contextmanager
def _undone_by(undo: Callable[[], None]) -> Iterator[None]:
    """What fails in the block is undone. Where that fails too, it is finished when the library is unlocked next."""
    try:
        yield
    except BaseException as error:
        try:
            undo()
        except (UserError, OSError):
            what = error.what_happened if isinstance(error, UserError) else "The work on the lock was cut short."
            raise HalfDoneError(
                f"{what} What was begun could not be undone either: the library is locked, and nothing is lost.",
                "Free some space, and unlock it with the six words that you were given last: that finishes the work.",
            ) from error
        raise


def _finished(place: Location, key: LibraryKey) -> Location:
    """The place with its key, once what a kill or a power cut left half done is finished."""
    from cqcmock.clock import system_clock

    _can_lock()
    unlocked = replace(place, raw_key=key.key)
    was_half_done = locked_files.bring_to(place.folder, key.key, [None, key.previous or None])
    if was_half_done:
        _tell(unlocked, system_clock(), Deed.KEY_CHANGED if key.previous else Deed.LOCKED)
    return unlocked


def _tell(place: Location, clock: Clock, deed: Deed) -> None:
    ways = library_keys.ways_in(place.folder)
    details = {} if deed is Deed.LOCK_REMOVED else {"computer": int(ways.computer), "escrow": int(ways.escrow)}
    with (
        closing(storage.library.open_library(place.folder, None, place.raw_key)) as library,
        library.writing() as work,
    ):
        storage.audit.add(work, clock.wall(), deed, Kind.LIBRARY, details=details)
        work.commit()
