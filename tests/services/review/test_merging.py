"""The way there and back: marks merged in any order, nothing lost and nothing changed."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.domain.review import PeerMarks, Pin, SheetState
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.errors import UserError
from cqcmock.review import return_file
from cqcmock.services import merging, peers, reviewer_keys, reviewing, sittings
from tests.faults import Tell

if TYPE_CHECKING:
    from cqcmock.services.library import Library
from tests.services.review.hands import CLOCK, HAND, LENSES, Laptops, Send, library_in, marks, merged, state_of


def test_the_whole_way_there_and_back(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send()
    assert (made.sheets, made.candidates) == (2, ("A",))
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as workspace:
        first, second = sorted(workspace.answers.values(), key=lambda answer: answer.number)
        assert "Mrs Okafor" not in first.spoken
        assert "[name] told us" in first.spoken
        pin = Pin(
            start=first.spoken.index("1.2 million"), end=first.spoken.index("1.2 million") + 11, comment="From when?"
        )
        workspace.save(first.sheet, PeerMarks(comment="To be gone on with."), CLOCK)
        assert [sheet.state for sheet in workspace.sheets().values()].count(SheetState.DRAFT) == 1
        workspace.submit(first.sheet, marks(2, pins=(pin,), comment="<b>=1+1</b>", tags=("rambling",)), CLOCK)
        with pytest.raises(UserError, match="1 sheet is not submitted"):
            workspace.make_return(tmp_path / "r", CLOCK)
        assert not (tmp_path / "r").exists()
        workspace.submit(second.sheet, marks(1), CLOCK)
        workspace.save_whole("A", 2, "Plain and kind.", CLOCK)
        receipt = workspace.make_return(tmp_path / "r", CLOCK)
    outcome = merged(library, tmp_path / "r")
    assert (outcome.tally.expected, outcome.tally.received, outcome.tally.missing, outcome.altered) == (2, 2, 0, 0)
    assert outcome.files[0].code == receipt.code
    sittings.save_marks(library, sitting, MarkSheet(submitted=True))
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    (peer,) = review.peers
    assert [one.question for one in peer.sheets] == [0, 1]
    assert peer.sheets[0].sheet.marks == marks(2, pins=(pin,), comment="<b>=1+1</b>", tags=("rambling",))
    assert peer.sheets[0].answer.spoken[pin.start : pin.end] == "1.2 million"
    assert peer.whole is not None
    assert peer.whole.comment == "Plain and kind."


def test_the_outcome_depends_on_the_set_of_files_alone(
    library: Library, sitting: str, five_files: list[Path], tmp_path: Path, fault: Tell
) -> None:
    sittings.submit_marks(library, sitting, MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})}), CLOCK)
    clean, tried = tmp_path / "clean", 0
    library.empty_log()
    shutil.copytree(library.folder, clean)
    for size in (1, 3, 5):
        for number, chosen in enumerate(itertools.combinations(five_files, size)):
            expected: bytes | None = None
            orders = [*itertools.permutations(chosen)][:: max(1, size * size - 1)]
            for order in orders:
                with library_in(shutil.copytree(clean, tmp_path / f"{size}-{number}", dirs_exist_ok=True)) as fresh:
                    for file in order:
                        merged(fresh, file)
                    merged(fresh, *order, order[0])
                    found = state_of(fresh, sitting)
                tried += 1
                expected = expected or found
                assert found == expected, [file.name for file in order]
                shutil.rmtree(tmp_path / f"{size}-{number}")
    fault(
        "Returns are merged in another order, one by one and some twice",
        area="Merging",
        tried=tried,
        lost=0,
        corrupt=0,
        person_sees="The same marks whatever the order",
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=9))
def test_any_order_with_any_repetition_ends_where_all_at_once_does(
    library: Library, sitting: str, five_files: list[Path], tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    library.empty_log()
    found = []
    for batches in ([[five_files[at]] for at in order], [[five_files[at] for at in {*order}]]):
        folder = tmp_path_factory.mktemp("order")
        shutil.copytree(library.folder, folder / "data")
        with library_in(folder / "data") as fresh:
            for batch in batches:
                merged(fresh, *batch)
            sittings.submit_marks(fresh, sitting, MarkSheet(), CLOCK)
            found.append(state_of(fresh, sitting))
        shutil.rmtree(folder)
    assert found[0] == found[1]


def test_a_later_submission_supersedes_and_the_earlier_ones_are_kept(
    library: Library, sitting: str, five_files: list[Path]
) -> None:
    outcome = merged(library, *five_files)
    assert (outcome.tally.expected, outcome.tally.received) == (4, 4)
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    ann, bob = review.peers
    assert [one.sheet.marks.overall for one in ann.sheets] == [0, 2]
    assert [[sheet.marks.overall for sheet in one.earlier] for one in ann.sheets] == [[2, 1], [3]]
    assert [one.sheet.marks.overall for one in bob.sheets] == [3, 1]


def test_merging_again_is_said_and_changes_nothing(
    library: Library, sitting: str, five_files: list[Path], fault: Tell
) -> None:
    merged(library, *five_files)
    before = state_of(library, sitting)
    outcome = merged(library, *five_files, five_files[0])
    assert all(file.known and not file.why_refused for file in outcome.files)
    assert state_of(library, sitting) == before
    fault(
        "Files are merged that are merged already",
        area="Merging",
        tried=len(outcome.files),
        lost=0,
        corrupt=0,
        person_sees="Each file is said to be known already",
    )


def test_a_return_is_merged_after_the_rehearsal_was_renamed_or_deleted(
    library: Library, sitting: str, five_files: list[Path]
) -> None:
    sittings.rename(library, sitting, "Another name")
    merged(library, five_files[0])
    sittings.delete(library, sitting, CLOCK)
    assert merged(library, five_files[1]).tally.received == 2
    HAND.pass_seconds(31 * 86_400)
    sittings.purge_deleted(library, CLOCK)
    outcome = merged(library, five_files[4])
    assert (outcome.tally.expected, outcome.tally.received) == (4, 4)


def test_nothing_of_a_rehearsal_that_is_gone_for_good_can_be_read_in_the_library_file(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send()
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as workspace:
        for sheet in workspace.answers:
            workspace.submit(sheet, marks(1, comment="Xylophone."), CLOCK)
        workspace.save_whole("A", 1, "Xylophone.", CLOCK)
        workspace.make_return(tmp_path / "r", CLOCK)
    merged(library, tmp_path / "r")
    sittings.delete(library, sitting, CLOCK)
    HAND.pass_seconds(31 * 86_400)
    sittings.purge_deleted(library, CLOCK)
    library.empty_log()
    content = (library.folder / "library.sqlite").read_bytes()
    assert b"Xylophone" not in content
    assert b"1.2 million" not in content


def test_peers_marks_are_hidden_and_uncompared_until_the_own_marks_are_in(
    library: Library, sitting: str, five_files: list[Path]
) -> None:
    merged(library, *five_files)
    before = peers.peer_review(library, sittings.load(library, sitting))
    assert before is not None
    assert before.hidden
    assert before.lenses == ()
    sittings.submit_marks(library, sitting, MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})}), CLOCK)
    after = peers.peer_review(library, sittings.load(library, sitting))
    assert after is not None
    assert not after.hidden
    evidence = next(one for one in after.lenses if one.lens == "evidence")
    assert evidence.peers is not None
    assert (evidence.own, evidence.peers.mean) == (3, 1.5)
    assert "a level higher" in evidence.gap
    assert after.alpha is not None
    assert [(one.question, one.lens) for one in after.parted] == [(0, lens) for lens in sorted(LENSES)]


def test_damaged_foreign_and_wrong_files_are_each_refused_with_a_sentence_and_change_nothing(
    library: Library, sitting: str, five_files: list[Path], send: Send, tmp_path: Path, fault: Tell
) -> None:
    merged(library, five_files[3])
    another = send("Cleo Example").path
    before = state_of(library, sitting)
    cut, flipped, pack, text = (tmp_path / name for name in ("cut", "flipped", "pack", "text"))
    content = five_files[0].read_bytes()
    cut.write_bytes(content[:500])
    flipped.write_bytes(content[:700] + bytes([content[700] ^ 1]) + content[701:])
    shutil.copy(another, pack)
    text.write_text("Marks: 3, 3, 3", encoding="utf-8")
    files = [cut, flipped, pack, text, tmp_path / "missing", tmp_path]
    outcome = merged(library, *files)
    assert all(file.why_refused for file in outcome.files)
    assert [file.altered for file in outcome.files] == [True, True, False, False, False, False]
    assert state_of(library, sitting) == before
    fault(
        "Damaged, foreign and missing files are chosen to be merged",
        area="Merging",
        tried=len(files),
        lost=0,
        corrupt=0,
        person_sees=outcome.files[0].why_refused,
    )


def test_a_pack_among_the_files_that_came_back_is_told_for_what_it_is(
    library: Library, send: Send, tmp_path: Path
) -> None:
    on_the_stick = tmp_path / "For Ann.CQCPACK"
    shutil.copy(send().path, on_the_stick)
    (refused,) = merging.look(library, [on_the_stick], CLOCK)
    assert refused.why_refused.startswith("This looks like a pack on its way to a reviewer")
    assert not refused.altered


def test_sheets_of_another_pack_are_not_taken_in(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path, fault: Tell
) -> None:
    ann, bob = send(), send("Bob Example")
    with (
        reviewing.open_pack(laptops("Ann Example"), ann.path, CLOCK) as mine,
        reviewing.open_pack(laptops("Bob Example"), bob.path, CLOCK) as theirs,
    ):
        sheet = replace(mine.submit(next(iter(mine.answers)), marks(3), CLOCK), id=next(iter(theirs.answers)))
        given_back = return_file.Return(
            pack=mine.pack.id,
            answers_digest=mine.content.answers_digest,
            reviewer="Ann Example",
            returned_at=CLOCK.wall(),
            sheets=(sheet,),
        )
        (tmp_path / "r").write_bytes(return_file.written_return(given_back, mine.content))
    (file,) = merging.look(library, [tmp_path / "r"], CLOCK)
    assert "not in the pack" in file.why_refused
    assert file.altered
    fault(
        "A return holds sheets of another pack",
        area="Hostile files",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=file.why_refused,
    )


def test_a_reviewer_who_signed_with_an_own_key_is_known_by_it_from_then_on(
    library: Library, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send()
    place = laptops("Ann Example")
    own = reviewer_keys.own_key(place)
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        for sheet in workspace.answers:
            workspace.submit(sheet, marks(1), CLOCK)
        workspace.make_return(tmp_path / "signed", CLOCK, reviewer_secret=own.signing)
        HAND.pass_seconds(1)
        workspace.make_return(tmp_path / "unsigned", CLOCK)
        HAND.pass_seconds(1)
        stranger = reviewer_keys.own_key(laptops("somebody else"))
        workspace.make_return(tmp_path / "stranger", CLOCK, reviewer_secret=stranger.signing)
    first = merged(library, tmp_path / "signed")
    assert first.files[0].new_key
    assert len(first.files[0].key_words.split()) == 6
    again = merging.look(library, [tmp_path / "signed", tmp_path / "unsigned", tmp_path / "stranger"], CLOCK)
    assert [bool(file.why_refused) for file in again] == [False, True, True]
    assert first.files[0].key_words in again[1].why_refused
    accepted = merging.look(library, [tmp_path / "stranger"], CLOCK, new_keys=["ann example"])
    assert not accepted[0].why_refused


def test_of_two_keys_for_one_reviewer_in_one_batch_the_second_is_refused(
    library: Library, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made, place = send(), laptops("Ann Example")
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        for sheet in workspace.answers:
            workspace.submit(sheet, marks(1), CLOCK)
        for name in ("one", "other"):
            HAND.pass_seconds(1)
            key = reviewer_keys.own_key(laptops(name)).signing
            workspace.make_return(tmp_path / name, CLOCK, reviewer_secret=key)
    files = merging.look(library, [tmp_path / "one", tmp_path / "other"], CLOCK)
    assert [file.other_key for file in files] == [False, True]
    assert merging.take_in(library, files).refused == files[1:]


def test_a_rehearsal_deleted_at_once_takes_the_words_and_marks_of_its_review_with_it(
    library: Library, sitting: str, five_files: list[Path]
) -> None:
    merged(library, *five_files)
    peers.choose_keep_and_change(library, sitting, ["Xylophone."], [])
    sittings.delete_for_good(library, sitting)
    content = (library.folder / "library.sqlite").read_bytes()
    assert b"Xylophone" not in content
    assert b"1.2 million" not in content
