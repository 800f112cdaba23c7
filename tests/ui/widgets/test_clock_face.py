from __future__ import annotations

import pytest

from cqcmock.domain.plan import Timing
from tests.ui.conftest import Show
from ui.theme import Theme
from ui.widgets import clock_face as module
from ui.widgets.clock_face import ClockFace, minutes

TIMING = Timing(prepare=15, target=120, limit=180)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(module, "announce", lambda _widget, text: said.append(text))
    return said


@pytest.fixture
def clock(theme: Theme, show: Show, spoken: list[str]) -> ClockFace:
    made = ClockFace()
    show(made)
    return made


@pytest.mark.parametrize(
    ("seconds", "shape", "words", "light"),
    [
        (0, "●", "In hand, 0:00 of 2:00", "in-hand"),
        (72.9, "●", "In hand, 1:12 of 2:00", "in-hand"),
        (120, "▲", "Wrap up, 2:00 of 3:00", "wrap-up"),
        (180, "▲", "Wrap up, 3:00 of 3:00", "wrap-up"),
        (180.5, "■", "Over, 0:00 past 3:00", "over"),
        (3 * 60 + 75, "■", "Over, 1:15 past 3:00", "over"),
    ],
)
def test_the_time_is_a_shape_a_word_and_a_colour_together(
    clock: ClockFace, seconds: float, shape: str, words: str, light: str
) -> None:
    clock.show_time(seconds, TIMING)
    assert clock.text().startswith(shape)
    assert clock.accessibleName() == words
    assert clock.property("light") == light


def test_it_speaks_at_the_lights_only(clock: ClockFace, spoken: list[str]) -> None:
    for tenth in range(2400):
        clock.show_time(tenth / 10, TIMING)
    assert spoken == ["Wrap up", "Over"]


def test_a_silent_clock_says_nothing(clock: ClockFace, spoken: list[str]) -> None:
    clock.silent = True
    for seconds in (0, 130, 200):
        clock.show_time(seconds, TIMING)
    assert spoken == []


def test_it_does_not_move_while_it_runs(clock: ClockFace) -> None:
    widths = set()
    for seconds in range(120):
        clock.show_time(seconds, TIMING)
        widths.add(clock.sizeHint().width())
    assert len(widths) == 1


def test_between_two_seconds_nothing_is_laid_out_or_painted(theme: Theme, show: Show) -> None:
    class Counting(ClockFace):
        said: list[str]

        def setText(self, text: str) -> None:  # noqa: N802 - Qt's own name
            self.said.append(text)
            super().setText(text)

    Counting.said = said = []
    clock = Counting()
    show(clock)
    said.clear()
    for tenth in range(25):
        clock.show_time(tenth / 10, TIMING)
    assert len(said) == 3


def test_preparing_counts_down_and_never_below_nothing(clock: ClockFace) -> None:
    clock.show_preparation(12.2)
    assert clock.accessibleName() == "Preparing, 0:13 left"
    clock.show_preparation(-3)
    assert clock.accessibleName() == "Preparing, 0:00 left"


def test_a_stopped_clock_says_why(clock: ClockFace, spoken: list[str]) -> None:
    clock.show_stopped("Interrupted")
    assert clock.accessibleName() == "Interrupted"
    assert clock.text() == "○\u2002Interrupted"


def test_a_hidden_clock_keeps_its_place_and_still_speaks(clock: ClockFace, spoken: list[str]) -> None:
    clock.show_time(10, TIMING)
    clock.set_hidden(True)
    assert not clock.isVisible()
    assert clock.sizePolicy().retainSizeWhenHidden()
    clock.show_time(130, TIMING)
    assert spoken == ["Wrap up"]
    clock.set_hidden(False)
    assert clock.isVisible()


def test_a_clock_is_not_a_window_of_its_own_before_it_is_placed(theme: Theme) -> None:
    clock = ClockFace()
    clock.set_hidden(False)
    assert not clock.isVisible()


def test_minutes_are_whole_seconds_that_have_passed_or_are_left() -> None:
    assert minutes(59.99) == "0:59"
    assert minutes(60) == "1:00"
    assert minutes(0.01, up=True) == "0:01"
    assert minutes(3600) == "60:00"
