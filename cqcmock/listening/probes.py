"""Chooses what an assessor would ask next from what was heard and what was not.

The order is always this: first every point that was not heard, the weightiest first (3, 2, 1), of equals the one with
the fewest words heard, then in the order of the question. Then the question's own probes whose cue is met, cue by cue:

    always       every time
    no-number    no number counts
    no-example   no example counts
    no-voice     nobody's voice counts
    in-progress  at least one claim counts that is under way with neither date nor owner
    vague        nothing solid counts (no number, no example, no voice), or at least three hedges count and more of them
                 than of numbers, examples and voices together

and of one cue in the order of the question. What a person has overruled does not count, and a point counts or not as
they have said, so that overruling changes what is asked. The same hearing always gets the same probes.
"""

from __future__ import annotations

from collections.abc import Iterator

from cqcmock.domain.hearing import MISSING_POINT, FindingKind, Hearing, NextProbe
from cqcmock.domain.questions import Cue, Question

CUE_ORDER = (Cue.ALWAYS, Cue.NO_NUMBER, Cue.NO_EXAMPLE, Cue.NO_VOICE, Cue.IN_PROGRESS, Cue.VAGUE)

MANY_HEDGES = 3
"""Fewer hedges than this never make an answer vague by themselves."""


def probes_after(hearing: Hearing, question: Question) -> tuple[NextProbe, ...]:
    """What would be asked next after a hearing of an answer to this question, in order (see the module)."""
    missing = sorted(
        (point for point in hearing.points if not point.counts), key=lambda point: (-point.weight, point.words_heard)
    )
    met = frozenset(_cues(hearing))
    return (
        *(NextProbe(cue=MISSING_POINT, text=point.probe, point=point.id) for point in missing),
        *(
            NextProbe(cue=probe.cue, text=probe.text)
            for cue in CUE_ORDER
            if cue in met
            for probe in question.probes
            if probe.cue == cue
        ),
    )


def _cues(hearing: Hearing) -> Iterator[Cue]:
    numbers = sum(not number.overruled for number in hearing.numbers)
    examples = len(hearing.of(FindingKind.EXAMPLE))
    voices = len(hearing.of(FindingKind.VOICE))
    hedges = len(hearing.of(FindingKind.HEDGE))
    solid = numbers + examples + voices
    yield Cue.ALWAYS
    if not numbers:
        yield Cue.NO_NUMBER
    if not examples:
        yield Cue.NO_EXAMPLE
    if not voices:
        yield Cue.NO_VOICE
    if hearing.of(FindingKind.IN_PROGRESS):
        yield Cue.IN_PROGRESS
    if not solid or (hedges >= MANY_HEDGES and hedges > solid):
        yield Cue.VAGUE
