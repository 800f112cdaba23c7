"""Café sessions for tests of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cqcmock.storage import cafe
from cqcmock.storage.cafe_records import CafeList, CafeSession
from cqcmock.storage.library import Library
from tests.domain.cafe.sessions import HALF_PAST_TWELVE

DAY = date(2026, 11, 24)


def a_cafe(session_id: str = "one", **more: Any) -> CafeSession:
    """A session that has just been made."""
    made = CafeSession(
        id=session_id,
        title="Café",
        day=DAY,
        place="Stevenage",
        team="",
        minutes=60,
        made_at=HALF_PAST_TWELVE,
        last_saved_at=HALF_PAST_TWELVE,
    )
    return replace(made, **more)


def add(library: Library, made: CafeSession, **lists: Sequence[Any]) -> CafeSession:
    """Keep a session with its events."""
    with library.writing() as work:
        cafe.create(work, made)
        for which, events in lists.items():
            for position, one in enumerate(events):
                cafe.keep(work, made.id, CafeList(which), position, one)
        work.commit()
    return made
