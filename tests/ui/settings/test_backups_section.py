"""Backups in the settings: made now, with what came of it; the second place; and the ways on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services import library as library_service
from cqcmock.services import locking, second_place
from cqcmock.settings import Settings, load_settings, save_settings
from cqcmock.storage import backups as stored
from tests.clocks import HandClock
from tests.keyrings import MemoryKeyring, using
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.backups import wording
from ui.desk import Desk
from ui.settings import backups_section
from ui.settings.settings_screen import SettingsScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ShowSettings = Callable[[], SettingsScreen]
WORDS = "abandon zebra laundry river camera hospital"


@pytest.fixture
def locked_desk(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk on a library that has just been locked."""
    monkeypatch.setattr("cqcmock.review.passphrases.WORK", 2)
    desk.library.close()
    with using(MemoryKeyring()):
        desk.place = locking.lock(Location(folder), WORDS, desk.clock, computer=False)
        desk.opened = library_service.open_library(desk.place)
        yield desk
        assert desk.tasks.wait_all(10)
        desk.opened.close()


def test_a_backup_is_made_and_shown(
    library: Library, hand: HandClock, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    begin(library, hand)
    screen = show_settings()
    section = screen.backups
    assert section.newest.text() == wording.NONE_YET
    assert not section.look.isEnabled()
    section.back_up.setFocus()
    QTest.keyClick(section.back_up, Qt.Key.Key_Space)
    assert section.progress.stop_button.hasFocus()
    assert not section.back_up.isEnabled()
    qtbot.waitUntil(lambda: "1 rehearsal" in section.newest.text())
    assert messages.texts[0].startswith("A backup was made: ")
    assert section.progress.isHidden()
    assert section.back_up.hasFocus()
    with qtbot.waitSignal(section.look_wanted):
        section.look.click()


def test_a_backup_can_be_stopped_and_leaves_nothing(
    folder: Path, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "PAGES_AT_ONCE", 1)
    screen = show_settings()
    section = screen.backups
    section.back_up.click()
    qtbot.waitUntil(lambda: section.progress.bar.value() > 0)
    QTest.keyClick(section.progress.stop_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: messages.texts == [wording.STOPPED])
    assert list((folder / "backups").iterdir()) == []
    qtbot.waitUntil(section.back_up.isEnabled)


def test_without_a_lock_the_second_place_has_to_wait_for_one(show_settings: ShowSettings, qtbot: QtBot) -> None:
    screen = show_settings()
    section = screen.backups
    assert section.second.text() == backups_section.STICK
    assert section.hint.text() == backups_section.LOCK_FIRST
    assert section.hint.isVisible()
    for button in (section.choose, section.copy, section.no_longer):
        assert button.isHidden()
    with qtbot.waitSignal(section.lock_wanted):
        section.lock_button.click()
    with qtbot.waitSignal(section.bring_wanted):
        section.bring.click()


def test_a_folder_is_chosen_once_and_a_copy_is_there_at_once(
    locked_desk: Desk, folder: Path, messages: StandIn, show_settings: ShowSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    screen = show_settings()
    section = screen.backups
    assert section.lock_button.isHidden()
    messages.files = [None, stick]
    section.choose.click()
    section.choose.click()
    qtbot.waitUntil(lambda: section.second.text().startswith("The newest copy in"))
    assert load_settings(folder).settings.second_place == str(stick)
    assert len(list(stick.glob("*.age"))) == 1
    assert messages.texts[0].endswith(f"A sealed copy of everything is in {stick}.")
    section.copy.click()
    qtbot.waitUntil(lambda: len(list(stick.glob("*.age"))) == 2 and section.copy.isEnabled())
    section.no_longer.click()
    qtbot.waitUntil(lambda: section.second.text() == backups_section.STICK)
    assert load_settings(folder).settings.second_place == ""
    assert len(list(stick.glob("*.age"))) == 2
    assert messages.texts == [backups_section.NO_LONGER.format(stick)]


def test_a_folder_of_the_library_itself_is_not_taken(
    locked_desk: Desk, folder: Path, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    screen = show_settings()
    section = screen.backups
    messages.files = [folder / "backups"]
    (folder / "backups").mkdir(exist_ok=True)
    section.choose.click()
    qtbot.waitUntil(section.problem.isVisible)
    assert "belongs to the library itself" in section.problem.text()
    assert load_settings(folder).settings.second_place == ""


def test_a_stick_that_is_away_is_told_of_with_its_day(
    locked_desk: Desk, folder: Path, hand: HandClock, show_settings: ShowSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    locked_desk.settings = replace(Settings(), second_place=str(tmp_path / "away"))
    save_settings(folder, locked_desk.settings)
    second_place.bring_up_to_date(locked_desk.library, hand.clock)
    screen = show_settings()
    section = screen.backups
    assert "has not been reached since 21 November 2026" in section.second.text()
    section.copy.click()
    qtbot.waitUntil(section.problem.isVisible)
    assert "has not been reached" in section.problem.text()
    qtbot.waitUntil(section.copy.isEnabled)


def test_the_example_has_backups_and_no_second_place(desk: Desk, show_settings: ShowSettings, tmp_path: Path) -> None:
    desk.place = Location(tmp_path / "own")
    screen = show_settings()
    section = screen.backups
    assert section.newest.text() == wording.NONE_YET
    assert section.second_part.isHidden()
    assert section.bring_part.isHidden()


def test_a_day_is_said_with_its_name() -> None:
    assert wording.moment(datetime(2026, 11, 24, 12, 5, tzinfo=UTC)).startswith("Tuesday 24 November 2026, ")
