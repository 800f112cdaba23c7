"""Making a pack: what is decided about first, the sealed file with its receipt, and leaving it undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.review import canonical, pack_file, sealing, words
from cqcmock.services import merging
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import SAID
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Wait
from tests.ui.review.make_pack_hands import Making, Open, opener
from ui.app_signals import Change, Subject
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.make_findings import AT_ONCE, KEPT, TAKEN, TO_DECIDE, WHY
from ui.review.make_leaving import LEAVE, WORDS_GONE
from ui.review.make_pack_screen import FINDINGS, RECEIPT, SEAL, STILL_SEALING, WHAT
from ui.review.make_saving import SEALING
from ui.review.make_seal import NO_WORDS

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


def test_a_pack_is_made_with_the_keyboard_alone(opened: Open, sitting: str) -> None:
    making = opened()
    screen, path = making.screen, making.stick / "one.cqcpack"
    assert making.window.focusWidget() is screen.what.sittings.row(sitting).tick.box
    making.press(Qt.Key.Key_Space)
    making.press(Qt.Key.Key_Tab, 2)  # past the single answers
    assert screen.what.reviewer.line.hasFocus()
    making.write("Ann  Example")
    making.press(Qt.Key.Key_Tab)
    making.write("The lead member's office")
    making.press(Qt.Key.Key_Tab, 3)
    assert screen.what.names.box.hasFocus()
    making.press(Qt.Key.Key_Tab, 2)
    assert screen.what.exemplars.box.hasFocus()
    making.press(Qt.Key.Key_Tab)
    assert screen.what.by_words.hasFocus()
    making.press(Qt.Key.Key_Down)
    assert screen.what.by_key.isChecked()
    making.press(Qt.Key.Key_Tab)
    making.write(making.address)
    making.press(Qt.Key.Key_Return)
    assert screen.at == FINDINGS
    assert making.window.focusWidget() is screen.findings.cards[0].take_out
    making.press(Qt.Key.Key_Tab)
    making.press(Qt.Key.Key_Space)
    making.write("She agreed to it.")
    making.press(Qt.Key.Key_Return)
    assert screen.foot.forward.hasFocus()
    making.press(Qt.Key.Key_Return)
    assert screen.at == SEAL
    making.messages.files.append(path)
    making.press(Qt.Key.Key_Return)
    making.qtbot.waitUntil(lambda: screen.at == RECEIPT)
    making.settle()
    pack = making.pack_in(path)
    assert (pack.reviewer, pack.made_by) == ("Ann Example", "The lead member's office")
    assert [answer.answer for answer in pack.answers] == [SAID, "We asked forty carers."]
    assert screen.page.hasFocus()  # so that Return leads nowhere before the receipt was read
    making.press(Qt.Key.Key_Tab)
    with making.qtbot.waitSignal(screen.done) as done:
        making.press(Qt.Key.Key_Return)
    assert done.args == [pack.id]


def test_the_six_words_on_the_screen_open_the_file_that_was_saved(making: Making) -> None:
    screen, path = making.screen, making.stick / "one.cqcpack"
    making.fill(key=False)
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()
    first = screen.seal.words.text()
    screen.seal.others.click()
    making.settle()
    said = screen.seal.words.text()
    assert len(said.split()) == 6
    assert said != first
    told: list[str] = []
    screen._work.told.connect(told.append)
    changes: list[Change] = []
    making.desk.signals.changed.connect(changes.append)
    screen._work.told.connect(lambda _: screen._work.offered.emit("words that came too late"))
    making.save(path)
    assert [words.split()[0] for words in told] == ["Sealing", "Writing"]
    assert screen.receipt.words.text() == said
    assert screen.receipt.code.text() == words.word_code(canonical.digest(path.read_bytes()))
    assert screen.receipt.folder.text().replace("\u200b", "") == f"In the folder {making.stick}"
    assert "2 answers" in screen.receipt.what.text()
    assert "Candidate A: Pat Example, Lead member" in screen.receipt.who.text()
    assert [change.subjects for change in changes] == [{Subject.PACKS}]
    pack = pack_file.read_pack(sealing.open_with_passphrase(path.read_bytes(), said)).pack
    assert "[name] told us" in pack.answers[0].answer
    making.messages.answers = [False, True]
    assert not making.window.go("home")  # the words are nowhere else
    assert making.messages.questions[-1] == WORDS_GONE.words
    assert making.window.go("home")


def test_what_is_being_done_is_on_the_screen_before_it_begins(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = making.screen
    happened: list[str] = []
    making.fill()
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
            if event.type() == QEvent.Type.Paint and screen.foot.state.text() == SEALING:
                happened.append("painted")
            return False

    seal = screen._work.seal

    def noted(*given: Any) -> None:
        happened.append("sealing")
        seal(*given)

    monkeypatch.setattr(screen._work, "seal", noted)
    watching = Painted()
    screen.foot.state.installEventFilter(watching)
    making.save(making.stick / "one")
    assert happened.index("painted") < happened.index("sealing")
    assert screen.at == RECEIPT


def test_the_window_stays_open_while_a_pack_is_sealed(making: Making) -> None:
    making.fill()
    making.on()
    making.screen.findings.cards[0].take_out.click()
    making.on()
    making.messages.files.append(making.stick / "one")
    making.screen.foot.forward.click()
    assert not making.window.go("home")
    assert making.messages.texts == [STILL_SEALING]
    making.qtbot.waitUntil(lambda: making.screen.at == RECEIPT)
    making.settle()
    assert making.window.go("home")


def test_nothing_goes_on_before_every_place_is_decided_and_every_reason_given(making: Making) -> None:
    screen = making.screen
    making.fill()
    screen.what.note.show_text("Ring 01992 555 555.")
    making.on()
    note, name = screen.findings.cards
    assert screen.foot.state.text() == "2 of 2 still to decide."
    assert [card.state.accessibleName() for card in (note, name)] == [TO_DECIDE, TO_DECIDE]
    assert "Mrs Okafor told us" in name.quote.text
    making.on()
    assert screen.foot.problem.text().startswith("2 places are not decided yet.")
    note.take_out.click()
    name.keep.click()
    assert (note.state.accessibleName(), name.state.accessibleName()) == (TAKEN, WHY)
    assert making.window.focusWidget() is name.reason.line
    making.write("  ")
    making.on()
    assert screen.foot.problem.text().startswith("One place is not decided yet.")
    assert screen.at == FINDINGS
    making.write("She agreed.")
    assert name.state.accessibleName() == KEPT
    making.on()
    assert screen.at == SEAL
    assert "1 place taken out and 1 kept" in screen.seal.what.text()
    making.save(making.stick / "one")
    assert "because She agreed." in screen.receipt.kept.text()
    assert making.pack_in(making.stick / "one").note == "Ring [telephone number]."


def test_all_of_them_can_be_taken_out_at_once_and_that_can_be_undone(making: Making) -> None:
    screen = making.screen
    making.fill()
    screen.what.note.show_text("Ring 01992 555 555.")
    making.on()
    note, _name = screen.findings.cards
    note.keep.click()
    note.reason.line.setFocus()
    making.write("It is the office's.")
    screen.findings.take_all.click()
    assert screen.findings.tally() == (2, 0)
    (message,) = making.messages.current
    assert message.action is not None
    message.action.do()
    assert note.answer == (True, "It is the office's.")
    assert screen.findings.undecided == 1
    screen.findings.take_all.click()
    making.on()
    assert screen.at == SEAL
    assert making.messages.texts == []  # what is summed up here does not change any more


def test_what_was_decided_stays_when_somebody_goes_back(making: Making) -> None:
    screen = making.screen
    making.fill()
    making.on()
    screen.findings.cards[0].keep.click()
    making.write("She agreed.")
    making.back()
    before = screen.draft
    making.on()
    assert screen.draft is before  # nothing is looked through twice for nothing
    making.back()
    screen.what.note.show_text("Ring 01992 555 555.")
    making.on()
    assert screen.draft is not before
    assert [card.answer for card in screen.findings.cards] == [None, (True, "She agreed.")]


def test_where_nothing_could_name_somebody_that_is_said(opened: Open, library: Library, hand: HandClock) -> None:
    making = opened(played(library, hand, answers=("We ask carers.",), replied="Nine days."))
    making.fill()
    making.on()
    assert screen_says(making).startswith("Nothing was found")
    assert making.screen.foot.forward.hasFocus()
    making.on()
    assert making.screen.at == SEAL


def screen_says(making: Making) -> str:
    return making.screen.findings.lead.text()


def test_weak_words_of_ones_own_are_refused_and_nothing_is_written(making: Making) -> None:
    screen = making.screen
    making.fill(key=False)
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()
    screen.seal.switch.click()
    own = screen.seal.own
    assert own.line.hasFocus()
    making.on()
    assert own.problem.text() == NO_WORDS
    making.write("hertfordshire")
    making.settle()
    assert "could be guessed" in own.problem.text()  # while it is typed
    assert not screen.seal.strong.isVisible()
    making.on()
    assert screen.at == SEAL
    assert own.line.hasFocus()
    assert making.messages.questions == []  # no file was asked for
    making.write(" lamp river stone window")
    making.settle()
    assert own.problem.isHidden()
    assert screen.seal.strong.isVisible()
    assert list(making.stick.iterdir()) == []
    assert merging.tallies(making.library) == ()


def test_words_that_nobody_has_looked_at_yet_are_looked_at_before_a_file_is_asked_for(making: Making) -> None:
    screen = making.screen
    making.fill(key=False)
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()
    screen.seal.switch.click()
    for typed in ("hertfordshire", "lamp river stone window carpet seven"):
        screen.seal.own.line.clear()
        making.write(typed)
        assert not screen.seal.is_checked
        making.messages.files = [None]
        making.press(Qt.Key.Key_Return)
        assert screen.seal.is_checked
    assert making.messages.questions == ["Save the pack"]  # for the second ones alone
    assert screen.foot.state.isHidden()
    screen.seal.switch.click()
    assert screen.seal.strong.isHidden()
    assert screen.seal.is_right()


def test_words_of_any_length_can_be_typed(making: Making) -> None:
    screen = making.screen
    making.fill(key=False)
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()
    screen.seal.switch.click()
    making.write("lamp river stone window carpet seven " * 4)
    making.settle()
    assert screen.seal.own.problem.isHidden()
    assert screen.seal.strong.isVisible()


def test_a_stick_that_is_gone_loses_nothing_and_a_cancelled_chooser_changes_nothing(making: Making) -> None:
    screen = making.screen
    making.fill()
    making.on()
    screen.findings.cards[0].take_out.click()
    making.on()
    making.save(None)
    assert (screen.at, screen.foot.problem.isHidden()) == (SEAL, True)
    making.save(making.stick / "gone" / "one")
    assert screen.at == SEAL
    assert "could not be written" in screen.foot.problem.text()
    assert merging.tallies(making.library) == ()
    making.save(making.stick / "one")
    assert screen.at == RECEIPT
    assert screen.receipt.words_card.isHidden()  # sealed to a key: there are none
    assert len(merging.tallies(making.library)) == 1


def test_the_same_answers_go_to_another_reviewer_as_a_pack_of_its_own(making: Making) -> None:
    screen = making.screen
    making.fill()
    making.on()
    screen.findings.cards[0].keep.click()
    making.write("She agreed.")
    assert not screen.findings.carried.isVisible()
    making.on()
    assert not making.window.commands.is_possible(CommandId.NEW_PACK)
    making.save(making.stick / "one")
    assert making.window.commands.run(CommandId.NEW_PACK)
    assert (screen.at, screen.what.reviewer.text, screen.what.key.text) == (WHAT, "", "")
    assert screen.what.reviewer.line.hasFocus()
    making.write("Bob Example")
    screen.what.key.show_text(making.address)
    making.on()
    assert screen.findings.cards[0].answer == (True, "She agreed.")
    assert screen.findings.carried.text().startswith(
        "What you decided for Ann Example is shown here too. Does it hold for Bob Example?"
    )
    assert screen.findings.carried.isVisible()
    assert screen.foot.state.text().startswith("Everything is decided, as it was for Ann Example.")
    making.on()
    making.save(making.stick / "two")
    first, second = making.pack_in(making.stick / "one"), making.pack_in(making.stick / "two")
    assert first.id != second.id
    assert {one.pack.reviewer for one in merging.tallies(making.library)} == {"Ann Example", "Bob Example"}


def test_leaving_asks_only_where_something_would_be_lost(opened: Open, sitting: str) -> None:
    making = opened(sitting)
    assert making.window.go("home")
    assert making.messages.questions == []
    making = opened(sitting)
    making.screen.what.names.box.click()
    left: list[bool] = []
    making.screen.left_for_now.connect(lambda: left.append(True))
    making.messages.answers = [False, True]
    making.screen.leave.click()
    assert left == []
    making.screen.leave.click()
    assert left == [True]
    assert making.messages.questions == [LEAVE.words] * 2
    assert making.window.go("home")  # and is not asked again


def test_looking_can_be_stopped(making: Making) -> None:
    screen = making.screen
    making.fill()
    screen.foot.forward.click()
    assert screen._work.is_looking
    assert screen.foot.stop.isVisible()
    screen.foot.stop.click()
    making.settle()
    assert (screen.at, screen.what.isEnabled(), screen.foot.stop.isVisible()) == (WHAT, True, False)
    making.on()
    assert screen.at == FINDINGS


def test_many_findings_come_a_page_at_a_time_and_none_is_forgotten(
    opened: Open, library: Library, hand: HandClock
) -> None:
    named = " ".join(f"Mr {name} agreed." for name in ("Okafor", "Levi", "Baker", "Khan", "Jones", "Patel", "Evans"))
    making = opened(*(played(library, hand, answers=(named,), replied=named) for _ in range(3)))
    making.fill()
    making.on()
    step = making.screen.findings
    assert step.found > AT_ONCE
    assert len(step.cards) == AT_ONCE
    for card in step.cards:
        card.take_out.click()
    making.on()
    assert len(step.cards) > AT_ONCE
    assert QApplication.focusWidget() is step.cards[AT_ONCE].take_out
