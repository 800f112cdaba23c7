"""Rehearsals played into a real library, as far as a test needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cqcmock.domain.interview import Phase
from cqcmock.domain.modes import Mode
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import rehearsing, sittings
from cqcmock.services.live import LiveInterview
from cqcmock.settings import Settings
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SAID = "Hertfordshire is ten districts and about 1.2 million people."


def begin(library: Library, clock: HandClock, *, questions: int = 3, mode: Mode = Mode.PRACTICE) -> str:
    """A rehearsal that was set up and not begun; returns its id."""
    set_up = replace(rehearsing.default_set_up(library, Settings()), questions=questions, mode=mode, seed=3)
    plan = rehearsing.make_plan(library, set_up)
    return rehearsing.start(library, plan, "", clock.clock).id


def stopped(
    library: Library, clock: HandClock, *, at: int = 2, of: int = 3, pause: bool = False, text: str = SAID
) -> str:
    """A rehearsal that was paused, or left, in the answer to question `at`."""
    sitting = begin(library, clock, questions=of)
    live, keep = _live(library, sitting, clock)
    with keep:
        for question in range(at):
            _answer(live, clock, text, end=question < at - 1)
        if pause:
            live.pause()
        else:
            live.leave()
    clock.pass_seconds(60)
    return sitting


def finished(library: Library, clock: HandClock, *, to: Phase = Phase.DONE, actions: Sequence[Action] = ()) -> str:
    """A rehearsal whose interview is over, and that has come as far as this phase."""
    sitting = begin(library, clock, questions=1)
    live, keep = _live(library, sitting, clock)
    with keep:
        _answer(live, clock, SAID, end=True)
        live.ask_last_words()
        live.finish("Thank you for asking.")
    if to is not Phase.OWN_MARKS:
        sittings.submit_marks(library, sitting, MarkSheet(), clock.clock)
    if to is Phase.DONE:
        sittings.finish_reflection(library, sitting, Reflection(proud="The forum"), actions, clock.clock)
    clock.pass_seconds(60)
    return sitting


class _Keeping:
    def __init__(self, library: Library, sitting: str) -> None:
        self._recorder = sittings.recorder(library, sitting)
        self.keep = self._recorder.__enter__()

    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: object) -> None:
        self._recorder.__exit__(None, None, None)


def _live(library: Library, sitting: str, clock: HandClock) -> tuple[LiveInterview, _Keeping]:
    keeping = _Keeping(library, sitting)
    return LiveInterview(sittings.load(library, sitting).plan, (), clock.clock, keeping.keep), keeping


def _answer(live: LiveInterview, clock: HandClock, text: str, *, end: bool) -> None:
    live.show_next()
    clock.pass_seconds(5)
    if live.state.phase is Phase.PREPARE:
        live.begin_answer()
    clock.pass_seconds(70)
    if not end:
        live.save_text(text)
        return
    live.end_answer(text)
    while live.state.phase is Phase.PROBE:
        clock.pass_seconds(20)
        live.end_answer("One carer told us that she waited nine days.")
