"""The papers of a session in the real window: which there can be, seen as pages, saved and printed, naming nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.services import reports
from cqcmock.services.cafe import closing, deleting
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.papers_hands import (
    PLACE,
    QUESTION,
    SECRET,
    TEAM,
    TITLE,
    about,
    begun,
    can_save,
    choose,
    closed,
    planned,
    possible,
    words,
)
from tests.ui.conftest import OpenWindow, StandIn
from tests.ui.review.test_papers import printer_to
from ui.app_signals import Subject, change
from ui.cafe import papers_screen
from ui.cafe.papers_making import Pages
from ui.cafe.papers_offer import PaperKind
from ui.cafe.papers_options import NO_SESSION, NO_TIME
from ui.cafe.papers_screen import PapersScreen
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.review.papers import Render
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Open = Callable[[str], PapersScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))


@pytest.fixture
def shown(window: MainWindow, desk: Desk, settle: Wait) -> Open:
    def open_it(session: str) -> PapersScreen:
        screen = PapersScreen(desk, window.commands, session)
        window.open(screen)
        settle()
        return screen

    return open_it


# What there can be


def test_before_the_session_there_are_the_sheet_and_the_posters_and_the_sheet_is_chosen(
    shown: Open, library: Library, hand: HandClock
) -> None:
    screen = shown(planned(library, hand))
    assert possible(screen) == {PaperKind.SHEET, PaperKind.POSTERS}
    assert screen.choice.kind is PaperKind.SHEET
    assert screen.choice.ticks[PaperKind.SHEET].box.hasFocus()
    assert about(screen, PaperKind.LEADERS).startswith("Possible once the session is closed.\nA leader may read this")
    assert about(screen, PaperKind.RECORD).startswith("Possible once the session has begun.\nConfidential")
    assert "Facilitator’s sheet" in words(screen)
    assert screen.state.text() == "1 page, as it will be printed."
    assert screen.pages.pages[0].accessibleName() == "Page 1 of 1"


def test_posters_wait_until_there_is_a_question(shown: Open, library: Library, hand: HandClock) -> None:
    screen = shown(planned(library, hand, question=None))
    assert possible(screen) == {PaperKind.SHEET}
    assert "once questions are chosen" in about(screen, PaperKind.POSTERS)


def test_after_the_session_the_leaders_summary_is_chosen_and_says_who_may_read_it(
    shown: Open, library: Library, hand: HandClock
) -> None:
    screen = shown(closed(library, hand))
    assert possible(screen) == {PaperKind.POSTERS, PaperKind.LEADERS, PaperKind.RECORD}
    assert screen.choice.kind is PaperKind.LEADERS
    assert about(screen, PaperKind.LEADERS) == (
        "A leader may read this: nobody is named, and no group smaller than five is shown."
    )
    assert about(screen, PaperKind.RECORD).startswith("Confidential: for you alone.")
    assert "The session is over" in about(screen, PaperKind.SHEET)
    assert "Forms" in words(screen)
    for hidden in (TITLE, PLACE, TEAM, "Parking", SECRET):
        assert hidden not in words(screen)
    assert not screen.options.few.isVisible()


def test_the_full_record_is_made_only_when_it_is_chosen_and_says_that_it_is_confidential(
    shown: Open, library: Library, hand: HandClock, settle: Wait
) -> None:
    screen = shown(begun(library, hand).id)
    assert screen.choice.kind is PaperKind.SHEET
    assert SECRET not in words(screen)
    choose(screen, PaperKind.RECORD, settle)
    assert SECRET in words(screen)
    assert screen.shown is not None
    assert all("CONFIDENTIAL" in page for page in screen.shown.words)


def test_a_session_that_is_closed_meanwhile_can_be_told_to_leaders_at_once(
    shown: Open, library: Library, hand: HandClock, desk: Desk, settle: Wait
) -> None:
    cafe = begun(library, hand)
    screen = shown(cafe.id)
    cafe.run.finish()
    closing.close(library, cafe, hand.clock, same_people=False)
    desk.signals.changed.emit(change(Subject.CAFES))
    settle()
    assert screen.choice.kind is PaperKind.LEADERS
    assert "summary for leaders" in words(screen)


def test_a_session_that_is_gone_is_said_in_place_and_can_be_read_again(
    shown: Open, library: Library, hand: HandClock, settle: Wait, messages: StandIn
) -> None:
    session = planned(library, hand)
    deleting.delete(library, session, hand.clock)
    screen = shown(session)
    assert screen.trouble.words.text() == (
        "This café session was deleted. Take it back first: the settings list what was deleted."
    )
    assert screen.trouble.again.hasFocus()
    assert messages.texts == []
    assert can_save(screen) == (False, False, False)
    deleting.undelete(library, session)
    screen.trouble.again.click()
    settle()
    assert not screen.trouble.isVisible()
    assert "Facilitator’s sheet" in words(screen)


# What can be given besides


def test_the_sheet_has_times_of_day_once_the_start_is_known(
    shown: Open, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot
) -> None:
    screen = shown(planned(library, hand))
    assert "Minute" in words(screen)
    QTest.keyClicks(screen.options.starts.line, "9.3")
    assert can_save(screen) == (False, False, False)
    qtbot.waitUntil(screen.options.starts.problem.isVisible)
    assert screen.options.starts.problem.text() == f"“9.3” is not a time. {NO_TIME}"
    assert screen.pages.pages == ()
    QTest.keyClicks(screen.options.starts.line, "0")
    assert can_save(screen) == (True, True, True)
    qtbot.waitUntil(lambda: screen.shown is not None)
    assert "09:30 to 10:15" in words(screen)
    assert not screen.options.starts.problem.isVisible()


def test_leaders_may_read_of_several_sessions_side_by_side(
    shown: Open, library: Library, hand: HandClock, settle: Wait
) -> None:
    other = closed(library, hand, day=DAY - timedelta(days=7), k=4)
    screen = shown(closed(library, hand))
    assert screen.options.few.isVisible()
    assert "17 November 2026" not in words(screen)
    screen.options.few.list.entries()[1].setCheckState(Qt.CheckState.Checked)
    settle()
    assert screen.options.sessions.values[1] == other
    assert "17 November 2026" in words(screen)
    assert "24 November 2026" in words(screen)
    assert "smaller than four" in about(screen, PaperKind.LEADERS)
    for hidden in (TITLE, PLACE, TEAM):
        assert hidden not in words(screen) + screen.deeds.paper.file_name
    assert screen.deeds.paper.file_name == "Café summary for leaders, 2 sessions"


def test_no_session_at_all_is_said_in_place(shown: Open, library: Library, hand: HandClock, settle: Wait) -> None:
    closed(library, hand, day=DAY - timedelta(days=7))
    screen = shown(closed(library, hand))
    screen.options.few.list.entries()[0].setCheckState(Qt.CheckState.Unchecked)
    settle()
    assert screen.options.few.problem.text().endswith(NO_SESSION)
    assert screen.options.few.problem.isVisible()
    assert screen.pages.pages == ()
    assert can_save(screen) == (False, False, False)


def test_many_sessions_can_be_found_by_their_words(shown: Open, library: Library, hand: HandClock) -> None:
    for weeks in range(1, 5):
        closed(library, hand, day=DAY - timedelta(weeks=weeks))
    screen = shown(closed(library, hand))
    assert screen.options.many.isVisible()
    QTest.keyClicks(screen.options.many.words, "10 november")
    listed = screen.options.many.list
    assert [not listed.isRowHidden(row) for row in range(5)] == [False, False, True, False, False]
    assert len(screen.options.sessions.values) == 1


def test_the_next_session_that_is_planned_is_said_unless_somebody_takes_it_away(
    shown: Open, library: Library, hand: HandClock, settle: Wait
) -> None:
    planned(library, hand, day=DAY + timedelta(days=14))
    screen = shown(closed(library, hand))
    assert "Next session: 8 December 2026." in words(screen)
    screen.options.says_next.click()
    settle()
    assert "Next session: Not fixed yet." in words(screen)
    assert not screen.options.next_on.isEnabled()


def test_posters_lie_across_and_can_be_had_on_smaller_paper(
    shown: Open, library: Library, hand: HandClock, settle: Wait
) -> None:
    screen = shown(planned(library, hand))
    choose(screen, PaperKind.POSTERS, settle)
    assert screen.shown is not None
    large = screen.shown.sizes[0]
    assert large[0] > large[1]
    screen.options.small.click()
    settle()
    assert screen.shown.sizes[0][0] == pytest.approx(large[0] / 2**0.5, rel=0.01)


# Deeds


def test_a_leaders_summary_is_saved_with_the_keyboard_alone_and_its_folder_can_be_opened(
    shown: Open,
    library: Library,
    hand: HandClock,
    messages: StandIn,
    settle: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = shown(closed(library, hand))
    assert screen.choice.ticks[PaperKind.LEADERS].box.hasFocus()
    target = tmp_path / "summary.pdf"
    messages.files = [target]
    for _ in range(10):
        if screen.deeds.save.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(screen.deeds.save, Qt.Key.Key_Return)
    settle()
    saved = " ".join(reports.page_words(target.read_bytes()))
    assert saved == words(screen)
    said = messages.current[-1]
    assert said.text == f"Saved as summary.pdf in {tmp_path}. Leaders may read it."
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    assert said.action is not None
    assert said.action.title == "Open the folder"
    said.action.do()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_another_paper_is_chosen_with_the_arrows(shown: Open, library: Library, hand: HandClock, settle: Wait) -> None:
    screen = shown(planned(library, hand))
    QTest.keyClick(screen.choice.ticks[PaperKind.SHEET].box, Qt.Key.Key_Down)
    settle()
    assert screen.choice.kind is PaperKind.POSTERS
    assert QUESTION.text in words(screen)


@pytest.mark.parametrize("kind", [PaperKind.POSTERS, PaperKind.LEADERS, PaperKind.RECORD])
def test_file_names_carry_neither_team_nor_place_and_a_web_page_says_the_same(
    shown: Open,
    library: Library,
    hand: HandClock,
    messages: StandIn,
    settle: Wait,
    tmp_path: Path,
    kind: PaperKind,
) -> None:
    screen = shown(closed(library, hand))
    choose(screen, kind, settle)
    suggested = screen.deeds.paper.file_name
    assert "24 November 2026" in suggested
    assert not any(name in suggested for name in (TITLE, PLACE, TEAM))
    target = tmp_path / "paper.html"
    messages.files = [target]
    screen.deeds.save_page.click()
    settle()
    page = target.read_text(encoding="utf-8")
    assert ("CONFIDENTIAL" in page) is (kind is PaperKind.RECORD)
    assert (QUESTION.text in page) is (kind is not PaperKind.LEADERS)


def test_what_cannot_be_saved_is_said_in_place_until_another_paper_is_chosen(
    shown: Open, window: MainWindow, library: Library, hand: HandClock, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = shown(planned(library, hand))
    messages.files = [tmp_path / "missing" / "sheet.pdf"]
    assert window.commands.run(CommandId.SAVE_REPORT)
    settle()
    assert screen.deeds.problem.isVisible()
    assert screen.deeds.problem.text().startswith("Not saved. There is no folder")
    assert messages.texts == []
    choose(screen, PaperKind.POSTERS, settle)
    assert not screen.deeds.problem.isVisible()


def test_posters_are_printed_across_by_the_key(
    shown: Open, window: MainWindow, library: Library, hand: HandClock, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = shown(planned(library, hand))
    choose(screen, PaperKind.POSTERS, settle)
    messages.printers = [printer_to(tmp_path / "paper.pdf")]
    assert window.commands.run(CommandId.PRINT_REPORT)
    settle()
    assert messages.pages == [1]
    ((width, height),) = reports.page_sizes((tmp_path / "paper.pdf").read_bytes())
    assert width > height
    assert messages.texts == ["1 page sent to the printer."]


# While it works


def test_the_window_stays_alive_while_pages_are_made_and_only_the_paper_chosen_last_is_shown(
    shown: Open, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = shown(planned(library, hand))
    may_go, begun_making = threading.Event(), threading.Event()
    made = papers_screen.pages_of

    def slowly(render: Render) -> Pages:
        begun_making.set()
        assert may_go.wait(10)
        return made(render)

    monkeypatch.setattr(papers_screen, "pages_of", slowly)
    screen.choice.ticks[PaperKind.POSTERS].box.click()
    qtbot.waitUntil(begun_making.is_set)
    assert screen.state.text() == "Making the pages…"
    assert screen.pages.pages == ()
    screen.choice.ticks[PaperKind.SHEET].box.click()
    may_go.set()
    settle()
    assert "Facilitator’s sheet" in words(screen)
    assert len(screen.pages.pages) == 1


def test_what_is_being_printed_is_printed_before_the_screen_is_left(
    shown: Open, window: MainWindow, library: Library, hand: HandClock, messages: StandIn, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = shown(planned(library, hand))
    messages.printers = [printer_to(tmp_path / "paper.pdf")]
    screen.deeds.print_button.click()
    qtbot.waitUntil(lambda: messages.pages == [1])
    assert window.go("elsewhere")
    assert len(reports.page_sizes((tmp_path / "paper.pdf").read_bytes())) == 1
    assert messages.texts == ["1 page sent to the printer."]


def test_the_way_back_is_asked_for_and_leaving_stops_what_is_being_made(
    shown: Open, window: MainWindow, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot
) -> None:
    screen = shown(planned(library, hand))
    screen.choice.ticks[PaperKind.POSTERS].box.click()
    with qtbot.waitSignal(screen.left_for_now):
        screen.back.click()
    with qtbot.waitSignal(screen.left_for_now):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert window.go("elsewhere")
    settle()
