"""What is deleted for good is gone everywhere, stands in the log, and is finished after whatever cut it short."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.audit import Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import audit, copies, packing, retention, reviewing, sittings, wiping
from cqcmock.services import library as libraries
from cqcmock.services.cafe import deleting, opening
from cqcmock.services.recordings import FOLDER as AUDIO
from cqcmock.settings import Settings
from cqcmock.storage import backups
from cqcmock.storage.cafe_records import HeldByAnotherError
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.folder import BACKUPS, LIBRARY
from tests.faults import Tell
from tests.services.kept_things import (
    OF_RECORDING,
    OF_SITTING,
    RETURNED,
    WORDS,
    Shelf,
    a_filled_folder,
    a_recording,
    at,
    by_kind,
    everything,
    found_in,
)
from tests.services.review.hands import CLOCK, HAND
from tests.some_quickly import some_quickly

if TYPE_CHECKING:
    from cqcmock.services.library import Library

EVERY_WORD = tuple(word for words in WORDS.values() for word in words)
ASSESSED = Settings(practising_for=date(2026, 12, 1))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> tuple[Path, Shelf]:
    """A closed data folder with one of everything, in a backup as well; made once and copied."""
    return a_filled_folder(tmp_path_factory.mktemp("ready"), prepared_library)


@pytest.fixture
def place(ready: tuple[Path, Shelf], tmp_path: Path) -> Location:
    return Location(Path(shutil.copytree(ready[0], tmp_path / "data")))


@pytest.fixture
def library(place: Location) -> Iterator[Library]:
    with libraries.open_library(place) as opened:
        yield opened


@pytest.fixture
def shelf(ready: tuple[Path, Shelf]) -> Shelf:
    return ready[1]


BY_HAND = {
    "deleting a rehearsal at once": lambda library, place, shelf: sittings.delete_for_good(library, shelf.sitting),
    "deleting a café at once": lambda library, place, shelf: deleting.delete_for_good(library, shelf.cafe, CLOCK),
    "removing a pack": lambda library, place, shelf: packing.remove(library, shelf.pack),
    "forgetting an opened pack": lambda library, place, shelf: reviewing.forget(place, shelf.opened),
}


def test_a_deletion_stands_in_the_log_with_its_rule_and_dates_and_without_a_word(
    library: Library, place: Location, shelf: Shelf
) -> None:
    wiped = wiping.delete(library, place, everything(library, place), "Over and done", CLOCK)
    entries = [one for one in retention.deletions(library) if one.details.get("for good")]
    assert len(entries) == len(WORDS)
    sitting = next(one for one in entries if one.kind == Kind.SITTING)
    assert (sitting.subject, sitting.why) == (shelf.sitting, "Over and done")
    assert sitting.details == {
        "rule": "6 months after it was last worked on", "made": "2026-11-21", "last used": "2026-11-21",
        "due": "2027-05-21", "for good": 1, "backups": len(backups.files(place.folder)),
    }  # fmt: skip
    told = repr(entries)
    assert not any(word in told for word in (*EVERY_WORD, "Ann Example", "interview.wav", "Pat Example"))
    assert audit.trail(library).first_wrong is None
    assert wiped.head == audit.head(library)


def test_what_was_deleted_after_a_moment_is_known_to_whoever_keeps_older_copies(
    library: Library, place: Location
) -> None:
    before = CLOCK.wall()
    HAND.pass_seconds(1)
    wiping.delete(library, place, everything(library, place, Kind.CAFE), "Over", CLOCK)
    assert [one.kind for one in retention.deleted_since(library, before)] == [Kind.CAFE]
    assert retention.deleted_since(library, CLOCK.wall()) == ()


def test_of_a_pack_that_was_sent_it_stays_known_what_came_back_but_no_word(
    library: Library, place: Location, shelf: Shelf
) -> None:
    from cqcmock.services import merging

    before = merging.tallies(library)
    wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)
    assert [one.tally for one in merging.tallies(library)] == [one.tally for one in before]
    assert found_in(place, (*OF_SITTING, RETURNED)) == {}
    assert by_kind(library, place, ASSESSED)[Kind.PACK].kept.id == shelf.pack


def test_what_is_not_there_or_open_elsewhere_is_not_deleted(library: Library, place: Location, shelf: Shelf) -> None:
    with pytest.raises(NotThereError, match="nobody"):
        wiping.find(library, place, ASSESSED, ["nobody"])
    with pytest.raises(UserError, match="nothing to delete"):
        wiping.delete(library, place, (), "Over", CLOCK)
    (cafe,) = wiping.find(library, place, ASSESSED, [shelf.cafe])
    hand = opening.open_session(library, shelf.cafe, "Another laptop", CLOCK)
    with pytest.raises(HeldByAnotherError):
        wiping.delete(library, place, [cafe], "Over", CLOCK)
    from cqcmock.services.cafe import holding

    holding.let_go(library, hand.hold)
    wiping.delete(library, place, [cafe], "Over", CLOCK)
    with pytest.raises(NotThereError):
        wiping.delete(library, place, [cafe], "Again", CLOCK)


def test_nothing_goes_by_itself_unless_the_settings_say_so(library: Library, place: Location) -> None:
    due = at(date(2030, 1, 1))
    assert wiping.at_start(library, place, ASSESSED, due) is None
    assert len(everything(library, place)) == len(WORDS)
    by_itself = replace(ASSESSED, delete_when_due=True)
    assert wiping.at_start(library, place, by_itself, at(date(2026, 11, 22))) is None
    wiped = wiping.at_start(library, place, by_itself, due)
    assert wiped is not None
    assert wiped.why == wiping.BY_ITSELF
    assert everything(library, place) == ()


def test_a_damaged_backup_is_deleted_whole_and_told_and_the_others_are_cleaned(
    library: Library, place: Location
) -> None:
    sound = backups.files(place.folder)
    hurt = place.folder / BACKUPS / "library-20261119-090000.sqlite"
    hurt.write_bytes(sound[0].read_bytes()[:40_000])
    wiped = wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)
    assert wiped.cleaned.erased == [hurt.name]
    assert not hurt.exists()
    assert wiped.cleaned.backups == len(sound)
    assert found_in(place, OF_SITTING) == {}


def test_what_was_put_aside_is_cleaned_where_it_opens_and_named_where_it_does_not(
    library: Library, place: Location
) -> None:
    library.empty_log()
    content = (place.folder / LIBRARY).read_bytes()
    (place.folder / "library.replaced-20261119-090000.sqlite").write_bytes(content)
    hurt = place.folder / "library.damaged-20261119-090000.sqlite"
    hurt.write_bytes(content[:40_000])
    wiped = wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)
    assert wiped.cleaned.put_aside == 1
    assert wiped.cleaned.unread == [hurt.name]
    assert hurt.exists()
    assert set(found_in(place, OF_SITTING)) <= {hurt.name}


def test_a_log_beside_a_file_that_was_put_aside_is_cleaned_with_it(library: Library, place: Location) -> None:
    sittings.rename(library, everything(library, place, Kind.SITTING)[0].kept.id, "Thistlewhite")
    aside = place.folder / "library.replaced-20261119-090000.sqlite"
    shutil.copyfile(place.folder / LIBRARY, aside)
    shutil.copyfile(place.folder / f"{LIBRARY}-wal", aside.with_name(f"{aside.name}-wal"))
    wiped = wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)
    assert wiped.cleaned.put_aside == 1
    assert found_in(place, (*OF_SITTING, "Thistlewhite")) == {}


def test_a_backup_that_is_put_back_in_its_folder_by_hand_is_cleaned_at_the_next_start(
    library: Library, place: Location, tmp_path: Path
) -> None:
    kept_by_hand = shutil.copy2(backups.files(place.folder)[-1], tmp_path)
    wiping.delete(library, place, everything(library, place), "Over", CLOCK)
    shutil.copy2(kept_by_hand, place.folder / BACKUPS)
    assert found_in(place, OF_SITTING)
    wiping.at_start(library, place, ASSESSED, CLOCK)
    assert found_in(place, OF_SITTING) == {}


def test_a_start_with_nothing_to_finish_opens_no_backup(
    library: Library, place: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)

    def looked(*_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(copies, "_clean_one", looked)
    wiping.at_start(library, place, Settings(), CLOCK)


def test_what_was_put_away_and_purged_by_age_is_gone_from_the_backups_at_the_next_start(
    library: Library, place: Location, shelf: Shelf
) -> None:
    sittings.delete(library, shelf.sitting, CLOCK)
    wiping.at_start(library, place, Settings(), CLOCK)
    assert found_in(place, OF_SITTING), "it can still be taken back"
    later = at(HAND.wall.date() + timedelta(days=sittings.UNDO_DAYS + 2))
    assert sittings.purge_deleted(library, later) == 1
    wiping.at_start(library, place, Settings(), later)
    assert found_in(place, OF_SITTING) == {}


@pytest.mark.parametrize("way", some_quickly(BY_HAND, every=3))
def test_what_was_deleted_by_hand_at_once_stands_in_the_log_and_is_gone_everywhere_at_the_next_start(
    library: Library, place: Location, shelf: Shelf, way: str
) -> None:
    BY_HAND[way](library, place, shelf)
    (entry,) = [one for one in retention.deletions(library) if one.details.get("for good")]
    assert entry.details["rule"] == sittings.AT_ONCE
    wiping.at_start(library, place, Settings(), CLOCK)
    assert found_in(place, WORDS[Kind(entry.kind)]) == {}
    assert audit.trail(library).first_wrong is None


def test_a_recording_made_anew_after_one_of_its_name_was_deleted_stays(library: Library, place: Location) -> None:
    wiping.delete(library, place, everything(library, place, Kind.RECORDING), "Over", CLOCK)
    anew = a_recording(place)
    later = HAND.wall.timestamp() + 60
    os.utime(anew, (later, later))
    wiping.at_start(library, place, Settings(), CLOCK)
    assert anew.exists()


def test_a_pack_that_was_opened_anew_after_it_was_deleted_stays(
    library: Library, place: Location, ready: tuple[Path, Shelf]
) -> None:
    wiping.delete(library, place, everything(library, place, Kind.OPENED_PACK), "Over", CLOCK)
    HAND.pass_seconds(60)
    reviewing.open_pack(place, ready[0].parent / "to mark.pack", CLOCK).close()
    wiping.at_start(library, place, Settings(), CLOCK)
    assert len(everything(library, place, Kind.OPENED_PACK)) == 1


def test_a_deletion_that_was_cut_short_after_it_was_noted_is_finished_at_the_next_start(
    library: Library, place: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(wiping, "_wipe_files", lambda *_, **__: _cut())
        with pytest.raises(InterruptedError):
            wiping.delete(library, place, everything(library, place), "Over", CLOCK)
    assert found_in(place, EVERY_WORD)
    wiping.at_start(library, place, Settings(), CLOCK)
    assert found_in(place, EVERY_WORD) == {}


def _cut() -> None:
    raise InterruptedError


def test_an_older_backup_brings_back_nothing_that_was_deleted_and_no_hold_is_lost_by_it(
    place: Location, tmp_path: Path
) -> None:
    with libraries.open_library(place) as library:
        by_hand = shutil.copy2(backups.files(place.folder)[-1], tmp_path)
        hold = retention.hold(library, Kind.CAFE, "", "A request", CLOCK)
        wiping.delete(library, place, everything(library, place, Kind.SITTING), "Over", CLOCK)
    shutil.copy2(by_hand, place.folder / BACKUPS)
    older = next(one for one in libraries.backups(place) if one.path.name == Path(by_hand).name)
    libraries.restore_backup(place, older, CLOCK)
    with libraries.open_library(place) as library:
        assert retention.holds(library) == (hold,)
        assert {one.kept.kind for one in everything(library, place)} == set(WORDS) - {Kind.SITTING}
        assert audit.trail(library).first_wrong is None
        wiping.at_start(library, place, Settings(), CLOCK)
        assert found_in(place, OF_SITTING) == {}


def test_what_is_held_now_is_not_deleted_again_from_an_older_backup(place: Location, tmp_path: Path) -> None:
    with libraries.open_library(place) as library:
        by_hand = shutil.copy2(backups.files(place.folder)[-1], tmp_path)
        wiping.delete(library, place, everything(library, place, Kind.CAFE), "Over", CLOCK)
        retention.hold(library, Kind.CAFE, "", "A request, too late for what is gone", CLOCK)
    shutil.copy2(by_hand, place.folder / BACKUPS)
    older = next(one for one in libraries.backups(place) if one.path.name == Path(by_hand).name)
    libraries.restore_backup(place, older, CLOCK)
    with libraries.open_library(place) as library:
        assert by_kind(library, place, ASSESSED)[Kind.CAFE].hold is not None


# Kills


STEPS = frozenset({"execute", "commit", "rename", "replace", "unlink", "fsync", "write", "link", "sendfile", "open"})


def _deleting(place: Location, kill_at: int) -> int:
    """Delete everything in another process, which is killed at one of its steps; returns how many there were."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        with os.fdopen(read) as said:
            told = said.read()
        os.waitpid(child, 0)
        return int(told or -1)
    import sys

    count = 0

    def step(frame: object, event: str, called: object) -> None:
        nonlocal count
        if event == "c_call" and getattr(called, "__name__", "") in STEPS:
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        with libraries.open_library(place) as library:
            chosen = everything(library, place)
            sys.setprofile(step)
            wiping.delete(library, place, chosen, "Over", CLOCK)
            sys.setprofile(None)
        os.write(write, str(count).encode())
    finally:
        os._exit(0)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="here no process is made out of another")
