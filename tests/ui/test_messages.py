from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from tests.ui.conftest import Show
from ui.messages import Action, Kind, Messages
from ui.theme import Theme
from ui.widgets.banner import BannerArea


@pytest.fixture
def real(qapp: QApplication) -> Messages:
    return Messages()


@pytest.fixture
def area(real: Messages, show: Show) -> Iterator[BannerArea]:
    window = QWidget()
    window.resize(800, 300)
    made = BannerArea(real, window)
    QVBoxLayout(window).addWidget(made)
    show(window)
    yield made
    window.close()


def texts(area: BannerArea) -> list[str]:
    return [banner.label.text() for banner in area.banners()]


def test_what_is_said_is_on_screen_until_the_next_is_said(real: Messages, area: BannerArea) -> None:
    real.say("The report is saved.")
    assert texts(area) == ["The report is saved."]
    assert area.isVisible()
    real.say("The settings are saved.")
    assert texts(area) == ["The settings are saved."]


def test_an_empty_area_takes_no_room(real: Messages, area: BannerArea) -> None:
    assert not area.isVisible()
    real.say("Saved.")
    area.banners()[0].dismiss_button.click()
    assert real.current == ()
    assert not area.isVisible()


def test_a_user_error_says_what_happened_and_what_to_do(real: Messages, area: BannerArea) -> None:
    real.tell(UserError("The disk is full.", "Make room and try again."))
    assert texts(area) == ["The disk is full. Make room and try again."]
    assert real.current[0].kind is Kind.PROBLEM


def test_a_lasting_message_stays_beside_what_is_said(real: Messages, area: BannerArea) -> None:
    real.keep("saving", "Your words could not be saved.", Kind.PROBLEM)
    real.say("Something else.")
    assert texts(area) == ["Your words could not be saved.", "Something else."]
    real.clear("saving")
    assert texts(area) == ["Something else."]
    real.clear("saving")


def test_the_action_of_a_message_is_done_once_and_takes_it_away(real: Messages, area: BannerArea) -> None:
    done: list[int] = []
    real.say("Deleted.", action=Action(title="Undo", do=lambda: done.append(1)))
    area.banners()[0].action_button.click()
    assert done == [1]
    assert real.current == ()


def test_an_action_may_say_something_itself(real: Messages, area: BannerArea) -> None:
    real.say("Deleted.", action=Action(title="Undo", do=lambda: real.say("It is back.")))
    area.banners()[0].action_button.click()
    assert texts(area) == ["It is back."]


def test_messages_from_before_the_window_are_shown_in_it(real: Messages, show: Show) -> None:
    real.keep("settings", "Two settings could not be read.")
    window = QWidget()
    made = BannerArea(real, window)
    QVBoxLayout(window).addWidget(made)
    show(window)
    assert texts(made) == ["Two settings could not be read."]
    assert made.isVisible()


def test_peoples_words_are_not_read_as_markup(real: Messages, area: BannerArea) -> None:
    real.say("<b>Bold</b> & <img src=x>")
    banner = area.banners()[0]
    assert banner.label.textFormat() == Qt.TextFormat.PlainText
    assert banner.label.text() == "<b>Bold</b> & <img src=x>"


def test_a_message_is_announced_with_its_kind_as_a_word(
    real: Messages, area: BannerArea, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: spoken.append((event.message(), event.politeness()))
    )
    real.keep("saving", "Your words could not be saved.", Kind.PROBLEM)
    qtbot.waitUntil(lambda: bool(spoken))
    assert spoken == [
        ("Problem: Your words could not be saved.", QAccessible.AnnouncementPoliteness.Assertive),
    ]


def test_a_long_message_in_large_type_is_shown_whole(
    real: Messages, area: BannerArea, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_percent(200)
    real.keep(
        "saving",
        "Your words could not be saved: the disk is full. They stay on the screen, and the program tries again "
        "every two seconds until it works.",
        Kind.PROBLEM,
        action=Action(title="Try again", do=lambda: None),
    )
    area.window().resize(700, 900)
    label = area.banners()[0].label
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 2 * label.fontMetrics().height())


def open_dialog(kind: type[QDialog]) -> QDialog:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible())


@pytest.mark.parametrize(("word", "answer"), [("Delete for good", True), ("Keep it", False)])
def test_a_question_is_answered_by_its_own_words(real: Messages, show: Show, word: str, answer: bool) -> None:
    window = QWidget()
    show(window)
    answers: list[bool] = []
    real.ask("Delete the sitting for good?", yes="Delete for good", no="Keep it", then=answers.append)
    box = open_dialog(QMessageBox)
    next(button for button in box.findChildren(QPushButton) if button.text() == word).click()
    assert answers == [answer]


def test_escape_means_no(real: Messages, show: Show, qtbot: QtBot) -> None:
    window = QWidget()
    show(window)
    answers: list[bool] = []
    real.ask("Delete <b>it</b>?", yes="Delete", no="Keep it", then=answers.append)
    box = open_dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.defaultButton().text() == "Keep it"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert answers == [False]


def test_a_file_is_chosen_by_path(real: Messages, show: Show, tmp_path: Path) -> None:
    window = QWidget()
    show(window)
    chosen: list[Path] = []
    real.choose_save_file("Save the report", "feedback.pdf", "PDF (*.pdf)", chosen.append)
    dialog = open_dialog(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "pdf"
    dialog.selectFile(str(tmp_path / "feedback.pdf"))
    dialog.accept()
    assert chosen == [tmp_path / "feedback.pdf"]


def test_a_file_dialog_that_is_cancelled_calls_nobody(real: Messages, show: Show) -> None:
    window = QWidget()
    show(window)
    chosen: list[Path] = []
    real.choose_open_file("Import a bank", "Question bank (*.toml)", chosen.append)
    open_dialog(QFileDialog).reject()
    assert chosen == []


def test_a_question_without_a_window_stays_until_it_is_answered(real: Messages) -> None:
    """Another program may be in front, and nothing of ours active."""
    answers: list[bool] = []
    real.ask("Delete it?", yes="Delete", no="Keep it", then=answers.append)
    gc.collect()
    box = open_dialog(QMessageBox)
    box.reject()
    assert answers == [False]
