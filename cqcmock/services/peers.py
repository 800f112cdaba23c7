"""What peers made of a rehearsal: their marks beside each other and beside the person's own, and how far they agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain import agreement
from cqcmock.domain.agreement import Coefficient, Spread
from cqcmock.domain.review import (
    LONGEST_ADVICE,
    MOST_TO_CHANGE,
    MOST_TO_KEEP,
    KeepAndChange,
    PackedAnswer,
    Sheet,
    Whole,
    in_order,
)
from cqcmock.domain.rubric import mean_by_lens
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.storage.records import MergedReturn, SentSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSheet:
    """What one reviewer submitted for one question: the marks that count, and the words that they are about."""

    question: int
    sheet: Sheet
    answer: PackedAnswer
    earlier: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One reviewer's part of the review of a rehearsal."""

    name: str
    expected: int
    sheets: tuple[PeerSheet, ...]
    whole: Whole | None = None
    why_incomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LensAgreement:
    """One lens over all answers: peers' marks, the person's own, and the gap between them in words."""

    lens: str
    name: str
    peers: Spread | None
    own: float | None
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """An answer on which peers are two levels apart or more through one lens."""

    question: int
    lens: str
    name: str
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerReview:
    """Everything that peers made of a rehearsal. `hidden` until the person's own marks are in."""

    sitting: str
    hidden: bool
    peers: tuple[Peer, ...]
    lenses: tuple[LensAgreement, ...] = ()
    parted: tuple[Parted, ...] = ()
    alpha: Coefficient | None = None
    kappa: Coefficient | None = None

    @property
    def expected(self) -> int:
        """Sheets that were sent."""
        return sum(peer.expected for peer in self.peers)

    @property
    def received(self) -> int:
        """Sheets that came back."""
        return sum(len(peer.sheets) for peer in self.peers)


def peer_review(library: Library, sitting: Sitting) -> PeerReview | None:
    """What peers made of a rehearsal, or None where it was sent to nobody."""
    with library.reading() as session:
        packs = {pack.id: pack for pack in storage.packs.of_sittings(session, [sitting.id])}
        if not packs:
            return None
        sent = [sheet for sheet in storage.packs.sheets(session, packs) if sheet.sitting == sitting.id]
        returns = storage.packs.returns(session, packs)
    by_reviewer: dict[str, list[str]] = {}
    for pack in sorted(packs.values(), key=lambda one: (one.made_at, one.id)):
        by_reviewer.setdefault(pack.reviewer.casefold(), []).append(pack.id)
    peers = tuple(
        _peer(
            packs[ids[0]].reviewer,
            [sheet for sheet in sent if sheet.pack in ids],
            [one for one in returns if one.pack in ids],
        )
        for ids in by_reviewer.values()
    )
    review = PeerReview(sitting=sitting.id, hidden=not sitting.sheet.submitted, peers=peers)
    return review if review.hidden else _compared(review, sitting)


def keep_and_change(library: Library, sitting_id: str) -> KeepAndChange:
    """What the owner of a review chose for the person to keep and to change."""
    with library.reading() as session:
        return storage.packs.keep_and_change(session, sitting_id)


def choose_keep_and_change(library: Library, sitting_id: str, keep: Sequence[str], change: Sequence[str]) -> None:
    """Keep the choice; empty lines are left out. Raises UserError for more, or longer, lines than there is room for."""
    advice = KeepAndChange(
        keep=tuple(" ".join(line.split()) for line in keep if line.strip()),
        change=tuple(" ".join(line.split()) for line in change if line.strip()),
    )
    if len(advice.keep) > MOST_TO_KEEP or len(advice.change) > MOST_TO_CHANGE:
        raise UserError(
            f"There is room for {MOST_TO_KEEP} things to keep and {MOST_TO_CHANGE} to change.",
            "Choose those that matter most.",
        )
    if any(len(line) > LONGEST_ADVICE for line in (*advice.keep, *advice.change)):
        raise UserError(f"A line has at most {LONGEST_ADVICE:,} characters.", "Make it shorter.")
    with library.writing() as work:
        storage.packs.save_keep_and_change(work, sitting_id, advice)
        work.commit()


