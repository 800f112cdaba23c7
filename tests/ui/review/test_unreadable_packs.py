"""In the room of peer review, a pack that cannot be read stands beside the others and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cqcmock.services import pack_folders, reviewing
from cqcmock.storage import engine
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Send, Sent, Wait
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import shelf_words
from ui.review.review_screen import ReviewScreen
from ui.widgets.pill import Tone


def library_of(sent: Sent) -> Path:
    return pack_folders.folder_of(sent.laptop, sent.id) / "library.sqlite"


@pytest.fixture
def hurt(sent: Sent, hand: HandClock) -> Sent:
    """A pack on Ann's laptop that is damaged."""
    reviewing.open_pack(sent.laptop, sent.path, hand.clock).close()
    library_of(sent).write_bytes(b"not a library any more")
    return sent


@pytest.fixture
def sound(send: Send, hand: HandClock) -> Sent:
    """Another one that is not."""
    other = send()
    reviewing.open_pack(other.laptop, other.path, hand.clock).close()
    return other


@pytest.fixture
def screen(reviewer_desk: Desk, window: MainWindow, hurt: Sent, sound: Sent, settle: Wait) -> ReviewScreen:
    made = ReviewScreen(reviewer_desk, window.commands)
    window.open(made)
    settle()
    return made


def choose(screen: ReviewScreen, sent: Sent) -> None:
    line = next(line for line in screen.to_mark.list.lines.lines if line.title == sent.path.name)
    screen.to_mark.list.choose(line.key)


def signals_of(screen: ReviewScreen) -> list[str]:
    heard: list[str] = []
    screen.go_on_wanted.connect(lambda pack: heard.append(f"go on {pack}"))
    screen.return_wanted.connect(lambda pack: heard.append(f"return {pack}"))
    screen.open_wanted.connect(lambda: heard.append("open"))
    return heard


def test_a_damaged_pack_stands_beside_the_others_in_word_and_shape_and_the_sound_one_comes_first(
    screen: ReviewScreen, hurt: Sent, sound: Sent
) -> None:
    lines = {line.title: line for line in screen.to_mark.list.lines.lines}
    assert (lines[hurt.path.name].sign, lines[hurt.path.name].tone) == ("Damaged", Tone.OVER)
    assert lines[sound.path.name].sign == "Not begun: 0 of 2 sheets submitted"
    assert screen.to_mark.list.chosen == sound.id
    assert screen.to_mark.go_on.text() == "Begin marking"
    assert screen.to_mark.go_on.hasFocus()
    assert not screen.to_mark.trouble.isVisible()


def test_a_damaged_pack_is_opened_again_from_its_file_by_button_and_by_key_and_cannot_be_returned(
    screen: ReviewScreen, hurt: Sent
) -> None:
    choose(screen, hurt)
    heard = signals_of(screen)
    card = screen.to_mark
    assert "Open the pack again from its file" in card.details.text()
    assert card.go_on.text() == "Open it again from its file…"
    assert not card.give_back.isVisible()
    card.go_on.click()
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    QTest.keyClick(card.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["open", "open"]


def test_a_damaged_pack_is_forgotten_by_key_after_a_warning_and_the_other_can_be_returned_again(
    screen: ReviewScreen, hurt: Sent, sound: Sent, messages: StandIn, settle: Wait
) -> None:
    choose(screen, hurt)
    assert screen.to_mark.chosen is not None
    assert "lost for good" in shelf_words.lost_by_forgetting(screen.to_mark.chosen)
    messages.answers = [True]
    screen.to_mark.list.setFocus()
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_Delete)
    settle()
    assert messages.questions == [f"Forget “{hurt.path.name}” on this computer?"]
    assert [one.id for one in reviewing.workspaces(sound.laptop)] == [sound.id]
    heard = signals_of(screen)
    QTest.keyClick(screen.to_mark.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert heard == [f"return {sound.id}"]


def test_what_was_put_aside_can_only_be_forgotten(
    screen: ReviewScreen, hurt: Sent, hand: HandClock, settle: Wait
) -> None:
    reviewing.open_pack(hurt.laptop, hurt.path, hand.clock).close()
    screen.refresh()
    settle()
    card = screen.to_mark
    aside = next(line for line in card.list.lines.lines if line.sign == "Damaged, put aside")
    card.list.choose(aside.key)
    heard = signals_of(screen)
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    assert heard == []
    assert "before you opened it anew" in card.details.text()
    assert [button.isVisible() for button in (card.go_on, card.give_back, card.forget)] == [False, False, True]


def test_a_pack_that_cannot_be_read_now_is_tried_again(
    screen: ReviewScreen, hurt: Sent, sound: Sent, settle: Wait
) -> None:
    def set_version(version: str) -> str:
        connection = engine.connect(library_of(sound))
        try:
            (before,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        finally:
            connection.close()
        return str(before)

    before = set_version("9999")
    screen.refresh()
    settle()
    choose(screen, sound)
    assert screen.to_mark.chosen is not None
    assert shelf_words.marking_line(screen.to_mark.chosen, screen._desk.clock.today()).sign == "Cannot be read now"
    assert "newer version" in screen.to_mark.details.text()
    assert screen.to_mark.go_on.text() == "Try again"
    set_version(before)
    screen.to_mark.go_on.click()
    settle()
    choose(screen, sound)
    assert screen.to_mark.go_on.text() == "Begin marking"
