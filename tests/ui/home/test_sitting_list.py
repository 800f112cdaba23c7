"""The list of sittings: a real model, quick with hundreds, worked with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.modes import Mode
from cqcmock.domain.sitting import SittingSummary
from ui.home.sitting_list import SittingList, SittingRow
from ui.home.sitting_model import SittingModel

TODAY = date(2026, 11, 21)


def summary(number: int, phase: Phase = Phase.DONE, title: str = "") -> SittingSummary:
    at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC) - timedelta(hours=number)
    return SittingSummary(
        id=f"id-{number}",
        title=title or f"Sitting {number}",
        person="",
        role="lead-member",
        role_name="Lead member",
        place="Hertfordshire",
        mode=Mode.REALISTIC,
        phase=phase,
        question=4,
        questions=8,
        question_text="Who do you not hear from?",
        answers=3,
        started_at=at,
        last_saved_at=at,
    )


MANY = tuple(summary(number) for number in range(200))


@settings(max_examples=40, deadline=None)
@given(
    deeds=some.lists(
        some.one_of(
            some.tuples(some.just("show"), some.integers(0, 30)),
            some.tuples(some.just("take"), some.integers(0, 30)),
            some.tuples(some.just("put back"), some.integers(0, 30)),
            some.tuples(some.just("rename"), some.integers(0, 30)),
        ),
        max_size=12,
    )
)
def test_the_model_keeps_its_promises_to_qt_whatever_is_done_with_it(
    qapp: QApplication, deeds: list[tuple[str, int]]
) -> None:
    model = SittingModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    taken: list[tuple[int, SittingSummary]] = []
    for deed, number in deeds:
        match deed:
            case "show":
                model.show(MANY[:number], TODAY)
                taken.clear()
            case "take":
                if (one := model.take(f"id-{number}")) is not None:
                    taken.append(one)
            case "put back":
                if taken:
                    row, sitting = taken.pop()
                    model.put_back(row, sitting)
                    assert model.row_of(sitting.id) >= 0
            case _:
                model.setData(model.index(number), f"Renamed {number}", Qt.ItemDataRole.EditRole)
    ids = [sitting.id for row in range(model.rowCount()) if (sitting := model.sitting(model.index(row))) is not None]
    assert len(set(ids)) == model.rowCount()
    del tester


def test_a_long_list_draws_only_the_rows_in_sight(
    show: Callable[[QWidget], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    paint = SittingRow.paint

    def counted(self: SittingRow, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        drawn.append(index.row())
        paint(self, painter, option, index)

    monkeypatch.setattr(SittingRow, "paint", counted)
    shown = SittingList()
    shown.show_sittings(MANY, TODAY)
    show(shown)
    qtbot.waitUntil(lambda: bool(drawn))
    assert shown.model.rowCount() == 200
    assert max(drawn) < 20


def test_the_list_is_as_high_as_its_rows_and_no_higher_than_eight_of_them(
    show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    shown = SittingList()
    shown.show_sittings(MANY[:2], TODAY)
    shown.resize(900, 900)
    show(shown)
    row = shown.view.sizeHintForRow(0)
    qtbot.waitUntil(lambda: 2 * row <= shown.view.height() <= 3 * row)
    shown.show_sittings(MANY, TODAY)
    qtbot.waitUntil(lambda: 8 * row <= shown.view.height() <= 9 * row)


@pytest.mark.parametrize(
    ("phase", "signal", "words"),
    [
        (Phase.ANSWER, "carry_on_wanted", "Carry on"),
        (Phase.LAST_WORDS, "carry_on_wanted", "Carry on"),
        (Phase.OWN_MARKS, "marks_wanted", "Mark your answers"),
        (Phase.REFLECTION, "reflection_wanted", "Write your reflection"),
        (Phase.DONE, "report_wanted", ""),
    ],
)
def test_return_does_with_a_sitting_what_comes_next(
    show: Callable[[QWidget], None], qtbot: QtBot, phase: Phase, signal: str, words: str
) -> None:
    shown = SittingList()
    shown.show_sittings([summary(0), summary(1, phase)], TODAY)
    show(shown)
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(getattr(shown, signal)) as caught:
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert caught.args == ["id-1"]
    assert shown.go_on.text() == words
    assert shown.go_on.isVisible() == bool(words)
    assert shown.report.isEnabled() == (phase in (Phase.OWN_MARKS, Phase.REFLECTION, Phase.DONE))


def test_what_a_reviewer_can_mark_is_sent_from_its_row(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    shown = SittingList()
    moved: list[bool] = []
    shown.moved.connect(lambda: moved.append(shown.can_send))
    shown.show_sittings(MANY[:2], TODAY, {"id-1"})
    show(shown)
    assert not shown.send.isEnabled()
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert moved[-1]
    assert shown.send.accessibleDescription() == "Sitting 1"
    shown.send.setFocus()
    with qtbot.waitSignal(shown.pack_wanted) as caught:
        QTest.keyClick(shown.send, Qt.Key.Key_Return)
    assert caught.args == ["id-1"]
    shown.show_sittings(MANY[:2], TODAY)
    assert not shown.send.isEnabled()


def test_f2_renames_in_the_row(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    shown = SittingList()
    shown.show_sittings([summary(0)], TODAY)
    show(shown)
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_F2)
    editor = shown.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Sitting 0"
    editor.clear()
    QTest.keyClicks(editor, "  With the   chief executive ")
    with qtbot.waitSignal(shown.renamed) as caught:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args == ["id-0", "With the chief executive"]
    assert shown.model.index(0).data() == "With the chief executive"


@pytest.mark.parametrize("title", ["", "   ", "Sitting 0"])
def test_an_empty_title_or_the_same_one_renames_nothing(qtbot: QtBot, title: str) -> None:
    model = SittingModel()
    model.show([summary(0)], TODAY)
    with qtbot.assertNotEmitted(model.renamed):
        assert not model.setData(model.index(0), title, Qt.ItemDataRole.EditRole)
    assert model.index(0).data() == "Sitting 0"


def test_the_chosen_sitting_stays_chosen_when_others_come_before_it(
    show: Callable[[QWidget], None],
) -> None:
    shown = SittingList()
    shown.show_sittings(MANY[5:50], TODAY)
    show(shown)
    shown.choose(7)
    shown.show_sittings(MANY, TODAY)
    assert shown.chosen is not None
    assert shown.chosen.id == "id-12"


def test_a_reader_hears_title_state_role_mode_and_when(qapp: QApplication) -> None:
    model = SittingModel()
    model.show([replace(summary(0, Phase.ANSWER), title="First go")], TODAY)
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("First go. Question 4 of 8. Lead member · realistic mode · ")
