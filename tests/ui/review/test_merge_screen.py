"""Taking in what came back: looked at, listed in words, and kept as a whole when the person says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.services import merging, packing, peers, reviewer_keys, reviewing, sittings
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.review.hands import marks
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Laptops, Mark, Send, Sent, Wait
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.merge_screen import MergeScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Open = Callable[..., MergeScreen]


@pytest.fixture
def opened(window: MainWindow, desk: Desk, settle: Wait) -> Open:
    """Opens the screen with these files added."""

    def open_it(*paths: Path) -> MergeScreen:
        screen = MergeScreen(desk, window.commands, paths)
        window.open(screen)
        settle()
        return screen

    return open_it


@pytest.fixture
def changes(desk: Desk) -> list[Change]:
    found: list[Change] = []
    desk.signals.changed.connect(found.append)
    return found


def lines(screen: MergeScreen) -> list[tuple[str, str, str]]:
    return [(line.title, line.sign, line.about) for line in screen.files_card.list.lines.lines]


def details(screen: MergeScreen) -> str:
    card = screen.files_card
    return "\n".join(label.text() for label in card.labels if label.isVisible())


def received(library: Library) -> list[int]:
    return [one.tally.received for one in merging.tallies(library)]


def test_at_first_it_asks_for_a_file_and_there_is_nothing_to_take_in(opened: Open, messages: StandIn) -> None:
    screen = opened()
    assert screen.files_card.add.hasFocus()
    assert not screen.take.isVisible()
    messages.files = [None]
    screen.files_card.add.click()
    assert messages.questions == ["Which file came back?"]
    assert screen.files == ()


def test_the_whole_way_by_keyboard_from_two_files_to_the_outcome(
    send: Send,
    sitting: str,
    mark: Mark,
    opened: Open,
    library: Library,
    messages: StandIn,
    settle: Wait,
    changes: list[Change],
    qtbot: QtBot,
) -> None:
    ann, bob = send(), send("Bob Example")
    files = [mark(ann, 2, 1), mark(bob, 3, why="The train came in.")]
    screen = opened()
    messages.files = [*files]
    assert screen.files_card.add.hasFocus()
    QTest.keyClick(screen.files_card.add, Qt.Key.Key_Return)
    settle()
    assert screen.take.hasFocus()
    QTest.keyClick(screen.take, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settle()
    codes = [one.file.code for one in screen.files]
    assert lines(screen) == [
        ("Ann Example", "Can be taken in", f"2 of 2 sheets  ·  word code: {codes[0]}  ·  {files[0].name}"),
        (
            "Bob Example",
            "Can be taken in",
            f"1 of 2 sheets  ·  word code: {codes[1]}  ·  {files[1].name}",
        ),
    ]
    assert screen.files_card.told.text() == "2 files looked at: 2 can be taken in. Nothing has been kept yet."
    assert received(library) == [0, 0]
    assert changes == []
    QTest.keyClick(screen.take, Qt.Key.Key_Return)
    settle()
    assert sorted(received(library)) == [1, 2]
    assert {name: label.text() for name, label in screen.outcome_cards.said.items()} == {
        "Expected": "4 sheets in 2 packs about the same rehearsals",
        "Received": "3 sheets, saved in your library",
        "Missing": "1 sheet",
        "Altered": "no file",
    }
    packs = {line.title: (line.sign, line.about) for line in screen.outcome_cards.packs.lines.lines}
    assert packs == {
        "Ann Example": ("2 of 2 sheets received", ""),
        "Bob Example": ("1 of 2 sheets received", "1 missing: “The train came in.”"),
    }
    assert [line.sign for line in screen.outcome_cards.files.lines.lines] == ["Taken in", "Taken in"]
    assert all(code in line.about for code, line in zip(codes, screen.outcome_cards.files.lines.lines, strict=True))
    assert [one.touches(Subject.PACKS) for one in changes] == [True]
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    assert review.received == 3
    assert screen.finish.hasFocus()
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(screen.finish, Qt.Key.Key_Return)


def test_the_word_code_is_that_of_the_reviewers_receipt(sent: Sent, mark: Mark, opened: Open) -> None:
    file = mark(sent, 2, 1)
    (summary,) = reviewing.workspaces(sent.laptop)
    assert summary.last_return is not None
    screen = opened(file)
    assert f"Word code: {summary.last_return.code}" in details(screen)


def test_leaving_without_taking_them_in_keeps_nothing(
    sent: Sent, mark: Mark, opened: Open, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    screen = opened(mark(sent, 2, 1))
    with qtbot.waitSignal(screen.left_for_now):
        screen.back.click()
    assert window.back()
    assert received(library) == [0]


def test_what_was_merged_before_is_said_and_does_no_harm(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, library: Library, tmp_path: Path
) -> None:
    file = mark(sent, 2, 1)
    screen = opened(file)
    screen.take.click()
    settle()
    screen = opened(file)
    assert lines(screen)[0][:2] == ("Ann Example", "Merged before")
    assert "in your library already" in details(screen)
    screen.take.click()
    settle()
    assert received(library) == [2]
    assert screen.outcome_cards.files.lines.lines[0].sign == "Merged before"


def test_a_copy_under_another_name_is_known_for_what_it_is(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, tmp_path: Path
) -> None:
    file = mark(sent, 2, 1)
    copy = Path(shutil.copy(file, tmp_path / "copy of it"))
    screen = opened(file)
    screen.look((copy,))
    settle()
    assert [sign for _, sign, _ in lines(screen)] == ["Can be taken in", "Merged before"]


def test_a_file_that_is_listed_is_not_listed_twice(
    send: Send, mark: Mark, opened: Open, settle: Wait, messages: StandIn
) -> None:
    file, other = mark(send(), 2, 1), mark(send("Bob Example"), 2, 1)
    screen = opened(file, file, other)
    screen.files_card.list.choose(str(other))
    screen.look((file,))
    settle()
    assert len(lines(screen)) == 2
    assert screen.files_card.told.text().startswith("This file is in the list already. 2 files looked at")
    assert screen.files_card.list.chosen == str(file)
    assert screen.files_card.list.hasFocus()
    assert messages.texts == []  # nothing that would still stand there on the next screen


def test_after_taking_in_the_word_code_of_the_chosen_file_stands_there_to_be_read_out(
    send: Send, mark: Mark, opened: Open, settle: Wait, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"no marks")
    screen = opened(bad, mark(send(), 2, 1), mark(send("Bob Example"), 3, 3))
    codes = [one.file.code for one in screen.files]
    screen.take.click()
    settle()
    cards = screen.outcome_cards
    assert (cards.whose.text(), cards.code.text()) == ("Word code of the file from Ann Example:", codes[1])
    cards.files.setFocus()
    QTest.keyClick(cards.files, Qt.Key.Key_Down)
    assert (cards.whose.text(), cards.code.text()) == ("Word code of the file from Bob Example:", codes[2])
    cards.files.choose(str(bad))
    assert not cards.code.isVisible()


def test_damaged_and_foreign_files_are_refused_with_a_sentence_and_the_good_one_is_taken_in(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, library: Library, tmp_path: Path
) -> None:
    good = mark(sent, 2, 1)
    cut, text = tmp_path / "cut off", tmp_path / "notes.txt"
    cut.write_bytes(good.read_bytes()[:500])
    text.write_text("Marks: 3, 3, 3", encoding="utf-8")
    screen = opened(cut, text, sent.path, tmp_path / "pulled out", good)
    assert [sign for _, sign, _ in lines(screen)] == [
        "Changed or damaged",
        "Refused",
        "Refused",
        "Refused",
        "Can be taken in",
    ]
    assert "was cut off on its way" in details(screen)
    assert screen.files_card.list.hasFocus()
    assert screen.files_card.told.text() == (
        "5 files looked at: 1 can be taken in and 4 refused. Nothing has been kept yet."
    )
    screen.take.click()
    settle()
    assert received(library) == [2]
    assert screen.outcome_cards.said["Altered"].text() == "1 file, refused: changed or damaged on the way"


def test_where_nothing_can_be_believed_there_is_nothing_to_take_in(opened: Open, sent: Sent, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("Marks", encoding="utf-8")
    screen = opened(tmp_path / "notes")
    assert not screen.take.isVisible()
    assert screen.files_card.add.property("kind") == "primary"
    assert "not a sealed file of this program" in details(screen)


def test_a_refused_file_is_read_again_once_it_has_been_copied_again(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, tmp_path: Path
) -> None:
    good, there = mark(sent, 2, 1), tmp_path / "from the stick"
    there.write_bytes(good.read_bytes()[:500])
    screen = opened(there)
    shutil.copy(good, there)
    screen.look((there,))
    settle()
    assert [sign for _, sign, _ in lines(screen)] == ["Can be taken in"]


def test_a_stick_may_be_pulled_out_once_its_file_was_looked_at(
    send: Send, mark: Mark, opened: Open, settle: Wait, library: Library, fault: Tell
) -> None:
    first, second = mark(send(), 2, 1), mark(send("Bob Example"), 3, 3)
    screen = opened(first)
    first.unlink()
    screen.look((second,))
    settle()
    screen.take.click()
    settle()
    assert received(library) == [2, 2]
    fault(
        "The stick is pulled out while returns are looked at",
        area="Merging",
        tried=1,
        lost=0,
        person_sees="The marks of the file that is gone are merged all the same",
    )


def test_a_file_can_be_left_out_again(send: Send, mark: Mark, opened: Open, settle: Wait, library: Library) -> None:
    first, second = mark(send(), 2, 1), mark(send("Bob Example"), 3, 3)
    screen = opened(first, second)
    screen.files_card.list.choose(str(first))
    screen.files_card.list.setFocus()
    QTest.keyClick(screen.files_card.list, Qt.Key.Key_Delete)
    assert [title for title, _, _ in lines(screen)] == ["Bob Example"]
    screen.files_card.leave_out.click()
    assert lines(screen) == []
    assert screen.files_card.add.hasFocus()
    assert not screen.take.isVisible()
    assert first.exists()


def test_a_reviewers_new_key_is_explained_with_its_six_words(sent: Sent, mark: Mark, opened: Open) -> None:
    screen = opened(mark(sent, 2, 1, signed=True))
    assert lines(screen)[0][1] == "Can be taken in, with a key that is new here"
    own = merging.key_words(reviewer_keys.own_key(sent.laptop).public)
    assert f"Six words of a key that is new here: {own}\n" in details(screen)
    assert "ask them to read out the six words" in details(screen)
    assert screen.files_card.list.hasFocus()


def test_another_key_than_before_is_refused_until_the_person_has_rung_the_reviewer(
    sent: Sent,
    mark: Mark,
    laptops: Laptops,
    hand: HandClock,
    opened: Open,
    settle: Wait,
    library: Library,
    tmp_path: Path,
) -> None:
    first = merging.look(library, [mark(sent, 2, why="Later.", signed=True)], hand.clock)
    merging.take_in(library, first)
    hand.pass_seconds(60)
    stranger = reviewer_keys.own_key(laptops("a new computer"))
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        for sheet in workspace.order:
            workspace.submit(sheet, marks(3), hand.clock)
        workspace.make_return(tmp_path / "again", hand.clock, reviewer_secret=stranger.signing)
    screen = opened(tmp_path / "again")
    assert lines(screen)[0][:2] == ("Ann Example", "Another key than before")
    assert first[0].key_words in details(screen)
    assert f"Six words of the key on this file: {merging.key_words(stranger.public)}\n" in details(screen)
    assert not screen.take.isVisible()
    screen.files_card.believe.click()
    assert lines(screen)[0][1] == "Can be taken in, with a key that is new here"
    screen.take.click()
    settle()
    assert received(library) == [2]
    assert not merging.look(library, [tmp_path / "again"], hand.clock)[0].why_refused


def test_a_file_without_the_key_that_its_reviewer_has_is_refused_in_the_same_way(
    sent: Sent, mark: Mark, hand: HandClock, opened: Open, library: Library
) -> None:
    merging.take_in(library, merging.look(library, [mark(sent, 2, why="Later.", signed=True)], hand.clock))
    screen = opened(mark(sent, 2, 1))
    assert "There is no key of Ann Example’s own on this file." in details(screen)
    assert screen.files_card.believe.text() == "Believe this file"


def test_several_files_can_be_dropped_on_the_window(send: Send, mark: Mark, opened: Open, settle: Wait) -> None:
    files = [mark(send(), 2, 1), mark(send("Bob Example"), 3, 3)]
    screen = opened()
    data = QMimeData()
    data.setUrls([*(QUrl.fromLocalFile(str(file)) for file in files), QUrl("https://example.org/a")])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.dropEvent(event)
    settle()
    assert event.isAccepted()
    assert [title for title, _, _ in lines(screen)] == ["Ann Example", "Bob Example"]


def test_more_can_be_added_after_the_outcome_and_the_outcome_can_be_copied(
    send: Send, mark: Mark, opened: Open, settle: Wait, library: Library, messages: StandIn
) -> None:
    first, second = mark(send(), 2, 1), mark(send("Bob Example"), 3, 3)
    screen = opened(first)
    screen.take.click()
    settle()
    screen.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Expected: 4 sheets in 2 packs about the same rehearsals\nReceived: 2 sheets")
    assert "Bob Example  ·  0 of 2 sheets received  ·  2 missing" in copied
    messages.files = [second]
    screen.more.click()
    settle()
    assert [title for title, _, _ in lines(screen)] == ["Bob Example"]
    screen.take.click()
    settle()
    assert received(library) == [2, 2]


def test_where_they_cannot_be_kept_it_says_so_keeps_nothing_and_the_files_stay_listed(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, library: Library, changes: list[Change]
) -> None:
    screen = opened(mark(sent, 2, 1))
    packing.remove(library, sent.id)  # in another window, meanwhile
    screen.take.click()
    settle()
    assert "no longer there" in screen.problem.text()
    assert screen.problem.isVisible()
    assert len(lines(screen)) == 1
    assert screen.take.hasFocus()
    assert changes == []


def test_it_does_not_close_while_marks_are_being_saved(
    sent: Sent, mark: Mark, opened: Open, settle: Wait, messages: StandIn
) -> None:
    screen = opened(mark(sent, 2, 1))
    screen.take.click()
    assert not screen.may_close()
    assert messages.texts == ["The marks are being saved. Wait a moment."]
    settle()
    assert screen.may_close()


def test_without_an_open_library_it_says_so_in_place(sent: Sent, mark: Mark, desk: Desk, opened: Open) -> None:
    file = mark(sent, 2, 1)
    library, desk.opened = desk.opened, None
    screen = opened(file)
    assert "Your library is not open" in screen.problem.text()
    assert screen.files_card.add.hasFocus()
    desk.opened = library
