"""The whole program: what home tells, what is refused while it is held, and what goes by itself when it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.audit import Kind
from cqcmock.services import retention, sittings
from cqcmock.settings import Settings, load_settings, save_settings
from tests.clocks import HandClock
from tests.services.kept_things import Shelf
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands
from ui.app import House
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.keeping.person_screen import PersonScreen
from ui.keeping.retention_screen import RetentionScreen
from ui.keeping.ways import SHOW_HOLD
from ui.messages import Messages

Start = Callable[[], House]
FOI = "FOI request 2026-114"


def said(house: House) -> list[str]:
    messages = house.desk.messages
    assert isinstance(messages, StandIn)
    return messages.texts


def go_on_from_refusal(house: House, hands: Hands, hold_id: str) -> None:
    """The refusal names the reason, and its button leads to the hold itself."""
    hands.settle()
    (refused,) = [one for one in house.desk.messages.current if one.action and one.action.title == SHOW_HOLD]
    assert FOI in refused.text
    assert refused.action is not None
    refused.action.do()
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, RetentionScreen)
    assert screen.things.holds.chosen == hold_id
    assert QApplication.focusWidget() is screen.things.holds


def everything_held(house: House, later: HandClock, kind: Kind | None = None) -> str:
    hold = retention.hold(house.desk.library, kind, "", FOI, later.clock)
    house.desk.signals.changed.emit(change(*Subject))
    return hold.id


def test_home_tells_what_is_due_in_one_line_and_leads_to_it_and_back(start: Start, qtbot: QtBot) -> None:
    house = start()
    hands = Hands(house, qtbot)
    hands.settle()
    line = house.journeys.home.keeping
    assert line.isVisible()
    assert line.label.text() == (
        "1 rehearsal, 1 recording, 1 pack sent to a reviewer, 1 pack opened for marking and 1 café session are due to "
        "go."
    )
    assert line.banner.isHidden()
    line.look.click()
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, RetentionScreen)
    screen.back_button.click()
    assert house.window.current is house.journeys.home


@pytest.mark.slow
def test_a_hold_on_everything_stands_in_a_banner_at_home_until_it_is_released(
    start: Start, later: HandClock, qtbot: QtBot
) -> None:
    house = start()
    hands = Hands(house, qtbot)
    house.window.commands.run(CommandId.HOLD_EVERYTHING)
    hands.settle()
    hands.type(FOI)
    screen = house.window.current
    assert isinstance(screen, RetentionScreen)
    screen.hold.hold_button.click()
    hands.settle()
    house.window.commands.run(CommandId.GO_HOME)
    hands.settle()
    line = house.journeys.home.keeping
    assert FOI in line.banner.label.text()
    assert line.banner.isVisible()
    assert line.isHidden()
    line.to_holds.click()
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, RetentionScreen)
    screen.things.release.click()
    hands.type("answered")
    screen.release.release_button.click()
    hands.settle()
    house.window.commands.run(CommandId.GO_HOME)
    hands.settle()
    assert line.banner.isHidden()
    assert "due to go" in line.label.text()


def test_a_held_rehearsal_is_not_deleted_at_home_and_the_way_leads_to_its_hold(
    start: Start, ready: tuple[Path, Shelf], later: HandClock, qtbot: QtBot
) -> None:
    house = start()
    hands = Hands(house, qtbot)
    hold = everything_held(house, later, Kind.SITTING)
    hands.settle()
    house.journeys.home.sittings.delete.click()
    hands.settle()
    assert [one.id for one in sittings.recent(house.desk.library)] == [ready[1].sitting]
    assert house.journeys.home.sittings.model.rowCount() == 1
    go_on_from_refusal(house, hands, hold)


@pytest.mark.slow
def test_a_held_cafe_session_is_not_deleted_in_its_room(start: Start, later: HandClock, qtbot: QtBot) -> None:
    from ui.cafe.cafe_screen import CafeScreen

    house = start()
    hands = Hands(house, qtbot)
    hold = everything_held(house, later, Kind.CAFE)
    house.window.commands.run(CommandId.CAFE)
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, CafeScreen)
    screen.sessions.delete.click()
    go_on_from_refusal(house, hands, hold)


@pytest.mark.slow
def test_what_was_deleted_before_it_was_held_stays_when_all_of_it_is_deleted_for_good(
    start: Start, ready: tuple[Path, Shelf], later: HandClock, qtbot: QtBot
) -> None:
    from ui.settings.settings_screen import SettingsScreen

    house = start()
    hands = Hands(house, qtbot)
    sittings.delete(house.desk.library, ready[1].sitting, later.clock)
    hold = everything_held(house, later)
    house.window.commands.run(CommandId.SETTINGS)
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, SettingsScreen)
    hands.messages.answers = [True]
    screen.data.deleted.erase.click()
    hands.settle()
    assert [one.id for one in sittings.deleted(house.desk.library)] == [ready[1].sitting]
    go_on_from_refusal(house, hands, hold)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["sent", "to mark"])
def test_a_held_pack_is_neither_deleted_nor_forgotten_in_peer_review(
    start: Start, later: HandClock, qtbot: QtBot, part: str
) -> None:
    from ui.review.review_screen import ReviewScreen

    house = start()
    hands = Hands(house, qtbot)
    hold = everything_held(house, later)
    house.window.commands.run(CommandId.PEER_REVIEW)
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, ReviewScreen)
    hands.messages.answers = [True]
    (screen.sent.delete if part == "sent" else screen.to_mark.forget).click()
    go_on_from_refusal(house, hands, hold)


@pytest.mark.slow
def test_a_held_pack_is_not_forgotten_where_it_is_returned(
    start: Start, ready: tuple[Path, Shelf], later: HandClock, qtbot: QtBot
) -> None:
    from ui.review.return_screen import ReturnScreen

    house = start()
    hands = Hands(house, qtbot)
    hold = everything_held(house, later)
    house.journeys.return_pack(ready[1].opened)
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, ReturnScreen)
    hands.messages.answers = [True]
    screen.forget()
    go_on_from_refusal(house, hands, hold)


@pytest.mark.slow
def test_what_was_said_in_a_held_cafe_is_not_removed(
    start: Start, ready: tuple[Path, Shelf], later: HandClock, qtbot: QtBot
) -> None:
    from cqcmock.services.cafe import you_said
    from ui.cafe.said_screen import SaidScreen

    house = start()
    hands = Hands(house, qtbot)
    entry = you_said.add(house.desk.library, "They asked", later.clock, session=ready[1].cafe)
    hold = everything_held(house, later)
    house.journeys.cafe.said()
    hands.settle()
    screen = house.window.current
    assert isinstance(screen, SaidScreen)
    hands.messages.answers = [True]
    screen._ask_to_remove(entry)
    go_on_from_refusal(house, hands, hold)


def with_settings(folder: Path, **changes: bool) -> Settings:
    settings = replace(load_settings(folder).settings, **changes)
    save_settings(folder, settings)
    return settings


def test_nothing_goes_by_itself_unless_the_settings_say_so(start: Start, qtbot: QtBot) -> None:
    house = start()
    Hands(house, qtbot).settle()
    assert len(retention.due_now(house.desk.library, house.desk.place, house.desk.settings, house.desk.clock)) == 5


@pytest.mark.slow
def test_what_is_due_goes_by_itself_once_the_library_is_open_and_home_says_what_went(
    full_folder: Path, start: Start, qtbot: QtBot
) -> None:
    with_settings(full_folder, delete_when_due=True)
    house = start()
    hands = Hands(house, qtbot)
    hands.settle()
    assert retention.listed(house.desk.library, house.desk.place, house.desk.settings) == ()
    (told,) = [text for text in said(house) if "have been deleted" in text]
    assert told.startswith("1 rehearsal, 1 recording,")
    assert house.journeys.home.sittings.model.rowCount() == 0
    assert house.journeys.home.keeping.isHidden()


@pytest.mark.slow
@pytest.mark.parametrize("where", ["interview", "own marks"])
def test_nothing_goes_by_itself_while_somebody_is_at_work_but_when_they_are_home_again(
    ready: tuple[Path, Shelf], start: Start, qtbot: QtBot, where: str
) -> None:
    house = start()
    hands = Hands(house, qtbot)
    hands.settle()
    house.desk.change_settings(replace(house.desk.settings, delete_when_due=True))
    if where == "interview":
        house.journeys.practise(_short(house))
    else:
        house.journeys.marks(ready[1].sitting)
    hands.settle()
    assert house.window.current is not house.journeys.home
    house.journeys.keeping.library_opened()
    QApplication.processEvents()
    hands.settle()
    library, place, settings = house.desk.library, house.desk.place, house.desk.settings
    assert len(retention.due_now(library, place, settings, house.desk.clock)) == 5
    house.journeys.go_home()
    hands.settle()
    assert retention.due_now(library, place, settings, house.desk.clock) == ()
    assert len(sittings.recent(library)) == (1 if where == "interview" else 0)


def _short(house: House) -> object:
    from cqcmock.services import rehearsing

    return replace(rehearsing.default_set_up(house.desk.library, house.desk.settings), questions=2)


@pytest.mark.slow
def test_what_could_not_go_by_itself_is_told(
    full_folder: Path, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cqcmock.errors import UserError
    from cqcmock.services import copies

    def full_disk(*_: object, **__: object) -> None:
        raise UserError("The disk is full.", "Free some space.")

    monkeypatch.setattr(copies, "clean", full_disk)
    with_settings(full_folder, delete_when_due=True)
    house = start()
    Hands(house, qtbot).settle()
    assert any("could not be deleted" in text and "The disk is full." in text for text in said(house))


@pytest.mark.slow
def test_the_palette_leads_to_each_screen_and_the_example_is_never_cleared(
    start: Start, later: HandClock, qtbot: QtBot
) -> None:
    house = start()
    hands = Hands(house, qtbot)
    for command, screen in (
        (CommandId.KEPT, RetentionScreen),
        (CommandId.HOLD_EVERYTHING, RetentionScreen),
        (CommandId.ONE_PERSON, PersonScreen),
    ):
        assert house.window.commands.run(command)
        hands.settle()
        assert isinstance(house.window.current, screen)
    house.desk.change_settings(replace(house.desk.settings, delete_when_due=True))
    house.window.commands.run(CommandId.GO_HOME)
    house.door.open_example()
    hands.settle()
    QApplication.processEvents()
    hands.settle()
    assert sittings.recent(house.desk.library)


def test_an_error_that_is_no_refusal_has_no_way_to_a_hold() -> None:
    from cqcmock.errors import UserError

    messages = Messages()
    messages.tell(UserError("The disk is full.", "Free some space."))
    assert messages.current[0].action is None
