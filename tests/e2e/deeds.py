"""What a test can have done in the window, by name. Each deed yields what it waits for, and returns what it saw."""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from tests.clocks import HandClock
from tests.e2e.driver import Stage
from tests.e2e.plays import into_interview

Deed = Generator[Callable[[], Any], Any, Any]
Edit = QPlainTextEdit | QTextEdit | QLineEdit

HAND = HandClock()


def take_the_clocks() -> None:
    """From now on both clocks go only when the test says so."""
    from ui import app

    app.system_clock = lambda: HAND.clock


def clocks(stage: Stage, monotonic: float, wall: float) -> Deed:
    """Move each clock by so many seconds, and let the window notice."""
    HAND.monotonic += monotonic
    HAND.wall += timedelta(seconds=wall)
    screen = stage.window.current
    yield lambda: screen.live._ticked == (HAND.monotonic, HAND.wall) or screen.live.state.stopped
    return None


def home(stage: Stage) -> Deed:
    """Wait until the home screen is filled or says why it cannot be."""
    yield stage.home
    return stage.describe()


def see(stage: Stage) -> Deed:
    """Everything on screen now."""
    yield lambda: True
    return stage.describe()


def wait(stage: Stage, part: str) -> Deed:
    """Wait until these words are on screen."""
    yield stage.seen(part)
    return stage.describe()


def wait_gone(stage: Stage, part: str) -> Deed:
    """Wait until these words are no longer on screen."""
    seen = stage.seen(part)
    yield lambda: not seen()
    return stage.describe()


def screen(stage: Stage, name: str) -> Deed:
    """Wait for a screen, and until it is filled and nothing is on its way."""
    yield stage.screen(name)
    yield lambda: not stage.window._tasks.busy
    return stage.describe()


def when_quiet(stage: Stage) -> Deed:
    """Everything on screen, once nothing has been on its way for a while."""
    turns = iter(range(20))
    yield lambda: not stage.window._tasks.busy and next(turns, None) is None
    return stage.describe()


def click(stage: Stage, title: str) -> Deed:
    """Press a button by the words that it begins with."""
    button = yield stage.button(title)
    stage.click(button)
    return None


def press(stage: Stage, key: str, ctrl: bool = False) -> Deed:
    """Press a key."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    stage.press(Qt.Key[f"Key_{key}"], held)
    yield lambda: True
    return None


def begin(stage: Stage) -> Deed:
    """Go into the interview that is offered, to where something can be typed."""
    yield from into_interview(stage)
    return stage.window.current.sitting_id


def _edit(stage: Stage, name: str) -> Callable[[], Edit | None]:
    kinds = (QPlainTextEdit, QTextEdit, QLineEdit)
    return lambda: next(
        (edit for kind in kinds for edit in stage.window.findChildren(kind)
         if edit.isVisible() and edit.accessibleName() == name),
        None,
    )  # fmt: skip


def type_into(stage: Stage, name: str, text: str) -> Deed:
    """Type into the field of this accessible name."""
    edit = yield _edit(stage, name)
    edit.setFocus()
    stage.type(text, edit)
    return None


def paste_into(stage: Stage, name: str, text: str) -> Deed:
    """Paste over what is in the field of this accessible name."""
    edit = yield _edit(stage, name)
    edit.selectAll()
    stage.paste(text, edit)
    return None


def paste_more_into(stage: Stage, name: str, of: str, length: int) -> Deed:
    """Paste so many letters, made of these over and over, behind what is in the field."""
    edit = yield _edit(stage, name)
    stage.paste((of * (length // len(of) + 1))[:length], edit)
    return None


def text_in(stage: Stage, name: str) -> Deed:
    """What the field of this accessible name holds."""
    edit = yield _edit(stage, name)
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def saved(stage: Stage) -> Deed:
    """Wait until the screen says that everything is saved."""
    current = stage.window.current
    yield lambda: current.saved.text() == "Saved"
    return None


def not_saved(stage: Stage) -> Deed:
    """Wait until the screen says that something is not saved."""
    current = stage.window.current
    yield lambda: current.saved.text() == "Not saved"
    return stage.describe()


def rename(stage: Stage, title: str) -> Deed:
    """Type a new title over that of the chosen sitting in the home screen's list."""
    stage.click((yield stage.button("Rename")))
    edit = yield _edit(stage, "New title")
    edit.selectAll()
    stage.paste(title, edit)
    (yield stage.button("Rename")).setFocus()
    editor = _edit(stage, "New title")
    yield lambda: editor() is None and not stage.window._tasks.busy
    return None


def finish_interview(stage: Stage) -> Deed:
    """Press “End the interview”, and mean it."""
    stage.click((yield stage.button("End the interview")))
    dialog = yield lambda: QApplication.activeModalWidget()
    yes = next(button for button in dialog.findChildren(QAbstractButton) if "End it" in button.text())
    stage.click(yes)
    return None


def prompts(stage: Stage) -> Deed:
    """The names of the fields of the reflection."""
    yield lambda: stage.window.current.boxes
    return [box.edit.accessibleName() for box in stage.window.current.boxes.values()]


def files_at_most(stage: Stage, path: str, more: int | None) -> Deed:
    """Have the system refuse to let any file grow past the size of this one and a little more; None lifts that."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    size = resource.RLIM_INFINITY if more is None else Path(path).stat().st_size + more
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    yield lambda: True
    return None


def clock_shown(stage: Stage) -> Deed:
    """The time used, as the clock shows it."""
    yield lambda: True
    stage.window.current._show_clock()
    return re.findall(r"\d+:\d\d", stage.window.current.clock.text())[0]


def minimise(stage: Stage) -> Deed:
    """Put the window away."""
    stage.window.showMinimized()
    yield stage.window.isMinimized
    return None


def comes_back(stage: Stage) -> Deed:
    """Wait until the window is brought to the front."""
    yield lambda: not stage.window.isMinimized() and stage.window.isVisible()
    return None


def titles(stage: Stage) -> Deed:
    """The titles of every window."""
    yield lambda: True
    return [widget.windowTitle() for widget in QApplication.topLevelWidgets()] + [QApplication.applicationDisplayName()]


def err_in_a_slot(stage: Stage, words: str) -> Deed:
    """Have something that Qt calls fail with these words in the error."""

    def slot() -> None:
        int(words)

    QTimer.singleShot(0, stage.window, slot)
    yield lambda: any("Something went wrong" in text for text in stage.banners())
    return stage.describe()


def err_in_a_save(stage: Stage, words: str) -> Deed:
    """Have the next save fail with an error that is the program's own and carries these words."""
    from cqcmock.services import sittings

    real = sittings.keep_events

    def broken(*_: object) -> None:
        sittings.keep_events = real
        raise RuntimeError(words)

    sittings.keep_events = broken
    yield lambda: True
    return None


def die(stage: Stage) -> Deed:
    """End in native code, as a fault in a library would have it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the memory of a real run would hold words
    stage.say(dying=True)
    os.abort()
    yield lambda: True


def try_to_close(stage: Stage) -> Deed:
    """Press the window's own close button, whatever comes of it."""
    stage.window.close()
    yield lambda: True
    return None


def quit_program(stage: Stage) -> Deed:
    """Close the window, and the program with it."""
    stage.window.close()
    yield lambda: stage.window is None or not stage.window.isVisible()
    return None
