"""Every screen with the keyboard alone and by ear: Tab comes to each control, in the order of reading, and each says
what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.reflection import Action
from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import rehearsing, sittings
from tests.clocks import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.home.played import begin, finished, stopped
from tests.ui.keyboard_and_ear import faults, is_behind, is_reached, name, tab_stops
from tests.ui.rehearse.finished_interviews import interviewed, planned
from ui.desk import Desk
from ui.home.home_screen import HomeScreen
from ui.home.words_screen import WordsScreen
from ui.main_window import MainWindow, Room
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.own_marks_screen import OwnMarksScreen
from ui.rehearse.reflection_screen import ReflectionScreen
from ui.rehearse.report_screen import ReportScreen
from ui.rehearse.set_up_screen import SetUpScreen
from ui.screen import Screen
from ui.settings.settings_screen import SettingsScreen
from ui.theme import Theme
from ui.widgets.palette import CommandPalette
from ui.widgets.shortcut_sheet import ShortcutSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library


class Program:
    """The window, and every screen of it in a state worth looking at."""

    def __init__(self, desk: Desk, library: Library, hand: HandClock, qtbot: QtBot, open_window: OpenWindow) -> None:
        self.desk, self.library, self.hand, self.qtbot = desk, library, hand, qtbot
        self.window: MainWindow = open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="home", title="Home", make=lambda: HomeScreen(desk, self.window.commands)),
            Room(id="rehearse", title="Rehearse", make=lambda: SetUpScreen(desk)),
            Room(id="settings", title="Settings", make=lambda: SettingsScreen(desk), at_the_foot=True),
        )

    def _filled(self, screen: Screen, show: Callable[[], object]) -> None:
        filled: list[bool] = []
        screen.filled.connect(lambda: filled.append(True))
        show()
        self.qtbot.waitUntil(lambda: bool(filled), timeout=20_000)
        QApplication.processEvents()

    def _room(self, room: str) -> Screen:
        screen = self.window.screen_of(room)
        self._filled(screen, lambda: self.window.go(room))
        return screen

    def _open(self, screen: Screen) -> None:
        self._filled(screen, lambda: self.window.open(screen))

    def home_at_first(self) -> QWidget:
        self._room("home")
        return self.window

    def home_full(self) -> QWidget:
        actions = [Action(id=f"a{n}", what=f"Ask carers, {n}", due=date(2026, 12, n + 1)) for n in range(5)]
        finished(self.library, self.hand, actions=actions)
        finished(self.library, self.hand, to=Phase.OWN_MARKS)
        stopped(self.library, self.hand)
        begin(self.library, self.hand)
        home = self.window.screen_of("home")
        assert isinstance(home, HomeScreen)
        home.set_example(True)
        self._room("home")
        return self.window

    def set_up(self) -> QWidget:
        self._room("rehearse")
        return self.window

    def set_up_for_another_role(self) -> QWidget:
        screen = self._room("rehearse")
        assert isinstance(screen, SetUpScreen)
        self._filled(screen, lambda: screen.roles.box.activated.emit(1))
        return self.window

    def set_up_open(self) -> QWidget:
        screen = self._room("rehearse")
        assert isinstance(screen, SetUpScreen)
        screen.more.click()
        screen.form.own_times.setChecked(False)
        return self.window

    def settings(self) -> QWidget:
        screen = self._room("settings")
        assert isinstance(screen, SettingsScreen)
        screen.findChildren(QCheckBox)[0].click()
        return self.window

    def _interview(self) -> InterviewScreen:
        sitting = rehearsing.start(self.library, planned(self.desk, questions=2), "", self.hand.clock)
        screen = InterviewScreen(self.desk, self.window.commands, sitting)
        self._open(screen)
        return screen

    def _interview_at(self, *phases: Phase) -> InterviewScreen:
        screen = self._interview()
        for _ in range(30):
            if screen.live.state.phase in phases:
                return screen
            screen.forward.click()
        raise AssertionError(f"it never came to {phases}")

    def prepare(self) -> QWidget:
        self._interview()
        return self.window

    def answer(self) -> QWidget:
        screen = self._interview_at(Phase.ANSWER)
        screen.hint.click()
        screen.take_note.click()
        return self.window

    def probe(self) -> QWidget:
        self._interview_at(Phase.PROBE)
        return self.window

    def between(self) -> QWidget:
        self._interview_at(Phase.BETWEEN)
        return self.window

    def paused(self) -> QWidget:
        self._interview_at(Phase.ANSWER).pause.click()
        return self.window

    def last_words(self) -> QWidget:
        self._interview_at(Phase.LAST_WORDS)
        return self.window

    def _marks(self) -> OwnMarksScreen:
        marks = OwnMarksScreen(self.desk, self.window.commands, interviewed(self.desk, self.hand, takes=2))
        self._open(marks)
        assert marks.marks is not None
        marks.marks.more_tags.click()
        return marks

    def marks(self) -> QWidget:
        self._marks().arrived()
        return self.window

    def marks_of_the_whole(self) -> QWidget:
        marks = self._marks()
        marks.go_to(99)
        marks.arrived()
        return self.window

    def _marked(self) -> str:
        sitting = interviewed(self.desk, self.hand)
        sittings.submit_marks(self.library, sitting, MarkSheet(), self.hand.clock)
        return sitting

    def reflection(self) -> QWidget:
        screen = ReflectionScreen(self.desk, self.window.commands, self._marked())
        self._open(screen)
        for what in ("Meet the carers' forum", "Ask for the figures"):
            screen.action_list.what.setText(what)
            screen.action_list.put_down()
        screen.action_list.has_due.setChecked(True)
        return self.window

    def report(self) -> QWidget:
        screen = ReportScreen(self.desk, self.window.commands, self._marked())
        self._open(screen)
        return self.window

    def words(self) -> QWidget:
        self._open(WordsScreen(self.desk, self._marked()))
        return self.window

    def palette(self) -> QWidget:
        self.window.show_palette()
        return self._dialog(CommandPalette)

    def sheet(self) -> QWidget:
        self.window.show_shortcuts()
        return self._dialog(ShortcutSheet)

    def _dialog(self, kind: type[QWidget]) -> QWidget:
        dialog = self.window.findChild(kind)
        assert isinstance(dialog, QWidget)
        dialog.activateWindow()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog


STATES: dict[str, Callable[[Program], QWidget]] = {
    "home at first": Program.home_at_first,
    "home, full": Program.home_full,
    "set-up": Program.set_up,
    "set-up for another role": Program.set_up_for_another_role,
    "set-up, open": Program.set_up_open,
    "settings": Program.settings,
    "preparing": Program.prepare,
    "answering, with a hint and a note": Program.answer,
    "a follow-up": Program.probe,
    "between": Program.between,
    "paused": Program.paused,
    "last words": Program.last_words,
    "marks": Program.marks,
    "marks of the whole": Program.marks_of_the_whole,
    "reflection": Program.reflection,
    "report": Program.report,
    "what was said": Program.words,
    "palette": Program.palette,
    "sheet": Program.sheet,
}


@pytest.fixture
def program(desk: Desk, library: Library, hand: HandClock, qtbot: QtBot, open_window: OpenWindow) -> Iterator[Program]:
    made = Program(desk, library, hand, qtbot, open_window)
    yield made
    made.window.go("elsewhere")


@pytest.mark.parametrize("percent", [100, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.parametrize("state", STATES)
def test_tab_comes_to_every_control_in_reading_order_and_each_has_a_name(
    state: str, percent: int, program: Program, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_percent(percent)
    window = STATES[state](program)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.qWait(0)  # everything has its place
    assert faults(window) == []


def test_the_check_finds_what_is_wrong(program: Program, qtbot: QtBot) -> None:
    """A check that cannot fail would be none."""
    program.home_at_first()
    home = program.window.current
    assert home is not None
    buttons = {name(button): button for button in home.findChildren(QPushButton)}
    start, example = buttons["Start a first rehearsal"], buttons["Look around an example"]
    assert is_behind(start, example)
    assert not is_behind(example, start)
    example.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    stops = tab_stops()
    assert not is_reached(example, stops)
    assert is_reached(start, stops)
    nameless = QPlainTextEdit(home)
    assert not name(nameless)
