"""Nothing that was said to be kept is lost: not to a kill, nor to a full disk, nor to one that fails."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cqcmock.domain.interview import EventKind
from cqcmock.errors import UserError
from cqcmock.storage import backups
from cqcmock.storage.errors import DiskFailedError, StorageFullError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import Library, open_library
from tests.domain.worlds import event
from tests.faults import Tell
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, address_of, facts, keep, load, open_again

K = EventKind

TYPIST = """
import sys
from pathlib import Path
from cqcmock.domain.interview import EventKind
from cqcmock.storage.library import open_library
from tests.domain.worlds import event
from tests.storage.shelves import keep, load
opened = open_library(Path(sys.argv[1]), sys.argv[2] or None)
events = load(opened, "s").events
seq = len(events) - (1 if events[-1].kind is EventKind.TEXT_SAVED else 0)
start = int(events[-1].text.split()[-1])
for number in range(start + 1, start + 100_000):
    if number % 5 == 0:
        seq += 1
        keep(opened, "s", seq, event(EventKind.TAPPED, 1000 + number, 0, f"tap {number}"))
        seq += 1
    keep(opened, "s", seq, event(EventKind.TEXT_SAVED, 1000 + number, 0, f"{'word ' * (number % 900)}{number}"))
    print(seq, number, flush=True)
