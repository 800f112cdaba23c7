"""What is kept is known, what a hold keeps stays, and what goes is gone from libraries of every form there has been."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cqcmock.domain.audit import Kind
from cqcmock.storage import backups, conversion, holds, migrate, retention, sittings
from cqcmock.storage.errors import HeldError, LibraryError
from cqcmock.storage.library import Library
from tests.domain.worlds import NINE_O_CLOCK
from tests.storage import cafes
from tests.storage.released import SITTING
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, raw

FILES = Path(__file__).with_name("files")
SAID = b"We asked 40 unpaid carers."
KEY = "0123456789abcdef" * 4


def of_form(number: int, folder: Path) -> Path:
    """A library as a released version left it."""
    path = folder / f"library-2026010{number}-090000.sqlite"
    shutil.copyfile(FILES / f"library-schema-{number}.sqlite", path)
    return path


@pytest.mark.parametrize("number", range(1, len(migrate.REVISIONS) + 1))
def test_things_go_out_of_a_copy_of_every_form_and_the_rest_of_it_stays(number: int, tmp_path: Path) -> None:
    path = of_form(number, tmp_path)
    assert SAID in path.read_bytes()
    banks = facts(path, "SELECT count(*) FROM question")
    cafe = [one for (one,) in facts(path, "SELECT id FROM cafe_session")] if number >= 5 else []
    gone = {Kind.SITTING: [SITTING], Kind.CAFE: cafe, Kind.PACK: ["none"]}
    assert retention.holds_any(path, None, gone)
    retention.scrub(path, None, gone)
    assert not retention.holds_any(path, None, gone)
    assert SAID not in path.read_bytes()
    assert facts(path, "SELECT count(*) FROM question") == banks
    assert facts(path, "SELECT version_num FROM alembic_version") == [(f"{number:04}",)]
    assert facts(path, "pragma freelist_count") == [(0,)]
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_that_holds_nothing_of_it_is_told_from_one_that_does(tmp_path: Path) -> None:
    path = of_form(6, tmp_path)
    before = path.read_bytes()
    assert not retention.holds_any(path, None, {Kind.SITTING: ["another"], Kind.CAFE: ["another"]})
    assert not retention.holds_any(path, None, {})
    assert path.read_bytes() == before


def test_an_encrypted_copy_is_cleaned_with_its_key_and_no_other(tmp_path: Path) -> None:
    path = of_form(6, tmp_path)
    conversion.convert(path, None, KEY)
    gone = {Kind.SITTING: [SITTING]}
    for wrong in (None, KEY[::-1]):
        with pytest.raises(retention.CannotScrubError):
            retention.holds_any(path, wrong, gone)
    retention.scrub(path, KEY, gone)
    assert not retention.holds_any(path, KEY, gone)
    assert conversion.opens(path, KEY)


def test_a_library_in_memory_is_cleaned_without_a_byte_on_the_disk(tmp_path: Path) -> None:
    content = of_form(6, tmp_path).read_bytes()
    cleaned = retention.scrubbed_bytes(content, {Kind.SITTING: [SITTING]})
    assert SAID in content
    assert SAID not in cleaned
    assert retention.scrubbed_bytes(content, {Kind.SITTING: ["another"]}) == content
    (tmp_path / "cleaned.sqlite").write_bytes(cleaned)
    assert facts(tmp_path / "cleaned.sqlite", "pragma integrity_check") == [("ok",)]
    for damaged in (content[:30_000], b"no library"):
        with pytest.raises(retention.CannotScrubError):
            retention.scrubbed_bytes(damaged, {Kind.SITTING: [SITTING]})


def test_where_the_disk_fails_the_copy_is_as_it_was_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = of_form(6, tmp_path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(retention, "_put_in_place", full)
    with pytest.raises(LibraryError, match="full"):
        retention.scrub(path, None, {Kind.SITTING: [SITTING]})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_kill_left_of_cleaning_is_swept_away_and_the_copy_is_not(tmp_path: Path) -> None:
    path = of_form(6, tmp_path)
    old = path.with_name(f"{path.name}{conversion.ERASED}")
    shutil.copyfile(path, path.with_name(f"{path.name}{retention.SCRUBBED}"))
    old.hardlink_to(path)
    retention.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    assert SAID in path.read_bytes()
    shutil.copyfile(path, old)  # it was replaced already, and this is the one before
    retention.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    path.rename(old)  # a lock was being changed
    retention.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.slow
def test_a_log_that_another_program_keeps_open_is_told(file_library: Library) -> None:
    sitting = add(file_library, a_sitting(), FIRST_WORDS)
    assert file_library.path
    with raw(file_library.path) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sitting").fetchone()
        with file_library.writing() as work:
            sittings.erase(work, sitting.id)
            work.commit()
        assert not retention.write_anew(file_library)
    assert retention.write_anew(file_library)


def test_everything_is_known_by_when_it_was_made_and_last_used(library: Library) -> None:
    sitting = add(library, a_sitting(), FIRST_WORDS)
    cafe = cafes.add(library, cafes.a_cafe())
    with library.writing() as work:
        sittings.put_away(work, sitting.id, NINE_O_CLOCK)
        work.commit()
    with library.reading() as session:
        found = {one.kind: one for one in retention.kept(session)}
    assert found[Kind.SITTING].id == sitting.id
    assert found[Kind.SITTING].made == NINE_O_CLOCK.astimezone().date()
    assert found[Kind.SITTING].is_put_away
    assert (found[Kind.CAFE].id, found[Kind.CAFE].title, found[Kind.CAFE].is_put_away) == (cafe.id, "Café", False)


def test_things_are_removed_with_everything_that_hangs_on_them(library: Library) -> None:
    gone, stays = add(library, a_sitting(), FIRST_WORDS), add(library, a_sitting(), FIRST_WORDS)
    with library.writing() as work:
        retention.remove(work, {Kind.SITTING: [gone.id], Kind.CAFE: ["none"]})
        work.commit()
    with library.reading() as session:
        there = retention.there(session, {Kind.SITTING: [gone.id, stays.id]})
    assert there == {Kind.SITTING: frozenset({stays.id})}
    for table in ("event", "plan", "asked"):
        assert {one for (one,) in facts(library, f"SELECT sitting_id FROM {table}")} == {stays.id}


def test_a_hold_covers_a_thing_all_of_a_kind_or_everything(library: Library) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    with library.writing() as work:
        one = holds.place(work, Kind.CAFE, "one", "A", at)
        assert holds.keeping(work, Kind.CAFE, ["one", "two"]) == {"one": one}
        every = holds.place(work, Kind.CAFE, "", "B", at)
        assert holds.keeping(work, Kind.CAFE, ["one", "two"]).keys() == {"one", "two"}
        assert holds.keeping(work, Kind.SITTING, ["one"]) == {}
        holds.refuse(work, Kind.SITTING, "one")
        everything = holds.place(work, None, "", "C", at)
        with pytest.raises(HeldError) as stopped:
            holds.refuse(work, Kind.SITTING, "one")
        assert stopped.value.hold_id == everything.id
        for hold in (one, every, everything):
            holds.release(work, hold.id, at)
        assert holds.keeping(work, Kind.CAFE, ["one", "two"]) == {}


def test_the_search_index_holds_no_word_of_what_was_said(file_library: Library) -> None:
    add(file_library, a_sitting(), FIRST_WORDS)
    indexed = facts(file_library, "SELECT count(*) FROM question_search WHERE question_search MATCH 'carers'")
    assert indexed == [(0,)]


def test_no_copy_is_made_while_copies_are_cleaned(file_library: Library) -> None:
    import threading

    made = threading.Event()

    def make() -> None:
        backups.make(file_library)
        made.set()

    with backups.while_none_is_made():
        maker = threading.Thread(target=make)
        maker.start()
        assert not made.wait(0.1)
    maker.join()
    assert made.is_set()
