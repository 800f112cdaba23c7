"""After a deletion no byte of what was deleted is left: in the library, its log, its backups, or beside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.audit import Kind
from cqcmock.paths import Location
from cqcmock.services import copies, locking, wiping
from cqcmock.services import library as libraries
from cqcmock.services.copies import Cleaned
from cqcmock.storage import backups, conversion, engine, retention
from cqcmock.storage.folder import LIBRARY
from tests.services.kept_things import OF_SITTING, WORDS, Shelf, a_filled_folder, a_sitting, everything, found_in
from tests.services.review.hands import CLOCK
from tests.some_quickly import some_quickly

if TYPE_CHECKING:
    from cqcmock.services.library import Library

EVERY_WORD = tuple(word for words in WORDS.values() for word in words)


@dataclass(slots=True)
class Kept:
    """An open library with one of everything in it, and two backups of it."""

    place: Location
    library: Library
    shelf: Shelf

    def delete(self, *kinds: Kind) -> wiping.Wiped:
        return wiping.delete(self.library, self.place, everything(self.library, self.place, *kinds), "Test", CLOCK)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> tuple[Path, Shelf]:
    """A closed data folder with one of everything, in its backups as well; made once and copied."""
    return a_filled_folder(tmp_path_factory.mktemp("ready"), prepared_library)


@pytest.fixture
def kept(ready: tuple[Path, Shelf], tmp_path: Path) -> Iterator[Kept]:
    place = Location(Path(shutil.copytree(ready[0], tmp_path / "data")))
    with libraries.open_library(place) as library:
        yield Kept(place, library, ready[1])


def test_everything_can_be_found_before(kept: Kept) -> None:
    found = found_in(kept.place, EVERY_WORD)
    assert {word for words in found.values() for word in words} == set(EVERY_WORD)
    copied = [name for name in found if name.startswith("backups/")]
    assert len(copied) == len(backups.files(kept.place.folder)) >= 2


@pytest.mark.parametrize("kind", WORDS)
def test_of_one_kind_that_was_deleted_no_byte_is_left_and_everything_else_is(kept: Kept, kind: Kind) -> None:
    kept.delete(kind)
    found = found_in(kept.place, EVERY_WORD)
    left = {word for words in found.values() for word in words}
    gone = set(WORDS[kind])
    if kind is Kind.SITTING:
        gone.add(WORDS[Kind.PACK][0])  # what a reviewer wrote about it
    assert left == set(EVERY_WORD) - gone


def test_of_everything_that_was_deleted_no_byte_is_left(kept: Kept) -> None:
    wiped = kept.delete()
    assert found_in(kept.place, EVERY_WORD) == {}
    assert wiped.backups == wiped.cleaned.backups == len(backups.files(kept.place.folder)) >= 2
    assert not wiped.cleaned.unread
    assert not wiped.cleaned.waiting
    assert len(backups.sound(kept.place.folder)) == wiped.backups


def test_the_search_would_find_what_deleting_the_rows_alone_leaves(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_rows(place: Location, gone: object, library: object, progress: object = None) -> Cleaned:
        return Cleaned()

    monkeypatch.setattr(copies, "clean", only_rows)
    kept.delete()
    found = found_in(kept.place, OF_SITTING)
    assert sum(name.startswith("backups/") for name in found) == len(backups.files(kept.place.folder))
    assert any(name.startswith(LIBRARY) for name in found), "the log still has them"


def test_the_search_would_find_what_is_left_without_secure_delete(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "write_anew", lambda library: library.empty_log() or True)
    with kept.library.driver_connection() as connection:
        connection.execute("pragma secure_delete=off").fetchall()
    kept.delete(Kind.SITTING)
    assert LIBRARY in found_in(kept.place, OF_SITTING)


def test_nothing_is_left_where_a_library_is_written_anew_although_it_did_not_delete_securely(kept: Kept) -> None:
    with kept.library.driver_connection() as connection:
        connection.execute("pragma secure_delete=off").fetchall()
    kept.delete(Kind.SITTING)
    assert found_in(kept.place, OF_SITTING) == {}


@pytest.mark.parametrize("written_anew", some_quickly([False, True], every=2))
def test_the_pages_of_an_encrypted_library_are_searched_as_they_are_on_the_disk(
    tmp_path: Path, prepared_library: Path, monkeypatch: pytest.MonkeyPatch, written_anew: bool
) -> None:
    place = Location(Path(shutil.copytree(prepared_library, tmp_path / "data")), raw_key="0123456789abcdef" * 4)
    conversion.convert(place.folder / LIBRARY, None, place.raw_key)
    with libraries.open_library(place) as library:
        a_sitting(library)
        library.empty_log()
        assert found_in(place, OF_SITTING) == {LIBRARY: list(OF_SITTING)}
        assert found_in(Location(place.folder), OF_SITTING) == {}, "nothing can be read without the key"
        if not written_anew:
            monkeypatch.setattr(retention, "write_anew", lambda library: library.empty_log() or True)
            with library.driver_connection() as connection:
                connection.execute("pragma secure_delete=off").fetchall()
        wiping.delete(library, place, everything(library, place), "Test", CLOCK)
        assert bool(found_in(place, OF_SITTING)) is not written_anew


@pytest.mark.slow
def test_on_a_locked_library_no_decrypted_page_holds_a_byte(ready: tuple[Path, Shelf], tmp_path: Path) -> None:
    plain = Location(Path(shutil.copytree(ready[0], tmp_path / "data")))
    shutil.copyfile(plain.folder / LIBRARY, plain.folder / "library.replaced-20261120-101010.sqlite")
    words = locking.new_words()
    place = locking.lock(plain, words, CLOCK, computer=False)
    locked = replace(plain, raw_key=place.raw_key)
    shutil.copyfile(locked.folder / LIBRARY, locked.folder / "library.replaced-20261121-101010.sqlite")
    shutil.copytree(locked.folder, tmp_path / "before")
    before = found_in(replace(locked, folder=tmp_path / "before"), EVERY_WORD)
    kinds = set(WORDS) - {Kind.RECORDING}
    assert {word for words in before.values() for word in words} >= {w for kind in kinds for w in WORDS[kind]}
    assert len(before) >= 6, "library, two backups, two put aside, the opened pack"
    with libraries.open_library(locked) as library:
        assert conversion.opens(locked.folder / LIBRARY, locked.raw_key)
        wiped = wiping.delete(library, locked, everything(library, locked), "Test", CLOCK)
        assert found_in(locked, EVERY_WORD) == {}
    assert found_in(locked, EVERY_WORD) == {}
    assert (wiped.cleaned.backups, wiped.cleaned.put_aside) == (len(backups.files(plain.folder)), 2)
    with libraries.open_library(locking.unlock(plain, words)):
        pass
    assert found_in(locked, EVERY_WORD) == {}
    assert engine.can_encrypt()
