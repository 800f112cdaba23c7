"""What can go wrong with a library, in sentences for the person whose library it is.

Costs nothing to import, so that everybody can name these errors in an `except`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cqcmock.errors import UserError
from cqcmock.storage.records import BackupInfo

FULL_BELOW_BYTES: Final = 256 * 1024
START_AGAIN: Final = "Close the program and start it again: it will offer the newest good backup."


class LibraryError(UserError):
    """Something about the library itself stands in the way."""


class StorageFullError(LibraryError):
    """There is no room left on the disk."""


class ReadOnlyFolderError(LibraryError):
    """The folder or the file cannot be written."""


class LibraryBusyError(LibraryError):
    """Another program is writing to the library."""


class DiskFailedError(LibraryError):
    """The disk did not do what it was asked."""


class CannotOpenError(LibraryError):
    """The file is not there, or cannot be opened."""


class LockedError(LibraryError):
    """The library is locked, and what was given does not unlock it."""


class NewerLibraryError(LibraryError):
    """The library was written by a newer version of the program."""


class NotALibraryError(LibraryError):
    """A sound database, but not one of this program."""


class UnsafeDriverError(LibraryError):
    """No SQLite that is safe to write with."""


class ServerError(LibraryError):
    """The database server did not answer."""


class ChangedMeanwhileError(LibraryError):
    """Somebody else changed the same thing at the same time."""


class NotThereError(LibraryError):
    """The thing asked for is not in the library."""


class HeldError(LibraryError):
    """It must not be deleted, because somebody has asked for it; `hold_id` is the hold that keeps it."""

    def __init__(self, what_happened: str, what_to_do: str, hold_id: str) -> None:
        super().__init__(what_happened, what_to_do)
        self.hold_id = hold_id


class DamagedLibraryError(LibraryError):
    """The library file is damaged. It is never deleted.

    `put_aside_as` is where it was moved to, or None if it still lies where it was; `backups` are the copies
    that open and are sound, newest first.
    """

    def __init__(
        self, what_happened: str, what_to_do: str, put_aside_as: Path | None, backups: tuple[BackupInfo, ...]
    ) -> None:
        super().__init__(what_happened, what_to_do)
        self.put_aside_as = put_aside_as
        self.backups = backups


_BY_CODE = {
    5: "busy",
    6: "busy",
    8: "readonly",
    10: "ioerr",
    11: "damaged",
    13: "full",
    14: "cantopen",
    15: "busy",
    26: "damaged",
}
"""SQLite's primary result codes."""

_BY_MESSAGE = {
    "database is locked": "busy",
    "database table is locked": "busy",
    "attempt to write a readonly database": "readonly",
    "disk I/O error": "ioerr",
    "database disk image is malformed": "damaged",
    "file is not a database": "damaged",
    "database or disk is full": "full",
    "unable to open database file": "cantopen",
}
"""For what the driver raises without a code, as its backup does."""

_BY_SQLSTATE = (
    ("25006", "readonly"),
    ("40", "busy"),
    ("42501", "denied"),
    ("53100", "full"),
    ("53", "busy"),
    ("55P03", "busy"),
    ("57014", "busy"),
    ("58", "ioerr"),
    ("XX00", "damaged"),
)
"""PostgreSQL's codes and classes of codes; the first that fits counts."""

_NOT_TEXT = "Could not decode to UTF-8"

_BY_ERRNO = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "readonly",
    errno.EACCES: "readonly",
    errno.EPERM: "readonly",
    errno.EFBIG: "full",
    errno.EIO: "ioerr",
    errno.ENOENT: "cantopen",
    errno.ENOTDIR: "cantopen",
    errno.EEXIST: "cantopen",
}


def _sentence(kind: str, place: str) -> UserError:
    match kind:
        case "busy":
            return LibraryBusyError(
                f"Another program is using the library in {place}.",
                "Close the other window or program and try again. Nothing has been lost.",
            )
        case "full":
            return StorageFullError(
                f"The disk with the library in {place} is full.", "Free some space, then save again."
            )
        case "readonly":
            return ReadOnlyFolderError(
                f"The library in {place} cannot be written to.",
                "Check that you may change files in this folder, or choose another folder.",
            )
        case "ioerr":
            return DiskFailedError(
                f"The disk with the library in {place} reported an error.",
                "Check that the disk or network drive is connected, then save again.",
            )
        case "cantopen":
            return CannotOpenError(
                f"The library in {place} cannot be opened.",
                "Check that the folder is there and that you may change files in it.",
            )
        case _:
            return DamagedLibraryError(
                f"The library in {place} is damaged.",
                START_AGAIN,
                None,
                (),
            )


