"""A disk that fills or refuses, and files that are damaged on their way: no mark that was kept is lost."""

from __future__ import annotations

import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock.domain.review import SheetState
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import backups, merging, packing, reviewer_keys, reviewing
from cqcmock.services.packing import Wanted
from cqcmock.services.reviewing import Workspace
from cqcmock.storage import engine
from tests.faults import Tell
from tests.services.review.hands import CLOCK, HAND, Laptops, Send, all_out, library_in, marks, merged

if TYPE_CHECKING:
    from cqcmock.services.library import Library

PAGE = 4096
STEP = 1200
"""Bytes; SQLite writes its log in pieces of 24 and of 4,096 bytes, so that this meets every page."""


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file can be written beyond this size: it is as if the disk refused that write and all that follow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def sound(library: Path) -> bool:
    connection = engine.connect(library)
    try:
        return [tuple(row) for row in connection.execute("pragma integrity_check")] == [("ok",)]
    finally:
        connection.close()


def every_write_refused(log: Path, deed: Callable[[], Any], still: Callable[[], None], told: list[str]) -> int:
    """Do something with one write after the other refused, until none is, and return how many times it was.

    Each refusal is a sentence, which is noted in `told`, after which `still` sees to it that nothing has changed.
    """
    began = size_of(log)
    for refused in range(500):
        with files_at_most(began + refused * STEP):
            refusal = refusal_of(deed)
        if refusal is None:
            return refused
        assert any(word in str(refusal) for word in ("disk", "could not be written")), refusal
        assert refusal.what_to_do
        still()
        told.append(str(refusal))
    raise AssertionError("it was never done")


def refusal_of(deed: Callable[[], Any]) -> UserError | None:
    """The sentence with which a deed is refused, or nothing where it was done."""
    try:
        deed()
    except UserError as error:
        return error
    return None


@pytest.fixture
def workspace(send: Send, laptops: Laptops) -> Iterator[Workspace]:
    with reviewing.open_pack(laptops("Ann Example"), send().path, CLOCK) as opened:
        yield opened


def folder_of(place: Location) -> Path:
    (folder,) = (path.parent for path in (place.folder / reviewer_keys.FOLDER).glob("*/library.sqlite"))
    return folder


def test_whichever_write_is_refused_while_marking_nothing_that_was_kept_is_lost(
    workspace: Workspace, laptops: Laptops, fault: Tell
) -> None:
    log = folder_of(laptops("Ann Example")) / "library.sqlite-wal"
    first, second = workspace.order
    told: list[str] = []
    long = marks(2, comment="word " * 3000)
    workspace.save(first, marks(1), CLOCK)

    def as_before() -> None:
        sheets = workspace.sheets()
        assert (sheets[first].marks, sheets[first].state) == (marks(1), SheetState.DRAFT)
        assert sheets[second].state is SheetState.UNTOUCHED

    assert every_write_refused(log, lambda: workspace.save(second, long, CLOCK), as_before, told) > 5
    assert workspace.sheets()[second].marks == long

    def still_a_draft() -> None:
        assert workspace.sheets()[second].state is SheetState.DRAFT
        assert workspace.sheets()[second].marks == long
        assert workspace.wholes()["A"].revision == 0

    assert every_write_refused(log, lambda: workspace.submit(second, marks(3), CLOCK), still_a_draft, told)
    assert workspace.sheets()[second].revision == 1, "what was refused is not counted"

    def submitted() -> None:
        assert workspace.sheets()[second].marks == marks(3)
        assert workspace.wholes()["A"].revision == 0

    assert every_write_refused(log, lambda: workspace.save_whole("A", 2, "Plain and kind.", CLOCK), submitted, told)
    assert workspace.wholes()["A"].comment == "Plain and kind."
    workspace.close()
    assert sound(log.with_name("library.sqlite"))
    with reviewing.workspace(laptops("Ann Example"), workspace.pack.id) as again:
        assert [sheet.marks for sheet in again.sheets().values()] == [marks(1), marks(3)]
    fault(
        "The disk refuses a write while a reviewer marks",
        area="Marking",
        tried=len(told),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=told[-1],
    )


