"""What the disk and the database raise is said in sentences; what is our mistake is not dressed up as one."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from cqcmock.errors import UserError
from cqcmock.storage import engine, errors
from cqcmock.storage.errors import told
from cqcmock.storage.library import Library
from tests.faults import Tell


def _driver_error(code: int | None, message: str) -> Exception:
    error: Exception = engine.driver().OperationalError(message)
    if code is not None:
        error.sqlite_errorcode = code  # type: ignore[attr-defined]
    return error


CASES = [
    (5, "database is locked", errors.LibraryBusyError),
    (6, "database table is locked", errors.LibraryBusyError),
    (261, "database is locked", errors.LibraryBusyError),  # BUSY_RECOVERY
    (8, "attempt to write a readonly database", errors.ReadOnlyFolderError),
    (1032, "attempt to write a readonly database", errors.ReadOnlyFolderError),  # READONLY_DBMOVED
    (10, "disk I/O error", errors.DiskFailedError),
    (778, "disk I/O error", errors.DiskFailedError),  # IOERR_WRITE
    (11, "database disk image is malformed", errors.DamagedLibraryError),
    (13, "database or disk is full", errors.StorageFullError),
    (14, "unable to open database file", errors.CannotOpenError),
    (26, "file is not a database", errors.DamagedLibraryError),
]


@pytest.mark.parametrize(("code", "message", "expected"), CASES)
@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("with_code", [True, False])
def test_each_complaint_of_sqlite_becomes_its_own_sentence(
    tmp_path: Path, code: int, message: str, expected: type[UserError], wrapped: bool, with_code: bool, fault: Tell
) -> None:
    error = _driver_error(code if with_code else None, message)
    raised = OperationalError("SELECT 1", {}, error) if wrapped else error
    with pytest.raises(UserError) as said, told(tmp_path):
        raise raised
    assert type(said.value) is expected
    assert said.value.what_happened.endswith(".")
    assert said.value.what_to_do.endswith(".")
    assert said.value.__cause__ is raised
    fault("The database complains, in each way that it can", area="Saving", tried=1, person_sees=str(said.value))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, errors.StorageFullError),
        (errno.EROFS, errors.ReadOnlyFolderError),
        (errno.EACCES, errors.ReadOnlyFolderError),
        (errno.EIO, errors.DiskFailedError),
        (errno.ENOENT, errors.CannotOpenError),
    ],
)
def test_each_complaint_of_the_file_system_becomes_its_own_sentence(
    tmp_path: Path, number: int, expected: type[UserError], fault: Tell
) -> None:
    with pytest.raises(expected) as said, told(tmp_path):
        raise OSError(number, "no")
    fault("The file system complains, in each way that it can", area="Saving", tried=1, person_sees=str(said.value))


def test_a_file_that_is_missing_while_something_is_written_is_not_blamed_on_the_library(file_library: Library) -> None:
    with pytest.raises(FileNotFoundError), file_library.writing():
        Path("/nowhere/bank.toml").read_bytes()


def test_two_people_who_change_the_same_thing_at_once_are_told(tmp_path: Path, fault: Tell) -> None:
    with pytest.raises(errors.ChangedMeanwhileError) as said, told(tmp_path):
        raise StaleDataError("0 rows matched")
    fault("Two people change the same thing at once", area="Saving", tried=1, person_sees=str(said.value))


def test_waiting_too_long_for_a_connection_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.LibraryBusyError), told(tmp_path):
        raise PoolTimeoutError("no connection")


def test_a_server_that_is_gone_is_said_in_a_sentence(fault: Tell) -> None:
    with pytest.raises(errors.ServerError, match="did not answer") as said, told(None):
        raise OperationalError("SELECT 1", {}, RuntimeError("connection refused"))
    fault("The database server is gone", area="Saving", tried=1, person_sees=str(said.value))


@pytest.mark.parametrize(
    "mistake",
    [
        ZeroDivisionError(),
        StatementError("no", "SELECT", {}, ValueError("naive")),
        OperationalError("SELEC 1", {}, _driver_error(1, 'near "SELEC": syntax error')),
        UserError("Already said."),
        KeyboardInterrupt(),
    ],
)
def test_everything_else_passes_as_it_is(tmp_path: Path, mistake: BaseException) -> None:
    with pytest.raises(type(mistake)) as raised, told(tmp_path):
        raise mistake
    assert raised.value is mistake
