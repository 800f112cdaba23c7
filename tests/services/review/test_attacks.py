"""What goes wrong between two computers, by chance or on purpose, and costs no mark and no trust."""

from __future__ import annotations

import os
import random
import sys
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock.clock import Clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import passphrases, return_file, signing
from cqcmock.review.errors import RefusedError
from cqcmock.services import merging, packing, peers, reviewing, saving, sittings
from cqcmock.services.packing import MadePack, Wanted
from cqcmock.services.reviewing import Workspace
from cqcmock.storage.errors import NotThereError
from tests.clocks import HandClock
from tests.faults import Tell
from tests.review.packs import a_return
from tests.services.review.hands import CLOCK, HAND, Laptops, Send, all_out, library_in, marked, marks, merged
from tests.services.review.test_faults import everything

if TYPE_CHECKING:
    from cqcmock.services.library import Library


SIGNED_BY_ANOTHER = "Ann Example signed with a key of their own before; this file is not signed with it."


@pytest.fixture
def made(send: Send) -> MadePack:
    return send()


@pytest.fixture
def workspace(made: MadePack, laptops: Laptops) -> Iterator[Workspace]:
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as opened:
        yield opened


def levels_of(library: Library, sitting: str) -> list[Any]:
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    return [one.sheet.marks.overall for peer in review.peers for one in peer.sheets]


# Clocks


def clock_at(moment: datetime) -> Clock:
    hand = HandClock()
    hand.wall = moment
    return hand.clock


@pytest.mark.parametrize("wrong", [datetime(2031, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)])
def test_what_is_submitted_after_a_wrong_clock_was_put_right_counts(
    library: Library, sitting: str, workspace: Workspace, tmp_path: Path, wrong: datetime, fault: Tell
) -> None:
    ahead = clock_at(wrong)
    for sheet in workspace.order:
        workspace.submit(sheet, marks(0), ahead)
    workspace.save_whole("A", 0, "Before.", ahead)
    workspace.make_return(tmp_path / "first", ahead)
    for sheet in workspace.order:
        workspace.save(sheet, marks(1), CLOCK)
        workspace.submit(sheet, marks(3), CLOCK)
    workspace.save_whole("A", 3, "After.", CLOCK)
    assert not workspace.summary().returned
    workspace.make_return(tmp_path / "second", CLOCK)
    workspace.make_return(tmp_path / "third", CLOCK)
    assert workspace.summary().returned
    at = [one.at for one in workspace.receipts()]
    assert at == sorted({*at}, reverse=True), "the latest is first"
    merged(library, *(tmp_path / name for name in ("third", "first", "second")))
    assert levels_of(library, sitting) == [3, 3]
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    assert review.peers[0].whole is not None
    assert review.peers[0].whole.comment == "After."
    fault(
        "The clock of a reviewer’s laptop is wrong",
        area="Clock",
        tried=1,
        lost=0,
        person_sees="The marks that were submitted last, from every return",
    )


def test_marks_from_a_laptop_in_the_year_1970_arrive(
    library: Library, sitting: str, made: MadePack, laptops: Laptops, tmp_path: Path, fault: Tell
) -> None:
    flat = clock_at(datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    with reviewing.open_pack(laptops("Ann Example"), made.path, flat) as workspace:
        for sheet in workspace.order:
            workspace.submit(sheet, marks(2), flat)
        workspace.make_return(tmp_path / "return", flat)
    assert merged(library, tmp_path / "return").tally.received == 2
    assert levels_of(library, sitting) == [2, 2]
    fault(
        "The clock of a reviewer’s laptop is wrong",
        area="Clock",
        tried=1,
        lost=0,
        person_sees="The marks that were submitted last, from every return",
    )


# Files


@pytest.mark.parametrize("in_letters", [False, True])
def test_a_return_never_takes_the_place_of_the_pack(
    workspace: Workspace, made: MadePack, laptops: Laptops, in_letters: bool, fault: Tell
) -> None:
    if in_letters:
        from tests.review.test_on_the_way import in_letters as put

        made.path.write_bytes(put(made.path.read_bytes()))
    before = made.path.read_bytes()
    with pytest.raises(UserError, match="is the pack itself") as told:
        workspace.make_return(made.path, CLOCK, why_incomplete="The train came in.")
    assert made.path.read_bytes() == before
    assert workspace.receipts() == ()
    with reviewing.workspace(laptops("Ann Example"), str(made.path)) as again:
        assert again.pack == workspace.pack
    fault("The return is saved over the pack itself", area="Returning", tried=1, lost=0, person_sees=str(told.value))


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
def test_what_is_no_file_is_neither_waited_for_nor_replaced(library: Library, tmp_path: Path, fault: Tell) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    outcome = merged(library, pipe, tmp_path, Path("/dev/zero"), Path("/dev/null"), tmp_path / ("x" * 300))
    assert all(file.why_refused for file in outcome.files)
    for out in (pipe, tmp_path):
        with pytest.raises(UserError, match="The report could not be written"):
            saving.save(out, b"words", "The report")
    assert pipe.is_fifo()
    with pytest.raises(UserError, match="not been opened here"):
        reviewing.workspace(Location(tmp_path), "x" * 5_000)
    fault(
        "What is no file at all is chosen as a return",
        area="Hostile files",
        tried=len(outcome.files),
        person_sees=outcome.files[0].why_refused,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only there a pipe can be made small")
def test_a_pack_may_come_out_of_a_pipe(made: MadePack, laptops: Laptops, tmp_path: Path) -> None:
    import fcntl

    os.mkfifo(tmp_path / "pipe")
    content = made.path.read_bytes()
    handle = os.open(tmp_path / "pipe", os.O_RDWR)
    room = fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, 4096)
    assert len(content) > room  # so that it is not all written, and the pipe closed, before anybody reads

    def write() -> None:
        with os.fdopen(handle, "wb") as pipe:
            pipe.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    with reviewing.open_pack(laptops("Ann Example"), tmp_path / "pipe", CLOCK) as opened:
        assert opened.pack.id == made.pack.id
    writer.join()


WORDS = "wagon lemon vivid orbit thumb cradle"


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "WORK", 10)