def severity(library: Library, sittings: Collection[Sitting], reviewer: str) -> float | None:
    """How much higher or lower this reviewer's marks are than the others' on the same answers: for them alone."""
    units: dict[str, dict[str, int]] = {}
    for sitting in sittings:
        review = peer_review(library, sitting)
        for (question, lens), levels in _units(review.peers if review else ()).items():
            units[f"{sitting.id} {question} {lens}"] = levels
    return agreement.severity(units, reviewer)


def _peer(name: str, sent: Sequence[SentSheet], merged: Sequence[MergedReturn]) -> Peer:
    """One reviewer's part; where several packs held the same answer, the latest submission counts."""
    place = {sheet.answer.sheet: sheet for sheet in sent}
    submitted: dict[int, list[Sheet]] = {}
    for one in merged:
        for sheet in one.sheets.values():
            known = submitted.setdefault(place[sheet.id].question, []) if sheet.id in place else None
            if known is not None and sheet not in known:
                known.append(sheet)
    sheets = []
    for question, several in sorted(submitted.items()):
        *earlier, counts = in_order(several)
        sheets.append(
            PeerSheet(question=question, sheet=counts, answer=place[counts.id].answer, earlier=tuple(earlier))
        )
    codes = {sheet.pack: sheet.candidate for sheet in sent}
    wholes = [whole for one in merged for code, whole in one.wholes.items() if code == codes.get(one.pack)]
    return Peer(
        name=name,
        expected=len({sheet.question for sheet in sent}),
        sheets=tuple(sheets),
        whole=in_order(wholes)[-1] if wholes else None,
        why_incomplete=next((one.why_incomplete for one in reversed(merged) if one.why_incomplete), ""),
    )


def _compared(review: PeerReview, sitting: Sitting) -> PeerReview:
    """The review with everything that takes more than one marker to say."""
    units = _units(review.peers)
    names = {lens.id: lens.name for lens in sitting.plan.rubric.lenses}
    own = mean_by_lens(sitting.sheet, sitting.plan.rubric)
    lenses = []
    for lens, name in names.items():
        given = [level for unit, levels in units.items() if unit[1] == lens for level in levels.values()]
        peers = agreement.spread({str(at): level for at, level in enumerate(given)})
        gap = agreement.gap_in_words(own[lens], peers.mean) if peers and lens in own else ""
        lenses.append(LensAgreement(lens=lens, name=name, peers=peers, own=own.get(lens), gap=gap))
    by_text = {f"{question:05} {lens}": levels for (question, lens), levels in units.items()}
    place = {f"{question:05} {lens}": (question, lens) for question, lens in units}
    parted = tuple(
        Parted(question=place[unit][0], lens=place[unit][1], name=names[place[unit][1]], levels=by_text[unit])
        for unit in agreement.parted(by_text)
    )
    pairs = [tuple(levels.values()) for levels in units.values() if len(levels) == 2]
    return replace(
        review,
        lenses=tuple(lenses),
        parted=parted,
        alpha=agreement.alpha(by_text) if len(review.peers) > 1 else None,
        kappa=agreement.weighted_kappa([(one, other) for one, other in pairs]) if len(review.peers) == 2 else None,
    )


Unit = tuple[int, str]
"""A question and a lens."""


def _units(peers: Sequence[Peer]) -> dict[Unit, dict[str, int]]:
    """What each peer gave to each answer through each lens."""
    units: dict[Unit, dict[str, int]] = {}
    for peer in peers:
        for one in peer.sheets:
            for lens, level in one.sheet.marks.levels.items():
                units.setdefault((one.question, lens), {})[peer.name] = level
    return dict(sorted(units.items()))
