"""A real library in a folder of its own, and one on a real PostgreSQL server where there is one to test with.

    CQCMOCK_TEST_DATABASE_URL=postgresql://name@server/database pytest tests/storage

Every test makes a schema of its own in that database and drops it again.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cqcmock.storage.library import Library, open_library

NOBODY = 65534
SERVER = "CQCMOCK_TEST_DATABASE_URL"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose name has everything that an address would trip over."""
    return tmp_path / "Zoë's data ?#%41 & so on"


@pytest.fixture
def file_library(folder: Path) -> Iterator[Library]:
    """An open library with nothing in it, for what only a file has."""
    with open_library(folder) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a place on a real server that has nothing in it and is this test's own."""
    address = os.environ.get(SERVER)
    if not address:
        pytest.skip(f"no PostgreSQL server: {SERVER} is not set")
    import psycopg
    from sqlalchemy import make_url

    schema = f"cqcmock_test_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        yield make_url(address).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(False)
        connection.execute("SET client_min_messages = warning")
        connection.execute("SET lock_timeout = '10s'")  # a test that leaves a connection open fails and does not hang
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["file", "server"])
def library(request: pytest.FixtureRequest, folder: Path) -> Iterator[Library]:
    """An open library with nothing in it: once in a file, and once on a server where there is one."""
    address = request.getfixturevalue("server") if request.param == "server" else None
    with open_library(folder, address) as opened:
        yield opened


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach, for tests that give up the rights of the superuser."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def read_only(open_to_all: Path) -> Iterator[Callable[[Path], None]]:
    """Makes a folder below `open_to_all` read-only, for the superuser as well: the test goes on as another user."""
    assert open_to_all.is_dir()
    closed: list[Path] = []

    def close(folder: Path) -> None:
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        folder.chmod(0o500)
        closed.append(folder)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)

    yield close
    if os.getuid() == 0:
        os.seteuid(0)
    for folder in closed:
        folder.chmod(0o700)
