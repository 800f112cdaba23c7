"""What the café's first screen shows and does with the library, in the database lane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cqcmock.domain.cafe.scene import Stage
from cqcmock.errors import UserError
from ui.cafe import cafe_words
from ui.cafe.cafe_words import Next
from ui.desk import Desk
from ui.widgets.line_list import Line

if TYPE_CHECKING:
    from cqcmock.services.cafe.holding import CafeHold
    from cqcmock.services.cafe.planning import CafeSession
    from cqcmock.services.cafe.you_said import SaidEntry

MOST: Final = 1000
"""Sessions in the list, the latest day first."""

_ASKED_ABOUT: Final = 40
"""So many sessions are asked about who has them: those that began, then those whose day is nearest."""


NOT_OPEN: Final = UserError("Your library is not open, and the cafés are in it.", "Home says why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Everything on the screen. `lines` are the rows of `sessions`; `said` tells whether there ever was an entry."""

    today: date
    sessions: tuple[CafeSession, ...]
    holds: dict[str, CafeHold]
    lines: tuple[Line, ...]
    next: Next
    still_open: tuple[SaidEntry, ...]
    said: bool


def read_shelf(desk: Desk) -> Shelf:
    """Read it all. Raises UserError."""
    if desk.opened is None:
        raise NOT_OPEN
    from cqcmock.services.cafe import for_psw

    library, today = desk.library, desk.clock.today()
    sessions = for_psw.sessions_for_psw(library, MOST)
    holds = _holds(desk, _most_likely_held(sessions, today))
    entries = for_psw.said_for_psw(library)
    return Shelf(
        today=today,
        sessions=sessions,
        holds=holds,
        lines=tuple(cafe_words.line(one, holds.get(one.id), today) for one in sessions),
        next=cafe_words.next_step(sessions, holds, today),
        still_open=tuple(entry for entry in entries if entry.done_on is None),
        said=bool(entries),
    )


def _most_likely_held(sessions: Iterable[CafeSession], today: date) -> list[str]:
    open_ones = [one for one in sessions if one.closed_at is None]
    open_ones.sort(key=lambda one: (one.stage is Stage.PLANNING, abs((one.day - today).days)))
    return [one.id for one in open_ones[:_ASKED_ABOUT]]


def _holds(desk: Desk, ids: Iterable[str]) -> dict[str, CafeHold]:
    from cqcmock.services.cafe import holding

    found = ((one, holding.who_has(desk.library, one, desk.clock)) for one in ids)
    return {one: hold for one, hold in found if hold is not None}


def delete_session(desk: Desk, session_id: str) -> None:
    """Delete a session so that it can be taken back. Raises HeldByAnotherError."""
    from cqcmock.services.cafe import deleting

    deleting.delete(desk.library, session_id, desk.clock)


def undelete_session(desk: Desk, session_id: str, title: str) -> str:
    """Take a deletion back, and say so."""
    from cqcmock.services.cafe import deleting

    deleting.undelete(desk.library, session_id)
    return f"“{title}” is back."


def plan_again(desk: Desk, session_id: str, on: date) -> CafeSession:
    """Another session with the same rounds, questions, place and team. Raises UserError where that cannot be."""
    from cqcmock.domain.cafe.templates import template_of
    from cqcmock.services.cafe import for_psw, planning

    whole = for_psw.session_for_psw(desk.library, session_id)
    before = whole.details
    template = template_of(whole.state.order.rounds, "As before")
    own_title = before.title if before.title != cafe_words.usual_title(before.day) else ""
    return planning.plan_session(
        desk.library,
        planning.order_from(template, before.minutes).order,
        desk.clock,
        day=on,
        place=before.place,
        title=own_title,
        team=before.team,
    )