@pytest.mark.slow
def test_whichever_write_is_refused_while_opening_a_pack_it_is_opened_whole_or_not_at_all(
    send: Send, laptops: Laptops, fault: Tell
) -> None:
    made, other, place = send(), send(), laptops("Ann Example")
    reviewing.open_pack(place, other.path, CLOCK).close()

    def not_there() -> None:
        assert [one.id for one in reviewing.workspaces(place)] == [other.pack.id]
        with pytest.raises(UserError, match="not been opened"):
            reviewing.workspace(place, made.pack.id)

    told: list[str] = []
    nowhere = place.folder / "nothing"
    assert (
        every_write_refused(nowhere, lambda: reviewing.open_pack(place, made.path, CLOCK).close(), not_there, told) > 20
    )
    assert {one.id for one in reviewing.workspaces(place)} == {made.pack.id, other.pack.id}
    fault(
        "The disk refuses a write while a pack is opened",
        area="Marking",
        tried=len(told),
        half_done=0,
        person_sees=told[-1],
    )


def test_an_own_key_that_cannot_be_kept_is_said_in_a_sentence_and_made_at_the_second_try(
    laptops: Laptops, fault: Tell
) -> None:
    place = laptops("Ann Example")
    told = []
    for size in (0, 100, 200):
        with files_at_most(size), pytest.raises(UserError, match="Your key could not be written") as said:
            reviewer_keys.own_key(place)
        told.append(str(said.value))
        assert list((place.folder / reviewer_keys.FOLDER).iterdir()) == []
    assert reviewer_keys.own_key(place) == reviewer_keys.own_key(place)
    fault("The disk refuses a reviewer’s own key", area="Marking", tried=len(told), half_done=0, person_sees=told[-1])


