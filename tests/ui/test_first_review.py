"""Two people who have only the program and a stick: a pack made, marked on another computer by keyboard, and returned.

The stick is pulled out while the pack is marked and when the return is written. Only the file choosers are stood in
for: both programs, both libraries, and the files between them are real.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import merging, peers, reports, sittings
from tests.clocks import HandClock
from tests.played import played
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.rehearse.report_screen import ReportScreen
from ui.review.mark_pack_screen import MarkPackScreen
from ui.theme import Theme

SAID = "Hertfordshire is about 1.2 million people. Mrs Okafor told us that she waited nine days."
WORDS = "lamp river stone window carpet seven"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEVELS = (2, 3, 1, 2, 0, 3)


@pytest.fixture(autouse=True)
def no_choosers(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)


def to_peer_review(hands: Hands) -> None:
    hands.press(Qt.Key.Key_5, ALT)
    assert hands.sees("Packs you sent")


def make_a_pack(hands: Hands, sitting: str, pack: Path) -> None:
    """Three steps: what and to whom, what could name somebody, and six words."""
    hands.press(Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.tab_to("Lead member")
    hands.press(Qt.Key.Key_Space)
    hands.tab_to("Reviewer's name")
    hands.type("Ann Example")
    hands.press_button("Next")
    assert hands.sees("1 of 1 still to decide")
    hands.press_button("Take it out")
    hands.press_button("Next")
    hands.press_button("Type my own")
    hands.tab_to("The words that open it")
    hands.type(WORDS)
    hands.messages.files = [pack]
    hands.press_button("Save the pack")
    assert pack.exists()
    assert hands.sees(WORDS)
    hands.messages.answers = [True]  # the words are noted
    hands.press_button("Done")


def mark_a_pack(hands: Hands, pack: Path, qtbot: QtBot) -> MarkPackScreen:
    """Open it with the words as they were heard, and mark both answers with the number keys."""
    hands.messages.files = [pack]
    hands.press(Qt.Key.Key_O, CTRL)
    hands.press_button("Choose the pack")
    hands.tab_to("words")
    hands.type(f"  {WORDS.upper()}")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(hands.house.window.current, MarkPackScreen), timeout=30_000)
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, MarkPackScreen)
    assert screen.marking is not None
    assert "Okafor" not in repr(screen.marking.pack)
    stick = pack.parent
    stick.rename(stick.with_name("pulled out"))  # marking needs no stick
    for _ in screen.marking.pack.answers:
        for level in LEVELS:
            hands.press(Qt.Key(Qt.Key.Key_0 + level))
        hands.press(Qt.Key.Key_Return, CTRL)
    assert screen.marking.all_submitted
    return screen


def return_a_pack(hands: Hands, file: Path) -> str:
    """The stick is not there at first; then it is. Returns what the receipt says."""
    hands.press(Qt.Key.Key_E, CTRL)
    hands.messages.files = [file]
    hands.press(Qt.Key.Key_E, CTRL)
    assert not file.exists()
    file.parent.with_name("pulled out").rename(file.parent)
    hands.messages.files = [file]
    hands.press(Qt.Key.Key_E, CTRL)
    assert file.exists()
    return hands.seen()


def test_a_pack_goes_there_and_back_and_the_report_says_what_the_reviewer_thought(
    tmp_path: Path, prepared_library: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    pack, returned = stick / "for-ann.cqcpack", stick / "from-ann.cqcreturn"
    council = Path(shutil.copytree(prepared_library, tmp_path / "council"))
    with running(council, qtbot) as house:
        hands = Hands(house, qtbot)
        sitting = played(house.desk.library, HandClock(), answers=(SAID, "We asked forty carers."))
        to_peer_review(hands)
        make_a_pack(hands, sitting, pack)
    with running(tmp_path / "ann", qtbot) as house:
        hands = Hands(house, qtbot)
        to_peer_review(hands)
        mark_a_pack(hands, pack, qtbot)
        receipt = return_a_pack(hands, returned)
        assert sittings.recent(house.desk.library) == ()  # nothing of the reviewer's own library was touched
    with running(council, qtbot) as house:
        hands, library = Hands(house, qtbot), house.desk.library
        (incoming,) = merging.look(library, [returned], house.desk.clock)
        assert incoming.code in " ".join(receipt.split())
        to_peer_review(hands)
        hands.messages.files = [returned]
        hands.press(Qt.Key.Key_I, CTRL)
        hands.press_button("Add a file")
        assert incoming.code in " ".join(hands.seen().split())  # what both read out to each other
        hands.press_button("Take these in")
        sittings.submit_marks(library, sitting, MarkSheet(), house.desk.clock)
        review = peers.peer_review(library, sittings.load(library, sitting))
        assert review is not None
        assert (review.expected, review.received) == (2, 2)
        assert all(
            tuple(one.sheet.marks.levels[lens.lens] for lens in review.lenses) == LEVELS
            for one in review.peers[0].sheets
        )
        house.journeys.report(sitting)
        report = house.window.current
        assert isinstance(report, ReportScreen)
        qtbot.waitUntil(lambda: report.report is not None, timeout=20_000)
        assert report.report is not None
        assert "Ann Example" in " ".join(reports.page_words(report.report.pdf))
        hands.settle()
