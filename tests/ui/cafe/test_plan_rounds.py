"""Every change of what is planned: length, templates, rounds, questions; what cannot be is said in its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.services.cafe import planning
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.plan_hands import kept, minutes, open_question, screen, screens, shown, titles, window
from tests.ui.conftest import StandIn
from ui.cafe.plan_screen import PlanScreen
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


__all__ = ["screen", "screens", "window"]  # fixtures


def test_a_length_makes_untouched_rounds_anew_and_fits_changed_ones(screen: PlanScreen) -> None:
    screen.details.usual[30].click()
    assert screen.order.total.text() == "30 of 30 minutes"
    assert screen.templates.lines[0].choose.isChecked()
    shown(screen)[0].down.click()
    before = titles(screen)
    screen.details.usual[60].click()
    assert titles(screen) == before
    assert screen.order.total.text() == "60 of 60 minutes"


def test_a_template_that_is_called_after_its_length_has_it_until_somebody_chooses_another(screen: PlanScreen) -> None:
    sixty = screen.templates.lines[2]
    assert sixty.template.name.startswith("60-minute")
    sixty.choose.click()
    assert screen.order.total.text() == "60 of 60 minutes"
    assert screen.details.usual[60].isChecked()
    wanted = titles(screen)
    screen.details.usual[45].click()
    assert (screen.order.total.text(), titles(screen)) == ("45 of 45 minutes", wanted)
    screen.templates.lines[0].choose.click()
    assert screen.order.total.text() == "45 of 45 minutes"


def test_a_length_that_the_rounds_do_not_fit_into_is_refused_in_place(screen: PlanScreen) -> None:
    shown(screen)[1].down.click()
    before = minutes(screen)
    screen.details.length.setValue(10)
    assert "These rounds need at least" in screen.details.problem.text()
    assert screen.details.problem.isVisibleTo(screen)
    assert (screen.details.length.value(), minutes(screen)) == (45, before)
    screen.details.length.setValue(50)
    assert not screen.details.problem.isVisibleTo(screen)


def test_what_a_template_has_to_leave_out_is_said(screen: PlanScreen) -> None:
    screen.details.length.setValue(15)
    screen.templates.lines[2].choose.click()
    assert screen.order.said.text().startswith("Left out, for want of time: ")
    assert screen.order.said.isVisibleTo(screen)
    assert screen.order.total.text() == "15 of 15 minutes"
    screen.details.usual[60].click()
    assert screen.order.said.isHidden()


def test_minutes_that_cannot_be_are_refused_beside_their_round_and_go_back(screen: PlanScreen) -> None:
    row = shown(screen)[2]
    row.minutes.setValue(100)
    assert "That leaves too little for the other rounds" in row.problem.text()
    assert row.problem.isVisibleTo(screen)
    assert minutes(screen) == [4, 7, 6, 12, 12, 4]
    assert not screen.order.undo.isEnabled()


def test_rounds_move_by_keyboard_and_the_focus_goes_along(screen: PlanScreen, qtbot: QtBot) -> None:
    shown(screen)[3].up.setFocus()
    qtbot.keyClick(shown(screen)[3].up, Qt.Key.Key_Space)
    assert titles(screen)[2] == "Hot seat"
    assert shown(screen)[2].up.hasFocus()
    qtbot.keyClick(shown(screen)[2].up, Qt.Key.Key_Space)
    qtbot.keyClick(shown(screen)[1].up, Qt.Key.Key_Space)
    assert titles(screen)[0] == "Hot seat"
    assert shown(screen)[0].down.hasFocus()
    assert not shown(screen)[5].up.isEnabled()
    assert not shown(screen)[4].down.isEnabled()


def test_a_round_is_taken_out_and_every_change_comes_back_with_ctrl_z(
    screen: PlanScreen, window: MainWindow, qtbot: QtBot
) -> None:
    before = titles(screen), minutes(screen)
    shown(screen)[1].remove.click()
    assert "Pride and worry cards" not in titles(screen)
    assert screen.order.total.text() == "45 of 45 minutes"
    shown(screen)[0].minutes.setValue(9)
    shown(screen)[0].minutes.setFocus()
    qtbot.keyClicks(screen.details.place, "Hitchin")
    for focus in (screen.details.place, shown(screen)[0].minutes, shown(screen)[0].down):
        focus.setFocus()
        qtbot.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (titles(screen), minutes(screen)) == before
    assert screen.details.place.text() == ""
    assert not screen.order.undo.isEnabled()


def test_the_last_round_stays(screen: PlanScreen) -> None:
    for _ in range(5):
        shown(screen)[0].remove.click()
    shown(screen)[0].remove.click()
    assert len(shown(screen)) == 1
    assert "at least one round" in shown(screen)[0].problem.text()


def test_a_round_is_added_with_the_minutes_that_there_is_room_for(screen: PlanScreen) -> None:
    screen.order.add.click()
    adding = screen.order.adding
    assert adding.buttons[RoundKind.OPENING].hasFocus()
    assert not adding.buttons[RoundKind.CLOSING].isEnabled()
    adding.buttons[RoundKind.THREES].click()
    assert titles(screen)[4:] == ["Pairs", "Threes", "Closing"]
    assert screen.order.total.text() == "45 of 45 minutes"
    assert shown(screen)[5].minutes.hasFocus()
    assert shown(screen)[5].minutes.value() == 15


def test_where_there_is_no_room_for_a_kind_that_is_said(screen: PlanScreen) -> None:
    screen.details.length.setValue(20)
    screen.order.add.click()
    assert not screen.order.adding.buttons[RoundKind.THREES].isEnabled()
    assert "No room" in screen.order.adding._rooms[RoundKind.THREES].text()


def test_a_round_gets_another_title(screen: PlanScreen, qtbot: QtBot) -> None:
    shown(screen)[0].change.click()
    editor = screen.order.editor
    assert editor.title.hasFocus()
    assert not editor.asking.isVisibleTo(screen)
    qtbot.keyClicks(editor.title, "What we promised")
    qtbot.keyClick(editor.title, Qt.Key.Key_Return)
    assert titles(screen)[0] == "What we promised"
    assert shown(screen)[0].meaning.text().startswith("You said, we did. ")
    editor.close_it.click()
    assert editor.isHidden()
    assert shown(screen)[0].change.hasFocus()


def test_a_question_is_drawn_and_each_further_draw_gives_another(
    screen: PlanScreen, qtbot: QtBot, library: Library, settle: Wait
) -> None:
    open_question(screen, 3, qtbot)
    editor = screen.order.editor
    assert editor.draw.hasFocus()
    seen = []
    for _ in range(4):
        editor.draw.click()
        settle()
        seen.append(shown(screen)[3].question.text())
    assert len(set(seen)) == 4
    question = kept(library, screen, settle).state.order.rounds[3].question
    assert question is not None
    assert f"“{question.text}”" == seen[-1]
    assert "{" not in question.text
    editor.none.click()
    assert "drawn in the session" in shown(screen)[3].question.text()


def test_a_question_is_found_by_its_words_and_picked_by_keyboard(
    screen: PlanScreen, qtbot: QtBot, settle: Wait
) -> None:
    open_question(screen, 3, qtbot)
    editor = screen.order.editor
    editor.words.setFocus()
    qtbot.keyClicks(editor.words, "hertfordshire visits")
    assert 0 < editor.model.rowCount() < 5
    wanted = editor.list.currentIndex().data()
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    assert editor.list.hasFocus()
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    settle()
    assert shown(screen)[3].question.text() == f"“{wanted}”"
    qtbot.keyClicks(editor.words, "zzz")
    assert editor.told.text() == "No question has these words."
    assert not editor.take.isEnabled()


def test_the_questions_of_pride_rounds_are_those_of_pride_cards(screen: PlanScreen, qtbot: QtBot) -> None:
    open_question(screen, 2, qtbot)
    assert screen.order.editor.model.rowCount() > 0
    assert all("pride" in one.question.themes for one in screen.order.editor.model.all)


def test_a_template_is_saved_chosen_and_deleted_and_comes_back(
    screen: PlanScreen, library: Library, qtbot: QtBot, settle: Wait, messages: StandIn
) -> None:
    shown(screen)[1].remove.click()
    wanted = titles(screen)
    screen.order.keep_as.click()
    naming = screen.order.naming
    assert naming.name.hasFocus()
    qtbot.keyClick(naming.name, Qt.Key.Key_Return)
    settle()
    assert "has no name" in naming.problem.text()
    qtbot.keyClicks(naming.name, "Monday & Tuesday")
    qtbot.keyClick(naming.name, Qt.Key.Key_Return)
    settle()
    assert screen.templates.lines[-1].choose.isChecked()
    screen.templates.lines[2].choose.click()
    assert titles(screen) != wanted
    screen.templates.lines[-1].choose.click()
    assert titles(screen) == wanted
    delete = screen.templates.lines[-1].delete
    assert delete is not None
    delete.click()
    settle()
    assert len(screen.templates.lines) == 4
    assert len(planning.templates(library)) == 4
    undo = messages.current[-1].action
    assert undo is not None
    undo.do()
    settle()
    assert screen.templates.named("Monday & Tuesday") is not None


def test_a_team_is_kept_only_where_the_door_is_not_open(
    screen: PlanScreen, qtbot: QtBot, library: Library, settle: Wait
) -> None:
    assert screen.details.team.isHidden()
    screen.details.one_team.click()
    assert screen.details.team.hasFocus()
    qtbot.keyClicks(screen.details.team, "Hospital team")
    screen.details.day.setDate(QDate(2026, 12, 1))
    details = kept(library, screen, settle).details
    assert (details.team, details.day, details.title) == ("Hospital team", date(2026, 12, 1), "Café, 1 December 2026")
    screen.details.open_door.click()
    assert kept(library, screen, settle).details.team == ""
