"""The two ways into the database keep what they promise."""

from __future__ import annotations

import re
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from cqcmock.errors import UserError
from cqcmock.storage import engine, schema, sittings
from cqcmock.storage.errors import LockedError, UnsafeDriverError
from cqcmock.storage.folder import make_private_file
from cqcmock.storage.library import Library, open_library
from tests.faults import Tell
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, load


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True),
    ],
)  # fmt: skip
def test_only_an_sqlite_without_the_fault_of_the_write_ahead_log_is_used(version: tuple[int, ...], safe: bool) -> None:
    assert engine.wal_reset_safe(version) is safe


def test_an_unsafe_driver_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(engine.driver(), "sqlite_version_info", (3, 40, 1))
    with pytest.raises(UnsafeDriverError, match="sqlcipher3"):
        open_library(folder)


def test_without_sqlcipher_the_standard_driver_serves_if_it_is_new_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3.dbapi2
    import sys

    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    monkeypatch.setattr(sqlite3.dbapi2, "sqlite_version_info", (3, 53, 4))
    assert engine.driver() is sqlite3.dbapi2


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2),
     ("trusted_schema", 0), ("cell_size_check", 1)],
)  # fmt: skip
def test_every_connection_has_the_same_settings(file_library: Library, pragma: str, value: object) -> None:
    for opened in (file_library.writing(), file_library.reading()):
        with opened as session:
            assert session.connection().exec_driver_sql(f"pragma {pragma}").scalar() == value


def test_a_reader_cannot_write(library: Library) -> None:
    kept = add(library, a_sitting())
    with library.reading() as session, pytest.raises(DBAPIError):
        sittings.rename(session, kept.id, "Another")
    assert load(library, kept.id).title == kept.title


def test_a_reader_sees_one_moment_while_somebody_writes(library: Library) -> None:
    add(library, a_sitting())
    with library.reading() as session:
        before = sittings.recent(session, 9)
        add(library, a_sitting())
        assert sittings.recent(session, 9) == before
    with library.reading() as session:
        assert len(sittings.recent(session, 9)) == 2


def test_folder_and_files_are_for_their_owner_alone(file_library: Library, folder: Path) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert {path.name for path in files} == {"library.sqlite", "library.sqlite-wal", "library.sqlite-shm"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@pytest.mark.parametrize(
    "name", ["plain", "a b", "100%41", "what?", "#1", "Zoë", "a&b=c;d", "mode=memory", "'q\"", "\udcff"]
)
def test_any_name_of_a_folder_serves(tmp_path: Path, name: str) -> None:
    with open_library(tmp_path / name) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
    assert facts(tmp_path / name / "library.sqlite", "SELECT id FROM sitting") == [(kept.id,)]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_update_is_lost_when_many_threads_read_and_write(library: Library, fault: Tell) -> None:
    kept = add(library, a_sitting())
    failed: list[BaseException] = []

    def add_one() -> None:
        try:
            for _ in range(40):
                with library.writing() as work:
                    row = work.get_one(schema.SittingRow, kept.id)
                    row.questions += 1
                    work.commit()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert facts(library, "SELECT questions FROM sitting") == [(3 + 6 * 40,)]
    fault(
        "Six change the same thing at the same time, 40 times each",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="Every change of each of them",
    )


def test_a_file_with_a_key_holds_no_plain_words_and_opens_with_that_key_alone(folder: Path) -> None:
    if "sqlcipher3" not in engine.driver().__name__:
        pytest.skip("no SQLCipher here")
    key, other = "ab" * 32, "cd" * 32
    with open_library(folder, raw_key=key) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        assert not any(b"We ask carers" in path.read_bytes() for path in folder.iterdir())
        assert not any("not locked" in notice for notice in opened.notices)
    with pytest.raises(LockedError, match="not the one that this key belongs to"):
        open_library(folder, raw_key=other)
    with open_library(folder, raw_key=key) as opened:
        assert load(opened, kept.id).events == FIRST_WORDS


def test_a_lost_file_is_an_error_and_not_made_anew_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    make_private_file(path)
    path.unlink()
    with pytest.raises(OperationalError), engine.write_engine(path).connect():
        pass
    assert not path.exists()


def test_the_tables_and_the_hot_statements_can_be_said_in_the_words_of_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in schema.Base.metadata.sorted_tables:
        sql = str(CreateTable(table).compile(dialect=dialect))
        assert not re.search(r"DATETIME|ROWID", sql)
        for index in table.indexes:
            str(CreateIndex(index).compile(dialect=dialect))
    assert "TIMESTAMP WITH TIME ZONE" in str(CreateTable(schema.SittingRow.__table__).compile(dialect=dialect))  # type: ignore[arg-type]
    assert "ON CONFLICT" in str(sittings._insert_event("postgresql").compile(dialect=dialect))
    str(sittings._SUMMARISE.compile(dialect=dialect))
    str(sittings._SUMMARIES.compile(dialect=dialect))


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://a@b/c", "postgresql://a:b@c:notaport/d", "", "postgresql://\udcff@c/d"]
)
def test_an_address_that_cannot_be_used_is_refused_with_an_example(folder: Path, address: str) -> None:
    with pytest.raises(UserError, match="postgresql://name@server/database"):
        open_library(folder, address)


def test_the_password_of_a_server_is_never_shown(folder: Path) -> None:
    with pytest.raises(UserError) as raised:
        open_library(folder, "postgresql://ann:pass-word@127.0.0.1:1/nothing")
    assert "pass-word" not in str(raised.value)