def test_whichever_write_is_refused_while_returning_the_file_before_stays_and_no_mark_is_lost(
    workspace: Workspace, library: Library, tmp_path: Path, fault: Tell
) -> None:
    out = tmp_path / "return"
    for sheet in workspace.order:
        workspace.submit(sheet, marks(2), CLOCK)
    HAND.pass_seconds(60)
    workspace.make_return(out, CLOCK)
    before = out.read_bytes()
    workspace.submit(workspace.order[0], marks(3), CLOCK)
    told = []
    for size in range(0, len(before) - 100, len(before) // 25):
        with files_at_most(size), pytest.raises(UserError, match="The return could not be written") as said:
            workspace.make_return(out, CLOCK)
        assert out.read_bytes() == before
        told.append(str(said.value))
        assert [path for path in tmp_path.iterdir() if "return" in path.name] == [out]
    assert [sheet.marks for sheet in workspace.sheets().values()] == [marks(3), marks(2)]
    receipt = workspace.make_return(out, CLOCK)
    outcome = merged(library, out)
    assert (outcome.tally.received, outcome.files[0].code) == (2, receipt.code)
    assert outcome.files[0].returned is not None
    assert outcome.files[0].returned.sheets == {sheet.id: sheet for sheet in workspace.sheets().values()}
    fault(
        "The disk or the stick refuses a write while a pack is returned",
        area="Returning",
        tried=len(told),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=told[-1],
    )


def test_whichever_write_is_refused_while_making_a_pack_there_is_none_and_no_file(
    library: Library, sitting: str, tmp_path: Path, fault: Tell
) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann Example"), CLOCK)
    secret, address = sealing.new_address()
    out = tmp_path / "pack"
    out.write_bytes(b"something of before")

    told: list[str] = []

    def make() -> None:
        packing.seal(library, ready, all_out(ready), out, CLOCK, address=address)

    def none_made() -> None:
        assert merging.tallies(library) == ()
        assert out.read_bytes() == b"something of before"

    assert every_write_refused(library.folder / "library.sqlite-wal", make, none_made, told) > 5
    (one,) = merging.tallies(library)
    content = pack_file.read_pack(sealing.open_with_keys(out.read_bytes(), [secret]))
    assert one.pack.answers_digest == content.answers_digest
    fault(
        "The disk refuses a write while a pack is made",
        area="Exporting",
        tried=len(told),
        corrupt=0,
        half_done=0,
        person_sees=told[-1],
    )


def test_whichever_write_is_refused_while_merging_nothing_is_half_merged(
    library: Library, five_files: list[Path], monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    monkeypatch.setattr(backups, "back_up_before", lambda *_: None)  # it would be what is refused, and not the merging
    assert merged(library, five_files[1]).tally.received == 2
    before = everything(library)
    looked_at = merging.look(library, five_files, CLOCK)

    def as_before() -> None:
        assert everything(library) == before

    told: list[str] = []
    log = library.folder / "library.sqlite-wal"
    assert every_write_refused(log, lambda: merging.take_in(library, looked_at), as_before, told) > 5
    assert merging.tallies(library)[0].tally.received == 2
    assert [file.known for file in merging.look(library, five_files, CLOCK)] == [True] * 5
    library.close()
    assert sound(library.folder / "library.sqlite")
    fault(
        "The disk refuses a write while returns are merged",
        area="Merging",
        tried=len(told),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=told[-1],
    )


def everything(library: Library) -> list[list[tuple[Any, ...]]]:
    """Every row of what was sent and what came back, read with raw SQL."""
    tables = ("pack", "pack_sheet", "pack_return", "returned_sheet", "known_reviewer")
    with library.driver_connection() as connection:
        return [sorted(map(tuple, connection.execute(f"SELECT * FROM {table}"))) for table in tables]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no file system can be mounted here (that needs the rights of root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def filled(disk: Path, leave: int) -> Iterator[None]:
    """A disk with room for no more than so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * PAGE)
    with ballast.open("rb+") as file:
        file.truncate(max(0, ballast.stat().st_size - leave))
    try:
        yield
    finally:
        ballast.unlink()


def until_there_is_room(disk: Path, deed: Callable[[], Any], still: Callable[[], None], told: list[str]) -> int:
    """Do something on a disk with ever more room, page by page, until it can be done; as `every_write_refused`."""
    for refused in range(200):
        with filled(disk, refused * PAGE):
            refusal = refusal_of(deed)
        if refusal is None:
            return refused
        assert any(word in str(refusal) for word in ("full", "No space left", "reported an error")), refusal
        still()
        told.append(str(refusal))
    raise AssertionError("it was never done")


def test_a_stick_and_a_laptop_that_are_really_full_cost_no_mark(
    small_disk: Path, library: Library, send: Send, laptops: Laptops, fault: Tell
) -> None:
    made, place = send(), Location(small_disk / "laptop")
    own = reviewer_keys.own_key(laptops("Ann Example"))
    out = small_disk / "return"
    told: list[str] = []

    def not_opened() -> None:
        assert reviewing.workspaces(place) == ()

    def opened() -> None:
        reviewing.open_pack(place, made.path, CLOCK, key=own.secret).close()

    assert until_there_is_room(small_disk, opened, not_opened, told) > 10
    with reviewing.workspace(place, made.pack.id) as workspace:
        first, second = workspace.order

        def marked() -> list[Any]:
            return [(sheet.marks, sheet.state) for sheet in workspace.sheets().values()]

        workspace.submit(first, marks(1), CLOCK)
        before = marked()
        long = marks(2, comment="word " * 3900)

        def as_before() -> None:
            assert marked() == before
            assert not out.exists()

        assert until_there_is_room(small_disk, lambda: workspace.submit(second, long, CLOCK), as_before, told) > 2
        before = marked()
        assert until_there_is_room(small_disk, lambda: workspace.make_return(out, CLOCK), lambda: None, told)
        assert marked() == before
    assert merged(library, out).tally.received == 2
    assert sound(folder_of(place) / "library.sqlite")
    fault(
        "Laptop and stick are full while a reviewer marks and returns",
        area="Disk",
        tried=len(told),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=told[-1],
    )


def test_a_pack_that_did_not_fit_on_a_full_disk_is_not_in_the_library_either(
    small_disk: Path, library: Library, sitting: str, tmp_path: Path, fault: Tell
) -> None:
    library.empty_log()
    home = small_disk / "home"
    home.mkdir()
    (home / "library.sqlite").write_bytes((library.folder / "library.sqlite").read_bytes())
    out = small_disk / "pack"
    told: list[str] = []
    with library_in(home) as mine:
        ready = packing.draft(mine, Wanted(sittings=(sitting,), reviewer="Ann", note="word " * 300), CLOCK)
        address = sealing.new_address()[1]

        def make() -> None:
            packing.seal(mine, ready, all_out(ready), out, CLOCK, address=address)

        def none_made() -> None:
            assert not out.exists()
            assert merging.tallies(mine) == ()

        assert until_there_is_room(small_disk, make, none_made, told) > 2
        assert len(merging.tallies(mine)) == 1
    fault("The disk is full while a pack is made", area="Exporting", tried=len(told), half_done=0, person_sees=told[-1])


@pytest.fixture
def returned(workspace: Workspace, tmp_path: Path) -> bytes:
    """A returned file as it lies on the stick."""
    for sheet in workspace.order:
        workspace.submit(sheet, marks(2, comment="We asked forty carers."), CLOCK)
    workspace.save_whole("A", 2, "Plain and kind.", CLOCK)
    workspace.make_return(tmp_path / "whole", CLOCK)
    return (tmp_path / "whole").read_bytes()


def test_a_returned_file_that_was_cut_off_anywhere_is_refused_and_changes_nothing(
    library: Library, returned: bytes, tmp_path: Path, fault: Tell
) -> None:
    before = everything(library)
    cuts = [tmp_path / f"cut-{fiftieth}" for fiftieth in range(50)]
    for fiftieth, path in enumerate(cuts):
        path.write_bytes(returned[: len(returned) * fiftieth // 50])
    last = tmp_path / "cut-last"
    last.write_bytes(returned[:-1])
    outcome = merged(library, *cuts, last)
    assert [file.file for file in outcome.refused] == [*cuts, last]
    assert outcome.altered == 50, "an empty file was never one of ours, all others were"
    assert everything(library) == before
    assert outcome.refused[-1].why_refused
    assert merged(library, *cuts, tmp_path / "whole").tally.received == 2, "those beside it are no obstacle"
    fault(
        "A returned file arrives cut off",
        area="Merging",
        tried=len(outcome.refused),
        lost=0,
        corrupt=0,
        person_sees=outcome.refused[-1].why_refused,
    )


def test_a_returned_file_with_any_byte_changed_is_refused_and_changes_nothing(
    library: Library, returned: bytes, tmp_path: Path, fault: Tell
) -> None:
    dice = random.Random(20_261_122)
    before = everything(library)
    paths = []
    for number in range(500):
        changed = bytearray(returned)
        changed[dice.randrange(len(changed))] ^= dice.randrange(1, 256)
        path = tmp_path / f"changed-{number}"
        path.write_bytes(changed)
        paths.append(path)
    outcome = merged(library, *paths)
    assert [file.file for file in outcome.refused] == paths
    assert all("." in file.why_refused for file in outcome.files)
    assert everything(library) == before
    assert merged(library, *paths, tmp_path / "whole").tally.received == 2
    fault(
        "A returned file arrives with a byte changed",
        area="Merging",
        tried=len(outcome.refused),
        lost=0,
        corrupt=0,
        person_sees=outcome.refused[-1].why_refused,
    )
