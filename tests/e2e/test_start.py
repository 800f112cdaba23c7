"""Starting on a folder that is not as it should be: a sentence, a way on, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cqcmock.paths import Location
from cqcmock.services import library, sittings
from cqcmock.storage import engine
from tests.e2e.program import CHECKOUT, Program, command, facts, fill
from tests.faults import Tell
from tests.some_quickly import some_quickly

PROBLEM = "Your library could not be opened"
OFFERED = "Pick up where you stopped"
FIRST_REHEARSAL = "Start a first rehearsal"


def _problem(program: Program) -> dict[str, Any]:
    """What the home screen says where the library could not be opened, and nothing has broken."""
    seen: dict[str, Any] = program.do("home")
    assert PROBLEM in seen["words"], seen
    assert not any("Something went wrong" in text for text in seen["banners"])
    return seen


def _says(seen: dict[str, Any], *parts: str) -> bool:
    text = "\n".join(seen["words"]).replace("\u200b", "")
    return all(part in text for part in parts)


def _told_on_the_command_line(folder: Path, *parts: str) -> str:
    """The command line says the same in one line, which is returned, and exits 1."""
    ran = command("--data-dir", folder, "sittings", "list")
    assert (ran.returncode, ran.stdout) == (1, ""), ran.stderr
    (line,) = ran.stderr.splitlines()
    assert all(part in line for part in parts), line
    return line


def _is_whole(folder: Path) -> None:
    with library.open_library(Location(folder)) as opened:
        (only,) = sittings.recent(opened)
        assert only.title == "The rehearsal"


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(folder: Path, small_disk: Path, fault: Tell) -> None:
    place = shutil.copytree(folder, small_disk / "data")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    sentence = f"The library in “{place}” cannot be written to."
    with Program("obey", place) as program:
        told = _told_on_the_command_line(place, sentence, "Check that you may change files in this folder")
        assert _says(_problem(program), sentence, "Check that you may change files in this folder")
        program.do("click", "Try again")
        assert _says(_problem(program), sentence)
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
        program.do("click", "Try again")
        program.do("wait", OFFERED)
        assert program.end() == []
    _is_whole(place)
    fault("The folder cannot be written", area="Starting", tried=1, lost=0, person_sees=told)


def test_a_lock_that_a_killed_window_left_in_a_read_only_folder_is_in_nobodys_way(
    folder: Path, small_disk: Path, fault: Tell
) -> None:
    place = shutil.copytree(folder, small_disk / "data")
    with Program("obey", place) as program:
        program.do("home")
        program.kill()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with Program("obey", place) as program:
        assert _says(_problem(program), f"The library in “{place}” cannot be written to.")
        assert program.end() == []
    fault(
        "A window was killed, and the folder can no longer be written",
        area="Starting",
        tried=1,
        person_sees=f"The library in “{place}” cannot be written to.",
    )


@pytest.mark.parametrize("there_already", [True, False], ids=["with a library", "at the first start"])
def test_a_disk_without_room_is_told_and_tried_again(
    folder: Path, small_disk: Path, there_already: bool, fault: Tell
) -> None:
    place = small_disk / "data"
    if there_already:
        shutil.copytree(folder, place)
    ballast = small_disk / "ballast"
    fill(ballast)
    sentence = f"The disk with the library in “{place}” is full."
    with Program("obey", place) as program:
        told = _told_on_the_command_line(place, sentence, "Free some space")
        assert _says(_problem(program), sentence, "Free some space")
        ballast.unlink()
        program.do("click", "Try again")
        program.do("wait", OFFERED if there_already else "Rehearse before the day")
        assert program.end() == []
    if there_already:
        _is_whole(place)
    fault("The disk is full at the start", area="Starting", tried=1, lost=0, person_sees=told)


@pytest.mark.slow
def test_a_library_that_another_program_holds_is_told_and_tried_again(folder: Path, fault: Tell) -> None:
    sentence = f"Another program is using the library in “{folder}”."
    with closing(engine.connect(folder / "library.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Program("obey", folder) as program:
            ran = command("--data-dir", folder, "sittings", "list")
            assert (ran.returncode, ran.stderr) == (0, ""), "who only reads need not wait"
            (sitting,) = [line.split()[0] for line in ran.stdout.splitlines()]
            ran = command("--data-dir", folder, "sittings", "delete", sitting)
            assert (ran.returncode, ran.stdout) == (1, "")
            assert ran.stderr.startswith(sentence)
            assert _says(_problem(program), sentence, "Close the other window or program and try again")
            other.execute("ROLLBACK")
            program.do("click", "Try again")
            program.do("wait", OFFERED)
            assert program.end() == []
    _is_whole(folder)
    fault("Another program holds the library at the start", area="Starting", tried=1, lost=0, person_sees=sentence)


def _flip(path: Path) -> None:
    """Turn round every bit in the middle of the file: pages of the tables themselves."""
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data) // 2):
        data[at] ^= 0xFF
    path.write_bytes(data)


def _zero(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 100])


def _no_database(path: Path) -> None:
    path.write_text("Dear all, here are the minutes of the meeting.\n" * 400)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    some_quickly([_truncate, _flip, _no_database, _zero, _empty], every=5),
    ids=lambda it: it.__name__[1:],
)
def test_a_damaged_library_is_put_aside_and_the_newest_good_backup_goes_on(
    folder: Path, damage: Callable[[Path], None], fault: Tell
) -> None:
    path = folder / "library.sqlite"
    damage(path)
    broken = path.read_bytes()
    with Program("obey", folder) as program:
        seen = _problem(program)
        assert _says(seen, f"The library in “{folder}” is damaged.", "nothing was deleted", "Go on with the copy of")
        (aside,) = folder.glob("library.damaged-*.sqlite")
        assert aside.read_bytes() == broken
        _told_on_the_command_line(folder, f"The library in “{folder}” is damaged.", "Go on with the copy of")
        program.do("click", "Go on with the copy of")
        assert OFFERED in program.do("wait", OFFERED)["words"]
        program.do("begin")
        program.do("type_into", "Your answer", "It goes on.")
        program.do("saved")
        assert program.end() == []
    _is_whole(folder)
    assert facts(path, "pragma integrity_check") == [("ok",)]
    assert aside.read_bytes() == broken
    fault(
        "The library file is damaged",
        area="Damaged library",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees="“… is damaged”, “nothing was deleted”, and the button “Go on with the copy of” and its date",
    )


@pytest.mark.slow
def test_a_damaged_library_without_a_backup_can_be_followed_by_a_new_one(folder: Path, fault: Tell) -> None:
    shutil.rmtree(folder / "backups")
    _flip(folder / "library.sqlite")
    broken = (folder / "library.sqlite").read_bytes()
    _told_on_the_command_line(folder, f"The library in “{folder}” is damaged.", "Start a new library")
    with Program("obey", folder) as program:
        seen = _problem(program)
        assert _says(seen, "Start a new library, and keep the damaged file")
        assert not any(title.startswith("Go on") for title in seen["buttons"])
        program.do("click", "Start a new library")
        program.do("wait", "Rehearse before the day")
        assert FIRST_REHEARSAL in program.do("see")["buttons"]
        assert program.end() == []
    (aside,) = folder.glob("library.damaged-*.sqlite")
    assert aside.read_bytes() == broken
    fault(
        "The library file is damaged and there is no backup",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees="The button “Start a new library, and keep the damaged file”",
    )


def test_a_backup_that_is_damaged_is_not_offered(folder: Path, fault: Tell) -> None:
    (copy,) = (folder / "backups").glob("*.sqlite")
    newer = copy.with_name("library-20990101-000000.sqlite")
    shutil.copy(copy, newer)
    _flip(newer)
    _flip(folder / "library.sqlite")
    with Program("obey", folder) as program:
        offers = [title for title in _problem(program)["buttons"] if title.startswith("Go on")]
        assert len(offers) == 1
        assert "2099" not in offers[0]
        assert program.end() == []
    fault(
        "The library and the newest backup are damaged",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees="The older backup, which is whole, is offered",
    )


def test_a_library_of_a_newer_version_is_refused_and_not_touched(folder: Path, fault: Tell) -> None:
    path = folder / "library.sqlite"
    with closing(engine.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("pragma journal_mode=delete").fetchall()
    before = path.read_bytes()
    sentence = f"The library in “{folder}” was written by a newer version of this program."
    with Program("obey", folder) as program:
        told = _told_on_the_command_line(folder, sentence, "Install the newest version")
        assert _says(_problem(program), sentence, "Install the newest version")
        with closing(engine.connect(path)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
        program.do("click", "Try again")
        _problem(program)
        assert program.end() == []
    assert path.read_bytes() == before
    fault("The library was written by a newer version", area="Starting", tried=1, lost=0, corrupt=0, person_sees=told)


@pytest.mark.slow
def test_a_database_of_another_program_is_refused_and_not_touched(folder: Path, fault: Tell) -> None:
    path = folder / "library.sqlite"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()
    before = path.read_bytes()
    with Program("obey", folder) as program:
        told = _told_on_the_command_line(folder, "is a database of another program.", "Move it somewhere else")
        assert _says(_problem(program), "is a database of another program.", "Move it somewhere else")
        assert path.read_bytes() == before
        path.unlink()
        program.do("click", "Try again")
        program.do("wait", "Rehearse before the day")
        assert program.end() == []
    fault(
        "A database of another program lies in the library’s place",
        area="Starting",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=told,
    )


@pytest.mark.slow
def test_a_data_folder_that_is_a_file_is_told_and_tried_again(tmp_path: Path, fault: Tell) -> None:
    place = tmp_path / "data"
    place.write_text("I was here first.")
    sentence = f"The library in “{place}” cannot be opened."
    with Program("obey", place) as program:
        told = _told_on_the_command_line(place, sentence, "Check that the folder is there")
        assert _says(_problem(program), sentence, "Check that the folder is there")
        assert place.read_text() == "I was here first."
        place.unlink()
        program.do("click", "Try again")
        program.do("wait", "Rehearse before the day")
        assert program.end() == []
    fault("A file lies in the folder’s place", area="Starting", tried=1, lost=0, person_sees=told)


def test_a_folder_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "not" / "yet" / "there"
    with Program("obey", place) as program:
        assert FIRST_REHEARSAL in program.do("home")["buttons"]
        assert program.end() == []
    assert place.stat().st_mode & 0o777 == 0o700
    open_to_others = [path for path in place.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.slow
def test_broken_settings_are_told_and_the_usual_ones_hold(folder: Path, fault: Tell) -> None:
    (folder / "settings.toml").write_text('theme = "mauve"\nplace = "Rutland"\n')
    with Program("obey", folder) as program:
        seen = program.do("wait", OFFERED)
        assert any("theme should be one of" in text for text in seen["banners"])
        assert "Rutland" in seen["words"]
        assert program.end() == []
    (folder / "settings.toml").write_text('place = "Rutland\n')
    with Program("obey", folder) as program:
        seen = program.do("wait", OFFERED)
        (told,) = [text for text in seen["banners"] if "settings.toml are not valid TOML" in text]
        assert program.end() == []
    fault("The settings cannot be understood", area="Starting", tried=2, person_sees=told)


@pytest.mark.slow
def test_settings_that_could_not_be_understood_are_put_aside_before_others_are_saved(folder: Path) -> None:
    mine = 'person = "Ann Example"\nplace = "Rutland\n'
    (folder / "settings.toml").write_text(mine)
    with Program("obey", folder) as program:
        program.do("wait", OFFERED)
        assert program.end() == []
    assert mine in [path.read_text() for path in folder.glob("settings*.toml")]


@pytest.mark.slow
def test_a_broken_bank_is_named_and_the_other_banks_are_there(tmp_path: Path, fault: Tell) -> None:
    """A copy of the program as it is installed, with one bank that somebody has edited badly."""
    installed = tmp_path / "installed"
    for part in ("cqcmock", "ui", "question_banks", "resources", "tests"):
        shutil.copytree(CHECKOUT / part, installed / part)
    bank = installed / "question_banks" / "director.toml"
    text = bank.read_text(encoding="utf-8")
    broken = text.replace("target_seconds = ", "target_secs = ", 1)
    assert broken != text
    bank.write_text(broken, encoding="utf-8")
    place = tmp_path / "data"
    with Program("obey", place, checkout=installed) as program:
        assert FIRST_REHEARSAL in program.do("home")["buttons"]
        (told,) = program.do("wait", "could not be read")["banners"]
        assert "director.toml" in told
        assert "target_secs" in told
        assert program.end() == []
    ran = command("--data-dir", place, "banks", "list", checkout=installed)
    assert ran.returncode == 0
    assert "lead-member" in ran.stdout
    assert "director.toml" in ran.stderr
    fault(
        "A bank of questions cannot be read",
        area="Starting",
        tried=1,
        person_sees="The name of the bank and the mistake in it; all other banks are there",
    )
