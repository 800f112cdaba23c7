"""The backups on a screen: which there are, what is in each, what would change, and the way back."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services import backups, put_aside, sittings
from cqcmock.services import library as libraries
from tests.clocks import HandClock
from tests.ui.backups.conftest import ShowBackups
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.backups import backups_screen, wording
from ui.desk import Desk


def words_of(screen: backups_screen.BackupsScreen) -> str:
    """What is said of the one that is chosen."""
    labels = (screen.holds, screen.newest, screen.changes)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_without_a_backup_one_can_be_made(show_backups: ShowBackups, messages: StandIn, qtbot: QtBot) -> None:
    screen = show_backups()
    assert screen.about.text() == wording.NONE_YET
    assert not screen.chosen.isVisible()
    assert screen.back_up.hasFocus()
    QTest.keyClick(screen.back_up, Qt.Key.Key_Space)
    qtbot.waitUntil(screen.restore.isVisible)
    assert not screen.progress.isVisible()
    assert messages.texts[0].startswith("A backup was made: ")
    assert screen.list.hasFocus()


def test_each_says_what_is_in_it_and_what_would_change(
    desk: Desk, hand: HandClock, show_backups: ShowBackups, qtbot: QtBot
) -> None:
    gone = begin(desk.library, hand)
    title = sittings.load(desk.library, gone).title
    older = libraries.back_up_now(desk.library, hand.clock)
    sittings.delete(desk.library, gone, hand.clock)
    hand.pass_seconds(3600)
    begin(desk.library, hand)
    libraries.back_up_now(desk.library, hand.clock)
    screen = show_backups()
    assert screen.list.lines.rowCount() == 2
    assert "is the same as in this backup" in words_of(screen)
    with qtbot.waitSignal(screen.filled):
        QTest.keyClick(screen.list, Qt.Key.Key_Down)
    assert screen.chosen.title.text() == wording.moment(older.made_at)
    said = words_of(screen)
    assert said.startswith("It holds 1 rehearsal.")
    assert "1 rehearsal is in the library now and not in this backup" in said
    assert f"1 rehearsal is no longer in the library, and would come back: “{title}”." in said
    assert said.split("\n")[-1] in screen.restore.accessibleDescription()
    QTest.keyClick(screen.list, Qt.Key.Key_Return)
    assert screen.restore.hasFocus()
    with qtbot.waitSignal(screen.restore_wanted) as caught:
        QTest.keyClick(screen.restore, Qt.Key.Key_Return)
    assert caught.args == [older]


def test_one_that_cannot_be_read_says_so_and_is_not_offered(
    desk: Desk, hand: HandClock, show_backups: ShowBackups
) -> None:
    made = libraries.back_up_now(desk.library, hand.clock)
    made.path.write_bytes(b"not a library" * 1000)
    screen = show_backups()
    assert words_of(screen) == backups_screen.UNREADABLE
    assert not screen.restore.isVisible()
    assert screen.list.lines.lines[0].sign == wording.CANNOT_BE_READ


def test_one_that_is_deleted_while_it_is_looked_at_is_told(
    desk: Desk, hand: HandClock, show_backups: ShowBackups, qtbot: QtBot
) -> None:
    for _ in range(2):
        libraries.back_up_now(desk.library, hand.clock)
        hand.pass_seconds(60)
    screen = show_backups()
    for path in (desk.place.folder / "backups").iterdir():
        path.unlink()
    with qtbot.waitSignal(screen.filled):
        QTest.keyClick(screen.list, Qt.Key.Key_Down)
    assert "cannot be read" in words_of(screen)
    assert not screen.restore.isVisible()


def test_what_was_put_aside_stands_among_them(
    desk: Desk, hand: HandClock, folder: Path, show_backups: ShowBackups, qtbot: QtBot
) -> None:
    made = libraries.back_up_now(desk.library, hand.clock)
    begin(desk.library, hand)
    desk.library.close()
    aside = put_aside.restore(Location(folder), made, hand.clock)
    assert aside is not None
    desk.opened = libraries.open_library(Location(folder))
    screen = show_backups()
    screen.list.choose(aside.path.name)
    qtbot.waitUntil(lambda: "would come back" in words_of(screen))
    with qtbot.waitSignal(screen.restore_wanted) as caught:
        screen.restore.click()
    assert caught.args[0].path == aside.path
    desk.opened.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_pushes_the_page_wider(
    desk: Desk, hand: HandClock, show_backups: ShowBackups, qtbot: QtBot, percent: int
) -> None:
    sitting = begin(desk.library, hand)
    sittings.rename(desk.library, sitting, "W" * 190)
    libraries.back_up_now(desk.library, hand.clock)
    sittings.delete(desk.library, sitting, hand.clock)
    desk.theme.set_percent(percent)
    screen = show_backups()
    screen.resize(850, 700)
    qtbot.waitUntil(lambda: screen.width() == 850)
    assert screen.page.horizontalScrollBar().maximum() == 0


def test_thirty_one_backups_are_there_at_once(
    desk: Desk, hand: HandClock, folder: Path, show_backups: ShowBackups
) -> None:
    made = libraries.back_up_now(desk.library, hand.clock).path
    for number in range(30):
        shutil.copyfile(made, made.with_name(f"library-202601{number + 1:02}-080000.sqlite"))
    began = time.perf_counter()
    screen = show_backups()
    took = time.perf_counter() - began
    assert screen.list.lines.rowCount() == 31
    assert took < 1.0


def test_escape_goes_back(show_backups: ShowBackups, qtbot: QtBot) -> None:
    screen = show_backups()
    with qtbot.waitSignal(screen.left_for_now):
        QTest.keyClick(screen, Qt.Key.Key_Escape)


def test_where_the_library_of_now_is_damaged_what_is_in_each_is_still_said(
    desk: Desk, hand: HandClock, folder: Path, show_backups: ShowBackups
) -> None:
    libraries.back_up_now(desk.library, hand.clock)
    desk.library.close()
    (folder / "library.sqlite").unlink()
    desk.opened = None
    screen = show_backups()
    assert words_of(screen).endswith(backups_screen.BROKEN_NOW)
    assert screen.restore.isVisible()
    assert not screen.back_up.isEnabled()
    assert len(backups.listed(Location(folder))) == 1
