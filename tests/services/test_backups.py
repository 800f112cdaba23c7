"""Backups are made in time and before what changes much, say why and what is in them, and come back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.domain.audit import Deed, Entry
from cqcmock.domain.backups import Inside, One, Thing, difference
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import audit, backups, bank_files, locking, merging, rehearsing, sittings, story_files
from cqcmock.services import library as libraries
from cqcmock.services.backups import Why
from cqcmock.storage import backups as stored
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import Library, open_library
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.faults import Tell
from tests.power_cuts.saving import talk
from tests.services.locking.worlds import WORDS, readable_files
from tests.services.review.test_faults import files_at_most
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, raw

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BANK = """
[bank]
id = "own"
title = "Our own"
version = 1
checked_on = 2026-11-21
framework = "cqc-la-2023"
roles = ["lead-member"]
language = "en-GB"

[[question]]
id = "one"
text = "How do you know?"
kind = "question"
statements = ["QS8"]
themes = ["place"]
prepare_seconds = 15
target_seconds = 120
limit_seconds = 180
source = "council"
"""


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """scrypt is not what is tried here."""
    monkeypatch.setattr(passphrases, "WORK", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def own(folder: Path) -> Iterator[Library]:
    """A library without banks, which is quicker to copy."""
    with open_library(folder) as opened:
        yield opened


def rehearse(library: Library, hand: HandClock, title: str) -> str:
    sitting = rehearsing.start(library, plan(1), "Pat Example", hand.clock)
    sittings.rename(library, sitting.id, title)
    return sitting.id


def told(library: Library, deed: Deed) -> list[Entry]:
    return [entry for entry in audit.trail(library).entries if entry.deed == deed]


def test_a_backup_says_why_it_was_made_in_its_name_and_in_the_trail(own: Library, hand: HandClock) -> None:
    rehearse(own, hand, "First")
    made = backups.back_up_now(own, hand.clock)
    assert made.path.name == "library-20261121-090000-asked.sqlite"
    (one,) = backups.listed(Location(own.folder))
    assert (one.why, one.info.path, one.info.made_at) == (Why.ASKED, made.path, NOW)
    (entry,) = told(own, Deed.BACKED_UP)
    assert entry.why == "made because you asked for it"
    assert entry.details == {"bytes": made.path.stat().st_size, "rehearsals": 1}


@pytest.mark.parametrize("why", Why)
def test_why_can_be_told_from_the_name_again(own: Library, hand: HandClock, why: Why) -> None:
    for _ in range(2):  # of the same second
        rehearse(own, hand, "First")
        backups.back_up_before(own, why, hand.clock)
    assert [one.why for one in backups.listed(Location(own.folder))] == [why, why]


def test_a_list_says_what_is_in_each_backup(own: Library, hand: HandClock) -> None:
    add(own, a_sitting(), FIRST_WORDS)
    first = rehearse(own, hand, "The first")
    hand.pass_seconds(60)
    rehearse(own, hand, "The newest")
    hand.pass_seconds(60)
    backups.back_up_now(own, hand.clock)
    sittings.delete(own, first, hand.clock)
    hand.pass_seconds(60)
    backups.back_up_now(own, hand.clock)
    newest, older = backups.listed(Location(own.folder))
    assert newest.inside is not None
    assert older.inside is not None
    assert (newest.inside.number(Thing.REHEARSAL), older.inside.number(Thing.REHEARSAL)) == (2, 3)
    assert newest.inside.newest == One(title="The newest", changed_at=NOW + timedelta(seconds=60))
    assert newest.inside.last_saved == NOW + timedelta(seconds=60)
    assert older.inside.in_words() == "3 rehearsals and 1 answer"
    assert newest.size == newest.info.path.stat().st_size


def test_a_backup_that_cannot_be_read_is_in_the_list_and_says_so(own: Library, hand: HandClock) -> None:
    made = backups.back_up_now(own, hand.clock)
    made.path.write_bytes(b"nothing of the kind")
    (own.folder / "backups" / "library-notes.sqlite").write_bytes(b"somebody's own file")
    (one,) = backups.listed(Location(own.folder))
    assert one.inside is None
    with pytest.raises(DamagedLibraryError, match="cannot be read"):
        backups.preview(Location(own.folder), made, own)


def test_the_preview_says_what_would_be_lost_and_what_would_come_back(own: Library, hand: HandClock) -> None:
    kept, gone = rehearse(own, hand, "Kept"), rehearse(own, hand, "Gone since")
    made = backups.back_up_now(own, hand.clock)
    sittings.delete_for_good(own, gone)
    hand.pass_seconds(9)
    rehearse(own, hand, "New")
    with sittings.recorder(own, kept) as keep:
        talk(plan(1), hand, keep)
    seen = backups.preview(Location(own.folder), made, own)
    assert seen.in_words() == (
        "It holds 2 rehearsals.",
        "1 rehearsal is in the library now and not in this backup: “New”.",
        "1 rehearsal has been changed since, and would be as it was then: “Kept”.",
        "1 rehearsal is no longer in the library, and would come back: “Gone since”.",
        backups.ASIDE,
    )
    own.close()
    assert backups.preview(Location(own.folder), made).difference == seen.difference


def test_every_form_a_library_ever_had_can_be_looked_into(tmp_path: Path) -> None:
    files = Path(__file__).parents[1] / "storage" / "files"
    (tmp_path / "backups").mkdir()
    for form in range(1, 7):
        shutil.copy(
            files / f"library-schema-{form}.sqlite", tmp_path / "backups" / f"library-2026112{form}-090000.sqlite"
        )
    found = backups.listed(Location(tmp_path))
    assert [one.inside.form for one in found if one.inside] == [f"000{form}" for form in range(6, 0, -1)]
    assert all(one.inside and one.inside.number(Thing.REHEARSAL) for one in found)


def test_a_backup_is_due_after_half_an_hour_in_which_something_was_written(own: Library, hand: HandClock) -> None:
    assert backups.back_up_if_due(own, hand.clock) is not None
    rehearse(own, hand, "First")
    hand.pass_seconds(29 * 60)
    assert backups.back_up_if_due(own, hand.clock) is None
    hand.pass_seconds(60)
    assert backups.back_up_if_due(own, hand.clock) is not None
    hand.pass_seconds(3600)
    assert backups.back_up_if_due(own, hand.clock) is None, "the entry in the trail is no change"
    assert len(backups.listed(Location(own.folder))) == 2


def test_a_clock_that_was_wrong_once_does_not_end_the_backups(own: Library, hand: HandClock, fault: Tell) -> None:
    hand.pass_seconds(3650 * 86400)
    backups.back_up_now(own, hand.clock)
    hand.pass_seconds(-3650 * 86400)
    rehearse(own, hand, "First")
    assert backups.back_up_if_due(own, hand.clock) is not None
    fault(
        "The clock was wrong when a backup was made",
        area="Clock",
        tried=1,
        person_sees="The next backups, when they are due",
    )


def test_an_import_is_preceded_by_a_backup_unless_nothing_changed(
    library: Library, tmp_path: Path, hand: HandClock
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(BANK, encoding="utf-8")
    rehearse(library, hand, "First")
    bank_files.take_in(library, bank_files.preview(library, file, hand.clock), hand.clock)
    (before,) = backups.listed(Location(library.folder))
    assert before.why is Why.IMPORT
    assert before.inside is not None
    assert (before.inside.number(Thing.BANK), before.inside.number(Thing.REHEARSAL)) == (0, 1)
    assert backups.back_up_before(library, Why.IMPORT, hand.clock) is not None
    assert backups.back_up_before(library, Why.IMPORT, hand.clock) is None
    newest = backups.listed(Location(library.folder))[0]
    assert newest.inside is not None
    assert newest.inside.number(Thing.BANK) == 1


def test_an_import_without_room_for_its_backup_is_not_made(
    library: Library, tmp_path: Path, hand: HandClock, fault: Tell
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(BANK, encoding="utf-8")
    seen = bank_files.preview(library, file, hand.clock)
    with files_at_most(100_000), pytest.raises(UserError, match="disk with the library") as told:
        bank_files.take_in(library, seen, hand.clock)
    assert bank_files.preview(library, file, hand.clock).new
    fault(
        "The disk has no room for the backup before an import",
        area="Importing",
        tried=1,
        half_done=0,
        person_sees=str(told.value),
    )


def test_a_story_is_imported_after_a_backup(library: Library, tmp_path: Path, hand: HandClock) -> None:
    story_files.export_story(library, "hertfordshire", tmp_path / "story.toml")
    story_files.import_story(library, tmp_path / "story.toml", hand.clock)
    (one,) = backups.listed(Location(library.folder))
    assert one.why is Why.IMPORT


def test_returns_are_merged_after_a_backup_and_known_ones_without(library: Library) -> None:
    merging.take_in(library, ())
    assert backups.listed(Location(library.folder)) == ()


def test_restoring_is_told_in_the_trail_with_the_end_of_the_one_that_was_put_aside(
    own: Library, hand: HandClock
) -> None:
    place = Location(own.folder)
    rehearse(own, hand, "First")
    made = backups.back_up_now(own, hand.clock)
    rehearse(own, hand, "Second")
    before = audit.head(own)
    own.close()
    backups.restore_backup(place, made, hand.clock)
    with libraries.open_library(place) as library:
        assert [one.title for one in sittings.recent(library)] == ["First"]
        (entry,) = told(library, Deed.RESTORED)
        assert audit.trail(library).first_wrong is None
    assert entry.details["entries put aside"] == before.count
    assert entry.details["head put aside"] == before.short


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_moved(
    own: Library, hand: HandClock, fault: Tell
) -> None:
    made = backups.back_up_now(own, hand.clock)
    own.close()
    with raw(made.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (own.folder / LIBRARY).read_bytes()
    with pytest.raises(UserError, match="newer version") as told:
        backups.restore_backup(Location(own.folder), made, hand.clock)
    assert (own.folder / LIBRARY).read_bytes() == before
    fault(
        "A backup of a newer version is to be brought back",
        area="Backups",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(told.value),
    )


@pytest.mark.usefixtures("little_work")
def test_a_lock_is_put_on_after_a_backup_and_no_backup_is_left_in_the_clear(own: Library, hand: HandClock) -> None:
    rehearse(own, hand, "Marmalade at the tollgate")
    backups.back_up_now(own, hand.clock)
    rehearse(own, hand, "Marmalade once more at the tollgate")
    own.close()
    place = locking.lock(Location(own.folder), WORDS, hand.clock, computer=False)
    found = backups.listed(place)
    assert [one.why for one in found] == [Why.LOCK, Why.ASKED]
    assert all(one.inside for one in found)
    assert readable_files(own.folder) == []
    changed = locking.change_key(place, WORDS, hand.clock, computer=False)
    assert [one.inside is not None for one in backups.listed(changed)] == [True] * 3
    assert [one.inside for one in backups.listed(place)] == [None] * 3


def test_a_backup_asked_for_in_the_last_day_is_not_thinned_out(own: Library, hand: HandClock) -> None:
    asked = [backups.back_up_now(own, hand.clock).path]
    for _ in range(60):
        hand.pass_seconds(23 * 60)
        rehearse(own, hand, "One")
        backups.back_up_if_due(own, hand.clock)
    stored.thin(own.folder, NOW + timedelta(hours=24))
    assert asked[0].exists()


_TIMES = st.lists(st.integers(0, 40 * 24).map(lambda hours: timedelta(hours=hours)), min_size=1, max_size=9)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_TIMES)
def test_every_backup_that_is_kept_opens_and_comes_back(
    steps: list[timedelta], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _kept_ones_come_back(steps, tmp_path_factory.mktemp("kept") / "data")


@pytest.mark.slow
def test_all_of_sixty_backups_that_are_kept_open_are_whole_and_come_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steps = [timedelta(minutes=31)] * 60  # of two days, so that none is thinned out
    assert _kept_ones_come_back(steps, tmp_path_factory.mktemp("sixty") / "data") == 60


def _kept_ones_come_back(steps: list[timedelta], folder: Path) -> int:
    """Make a backup after each step of time, and bring back all that are kept; return how many that were."""
    hand, place = HandClock(), Location(folder)
    titles: dict[datetime, int] = {}
    with open_library(folder) as library:
        for number, step in enumerate(steps, 1):
            hand.pass_seconds(step.total_seconds() + 1)
            rehearse(library, hand, f"Number {number}")
            made = backups.back_up_now(library, hand.clock)
            titles[made.made_at] = number
    kept = backups.listed(place)
    assert len(backups.backups(place)) == len(kept)
    for one in kept:
        elsewhere = Location(folder.with_name(f"{folder.name}-{one.info.path.stem}"))
        elsewhere.folder.mkdir()
        backups.restore_backup(elsewhere, one.info, hand.clock)
        with libraries.open_library(elsewhere) as library:
            assert len(sittings.recent(library, 100)) == titles[one.info.made_at]
        assert one.inside is not None
        assert one.inside.number(Thing.REHEARSAL) == titles[one.info.made_at]
    return len(kept)


_ONES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(One, title=st.text(max_size=9), changed_at=st.integers(0, 5).map(lambda n: NOW + timedelta(days=n))),
)


@given(_ONES, _ONES)
def test_what_would_be_lost_and_come_back_is_exactly_what_is_on_one_side_only(
    now: dict[str, One], then: dict[str, One]
) -> None:
    changes = difference(
        Inside(form="", things={Thing.REHEARSAL: now}), Inside(form="", things={Thing.REHEARSAL: then})
    )
    assert len(changes.lost.get(Thing.REHEARSAL, ())) == len(now.keys() - then.keys())
    assert len(changes.back.get(Thing.REHEARSAL, ())) == len(then.keys() - now.keys())
    older = [key for key in now.keys() & then.keys() if now[key].changed_at > then[key].changed_at]
    assert len(changes.older.get(Thing.REHEARSAL, ())) == len(older)
    assert all(sentence.endswith(".") for sentence in changes.in_words())


def test_many_titles_are_cut_to_a_few() -> None:
    now = {str(number): One(title=f"T{number}", changed_at=NOW + timedelta(days=number)) for number in range(7)}
    changes = difference(Inside(form="", things={Thing.CAFE: now}), Inside(form="", things={}))
    assert changes.in_words() == (
        "7 café sessions are in the library now and not in this backup: “T6”, “T5”, “T4”, “T3” and “T2”, and 2 more.",
    )
