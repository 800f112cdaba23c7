"""Planning a café on the screen: from nothing to “Start the session”, kept, looked at, let go."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.services.cafe import closing, deleting, for_psw, holding, opening
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import WHO, begun, files_at_most, opened, plan
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.plan_hands import PlanFor, kept, minutes, screen, screens, shown, window
from ui.cafe.plan_foot import BACK, DONE, GO_ON, KEEP
from ui.cafe.plan_screen import PlanScreen
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


__all__ = ["screen", "screens", "window"]  # fixtures


def test_a_newcomer_types_the_place_and_starts(
    screen: PlanScreen, window: MainWindow, qtbot: QtBot, library: Library, hand: HandClock
) -> None:
    focus = QApplication.focusWidget()
    assert focus is screen.details.place
    qtbot.keyClicks(focus, "Stevenage")
    with qtbot.waitSignal(screen.begin_wanted) as begin:
        qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (session_id,) = begin.args
    whole = for_psw.session_for_psw(library, session_id)
    assert (whole.details.place, whole.details.day, whole.details.team) == ("Stevenage", date(2026, 11, 23), "")
    assert whole.details.minutes == 45
    assert holding.who_has(library, session_id, hand.clock) is None


def test_the_shown_plan_adds_up_and_says_when_each_round_begins_and_what_it_is(screen: PlanScreen) -> None:
    assert screen.order.total.text() == "45 of 45 minutes"
    assert [row.when.text() for row in shown(screen)] == [
        "0 – 4 min", "4 – 11 min", "11 – 17 min", "17 – 29 min", "29 – 41 min", "41 – 45 min",
    ]  # fmt: skip
    assert shown(screen)[3].meaning.text() == KINDS[RoundKind.HOT_SEAT].to_say
    assert "drawn in the session" in shown(screen)[3].question.text()
    assert shown(screen)[0].question.isHidden()


def test_nothing_is_kept_of_a_plan_that_nobody_touched(
    screen: PlanScreen, window: MainWindow, library: Library, settle: Wait, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(screen.left_for_now):
        screen.foot.not_now.click()
    assert window.back()
    settle()
    assert for_psw.sessions_for_psw(library) == ()


def test_a_plan_that_nobody_touched_is_kept_when_somebody_says_so(
    screen: PlanScreen, qtbot: QtBot, library: Library
) -> None:
    assert screen.foot.finish.text() == KEEP
    with qtbot.waitSignal(screen.done):
        screen.foot.finish.click()
    (session,) = for_psw.sessions_for_psw(library)
    assert session.minutes == 45


def test_the_first_change_is_saved_by_itself_and_the_session_is_then_held(
    screen: PlanScreen, qtbot: QtBot, library: Library, hand: HandClock
) -> None:
    with qtbot.waitSignal(screen.autosave.saved):
        shown(screen)[3].minutes.setValue(20)
    assert screen.foot.saved.text() == "Saved"
    assert screen.foot.finish.text() == DONE
    (session,) = for_psw.sessions_for_psw(library)
    assert holding.who_has(library, session.id, hand.clock) is not None
    order = for_psw.session_for_psw(library, session.id).state.order
    assert [one.seconds // 60 for one in order.rounds] == minutes(screen)
    assert minutes(screen)[3] == 20
    assert sum(minutes(screen)) == 45


def test_the_sheet_is_printed_of_a_plan_that_is_saved_first(screen: PlanScreen, qtbot: QtBot, library: Library) -> None:
    screen.details.place.setFocus()
    qtbot.keyClicks(screen.details.place, "Ware")
    with qtbot.waitSignal(screen.papers_wanted) as papers:
        screen.foot.print.click()
    assert for_psw.session_for_psw(library, papers.args[0]).details.place == "Ware"


def test_a_number_that_is_still_being_typed_counts_and_a_wrong_one_keeps_the_person_here(
    screen: PlanScreen, qtbot: QtBot, library: Library
) -> None:
    row = shown(screen)[2]
    row.minutes.setFocus()
    row.minutes.selectAll()
    qtbot.keyClicks(row.minutes, "150")
    screen.begin()
    assert row.problem.isVisibleTo(screen)
    row.minutes.setFocus()
    row.minutes.selectAll()
    qtbot.keyClicks(row.minutes, "9")
    with qtbot.waitSignal(screen.begin_wanted) as begin:
        screen.begin()
    assert for_psw.session_for_psw(library, begin.args[0]).state.order.rounds[2].seconds == 540


def test_an_existing_plan_is_changed_and_let_go_when_it_is_left(
    screens: PlanFor, window: MainWindow, library: Library, hand: HandClock, settle: Wait
) -> None:
    session_id = plan(library, hand, team="East")
    screen = screens(session_id)
    assert holding.who_has(library, session_id, hand.clock) is not None
    assert screen.details.place.text() == "Stevenage"
    assert screen.details.one_team.isChecked()
    shown(screen)[0].minutes.setValue(6)
    assert window.back()
    settle()
    assert holding.who_has(library, session_id, hand.clock) is None
    assert for_psw.session_for_psw(library, session_id).state.order.rounds[0].seconds == 360


def test_what_somebody_else_has_open_can_only_be_looked_at(
    screens: PlanFor, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot
) -> None:
    elsewhere = opened(library, hand)
    screen = screens(elsewhere.id)
    assert WHO in screen.lead.text()
    assert screen.order.total.text() == "45 of 45 minutes"
    assert not any(row.deeds.isVisibleTo(screen) for row in shown(screen))
    assert shown(screen)[3].meaning.text() == KINDS[RoundKind.HOT_SEAT].to_say
    assert screen.foot.start.isHidden()
    assert not screen.order.add.isEnabled()
    assert screen.foot.finish.text() == BACK
    with qtbot.waitSignal(screen.left_for_now):
        screen.foot.finish.click()
    opening.leave(library, elsewhere)


def test_a_plan_that_was_taken_over_meanwhile_is_said_and_changes_no_more(
    screens: PlanFor, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    session_id = plan(library, hand)
    screen = screens(session_id)
    assert screen._keeper.opened is not None
    holding.let_go(library, screen._keeper.opened.hold)
    elsewhere = opening.open_session(library, session_id, "Laptop two", hand.clock)
    shown(screen)[0].minutes.setValue(6)
    qtbot.waitUntil(lambda: "Laptop two" in screen.lead.text())
    assert not shown(screen)[0].deeds.isVisibleTo(screen)
    assert screen.autosave.is_saved
    assert screen.may_close()
    opening.leave(library, elsewhere)


def test_of_a_session_that_has_begun_only_what_is_to_come_can_be_changed(
    screens: PlanFor, library: Library, hand: HandClock, settle: Wait
) -> None:
    session = begun(library, hand, rounds=2)
    opening.leave(library, session)
    hand.pass_seconds(60)
    screen = screens(session.id)
    assert [row.minutes.isEnabled() for row in shown(screen)] == [False, False, True, True, True, True]
    assert "it stays as it was" in shown(screen)[0].meaning.text()
    assert "On now" in shown(screen)[1].meaning.text()
    assert not screen.templates.isVisibleTo(screen)
    assert screen.foot.start.text() == GO_ON
    shown(screen)[3].remove.click()
    whole = kept(library, screen, settle)
    assert [one.kind for one in whole.state.order.rounds][2:] == [RoundKind.PRIDE, RoundKind.PAIRS, RoundKind.CLOSING]
    assert whole.state.interrupted
    assert whole.state.scene.round == 1
    assert screen.order.total.text() == "45 of 45 minutes"
    screen.deeds.undo()
    assert len(kept(library, screen, settle).state.order.rounds) == 6


def test_a_change_of_a_session_that_has_begun_is_tried_again_and_its_clock_stands_still_then(
    screens: PlanFor, library: Library, hand: HandClock, qtbot: QtBot, settle: Wait
) -> None:
    session = begun(library, hand)
    opening.leave(library, session)
    screen = screens(session.id)
    with files_at_most(0):
        shown(screen)[3].remove.click()
        assert not screen.autosave.flush()
    whole = kept(library, screen, settle)
    assert len(whole.state.order.rounds) == 5
    assert whole.state.interrupted


def test_where_the_time_of_a_session_is_up_nothing_is_changed_and_that_is_said(
    screens: PlanFor, library: Library, hand: HandClock, settle: Wait
) -> None:
    session = begun(library, hand)
    opening.leave(library, session)
    hand.pass_seconds(3 * 3600)
    screen = screens(session.id)
    before = for_psw.session_for_psw(library, session.id).state
    shown(screen)[3].remove.click()
    settle()
    assert "The time of the session is up" in shown(screen)[3].problem.text()
    assert for_psw.session_for_psw(library, session.id).state == before


def test_a_finished_or_closed_session_can_only_be_looked_at(
    screens: PlanFor, library: Library, hand: HandClock, settle: Wait
) -> None:
    session = begun(library, hand)
    session.run.finish()
    opening.leave(library, session)
    assert "is finished" in screens(session.id).lead.text()
    settle()
    assert for_psw.session_for_psw(library, session.id).state.stage is Stage.FINISHED
    assert holding.who_has(library, session.id, hand.clock) is None
    session = opening.open_session(library, session.id, WHO, hand.clock)
    closing.close(library, session, hand.clock, same_people=False)
    closed = screens(session.id)
    assert "is closed" in closed.lead.text()
    assert closed.foot.start.isHidden()


def test_a_plan_that_cannot_be_saved_keeps_the_person_here_and_is_saved_later(
    screen: PlanScreen, library: Library, qtbot: QtBot, window: MainWindow, fault: Tell
) -> None:
    with files_at_most(0):
        shown(screen)[3].minutes.setValue(20)
        assert not window.back()
        assert "Not saved" in screen.foot.saved.text()
        assert screen.foot.problem.isVisibleTo(screen)
        told = screen.foot.problem.text()
        assert told
    screen.autosave.save_now()
    qtbot.waitUntil(lambda: screen.autosave.is_saved)
    assert len(for_psw.sessions_for_psw(library)) == 1
    fault("The disk lets no file grow while a café is planned", area="Café", tried=1, lost=0, person_sees=told)


def test_a_deleted_plan_can_be_looked_at_until_it_is_taken_back(
    screens: PlanFor, library: Library, hand: HandClock
) -> None:
    session_id = plan(library, hand)
    deleting.delete(library, session_id, hand.clock)
    screen = screens(session_id)
    assert "was deleted" in screen.lead.text()
    assert screen.foot.start.isHidden()


def test_a_session_that_is_gone_is_said(screens: PlanFor) -> None:
    screen = screens("nowhere")
    assert "no longer in the library" in screen.lead.text()
    assert screen.foot.finish.text() == BACK


def test_tab_goes_through_the_screen_as_the_eye_does(screen: PlanScreen, qtbot: QtBot) -> None:
    seen: list[QWidget] = []
    screen.details.day.setFocus()
    for _ in range(70):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus)
        if focus is screen.foot.not_now:
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    order = [
        screen.details.place, screen.details.length, screen.templates.lines[0].choose,
        shown(screen)[0].minutes, shown(screen)[0].remove, shown(screen)[4].up, screen.order.add, screen.foot.start,
    ]  # fmt: skip
    assert [widget for widget in seen if widget in order] == order
