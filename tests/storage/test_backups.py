"""Copies are whole, few enough, and bring a library back."""

from __future__ import annotations

import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.storage import backups, sittings
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.library import Library, open_library
from tests.domain.worlds import NINE_O_CLOCK
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, load

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


def test_copies_made_while_somebody_reads_and_writes_are_whole(file_library: Library, folder: Path) -> None:
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


def test_two_copies_of_the_same_second_keep_apart(file_library: Library, folder: Path) -> None:
    first, second = backups.make(file_library, NOW), backups.make(file_library, NOW)
    assert first.path != second.path
    assert len(backups.sound(folder)) == 2
    assert backups.sound(folder)[0].made_at == NOW


def test_a_copy_that_is_damaged_is_not_offered_and_not_restored(file_library: Library, folder: Path) -> None:
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


def test_a_log_left_by_the_replaced_library_is_not_applied_to_the_copy(file_library: Library, folder: Path) -> None:
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
