"""The door to the library: damage that is met once home is there ends where damage at the opening does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import sittings
from cqcmock.services.cafe import deleting, for_psw
from cqcmock.services.library import DamagedLibraryError
from cqcmock.settings import Settings
from cqcmock.storage import backups as stored_backups
from cqcmock.storage import library as library_module
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import plan
from tests.storage.shelves import a_full_library, a_sitting, add, ruin
from tests.ui.conftest import StandIn
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.home.home_screen import HomeScreen
from ui.library_door import IS_BACK, RESTORED, LibraryDoor
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.tasks import Tasks
from ui.theme import Theme


class House:
    """A home screen in its window, and the door to the library of a folder."""

    def __init__(self, desk: Desk, folder: Path, open_window: Callable[..., MainWindow]) -> None:
        self.desk = desk
        self.folder = folder
        made: list[MainWindow] = []
        self.window = open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="home", title="Home", make=lambda: HomeScreen(desk, made[0].commands)),
        )
        made.append(self.window)
        home = self.window.screen_of("home")
        assert isinstance(home, HomeScreen)
        self.home = home
        self.fills = 0
        home.filled.connect(self._filled)
        self.door = LibraryDoor(desk, lambda: home, lambda: None, lambda: None)

    def _filled(self) -> None:
        self.fills += self.home.problem is None

    def open_library(self) -> None:
        """Open the library, and wait until nothing is on its way."""
        self.door.open_own()
        assert self.desk.tasks.wait_all(10)

    @property
    def put_aside(self) -> list[Path]:
        """The damaged libraries that were moved out of the way."""
        return sorted(self.folder.glob("library.damaged-*.sqlite"))


@pytest.fixture
def house(
    tmp_path: Path,
    tasks: Tasks,
    messages: StandIn,
    theme: Theme,
    open_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[House]:
    """On a library with a backup, too large to be looked through while somebody waits."""
    folder = tmp_path / "data"
    a_full_library(folder)
    (copy,) = (folder / "backups").iterdir()
    copy.rename(copy.with_name("library-20261121-085500.sqlite"))  # by the clock of the desk
    monkeypatch.setattr(library_module, "QUICK_CHECK_BYTES", 1000)
    desk = Desk(
        tasks=tasks,
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=HandClock().clock,
        settings=Settings(),
        keep_settings=lambda _: None,
        place=Location(folder),
    )
    made = House(desk, folder, open_window)
    yield made
    for timer in tasks.findChildren(QTimer):
        timer.stop()
    if desk.opened is not None:
        desk.opened.close()


def test_damage_that_is_found_after_home_is_filled_is_shown_as_at_the_opening(
    house: House, messages: StandIn, fault: Tell
) -> None:
    ruin(house.folder / "library.sqlite", "sheet")
    house.window.go("home")
    house.open_library()

    assert house.fills == 1
    problem = house.home.problem
    assert problem is not None
    assert "nothing was deleted" in problem.what_happened.text()
    assert problem.buttons[0].text().startswith("Go on with the copy of")
    assert messages.texts == []
    assert len(house.put_aside) == 1
    assert not (house.folder / "library.sqlite").exists()
    with pytest.raises(DamagedLibraryError) as raised:
        libraries.open_library(Location(house.folder))
    assert problem.what_to_do.text() == raised.value.what_to_do

    house.home.restore_wanted.connect(house.door.restore)
    problem.buttons[0].click()
    assert house.desk.tasks.wait_all(10)
    assert house.home.problem is None
    assert house.fills == 2
    assert len(libraries.backups(Location(house.folder))) == 1
    fault(
        "The library turns out to be damaged while it is open",
        area="Damaged library",
        tried=1,
        corrupt=0,
        person_sees="At home: “nothing was deleted”, and the button “Go on with the copy of” and its date",
    )


def test_damage_that_home_meets_while_it_reads_is_shown_as_at_the_opening(house: House, messages: StandIn) -> None:
    ruin(house.folder / "library.sqlite", "asked")
    house.window.go("home")
    house.open_library()
    assert house.home.problem is not None
    assert house.home.problem.holds.text().startswith("The newest copy holds 60 rehearsals")
    assert house.home.problem.newest_rehearsal.text().startswith("Its newest rehearsal is “")
    assert house.home.problem.lost.text().startswith("The library was last written to on ")
    assert house.home.problem.lost.text() in house.home.problem.buttons[0].accessibleDescription()
    titles = [button.text() for button in house.home.problem.buttons[1:]]
    assert titles == ["See what is in each…", "Bring everything from a stick…", "Start a new library"]
    assert house.home.problem.buttons[0].text().startswith("Go on with the copy of")
    assert messages.texts == []
    assert len(house.put_aside) == 1


def test_damage_that_is_met_while_the_banks_are_read_in_is_shown_as_at_the_opening(house: House) -> None:
    ruin(house.folder / "library.sqlite", "bank")
    house.window.go("home")
    house.open_library()
    assert house.home.problem is not None
    assert house.home.problem.buttons[0].text().startswith("Go on with the copy of")
    assert len(house.put_aside) == 1


def test_nobody_who_works_elsewhere_loses_the_library(house: House, messages: StandIn) -> None:
    ruin(house.folder / "library.sqlite", "sheet")
    house.open_library()
    assert house.desk.opened is not None
    (told,) = messages.texts
    assert "it will offer the newest good backup" in told
    assert house.put_aside == []
    house.desk.opened.close()
    house.desk.opened = None
    with pytest.raises(DamagedLibraryError) as raised:
        libraries.open_library(Location(house.folder))
    assert raised.value.put_aside_as is not None


def test_a_sound_library_is_looked_through_and_backed_up(house: House, messages: StandIn) -> None:
    for copy in (house.folder / "backups").iterdir():
        copy.unlink()
    house.window.go("home")
    house.open_library()
    assert house.home.problem is None
    assert messages.texts == []
    assert len(libraries.backups(Location(house.folder))) == 1


def test_cafe_sessions_that_were_deleted_long_ago_are_gone_for_good_at_the_next_opening(house: House) -> None:
    hand = HandClock()
    with libraries.open_library(Location(house.folder)) as library:
        kept, lately, gone = (plan(library, hand) for _ in range(3))
        deleting.delete(library, lately, hand.clock)
        hand.pass_seconds(-40 * 24 * 3600)
        deleting.delete(library, gone, hand.clock)
    house.open_library()
    library = house.desk.library
    assert [one.id for one in for_psw.sessions_for_psw(library)] == [kept]
    assert [one.id for one in deleting.deleted(library)] == [lately]


def test_a_backup_takes_the_librarys_place_and_undo_brings_back_what_was_there(house: House, messages: StandIn) -> None:
    house.window.go("home")
    house.open_library()
    made = libraries.back_up_now(house.desk.library)
    before = rehearsals(house)
    add(house.desk.library, a_sitting())
    house.door.restore(made)
    assert house.desk.tasks.wait_all(10)
    assert rehearsals(house) == before
    (said,) = messages.current
    assert said.text == RESTORED
    assert said.action is not None
    said.action.do()
    assert house.desk.tasks.wait_all(10)
    assert rehearsals(house) == before + 1
    assert messages.texts == [IS_BACK]


def test_the_library_is_shut_at_once_while_a_backup_of_it_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    house.open_library()
    monkeypatch.setattr(stored_backups, "PAGES_AT_ONCE", 1)
    before = sorted((house.folder / "backups").iterdir())
    copying = house.desk.copying
    copying.back_up_now(lambda _: None, lambda _: None, owner=house.window)
    with qtbot.waitSignal(copying.progressed, check_params_cb=lambda done, total: 0 < done < total):
        pass
    shut: list[bool] = []
    house.door.shut(lambda: shut.append(True))
    assert house.desk.tasks.wait_all(10)
    assert shut == [True]
    assert house.desk.opened is None
    assert sorted((house.folder / "backups").iterdir()) == before
    with libraries.open_library(Location(house.folder)) as library:
        libraries.look_through(library)


@pytest.mark.slow
def test_a_restore_while_a_backup_is_being_made_leaves_nothing_half_made(
    house: House, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    house.open_library()
    made = libraries.backups(Location(house.folder))[0]
    monkeypatch.setattr(stored_backups, "PAGES_AT_ONCE", 1)
    copying = house.desk.copying
    copying.back_up_now(lambda _: None, lambda _: None, owner=house.window)
    with qtbot.waitSignal(copying.progressed, check_params_cb=lambda done, total: 0 < done < total):
        pass
    house.door.restore(made)
    assert house.desk.tasks.wait_all(10)
    assert house.desk.opened is not None
    assert list((house.folder / "backups").glob("*.unfinished")) == []


def rehearsals(house: House) -> int:
    return len(sittings.recent(house.desk.library))