"""


def _killed_round(library: Library, after: int) -> tuple[int, int]:
    """Let a child type until it has said `after` times that it saved, kill it, and return what it said last."""
    child = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(library.folder), address_of(library) or ""],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
    )
    assert child.stdout is not None
    with child.stdout:
        said = [child.stdout.readline() for _ in range(after)]
        child.send_signal(signal.SIGKILL)
        said += child.stdout.readlines()
    child.wait()
    seq, number = next(line for line in reversed(said) if line.endswith("\n")).split()
    return int(seq), int(number)


def _kill_again_and_again(library: Library, rounds: int, fault: Tell) -> None:
    add(library, a_sitting(sitting_id="s"), [*FIRST_WORDS[:2], event(K.TEXT_SAVED, 9, 0, "0")])
    library.close()
    killed = 0
    for number in range(rounds):
        seq, saved = _killed_round(library, after=1 + number * 7 % 60)
        with open_again(library) as opened:
            kept = load(opened, "s")
            assert len(kept.events) > seq
            last = kept.state.take.text
            assert int(last.split()[-1]) >= saved
            assert last == f"{'word ' * (int(last.split()[-1]) % 900)}{last.split()[-1]}"
        if library.path is not None:
            assert facts(library, "pragma integrity_check") == [("ok",)]
        assert facts(library, "SELECT events FROM sitting") == [(len(kept.events),)]
        assert [row[0] for row in facts(library, "SELECT seq FROM event ORDER BY seq")] == list(range(len(kept.events)))
        killed += 1
    fault(
        "The program is killed while it saves every word",
        area="Kill",
        tried=killed,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Everything that was called saved",
    )


def test_a_kill_loses_nothing_that_was_said_to_be_kept(library: Library, fault: Tell) -> None:
    _kill_again_and_again(library, 12, fault)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_lose_nothing_that_was_said_to_be_kept(library: Library, fault: Tell) -> None:
    _kill_again_and_again(library, 200, fault)


def _type_until(library: Library, sitting_id: str, *errors: type[UserError]) -> tuple[int, UserError]:
    """Save ever longer answers until it fails, and return the number of the last that was kept, and the error."""
    number = 0
    while True:
        number += 1
        try:
            keep(library, sitting_id, 2, event(K.TEXT_SAVED, 10 + number, 0, f"{'word ' * 500 * number}{number}"))
        except errors as error:
            return number - 1, error


def test_a_full_disk_is_said_in_a_sentence_and_the_next_save_after_freeing_space_works(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    pages = facts(folder / LIBRARY, "pragma page_count")[0][0]
    with file_library.driver_connection() as connection:
        connection.execute(f"pragma max_page_count={pages + 40}").fetchall()
    last, said = _type_until(file_library, kept.id, StorageFullError)
    assert last > 3
    assert "full" in str(said)
    assert "Free some space" in str(said)
    assert load(file_library, kept.id).state.open_text.endswith(
        f" {last}"
    )  # nothing of the failed save, all of the last
    with file_library.driver_connection() as connection:
        connection.execute("pragma max_page_count=1000000").fetchall()
    keep(file_library, kept.id, 2, event(K.TEXT_SAVED, 9000, 0, "after " * 30_000))
    assert load(file_library, kept.id).state.open_text == "after " * 30_000
    assert facts(folder / LIBRARY, "pragma integrity_check") == [("ok",)]
    fault(
        "The disk is full while an answer is saved",
        area="Saving",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(said),
    )


@contextmanager
def _files_at_most(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_refuses_to_write_is_said_in_a_sentence_and_the_next_save_works(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    with _files_at_most((folder / f"{LIBRARY}-wal").stat().st_size + 300_000):
        last, said = _type_until(file_library, kept.id, DiskFailedError, StorageFullError)
    assert load(file_library, kept.id).state.open_text.endswith(f" {last}")
    keep(file_library, kept.id, 2, event(K.TEXT_SAVED, 9000, 0, "after"))
    assert load(file_library, kept.id).state.open_text == "after"
    assert facts(folder / LIBRARY, "pragma integrity_check") == [("ok",)]
    fault(
        "The disk refuses to write while an answer is saved",
        area="Saving",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(said),
    )


def test_a_copy_that_the_disk_has_no_room_for_is_not_left_behind(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    keep(file_library, kept.id, 2, event(K.TEXT_SAVED, 10, 0, "word " * 35_000))
    with _files_at_most(200_000), pytest.raises((DiskFailedError, StorageFullError)) as said:
        backups.make(file_library)
    assert list((folder / "backups").iterdir()) == []
    assert backups.make(file_library).sittings == 1
    fault(
        "The disk lets no file grow while a backup is made",
        area="Backups",
        tried=1,
        half_done=0,
        person_sees=str(said.value),
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full_and_then_freed(small_disk: Path, fault: Tell) -> None:
    with open_library(small_disk / "data") as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        ballast = small_disk / "ballast"
        ballast.write_bytes(b"x" * 800_000)
        last, said = _type_until(opened, kept.id, StorageFullError)
        again: list[str] = []
        for _ in range(3):  # and again, with the words still on the screen
            with pytest.raises(StorageFullError) as told:
                keep(opened, kept.id, 2, event(K.TEXT_SAVED, 9000, 0, "y" * 190_000))
            again.append(str(told.value))
        assert load(opened, kept.id).state.open_text.endswith(f" {last}")
        ballast.unlink()
        keep(opened, kept.id, 2, event(K.TEXT_SAVED, 9001, 0, "after"))
        assert load(opened, kept.id).state.open_text == "after"
    assert facts(small_disk / "data" / LIBRARY, "pragma integrity_check") == [("ok",)]
    fault(
        "The disk is full while an answer is saved",
        area="Saving",
        tried=1 + len(again),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(said),
    )


def test_a_disk_without_any_room_says_so_at_the_first_start(small_disk: Path, fault: Tell) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (2 * 1024 * 1024 - 12_000))
    with pytest.raises(StorageFullError) as said:
        open_library(small_disk / "data")
    (small_disk / "ballast").unlink()
    open_library(small_disk / "data").close()
    fault("The disk is full at the first start", area="Starting", tried=1, person_sees=str(said.value))


def test_writing_and_reading_from_many_threads_loses_nothing(library: Library, fault: Tell) -> None:
    wanted = 4 * 25
    failed: list[BaseException] = []
    stop = threading.Event()

    def write() -> None:
        try:
            for _ in range(25):
                add(library, a_sitting(), FIRST_WORDS)
        except BaseException as error:
            failed.append(error)

    def read() -> None:
        try:
            while not stop.is_set():
                with library.reading() as session:
                    before = session.connection().exec_driver_sql("SELECT count(*) FROM sitting").scalar()
                    events = session.connection().exec_driver_sql("SELECT count(*) FROM event").scalar()
                assert (before, events) == (before, (before or 0) * len(FIRST_WORDS))
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write) for _ in range(4)]
    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert not failed
    assert facts(library, "SELECT count(*) FROM sitting") == [(wanted,)]
    fault(
        f"Four write and three read at the same time, {wanted} times",
        area="Saving",
        tried=1,
        lost=0,
        half_done=0,
        person_sees="Everything that each of them saved",
    )