def _server_sentence(kind: str) -> UserError:
    match kind:
        case "busy":
            return LibraryBusyError(
                "The database server is busy, or somebody else is saving the same thing.",
                "Try again in a moment. Nothing has been lost.",
            )
        case "full":
            return StorageFullError(
                "The disk of the database server is full.", "Ask whoever runs it to make room, then save again."
            )
        case "readonly":
            return ReadOnlyFolderError(
                "The database server takes no changes at the moment.", "Ask whoever runs it, then save again."
            )
        case "denied":
            return ServerError(
                "The database server does not allow this.",
                "Ask whoever runs it for the right to make, read and change tables.",
            )
        case "ioerr":
            return DiskFailedError(
                "The disk of the database server reported an error.", "Tell whoever runs it, then save again."
            )
        case "damaged":
            return ServerError("The database on the server is damaged.", "Tell whoever runs it.")
        case _:
            return ServerError(
                "The database server did not answer, or did not open the database.",
                "Check the network, and the address, name and password, then try again.",
            )


def user_error(error: BaseException, folder: Path | None) -> UserError | None:
    """What to tell the person about this error, or None if it is a mistake of ours; no folder means a server."""
    kind = _kind(error)
    if kind in ("ioerr", "readonly", "cantopen") and folder:
        kind = _reason(kind, folder)
    if kind == "changed":
        return ChangedMeanwhileError(
            "Somebody else changed this at the same moment.", "Look at it again, then make your change once more."
        )
    if kind is None:
        return None
    return _sentence(kind, f"“{folder}”") if folder else _server_sentence(kind)


def _kind(error: BaseException) -> str | None:
    from sqlalchemy import exc
    from sqlalchemy.orm.exc import StaleDataError

    if isinstance(error, StaleDataError):
        return "changed"
    if isinstance(error, exc.TimeoutError):
        return "busy"
    if isinstance(error, exc.NoResultFound):  # what belongs to something that is there, as a plan to its sitting
        return "damaged"
    original: BaseException | None = error.orig if isinstance(error, exc.DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None and (known := _BY_CODE.get(code & 0xFF)):
        return known  # a function inside SQL, as the one that encrypts, says with words alone what kept it
    if type(original).__module__.startswith("sql"):  # sqlite3 or sqlcipher3
        message = str(original)
        return "damaged" if message.startswith(_NOT_TEXT) else _BY_MESSAGE.get(message)
    if (state := getattr(original, "sqlstate", None)) is not None:
        kind = next((kind for code, kind in _BY_SQLSTATE if str(state).startswith(code)), None)
        if kind is not None:
            return kind
    if isinstance(error, exc.OperationalError):  # of a server: it went away, or never was there
        return "server"
    if isinstance(original, OSError):
        return _BY_ERRNO.get(original.errno or 0)
    return None


def _reason(kind: str, folder: Path) -> str:
    """What lies behind a message of SQLite's that can have several causes."""
    try:
        if shutil.disk_usage(folder).free < FULL_BELOW_BYTES:
            return "full"
    except OSError:
        return kind
    if kind == "cantopen" and folder.is_dir() and not os.access(folder, os.W_OK, **_AS_OURSELVES):
        return "readonly"
    return kind


_AS_OURSELVES = {"effective_ids": True} if os.access in os.supports_effective_ids else {}


@contextlib.contextmanager
def told(folder: Path | None, *, files: bool = True) -> Iterator[None]:
    """Turn what the database, and with `files` the file system, raise inside the block into a UserError.

    Our own mistakes pass as they are.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        known = None if isinstance(error, OSError) and not files else user_error(error, folder)
        if known is None:
            if folder is None:
                _leave_out_rows(error)
            raise
        raise known from error


def _leave_out_rows(error: Exception) -> None:
    """A server repeats in its complaint the row that it complains of: people's words, which belong in no log."""
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, DBAPIError):
        for complaint in (error, error.orig):
            if complaint is not None:
                complaint.args = tuple(str(part).partition("\nDETAIL:")[0] for part in complaint.args)
