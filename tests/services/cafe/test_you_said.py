"""“You said, we did”: what is open opens the next session, and others are told only what may be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.errors import UserError
from cqcmock.services.cafe import closing, deleting, for_others, for_psw, you_said
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, people_came, themed

if TYPE_CHECKING:
    from cqcmock.services.library import Library

DAY = date(2026, 12, 1)


def test_an_entry_is_written_changed_done_opened_again_and_removed(library: Library) -> None:
    hand = HandClock()
    first = you_said.add(library, " Too  many forms ", hand.clock, owner="Ann", due=DAY)
    hand.pass_seconds(1)
    second = you_said.add(library, "No chairs", hand.clock)
    assert for_psw.open_for_psw(library) == for_psw.said_for_psw(library) == (first, second)
    assert (first.said, first.told) == ("Too many forms", False)
    you_said.change(library, first.id, said="Too many long forms", owner="Bea")
    done = you_said.mark_done(library, first.id, "Two forms became one", DAY)
    assert (done.said, done.owner, done.due, done.did, done.done_on) == (
        "Too many long forms",
        "Bea",
        None,
        "Two forms became one",
        DAY,
    )
    assert for_psw.open_for_psw(library) == (second,)
    again = you_said.open_again(library, first.id)
    assert for_psw.open_for_psw(library) == (again, second)
    you_said.remove(library, first.id)
    assert for_psw.said_for_psw(library) == (second,)
    with pytest.raises(UserError, match="what people said"):
        you_said.add(library, "  ", hand.clock)
    with pytest.raises(UserError, match="what was done"):
        you_said.mark_done(library, second.id, "", DAY)
    with pytest.raises(UserError, match="no longer in the library"):
        you_said.change(library, first.id, said="Gone")


def test_what_is_told_and_open_opens_the_next_session_in_the_room(library: Library) -> None:
    hand = HandClock()
    mine = you_said.add(library, "More chairs", hand.clock, owner="Ann", due=DAY)
    you_said.add(library, "Not yet", hand.clock)
    assert for_others.open_for_the_room(library) == ()
    you_said.tell(library, mine.id)
    assert for_others.open_for_the_room(library) == (
        for_others.Told(said="More chairs", did="", due=DAY, done_on=None),
    )
    you_said.mark_done(library, mine.id, "Ten came", DAY)
    assert for_others.open_for_the_room(library) == ()
    assert [one.did for one in for_others.told_to_others(library)] == ["Ten came"]
    you_said.tell_no_more(library, mine.id)
    assert for_others.told_to_others(library) == ()


def test_only_a_theme_that_the_release_names_can_be_told(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    people_came(cafe, North=12)
    themed(cafe, CardKind.WORRY, "Forms", 6)
    themed(cafe, CardKind.WORRY, "Parking", 2)
    cafe.run.finish()

    def from_session(about: CardKind | None, theme: str) -> you_said.SaidEntry:
        return you_said.add(library, f"About {theme}", hand.clock, session=cafe.id, about=about, theme=theme)

    may = from_session(CardKind.WORRY, "Forms")
    may_not = [
        from_session(CardKind.WORRY, "Parking"), from_session(CardKind.IDEA, "Forms"), from_session(None, "Forms"),
        from_session(CardKind.WORRY, ""), you_said.add(library, "Parking", hand.clock, theme="Parking"),
    ]  # fmt: skip
    with pytest.raises(UserError, match="Too few people"):
        you_said.tell(library, may.id)
    assert you_said.tellable(library) == frozenset()
    closing.close(library, cafe, hand.clock, same_people=False)
    assert you_said.tellable(library) == {may.id}
    assert you_said.tell(library, may.id).told
    assert you_said.tellable(library) == frozenset()
    for entry in may_not:
        with pytest.raises(UserError, match="Too few people"):
            you_said.tell(library, entry.id)
    assert [one.said for one in for_others.told_to_others(library)] == ["About Forms"]
    deleting.delete_for_good(library, cafe.id, hand.clock)
    for entry in may_not:
        with pytest.raises(UserError, match="Too few people"):
            you_said.tell(library, entry.id)


def test_entries_are_listed_with_the_session_that_they_came_from(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    entry = you_said.add(library, "Forms", hand.clock, session=cafe.id, about=CardKind.WORRY, theme="Forms")
    hand.wall += timedelta(days=1)
    you_said.add(library, "Chairs", hand.clock)
    assert for_psw.session_for_psw(library, cafe.id).said == (entry,)
