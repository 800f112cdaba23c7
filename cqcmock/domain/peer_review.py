"""What peers made of one rehearsal, as it is compared and shown: plain data, put together by a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cqcmock.domain.agreement import Coefficient, Spread
from cqcmock.domain.review import PackedAnswer, Pin, Sheet, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSheet:
    """What one reviewer submitted for one question: the marks that count, and the words that they are about."""

    question: int
    sheet: Sheet
    answer: PackedAnswer
    earlier: tuple[Sheet, ...] = ()

    def quoted(self, pin: Pin) -> str:
        """The words of the answer that a comment is about."""
        return self.answer.spoken[pin.start : pin.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One reviewer's part of the review of a rehearsal."""

    name: str
    expected: int
    sheets: tuple[PeerSheet, ...]
    whole: Whole | None = None
    why_incomplete: str = ""

    @property
    def missing(self) -> int:
        """Sheets that have not come back."""
        return self.expected - len(self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class LensAgreement:
    """One lens over all answers: peers' marks, the person's own, and the gap between them in words.

    `own` is the mean over the answers that peers have marked, so that both speak of the same ones.
    """

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

    @property
    def missing(self) -> int:
        """Sheets that have not come back."""
        return self.expected - self.received
