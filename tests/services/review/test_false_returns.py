"""Returns whose signature is right and whose content does harm: refused by themselves, and no hindrance to others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock import storage
from cqcmock.domain.review import Return, SheetState, Whole
from cqcmock.domain.rubric import MarkSheet
from cqcmock.errors import UserError
from cqcmock.review import return_file, sealing
from cqcmock.services import merging, peers, reviewing, sittings
from tests.faults import Tell
from tests.services.review.hands import CLOCK, HAND, Laptops, Send, marked, marks, merged, state_of
from tests.some_quickly import some_quickly

if TYPE_CHECKING:
    from cqcmock.services.library import Library

NAIVE, FIRST_YEAR = datetime(2026, 11, 22), datetime(1, 1, 1, tzinfo=UTC)  # noqa: DTZ001
Change = Callable[[Return], Return]


def sheets_with(**changes: Any) -> Change:
    return lambda given: replace(given, sheets=(replace(given.sheets[0], **changes), *given.sheets[1:]))


def marks_with(**changes: Any) -> Change:
    def change(given: Return) -> Return:
        return sheets_with(marks=replace(given.sheets[0].marks, **changes))(given)

    return change


FALSE_RETURNS: dict[str, Change] = {
    "a time nowhere": lambda given: replace(given, returned_at=NAIVE),
    "the first year": lambda given: replace(given, returned_at=FIRST_YEAR),
    "submitted nowhere": sheets_with(submitted_at=NAIVE),
    "submitted in the first year": sheets_with(submitted_at=FIRST_YEAR),
    "submitted ever so often": sheets_with(revision=10**30),
    "never submitted": sheets_with(revision=0),
    "a draft": sheets_with(state=SheetState.DRAFT),
    "another's sheet": sheets_with(id="another"),
    "no sheet": sheets_with(id="\0"),
    "a level beyond all": marks_with(overall=10**30),
    "a lens of their own": marks_with(levels={"=1+1": 3}),
    "an endless tag": marks_with(tags=("x" * 3_000_000,)),
    "an endless comment": marks_with(comment="x" * 20_001),
    "comments that swell": marks_with(
        pins=tuple({"start": 0, "end": 1, "comment": "\x01" * 20_000} for _ in range(50))
    ),
    "an endless reason": lambda given: replace(given, why_incomplete="x" * 2_001),
    "a sheet twice": lambda given: replace(given, sheets=(given.sheets[0], *given.sheets)),
    "somebody else": lambda given: replace(given, wholes=(Whole(candidate="Z", revision=1, written_at=CLOCK.wall()),)),
    "written nowhere": lambda given: replace(given, wholes=(Whole(candidate="A", revision=1, written_at=NAIVE),)),
    "written ever so often": lambda given: replace(given, wholes=(Whole(candidate="A", revision=10**30),)),
    "another pack": lambda given: replace(given, pack="another"),
    "other answers": lambda given: replace(given, answers_digest="00" * 32),
}


@pytest.mark.parametrize("change", some_quickly(FALSE_RETURNS.values(), every=3), ids=FALSE_RETURNS.keys())
def test_a_return_that_lies_is_refused_although_its_signature_is_right_and_hinders_no_other(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path, change: Change, fault: Tell
) -> None:
    ann, bob = send(), send("Bob Example")
    good = marked(laptops("Bob Example"), bob.path, tmp_path / "good", 3, 2)
    with reviewing.open_pack(laptops("Ann Example"), ann.path, CLOCK) as workspace:
        sheets = tuple(workspace.submit(sheet, marks(1), CLOCK) for sheet in workspace.order)
        given = Return(
            pack=workspace.pack.id,
            answers_digest=workspace.content.answers_digest,
            reviewer="Ann Example",
            returned_at=CLOCK.wall(),
            sheets=sheets,
        )
        false, true = tmp_path / "false", tmp_path / "true"
        false.write_bytes(return_file.written_return(change(given), workspace.content))
        true.write_bytes(return_file.written_return(given, workspace.content))
    outcome = merged(library, false, good)
    assert [bool(file.why_refused) for file in outcome.files] == [True, False]
    sittings.submit_marks(library, sitting, MarkSheet(), CLOCK)
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    assert (review.received, review.expected) == (2, 4)
    assert merged(library, true).tally.received == 4
    assert state_of(library, sitting)
    fault(
        "A return that is signed and lies",
        area="Hostile files",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=outcome.files[0].why_refused,
    )


def test_a_reason_that_could_not_be_merged_is_refused_before_it_is_sent(
    send: Send, laptops: Laptops, library: Library, tmp_path: Path
) -> None:
    with reviewing.open_pack(laptops("Ann Example"), send().path, CLOCK) as workspace:
        workspace.submit(workspace.order[0], marks(1), CLOCK)
        with pytest.raises(UserError, match="shorter"):
            workspace.make_return(tmp_path / "r", CLOCK, why_incomplete="x" * 2_001)
        assert not (tmp_path / "r").exists()
        HAND.pass_seconds(1)
        workspace.make_return(tmp_path / "r", CLOCK, why_incomplete="é" * 2_000)
    assert merged(library, tmp_path / "r").tally.received == 1


def test_returns_that_would_fill_the_memory_are_refused(
    library: Library, send: Send, tmp_path: Path, fault: Tell
) -> None:
    made = send()
    assert made.pack.id
    with library.reading() as session:
        (pack,) = storage.packs.packs(session)
    from pyrage import x25519  # type: ignore[import-untyped]

    address = str(x25519.Identity.from_str(pack.return_key).to_public())
    inner = '{"pack":"' + pack.id + '","sheets":[' + '{"a":"b"},' * 1_200_000
    for number, content in enumerate(
        (
            json.dumps({"format": "cqcmock-return", "version": 1, "content": inner, "signature": ""}).encode(),
            b'{"format":"cqcmock-return","version":1,"content":"' + rb"\"" * 7_500_000 + b'","signature":""}',
            b'{"format":"cqcmock-return","version":1,"content":[' + b'"",' * 5_000_000,
            b'{"format":"cqcmock-return","version":1,"more":' + b"[" * 15_000_000,
        )
    ):
        (tmp_path / f"hostile-{number}").write_bytes(sealing.seal_to(content, address))
    files = merging.look(library, sorted(tmp_path.glob("hostile-*")), CLOCK)
    assert len(files) == 4
    assert all(file.why_refused for file in files)
    fault(
        "A return is made to fill the memory", area="Hostile files", tried=len(files), person_sees=files[0].why_refused
    )
