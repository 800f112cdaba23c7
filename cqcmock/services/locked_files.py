"""Everything in a data folder that has the library's lock, brought from one key to another.

Libraries and backups are written anew; what else holds anybody's words, or a key, is sealed. So is a damaged database,
which cannot be written anew, but may still be read in parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.services import library_keys, sealed_files
from cqcmock.services.reviewer_keys import FILE as OWN_KEY
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.services.saving import UNFINISHED
from cqcmock.services.sealed_files import SEALED
from cqcmock.storage.errors import DamagedLibraryError, told
from cqcmock.storage.folder import BACKUPS, LIBRARY

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal

Progress = Callable[[int, int], None]
"""Told how many files of how many have been written anew."""

_LEFT_BEHIND: Final = (
    f"{LIBRARY}.restored",
    *(f"{inside}*.unfinished" for inside in (f"{BACKUPS}/", f"{REVIEW}/*/{BACKUPS}/")),
    *(
        f"{inside}.*{UNFINISHED}"
        for inside in ("", f"{BACKUPS}/", f"{REVIEW}/", f"{REVIEW}/*/", f"{REVIEW}/*/{BACKUPS}/")
    ),
)


def bring_to(
    folder: Path, key: str, old: Iterable[str | None], seal: Seal | None = None, progress: Progress | None = None
) -> bool:
    """Give everything the lock of `key` that has one of the old ones, or none; return whether the library had.

    `seal` is what sealed files are to begin with, where it is not the one that lies among the keys. Raises UserError:
    some of it has then the old lock and some the new one.
    """
    earlier = [one for one in old if one != key]
    with told(folder):
        converted = _convert(folder, key, earlier, progress)
        if _seal_the_rest(folder, key, earlier, seal) or converted:
            clear_away(folder)  # among it may be what was half written in the clear when a power cut came
    return folder / LIBRARY in converted


def bring_to_none(folder: Path, old: Iterable[str], progress: Progress | None = None) -> None:
    """Take the lock off everything. Raises UserError as above."""
    keys = list(old)
    with told(folder):
        _convert(folder, None, keys, progress)
        for path in list(sealed(folder)):
            content = _content(path, keys)
            sealed_files.write(folder, None, path.with_name(path.name.removesuffix(SEALED)), content)


def clear_away(folder: Path) -> None:
    """Erase what a kill left half written. Nobody may have the library open. Raises UserError."""
    with told(folder):
        for pattern in _LEFT_BEHIND:
            for path in folder.glob(pattern):
                if path.is_file():
                    storage.conversion.erase_file(path)


def _convert(folder: Path, new: str | None, old: list[str | None] | list[str], progress: Progress | None) -> list[Path]:
    """Write every database anew that is read with an old key; return which those were."""
    own = folder / LIBRARY
    waiting = [(path, was[0]) for path in databases(folder) if (was := _old_key(path, new, old))]
    for done, (path, key) in enumerate(waiting):
        if progress:
            progress(done, len(waiting))
        try:
            storage.conversion.convert(path, key, new)
        except DamagedLibraryError:
            if path == own:
                raise  # any other is sealed as it is
    if progress and waiting:
        progress(len(waiting), len(waiting))
    return [path for path, _ in waiting]


def _old_key(path: Path, new: str | None, old: Iterable[str | None]) -> tuple[str | None, ...]:
    """The old key that a database is read with; nothing for one that has its lock, and for what cannot be read."""
    storage.conversion.tidy_up(path, new)
    if not path.exists() or storage.conversion.opens(path, new):
        return ()
    return next(((one,) for one in old if storage.conversion.opens(path, one)), ())


def _half_done() -> tuple[str, str]:
    return storage.conversion.WRITTEN, storage.conversion.ERASED


def databases(folder: Path) -> Iterator[Path]:
    """Every library and backup of a data folder, the library last: while it is as it was, nothing else matters."""
    review = folder / REVIEW
    for pack in sorted(review.iterdir()) if review.is_dir() else ():
        if pack.is_dir():
            yield from _copies(pack)
            if any((pack / f"{LIBRARY}{ending}").exists() for ending in ("", *_half_done())):
                yield pack / LIBRARY
    yield from _copies(folder)
    yield folder / LIBRARY


def _copies(folder: Path) -> list[Path]:
    """The backups of a library, with those that a power cut left without their name."""
    half_done = {
        path.with_name(path.name.removesuffix(ending))
        for ending in _half_done()
        for path in (folder / BACKUPS).glob(f"library-*.sqlite{ending}")
    }
    return sorted({*storage.backups.files(folder), *half_done})


def _beside(folder: Path) -> Iterator[Path]:
    """Files beside the library that hold what people said, or a key: put aside, with their side files, and so on."""
    yield from folder.glob("library.*-*.sqlite*")
    yield from (path for path in (folder / REVIEW).glob(f"{OWN_KEY}*"))


def sealed(folder: Path) -> Iterator[Path]:
    """Every file that is sealed, damaged databases among them."""
    yield from (path for path in _beside(folder) if path.name.endswith(SEALED))
    for pattern in (f"{BACKUPS}/*", f"{REVIEW}/*/{LIBRARY}", f"{REVIEW}/*/{BACKUPS}/*"):
        yield from folder.glob(f"{pattern}{SEALED}")


def _seal_the_rest(folder: Path, key: str, old: list[str | None], seal: Seal | None) -> int:
    """Seal what is not sealed with this key; return how many files those were."""

    def write(path: Path, content: bytes) -> None:
        sealed_files.write_sealed(seal or library_keys.seal_of(folder, key), path, content)

    own = folder / LIBRARY
    plain = [one for one in _beside(folder) if not one.name.endswith(SEALED)]
    damaged = [one for one in databases(folder) if one != own and _is_damaged(one, key)]
    for path in (*plain, *damaged):
        twin = path.with_name(path.name + SEALED)
        if twin.exists() and sealed_files.is_sealed_with(twin, key):
            storage.conversion.erase_file(path)  # which a power cut kept from being finished, and may have spoiled
        else:
            write(path, path.read_bytes())
    before = [one for one in old if one is not None]
    other = [one for one in sealed(folder) if before and not sealed_files.is_sealed_with(one, key)]
    for path in other:
        write(path.with_name(path.name.removesuffix(SEALED)), _content(path, before))
    return len(plain) + len(damaged) + len(other)


def _is_damaged(path: Path, key: str) -> bool:
    """Whether a database can be written anew by nobody, and no page of it has this lock."""
    return path.exists() and not storage.conversion.opens(path, key) and not storage.cipher.has_page_of(path, key)


def _content(path: Path, keys: list[str]) -> bytes:
    key = next((one for one in keys if sealed_files.is_sealed_with(path, one)), keys[0])
    return sealed_files.opened(path, key)
