"""How far several markers agree: means with their range, where they part, and figures only where they can be borne.

Levels are 0 to 3. A *unit* is one lens of one answer; a *marker* is a reviewer, or the person who answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from statistics import fmean, quantiles
from typing import Final

Levels = Mapping[str, int]
"""The level that each marker gave to one unit; markers who left it out are not there."""

FEWEST_UNITS: Final = 10
"""Below this many units marked by two or more, no coefficient is given: its interval would cover nearly everything."""

FEWEST_VARYING: Final = 4
MOST_ALIKE: Final = 0.9
"""Where fewer units than this hold any other level than the commonest, or so large a part of all marks is that level,
the coefficients sink to 0 although nearly everything agrees, and one mark more or less would turn them over."""

CLOSELY: Final = 0.8
FAIRLY: Final = 0.667
"""From here on conclusions are called firm, and tentative (K. Krippendorff, Content Analysis, 2019, chapter 12)."""

APART: Final = 2
"""Levels this far apart are worth talking about."""

RESAMPLES: Final = 500
_SEED: Final = 20_261_122
_EDGES: Final = 40
"""Between 40 equal parts the first edge has 2.5 % below it and the last 2.5 % above."""

_LEVELS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What markers gave to one unit."""

    mean: float
    lowest: int
    highest: int
    markers: int

    @property
    def apart(self) -> int:
        """How many levels lie between the lowest and the highest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A figure of agreement with its 95 % interval, or in `why_not` the reason that there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    units: int = 0
    why_not: str = ""


def spread(levels: Levels) -> Spread | None:
    """Mean and range of one unit, or None where nobody marked it."""
    given = list(levels.values())
    if not given:
        return None
    return Spread(mean=fmean(given), lowest=min(given), highest=max(given), markers=len(given))


def parted(units: Mapping[str, Levels]) -> tuple[str, ...]:
    """The units on which markers are two levels apart or more, the widest first, then in their order."""
    spreads = {unit: found for unit, levels in units.items() if (found := spread(levels)) and found.apart >= APART}
    return tuple(sorted(spreads, key=lambda unit: -spreads[unit].apart))


def severity(units: Mapping[str, Levels], marker: str) -> float | None:
    """How much higher (or, below 0, lower) this marker's levels are than the others' mean on the same units.

    None where nobody else marked any of them. For the marker's own eyes.
    """
    differences = [
        levels[marker] - fmean(others)
        for levels in units.values()
        if marker in levels and (others := [level for name, level in levels.items() if name != marker])
    ]
    return fmean(differences) if differences else None


def alpha(units: Mapping[str, Levels]) -> Coefficient:
    """Krippendorff's alpha for ordinal levels, with an interval by resampling units; missing marks are allowed.

    1 is full agreement, 0 what chance would give. (K. Krippendorff, Content Analysis, 4th edition 2019, chapter 12.)
    """
    shared = _shared(units)
    if why := _cannot(shared):
        return Coefficient(units=len(shared), why_not=why)
    kinds = Counter(_counts(levels) for levels in shared)
    value = _alpha_of(kinds)
    assert value is not None
    chance = Random(_SEED)  # noqa: S311 - the same marks are to give the same interval
    drawn = [
        found
        for _ in range(RESAMPLES)
        if (found := _alpha_of(Counter(chance.choices(list(kinds), list(kinds.values()), k=len(shared))))) is not None
    ]
    edges = quantiles(drawn, n=_EDGES, method="inclusive") if len(drawn) > 1 else [value]
    return Coefficient(value=value, low=edges[0], high=edges[-1], units=len(shared))


def _counts(levels: Levels) -> tuple[int, ...]:
    """How many markers gave each level to a unit."""
    given = Counter(levels.values())
    return tuple(given[level] for level in range(_LEVELS))


def _alpha_of(kinds: Mapping[tuple[int, ...], int]) -> float | None:
    """Alpha of units, each kind with how many there are of it; None where all levels are the same."""
    pairs = [[0.0] * _LEVELS for _ in range(_LEVELS)]
    for counts, units in kinds.items():
        weight = units / (sum(counts) - 1)
        for one, other in product(range(_LEVELS), repeat=2):
            pairs[one][other] += weight * counts[one] * (counts[other] - (one == other))
    totals = [sum(row) for row in pairs]
    apart = [[_distance(totals, *sorted((one, other))) for other in range(_LEVELS)] for one in range(_LEVELS)]
    everywhere = list(product(range(_LEVELS), repeat=2))
    expected = sum(totals[one] * totals[other] * apart[one][other] for one, other in everywhere)
    if not expected:
        return None
    observed = sum(pairs[one][other] * apart[one][other] for one, other in everywhere)
    return 1 - (sum(totals) - 1) * observed / expected


def _distance(totals: Sequence[float], low: int, high: int) -> float:
    """How far two levels are apart, by how many marks lie between them: squared, as alpha wants it."""
    return (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2 if low != high else 0.0


def agreement_in_words(figure: Coefficient) -> str:
    """How far markers agree, named no more firmly than the figure bears; nothing where there is none."""
    if figure.value is None:
        return ""
    if figure.low is not None and figure.low <= 0 < figure.value:
        return "Whether they agree cannot be told from this yet"
    if figure.value >= CLOSELY:
        return "They agree closely"
    if figure.value >= FAIRLY:
        return "They agree fairly well"
    return "They agree in part" if figure.value > 0 else "They agree no more than chance would have it"


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> Coefficient:
    """Cohen's kappa for two markers, disagreements weighted by their square. (J. Cohen, 1968.)"""
    units = [{"one": one, "other": other} for one, other in pairs]
    if why := _cannot(units):
        return Coefficient(units=len(pairs), why_not=why)
    if 1 in (len({one for one, _ in pairs}), len({other for _, other in pairs})):
        return Coefficient(units=len(pairs), why_not=_ONE_LEVEL)
    observed = fmean((one - other) ** 2 for one, other in pairs)
    expected = fmean((one - other) ** 2 for one, _ in pairs for _, other in pairs)
    return Coefficient(value=1 - observed / expected, units=len(pairs))


