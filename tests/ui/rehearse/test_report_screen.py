"""The report in the real window: made from a real sitting, seen, and saved to real files."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.errors import UserError
from cqcmock.services import reports, sittings
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.rehearse.finished_interviews import SAID, interviewed
from tests.ui.rehearse.report_hands import Open, ink, settled
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.page_view import PagePicture
from ui.rehearse.report_making import file_name
from ui.rehearse.report_screen import ReportScreen


def test_the_report_is_made_and_its_pages_are_seen_with_their_words(open_report: Open) -> None:
    screen = open_report()
    pages = screen.pages.pages
    assert len(pages) == len(pypdfium2.PdfDocument(screen.report.pdf)) >= 2
    first = pages[0]
    assert ink(first.picture) > 200
    assert first.picture.width() == round(first.width() * first.devicePixelRatioF())
    assert first.accessibleName() == f"Page 1 of {len(pages)}"
    assert "Practice feedback: not a CQC rating" in first.accessibleDescription()
    said = " ".join(page.accessibleDescription() for page in pages)
    assert "Hertfordshire is about 1.2 million people." in said
    assert [f"Page {n + 1} of {len(pages)}" in page.accessibleDescription() for n, page in enumerate(pages)] == [
        True
    ] * len(pages)
    assert screen.save.hasFocus()


def test_what_could_name_somebody_is_left_out_until_the_person_says_otherwise(
    open_report: Open, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    screen = open_report(interviewed(desk, clock, answers=("Mrs Okafor told me so.", SAID)))
    assert screen.leave_out.isVisible()
    assert screen.leave_out.isChecked()
    assert "“Mrs Okafor”" in screen.private.text()
    assert "Okafor" not in " ".join(screen.report.words)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.leave_out.click()
    settled(qtbot, screen)
    assert "Okafor" in " ".join(screen.report.words)


def test_nothing_is_said_of_names_where_there_are_none(open_report: Open) -> None:
    screen = open_report()
    assert not screen.leave_out.isVisible()
    assert not screen.private.isVisible()


def test_only_pages_near_the_view_are_drawn_and_kept(open_report: Open, qtbot: QtBot) -> None:
    screen = open_report()
    assert screen.pages.pages[-1].picture is None
    qtbot.keyClick(screen.pages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: screen.pages.pages[-1].picture is not None, timeout=20_000)
    assert screen.pages.pages[0].picture is None
    at = screen.pages.verticalScrollBar().value()
    qtbot.keyClick(screen.pages, Qt.Key.Key_PageUp)
    assert screen.pages.verticalScrollBar().value() < at
    qtbot.keyClick(screen.pages, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: screen.pages.pages[0].picture is not None, timeout=20_000)
    qtbot.keyClick(screen.pages, Qt.Key.Key_Down)
    assert screen.pages.verticalScrollBar().value() > 0


def test_pages_grow_with_the_type_and_are_drawn_again_as_sharp(
    open_report: Open, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    screen = open_report()
    page = screen.pages.pages[0]
    before = page.width()
    desk.theme.set_percent(140)
    qtbot.waitUntil(lambda: page.width() > before)
    qtbot.waitUntil(lambda: page.picture is not None and page.picture.width() == page.width(), timeout=20_000)
    desk.theme.set_percent(200)
    qtbot.wait(1)
    assert screen.pages.horizontalScrollBar().maximum() == 0
    desk.theme.set_percent(100)
    qtbot.waitUntil(lambda: page.picture is not None and page.picture.width() == page.width(), timeout=20_000)
    settled(qtbot, screen)


def test_the_pdf_is_saved_where_the_person_says_under_a_name_that_names_nobody(
    open_report: Open, window: MainWindow, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    target = tmp_path / "Feedback ünïcode.pdf"
    messages.files = [target]
    assert window.commands.run(CommandId.SAVE_REPORT)
    settled(qtbot, screen)
    assert target.read_bytes() == screen.report.pdf
    assert screen.done_words.text().replace("\u200b", "") == f"Saved as {target.name} in {tmp_path}."
    assert screen.told.isVisible()
    assert file_name(screen.report.sitting, ".pdf") == "Feedback 21 November 2026.pdf"


def test_the_report_can_be_saved_as_a_web_page_that_says_the_same(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.files = [tmp_path / "feedback.html"]
    screen.save_page.click()
    settled(qtbot, screen)
    page = (tmp_path / "feedback.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Practice feedback: not a CQC rating" in page


def test_cancelling_the_file_dialog_saves_nothing_and_says_nothing(open_report: Open, messages: StandIn) -> None:
    screen = open_report()
    messages.files = [None]
    screen.save.click()
    assert not screen.told.isVisible()
    assert screen.save.isEnabled()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere/feedback.pdf", "There is no folder"),
        ("feedback.docx", "neither a PDF nor a web page"),
        pytest.param(
            "/proc/feedback.pdf",
            "could not be written",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write"),
        ),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_a_sentence_and_the_report_is_still_there(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot, target: str, words: str
) -> None:
    screen = open_report()
    messages.files = [tmp_path / target, tmp_path / "second.pdf"]
    screen.save.click()
    settled(qtbot, screen)
    assert screen.trouble.isVisible()
    assert screen.problem.text().startswith("Not saved. ")
    assert words in screen.problem.text()
    screen.save.click()
    settled(qtbot, screen)
    assert not screen.trouble.isVisible()
    assert (tmp_path / "second.pdf").read_bytes() == screen.report.pdf


class _FileWindow(QObject):
    """Stands in for the system's file window."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_the_folder_of_the_saved_report_can_be_opened(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.files = [tmp_path / "feedback.pdf"]
    screen.save.click()
    settled(qtbot, screen)
    files = _FileWindow()
    QDesktopServices.setUrlHandler("file", files, "open")
    try:
        screen.open_folder_button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in files.opened] == [tmp_path]


