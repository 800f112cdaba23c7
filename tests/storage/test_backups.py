"""Copies are whole, few enough, and bring a library back."""

from __future__ import annotations

import os
import stat
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.backups import Why
from cqcmock.domain.interview import EventKind
from cqcmock.storage import backups, engine, sittings
from cqcmock.storage import library as library_module
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.library import Library, open_library
from cqcmock.storage.records import BackupInfo
from tests.domain.worlds import NINE_O_CLOCK, event
from tests.faults import Tell
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, keep, load

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_a_copy_is_whole_one_file_and_for_its_owner_alone(file_library: Library, folder: Path) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    made = backups.make(file_library, NOW)
    assert (made.sittings, made.made_at) == (1, NOW)
    assert [path.name for path in (folder / "backups").iterdir()] == ["library-20261121-090000.sqlite"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert facts(made.path, "SELECT text FROM event WHERE seq = 2") == [(FIRST_WORDS[2].text,)]
    assert facts(made.path, "pragma integrity_check") == [("ok",)]


def test_a_copy_of_a_library_with_a_key_is_not_readable_either(folder: Path) -> None:
    with open_library(folder, raw_key="ab" * 32) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        made = backups.make(opened, NOW)
        assert b"We ask carers" not in made.path.read_bytes()
        assert backups.sound(folder, "ab" * 32) == (made,)
        assert backups.sound(folder) == ()
    backups.restore(folder, made, "ab" * 32)
    with open_library(folder, raw_key="ab" * 32) as opened:
        assert load(opened, kept.id).events == FIRST_WORDS


def test_copies_made_while_somebody_reads_and_writes_are_whole(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with file_library.reading() as session:
                sittings.recent(session, 20)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(8):
            add(file_library, a_sitting(), FIRST_WORDS)
            assert backups.make(file_library, NOW + timedelta(minutes=number)).sittings == number + 1
    finally:
        stop.set()
        reader.join()
    assert [copy.sittings for copy in backups.sound(folder)] == [8, 7, 6, 5, 4, 3, 2, 1]
    fault(
        "A backup is made while others read and write",
        area="Backups",
        tried=len(backups.sound(folder)),
        lost=0,
        corrupt=0,
        person_sees="A backup that is whole",
    )


@pytest.fixture
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small library is copied in many steps, as a large one is."""
    monkeypatch.setattr(backups, "PAGES_AT_ONCE", 5)


@pytest.mark.usefixtures("in_small_steps")
@pytest.mark.parametrize("raw_key", [None, "ab" * 32], ids=["plain", "locked"])
def test_saves_go_on_while_a_copy_is_made_and_the_copy_is_of_the_moment_at_which_it_began(
    folder: Path, raw_key: str | None
) -> None:
    steps: list[tuple[int, int]] = []
    with open_library(folder, raw_key=raw_key) as opened:
        for _ in range(9):
            add(opened, a_sitting(), FIRST_WORDS)

        def save(done: int, pages: int) -> None:
            began = time.monotonic()
            add(opened, a_sitting(), FIRST_WORDS)
            assert time.monotonic() - began < engine.BUSY_SECONDS  # it waits for nobody
            steps.append((done, pages))

        made = backups.make(opened, NOW, save)
        assert len(steps) > 10
        assert steps == sorted(steps)
        assert made.sittings == 9
        assert backups.sound(folder, raw_key) == (made,)
        elsewhere = folder.with_name("elsewhere")
        elsewhere.mkdir()
        backups.restore(elsewhere, made, raw_key)
        with open_library(elsewhere, raw_key=raw_key) as copy:
            assert _counts(copy) == (9, 9 * len(FIRST_WORDS), 9)
        now = 9 + len(steps)
        assert _counts(opened) == (now, now * len(FIRST_WORDS), now)


def _counts(library: Library) -> tuple[int, ...]:
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        return tuple(run(f"SELECT count(*) FROM {table}").scalar_one() for table in ("sitting", "event", "plan"))


@pytest.mark.usefixtures("in_small_steps")
def test_a_copy_under_a_storm_of_saves_from_other_threads_is_of_one_moment(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    stop = threading.Event()
    saved = [0, 0]

    def write(which: int) -> None:
        while not stop.is_set():
            add(file_library, a_sitting(), FIRST_WORDS)
            saved[which] += 1

    def let_them(_done: int, _pages: int) -> None:
        stop.wait(0.001)

    writers = [threading.Thread(target=write, args=(which,)) for which in range(2)]
    for writer in writers:
        writer.start()
    meanwhile: list[int] = []
    try:
        for number in range(6):
            before = sum(saved)
            made = backups.make(file_library, NOW + timedelta(minutes=number), let_them)
            meanwhile.append(sum(saved) - before)
            assert before <= made.sittings <= sum(saved) + len(writers)
            assert facts(made.path, "SELECT count(*), count(DISTINCT sitting_id) FROM event") == [
                (made.sittings * len(FIRST_WORDS), made.sittings)
            ]
            assert facts(made.path, "SELECT count(*) FROM plan") == [(made.sittings,)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert min(meanwhile) > 0
    assert len(backups.sound(folder)) == 6
    fault(
        "A backup is made while others read and write",
        area="Backups",
        tried=len(backups.sound(folder)),
        lost=0,
        corrupt=0,
        person_sees="A backup that is whole",
    )


def test_a_copy_checkpoints_nothing_and_leaves_the_library_and_its_log_as_they_were(
    file_library: Library, folder: Path
) -> None:
    for _ in range(9):
        add(file_library, a_sitting(), FIRST_WORDS)

    def lying_there() -> dict[str, bytes]:
        return {name: (folder / name).read_bytes() for name in ("library.sqlite", "library.sqlite-wal")}

    before = lying_there()
    assert len(before["library.sqlite-wal"]) > 100_000
    assert backups.make(file_library, NOW).sittings == 9
    assert lying_there() == before
    file_library.write_engine.dispose()  # as after a save that failed: now only readers are left
    before = lying_there()
    assert backups.make(file_library, NOW).sittings == 9
    assert lying_there() == before


class _EnoughError(Exception):
    pass


@pytest.mark.usefixtures("in_small_steps")
def test_a_copy_that_is_stopped_leaves_nothing_behind_and_the_next_is_made(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)

    def stop(done: int, pages: int) -> None:
        if done > pages // 2:
            raise _EnoughError

    with pytest.raises(_EnoughError):
        backups.make(file_library, NOW, stop)
    assert list((folder / "backups").iterdir()) == []
    add(file_library, a_sitting(), FIRST_WORDS)
    assert backups.make(file_library, NOW).sittings == 2
    fault(
        "A backup is stopped half-way",
        area="Backups",
        tried=1,
        half_done=0,
        person_sees="No half backup, and the next one is made",
    )


@pytest.mark.usefixtures("in_small_steps")
def test_copies_asked_for_at_the_same_moment_by_two_threads_are_both_made(file_library: Library, folder: Path) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    made: list[BackupInfo] = []
    both = threading.Barrier(2)

    def make() -> None:
        both.wait()
        made.append(backups.make(file_library, NOW))

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({copy.path for copy in made}) == 2
    assert len(backups.sound(folder)) == 2


def test_a_copy_of_a_locked_library_never_makes_a_damaged_last_page_look_sound(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    monkeypatch.setattr(library_module, "QUICK_CHECK_BYTES", 1)  # as a large one: not looked through when it is opened
    key = "ab" * 32
    with open_library(folder, raw_key=key) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        keep(opened, kept.id, 2, event(EventKind.TEXT_SAVED, 10, 0, "carers " * 3000))
        good = backups.make(opened, NOW)
        assert good.sittings == 1
    path = folder / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1  # in the end of the long answer
    path.write_bytes(data)
    with open_library(folder, raw_key=key) as opened, pytest.raises(DamagedLibraryError) as told:
        backups.make(opened, NOW + timedelta(hours=1))
    assert [copy.name for copy in (folder / "backups").iterdir()] == [good.path.name]
    good.path.write_bytes(data)
    assert backups.sound(folder, key) == ()
    fault(
        "The library is damaged when a backup is made", area="Backups", tried=1, corrupt=0, person_sees=str(told.value)
    )


def test_two_copies_of_the_same_second_keep_apart(file_library: Library, folder: Path) -> None:
    first, second = backups.make(file_library, NOW), backups.make(file_library, NOW)
    assert first.path != second.path
    assert len(backups.sound(folder)) == 2
    assert backups.sound(folder)[0].made_at == NOW


def test_of_copies_of_one_second_the_one_made_last_is_the_newest_whyever_they_were_made(
    file_library: Library, folder: Path
) -> None:
    reasons = [Why.BY_ITSELF, Why.ASKED, Why.BY_ITSELF, Why.REPAIR, *[Why.ASKED] * 8]
    made = [backups.make(file_library, NOW, why=why).path for why in reasons]
    assert backups.files(folder) == made[::-1]
    assert [backups.why(path) for path in made] == reasons
    made[0].unlink()
    made.append(backups.make(file_library, NOW).path)
    assert backups.files(folder) == made[:0:-1]


def test_a_copy_that_is_damaged_is_not_offered_and_not_restored(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    good = backups.make(file_library, NOW)
    bad = backups.make(file_library, NOW + timedelta(hours=1))
    file_library.close()
    data = bytearray(bad.path.read_bytes())
    data[4096 : 3 * 4096] = b"\xff" * 8192
    bad.path.write_bytes(data)
    (folder / "backups" / "library-notes.sqlite").write_text("somebody's own file")
    assert backups.sound(folder) == (good,)
    with pytest.raises(DamagedLibraryError) as raised:
        backups.restore(folder, bad)
    assert raised.value.backups == (good,)
    with open_library(folder) as opened:
        assert load(opened, kept.id).events == FIRST_WORDS
    fault(
        "A backup is damaged",
        area="Backups",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(raised.value).replace(bad.path.name, "library-….sqlite"),
    )


def test_restoring_brings_the_copy_back_and_keeps_what_was_there(file_library: Library, folder: Path) -> None:
    kept = add(file_library, a_sitting(), FIRST_WORDS)
    made = backups.make(file_library, NOW)
    newer = add(file_library, a_sitting())
    file_library.close()
    backups.restore(folder, made)
    with open_library(folder) as opened, opened.reading() as session:
        assert [summary.id for summary in sittings.recent(session, 9)] == [kept.id]
    (aside,) = folder.glob("library.replaced-*.sqlite")
    assert {row[0] for row in facts(aside, "SELECT id FROM sitting")} == {kept.id, newer.id}
    assert made.path.exists()


def test_a_log_left_by_the_replaced_library_is_not_applied_to_the_copy(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    made = backups.make(file_library, NOW)
    add(file_library, a_sitting(), FIRST_WORDS)
    log = (folder / "library.sqlite-wal").read_bytes()
    file_library.close()
    (folder / "library.sqlite-wal").write_bytes(log)
    backups.restore(folder, made)
    assert not (folder / "library.sqlite-wal").exists()
    with open_library(folder) as opened, opened.reading() as session:
        assert len(sittings.recent(session, 9)) == 1
    fault(
        "A log is left beside a backup that is restored",
        area="Backups",
        tried=1,
        corrupt=0,
        person_sees="The backup as it was made",
    )


def test_a_copy_is_due_when_something_changed_and_the_last_is_half_an_hour_old(
    file_library: Library, folder: Path
) -> None:
    now = datetime.now(UTC)
    assert backups.backup_if_due(file_library, now - timedelta(hours=2)) is not None
    _written_at(folder, now - timedelta(hours=3))
    assert backups.backup_if_due(file_library, now) is None  # nothing changed
    _written_at(folder, now)
    assert backups.backup_if_due(file_library, now - timedelta(minutes=91)) is None  # the last is too fresh
    assert backups.backup_if_due(file_library, now) is not None
    assert len(backups.files(folder)) == 2


def test_a_copy_that_a_kill_left_unfinished_is_deleted_a_day_later(
    file_library: Library, folder: Path, fault: Tell
) -> None:
    left = backups.make(file_library, NOW).path.with_suffix(".unfinished")
    left.write_bytes(b"half a copy")
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    backups.thin(folder, NOW + timedelta(hours=23))
    assert left.exists()
    backups.thin(folder, NOW + timedelta(hours=25))
    assert not left.exists()
    assert len(backups.files(folder)) == 1
    fault(
        "A backup is stopped half-way",
        area="Backups",
        tried=1,
        half_done=0,
        person_sees="No half backup, and the next one is made",
    )


def test_what_is_whole_of_a_library_with_a_damaged_log_is_rescued_and_its_files_are_left_alone(
    file_library: Library, folder: Path, tmp_path: Path, fault: Tell
) -> None:
    sizes = []
    for _ in range(5):
        add(file_library, a_sitting(), FIRST_WORDS)
        sizes.append((folder / "library.sqlite-wal").stat().st_size)
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    for name in ("library.sqlite", "library.sqlite-wal"):
        (damaged / name).write_bytes((folder / name).read_bytes())
    log = damaged / "library.sqlite-wal"
    data = bytearray(log.read_bytes())
    data[(sizes[2] + sizes[3]) // 2] ^= 1  # in what was written fourth
    log.write_bytes(data)
    before = {name: (damaged / name).read_bytes() for name in ("library.sqlite", "library.sqlite-wal")}
    rescued = backups.rescue(damaged, None, NOW)
    assert rescued is not None
    assert (rescued.sittings, rescued.made_at) == (3, NOW)
    assert backups.sound(damaged) == (rescued,)
    assert {path.name for path in damaged.iterdir()} == {*before, "backups"}
    assert {name: (damaged / name).read_bytes() for name in before} == before
    assert [path.name for path in (damaged / "backups").iterdir()] == [rescued.path.name]
    fault(
        "The log of a library is damaged",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees="What is whole of it is offered beside the backups",
    )


def test_nothing_is_rescued_of_a_library_that_is_damaged_itself(file_library: Library, folder: Path) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    file_library.close()
    (folder / "library.sqlite").write_bytes(b"no database" * 1000)
    assert backups.rescue(folder) is None
    assert list((folder / "backups").iterdir()) == []


def test_making_a_copy_that_is_due_deletes_those_too_old_to_keep(file_library: Library, folder: Path) -> None:
    for days in range(60, 1, -1):
        backups.make(file_library, NOW - timedelta(days=days))
    assert backups.backup_if_due(file_library, NOW) is not None
    kept = {made for made in map(backups.made_at, backups.files(folder)) if made}
    assert kept == backups.to_keep([NOW - timedelta(days=days) for days in (0, *range(2, 61))], NOW)
    assert len(kept) < 25


def test_an_unfinished_copy_is_not_taken_for_one(file_library: Library, folder: Path) -> None:
    (folder / "backups").mkdir()
    (folder / "backups" / "library-20261121-090000.unfinished").write_bytes(b"half")
    assert backups.sound(folder) == ()
    assert backups.make(file_library, NOW).sittings == 0


_TIMES = st.lists(
    st.integers(0, 3 * 365 * 24).map(lambda hours: NINE_O_CLOCK - timedelta(hours=hours)), max_size=80, unique=True
)


@given(_TIMES)
def test_thinning_keeps_the_newest_everything_since_yesterday_and_at_most_31_others(made: list[datetime]) -> None:
    kept = backups.to_keep(made, NINE_O_CLOCK)
    yesterday = NINE_O_CLOCK.date() - timedelta(days=1)
    assert kept <= set(made)
    assert {moment for moment in made if moment.date() >= yesterday} <= kept
    assert not made or max(made) in kept
    assert len([moment for moment in kept if moment.date() < yesterday]) <= 12 + 10 + 9


@given(_TIMES)
def test_thinning_twice_is_thinning_once(made: list[datetime]) -> None:
    kept = backups.to_keep(made, NINE_O_CLOCK)
    assert backups.to_keep(kept, NINE_O_CLOCK) == kept


@given(_TIMES)
def test_thinning_keeps_the_newest_of_each_of_the_last_twelve_days_with_copies(made: list[datetime]) -> None:
    yesterday = NINE_O_CLOCK.date() - timedelta(days=1)
    newest: dict[object, datetime] = {}
    for moment in sorted(made):
        if moment.date() < yesterday:
            newest[moment.date()] = moment
    assert set(sorted(newest.values())[-12:]) <= backups.to_keep(made, NINE_O_CLOCK)


def test_three_years_of_daily_copies_reach_back_for_months() -> None:
    made = [NINE_O_CLOCK - timedelta(days=day) for day in range(3 * 365)]
    kept = sorted(backups.to_keep(made, NINE_O_CLOCK))
    assert len(kept) == 2 + 12 + 10 + 9
    assert timedelta(days=330) < NINE_O_CLOCK - kept[0] < timedelta(days=400)


def _written_at(folder: Path, moment: datetime) -> None:
    for path in folder.glob("library.sqlite*"):
        os.utime(path, (moment.timestamp(), moment.timestamp()))
