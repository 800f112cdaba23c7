"""“You said, we did”: what people said, who sees to it by when, and what was done. What is open opens the next session.

The facilitator sees every entry. Others see those that the facilitator tells them, and of an entry that came from a
session only such as its release names the theme of: a worry of one person cannot be told by way of an entry.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.closing import TABLE_OF
from cqcmock.domain.cafe.release import may_be_told
from cqcmock.errors import UserError
from cqcmock.storage.cafe_records import SaidEntry as SaidEntry

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork


def add(
    library: Library,
    said: str,
    clock: Clock,
    *,
    session: str | None = None,
    about: CardKind | None = None,
    theme: str = "",
    owner: str = "",
    due: date | None = None,
) -> SaidEntry:
    """A new entry, which others do not see yet; `theme` is the name of a theme of that session, of `about` cards.

    Raises UserError where nothing was said, or something is too long.
    """
    entry = SaidEntry(
        id=str(uuid.uuid4()),
        said=_said(said),
        opened_at=clock.wall(),
        session=session,
        about=about,
        theme=_line(theme),
        owner=_line(owner),
        due=due,
    )
    with library.writing() as work:
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def change(library: Library, entry_id: str, *, said: str, owner: str = "", due: date | None = None) -> SaidEntry:
    """Other words, another owner or day. Raises UserError where nothing was said, or the entry is gone."""
    words = _said(said)
    with library.writing() as work:
        entry = replace(storage.cafe_said.load(work, entry_id), said=words, owner=_line(owner), due=due)
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def mark_done(library: Library, entry_id: str, did: str, day: date) -> SaidEntry:
    """Note what was done, and on which day. Raises UserError where it does not say what, or the entry is gone."""
    words = _line(did)
    if not words:
        raise UserError("It does not say what was done.", "Write a few words that people will know it by.")
    with library.writing() as work:
        entry = replace(storage.cafe_said.load(work, entry_id), did=words, done_on=day)
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def open_again(library: Library, entry_id: str) -> SaidEntry:
    """It is still to be done after all; the words about what was done stay. Raises UserError if the entry is gone."""
    with library.writing() as work:
        entry = replace(storage.cafe_said.load(work, entry_id), done_on=None)
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def tell(library: Library, entry_id: str) -> SaidEntry:
    """Let others see an entry. Raises UserError where too few people may stand behind it."""
    with library.writing() as work:
        entry = storage.cafe_said.load(work, entry_id)
        if not may_tell(work, entry):
            raise UserError(
                "Too few people may stand behind this to tell others of it.",
                "Only what stands in the summary of the closed session can be told. You still see it yourself.",
            )
        entry = replace(entry, told=True)
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def tellable(library: Library) -> frozenset[str]:
    """The ids of the entries that are not told yet and of which others may be told."""
    with library.reading() as session:
        entries = [entry for entry in storage.cafe_said.entries(session) if not entry.told]
        of_each = {_origin(entry): entry for entry in entries}
        known = {origin: may_tell(session, entry) for origin, entry in of_each.items()}
    return frozenset(entry.id for entry in entries if known[_origin(entry)])


def _origin(entry: SaidEntry) -> tuple[str | None, CardKind | None, str]:
    """All that decides whether others may be told."""
    return entry.session, entry.about, entry.theme


def may_tell(session: UnitOfWork, entry: SaidEntry) -> bool:
    """Whether others may be told: of the facilitator's own, or of a theme that the release of its session names."""
    if entry.session is None:
        return not entry.theme
    if entry.about is None or not entry.theme:
        return False
    released = storage.cafe.release(session, entry.session)
    return may_be_told(released.release if released else None, TABLE_OF[entry.about], entry.theme)


def tell_no_more(library: Library, entry_id: str) -> SaidEntry:
    """Let others not see an entry any more. Raises UserError if it is gone."""
    with library.writing() as work:
        entry = replace(storage.cafe_said.load(work, entry_id), told=False)
        storage.cafe_said.save(work, entry)
        work.commit()
    return entry


def remove(library: Library, entry_id: str) -> None:
    """Delete an entry for good; nothing where it is gone."""
    with library.writing() as work:
        storage.cafe_said.remove(work, entry_id)
        work.commit()
    library.empty_log()


def _said(text: str) -> str:
    words = _line(text)
    if not words:
        raise UserError("It does not say what people said.", "Write a few words first.")
    return words


def _line(text: str) -> str:
    return " ".join(storage.text.clean(text).split())
