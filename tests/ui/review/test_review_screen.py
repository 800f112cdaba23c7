"""The room of peer review: what was sent, what is to be marked, and what to do next about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.services import merging, packing, reviewer_keys, reviewing, sittings
from cqcmock.services.packing import Decision, Wanted
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import marks
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Mark, Send, Sent, Wait
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import shelf_words
from ui.review.review_screen import ReviewScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Open = Callable[..., ReviewScreen]


@pytest.fixture
def opened(window: MainWindow, desk: Desk, settle: Wait) -> Open:
    """Opens the room on this desk, or on another."""

    def open_it(on: Desk | None = None) -> ReviewScreen:
        screen = ReviewScreen(on or desk, window.commands)
        window.open(screen)
        settle()
        return screen

    return open_it


def heard(signal: object) -> list[object]:
    """What a signal carries from now on; None where it carries nothing."""
    found: list[object] = []
    signal.connect(lambda *said: found.append(said[0] if said else None))  # type: ignore[attr-defined]
    return found


def primary(screen: ReviewScreen) -> list[str]:
    sent, to_mark = screen.sent, screen.to_mark
    buttons = (sent.make, sent.take_in, sent.report, to_mark.open, to_mark.go_on)
    return [button.text() for button in buttons if button.property("kind") == "primary" and button.isVisible()]


def take_in(library: Library, hand: HandClock, *files: object) -> None:
    merging.take_in(library, merging.look(library, files, hand.clock))  # type: ignore[arg-type]


def test_with_no_packs_each_side_says_what_to_do_first(opened: Open) -> None:
    screen = opened()
    assert screen.sent.words.text() == shelf_words.NOTHING_SENT
    assert screen.to_mark.words.text() == shelf_words.NOTHING_TO_MARK
    assert not screen.sent.list.isVisible()
    assert not screen.to_mark.list.isVisible()
    for button in (screen.sent.take_in, screen.sent.report, screen.sent.delete, screen.to_mark.go_on):
        assert not button.isVisible()
    assert primary(screen) == ["New pack…"]
    assert screen.sent.make.hasFocus()


def test_a_pack_that_was_sent_is_shown_with_its_dates_and_what_is_missing(send: Send, opened: Open) -> None:
    send(deadline=date(2026, 12, 1))
    screen = opened()
    (line,) = screen.sent.list.lines.lines
    assert line.title == "Ann Example"
    assert line.sign == "0 of 2 sheets back"
    assert line.about == "made on 21 November 2026  ·  to be marked by 1 December 2026  ·  2 missing"
    holds, how_far = screen.sent.details.text().splitlines()
    assert holds == "It holds answers of “Lead member, Hertfordshire, 21 November 2026”."
    assert how_far.startswith("Nothing has come back from Ann Example yet.")
    assert primary(screen) == ["Take in what came back…"]
    assert screen.sent.take_in.hasFocus()
    assert not screen.sent.report.isEnabled()


def test_what_is_missing_is_told_with_the_reason_that_the_reviewer_gave(
    sent: Sent, mark: Mark, library: Library, hand: HandClock, opened: Open
) -> None:
    take_in(library, hand, mark(sent, 2, why="The train came in."))
    screen = opened()
    (line,) = screen.sent.list.lines.lines
    assert line.sign == "1 of 2 sheets back"
    assert line.about.endswith("1 missing: “The train came in.”")
    assert "Ann Example says why: “The train came in.”" in screen.sent.details.text()
    assert screen.sent.report.isEnabled()


def test_a_pack_whose_day_has_passed_is_overdue_until_all_of_it_is_back(
    send: Send, mark: Mark, library: Library, hand: HandClock, opened: Open, settle: Wait, desk: Desk
) -> None:
    sent = send(deadline=date(2026, 11, 22))
    hand.pass_seconds(3 * 86_400)
    screen = opened()
    assert screen.sent.list.lines.lines[0].sign == "Overdue: 0 of 2 sheets back"
    take_in(library, hand, mark(sent, 2, 1))
    desk.signals.changed.emit(change(Subject.PACKS))
    settle()
    assert screen.sent.list.lines.lines[0].sign == "All back: 2 of 2 sheets"
    assert screen.sent.details.text().splitlines()[-1] == "Every mark of Ann Example is in your library."
    screen.arrived()
    settle()
    assert screen.sent.report.hasFocus()  # there is nothing to wait for, and something to read
    assert primary(screen) == ["See the report"]


def test_the_deeds_of_the_owner_are_asked_for_by_button_and_by_key(
    sent: Sent, opened: Open, window: MainWindow
) -> None:
    screen = opened()
    made, merged = heard(screen.make_wanted), heard(screen.merge_wanted)
    screen.sent.make.click()
    assert window.commands.run(CommandId.NEW_PACK)
    screen.sent.take_in.click()
    QTest.keyClick(screen.sent.list, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert (len(made), len(merged)) == (2, 2)


def test_the_report_of_what_came_back_is_opened_from_its_pack(
    sent: Sent, sitting: str, mark: Mark, library: Library, hand: HandClock, opened: Open, settle: Wait
) -> None:
    take_in(library, hand, mark(sent, 2, 1))
    screen = opened()
    wanted = heard(screen.report_wanted)
    screen.sent.report.click()
    settle()
    assert wanted == [sitting]
    QTest.keyClick(screen.sent.list, Qt.Key.Key_Return)
    settle()
    assert wanted == [sitting, sitting]


def test_where_the_rehearsal_was_deleted_it_is_said_instead_of_a_report(
    sent: Sent,
    sitting: str,
    mark: Mark,
    library: Library,
    hand: HandClock,
    opened: Open,
    settle: Wait,
    messages: StandIn,
) -> None:
    take_in(library, hand, mark(sent, 2, 1))
    sittings.delete(library, sitting, hand.clock)
    screen = opened()
    wanted = heard(screen.report_wanted)
    screen.sent.report.click()
    settle()
    assert wanted == []
    assert "was deleted" in messages.texts[0]


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_where_a_pack_held_several_rehearsals_one_is_chosen(
    send: Send, sitting: str, mark: Mark, library: Library, hand: HandClock, opened: Open, settle: Wait
) -> None:
    other = played(library, hand, answers=("We listen to carers.",))
    sittings.rename(library, other, "Carers & more")
    wanted = Wanted(sittings=(sitting, other), reviewer="Ann Example")
    sent = send()
    ready = packing.draft(library, wanted, hand.clock)
    both = packing.seal(
        library,
        ready,
        {one.id: Decision() for one in ready.findings},
        sent.path.with_name("both.cqcpack"),
        hand.clock,
        address=reviewer_keys.own_key(sent.laptop).address,
    )
    take_in(library, hand, mark(replace(sent, made=both), 2, 1, 1))
    screen = opened()
    found = heard(screen.report_wanted)
    screen.sent.report.click()
    settle()
    assert screen.menu is not None
    assert screen.menu.actions()[0].text() == "Carers && more"
    QTest.keyClick(screen.menu, Qt.Key.Key_Return)
    assert found == [other]


def test_rehearsals_that_are_called_the_same_are_told_apart_by_when_they_began(
    library: Library, hand: HandClock, sitting: str
) -> None:
    hand.pass_seconds(3600)
    for said in ("We listen to carers.", "We act on it.", "We say so."):
        played(library, hand, answers=(said,))
    found = sittings.recent(library)
    titles = shelf_words.titles(found)
    assert len({*titles}) == len(titles) == 4
    assert titles[-1] == f"Lead member, Hertfordshire, 21 November 2026, begun on {_begun(library, sitting)}"
    assert shelf_words.holds(found) == (
        f"It holds answers of “{titles[0]}”, “{titles[1]}”, “{titles[2]}” and 1 other rehearsal."
    )
    assert shelf_words.holds(()) == ""


def _begun(library: Library, sitting: str) -> str:
    return shelf_words.at_time(sittings.load(library, sitting).started_at)


def test_a_pack_is_deleted_only_after_a_clear_warning(
    sent: Sent, mark: Mark, library: Library, hand: HandClock, opened: Open, settle: Wait, messages: StandIn
) -> None:
    file = mark(sent, 2, 1)
    screen = opened()
    messages.answers = [False]
    screen.sent.delete.click()
    settle()
    assert len(merging.tallies(library)) == 1
    messages.answers = [True]
    screen.sent.list.setFocus()
    QTest.keyClick(screen.sent.list, Qt.Key.Key_Delete)
    settle()
    assert messages.questions == ["Delete the pack for Ann Example?"] * 2
    assert merging.tallies(library) == ()
    assert merging.look(library, [file], hand.clock)[0].why_refused
    assert messages.texts == ["The pack for Ann Example was deleted."]
    assert screen.sent.make.hasFocus()


def test_the_warning_says_what_is_lost_with_the_pack(
    sent: Sent, mark: Mark, library: Library, hand: HandClock, opened: Open
) -> None:
    screen = opened()
    assert screen.sent.chosen is not None
    said = shelf_words.lost_by_deleting(screen.sent.chosen)
    assert said.startswith("Nothing has come back from Ann Example yet. What comes back for this pack later could no")
    take_in(library, hand, mark(sent, 2, why="Later."))
    (one,) = merging.tallies(library)
    assert "(1 of 2 sheets) are deleted with it" in shelf_words.lost_by_deleting(one)


def test_the_reviewer_sees_how_far_a_pack_is(
    send: Send, reviewer_desk: Desk, sent: Sent, hand: HandClock, opened: Open, settle: Wait
) -> None:
    with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
        screen = opened(reviewer_desk)
        (line,) = screen.to_mark.list.lines.lines
        assert line.title == sent.path.name
        assert line.sign == "Not begun: 0 of 2 sheets submitted"
        assert screen.to_mark.go_on.text() == "Begin marking"
        first, second = workspace.order
        workspace.submit(first, marks(2), hand.clock)
        workspace.save(second, marks(1), hand.clock)
        reviewer_desk.signals.changed.emit(change(Subject.PACKS))
        settle()
    (line,) = screen.to_mark.list.lines.lines
    assert line.sign == "1 of 2 sheets submitted"
    assert "1 draft" in line.about
    assert screen.to_mark.go_on.text() == "Go on marking"
    assert primary(screen) == ["Go on marking"]
    assert "Nothing has been returned yet" in screen.to_mark.details.text()


def test_a_returned_pack_shows_its_word_code_until_something_in_it_is_changed(
    sent: Sent, reviewer_desk: Desk, mark: Mark, hand: HandClock, opened: Open, settle: Wait, library: Library
) -> None:
    file = mark(sent, 2, 1)
    screen = opened(reviewer_desk)
    assert screen.to_mark.list.lines.lines[0].sign == "Returned: 2 of 2 sheets submitted"
    (incoming,) = merging.look(library, [file], hand.clock)
    assert f"Its word code is: {incoming.code}." in screen.to_mark.details.text()
    assert primary(screen) == ["Take in what came back…"]
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        hand.pass_seconds(5)
        workspace.submit(workspace.order[0], marks(0), hand.clock)
    screen.refresh()
    settle()
    assert screen.to_mark.list.lines.lines[0].sign == "To be returned: 2 of 2 sheets submitted"
    assert "Return the pack again" in screen.to_mark.details.text()
    assert primary(screen) == ["Go on marking"]


def test_a_changed_impression_of_a_candidate_makes_a_return_out_of_date_too(
    sent: Sent, reviewer_desk: Desk, mark: Mark, hand: HandClock, opened: Open
) -> None:
    mark(sent, 2, 1)
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        hand.pass_seconds(5)
        workspace.save_whole("A", 2, "Plain.", hand.clock)
    assert opened(reviewer_desk).to_mark.list.lines.lines[0].sign == "To be returned: 2 of 2 sheets submitted"


def test_of_several_packs_the_one_that_is_not_returned_yet_is_chosen_first(
    send: Send, reviewer_desk: Desk, sent: Sent, mark: Mark, hand: HandClock, opened: Open
) -> None:
    reviewing.open_pack(sent.laptop, sent.path, hand.clock).close()
    hand.pass_seconds(60)
    mark(send(), 2, 1)
    screen = opened(reviewer_desk)
    assert [line.sign.partition(":")[0] for line in screen.to_mark.list.lines.lines] == ["Returned", "Not begun"]
    assert screen.to_mark.list.chosen == sent.id


def test_the_reviewer_goes_on_and_returns_by_keyboard(
    sent: Sent, reviewer_desk: Desk, mark: Mark, opened: Open, qtbot: QtBot
) -> None:
    mark(sent, 2, why="Later.")
    screen = opened(reviewer_desk)
    gone_on, returned = heard(screen.go_on_wanted), heard(screen.return_wanted)
    opening = heard(screen.open_wanted)
    assert screen.to_mark.go_on.hasFocus()
    QTest.keyClick(screen.to_mark.go_on, Qt.Key.Key_Return)
    screen.to_mark.list.setFocus()
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_Return)
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert gone_on == [sent.id, sent.id]
    assert returned == [sent.id]
    assert opening == [None]


def test_a_pack_is_forgotten_only_when_the_person_says_so(
    sent: Sent, reviewer_desk: Desk, mark: Mark, opened: Open, settle: Wait, messages: StandIn
) -> None:
    file = mark(sent, 2, 1)
    screen = opened(reviewer_desk)
    messages.answers = [False, True]
    screen.to_mark.forget.click()
    settle()
    assert len(reviewing.workspaces(sent.laptop)) == 1
    screen.to_mark.list.setFocus()
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_Delete)
    settle()
    assert reviewing.workspaces(sent.laptop) == ()
    assert file.exists()
    assert sent.path.exists()
    assert messages.texts == [f"“{sent.path.name}” was wiped from this computer."]
    assert screen.to_mark.open.hasFocus()


def test_before_unreturned_marks_are_wiped_it_is_said_that_they_are_nowhere_else(
    sent: Sent, reviewer_desk: Desk, hand: HandClock, opened: Open
) -> None:
    with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
        workspace.submit(workspace.order[0], marks(2), hand.clock)
        workspace.save(workspace.order[1], marks(1), hand.clock)
    screen = opened(reviewer_desk)
    assert screen.to_mark.chosen is not None
    said = shelf_words.lost_by_forgetting(screen.to_mark.chosen)
    assert said.startswith("You have not returned it yet: 1 submitted sheet and 1 draft are here and nowhere else.")


def test_where_the_library_is_not_open_packs_can_still_be_marked(
    sent: Sent, reviewer_desk: Desk, mark: Mark, opened: Open, settle: Wait, library: Library
) -> None:
    mark(sent, 2, why="Later.")
    reviewer_desk.opened = None
    screen = opened(reviewer_desk)
    assert "Your library is not open" in screen.sent.trouble.text()
    assert len(screen.to_mark.list.lines.lines) == 1
    assert screen.to_mark.go_on.hasFocus()
    reviewer_desk.opened = library
    screen.sent.again.click()
    settle()
    assert not screen.sent.trouble.isVisible()
    assert len(screen.sent.list.lines.lines) == 1


def test_packs_that_cannot_be_listed_are_told_in_place_beside_what_was_sent(
    sent: Sent, reviewer_desk: Desk, mark: Mark, opened: Open
) -> None:
    mark(sent, 2, 1)
    packs = sent.laptop.folder / "review"
    packs.rename(packs.with_name("elsewhere"))
    packs.write_bytes(b"a file where the folder was")
    screen = opened(reviewer_desk)
    assert screen.to_mark.trouble.isVisible()
    assert screen.to_mark.again.isVisible()
    assert not screen.to_mark.words.isVisible()
    assert len(screen.sent.list.lines.lines) == 1