_ONE_LEVEL = (
    "There is no weighted kappa: one of the two gave the same level throughout, and then it is 0 whatever the other "
    "gave."
)


def own_gap(own: Levels, peers: Mapping[str, Levels]) -> float | None:
    """How much higher (or, below 0, lower) own levels are than the peers' mean on the same units.

    Both by unit; None where no unit has both. Means over different answers, or over answers that more peers marked
    than others, would say something of the answers and not of the gap.
    """
    differences = [own[unit] - fmean(levels.values()) for unit, levels in peers.items() if levels and unit in own]
    return fmean(differences) if differences else None


def gap_in_words(own: float, peers: float) -> str:
    """What it means that own marks and peers' marks of one lens are so far apart."""
    difference = own - peers
    if abs(difference) < 0.5:
        return "On the whole, you and your peers see this alike."
    size = "a little" if abs(difference) < 1 else "a level" if abs(difference) < 1.75 else "much"
    return f"You marked yourself {size} {'higher' if difference > 0 else 'lower'} than your peers did."


def _shared(units: Mapping[str, Levels]) -> list[Levels]:
    """The units that two or more have marked, in a fixed order: the others say nothing of agreement."""
    return [levels for _unit, levels in sorted(units.items()) if len(levels) > 1]


def _cannot(shared: Sequence[Levels]) -> str:
    """Why no figure can be given, as a sentence, or nothing."""
    if not shared:
        return "Nothing has been marked by two people yet, so there is nothing to compare."
    if len(shared) < FEWEST_UNITS:
        return f"Only {len(shared)} marks can be compared. A figure would say nothing below {FEWEST_UNITS}."
    given = Counter(level for levels in shared for level in levels.values())
    if len(given) == 1:
        return "Everybody gave the same level throughout. That is agreement, but no figure can be worked out from it."
    (commonest, times), marks = given.most_common(1)[0], given.total()
    varying = sum(any(level != commonest for level in levels.values()) for levels in shared)
    if varying < FEWEST_VARYING or times >= MOST_ALIKE * marks:
        return (
            f"Nearly every mark is a {commonest} ({times:,} of {marks:,}). Too little differs for a figure: it would "
            "be low however well they agree."
        )
    return ""
