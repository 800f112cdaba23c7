"""The first screen: what to do next is there, can be done from the keyboard, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.reflection import Action
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as library_service
from cqcmock.services import sittings
from cqcmock.services.rehearsing import SetUp
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.conftest import Shown
from tests.ui.home.played import begin, finished, stopped
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.home.home_screen import OPENING, HomeScreen
from ui.home.problem_card import ProblemCard
from ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ROOT = Path(__file__).parents[3]
ShowHome = Callable[[], Shown]

ACTIONS = (
    Action(id="8c3f0000-0000-4000-8000-000000000001", what="Meet the forum", owner="me", due=date(2026, 11, 18)),
    Action(id="8c3f0000-0000-4000-8000-000000000002", what="Ask for the median wait", due=date(2026, 11, 21)),
    Action(id="8c3f0000-0000-4000-8000-000000000003", what="Visit the carers' centre", due=date(2027, 1, 31)),
    Action(id="8c3f0000-0000-4000-8000-000000000004", what="Read the annual report"),
)


def words(home: HomeScreen) -> str:
    """Everything that can be read on the screen."""
    labels = [label.text() for label in home.findChildren(TextLabel) if label.isVisible()]
    return "\n".join(labels + [button.text() for button in buttons(home)]).replace("\u200b", "")


def buttons(home: HomeScreen) -> list[QAbstractButton]:
    return [button for button in home.findChildren(QAbstractButton) if button.isVisible()]


def button(home: HomeScreen, text: str) -> QAbstractButton:
    return next(button for button in buttons(home) if button.text() == text)


def primaries(home: HomeScreen) -> list[str]:
    return [
        button.text() for button in home.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "primary"
    ]  # fmt: skip


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def test_somebody_new_is_welcomed_and_shown_where_to_begin(show_home: ShowHome, qtbot: QtBot) -> None:
    home = show_home().home
    assert primaries(home) == ["Start a first rehearsal"]
    assert "Your answers stay on this computer; nothing is sent anywhere." in words(home)
    assert "It is not a CQC rating." in words(home)
    assert not home.sittings.isVisible()
    assert focused() == "Start a first rehearsal"
    with qtbot.waitSignal(home.new_rehearsal_wanted):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    with qtbot.waitSignal(home.example_wanted):
        button(home, "Look around an example").click()


def test_until_the_library_is_open_the_screen_says_that_it_is_being_opened(
    desk: Desk, library: Library, hand: HandClock, tasks: object, show_home: ShowHome, qtbot: QtBot
) -> None:
    shown = show_home()
    shown.home.show_opening()
    assert OPENING in words(shown.home)
    assert not primaries(shown.home)
    shown.home.refresh()
    qtbot.waitUntil(lambda: OPENING not in words(shown.home))


def test_an_interview_that_was_cut_short_is_offered_first_with_its_question(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    sitting = stopped(library, hand, at=2, of=3)
    home = show_home().home
    said = words(home)
    question = sittings.load(library, sitting).plan.questions[1].question.text
    assert "Pick up where you stopped" in said
    assert "Interrupted" in said
    assert f"Lead member, practice mode. Question 2 of 3: “{question}” Every word that was saved is here." in said
    assert primaries(home) == ["Carry on"]
    assert focused() == "Carry on"
    with qtbot.waitSignal(home.carry_on_wanted) as caught:
        button(home, "Carry on").click()
    assert caught.args == [sitting]
    with qtbot.waitSignal(home.words_wanted) as caught:
        button(home, "See what I said").click()
    assert caught.args == [sitting]


def test_a_pause_is_called_a_pause_and_what_was_never_begun_can_begin(
    library: Library, hand: HandClock, show_home: ShowHome
) -> None:
    begin(library, hand)
    hand.pass_seconds(60)
    stopped(library, hand, pause=True)
    home = show_home().home
    assert "Paused" in words(home)
    assert "Interrupted" not in words(home)
    assert "Not begun" in words(home)
    assert "Begin" in [button.text() for button in buttons(home)]
    assert primaries(home) == ["Carry on"]


@pytest.mark.parametrize(
    ("phase", "title", "signal"),
    [
        (Phase.OWN_MARKS, "Mark your answers", "marks_wanted"),
        (Phase.REFLECTION, "Write your reflection", "reflection_wanted"),
    ],
)
def test_marks_and_reflection_still_to_come_are_offered(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot, phase: Phase, title: str, signal: str
) -> None:
    sitting = finished(library, hand, to=phase)
    home = show_home().home
    assert primaries(home) == [title]
    with qtbot.waitSignal(getattr(home, signal)) as caught:
        button(home, title).click()
    assert caught.args == [sitting]


def test_practising_again_starts_with_the_rehearsal_that_was_suggested(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand)
    home = show_home().home
    (primary,) = primaries(home)
    assert primary.startswith("Start, ")
    assert primary.endswith(" minutes")
    with qtbot.waitSignal(home.practise_wanted) as caught:
        button(home, primary).click()
    (set_up,) = caught.args
    assert isinstance(set_up, SetUp)
    assert set_up.role == "lead-member"
    with qtbot.waitSignal(home.new_rehearsal_wanted):
        button(home, "Set one up").click()


def test_the_days_to_the_date_are_counted(desk: Desk, show_home: ShowHome) -> None:
    desk.settings = replace(desk.settings, practising_for=date(2027, 1, 6))
    assert "Hertfordshire · 46 days to the date you are practising for" in words(show_home().home)


def test_what_to_know_about_the_library_can_be_read_and_is_no_alarm(
    library: Library, messages: StandIn, show_home: ShowHome
) -> None:
    home = show_home().home
    assert library.notices
    assert all(notice in words(home) for notice in library.notices)
    assert messages.texts == []


def test_an_action_ticked_is_done_in_the_library_and_can_be_opened_again(
    library: Library, hand: HandClock, messages: StandIn, show_home: ShowHome, qtbot: QtBot
) -> None:
    sitting = finished(library, hand, actions=ACTIONS)
    home = show_home().home
    assert "Overdue by three days, it was due on 18 November · me" in words(home)
    assert "Read the annual report" not in words(home)
    button(home, "See all four").click()
    assert "Read the annual report" in words(home)
    tick = next(box for box in buttons(home) if box.accessibleName() == "Done: Meet the forum")
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Meet the forum" not in words(home))
    assert [action.done for action in sittings.load(library, sitting).actions if action.what == "Meet the forum"] == [
        hand.clock.today()
    ]
    assert messages.texts == ["Done: “Meet the forum”."]
    assert focused() == "Done: Ask for the median wait"
    undo = messages.current[0].action
    assert undo is not None
    undo.do()
    qtbot.waitUntil(lambda: "Meet the forum" in words(home))
    assert len(sittings.open_actions(library)) == 4


def test_a_click_on_the_words_of_an_action_ticks_it(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand, actions=ACTIONS[:1])
    home = show_home().home
    label = next(label for label in home.findChildren(TextLabel) if label.text() == "Meet the forum")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not sittings.open_actions(library))
    qtbot.waitUntil(lambda: "Nothing is open." in words(home))


def test_a_new_title_reaches_the_library(library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    home.sittings.model.setData(home.sittings.model.index(0), "With Maya")
    qtbot.waitUntil(lambda: sittings.load(library, sitting).title == "With Maya")


def test_what_was_deleted_is_gone_at_once_and_comes_back_by_the_message_or_the_command(
    library: Library, hand: HandClock, messages: StandIn, show_home: ShowHome, qtbot: QtBot
) -> None:
    kept, gone = finished(library, hand), finished(library, hand)
    shown = show_home()
    home, model = shown.home, shown.home.sittings.model
    home.sittings.view.setFocus()
    home.sittings.choose(model.row_of(gone))
    assert not shown.window.commands.is_possible(CommandId.UNDO)
    QTest.keyClick(home.sittings.view, Qt.Key.Key_Delete)
    assert model.row_of(gone) == -1
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert messages.texts[0].endswith("” was deleted.")
    assert sittings.load(library, gone).deleted_at == hand.wall
    assert home.sittings.chosen is not None
    assert home.sittings.chosen.id == kept
    undo = messages.current[0].action
    assert undo is not None
    undo.do()
    qtbot.waitUntil(lambda: model.row_of(gone) == 0)
    assert sittings.load(library, gone).deleted_at is None

    messages.clear("said")
    home.sittings.delete_wanted.emit(gone)
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert shown.window.commands.run(CommandId.UNDO)
    qtbot.waitUntil(lambda: model.row_of(gone) == 0)
    assert not shown.window.commands.is_possible(CommandId.UNDO)


def test_a_deletion_that_fails_is_told_and_the_sitting_stays_in_the_list(
    library: Library,
    hand: HandClock,
    messages: StandIn,
    show_home: ShowHome,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    full = UserError("The disk is full.", "Free some space.")

    def fail(*_: object) -> None:
        raise full

    monkeypatch.setattr(sittings, "delete", fail)
    home.sittings.delete_wanted.emit(sitting)
    qtbot.waitUntil(lambda: messages.texts == [str(full)])
    assert home.sittings.model.row_of(sitting) == 0


def test_deleting_the_last_sitting_leads_back_to_the_welcome(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    home.sittings.delete_wanted.emit(sitting)
    qtbot.waitUntil(lambda: primaries(home) == ["Start a first rehearsal"])
    assert not home.sittings.isVisible()


def test_the_example_says_that_it_is_one_and_leads_out(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand)
    home = show_home().home
    assert "You are looking at an example" not in words(home)
    home.set_example(True)
    home.show_opening()
    home.refresh()
    qtbot.waitUntil(lambda: "You are looking at an example" in words(home))
    with qtbot.waitSignal(home.leave_example_wanted):
        button(home, "Leave the example").click()


def test_tab_goes_through_the_screen_as_the_eye_does(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand, actions=ACTIONS[:2])
    finished(library, hand, to=Phase.OWN_MARKS)
    stopped(library, hand)
    shown = show_home()
    expected = [
        "Carry on", "See what I said", "Mark your answers", "See what I said", "Start, ", "Set one up",
        "Done: Meet the forum", "Done: Ask for the median wait", "Last sittings", "Carry on", "See what was said",
        "Rename", "Delete",
    ]  # fmt: skip
    for round_of in ("at first", "after it was drawn again"):
        order = []
        for _ in expected:
            order.append(focused())
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert [said[: len(wanted)] for said, wanted in zip(order, expected, strict=True)] == expected, round_of
        shown.home.show_opening()
        shown.home.refresh()
        qtbot.waitUntil(lambda: focused() == "Carry on")


def test_what_others_change_is_shown_and_the_focus_stays(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot
) -> None:
    first = finished(library, hand)
    home = show_home().home
    home.sittings.view.setFocus()
    sittings.rename(library, first, "Renamed elsewhere")
    desk.signals.changed.emit(change(Subject.SITTINGS, ids=(first,)))
    qtbot.waitUntil(lambda: home.sittings.model.index(0).data() == "Renamed elsewhere")
    assert home.sittings.view.hasFocus()


def test_a_screen_out_of_sight_reads_nothing_until_somebody_comes_back(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot
) -> None:
    first = finished(library, hand)
    shown = show_home()
    shown.window.go("elsewhere")
    sittings.rename(library, first, "Renamed elsewhere")
    desk.signals.changed.emit(change(Subject.SITTINGS))
    assert not desk.tasks.busy
    shown.window.go("home")
    qtbot.waitUntil(lambda: shown.home.sittings.model.index(0).data() == "Renamed elsewhere")


def test_a_damaged_library_offers_its_copies_and_a_new_start(
    tmp_path: Path, library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    place = Location(tmp_path / "other")
    with library_service.open_library(place) as other:
        library_service.sync_shipped_banks(other)
        finished(other, hand)
        library_service.back_up_if_due(other)
    (place.folder / "library.sqlite").write_bytes(b"This is no library at all. " * 400)
    with pytest.raises(library_service.DamagedLibraryError) as damaged:
        library_service.open_library(place)
    home = show_home().home
    home.show_problem(damaged.value)
    said = words(home)
    assert damaged.value.what_happened in said
    assert damaged.value.what_to_do in said
    assert "The newest copy holds 1 rehearsal." in said
    (primary,) = primaries(home)
    assert primary.startswith("Go on with the copy of ")
    assert focused() == primary
    with qtbot.waitSignal(home.restore_wanted) as caught:
        button(home, primary).click()
    assert caught.args == [damaged.value.backups[0]]
    with qtbot.waitSignal(home.start_afresh_wanted):
        button(home, "Start a new library").click()


def test_a_library_that_cannot_be_read_now_can_be_tried_again(show_home: ShowHome, qtbot: QtBot) -> None:
    home = show_home().home
    home.show_problem(UserError("Another program is using the library.", "Close it and try again."))
    assert "Another program is using the library." in words(home)
    assert isinstance(home.problem, ProblemCard)
    with qtbot.waitSignal(home.try_again_wanted):
        button(home, "Try again").click()
    home.refresh()
    qtbot.waitUntil(lambda: primaries(home) == ["Start a first rehearsal"])


def test_the_screen_is_imported_without_the_library(tmp_path: Path) -> None:
    code = (
        "import sys, ui.home.home_screen; "
        "print([name for name in ('sqlalchemy', 'msgspec', 'snowballstemmer', 'cqcmock.storage', 'cqcmock.services', "
        "'cqcmock.domain.interview') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(("percent", "word"), [(100, "a" * 1900), (200, "assessments " * 150)])
def test_the_longest_words_never_push_the_page_wider(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot, percent: int, word: str
) -> None:
    desk.theme.set_percent(percent)
    long = finished(library, hand, actions=(replace(ACTIONS[0], what=word, owner=word[:150]),))
    sittings.rename(library, long, word[:200])
    cut = stopped(library, hand)
    sittings.rename(library, cut, "🎉 عنوان " * 20)
    shown = show_home()
    shown.window.resize(1280, 800)
    qtbot.waitUntil(lambda: shown.window.width() == 1280)
    assert shown.home.page.horizontalScrollBar().maximum() == 0


def test_what_was_read_of_a_library_that_was_left_meanwhile_is_not_shown(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand)
    home = show_home().home
    home.refresh()
    home.show_opening()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert OPENING in words(home)
    assert not home.sittings.isVisible()


def test_a_problem_met_while_another_room_is_shown_is_told_there_too(messages: StandIn, show_home: ShowHome) -> None:
    shown = show_home()
    shown.window.go("elsewhere")
    shown.home.show_problem(UserError("The copy is damaged.", "Choose another copy."))
    assert messages.texts == ["The copy is damaged. Choose another copy."]


def test_coming_home_begins_at_the_top_even_in_the_largest_type(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot
) -> None:
    for _ in range(3):
        finished(library, hand, actions=())
    begin(library, hand)
    shown = show_home()
    page = shown.home.page.verticalScrollBar()
    desk.theme.set_percent(200)
    qtbot.waitUntil(lambda: page.maximum() > 0)
    page.setValue(page.maximum())
    shown.window.go("elsewhere")
    with qtbot.waitSignal(shown.home.filled):
        shown.window.go("home")
    qtbot.waitUntil(lambda: page.value() == 0)


def test_a_rehearsal_is_sent_to_a_reviewer_from_its_row_or_with_the_command(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    over = finished(library, hand, to=Phase.OWN_MARKS)
    stopped(library, hand)
    shown = show_home()
    home, commands = shown.home, shown.window.commands
    assert home.sittings.chosen is not None
    assert home.sittings.chosen.in_progress
    assert not home.sittings.send.isEnabled()
    assert not commands.is_possible(CommandId.NEW_PACK)
    home.sittings.choose(home.sittings.model.row_of(over))
    assert commands.is_possible(CommandId.NEW_PACK)
    with qtbot.waitSignal(home.pack_wanted) as caught:
        assert commands.run(CommandId.NEW_PACK)
    assert caught.args == [over]
    with qtbot.waitSignal(home.pack_wanted) as caught:
        button(home, "Send to a peer reviewer…").click()
    assert caught.args == [over]
