"""Three people who have only the program and a stick: an owner, one reviewer who is told six words, one with a key.

Packs are made, marked on other computers by keyboard, returned, taken in and reported. The stick is pulled out while
a pack is marked, when its return is written, and while the return is copied. Only the file choosers are stood in for:
the programs, their libraries, and the files between them are real.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cqcmock.services import merging, peers, reports, sittings
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import LENSES
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.rehearse.report_screen import ReportScreen
from ui.review.mark_pack_screen import MarkPackScreen
from ui.theme import Theme

SAID = "Hertfordshire is about 1.2 million people. Mrs Okafor told us that she waited nine days."
WORDS = "lamp river stone window carpet seven"
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ANN, BOB = "Ann Example", "Bob Example"
LEVELS = {ANN: (2, 3, 1, 2, 0, 3), BOB: (1, 1, 3, 2, 2, 1)}
KEEP, CHANGE = ("A figure first.", "Their own words.", "Plain and short."), ("Say of which year.", "Say who acts.")


@pytest.fixture(autouse=True)
def no_choosers(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)


def to_peer_review(hands: Hands) -> None:
    hands.press(Qt.Key.Key_6, ALT)
    assert hands.sees("Packs you sent")


def copy_own_key(hands: Hands) -> str:
    """What a reviewer sends to the owner beforehand."""
    to_peer_review(hands)
    hands.press(Qt.Key.Key_O, CTRL)
    hands.press_button("Show your own public key")
    hands.press_button("Copy the key")
    return QGuiApplication.clipboard().text()


def make_packs(hands: Hands, for_ann: Path, for_bob: Path, bobs_key: str) -> None:
    """Three steps each: what and to whom, what could name somebody, and six words or a key."""
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    hands.tab_to("Lead member")
    hands.press(Qt.Key.Key_Space)
    hands.tab_to("Reviewer's name")
    hands.type(ANN)
    hands.press_button("Next")
    assert hands.sees("1 of 1 still to decide")
    hands.press_button("Take it out")
    hands.press_button("Next")
    hands.press_button("Type my own")
    hands.tab_to("The words that open it")
    hands.type(WORDS)
    hands.messages.files = [for_ann]
    hands.press_button("Save the pack")
    assert for_ann.exists()
    assert hands.sees(WORDS)
    hands.press_button("The same for another reviewer")
    hands.type(BOB)
    hands.tab_to("With six words")
    hands.press(Qt.Key.Key_Down)
    hands.tab_to("Public key")
    hands.type(bobs_key)
    hands.press_button("Next")
    assert hands.sees(f"What you decided for {ANN} is shown here too")
    hands.press_button("Next")
    assert hands.sees("There are no words to be said.")
    hands.messages.files = [for_bob]
    hands.press_button("Save the pack")
    assert for_bob.exists()
    hands.press_button("Done")


def open_a_pack(hands: Hands, pack: Path, qtbot: QtBot, words: str = "") -> MarkPackScreen:
    """Open it, with the words as they were heard or with the reviewer's own key."""
    hands.messages.files = [pack]
    hands.press(Qt.Key.Key_O, CTRL)
    hands.press_button("Choose the pack")
    if words:
        hands.tab_to("words")
        hands.type(f"  {words.upper()}")
        hands.press(Qt.Key.Key_Return)
    else:
        hands.press_button("Open the pack")
    qtbot.waitUntil(lambda: isinstance(hands.house.window.current, MarkPackScreen), timeout=30_000)
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, MarkPackScreen)
    assert screen.marking is not None
    assert "Okafor" not in repr(screen.marking.pack)
    return screen


def mark_all(hands: Hands, screen: MarkPackScreen, levels: Sequence[int]) -> None:
    """Every answer, with the number keys."""
    assert screen.marking is not None
    for _ in screen.marking.pack.answers:
        for level in levels:
            hands.press(Qt.Key(Qt.Key.Key_0 + level))
        hands.press(Qt.Key.Key_Return, CTRL)
    assert screen.marking.all_submitted


def return_to(hands: Hands, file: Path) -> str:
    """Returns what the receipt says, in one line."""
    hands.messages.files = [file]
    hands.press(Qt.Key.Key_E, CTRL)
    assert file.exists()
    return " ".join(hands.seen().split())


def mark_as_ann(folder: Path, pack: Path, returned: Path, qtbot: QtBot) -> str:
    """The stick is pulled out as soon as the pack is open, and is not there when the return is to be written."""
    stick, pulled = pack.parent, pack.parent.with_name("pulled out")
    with running(folder, qtbot) as house:
        hands = Hands(house, qtbot)
        to_peer_review(hands)
        screen = open_a_pack(hands, pack, qtbot, WORDS)
        stick.rename(pulled)
        mark_all(hands, screen, LEVELS[ANN])
        hands.press(Qt.Key.Key_E, CTRL)
        hands.messages.files = [returned]
        hands.press(Qt.Key.Key_E, CTRL)
        assert not returned.exists()
        assert hands.house.window.current is not None  # and every mark is still there
        pulled.rename(stick)
        receipt = return_to(hands, returned)
        assert sittings.recent(house.desk.library) == ()  # nothing of the reviewer's own library was touched
    return receipt


