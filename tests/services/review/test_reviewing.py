"""Marking a pack on another laptop: nothing is needed but the file, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cqcmock.domain.review import PeerMarks, ReturnDraft, SheetState
from cqcmock.errors import UserError
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys, reviewing
from tests.services.review.hands import CLOCK, Laptops, Send, marks


def test_marking_goes_on_without_the_stick_and_after_the_program_was_closed(
    send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made, place = send(), laptops("Ann Example")
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        first, second = workspace.order
        workspace.submit(first, marks(2), CLOCK)
        workspace.save(second, PeerMarks(levels={"evidence": 1}), CLOCK)
    made.path.rename(tmp_path / "elsewhere")
    with reviewing.workspace(place, made.path.name) as workspace:
        assert workspace.order == (first, second)
        assert [sheet.state for sheet in workspace.sheets().values()] == [SheetState.SUBMITTED, SheetState.DRAFT]
    with reviewing.open_pack(place, tmp_path / "elsewhere", CLOCK) as workspace:
        assert workspace.sheets()[first].marks == marks(2)
    (summary,) = reviewing.workspaces(place)
    assert (summary.tally.expected, summary.tally.received, summary.drafts) == (2, 1, 1)


def test_a_pack_is_marked_and_returned_to_the_letter_however_its_words_are_written(
    send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made, place = send(), laptops("Ann Example")
    own = reviewer_keys.own_key(place)
    content = pack_file.read_pack(sealing.open_with_keys(made.path.read_bytes(), [own.secret]))
    answers = tuple(replace(answer, answer="Zoe\u0308 said: cafe\u0301.\r\n\x07") for answer in content.pack.answers)
    odd = replace(content, pack=replace(content.pack, answers=answers))
    (tmp_path / "odd").write_bytes(sealing.seal_to(pack_file.written_pack(odd), own.address))
    reviewing.open_pack(place, tmp_path / "odd", CLOCK).close()
    with reviewing.workspace(place, odd.pack.id) as workspace:
        assert workspace.content == odd
        assert workspace.content.answers_digest == odd.answers_digest


def test_what_was_submitted_can_be_changed_and_is_a_draft_until_it_is_submitted_again(
    send: Send, laptops: Laptops
) -> None:
    with reviewing.open_pack(laptops("Ann Example"), send().path, CLOCK) as workspace:
        sheet = workspace.order[0]
        assert workspace.submit(sheet, marks(2), CLOCK).revision == 1
        assert workspace.save(sheet, marks(1), CLOCK).state is SheetState.DRAFT
        assert workspace.submit(sheet, marks(1), CLOCK).revision == 2
        with pytest.raises(UserError, match="5 lenses have no level"):
            workspace.submit(sheet, PeerMarks(levels={"evidence": 1}), CLOCK)
        with pytest.raises(UserError, match="0 to 3"):
            workspace.save(sheet, marks(4), CLOCK)
        with pytest.raises(UserError, match="no sheet"):
            workspace.save("another", marks(1), CLOCK)
        assert workspace.save(workspace.order[1], PeerMarks(), CLOCK).state is SheetState.UNTOUCHED


def test_a_pack_that_is_forgotten_leaves_nothing_behind(send: Send, laptops: Laptops) -> None:
    made, place = send(), laptops("Ann Example")
    reviewing.open_pack(place, made.path, CLOCK).close()
    reviewing.forget(place, str(made.path))
    left = [path.name for path in (place.folder / reviewer_keys.FOLDER).rglob("*")]
    assert left == [reviewer_keys.FILE]
    with pytest.raises(UserError, match="not been opened here"):
        reviewing.workspace(place, made.pack.id)


def test_a_pack_whose_id_is_a_path_stays_inside_the_data_folder(send: Send, laptops: Laptops, tmp_path: Path) -> None:
    made, place = send(), laptops("Ann Example")
    own = reviewer_keys.own_key(place)
    content = pack_file.read_pack(sealing.open_with_keys(made.path.read_bytes(), [own.secret]))
    hostile = replace(content, pack=replace(content.pack, id="../../../hostile"))
    (tmp_path / "hostile").write_bytes(sealing.seal_to(pack_file.written_pack(hostile), own.address))
    with reviewing.open_pack(place, tmp_path / "hostile", CLOCK) as workspace:
        assert workspace.pack.id == "../../../hostile"
    assert not list(tmp_path.glob("hostile*/library.sqlite"))
    assert len(list((place.folder / reviewer_keys.FOLDER).glob("*/library.sqlite"))) == 1


def test_the_reason_for_an_incomplete_return_is_kept_until_a_return_is_made(
    send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made, place = send(), laptops("Ann Example")
    own = reviewer_keys.own_key(place)
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        assert workspace.return_draft() == ReturnDraft()
        workspace.save_return_draft(ReturnDraft(why_incomplete="The train came in."), CLOCK)
        workspace.submit(workspace.order[0], marks(2), CLOCK)
        with pytest.raises(UserError, match="could not be written"):
            workspace.make_return(tmp_path / "no" / "back", CLOCK, why_incomplete="The train came in.")
    with reviewing.workspace(place, made.pack.id) as workspace:
        assert workspace.return_draft() == ReturnDraft(why_incomplete="The train came in.")
        workspace.make_return(tmp_path / "back", CLOCK, why_incomplete="It did.", reviewer_secret=own.signing)
        assert workspace.return_draft() == ReturnDraft(signed=True)
        assert workspace.sheets()[workspace.order[0]].state is SheetState.SUBMITTED
        workspace.make_return(tmp_path / "back", CLOCK, why_incomplete="It did.")
        assert workspace.return_draft() == ReturnDraft()
