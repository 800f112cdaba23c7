"""A library given a lock, another, or none: the same rows afterwards, and nothing of the old file left."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.storage import conversion, engine
from cqcmock.storage.errors import DamagedLibraryError, LibraryBusyError, LibraryError, ReadOnlyFolderError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import open_library
from tests.faults import Tell
from tests.storage.shelves import FIRST_WORDS, a_bank, a_sitting, add, load, ruin

KEY, OTHER = "5a" * 32, "5b" * 32
SAID = b"We ask carers first."


def a_library(folder: Path, raw_key: str | None = None, sittings: int = 3) -> Path:
    with open_library(folder, raw_key=raw_key) as library:
        for number in range(sittings):
            add(library, a_sitting(sitting_id=f"s{number}"), FIRST_WORDS)
        with library.writing() as work:
            from cqcmock.storage import banks

            banks.put_bank(work, a_bank(), "digest", "shipped")
            work.commit()
    return folder / LIBRARY


def rows(path: Path, raw_key: str | None) -> dict[str, list[Any]]:
    """Everything in a database, table by table, the search index among them."""
    with closing(engine.connect(path, raw_key)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, connection.execute('SELECT * FROM "{}"'.format(name.replace('"', '""')))))
            for name in tables
        }


@pytest.mark.parametrize(("old", "new"), [(None, KEY), (KEY, OTHER), (KEY, None)])
def test_every_row_of_every_table_is_the_same_with_another_key(folder: Path, old: str | None, new: str | None) -> None:
    path = a_library(folder, old)
    before = rows(path, old)
    assert sum(map(len, before.values())) > 30
    conversion.convert(path, old, new)
    assert rows(path, new) == before
    assert conversion.opens(path, new)
    assert not conversion.opens(path, old)
    assert (SAID in path.read_bytes()) == (new is None)
    assert [one.name for one in folder.iterdir()] == [LIBRARY]
    assert path.stat().st_mode & 0o777 == 0o600
    with open_library(folder, raw_key=new) as library:
        assert load(library, "s1").state.open_text == SAID.decode()
        add(library, a_sitting(), FIRST_WORDS)


def test_what_still_stands_in_the_log_after_a_kill_comes_along(folder: Path, tmp_path: Path) -> None:
    path = a_library(folder)
    with open_library(folder) as library:
        add(library, a_sitting(sitting_id="in the log"), FIRST_WORDS)
        log = path.with_name(f"{path.name}-wal").read_bytes()
        main = path.read_bytes()
    killed = tmp_path / "killed"
    killed.mkdir()
    (killed / LIBRARY).write_bytes(main)
    (killed / f"{LIBRARY}-wal").write_bytes(log)
    conversion.convert(killed / LIBRARY, None, KEY)
    with open_library(killed, raw_key=KEY) as library:
        assert load(library, "in the log").state.open_text == SAID.decode()
    assert [one.name for one in killed.iterdir()] == [LIBRARY]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
CELLS = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), TEXTS, st.binary(max_size=60)
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=30))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_table_is_the_same_there_and_back(
    tmp_path_factory: pytest.TempPathFactory, kept: list[tuple[object, object]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.sqlite"
    path.touch()
    with closing(engine.connect(path)) as connection:
        connection.execute('CREATE TABLE "a ""name" (one, two)')
        connection.executemany('INSERT INTO "a ""name" VALUES (?, ?)', kept)
    before = rows(path, None)
    conversion.convert(path, None, KEY)
    assert rows(path, KEY) == before
    conversion.convert(path, KEY, None)
    assert rows(path, None) == before


def test_a_copy_that_is_not_the_same_never_takes_its_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_library(folder)
    content = rows(path, None)
    copy = conversion._copy

    def forgetful(source: Path, old: str | None, written: Path, new: str | None) -> None:
        copy(source, old, written, new)
        with closing(engine.connect(written, new)) as connection:
            connection.execute("UPDATE event SET text = replace(text, 'carers', 'carors')")

    monkeypatch.setattr(conversion, "_copy", forgetful)
    with pytest.raises(DamagedLibraryError, match="not the same"):
        conversion.convert(path, None, KEY)
    assert rows(path, None) == content
    assert [one.name for one in folder.iterdir()] == [LIBRARY]


def test_a_damaged_library_is_told_and_left(folder: Path) -> None:
    path = a_library(folder, sittings=40)
    ruin(path, "event")
    content = path.read_bytes()
    with pytest.raises(DamagedLibraryError):
        conversion.convert(path, None, KEY)
    assert path.read_bytes()[100:] == content[100:]
    assert [one.name for one in folder.iterdir()] == [LIBRARY]


def test_a_library_that_somebody_has_open_is_left(folder: Path) -> None:
    path = a_library(folder)
    with open_library(folder) as library:
        for deed in (lambda: conversion.convert(path, None, KEY), lambda: conversion.check_alone(path, None)):
            with library.reading() as session:
                session.connection()
                with pytest.raises(LibraryBusyError):
                    deed()
        assert load(library, "s1").state.open_text == SAID.decode()
    assert conversion.opens(path, None)


@pytest.mark.parametrize("kept", [(".erased",), (".converted", ".erased"), ("", ".converted"), ("", ".erased")])
def test_whatever_a_power_cut_leaves_there_is_one_whole_library_afterwards(folder: Path, kept: tuple[str, ...]) -> None:
    path = a_library(folder)
    old = path.read_bytes()
    conversion.convert(path, None, KEY)
    new = path.read_bytes()
    path.unlink()
    for ending in kept:
        whole = new if ending == ".converted" or (ending == "" and ".erased" in kept) else old
        Path(f"{path}{ending}").write_bytes(whole)
    conversion.tidy_up(path, KEY)
    assert [one.name for one in folder.iterdir()] == [LIBRARY]
    assert path.read_bytes() == (new if kept in ((".converted", ".erased"), ("", ".erased")) else old)


def test_a_half_written_copy_gives_way_to_the_whole_old_one(folder: Path, fault: Tell) -> None:
    path = a_library(folder)
    old = path.read_bytes()
    path.rename(f"{path}.erased")
    Path(f"{path}.converted").write_bytes(b"half")
    conversion.tidy_up(path, KEY)
    assert [one.name for one in folder.iterdir()] == [LIBRARY]
    assert path.read_bytes() == old
    fault(
        "The lock was being put on when everything stopped",
        area="Locking",
        tried=1,
        lost=0,
        half_done=0,
        person_sees="The library as it was",
    )


def test_an_erased_file_is_written_over_first_with_what_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents: dict[str, bytes] = {}
    unlink = Path.unlink

    def looked_at(path: Path, *, missing_ok: bool = False) -> None:
        contents[path.name] = path.read_bytes()
        unlink(path, missing_ok=missing_ok)

    names = ["a", "a-wal", "a-shm", "a-journal"]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(b"secret" * (1 + number * 200_000))
    monkeypatch.setattr(Path, "unlink", looked_at)
    conversion.erase(tmp_path / "a")
    assert set(contents) == set(names)
    assert all(content and not content.strip(b"\0") for content in contents.values())
    assert list(tmp_path.iterdir()) == []
    conversion.erase(tmp_path / "a")


def test_an_erased_file_that_has_another_name_as_well_is_whole_under_it(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"words")
    (tmp_path / "other").hardlink_to(tmp_path / "one")
    conversion.erase(tmp_path / "one")
    assert (tmp_path / "other").read_bytes() == b"words"
    assert not (tmp_path / "one").exists()


def test_a_file_that_cannot_be_written_over_is_deleted_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "one").write_bytes(b"words")
    monkeypatch.setattr(conversion, "_write_over", full)
    conversion.erase(tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(
    open_to_all: Path, read_only: Callable[[Path], None], fault: Tell
) -> None:
    path = a_library(open_to_all / "data")
    content = path.read_bytes()
    read_only(open_to_all / "data")
    with pytest.raises(ReadOnlyFolderError) as told:
        conversion.convert(path, None, KEY)
    assert path.read_bytes() == content
    fault(
        "The folder cannot be written while the lock is put on",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_a_file_that_another_program_has_to_itself_is_not_taken_for_one_with_another_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_library(folder)
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    with closing(engine.connect(path)) as connection:
        connection.execute("pragma journal_mode=delete").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusyError):
            conversion.opens(path, None)


def test_a_disk_that_is_full_while_the_copy_is_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    path = a_library(folder, sittings=40)
    before = rows(path, None)
    connect = engine.connect

    def little(where: Path, raw_key: str | None = None) -> Any:
        return _Little(connect(where, raw_key))

    monkeypatch.setattr(conversion.engine, "connect", little)
    with pytest.raises(LibraryError, match="full") as told:
        conversion.convert(path, None, KEY)
    monkeypatch.undo()
    assert rows(path, None) == before
    assert [one.name for one in folder.iterdir()] == [LIBRARY]
    fault(
        "The disk is full while the lock is put on",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )


class _Little:
    """A connection whose second database may not grow: what a full disk says, from inside the function that copies."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, *values: Any) -> Any:
        if sql.startswith("SELECT sqlcipher_export"):
            self._connection.execute("pragma converted.max_page_count=20").fetchall()
        return self._connection.execute(sql, *values)

    def close(self) -> None:
        self._connection.close()


def test_erasing_what_never_was_is_no_error_even_where_its_folder_never_was(tmp_path: Path) -> None:
    conversion.erase(tmp_path / "review" / "own-key.json")
