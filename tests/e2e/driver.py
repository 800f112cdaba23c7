"""The real program in a process of its own, with a hand on its window.

`python -m tests.e2e.driver PLAY --data-dir FOLDER` starts what `cqcmock` starts, through the same `main`. A timer of
Qt's inside it lets a play (see `plays.py`) press keys and click buttons as a person would, and say on stdout, one JSON
document a line, what is on screen. Nothing of the program is replaced, but for the clocks where a play asks for it.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

STUCK, BROKEN = 9, 8
WAIT_SECONDS = 15.0
TURN_MS = 4

Play = Generator[Callable[[], Any], Any, None]
W = TypeVar("W", bound=QWidget)


class Stage:
    """What a play can see and do. It yields conditions; it goes on when the last one is met, and is given its value."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._input = b""
        self._play: Play | None = None
        self._until: Callable[[], Any] = lambda: True
        self._since = time.monotonic()
        self._inside = False
        self._timer = QTimer()
        self._timer.setInterval(TURN_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._listen)

    def begin(self, play: Play) -> None:
        """Let the play go on whenever the program's own event loop runs."""
        self._play = play
        self._timer.start()

    def _turn(self) -> None:
        if self._inside or self._play is None:  # a deed of the play may run an event loop of its own
            return
        self._inside = True
        try:
            self._put_off_the_lock()
            value = self._until()
            if value:
                self._until = self._play.send(value if self._started else None)
                self._started = True
                self._since = time.monotonic()
            elif time.monotonic() - self._since > WAIT_SECONDS:
                self.say(stuck=self.describe(), at=self._where())
                os._exit(STUCK)
        except StopIteration:
            self._play = None
            self._timer.stop()
            self._notifier.setEnabled(False)
        except BaseException:
            self.say(broken=traceback.format_exc(), screen=self.describe())
            os._exit(BROKEN)
        finally:
            self._inside = False

    def _put_off_the_lock(self) -> None:
        """On a folder that nobody has used the first run's question comes first: one key, and it is put off."""
        if question := self.screen("FirstLockScreen")():
            QTest.keyClick(question, Qt.Key.Key_Escape)

    _started = False
    said_saved = -1
    """What the play last called saved."""

    def _where(self) -> str:
        frame = self._play.gi_frame if self._play is not None else None
        while self._play is not None and self._play.gi_yieldfrom is not None and frame is not None:
            inner = self._play.gi_yieldfrom
            self._play, frame = inner, inner.gi_frame  # type: ignore[attr-defined]
        return f"{frame.f_code.co_name}:{frame.f_lineno}" if frame is not None else ""

    # --- between the play and the test

    def say(self, **facts: Any) -> None:
        """Tell the test; it is out when this returns, whatever happens to the process."""
        os.write(1, (json.dumps(facts) + "\n").encode())

    def next_heard(self) -> str | None:
        """The next line of the test's, once there is one; each is used up once."""
        return self._heard.pop(0) if self._heard else None

    def _listen(self) -> None:
        chunk = os.read(0, 65536)
        if not chunk:
            self._notifier.setEnabled(False)
        *lines, self._input = (self._input + chunk).split(b"\n")
        self._heard += [line.decode() for line in lines]

    # --- what is on screen

    @property
    def window(self) -> Any:
        """The main window, once there is one."""
        from ui.main_window import MainWindow

        return next((widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)), None)

    def screen(self, name: str) -> Callable[[], Any]:
        """The screen of this class, once it is the one that is shown."""

        def shown() -> Any:
            current = self.window.current if self.window is not None else None
            return current if type(current).__name__ == name else None

        return shown

    def home(self) -> Any:
        """The home screen, once it is filled or says why it cannot be."""
        home = self.screen("HomeScreen")()
        if home is None or home._reading:
            return None
        return home if home._contents is not None or home.problem is not None else None

    def banners(self) -> list[str]:
        """The messages that are on screen."""
        return [banner.message.text for banner in self.window.banners.banners()] if self.window else []

    def words(self) -> list[str]:
        """Every label that can be seen."""
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible() and label.text()]

    def seen(self, part: str) -> Callable[[], bool]:
        """Whether this stands somewhere on screen."""
        return lambda: any(part in text for text in (*self.words(), *self.banners()))

    def buttons(self) -> list[QAbstractButton]:
        """Every button that can be pressed now."""
        found = self.window.findChildren(QAbstractButton) if self.window is not None else []
        return [button for button in found if button.isVisible() and button.isEnabled() and button.text()]

    def button(self, title: str) -> Callable[[], QAbstractButton | None]:
        """The button that begins with these words, once it can be pressed."""
        return lambda: next((button for button in self.buttons() if button.text().startswith(title)), None)

    def describe(self) -> dict[str, Any]:
        """All that somebody would see."""
        if self.window is None:
            return {"window": None}
        return {
            "screen": type(self.window.current).__name__,
            "title": self.window.windowTitle(),
            "banners": self.banners(),
            "words": self.words(),
            "buttons": [button.text() for button in self.buttons()],
        }

    # --- what a person does

    def click(self, button: QWidget) -> None:
        """Click in the middle of it."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Type letter by letter, of any script."""
        target = into or QApplication.focusWidget()
        assert target is not None
        for letter in text:
            key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))

    def paste(self, text: str, into: Any) -> None:
        """Paste from a clipboard that belongs to this process alone."""
        QApplication.clipboard().setText(text)
        into.setFocus()
        into.paste()

    def close(self) -> None:
        """Close the window as its own button does."""
        self.window.close()


def main() -> int:
    """Start the program with the play that is named first."""
    from tests.e2e import plays

    name, *arguments = sys.argv[1:]
    own, theirs = [], []
    for argument in arguments:
        (own if argument.startswith("+") else theirs).append(argument.removeprefix("+"))
    app = QApplication([])  # the program takes the one that is there
    stage = Stage()
    stage.begin(getattr(plays, name)(stage, *own))
    from cqcmock.__main__ import main as real

    status = real(theirs)
    stage.say(ended=status)
    del app
    return status


if __name__ == "__main__":
    sys.exit(main())
