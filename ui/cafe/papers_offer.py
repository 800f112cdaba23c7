"""Which papers of a session there can be now, who may read each of them, and why another has to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cqcmock.domain import english
from cqcmock.domain.cafe.scene import Stage
from ui.desk import Desk
from ui.home.wording import number

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession


class PaperKind(StrEnum):
    """The papers of a session."""

    SHEET = "sheet"
    POSTERS = "posters"
    LEADERS = "leaders"
    RECORD = "record"


LABELS: Final = {
    PaperKind.SHEET: "Facilitator’s sheet",
    PaperKind.POSTERS: "Posters of three questions",
    PaperKind.LEADERS: "Summary for leaders",
    PaperKind.RECORD: "Full record for you",
}
_CAREFUL: Final = (PaperKind.LEADERS, PaperKind.SHEET, PaperKind.POSTERS, PaperKind.RECORD)
"""What is chosen first where nobody has chosen: the most that may be shown to others, the confidential one last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSession:
    """A session of which leaders may read. `smallest_group` was fixed when it was closed; `about` is for the PSW."""

    id: str
    day: date
    about: str
    smallest_group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the session is, and what of it and of the others matters to its papers. `next_on`: planned for later."""

    id: str
    title: str
    place: str
    day: date
    minutes: int
    stage: Stage
    closed: bool
    has_questions: bool
    closed_sessions: tuple[ClosedSession, ...]
    next_on: date | None = None

    @property
    def about(self) -> str:
        """The session in one line."""
        return _line(self.title, self.place, self.day)


def read_standing(desk: Desk, session_id: str) -> Standing:
    """In the database lane. Raises UserError where the session is gone or deleted."""
    from cqcmock.services.cafe import for_others, for_psw, papers

    whole = papers.whole_session(desk.library, session_id)
    every = for_psw.sessions_for_psw(desk.library)
    smallest = {one.release.session: one.release.k for one in for_others.sessions_for_others(desk.library)}
    details = whole.details
    return Standing(
        id=details.id,
        title=details.title,
        place=details.place,
        day=details.day,
        minutes=details.minutes,
        stage=whole.state.stage,
        closed=details.closed_at is not None,
        has_questions=bool(papers.questions_of(whole)),
        closed_sessions=tuple(_closed(one, smallest[one.id]) for one in every if one.id in smallest),
        next_on=papers.next_planned(every, details.day),
    )


def _closed(one: CafeSession, smallest_group: int) -> ClosedSession:
    about = _line(one.title, one.place, one.day)
    return ClosedSession(id=one.id, day=one.day, about=about, smallest_group=smallest_group)


def _line(title: str, place: str, day: date) -> str:
    on = english.day(day)
    return " · ".join(part for part in (title, "" if on in title else on, place) if part)


def why_not(kind: PaperKind, standing: Standing) -> str:
    """When there can be this paper, in words; nothing where there can be it now."""
    match kind:
        case PaperKind.SHEET if standing.stage is Stage.FINISHED or standing.closed:
            return "The session is over, and this is for running it."
        case PaperKind.POSTERS if not standing.has_questions:
            return "Possible once questions are chosen for its rounds."
        case PaperKind.LEADERS if not standing.closed:
            return "Possible once the session is closed."
        case PaperKind.RECORD if standing.stage is Stage.PLANNING:
            return "Possible once the session has begun."
        case _:
            return ""


def who_may_read(kind: PaperKind, smallest_group: int) -> str:
    """Who may have this paper in their hands; `smallest_group` people stand behind anything that leaders see."""
    match kind:
        case PaperKind.SHEET:
            return "For whoever runs the session. It may lie where people can see it."
        case PaperKind.POSTERS:
            return "Everybody may read these: they hang in the room."
        case PaperKind.LEADERS:
            few = number(smallest_group)
            return f"A leader may read this: nobody is named, and no group smaller than {few} is shown."
        case PaperKind.RECORD:
            return "Confidential: for you alone. Everything is in it, in people’s own words."


def first_choice(standing: Standing) -> PaperKind | None:
    """The paper to begin with."""
    return next((kind for kind in _CAREFUL if not why_not(kind, standing)), None)
