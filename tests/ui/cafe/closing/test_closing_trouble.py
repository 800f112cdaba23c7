"""Closing a session where something is in the way: the disk, somebody else, or the person goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.services.cafe import attendance, closing, for_psw, holding, opening
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import begun, files_at_most, opened
from tests.ui.cafe.closing.closing_hands import answer, held
from tests.ui.cafe.closing.conftest import Close
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import StandIn
from ui.cafe import closing_words as words
from ui.cafe.closing_screen import ClosingScreen
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_a_name_that_was_typed_and_not_given_is_not_forgotten_when_the_session_is_closed(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    screen.themes.name.setText("The choir")
    screen.close_session()
    settle()
    assert (screen.themes.problem.text(), messages.questions) == (words.NOT_RENAMED, [])
    assert closing.released(library, over) is None


def test_a_number_that_was_typed_and_not_finished_is_kept_when_the_screen_is_left(
    to_close: Close, over: str, window: MainWindow, library: Library, qtbot: QtBot, settle: Wait, messages: StandIn
) -> None:
    screen = to_close(over)
    screen.came.groups.choose("Harbour\nSocial worker")
    screen.came.begin()
    qtbot.keyClicks(screen.came.people, "4")
    assert window.back()
    settle()
    assert for_psw.session_for_psw(library, over).attendance.came == 14
    assert messages.texts == []


def test_a_disk_that_refuses_is_told_and_trying_again_closes_without_asking_twice(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library, fault: Tell
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    messages.answers.append(True)
    with files_at_most((library.folder / "library.sqlite-wal").stat().st_size):
        screen.close_session()
        settle()
    assert screen.foot.problem.isVisible()
    assert "could not be closed" in screen.foot.problem.text()
    assert words.TRY_AGAIN in screen.foot.problem.text()
    told = screen.foot.problem.text()
    assert closing.released(library, over) is None
    assert screen.foot.close_button.hasFocus()
    screen.foot.close_button.click()
    settle()
    assert closing.released(library, over) is not None
    assert screen.after.isVisible()
    assert len(messages.questions) == 1
    fault("The disk refuses a write while a café is closed", area="Café", tried=1, lost=0, person_sees=told)


def test_where_only_the_words_that_were_taken_back_are_left_that_is_said_and_tried_again(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library, fault: Tell
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    messages.answers.append(True)
    log, file = ((library.folder / name).stat().st_size for name in ("library.sqlite-wal", "library.sqlite"))
    room = log + 300_000
    assert room < file, "the log can grow, and what is in it cannot be moved into the file"
    with files_at_most(room):
        screen.close_session()
        settle()
    assert closing.released(library, over) is not None
    assert words.CLOSED_NOT_CLEANED in screen.foot.problem.text()
    assert screen.before.isVisible()
    assert screen.title.text() == words.CLOSED_ALREADY
    ways = [button.text() for button in screen.foot.findChildren(QPushButton) if button.isVisible()]
    assert ways == [words.CLEAN_UP, "Back to the cafés"]
    assert not any(card.isEnabled() for card in screen.cards)
    screen.foot.close_button.click()
    settle()
    assert screen.after.isVisible()
    assert (library.folder / "library.sqlite-wal").stat().st_size == 0
    fault(
        "A closed café cannot be cleaned of the words that were taken back",
        area="Café",
        tried=1,
        lost=0,
        person_sees=words.CLOSED_NOT_CLEANED,
    )


def test_a_session_that_is_closed_and_not_cleaned_yet_can_be_left_like_any_other(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library, window: MainWindow
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    messages.answers.append(True)
    with files_at_most((library.folder / "library.sqlite-wal").stat().st_size + 300_000):
        screen.close_session()
        settle()
    left: list[bool] = []
    screen.left_for_now.connect(lambda: left.append(True))
    screen.foot.later.click()
    assert left == [True]
    assert window.back()
    settle()
    assert messages.texts == []
    assert closing.released(library, over) is not None


def test_what_somebody_else_has_open_can_be_looked_at_and_closed_once_they_let_it_go(
    to_close: Close, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot
) -> None:
    theirs = held(library, hand)
    screen = to_close(theirs.id)
    assert "Laptop of the library has had this session open" in screen.barred.why.text()
    with qtbot.waitSignal(screen.look_wanted) as wanted:
        screen.barred.look.click()
    assert wanted.args == [theirs.id]
    opening.leave(library, theirs)
    screen.barred.again.click()
    settle()
    assert screen.before.isVisible()
    assert not screen.barred.isVisible()


def test_a_session_that_goes_on_is_left_as_it_is_and_leads_back_to_itself(
    to_close: Close, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    running = begun(library, hand)
    opening.leave(library, running)
    before = len(running.run.events)
    screen = to_close(running.id)
    assert "not finished" in screen.barred.why.text()
    assert len(opened(library, hand, running.id).run.events) == before
    with qtbot.waitSignal(screen.back_to_session_wanted) as wanted:
        screen.barred.back.click()
    assert wanted.args == [running.id]


def test_a_session_that_is_closed_already_shows_what_others_see(
    to_close: Close, over: str, library: Library, hand: HandClock
) -> None:
    release = closing.close(library, opened(library, hand, over), hand.clock, same_people=False)
    screen = to_close(over)
    assert screen.after.isVisible()
    assert screen.after.released.release == release
    assert holding.who_has(library, over, hand.clock) is None


def test_leaving_lets_the_session_go_whether_it_was_open_yet_or_not(
    window: MainWindow, desk: Desk, to_close: Close, over: str, library: Library, hand: HandClock, settle: Wait
) -> None:
    to_close(over)
    assert holding.who_has(library, over, hand.clock) is not None
    assert window.back()
    settle()
    assert holding.who_has(library, over, hand.clock) is None
    window.open(ClosingScreen(desk, window.commands, over))
    assert window.back()
    settle()
    assert holding.who_has(library, over, hand.clock) is None


def test_going_back_into_the_session_lets_it_go_first(
    to_close: Close, over: str, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    screen = to_close(over)
    with qtbot.waitSignal(screen.back_to_session_wanted) as wanted:
        screen.foot.back.click()
    assert wanted.args == [over]
    assert holding.who_has(library, over, hand.clock) is None


def test_somebody_who_took_the_session_over_meanwhile_is_named_and_nothing_is_closed(
    to_close: Close, over: str, library: Library, hand: HandClock, settle: Wait, messages: StandIn
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    hand.pass_seconds(31)
    theirs = opened(library, hand, over)
    attendance.came(theirs.attendance, 1)
    messages.answers.append(True)
    screen.close_session()
    settle()
    assert "Laptop of the library has taken over" in screen.barred.why.text()
    assert screen.barred.isVisible()
    assert not screen.before.isVisible()
    assert closing.released(library, over) is None
