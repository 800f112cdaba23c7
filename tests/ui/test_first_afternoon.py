"""A principal social worker's first afternoon, by keyboard: a bank from a spreadsheet with two mistakes, a story of
her own council, and a rehearsal from both in which the next question follows from what she left out.

Only the file choosers are stood in for: the window, the library and the spreadsheet are real.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.listening import points
from cqcmock.services import banks, stories
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.app import House
from ui.banks.import_screen import ImportScreen
from ui.rehearse.interview_screen import InterviewScreen
from ui.theme import Theme

ROWS = 10
SAID = "We went through it in a meeting and everybody was very pleased with how it is going, by and large."


@pytest.fixture
def house(
    tmp_path: Path, prepared_library: Path, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    folder = Path(shutil.copytree(prepared_library, tmp_path / "data"))
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)  # two would fight over one program
    with running(folder, qtbot) as made:
        yield made


def fill_in(template: Path, *, mistakes: bool) -> None:
    """Ten questions in the spreadsheet, as somebody types them; two of them wrong at first."""
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(template)
    sheet = book.active
    header = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value}
    top = next(cell.row for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == "Question")
    sheet.delete_rows(top + 1, sheet.max_row)
    for number in range(ROWS):
        row = top + 1 + number
        filled = {
            "Question": f"What happened at our hospital on Friday number {number + 1}?",
            "Quality statements": "Safeguarding" if number else ("QS66" if mistakes else "QS6"),
            "Target (seconds)": "soon" if mistakes and number == 4 else "90",
            "Point 1": "Who was not asked",
            "Point 1: phrases": "nobody asked; was not asked; asked the daughter",
            "Point 1: probe": "Who was not asked that day?",
            "Point 2": "What it meant for a carer",
            "Point 2: phrases": "slept in the chair; wife had; daughter had to",
            "Point 2: probe": "What did it mean for whoever looks after them?",
        }
        for name, value in filled.items():
            sheet.cell(row=row, column=header[name], value=value)
    book.save(template)


def test_a_bank_a_story_and_a_rehearsal_from_both_are_made_by_keyboard(
    house: House, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = Hands(house, qtbot)
    messages = hands.messages
    spreadsheet = tmp_path / "our-hospital-team.xlsx"

    # the spreadsheet, and its import
    hands.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    hands.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    messages.files = [spreadsheet, spreadsheet]
    hands.press_button("Get a spreadsheet to fill in")
    assert spreadsheet.exists()
    fill_in(spreadsheet, mistakes=True)
    hands.press_button("Choose a file")
    importing = house.window.current
    assert isinstance(importing, ImportScreen)
    told = "\n".join(importing.list.lines())
    assert told.count("Mistake in row") == 2
    assert "Quality statements" in told
    assert "Target (seconds)" in told
    assert "our-hospital-team" not in {bank.id for bank in banks.list_banks(house.desk.library)}
    fill_in(spreadsheet, mistakes=False)
    hands.press_button("Read the file again")
    hands.press_button("Import")
    qtbot.waitUntil(lambda: len(banks.list_banks(house.desk.library)) > 18, timeout=20_000)
    bank = next(bank for bank in banks.list_banks(house.desk.library) if bank.origin == "imported")
    assert bank.questions == ROWS

    # the story of her own council
    hands.press(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    hands.press_button("Make a story for your council")
    hands.type("Rutland")
    hands.press(Qt.Key.Key_Return)
    hands.type("Rutland County Council")
    hands.press(Qt.Key.Key_Return)
    for _ in range(6):
        if hands.sees("Your story is ready"):
            break
        hands.press_button("Skip")
    hands.press_button("Use")
    assert house.desk.settings.story in {story.place.id for story in stories.all_stories(house.desk.library)}
    assert stories.story(house.desk.library, house.desk.settings.story).place.name == "Rutland"

    # a rehearsal from both
    hands.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    hands.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.type("hospital friday number 3")
    qtbot.waitUntil(lambda: hands.sees("1 of "), timeout=10_000)
    hands.press(Qt.Key.Key_Down)
    hands.press_button("Use in a rehearsal")
    points._vocabulary.cache_clear()
    hands.press_button("Start")
    screen = house.window.current
    assert isinstance(screen, InterviewScreen)
    assert screen.words.text() == "What happened at our hospital on Friday number 3?"
    assert screen.live.plan.place == "Rutland"
    made_ready = points._vocabulary.cache_info().currsize
    assert made_ready >= len(screen.live.plan.questions)  # made ready while the first question is read
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    hands.type(SAID)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.words.text() in ("Who was not asked that day?", "What did it mean for whoever looks after them?")
