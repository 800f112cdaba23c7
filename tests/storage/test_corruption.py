"""Whatever becomes of the bytes of an encrypted library, a person reads what was kept, or that it is damaged.

Never other words, and never fewer without being told. What these tests record is what the documentation says.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from cqcmock.domain.interview import EventKind
from cqcmock.storage import backups, engine
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.folder import BACKUPS, LIBRARY
from cqcmock.storage.library import open_library
from cqcmock.storage.records import BackupInfo
from tests.domain.worlds import event
from tests.faults import Tell
from tests.storage import spoiled
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, keep, load
from tests.storage.spoiled import FAULTS, KEY, everything, spoil

LOG: Final = f"{LIBRARY}-wal"
PLACES: Final = ("library", "library", "library", "log", "backup")
"""Where a fault strikes, in turns: in a library that was closed, in the log that a kill left or the file beside it,
or in the newest backup, where the library is damaged as well."""
RESTORED_EVERY: Final = 4
SAID: Final = {
    "one bit flipped": "One bit in a file of the locked library is flipped",
    "eight random bytes": "Eight bytes in a file of the locked library are rubbish",
    "a page zeroed": "A page in a file of the locked library is empty",
    "file truncated": "The end of a file of the locked library is missing",
}
DAMAGED: Final = "said to be damaged"
AS_BEFORE: Final = "everything as before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A closed library, the same as a kill left it later, and what can be read in each, and in its two backups."""

    closed: Path
    killed: Path
    in_closed: dict[str, Any]
    in_killed: dict[str, Any]
    in_backups: tuple[dict[str, Any], dict[str, Any]]


