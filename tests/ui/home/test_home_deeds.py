"""What can be done on the first screen, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.errors import UserError
from cqcmock.services import sittings
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.hands import ACTIONS, ShowHome, button, buttons, focused, primaries, words
from tests.ui.home.played import finished, stopped
from ui.commands import CommandId
from ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_an_action_ticked_is_done_in_the_library_and_can_be_opened_again(
    library: Library, hand: HandClock, messages: StandIn, show_home: ShowHome, qtbot: QtBot
) -> None:
    sitting = finished(library, hand, actions=ACTIONS)
    home = show_home().home
    assert "Overdue by three days, it was due on 18 November · me" in words(home)
    assert "Read the annual report" not in words(home)
    button(home, "See all four").click()
    assert "Read the annual report" in words(home)
    tick = next(box for box in buttons(home) if box.accessibleName() == "Done: Meet the forum")
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Meet the forum" not in words(home))
    assert [action.done for action in sittings.load(library, sitting).actions if action.what == "Meet the forum"] == [
        hand.clock.today()
    ]
    assert messages.texts == ["Done: “Meet the forum”."]
    assert focused() == "Done: Ask for the median wait"
    undo = messages.current[0].action
    assert undo is not None
    undo.do()
    qtbot.waitUntil(lambda: "Meet the forum" in words(home))
    assert len(sittings.open_actions(library)) == 4


def test_a_click_on_the_words_of_an_action_ticks_it(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand, actions=ACTIONS[:1])
    home = show_home().home
    label = next(label for label in home.findChildren(TextLabel) if label.text() == "Meet the forum")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not sittings.open_actions(library))
    qtbot.waitUntil(lambda: "Nothing is open." in words(home))


def test_a_new_title_reaches_the_library(library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    home.sittings.model.setData(home.sittings.model.index(0), "With Maya")
    qtbot.waitUntil(lambda: sittings.load(library, sitting).title == "With Maya")


def test_what_was_deleted_is_gone_at_once_and_comes_back_by_the_message_or_the_command(
    library: Library, hand: HandClock, messages: StandIn, show_home: ShowHome, qtbot: QtBot
) -> None:
    kept, gone = finished(library, hand), finished(library, hand)
    shown = show_home()
    home, model = shown.home, shown.home.sittings.model
    home.sittings.view.setFocus()
    home.sittings.choose(model.row_of(gone))
    assert not shown.window.commands.is_possible(CommandId.UNDO)
    QTest.keyClick(home.sittings.view, Qt.Key.Key_Delete)
    assert model.row_of(gone) == -1
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert messages.texts[0].endswith("” was deleted.")
    assert sittings.load(library, gone).deleted_at == hand.wall
    assert home.sittings.chosen is not None
    assert home.sittings.chosen.id == kept
    undo = messages.current[0].action
    assert undo is not None
    undo.do()
    qtbot.waitUntil(lambda: model.row_of(gone) == 0)
    assert sittings.load(library, gone).deleted_at is None

    messages.clear("said")
    home.sittings.delete_wanted.emit(gone)
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert shown.window.commands.run(CommandId.UNDO)
    qtbot.waitUntil(lambda: model.row_of(gone) == 0)
    assert not shown.window.commands.is_possible(CommandId.UNDO)


def test_a_deletion_that_fails_is_told_and_the_sitting_stays_in_the_list(
    library: Library,
    hand: HandClock,
    messages: StandIn,
    show_home: ShowHome,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    full = UserError("The disk is full.", "Free some space.")

    def fail(*_: object) -> None:
        raise full

    monkeypatch.setattr(sittings, "delete", fail)
    home.sittings.delete_wanted.emit(sitting)
    qtbot.waitUntil(lambda: messages.texts == [str(full)])
    assert home.sittings.model.row_of(sitting) == 0


def test_deleting_the_last_sitting_leads_back_to_the_welcome(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    sitting = finished(library, hand)
    home = show_home().home
    home.sittings.delete_wanted.emit(sitting)
    qtbot.waitUntil(lambda: primaries(home) == ["Start a first rehearsal"])
    assert not home.sittings.isVisible()


def test_the_example_says_that_it_is_one_and_leads_out(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    finished(library, hand)
    home = show_home().home
    assert "You are looking at an example" not in words(home)
    home.set_example(True)
    home.show_opening()
    home.refresh()
    qtbot.waitUntil(lambda: "You are looking at an example" in words(home))
    with qtbot.waitSignal(home.leave_example_wanted):
        button(home, "Leave the example").click()


def test_a_rehearsal_is_sent_to_a_reviewer_from_its_row_or_with_the_command(
    library: Library, hand: HandClock, show_home: ShowHome, qtbot: QtBot
) -> None:
    over = finished(library, hand, to=Phase.OWN_MARKS)
    stopped(library, hand)
    shown = show_home()
    home, commands = shown.home, shown.window.commands
    assert home.sittings.chosen is not None
    assert home.sittings.chosen.in_progress
    assert not home.sittings.send.isEnabled()
    assert not commands.is_possible(CommandId.NEW_PACK)
    home.sittings.choose(home.sittings.model.row_of(over))
    assert commands.is_possible(CommandId.NEW_PACK)
    with qtbot.waitSignal(home.pack_wanted) as caught:
        assert commands.run(CommandId.NEW_PACK)
    assert caught.args == [over]
    with qtbot.waitSignal(home.pack_wanted) as caught:
        button(home, "Send to a peer reviewer…").click()
    assert caught.args == [over]
