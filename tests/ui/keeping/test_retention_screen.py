"""Kept how long: what is due and why, deleted for good with a certificate, put on hold in seconds and released."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock import storage
from cqcmock.domain.audit import Deed, Kind
from cqcmock.services import retention, sittings
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from tests.ui.keeping.conftest import LATER, Settle, ShowKept
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.keeping import retention_screen, words
from ui.keeping.retention_screen import RetentionScreen
from ui.keeping.things_model import Column

if TYPE_CHECKING:
    from cqcmock.services.library import Library

FOI = "FOI request 2026-114"


def rehearsals(library: Library, hand: HandClock, *titles: str) -> list[str]:
    """Rehearsals that are due from September 2027 on; each was worked on a month after the one before."""
    made = []
    for title in titles:
        made.append(begin(library, hand))
        sittings.rename(library, made[-1], title)
        hand.pass_seconds(timedelta(days=31).total_seconds())
    return made


def shown_titles(screen: RetentionScreen) -> list[str]:
    model = screen.things.model
    return [str(model.index(row, Column.WHAT).data()).split("\n")[0] for row in range(model.rowCount())]


def cell(screen: RetentionScreen, row: int, column: Column) -> str:
    return str(screen.things.model.index(row, column).data())


def type_reason(screen: RetentionScreen, why: str) -> None:
    """Type on whatever line for a reason has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == words.WHY
    QTest.keyClicks(focus, why)


def delete_ticked(screen: RetentionScreen, why: str = "due under our rule") -> None:
    screen.things.delete.click()
    screen.delete.step.reason.line.setText(why)
    screen.delete.step.sure.setChecked(True)
    screen.delete.step.delete_button.click()


def test_what_is_due_comes_first_with_its_day_its_rule_and_what_holds_it(
    library: Library, hand: HandClock, show_kept: ShowKept
) -> None:
    first, second, _ = rehearsals(library, hand, "Oldest", "Held", "Newest")
    retention.hold(library, Kind.SITTING, second, FOI, hand.clock)
    hand.wall = LATER - timedelta(days=65)
    screen = show_kept()
    assert shown_titles(screen) == ["Oldest", "Held", "Newest"]
    assert cell(screen, 0, Column.WHEN) == "21 May 2027"
    assert cell(screen, 0, Column.RULE) == "6 months\nafter it was last worked on"
    assert [cell(screen, row, Column.STATE) for row in range(3)] == ["●\u2002Due", "▲\u2002On hold", ""]
    assert screen.things.overview.text() == "1 rehearsal is due to go. 1 more is due, and on hold."
    screen.things.only_due.setChecked(True)
    assert shown_titles(screen) == ["Oldest", "Held"]
    screen.things.choose_due.click()
    assert [one.kept.id for one in screen.things.model.chosen] == [first]


def test_a_screen_reader_hears_the_whole_row_and_space_ticks_it(
    library: Library, hand: HandClock, show_kept: ShowKept
) -> None:
    rehearsals(library, hand, "Oldest", "Newest")
    hand.wall = LATER
    screen = show_kept()
    table = screen.things.table
    assert QApplication.focusWidget() is table
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert screen.things.model.index(0, 0).data(spoken) == (
        "Oldest. Rehearsal. due to go 21 May 2027, 6 months after it was last worked on. Due. not ticked"
    )
    assert not screen.things.delete.isEnabled()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert [one.kept.title for one in screen.things.model.chosen] == ["Newest"]
    assert screen.things.model.index(1, 0).data(spoken).endswith("ticked")
    assert screen.things.delete.isEnabled()
    assert screen.things.chosen.text() == "1 ticked"
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert screen.things.model.chosen == ()


def test_nothing_is_deleted_without_a_reason_and_the_second_step(
    library: Library, hand: HandClock, show_kept: ShowKept, settle: Settle
) -> None:
    (only,) = rehearsals(library, hand, "Only")
    hand.wall = LATER
    screen = show_kept()
    screen.things.choose_due.click()
    screen.things.delete.click()
    step = screen.delete.step
    assert screen.delete.isVisible()
    assert step.delete_button.text() == "Delete 1 thing for good"
    assert not step.delete_button.isEnabled()
    step.sure.setChecked(True)
    assert not step.delete_button.isEnabled()
    QTest.keyClicks(step.reason.line, "   ")
    assert not step.delete_button.isEnabled()
    QTest.keyClicks(step.reason.line, "due")
    step.sure.setChecked(False)
    assert not step.delete_button.isEnabled()
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    settle()
    assert screen.things.isVisible()
    assert [one.id for one in sittings.recent(library)] == [only]


