"""Backups by the command line: made, listed, looked into and put in place; sealed copies by the six words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.__main__ import main
from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import library as libraries
from cqcmock.services import locking
from tests.cli.conftest import Outcome, Run
from tests.clocks import HandClock
from tests.services.locking.worlds import OTHER_WORDS, WORDS
from tests.storage.shelves import FIRST_WORDS, a_sitting, add


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """scrypt is not what is tried here."""
    monkeypatch.setattr(passphrases, "WORK", 2)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words"
    file.write_text(f"{WORDS}\n")
    return file


def rehearse(folder: Path) -> None:
    with libraries.open_library(Location(folder)) as library:
        add(library, a_sitting(), FIRST_WORDS)


def test_a_backup_is_made_listed_previewed_and_put_in_place(cqcmock: Run, tmp_path: Path) -> None:
    made = cqcmock("library", "backup", "--json")
    assert (made.status, made.data["rehearsals"], made.data["copy"]) == (0, 0, None)
    rehearse(tmp_path / "data")
    (one,) = cqcmock("library", "backups", "--json").data
    assert one["name"] == Path(made.data["backup"]).name
    assert (one["why"], one["readable"], one["holds"]["rehearsal"]) == ("made because you asked for it", True, 0)
    assert "nothing yet" in cqcmock("library", "backups").out
    seen = cqcmock("library", "restore", one["name"], "--json")
    assert (seen.status, seen.data["restored"]) == (0, False)
    assert seen.data["lost"] == {"rehearsal": ["Lead member, Hertfordshire"]}
    assert len(cqcmock("sittings", "list", "--json").data) == 1
    done = cqcmock("library", "restore", made.data["backup"], "--yes")
    assert done.status == 0
    assert "1 rehearsal is in the library now and not in this backup" in done.out
    assert done.out.endswith("It is in place.\n")
    assert cqcmock("sittings", "list", "--json").data == []


def test_a_damaged_library_is_put_aside_and_the_backup_takes_its_place(cqcmock: Run, tmp_path: Path) -> None:
    rehearse(tmp_path / "data")
    made = cqcmock("library", "backup", "--json").data["backup"]
    (tmp_path / "data" / "library.sqlite").write_bytes(b"SQLite format 3\0" + bytes(9000))
    assert cqcmock("library", "restore", made, "--yes").status == 0
    assert len(cqcmock("sittings", "list", "--json").data) == 1


def test_a_backup_that_is_not_there_is_told_with_the_newest(cqcmock: Run) -> None:
    assert "No backup has been made yet" in cqcmock("library", "restore", "library-1").err
    name = Path(cqcmock("library", "backup", "--json").data["backup"]).name
    told = cqcmock("library", "restore", "library-1")
    assert (told.status, name in told.err) == (1, True)


def test_a_library_without_a_lock_is_not_sealed_onto_a_stick(cqcmock: Run, stick: Path) -> None:
    told = cqcmock("library", "backup", "--to", stick)
    assert (told.status, "Lock the library first" in told.err) == (1, True)
    assert cqcmock("library", "backups", "--in", stick).out.startswith("There is no sealed copy")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Outcome:
    status = main([*map(str, arguments)])
    return Outcome(status, *capsys.readouterr())


def test_a_sealed_copy_is_brought_back_on_a_new_laptop_by_the_words_in_a_file(
    tmp_path: Path, stick: Path, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rehearse(tmp_path / "data")
    locking.lock(Location(tmp_path / "data"), WORDS, HandClock().clock, computer=False)
    here = ("--data-dir", tmp_path / "data", "--words-file", words, "library")
    made = run(capsys, *here, "backup", "--to", stick, "--json")
    assert made.status == 0
    copy = Path(made.data["copy"]["path"])
    assert [one["own"] for one in run(capsys, *here, "backups", "--in", stick, "--json").data] == [True]

    there = ("--data-dir", tmp_path / "new laptop")
    told = run(capsys, *there, "library", "restore", copy)
    assert (told.status, "opened by the six words" in told.err) == (1, True)
    (tmp_path / "wrong").write_text(OTHER_WORDS)
    told = run(capsys, *there, "--words-file", tmp_path / "wrong", "library", "restore", copy, "--yes")
    assert (told.status, "do not open" in told.err) == (1, True)
    seen = run(capsys, *there, "--words-file", words, "library", "restore", copy, "--json")
    assert (seen.data["restored"], seen.data["holds"]["rehearsal"]) == (False, 1)
    assert not (tmp_path / "new laptop" / "library.sqlite").exists()
    done = run(capsys, *there, "--words-file", words, "library", "restore", copy, "--yes", "--json")
    assert (done.data["restored"], done.data["put_aside"]) == (True, None)
    listed = run(capsys, *there, "--words-file", words, "sittings", "list", "--json")
    assert [one["title"] for one in listed.data] == ["Lead member, Hertfordshire"]