@dataclass(slots=True, kw_only=True)
class Round:
    """What came of the faults of one kind."""

    tried: int = 0
    silent: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    sentence: str = ""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Built once: each case spoils a copy of it."""
    place = tmp_path_factory.mktemp("shelf")
    closed, killed = place / "closed", place / "killed"
    spoiled.build(closed, place / "laptops")
    shutil.copytree(closed, killed)
    spoiled.leave_killed(killed)
    copies = backups.sound(closed, KEY)
    return Shelf(
        closed=closed,
        killed=killed,
        in_closed=_read(shutil.copytree(closed, place / "1")),
        in_killed=_read(shutil.copytree(killed, place / "2")),
        in_backups=(_restored(closed, copies[0], place / "3"), _restored(closed, copies[1], place / "4")),
    )


def _read(folder: Path) -> dict[str, Any]:
    with open_library(folder, raw_key=KEY) as opened:
        return everything(opened)


def _restored(folder: Path, copy: BackupInfo, scratch: Path) -> dict[str, Any]:
    shutil.copytree(folder, scratch)
    backups.restore(scratch, copy, KEY)
    return _read(scratch)


def test_the_shelf_has_something_of_everything_and_the_log_more_than_the_file(shelf: Shelf) -> None:
    assert [len(read["rehearsals"]) for read in (shelf.in_closed, shelf.in_killed)] == [1, 3]
    assert len(shelf.in_closed["put away"]) == 1
    assert shelf.in_backups[0] == shelf.in_closed
    assert shelf.in_backups[1] != shelf.in_closed
    for shown in ("actions", "packs", "reviewers", "cafés for others", "you said", "edits of a story", "found"):
        assert shelf.in_closed[shown], shown


def _tried(shelf: Shelf, scratch: Path, kind: str, number: int, into: Round) -> None:
    """One fault of this kind, and what a person meets who opens the library after it and looks at everything."""
    chance = random.Random(f"{kind} {number}")
    where = PLACES[number % len(PLACES)]
    came_from_a_kill = where == "log"
    folder = scratch / f"{number}"
    shutil.copytree(shelf.killed if came_from_a_kill else shelf.closed, folder)
    struck = folder / (chance.choice([LOG, LOG, LOG, LIBRARY]) if came_from_a_kill else LIBRARY)
    newest = backups.files(folder)[0]
    if where == "backup":
        spoil(newest, kind, chance)
    bytes_left = spoil(struck, kind, chance)
    into.tried += 1
    case = f"case {number}, {where} ({struck.name})"
    before = shelf.in_killed if came_from_a_kill else shelf.in_closed
    try:
        shown = _shown(folder)
    except DamagedLibraryError as error:
        into.seen[DAMAGED] += 1
        if where == "library" and error.put_aside_as is not None:
            into.sentence = str(error).replace(str(folder), "…").replace(error.put_aside_as.name, "library.damaged-…")
        _look_at_what_is_left(shelf, folder, error, case, into, struck=struck.name, bytes_left=bytes_left)
    except Exception as error:  # what nobody ought to see is what this test is about
        into.silent.append(f"{case}: {type(error).__name__}: {error}")
    else:
        if shown == before:
            into.seen[AS_BEFORE] += 1
        else:
            other = [name for name in before if name not in shown or shown[name] != before[name]]
            into.silent.append(f"{case}: shown other than it was: {', '.join(other)[:200]}")
    shutil.rmtree(folder)


def _shown(folder: Path) -> dict[str, Any]:
    """What is read, opening the library once more where damage is only met while reading, as the window does."""
    try:
        return _read(folder)
    except DamagedLibraryError as error:
        if error.put_aside_as is not None:
            raise
    return _read(folder)


def _look_at_what_is_left(
    shelf: Shelf, folder: Path, error: DamagedLibraryError, case: str, into: Round, *, struck: str, bytes_left: bytes
) -> None:
    """The damaged file is still there, to the byte, and the newest good backup gives everything in it back."""
    aside = error.put_aside_as
    if aside is None or (folder / LIBRARY).exists():
        into.lost.append(f"{case}: the damaged library was not put aside")
        return
    kept = Path(f"{aside}-wal") if struck == LOG else aside
    if not kept.exists() or kept.read_bytes() != bytes_left:
        into.lost.append(f"{case}: what was put aside is not what was there")
    whole = {copy.name: read for copy, read in zip(backups.files(shelf.closed), shelf.in_backups, strict=True)}
    untouched = [name for name in whole if (folder / BACKUPS / name).read_bytes() == _of(shelf, name)]
    offered = [copy for copy in error.backups if copy.path.name in whole]  # and what was saved of the damaged one
    names = [copy.path.name for copy in offered]
    if [name for name in names if name in untouched] != untouched:
        into.lost.append(f"{case}: offered {names}, whole are {untouched}")
    elif names != untouched or into.tried % RESTORED_EVERY == 0:
        backups.restore(folder, offered[0], KEY)
        if _read(folder) != whole[names[0]]:
            into.lost.append(f"{case}: restoring the backup did not bring everything back")


def _of(shelf: Shelf, name: str) -> bytes:
    return (shelf.closed / BACKUPS / name).read_bytes()


def _all_of(shelf: Shelf, scratch: Path, kind: str, tried: int, fault: Tell) -> None:
    into = Round()
    for number in range(tried):
        _tried(shelf, scratch, kind, number, into)
    assert into.tried == tried
    assert not into.silent, "\n".join(into.silent)
    assert not into.lost, "\n".join(into.lost)
    assert sum(into.seen.values()) == tried
    assert set(into.seen) <= {DAMAGED, AS_BEFORE}
    assert into.seen[DAMAGED] == 0 or into.sentence
    fault(
        SAID[kind],
        area="Damaged library",
        tried=into.tried,
        lost=len(into.lost),
        corrupt=len(into.silent),
        person_sees=f"{into.sentence} Or everything as before.",
    )


@pytest.mark.parametrize("kind", FAULTS)
def test_ten_faults_of_a_kind_show_nothing_that_is_wrong(shelf: Shelf, tmp_path: Path, kind: str, fault: Tell) -> None:
    _all_of(shelf, tmp_path, kind, 10, fault)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", FAULTS)
def test_two_hundred_faults_of_a_kind_show_nothing_that_is_wrong(
    shelf: Shelf, tmp_path: Path, kind: str, fault: Tell
) -> None:
    _all_of(shelf, tmp_path, kind, 200, fault)


def test_the_end_of_a_long_answer_that_the_disk_has_lost_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / LIBRARY
    with open_library(tmp_path, raw_key=KEY) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        keep(opened, kept.id, 2, event(EventKind.TEXT_SAVED, 10, 0, "carers " * 3000))
    data = path.read_bytes()
    path.write_bytes(data[: -spoiled.PAGE] + bytes(spoiled.PAGE))  # to SQLCipher a last page that was never written
    with pytest.raises(DamagedLibraryError), open_library(tmp_path, raw_key=KEY) as opened:
        load(opened, kept.id)


def test_a_log_that_a_kill_left_is_put_aside_as_it_was_with_the_library(shelf: Shelf, tmp_path: Path) -> None:
    folder = shutil.copytree(shelf.killed, tmp_path / "data")
    log = folder / LOG
    log.write_bytes(log.read_bytes()[: 9 * spoiled.PAGE])
    left = {name: (folder / name).read_bytes() for name in (LIBRARY, LOG)}
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder, raw_key=KEY)
    aside = raised.value.put_aside_as
    assert aside is not None
    assert {LIBRARY: aside.read_bytes(), LOG: Path(f"{aside}-wal").read_bytes()} == left


def test_a_log_that_is_gone_is_noticed(shelf: Shelf, tmp_path: Path) -> None:
    folder = shutil.copytree(shelf.killed, tmp_path / "data")
    (folder / LOG).unlink()
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder, raw_key=KEY)
    assert len(raised.value.backups) >= len(shelf.in_backups)


def test_what_is_whole_of_a_damaged_log_is_offered_before_all_older_backups(shelf: Shelf, tmp_path: Path) -> None:
    folder = shutil.copytree(shelf.killed, tmp_path / "data")
    log = folder / LOG
    data = log.read_bytes()
    log.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(DamagedLibraryError) as raised:
        open_library(folder, raw_key=KEY)
    backups.restore(folder, raised.value.backups[0], KEY)
    rehearsals = {one.id for one in _read(folder)["rehearsals"]}
    assert {one.id for one in shelf.in_closed["rehearsals"]} < rehearsals
    assert rehearsals <= {one.id for one in shelf.in_killed["rehearsals"]}


def test_a_log_whose_every_step_is_in_the_library_may_go(shelf: Shelf, tmp_path: Path) -> None:
    folder = shutil.copytree(shelf.killed, tmp_path / "data")
    with closing(engine.connect(folder / LIBRARY, KEY)) as one:
        assert one.execute("pragma wal_checkpoint(passive)").fetchone()[0] == 0
        later = shutil.copytree(folder, tmp_path / "later")
    (later / LOG).unlink()
    assert _read(later) == shelf.in_killed


@pytest.mark.parametrize("kind", FAULTS)
def test_a_backup_that_is_spoiled_is_refused_or_gives_everything_back(
    shelf: Shelf, tmp_path: Path, kind: str, fault: Tell
) -> None:
    refused = ""
    for number in range(5):
        folder = shutil.copytree(shelf.closed, tmp_path / f"{number}")
        (newest, _) = copies = backups.sound(folder, KEY)
        spoil(newest.path, kind, random.Random(f"backup {kind} {number}"))
        left = backups.sound(folder, KEY)
        assert left in (copies, copies[1:])
        if left == copies:
            backups.restore(folder, newest, KEY)
            assert _read(folder) == shelf.in_backups[0]
        else:
            with pytest.raises(DamagedLibraryError, match="damaged") as told:
                backups.restore(folder, newest, KEY)
            assert _read(folder) == shelf.in_closed
            refused = str(told.value).replace(newest.path.name, "library-….sqlite")
    assert refused
    fault(
        "A backup of the locked library is damaged",
        area="Backups",
        tried=number + 1,
        lost=0,
        corrupt=0,
        person_sees=f"{refused} Or everything as it was when the backup was made.",
    )
