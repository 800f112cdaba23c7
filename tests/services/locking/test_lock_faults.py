"""The lock put on, changed and taken off while the program is killed, and while the disk refuses: at every step."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cqcmock.domain.audit import Deed
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import locked_files, locking
from cqcmock.storage.folder import LIBRARY
from tests.faults import Tell
from tests.services.locking import worlds
from tests.services.locking.worlds import CLOCK, OTHER_WORDS, WORDS, World, deeds_of, lock, unlock
from tests.some_quickly import some_quickly

NOBODY = 65534
DEEDS = {"lock": "the lock is put on", "change": "the six words are changed", "remove": "the lock is taken off"}
AS_ASKED = "It is done all the same, with everything there"


def told(fault: Tell, deed: str, kills: int) -> None:
    """A row of docs/faults.md."""
    fault(
        f"The program is killed while {DEEDS[deed]}",
        area="Locking",
        tried=kills,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Everything, with the lock as it was or as it was to be",
    )


def _lock_killed(world: World, step: int) -> bool:
    place = Location(world.folder)
    came = worlds.killed_at(step, lambda: lock(world))
    if locking.is_locked(place):
        place, _ = worlds.unlocked(place, WORDS)
        assert worlds.readable_files(world.folder) == []
        assert worlds.left_half_done(world.folder) == []
        assert Deed.LOCKED in deeds_of(place) or came
    worlds.everything_is_there(world, place)
    return came


def _change_killed(world: World, step: int) -> bool:
    place = unlock(world)
    assert place.raw_key
    came = worlds.killed_at(step, lambda: locking.change_key(place, OTHER_WORDS, CLOCK, computer=False))
    after, by = worlds.unlocked(Location(world.folder), WORDS, OTHER_WORDS)
    worlds.everything_is_there(world, after)
    assert worlds.readable_files(world.folder) == []
    assert by == WORDS or worlds.left_half_done(world.folder) == []
    assert (after == place) == (by == WORDS)
    if by == OTHER_WORDS:
        assert worlds.opened_by(world.folder, place.raw_key) == []
    return came


def _removal_killed(world: World, step: int) -> bool:
    place = unlock(world)
    came = worlds.killed_at(step, lambda: locking.remove_lock(place, CLOCK))
    if locking.is_locked(place):
        after, _ = worlds.unlocked(Location(world.folder), WORDS)
        assert after == place
        assert worlds.readable_files(world.folder) == []
    else:
        after = Location(world.folder)
    worlds.everything_is_there(world, after)
    return came


@pytest.mark.parametrize("step", [2, pytest.param(60, marks=pytest.mark.slow)])
def test_a_kill_while_it_is_locked_loses_nothing(world: World, step: int, fault: Tell) -> None:
    assert _lock_killed(world, step)
    told(fault, "lock", 1)


@pytest.mark.parametrize("step", [40, pytest.param(120, marks=pytest.mark.slow)])
def test_a_kill_while_the_key_is_changed_loses_nothing(locked: World, step: int, fault: Tell) -> None:
    assert _change_killed(locked, step)
    told(fault, "change", 1)


@pytest.mark.parametrize("step", [30])
def test_a_kill_while_the_lock_is_taken_off_loses_nothing(locked: World, step: int, fault: Tell) -> None:
    assert _removal_killed(locked, step)
    told(fault, "remove", 1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("deed", ["lock", "change", "remove"])
def test_a_kill_at_any_step_whatever_loses_nothing_and_leaves_nothing_readable(
    deed: str, plain: World, once_locked: World, tmp_path: Path, fault: Tell
) -> None:
    step, came = 0, True
    while came:
        step += 1
        world = worlds.copy_of(plain if deed == "lock" else once_locked, tmp_path / str(step))
        came = {"lock": _lock_killed, "change": _change_killed, "remove": _removal_killed}[deed](world, step)
        shutil.rmtree(world.folder)
    assert step > 80
    told(fault, deed, step - 1)


def _refused(world: World, step: int, deed: str, number: int = errno.ENOSPC, *, said: list[str]) -> bool:
    before = Location(world.folder) if deed == "lock" else unlock(world)
    done = {
        "lock": lambda: lock(world),
        "change": lambda: locking.change_key(before, OTHER_WORDS, CLOCK, computer=False),
        "remove": lambda: locking.remove_lock(before, CLOCK),
    }[deed]
    came, error = worlds.refused_at(step, done, number)
    place = Location(world.folder)
    if error is not None:
        said.append(str(error))
        assert error.what_to_do
        assert not isinstance(error, locking.HalfDoneError), "one write was refused, and all that followed was not"
        if deed == "lock":
            assert not locking.is_locked(place)
        elif locking.is_locked(place):
            place = unlock(world)
            assert place == before
        else:
            raise AssertionError(f"the lock is off, though it was said that {error}")
    elif locking.is_locked(place):
        place, _ = worlds.unlocked(place, WORDS, OTHER_WORDS)
    worlds.everything_is_there(world, place)
    if place.raw_key:
        assert worlds.readable_files(world.folder) == []
    return came


@pytest.mark.parametrize(
    ("deed", "step"),
    [
        ("lock", 30),
        pytest.param("change", 60, marks=pytest.mark.slow),
        pytest.param("remove", 45, marks=pytest.mark.slow),
    ],
)
def test_a_write_that_the_disk_refuses_is_told_and_the_library_is_as_it_was(
    plain: World, once_locked: World, tmp_path: Path, deed: str, step: int, fault: Tell
) -> None:
    said: list[str] = []
    assert _refused(worlds.copy_of(plain if deed == "lock" else once_locked, tmp_path / "data"), step, deed, said=said)
    fault(
        f"The disk refuses a write while {DEEDS[deed]}",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="; ".join(said) or AS_ASKED,
    )


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("deed", ["lock", "change", "remove"])
def test_whichever_step_the_disk_refuses_it_is_told_and_the_library_is_as_it_was(
    deed: str, number: int, plain: World, once_locked: World, tmp_path: Path, fault: Tell
) -> None:
    said: list[str] = []
    step, came = 0, True
    while came:
        step += 1
        world = worlds.copy_of(plain if deed == "lock" else once_locked, tmp_path / str(step))
        came = _refused(world, step, deed, number, said=said)
        shutil.rmtree(world.folder)
    assert step > 80
    fault(
        f"The disk refuses a write while {DEEDS[deed]}",
        area="Locking",
        tried=step - 1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=said[0],
    )


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file can be written beyond this size: it is as if the disk refused that write and all that follow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", some_quickly([0, 0.001, 0.3, 0.9], every=4))
def test_files_that_cannot_grow_keep_the_lock_off_and_everything_as_it_was(
    world: World, share: float, fault: Tell
) -> None:
    with files_at_most(int((world.folder / LIBRARY).stat().st_size * share)), pytest.raises(UserError) as told:
        lock(world)
    assert any(word in str(told.value) for word in ("full", "disk", "could not be")), told.value
    assert not locking.is_locked(Location(world.folder))
    worlds.everything_is_there(world, Location(world.folder))
    worlds.everything_is_there(world, lock(world))
    fault(
        f"The disk lets no file grow while {DEEDS['lock']}",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )


@pytest.mark.parametrize("share", some_quickly([0, 0.001, 0.5], every=3))
@pytest.mark.parametrize("deed", ["change", "remove"])
def test_files_that_cannot_grow_leave_the_lock_as_it_was(locked: World, share: float, deed: str, fault: Tell) -> None:
    before = unlock(locked)
    done = {
        "change": lambda: locking.change_key(before, OTHER_WORDS, CLOCK, computer=False),
        "remove": lambda: locking.remove_lock(before, CLOCK),
    }[deed]
    with files_at_most(int((locked.folder / LIBRARY).stat().st_size * share)), pytest.raises(UserError) as told:
        done()
    assert any(word in str(told.value) for word in ("full", "disk", "could not be")), told.value
    assert unlock(locked) == before
    worlds.everything_is_there(locked, before)
    assert worlds.readable_files(locked.folder) == []
    fault(
        f"The disk lets no file grow while {DEEDS[deed]}",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )


@pytest.mark.slow
def test_a_disk_that_is_really_full_keeps_the_lock_off_until_there_is_room(
    plain: World, tmp_path: Path, fault: Tell
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no file system can be mounted here (that needs the rights of root)")
    try:
        world = worlds.copy_of(plain, disk / "data")
        locked_files.clear_away(world.folder)
        ballast = disk / "ballast"
        refused = 0
        for leave in range(0, 4_000_000, 50_000):
            free = shutil.disk_usage(disk).free
            ballast.write_bytes(bytes(max(0, free - leave)))
            try:
                place = lock(world)
                break
            except UserError as error:
                refused += 1
                said = str(error)
            finally:
                ballast.unlink()
            assert not locking.is_locked(Location(world.folder))
            worlds.everything_is_there(world, Location(world.folder))
        assert refused > 3
        worlds.everything_is_there(world, place)
        assert worlds.readable_files(world.folder) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    fault(
        f"The disk is full while {DEEDS['lock']}",
        area="Locking",
        tried=refused,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=said,
    )


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach: the superuser may write anywhere."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="rights as this test takes them away are those of POSIX")
def test_a_folder_that_cannot_be_written_is_told_and_stays_as_it_was(
    plain: World, open_to_all: Path, fault: Tell
) -> None:
    world = worlds.copy_of(plain, open_to_all / "data")
    folders = [world.folder, *(path for path in world.folder.rglob("*") if path.is_dir())]
    before = {path: path.read_bytes() for path in world.folder.rglob("*") if path.is_file()}
    if os.geteuid() == 0:
        for path in (world.folder, *world.folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    for folder in folders:
        folder.chmod(0o500)
    try:
        if os.geteuid() == 0:
            os.seteuid(NOBODY)
        with pytest.raises(UserError) as told:
            lock(world)
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        for folder in folders:
            folder.chmod(0o700)
    assert "cannot be written" in str(told.value)
    assert {path: path.read_bytes() for path in world.folder.rglob("*") if path.is_file()} == before
    fault(
        f"The folder cannot be written while {DEEDS['lock']}",
        area="Locking",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )
