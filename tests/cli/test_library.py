"""`library` as a script and a person at a terminal use it: no word in a pipe, an echo or a process list."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cqcmock.__main__ import main, wants_window
from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.review.sealing import new_address
from cqcmock.services import library as libraries
from cqcmock.services import locking
from cqcmock.storage import backups, engine
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import open_library
from tests.cli.conftest import Run
from tests.cli.test_terminal import ROOT, Terminal
from tests.clocks import HandClock
from tests.keyrings import BACKEND, FILE, MemoryKeyring, using
from tests.storage.shelves import FIRST_WORDS, a_sitting, add

WORDS = "wagon lemon vivid orbit thumb cradle"
OTHER_WORDS = "absent banana cabin dolphin eager fabric"


@pytest.fixture(scope="module", autouse=True)
def little_work() -> Iterator[None]:
    """scrypt is not what is tried here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 2)
        yield


@pytest.fixture(autouse=True)
def no_shipped_banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the reading of the shipped banks into a new library."""
    monkeypatch.setattr(libraries, "question_banks_folder", lambda: tmp_path / "no-banks")


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    kept = MemoryKeyring()
    with using(kept):
        yield kept


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with one rehearsal and a backup."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with open_library(folder) as library:
        add(library, a_sitting(sitting_id="s1"), FIRST_WORDS)
        backups.make(library)
    return folder


@pytest.fixture(scope="module")
def locked_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(made_once, tmp_path_factory.mktemp("locked") / "data"))
    with using(MemoryKeyring()):
        locking.lock(Location(folder), WORDS, HandClock().clock, computer=False)
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "data"))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper"
    path.write_text(f"{WORDS}\n")
    return path


@pytest.fixture
def library(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on that library."""
    from tests.cli.conftest import Outcome

    def run(*arguments: str | Path) -> Outcome:
        status = main(["--data-dir", str(folder), *map(str, arguments)])
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return run


@pytest.fixture
def locked(folder: Path, locked_once: Path) -> Path:
    shutil.rmtree(folder)
    return Path(shutil.copytree(locked_once, folder))


def sittings(library: Run, *before: str | Path) -> list[Any]:
    return list(library(*before, "sittings", "list", "--json").data)


def test_a_library_is_locked_with_words_that_are_written_for_nobody_else(
    library: Run, folder: Path, tmp_path: Path, keyring: MemoryKeyring
) -> None:
    out = tmp_path / "words"
    done = library("library", "lock", "--words-out", out, "--json")
    assert (done.status, done.err) == (0, "")
    assert done.data == {"locked": True, "keyring": True, "escrow": False, "words_out": str(out)}
    words = out.read_text().strip()
    assert len(words.split()) == 6
    assert out.stat().st_mode & 0o777 == 0o600
    assert not [word for word in words.split() if word in done.out.replace(str(out), "").split()]
    assert len(sittings(library)) == 1, "by the keyring"
    keyring.lost()
    refused = library("sittings", "list")
    assert refused.status == 1
    assert "--words-file" in refused.err
    assert refused.out == ""
    assert len(sittings(library, "--words-file", out)) == 1
    assert locking.is_locked(Location(folder))


def test_what_it_means_is_said_in_plain_words(library: Run, paper: Path) -> None:
    said = library("library", "lock", "--words-file", paper)
    assert said.status == 0
    assert "nobody can read it without the six words or this computer’s keyring" in said.out
    assert "If they are lost" in said.out
    assert not [word for word in WORDS.split() if word in said.out.split()]


def test_new_words_never_land_in_a_pipe(library: Run, folder: Path, tmp_path: Path) -> None:
    for arguments in (["lock"], ["lock", "--json"]):
        refused = library("library", *arguments)
        assert refused.status == 1
        assert "--words-out" in refused.err
        assert refused.out == ""
    assert not locking.is_locked(Location(folder))
    (tmp_path / "there").write_text("something")
    refused = library("library", "lock", "--words-out", tmp_path / "there")
    assert refused.status == 1
    assert (tmp_path / "there").read_text() == "something"
    assert not locking.is_locked(Location(folder))


