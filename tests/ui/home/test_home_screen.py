"""The first screen: what to do next is there, and can be done from the keyboard."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.services import sittings
from cqcmock.services.rehearsing import SetUp
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.hands import ACTIONS, ShowHome, button, buttons, focused, primaries, words
from tests.ui.home.played import begin, finished, stopped
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.home.home_screen import OPENING

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ROOT = Path(__file__).parents[3]


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
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    sittings.rename(library, first, "Renamed elsewhere")
    desk.signals.changed.emit(change(Subject.SITTINGS))
    assert not desk.tasks.busy
    shown.window.go("home")
    qtbot.waitUntil(lambda: shown.home.sittings.model.index(0).data() == "Renamed elsewhere")


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
