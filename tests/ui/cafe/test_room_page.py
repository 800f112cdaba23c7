"""The picture for the projector: readable from ten metres, whole, and the same at any size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF, QImage

from tests.ui.conftest import Show
from ui.cafe.fitted import fitted, font_of
from ui.cafe.room_page import READABLE, RoomPage
from ui.cafe.room_sight import ClockSight, RoomSight
from ui.theme import FAMILIES, Theme, ThemeChoice
from ui.widgets.pill import Tone

LONG = (
    "It is Saturday night, and the only person caring for a man with dementia has been taken to hospital. "
    "Who helps him?"
)
CLOCK = ClockSight(tone=Tone.WRAP_UP, word="Wrap up", time="0:48 left")


@pytest.fixture
def page(theme: Theme, show: Show) -> RoomPage:
    made = RoomPage(theme, name="What the room sees")
    made.resize(1920, 1080)
    show(made)
    return made


def test_the_longest_shipped_question_is_readable_from_ten_metres(theme: Theme) -> None:
    width, height = 1920 * 89 // 100, 1080 * 55 // 100
    shown, pixels = fitted(LONG, FAMILIES, 600, width, height, 170, 40)
    assert shown == LONG
    assert pixels >= 1080 * READABLE


@pytest.mark.parametrize("words", ["x" * 5_000, "word " * 900, "🙂" * 400, "مرحبا " * 300])
def test_words_without_end_still_fit_into_their_place(theme: Theme, words: str) -> None:
    from ui.widgets.labels import wrappable

    shown, pixels = fitted(wrappable(words), FAMILIES, 400, 800, 500, 90, 40)
    needed = QFontMetricsF(font_of(FAMILIES, 400, pixels)).height()
    assert pixels >= 40
    assert needed <= 500
    assert shown.endswith("…")


def test_nothing_is_drawn_over_the_clock(page: RoomPage) -> None:
    page.show_sight(RoomSight(caption="A round " * 20, main=LONG, clock=CLOCK))
    with_words = page.grab(page._clock_place()).toImage()
    page.show_sight(RoomSight(clock=CLOCK))
    assert page.grab(page._clock_place()).toImage() == with_words


def test_only_the_clock_is_drawn_again_when_only_the_clock_is_different(page: RoomPage) -> None:
    drawn = []
    for time in ("0:48 left", "0:47 left", "0:46 left"):
        page.show_sight(RoomSight(main=LONG, clock=ClockSight(tone=Tone.WRAP_UP, word="Wrap up", time=time)))
        drawn.append(page.grab().toImage())
    assert all(one != other for one, other in pairwise(drawn))


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def test_every_look_is_drawn(page: RoomPage, theme: Theme, choice: ThemeChoice) -> None:
    theme.set_choice(choice)
    page.show_sight(
        RoomSight(main="Two answers", beside=("We asked forty carers.", "We are committed. " * 200), clock=CLOCK)
    )
    assert not page.grab().toImage().isNull()


def test_a_screen_reader_is_told_everything_that_is_shown(page: RoomPage) -> None:
    page.show_sight(RoomSight(main=LONG, under="A speaks", clock=CLOCK))
    for words in (LONG, "A speaks", "Wrap up", "0:48 left"):
        assert words in page.accessibleDescription()


def test_two_answers_are_written_in_one_size_so_that_neither_seems_to_count_for_more(page: RoomPage) -> None:
    left_half = QRect(0, 0, page.width() // 2, page.height())
    short, long = "I asked Joan.", "We rang forty carers in March, and eleven had stopped sleeping. " * 4

    def left(*answers: str) -> QImage:
        page.show_sight(RoomSight(beside=(answers[0], answers[1])))
        return page.grab(left_half).toImage()

    alone, beside_long = left(short, short), left(short, long)
    assert alone != beside_long
    assert beside_long == left(short, long)
