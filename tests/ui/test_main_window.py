from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from tests.ui.conftest import OpenWindow, Show, StandIn
from ui import main_window as module
from ui.commands import FOR_GUESTS, CommandId, Menu
from ui.main_window import TITLE, MainWindow, Room
from ui.screen import Rest, Screen
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.palette import CommandPalette
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.shortcut_sheet import ShortcutSheet


class Page(Screen):
    """A screen with one button, which writes down what happens to it."""

    def __init__(self, name: str = "page", *, may_close: bool = True, whole_width: bool = False) -> None:
        super().__init__()
        self.happened: list[str] = []
        self.closes = may_close
        self.whole_width = whole_width
        self.button = QPushButton(name)
        QVBoxLayout(self).addWidget(self.button)

    def may_close(self) -> bool:
        self.happened.append("asked")
        return self.closes

    def arrived(self) -> None:
        self.happened.append("arrived")
        self.button.setFocus()

    def left(self) -> None:
        self.happened.append("left")


def rooms() -> tuple[Room, ...]:
    return (
        Room(id="home", title="Home", make=Page, command=CommandId.GO_HOME),
        Room(id="rehearse", title="Rehearse", make=Page, command=CommandId.NEW_REHEARSAL),
        Room(id="settings", title="Settings", make=Page, command=CommandId.SETTINGS, at_the_foot=True),
    )


def test_the_title_says_nothing_of_the_content(open_window: OpenWindow) -> None:
    assert open_window(*rooms()).windowTitle() == TITLE


def test_a_room_is_made_when_it_is_first_entered_and_kept(open_window: OpenWindow) -> None:
    made: list[Page] = []
    make: Callable[[], Screen] = lambda: made.append(Page()) or made[-1]  # noqa: E731
    window = open_window(*rooms(), Room(id="late", title="Late", make=make))
    assert made == []
    window.go("late")
    window.go("home")
    window.go("late")
    assert len(made) == 1
    assert window.current is made[0]
    assert made[0].happened == ["arrived", "left", "arrived"]


