"""Which rehearsals a peer reviewer can be sent: a rule by itself, because the first screen asks it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.interview import ON_AIR
from cqcmock.domain.sitting import Sitting, SittingSummary
from cqcmock.services import shipped, sittings

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The rehearsals that can be sent, the latest first, and how many more there will be once they are over."""

    sittings: tuple[SittingSummary, ...]
    under_way: int = 0


def offered(library: Library) -> Offered:
    """What can be sent of everything that is in the library."""
    kept = [one for one in sittings.recent(library) if _is_marked(one)]
    return Offered(
        sittings=tuple(one for one in kept if can_be_sent(one)), under_way=sum(one.in_progress for one in kept)
    )


def can_be_sent(sitting: SittingSummary) -> bool:
    """Whether there is something in it for a reviewer to mark: an interview that is over, and was answered."""
    return _is_marked(sitting) and not sitting.in_progress and sitting.answers > 0


def whole_can_be_sent(sitting: Sitting) -> bool:
    """As `can_be_sent`, of a rehearsal that was read already."""
    said = (take.everything_said for takes in sitting.state.takes for take in takes[-1:])
    answered = any(text.strip() for texts in said for text in texts)
    return sitting.plan.scored and sitting.state.phase not in ON_AIR and answered


def _is_marked(sitting: SittingSummary) -> bool:
    """Whether anybody marks it: parts that were played are not."""
    return not any(role.id == sitting.role and not role.scored for role in shipped.framework().roles)