def mark_as_bob(folder: Path, pack: Path, returned: Path, qtbot: QtBot) -> str:
    with running(folder, qtbot) as house:
        hands = Hands(house, qtbot)
        to_peer_review(hands)
        mark_all(hands, open_a_pack(hands, pack, qtbot), LEVELS[BOB])
        hands.press(Qt.Key.Key_E, CTRL)
        return return_to(hands, returned)


def take_in(hands: Hands, files: Sequence[Path]) -> None:
    """Add these one after the other: the first was cut off while it was copied, and is copied again."""
    first, whole = files[0], files[0].read_bytes()
    first.write_bytes(whole[: len(whole) // 2])
    hands.messages.files = [first]
    hands.press(Qt.Key.Key_I, CTRL)
    hands.press_button("Add a file")
    assert hands.sees("damaged or was cut off")
    assert not hands.sees("can be taken in")
    first.write_bytes(whole)
    for file in files:
        hands.messages.files = [file]
        hands.press(Qt.Key.Key_I, CTRL)
    assert hands.sees("2 files looked at: 2 can be taken in.")
    hands.press_button("Take these in")
    assert hands.sees("4 sheets, saved in your library")
    assert hands.sees("none: every sheet that you sent is back")


def codes_read_out(hands: Hands) -> dict[str, str]:
    """What the owner says to each reviewer over the telephone: the words below the file that is chosen."""
    hands.tab_to("What became of each file")
    found = {}
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        hands.press(key)
        lines = hands.seen().splitlines()
        at = next(at for at, line in enumerate(lines) if line.startswith("Word code of the file from "))
        found[lines[at].removeprefix("Word code of the file from ").removesuffix(":")] = lines[at + 1]
    return found


def mark_own_answers(hands: Hands) -> None:
    """Peers' marks are hidden until these are in."""
    hands.press_button("See the report")
    assert not hands.sees("How far your peers agree")
    hands.press_button("Mark your answers")
    for _question in range(2):
        for _lens in LENSES:
            hands.press(Qt.Key.Key_2)
        hands.press(Qt.Key.Key_N)
    hands.press_button("Hand in")
    to_peer_review(hands)


def choose_what_to_keep_and_change(hands: Hands) -> None:
    hands.press_button("See the report")
    assert hands.sees(f"What {ANN} says") or hands.sees("How far your peers agree")
    hands.tab_to("To keep, 1")
    for words in (*KEEP, *CHANGE):
        hands.type(words)
        hands.press(Qt.Key.Key_Tab)
    hands.press_button("Make the report")


def test_packs_go_there_and_back_and_the_report_says_what_both_reviewers_thought(
    tmp_path: Path, prepared_library: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for_ann, from_ann = stick / "for-ann.cqcpack", stick / "from-ann.cqcreturn"
    for_bob, from_bob = stick / "for-bob.cqcpack", stick / "from-bob.cqcreturn"
    council = Path(shutil.copytree(prepared_library, tmp_path / "council"))
    with running(tmp_path / "bob", qtbot) as house:
        bobs_key = copy_own_key(Hands(house, qtbot))
    with running(council, qtbot) as house:
        hands = Hands(house, qtbot)
        sitting = played(house.desk.library, HandClock(), answers=(SAID, "We asked forty carers."))
        to_peer_review(hands)
        make_packs(hands, for_ann, for_bob, bobs_key)
    receipts = {
        ANN: mark_as_ann(tmp_path / "ann", for_ann, from_ann, qtbot),
        BOB: mark_as_bob(tmp_path / "bob", for_bob, from_bob, qtbot),
    }
    with running(council, qtbot) as house:
        hands, library = Hands(house, qtbot), house.desk.library
        (a_pack,) = merging.look(library, [for_ann], house.desk.clock)
        assert a_pack.why_refused.startswith("This looks like a pack on its way to a reviewer")
        to_peer_review(hands)
        take_in(hands, (from_bob, from_ann))
        codes = codes_read_out(hands)
        assert codes.keys() == receipts.keys()
        assert all(code in receipts[name] for name, code in codes.items())
        assert codes[ANN] not in receipts[BOB]
        hands.press_button("Done")
        mark_own_answers(hands)
        review = peers.peer_review(library, sittings.load(library, sitting))
        assert review is not None
        assert (review.expected, review.received) == (4, 4)
        for peer in review.peers:
            for one in peer.sheets:
                assert tuple(one.sheet.marks.levels[lens.lens] for lens in review.lenses) == LEVELS[peer.name]
        choose_what_to_keep_and_change(hands)
        report = house.window.current
        assert isinstance(report, ReportScreen)
        qtbot.waitUntil(lambda: report.report is not None, timeout=20_000)
        assert report.report is not None
        printed = " ".join(" ".join(reports.page_words(report.report.pdf)).split())
        for words in (ANN, BOB, *KEEP, *CHANGE):
            assert words in printed
        hands.settle()
