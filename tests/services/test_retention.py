"""Kept no longer than needed: the rules, and the holds that stop every way of deleting."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import audit, packing, retention, reviewing, sittings, wiping
from cqcmock.services import library as libraries
from cqcmock.services.cafe import cards, closing, deleting, you_said
from cqcmock.services.retention import HeldError
from cqcmock.settings import Settings
from cqcmock.storage.errors import NotThereError
from tests.services.cafe.hands import begun, people_came
from tests.services.kept_things import (
    WORDS,
    Shelf,
    a_filled_folder,
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


def held(deed: Callable[[], object]) -> str:
    """The hold that stops a deed."""
    with pytest.raises(HeldError, match="held since") as stopped:
        deed()
    return stopped.value.hold_id


def test_everything_is_listed_with_its_rule_and_the_day_on_which_it_is_due(
    library: Library, place: Location, shelf: Shelf
) -> None:
    found = by_kind(library, place, ASSESSED)
    assert set(found) == set(WORDS)
    assert {one.on for one in found.values()} == {date(2027, 6, 1)}
    assert {one.rule for one in found.values()} == {"6 months after the assessment"}
    assert all(found[kind].kept.id == shelf.of(kind) for kind in found if kind is not Kind.RECORDING)
    assert found[Kind.RECORDING].kept.title == "interview.wav"
    assert "interview" not in found[Kind.RECORDING].kept.id
    assert found[Kind.PACK].kept.title == "Pack for Ann Example, 21 November 2026"


def test_a_kind_may_have_months_of_its_own(library: Library, place: Location) -> None:
    own = replace(ASSESSED, keep_months_recordings=1, keep_months_packs=0, keep_months_cafe=12)
    found = by_kind(library, place, own)
    assert found[Kind.RECORDING].on == date(2027, 1, 1)
    assert found[Kind.PACK].on == found[Kind.OPENED_PACK].on == date(2026, 12, 1)
    assert found[Kind.CAFE].on == date(2027, 12, 1)
    assert found[Kind.SITTING].on == date(2027, 6, 1)


@given(
    months=st.integers(0, 120),
    own=st.tuples(*[st.integers(-1, 120)] * 3),
)
def test_months_of_a_kind_s_own_go_before_those_of_all(months: int, own: tuple[int, int, int]) -> None:
    recordings, packs, cafe = own
    chosen = replace(
        Settings(),
        keep_months=months,
        keep_months_recordings=recordings,
        keep_months_packs=packs,
        keep_months_cafe=cafe,
    )
    rules = retention.rules(chosen)
    expected = {
        Kind.SITTING: -1,
        Kind.RECORDING: recordings,
        Kind.PACK: packs,
        Kind.OPENED_PACK: packs,
        Kind.CAFE: cafe,
    }
    assert rules == {kind: months if own_months == -1 else own_months for kind, own_months in expected.items()}


def test_what_was_put_away_is_listed_as_that(library: Library, place: Location, shelf: Shelf) -> None:
    sittings.delete(library, shelf.sitting, CLOCK)
    assert by_kind(library, place, ASSESSED)[Kind.SITTING].kept.is_put_away


def test_only_what_is_due_and_not_held_is_told(library: Library, place: Location) -> None:
    assert retention.due_now(library, place, ASSESSED, at(date(2027, 5, 31))) == ()
    retention.hold(library, Kind.SITTING, "", "A request", CLOCK)
    due = retention.due_now(library, place, ASSESSED, at(date(2027, 6, 1)))
    assert {one.kept.kind for one in due} == {Kind.CAFE, Kind.OPENED_PACK, Kind.RECORDING}, "the pack holds its answers"


def test_a_changed_rule_stands_in_the_trail_once_however_it_was_changed(library: Library) -> None:
    def told() -> list[object]:
        return [dict(one.details) for one in audit.trail(library).entries if one.deed == Deed.RULE_CHANGED]

    assert not retention.note_rules(library, Settings(), CLOCK)
    assert retention.note_rules(library, replace(ASSESSED, keep_months_cafe=3), CLOCK)
    assert not retention.note_rules(library, replace(ASSESSED, keep_months_cafe=3), CLOCK)
    assert retention.note_rules(library, Settings(), CLOCK)
    first, last = told()
    assert first == {
        "sitting": 6, "recording": 6, "pack": 6, "opened pack": 6, "café session": 3, "assessment": "2026-12-01",
        "by itself": 0,
    }  # fmt: skip
    assert isinstance(last, dict)
    assert last["café session"] == 6
    assert audit.trail(library).first_wrong is None


# Holds


WAYS = {
    "putting a rehearsal away": lambda library, place, shelf: sittings.delete(library, shelf.sitting, CLOCK),
    "deleting a rehearsal at once": lambda library, place, shelf: sittings.delete_for_good(library, shelf.sitting),
    "putting a café away": lambda library, place, shelf: deleting.delete(library, shelf.cafe, CLOCK),
    "deleting a café at once": lambda library, place, shelf: deleting.delete_for_good(library, shelf.cafe, CLOCK),
    "removing a pack": lambda library, place, shelf: packing.remove(library, shelf.pack),
    "forgetting an opened pack": lambda library, place, shelf: reviewing.forget(place, shelf.opened),
    "deleting what is due": lambda library, place, shelf: wiping.delete(
        library, place, everything(library, place, Kind.RECORDING), "Due", CLOCK
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_hold_on_everything_stops_every_way_of_deleting(
    library: Library, place: Location, shelf: Shelf, way: str
) -> None:
    hold = retention.hold(library, None, "", "Request 4711", CLOCK)
    assert held(lambda: WAYS[way](library, place, shelf)) == hold.id
    assert {word for words in found_in(place, EVERY_WORD).values() for word in words} == set(EVERY_WORD)
    assert not [one for one in audit.trail(library).entries if one.deed == Deed.DELETED]
    retention.release(library, hold.id, "Answered", CLOCK)
    WAYS[way](library, place, shelf)


@pytest.mark.parametrize("case", some_quickly([(kind, every) for kind in WORDS for every in (True, False)], every=3))
def test_a_hold_on_a_thing_or_all_of_its_kind_stops_deleting_it_for_good(
    library: Library, place: Location, case: tuple[Kind, bool]
) -> None:
    kind, all_of_a_kind = case
    (one,) = everything(library, place, kind)
    hold = retention.hold(library, kind, "" if all_of_a_kind else one.kept.id, "A request", CLOCK)
    assert by_kind(library, place, ASSESSED)[kind].hold == hold
    assert held(lambda: wiping.delete(library, place, [one], "Due", CLOCK)) == hold.id
    others = [other for other in everything(library, place) if other.kept.kind not in (kind, *_bound_to(kind))]
    wiping.delete(library, place, others, "Due", CLOCK)
    left = {word for words in found_in(place, WORDS[kind]).values() for word in words}
    assert left == set(WORDS[kind])


def _bound_to(kind: Kind) -> tuple[Kind, ...]:
    return {Kind.SITTING: (Kind.PACK,), Kind.PACK: (Kind.SITTING,)}.get(kind, ())


def test_of_several_things_one_that_is_held_keeps_them_all(library: Library, place: Location, shelf: Shelf) -> None:
    retention.hold(library, Kind.CAFE, shelf.cafe, "A request", CLOCK)
    held(lambda: wiping.delete(library, place, everything(library, place), "Due", CLOCK))
    assert len(everything(library, place)) == len(WORDS)


def test_a_hold_on_a_pack_keeps_the_rehearsal_whose_words_are_in_it_and_the_other_way_round(
    library: Library, place: Location, shelf: Shelf
) -> None:
    hold = retention.hold(library, Kind.PACK, shelf.pack, "A request", CLOCK)
    held(lambda: sittings.delete_for_good(library, shelf.sitting))
    assert by_kind(library, place, ASSESSED)[Kind.SITTING].hold == hold
    retention.release(library, hold.id, "Answered", CLOCK)
    retention.hold(library, Kind.SITTING, shelf.sitting, "A request", CLOCK)
    held(lambda: packing.remove(library, shelf.pack))


def test_what_was_put_away_before_it_was_held_is_not_purged_when_its_time_is_over(
    library: Library, place: Location, shelf: Shelf
) -> None:
    sittings.delete(library, shelf.sitting, CLOCK)
    deleting.delete(library, shelf.cafe, CLOCK)
    hold = retention.hold(library, None, "", "A request", CLOCK)
    later = at(HAND.wall.date() + timedelta(days=sittings.UNDO_DAYS + 2))
    for purge in (sittings.purge_deleted, deleting.purge_deleted):
        assert purge(library, later) == 0
    assert sittings.purge_all_deleted(library) == deleting.purge_all_deleted(library) == 0
    assert [one.id for one in sittings.deleted(library)] == [shelf.sitting]
    retention.release(library, hold.id, "Answered", CLOCK)
    assert sittings.purge_deleted(library, later) == deleting.purge_deleted(library, later) == 1


def test_what_was_told_in_a_café_that_is_held_is_not_deleted(library: Library, shelf: Shelf) -> None:
    entry = you_said.add(library, "They asked", CLOCK, session=shelf.cafe)
    retention.hold(library, Kind.CAFE, shelf.cafe, "A request", CLOCK)
    held(lambda: you_said.remove(library, entry.id))


def test_words_that_closing_a_café_would_forget_are_kept_while_it_is_held(library: Library) -> None:
    cafe = begun(library, HAND)
    people_came(cafe, North=6)
    board = cards.write(cafe.cards, CardKind.WORRY, "Larkmoss")
    cards.take_out(cafe.cards, board.cards[-1].id)
    cafe.run.finish()
    hold = retention.hold(library, Kind.CAFE, cafe.id, "A request", CLOCK)
    assert held(lambda: closing.close(library, cafe, HAND.clock, same_people=False)) == hold.id
    retention.release(library, hold.id, "Answered", CLOCK)
    closing.close(library, cafe, HAND.clock, same_people=False)


def test_a_hold_needs_a_reason_and_stands_in_the_trail(library: Library) -> None:
    with pytest.raises(UserError, match="no reason"):
        retention.hold(library, None, "", "  \n", CLOCK)
    hold = retention.hold(library, Kind.CAFE, "one", "Request 4711", CLOCK)
    with pytest.raises(UserError, match="no reason"):
        retention.release(library, hold.id, "", CLOCK)
    retention.release(library, hold.id, "Answered on Monday", CLOCK)
    with pytest.raises(NotThereError):
        retention.release(library, hold.id, "Again", CLOCK)
    *_, placed, released = audit.trail(library).entries
    assert (placed.deed, placed.kind, placed.subject, placed.why) == (
        Deed.HOLD_PLACED,
        Kind.CAFE,
        "one",
        "Request 4711",
    )
    assert (released.deed, released.why) == (Deed.HOLD_RELEASED, "Answered on Monday")
    assert placed.details["hold"] == released.details["hold"] == hold.id


def test_what_has_no_rule_cannot_be_held_by_itself(library: Library) -> None:
    with pytest.raises(UserError, match="no rule"):
        retention.hold(library, Kind.BANK, "", "A request", CLOCK)


def test_a_pack_whose_file_could_not_be_written_is_taken_out_again_although_everything_is_held(
    library: Library, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.services.review.hands import all_out

    retention.hold(library, None, "", "A request", CLOCK)
    ready = packing.draft(library, packing.Wanted(sittings=(shelf.sitting,), reviewer="Bob"), CLOCK)
    monkeypatch.setattr(Path, "replace", _no_room)
    from cqcmock.review import sealing

    address = sealing.new_address()[1]
    with pytest.raises(UserError, match="could not be written"):
        packing.seal(library, ready, all_out(ready), tmp_path / "x.pack", CLOCK, address=address)
    assert packing.reviewers(library) == ("Ann Example",)


def _no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")
