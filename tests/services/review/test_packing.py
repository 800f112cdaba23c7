"""Making a pack: what goes into it, what is asked first, and what is never left half done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.review import canonical, sealing
from cqcmock.review import words as review_words
from cqcmock.services import merging, packing, rehearsing, sittings
from cqcmock.services.packing import Decision, Wanted
from cqcmock.settings import Settings
from tests.faults import Tell
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


@pytest.mark.parametrize("for_good", [False, True])
def test_a_rehearsal_that_was_deleted_since_it_was_looked_through_is_not_sent(
    library: Library, sitting: str, tmp_path: Path, for_good: bool
) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    sittings.delete(library, sitting, CLOCK)
    if for_good:
        sittings.delete_for_good(library, sitting)
    else:
        with pytest.raises(UserError, match="has been deleted"):
            packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="was deleted while the pack was made"):
        packing.seal(library, ready, all_out(ready), tmp_path / "p", CLOCK, address=sealing.new_address()[1])
    assert list(tmp_path.glob("**/p*")) == []
    assert merging.tallies(library) == ()


def test_what_is_no_public_key_is_refused_and_said() -> None:
    secret, address = sealing.new_address()
    for wrong, why in (
        ("", "no key yet"),
        ("Ann's key", "not the public key"),
        ("AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQ", "secret key"),
        (secret.lower(), "secret key"),
        (f"{address[:-1]}b", "not the public key"),
    ):
        with pytest.raises(UserError, match=why):
            packing.check_address(wrong)


def test_a_key_may_be_pasted_with_line_ends_in_it(library: Library, sitting: str, tmp_path: Path) -> None:
    secret, address = sealing.new_address()
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    pasted = f" {address[:30]}\n{address[30:]} "
    packing.seal(library, ready, all_out(ready), tmp_path / "p", CLOCK, address=pasted)
    assert sealing.open_with_keys((tmp_path / "p").read_bytes(), [secret])


@given(words=st.text(max_size=250))
def test_any_words_are_either_safe_or_refused_in_a_sentence(words: str) -> None:
    with suppress(UserError):  # and nothing else
        assert packing.check_passphrase(words) == review_words.plain(words)


def test_a_long_passphrase_is_judged_by_its_beginning() -> None:
    long = "lamp river stone window carpet seven " * 5
    assert packing.check_passphrase(long) == long.strip()
    with pytest.raises(UserError, match="guessed"):
        packing.check_passphrase("a" * 150)


def test_capitals_make_nobody_another_reviewer(library: Library, sitting: str, tmp_path: Path) -> None:
    assert packing.reviewers(library) == ()
    for at, name in enumerate(("Ann Example", "ANN example", "Bob")):
        ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer=name), CLOCK)
        HAND.pass_seconds(1)
        packing.seal(library, ready, all_out(ready), tmp_path / f"{at}", CLOCK, address=sealing.new_address()[1])
    assert {*packing.reviewers(library)} == {"Ann Example", "Bob"}


def test_a_file_that_was_there_stays_until_the_whole_new_one_is_there(
    library: Library, sitting: str, tmp_path: Path
) -> None:
    out = tmp_path / "p"
    out.write_bytes(b"another file")
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="guessed"):
        packing.seal(library, ready, all_out(ready), out, CLOCK, passphrase="hertfordshire")
    assert out.read_bytes() == b"another file"
    secret, address = sealing.new_address()
    packing.seal(library, ready, all_out(ready), out, CLOCK, address=address)
    assert sealing.open_with_keys(out.read_bytes(), [secret])


def test_a_stick_that_is_pulled_out_while_the_pack_is_sealed_leaves_no_pack_behind(
    library: Library, sitting: str, tmp_path: Path, fault: Tell
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)

    def pulled_out(doing: str) -> None:
        if doing.startswith("Sealing"):
            stick.rename(tmp_path / "pulled out")

    with pytest.raises(UserError, match="could not be written") as said:
        packing.seal(
            library, ready, all_out(ready), stick / "p", CLOCK, address=sealing.new_address()[1], told=pulled_out
        )
    assert merging.tallies(library) == ()
    assert list((tmp_path / "pulled out").iterdir()) == []
    fault(
        "The stick is pulled out while a pack is made",
        area="Exporting",
        tried=1,
        half_done=0,
        person_sees=str(said.value),
    )


def test_a_reviewer_whose_name_has_an_unseen_mark_in_it_is_the_same_person(library: Library, sitting: str) -> None:
    for pasted in ("Ann\u200b Example", "\u200eAnn Example", "Ann\u2060 \u202aExample\u202c"):
        assert (
            packing.draft(library, Wanted(sittings=(sitting,), reviewer=pasted), CLOCK).pack.reviewer == "Ann Example"
        )
    with pytest.raises(UserError, match="for nobody yet"):
        packing.draft(library, Wanted(sittings=(sitting,), reviewer="\u200b\u200e"), CLOCK)
