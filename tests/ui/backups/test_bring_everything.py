"""A new laptop, the stick and the paper: everything comes, or everything stays as it was."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.services import backups, locking, second_place, sittings
from cqcmock.services import library as libraries
from cqcmock.settings import Settings, load_settings, save_settings
from tests.clocks import HandClock
from tests.keyrings import MemoryKeyring, using
from tests.ui.backups.conftest import ShowBackups
from tests.ui.lock.conftest import SAID, WORDS, started
from tests.ui.whole_program import Hands
from ui.app import House
from ui.backups import bring_everything_screen
from ui.backups.backups_screen import BackupsScreen
from ui.backups.bring_everything_screen import BringEverythingScreen
from ui.commands import CommandId
from ui.desk import Desk
from ui.library_door import IS_BACK, LibraryDoor
from ui.lock.first_lock_screen import FirstLockScreen

OTHERS = "zebra abandon laundry river camera hospital"


@pytest.fixture
def copied(locked_desk: Desk, stick: Path) -> Path:
    """A sealed copy of everything on the stick."""
    desk = locked_desk
    save_settings(desk.place.folder, replace(Settings(), second_place=str(stick), lock_asked=True, person="Pat"))
    libraries.back_up_now(desk.library)
    outcome = second_place.bring_up_to_date(desk.library, system_clock())
    assert outcome.copied is not None
    return outcome.copied.path


@pytest.fixture
def screen(desk: Desk, show: Callable[[QWidget], None]) -> BringEverythingScreen:
    """The screen alone: nothing is brought yet."""
    door = LibraryDoor(desk, lambda: pytest.fail("home is not asked for"), lambda: None, lambda: None)
    made = BringEverythingScreen(desk, door)
    show(made)
    made.arrived()
    return made


def test_the_file_is_asked_for_first_and_then_the_words(screen: BringEverythingScreen, tmp_path: Path) -> None:
    assert screen.choose.hasFocus()
    screen.look_inside()
    assert screen.problem.text() == bring_everything_screen.CHOOSE_FIRST
    messages = screen._desk.messages
    messages.files = [tmp_path / "cqcmock-backup-20261121-090000.age"]  # type: ignore[attr-defined]
    QTest.keyClick(screen.choose, Qt.Key.Key_Space)
    assert screen.words.edit.hasFocus()
    assert screen.problem.isHidden()
    QTest.keyClick(screen.words.edit, Qt.Key.Key_Return)
    assert screen.problem.text() == bring_everything_screen.NO_WORDS


def test_escape_leaves_everything_as_it_is(screen: BringEverythingScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.left_for_now):
        QTest.keyClick(screen, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b"a letter to somebody", "is not a backup of this program")]
)
def test_a_file_that_is_none_is_talked_about(
    screen: BringEverythingScreen, tmp_path: Path, qtbot: QtBot, content: bytes | None, said: str
) -> None:
    file = tmp_path / "letter.age"
    if content is not None:
        file.write_bytes(content)
    screen._chosen(file)
    screen.words.edit.setText(WORDS)
    screen.look_inside()
    qtbot.waitUntil(screen.problem.isVisible)
    assert said in screen.problem.text()
    assert screen.inside.isHidden()
    assert screen.words.words == WORDS


def test_wrong_words_are_said_and_other_words_hide_what_was_seen(
    copied: Path, screen: BringEverythingScreen, qtbot: QtBot
) -> None:
    screen._chosen(copied)
    screen.words.edit.setText(OTHERS)
    screen.look_inside()
    qtbot.waitUntil(screen.problem.isVisible)
    assert "These words do not open" in screen.problem.text()
    screen.words.edit.setText(WORDS)
    QTest.keyClick(screen.words.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.inside.isVisible)
    assert "holds 1 rehearsal" in screen.holds.text()
    assert screen.bring.hasFocus()
    screen.words.edit.setText(OTHERS)
    assert screen.inside.isHidden()
    screen.bring_it()
    assert not screen._working


@pytest.mark.slow
def test_everything_comes_to_a_new_laptop(
    copied: Path, stick: Path, by_hand: HandClock, prepared_library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    laptop = Path(shutil.copytree(prepared_library, tmp_path / "laptop"))
    with using(MemoryKeyring()), started(laptop, qtbot, may_ask=True) as hands:
        assert isinstance(hands.house.window.current, FirstLockScreen)
        hands.press_button("bring everything from the old one")
        screen = hands.house.window.current
        assert isinstance(screen, BringEverythingScreen)
        hands.press(Qt.Key.Key_Escape)
        assert isinstance(hands.house.window.current, FirstLockScreen)
        hands.press_button("bring everything from the old one")
        screen = hands.house.window.current
        assert isinstance(screen, BringEverythingScreen)
        hands.messages.files = [copied]
        hands.press(Qt.Key.Key_Space)
        hands.type(" ".join(word[:4] for word in WORDS.split()))
        hands.press(Qt.Key.Key_Return)
        assert "holds 1 rehearsal" in screen.holds.text()
        hands.press(Qt.Key.Key_Space)
        hands.settle()
        house = hands.house
        assert house.window.cover is None
        assert house.window.current is house.journeys.home
        (said,) = hands.messages.texts
        assert said.startswith("Everything is back. The same six words open it.")
        aside = next(laptop.glob("replaced-*"))
        assert str(aside) in said
        (sitting,) = sittings.recent(house.desk.library)
        assert hands.sees(sitting.title)
        assert house.desk.settings.person == "Pat"
        assert house.desk.settings.second_place == str(stick)
        assert house.desk.place.raw_key is not None
        house.gate.lock_now()
        hands.settle()
        assert house.desk.opened is None
    with libraries.open_library(locking.unlock(Location(laptop), WORDS)) as library:
        assert SAID in str(sittings.load(library, sitting.id).events)
    assert locking.is_locked(Location(aside))


@pytest.mark.slow
def test_somebody_who_overwrote_something_goes_back_by_keyboard_and_takes_it_back(
    hands: Hands, locked: Path, by_hand: HandClock
) -> None:
    house = hands.house
    library = house.desk.library
    (before,) = sittings.recent(library)
    libraries.back_up_now(library, by_hand.clock)
    sittings.rename(library, before.id, "Overwritten")
    house.journeys.backups()
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, BackupsScreen)
    by_hand.pass_seconds(60)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    assert house.window.current is house.journeys.home
    assert [one.title for one in sittings.recent(house.desk.library)] == [before.title]
    said = hands.messages.current[-1]
    assert said.action is not None
    said.action.do()
    hands.settle()
    assert [one.title for one in sittings.recent(house.desk.library)] == ["Overwritten"]
    assert hands.messages.texts == [IS_BACK]


@pytest.fixture
def slowly_copying(hands: Hands, stick: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> House:
    """The program while a copy goes to a stick by itself, in so many steps that it takes long."""
    house = hands.house
    house.desk.change_settings(replace(house.desk.settings, second_place=str(stick), lock_after_minutes=5))
    hands.settle()
    monkeypatch.setattr("cqcmock.services.sealed_backups._AT_ONCE", 64)
    libraries.back_up_now(house.desk.library)
    house.desk.copying.keep_up()
    qtbot.waitUntil(lambda: any(stick.glob(".cqcmock-backup-*.unfinished")))
    return house


@pytest.mark.slow
def test_the_window_closes_at_once_while_a_copy_goes_to_a_slow_stick(slowly_copying: House, stick: Path) -> None:
    began = time.perf_counter()
    assert slowly_copying.window.close()
    assert time.perf_counter() - began < 3
    assert list(stick.iterdir()) == []


@pytest.mark.slow
def test_the_minutes_lock_it_while_a_copy_goes_to_a_slow_stick(
    slowly_copying: House, by_hand: HandClock, qtbot: QtBot
) -> None:
    by_hand.pass_seconds(6 * 60)
    assert slowly_copying.desk.copying.under_way
    slowly_copying.gate.idle.looked.emit()
    assert slowly_copying.window.cover is not None
    qtbot.waitUntil(lambda: slowly_copying.desk.opened is None, timeout=5000)
    qtbot.waitUntil(lambda: not slowly_copying.desk.tasks.busy)


@pytest.mark.slow
def test_lock_now_stops_a_copy_that_goes_to_a_slow_stick(
    hands: Hands, slowly_copying: House, locked: Path, stick: Path, qtbot: QtBot
) -> None:
    house = slowly_copying
    house.gate.lock_now()
    qtbot.waitUntil(lambda: house.desk.opened is None, timeout=5000)
    hands.settle()
    assert list(stick.iterdir()) == []
    assert house.desk.place.raw_key is None
    place = locking.unlock(Location(locked), WORDS)
    with libraries.open_library(place) as library:
        libraries.look_through(library)
    assert len(backups.backups(place)) == len(backups.listed(place))
    assert load_settings(locked).settings.second_place == str(stick)


@pytest.mark.slow
def test_backups_are_made_and_looked_at_from_anywhere(hands: Hands, locked: Path) -> None:
    house = hands.house
    commands = house.window.commands
    before = len(backups.listed(house.desk.place))
    assert commands.run(CommandId.BACK_UP_NOW)
    hands.settle()
    assert hands.messages.texts[-1].startswith("A backup was made: ")
    assert len(backups.listed(house.desk.place)) == before + 1
    house.window.go("settings")
    assert commands.run(CommandId.BACKUPS)
    hands.settle()
    assert isinstance(house.window.current, BackupsScreen)
    hands.press(Qt.Key.Key_Escape)
    assert house.window.room_shown == "settings"
    house.gate.bring_everything()
    hands.settle()
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    assert house.window.cover is None
    assert house.window.room_shown == "settings"
    house.gate.lock_now()
    hands.settle()
    assert not commands.is_possible(CommandId.BACK_UP_NOW)
    assert not commands.is_possible(CommandId.BACKUPS)


def test_the_screen_of_backups_names_what_a_screen_reader_reads(show_backups: ShowBackups, desk: Desk) -> None:
    libraries.back_up_now(desk.library, desk.clock)
    screen = show_backups()
    index = screen.list.model().index(0, 0)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "made because you asked for it" in spoken
    assert screen.list.accessibleName() == "Backups, the newest first"