def test_what_is_deleted_for_good_is_gone_and_its_certificate_is_saved(
    library: Library,
    hand: HandClock,
    desk: Desk,
    messages: StandIn,
    show_kept: ShowKept,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    rehearsals(library, hand, "Oldest", "Newest")
    hand.wall = LATER
    screen = show_kept()
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    screen.things.choose_due.click()
    delete_ticked(screen)
    qtbot.waitUntil(screen.deleted.isVisible)
    settle()
    assert sittings.recent(library) == ()
    assert changes[0].touches(Subject.SITTINGS)
    assert screen.deleted.done.text() == "2 rehearsals were deleted for good."
    assert QApplication.focusWidget() is screen.deleted.certificate
    certificate = tmp_path / "certificate.html"
    messages.files = [certificate]
    screen.deleted.certificate.click()
    settle()
    assert "due under our rule" in certificate.read_text("utf-8")
    assert str(certificate) in screen.deleted.saved.text().replace("\u200b", "")
    screen.deleted.back_button.click()
    assert screen.things.overview.text() == words.NOTHING_YET
    assert screen.things.table.isHidden()
    assert [line.title for line in screen.things.log.lines.lines] == ["Rehearsal, for good"] * 2
    assert "due under our rule" in screen.things.log.lines.lines[0].about
    assert "after it was last worked on" in screen.things.log.lines.lines[0].about


def test_everything_is_put_on_hold_from_the_keyboard_with_a_reason_alone(
    library: Library, hand: HandClock, messages: StandIn, show_kept: ShowKept, settle: Settle
) -> None:
    rehearsals(library, hand, "Only")
    hand.wall = LATER
    screen = show_kept(hold_all=True)
    line = screen.hold.reason.line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert screen.hold.reason.problem.text() == words.NO_REASON
    type_reason(screen, FOI)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()
    (hold,) = retention.holds(library)
    assert (hold.kind, hold.why) == (None, FOI)
    assert screen.things.banner.isVisible()
    assert FOI in screen.things.banner.label.text()
    assert messages.texts == []  # the banner says it
    assert not screen.things.choose_due.isEnabled()
    screen.things.model.toggle(0)
    screen.things.delete.click()
    assert screen.delete.left_out.text() == words.ALL_HELD
    assert screen.delete.step.delete_button.isHidden()


def test_a_hold_is_released_with_a_reason_of_its_own(
    library: Library, hand: HandClock, show_kept: ShowKept, settle: Settle
) -> None:
    retention.hold(library, None, "", FOI, hand.clock)
    hand.pass_seconds(60)
    kept = retention.hold(library, Kind.CAFE, "", "another request", hand.clock)
    screen = show_kept()
    assert [line.title for line in screen.things.holds.lines.lines] == ["Everything", "All café sessions"]
    screen.things.release.click()
    assert FOI in screen.release.since.text()
    QTest.keyClick(screen.release.reason.line, Qt.Key.Key_Return)
    assert len(retention.holds(library)) == 2
    type_reason(screen, "answered")
    QTest.keyClick(screen.release.reason.line, Qt.Key.Key_Return)
    settle()
    assert retention.holds(library) == (kept,)
    assert screen.things.banner.isHidden()
    with library.reading() as session:
        assert [entry.why for entry in storage.audit.entries(session, (Deed.HOLD_RELEASED,))] == ["answered"]


def test_what_is_ticked_or_all_of_a_kind_can_be_put_on_hold(
    library: Library, hand: HandClock, messages: StandIn, show_kept: ShowKept, settle: Settle
) -> None:
    first, second, _ = rehearsals(library, hand, "A", "B", "C")
    screen = show_kept()
    for row in (0, 1):
        screen.things.model.toggle(row)
    screen.things.hold.click()
    assert screen.hold.ticked.isChecked()
    assert screen.hold.ticked.text() == "Only what I ticked: 2 rehearsals"
    type_reason(screen, FOI)
    screen.hold.hold_button.click()
    settle()
    assert {(hold.kind, hold.subject) for hold in retention.holds(library)} == {
        (Kind.SITTING, first), (Kind.SITTING, second),
    }  # fmt: skip
    screen.things.hold_all.click()
    screen.hold.of_kind.setChecked(True)
    assert screen.hold.kinds.isVisible()
    screen.hold.kinds.box.setCurrentIndex(screen.hold.kinds.box.findText("Café sessions"))
    screen.hold.reason.line.setText(FOI)
    screen.hold.hold_button.click()
    settle()
    assert messages.texts == ["On hold: All café sessions. Nothing of it can be deleted until you release the hold."]
    assert (Kind.CAFE, "") in {(hold.kind, hold.subject) for hold in retention.holds(library)}


def test_a_hold_that_was_placed_meanwhile_stops_the_deletion_and_says_why(
    library: Library, hand: HandClock, show_kept: ShowKept, settle: Settle
) -> None:
    (only,) = rehearsals(library, hand, "Only")
    hand.wall = LATER
    screen = show_kept()
    screen.things.choose_due.click()
    retention.hold(library, None, "", FOI, hand.clock)
    delete_ticked(screen)
    settle()
    assert screen.delete.isVisible()
    assert FOI in screen.delete.step.problem.text()
    assert [one.id for one in sittings.recent(library)] == [only]
    assert screen.may_close()


def test_the_screen_stays_until_the_deletion_has_come_to_its_end(
    library: Library, hand: HandClock, desk: Desk, show_kept: ShowKept, settle: Settle
) -> None:
    rehearsals(library, hand, "Only")
    hand.wall = LATER
    screen = show_kept()
    screen.things.choose_due.click()
    gate = threading.Event()
    desk.tasks.database(lambda: gate.wait(10))
    delete_ticked(screen)
    assert not screen.may_close()
    assert screen.delete.step.doing.text() == retention_screen.DELETING
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert screen.delete.isVisible()
    gate.set()
    settle()
    assert screen.may_close()
    assert screen.deleted.isVisible()


def test_what_is_not_due_yet_is_told_before_it_is_deleted(
    library: Library, hand: HandClock, show_kept: ShowKept
) -> None:
    rehearsals(library, hand, "Only")
    screen = show_kept()
    screen.things.model.toggle(0)
    screen.things.delete.click()
    assert screen.delete.early.text() == "1 of these is not due yet."


def test_an_empty_library_says_so_and_everything_can_be_put_on_hold(library: Library, show_kept: ShowKept) -> None:
    screen = show_kept()
    assert screen.things.overview.text() == words.NOTHING_YET
    assert screen.things.table.isHidden()
    assert QApplication.focusWidget() is screen.things.hold_all


@pytest.mark.parametrize("percent", [100, 200])
def test_the_longest_words_do_not_push_the_page_wider(
    library: Library, hand: HandClock, desk: Desk, show_kept: ShowKept, settle: Settle, percent: int
) -> None:
    rehearsals(library, hand, "x" * 200, "A title & <b>more</b> " * 9)
    retention.hold(library, None, "", "y" * 900, hand.clock)
    hand.wall = LATER
    desk.theme.set_percent(percent)
    screen = show_kept()
    screen.resize(850, 700)
    QApplication.processEvents()
    settle()
    assert screen.page.horizontalScrollBar().maximum() == 0
    assert screen.things.table.isColumnHidden(Column.RULE) is (percent == 200)


@pytest.mark.slow
def test_one_of_everything_is_deleted_with_a_pdf(
    full_folder: Path,
    desk: Desk,
    hand: HandClock,
    messages: StandIn,
    show_kept: ShowKept,
    settle: Settle,
    tmp_path: Path,
) -> None:
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries

    hand.wall = LATER
    with libraries.open_library(Location(full_folder)) as full:
        desk.opened, desk.place = full, Location(full_folder)
        screen = show_kept()
        screen.things.choose_due.click()
        assert {one.kept.kind for one in screen.things.model.chosen} == set(words.NAMES)
        delete_ticked(screen)
        settle()
        assert screen.deleted.isVisible()
        assert "backups held some of it and were cleaned" in screen.deleted.copies.text()
        messages.files = [tmp_path / "certificate.pdf"]
        screen.deleted.certificate.click()
        settle()
        assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")
        assert retention.listed(full, desk.place, desk.settings) == ()
        assert not (full_folder / "audio" / "interview.wav").exists()
        settle()
