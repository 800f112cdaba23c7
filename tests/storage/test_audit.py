"""The audit trail in a real library: in the same unit of work as the deed, and every change with SQL is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from cqcmock.domain.audit import NO_HASH, Deed, Head, Kind, first_wrong
from cqcmock.storage import audit
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import Library, open_library
from cqcmock.storage.text import TextTooLongError
from tests.storage.shelves import facts, raw

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def tell(library: Library, why: str, **details: str | int) -> Head:
    with library.writing() as work:
        head = audit.add(work, NOON, Deed.EXPORTED, Kind.BANK, "an-id", why, details)
        work.commit()
    return head


def wrong(library: Library) -> int | None:
    with library.reading() as session:
        return first_wrong(audit.entries(session))


def before(library: Library) -> int:
    """What the making of the library has told already."""
    with library.reading() as session:
        return audit.head(session).count


def test_entries_are_counted_on_and_read_as_they_were_written(library: Library) -> None:
    already = before(library)
    heads = [tell(library, f"reason {number}", rows=number, rule="6 months") for number in range(3)]
    assert [head.count for head in heads] == [already + 1, already + 2, already + 3]
    assert len({head.hash for head in heads} | {NO_HASH}) == 4
    with library.reading() as session:
        entries = list(audit.entries(session))
        assert audit.head(session) == heads[-1]
    assert [entry.why for entry in entries[already:]] == ["reason 0", "reason 1", "reason 2"]
    assert entries[-1].details == {"rows": 2, "rule": "6 months"}
    assert entries[-1].at == NOON
    assert wrong(library) is None


def test_only_some_deeds_can_be_asked_for(library: Library) -> None:
    tell(library, "one")
    with library.reading() as session:
        assert list(audit.entries(session, (Deed.PACK_MADE,))) == []
        assert [entry.why for entry in audit.entries(session, (Deed.EXPORTED,))] == ["one"]


def test_what_was_not_committed_was_never_told(library: Library) -> None:
    already = before(library)
    with library.writing() as work:
        audit.add(work, NOON, Deed.DELETED, Kind.SITTING)
    assert before(library) == already
    tell(library, "kept")
    assert wrong(library) is None


def test_a_reason_with_letters_that_cannot_be_kept_is_cleaned_before_it_is_hashed(library: Library) -> None:
    tell(library, "Zoe\u0308 asked\x00 for it \ud800")
    with library.reading() as session:
        assert list(audit.entries(session))[-1].why == "Zoë asked for it "
    assert wrong(library) is None


def test_details_with_such_letters_are_whole_when_they_are_read_again(library: Library) -> None:
    tell(library, "", rule="Zoe\u0308's rule\x00")
    assert wrong(library) is None


def test_a_time_of_another_zone_is_the_same_moment_when_it_is_read_again(library: Library) -> None:
    with library.writing() as work:
        audit.add(work, NOON.astimezone(timezone(timedelta(hours=1))), Deed.EXPORTED, Kind.BANK)
        work.commit()
    with library.reading() as session:
        assert list(audit.entries(session))[-1].at == NOON
    assert wrong(library) is None


def test_a_reason_that_is_too_long_is_told_and_nothing_is_added(library: Library) -> None:
    already = before(library)
    with pytest.raises(TextTooLongError):
        tell(library, "x" * 2001)
    assert before(library) == already


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET why = 'another' WHERE number = {n}",
        "UPDATE audit SET subject = '' WHERE number = {n}",
        "UPDATE audit SET deed = 'imported' WHERE number = {n}",
        "UPDATE audit SET kind = 'story' WHERE number = {n}",
        "UPDATE audit SET at = '2026-11-21 12:00:01.000000' WHERE number = {n}",
        "UPDATE audit SET at = 'no time at all' WHERE number = {n}",
        "UPDATE audit SET details = '{{}}' WHERE number = {n}",
        "UPDATE audit SET details = 'no JSON' WHERE number = {n}",
        "UPDATE audit SET details = '[1]' WHERE number = {n}",
        "UPDATE audit SET hash = substr(hash, 2) || 'x' WHERE number = {n}",
        "UPDATE audit SET why = x'ff' WHERE number = {n}",
        "DELETE FROM audit WHERE number = {n}",
        "DELETE FROM audit WHERE number = {n}; UPDATE audit SET number = number - 1 WHERE number > {n}",
    ],
)
def test_whatever_somebody_changes_with_sql_is_found_at_its_number(folder: Path, change: str) -> None:
    with open_library(folder) as library:
        for number in range(5):
            tell(library, f"reason {number}", rows=number)
        at = before(library) - 2
    with raw(folder / LIBRARY) as connection:
        connection.executescript(change.format(n=at))
    with open_library(folder) as library:
        assert wrong(library) == at


def test_what_two_write_at_once_is_one_chain(folder: Path) -> None:
    with open_library(folder) as one, open_library(folder) as other:
        for number in range(6):
            tell((one, other)[number % 2], f"reason {number}")
        assert wrong(one) is None
    assert facts(folder / LIBRARY, "SELECT count(*), max(number) FROM audit WHERE deed = 'exported'")[0][0] == 6
