"""Returns by the ten thousand: more than one statement of SQL can name."""

from __future__ import annotations

from dataclasses import replace

from cqcmock.storage import packs
from cqcmock.storage.library import Library
from tests.faults import Tell
from tests.storage.shelves import facts
from tests.storage.test_packs import a_merged, a_sent_pack, keep

MANY = 33_000


def test_more_returns_than_a_statement_has_room_for_are_merged_at_once(library: Library, fault: Tell) -> None:
    pack = a_sent_pack()
    keep(library, pack)
    many = [replace(a_merged(pack, f"{number:06}"), sheets={}, wholes={}) for number in range(MANY)]
    for new in (MANY, 0):
        with library.writing() as work:
            assert len(packs.merge(work, many)) == new
            work.commit()
    assert facts(library, "SELECT count(*) FROM pack_return") == [(MANY,)]
    fault(
        f"{MANY:,} returns are merged at once",
        area="Merging",
        tried=1,
        lost=0,
        half_done=0,
        person_sees="All of them merged, each once",
    )
