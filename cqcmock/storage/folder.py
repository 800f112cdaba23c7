"""The data folder: made private, looked at for places that are bad for a database, and cleared without loss."""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from cqcmock.storage.errors import told

LIBRARY = "library.sqlite"
BACKUPS = "backups"
SIDECARS = ("-wal", "-shm", "-journal")
STAMP = "%Y%m%d-%H%M%S"

_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "box sync",
                 "sharepoint")  # fmt: skip
_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "davfs", "fuse.sshfs", "fuse.rclone"})


def make_private(folder: Path) -> None:
    """Make the folder, for its owner alone, if it is not there. Raises ReadOnlyFolderError or StorageFullError."""
    with told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone: SQLite gives its side files the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def warnings(folder: Path) -> tuple[str, ...]:
    """What the person should know about this folder, in plain sentences."""
    found: list[str] = []
    parts = [part.casefold() for part in folder.parts]
    if any(part.startswith(_SYNCHRONISED) for part in parts):
        found.append(
            f"The library is in a synchronised folder (“{folder}”). Synchronising copies files while they are being "
            "written and can damage them: choose a folder on this computer."
        )
    if _on_network(folder):
        found.append(
            f"The library is on a network drive (“{folder}”). A broken connection can damage it: "
            "choose a folder on this computer."
        )
    return tuple(found)


def _on_network(folder: Path) -> bool:
    if folder.as_posix().startswith("//"):
        return True
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == drive_remote)
    with contextlib.suppress(OSError):
        return file_system_type(folder, Path("/proc/mounts").read_text("utf-8", "surrogateescape")) in _NETWORK_TYPES
    return False


def file_system_type(folder: Path, mounts: str) -> str:
    """The type of the file system that holds the folder, by the text of /proc/mounts."""
    best, best_type = "", ""
    resolved = str(folder.resolve())
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, best_type = point, fields[2]
    return best_type


def put_aside(library: Path, why: str, now: datetime | None = None) -> Path | None:
    """Move the library file and its side files out of the way, under a name that says when and why.

    Returns the new path of the library file, or None if there was none.
    """
    aside = _name_aside(library, why, now)
    moved = library.exists()
    # The library goes first: if the power fails in between, a side file without its library does no harm.
    for suffix in ("", *SIDECARS):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{library}{suffix}").rename(f"{aside}{suffix}")
    clear_suspicion(library)
    return aside if moved else None


def keep_aside(library: Path, why: str, now: datetime | None = None) -> Path | None:
    """As `put_aside`, but the library keeps its own name too, until another file is moved into its place: a power cut
    in between then leaves the one library or the other, and never none.

    Where there is a log beside it, which would be taken for that of the other file, it is moved all the same.
    """
    logs = [Path(f"{library}{end}") for end in SIDECARS if end != "-shm"]
    has_log = any(log.exists() and log.stat().st_size for log in logs)
    if has_log or not library.exists():
        return put_aside(library, why, now)
    aside = _name_aside(library, why, now)
    try:
        aside.hardlink_to(library)
    except OSError:  # a stick knows one name for a file
        return put_aside(library, why, now)
    return aside


def _name_aside(library: Path, why: str, now: datetime | None) -> Path:
    stamp = (now or datetime.now(UTC)).strftime(STAMP)
    aside = library.with_name(f"{library.stem}.{why}-{stamp}{library.suffix}")
    number = 2
    while aside.exists():
        aside = library.with_name(f"{library.stem}.{why}-{stamp}-{number}{library.suffix}")
        number += 1
    return aside


def flush(folder: Path) -> None:
    """Make the names of the files in a folder outlive a power cut."""
    if os.name == "nt":  # Windows has no handle on a folder to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def suspect(library: Path) -> None:
    """Note that damage was met in this library, so that the next start looks through the whole of it."""
    with contextlib.suppress(OSError):
        _mark(library).touch(mode=0o600)


def is_suspect(library: Path) -> bool:
    """Whether damage was met in this library."""
    return _mark(library).exists()


def clear_suspicion(library: Path) -> None:
    """The library was looked through and is sound, or is no longer there."""
    with contextlib.suppress(OSError):
        _mark(library).unlink(missing_ok=True)


def _mark(library: Path) -> Path:
    return library.with_suffix(".suspect")


def damaged_files(folder: Path) -> list[Path]:
    """The damaged libraries that were put aside here, newest first."""
    return sorted(folder.glob("library.damaged-*.sqlite"), reverse=True)
