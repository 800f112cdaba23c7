"""The first step of a pack: which answers, for whom, and what goes along."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.services import rehearsing, sittings
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.played import played
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Send, Wait
from tests.ui.review.make_pack_hands import Making, Open, opener
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.make_pack_screen import WHAT
from ui.review.make_sittings import CHOOSE_SOME, NONE_YET
from ui.review.make_what import DAY_OVER, KNOWN, NO_REVIEWER

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def opened(window: MainWindow, desk: Desk, messages: StandIn, tmp_path: Path, qtbot: QtBot, settle: Wait) -> Open:
    """Opens the screen, with these rehearsals ticked."""
    return opener(window, desk, messages, tmp_path, qtbot, settle)


@pytest.fixture
def making(opened: Open, sitting: str) -> Making:
    """With the one rehearsal ticked, in which Mrs Okafor is named."""
    return opened(sitting)


def test_only_rehearsals_that_are_over_and_marked_are_offered(
    opened: Open, library: Library, sitting: str, hand: HandClock
) -> None:
    going_on = played(library, hand, answers=("We ask carers.",), over=False)
    set_up = replace(rehearsing.default_set_up(library, Settings(), "unpaid-carer"), questions=1, seed=1)
    part = played(library, hand, rehearsing.make_plan(library, set_up), answers=("I look after my wife.",))
    silent = played(library, hand, answers=("",))
    making = opened(sitting, going_on, part, silent)
    choice = making.screen.what.sittings
    assert [one.id for one in choice._sittings] == [sitting]
    assert choice.chosen == (sitting,)
    assert making.screen.foot.problem.text().startswith("3 rehearsals that you chose cannot be sent")


def test_without_a_rehearsal_the_screen_says_what_to_do_first(opened: Open) -> None:
    making = opened()
    choice = making.screen.what.sittings
    assert choice.nothing.text() == NONE_YET
    assert choice.nothing.isVisible()
    assert not making.screen.what.reviewer.isVisible()  # there is nothing else to do here
    assert not making.screen.foot.forward.isVisible()
    assert making.window.focusWidget() is choice.set_up
    with making.qtbot.waitSignal(making.screen.rehearsal_wanted):
        making.press(Qt.Key.Key_Return)


def test_where_a_rehearsal_is_under_way_it_is_to_be_finished_first(
    opened: Open, library: Library, hand: HandClock
) -> None:
    played(library, hand, answers=("We ask carers.",), over=False)
    making = opened()
    choice = making.screen.what.sittings
    assert choice.nothing.text().startswith("No rehearsal is over yet. One waits on home")
    assert making.window.focusWidget() is choice.to_home
    assert not choice.set_up.isVisible()
    with making.qtbot.waitSignal(making.screen.home_wanted):
        making.press(Qt.Key.Key_Return)
    played(library, hand, answers=("We ask carers.",))
    making.desk.signals.changed.emit(Change(frozenset({Subject.SITTINGS})))
    making.settle()
    assert making.screen.what.reviewer.isVisible()
    assert making.screen.foot.forward.isVisible()
    making.on()
    assert choice.problem.text() == CHOOSE_SOME


def test_single_answers_can_be_left_out(making: Making, sitting: str) -> None:
    row = making.screen.what.sittings.row(sitting)
    row.fold.set_open(True)
    making.settle()
    assert row.field.values == ("0", "1")
    assert "question 3" in row.missing.text()
    row.field.list.setFocus()
    making.press(Qt.Key.Key_Space)
    assert row.field.values == ("1",)
    assert "1 of 2" in row.fold.title
    assert making.screen.what.sittings.ticked.text() == "Ticked: 1 rehearsal, 1 answer."
    making.fill()
    making.on()
    assert making.screen.findings.found == 0  # Mrs Okafor is not sent at all
    making.on()
    making.save(making.stick / "one")
    assert [answer.number for answer in making.pack_in(making.stick / "one").answers] == [2]


def test_a_rehearsal_without_any_answer_left_is_not_ticked(making: Making, sitting: str) -> None:
    row = making.screen.what.sittings.row(sitting)
    row.fold.set_open(True)
    making.settle()
    row.field.list.setFocus()
    making.press(Qt.Key.Key_Space)
    making.press(Qt.Key.Key_Down)
    making.press(Qt.Key.Key_Space)
    assert making.screen.what.sittings.chosen == ()
    row.tick.box.click()
    assert row.field.values == ("0", "1")


def test_a_rehearsal_is_found_among_many(opened: Open, library: Library, hand: HandClock, sitting: str) -> None:
    for _ in range(8):
        hand.pass_seconds(60)
        played(library, hand, answers=("We ask carers.",))
    sittings.rename(library, sitting, "The one on waiting")
    choice = opened().screen.what.sittings
    assert choice.more.isVisible()
    assert sitting not in choice._rows
    choice.finding.setText("WAIT one")
    assert choice.row(sitting).isVisible()
    choice.row(sitting).tick.box.click()
    choice.finding.clear()
    assert choice.chosen == (sitting,)
    choice.more.click()
    assert all(choice.row(one.id).isVisible() for one in choice._sittings)


def test_everything_that_was_chosen_reaches_the_pack(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    what = making.screen.what
    making.fill("Ann O'Example")
    for tick in (what.names, what.story, what.exemplars, what.deadline.known):
        (tick if tick is what.deadline.known else tick.box).click()  # type: ignore[union-attr]
    what.note.show_text("Thank you.")
    making.on()
    making.screen.findings.take_all.click()
    for card in making.screen.findings.cards:
        card.take_out.click()
    making.on()
    suggested: list[str] = []
    monkeypatch.setattr(making.messages, "choose_save_file", lambda _title, name, _kinds, then: suggested.append(name))
    making.on()
    monkeypatch.undo()
    assert suggested[0].endswith(".cqcpack")
    assert "Example" not in suggested[0]
    making.save(making.stick / suggested[0])
    pack = making.pack_in(making.stick / suggested[0])
    assert (pack.reviewer, pack.note, str(pack.deadline)) == ("Ann O'Example", "Thank you.", "2026-12-05")
    assert pack.candidates[0].name == "Pat Example"
    assert pack.story is not None
    assert len(pack.exemplars) == 3
    assert "5 December 2026" in making.screen.receipt.what.text()


def test_what_is_missing_is_said_where_it_is_missing(making: Making) -> None:
    what = making.screen.what
    what.by_key.click()
    what.deadline.known.click()
    what.deadline.show_value(what.deadline.suggested.replace(year=2025))
    what._day_entered(what.deadline.suggested.replace(year=2025))
    what.note.show_text("a" * 2_003)
    making.on()
    assert making.screen.at == WHAT
    assert making.window.focusWidget() is what.reviewer.line
    said = [field.problem.text() for field in (what.reviewer, what.deadline, what.note)]
    assert said == [NO_REVIEWER, DAY_OVER, "This is 3 characters too long. Take something out."]
    assert what.key.problem.text().startswith("There is no key yet.")
    making.write("A")
    assert not what.reviewer.problem.isVisible()  # what is being mended is not called wrong any more
    what.note.box.setFocus()
    making.press(Qt.Key.Key_Delete, times=3)
    assert not what.note.problem.isVisible()


def test_a_key_with_a_letter_wrong_is_told_as_soon_as_all_of_it_is_there(making: Making) -> None:
    what = making.screen.what
    making.fill(key=False)
    what.by_key.click()
    right = making.address
    other = "q" if right[30] != "q" else "p"
    what.key.line.setFocus()
    making.write(right[:40])
    assert what.key.problem.isHidden()  # nothing is wrong with what is half typed
    what.key.line.clear()
    making.write(f"{right[:30]}{other}{right[31:]}")
    assert "not the public key" in what.key.problem.text()
    making.on()
    assert making.screen.at == WHAT
    what.key.line.clear()
    making.write(f" {right[:31]} {right[31:]} ")
    assert what.key.problem.isHidden()
    what.key.line.clear()
    making.write("AGE-SECRET-KEY-1QQ")
    making.press(Qt.Key.Key_Tab)
    assert "secret key" in what.key.problem.text()


def test_a_reviewer_of_the_same_name_is_taken_for_the_same_person_and_that_is_said(
    opened: Open, send: Send, sitting: str
) -> None:
    send("Ann Example")
    making = opened(sitting)
    what = making.screen.what
    making.write("Bob Example")
    assert what.known.isHidden()
    what.reviewer.line.clear()
    making.write("ANN  example ")
    assert what.known.text() == KNOWN.format("Ann Example")
    assert what.known.isVisible()
    making.write("of Luton")
    assert what.known.isHidden()


def test_who_was_sent_something_just_now_is_known_for_the_next_pack(making: Making) -> None:
    making.fill()
    making.on()
    making.screen.findings.cards[0].take_out.click()
    making.on()
    making.save(making.stick / "one")
    making.back()
    making.write("ann example")
    assert making.screen.what.known.isVisible()


def test_what_cannot_be_sent_together_is_said_and_the_choices_stay(making: Making, sitting: str) -> None:
    making.fill()
    sittings.delete(making.library, sitting, making.desk.clock)
    sittings.delete_for_good(making.library, sitting)
    making.on()
    assert making.screen.at == WHAT
    assert "no longer in the library" in making.screen.foot.problem.text()
    assert making.screen.what.reviewer.text == "Ann Example"


def test_the_screen_follows_rehearsals_that_change_elsewhere(making: Making, sitting: str) -> None:
    sittings.rename(making.library, sitting, "Renamed")
    making.desk.signals.changed.emit(Change(frozenset({Subject.SITTINGS})))
    making.settle()
    row = making.screen.what.sittings.row(sitting)
    assert (row.tick.words.text(), row.on) == ("Renamed", True)
    sittings.delete(making.library, sitting, making.desk.clock)
    making.desk.signals.changed.emit(Change(frozenset({Subject.SITTINGS})))
    making.settle()
    assert making.screen.what.sittings.chosen == ()


def test_tab_goes_as_the_eye_does(making: Making, sitting: str) -> None:
    screen = making.screen
    screen.what.sittings.row(sitting).fold.set_open(True)
    screen.what.by_key.click()
    screen.what.deadline.known.click()
    making.settle()
    screen.leave.setFocus()
    stops: list[QWidget] = []
    while not screen.foot.forward.hasFocus() and len(stops) < 40:
        making.press(Qt.Key.Key_Tab)
        stops.append(making.window.focusWidget())
    inside = screen.page.widget()
    assert inside is not None
    places = [stop.mapTo(inside, QPoint()) for stop in stops if inside.isAncestorOf(stop)]
    assert len(places) > 12
    for before, after in pairwise(places):
        assert after.y() > before.y() - 20  # a line below, or beside each other
