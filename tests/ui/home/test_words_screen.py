"""What somebody said, to be read again: all of it, as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.services import sittings
from cqcmock.services.live import LiveInterview
from tests.clocks import HandClock
from tests.ui.home.played import begin, finished, stopped
from ui.desk import Desk
from ui.home.words_screen import WordsScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def read_words(desk: Desk, show: Callable[[QWidget], None], qtbot: QtBot) -> Callable[[str], WordsScreen]:
    def read(sitting: str) -> WordsScreen:
        screen = WordsScreen(desk, sitting)
        filled: list[bool] = []
        screen.filled.connect(lambda: filled.append(True))
        show(screen)
        screen.arrived()
        qtbot.waitUntil(lambda: bool(filled))
        return screen

    return read


def test_every_question_answer_follow_up_and_the_last_words_are_there(
    library: Library, hand: HandClock, read_words: Callable[[str], WordsScreen]
) -> None:
    sitting = finished(library, hand)
    text = read_words(sitting).text.toPlainText()
    kept = sittings.load(library, sitting)
    take = kept.state.takes[0][0]
    assert take.probes
    in_order = [kept.plan.questions[0].question.text, take.text, *(probe.text for probe in take.probes)]
    assert [text.find(part) for part in in_order] == sorted(text.find(part) for part in in_order)
    assert text.find(in_order[0]) >= 0
    assert all(probe.answer in text for probe in take.probes)
    assert "Thank you for asking." in text


def test_takes_and_notes_are_told_apart(
    library: Library, hand: HandClock, read_words: Callable[[str], WordsScreen]
) -> None:
    sitting = begin(library, hand, questions=1)
    with sittings.recorder(library, sitting) as keep:
        live = LiveInterview(sittings.load(library, sitting).plan, (), hand.clock, keep)
        live.show_next()
        live.begin_answer()
        live.note("Ask Maya for the figure")
        live.end_answer("The first go.", ask_on=False)
        live.show_again()
        live.begin_answer()
        live.end_answer("", ask_on=False)
    text = read_words(sitting).text.toPlainText()
    assert text.index("First take") < text.index("The first go.") < text.index("Second take")
    assert "Nothing was typed." in text
    assert "Ask Maya for the figure" in text


@pytest.mark.parametrize("said", ["<b>Bold</b> & <script>alert(1)</script>", "A" * 10_000, "مرحبا 🎉\nSecond line"])
def test_words_are_shown_as_they_were_typed(
    library: Library, hand: HandClock, read_words: Callable[[str], WordsScreen], said: str
) -> None:
    screen = read_words(stopped(library, hand, at=1, text=said))
    assert said in screen.text.toPlainText()
    assert not screen.text.horizontalScrollBar().maximum()
    assert screen.text.isReadOnly()


@pytest.mark.parametrize(
    ("phase", "words", "signal", "report"),
    [
        (Phase.OWN_MARKS, "Mark your answers", "marks_wanted", True),
        (Phase.REFLECTION, "Write your reflection", "reflection_wanted", True),
        (Phase.DONE, "", "", True),
        (Phase.ANSWER, "Carry on", "carry_on_wanted", False),
    ],
)
def test_the_buttons_lead_on_from_where_the_sitting_is(
    library: Library,
    hand: HandClock,
    read_words: Callable[[str], WordsScreen],
    qtbot: QtBot,
    phase: Phase,
    words: str,
    signal: str,
    report: bool,
) -> None:
    sitting = stopped(library, hand) if phase is Phase.ANSWER else finished(library, hand, to=phase)
    screen = read_words(sitting)
    assert screen.report.isVisible() == report
    assert screen.go_on.isVisible() == bool(words)
    if words:
        assert screen.go_on.text() == words
        with qtbot.waitSignal(getattr(screen, signal)) as caught:
            screen.go_on.click()
        assert caught.args == [sitting]


def test_escape_goes_back(
    library: Library, hand: HandClock, read_words: Callable[[str], WordsScreen], qtbot: QtBot
) -> None:
    screen = read_words(stopped(library, hand))
    with qtbot.waitSignal(screen.back_wanted):
        QTest.keyClick(screen.text, Qt.Key.Key_Escape)


def test_a_sitting_that_is_gone_is_said_to_be_gone(read_words: Callable[[str], WordsScreen]) -> None:
    screen = read_words("nothing-like-it")
    assert "no longer in the library" in screen.about.text()
    assert not screen.go_on.isVisible()


def test_larger_text_is_laid_out_again_with_the_same_words(
    library: Library, hand: HandClock, desk: Desk, read_words: Callable[[str], WordsScreen]
) -> None:
    screen = read_words(stopped(library, hand))
    before, words = screen.text.document().size().height(), screen.text.toPlainText()
    desk.theme.set_percent(200)
    assert screen.text.toPlainText() == words
    assert screen.text.document().size().height() > 1.5 * before
