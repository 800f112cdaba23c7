"""What the page on which a session is closed asks of the library, each in the database lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcmock.domain.cafe.scene import Stage
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.cafe.release import Release
    from cqcmock.services.cafe.opening import OpenCafe

SOMEBODY = "Somebody"


def open_to_close(desk: Desk, session_id: str) -> OpenCafe | Release | None:
    """The session in hand; what others see of one that is closed already; None while one goes on, which stays so.

    Raises HeldByAnotherError where somebody else has it, and UserError where it is gone.
    """
    from cqcmock.services.cafe import closing, opening

    details = opening.for_look(desk.library, session_id)
    released = closing.released(desk.library, session_id) if details.closed_at is not None else None
    if released is not None:
        return released.release
    if details.deleted_at is None and details.stage is not Stage.FINISHED:
        return None
    return opening.open_session(desk.library, session_id, desk.settings.person.strip() or SOMEBODY, desk.clock)


def leave(desk: Desk, opened: OpenCafe) -> None:
    """Let others have the session."""
    from cqcmock.services.cafe import opening

    opening.leave(desk.library, opened)


def correct(opened: OpenCafe, people: int, team: str, role: str) -> None:
    """So many people of a team came in a role in all. Raises UserError for a number that cannot be."""
    from cqcmock.services.cafe import attendance

    attendance.correct(opened.attendance, people, team=team, role=role)


def rename(opened: OpenCafe, theme: str, name: str) -> None:
    """Give a theme another name. Raises UserError where it cannot have it."""
    from cqcmock.services.cafe import cards

    cards.rename_theme(opened.cards, theme, name)


def close(desk: Desk, opened: OpenCafe, *, same_people: bool, k: int) -> Release:
    """Close it for good. Raises HoldLostError, and UserError where the disk refuses."""
    from cqcmock.services.cafe import closing

    return closing.close(desk.library, opened, desk.clock, same_people=same_people, k=k)


def is_closed(desk: Desk, session_id: str) -> bool:
    """Whether it is closed by now."""
    from cqcmock.services.cafe import closing

    return closing.released(desk.library, session_id) is not None
