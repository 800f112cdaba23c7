"""What the screen of “you said, we did” reads and does, in the database lane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.closing import TABLE_OF
from ui.cafe import said_words
from ui.cafe.cafe_reading import NOT_OPEN
from ui.desk import Desk
from ui.widgets.line_list import Line

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession
    from cqcmock.services.cafe.you_said import SaidEntry

_FIRST: Final = (CardKind.WORRY, CardKind.IDEA, CardKind.PRIDE)
"""What something is to be done about comes first."""

_LATEST: Final = 8
"""The themes of so many closed sessions are offered as a start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A theme that the release of a closed session names: an entry about it may be told to others."""

    session: str
    on: date
    about: CardKind
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything on the screen. `may_be_told` are ids of entries that are not told yet, `days` those of sessions."""

    today: date
    entries: tuple[SaidEntry, ...]
    lines: tuple[Line, ...]
    may_be_told: frozenset[str]
    days: dict[str, date]
    starts: tuple[Start, ...]


def read_said(desk: Desk) -> Said:
    """Read it all. Raises UserError."""
    if desk.opened is None:
        raise NOT_OPEN
    from cqcmock.services.cafe import for_psw, you_said

    library, today = desk.library, desk.clock.today()
    entries = tuple(said_words.in_order(for_psw.said_for_psw(library)))
    sessions = for_psw.sessions_for_psw(library)
    return Said(
        today=today,
        entries=entries,
        lines=tuple(said_words.line(entry, today) for entry in entries),
        may_be_told=you_said.tellable(library),
        days={one.id: one.day for one in sessions},
        starts=tuple(_starts(desk, sessions, entries)),
    )


def _starts(desk: Desk, sessions: Iterable[CafeSession], entries: Iterable[SaidEntry]) -> Iterator[Start]:
    """The themes of the latest closed sessions that nothing was put down about yet."""
    from cqcmock.services.cafe import closing

    taken = {(entry.session, entry.about, entry.theme.casefold()) for entry in entries}
    closed = [one for one in sessions if one.closed_at is not None]
    for one in closed[:_LATEST]:
        released = closing.released(desk.library, one.id)
        rows = {table.kind: table.rows for table in released.release.tables} if released is not None else {}
        for kind in _FIRST:
            for row in rows.get(TABLE_OF[kind], ()):
                if (one.id, kind, row.name.casefold()) not in taken:
                    yield Start(session=one.id, on=one.day, about=kind, theme=row.name)


def mark_done(desk: Desk, entry_id: str, did: str, on: date) -> None:
    """Note what was done. Raises UserError."""
    from cqcmock.services.cafe import you_said

    you_said.mark_done(desk.library, entry_id, did, on)


def open_again(desk: Desk, entry_id: str) -> None:
    """It is still to be done after all. Raises UserError."""
    from cqcmock.services.cafe import you_said

    you_said.open_again(desk.library, entry_id)


def done_as_before(desk: Desk, before: SaidEntry) -> None:
    """What was done, or not, as this entry says. Raises UserError."""
    if before.done_on is None:
        open_again(desk, before.id)
    else:
        mark_done(desk, before.id, before.did, before.done_on)


def add(desk: Desk, said: str, owner: str, due: date | None, start: Start | None) -> SaidEntry:
    """A new entry, perhaps about a theme. Raises UserError."""
    from cqcmock.services.cafe import you_said

    return you_said.add(
        desk.library,
        said,
        desk.clock,
        session=start.session if start is not None else None,
        about=start.about if start is not None else None,
        theme=start.theme if start is not None else "",
        owner=owner,
        due=due,
    )


def alter(desk: Desk, entry_id: str, said: str, owner: str, due: date | None) -> SaidEntry:
    """Other words, another owner or day. Raises UserError."""
    from cqcmock.services.cafe import you_said

    return you_said.change(desk.library, entry_id, said=said, owner=owner, due=due)


def tell(desk: Desk, entry_id: str, *, others: bool) -> None:
    """Let others see an entry, or not any more. Raises UserError where too few people may stand behind it."""
    from cqcmock.services.cafe import you_said

    (you_said.tell if others else you_said.tell_no_more)(desk.library, entry_id)


def remove(desk: Desk, entry_id: str) -> None:
    """Delete an entry for good."""
    from cqcmock.services.cafe import you_said

    you_said.remove(desk.library, entry_id)