def test_making_it_can_be_stopped_and_begun_again(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot
) -> None:
    sitting = interviewed(desk, clock, answers=(SAID,))
    screen = ReportScreen(desk, window.commands, sitting)
    window.open(screen)
    assert screen.busy.isVisible()
    assert screen.stop_button.hasFocus()
    assert not window.commands.is_possible(CommandId.SAVE_REPORT)
    screen.stop_button.click()
    settled(qtbot, screen)
    assert screen.report is None
    assert screen.problem.text() == "Stopped. Nothing was lost."
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.again.click()
    assert window.commands.is_possible(CommandId.SAVE_REPORT)
    settled(qtbot, screen)


def test_a_report_that_cannot_be_made_says_why_and_can_be_tried_again(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reports.feedback_pdf

    def broken(*_: object) -> bytes:
        raise UserError("There is no room.", "Free some.")

    monkeypatch.setattr(reports, "feedback_pdf", broken)
    screen = ReportScreen(desk, window.commands, interviewed(desk, clock, answers=(SAID,)))
    window.open(screen)
    qtbot.waitUntil(screen.trouble.isVisible)
    assert screen.problem.text() == "The report could not be made. There is no room. Free some."
    assert screen.again.hasFocus()
    monkeypatch.setattr(reports, "feedback_pdf", real)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.again.click()
    settled(qtbot, screen)


def test_a_rehearsal_that_is_gone_is_told(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    screen = ReportScreen(desk, window.commands, "no-such-sitting")
    window.open(screen)
    qtbot.waitUntil(screen.trouble.isVisible)
    assert "no longer" in screen.problem.text()


def test_marks_and_reflection_are_offered_while_they_are_not_done(
    open_report: Open, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    sitting = interviewed(desk, clock, answers=(SAID,))
    screen = open_report(sitting)
    assert screen.mark.isVisible()
    assert screen.reflect.isVisible()
    for button, signal in ((screen.mark, screen.marks_wanted), (screen.reflect, screen.reflection_wanted)):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [sitting]
    with qtbot.waitSignal(screen.home_wanted):
        screen.home.click()
    sittings.submit_marks(desk.library, sitting, MarkSheet(), desk.clock)
    sittings.finish_reflection(desk.library, sitting, Reflection(proud="The forum at Stevenage"), (), desk.clock)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting,)))
    assert not screen.mark.isVisible()
    assert not screen.reflect.isVisible()
    settled(qtbot, screen)
    assert "The forum at Stevenage" in " ".join(page.accessibleDescription() for page in screen.pages.pages)


def test_the_answers_can_be_sent_to_a_peer_reviewer(open_report: Open, window: MainWindow, qtbot: QtBot) -> None:
    screen = open_report()
    assert screen.send.isVisible()
    with qtbot.waitSignal(screen.pack_wanted) as asked:
        screen.send.click()
    assert asked.args == [screen.sitting_id]
    with qtbot.waitSignal(screen.pack_wanted):
        assert window.commands.run(CommandId.NEW_PACK)


def test_where_nothing_was_answered_nothing_is_sent(
    open_report: Open, desk: Desk, clock: HandClock, window: MainWindow
) -> None:
    screen = open_report(interviewed(desk, clock, answers=("",)))
    assert not screen.send.isVisible()
    assert not window.commands.is_possible(CommandId.NEW_PACK)


def test_a_change_while_the_report_is_made_is_not_missed(
    open_report: Open, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_report()
    real, begun, go_on = reports.feedback_pdf, threading.Event(), threading.Event()

    def slow(*args: Any) -> bytes:
        begun.set()
        assert go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(reports, "feedback_pdf", slow)
    desk.signals.changed.emit(change(Subject.SETTINGS))
    qtbot.waitUntil(begun.is_set)
    desk.settings = replace(desk.settings, classification="OFFICIAL only", practising_for=date(2027, 1, 6))
    desk.signals.changed.emit(change(Subject.SETTINGS))
    go_on.set()
    qtbot.waitUntil(lambda: "OFFICIAL only" in screen.pages.pages[0].accessibleDescription(), timeout=20_000)
    settled(qtbot, screen)


def test_a_change_of_another_rehearsal_makes_nothing_again(open_report: Open, desk: Desk) -> None:
    screen = open_report()
    desk.signals.changed.emit(change(Subject.SITTINGS, ids=("another",)))
    assert not screen.busy.isVisible()


def test_a_page_that_is_not_drawn_yet_says_which_it_is(qtbot: QtBot, show: Callable[[object], None]) -> None:
    page = PagePicture(0, 3, (595.0, 842.0), "Words")
    page.fit(300)
    show(page)
    assert (page.width(), page.height()) == (300, 425)
    assert ink(page.grab().toImage()) > 0