def test_words_of_a_lock_that_came_to_nothing_are_not_left_behind(library: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "words"
    refused = library("library", "lock", "--words-out", out, "--escrow", "age1none")
    assert refused.status == 1
    assert "council’s public key" in refused.err
    assert not out.exists()
    assert not locking.is_locked(Location(folder))


def test_words_that_were_brought_along_must_be_six_offered_ones(library: Run, folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for words, told in (
        ("my own pass phrase is good", "Word 1 is none"),
        ("wagon lemon", "There are 2 words"),
        ("", "no passphrase"),
    ):
        mine.write_text(words)
        refused = library("library", "lock", "--words-file", mine)
        assert refused.status == 1
        assert told in refused.err
    assert not locking.is_locked(Location(folder))


def test_the_words_come_by_a_file_a_descriptor_or_the_standard_input(
    library: Run, locked: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(sittings(library, "--words-file", paper)) == 1
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    assert len(sittings(library, "--words-fd", str(reading))) == 1
    os.close(writing)
    os.close(reading)
    with paper.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert len(sittings(library, "--words-file", "-")) == 1


def test_the_councils_key_opens_it(library: Run, folder: Path, tmp_path: Path, paper: Path) -> None:
    secret, address = new_address()
    assert library("library", "lock", "--words-file", paper, "--no-keyring", "--escrow", address).status == 0
    key = tmp_path / "council.txt"
    key.write_text(f"# created: today\n{secret}\n")
    assert len(sittings(library, "--escrow-key-file", key)) == 1
    status = library("library", "status", "--json").data
    assert status["ways"] == {"words": True, "keyring": False, "escrow": True}
    assert status["escrow_address"] == address
    key.write_text(new_address()[0])
    assert library("--escrow-key-file", key, "sittings", "list").status == 1


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--words-file", "NONE"], 1, "cannot be read"),
        (["--words-fd", "997"], 1, "file descriptor 997 cannot be read"),
        (["--words-fd", "-1"], 2, ""),
        (["--words-fd", "three"], 2, ""),
        (["--words-file", "a", "--words-fd", "3"], 2, "One of these"),
        (["--words", WORDS], 2, "No such option"),
    ],
)
def test_what_is_said_wrongly_about_the_words_is_told(
    library: Run, locked: Path, options: list[str], status: int, told: str
) -> None:
    refused = library(*options, "sittings", "list")
    assert refused.status == status
    assert told in refused.err


def test_wrong_words_are_told_and_not_repeated(library: Run, locked: Path, paper: Path) -> None:
    paper.write_text(OTHER_WORDS)
    refused = library("--words-file", paper, "sittings", "list")
    assert refused.status == 1
    assert "do not unlock" in refused.err
    assert not [word for word in OTHER_WORDS.split() if word in refused.err]


def test_words_before_a_library_without_a_lock_are_not_needed(library: Run, paper: Path) -> None:
    assert len(sittings(library, "--words-file", paper)) == 1


def test_the_bare_command_takes_no_words(paper: Path) -> None:
    for option in ("--words-file", "--words-fd", "--escrow-key-file"):
        assert wants_window([option, str(paper)]) is None
    assert main(["--words-file", str(paper)]) == 2


def test_commands_that_need_no_library_ask_for_nothing(library: Run, locked: Path, tmp_path: Path) -> None:
    assert library("rate", "--scores", "3,3,3,3,4,3,3,3,3", "--json").data["percent"] == 78
    assert library("--version").status == 0
    bank = ROOT / "question_banks" / "lead-member.toml"
    assert library("banks", "check", bank).status == 0
    assert library("banks", "template", tmp_path / "sheet.csv").status in (0, 2)


def test_scrypt_is_done_once_for_a_command_that_asks_where_the_library_is_twice(
    library: Run, locked: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    unlock = locking.unlock

    def counted(place: Location, words: str) -> Location:
        tried.append("once")
        return unlock(place, words)

    monkeypatch.setattr(locking, "unlock", counted)
    assert library("--words-file", paper, "pack", "list", "--json").status == 0
    assert tried == ["once"]


def test_status_of_a_locked_library_asks_for_nothing_and_tells_what_can_be_told(
    library: Run, locked: Path, paper: Path
) -> None:
    said = library("library", "status", "--json").data
    assert said["locked"] is True
    assert said["ways"] == {"words": True, "keyring": False, "escrow": False}
    assert said["audit"] is None
    assert said["form"] is None
    assert said["bytes"] == (locked / LIBRARY).stat().st_size
    assert said["backup"]["path"].startswith(str(locked))
    opened = library("--words-file", paper, "library", "status", "--json").data
    assert opened["form"] == "0006"
    assert opened["audit"]["count"] > 0


def test_status_makes_no_library_and_changes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(tmp_path / "none"), "library", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == 0
    assert not (tmp_path / "none").exists()


def test_status_says_what_the_person_should_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "Dropbox" / "data"
    open_library(place).close()
    (place / "library.damaged-20261120-090000.sqlite").write_bytes(b"x")
    assert main(["--data-dir", str(place), "library", "status"]) == 0
    said = capsys.readouterr().out
    for words in ("synchronised folder", "not locked", "library.damaged-20261120-090000.sqlite", "There is no backup"):
        assert words in said


def test_who_lost_the_keyring_gets_it_back_with_the_words(
    library: Run, folder: Path, paper: Path, keyring: MemoryKeyring
) -> None:
    assert library("library", "lock", "--words-file", paper).status == 0
    keyring.lost()
    assert library("sittings", "list").status == 1
    assert library("--words-file", paper, "library", "unlock", "--no-keyring", "--json").status == 0
    assert library("sittings", "list").status == 1, "only checked"
    done = library("--words-file", paper, "library", "unlock", "--json")
    assert done.data == {"locked": True, "keyring": True}
    assert len(sittings(library)) == 1
    deeds = [entry["deed"] for entry in library("library", "audit", "--json").data["entries"]]
    assert deeds.count("opened with the recovery words") == 1
    assert library("--words-file", paper, "library", "unlock", "--forget-keyring").status == 0
    assert library("sittings", "list").status == 1


def test_unlock_asks_for_the_words_though_the_keyring_would_open_it(library: Run, paper: Path) -> None:
    assert library("library", "lock", "--words-file", paper).status == 0
    assert library("library", "unlock").status == 1
    paper.write_text(OTHER_WORDS)
    assert library("--words-file", paper, "library", "unlock").status == 1


@pytest.mark.slow
def test_the_lock_is_taken_off_only_when_that_is_meant(library: Run, locked: Path, paper: Path) -> None:
    refused = library("--words-file", paper, "library", "unlock", "--remove-lock")
    assert refused.status == 1
    assert "Whoever can read the folder" in refused.err
    assert locking.is_locked(Location(locked))
    done = library("--words-file", paper, "library", "unlock", "--remove-lock", "--yes", "--json")
    assert done.data == {"locked": False}
    assert not locking.is_locked(Location(locked))
    assert len(sittings(library)) == 1
    assert library("library", "unlock").status == 1
    assert library("library", "change-key").status == 1


@pytest.mark.slow
def test_a_change_of_key_takes_the_old_words_away_and_keeps_the_council_unless_told_otherwise(
    library: Run, folder: Path, paper: Path, tmp_path: Path, keyring: MemoryKeyring
) -> None:
    _, address = new_address()
    assert library("library", "lock", "--words-file", paper, "--escrow", address).status == 0
    out = tmp_path / "new"
    done = library("--words-file", paper, "library", "change-key", "--words-out", out, "--json")
    assert done.data == {"locked": True, "keyring": True, "escrow": True, "words_out": str(out)}
    keyring.lost()
    assert library("--words-file", paper, "sittings", "list").status == 1
    assert len(sittings(library, "--words-file", out)) == 1
    again = library("--words-file", out, "library", "change-key", "--words-file", paper, "--no-escrow", "--json")
    assert again.data["escrow"] is False
    keyring.lost()
    assert len(sittings(library, "--words-file", paper)) == 1
    assert library("--words-file", out, "sittings", "list").status == 1


def test_a_sound_library_is_sound_in_every_respect(library: Run, locked: Path, paper: Path) -> None:
    for deep in ([], ["--deep"]):
        said = library("--words-file", paper, "library", "check", "--json", *deep)
        assert said.status == 0
        assert said.data["sound"] is True
        looked_at = [one["what"] for one in said.data["looked_at"]]
        assert looked_at[:4] == [
            "Every page of the library", "What belongs together in the library", "The audit trail", "The keys",
        ]  # fmt: skip
        assert sum(what.startswith("The backup backups/library-") for what in looked_at) >= 1


def _flip(path: Path, at: int) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("page", [1, 5, -1])
def test_one_flipped_bit_anywhere_in_a_locked_library_is_found_and_nothing_is_moved(
    library: Run, locked: Path, paper: Path, page: int
) -> None:
    own = locked / LIBRARY
    _flip(own, page * 4096 + 700 if page > 0 else own.stat().st_size - 300)
    before = own.read_bytes()
    said = library("--words-file", paper, "library", "check", "--json")
    assert said.status == 1
    assert "Every page of the library" in [one["what"] for one in said.data["looked_at"] if one["wrong"]]
    assert "not everything is sound" in said.err.lower()
    assert own.read_bytes() == before


def test_what_is_wrong_with_a_backup_a_key_or_the_trail_is_named(library: Run, locked: Path, paper: Path) -> None:
    copy = backups.files(locked)[-1]
    _flip(copy, copy.stat().st_size // 2)
    (locked / "keys" / "seal").write_bytes(b"broken")
    place = locking.unlock(Location(locked), WORDS)
    connection = engine.connect(locked / LIBRARY, place.raw_key)
    connection.execute("UPDATE audit SET why = 'another' WHERE number = 1")
    connection.close()
    said = library("--words-file", paper, "library", "check", "--deep", "--json")
    wrong = {one["what"]: one["wrong"] for one in said.data["looked_at"] if one["wrong"]}
    assert set(wrong) == {"The audit trail", "The keys", f"The backup backups/{copy.name}"}
    assert wrong["The audit trail"] == ["entry 1 is not as it was written, or is missing"]
    assert said.status == 1


def test_rows_that_belong_to_nothing_are_found(library: Run, folder: Path) -> None:
    connection = engine.connect(folder / LIBRARY)
    connection.execute("pragma foreign_keys=off")
    connection.execute("DELETE FROM sitting")
    connection.close()
    said = library("library", "check", "--json")
    wrong = {one["what"]: one["wrong"] for one in said.data["looked_at"] if one["wrong"]}
    assert "What belongs together in the library" in wrong
    assert any("“sitting”" in one for one in wrong["What belongs together in the library"])


def test_there_must_be_a_library_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(tmp_path / "none"), "library", "check"]) == 1
    assert "There is no library" in capsys.readouterr().err


def test_the_trail_is_shown_with_its_head_and_a_change_in_it_is_told(library: Run, folder: Path) -> None:
    said = library("library", "audit", "--json").data
    assert said["whole"] is True
    assert said["count"] == len(said["entries"])
    assert said["head"] == said["entries"][-1]["hash"] if said["entries"] else "0" * 64
    head = library("library", "audit", "--head", "--json").data
    assert "entries" not in head
    assert head["head"] == said["head"]
    assert said["head"] in library("library", "audit").out
    connection = engine.connect(folder / LIBRARY)
    connection.execute("UPDATE audit SET why = 'another' WHERE number = 1")
    connection.close()
    changed = library("library", "audit", "--json")
    assert changed.status == 1
    assert (changed.data["whole"], changed.data["first_wrong"]) == (False, 1)
    assert "entry 1" in changed.err


def test_a_library_on_a_server_is_told_of_in_a_sentence(library: Run, paper: Path) -> None:
    for arguments in (["lock", "--words-file", paper], ["unlock"], ["change-key", "--words-file", paper], ["check"]):
        refused = library("--database-url", "postgresql://nobody@nowhere/none", "library", *arguments)
        assert refused.status == 1
        assert "server" in refused.err or "no lock" in refused.err
    status = library("--database-url", "postgresql://nobody@nowhere/none", "library", "status", "--json")
    assert status.data["server"] is True


# --- at a terminal


@pytest.fixture
def at_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Start the program in a terminal, with a keyring of its own that is kept in a file."""
    pytest.importorskip("pty", reason="only where there are pseudo-terminals")
    monkeypatch.setenv(BACKEND, "tests.keyrings.FileKeyring")
    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    opened: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        opened.append(Terminal(tmp_path / "data", *arguments))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def _words_shown(terminal: Terminal) -> list[str]:
    terminal.wait_for("  6  ")
    terminal.wait_for("\n")
    lines = [line.split() for line in terminal.seen.splitlines() if line.startswith("  ")]
    return [parts[1] for parts in lines if len(parts) == 2 and parts[0].isdigit()]


@pytest.mark.slow
def test_a_person_locks_the_library_at_a_terminal_loses_the_keyring_and_gets_it_back(
    tmp_path: Path, folder: Path, at_terminal: Callable[..., Terminal]
) -> None:
    lock = at_terminal("library", "lock")
    words = _words_shown(lock)
    assert len(words) == 6
    shown = lock.seen
    for _ in range(2):
        lock.wait_for("Word ")
        lock.wait_for(" on the paper: ")
        number = int(lock.seen.rsplit("Word ", 1)[1].split()[0])
        lock.type(words[number - 1])
    lock.wait_for("The library is locked.")
    lock.wait_for("If they are lost")
    assert lock.ended() == 0
    assert not [word for word in words if word in lock.seen[len(shown) :].split()], "shown once, and not echoed"

    (tmp_path / "keyring.json").unlink()
    again = at_terminal("library", "unlock")
    again.wait_for("The six words that unlock the library: ")
    again.type("wagon lemon")
    again.wait_for("There are 2 words")
    again.wait_for("The six words that unlock the library: ")
    cmdline = Path(f"/proc/{again.process.pid}/cmdline").read_bytes()
    environment = Path(f"/proc/{again.process.pid}/environ").read_bytes()
    again.type(", ".join(word[:4].upper() for word in words))
    again.wait_for("The keyring of this computer opens it from now on")
    assert again.ended() == 0
    for word in words:
        assert word not in again.seen.split()
        assert word[:4].upper() not in again.seen
        assert word.encode() not in cmdline.split(b"\0")
        assert f"={word}".encode() not in environment
    quiet = at_terminal("sittings", "list", "--json")
    quiet.wait_for('"s1"')
    assert quiet.ended() == 0
    for log in (tmp_path / "data" / "logs").glob("*"):
        assert " ".join(words) not in log.read_text()


@pytest.mark.slow
def test_three_wrong_tries_at_a_terminal_end_the_command(
    tmp_path: Path, locked: Path, at_terminal: Callable[..., Terminal]
) -> None:
    terminal = at_terminal("sittings", "list")
    for wrong in ("nonsense", "wagon lemon", OTHER_WORDS):
        terminal.wait_for("The six words that unlock the library: ")
        terminal.type(wrong)
    terminal.wait_for("do not unlock the library")
    assert terminal.ended() == 1


@pytest.mark.slow
def test_words_that_are_not_on_paper_lock_nothing(folder: Path, at_terminal: Callable[..., Terminal]) -> None:
    terminal = at_terminal("library", "lock")
    _words_shown(terminal)
    for _ in range(3):
        terminal.wait_for(" on the paper: ")
        terminal.type("nonsense")
    terminal.wait_for("The words are not on paper yet.")
    assert terminal.ended() == 1
    assert not locking.is_locked(Location(folder))


@pytest.mark.slow
def test_a_child_that_is_given_the_words_by_descriptor_shows_them_to_nobody(folder: Path, tmp_path: Path) -> None:
    locking.lock(Location(folder), WORDS, HandClock().clock, computer=False)
    reading, writing = os.pipe()
    command = [
        sys.executable,
        "-m",
        "cqcmock",
        "--data-dir",
        str(folder),
        "--words-fd",
        str(reading),
        "library",
        "check",
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[reading]
    ) as child:
        seen = Path(f"/proc/{child.pid}/cmdline").read_bytes() + Path(f"/proc/{child.pid}/environ").read_bytes()
        os.write(writing, f"{WORDS}\n".encode())
        os.close(writing)
        out, err = child.communicate(timeout=60)
    os.close(reading)
    assert child.returncode == 0, err
    assert b"lemon" not in seen + out + err


def test_what_is_remembered_of_a_command_shows_no_key(locked: Path) -> None:
    from cqcmock.cli.context import Given

    given = Given(Location(locked), unlocked=replace(Location(locked), raw_key="5a" * 32))
    assert "5a5a" not in repr(given)
