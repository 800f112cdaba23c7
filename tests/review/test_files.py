"""Packs and returns in and out of files: what was written comes back, and nothing else is believed."""

from __future__ import annotations

import random
import time
import tracemalloc
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.review import PackedAnswer, Pin, SheetState
from cqcmock.errors import UserError
from cqcmock.review import canonical, pack_file, return_file, sealing, signing
from cqcmock.review.errors import (
    AlteredError,
    NewerFormatError,
    NotForUsError,
    NotOursError,
    RefusedError,
    TooLargeError,
)
from tests.faults import Tell
from tests.review.packs import Sent, a_pack, a_return, a_sheet, sent

MARKUP = st.text(max_size=60) | st.sampled_from(
    ["<b>x</b>", "=1+1", "{place}", "'; DROP TABLE pack;--", "../../x", "\x00"]
)


@pytest.fixture(scope="module")
def ours() -> Sent:
    return sent()


@pytest.fixture(scope="module")
def returned(ours: Sent) -> bytes:
    return return_file.written_return(a_return(ours.content), ours.content)


def believed(sealed: bytes, of: Sent) -> return_file.SignedReturn:
    """The return, if everything about it is right."""
    signed = return_file.read_return(sealing.open_with_keys(sealed, [of.return_key]))
    return_file.check_return(signed, of.public_key, of.content.answers_digest)
    return signed


@given(words=st.lists(MARKUP, min_size=1, max_size=3))
def test_a_pack_comes_out_as_it_went_in_whatever_was_said(words: list[str]) -> None:
    said = [word.encode("utf-8", "ignore").decode() for word in words]
    answers = tuple(
        PackedAnswer(sheet=f"s{at}", candidate="A", number=at, question=word, answer=word)
        for at, word in enumerate(said)
    )
    content = sent(replace(a_pack(), answers=answers)).content
    written = pack_file.written_pack(content)
    assert pack_file.read_pack(written) == content
    assert pack_file.written_pack(pack_file.read_pack(written)) == written


def test_a_return_comes_out_as_it_went_in(ours: Sent, returned: bytes) -> None:
    assert believed(returned, ours).given == a_return(ours.content)


def test_a_reviewer_may_sign_with_a_key_of_their_own(ours: Sent) -> None:
    secret, public = signing.new_signing_key()
    sealed = return_file.written_return(a_return(ours.content), ours.content, secret)
    assert believed(sealed, ours).reviewer_key == public


def test_somebody_who_only_knows_the_return_address_cannot_forge_marks(ours: Sent, fault: Tell) -> None:
    stranger, _ = signing.new_signing_key()
    forged = replace(ours.content, signing_key=stranger)
    with pytest.raises(AlteredError, match="signature") as told:
        believed(return_file.written_return(a_return(ours.content), forged), ours)
    fault(
        "Marks are forged by somebody who has only the return address",
        area="Hostile files",
        tried=1,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_marks_of_other_answers_are_refused(ours: Sent) -> None:
    answers = (replace(ours.content.pack.answers[0], answer="Something else."), *ours.content.pack.answers[1:])
    edited = replace(ours.content, pack=replace(ours.content.pack, answers=answers))
    with pytest.raises(AlteredError, match="other answers"):
        believed(return_file.written_return(a_return(edited), edited), ours)


def test_a_signature_for_another_purpose_is_worth_nothing(ours: Sent) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(ours.content.signing_key))
    text = canonical.canonical(a_return(ours.content))
    assert signing.is_signed(text, signing.sign(text, ours.content.signing_key), ours.public_key)
    assert not signing.is_signed(text, key.sign(text).hex(), ours.public_key)
    assert not signing.is_signed(text, "not hexadecimal", ours.public_key)


def test_a_return_for_somebody_else_cannot_be_opened(returned: bytes) -> None:
    other = sent(a_pack(pack_id="another"))
    with pytest.raises(NotForUsError):
        sealing.open_with_keys(returned, [other.return_key])


