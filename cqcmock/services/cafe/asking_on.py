"""Asking on in a café: a colleague taps what was missing, and the room sees the next probe at once.

The rules are those of `domain.interviewing`, as in a rehearsal with an interviewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.cafe.asking_on import kept, spoken
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.scene import State
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.domain.interviewing import Interviewing, Tap, as_kept, step
from cqcmock.domain.questions import Question, filled
from cqcmock.errors import UserError
from cqcmock.services.interviewing import coming as coming

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library


def standing(library: Library, state: State, names: Mapping[str, str]) -> Interviewing | None:
    """Where the asking on about the question on screen stands, or None where no question is asked."""
    on, asked = state.progress, state.question
    if on is None or asked is None:
        return None
    return as_kept(_of_bank(library, asked, names), kept(on.asked_on_now))


def tap(library: Library, opened: OpenCafe, tapped: Tap, names: Mapping[str, str]) -> Interviewing:
    """What was heard, or missed: returns where it stands then, with the probe that the room is asked next, if any."""
    state = opened.run.state
    now = standing(library, state, names)
    if now is None or state.question is None:
        raise OutOfOrderError("no question is asked")
    after = step(now, tapped)
    probe = None
    if after.brought and after.probe is not None:
        asked = state.question
        probe = RoundQuestion(bank=asked.bank, question=asked.question, text=after.probe.text)
    opened.run.ask_on(tapped, probe)
    return after


def _of_bank(library: Library, asked: RoundQuestion, names: Mapping[str, str]) -> Question:
    """The question with its probes; where the bank has it no longer, only its words, and plain probes follow."""
    try:
        with library.reading() as session:
            return filled(storage.banks.question(session, asked.bank, asked.question), names)
    except UserError:
        return spoken(asked.text)