def test_the_rail_shows_only_the_rooms_that_there_are(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    texts = [button.text() for button in window.rail.findChildren(QPushButton)]
    assert texts == ["Home", "Rehearse", "Settings", "Help   F1"]


def test_the_rail_leads_to_rooms_and_shows_where_one_is(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    assert window.rail.button("home").isChecked()
    qtbot.mouseClick(window.rail.button("rehearse"), Qt.MouseButton.LeftButton)
    assert window.rail.button("rehearse").isChecked()
    assert not window.rail.button("home").isChecked()


def test_rooms_are_reached_by_their_keys(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.rail.button("rehearse").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.rail.button("home").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.rail.button("settings").isChecked()


def test_an_interview_takes_the_whole_width(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    assert window.rail.isVisible()
    interview = Page(whole_width=True)
    window.open(interview, room="rehearse")
    assert not window.rail.isVisible()
    qtbot.waitUntil(lambda: interview.width() == window.width())
    window.back()
    assert window.rail.isVisible()
    assert window.rail.button("rehearse").isChecked()


def test_a_screen_that_was_opened_is_thrown_away_when_it_is_left(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    opened = Page()
    window.open(opened)
    window.go("home")
    qtbot.waitUntil(lambda: not Shiboken.isValid(opened))


def test_one_opened_screen_follows_another(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    first, second = Page("first"), Page("second")
    window.open(first, room="rehearse")
    assert window.open(second)
    assert window.current is second
    qtbot.waitUntil(lambda: not Shiboken.isValid(first))


def test_a_screen_that_will_not_close_stays(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    stays = Page(may_close=False)
    window.open(stays, room="rehearse")
    assert not window.go("home")
    qtbot.mouseClick(window.rail.button("home"), Qt.MouseButton.LeftButton)
    assert window.current is stays
    assert window.rail.button("rehearse").isChecked()
    unwanted = Page()
    assert not window.open(unwanted)
    assert window.current is stays
    assert not window.close()
    stays.closes = True
    assert window.close()


def test_what_is_not_kept_in_another_room_is_shown_before_the_window_closes(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    window.go("rehearse")
    elsewhere = window.current
    assert isinstance(elsewhere, Page)
    elsewhere.closes = False
    window.go("home")
    assert not window.close()
    assert window.current is elsewhere
    elsewhere.closes = True
    assert window.close()


def test_the_window_closes_only_after_everything_is_on_disk(
    open_window: OpenWindow, tasks: Tasks, theme: Theme
) -> None:
    window = open_window(*rooms())
    written: list[str] = []
    gate = threading.Event()
    tasks.database(lambda: (gate.wait(5), written.append("words")))
    threading.Timer(0.05, gate.set).start()
    assert window.close()
    assert written == ["words"]


def test_a_window_whose_work_does_not_end_asks_whether_to_close_anyway(
    open_window: OpenWindow, tasks: Tasks, messages: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLOSE_SECONDS", 0.01)
    window = open_window(*rooms())
    gate = threading.Event()
    tasks.database(lambda: gate.wait(10))
    assert not window.close()
    assert window.isVisible()
    (message,) = messages.current
    assert message.action is not None
    message.action.do()
    assert not window.isVisible()
    gate.set()


def make_window(theme: Theme, tasks: Tasks, messages: StandIn, **options: object) -> MainWindow:
    return MainWindow(theme=theme, tasks=tasks, messages=messages, rooms=rooms(), **options)  # type: ignore[arg-type]


def test_the_window_comes_back_where_it_was(theme: Theme, tasks: Tasks, messages: StandIn, show: Show) -> None:
    kept: list[bytes] = []
    window = make_window(theme, tasks, messages, remember=kept.append)
    show(window)
    window.setGeometry(QRect(40, 50, 700, 500))
    window.close()
    again = make_window(theme, tasks, messages, geometry=kept[0])
    show(again)
    assert again.geometry() == QRect(40, 50, 700, 500)


def test_a_screen_that_is_gone_is_forgotten(theme: Theme, tasks: Tasks, messages: StandIn, show: Show) -> None:
    kept: list[bytes] = []
    window = make_window(theme, tasks, messages, remember=kept.append)
    show(window)
    window.setGeometry(QRect(9000, 9000, 700, 500))
    window.close()
    again = make_window(theme, tasks, messages, geometry=kept[0])
    show(again)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(again.geometry().center())


def test_a_place_that_is_no_place_is_forgotten(theme: Theme, tasks: Tasks, messages: StandIn, show: Show) -> None:
    window = make_window(theme, tasks, messages, geometry=b"no geometry")
    show(window)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(window.geometry().center())


def test_the_window_fits_a_small_screen_at_the_largest_type(open_window: OpenWindow, theme: Theme) -> None:
    def tall() -> Screen:
        screen = Screen()
        page = ScrollPage()
        for number in range(40):
            page.column.addWidget(QLabel(f"line {number}"))
        QVBoxLayout(screen).addWidget(page)
        return screen

    window = open_window(Room(id="home", title="Home", make=tall), *rooms()[1:])
    theme.set_percent(200)
    window.resize(1280, 720)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    assert (window.width(), window.height()) == (1280, 720)


def test_the_type_grows_and_shrinks_by_keys_and_is_remembered(
    theme: Theme, tasks: Tasks, messages: StandIn, show: Show, qtbot: QtBot
) -> None:
    kept: list[int] = []
    window = make_window(theme, tasks, messages, remember_text_size=kept.append)
    show(window)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(window, key, control)
    assert kept == [110, 120, 110, 100]
    assert theme.percent == 100


def test_every_menu_is_drawn_from_the_table(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    assert [action.text() for action in window.menuBar().actions()] == [menu.value for menu in Menu]


def test_the_palette_and_the_sheet_open_by_their_keys(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    assert palette.isVisible()
    palette.reject()
    qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)
    qtbot.mouseClick(window.rail.button("help"), Qt.MouseButton.LeftButton)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ShortcutSheet) is None)


def test_a_screens_commands_hold_while_it_is_shown(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    done: list[str] = []
    interview = Page()
    window.commands.handle(CommandId.PAUSE, lambda: done.append("pause"), screen=interview)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    window.open(interview)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == ["pause"]
    assert window.commands.action(CommandId.PAUSE).isEnabled()
    window.go("home")
    assert not window.commands.action(CommandId.PAUSE).isEnabled()


def test_the_first_frame_is_told_once(theme: Theme, tasks: Tasks, messages: StandIn, show: Show, qtbot: QtBot) -> None:
    window = make_window(theme, tasks, messages)
    frames: list[int] = []
    window.painted.connect(lambda: frames.append(1))
    show(window)
    qtbot.waitUntil(lambda: bool(frames))
    window.repaint()
    assert frames == [1]


def test_tab_comes_to_every_room_and_stays_in_the_room_where_one_is(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    reached = []
    window.rail.button("home").setFocus()
    for _ in range(4):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached == [window.rail.button(entry) for entry in ("home", "rehearse", "settings", "help")]
    assert window.rail.button("home").isChecked()


def test_pressing_where_one_is_keeps_it_marked(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    window.rail.button("home").click()
    assert window.rail.button("home").isChecked()


def test_a_wide_screen_beside_no_rail_does_not_push_the_window_off_the_display(open_window: OpenWindow) -> None:
    class Wide(Screen):
        whole_width = True

        def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
            return QSize(690, 100)

    window = open_window(*rooms())
    window.resize(700, 500)
    window.open(Wide())
    assert window.width() == 700
    window.back()
    assert window.width() == 700


def test_the_window_leaves_room_for_the_title_that_the_system_draws(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert window.geometry().top() > room.top()
    assert window.geometry().bottom() <= room.bottom()


def test_the_sheet_scrolls_at_once_by_keys(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(*rooms())
    window.show_shortcuts()
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    page = sheet.findChild(ScrollPage)
    assert page is not None
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert page.verticalScrollBar().value() > 0
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ShortcutSheet) is None)


def test_what_has_the_keyboard_stays_in_sight_when_the_type_grows(
    open_window: OpenWindow, theme: Theme, qtbot: QtBot
) -> None:
    def tall() -> Screen:
        screen = Screen()
        page = ScrollPage()
        for number in range(30):
            page.column.addWidget(QPushButton(f"button {number}"))
        QVBoxLayout(screen).addWidget(page)
        return screen

    window = open_window(Room(id="home", title="Home", make=tall), *rooms()[1:])
    page = window.findChild(ScrollPage)
    assert page is not None
    button = page.findChildren(QPushButton)[20]
    button.setFocus()
    page.ensureWidgetVisible(button)
    theme.set_percent(200)
    qtbot.waitUntil(lambda: page.viewport().rect().contains(button.mapTo(page.viewport(), button.rect().center())))


def test_every_control_of_the_window_has_a_name(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    for button in window.findChildren(QPushButton):
        assert button.accessibleName() or button.text()


class Form(Page):
    """Holds words that are kept nowhere else, or needs the library still."""

    rests = Rest.KEPT

    def rest(self) -> Rest:
        return self.rests


def test_while_the_window_is_covered_nothing_leads_anywhere_else(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    home, cover, other = window.current, Page("cover"), Page("other")
    window.cover_with(cover)
    assert window.cover is cover
    assert not window.go("settings")
    assert not window.open(Page())
    assert not window.stay(other, "settings")
    assert window.current is cover
    assert window.rail.isHidden()
    possible = {command for command in CommandId if window.commands.is_possible(command)}
    assert possible == FOR_GUESTS | {CommandId.QUIT}
    assert window.uncover()
    assert window.current is home
    assert not window.rail.isHidden()


def test_what_is_over_is_thrown_away_and_what_is_kept_waits_outside_the_window(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    home, form, staying = window.current, Form("form"), Page("staying")
    window.stay(staying, "rehearse")
    window.open(form, room="settings")
    window.cover_with(Page("cover"))
    assert window.put_aside()
    assert window.put_aside()  # and again, where something else was at work
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not Shiboken.isValid(home)
    assert not Shiboken.isValid(staying)
    assert not window.isAncestorOf(form)
    assert not form.isVisible()
    assert window.uncover()
    assert window.current is form
    assert window.isAncestorOf(form)
    assert window.go("rehearse")
    assert window.current is not staying


def test_a_screen_that_still_needs_the_library_says_so_until_it_rests(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    form = Form("form")
    form.rests = Rest.AT_WORK
    window.open(form)
    window.cover_with(Page("cover"))
    assert not window.put_aside()
    form.rests = Rest.OVER
    assert window.put_aside()
    assert not window.uncover()
    assert window.go("home")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not Shiboken.isValid(form)


def test_a_covered_window_that_holds_words_stays_open_and_asks_nobody_about_them(
    open_window: OpenWindow, messages: StandIn
) -> None:
    window = open_window(*rooms())
    form = Form("form")
    window.open(form)
    window.cover_with(Page("cover"))
    window.put_aside()
    asked = list(form.happened)
    assert not window.close()
    assert form.happened == asked
    assert "not saved yet" in messages.texts[0]
    window.uncover()


def test_what_would_only_be_missed_keeps_no_covered_window_open(open_window: OpenWindow) -> None:
    window = open_window(*rooms())
    form = Form("form")
    form.rests = Rest.AS_IT_IS
    window.open(form)
    window.cover_with(Page("cover"))
    assert window.put_aside()
    assert window.close()
    window.uncover()
