"""What was put aside when a backup took its place is listed, looked into, and brought back."""

from __future__ import annotations

from pathlib import Path

from cqcmock.paths import Location
from cqcmock.services import backups, put_aside
from cqcmock.services import library as libraries
from tests.clocks import HandClock
from tests.storage.shelves import a_sitting, add


def titles(place: Location) -> list[str]:
    """The rehearsals of the library that is in place."""
    with libraries.open_library(place) as library:
        seen = put_aside.storage.backup_contents.of_library(library)
    return sorted(one.title for one in seen.things[backups.Thing.REHEARSAL].values())


def test_restoring_can_be_taken_back_and_done_again(tmp_path: Path) -> None:
    place, hand = Location(tmp_path / "data"), HandClock()
    with libraries.open_library(place) as library:
        made = libraries.back_up_now(library, hand.clock)
        add(library, a_sitting())
    assert put_aside.listed(place) == ()
    first = put_aside.restore(place, made, hand.clock)
    assert first is not None
    assert titles(place) == []
    (listed,) = put_aside.listed(place)
    assert listed.info == first
    assert listed.inside is not None
    assert listed.inside.number(backups.Thing.REHEARSAL) == 1
    with libraries.open_library(place) as library:
        seen = put_aside.preview(place, first, library)
    assert seen is not None
    assert seen.difference is not None
    assert list(seen.difference.back) == [backups.Thing.REHEARSAL]
    second = put_aside.restore(place, first, hand.clock)
    assert second is not None
    assert titles(place) == [a_sitting().title]
    assert put_aside.restore(place, second, hand.clock) is not None
    assert titles(place) == []


def test_one_that_is_gone_or_named_by_somebody_is_left_out(tmp_path: Path) -> None:
    place = Location(tmp_path / "data")
    place.folder.mkdir()
    (place.folder / "library.replaced-by-me.sqlite").write_text("mine")
    assert put_aside.listed(place) == ()
    gone = place.folder / "library.replaced-20261121-090000.sqlite"
    info = backups.BackupInfo(path=gone, made_at=HandClock().clock.wall(), sittings=0)
    assert put_aside.preview(place, info) is None
    assert put_aside.listed(Location(place.folder, database_url="postgresql://somewhere")) == ()
