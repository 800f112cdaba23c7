"""The program on a locked library, as its user starts it: with this computer's keyring, and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.services import locking
from tests.e2e.program import Program, command, facts, stderr_of
from tests.keyrings import BACKEND, FILE, FileKeyring, using

WORDS = "abandon zebra laundry river camera hospital"


@pytest.fixture
def locked(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a program that has the keyring of the library in `folder`, which is locked."""
    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    with using(FileKeyring()):
        locking.lock(Location(folder), WORDS, system_clock(), computer=True)
    return {BACKEND: "tests.keyrings.FileKeyring", FILE: str(tmp_path / "keyring.json")}


@pytest.mark.slow
def test_the_keyring_opens_it_and_no_word_of_anybody_is_on_the_disk_in_the_clear(
    folder: Path, locked: dict[str, str]
) -> None:
    with Program("obey", folder, **locked) as program:
        assert "Pick up where you stopped" in program.do("home")["words"]
        assert program.end() == []
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert all(b"The rehearsal" not in path.read_bytes() for path in kept)
    assert all(b"laundry" not in path.read_bytes() for path in kept)
    with pytest.raises(Exception, match="not a database"):
        facts(folder / "library.sqlite", "SELECT 1 FROM sitting")


@pytest.mark.slow
def test_without_the_keyring_the_words_are_asked_and_a_start_that_only_measures_ends_there(
    folder: Path, locked: dict[str, str]
) -> None:
    Path(locked[FILE]).unlink()
    ran = command("--data-dir", folder, "--quit-when-ready", "--json", **locked)
    assert (ran.returncode, stderr_of(ran.stderr)) == (0, [])
    with Program("obey", folder, **locked) as program:
        program.do("wait", "Your library is locked")
        assert program.end() == []
