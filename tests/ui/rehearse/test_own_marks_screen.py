"""Marking the own answers in the real window, on a real library, by keyboard and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.modes import Timer
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.services import sittings
from cqcmock.storage.errors import StorageFullError
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.rehearse.finished_interviews import SAID, interviewed, planned
from tests.ui.rehearse.marks_hands import LENSES, Open, press, sheet_on_disk
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.journal import NOT_SAVED
from ui.rehearse.limited_text import LONGEST
from ui.rehearse.own_marks_screen import CLOSE, HAND_IN, OwnMarksScreen
from ui.widgets.labels import TextLabel


def test_a_whole_interview_is_marked_with_the_number_keys_and_n_alone(
    open_marks: Open, qtbot: QtBot, window: MainWindow
) -> None:
    screen = open_marks()
    done: list[str] = []
    screen.done.connect(done.append)
    for answer in range(3):
        for lens in range(6):
            press(qtbot, Qt.Key(Qt.Key.Key_0 + (answer + lens) % 4))
        assert screen.progress.text() == f"Answer {answer + 1} of 3 · 6 of 6 lenses marked"
        press(qtbot, Qt.Key.Key_N)
        qtbot.waitUntil(lambda: not screen.forward.hasFocus())
    press(qtbot, Qt.Key.Key_2)
    assert screen.forward.text() == HAND_IN
    assert not screen.whole.still_open.isVisible()
    screen.forward.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == [screen.sitting_id])
    kept = sittings.load(screen._desk.library, screen.sitting_id)
    assert kept.state.phase is Phase.REFLECTION
    assert kept.sheet.submitted
    assert kept.sheet.overall == 2
    assert {at: dict(marks.levels) for at, marks in kept.sheet.answers.items()} == {
        answer: {lens: (answer + at) % 4 for at, lens in enumerate(LENSES)} for answer in range(3)
    }


def test_marks_are_saved_as_they_are_given_and_are_there_the_next_time(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_C)
    qtbot.keyClicks(screen.marks.comment.edit, "012 np: a slow start")
    kept = sheet_on_disk(qtbot, screen)
    assert kept.answers == {0: AnswerMarks(levels={"answered": 2, "evidence": 0}, comment="012 np: a slow start")}
    assert screen.saved.text() == "Saved"
    again = open_marks(screen.sitting_id)
    assert again.marking.sheet == kept
    assert again.marks.lenses.rows[0].choices.value == 2
    assert again.marks.lenses.current == 2
    assert again.marks.comment.edit.toPlainText() == "012 np: a slow start"


def test_backspace_takes_back_the_last_level_and_then_the_one_before(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    press(qtbot, Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_Backspace)
    assert screen.marking.marks.levels == {"answered": 3}
    assert screen.marks.lenses.current == 1
    press(qtbot, Qt.Key.Key_Backspace)
    assert screen.marking.marks.levels == {}
    press(qtbot, Qt.Key.Key_Backspace)
    assert sheet_on_disk(qtbot, screen) == MarkSheet()


def test_the_last_lens_leads_to_the_next_answer_and_another_number_marks_nothing(
    open_marks: Open, qtbot: QtBot
) -> None:
    screen = open_marks()
    press(qtbot, *[Qt.Key.Key_1] * 6)
    assert QApplication.focusWidget() is screen.forward
    press(qtbot, Qt.Key.Key_3)
    assert set(screen.marking.marks.levels.values()) == {1}
    press(qtbot, Qt.Key.Key_Backspace)
    assert "clarity" not in screen.marking.marks.levels
    press(qtbot, Qt.Key.Key_2)
    assert screen.marking.marks.levels["clarity"] == 2


def test_everything_can_be_done_with_the_mouse(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    lenses = screen.marks.lenses
    qtbot.mouseClick(lenses.rows[3].title, Qt.MouseButton.LeftButton)
    assert lenses.current == 3
    button = lenses.rows[3].choices.button(2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    assert lenses.current == 4
    qtbot.mouseClick(screen.marks.more_tags, Qt.MouseButton.LeftButton)
    box = screen.marks.tags["jargon"]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert sheet_on_disk(qtbot, screen).answers[0] == AnswerMarks(levels={"equity": 2}, tags=("jargon",))
    qtbot.mouseClick(screen.steps.buttons[-1], Qt.MouseButton.LeftButton)
    assert screen.marking.at_the_whole


def test_the_second_click_of_a_double_click_does_not_mark_the_lens_that_opens_under_it(
    open_marks: Open, qtbot: QtBot
) -> None:
    screen = open_marks()
    rows = screen.marks.lenses.rows
    words = rows[0].choices.findChildren(TextLabel)[1]
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert screen.marking.marks.levels == {"answered": 1}
    for target in (rows[1].choices.button(1), rows[1].choices.findChildren(TextLabel)[1]):
        at = QPointF(target.rect().center())
        for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
            left = Qt.MouseButton.LeftButton
            event = QMouseEvent(kind, at, target.mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(target, event)
        assert screen.marking.marks.levels == {"answered": 1}
        assert screen.marks.lenses.current == 1


def test_the_words_of_all_four_levels_of_the_open_lens_are_on_screen(open_marks: Open) -> None:
    screen = open_marks()
    row = screen.marks.lenses.rows[0]
    shown = [label.text() for label in row.choices.children() if hasattr(label, "text") and label.isVisible()]
    assert all(anchor in shown for anchor in row.lens.anchors)
    assert [row.choices.button(level).accessibleName() for level in range(4)] == [
        f"Answered the question: {level}, {anchor}" for level, anchor in enumerate(row.lens.anchors)
    ]


def test_a_marked_lens_says_its_level_and_what_it_means(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    press(qtbot, Qt.Key.Key_3)
    row = screen.marks.lenses.rows[0]
    assert row.given.text() == "3 of 3"
    assert row.anchor.isVisible()
    assert row.anchor.text() == row.lens.anchors[3]
    assert row.title.accessibleName() == "Answered the question, 3 of 3"
    assert screen.steps.buttons[0].accessibleName() == "Answer 1, partly marked"
    assert (screen.steps.buttons[0].text(), screen.steps.buttons[1].text()) == ("◐ 1", "○ 2")


def test_without_a_clock_nothing_is_held_against_the_time(open_marks: Open, desk: Desk) -> None:
    screen = open_marks(plan=planned(desk, questions=1, timer=Timer.OFF), answers=(SAID,))
    assert screen.answer.light is None
    assert "aim" not in screen.answer.time.text()


def test_marks_may_be_left_out_and_what_is_missing_is_told_kindly(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    screen.go_to(3)
    told = screen.whole.still_open.text()
    assert "Answers 1, 2 and 3 have no marks." in told
    assert "You may leave things out" in told
    assert "cannot be changed" in screen.whole.told.text()
    with qtbot.waitSignal(screen.done):
        screen.forward.click()
    assert sheet_on_disk(qtbot, screen) == MarkSheet(submitted=True)


def test_handed_in_marks_can_be_read_and_not_changed(open_marks: Open, desk: Desk, qtbot: QtBot) -> None:
    screen = open_marks()
    press(qtbot, Qt.Key.Key_2)
    screen.go_to(3)
    with qtbot.waitSignal(screen.done):
        screen.hand_in()
    again = open_marks(screen.sitting_id)
    assert again.marking.at == 0
    assert not again.marks.lenses.rows[0].choices.button(2).isEnabled()
    assert again.marks.comment.edit.isReadOnly()
    before = sheet_on_disk(qtbot, again)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Backspace, Qt.Key.Key_N, Qt.Key.Key_P)
    again.go_to(3)
    assert again.forward.text() == CLOSE
    assert sheet_on_disk(qtbot, again) == before
    left: list[str] = []
    again.left_for_now.connect(left.append)
    again.forward.click()
    assert left == [screen.sitting_id]


def test_handing_in_tells_the_other_screens(open_marks: Open, desk: Desk, qtbot: QtBot) -> None:
    screen = open_marks()
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    with qtbot.waitSignal(screen.done):
        screen.hand_in()
    assert [(change.subjects, change.ids) for change in changes] == [
        (frozenset({Subject.SITTINGS}), frozenset({screen.sitting_id}))
    ]


def test_a_full_disk_is_told_at_once_and_nothing_is_lost_when_it_has_room_again(
    open_marks: Open, qtbot: QtBot, messages: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = open_marks()
    real = sittings.save_marks

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(sittings, "save_marks", full)
    press(qtbot, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: any(message.key == NOT_SAVED for message in messages.current))
    assert screen.saved.text() == "Not saved"
    (told,) = [message.text for message in messages.current if message.key == NOT_SAVED]
    assert "The disk is full." in told
    assert not screen.may_close()
    press(qtbot, Qt.Key.Key_1)
    monkeypatch.setattr(sittings, "save_marks", real)
    next(message for message in messages.current if message.key == NOT_SAVED).action.do()
    assert sheet_on_disk(qtbot, screen).answers[0].levels == {"answered": 3, "evidence": 1}
    assert messages.current == ()
    assert screen.may_close()
    fault(
        "The disk is full while somebody marks their own answers",
        area="Marking",
        tried=1,
        lost=0,
        person_sees="“Not saved” and why; everything is still on the screen, and saved once there is room",
    )


def test_handing_in_that_fails_says_so_and_can_be_tried_again(
    open_marks: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = open_marks()
    press(qtbot, Qt.Key.Key_3)
    sheet_on_disk(qtbot, screen)
    real = sittings.submit_marks

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(sittings, "submit_marks", full)
    screen.go_to(3)
    screen.hand_in()
    assert not screen.may_close()
    qtbot.waitUntil(screen.problem.isVisible)
    told = screen.problem.text()
    assert "The disk is full." in told
    assert screen.forward.isEnabled()
    monkeypatch.setattr(sittings, "submit_marks", real)
    with qtbot.waitSignal(screen.done):
        screen.hand_in()
    assert sheet_on_disk(qtbot, screen).submitted
    fault(
        "The disk is full while somebody marks their own answers",
        area="Marking",
        tried=1,
        lost=0,
        person_sees="Why; everything is still there, and it can be done again once there is room",
    )


def test_a_comment_that_is_too_long_is_told_beside_it_and_keeps_nothing_else_back(
    open_marks: Open, qtbot: QtBot
) -> None:
    screen = open_marks()
    screen.marks.comment.edit.setPlainText("x" * (LONGEST + 5))
    assert "5 characters too long" in screen.marks.comment.problem.text()
    press(qtbot, Qt.Key.Key_2)
    assert sheet_on_disk(qtbot, screen).answers[0] == AnswerMarks(levels={"answered": 2})
    screen.turn(1)
    assert screen.marking.at == 0
    assert not screen.may_close()
    screen.marks.comment.edit.setPlainText("x" * LONGEST)
    assert sheet_on_disk(qtbot, screen).answers[0].comment == "x" * LONGEST
    assert screen.may_close()


def test_leaving_for_now_keeps_everything_and_marking_goes_on_where_it_stopped(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks()
    press(qtbot, *[Qt.Key.Key_1] * 6)
    left: list[str] = []
    screen.left_for_now.connect(left.append)
    screen.leave.click()
    assert left == [screen.sitting_id]
    assert len(sittings.load(screen._desk.library, screen.sitting_id).sheet.answers[0].levels) == 6
    assert open_marks(screen.sitting_id).marking.at == 1


def test_a_rehearsal_that_is_gone_or_not_over_is_told_and_can_be_tried_again(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot
) -> None:
    going_on = interviewed(desk, clock, answers=(SAID,), over=False)
    for sitting, words in (("no-such-sitting", "no longer"), (going_on, "not over yet")):
        screen = OwnMarksScreen(desk, window.commands, sitting)
        window.open(screen)
        qtbot.waitUntil(screen.trouble.isVisible)
        assert words in screen.trouble.words.text()
        assert screen.trouble.again.hasFocus()
        assert screen.may_close()


def test_a_question_that_was_not_answered_can_be_marked_all_the_same(open_marks: Open, qtbot: QtBot) -> None:
    screen = open_marks(answers=("",))
    assert screen.answer.words.toPlainText().startswith("No answer was written down.")
    press(qtbot, Qt.Key.Key_0)
    assert sheet_on_disk(qtbot, screen).answers[0].levels == {"answered": 0}


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_page_at_any_size_of_type(
    open_marks: Open, window: MainWindow, desk: Desk, qtbot: QtBot, percent: int
) -> None:
    plan = planned(desk, questions=1)
    asked = replace(plan.questions[0].question, text="What " + "has changed " * 20 + "e" * 500)
    plan = replace(plan, questions=(replace(plan.questions[0], question=asked),))
    window.resize(1280, 800)
    desk.theme.set_percent(percent)
    screen = open_marks(plan=plan, answers=("y" * 3000,))
    screen.marks.more_tags.click()
    qtbot.wait(1)
    assert screen._page.horizontalScrollBar().maximum() == 0
    below = (
        screen.marks.mapTo(screen, screen.marks.rect().topLeft()).y()
        > screen.answer.mapTo(screen, screen.answer.rect().bottomLeft()).y()
    )
    assert below == (percent == 200)


def test_in_large_type_the_answer_is_read_first_and_the_keys_mark_from_there(
    open_marks: Open, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    desk.theme.set_percent(200)
    screen = open_marks()
    assert screen.answer.words.hasFocus()
    for part in (screen.answer.title, screen.answer.words):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect().height() > part.height() / 3)
    press(qtbot, Qt.Key.Key_2)
    row = screen.marks.lenses.rows[1]
    assert row.isAncestorOf(QApplication.focusWidget())
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect().height() == row.height())
    assert sheet_on_disk(qtbot, screen).answers[0].levels == {"answered": 2}


def test_every_control_has_a_name_for_a_screen_reader(open_marks: Open) -> None:
    screen = open_marks()
    nameless = [
        button for button in screen.findChildren(QPushButton) if not (button.accessibleName() or button.text()).strip()
    ]
    assert nameless == []
    assert screen.answer.words.accessibleName()
    assert screen.marks.comment.edit.accessibleName() == "Comment"