def test_every_cut_is_told_and_believed_by_nobody(ours: Sent, returned: bytes, fault: Tell) -> None:
    for fiftieth in range(50):
        with pytest.raises(RefusedError) as told:
            believed(returned[: len(returned) * fiftieth // 50], ours)
    fault("A returned file arrives cut off", area="Merging", tried=fiftieth + 1, corrupt=0, person_sees=str(told.value))


def test_a_cut_off_file_is_told_apart_from_one_of_another_kind(ours: Sent, returned: bytes) -> None:
    for cut in (5, 40, len(returned) // 2, len(returned) - 1):
        with pytest.raises(AlteredError):
            believed(returned[:cut], ours)
    for other in (b"", b"PK\x03\x04", b"%PDF-1.7", b"age is a number"):
        with pytest.raises(NotOursError):
            sealing.open_with_keys(other, [ours.return_key])


def test_five_hundred_flipped_bytes_are_all_refused(ours: Sent, returned: bytes, fault: Tell) -> None:
    dice = random.Random(20_261_122)
    refused = 0
    for _ in range(500):
        changed = bytearray(returned)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        with pytest.raises(RefusedError) as told:
            believed(bytes(changed), ours)
        refused += 1
    fault(
        "A returned file arrives with a byte changed",
        area="Merging",
        tried=refused,
        corrupt=0,
        person_sees=str(told.value),
    )


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * 5_000_000,
        b'{"format":"cqcmock-pack","version":1,"pack":' + b'{"a":' * 200_000,
        b'{"format":"cqcmock-pack","version":1,"pack":{"answers":[' + b"{}," * 500_000 + b"{}]}}",
        b'{"format":"cqcmock-pack","version":1e309}',
        b"\xff\xfe\x00",
        b'{"format":"cqcmock-return","version":1}',
        b"null",
    ],
    ids=["brackets", "nesting", "counts", "infinity", "not text", "another kind", "nothing"],
)
def test_hostile_content_is_refused_quickly_and_in_little_memory(hostile: bytes, fault: Tell) -> None:
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(RefusedError) as told:
        pack_file.read_pack(hostile)
    assert time.process_time() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    fault("A pack is made to fill the memory", area="Hostile files", tried=1, person_sees=str(told.value))


def test_a_pack_that_contradicts_itself_is_refused(ours: Sent) -> None:
    pack = ours.content.pack
    twice = replace(pack, answers=(pack.answers[0], pack.answers[0]))
    nobody = replace(pack, candidates=())
    for content in (
        replace(ours.content, expected=5),
        replace(ours.content, expected=0, pack=replace(pack, answers=())),
        replace(ours.content, expected=2, pack=twice),
        replace(ours.content, pack=nobody),
        replace(ours.content, signing_key="zz"),
        replace(ours.content, pack=replace(pack, rubric=replace(pack.rubric, lenses=()))),
    ):
        with pytest.raises(NotOursError, match="contradicts"):
            pack_file.read_pack(pack_file.written_pack(content))


def test_a_file_from_a_newer_version_is_refused_with_that_reason(ours: Sent) -> None:
    with pytest.raises(NewerFormatError):
        pack_file.read_pack(pack_file.written_pack(replace(ours.content, version=2)))
    opened = sealing.open_with_keys(return_file.written_return(a_return(ours.content), ours.content), [ours.return_key])
    newer = msgspec.json.decode(opened) | {"version": 2}
    with pytest.raises(NewerFormatError):
        return_file.read_return(msgspec.json.encode(newer))


def test_a_return_with_a_sheet_twice_or_not_submitted_is_refused(ours: Sent) -> None:
    one = a_sheet("pack-1-sheet-0")
    for wrong in (
        a_return(ours.content, one, one),
        a_return(ours.content, replace(one, state=SheetState.DRAFT)),
        a_return(ours.content, replace(one, submitted_at=None)),
    ):
        with pytest.raises(NotOursError):
            believed(return_file.written_return(wrong, ours.content), ours)


def test_a_file_larger_than_any_of_ours_is_not_even_opened(monkeypatch: pytest.MonkeyPatch, returned: bytes) -> None:
    monkeypatch.setattr(sealing, "LARGEST", len(returned) - 1)
    with pytest.raises(TooLargeError):
        sealing.open_with_keys(returned, [])


def test_a_pack_that_would_keep_the_computer_busy_for_hours_is_refused_at_once() -> None:
    header = b"age-encryption.org/v1\n-> scrypt FMeVIkszklpbHGNn8l0AZw 30\n" + b"j" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    began = time.process_time()
    with pytest.raises(NotOursError, match="more of this computer"):
        sealing.open_with_passphrase(header + b"x" * 200, "any words")
    assert time.process_time() - began < 2


def test_a_passphrase_opens_what_it_sealed_and_another_does_not() -> None:
    sealed = sealing.seal_with_passphrase(b"words", "six words that nobody else knows")
    assert sealing.needs_passphrase(sealed)
    assert sealing.open_with_passphrase(sealed, "six words that nobody else knows") == b"words"
    with pytest.raises(NotForUsError, match="passphrase"):
        sealing.open_with_passphrase(sealed, "six words that somebody else knows")


def test_what_is_sealed_to_a_key_is_not_opened_with_a_passphrase(returned: bytes) -> None:
    assert not sealing.needs_passphrase(returned)
    with pytest.raises(NotForUsError, match="key"):
        sealing.open_with_passphrase(returned, "any words")
    with pytest.raises(UserError, match="public key"):
        sealing.seal_to(b"words", "age1nonsense")


def test_pins_are_kept_to_the_letter(ours: Sent) -> None:
    sheet = a_sheet("pack-1-sheet-0")
    pinned = replace(sheet, marks=replace(sheet.marks, pins=(Pin(start=3, end=8, comment="Who?"),)))
    given = believed(return_file.written_return(a_return(ours.content, pinned), ours.content), ours).given
    assert given.sheets == (pinned,)
