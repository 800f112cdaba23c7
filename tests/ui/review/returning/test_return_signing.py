"""A return that is signed with the reviewer’s own key, or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from cqcmock.services import merging, reviewer_keys, reviewing
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Laptops, Send, Sent, Wait
from tests.ui.review.returning.hands import Open, problem, returned_to, shown
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.return_screen import ReturnScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


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


def test_the_tick_holds_for_every_pack_from_the_same_council_and_for_no_other(
    reviewer_desk: Desk, window: MainWindow, send: Send, qtbot: QtBot, settle: Wait
) -> None:
    def of(made_by: str) -> ReturnScreen:
        sent = send(made_by=made_by)
        reviewing.open_pack(sent.laptop, sent.path, reviewer_desk.clock).close()
        return shown(reviewer_desk, window, sent.id, qtbot)

    def tick(screen: ReturnScreen) -> None:
        screen.sign.click()
        assert screen.autosave.flush()
        settle()

    first = of("Kent County Council")
    assert not first.sign.isChecked()
    tick(first)
    assert of("kent  county council").sign.isChecked()
    assert not of("Essex County Council").sign.isChecked()
    third = of("Kent County Council")
    tick(third)
    assert not third.sign.isChecked()
    assert not of("Kent County Council").sign.isChecked()


def test_a_signed_return_is_remembered_although_nobody_touched_the_tick_on_this_screen(
    sent: Sent, open_return: Open, messages: StandIn, stick: Path, settle: Wait
) -> None:
    screen = open_return(submitted=2)
    made_by = screen.pack.made_by
    screen.sign.setChecked(True)
    settle()
    assert not reviewer_keys.signs_for(sent.laptop, made_by)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert reviewer_keys.signs_for(sent.laptop, made_by)


def test_what_is_remembered_names_no_council_and_costs_nothing_where_it_is_damaged(laptops: Laptops) -> None:
    place = laptops("Ann Example")
    reviewer_keys.own_key(place)
    reviewer_keys.remember_signing(place, "Kent", True)
    path = place.folder / reviewer_keys.FOLDER / reviewer_keys.SIGNED_FOR
    assert b"kent" not in path.read_bytes().lower()
    path.write_bytes(b"[1")
    assert not reviewer_keys.signs_for(place, "Kent")
    reviewer_keys.remember_signing(place, "Kent", True)
    assert reviewer_keys.signs_for(place, "Kent")
