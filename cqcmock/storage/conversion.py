"""A library given a lock, another lock, or none: written anew beside the old file, compared with it, then in its place.

What a kill or a power cut leaves behind is finished, or undone, by `tidy_up`, which the library's opening calls. Under
`library.sqlite` there is always a whole library, but for the instant between two renames; then one of the other two
files is whole, and takes its name again.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from cqcmock.storage import engine, left_log
from cqcmock.storage import folder as data_folder
from cqcmock.storage.errors import DamagedLibraryError, told

WRITTEN: Final = ".converted"
"""After the name of the file that is being written: until it takes the library's place nobody reads it."""

ERASED: Final = ".erased"
"""After the name of the file that it took the place of: to be written over, and deleted."""

_AT_ONCE: Final = 1 << 20


def is_plain(path: Path) -> bool:
    """Whether a database file can be read without a key. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(engine.PLAIN_HEADER)) == engine.PLAIN_HEADER


def opens(path: Path, raw_key: str | None) -> bool:
    """Whether this key, or none, is the one that the file is read with.

    Raises OSError where there is no file, and a LibraryError where it cannot be told, as while another program has it.
    """
    if (raw_key is None) != is_plain(path):
        return False
    try:
        with told(path.parent), closing(engine.connect(path, raw_key)) as connection:
            connection.execute("pragma query_only=on")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DamagedLibraryError:
        return False
    return True


def convert(path: Path, old: str | None, new: str | None) -> None:
    """Read a database file with the key `old` and put one with the key `new` in its place; the old one is erased.

    Nobody may have it open. Raises a LibraryError: the old file is then where it was.
    """
    with told(path.parent):
        _empty_log(path, old)
        written = path.with_name(path.name + WRITTEN)
        try:
            written.unlink(missing_ok=True)
            data_folder.make_private_file(written)
            _copy(path, old, written, new)
            if _facts(path, old) != _facts(written, new):
                raise DamagedLibraryError(
                    f"The new copy of “{path.name}” is not the same as the old one.",
                    "Check the disk, then try again. Nothing has been changed.",
                    None,
                    (),
                )
            with written.open("rb+") as file:
                os.fsync(file.fileno())
            old_file = path.with_name(path.name + ERASED)
            path.rename(old_file)
            written.rename(path)
            data_folder.flush(path.parent)
        except BaseException:
            tidy_up(path, new)
            raise
        erase(old_file)


def check_alone(path: Path, raw_key: str | None) -> None:
    """Raises LibraryBusyError where anybody else has the file open."""
    with told(path.parent):
        _empty_log(path, raw_key)


def tidy_up(path: Path, raw_key: str | None) -> None:
    """Finish or undo what a conversion left behind. `raw_key` is the key that the library is to have in the end."""
    written, old_file = path.with_name(path.name + WRITTEN), path.with_name(path.name + ERASED)
    if not path.exists():
        if written.exists() and old_file.exists() and opens(written, raw_key):
            written.rename(path)
        elif old_file.exists():
            old_file.rename(path)
        data_folder.flush(path.parent)
    for left in (written, old_file):
        if path.exists() and left.exists():
            erase(left)


def erase(path: Path) -> None:
    """Write over a database file and what lies beside it, and delete them; as `erase_file`."""
    for name in (path, *(Path(f"{path}{suffix}") for suffix in data_folder.SIDECARS)):
        erase_file(name)
    with suppress(FileNotFoundError):  # where its folder never was
        data_folder.flush(path.parent)


def erase_file(path: Path) -> None:
    """Write over a file and delete it. What a disk keeps of it elsewhere (an SSD does) no program can reach.

    One that has another name as well only loses this one: what it holds still belongs to the other. One that cannot be
    written over, as on a disk that writes everything elsewhere and is full, is deleted all the same.

    Raises OSError where it cannot be deleted.
    """
    with suppress(FileNotFoundError):
        if path.stat().st_nlink == 1:
            with suppress(OSError):
                _write_over(path)
        path.unlink()


def _write_over(path: Path) -> None:
    with path.open("rb+") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, _AT_ONCE)))
        file.flush()
        os.fsync(file.fileno())


def _empty_log(path: Path, raw_key: str | None) -> None:
    with closing(engine.connect(path, raw_key)) as connection:
        left_log.empty(connection, path)
        connection.execute("pragma journal_mode=delete").fetchall()


def _copy(path: Path, old: str | None, written: Path, new: str | None) -> None:
    with closing(engine.connect(path, old)) as source:
        source.execute("pragma temp_store=memory")
        key = f"x'{bytes.fromhex(new).hex()}'" if new is not None else ""
        source.execute("ATTACH DATABASE ? AS converted KEY ?", (os.fspath(written.absolute()), key))
        source.execute("pragma converted.synchronous=full")
        source.execute("pragma converted.secure_delete=on")
        source.execute("SELECT sqlcipher_export('converted')").fetchall()
        source.execute("DETACH DATABASE converted")


def _facts(path: Path, raw_key: str | None) -> tuple[list[Any], dict[str, tuple[int, Any]]]:
    """The tables as they were made, and of each how many rows it has and a sum over all that stands in them."""
    with closing(engine.connect(path, raw_key)) as connection:
        connection.execute("pragma query_only=on")
        sound = connection.execute("pragma integrity_check(1)").fetchone()[0]
        made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        contents = {
            name: _contents(connection, name)
            for kind, name, sql in made
            if kind == "table" and not (sql or "").upper().startswith("CREATE VIRTUAL")
        }
    return [sound, *made], contents


def _contents(connection: Any, table: str) -> tuple[int, Any]:
    """How many rows a table has, and one digest over all of them, whatever their order."""
    import hashlib

    rows, total = 0, 0
    quoted = table.replace('"', '""')
    for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - the name is that of a table of ours
        rows += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest())
    return rows, total
