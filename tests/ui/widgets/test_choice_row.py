from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ui.widgets.choice_row import Choice, ChoiceRow

CHOICES = [
    Choice(number=number, name=name, meaning=f"{name}, in a sentence.")
    for number, name in enumerate(("Not yet", "Partly", "Mostly", "Fully"))
]


@pytest.fixture
def row(show: Show) -> ChoiceRow:
    made = ChoiceRow("Evidence", CHOICES)
    show(made)
    return made


@pytest.fixture
def chosen(row: ChoiceRow) -> list[int | None]:
    made: list[int | None] = []
    row.chosen.connect(made.append)
    return made


def test_a_number_key_gives_that_mark(row: ChoiceRow, chosen: list[int | None], qtbot: QtBot) -> None:
    row.setFocus()
    assert row.button(0).hasFocus()
    qtbot.keyClick(row.button(0), Qt.Key.Key_2)
    assert row.value == 2
    assert row.button(2).hasFocus()
    assert row.meaning.text() == "Mostly, in a sentence."
    qtbot.keyClick(row.button(2), Qt.Key.Key_0, Qt.KeyboardModifier.KeypadModifier)
    assert chosen == [2, 0]


def test_a_number_beyond_the_choices_does_nothing(row: ChoiceRow, chosen: list[int | None], qtbot: QtBot) -> None:
    qtbot.keyClick(row.button(0), Qt.Key.Key_7)
    qtbot.keyClick(row.button(0), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert row.value is None
    assert chosen == []


def test_arrows_move_the_choice(row: ChoiceRow, chosen: list[int | None], qtbot: QtBot) -> None:
    row.set_value(1)
    row.button(1).setFocus()
    qtbot.keyClick(row.button(1), Qt.Key.Key_Right)
    assert chosen == [2]


def test_a_choice_can_be_taken_back(row: ChoiceRow, chosen: list[int | None], qtbot: QtBot) -> None:
    qtbot.mouseClick(row.button(3), Qt.MouseButton.LeftButton)
    row.button(3).setFocus()
    qtbot.keyClick(row.button(3), Qt.Key.Key_Backspace)
    assert chosen == [3, None]
    assert row.value is None
    assert row.meaning.text() == ""


def test_showing_a_choice_made_before_tells_nobody(row: ChoiceRow, chosen: list[int | None]) -> None:
    row.set_value(3)
    assert row.value == 3
    assert row.meaning.text() == "Fully, in a sentence."
    row.set_value(None)
    assert row.value is None
    assert chosen == []


def test_every_choice_has_a_name_and_a_meaning_for_a_screen_reader(row: ChoiceRow) -> None:
    assert row.button(2).accessibleName() == "Evidence: 2, Mostly"
    assert row.button(2).accessibleDescription() == "Mostly, in a sentence."
