"""What the program leaves behind of a café beside its library: settings, logs, names of files, the clipboard."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.logs import logging_to
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from tests.clocks import HandClock
from tests.services.cafe.worlds import ALWAYS_HIDDEN, BASE, ROUND, TITLE, come_and_write, hold, with_group
from tests.ui import whole_program
from tests.ui.cafe.windows_seen import files_beside_the_library
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.cafe.papers_offer import PaperKind
from ui.cafe.papers_screen import PapersScreen
from ui.cafe.run_screen import RunScreen
from ui.crash import CrashReports
from ui.theme import Theme

WORDS = (*ALWAYS_HIDDEN, TITLE, ROUND, "Forms", "Choir", "North")
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Remembering(StandIn):
    """Also keeps what files were to be called."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def choose_save_file(self, title: str, suggestion: str, kinds: str, then: Callable[[Path], None]) -> None:
        self.names.append(suggestion)
        super().choose_save_file(title, suggestion, kinds, then)


@pytest.fixture
def clock(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[HandClock]:
    made = HandClock()
    monkeypatch.setattr("ui.app.Messages", Remembering)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)
    monkeypatch.setattr("ui.app.system_clock", lambda: made.clock)
    crashes: list[CrashReports] = []

    def watched(logs: Path) -> CrashReports:
        crashes.append(CrashReports(logs))
        crashes[-1].install()
        return crashes[-1]

    monkeypatch.setattr(whole_program, "CrashReports", watched)
    yield made
    for one in crashes:
        one.uninstall()


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where programs of this person keep what they remember, and what they need for a moment."""
    made = tmp_path / "homes"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"):
        (made / name).mkdir(parents=True)
        monkeypatch.setenv(name, str(made / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return made


def in_words(found: dict[str, str]) -> list[str]:
    return [f"{word} in {label}" for label, text in found.items() for word in WORDS if word in f"{label} {text}"]


def beside(folder: Path, homes: Path) -> dict[str, str]:
    """Everything that stands outside the library now, and what the desktop can tell of the windows."""
    elsewhere = {f"home {name}": text for name, text in files_beside_the_library(homes).items()}
    titles = "\n".join(one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible())
    return {
        **files_beside_the_library(folder), **elsewhere, "titles": titles, "clipboard": QApplication.clipboard().text(),
    }  # fmt: skip


def save_every_paper(hands: Hands, messages: Remembering, target: Path) -> None:
    screen = hands.house.window.current
    assert isinstance(screen, PapersScreen)
    for kind in (PaperKind.LEADERS, PaperKind.RECORD):
        screen.choice.ticks[kind].box.click()
        hands.settle()
        for number, save in enumerate((screen.deeds.save, screen.deeds.save_page)):
            messages.files = [target / f"{kind}{number}{('.pdf', '.html')[number]}"]
            save.click()
            hands.settle()


def test_settings_logs_crash_reports_file_names_and_the_clipboard_hold_no_word_of_a_cafe(
    folder: Path, homes: Path, tmp_path: Path, qtbot: QtBot, clock: HandClock
) -> None:
    with libraries.open_library(Location(folder)) as library:
        hold(library, (with_group(BASE[0], "all at once", 4),))
    saved = tmp_path / "saved"
    saved.mkdir()
    with logging_to(folder), running(folder, qtbot) as house:
        hands = Hands(house, qtbot)
        messages = house.desk.messages
        assert isinstance(messages, Remembering)
        hands.press(Qt.Key.Key_3, ALT)
        seen = {"before": beside(folder, homes)}
        hands.tab_to("Café sessions")
        hands.press_button("Open")
        run = house.window.current
        assert isinstance(run, RunScreen)
        hands.press(Qt.Key.Key_Return, CTRL)
        run.hand.do(lambda: come_and_write(run.hand.opened, BASE[0]))
        hands.settle()
        assert run.hand.opened.cards.state.cards
        seen["during"] = beside(folder, homes)
        run.put_by()
        hands.settle()
        hands.tab_to("Café sessions")
        hands.press(Qt.Key.Key_Down)
        hands.press_button("Papers")
        save_every_paper(hands, messages, saved)
        hands.press_button("Back to the café")
        hands.press_button("Look")
        house.desk.tasks.database(lambda: int(f"{ALWAYS_HIDDEN[0]} by {TITLE}"))
        hands.settle()
        seen["after"] = beside(folder, homes)
    seen["ended"] = beside(folder, homes)
    assert len(list(saved.iterdir())) == len(messages.names) == 4
    assert in_words(dict.fromkeys(messages.names, "")) == []
    assert "ValueError" in seen["ended"]["logs/crash.log"]
    assert "The room" in seen["during"]["titles"]
    assert {when: in_words(there) for when, there in seen.items()} == {when: [] for when in seen}
