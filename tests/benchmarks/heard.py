"""How much of an answer is heard, kind by kind, on answers that other people wrote and labelled.

Of the files in `tests/listening/answers`, `held_out.toml` and `plain_speakers.toml` have been used to mend the rules.
`blind.toml`, which nobody who touches the rules or the banks may read, says how a stranger is heard. Those in `points`
have labels of points alone; the answers brush past points that they do not make, so they are harder than life.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import Bar, Figure, Scale
from tests.listening.accuracy import PERSONAL, Tally, shipped
from tests.listening.accuracy import measure as measure_answers

HEARD = Bar(
    name="heard",
    path="kinds of findings short of their target in the 120 answers that the rules were mended with",
    baseline="points 0.95 / 0.90, personal data 0.98 recall, all others 0.85 / 0.80 (precision / recall)",
    at_most=0,
    unit="kinds",
)
HEARD_BLIND = Bar(
    name="heard-blind",
    path="the same in the 64 answers of strangers",
    baseline=HEARD.baseline,
    at_most=0,
    unit="kinds",
)
HEARD_POINTS = Bar(
    name="heard-points",
    path="the same of points alone, in over a thousand answers that brush past points without making them",
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
    return (
        _figure(HEARD, ["held_out.toml", "plain_speakers.toml"]),
        _figure(HEARD_BLIND, ["blind.toml"]),
        _figure(HEARD_POINTS, sorted(str(path) for path in (ANSWERS / "points").glob("*.toml"))),
    )


def _figure(bar: Bar, files: Sequence[str]) -> Figure:
    tallies: dict[str, Tally] = {}
    known = shipped()
    for file in files:
        for kind, tally in measure_answers(ANSWERS / file, *known).items():
            tallies[kind] = tallies[kind].with_(tally) if kind in tallies else tally
    short = [kind for kind, tally in tallies.items() if not reaches_its_target(kind, tally)]
    samples = {kind: f"{tally.precision:.2f}/{tally.recall:.2f}" for kind, tally in tallies.items()}
    return Figure(bar=bar, measured=len(short), samples=samples, note=f"short of it: {', '.join(short) or 'none'}")


def reaches_its_target(kind: str, tally: Tally) -> bool:
    """Whether a kind is heard as well as it should be."""
    precision, recall = TARGETS.get(kind, USUAL)
    if kind == PERSONAL and tally.false_alarms_per_sentence >= MOST_FALSE_ALARMS:
        return False
    return tally.precision >= precision and tally.recall >= recall
