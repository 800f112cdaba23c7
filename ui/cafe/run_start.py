"""What a session needs when it is taken in hand, read in the database lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.cafe.hand import who_am_i
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.framework import Role
    from cqcmock.services.cafe.opening import OpenCafe


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStart:
    """What a running session needs: `still_open` opens it, `names` stand in its questions, `roles` are asked them."""

    opened: OpenCafe
    still_open: tuple[str, ...] = ()
    names: Mapping[str, str]
    roles: tuple[Role, ...] = ()


def run_start(desk: Desk, session_id: str) -> RunStart:
    """The session in hand. Raises HeldByAnotherError, and UserError where it is closed, deleted or gone."""
    from cqcmock.services import banks
    from cqcmock.services.cafe import for_others, opening
    from cqcmock.services.cards import names_for

    library = desk.library
    still_open = tuple(entry.said for entry in for_others.open_for_the_room(library))
    names = names_for(library, desk.settings)
    roles = banks.roles_with_questions(library)
    opened = opening.open_session(library, session_id, who_am_i(desk.settings), desk.clock)
    return RunStart(opened=opened, still_open=still_open, names=names, roles=roles)
