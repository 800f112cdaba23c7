"""How far peers agree with each other and with the person who answered: in words, figures where they can be borne."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean

from cqcmock.domain import agreement, english
from cqcmock.domain.agreement import Coefficient
from cqcmock.domain.peer_review import Parted, PeerReview
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import (
    Block,
    BulletList,
    Heading,
    Paragraph,
    Table,
    fits_a_cell,
    named,
    plain,
)

LONGEST_NAME = 48
MOST_GAPS = 5

_COMPARED = "each is one lens of one answer that two or more of them marked"
_ALPHA = (
    "1 is full agreement and 0 is what chance would give. Had you been asked other questions of the same kind, the "
    "figure could well have come out anywhere in the interval"
)
_KAPPA = (
    "It is for two people and is read in the same way; marks two levels apart count four times as much as marks one "
    "level apart"
)
_ASK_WHY = "Worth asking them why: where they are two levels apart or more"
_ADVICE = {
    agreement.CLOSELY: "their means can be taken as what all of them think",
    agreement.FAIRLY: "take their means as a guide, beside what each of them wrote",
    -math.inf: "read what each of them gave and wrote, rather than the means",
}
"""From which figure on the means bear how much."""


def own_apart(review: PeerReview, sitting: Sitting) -> list[Block]:
    """Where the own mark and the mean of the peers' marks are far apart, the widest gap first."""
    lenses = {lens.id: lens.name for lens in sitting.plan.rubric.lenses}
    found: list[tuple[float, int, str, int, float]] = []
    for question in sorted({one.question for peer in review.peers for one in peer.sheets}):
        own = sitting.sheet.answers.get(question)
        sheets = [one for peer in review.peers for one in peer.sheets if one.question == question]
        for lens, name in lenses.items():
            given = [one.sheet.marks.levels[lens] for one in sheets if lens in one.sheet.marks.levels]
            if own is not None and lens in own.levels and given:
                mean = fmean(given)
                found.append((abs(own.levels[lens] - mean), question, name, own.levels[lens], mean))
    far = sorted((one for one in found if one[0] >= agreement.APART), key=lambda one: -one[0])
    if not far:
        return []
    items = [
        named(
            f"Question {question + 1}, {english.shortened(name, LONGEST_NAME)}",
            f"you gave {level}, your peers {english.mean(mean)}",
        )
        for _gap, question, name, level, mean in far[:MOST_GAPS]
    ]
    lead = "You and your peers are furthest apart here"
    if len(far) > MOST_GAPS:
        lead += f", and two levels or more in {len(far) - MOST_GAPS} places besides"
    return [Paragraph(line=plain(f"{lead}:")), BulletList(items=tuple(items))]


def agreement_blocks(review: PeerReview, rubric: Rubric) -> list[Block]:
    """How far peers agree with each other: in words, as figures where they can be borne, and where they part."""
    marking = [peer for peer in review.peers if peer.sheets]
    blocks: list[Block] = [Heading(level=3, text="How far your peers agree")]
    if len(marking) < 2:
        only = "One peer has marked so far, so there is nobody to agree or disagree with."
        return [*blocks, Paragraph(line=plain(only))]
    if review.alpha is not None and (words := agreement.agreement_in_words(review.alpha)):
        blocks.append(Paragraph(line=named(words, f"{_advice(review.alpha)}.")))
    blocks += _coefficient("Krippendorff’s alpha", review.alpha, f": {_COMPARED}. {_ALPHA}")
    if review.kappa is not None and not (review.alpha and review.alpha.why_not == review.kappa.why_not != ""):
        blocks += _coefficient("Weighted kappa", review.kappa, f". {_KAPPA}")
    return [*blocks, *_parted(review.parted, rubric)]


def _advice(figure: Coefficient) -> str:
    """What the means are good for; little, where even the interval does not keep clear of chance."""
    value = -math.inf if figure.value is None or (figure.low is not None and figure.low <= 0) else figure.value
    return next(words for least, words in _ADVICE.items() if value >= least)


def _coefficient(name: str, figure: Coefficient | None, meaning: str) -> list[Block]:
    if figure is None:
        return []
    if figure.value is None:
        return [Paragraph(line=plain(figure.why_not))]
    words = _figure(figure.value)
    if figure.low is not None and figure.high is not None:
        words += f" (95 % interval: {_figure(figure.low)} to {_figure(figure.high)})"
    words += f", from {english.count(figure.units, 'mark')} that can be compared{meaning}."
    return [Paragraph(line=named(name, words))]


def _figure(value: float) -> str:
    """A figure to two places, with a minus that is not read as a dash, and no minus before nothing."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")


def _parted(parted: Sequence[Parted], rubric: Rubric) -> list[Block]:
    if not parted:
        return [Paragraph(line=plain("Nowhere are they two levels apart or more."))]
    place = {lens.id: at for at, lens in enumerate(rubric.lenses)}
    widest = sorted(parted, key=lambda one: (-_apart(one), one.question, place.get(one.lens, 0)))
    rows = tuple((f"Question {one.question + 1}", one.name, _who_gave_what(one.levels)) for one in widest)
    if all(fits_a_cell(cell) for row in rows for cell in row):
        header = ("Question", "Lens", "Who gave what")
        return [Table(caption=f"{_ASK_WHY}, the widest first", header=header, rows=rows, shares=(2, 4, 6))]
    items = tuple(named(f"{question}, {lens}", gave) for question, lens, gave in rows)
    return [Paragraph(line=plain(f"{_ASK_WHY}:")), BulletList(items=items)]


def _apart(one: Parted) -> int:
    return max(one.levels.values()) - min(one.levels.values())


def _who_gave_what(levels: Mapping[str, int]) -> str:
    """Everybody by the level that they gave, from the highest: Ann and Bob gave 3; Cleo gave 1.

    A word stands between each name and the figure: beside a name written from right to left it would change places.
    """
    return "; ".join(
        f"{english.listed([name for name, given in levels.items() if given == level])} gave {level}"
        for level in sorted(set(levels.values()), reverse=True)
    )
