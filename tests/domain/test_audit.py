"""The chain of the audit trail: whatever is changed, left out, put in between or swapped is found, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.audit import NO_HASH, Deed, Entry, Head, Kind, first_wrong, hash_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TEXTS = st.text(max_size=30)
DETAILS = st.dictionaries(st.text(min_size=1, max_size=10), st.one_of(TEXTS, st.integers(-(10**9), 10**9)), max_size=3)


@st.composite
def chains(draw: st.DrawFn, at_least: int = 1) -> list[Entry]:
    """A trail as it is written."""
    chain: list[Entry] = []
    for number in range(1, draw(st.integers(at_least, 8)) + 1):
        entry = Entry(
            number=number,
            at=NOON + timedelta(seconds=draw(st.integers(0, 10**6))),
            deed=draw(st.sampled_from(list(Deed))).value,
            kind=draw(st.sampled_from(list(Kind))).value,
            subject=draw(TEXTS),
            why=draw(TEXTS),
            details=draw(DETAILS),
        )
        chain.append(replace(entry, hash=hash_of(entry, chain[-1].hash if chain else NO_HASH)))
    return chain


@given(chains(at_least=0))
@settings(deadline=None, max_examples=20)
def test_a_trail_as_it_was_written_is_whole(chain: list[Entry]) -> None:
    assert first_wrong(chain) is None


def _other(value: object, draw: st.DrawFn) -> object:
    """Another value of the same kind."""
    match value:
        case datetime():
            return value + timedelta(microseconds=draw(st.integers(1, 10**9)))
        case int():
            return value + draw(st.integers(1, 9))
        case str():
            return draw(TEXTS.filter(lambda text: text != value))
        case Mapping():
            return draw(DETAILS.filter(lambda details: details != value))
    raise AssertionError(value)


@pytest.mark.parametrize("field", ["number", "at", "deed", "kind", "subject", "why", "details", "hash"])
@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_any_change_to_any_field_of_any_entry_is_found_at_its_number(field: str, data: st.DataObject) -> None:
    chain = data.draw(chains())
    at = data.draw(st.integers(0, len(chain) - 1))
    changed = data.draw(st.composite(lambda draw: _other(getattr(chain[at], field), draw))())
    chain[at] = replace(chain[at], **{field: changed})
    assert first_wrong(chain) == at + 1


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_a_change_whose_hash_was_written_anew_is_found_at_the_next_entry(data: st.DataObject) -> None:
    chain = data.draw(chains(at_least=2))
    at = data.draw(st.integers(0, len(chain) - 2))
    forged = replace(chain[at], why=chain[at].why + "x")
    chain[at] = replace(forged, hash=hash_of(forged, chain[at - 1].hash if at else NO_HASH))
    assert first_wrong(chain) == at + 2


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_an_entry_that_was_taken_out_of_the_middle_is_found(data: st.DataObject) -> None:
    chain = data.draw(chains(at_least=2))
    at = data.draw(st.integers(0, len(chain) - 2))
    del chain[at]
    assert first_wrong(chain) == at + 1
    counted_anew = [replace(entry, number=number) for number, entry in enumerate(chain, 1)]
    assert first_wrong(counted_anew) == at + 1


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_two_entries_that_changed_places_are_found(data: st.DataObject) -> None:
    chain = data.draw(chains(at_least=2))
    first, second = sorted(data.draw(st.permutations(range(len(chain))))[:2])
    chain[first], chain[second] = chain[second], chain[first]
    assert first_wrong(chain) == first + 1
    assert first_wrong([replace(entry, number=number) for number, entry in enumerate(chain, 1)]) == first + 1


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_an_entry_that_was_put_in_between_or_doubled_is_found(data: st.DataObject) -> None:
    chain = data.draw(chains())
    at = data.draw(st.integers(0, len(chain) - 1))
    chain.insert(at, chain[at])
    assert first_wrong(chain) == at + 2


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_an_end_that_was_cut_off_is_seen_by_who_noted_the_head(data: st.DataObject) -> None:
    chain = data.draw(chains())
    noted = Head(count=len(chain), hash=chain[-1].hash)
    kept = chain[: data.draw(st.integers(0, len(chain) - 1))]
    assert first_wrong(kept) is None, "the chain alone does not show it"
    assert Head(count=len(kept), hash=kept[-1].hash if kept else NO_HASH) != noted


def test_words_cannot_move_from_one_field_to_the_next() -> None:
    entry = Entry(number=1, at=NOON, deed="a", kind="b", subject="cd", why="e")
    assert hash_of(entry, NO_HASH) != hash_of(replace(entry, subject="c", why="de"), NO_HASH)
    assert hash_of(entry, NO_HASH) != hash_of(replace(entry, details={"n": 1}), NO_HASH)
    assert hash_of(replace(entry, details={"n": 1}), NO_HASH) != hash_of(replace(entry, details={"n": "1"}), NO_HASH)


def test_the_order_of_the_details_does_not_matter() -> None:
    entry = Entry(number=1, at=NOON, deed="a", kind="b", details={"x": 1, "y": 2})
    assert hash_of(entry, NO_HASH) == hash_of(replace(entry, details={"y": 2, "x": 1}), NO_HASH)


def test_the_hash_is_that_of_another_program_that_follows_the_description() -> None:
    """Written out once by hand, so that no change of the code changes what stands in old reports."""
    import hashlib

    entry = Entry(number=1, at=NOON, deed="exported", kind="bank", subject="id", why="asked", details={"n": 2})
    written = f'["{NO_HASH}",1,"2026-11-21T12:00:00+00:00","exported","bank","id","asked",{{"n":2}}]'
    assert hash_of(entry, NO_HASH) == hashlib.sha256(written.encode()).hexdigest()


def test_a_head_is_printed_with_its_count_and_the_beginning_of_its_hash() -> None:
    assert str(Head(count=1, hash="ab" * 32)) == "1 entry, abababababababab"
    assert str(Head(count=12, hash="ab" * 32)) == "12 entries, abababababababab"
    assert str(Head()) == "0 entries, 0000000000000000"
