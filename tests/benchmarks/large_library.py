"""A library of so many megabytes: a few real rehearsals, each of them kept many times under other ids.

The rows are copied by SQL, because a hundred megabytes put in by the services take minutes; they are the rows that the
services wrote, in the pages that they would take.
"""

from __future__ import annotations

import uuid
from itertools import cycle
from typing import TYPE_CHECKING, Final

from tests.benchmarks.packs import rehearsed

if TYPE_CHECKING:
    from cqcmock.services.library import Library

REAL: Final = 5
_KEYS: Final = {"sitting": "id", "plan": "sitting_id", "asked": "sitting_id", "event": "sitting_id"}


def fill(library: Library, megabytes: int) -> int:
    """Add rehearsals until the library is as large as that; returns how many are in it."""
    played = rehearsed(library, REAL)
    with library.driver_connection() as driver:
        page = int(driver.execute("pragma page_size").fetchone()[0])
        driver.execute("BEGIN IMMEDIATE")
        for one in cycle(played):
            if int(driver.execute("pragma page_count").fetchone()[0]) * page >= megabytes * 1_000_000:
                break
            new = f"{one[:8]}{str(uuid.uuid4())[8:]}"
            for table, key in _KEYS.items():
                columns = [row[1] for row in driver.execute(f"pragma table_info({table})")]
                chosen = ", ".join(f":{key}" if name == key else name for name in columns)
                into = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE {key} = :before"
                driver.execute(into, {key: new, "before": one})
        sittings = int(driver.execute("SELECT count(*) FROM sitting").fetchone()[0])
        driver.execute("COMMIT")
    library.empty_log()
    return sittings
