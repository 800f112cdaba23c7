"""What was said and what was recognised in it, beside the own marks: seen, explained and overruled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat
from pytestqt.qtbot import QtBot

from cqcmock.domain.hearing import HeardNumber, Hearing
from cqcmock.domain.interview import ProbeAnswer, Take
from cqcmock.domain.remarks import groups
from cqcmock.services import sittings
from tests.clocks import HandClock
from tests.ui.rehearse.finished_interviews import REPLIED, SAID
from tests.ui.rehearse.marks_hands import Open
from ui.desk import Desk
from ui.rehearse.own_marks_screen import OwnMarksScreen
from ui.rehearse.said_words import SaidWords


def test_the_answer_stands_there_in_full_with_recognised_words_bold_and_underlined(
    open_marks: Open, desk: Desk, clock: HandClock
) -> None:
    screen = open_marks()
    text = screen.answer.words.toPlainText()
    take = sittings.load(desk.library, screen.sitting_id).state.takes[0][0]
    assert text.startswith(SAID)
    assert all(f"Then you were asked: {probe.text}\n{REPLIED}" in text for probe in take.probes)
    assert take.probes
    underlined = _underlined(screen)
    assert "over sixty-five" in underlined
    assert len("".join(underlined)) < len(text)
    assert "You took 2 min 10 s" in screen.answer.time.text()
    assert screen.answer.light.accessibleName() == "Past the aim"
    shown = [row.text for row in screen.answer.remarks.model.rows]
    assert "Recognised" in shown
    assert any(line.startswith("✓") for line in shown)
    assert any(line.startswith("–") for line in shown)
    assert "Numbers" in shown


def _underlined(screen: OwnMarksScreen) -> list[str]:
    document = screen.answer.words.document()
    found = []
    block = document.begin()
    while block.isValid():
        for fragment in block:
            piece = fragment.fragment()
            if piece.charFormat().fontWeight() >= QFont.Weight.Bold:
                assert piece.charFormat().underlineStyle() is not QTextCharFormat.UnderlineStyle.NoUnderline
                found.append(piece.text())
        block = block.next()
    return found


@pytest.mark.parametrize("said", ["<b>no</b> & <img src=x>", "x" * 10_000, "שלום 😀", ""])
def test_whatever_was_said_is_shown_as_it_was(open_marks: Open, said: str) -> None:
    screen = open_marks(answers=(said,))
    shown = screen.answer.words.toPlainText()
    assert shown.startswith(said or "No answer was written down.")
    assert screen.answer.words.horizontalScrollBar().maximum() == 0


def test_words_in_probes_are_marked_in_their_own_place(qtbot: QtBot) -> None:
    words = SaidWords()
    qtbot.addWidget(words)
    take = Take(text="abc 40 carers", probes=(ProbeAnswer(text="?", cue="always", answer="We have 50 carers"),))
    number = take.spoken.index("50")
    found = HeardNumber(text="50", value=50, unit="carers", year=None, span=(number, number + 2), why="A number.")
    assert words.show_take(take, Hearing(points=(), numbers=(found,)))
    (group,) = groups(Hearing(points=(), numbers=(found,)))
    words.point_at(group.remarks[0])
    assert words.textCursor().selectedText() == "50"
    cursor = words.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    assert cursor.charFormat().toolTip() == "A number."
    assert cursor.charFormat().underlineStyle() is QTextCharFormat.UnderlineStyle.DashUnderline


def test_one_key_overrules_a_point_and_lets_it_stand_again(open_marks: Open, desk: Desk, qtbot: QtBot) -> None:
    screen = open_marks(answers=("We are a place.",))
    remarks = screen.answer.remarks
    missed = next(at for at, row in enumerate(remarks.model.rows) if row.text.startswith("–"))
    point = remarks.model.rows[missed].remark
    assert point is not None
    for overruled in (True, False):
        row = next(at for at, row in enumerate(remarks.model.rows) if row.remark and row.remark.key == point.key)
        remarks.lines.setFocus()
        remarks.lines.setCurrentIndex(remarks.model.index(row))
        qtbot.keyClick(remarks.lines, Qt.Key.Key_X)
        qtbot.waitUntil(lambda expected=overruled: remarks.remark is not None and remarks.remark.overruled is expected)
        state = sittings.load(desk.library, screen.sitting_id).state
        assert [said.key for _question, _take, said in state.overrulings] == ([point.key] if overruled else [])
        shown = remarks.lines.currentIndex().data()
        assert ("you say that you said it" in shown) is overruled
        assert shown.startswith("✓" if overruled else "–")


def test_every_line_says_its_reason_on_hover_and_to_a_screen_reader(open_marks: Open) -> None:
    remarks = open_marks(answers=("We are developing a strategy for 300 carers.",)).answer.remarks
    kinds = [row.remark.kind if row.remark else "" for row in remarks.model.rows]
    index = remarks.model.index(kinds.index("in-progress"))
    why = index.data(Qt.ItemDataRole.ToolTipRole)
    assert why
    assert why in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_take_can_be_looked_at_and_the_latest_is_shown_first(open_marks: Open) -> None:
    screen = open_marks(answers=(SAID,), takes=2)
    assert screen.answer.takes.currentText() == "Second take"
    assert screen.answer.words.toPlainText().startswith(SAID)
    screen.answer.takes.setCurrentIndex(0)
    assert screen.answer.words.toPlainText().startswith("Take 1.")
