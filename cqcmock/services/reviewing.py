"""The packs that are being marked here, each in a library of its own, apart from the reviewer's."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import reviewer_keys
from cqcmock.services.reviewer_keys import FOLDER
from cqcmock.services.workspace import PackSummary as PackSummary
from cqcmock.services.workspace import Receipt as Receipt
from cqcmock.services.workspace import Workspace as Workspace
from cqcmock.services.workspace import no_such_sheet
from cqcmock.storage.records import OpenedPack

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

_READ_AT_ONCE = 1 << 20
_UNFINISHED = "."
"""Before the name of a folder that is being made or wiped: a kill may leave it behind."""


def open_pack(
    place: Location,
    path: Path,
    clock: Clock,
    *,
    passphrase: str = "",
    key: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> Workspace:
    """Open a sealed pack, and keep it where it can be marked; opening it again goes on where marking stopped.

    A pack that is sealed to a key is opened with `key`, or with the reviewer's own. A passphrase takes seconds; `told`
    hears what is being done. Raises UserError saying what is wrong.
    """
    from cqcmock.review import pack_file, sealing, words

    sealed = read_file(path)
    told("Opening the pack. This takes a few seconds, so that nobody can guess the passphrase.")
    if sealing.needs_passphrase(sealed):
        opened = sealing.open_with_passphrase(sealed, words.plain(passphrase))
    else:
        opened = sealing.open_with_keys(sealed, [key or reviewer_keys.own_key(place).secret])
    file_digest = hashlib.sha256(sealed).hexdigest()
    del sealed  # what can be large is held once
    pack_id = pack_file.read_pack(opened).pack.id
    folder = _folder_of(place, pack_id)
    if not folder.exists():
        kept = OpenedPack(
            id=pack_id,
            opened_at=clock.wall(),
            file_name=path.name,
            file_digest=file_digest,
            content=opened.decode(),
        )
        _make(folder, kept)
        del kept
    return _workspace(storage.library.open_library(folder), opened)


def needs_passphrase(path: Path) -> bool:
    """Whether this file is opened with a passphrase, and not a key. Raises UserError for what is no sealed file."""
    from cqcmock.review import sealing

    return sealing.needs_passphrase(read_file(path))


def workspaces(place: Location) -> tuple[PackSummary, ...]:
    """Every pack that is being marked here, the latest opened first."""
    found = []
    for folder in _folders(place):
        with _workspace(storage.library.open_library(folder)) as one:
            found.append(one.summary())
    return tuple(sorted(found, key=lambda one: one.opened_at, reverse=True))


def workspace(place: Location, pack: str) -> Workspace:
    """The pack that is being marked here, by its id or the file that it came in.

    Raises UserError naming those there are.
    """
    folder = _named_folder(place, pack)
    return _workspace(storage.library.open_library(folder))


def workspace_of_sheet(place: Location, sheet_id: str) -> Workspace:
    """The pack in which there is a sheet of this id. Raises UserError."""
    for folder in _folders(place):
        one = _workspace(storage.library.open_library(folder))
        if sheet_id in one.answers or any(sheet_id == exemplar.id for exemplar in one.pack.exemplars):
            return one
        one.close()
    raise no_such_sheet(sheet_id)


def forget(place: Location, pack: str) -> str:
    """Wipe a pack with everything that was marked in it from this computer, and return its id."""
    for left in (place.folder / FOLDER).glob(f"{_UNFINISHED}*/"):
        shutil.rmtree(left)
    folder = _named_folder(place, pack)
    unfinished = _unfinished(folder)
    folder.rename(unfinished)  # at once, so that no half of it is ever taken for a pack
    shutil.rmtree(unfinished)
    return folder.name


def read_file(path: Path) -> bytes:
    """The bytes of a sealed file. Raises UserError where it cannot be read, or is larger than any that we write."""
    from cqcmock.review.errors import TooLargeError
    from cqcmock.review.sealing import LARGEST

    content = bytearray()
    try:
        with path.open("rb") as file:
            while part := file.read(_READ_AT_ONCE):
                content += part
                if len(content) > LARGEST:
                    raise TooLargeError(
                        f"“{path.name}” is larger than any file that the program makes.",
                        "Check that it is the right one.",
                    )
    except OSError as error:
        raise UserError(
            f"“{path}” cannot be read: {error.strerror or error}.", "Check that the file is there, and the stick too."
        ) from error
    return bytes(content)


def _make(folder: Path, pack: OpenedPack) -> None:
    """A library with this pack in it: nobody sees the folder before the pack is."""
    unfinished = _unfinished(folder)
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with storage.library.open_library(unfinished) as library, library.writing() as work:
            storage.workspace.keep_pack(work, pack)
            work.commit()
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _unfinished(folder: Path) -> Path:
    return folder.with_name(_UNFINISHED + folder.name)


def _workspace(library: Library, expected: bytes = b"") -> Workspace:
    """What is marked in a library. Raises a RefusedError where another pack is expected to be there."""
    from cqcmock.review import pack_file
    from cqcmock.review.errors import RefusedError

    try:
        with library.reading() as session:
            opened = storage.workspace.pack(session)
        content, opened = opened.content.encode(), replace(opened, content="")
        if expected and content != expected:
            raise RefusedError(
                f"Another pack that calls itself the same, “{opened.file_name}”, is being marked here.",
                "Ask whoever sent it which is the right one.",
            )
        return Workspace(library, opened, pack_file.read_pack(content))
    except BaseException:
        library.close()
        raise


def _folder_of(place: Location, pack_id: str) -> Path:
    """A folder name that nobody else's text can lead out of the data folder."""
    return place.folder / FOLDER / hashlib.sha256(pack_id.encode()).hexdigest()[:32]


def _folders(place: Location) -> list[Path]:
    inside = place.folder / FOLDER
    return sorted(one for one in inside.glob("*/") if not one.name.startswith(_UNFINISHED)) if inside.is_dir() else []


def _named_folder(place: Location, pack: str) -> Path:
    wanted = ""
    path = Path(pack)
    if path.is_file():
        wanted = hashlib.sha256(read_file(path)).hexdigest()
    known = []
    for folder in _folders(place):
        with _workspace(storage.library.open_library(folder)) as one:
            if one.pack.id == pack or one.opened.file_digest == wanted:
                return folder
            known.append((folder, one.opened.file_name, one.pack.id))
    by_name = [folder for folder, name, _ in known if not wanted and name == path.name]
    if len(by_name) == 1:
        return by_name[0]
    there = "\n".join(f"{pack_id}  {name}" for _, name, pack_id in known)
    raise UserError(
        f"The pack “{pack}” has not been opened here.",
        f"Open it first. Those that are open:\n{there}" if there else "Open it first.",
    )
