"""The window must not wait for SQLAlchemy."""

from __future__ import annotations

import subprocess
import sys


def _imported_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_naming_the_storage_its_errors_and_its_records_imports_no_sqlalchemy() -> None:
    light = _imported_after(
        "from cqcmock import storage\nimport cqcmock.storage.errors, cqcmock.storage.records, cqcmock.storage.folder"
    )
    assert "cqcmock.storage.errors" in light
    assert not {"sqlalchemy", "alembic", "sqlcipher3"} & light


def test_the_first_use_of_a_module_imports_it() -> None:
    heavy = _imported_after("from cqcmock import storage\nstorage.sittings.create")
    assert {"sqlalchemy", "cqcmock.storage.sittings"} <= heavy


def test_a_current_library_is_opened_without_alembic() -> None:
    code = (
        "import tempfile, pathlib\nfrom cqcmock import storage\n"
        "with tempfile.TemporaryDirectory() as name:\n"
        "    for time in range(2):\n        storage.library.open_library(pathlib.Path(name)).close()\n"
    )
    assert not {name for name in _imported_after(code) if name.startswith("alembic")}


def test_a_library_in_a_file_is_read_and_written_without_the_servers_dialect_or_the_listener() -> None:
    code = (
        "import tempfile, pathlib\nfrom tests.storage.shelves import *\nfrom cqcmock.services import sittings\n"
        "with tempfile.TemporaryDirectory() as name, open_library(pathlib.Path(name)) as opened:\n"
        "    sitting = add(opened, a_sitting(), FIRST_WORDS)\n"
        "    sittings.state(opened, sitting.id)"
    )
    loaded = _imported_after(code)
    assert "sqlalchemy.dialects.sqlite" in loaded
    assert not {"sqlalchemy.dialects.postgresql", "cqcmock.listening", "snowballstemmer", "statistics"} & loaded
