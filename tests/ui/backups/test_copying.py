"""Copies are made beside the work, one after the other, stop when the library is to be closed, and say little."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import backups, second_place
from cqcmock.settings import Settings, save_settings
from cqcmock.storage import backups as stored
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.backups import copying as module
from ui.backups import wording
from ui.backups.copying import Copied
from ui.desk import Desk

DAY = 24 * 3600


def names(folder: Path) -> list[str]:
    """Every file among the backups, finished or not."""
    there = folder / "backups"
    return sorted(path.name for path in there.iterdir()) if there.exists() else []


@pytest.fixture
def slow_copy(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes a copy take as long as on a slow disk: some thousand small steps."""
    return lambda: monkeypatch.setattr(stored, "PAGES_AT_ONCE", 1)


def test_a_backup_is_made_quietly_where_something_has_changed(
    desk: Desk, hand: HandClock, messages: StandIn, folder: Path
) -> None:
    begin(desk.library, hand)
    desk.copying.keep_up()
    assert desk.tasks.wait_all(10)
    (made,) = backups.listed(Location(folder))
    assert made.inside is not None
    assert made.inside.in_words().startswith("1 rehearsal")
    assert messages.texts == []
    desk.copying.keep_up()
    assert desk.tasks.wait_all(10)
    assert len(names(folder)) == 1


def test_a_copy_stops_where_the_library_is_to_be_closed_and_leaves_nothing(
    desk: Desk, folder: Path, qtbot: QtBot, slow_copy: Callable[[], None]
) -> None:
    slow_copy()
    came: list[Copied | None] = []
    desk.copying.back_up_now(came.append, lambda _: None, owner=desk.signals)
    with qtbot.waitSignal(desk.copying.progressed, check_params_cb=lambda done, total: 0 < done < total):
        pass
    seen: list[list[str]] = []

    def close() -> None:
        with copying.held_off():
            seen.append(names(folder))

    copying = desk.copying
    began = time.perf_counter()
    desk.tasks.database(close)
    assert desk.tasks.wait_all(10)
    assert time.perf_counter() - began < 2
    assert seen == [[]]
    assert came == [None]
    assert wording.made(None) == wording.STOPPED
    assert not desk.copying.under_way


def test_a_copy_that_waits_for_the_library_to_be_open_again_is_not_made(desk: Desk, folder: Path) -> None:
    came: list[Copied | None] = []
    copying = desk.copying
    with copying.held_off():
        copying.back_up_now(came.append, lambda _: None, owner=desk.signals)
        copying.stop()
    assert desk.tasks.wait_all(10)
    assert came == [None]
    assert names(folder) == []


def test_whoever_asks_while_one_is_being_made_gets_the_next(
    desk: Desk, folder: Path, hand: HandClock, qtbot: QtBot
) -> None:
    begin(desk.library, hand)
    came: list[Copied | None] = []
    desk.copying.keep_up()
    assert not desk.copying.asked_for
    desk.copying.back_up_now(came.append, lambda _: None, owner=desk.signals)
    qtbot.waitUntil(lambda: bool(came))
    assert came[0] is not None
    assert [one.why for one in backups.listed(Location(folder))].count(backups.Why.ASKED) == 1
    assert len(names(folder)) == 2


def test_the_end_of_the_program_stops_only_what_nobody_asked_for(
    desk: Desk, folder: Path, hand: HandClock, qtbot: QtBot
) -> None:
    begin(desk.library, hand)
    came: list[Copied | None] = []
    desk.copying.keep_up()
    desk.copying.back_up_now(came.append, lambda _: None, owner=desk.signals)
    desk.copying.stop_what_nobody_asked_for()
    assert desk.tasks.wait_all(10)
    assert came[0] is not None
    assert came[0].backup is not None


def test_a_backup_that_cannot_be_made_is_told_until_one_is(
    desk: Desk, folder: Path, hand: HandClock, messages: StandIn
) -> None:
    begin(desk.library, hand)
    (folder / "backups").write_text("a file where the folder should be")
    desk.copying.keep_up()
    assert desk.tasks.wait_all(10)
    (said,) = messages.texts
    assert said.startswith("The backup could not be made.")
    (folder / "backups").unlink()
    desk.copying.keep_up()
    assert desk.tasks.wait_all(10)
    assert messages.texts == []
    assert len(names(folder)) == 1


def test_each_backup_goes_to_the_second_place_and_nothing_is_said_of_it(
    locked_desk: Desk, stick: Path, hand: HandClock, messages: StandIn
) -> None:
    desk = locked_desk
    save_settings(desk.place.folder, Settings(second_place=str(stick)))
    desk.copying.keep_up()
    assert desk.tasks.wait_all(10)
    assert len(list(stick.glob("cqcmock-backup-*.age"))) == 1
    assert messages.texts == []


def test_a_second_place_that_is_away_is_told_of_after_a_week_and_once(
    locked_desk: Desk, stick: Path, hand: HandClock, messages: StandIn
) -> None:
    desk = locked_desk
    save_settings(desk.place.folder, Settings(second_place=str(stick)))
    stick.rmdir()

    def pass_days(days: int) -> list[str]:
        hand.pass_seconds(days * DAY)
        desk.copying.keep_up()
        assert desk.tasks.wait_all(10)
        return messages.texts

    assert pass_days(0) == []
    assert pass_days(6) == []
    (said,) = pass_days(2)
    assert "has not been reached since" in said
    assert said.endswith(module.RECONNECT)
    messages.clear_all()
    assert pass_days(1) == []
    stick.mkdir()
    assert pass_days(1) == []
    assert second_place.status(desk.place).there


def test_a_stick_that_is_not_there_is_an_error_for_whoever_wants_a_copy_on_it(locked_desk: Desk, stick: Path) -> None:
    desk = locked_desk
    save_settings(desk.place.folder, replace(Settings(), second_place=str(stick / "gone")))
    errors: list[UserError] = []
    desk.copying.back_up_now(lambda _: None, errors.append, owner=desk.signals, second=True)
    assert desk.tasks.wait_all(10)
    assert "has not been reached" in errors[0].what_happened


def test_a_copy_that_was_asked_for_says_where_it_is(locked_desk: Desk, stick: Path) -> None:
    desk = locked_desk
    save_settings(desk.place.folder, Settings(second_place=str(stick)))
    came: list[Copied | None] = []
    desk.copying.back_up_now(came.append, lambda _: None, owner=desk.signals, second=True)
    assert desk.tasks.wait_all(10)
    assert wording.made(came[0]).endswith(f"A sealed copy of everything is in {stick}.")
