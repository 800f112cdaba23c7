"""The window: a rail of rooms, the screen that is shown, messages above it, and the menu bar.

It knows no room by name: rooms are handed in, and their screens are made when they are first wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.commands import COMMANDS, CommandId, Commands, Menu
from ui.messages import Action, Kind, Messages
from ui.screen import Rest, Screen
from ui.sizes import body_em, spaced
from ui.tasks import Tasks
from ui.theme import STEP, Theme
from ui.widgets.banner import BannerArea
from ui.widgets.rail import Rail, RailEntry

TITLE = "CQC Mock"
CLOSE_SECONDS = 10.0
_HELP = "help"
_CLOSING = "closing"
_HAS_A_SAY = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
_GIVES_WAY = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of the house: `make` builds its screen, once, when it is first wanted. `command` is what leads to it."""

    id: str
    title: str
    make: Callable[[], Screen]
    command: CommandId | None = None
    at_the_foot: bool = False


class MainWindow(QMainWindow):
    """Shows one screen at a time: that of a room, or one that was opened on top of it and is thrown away afterwards."""

    painted = Signal()
    """The first frame is on screen."""
    screen_changed = Signal()
    closing = Signal()
    """What was handed in is waited for now: whatever nobody would miss had better stop."""

    def __init__(
        self,
        *,
        theme: Theme,
        tasks: Tasks,
        messages: Messages,
        rooms: Sequence[Room],
        geometry: bytes = b"",
        remember: Callable[[bytes], None] = lambda _: None,
        remember_text_size: Callable[[int], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self._theme = theme
        self._tasks = tasks
        self._messages = messages
        self._rooms = {room.id: room for room in rooms}
        self._remember = remember
        self._remember_text_size = remember_text_size
        self._room_screens: dict[str, Screen] = {}
        self._opened: Screen | None = None
        self._staying: dict[str, Screen] = {}
        self._cover: Screen | None = None
        self._covered: Screen | None = None
        self._aside: dict[Screen, Rest] = {}
        self._room = ""
        self._painted = False
        self._closing = False
        self._given_up = False
        self.commands = Commands(self)
        self.rail = self._make_rail()
        self._page = QWidget()
        self.banners = BannerArea(messages, self._page)
        self.stack = QStackedWidget()
        self._lay_out()
        self._make_menus()
        self._handle_commands()
        self._place(geometry)

    @property
    def current(self) -> Screen | None:
        """The screen that is shown."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def go(self, room: str) -> bool:
        """Show a room, unless the opened screen will not close; whether it is shown."""
        if self._cover is not None:
            return False
        if not self._may_throw_away():
            if self._room:
                self.rail.show_current(self._room)
            return False
        self._room = room
        self.rail.show_current(room)
        self._show(self._staying.get(room) or self.screen_of(room))
        return True

    def screen_of(self, room: str) -> Screen:
        """The room's own screen, made now if nobody has been there."""
        screen = self._room_screens.get(room)
        if screen is None:
            screen = self._rooms[room].make()
            self._room_screens[room] = screen
            self.stack.addWidget(screen)
        return screen

    def open(self, screen: Screen, *, room: str = "") -> bool:
        """Show a screen in place of the room's own, within `room` if it says so; whether it is shown."""
        if self._cover is not None or not self._may_throw_away():
            screen.deleteLater()
            return False
        if room:
            self._room = room
            self.rail.show_current(room)
        self.stack.addWidget(screen)
        self._show(screen)
        self._opened = screen
        return True

    def stay(self, screen: Screen, room: str) -> bool:
        """Show a screen that stands for a room until `leave_room`, also while others are visited; whether it is shown.

        For what goes on by itself, such as a session with people in the room.
        """
        if self._cover is not None or not self._may_throw_away():
            screen.deleteLater()
            return False
        self.leave_room(room)
        self._staying[room] = screen
        self.stack.addWidget(screen)
        return self.go(room)

    def leave_room(self, room: str) -> None:
        """What stayed in a room is over: the room's own screen is shown there again, now if this one was in sight."""
        stayed = self._staying.pop(room, None)
        if stayed is None:
            return
        if self.current is stayed:
            self._show(self.screen_of(room))
        self._drop(stayed)

    def back(self) -> bool:
        """Leave the opened screen for the room in which it was opened."""
        return self.go(self._room or next(iter(self._rooms)))

    @property
    def room_shown(self) -> str:
        """The room whose own screen is shown, or nothing where another one is shown in it."""
        return self._room if self._room and self.current is self._room_screens.get(self._room) else ""

    # --- while nobody may see what is in the window

    @property
    def cover(self) -> Screen | None:
        """What stands before everything, if anything does."""
        return self._cover

    @property
    def on_air(self) -> bool:
        """Whether any screen has people who think or talk without touching a key."""
        return any(screen.on_air for screen in self._all_screens())

    def cover_with(self, screen: Screen) -> None:
        """Show one screen before everything until `uncover`: meanwhile nothing else of the window can be reached."""
        before, covered = self.current, self._cover
        self._cover = screen
        self.commands.withhold(screen, lambda: True)
        self.commands.handle(CommandId.QUIT, self.close, screen=screen)
        self.rail.hide()
        self.stack.addWidget(screen)
        if covered is None:
            self._covered = before
            if before is not None:
                before.left()
        if before is not None:
            before.setSizePolicy(_GIVES_WAY)
        screen.setSizePolicy(_HAS_A_SAY)
        self.stack.setCurrentWidget(screen)
        if covered is not None:
            self._throw_away(covered)
        self.commands.show_screen(screen)
        screen.arrived()
        self.commands.refresh()
        self.screen_changed.emit()

    def put_aside(self) -> bool:
        """Have every covered screen save what was typed, and throw away those that hold nothing else.

        The others are taken out of the window, whole, until `uncover`. Returns whether none of them needs the library.
        """
        assert self._cover is not None
        needed = False
        for screen in self._all_screens():
            rest = screen.rest()
            if rest is Rest.OVER:
                self._drop(screen)
                continue
            needed = needed or rest is Rest.AT_WORK
            if screen not in self._aside:
                self.stack.removeWidget(screen)
                screen.hide()
                screen.setParent(None)  # whoever looks at the window, with eyes or by a program, does not come to it
            self._aside[screen] = rest
        return not needed

    def uncover(self) -> bool:
        """Take the cover away, and show what was shown before if it is still there; whether it is.

        Otherwise nothing is shown until `go` is called.
        """
        cover, self._cover = self._cover, None
        for screen in self._aside:
            self.stack.addWidget(screen)
        self._aside.clear()
        before, self._covered = self._covered, None
        if before is not None:
            opened, self._opened = self._opened, None
            self._show(before)
            self._opened = opened
        if cover is not None:
            self._throw_away(cover)
        return before is not None

    def _all_screens(self) -> tuple[Screen, ...]:
        """Every screen but the cover, the one that was opened on top of a room first."""
        opened = () if self._opened is None else (self._opened,)
        return (*opened, *self._staying.values(), *self._room_screens.values())

    def _drop(self, screen: Screen) -> None:
        """It is over: nothing leads to it any more."""
        if self._opened is screen:
            self._opened = None
        if self._covered is screen:
            self._covered = None
        for screens in (self._staying, self._room_screens):
            for room in [room for room, one in screens.items() if one is screen]:
                del screens[room]
        self._aside.pop(screen, None)
        self._throw_away(screen)

    def _throw_away(self, screen: Screen) -> None:
        self.stack.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def _may_throw_away(self) -> bool:
        return self._opened is None or self._opened.may_close()

    def _show(self, screen: Screen) -> None:
        before = self.current
        opened, self._opened = self._opened, None
        if screen.whole_width:
            self.rail.hide()  # first: beside a wide screen it would push the window off the edge of the display
        if before is not None and before is not screen:
            before.left()
            before.setSizePolicy(_GIVES_WAY)
        screen.setSizePolicy(_HAS_A_SAY)  # only the one that is shown says how small the window may be
        self.stack.setCurrentWidget(screen)
        if opened is not None and opened is not screen:
            self._throw_away(opened)
        self.rail.setVisible(not screen.whole_width)
        self.commands.show_screen(screen)
        screen.arrived()
        self.commands.refresh()
        self.screen_changed.emit()

    def _make_rail(self) -> Rail:
        entries = [
            RailEntry(id=room.id, title=room.title, at_the_foot=room.at_the_foot) for room in self._rooms.values()
        ]
        entries.append(RailEntry(id=_HELP, title="Help   F1", at_the_foot=True, leads_to_a_room=False))
        rail = Rail(TITLE, entries)
        rail.wanted.connect(self._wanted)
        return rail

    def _wanted(self, entry: str) -> None:
        if entry == _HELP:
            self.show_shortcuts()
        else:
            self.go(entry)

    def _lay_out(self) -> None:
        column = spaced(QVBoxLayout(self._page), gap=0)
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)
        whole = QWidget()
        row = spaced(QHBoxLayout(whole), gap=0)
        row.addWidget(self.rail)
        row.addWidget(self._page, 1)
        self.setCentralWidget(whole)

    def _make_menus(self) -> None:
        for menu in Menu:
            drawn = QMenu(menu.value, self)
            for command in COMMANDS:
                if command.menu is menu:
                    drawn.addAction(self.commands.action(command.id))
            drawn.aboutToShow.connect(self.commands.refresh)
            self.menuBar().addMenu(drawn)

    def _handle_commands(self) -> None:
        handle = self.commands.handle
        for room in self._rooms.values():
            if room.command is not None:
                handle(room.command, partial(self.go, room.id))
        handle(CommandId.PALETTE, self.show_palette)
        handle(CommandId.SHORTCUTS, self.show_shortcuts)
        handle(CommandId.QUIT, self.close)
        theme = self._theme
        handle(CommandId.LARGER_TEXT, lambda: self._set_text_size(theme.percent + STEP))
        handle(CommandId.SMALLER_TEXT, lambda: self._set_text_size(theme.percent - STEP))
        handle(CommandId.NORMAL_TEXT, lambda: self._set_text_size(100))

    def _set_text_size(self, percent: int) -> None:
        self._theme.set_percent(percent)
        self._remember_text_size(self._theme.percent)

    def show_palette(self) -> None:
        """Let the person find a command by its words."""
        from ui.widgets.palette import CommandPalette  # not needed for the first frame

        CommandPalette(self.commands, self).open()

    def show_shortcuts(self) -> None:
        """Show every key."""
        from ui.widgets.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self).open()

    def raise_to_front(self) -> None:
        """Bring the window before the others: somebody started the program a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _place(self, geometry: bytes) -> None:
        """Where the window was, if that screen is still there; otherwise the usual size, in the middle of the first."""
        remembered = bool(geometry) and self.restoreGeometry(QByteArray(geometry))
        middle = self.frameGeometry().center()
        if remembered and any(screen.availableGeometry().contains(middle) for screen in QGuiApplication.screens()):
            return
        from PySide6.QtWidgets import QStyle  # a large class, and at most starts the place is known

        room = QGuiApplication.primaryScreen().availableGeometry()
        room.setTop(room.top() + self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))  # drawn by the system
        wanted = QSize(body_em(74.0), body_em(50.0)).boundedTo(room.size())
        place = QRect(QPoint(), wanted)
        place.moveCenter(room.center())
        self.setGeometry(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Says once that there is something to see."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._theme.complete)
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Everything that was handed in reaches the disk first; where it cannot, the person decides."""
        if self._closing:
            event.ignore()
            return
        if not self._given_up and not self._all_may_close():
            event.ignore()
            self._offer_to_close("Something here is not saved yet, so the window stayed open.")
            return
        self._closing = True
        self.closing.emit()
        saved = self._given_up or self._tasks.wait_all(CLOSE_SECONDS)
        self._closing = False
        if not saved:
            event.ignore()
            self._offer_to_close("Some work is still going on, so the window stayed open.")
            return
        self._remember(bytes(self.saveGeometry().data()))
        event.accept()

    def _all_may_close(self) -> bool:
        """Ask the screen that is shown, then those of the other rooms: one that says no is shown."""
        if self._cover is not None:
            return set(self._aside.values()) <= {Rest.AS_IT_IS} and self._cover.may_close()
        if self.current is not None and not self.current.may_close():
            return False
        for room, screen in (*self._staying.items(), *self._room_screens.items()):
            if screen is not self.current and not screen.may_close():
                self.go(room)
                return False
        return True

    def _offer_to_close(self, why: str) -> None:
        close = Action(title="Close anyway", do=self._close_anyway)
        self._messages.keep(_CLOSING, why, Kind.NOTICE, action=close)

    def _close_anyway(self) -> None:
        self._given_up = True
        self.close()
