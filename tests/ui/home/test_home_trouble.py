"""A library that is damaged, cannot be read or was left: told on the first screen, with a way on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as library_service
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.home.hands import ShowHome, button, focused, primaries, words
from tests.ui.home.played import finished
from ui.desk import Desk
from ui.home.home_screen import OPENING
from ui.home.problem_card import ProblemCard

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_a_damaged_library_offers_its_copies_and_a_new_start(
    tmp_path: Path, library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot, fault: Tell
) -> None:
    place = Location(tmp_path / "other")
    with library_service.open_library(place) as other:
        library_service.sync_shipped_banks(other)
        finished(other, hand)
        library_service.back_up_if_due(other)
    (place.folder / "library.sqlite").write_bytes(b"This is no library at all. " * 400)
    with pytest.raises(library_service.DamagedLibraryError) as damaged:
        library_service.open_library(place)
    home = show_home().home
    home.show_problem(damaged.value)
    said = words(home)
    assert damaged.value.what_happened in said
    assert damaged.value.what_to_do in said
    assert "is damaged" in damaged.value.what_happened
    assert "nothing was deleted" in damaged.value.what_happened
    assert "The newest copy holds 1 rehearsal." in said
    (primary,) = primaries(home)
    assert primary.startswith("Go on with the copy of ")
    assert focused() == primary
    with qtbot.waitSignal(home.restore_wanted) as caught:
        button(home, primary).click()
    assert caught.args == [damaged.value.backups[0]]
    with qtbot.waitSignal(home.start_afresh_wanted):
        button(home, "Start a new library").click()
    fault(
        "The library file is damaged",
        area="Damaged library",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees="“… is damaged”, “nothing was deleted”, and the button “Go on with the copy of” and its date",
    )


def test_a_library_that_cannot_be_read_now_can_be_tried_again(show_home: ShowHome, qtbot: QtBot) -> None:
    home = show_home().home
    home.show_problem(UserError("Another program is using the library.", "Close it and try again."))
    assert "Another program is using the library." in words(home)
    assert isinstance(home.problem, ProblemCard)
    with qtbot.waitSignal(home.try_again_wanted):
        button(home, "Try again").click()
    home.refresh()
    qtbot.waitUntil(lambda: primaries(home) == ["Start a first rehearsal"])


def test_what_was_read_of_a_library_that_was_left_meanwhile_is_not_shown(
    library: Library, hand: HandClock, desk: Desk, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand)
    home = show_home().home
    home.refresh()
    home.show_opening()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert OPENING in words(home)
    assert not home.sittings.isVisible()


def test_a_problem_met_while_another_room_is_shown_is_told_there_too(messages: StandIn, show_home: ShowHome) -> None:
    shown = show_home()
    shown.window.go("elsewhere")
    shown.home.show_problem(UserError("The copy is damaged.", "Choose another copy."))
    assert messages.texts == ["The copy is damaged. Choose another copy."]
