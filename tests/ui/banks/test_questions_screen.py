"""Finding questions, reading one, and leaving out what does not fit."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_editing, banks
from cqcmock.services.banks import QuestionLine, Wanted
from tests.one_question import WAITING
from tests.ui.banks.conftest import Wait
from tests.ui.conftest import StandIn
from ui.app_signals import Subject, change
from ui.banks import find_part, reading
from ui.banks.filter_bar import ALL, ARE_RETIRED
from ui.banks.models import QuestionModel, key_of
from ui.banks.question_view import HEARD, VERSIONS
from ui.banks.questions_screen import BANKS, QuestionsScreen
from ui.banks.reading import Choices, Filters, Found
from ui.banks.rows import SIGN, Row, RowView
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def search(screen: QuestionsScreen, words: str, settle: Wait) -> None:
    screen.finding.words.setText(words)
    screen.finding.search()
    settle()


def texts(screen: QuestionsScreen) -> list[str]:
    model = screen.finding.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def choose_in(screen: QuestionsScreen, filter_name: str, value: str, settle: Wait) -> None:
    combo = getattr(screen.finding.filters, filter_name)
    combo.setCurrentIndex(combo.findData(value))
    assert combo.currentData() == value
    settle()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def test_every_question_in_use_is_listed_and_counted(screen: QuestionsScreen, library: Library) -> None:
    there = banks.how_many(library, Wanted(retired=False))
    assert screen.finding.model.rowCount() == there > 500
    assert screen.finding.told.text() == f"{there} questions"
    assert screen.finding.words.hasFocus()


def test_typing_finds_from_the_second_letter_on_and_the_best_comes_first(
    screen: QuestionsScreen, library: Library, qtbot: QtBot
) -> None:
    there = screen.finding.model.rowCount()
    QTest.keyClicks(screen.finding.words, "q")
    qtbot.waitUntil(lambda: not screen.finding._timer.isActive())
    assert screen.finding.wanted().words == ""
    screen.finding.words.clear()
    QTest.keyClicks(screen.finding.words, "waiting list")
    qtbot.waitUntil(lambda: " of " in screen.finding.told.text())
    found = banks.browse(library, Wanted(words="waiting list", retired=False), 1000)
    assert screen.finding.told.text() == f"{len(found)} of {there} questions"
    assert [key_of(line) for line in screen.finding.model.lines] == [key_of(line) for line in found]
    assert screen.finding.list.currentIndex().row() == 0


def test_an_answer_to_an_earlier_search_never_replaces_that_of_a_later_one(
    screen: QuestionsScreen, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, go_on, shown = threading.Event(), threading.Event(), []
    real = reading.find

    def slow(desk: Desk, filters: Filters, *, ranked: bool, of: int | None = None) -> Found:
        under_way.set()
        assert go_on.wait(10)
        return real(desk, filters, ranked=ranked)

    monkeypatch.setattr(find_part, "find", slow)
    screen.finding.model.modelReset.connect(lambda: shown.append(screen.finding.model.rowCount()))
    for words in ("wait", "carers", "proud"):
        screen.finding.words.setText(words)
        screen.finding.search()
        assert under_way.wait(10)
    go_on.set()
    settle()
    assert shown == [screen.finding.model.rowCount()]
    assert screen.finding.found == real(screen._desk, Filters(words="proud"), ranked=True)


def test_a_large_library_is_shown_first_and_put_in_order_then(
    screen: QuestionsScreen, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_part, "MOST_LINES", 100)
    asked: list[bool] = []
    real = reading.find

    def find(desk: Desk, filters: Filters, *, ranked: bool, of: int | None = None) -> Found:
        asked.append(ranked)
        return real(desk, filters, ranked=ranked)

    monkeypatch.setattr(find_part, "find", find)
    search(screen, "waiting", settle)
    assert asked == [False, True]
    assert screen.finding.found is not None
    assert screen.finding.found.ranked


@pytest.mark.parametrize(
    ("filter_name", "value", "wanted"),
    [
        ("role", "principal-social-worker", Wanted(role="principal-social-worker", retired=False)),
        ("bank", "director", Wanted(bank="director", retired=False)),
        ("statement", "QS7", Wanted(statement="QS7", retired=False)),
        ("theme", "carers", Wanted(theme="carers", retired=False)),
        ("source", "framework", Wanted(source="framework", retired=False)),
    ],
)
def test_each_filter_leaves_out_what_is_not_of_it(
    filter_name: str, value: str, wanted: Wanted, screen: QuestionsScreen, library: Library, settle: Wait
) -> None:
    there = screen.finding.model.rowCount()
    choose_in(screen, filter_name, value, settle)
    assert 0 < screen.finding.model.rowCount() == banks.how_many(library, wanted) < there


def test_the_chosen_question_is_read_as_it_is_asked_and_as_it_is_heard(
    own_bank: str, screen: QuestionsScreen, settle: Wait
) -> None:
    choose_in(screen, "bank", own_bank, settle)
    view = screen.finding.view
    asked = view.asked.text()
    assert "Who waits longest in Hertfordshire?" in asked
    assert "10 s to think · a good length is 1 min 30 s · at most 2 min 30 s" in asked
    assert "names who waits in Hertfordshire" in asked
    assert "Assessing needs" in asked
    assert "Waiting, and being safe meanwhile" in asked
    assert "Your council's own" in asked
    assert "{place}" not in asked
    view.tabs.setCurrentIndex(HEARD)
    heard = view.heard.text()
    assert view.heard.isVisible()
    assert not view.asked.isVisible()
    for words in ("Who waits", "Matters most", "“waits longest”", "“Who is it?”", "If no number is said", "“How many"):
        assert words in heard
    assert "no-number" not in heard


def test_retiring_and_taking_it_back_need_only_the_keyboard(
    screen: QuestionsScreen, messages: StandIn, settle: Wait, library: Library
) -> None:
    search(screen, "waiting", settle)
    before, first = texts(screen), screen.finding.chosen_keys()
    press(Qt.Key.Key_D)
    settle()
    assert texts(screen) == before[1:]
    assert messages.texts == [f"“{before[0]}” is retired."]
    assert banks.browse(library, Wanted(retired=True))[0].question == first[0][1]
    press(Qt.Key.Key_Z)
    settle()
    assert texts(screen) == before
    assert banks.how_many(library, Wanted(retired=True)) == 0


def test_what_is_retired_says_so_in_words_and_can_be_restored(
    screen: QuestionsScreen, library: Library, desk: Desk, settle: Wait
) -> None:
    desk.signals.changed.emit(change(Subject.BANKS))
    line = screen.finding.chosen_lines()[0]
    bank_editing.retire(library, [key_of(line)], desk.clock)
    choose_in(screen, "show_which", ARE_RETIRED, settle)
    index = screen.finding.model.index(0)
    assert screen.finding.model.rowCount() == 1
    assert index.data(SIGN) == "Retired"
    assert str(index.data(SPOKEN)).startswith(f"{line.text}, {line.bank_title}, ")
    assert str(index.data(SPOKEN)).endswith(", retired")
    assert "Retired" in screen.finding.view.asked.text()
    assert not screen.finding.view.use.isEnabled()
    screen.finding.view.retire.click()
    settle()
    assert screen.finding.nothing.text().startswith("No question is retired.")
    assert banks.how_many(library, Wanted(retired=True)) == 0


def test_several_are_retired_at_once_and_one_undo_restores_them(
    screen: QuestionsScreen, messages: StandIn, library: Library, settle: Wait
) -> None:
    screen.finding.list.choose([0, 2, 4], 0)
    assert screen.finding.view.retire.text() == "Retire these 3"
    screen.finding.view.retire.click()
    settle()
    assert banks.how_many(library, Wanted(retired=True)) == 3
    (message,) = messages.current
    assert message.text == "3 questions retired."
    assert message.action is not None
    message.action.do()
    message.action.do()  # a second time there is nothing to take back
    settle()
    assert banks.how_many(library, Wanted(retired=True)) == 0


def test_a_question_of_a_retired_bank_comes_back_with_its_bank(
    screen: QuestionsScreen, messages: StandIn, library: Library, desk: Desk, settle: Wait
) -> None:
    bank_editing.retire(library, [("opposition", "")], desk.clock)
    screen.see_bank("opposition")
    screen.refresh()
    settle()
    screen.finding.retire_or_restore()
    (message,) = messages.current
    assert message.text.startswith("The whole bank “Opposition spokesperson” is retired")
    assert message.action is not None
    message.action.do()
    settle()
    assert banks.how_many(library, Wanted(retired=True)) == 0


def test_what_is_chosen_and_in_use_goes_into_a_rehearsal(
    own_bank: str, screen: QuestionsScreen, library: Library, desk: Desk, settle: Wait, qtbot: QtBot
) -> None:
    keys = [key_of(line) for line in screen.finding.model.lines[:3]]
    bank_editing.retire(library, keys[1:2], desk.clock)
    choose_in(screen, "show_which", ALL, settle)
    screen.finding.list.choose(screen.finding.model.rows_of(keys), 0)
    assert screen.finding.view.use.text() == "Use 2 questions in a rehearsal"
    with qtbot.waitSignal(screen.rehearse_wanted) as wanted:
        screen.finding.view.use.click()
    assert wanted.args == [(keys[0], keys[2])]


def test_changing_and_making_say_which_question_and_which_bank_are_meant(
    own_bank: str, screen: QuestionsScreen, settle: Wait, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(screen.new_question_wanted) as new:
        screen.new_question.click()
    assert new.args == [""]  # nothing can be added to a shipped bank
    choose_in(screen, "bank", own_bank, settle)
    with qtbot.waitSignal(screen.new_question_wanted) as new:
        press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert new.args == [own_bank]
    with qtbot.waitSignal(screen.change_wanted) as wanted:
        screen.finding.view.change.click()
    assert wanted.args == [own_bank, "who-waits-longest-in"]


def test_earlier_versions_can_be_read_and_put_back(
    own_bank: str, screen: QuestionsScreen, window: MainWindow, library: Library, desk: Desk, settle: Wait
) -> None:
    now = banks.show_question(library, own_bank, "who-waits-longest-in")
    bank_editing.save_question(library, own_bank, replace(now, text="Who waits?"), desk.clock, replacing=now)
    choose_in(screen, "bank", own_bank, settle)
    screen.finding.view.tabs.setCurrentIndex(VERSIONS)
    settle()
    versions = screen.finding.view.versions
    assert [versions.list.item(row).text().split(" until ")[0] for row in range(2)] == ["As it was", "It was not there"]
    assert "Who waits longest in Hertfordshire?" in versions.asked.text()
    assert "If no number is said" in versions.heard.text()
    versions.put_back.click()
    settle()
    assert texts(screen) == ["Who waits longest in Hertfordshire?"]
    assert banks.show_question(library, own_bank, now.id) == now
    assert versions.list.count() == 3
    window.commands.run(CommandId.UNDO)
    settle()
    assert banks.show_question(library, own_bank, now.id).text == "Who waits?"


def test_a_question_that_was_never_changed_has_no_earlier_versions(screen: QuestionsScreen, settle: Wait) -> None:
    screen.finding.view.tabs.setCurrentIndex(VERSIONS)
    settle()
    assert screen.finding.view.versions.told.text().startswith("This question has not been changed")
    assert not screen.finding.view.versions.put_back.isVisible()


def test_ones_own_question_can_be_deleted_and_comes_back(
    own_bank: str, screen: QuestionsScreen, messages: StandIn, library: Library, settle: Wait
) -> None:
    assert not screen.finding.view.delete.isVisible()  # it came with the program
    choose_in(screen, "bank", own_bank, settle)
    screen.finding.view.delete.click()
    settle()
    assert texts(screen) == []
    assert messages.texts == ["“Who waits longest in Hertfordshire?” is deleted."]
    assert screen.finding.words.hasFocus()
    assert messages.current[0].action is not None
    messages.current[0].action.do()
    settle()
    assert texts(screen) == ["Who waits longest in Hertfordshire?"]


def test_where_nothing_matches_it_says_what_to_do(screen: QuestionsScreen, settle: Wait) -> None:
    there = screen.finding.model.rowCount()
    search(screen, "zzzz", settle)
    assert screen.finding.nothing.text() == "No question matches. Try fewer words, or leave out a filter."
    assert not screen.finding.list.isVisible()
    screen.finding.clear_all.click()
    screen.finding.search()
    settle()
    assert screen.finding.model.rowCount() == there
    assert screen.finding.words.hasFocus()


def test_a_change_made_elsewhere_is_shown_and_the_chosen_question_stays(
    screen: QuestionsScreen, library: Library, desk: Desk, settle: Wait
) -> None:
    screen.finding.list.choose([], 7)
    settle()
    chosen = screen.finding.chosen_keys()
    gone = key_of(screen.finding.model.lines[0])
    bank_editing.retire(library, [gone], desk.clock)
    desk.signals.changed.emit(change(Subject.BANKS))
    settle()
    assert gone not in [key_of(line) for line in screen.finding.model.lines]
    assert screen.finding.chosen_keys() == chosen
    assert screen.finding.list.currentIndex().row() == 6


def test_another_place_is_in_every_question_at_once(
    own_bank: str, screen: QuestionsScreen, desk: Desk, settle: Wait
) -> None:
    choose_in(screen, "bank", own_bank, settle)
    desk.change_settings(replace(desk.settings, place="Rutland", council=""))
    settle()
    assert texts(screen) == ["Who waits longest in Rutland?"]
    assert "Who waits longest in Rutland?" in screen.finding.view.asked.text()


def test_the_arrow_down_leads_from_the_words_to_the_list_and_ctrl_f_back(screen: QuestionsScreen) -> None:
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert screen.finding.list.hasFocus()
    screen.tabs.setCurrentIndex(BANKS)
    assert not screen.finding.isVisible()
    screen.tabs.setFocus()
    press(Qt.Key.Key_F)
    assert screen.finding.words.hasFocus()


def test_a_question_that_was_just_made_is_shown_whatever_was_looked_for(
    own_bank: str, screen: QuestionsScreen, settle: Wait
) -> None:
    search(screen, "zzzz", settle)
    screen.tabs.setCurrentIndex(BANKS)
    screen.show_question(own_bank, "who-waits-longest-in")
    screen.finding.search()
    settle()
    assert screen.finding.chosen_keys() == [(own_bank, "who-waits-longest-in")]
    assert "Who waits longest in Hertfordshire?" in screen.finding.view.asked.text()


def test_with_large_type_the_question_is_below_the_list_and_the_filters_are_folded(
    screen: QuestionsScreen, window: MainWindow, theme: Theme, settle: Wait, qtbot: QtBot
) -> None:
    window.resize(1180, 760)
    settle()
    assert not screen.finding.beside.below
    theme.set_percent(200)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: screen.finding.beside.below)
    settle()
    filters, pane = screen.finding.filters, screen.finding.view.pane
    assert not filters.role.isVisible()
    filters.fold.click()
    assert filters.role.hasFocus()
    qtbot.waitUntil(lambda: pane.verticalScrollBar().maximum() == 0)  # the page scrolls, and nothing within it
    assert screen.page.horizontalScrollBar().maximum() == 0


def test_a_file_that_is_dropped_among_the_questions_is_wanted_in(screen: QuestionsScreen, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/ours.xlsx")])
    at, no_key = QPointF(10, 10), Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(screen.import_wanted) as wanted:
        screen.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_key))
    assert wanted.args == [Path("/somewhere/ours.xlsx")]
    with qtbot.waitSignal(screen.import_wanted) as wanted:
        press(Qt.Key.Key_I)
    assert wanted.args == [None]


def test_the_lists_keep_the_rules_of_qt(own_bank: str, screen: QuestionsScreen, settle: Wait) -> None:
    for model in (screen.finding.model, screen.banks.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    search(screen, "carers", settle)
    choose_in(screen, "bank", own_bank, settle)
    assert screen.finding.model.rowCount() == 0


def test_ten_thousand_rows_are_laid_out_without_measuring_each(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, theme: Theme
) -> None:
    line = QuestionLine(
        bank="b", bank_title="Bank", question="q", text=f"{WAITING.text} 😀 {'x' * 500} סוף", kind="question",
        statements=("QS1",), themes=(), source="council", retired=True,
    )  # fmt: skip
    measured: list[int] = []
    real = Row.sizeHint

    def size_hint(self: Row, option: object, index: object) -> QSize:
        measured.append(1)
        return real(self, option, index)  # type: ignore[arg-type]

    monkeypatch.setattr(Row, "sizeHint", size_hint)
    model = QuestionModel()
    model.show([replace(line, question=f"q{number}") for number in range(10_000)], Choices())
    view = RowView(model, "Questions", lines=2, several=True)
    qtbot.addWidget(view)
    view.show()
    view.choose([], 9_999)
    QApplication.processEvents()
    view.selectionModel().select(model.index(9_998), QItemSelectionModel.SelectionFlag.Select)
    assert not view.grab().isNull()
    assert view.visualRect(model.index(9_999)).top() < view.viewport().height()
    assert view.rows() == [9_998, 9_999]
    assert len(measured) < 100
