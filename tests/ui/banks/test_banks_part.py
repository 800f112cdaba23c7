"""The banks: what is there, and taking one out of use, away, or home as a file or as cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_files, banks, reports
from cqcmock.services.banks import Wanted
from tests.ui.banks.conftest import Wait
from tests.ui.conftest import StandIn
from ui.banks.questions_screen import BANKS, FIND, QuestionsScreen
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def on_banks(own_bank: str, screen: QuestionsScreen) -> QuestionsScreen:
    screen.tabs.setCurrentIndex(BANKS)
    return screen


def named(screen: QuestionsScreen, words: str) -> QPushButton:
    (button,) = [button for button in screen.banks.findChildren(QPushButton) if button.text() == words]
    return button


def test_each_bank_says_how_many_questions_it_has_and_whose_it_is(
    on_banks: QuestionsScreen, own_bank: str, library: Library
) -> None:
    model = on_banks.banks.model
    spoken = [str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
    assert len(spoken) == len(banks.list_banks(library))
    assert "Our hospital team, 1 question, Your own" in spoken
    assert "Lead member, 64 questions, Came with the program" in spoken


def test_a_bank_that_came_with_the_program_can_be_retired_but_neither_changed_nor_deleted(
    on_banks: QuestionsScreen, own_bank: str, library: Library, messages: StandIn, window: MainWindow, settle: Wait
) -> None:
    on_banks.banks.choose("cafe")
    assert not on_banks.banks.change.isVisible()
    assert not on_banks.banks.delete.isVisible()
    QTest.keyClick(on_banks.banks.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert messages.texts == ["“Café cards” is retired: its questions are not asked."]
    assert banks.how_many(library, Wanted(bank="cafe", retired=False)) == 0
    assert on_banks.banks.retire.text() == "Restore the bank"
    assert window.commands.run(CommandId.UNDO)
    settle()
    assert banks.how_many(library, Wanted(bank="cafe", retired=True)) == 0
    assert on_banks.banks.retire.text() == "Retire the bank"


def test_ones_own_bank_can_be_changed_and_deleted_and_comes_back(
    on_banks: QuestionsScreen, own_bank: str, library: Library, messages: StandIn, settle: Wait, qtbot: QtBot
) -> None:
    on_banks.banks.choose(own_bank)
    with qtbot.waitSignal(on_banks.change_bank_wanted) as change:
        on_banks.banks.change.click()
    with qtbot.waitSignal(on_banks.new_question_wanted) as question:
        on_banks.banks.add_question.click()
    assert change.args == question.args == [own_bank]
    on_banks.banks.delete.click()
    settle()
    assert own_bank not in [bank.id for bank in banks.list_banks(library)]
    assert messages.current[0].action is not None
    messages.current[0].action.do()
    settle()
    assert banks.show_bank(library, own_bank).questions[0].text == "Who waits longest in {place}?"
    on_banks.banks.choose(own_bank)
    assert on_banks.banks.chosen is not None


def test_the_questions_of_a_bank_are_one_button_away(
    on_banks: QuestionsScreen, own_bank: str, settle: Wait, qtbot: QtBot
) -> None:
    on_banks.banks.choose(own_bank)
    on_banks.banks.see.click()
    settle()
    assert on_banks.tabs.currentIndex() == FIND
    assert [line.bank for line in on_banks.finding.model.lines] == [own_bank]
    with qtbot.waitSignal(on_banks.new_bank_wanted):
        on_banks.banks.new_bank.click()


def test_exporting_writes_the_file_and_says_what_it_cannot_hold(
    on_banks: QuestionsScreen, own_bank: str, messages: StandIn, library: Library, desk: Desk, tmp_path: Path,
    window: MainWindow, settle: Wait,
) -> None:  # fmt: skip
    on_banks.banks.choose(own_bank)
    toml, gift = tmp_path / "ours.toml", tmp_path / "ours.gift"
    messages.files = [toml, gift, None]
    window.commands.run(CommandId.EXPORT_QUESTIONS)
    settle()
    assert messages.texts == [f"“Our hospital team” is saved as ours.toml in {tmp_path}."]
    assert bank_files.preview(library, toml, desk.clock).unchanged == banks.show_bank(library, own_bank).questions
    on_banks.banks.export.click()
    settle()
    lost = bank_files.export_bank(library, own_bank, tmp_path / "again.gift")
    assert lost
    assert all(sentence in messages.texts[0] for sentence in lost)
    on_banks.banks.export.click()  # and nothing is written where nobody says where
    settle()
    assert sorted(file.name for file in tmp_path.glob("ours*")) == ["ours.gift", "ours.toml"]


def test_a_file_that_cannot_be_written_is_told(
    on_banks: QuestionsScreen, messages: StandIn, tmp_path: Path, settle: Wait
) -> None:
    messages.files = [tmp_path / "nowhere" / "ours.csv"]
    on_banks.banks.export.click()
    settle()
    assert "could not be written" in messages.texts[0]


def test_cards_are_printed_of_what_is_found_or_chosen_or_of_a_bank(
    screen: QuestionsScreen, messages: StandIn, tmp_path: Path, settle: Wait, window: MainWindow
) -> None:
    search = screen.finding.filters
    search.bank.setCurrentIndex(search.bank.findData("opposition"))
    settle()
    window.commands.run(CommandId.PRINT_CARDS)
    part = screen.print
    assert [button.text() for button in part.which.buttons()] == [
        "What is found: 12", "What is chosen: 1", "The bank “Opposition spokesperson”: 12",
    ]  # fmt: skip
    assert part.which.button(0).hasFocus()
    part.kinds.button(1).click()
    found = tmp_path / "found.pdf"
    messages.files = [found]
    part.save.click()
    settle()
    assert messages.texts == [f"12 cards saved as found.pdf in {tmp_path}."]
    assert not part.isVisible()
    assert screen.finding.list.hasFocus()
    words = " ".join(reports.page_words(found.read_bytes()))
    heard = screen.finding.view.heard.text().splitlines()[1]
    assert heard.split()[0] in words
    window.commands.run(CommandId.PRINT_CARDS)
    part.which.button(1).click()
    part.kinds.button(0).click()
    messages.files = [tmp_path / "one.pdf"]
    part.save.click()
    settle()
    assert messages.texts == [f"1 card saved as one.pdf in {tmp_path}."]


def test_there_is_nothing_to_print_where_nothing_is_found(
    screen: QuestionsScreen, messages: StandIn, settle: Wait
) -> None:
    screen.finding.words.setText("zzzz")
    screen.finding.search()
    settle()
    screen.print_cards()
    assert messages.texts == ["There is nothing to print. Choose other words or filters."]
    assert not screen.print.isVisible()
