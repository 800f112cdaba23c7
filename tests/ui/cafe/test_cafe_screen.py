"""The first screen of the café's room: what to do next is on top, and everything can be done from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock import storage
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.errors import UserError
from cqcmock.services.cafe import closing, deleting, for_psw, opening, planning, you_said
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, opened
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.shelf_hands import (
    CTRL,
    SHIFT,
    TODAY,
    Planned,
    button,
    buttons,
    focused,
    longest_step,
    press,
    primaries,
    rows,
    tab_to,
    words,
)
from tests.ui.conftest import OpenWindow, StandIn
from ui.app_signals import Subject, change
from ui.cafe.cafe_screen import CafeScreen
from ui.desk import Desk
from ui.main_window import Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

LIST = "Café sessions, the latest day first"


ShowCafe = Callable[[], CafeScreen]


@pytest.fixture
def planned(library: Library, hand: HandClock) -> Planned:
    return Planned(library, hand)


@pytest.fixture
def show_cafe(desk: Desk, open_window: OpenWindow, settle: Wait) -> ShowCafe:
    def show_it() -> CafeScreen:
        window = open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="cafe", title="Café", make=lambda: CafeScreen(desk, window.commands)),
        )
        window.go("cafe")
        settle()
        screen = window.current
        assert isinstance(screen, CafeScreen)
        return screen

    return show_it


def test_somebody_new_reads_what_a_cafe_is_and_plans_one(show_cafe: ShowCafe, qtbot: QtBot) -> None:
    cafe = show_cafe()
    assert "A café is a drop-in of about 45 minutes in which colleagues practise together" in words(cafe)
    assert buttons(cafe) == primaries(cafe) == ["Plan a café"]
    for keys in ((Qt.Key.Key_Return,), (Qt.Key.Key_N, CTRL | SHIFT)):
        assert focused() == "Plan a café"
        with qtbot.waitSignal(cafe.plan_wanted) as caught:
            press(*keys)
        assert caught.args == [""]


def test_what_began_comes_first_then_what_is_planned_for_today_then_what_is_to_be_closed(
    library: Library, hand: HandClock, planned: Planned, show_cafe: ShowCafe, settle: Wait, qtbot: QtBot
) -> None:
    planned(7, "Next week")
    done = opened(library, hand, planned(-3, "Last week").id)
    done.run.start()
    done.run.finish()
    opening.leave(library, done)
    cafe = show_cafe()
    assert (cafe.next.title.text(), cafe.next.lead.text()) == ("Finished, and to be closed", "Last week")
    assert primaries(cafe) == ["Close it"] == [focused()]
    with qtbot.waitSignal(cafe.close_wanted) as caught:
        press(Qt.Key.Key_Return)
    assert caught.args == [done.id]

    today = planned(0, "Today's café")
    cafe.arrived()
    settle()
    assert (cafe.next.title.text(), cafe.next.lead.text()) == ("Planned for today", "Today's café")
    assert primaries(cafe) == ["Open it"] == [focused()]
    with qtbot.waitSignal(cafe.run_wanted) as caught:
        press(Qt.Key.Key_Return)
    assert caught.args == [today.id]
    with qtbot.waitSignal(cafe.plan_wanted) as caught:
        cafe.next.change.click()
    assert caught.args == [today.id]

    running = begun(library, hand, 2)
    opening.leave(library, running)
    cafe.arrived()
    settle()
    assert "Pick up where it stopped" in words(cafe)
    assert "▲\u2002In round 2 of 6 · 24 November 2026 · Stevenage · open door · 45 minutes" in words(cafe)
    with qtbot.waitSignal(cafe.run_wanted) as caught:
        button(cafe, "Go on").click()
    assert caught.args == [running.id]


def test_where_nothing_waits_the_next_one_is_named_and_another_can_be_planned(
    planned: Planned, show_cafe: ShowCafe, settle: Wait
) -> None:
    first = planned(-20, "Long ago")
    cafe = show_cafe()
    assert "No café is planned." in words(cafe)
    assert rows(cafe.sessions.list) == ["Long ago, Not held yet, 1 November 2026 · Watford · open door · 45 minutes"]
    planned(9, "Later")
    second = planned(1, "Soon", minutes=60, team="North team")
    cafe.refresh()
    settle()
    assert primaries(cafe) == ["Plan a café"]
    assert "Soon\nTomorrow · Watford · for North team · 60 minutes" in words(cafe)
    assert [cafe.sessions.list.chosen, second.day] == [first.id, TODAY + timedelta(1)]  # what was chosen stays so


def test_the_list_says_where_each_session_is_and_offers_what_can_be_done_with_it(
    library: Library, hand: HandClock, planned: Planned, show_cafe: ShowCafe, qtbot: QtBot
) -> None:
    closed = opened(library, hand, planned(-9, "Closed one").id)
    closed.run.start()
    closed.run.finish()
    closing.close(library, closed, hand.clock, same_people=False)
    finished = opened(library, hand, planned(-5, "Finished one").id)
    finished.run.start()
    finished.run.finish()
    opening.leave(library, finished)
    begun_one = opened(library, hand, planned(-1, "Begun one").id)
    begun_one.run.start()
    opening.leave(library, begun_one)
    planned(5, "Planned one")
    cafe = show_cafe()
    where = "Watford · open door · 45 minutes"
    assert rows(cafe.sessions.list) == [
        f"Planned one, Planned, 26 November 2026 · {where}",
        f"Begun one, Begun, yesterday · {where}",
        f"Finished one, To be closed, 16 November 2026 · {where}",
        f"Closed one, Closed, 12 November 2026 · {where}",
    ]
    always = ["Papers", "Plan it again…", "Delete"]
    assert cafe.sessions.list.chosen == begun_one.id
    assert buttons(cafe.sessions) == ["Go on", "Look", *always]
    cafe.sessions.list.setFocus()
    for key, offered, signal in (
        (Qt.Key.Key_Down, ["Close it", "Open again", "Look", *always], cafe.close_wanted),
        (Qt.Key.Key_Down, ["Look", *always], cafe.look_wanted),
        (Qt.Key.Key_Home, ["Open", "Change the plan", *always], cafe.run_wanted),
    ):
        press(key)
        assert buttons(cafe.sessions) == offered
        with qtbot.waitSignal(signal) as caught:
            press(Qt.Key.Key_Return)
        assert caught.args == [cafe.sessions.list.chosen]
    for title, signal in (("Change the plan", cafe.plan_wanted), ("Papers", cafe.papers_wanted)):
        with qtbot.waitSignal(signal) as caught:
            button(cafe.sessions, title).click()
        assert caught.args == [cafe.sessions.list.chosen]


def test_what_somebody_else_has_in_hand_can_be_looked_at_only_until_they_leave_it(
    library: Library, hand: HandClock, show_cafe: ShowCafe, settle: Wait, qtbot: QtBot
) -> None:
    theirs = begun(library, hand)
    cafe = show_cafe()
    assert "Somebody else is running this now" in words(cafe)
    assert "Laptop of the library has had this session open since" in words(cafe.next)
    assert "Laptop of the library has had this session open since" in words(cafe.sessions)
    assert "Open with Laptop of the library" in rows(cafe.sessions.list)[0]
    assert buttons(cafe.sessions) == ["Look", "Papers", "Plan it again…", "Delete"]
    assert not cafe.sessions.delete.isEnabled()
    cafe.sessions.list.setFocus()
    press(Qt.Key.Key_Delete)
    with qtbot.waitSignal(cafe.look_wanted) as caught:
        press(Qt.Key.Key_Return)
    assert caught.args == [theirs.id]
    assert cafe._look_again.isActive()  # nobody tells this window when they leave it
    opening.leave(library, theirs)
    cafe._look_again.timeout.emit()
    settle()
    assert primaries(cafe) == ["Go on"]
    assert buttons(cafe.sessions) == ["Go on", "Look", "Papers", "Plan it again…", "Delete"]
    assert len(for_psw.sessions_for_psw(library)) == 1


def test_a_session_is_deleted_and_taken_back_from_the_keyboard(
    library: Library, planned: Planned, messages: StandIn, show_cafe: ShowCafe, settle: Wait
) -> None:
    planned(7, "Keep me")
    gone = planned(3, "Delete me")
    cafe = show_cafe()
    tab_to(LIST)
    assert cafe.sessions.list.chosen == gone.id
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Delete)  # pressed twice: the next one is safe
    settle()
    assert [one.title for one in deleting.deleted(library)] == ["Delete me"]
    assert messages.texts == ["“Delete me” was deleted."]
    assert [one.partition(",")[0] for one in rows(cafe.sessions.list)] == ["Keep me"]
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert messages.texts == ["“Delete me” is back."]
    assert [one.title for one in for_psw.sessions_for_psw(library)] == ["Keep me", "Delete me"]
    assert (cafe.sessions.list.chosen, focused()) == (gone.id, LIST)
    cafe.sessions.delete.click()
    settle()
    action = messages.current[0].action
    assert action is not None
    action.do()
    settle()
    assert deleting.deleted(library) == ()


def test_deleting_the_last_session_leads_back_to_planning(planned: Planned, show_cafe: ShowCafe, settle: Wait) -> None:
    planned(3)
    cafe = show_cafe()
    cafe.sessions.list.setFocus()
    press(Qt.Key.Key_Delete)
    settle()
    assert buttons(cafe) == ["Plan a café"] == [focused()]


def test_of_a_closed_session_it_is_said_that_others_see_it_no_more(
    library: Library, hand: HandClock, messages: StandIn, show_cafe: ShowCafe, settle: Wait
) -> None:
    closed = begun(library, hand)
    closed.run.finish()
    closing.close(library, closed, hand.clock, same_people=False)
    show_cafe().sessions.delete.click()
    settle()
    assert messages.texts == ["“Café, 24 November 2026” was deleted, and with it what others could see of it."]


def test_one_that_somebody_took_in_hand_meanwhile_is_not_deleted(
    library: Library, hand: HandClock, planned: Planned, messages: StandIn, show_cafe: ShowCafe, settle: Wait
) -> None:
    planned(3, "Taken")
    cafe = show_cafe()
    opened(library, hand, cafe.sessions.list.chosen)
    cafe.sessions.delete.click()
    settle()
    assert "Laptop of the library has had this session open since" in messages.texts[0]
    assert not cafe.sessions.delete.isEnabled()
    assert deleting.deleted(library) == ()


def test_a_session_is_planned_again_for_another_day_with_its_rounds_its_place_and_its_team(
    library: Library, planned: Planned, messages: StandIn, show_cafe: ShowCafe, settle: Wait
) -> None:
    before = planned(3, minutes=60, team="North team")
    cafe = show_cafe()
    tab_to("Plan it again…")
    press(Qt.Key.Key_Return)
    assert focused() == "The day of the new session"
    press(Qt.Key.Key_Escape)
    assert focused() == "Plan it again…"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Up)  # a day later than in a week
    press(Qt.Key.Key_Return)
    settle()
    made, _ = for_psw.sessions_for_psw(library)
    assert (made.title, made.day) == ("Café, 2 December 2026", date(2026, 12, 2))
    assert (made.place, made.team, made.minutes) == ("Watford", "North team", 60)
    rounds = [for_psw.session_for_psw(library, one).state.order.rounds for one in (before.id, made.id)]
    assert [(one.kind, one.title, one.seconds) for one in rounds[0]] == [
        (one.kind, one.title, one.seconds) for one in rounds[1]
    ]
    assert {one.id for one in rounds[0]}.isdisjoint(one.id for one in rounds[1])
    assert (cafe.sessions.list.chosen, focused()) == (made.id, LIST)
    assert messages.texts == ["“Café, 2 December 2026” is planned for 2 December 2026."]
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert [one.id for one in for_psw.sessions_for_psw(library)] == [before.id]


def test_a_title_of_its_own_stays_when_a_session_that_ran_is_planned_again(
    library: Library, hand: HandClock, planned: Planned, show_cafe: ShowCafe, settle: Wait
) -> None:
    ran = opened(library, hand, planned(0, "Forms and chairs").id)
    ran.run.start()
    ran.run.begin_round()
    hand.pass_seconds(100)
    ran.run.finish()
    opening.leave(library, ran)
    cafe = show_cafe()
    cafe.sessions.again.click()
    assert cafe.sessions.copy.day.minimumDate().toPython() == TODAY
    button(cafe, "Plan it for this day").click()
    settle()
    made = for_psw.sessions_for_psw(library)[0]
    assert (made.title, made.day, made.minutes, made.rounds) == ("Forms and chairs", TODAY + timedelta(7), 45, 6)


def test_what_people_said_is_counted_with_what_is_due_first(
    library: Library, hand: HandClock, planned: Planned, desk: Desk, show_cafe: ShowCafe, settle: Wait, qtbot: QtBot
) -> None:
    planned(3)
    cafe = show_cafe()
    assert "Nothing is open. What people say at a café, and what is done about it, is kept here." in words(cafe)
    you_said.add(library, "More chairs", hand.clock, due=TODAY - timedelta(3))
    you_said.add(library, "Shorter forms", hand.clock, due=TODAY + timedelta(3))
    done = you_said.add(library, "A quiet room", hand.clock, due=TODAY - timedelta(30))
    you_said.mark_done(library, done.id, "There is one", TODAY)
    desk.signals.changed.emit(change(Subject.CAFES))
    settle()
    assert "Two are open." in words(cafe)
    assert "Due first: “More chairs”, overdue by three days, it was due on 18 November 2026." in words(cafe)
    tab_to("See and add")
    for keys in ((Qt.Key.Key_Return,), (Qt.Key.Key_Y, CTRL | SHIFT)):
        with qtbot.waitSignal(cafe.said_wanted):
            press(*keys)
    tab_to("Write a record")
    with qtbot.waitSignal(cafe.record_wanted):
        press(Qt.Key.Key_Space)


def test_what_cannot_be_read_is_said_in_place_and_tried_again(
    planned: Planned, show_cafe: ShowCafe, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(0)

    def refuses(*_: object) -> None:
        raise UserError("The library could not be read.", "Try again.")

    with monkeypatch.context() as broken:
        broken.setattr(for_psw, "sessions_for_psw", refuses)
        cafe = show_cafe()
        assert "The library could not be read." in words(cafe)
        assert buttons(cafe) == ["Try again"] == [focused()]
    press(Qt.Key.Key_Return)
    settle()
    assert "could not be read" not in words(cafe)
    assert primaries(cafe) == ["Open it"]


def test_a_thousand_sessions_do_not_stall_the_window(
    library: Library, planned: Planned, desk: Desk, show_cafe: ShowCafe, settle: Wait, qtbot: QtBot
) -> None:
    cafe = show_cafe()  # everything is imported and drawn once
    planned(1, "The first to be seen")
    cafe.refresh()
    settle()
    with library.writing() as work:
        one = for_psw.sessions_for_psw(library)[0]
        for number in range(1000):
            storage.cafe.create(
                work,
                replace(one, id=f"s{number:04}", title=f"Café {number} {'long ' * 20}", day=TODAY - timedelta(number)),
            )
        work.commit()
    view = cafe.sessions.list
    with longest_step() as longest:
        cafe.refresh()
        settle()
        qtbot.waitUntil(lambda: view.visualRect(view.lines.index(999)).isValid())
    assert view.lines.rowCount() == 1000
    assert longest() < 0.016
    view.setFocus()
    press(Qt.Key.Key_End)
    assert view.currentIndex().row() == 999
    assert "The latest 1,000 are listed." in words(cafe)


def test_while_no_library_is_open_the_screen_says_so(desk: Desk, library: Library, show_cafe: ShowCafe) -> None:
    desk.opened = None
    cafe = show_cafe()
    assert "Your library is not open, and the cafés are in it." in words(cafe)
    assert buttons(cafe) == ["Try again"]
    desk.opened = library


def test_a_place_written_from_the_right_does_not_turn_the_rest_of_its_line_round(
    library: Library, hand: HandClock, show_cafe: ShowCafe
) -> None:
    order = planning.order_from(SHIPPED[1], 45).order
    planning.plan_session(library, order, hand.clock, day=TODAY + timedelta(9), place="مقهى", team="צוות")
    (row,) = rows(show_cafe().sessions.list)
    assert row.endswith("30 November 2026 · \u2068مقهى\u2069 · for \u2068צוות\u2069 · 45 minutes")
