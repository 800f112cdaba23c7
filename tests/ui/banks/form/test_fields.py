"""The form of a question in the real window, by keyboard: its fields, what is said beside them, and its points."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.questions import Point
from cqcmock.services import banks
from tests.ui.banks.form.hands import Open, done_with, settle, tick
from tests.ui.conftest import StandIn
from ui.banks.question_form_mistakes import LIMIT_TOO_SHORT, NO_LABEL, NO_PHRASE, NO_PROBE, NO_STATEMENT, NO_TEXT
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow


def test_every_field_of_a_question_comes_back_out_of_the_form_as_it_went_in(form: Open, kept: tuple[str, str]) -> None:
    screen = form(*kept)
    assert screen.form.question() == banks.show_question(screen._desk.library, *kept)
    assert not screen.is_changed


@pytest.mark.parametrize("bank", ["lead-member", "seldom-heard"])
def test_shipped_questions_survive_the_form(bank: str, form: Open, desk: Desk) -> None:
    whole = banks.show_bank(desk.library, bank)
    screen = form(bank, whole.questions[0].id)
    for question in whole.questions[:8]:
        screen.form.show_question(question)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shown = screen.form.question()
        order = {"statements": (), "themes": (), "avoid": (), "roles": (), "probes": ()}
        assert replace(shown, **order) == replace(question, **order)  # type: ignore[arg-type]
        for name in ("statements", "themes", "avoid", "probes"):
            assert set(getattr(shown, name)) == set(getattr(question, name))


def test_the_question_is_shown_as_it_is_asked_in_the_chosen_place(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    qtbot.keyClicks(screen.form.text.edit, "Tell me about ")
    screen.form.put_place.setFocus()
    qtbot.keyClick(screen.form.put_place, Qt.Key.Key_Return)
    assert screen.form.text.edit.hasFocus()
    assert screen.form.text.text == "Tell me about {place}"
    assert "Tell me about Hertfordshire" in screen.form.asked.text()


def test_what_is_missing_is_not_held_against_anybody_before_they_try_to_keep_it(
    form: Open, own: str, qtbot: QtBot
) -> None:
    screen = form(own)
    assert screen.foot.mend.text() == "2 things to fill in"
    assert not screen.form.text.problem.isVisible()
    screen.keep()
    qtbot.waitUntil(screen.form.text.problem.isVisible)
    assert screen.form.text.problem.text() == NO_TEXT
    assert screen.form.statements.problem.text() == NO_STATEMENT
    assert screen.form.text.edit.hasFocus()
    assert NO_TEXT in screen.form.text.edit.accessibleDescription()


def test_a_mistake_is_said_beside_its_field_while_typing_goes_on(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    qtbot.keyClicks(screen.form.text.edit, "Who waits in {town}?")
    settle(qtbot, screen)
    assert "{town}" in screen.form.text.problem.text()
    assert screen.form.text.problem.isVisible()
    screen.form.times["limit_seconds"].number.setValue(60)
    settle(qtbot, screen)
    assert screen.form.times["limit_seconds"].problem.text() == LIMIT_TOO_SHORT
    assert screen.foot.mend.text() == "3 things to mend"
    screen.form.text.edit.selectAll()
    qtbot.keyClicks(screen.form.text.edit, "Who waits?")
    settle(qtbot, screen)
    assert screen.form.text.problem.isHidden()


def test_the_count_at_the_foot_takes_the_keyboard_into_the_fold_with_the_first_mistake(
    form: Open, kept: tuple[str, str], qtbot: QtBot
) -> None:
    screen = form(*kept)
    screen.form.times["limit_seconds"].number.setValue(30)
    settle(qtbot, screen)
    assert not screen.form.times_fold.is_open
    screen.foot.mend.setFocus()
    qtbot.keyClick(screen.foot.mend, Qt.Key.Key_Return)
    assert screen.form.times_fold.is_open
    assert screen.form.times["limit_seconds"].number.hasFocus()


def test_a_point_is_added_by_keyboard_and_each_gap_in_it_is_named(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk
) -> None:
    screen = form(*kept)
    points = screen.form.points
    points.add.setFocus()
    qtbot.keyClick(points.add, Qt.Key.Key_Space)
    new = points.parts[-1]
    assert new.label.line.hasFocus()
    screen.keep()
    qtbot.waitUntil(new.label.problem.isVisible)
    said = [new.label.problem.text(), new.phrases.problem.text(), new.probe.problem.text()]
    assert said == [NO_LABEL, NO_PHRASE, NO_PROBE]
    qtbot.keyClicks(new.label.line, "Unpaid carers")
    qtbot.keyClick(new.label.line, Qt.Key.Key_Tab)
    new.phrases.edit.insertPlainText("• young carers\n\n  caring for a parent \n")  # as pasted from a document
    qtbot.keyClick(new.phrases.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(new.probe.edit, "Where do carers fit in?")
    done_with(qtbot, screen)
    last = banks.show_question(desk.library, *kept).points[-1]
    assert last == Point(
        id="unpaid-carers",
        label="Unpaid carers",
        phrases=("young carers", "caring for a parent"),
        probe="Where do carers fit in?",
    )


def test_points_are_moved_and_the_keyboard_stays_on_the_button(form: Open, kept: tuple[str, str], qtbot: QtBot) -> None:
    screen = form(*kept)
    points = screen.form.points
    first = points.parts[0]
    first.fold.set_open(True)
    assert not first.up.isEnabled()
    first.down.setFocus()
    qtbot.keyClick(first.down, Qt.Key.Key_Return)
    assert [point.id for point in points.points()] == ["days", "who"]
    assert first.up.hasFocus()
    assert screen.is_changed


def test_a_point_that_was_deleted_comes_back_where_it_was_with_undo(
    form: Open, kept: tuple[str, str], qtbot: QtBot, window: MainWindow, messages: StandIn
) -> None:
    screen = form(*kept)
    before = screen.form.points.points()
    screen.form.points.parts[0].fold.set_open(True)
    screen.form.points.parts[0].delete.click()
    assert [point.id for point in screen.form.points.points()] == ["days"]
    assert any("Who waits" in text for text in messages.texts)
    assert window.commands.run(CommandId.UNDO)
    assert screen.form.points.points() == before
    assert not screen.is_changed
    assert messages.texts == []


def test_a_question_for_other_people_than_ones_own_bank_begins_with_a_new_bank_for_them(
    form: Open, own: str, desk: Desk
) -> None:
    social_worker = banks.show_bank(desk.library, "principal-social-worker").questions[0]
    screen = form("principal-social-worker", social_worker.id)
    assert screen.form.bank.chosen == ""
    assert screen.form.bank.new_roles.values == ("principal-social-worker",)


def test_a_paste_without_end_is_refused_in_words_until_something_else_is_typed(
    form: Open, own: str, qtbot: QtBot
) -> None:
    screen = form(own)
    data = QMimeData()
    data.setText("word " * 1_000)
    screen.form.text.edit.insertFromMimeData(data)
    assert screen.form.text.text == ""
    assert "too long" in screen.form.text.problem.text()
    qtbot.keyClicks(screen.form.text.edit, "W")
    assert screen.form.text.problem.isHidden()


def test_who_is_asked_follows_the_bank_and_somebody_has_to_be(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    roles = screen.form.bank.roles
    assert roles.values == ("lead-member", "director")
    assert screen.form.question().roles == ()  # everybody
    tick(qtbot, roles.list, "director")
    assert screen.form.question().roles == ("lead-member",)
    tick(qtbot, roles.list, "lead-member")
    settle(qtbot, screen)
    assert roles.problem.isVisible()
    box = screen.form.bank.bank.box
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    assert screen.form.bank.new_name.isVisible()
    assert not roles.isVisible()


def test_a_theme_is_found_by_its_words_and_ticked_without_the_mouse(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    themes = screen.form.themes
    themes.words.setFocus()
    qtbot.keyClicks(themes.words, "break car")
    qtbot.keyClick(themes.words, Qt.Key.Key_Return)
    assert themes.list.hasFocus()
    qtbot.keyClick(themes.list, Qt.Key.Key_Space)
    assert themes.ticked.text() == "Ticked: A break from caring"
    qtbot.keyClicks(themes.words, " nonsense")
    assert themes.nothing.isVisible()
    assert len(themes.values) == 1


def test_an_answer_that_is_tried_is_heard_by_the_question_as_it_stands(
    form: Open, kept: tuple[str, str], qtbot: QtBot
) -> None:
    screen = form(*kept)
    trying = screen.form.trying
    screen.form.trying_fold.set_open(True)
    trying.answer.edit.setPlainText("The longest wait is on the occupational therapy list.")

    def recognised() -> list[str]:
        return [row.text for row in trying.remarks.model.rows]

    qtbot.waitUntil(lambda: "✓\u2002Who waits" in recognised(), timeout=5000)
    assert "–\u2002How many days" in recognised()
    assert "How long is that?" in trying.asked.text()
    screen.form.points.parts[1].phrases.edit.setPlainText("occupational therapy")
    qtbot.waitUntil(lambda: "✓\u2002How many days" in recognised(), timeout=5000)


def test_the_point_that_the_keyboard_goes_to_is_in_sight(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    for _ in range(3):
        screen.form.points.add.click()
    line = screen.form.points.parts[-1].label.line
    qtbot.waitUntil(lambda: not line.visibleRegion().isEmpty())
    screen.form.points.parts[-1].delete.click()
    focus = QApplication.focusWidget()
    assert focus is screen.form.points.parts[-1].fold.button
    qtbot.waitUntil(lambda: not focus.visibleRegion().isEmpty())


def test_the_page_follows_the_arrows_down_a_list_of_ticks(form: Open, own: str, qtbot: QtBot) -> None:
    screen = form(own)
    screen._desk.theme.set_percent(200)
    statements = screen.form.statements.list
    seen: list[int] = []

    def at_rest() -> bool:
        """Larger type has found its places."""
        seen.append(statements.mapTo(screen, QPoint()).y())
        return len(seen) > 5 and len({*seen[-5:]}) == 1

    qtbot.waitUntil(at_rest)
    statements.setFocus()
    for row in range(statements.count()):
        assert statements.currentRow() == row
        line = statements.visualItemRect(statements.currentItem())
        assert statements.visibleRegion().contains(line.center())
        qtbot.keyClick(statements, Qt.Key.Key_Down)


def test_tab_goes_through_the_form_from_top_to_bottom(form: Open, kept: tuple[str, str], qtbot: QtBot) -> None:
    screen = form(*kept)
    screen.versions_fold.set_open(True)
    for fold in (screen.form.times_fold, screen.form.good_fold, screen.form.probes_fold, screen.form.trying_fold):
        fold.set_open(True)
    for part in screen.form.points.parts:
        part.fold.set_open(True)
    qtbot.waitUntil(lambda: not screen._desk.tasks.busy)
    screen.form.text.focus()
    places: list[tuple[int, int]] = []
    focus = QApplication.focusWidget()
    while focus is not None and not screen.foot.isAncestorOf(focus):
        inside = screen.page.widget()
        assert inside is not None
        assert inside.isAncestorOf(focus)
        place = focus.mapTo(inside, focus.rect().topLeft())
        places.append((place.y(), place.x()))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not focus
        focus = QApplication.focusWidget()
    same_row = screen.form.put_place.height() / 2
    assert len(places) > 40
    assert all(before[0] <= after[0] + same_row for before, after in pairwise(places))
    assert focus is screen.foot.keep


def test_everything_that_takes_the_keyboard_has_a_name(form: Open, kept: tuple[str, str]) -> None:
    screen = form(*kept)
    stops = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is screen.window()
    ]
    own = [widget for widget in stops if not widget.objectName().startswith("qt_")]
    assert len(own) > 40
    assert [widget for widget in own if not widget.accessibleName()] == []
