"""How much of an answer is heard, kind by kind, on answers that other people wrote and labelled.

Three files of `tests/listening/answers`: two that the rules have been mended with, and `blind.toml`, which nobody who
touches the rules or the banks may read: it alone says how a stranger would be heard.
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.figures import Bar, Figure, Scale
from tests.listening.accuracy import PERSONAL, Tally, shipped
from tests.listening.accuracy import measure as measure_answers

HEARD = Bar(
    name="heard",
    path="kinds of findings short of their target in the 72 labelled answers",
    baseline="points 0.95 / 0.90, personal data 0.98 recall, all others 0.85 / 0.80 (precision / recall)",
    at_most=0,
    unit="kinds",
)
HEARD_BLIND = Bar(
    name="heard-blind",
    path="the same in the 48 answers that nothing was ever mended with",
    baseline=HEARD.baseline,
    at_most=0,
    unit="kinds",
)
TARGETS = {"point": (0.95, 0.90), PERSONAL: (0.0, 0.98)}
USUAL = (0.85, 0.80)
MOST_FALSE_ALARMS = 0.02
ANSWERS = Path(__file__).parents[1] / "listening" / "answers"


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Listen to every answer."""
    return (_figure(HEARD, "held_out.toml"), _figure(HEARD_BLIND, "blind.toml"))


def _figure(bar: Bar, file: str) -> Figure:
    tallies = measure_answers(ANSWERS / file, *shipped())
    short = [kind for kind, tally in tallies.items() if not reaches_its_target(kind, tally)]
    samples = {kind: f"{tally.precision:.2f}/{tally.recall:.2f}" for kind, tally in tallies.items()}
    return Figure(bar=bar, measured=len(short), samples=samples, note=f"short of it: {', '.join(short) or 'none'}")


def reaches_its_target(kind: str, tally: Tally) -> bool:
    """Whether a kind is heard as well as it should be."""
    precision, recall = TARGETS.get(kind, USUAL)
    if kind == PERSONAL and tally.false_alarms_per_sentence >= MOST_FALSE_ALARMS:
        return False
    return tally.precision >= precision and tally.recall >= recall
