"""Who can see an answer, said in plain sentences made of facts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.audit import Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import audit, locking, packing, person_export, reviewer_keys, seeing
from cqcmock.services import library as libraries
from cqcmock.services.packing import Wanted
from cqcmock.services.seeing import SittingSeen
from cqcmock.settings import Settings, save_settings
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import all_out

if TYPE_CHECKING:
    from cqcmock.services.library import Library

WORDS = "actor actor actor actor actor actor"
NOTHING = SittingSeen(
    locked=True,
    on_server=False,
    by_computer=False,
    by_council=False,
    asked_by_somebody=False,
    sent=(),
    reported=(),
    exported=(),
    backups=0,
    second_place=False,
)
ON = date(2026, 5, 3)


@pytest.fixture
def place(tmp_path: Path, prepared_library: Path) -> Location:
    return Location(Path(shutil.copytree(prepared_library, tmp_path / "data")))


@pytest.fixture
def library(place: Location) -> Iterator[Library]:
    with libraries.open_library(place) as opened:
        yield opened


@pytest.fixture
def hand() -> HandClock:
    hand = HandClock()
    hand.wall = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
    return hand


def sent_to(library: Library, hand: HandClock, out: Path, sitting: str, reviewer: str, *questions: int) -> None:
    wanted = Wanted(sittings=(sitting,), reviewer=reviewer, questions={sitting: questions} if questions else {})
    ready = packing.draft(library, wanted, hand.clock)
    address = reviewer_keys.own_key(Location(out / reviewer)).address
    packing.seal(library, ready, all_out(ready), out / f"{reviewer}.pack", hand.clock, address=address)


def test_a_locked_library_with_nothing_sent_is_for_the_person_alone() -> None:
    seen = NOTHING.of(0)
    assert seen.short == "Only you."
    assert seen.lines == ("Only you, on this computer; it is locked with six words.",)


@pytest.mark.parametrize(
    ("facts", "short", "line"),
    [
        ({"locked": False}, "You and whoever uses this computer.", "It is not locked: whoever can use this computer"),
        ({"locked": False, "on_server": True}, "You and whoever runs the database server.", "On a database server:"),
        ({"by_computer": True}, "Only you.", "its keyring unlocks it"),
        ({"by_council": True}, "Only you.", "your council’s key"),
        ({"asked_by_somebody": True}, "Only you.", "A colleague asked the questions"),
        ({"reported": (ON, ON)}, "You and whoever has the report.", "In a report that you saved or printed on 3 May"),
        ({"exported": (ON,)}, "Only you.", "Everything about one person was exported on 3 May 2026"),
        ({"backups": 4}, "Only you.", "In 4 backups on this computer, also locked."),
        ({"backups": 1, "locked": False}, "You and whoever uses this computer.", "In 1 backup on this computer, not"),
        ({"second_place": True}, "Only you.", "at your second place, sealed"),
        ({"sent": ((0, "Ann Example", ON),)}, "You and Ann Example.", "Sent to Ann Example in a pack on 3 May 2026"),
    ],
)
def test_every_fact_has_its_sentence(facts: dict[str, object], short: str, line: str) -> None:
    seen = replace(NOTHING, **facts).of(0)  # type: ignore[arg-type]

    assert seen.short == short
    assert sum(line in one for one in seen.lines) == 1


def test_many_reviewers_are_counted_and_one_who_has_it_twice_is_named_once() -> None:
    many = replace(NOTHING, sent=tuple((0, f"Reviewer {number}", ON) for number in range(4)))
    twice = replace(NOTHING, sent=((0, "Ann Example", ON), (0, "ann example", date(2026, 6, 1))))

    assert many.of(0).short == "You and 4 reviewers."
    assert twice.of(0).short == "You and Ann Example."
    assert len(twice.of(0).lines) == 3


def test_only_the_answers_that_were_sent_are_seen_by_the_reviewer_and_only_their_latest_take(
    library: Library, place: Location, hand: HandClock, tmp_path: Path
) -> None:
    sitting = played(library, hand, answers=("One carer.", "Two carers."), takes=2)
    sent_to(library, hand, tmp_path, sitting, "Ann Example", 1)
    seen = seeing.of_sitting(library, place, sitting)

    assert "Ann Example" not in seen.of(0).short
    assert "Ann Example" in seen.of(1).short
    assert "Ann Example" not in seen.of(1, is_latest=False).short
    assert "Sent to Ann Example in a pack on 3 May 2026, to mark." in seen.of().lines


def test_reports_exports_and_later_backups_are_read_from_what_was_noted(
    library: Library, place: Location, hand: HandClock, tmp_path: Path
) -> None:
    libraries.back_up_now(library)
    before = len(list((place.folder / "backups").iterdir()))
    for path in (place.folder / "backups").iterdir():
        path.rename(path.with_name("library-20200101-090000.sqlite"))
    sitting = played(library, hand, answers=("One carer.",))
    other = played(library, hand, answers=("Two carers.",))
    audit.tell_report(library, hand.clock, Kind.SITTING, other, "feedback", b"%PDF")
    person_export.export(library, place, "Pat Example", tmp_path / "pat", Settings(), hand.clock)
    libraries.back_up_now(library)
    seen, of_other = (seeing.of_sitting(library, place, one) for one in (sitting, other))

    assert before == 1
    assert seen.backups == 1
    assert seen.reported == ()
    assert of_other.reported == (ON,)
    assert seen.exported == (ON,)


def test_of_a_sitting_that_is_gone_nothing_is_said(library: Library, place: Location) -> None:
    with pytest.raises(UserError, match="no longer in the library"):
        seeing.who_can_see(library, place, "gone", 0)


@pytest.mark.slow
def test_the_lock_its_ways_in_and_the_second_place_are_read_from_the_data_folder(
    place: Location, hand: HandClock
) -> None:
    with libraries.open_library(place) as library:
        sitting = played(library, hand, answers=("One carer.",))
        assert not seeing.of_sitting(library, place, sitting).locked
    from cqcmock.review.sealing import new_address

    locked = locking.lock(place, locking.new_words(), hand.clock, computer=False, escrow=new_address()[1])
    save_settings(place.folder, Settings(second_place=os.fspath(place.folder.parent)))
    with libraries.open_library(locked) as library:
        seen = seeing.of_sitting(library, locked, sitting)
    assert (seen.locked, seen.by_computer, seen.by_council, seen.second_place) == (True, False, True, True)
