"""The harness itself: it sees every call, its disk forgets what a disk may forget, and it finds what is wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.power_cuts.cutting import Result, cut, quick_folder, record
from tests.power_cuts.deed import Heard
from tests.power_cuts.disk import SECTOR, Disk, replay
from tests.power_cuts.exercise import CONTENT
from tests.power_cuts.recorder import PAGE, Flushed, Made, Mapped, Record, Removed, Renamed, Said, Sized, Wrote

FOLDER, FILE = 1, 2
Image = dict[str, bytes | None]


def weakened(name: str, way: str, cuts: int) -> Result:
    with quick_folder() as folder:
        recording = record(name, folder / "recording", way)
        (folder / "cuts").mkdir()
        return cut(recording, cuts, folder / "cuts")


def test_every_way_of_altering_a_file_is_seen_and_every_flush_is_counted() -> None:
    with quick_folder() as folder:
        recording = record("exercise", folder / "recording")
        (folder / "cuts").mkdir()
        result = cut(recording, 60, folder / "cuts")
        heard = Heard([one.line for one in recording.records if isinstance(one, Said)])
    assert heard.done("flushes") == [sum(isinstance(one, Flushed) for one in recording.records)]
    assert sum(isinstance(one, Removed) for one in recording.records) == 4
    assert sum(len(one.data) for one in recording.records if isinstance(one, Wrote)) > 5 * len(CONTENT)
    assert result.harmless, str(result)


def test_saves_that_are_flushed_only_now_and_then_are_found_to_be_lost() -> None:
    result = weakened("saving-a-little", "flushes_now_and_then", 20)
    assert result.lost, str(result)
    assert len(result.lost) + len(result.corrupt) >= 5, str(result)  # some losses are noticed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "way", "harm"),
    [
        ("saving-encrypted", "flushes_now_and_then", "lost"),
        ("marking", "flushes_now_and_then", "lost"),
        ("saving", "has_no_journal", "corrupt"),
        ("migrating", "has_no_journal", "corrupt"),
        ("returning", "forgets_to_flush", "corrupt"),
        ("exporting", "forgets_to_flush", "lost"),
        ("exercise", "forgets_to_flush", "lost"),
        ("merging", "merges_one_by_one", "half_done"),
        ("restoring", "moves_the_library_away", "half_done"),
        ("emptying-the-log", "does_not_tell_which_log_it_empties", "corrupt"),
        ("wiping", "deletes_in_the_library_alone", "lost"),
        ("cafe", "flushes_now_and_then", "lost"),
        ("settings", "forgets_to_flush", "lost"),
    ],
)
def test_a_program_made_worse_on_purpose_is_found_out(name: str, way: str, harm: str) -> None:
    result = weakened(name, way, 100)
    assert len(getattr(result, harm)) >= 3, str(result)


def after(*records: Record, cuts: int = 200) -> list[Image]:
    """The disks that many cuts leave after these records, in a folder that was empty."""
    disk = Disk(Path(), {})
    disk.tell(Made(".", FOLDER, folder=True))
    disk.tell(Flushed(FOLDER))
    for one in records:
        disk.tell(one)
    return [disk.after_a_cut(random.Random(number)) for number in range(cuts)]


def contents(images: list[Image], path: str = "file") -> set[bytes | None]:
    return {image.get(path) for image in images}


def test_what_was_flushed_is_there_after_every_cut() -> None:
    images = after(Made("file", FILE), Wrote(FILE, 0, b"kept"), Flushed(FILE))
    assert contents(images) == {b"kept"}


def test_what_was_not_flushed_may_be_there_or_not() -> None:
    images = after(Made("file", FILE), Wrote(FILE, 0, b"old"), Flushed(FILE), Wrote(FILE, 0, b"new"))
    assert contents(images) == {b"old", b"new"}


def test_a_name_may_last_without_what_was_written_under_it() -> None:
    assert contents(after(Made("file", FILE), Wrote(FILE, 0, b"kept"))) == {None, b"", b"kept"}


def test_a_write_may_be_torn_between_sectors_and_nowhere_else() -> None:
    before, new = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR
    images = after(Made("file", FILE), Wrote(FILE, 0, before), Flushed(FILE), Wrote(FILE, 0, new))
    torn = {content for content in contents(images) if content not in (before, new)}
    assert len(torn) > 5
    for content in torn:
        assert content is not None
        sectors = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        assert {*sectors} == {before[:SECTOR], new[:SECTOR]}


def test_a_file_may_be_cut_short_or_not_until_that_is_flushed() -> None:
    made = (Made("file", FILE), Wrote(FILE, 0, b"long"), Flushed(FILE), Sized(FILE, 2))
    assert contents(after(*made)) == {b"lo", b"long"}
    assert contents(after(*made, Flushed(FILE, data_only=True))) == {b"lo"}


def test_names_are_lost_from_the_last_one_backwards() -> None:
    images = after(*(Made(name, number) for number, name in enumerate("abc", 2)))
    found = {"".join(sorted(image.keys() - {"."})) for image in images}
    assert found == {"", "a", "ab", "abc"}


def test_flushing_a_folder_makes_the_names_in_it_last() -> None:
    made = (Made("old", FILE), Wrote(FILE, 0, b"whole"), Flushed(FILE), Renamed("old", "file"))
    assert contents(after(*made)) == {None, b"whole"}
    assert contents(after(*made, Flushed(FOLDER))) == {b"whole"}


def test_flushing_a_file_makes_earlier_names_last_but_no_later_ones() -> None:
    made = (Made("file", FILE), Wrote(FILE, 0, b"x"), Made("later", 3), Flushed(FILE))
    images = after(*made)
    assert contents(images) == {b"x"}
    assert contents(images, "later") == {None, b""}


def test_flushing_data_alone_does_not_make_a_name_last_that_came_after_the_file_had_grown() -> None:
    grown = (Made("file", FILE), Wrote(FILE, 0, b"x"), Flushed(FILE), Made("later", 3), Wrote(FILE, 0, b"y"))
    assert contents(after(*grown, Flushed(FILE, data_only=True)), "later") == {None, b""}
    assert contents(after(*grown, Flushed(FILE)), "later") == {b""}


def test_what_was_mapped_into_memory_may_be_gone_or_rubbish() -> None:
    found = contents(after(Made("x-shm", FILE), Mapped(FILE, 0, b"kept")), "x-shm")
    assert {None, b"", b"kept"} <= found
    assert len(found) > 5


def test_a_mapped_file_may_be_as_it_was_at_any_moment_since_it_was_flushed() -> None:
    made: list[Record] = [Made("x-shm", FILE), *(Mapped(FILE, 0, bytes([number]) * PAGE) for number in range(4))]
    found = contents(after(*made), "x-shm")
    assert {bytes([number]) * PAGE for number in range(4)} <= found
    assert any(content and 1 < len({*content}) <= 4 for content in found), "all sectors are of one moment"
    kept = contents(after(*made, Flushed(FILE), Mapped(FILE, 0, b"\4" * PAGE)), "x-shm")
    assert bytes([3]) * PAGE in kept
    assert not {bytes([number]) * PAGE for number in range(3)} & kept


def test_a_disk_that_never_lost_power_has_everything(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"before")
    numbers = {".": 1, "there": 2}
    records: list[Record] = [Made("new", 3), Wrote(3, 2, b"hole"), Renamed("there", "moved"), Sized(2, 3)]
    assert replay(tmp_path, numbers, records).everything() == {".": None, "new": b"\0\0hole", "moved": b"bef"}
