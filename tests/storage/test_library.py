"""A library opens whatever state it was left in, or says in a sentence why not; nothing is ever deleted."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cqcmock.domain.interview import EventKind
from cqcmock.errors import UserError
from cqcmock.storage import backups, sittings
from cqcmock.storage import folder as data_folder
from cqcmock.storage import library as library_module
from cqcmock.storage.errors import (
    CannotOpenError,
    DamagedLibraryError,
    LibraryBusyError,
    NewerLibraryError,
    NotALibraryError,
    ReadOnlyFolderError,
)
from cqcmock.storage.library import COPIES_LEFT, NOT_ENCRYPTED, Library, open_library, start_afresh
from tests.domain.worlds import event
from tests.faults import Tell
from tests.storage.shelves import FIRST_WORDS, a_full_library, a_sitting, add, facts, keep, load, raw, ruin

LIBRARY = data_folder.LIBRARY


def test_a_new_library_says_that_it_is_not_encrypted(file_library: Library) -> None:
    assert file_library.notices == (NOT_ENCRYPTED,)


def test_a_closed_library_is_one_file(file_library: Library, folder: Path) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    file_library.close()
    assert [path.name for path in folder.iterdir()] == [LIBRARY]


def test_a_library_that_was_not_closed_opens_with_everything_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.storage.shelves import *\n"
        "from cqcmock.storage.library import open_library\n"
        "opened = open_library(Path(sys.argv[1]))\nadd(opened, a_sitting(sitting_id='left'), FIRST_WORDS)\nos._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(folder)], cwd=Path.cwd(), check=False).returncode == 9
    assert (folder / f"{LIBRARY}-wal").stat().st_size > 0
    with open_library(folder) as again:
        assert load(again, "left").events == FIRST_WORDS


def test_a_library_that_is_opened_twice_in_one_program_keeps_its_log_when_another_program_closes_it(
    file_library: Library, folder: Path
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    with open_library(folder) as twice:
        assert load(twice, kept.id).events == FIRST_WORDS
    code = "import sys; from pathlib import Path; from cqcmock.storage import engine\n"
    code += "other = engine.connect(Path(sys.argv[1])); other.execute('SELECT count(*) FROM sitting'); other.close()"
    subprocess.run([sys.executable, "-c", code, str(folder / LIBRARY)], cwd=Path.cwd(), check=True)
    assert (folder / f"{LIBRARY}-wal").exists(), "the lock on the library was given up"
    keep(file_library, kept.id, 2, event(EventKind.TEXT_SAVED, 10, 0, "afterwards"))
    file_library.close()
    with open_library(folder) as again:
        assert load(again, kept.id).events[2].text == "afterwards"


def without(error: DamagedLibraryError) -> str:
    """What is said of damage, but for the names of files, which bear the moment."""
    aside = error.put_aside_as
    assert aside is not None
    return str(error).replace(aside.name, "library.damaged-….sqlite")


def _zero_first_page(data: bytearray) -> None:
    data[:4096] = bytes(4096)


def _zero_header(data: bytearray) -> None:
    data[:16] = bytes(16)


def _truncate(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _zero_a_page_in_the_middle(data: bytearray) -> None:
    middle = len(data) // 8192 * 4096
    data[middle : middle + 4096] = bytes(4096)


def _other_words(data: bytearray) -> None:
    data[:] = b"This is not a database. " * 400


def _empty(data: bytearray) -> None:
    data.clear()


@pytest.mark.parametrize(
    "damage", [_zero_first_page, _zero_header, _truncate, _zero_a_page_in_the_middle, _other_words, _empty]
)
def test_a_damaged_library_is_put_aside_whole_and_the_good_copies_are_named(
    folder: Path, damage: Callable[[bytearray], None], fault: Tell
) -> None:
    a_full_library(folder)
    path = folder / LIBRARY
    data = bytearray(path.read_bytes())
    damage(data)
    path.write_bytes(data)
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder)
    aside = raised.value.put_aside_as
    assert aside is not None
    assert aside.name.startswith("library.damaged-")
    assert aside.read_bytes() == bytes(data)
    assert not path.exists()
    assert [copy.sittings for copy in raised.value.backups] == [60]
    assert aside.name in str(raised.value)
    fault(
        "The library file is damaged",
        area="Damaged library",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=without(raised.value),
    )


def test_the_log_of_a_damaged_library_is_put_aside_with_it(folder: Path, fault: Tell) -> None:
    a_full_library(folder)
    path = folder / LIBRARY
    path.write_bytes(b"no database" * 1000)
    Path(f"{path}-wal").write_bytes(b"a log")
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder)
    assert Path(f"{raised.value.put_aside_as}-wal").read_bytes() == b"a log"
    assert not Path(f"{path}-wal").exists()
    fault("The library file is damaged", area="Damaged library", tried=1, lost=0, person_sees=without(raised.value))


def test_a_damaged_library_is_not_followed_by_an_empty_one_until_somebody_says_so(folder: Path) -> None:
    a_full_library(folder)
    (folder / LIBRARY).write_bytes(b"no database" * 1000)
    for _ in range(2):
        with pytest.raises(DamagedLibraryError):
            open_library(folder)
    start_afresh(folder)
    with open_library(folder) as opened, opened.reading() as session:
        assert sittings.recent(session, 9) == ()
    assert len(data_folder.damaged_files(folder)) == 1


def test_a_copy_restored_after_damage_brings_everything_back(folder: Path) -> None:
    a_full_library(folder)
    (folder / LIBRARY).write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder)
    backups.restore(folder, raised.value.backups[0])
    with open_library(folder) as opened, opened.reading() as session:
        assert len(sittings.recent(session, 100)) == 60


@pytest.mark.parametrize("seed", range(20))
def test_random_damage_is_either_noticed_with_a_sentence_or_harmless_to_the_program(tmp_path: Path, seed: int) -> None:
    a_full_library(tmp_path, 15)
    path = tmp_path / LIBRARY
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 8, 400])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    noticed = (UserError, ValueError, LookupError, TypeError)  # what flipped letters of ours look like to a reader
    with contextlib.suppress(*noticed), open_library(tmp_path) as opened, opened.reading() as session:
        for summary in sittings.recent(session, 100):
            sittings.load(session, summary.id)


def test_damage_that_is_met_while_working_is_said_in_a_sentence(folder: Path, fault: Tell) -> None:
    a_full_library(folder)
    with open_library(folder) as opened:
        ruin(folder / LIBRARY, "plan")
        with opened.reading() as session:
            first = sittings.recent(session, 1)[0]
        with pytest.raises(DamagedLibraryError, match="damaged") as raised:
            load(opened, first.id)
    assert raised.value.put_aside_as is None
    fault(
        "The library turns out to be damaged while it is open",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees=str(raised.value),
    )


def test_a_large_library_is_looked_through_after_damage_was_met_and_not_at_other_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "QUICK_CHECK_BYTES", 1000)
    a_full_library(folder)
    path = folder / LIBRARY
    ruin(path, "plan")
    with open_library(folder) as opened:  # too large to be looked through
        with opened.reading() as session:
            first = sittings.recent(session, 1)[0]
        with pytest.raises(DamagedLibraryError):
            load(opened, first.id)
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder)
    assert raised.value.put_aside_as is not None
    backups.restore(folder, raised.value.backups[0])
    open_library(folder).close()
    assert not data_folder.is_suspect(path)


def test_damage_in_a_large_library_is_found_once_it_is_open_and_the_next_opening_puts_it_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "QUICK_CHECK_BYTES", 1000)
    a_full_library(folder)
    path = folder / LIBRARY
    ruin(path, "plan")
    with open_library(folder) as opened:
        with pytest.raises(DamagedLibraryError) as met:
            opened.look_through()
        assert met.value.put_aside_as is None
    broken = path.read_bytes()
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder)
    assert raised.value.put_aside_as is not None
    assert raised.value.put_aside_as.read_bytes() == broken
    assert len(raised.value.backups) == 1
    assert not path.exists()


def test_a_sound_large_library_is_looked_through_beside_its_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "QUICK_CHECK_BYTES", 1000)
    a_full_library(folder, 2)
    with open_library(folder) as opened:
        opened.look_through()
        add(opened, a_sitting(), FIRST_WORDS)
        opened.look_through()
    assert not data_folder.is_suspect(folder / LIBRARY)


def test_what_was_looked_through_when_it_was_opened_is_not_looked_through_again(folder: Path) -> None:
    a_full_library(folder)
    with open_library(folder) as opened:
        ruin(folder / LIBRARY, "plan")
        opened.look_through()
    with pytest.raises(DamagedLibraryError):
        open_library(folder)


def test_a_sound_library_is_cleared_of_suspicion(folder: Path) -> None:
    a_full_library(folder, 1)
    data_folder.suspect(folder / LIBRARY)
    open_library(folder).close()
    assert not data_folder.is_suspect(folder / LIBRARY)


def test_a_drive_that_is_unplugged_is_said_in_a_sentence_and_saving_goes_on_when_it_is_back(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    file_library.close()  # as after an error: the next unit of work connects afresh
    away = folder.with_name("unplugged")
    folder.rename(away)
    later = event(EventKind.TEXT_SAVED, 12, 0, "later")
    with pytest.raises(CannotOpenError, match="cannot be opened") as told:
        keep(file_library, kept.id, 2, later)
    assert not folder.exists()
    away.rename(folder)
    keep(file_library, kept.id, 2, later)
    assert load(file_library, kept.id).events[-1] == later
    fault("The drive with the library is unplugged", area="Saving", tried=1, lost=0, person_sees=str(told.value))


def test_a_newer_library_is_refused_and_not_touched(folder: Path, fault: Tell) -> None:
    a_full_library(folder)
    with raw(folder / LIBRARY) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("pragma journal_mode=delete").fetchall()
    before = (folder / LIBRARY).read_bytes()
    with pytest.raises(NewerLibraryError, match="newer version") as told:
        open_library(folder)
    assert (folder / LIBRARY).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["backups", LIBRARY]
    fault(
        "The library was written by a newer version",
        area="Starting",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_the_database_of_another_program_is_refused_and_not_touched(folder: Path, fault: Tell) -> None:
    folder.mkdir()
    (folder / LIBRARY).touch()
    with raw(folder / LIBRARY) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    before = (folder / LIBRARY).read_bytes()
    with pytest.raises(NotALibraryError, match="another program") as told:
        open_library(folder)
    assert (folder / LIBRARY).read_bytes() == before
    fault(
        "A database of another program lies in the library’s place",
        area="Starting",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_a_second_program_that_writes_is_told_so_within_two_seconds(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    with raw(folder / LIBRARY) as other:
        other.execute("begin immediate")
        began = time.monotonic()
        with pytest.raises(LibraryBusyError, match="Another program") as told:
            keep(file_library, kept.id, 3, FIRST_WORDS[2])
        assert time.monotonic() - began < 2.5
        assert load(file_library, kept.id).events == FIRST_WORDS  # reading goes on
        other.execute("rollback")
    with file_library.writing() as work:
        sittings.rename(work, kept.id, "Another")
        work.commit()
    assert load(file_library, kept.id).title == "Another"
    fault("Another program holds the library", area="Saving", tried=1, lost=0, person_sees=str(told.value))


def test_a_library_can_be_opened_while_another_program_writes(file_library: Library, folder: Path) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    with raw(folder / LIBRARY) as other:
        other.execute("begin immediate")
        with open_library(folder) as second:
            assert load(second, kept.id).events == FIRST_WORDS
        other.execute("rollback")


def test_side_files_left_without_their_library_are_not_taken_for_the_new_ones(folder: Path, fault: Tell) -> None:
    a_full_library(folder)
    kept = facts(folder / LIBRARY, "SELECT count(*) FROM sitting")
    with open_library(folder) as opened:
        add(opened, a_sitting())
        stray = (folder / f"{LIBRARY}-wal").read_bytes()
    (folder / LIBRARY).unlink()
    (folder / f"{LIBRARY}-wal").write_bytes(stray)
    with open_library(folder) as opened:
        assert COPIES_LEFT.format(folder) in opened.notices
        with opened.reading() as session:
            assert sittings.recent(session, 9) == ()
    assert kept == [(60,)]
    assert len(list(folder.glob("library.stray-*-wal"))) == 1
    fault(
        "Only the log is left of a library",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees=COPIES_LEFT.format(folder),
    )


def test_a_file_left_empty_by_a_first_start_that_was_cut_short_becomes_a_library(folder: Path, fault: Tell) -> None:
    folder.mkdir()
    (folder / LIBRARY).touch()
    with open_library(folder) as opened:
        kept = add(opened, a_sitting())
        assert load(opened, kept.id).id == kept.id
    fault(
        "The first start was cut short",
        area="Starting",
        tried=1,
        half_done=0,
        person_sees="An empty library, as at a first start",
    )


def test_a_file_in_the_place_of_the_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(UserError):
        open_library(tmp_path / "data")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("/home/ann/OneDrive - Council/CQC", "synchronised"),
        ("/home/ann/Dropbox/x", "synchronised"),
        ("//server/share/ann", "network"),
        ("/home/ann/.local/share/cqcmock", ""),
    ],
)
def test_folders_that_are_bad_for_a_database_are_warned_about(folder: str, said: str) -> None:
    found = data_folder.warnings(Path(folder))
    assert [said in sentence for sentence in found] == ([True] if said else [])


def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/h /home/a\\040b nfs4 rw 0 0\ntmpfs /home/a\\040bc tmpfs rw 0 0\n"
    assert data_folder.file_system_type(Path("/home/a b/data"), mounts) == "nfs4"
    assert data_folder.file_system_type(Path("/home/a bc"), mounts) == "tmpfs"
    assert data_folder.file_system_type(Path("/etc"), mounts) == "ext4"


def test_a_synchronised_folder_is_named_among_the_notices(tmp_path: Path) -> None:
    with open_library(tmp_path / "OneDrive" / "data") as opened:
        assert any("synchronised" in notice for notice in opened.notices)


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    read_only: Callable[[Path], None], open_to_all: Path, fault: Tell
) -> None:
    a_full_library(open_to_all / "data", 2)
    read_only(open_to_all / "data")
    with pytest.raises(ReadOnlyFolderError, match="cannot be written") as told:
        open_library(open_to_all / "data")
    with pytest.raises(ReadOnlyFolderError, match="cannot be written"):
        open_library(open_to_all / "data" / "new")
    fault("The folder cannot be written", area="Starting", tried=2, lost=0, person_sees=str(told.value))


def test_files_put_aside_in_the_same_second_keep_apart(tmp_path: Path) -> None:
    path = tmp_path / LIBRARY
    for number in range(3):
        path.write_text(str(number))
        data_folder.put_aside(path, "damaged")
    assert sorted(file.read_text() for file in data_folder.damaged_files(tmp_path)) == ["0", "1", "2"]
    assert data_folder.put_aside(path, "damaged") is None
