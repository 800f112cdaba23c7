"""The packs that are being marked here, each in a library of its own, apart from the reviewer's."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock, system_clock
from cqcmock.domain.audit import Kind
from cqcmock.domain.english import listed
from cqcmock.domain.retention import Hold
from cqcmock.domain.review import Tally
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import pack_folders, reviewer_keys
from cqcmock.services.pack_folders import DamagedPackError as DamagedPackError
from cqcmock.services.reviewer_keys import FOLDER
from cqcmock.services.sittings import AT_ONCE
from cqcmock.services.workspace import PackSummary as PackSummary
from cqcmock.services.workspace import Receipt as Receipt
from cqcmock.services.workspace import Workspace as Workspace
from cqcmock.services.workspace import no_such_sheet
from cqcmock.storage.errors import DamagedLibraryError, NotThereError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.records import OpenedPack

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

_READ_AT_ONCE = 1 << 20
_LONGEST_SHOWN = 200


class NotOpenedError(UserError):
    """The pack that is asked for is not among those that are marked here."""


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
    hears what is being done. Where what was marked before is damaged, it is put aside, and marking begins anew. Raises
    UserError saying what is wrong.
    """
    from cqcmock.review import pack_file, sealing, words

    sealed = read_file(path)
    told("Opening the pack. This takes a moment, so that nobody can guess the passphrase.")
    if sealing.needs_passphrase(sealed):
        opened = sealing.open_with_passphrase(sealed, words.plain(passphrase))
    else:
        opened = sealing.open_with_keys(sealed, [key or reviewer_keys.own_key(place).secret])
    file_digest = hashlib.sha256(sealed).hexdigest()
    del sealed  # what can be large is held once
    pack_id = pack_file.read_pack(opened).pack.id
    folder = pack_folders.folder_of(place, pack_id)
    begun_anew = False
    if folder.exists():
        try:
            return _workspace(place, folder, opened)
        except DamagedPackError:
            pack_folders.put_aside(folder)
            begun_anew = True
    kept = OpenedPack(
        id=pack_id,
        opened_at=clock.wall(),
        file_name=path.name,
        file_digest=file_digest,
        content=opened.decode(),
    )
    pack_folders.make(folder, kept, place.raw_key)
    del kept
    return _workspace(place, folder, opened, begun_anew=begun_anew)


def needs_passphrase(path: Path) -> bool:
    """Whether this file is opened with a passphrase, and not a key. Raises UserError for what is no sealed file."""
    from cqcmock.review import sealing

    return sealing.needs_passphrase(read_file(path))


def never_offered(passphrase: str) -> tuple[int, ...]:
    """Which of these words, counted from 0, are none of those that senders are offered: one may be mistyped."""
    from cqcmock.review import words

    return tuple(at for at, word in enumerate(words.plain(passphrase).split()) if not words.is_offered(word))


def workspaces(place: Location) -> tuple[PackSummary, ...]:
    """Every pack that is being marked here, the latest opened first.

    One that cannot be read is among them, with the reason, and hides no other.
    """
    pack_folders.sweep(place.folder / FOLDER)
    found = [_summary(place, folder) for folder in pack_folders.folders(place)]
    return tuple(sorted(found, key=lambda one: one.opened_at, reverse=True))


def workspace(place: Location, pack: str) -> Workspace:
    """The pack that is being marked here, by its id or the file that it came in.

    Raises NotOpenedError naming those there are, and DamagedPackError.
    """
    return _workspace(place, _named_folder(place, pack))


def workspace_of_sheet(place: Location, sheet_id: str, pack: str = "") -> Workspace:
    """The pack in which there is an answer with a sheet of this id; `pack` says which one, where there are several.

    Raises UserError, also where it is not said which one: nobody's marks are to land in somebody else's pack.
    """
    if pack:
        one = workspace(place, pack)
        if sheet_id in one.answers:
            return one
        one.close()
        raise UserError(
            f"There is no sheet “{sheet_id}” in the pack “{one.opened.file_name}”.",
            "“cqcmock pack open” shows the sheets of a pack.",
        )
    found: list[tuple[Path, str, str]] = []
    for folder in pack_folders.folders(place):
        try:
            with _workspace(place, folder) as one:
                if sheet_id in one.answers:
                    found.append((folder, one.opened.file_name, one.pack.id))
        except UserError:
            continue  # it is told wherever the packs are listed
    if len(found) > 1:
        raise UserError(
            f"There is a sheet “{sheet_id}” in {listed([f'“{name}” ({pack_id})' for _, name, pack_id in found])}.",
            "Say which pack you mean by its id: --pack ID. And ask whoever sent them to you: no two packs should have "
            "the same sheet.",
        )
    if not found:
        raise no_such_sheet(sheet_id)
    return _workspace(place, found[0][0])


def forget(place: Location, pack: str) -> str:
    """Wipe a pack with everything that was marked in it from this computer, and return its id.

    Of a pack that cannot be read, `pack` is what `workspaces` calls it. Raises HeldError, or another UserError.
    """
    folder = _named_folder(place, pack)
    with _nothing_holds(place, folder):
        pack_folders.wipe(folder)
    pack_folders.sweep(place.folder / FOLDER, unfinished=True)
    return folder.name


