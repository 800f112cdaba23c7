"""What people said in cafés, and what was done about it."""

from __future__ import annotations

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.storage import holds
from cqcmock.storage.cafe_records import SaidEntry
from cqcmock.storage.cafe_schema import CafeSaidRow
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, checked, clean

_IN_ORDER = select(CafeSaidRow).order_by(CafeSaidRow.opened_at, CafeSaidRow.id)


def save(session: Session, entry: SaidEntry) -> None:
    """Keep an entry as it is now; keeping it again changes nothing. Raises TextTooLongError."""
    came_from = entry.session
    session.merge(
        CafeSaidRow(
            id=checked(entry.id, ID_LIMIT, "The id of the entry"),
            session_id=None if came_from is None else checked(came_from, ID_LIMIT, "The id of the session"),
            about=entry.about.value if entry.about else "",
            theme=checked(entry.theme, NAME_LIMIT, "The theme"),
            said=checked(entry.said, LINE_LIMIT, "What was said"),
            owner=checked(entry.owner, NAME_LIMIT, "The name of the owner"),
            due=entry.due,
            did=checked(entry.did, LINE_LIMIT, "What was done"),
            done_on=entry.done_on,
            opened_at=entry.opened_at,
            told=entry.told,
        )
    )
    session.flush()


def load(session: Session, entry_id: str) -> SaidEntry:
    """One entry. Raises NotThereError."""
    row = session.get(CafeSaidRow, clean(entry_id))
    if row is None:
        raise NotThereError("This entry is no longer in the library.", "Write it anew if it is still needed.")
    return _entry(row)


def remove(session: Session, entry_id: str) -> None:
    """Delete an entry for good; nothing where it is gone. Raises HeldError where its session is held."""
    row = session.get(CafeSaidRow, clean(entry_id))
    if row is not None:
        holds.refuse(session, Kind.CAFE, row.session_id or "")
    session.execute(delete(CafeSaidRow).where(CafeSaidRow.id == clean(entry_id)))


def entries(session: Session) -> tuple[SaidEntry, ...]:
    """Every entry, for the facilitator: the oldest first."""
    return _found(session, _IN_ORDER)


def still_open(session: Session) -> tuple[SaidEntry, ...]:
    """What is still to be done, for the facilitator: the oldest first."""
    return _found(session, _IN_ORDER.where(CafeSaidRow.done_on.is_(None)))


def told(session: Session) -> tuple[SaidEntry, ...]:
    """The entries that others may see: the oldest first."""
    return _found(session, _IN_ORDER.where(CafeSaidRow.told))


def _found(session: Session, wanted: Select[CafeSaidRow]) -> tuple[SaidEntry, ...]:
    return tuple(_entry(row) for row in session.execute(wanted).scalars())


def _entry(row: CafeSaidRow) -> SaidEntry:
    return SaidEntry(
        id=row.id,
        session=row.session_id,
        about=CardKind(row.about) if row.about else None,
        theme=row.theme,
        said=row.said,
        owner=row.owner,
        due=row.due,
        did=row.did,
        done_on=row.done_on,
        opened_at=row.opened_at,
        told=row.told,
    )
