"""The lock of a library: put on, changed, taken off, and opened by one of its ways in.

Everything in the data folder that holds what people said gets the same lock: the library, its backups, the packs that
are marked here, and files that were put aside. Whatever a kill or a power cut left half done is finished when the
library is unlocked the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.domain.audit import Deed, Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import computer_keyring, library_keys, sealed_files
from cqcmock.services.library_keys import WaysIn as WaysIn
from cqcmock.services.library_keys import WrongWordsError as WrongWordsError
from cqcmock.services.reviewer_keys import FILE as OWN_KEY
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.services.sealed_files import SEALED
from cqcmock.storage.errors import LockedError
from cqcmock.storage.folder import LIBRARY

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.services.library_keys import LibraryKey

Progress = Callable[[int, int], None]
"""Told how many files of how many have been written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockStatus:
    """Whether a library is locked, by what it can be unlocked, and whether this computer has a keyring for it."""

    locked: bool
    ways: WaysIn
    keyring: bool


def status(place: Location) -> LockStatus:
    """How things stand with the lock; asks nobody for anything."""
    ways = library_keys.ways_in(place.folder)
    return LockStatus(locked=ways.words, ways=ways, keyring=computer_keyring.is_there())


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
    return _settled(place, library_keys.by_words(place.folder, understood))


def unlock_by_computer(place: Location) -> Location | None:
    """The place with its key, by this computer's keyring; None where the words have to be asked for."""
    key = library_keys.by_computer(place.folder)
    return _settled(place, key) if key else None


def unlock_by_escrow(place: Location, secret: str) -> Location:
    """The place with its key, by the secret key of the council's key pair. Raises WrongWordsError or UserError."""
    return _settled(place, library_keys.by_escrow(place.folder, secret))


def lock(
    place: Location, words: str, clock: Clock, *, computer: bool, escrow: str = "", progress: Progress | None = None
) -> Location:
    """Lock a library that has no lock, and return the place with its key. Nobody may have the library open.

    `words` are those that `new_words` gave and somebody has on paper; `computer` lets this computer's keyring unlock it
    as well, and `escrow` the holder of the secret key to this address. Raises UserError: then it is not locked.
    """
    _not_on_a_server(place)
    if is_locked(place):
        raise UserError("The library is locked already.", "Change its key, or take the lock off first.")
    _can_lock()
    understood = library_keys.understood(words)
    _alone(place)
    key = library_keys.new_key()
    library_keys.keep(place.folder, key, understood, computer=computer, escrow=escrow)
    locked = _settled(place, key, progress)
    _tell(locked, clock, Deed.LOCKED, {"computer": int(computer), "escrow": int(bool(escrow))})
    return locked


def change_key(
    place: Location, words: str, clock: Clock, *, computer: bool, escrow: str = "", progress: Progress | None = None
) -> Location:
    """Give a library that was unlocked another key and other words; the old ones open nothing afterwards.

    Raises UserError. Cut short, it goes on when the library is unlocked the next time, with the new words.
    """
    old = _key_of(place)
    understood = library_keys.understood(words)
    _alone(place)
    key = library_keys.new_key(previous=old.key)
    library_keys.keep(place.folder, key, understood, computer=computer, escrow=escrow)
    computer_keyring.forget(old.id)
    changed = _settled(place, key, progress)
    done = replace(key, previous="")
    library_keys.keep(place.folder, done, understood, computer=computer, escrow=escrow)
    _tell(changed, clock, Deed.KEY_CHANGED, {"computer": int(computer), "escrow": int(bool(escrow))})
    return changed


def remove_lock(place: Location, clock: Clock, progress: Progress | None = None) -> Location:
    """Take the lock off a library that was unlocked: whoever can read the folder can then read everything in it.

    Raises UserError. Cut short, the library is locked as before when it is unlocked the next time.
    """
    key = _key_of(place)
    _alone(place)
    plain = replace(place, raw_key=None)
    _convert(place.folder, (key.key, key.previous or None), None, progress)
    _open_sealed(place.folder, key.key)
    library_keys.remove(place.folder, key)
    _tell(plain, clock, Deed.LOCK_REMOVED, {})
    return plain


