"""What marking reads and writes in the database lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.interview import ON_AIR
from cqcmock.errors import UserError
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.framework import Tag
    from cqcmock.domain.hearing import Hearing
    from cqcmock.domain.remarks import Remark
    from cqcmock.domain.rubric import MarkSheet
    from cqcmock.domain.sitting import Sitting


@dataclass(frozen=True, slots=True)
class ToMark:
    """A sitting, what was recognised in each take of each question, and the tags there are.

    `depths` say how deep an interviewer's questions went, for each question; empty where nobody asked on.
    """

    sitting: Sitting
    hearings: tuple[tuple[Hearing, ...], ...]
    tags: tuple[Tag, ...]
    depths: tuple[str, ...]


def read_to_mark(desk: Desk, sitting_id: str) -> ToMark:
    """Everything that the screen shows. Raises UserError where there is nothing to mark yet."""
    from cqcmock.services import interviewing, rehearsing, shipped, sittings

    sitting = sittings.load(desk.library, sitting_id)
    if sitting.state.phase in ON_AIR:
        raise UserError("This interview is not over yet.", "Go on with it from the first screen, then mark it.")
    hearings = tuple(
        tuple(rehearsing.heard_in_sitting(sitting, position, number) for number in range(len(takes)))
        for position, takes in enumerate(sitting.state.takes)
    )
    depths = [interviewing.depth_in(sitting, at, of_takes[-1]) for at, of_takes in enumerate(hearings)]
    tags = shipped.framework(sitting.plan.framework).tags
    return ToMark(sitting, hearings, tags, tuple(depth.why if depth else "" for depth in depths))


def overrule_in(desk: Desk, sitting_id: str, question: int, remark: Remark) -> ToMark:
    """Overrule something that was found in the latest take of a question, and read again what is shown."""
    from cqcmock.domain.hearing import Overruling
    from cqcmock.services import sittings

    sittings.overrule(desk.library, sitting_id, question, Overruling(kind=remark.kind, key=remark.key), desk.clock)
    return read_to_mark(desk, sitting_id)


def save_marks(desk: Desk, sitting_id: str, sheet: MarkSheet) -> None:
    """Keep the marks as they are so far."""
    from cqcmock.services import sittings

    sittings.save_marks(desk.library, sitting_id, sheet)


def hand_in(desk: Desk, sitting_id: str, sheet: MarkSheet) -> None:
    """The marks are in, and stay as they are."""
    from cqcmock.services import sittings

    sittings.submit_marks(desk.library, sitting_id, sheet, desk.clock)
