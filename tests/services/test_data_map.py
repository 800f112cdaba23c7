"""The data map: every table and every file has its place in it, and it says how things stand here."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.paths import Location
from cqcmock.services import data_map, locking, reports, reviewing
from cqcmock.services import library as libraries
from cqcmock.services.data_map import SHELVES
from cqcmock.settings import Settings, save_settings
from cqcmock.storage.schema import Base
from tests.clocks import HandClock
from tests.played import played
from tests.reports.pdf.readback import assert_tagged

if TYPE_CHECKING:
    from cqcmock.services.library import Library

HAND = HandClock()


def test_every_table_of_the_library_is_on_one_shelf() -> None:
    on_shelves = [table for shelf in SHELVES for table in shelf.tables]
    assert sorted(on_shelves) == sorted({*Base.metadata.tables, "alembic_version", "question_search"})


def test_every_file_of_a_folder_that_was_worked_with_is_on_a_shelf(library: Library) -> None:
    folder = library.folder
    place = Location(folder)
    played(library, HAND, answers=("One.",))
    libraries.back_up_now(library)
    save_settings(folder, Settings(person="Ann"))
    reviewing.workspaces(place)
    library.close()
    words = locking.new_words()
    locked = locking.lock(place, words, HAND.clock, computer=False)
    libraries.open_library(locked).close()
    patterns = [pattern for shelf in SHELVES for pattern in shelf.files]
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 4
    assert [file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)] == []


@pytest.mark.parametrize("ending", [".pdf", ".html"])
def test_the_sheet_says_what_is_kept_and_what_only_the_council_can_settle(
    library: Library, tmp_path: Path, ending: str
) -> None:
    played(library, HAND, answers=("One.",))
    out = tmp_path / f"facts{ending}"
    data_map.write_facts(library, Location(library.folder), out, Settings(), HAND.clock)
    content = out.read_bytes()
    words = " ".join(reports.page_words(content)) if ending == ".pdf" else content.decode()
    assert "The library is not locked" in words
    assert "Article 9" in words
    assert "Audit trail when this was made" in words
    if ending == ".pdf":
        assert_tagged(content)


def test_what_is_kept_and_who_can_read_it_follows_the_rules_and_the_lock(library: Library) -> None:
    place = Location(library.folder)
    settings = Settings(keep_months=3, keep_months_cafe=1)
    found = {stand.shelf.tables[:1]: stand for stand in data_map.data_map(library, place, settings, HAND.clock).stands}
    assert found[("sitting",)].kept.startswith("3 months after it was last worked on.")
    assert found[("cafe_session",)].kept.startswith("1 month after")
    assert found[("sitting",)].readable_by == "Whoever can read the data folder."
    assert found[("bank",)].rows > 1000
    library.close()
    locked = locking.lock(place, locking.new_words(), HAND.clock, computer=False)
    with libraries.open_library(locked) as opened:
        after = data_map.data_map(opened, locked, settings, HAND.clock)
    assert after.stands[0].readable_by == "Whoever opens the lock."
    assert "six recovery words" in after.lock
