"""Looking back in the real window, on a real library: every word and action is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.reflection import PROMPTS, Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.domain.sitting import Sitting
from cqcmock.services import sittings
from cqcmock.storage.errors import StorageFullError
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.rehearse.finished_interviews import SAID, interviewed
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.action_list import LONGEST_WHAT, REMOVED, described
from ui.rehearse.journal import NOT_SAVED
from ui.rehearse.limited_text import LONGEST
from ui.rehearse.reflection_screen import HELP, ReflectionScreen

Open = Callable[..., ReflectionScreen]


@pytest.fixture
def reflect(desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot) -> Open:
    def start(sitting: str = "", sheet: MarkSheet | None = None) -> ReflectionScreen:
        if not sitting:
            sitting = interviewed(desk, clock, answers=(SAID, SAID))
            sittings.submit_marks(desk.library, sitting, sheet or MarkSheet(), desk.clock)
        screen = ReflectionScreen(desk, window.commands, sitting)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        qtbot.waitUntil(screen.boxes["proud"].edit.hasFocus)
        return screen

    return start


def on_disk(qtbot: QtBot, screen: ReflectionScreen) -> Sitting:
    qtbot.waitUntil(lambda: screen.autosave.is_saved, timeout=5000)
    return sittings.load(screen._desk.library, screen.sitting_id)


def add(qtbot: QtBot, screen: ReflectionScreen, what: str, owner: str = "", due: date | None = None) -> None:
    actions = screen.action_list
    qtbot.keyClicks(actions.what, what)
    qtbot.keyClicks(actions.owner, owner)
    if due is not None:
        actions.has_due.setChecked(True)
        actions.due.setDate(QDate(due.year, due.month, due.day))
    qtbot.keyClick(actions.owner, Qt.Key.Key_Return)


def test_a_reflection_with_its_actions_is_written_by_keyboard_and_finished(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    for field, box in screen.boxes.items():
        qtbot.keyClicks(box.edit, f"About {field}")
    add(qtbot, screen, "Meet the forum", "Cllr Ellis", date(2027, 1, 31))
    add(qtbot, screen, "Ask for the figures")
    done: list[str] = []
    screen.done.connect(done.append)
    screen.finish_button.setFocus()
    qtbot.keyClick(screen.finish_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == [screen.sitting_id])
    kept = sittings.load(screen._desk.library, screen.sitting_id)
    assert kept.state.phase is Phase.DONE
    assert kept.reflection == Reflection(**{field: f"About {field}" for field in PROMPTS})
    assert [(action.what, action.owner, action.due) for action in kept.actions] == [
        ("Meet the forum", "Cllr Ellis", date(2027, 1, 31)),
        ("Ask for the figures", "", None),
    ]


def test_words_are_saved_while_they_are_typed_and_are_there_the_next_time(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    qtbot.keyClicks(screen.boxes["know"].edit, "1 in 6, census 2021")
    assert on_disk(qtbot, screen).reflection.know == "1 in 6, census 2021"
    assert screen.saved.text() == "Saved"
    left: list[str] = []
    screen.left_for_now.connect(left.append)
    screen.leave.click()
    assert left == [screen.sitting_id]
    assert reflect(screen.sitting_id).boxes["know"].edit.toPlainText() == "1 in 6, census 2021"


def test_an_action_is_on_disk_before_enter_is_pressed_and_only_once_after_it(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    qtbot.keyClicks(screen.action_list.what, "Ring Maya")
    half = on_disk(qtbot, screen).actions
    assert [action.what for action in half] == ["Ring Maya"]
    qtbot.keyClick(screen.action_list.what, Qt.Key.Key_Return)
    assert on_disk(qtbot, screen).actions == half
    assert screen.action_list.what.text() == ""


def test_an_action_can_be_changed_and_keeps_its_place_and_the_day_it_was_done(
    reflect: Open, qtbot: QtBot, desk: Desk, clock: HandClock
) -> None:
    sitting = interviewed(desk, clock, answers=(SAID,))
    first = Action(id="11111111-1111-4111-8111-111111111111", what="First", done=date(2026, 12, 1))
    second = Action(id="22222222-2222-4222-8222-222222222222", what="Second", due=date(2027, 2, 1))
    sittings.save_reflection(desk.library, sitting, Reflection(), (first, second))
    screen = reflect(sitting)
    _button(screen, "Change: First").click()
    assert screen.action_list.what.text() == "First"
    screen.action_list.what.setText("First of all")
    qtbot.keyClick(screen.action_list.what, Qt.Key.Key_Return)
    kept = on_disk(qtbot, screen).actions
    assert [(action.id, action.what, action.done) for action in kept] == [
        (first.id, "First of all", first.done),
        (second.id, "Second", None),
    ]


def test_a_removed_action_can_be_put_back_where_it_was(reflect: Open, qtbot: QtBot, messages: StandIn) -> None:
    screen = reflect()
    for what in ("One", "Two", "Three"):
        add(qtbot, screen, what)
    before = on_disk(qtbot, screen).actions
    _button(screen, "Remove: Two").click()
    assert [action.what for action in on_disk(qtbot, screen).actions] == ["One", "Three"]
    told = next(message for message in messages.current if message.key == REMOVED)
    assert told.action.title == "Undo"
    told.action.do()
    assert on_disk(qtbot, screen).actions == before
    assert screen.may_close()
    assert messages.current == ()


def _button(screen: ReflectionScreen, name: str) -> QPushButton:
    found = [button for button in screen.findChildren(QPushButton) if button.accessibleName() == name]
    return next(button for button in found if button.isVisibleTo(screen))


def test_enter_on_an_empty_line_says_what_is_missing_and_adds_nothing(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    qtbot.keyClicks(screen.action_list.owner, "Maya")
    qtbot.keyClick(screen.action_list.owner, Qt.Key.Key_Return)
    assert screen.action_list.what_problem.text() == "Say what is to be done."
    assert screen.action_list.what.hasFocus()
    assert on_disk(qtbot, screen).actions == ()


def test_enter_on_the_day_adds_the_action_too(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    screen.action_list.what.setText("Ring Maya")
    screen.action_list.has_due.setChecked(True)
    screen.action_list.due.setFocus()
    qtbot.keyClick(screen.action_list.due, Qt.Key.Key_Return)
    (action,) = on_disk(qtbot, screen).actions
    assert action.due == date(2026, 12, 5)
    assert described(action) == "by 5 December 2026"


def test_limits_are_told_beside_what_is_too_long_and_nothing_else_is_kept_back(reflect: Open, qtbot: QtBot) -> None:
    screen = reflect()
    screen.boxes["proud"].edit.setPlainText("x" * (LONGEST + 1))
    assert "1 character too long" in screen.boxes["proud"].problem.text()
    qtbot.keyClicks(screen.boxes["next"].edit, "Ask")
    kept = on_disk(qtbot, screen).reflection
    assert (kept.proud, kept.next) == ("", "Ask")
    screen.finish()
    assert not screen.may_close()
    assert screen.boxes["proud"].edit.hasFocus()
    screen.boxes["proud"].edit.setPlainText("x" * LONGEST)
    assert on_disk(qtbot, screen).reflection.proud == "x" * LONGEST
    screen.action_list.what.setText("y" * (LONGEST_WHAT + 50))
    assert screen.action_list.what_problem.isVisible()
    assert on_disk(qtbot, screen).actions[0].what == "y" * LONGEST_WHAT


def test_a_full_disk_is_told_at_once_and_nothing_is_lost_when_it_has_room_again(
    reflect: Open, qtbot: QtBot, messages: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = reflect()
    real = sittings.save_reflection

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(sittings, "save_reflection", full)
    qtbot.keyClicks(screen.boxes["proud"].edit, "Carers")
    qtbot.waitUntil(lambda: any(message.key == NOT_SAVED for message in messages.current))
    assert screen.saved.text() == "Not saved"
    (told,) = [message.text for message in messages.current if message.key == NOT_SAVED]
    assert "The disk is full." in told
    assert not screen.may_close()
    monkeypatch.setattr(sittings, "save_reflection", real)
    next(message for message in messages.current if message.key == NOT_SAVED).action.do()
    assert on_disk(qtbot, screen).reflection.proud == "Carers"
    assert messages.current == ()
    fault(
        "The disk is full while a reflection is saved",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="“Not saved” and why; everything is still on the screen, and saved once there is room",
    )


def test_finishing_that_fails_says_so_and_can_be_tried_again(
    reflect: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = reflect()
    real = sittings.finish_reflection

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(sittings, "finish_reflection", full)
    screen.finish()
    qtbot.waitUntil(screen.problem.isVisible)
    told = screen.problem.text()
    assert "The disk is full." in told
    monkeypatch.setattr(sittings, "finish_reflection", real)
    with qtbot.waitSignal(screen.done):
        screen.finish()
    fault(
        "The disk is full while a reflection is saved",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="Why; everything is still there, and it can be done again once there is room",
    )


def test_finishing_tells_the_screens_that_show_sittings_and_actions(reflect: Open, desk: Desk, qtbot: QtBot) -> None:
    screen = reflect()
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    with qtbot.waitSignal(screen.done):
        screen.finish()
    (change,) = changes
    assert change.subjects == {Subject.SITTINGS, Subject.ACTIONS}
    assert change.ids == {screen.sitting_id}


def test_the_lowest_own_marks_and_what_was_not_recognised_are_called_to_mind_and_can_be_folded_away(
    reflect: Open,
) -> None:
    marks = AnswerMarks(levels={"answered": 3, "evidence": 1, "impact": 2})
    screen = reflect(sheet=MarkSheet(answers={0: marks}, overall=2, comment="Better than last time"))
    words = _words(screen)
    assert "lowest on “Evidence”: 1.0 of 3" in words
    assert "All in all: An assessor would be reassured" in words
    assert "Better than last time" in words
    assert "–\u2002" in words
    screen.reminder.fold.click()
    assert _words(screen) == ""
    assert screen.reminder.fold.accessibleName().startswith("Show")
    screen.reminder.fold.click()
    assert _words(screen) == words


def _words(screen: ReflectionScreen) -> str:
    from ui.widgets.labels import TextLabel

    inside = screen.reminder._inside
    return "\n".join(label.text() for label in inside.findChildren(TextLabel) if label.isVisibleTo(screen.reminder))


def test_each_prompt_has_its_help_where_a_screen_reader_finds_it(reflect: Open) -> None:
    screen = reflect()
    for field, box in screen.boxes.items():
        assert box.title.text() == PROMPTS[field]
        assert box.edit.accessibleName() == PROMPTS[field]
        assert box.edit.accessibleDescription() == HELP[field]
        assert box.help.isVisible() == bool(HELP[field])


def test_a_box_grows_with_its_words_and_not_without_end(reflect: Open, qtbot: QtBot) -> None:
    box = reflect().boxes["proud"]
    heights = []
    for lines in (1, 6, 7, 60, 90):
        box.edit.setPlainText("\n".join(["line"] * lines))
        qtbot.wait(1)
        heights.append(box.edit.height())
    assert heights[0] < heights[1] < heights[2] < heights[3] == heights[4]


def test_the_line_that_is_written_stays_in_sight_while_its_box_grows(
    reflect: Open, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    desk.theme.set_percent(200)
    screen = reflect()
    box = screen.boxes["next"]
    box.edit.setFocus()
    view = screen._page.viewport()
    for line in range(12):
        qtbot.keyClicks(box.edit, f"Line {line}\r")
        qtbot.wait(1)
        caret = box.edit.mapTo(view, box.edit.cursorRect().bottomLeft())
        assert view.rect().contains(caret), line


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_page_at_any_size_of_type(
    reflect: Open, window: MainWindow, desk: Desk, qtbot: QtBot, percent: int
) -> None:
    window.resize(1280, 800)
    desk.theme.set_percent(percent)
    screen = reflect()
    add(qtbot, screen, "e" * 400, "Somebody with a long name " * 4)
    screen.boxes["proud"].edit.setPlainText("e" * 2000)
    qtbot.wait(1)
    assert screen._page.horizontalScrollBar().maximum() == 0


def test_a_rehearsal_that_is_gone_or_not_over_is_told(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot
) -> None:
    going_on = interviewed(desk, clock, answers=(SAID,), over=False)
    for sitting, words in (("no-such-sitting", "no longer"), (going_on, "not over yet")):
        screen = ReflectionScreen(desk, window.commands, sitting)
        window.open(screen)
        qtbot.waitUntil(screen.trouble.isVisible)
        assert words in screen.trouble.words.text()
        assert screen.may_close()
