"""What of a pack is missing when it is returned: shown sheet by sheet, with a way to each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import PeerMarks
from cqcmock.services import reviewing
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.returning.hands import WHY, Open, Submit, problem, returned_to
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import return_words
from ui.review.mark_pack_screen import MarkPackScreen
from ui.theme import ThemeChoice


def test_every_sheet_is_shown_with_its_state_and_what_is_missing_stands_first(
    open_return: Open, submit: Submit, sent: Sent, hand: HandClock, qtbot: QtBot, settle: Wait
) -> None:
    screen = open_return()
    assert screen.state.accessibleName() == "1 missing"
    missing, done = screen.sheets.lines.lines
    assert (missing.sign, done.sign) == ("Untouched", "Submitted")
    assert missing.title.startswith("2. Candidate A, question ")
    assert done.title.startswith("1. Candidate A, question ")
    assert screen.sheets.hasFocus()
    assert screen.sheets.chosen == missing.key
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        workspace.save(missing.key, PeerMarks(levels={"evidence": 1}), hand.clock)
    screen._desk.signals.changed.emit(change(Subject.PACKS, ids=(sent.id,)))
    settle()
    assert screen.sheets.lines.lines[0].sign == "Draft"
    assert screen.sheets.lines.lines[0].about.startswith("1 of 6 lenses marked")


def test_enter_on_a_sheet_leads_to_it(open_return: Open, sent: Sent, qtbot: QtBot) -> None:
    screen = open_return()
    with qtbot.waitSignal(screen.sheet_wanted) as wanted:
        qtbot.keyClick(screen.sheets, Qt.Key.Key_Return)
    assert wanted.args == [sent.id, screen.sheets.lines.lines[0].key]
    with qtbot.waitSignal(screen.back_wanted) as back:
        screen.back.click()
    assert back.args == [sent.id]
    with qtbot.waitSignal(screen.left_for_now):
        screen.leave.click()


@pytest.mark.parametrize("choice", list(ThemeChoice)[1:])
def test_states_differ_in_colour_as_well_as_in_shape_and_word(
    open_return: Open, sent: Sent, hand: HandClock, choice: ThemeChoice, settle: Wait
) -> None:
    screen = open_return()
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        workspace.save(workspace.order[1], PeerMarks(levels={"evidence": 1}), hand.clock)
    screen._desk.theme.set_choice(choice)
    screen._desk.signals.changed.emit(change(Subject.PACKS))
    settle()
    screen.go.setFocus()
    tokens = screen._desk.theme.tokens
    image = screen.sheets.viewport().grab().toImage()
    rects = [screen.sheets.visualRect(screen.sheets.lines.index(row)) for row in (0, 1)]
    for rect, own, other in zip(rects, (tokens.wrap_up, tokens.in_hand), (tokens.in_hand, tokens.wrap_up), strict=True):
        seen = {
            image.pixelColor(x, y).name()
            for x in range(rect.left(), rect.left() + rect.width() // 4)
            for y in range(rect.top(), rect.bottom())
        }
        assert QColor(own).name() in seen
        assert QColor(other).name() not in seen


def test_a_sheet_submitted_meanwhile_is_no_longer_missing(
    open_return: Open, submit: Submit, sent: Sent, settle: Wait, messages: StandIn, stick: Path
) -> None:
    screen = open_return()
    screen.return_it()
    assert "not submitted yet" in problem(screen)
    submit(2)
    screen.arrived()
    settle()
    assert not screen.why.isVisible()
    assert problem(screen) == ""
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt is not None
    assert screen.receipt.missing == 0


def test_many_missing_sheets_are_named_up_to_a_few(open_return: Open) -> None:
    screen = open_return(submitted=0)
    assert screen.pack is not None
    one = screen.pack.sheets[0]
    many = [replace(one, id=str(number), number=number) for number in range(1, 321)]
    said = return_words.refused(many)
    assert "320 sheets are not submitted yet" in said
    assert said.endswith("and 314 more")
    assert return_words.how_far(screen.pack).startswith("No sheet is submitted yet.")


def test_what_is_missing_is_named_by_candidate_and_question_with_its_first_words(open_return: Open) -> None:
    screen = open_return(submitted=0)
    assert screen.pack is not None
    for line, sheet in zip(screen.sheets.lines.lines, screen.pack.missing, strict=True):
        assert line.title == f"{sheet.number}. Candidate A, question {sheet.question}"
        assert line.about.startswith(sheet.text[:60])
    read_out = screen.sheets.lines.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Candidate A" in read_out
    assert "Untouched" in read_out


def test_beside_the_receipt_stands_what_is_still_missing_with_a_way_to_it(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, qtbot: QtBot
) -> None:
    screen = open_return()
    screen.why.edit.setPlainText(WHY)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt_card.done_button.hasFocus()
    assert screen.sheets.isVisible()
    assert not screen.return_card.isVisible()
    missing = screen.sheets.lines.lines[0]
    assert missing.sign == "Untouched"
    with qtbot.waitSignal(screen.sheet_wanted) as wanted:
        qtbot.keyClick(screen.sheets, Qt.Key.Key_Return)
    assert wanted.args == [sent.id, missing.key]


def test_the_way_to_a_missing_sheet_ends_at_that_sheet_in_the_marking(
    open_return: Open, reviewer_desk: Desk, window: MainWindow, hand: HandClock, sent: Sent, qtbot: QtBot
) -> None:
    with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
        last = workspace.order[-1]
    screen = open_return(submitted=0)
    ways: list[MarkPackScreen] = []

    def mark(pack_id: str, sheet_id: str) -> None:
        ways.append(MarkPackScreen(reviewer_desk, window.commands, pack_id, sheet_id))

    screen.sheet_wanted.connect(mark)
    screen.sheets.choose(last)
    qtbot.keyClick(screen.sheets, Qt.Key.Key_Return)
    (marking,) = ways
    with qtbot.waitSignal(marking.filled):
        window.open(marking)
    assert marking.marking is not None
    assert marking.marking.step.id == last
