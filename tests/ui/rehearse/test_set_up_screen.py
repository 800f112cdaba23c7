"""Setting up a rehearsal: sensible from the start, and every choice ends up in the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.plan import Timing
from cqcmock.domain.sitting import Sitting
from tests.ui.conftest import OpenWindow
from ui.desk import Desk
from ui.main_window import Room
from ui.rehearse.question_picker import Pick, PickModel
from ui.rehearse.set_up_screen import SetUpScreen
from ui.screen import Screen

SetUpFor = Callable[[], SetUpScreen]


@pytest.fixture
def screen(desk: Desk, open_window: OpenWindow, qtbot: QtBot) -> SetUpScreen:
    window = open_window(Room(id="home", title="Home", make=Screen))
    made = SetUpScreen(desk)
    window.open(made)
    qtbot.waitUntil(made.start.isEnabled)
    return made


def started(qtbot: QtBot, screen: SetUpScreen) -> Sitting:
    with qtbot.waitSignal(screen.started) as signal:
        screen.start.click()
    (sitting,) = signal.args
    assert isinstance(sitting, Sitting)
    return sitting


def test_start_is_one_key_away(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen.arrived()
    assert screen.start.hasFocus()
    with qtbot.waitSignal(screen.started) as signal:
        qtbot.keyClick(screen.start, Qt.Key.Key_Return)
    (sitting,) = signal.args
    assert sitting.plan.role == "lead-member"
    assert sitting.plan.questions[0].question.text == "Tell me about Hertfordshire."
    assert len(sitting.plan.questions) == 8


def test_another_role_brings_its_own_presets_and_questions(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen.roles.box.setCurrentIndex(2)
    screen.roles.box.activated.emit(2)
    qtbot.waitUntil(lambda: "5 questions" in screen.told.text())
    assert started(qtbot, screen).plan.role == "frontline"


def test_another_role_keeps_how_close_to_the_real_thing_it_is(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen._mode_group.button(1).click()
    screen.roles.box.setCurrentIndex(2)
    screen.roles.box.activated.emit(2)
    qtbot.waitUntil(lambda: "5 questions" in screen.told.text())
    assert started(qtbot, screen).plan.mode is Mode.REALISTIC


def test_a_rehearsal_with_an_interviewer_is_chosen_like_the_other_two(screen: SetUpScreen, qtbot: QtBot) -> None:
    button = screen._mode_group.button(2)
    assert button.text() == "With an interviewer"
    assert "A colleague" in button.accessibleDescription()
    button.click()
    assert started(qtbot, screen).plan.mode is Mode.INTERVIEWER


def test_every_choice_ends_up_in_the_plan(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen.more.click()
    form = screen.form
    screen._mode_group.button(1).click()
    form.questions.setValue(4)
    form.own_times.setChecked(False)
    form.prepare.setValue(10)
    form.target.setValue(60)
    form.limit.setValue(90)
    form.probes.setValue(1)
    form.stretch.setValue(2.5)
    form.timer.setCurrentIndex(form.timer.findData(Timer.HIDDEN))
    form.place.setText("Rutland")
    form.council.setText("")
    form.person.setText("Portfolio holder")
    sitting = started(qtbot, screen)
    plan = sitting.plan
    assert (plan.mode, plan.timer, plan.stretch, plan.most_probes) == (Mode.REALISTIC, Timer.HIDDEN, 2.5, 1)
    assert len(plan.questions) == 4
    assert plan.questions[1].timing == Timing(prepare=25, target=150, limit=225)
    assert (plan.place, plan.council, sitting.person) == ("Rutland", "Rutland Council", "Portfolio holder")


def test_what_cannot_be_is_said_beside_the_button_and_nothing_is_started(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen.more.click()
    screen.form.own_times.setChecked(False)
    screen.form.target.setValue(200)
    screen.form.limit.setValue(100)
    screen.start.click()
    qtbot.waitUntil(screen.problem.isVisible)
    assert "longest time" in screen.problem.text()
    screen.form.limit.setValue(300)
    assert not screen.problem.isVisible()
    started(qtbot, screen)


def test_questions_picked_by_hand_are_asked_in_the_order_of_the_bank(screen: SetUpScreen, qtbot: QtBot) -> None:
    screen.more.click()
    picker = screen.picker
    for row in (5, 2):
        index = picker.model.index(row)
        picker.list.setCurrentIndex(index)
        qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.told.text() == "2 picked."
    wanted = [picker.model.index(row).data() for row in (2, 5)]
    plan = started(qtbot, screen).plan
    assert [planned.question.text for planned in plan.questions] == wanted


def test_what_is_picked_stays_picked_while_it_is_filtered_away(screen: SetUpScreen) -> None:
    model = screen.picker.model
    model.setData(model.index(3), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    picked = model.picked()
    screen.picker.words.setText("zzz")
    assert model.rowCount() == 0
    assert model.picked() == picked
    screen.picker.words.setText("waiting")
    assert all("waiting" in model.index(row).data().casefold() for row in range(model.rowCount()))


def test_the_list_of_questions_is_a_sound_qt_model(qtbot: QtBot) -> None:
    model = PickModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    picks = [Pick(bank="b", question=f"q{n}", text=f"Question {n}", themes=("Waiting",)) for n in range(30)]
    model.set_questions(picks)
    model.setData(model.index(2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.show_matching("1", "")
    model.show_matching("", "Carers")
    model.show_matching("", "Waiting")
    model.pick_none()
    assert tester.model() is model
    assert model.picked() == ()
