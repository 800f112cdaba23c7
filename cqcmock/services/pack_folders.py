"""The folders of the packs that are marked here: made whole, wiped whole, and known by name even where one is damaged.

Beside its library each holds a line that says from which file it was opened, for the day on which the library cannot
be read.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services.reviewer_keys import FOLDER
from cqcmock.storage.errors import DamagedLibraryError, NotALibraryError
from cqcmock.storage.folder import LIBRARY, flush
from cqcmock.storage.records import OpenedPack

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

OPENED_FROM: Final = "opened-from.txt"
_UNFINISHED, _GONE, _ASIDE = ".", ".gone-", ".damaged"
"""Before the name of a folder that is being made, or wiped: a kill may leave it behind. After the name of one that was
put aside."""

NAMELESS: Final = "A pack whose name is lost"


class DamagedPackError(UserError):
    """What was marked of a pack here cannot be read, and never will be."""


def folder_of(place: Location, pack_id: str) -> Path:
    """A folder name that nobody else's text can lead out of the data folder."""
    return place.folder / FOLDER / hashlib.sha256(pack_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def folders(place: Location) -> list[Path]:
    """The folder of every pack that is marked here, and those that were put aside. Raises UserError."""
    inside = place.folder / FOLDER
    try:
        return sorted(one for one in inside.iterdir() if one.is_dir() and not one.name.startswith(_UNFINISHED))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(
            f"The packs in “{inside}” cannot be listed: {error.strerror or error}.",
            "Check that you may read the folder, then try again.",
        ) from error


def opened_from(folder: Path) -> tuple[str, str]:
    """The digest and the name of the file that a pack was opened from; empty where nobody knows any more."""
    try:
        digest, _, name = (folder / OPENED_FROM).read_text("utf-8", "replace").rstrip("\n").partition("  ")
    except OSError:
        return "", ""
    return digest, name


def changed_at(folder: Path) -> datetime:
    """When something was last made or deleted in a folder (UTC)."""
    try:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)


def library_in(folder: Path, raw_key: str | None) -> Library:
    """The library of a pack. Raises DamagedPackError where there is none any more, and what `open_library` raises."""
    if is_aside(folder) or not (folder / LIBRARY).is_file():
        raise damaged(folder)
    try:
        return storage.workspace.open_library(folder, raw_key)
    except (DamagedLibraryError, NotALibraryError) as error:
        raise damaged(folder) from error


def damaged(folder: Path, name: str = "") -> DamagedPackError:
    """To be raised where what was marked in a folder cannot be read."""
    name = name or opened_from(folder)[1]
    named = f"“{name}”" if name else "one of the packs here"
    if is_aside(folder):
        return DamagedPackError(
            f"What you marked in {named} before you opened it anew is damaged and cannot be read.",
            f"Forget it, unless somebody is to look at its files first: they are in {folder}.",
        )
    return DamagedPackError(
        f"What you marked in {named} is damaged on this computer and cannot be read.",
        "Open the pack again from its file to mark it anew, or forget it here. What you returned before is not touched "
        "by this.",
    )


def make(folder: Path, pack: OpenedPack, raw_key: str | None) -> None:
    """A library with this pack in it: nobody sees the folder before the pack is. Raises UserError leaving nothing."""
    sweep(folder.parent)
    unfinished = folder.with_name(_UNFINISHED + folder.name)
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with storage.library.open_library(unfinished, raw_key=raw_key) as library, library.writing() as work:
            storage.workspace.keep_pack(work, pack)
            work.commit()
        line = f"{pack.file_digest}  {storage.text.clean(pack.file_name)}\n"
        (unfinished / OPENED_FROM).write_text(line, "utf-8")
        unfinished.rename(folder)
        with suppress(OSError):
            flush(folder.parent)  # or a power cut could bring back the folder under a name that is swept away
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise UserError(
            f"The pack could not be written to {folder.parent}: {error.strerror or error}.",
            "Free some space, and close what else may have the folder open. Then open the pack again.",
        ) from error
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def put_aside(folder: Path) -> None:
    """Make room for a pack where a damaged one lies, and delete nothing. Raises UserError where that cannot be."""
    try:
        folder.rename(_free(lambda number: folder.with_name(f"{folder.name}{_ASIDE}-{number}")))
    except OSError as error:
        raise UserError(
            f"What was marked in this pack before is damaged, and cannot be put aside: {error.strerror or error}.",
            "Close what else may have it open, then open the pack again.",
        ) from error


def is_aside(folder: Path) -> bool:
    """Whether what lies here is damaged, and was put aside when its pack was opened anew."""
    return _ASIDE in folder.name


def before_put_aside(folder: Path) -> str:
    """The name that a folder had before it was put aside, if it was: that of its pack."""
    return folder.name.partition(_ASIDE)[0]


def wipe(folder: Path) -> None:
    """Delete the folder of a pack. Raises UserError: then it is whole, or what is left of it is swept away later."""
    gone = _free(lambda number: folder.with_name(f"{_GONE}{folder.name}-{number}"))
    try:
        folder.rename(gone)  # at once, so that no half of it is ever taken for a pack
    except OSError as error:
        raise UserError(
            f"The pack could not be wiped from this computer: {error.strerror or error}.",
            "Close what else may have it open, then try again. Nothing of it has changed.",
        ) from error
    with suppress(OSError):
        flush(folder.parent)  # or a power cut could bring back what somebody was told is wiped
    try:
        shutil.rmtree(gone)
    except OSError as error:
        if gone.exists():  # and was not swept away by another program meanwhile
            raise UserError(
                f"The pack is no longer among those here, but files of it are left in {gone}: "
                f"{error.strerror or error}.",
                "Close what else may have them open. They are wiped when you look at your packs again.",
            ) from error


def sweep(inside: Path, *, unfinished: bool = False) -> None:
    """Delete what is left of packs that were wiped, as far as that can be; `unfinished` too what a kill left behind."""
    for left in inside.glob(f"{_UNFINISHED if unfinished else _GONE}*/"):
        shutil.rmtree(left, ignore_errors=True)


def _free(name: Callable[[int], Path]) -> Path:
    number = 1
    while name(number).exists():
        number += 1
    return name(number)