def test_after_a_kill_at_any_step_everything_is_whole_or_after_the_next_start_gone_everywhere(
    ready: tuple[Path, Shelf], tmp_path: Path, fault: Tell
) -> None:
    whole = set(EVERY_WORD)
    steps = _deleting(Location(Path(shutil.copytree(ready[0], tmp_path / "counted"))), 0)
    assert steps > 100
    outcomes = {"whole": 0, "gone": 0}
    for number in range(1, steps + 1, max(1, steps // 60)):
        place = Location(Path(shutil.copytree(ready[0], tmp_path / f"at {number}")))
        assert _deleting(place, number) == -1
        with libraries.open_library(place) as library:
            assert audit.trail(library).first_wrong is None
            wiping.at_start(library, place, Settings(), CLOCK)
            deleted = [one for one in retention.deletions(library) if one.details.get("for good")]
            left = {word for words in found_in(place, EVERY_WORD).values() for word in words}
            assert len(deleted) in (0, len(WORDS))
            assert left == (set() if deleted else whole), f"killed at step {number} of {steps}"
            assert len(backups.sound(place.folder)) == len(backups.files(place.folder)) >= 1
        assert not [path for path in place.folder.rglob("*") if path.suffix in (".scrubbed", ".erased")]
        outcomes["gone" if deleted else "whole"] += 1
        shutil.rmtree(place.folder)
    assert min(outcomes.values()) > 0
    fault(
        "The program is killed while something is deleted for good",
        area="Deleting",
        tried=sum(outcomes.values()),
        corrupt=0,
        half_done=0,
        person_sees="Everything as it was; or, after the next start, gone from the library and from every backup",
    )


def test_the_folder_of_recordings_is_the_one_of_the_design(place: Location) -> None:
    assert (place.folder / AUDIO).name == "audio"
    assert OF_RECORDING[0].encode() in (place.folder / "audio" / "interview.wav").read_bytes()
