"""The index beside a log, which a power cut may leave older than the log, gives no false alarm and hides no loss."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cqcmock.domain.interview import EventKind
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import Library, open_library
from tests.domain.worlds import event
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, keep, load

LOG, INDEX = f"{LIBRARY}-wal", f"{LIBRARY}-shm"
KEYS = pytest.mark.parametrize("key", [None, "5a" * 32], ids=["open", "locked"])


def left(library: Library, index: bytes | None = None) -> Path:
    """The data folder as a power cut leaves it now, or with the index as it was before."""
    copied = Path(shutil.copytree(library.folder, library.folder.with_name("left"), dirs_exist_ok=True))
    if index is not None:
        (copied / INDEX).write_bytes(index)
    return copied


@KEYS
def test_an_index_from_before_a_log_was_emptied_is_no_sign_of_damage(tmp_path: Path, key: str | None) -> None:
    with open_library(tmp_path / "data", raw_key=key) as opened:
        indexes = []
        kept = add(opened, a_sitting(), FIRST_WORDS)
        for turn in range(3):
            keep(opened, kept.id, 2, event(EventKind.TEXT_SAVED, 10, 0, f"turn {turn}"))
            indexes.append((opened.folder / INDEX).read_bytes())
            assert opened.empty_log()
            assert (opened.folder / LOG).stat().st_size == 0
            expected = load(opened, kept.id).events
            for index in indexes:
                with open_library(left(opened, index), raw_key=key) as again:
                    assert load(again, kept.id).events == expected


@KEYS
def test_a_log_that_is_gone_after_an_earlier_one_was_emptied_is_noticed(tmp_path: Path, key: str | None) -> None:
    with open_library(tmp_path / "data", raw_key=key) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        assert opened.empty_log()
        keep(opened, kept.id, 2, event(EventKind.TEXT_SAVED, 10, 0, "afterwards"))
        folder = left(opened)
    (folder / LOG).unlink()
    with pytest.raises(DamagedLibraryError):
        open_library(folder, raw_key=key)


def test_emptying_a_log_that_is_empty_writes_nothing(tmp_path: Path) -> None:
    with open_library(tmp_path / "data") as opened:
        add(opened, a_sitting(), FIRST_WORDS)
        assert opened.empty_log()
        before = (opened.folder / LIBRARY).read_bytes()
        assert opened.empty_log()
        assert (opened.folder / LIBRARY).read_bytes() == before


def test_a_library_that_was_cut_short_while_its_first_page_was_written_is_made_again(tmp_path: Path) -> None:
    journal = tmp_path / f"{LIBRARY}-journal"
    journal.write_bytes(
        bytes.fromhex("d9d505f920a163d7 00000000 7fa46620 00000000 00000200 00001000".replace(" ", "")).ljust(
            512, b"\0"
        )
    )
    (tmp_path / LIBRARY).write_bytes(bytes(512) + b"\1" * 2048)
    with open_library(tmp_path) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        assert load(opened, kept.id).events == FIRST_WORDS


def test_an_unreadable_library_whose_journal_says_that_it_was_not_empty_is_damaged(tmp_path: Path) -> None:
    journal = tmp_path / f"{LIBRARY}-journal"
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7000000007fa4662000000002").ljust(512, b"\0"))
    (tmp_path / LIBRARY).write_bytes(bytes(512) + b"\1" * 2048)
    with pytest.raises(DamagedLibraryError):
        open_library(tmp_path)