@contextmanager
def _nothing_holds(place: Location, folder: Path) -> Iterator[None]:
    """Time in which a pack is wiped and nobody can place a hold on it. Raises HeldError where somebody did."""
    if not place.database_url and not (place.folder / LIBRARY).is_file():
        yield  # nobody has a library here, so nobody has held anything
        return
    with libraries.open_library(place) as library, library.writing() as work:
        storage.holds.decide(work)
        hold = hold_on_pack(storage.holds.standing(work), place, folder)
        if hold is not None:
            raise storage.holds.held(hold)
        yield
        storage.audit.tell_gone(work, system_clock().wall(), Kind.OPENED_PACK, [folder.name], AT_ONCE)
        work.commit()


def hold_on_pack(holds: Iterable[Hold], place: Location, folder: Path) -> Hold | None:
    """The first hold that keeps a pack here from being wiped, named by its id or by its folder."""
    names = {folder.name, pack_folders.before_put_aside(folder)}
    for hold in holds:
        for subject in (*names, *({hold.subject} if pack_folders.folder_of(place, hold.subject).name in names else ())):
            if hold.covers(Kind.OPENED_PACK, subject):
                return hold
    return None


def opened_at(place: Location, folder: Path) -> datetime:
    """When the pack in a folder was opened, or, where it cannot be read, when its folder was last changed."""
    return _summary(place, folder).opened_at


def read_file(path: Path) -> bytes:
    """The bytes of a sealed file, also where they were put into letters on their way.

    Raises UserError where it cannot be read, or is larger than any that we write.
    """
    from cqcmock.review.errors import TooLargeError
    from cqcmock.review.sealing import LARGEST, from_text

    content = bytearray()
    try:
        with open(path, "rb", opener=_at_once) as file:
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
    return from_text(bytes(content))


def _at_once(path: str, flags: int) -> int:
    """Opens a file, and does not wait for somebody to write to it where it is a pipe."""
    at_once = getattr(os, "O_NONBLOCK", 0)  # Windows has no such pipes among its files
    handle = os.open(path, flags | at_once)
    if at_once:
        os.set_blocking(handle, True)
    return handle


def _workspace(place: Location, folder: Path, expected: bytes = b"", *, begun_anew: bool = False) -> Workspace:
    """What is marked in a folder. Raises DamagedPackError, and a RefusedError where another pack is expected there."""
    from cqcmock.review import pack_file
    from cqcmock.review.errors import NewerFormatError, RefusedError

    library = pack_folders.library_in(folder, place.raw_key)
    try:
        opened = _opened(folder, library)
        content, opened = opened.content.encode(), replace(opened, content="")
        try:
            found = pack_file.read_pack(content)
        except NewerFormatError:
            raise
        except RefusedError as error:
            raise pack_folders.damaged(folder, opened.file_name) from error
        if expected and content != expected:
            raise RefusedError(
                f"Another pack that calls itself the same, “{opened.file_name}”, is being marked here.",
                "Ask whoever sent it which is the right one.",
            )
        return Workspace(library, opened, found, begun_anew=begun_anew)
    except BaseException:
        library.close()
        raise


def _opened(folder: Path, library: Library) -> OpenedPack:
    """The pack as it was opened. Raises DamagedPackError."""
    try:
        with library.reading() as session:
            return storage.workspace.pack(session)
    except (DamagedLibraryError, NotThereError) as error:
        raise pack_folders.damaged(folder) from error


def _summary(place: Location, folder: Path) -> PackSummary:
    trouble: UserError
    try:
        with _workspace(place, folder) as one:
            try:
                return one.summary()
            except DamagedLibraryError as error:
                raise pack_folders.damaged(folder, one.opened.file_name) from error
    except UserError as error:
        trouble = error
    return PackSummary(
        id=folder.name,
        file_name=pack_folders.opened_from(folder)[1] or pack_folders.NAMELESS,
        made_by="",
        reviewer="",
        deadline=None,
        tally=Tally(expected=0, received=0),
        drafts=0,
        opened_at=pack_folders.changed_at(folder),
        last_return=None,
        trouble=trouble,
        damaged=isinstance(trouble, DamagedPackError),
        put_aside=pack_folders.is_aside(folder),
    )


def _is_file(path: Path) -> bool:
    """Also of what cannot be the name of any."""
    try:
        return path.is_file()
    except OSError:
        return False


def _named_folder(place: Location, pack: str) -> Path:
    """The folder of a pack by its id, by its file, or by the folder's own name: no other pack need be sound for it."""
    by_id = pack_folders.folder_of(place, pack)
    if by_id.is_dir():
        return by_id
    path = Path(pack)
    wanted = hashlib.sha256(read_file(path)).hexdigest() if _is_file(path) else ""
    sound: list[tuple[Path, str]] = []
    unread: list[tuple[Path, str]] = []
    there = []
    for folder in pack_folders.folders(place):
        if folder.name == pack:
            return folder
        digest, name = pack_folders.opened_from(folder)
        try:
            with pack_folders.library_in(folder, place.raw_key) as library:
                one = _opened(folder, library)
        except UserError:
            unread.append((folder, digest if wanted else name))
            there.append(f"{folder.name}  {name or pack_folders.NAMELESS} (cannot be read)")
            continue
        sound.append((folder, one.file_digest if wanted else one.file_name))
        there.append(f"{one.id}  {one.file_name}")
    for known in (sound, unread):
        found = [folder for folder, called in known if called == (wanted or path.name)]
        if len(found) == 1:
            return found[0]
    raise NotOpenedError(
        f"The pack “{pack[:_LONGEST_SHOWN]}” has not been opened here.",
        "\n".join(("Open it first. Those that are open:", *there)) if there else "Open it first.",
    )