def trust_computer(place: Location, trusted: bool) -> None:
    """Let this computer's keyring unlock the library from now on, or no more. Raises UserError."""
    key = _key_of(place)
    if trusted:
        library_keys.trust_computer(place.folder, key)
    else:
        library_keys.forget_computer(place.folder, key)


def _key_of(place: Location) -> LibraryKey:
    from cqcmock.services.library_keys import LibraryKey

    if place.raw_key is None:
        raise LockedError("The library has no lock, or has not been unlocked.", "Unlock it first.")
    return LibraryKey(id=library_keys.id_of(place.folder), key=place.raw_key)


def _not_on_a_server(place: Location) -> None:
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs the server how it is locked.")


def _can_lock() -> None:
    if not storage.engine.can_encrypt():
        raise UserError("This copy of the program cannot lock a library.", "Install the package sqlcipher3.")


def _alone(place: Location) -> None:
    """Raises LibraryBusyError where another program has the library open."""
    path = place.folder / LIBRARY
    if path.exists():
        storage.conversion.check_alone(path, place.raw_key)


def _settled(place: Location, key: LibraryKey, progress: Progress | None = None) -> Location:
    """The place with its key, once everything in it has the lock of this key."""
    _convert(place.folder, (None, key.previous or None), key.key, progress)
    _seal_the_rest(place.folder, key)
    return replace(place, raw_key=key.key)


def _convert(folder: Path, old: tuple[str | None, ...], new: str | None, progress: Progress | None) -> None:
    """Write everything anew that is not read with the key `new`, but with one of the old ones."""
    waiting = [(path, was) for path in _databases(folder) if (was := _other_key(path, old, new)) is not _NONE]
    for done, (path, was) in enumerate(waiting):
        if progress:
            progress(done, len(waiting))
        assert was is None or isinstance(was, str)
        storage.conversion.convert(path, was, new)
    if progress and waiting:
        progress(len(waiting), len(waiting))


_NONE: Final = object()


def _other_key(path: Path, old: tuple[str | None, ...], new: str | None) -> object:
    """Which of the old keys a file is read with; `_NONE` for one that has its lock, and for what cannot be read."""
    storage.conversion.tidy_up(path, new)
    if not path.exists() or storage.conversion.opens(path, new):
        return _NONE
    return next((one for one in old if one != new and storage.conversion.opens(path, one)), _NONE)


def _databases(folder: Path) -> Iterator[Path]:
    """Every library and backup of a data folder, the library last: while it is as it was, nothing else matters."""
    own = folder / LIBRARY
    review = folder / REVIEW
    for pack in sorted(review.iterdir()) if review.is_dir() else ():
        if pack.is_dir():
            yield from storage.backups.files(pack)
            if (pack / LIBRARY).exists() or (pack / f"{LIBRARY}{storage.conversion.ERASED}").exists():
                yield pack / LIBRARY
    yield from storage.backups.files(folder)
    yield own


def _beside(folder: Path) -> Iterator[Path]:
    """Files beside the library that hold what people said, or a key: put aside, with their side files, and so on."""
    yield from folder.glob("library.*-*.sqlite*")
    yield from (folder / REVIEW).glob(f"{OWN_KEY}*")


def _seal_the_rest(folder: Path, key: LibraryKey) -> None:
    for path in list(_beside(folder)):
        sealed = path.name.endswith(SEALED)
        if not sealed or (key.previous and not sealed_files.is_sealed_with(path, key.key)):
            content = sealed_files.opened(path, key.previous) if sealed else path.read_bytes()
            sealed_files.write(folder, key.key, path.with_name(path.name.removesuffix(SEALED)), content)


def _open_sealed(folder: Path, raw_key: str) -> None:
    for path in list(_beside(folder)):
        if path.name.endswith(SEALED):
            plain = path.with_name(path.name.removesuffix(SEALED))
            sealed_files.write(folder, None, plain, sealed_files.opened(path, raw_key))


def _tell(place: Location, clock: Clock, deed: Deed, details: dict[str, str | int]) -> None:
    with (
        closing(storage.library.open_library(place.folder, None, place.raw_key)) as library,
        library.writing() as work,
    ):
        storage.audit.add(work, clock.wall(), deed, Kind.LIBRARY, details=details)
        work.commit()