@pytest.mark.usefixtures("little_work")
def test_a_pack_with_a_passphrase_that_was_cut_off_or_changed_anywhere_is_refused_and_leaves_nothing(
    library: Library, sitting: str, laptops: Laptops, tmp_path: Path, fault: Tell
) -> None:
    path, place = tmp_path / "pack", laptops("Ann Example")
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann Example"), CLOCK)
    packing.seal(library, ready, all_out(ready), path, CLOCK, passphrase=WORDS)
    whole = path.read_bytes()
    dice = random.Random(20_261_122)
    damaged = [whole[: len(whole) * fiftieth // 50] for fiftieth in range(50)] + [whole[:-1], whole + b"\0"]
    for number in range(500):
        changed = bytearray(whole)
        changed[number if number < 200 else dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        damaged.append(bytes(changed))
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(RefusedError) as told:
            reviewing.open_pack(place, path, CLOCK, passphrase=WORDS)
    assert reviewing.workspaces(place) == ()
    path.write_bytes(whole)
    reviewing.open_pack(place, path, CLOCK, passphrase="  Wagon LEMON vivid\torbit thumb  cradle ").close()
    fault(
        "A pack arrives cut off or changed",
        area="Hostile files",
        tried=len(damaged),
        half_done=0,
        person_sees=str(told.value),
    )


# Whom to believe


def test_a_return_is_believed_in_no_other_library(
    library: Library, made: MadePack, laptops: Laptops, tmp_path: Path, fault: Tell
) -> None:
    back = marked(laptops("Ann Example"), made.path, tmp_path / "back", 2, 2)
    with library_in(tmp_path / "elsewhere") as elsewhere:
        outcome = merged(elsewhere, back)
        assert "was not made here" in outcome.files[0].why_refused
        assert everything(elsewhere) == [[], [], [], [], []]
    assert merged(library, back).tally.received == 2
    fault(
        "A return for another library is merged",
        area="Hostile files",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=outcome.files[0].why_refused,
    )


def signed_by(workspace: Workspace, path: Path, secret: str = "") -> Path:
    HAND.pass_seconds(1)
    for sheet in workspace.order:
        workspace.submit(sheet, marks(1), CLOCK)
    workspace.make_return(path, CLOCK, reviewer_secret=secret)
    return path


def test_a_file_that_was_merged_before_its_reviewer_had_a_key_is_known_and_not_refused(
    library: Library, workspace: Workspace, tmp_path: Path
) -> None:
    first_key, second_key = signing.new_signing_key()[0], signing.new_signing_key()[0]
    bare = signed_by(workspace, tmp_path / "bare")
    first = signed_by(workspace, tmp_path / "first", first_key)
    second = signed_by(workspace, tmp_path / "second", second_key)
    merged(library, bare)
    merged(library, first)
    merging.take_in(library, merging.look(library, [second], CLOCK, new_keys=["Ann Example"]))
    before = everything(library)
    outcome = merged(library, bare, first, second)
    assert [(file.known, file.why_refused) for file in outcome.files] == [(True, "")] * 3
    assert everything(library) == before, "the key of old is not the reviewer's again"


def test_a_file_that_is_refused_for_its_key_is_refused_however_often_it_is_chosen(
    library: Library, workspace: Workspace, tmp_path: Path, fault: Tell
) -> None:
    merged(library, signed_by(workspace, tmp_path / "own", signing.new_signing_key()[0]))
    false = signed_by(workspace, tmp_path / "false", signing.new_signing_key()[0])
    before = everything(library)
    outcome = merged(library, false, false, false)
    assert [file.other_key for file in outcome.files] == [True] * 3
    assert all(file.why_refused.startswith(SIGNED_BY_ANOTHER) for file in outcome.files)
    assert everything(library) == before
    fault(
        "A return is signed by somebody else",
        area="Hostile files",
        tried=len(outcome.files),
        lost=0,
        corrupt=0,
        person_sees=SIGNED_BY_ANOTHER,
    )


@pytest.mark.parametrize("signed", [True, False])
def test_a_key_that_another_program_pinned_since_the_files_were_looked_at_is_not_overruled(
    library: Library, workspace: Workspace, tmp_path: Path, signed: bool, fault: Tell
) -> None:
    own = signed_by(workspace, tmp_path / "own", signing.new_signing_key()[0])
    other = signed_by(workspace, tmp_path / "other", signing.new_signing_key()[0] if signed else "")
    looked_at = merging.look(library, [other], CLOCK)
    assert not looked_at[0].why_refused
    merged(library, own)
    before = everything(library)
    with pytest.raises(UserError, match="Choose the files again") as told:
        merging.take_in(library, looked_at)
    assert everything(library) == before
    assert merging.look(library, [other], CLOCK)[0].other_key
    fault(
        "Another program merges while files are looked at",
        area="Merging",
        tried=1,
        lost=0,
        half_done=0,
        person_sees=str(told.value),
    )


def test_a_key_is_accepted_for_a_name_however_it_is_written(
    library: Library, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send("Zoë  Éxample")
    with reviewing.open_pack(laptops("Zoë  Éxample"), made.path, CLOCK) as workspace:
        merged(library, signed_by(workspace, tmp_path / "own", signing.new_signing_key()[0]))
        other = signed_by(workspace, tmp_path / "other", signing.new_signing_key()[0])
    for name in ("Zoë Éxample", unicodedata.normalize("NFD", "zoë éxample"), " ZOË\nÉXAMPLE "):
        assert not merging.look(library, [other], CLOCK, new_keys=[name])[0].why_refused
    for name in ("", "Zoe Example", "Zoë", "Z\u043eë Éxample"):
        assert merging.look(library, [other], CLOCK, new_keys=[name])[0].other_key


def test_what_a_terminal_would_obey_is_not_kept_of_a_comment(
    library: Library, sitting: str, workspace: Workspace, tmp_path: Path, fault: Tell
) -> None:
    sheets = tuple(workspace.submit(sheet, marks(1), CLOCK) for sheet in workspace.order)
    loud = replace(
        sheets[0], marks=replace(sheets[0].marks, comment="\x1b[2J\x1b]0;x\x07Good\r\nwork.", tags=("\x9b\0",))
    )
    given = replace(
        a_return(workspace.content, loud, *sheets[1:]),
        wholes=(),
        why_incomplete="\x1b[1mThe train\nExpected 2, received 2",
    )
    (tmp_path / "return").write_bytes(return_file.written_return(given, workspace.content))
    outcome = merged(library, tmp_path / "return")
    assert "\n" not in outcome.packs[0].why_incomplete
    assert "\x1b" not in outcome.packs[0].why_incomplete
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    assert "[2J]0;xGood\nwork." in {one.sheet.marks.comment for one in review.peers[0].sheets}
    fault(
        "A comment holds what a terminal would obey",
        area="Hostile files",
        tried=1,
        lost=0,
        person_sees="The comment, as plain words",
    )


# Several at once


def test_a_pack_that_is_deleted_while_its_return_is_looked_at_is_said_and_the_others_can_be_merged(
    library: Library, send: Send, laptops: Laptops, tmp_path: Path, fault: Tell
) -> None:
    ann, bob = send(), send("Bob Example")
    files = [
        marked(laptops("Ann Example"), ann.path, tmp_path / "ann", 1, 1),
        marked(laptops("Bob Example"), bob.path, tmp_path / "bob", 2, 2),
    ]
    looked_at = merging.look(library, files, CLOCK)
    packing.remove(library, ann.pack.id)
    before = everything(library)
    with pytest.raises(NotThereError, match="no longer there") as told:
        merging.take_in(library, looked_at)
    assert everything(library) == before
    outcome = merged(library, *files)
    assert [bool(file.why_refused) for file in outcome.files] == [True, False]
    fault(
        "A pack is deleted while its return is merged",
        area="Merging",
        tried=1,
        lost=0,
        half_done=0,
        person_sees=str(told.value),
    )


def test_two_programs_that_merge_the_same_files_at_once_end_as_one_would(
    library: Library, sitting: str, five_files: list[Path], fault: Tell
) -> None:
    failed: list[BaseException] = []
    start = threading.Barrier(2)

    def merge(files: list[Path]) -> None:
        try:
            with library_in(library.folder) as mine:
                start.wait()
                for _ in range(3):
                    merged(mine, *files)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=merge, args=(files,)) for files in (five_files, five_files[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(everything(library)[2]) == 5
    assert [file.known for file in merging.look(library, five_files, CLOCK)] == [True] * 5
    assert levels_of(library, sitting) == [0, 2, 3, 1]
    fault(
        "Two programs merge the same files at once",
        area="Merging",
        tried=len(threads) * 3,
        lost=0,
        half_done=0,
        person_sees="Each return merged once",
    )
