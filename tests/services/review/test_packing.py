"""Making a pack: what goes into it, what is asked first, and what is never left half done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.errors import UserError
from cqcmock.review import canonical, sealing
from cqcmock.services import merging, packing, rehearsing
from cqcmock.services.packing import Decision, Wanted
from cqcmock.settings import Settings
from tests.played import played

if TYPE_CHECKING:
    from cqcmock.services.library import Library
from tests.services.review.hands import CLOCK, HAND, all_out


def test_every_finding_is_answered_before_anything_is_written(library: Library, sitting: str, tmp_path: Path) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann", note="Ring 01992 555 555."), CLOCK)
    assert [(finding.where, finding.text) for finding in ready.findings] == [
        ("The note to the reviewer", "01992 555 555"),
        ("Candidate A, question 1, the answer", "Mrs Okafor"),
    ]
    out = tmp_path / "pack"
    address = sealing.new_address()[1]
    for decisions in ({}, {"1": Decision()}, {"1": Decision(), "2": Decision(keep=True, reason=" ")}):
        with pytest.raises(UserError, match="could be recognised"):
            packing.seal(library, ready, decisions, out, CLOCK, address=address)
        assert not out.exists()
    assert merging.tallies(library) == ()
    kept = {"1": Decision(), "2": Decision(keep=True, reason="She agreed to it.")}
    made = packing.seal(library, ready, kept, out, CLOCK, address=address)
    assert made.pack.kept == ("Candidate A, question 1, the answer: name, because She agreed to it.",)
    pack = packing.decided(ready, kept)
    assert "Mrs Okafor" in pack.answers[0].answer
    assert pack.note == "Ring [telephone number]."


def test_names_and_the_story_go_with_a_pack_only_where_the_owner_says_so(library: Library, sitting: str) -> None:
    plain = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK).pack
    assert b"Pat Example" not in canonical.canonical(plain)
    assert plain.story is None
    more = Wanted(sittings=(sitting,), reviewer="Ann", names_shown=True, with_story=True)
    open_pack = packing.draft(library, more, CLOCK).pack
    assert open_pack.candidates[0].name == "Pat Example"
    assert open_pack.story is not None


def test_what_was_not_answered_is_left_out_and_said(library: Library, sitting: str) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    assert ready.left_out == ("Question 3 of candidate A was not answered.",)
    some = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann", questions={sitting: (1,)}), CLOCK)
    assert [answer.number for answer in some.pack.answers] == [2]
    with pytest.raises(UserError, match="answered"):
        packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann", questions={sitting: (2,)}), CLOCK)


def test_an_interview_that_goes_on_or_a_part_that_was_played_is_not_sent(library: Library) -> None:
    going_on = played(library, HAND, answers=("We ask carers.",), over=False)
    with pytest.raises(UserError, match="not over"):
        packing.draft(library, Wanted(sittings=(going_on,), reviewer="Ann"), CLOCK)
    set_up = replace(rehearsing.default_set_up(library, Settings(), "unpaid-carer"), questions=1, seed=1)
    part = played(library, HAND, rehearsing.make_plan(library, set_up), answers=("I look after my wife.",))
    with pytest.raises(UserError, match="nobody marks"):
        packing.draft(library, Wanted(sittings=(part,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="nobody"):
        packing.draft(library, Wanted(sittings=(part,), reviewer="  "), CLOCK)


def test_a_weak_passphrase_is_refused_before_anything_is_kept(library: Library, sitting: str, tmp_path: Path) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="guessed"):
        packing.seal(library, ready, all_out(ready), tmp_path / "p", CLOCK, passphrase="hertfordshire")
    assert merging.tallies(library) == ()


def test_a_stick_that_is_full_or_gone_leaves_no_pack_behind(library: Library, sitting: str, tmp_path: Path) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="could not be written"):
        packing.seal(library, ready, all_out(ready), tmp_path / "gone" / "p", CLOCK, address=sealing.new_address()[1])
    assert merging.tallies(library) == ()
