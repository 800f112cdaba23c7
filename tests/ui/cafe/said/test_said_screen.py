"""“You said, we did”: written, done and told from the keyboard, and others are told only what may be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.errors import UserError
from cqcmock.services.cafe import closing, for_others, for_psw, you_said
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, people_came, themed
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.said.conftest import LIST, ShowSaid
from tests.ui.cafe.shelf_hands import (
    CTRL,
    TODAY,
    button,
    buttons,
    focused,
    longest_step,
    press,
    primaries,
    rows,
    tab_to,
    words,
    write,
)
from tests.ui.conftest import StandIn
from ui.cafe import said_words
from ui.cafe.said_reading import read_said
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_an_entry_is_written_and_taken_back_from_the_keyboard(
    library: Library, show_said: ShowSaid, settle: Wait, messages: StandIn
) -> None:
    said = show_said()
    assert "Nothing is here yet." in words(said)
    assert "You see every entry. Others see only those that you tell them of" in words(said)
    assert primaries(said) == ["Add an entry"] == [focused()]
    press(Qt.Key.Key_Return)
    assert primaries(said) == ["Add the entry"]
    assert focused() == "What people said"
    write("Too many forms")
    press(Qt.Key.Key_Tab)
    write("Ann")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)  # a day earlier than in a fortnight
    press(Qt.Key.Key_Return)
    settle()
    (entry,) = for_psw.said_for_psw(library)
    assert (entry.said, entry.owner, entry.due) == ("Too many forms", "Ann", date(2026, 12, 4))
    assert (entry.session, entry.theme, entry.told) == (None, "", False)
    assert rows(said.entries.list) == ["Too many forms, Due on 4 December 2026, only you see it · taken on by Ann"]
    assert messages.texts == ["“Too many forms” was added. Only you see it."]
    assert focused() == LIST
    assert primaries(said) == ["Add an entry"]
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert for_psw.said_for_psw(library) == ()
    assert focused() == "Add an entry"


def test_what_is_open_comes_first_by_its_day_and_what_is_late_is_said_in_words(
    library: Library, hand: HandClock, show_said: ShowSaid
) -> None:
    for what, days in (("No day", None), ("Later", 30), ("Late", -1), ("Later than late", -12), ("Now", 0)):
        you_said.add(library, what, hand.clock, due=None if days is None else TODAY + timedelta(days))
    for number, what in enumerate(("Done first", "Done last")):
        done = you_said.add(library, what, hand.clock, due=TODAY - timedelta(50))
        you_said.mark_done(library, done.id, "It is", TODAY - timedelta(1 - number))
    said = show_said()
    assert rows(said.entries.list) == [
        "Later than late, Overdue by 12 days, due on 9 November 2026 · only you see it",
        "Late, Overdue by one day, due on 20 November 2026 · only you see it",
        "Now, Due today, only you see it",
        "Later, Due on 21 December 2026, only you see it",
        "No day, Open, only you see it",
        "Done last, Done today, only you see it",
        "Done first, Done yesterday, only you see it",
    ]
    assert "Five are open, two of them overdue." in words(said)
    assert focused() == LIST


def test_an_entry_is_done_put_right_opened_again_and_each_of_it_taken_back(
    library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait, messages: StandIn
) -> None:
    entry = you_said.add(library, "Too many forms", hand.clock)
    said = show_said()

    def now() -> tuple[str, date | None]:
        settle()
        (one,) = for_psw.said_for_psw(library)
        return one.did, one.done_on

    tab_to("Mark it done…")
    press(Qt.Key.Key_Return)
    assert focused() == "What was done about it"
    assert "You said: “Too many forms”" in words(said)
    write("Two became one")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    yesterday = TODAY - timedelta(1)
    assert now() == ("Two became one", yesterday)
    assert messages.texts == ["Done: “Too many forms”."]
    assert "Two became one (yesterday)" in words(said)
    button(said, "Change what was done…").click()
    write("Three became one")
    press(Qt.Key.Key_Return)
    assert now() == ("Three became one", yesterday)
    press(Qt.Key.Key_Z, CTRL)
    assert now() == ("Two became one", yesterday)
    button(said, "Open it again").click()
    assert now() == ("Two became one", None)
    assert "Noted before it was opened again" in words(said)
    press(Qt.Key.Key_Z, CTRL)
    assert now() == ("Two became one", yesterday)
    press(Qt.Key.Key_Z, CTRL)
    assert now()[1] is None
    assert said.entries.list.chosen == entry.id


def test_an_entry_is_changed_and_put_back(library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait) -> None:
    you_said.add(library, "Too many forms", hand.clock, owner="Ann", due=TODAY)
    said = show_said()
    press(Qt.Key.Key_Return)
    assert focused() == "What people said"
    write("Far too many forms")
    button(said, "Keep the change").click()
    settle()
    (entry,) = for_psw.said_for_psw(library)
    assert (entry.said, entry.owner, entry.due) == ("Far too many forms", "Ann", TODAY)
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert [one.said for one in for_psw.said_for_psw(library)] == ["Too many forms"]


def test_others_are_told_of_an_entry_and_no_more(
    library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait, messages: StandIn
) -> None:
    you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    assert "Only you see this entry. Before you tell others of it, see that nobody can be recognised" in words(said)
    tab_to("Tell others")
    press(Qt.Key.Key_Return)
    settle()
    assert [one.said for one in for_others.told_to_others(library)] == ["More chairs"]
    assert messages.texts == ["Others now see “More chairs”."]
    assert "Others see this entry." in words(said)
    assert focused() == LIST
    tab_to("Tell others no more")
    press(Qt.Key.Key_Return)
    settle()
    assert for_others.told_to_others(library) == ()
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert [one.said for one in for_others.told_to_others(library)] == ["More chairs"]


def test_what_too_few_people_said_cannot_be_told_and_the_screen_says_why(
    library: Library, hand: HandClock, closed: str, show_said: ShowSaid
) -> None:
    you_said.add(library, "Nowhere to park", hand.clock, session=closed, about=CardKind.WORRY, theme="Parking")
    said = show_said()
    assert "It came from\nThe café of 24 November 2026: Parking (worry)" in words(said)
    assert "Others cannot be told of it: too few people may stand behind it." in words(said)
    assert not button(said, "Tell others").isEnabled()


def test_what_could_be_told_a_moment_ago_is_refused_in_place_with_the_reason(
    library: Library, show_said: ShowSaid, settle: Wait, hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    monkeypatch.setattr(you_said, "may_tell", lambda _session, _entry: False)
    button(said, "Tell others").click()
    settle()
    assert "Too few people may stand behind this to tell others of it." in words(said)
    assert not button(said, "Tell others").isEnabled()
    assert for_others.told_to_others(library) == ()


def test_words_that_nobody_counted_are_said_to_be_so_before_others_are_told(
    library: Library, closed: str, show_said: ShowSaid, settle: Wait
) -> None:
    said = show_said()
    press(Qt.Key.Key_Return)
    assert said_words.NOT_COUNTED in words(said)
    press(Qt.Key.Key_Down)
    assert said_words.NOT_COUNTED not in words(said)
    button(said, "Add the entry").click()
    settle()
    assert words(said).count(said_words.MAY_TELL) == 1
    assert said_words.OWN_WORDS not in words(said)
    button(said, "Change…").click()
    write("Mo filled in the same form six times")
    button(said, "Keep the change").click()
    settle()
    assert f"{said_words.MAY_TELL} {said_words.OWN_WORDS}" in words(said)


def test_worries_and_ideas_are_offered_before_what_people_are_proud_of(
    library: Library, hand: HandClock, desk: Desk
) -> None:
    cafe = begun(library, hand)
    people_came(cafe, North=18)
    for about in (CardKind.PRIDE, CardKind.IDEA, CardKind.WORRY):
        themed(cafe, about, f"A {about}", 6)
    cafe.run.finish()
    closing.close(library, cafe, hand.clock, same_people=False)
    assert [start.theme for start in read_said(desk).starts] == ["A worry", "A idea", "A pride"]


def test_a_theme_of_a_closed_session_is_a_start_and_others_may_be_told_of_it(
    library: Library, closed: str, show_said: ShowSaid, settle: Wait
) -> None:
    said = show_said()
    press(Qt.Key.Key_Return)
    assert focused() == "Begin with"
    offered = [said.form.start.itemText(at) for at in range(said.form.start.count())]
    assert offered == ["Something else that people said", "“Forms” (worry, from the café of 24 November 2026)"]
    press(Qt.Key.Key_Down)
    assert said.form.words.words == "Forms"
    assert said_words.ENOUGH in words(said)
    press(Qt.Key.Key_Tab)
    write("Too many long forms")
    press(Qt.Key.Key_Return)
    settle()
    (entry,) = for_psw.said_for_psw(library)
    assert (entry.said, entry.session, entry.about, entry.theme) == (
        *("Too many long forms", closed, CardKind.WORRY),
        "Forms",
    )
    button(said, "Tell others").click()
    settle()
    assert [one.said for one in for_others.told_to_others(library)] == ["Too many long forms"]
    button(said, "Add an entry").click()
    assert not said.form.start.isVisible()  # nothing is offered twice
    assert focused() == "What people said"


def test_an_entry_is_removed_only_after_asking(
    library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait, messages: StandIn
) -> None:
    you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    messages.answers = [False, True]
    press(Qt.Key.Key_Delete)
    settle()
    assert len(for_psw.said_for_psw(library)) == 1
    button(said, "Change…").click()  # what is written about it goes with it
    said.entries.list.setFocus()
    press(Qt.Key.Key_Delete)
    settle()
    assert messages.questions == ["Remove “More chairs” for good?"] * 2
    assert messages.texts == ["“More chairs” was removed."]
    assert for_psw.said_for_psw(library) == ()
    assert buttons(said) == ["Back to the café", "Add an entry"]
    assert focused() == "Add an entry"


def test_what_cannot_be_read_is_said_in_place_and_tried_again(
    library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    you_said.add(library, "More chairs", hand.clock)

    def refuses(*_: object) -> None:
        raise UserError("The library could not be read.", "Try again.")

    with monkeypatch.context() as broken:
        broken.setattr(for_psw, "said_for_psw", refuses)
        said = show_said()
        assert "The library could not be read." in words(said)
        assert focused() == "Try again"
    press(Qt.Key.Key_Return)
    settle()
    assert len(rows(said.entries.list)) == 1


def test_hundreds_of_entries_do_not_stall_the_window(
    library: Library, hand: HandClock, show_said: ShowSaid, settle: Wait, qtbot: QtBot
) -> None:
    you_said.add(library, "The first to be seen", hand.clock)
    said = show_said()
    for number in range(300):
        you_said.add(library, f"Entry {number} {'with many words ' * 20}", hand.clock, owner="Ann", due=TODAY)
    view = said.entries.list
    with longest_step() as longest:
        said.refresh()
        settle()
        qtbot.waitUntil(lambda: view.visualRect(view.lines.index(300)).isValid())
    assert view.lines.rowCount() == 301
    assert longest() < 0.016
