"""A return that is signed with the reviewer’s own key, or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.services import merging, reviewer_keys
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.return_hands import (
    Open,
    Submit,
    opener,
    problem,
    returned_to,
    stick_in,
    submitter,
)
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return stick_in(tmp_path)


@pytest.fixture
def submit(sent: Sent, hand: HandClock) -> Submit:
    return submitter(sent, hand)


@pytest.fixture
def open_return(reviewer_desk: Desk, sent: Sent, window: MainWindow, submit: Submit, qtbot: QtBot) -> Open:
    return opener(reviewer_desk, sent, window, submit, qtbot)


def test_signing_with_an_own_key_shows_its_six_words_which_the_council_sees_too(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, library: Library, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    assert not screen.key.isVisible()
    screen.sign.click()
    settle()
    six = merging.key_words(reviewer_keys.own_key(sent.laptop).public)
    assert len(six.split()) == 6
    assert screen.key.isVisible()
    assert six in screen.key.text()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert merging.look(library, [file], hand.clock)[0].key_words == six


def test_without_the_tick_nothing_is_signed_with_the_own_key(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, library: Library, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    screen.sign.click()
    settle()
    screen.sign.click()
    assert not screen.key.isVisible()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert merging.look(library, [file], hand.clock)[0].key_words == ""


def test_a_damaged_key_is_said_in_place_and_the_pack_can_be_returned_without_it(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent
) -> None:
    screen = open_return(submitted=2)
    (sent.laptop.folder / reviewer_keys.FOLDER / reviewer_keys.FILE).write_bytes(b"{")
    screen.sign.click()
    settle()
    assert "cannot be read" in problem(screen)
    assert not screen.sign.isChecked()
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt_card.isVisible()
