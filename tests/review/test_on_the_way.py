"""What happens to a sealed file between two people: mail, archives, other programs, and names that say too much."""

from __future__ import annotations

import random
import time
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pyrage  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cqcmock.errors import UserError
from cqcmock.review import pack_file, passphrases, return_file, sealing
from cqcmock.review.errors import AlteredError, NewerFormatError, NotForUsError, NotOursError, RefusedError
from tests.faults import Tell
from tests.review.packs import NOON, a_pack, a_return, a_sheet, sent

KEY, ADDRESS = sealing.new_address()
SEALED = sealing.seal_to(b"words " * 50, ADDRESS)
WORDS = "wagon lemon vivid orbit thumb cradle"


def in_letters(file: bytes, line_end: bytes = b"\n") -> bytes:
    """As `age --armor` writes it."""
    letters = b64encode(file)
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return line_end.join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 5_000])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_file_that_was_put_into_letters_is_opened(length: int, line_end: bytes) -> None:
    sealed = sealing.seal_to(b"x" * length, ADDRESS)
    for text in (in_letters(sealed, line_end), b"\xef\xbb\xbf\r\n" + in_letters(sealed, line_end) + b" \r\n"):
        assert sealing.from_text(text) == sealed
    theirs = pyrage.encrypt(b"x" * length, [pyrage.x25519.Recipient.from_str(ADDRESS)], armored=True)
    assert sealing.open_with_keys(sealing.from_text(theirs), [KEY]) == b"x" * length
    assert sealing.from_text(sealed) is sealed


def test_letters_that_were_cut_off_or_changed_are_refused(fault: Tell) -> None:
    text = in_letters(SEALED)
    for cut in range(36, len(text) - 2):
        with pytest.raises(AlteredError) as told:
            sealing.open_with_keys(sealing.from_text(text[:cut]), [KEY])
    dice = random.Random(20_261_122)
    tried = 0  # without the cuts: how many there are depends on what chance adds to a header
    for _ in range(300):
        tried += 1
        changed = bytearray(text)
        place = dice.randrange(len(text) - 1)
        changed[place] ^= 1 << dice.randrange(8)
        try:
            assert sealing.open_with_keys(sealing.from_text(bytes(changed)), [KEY]) == b"words " * 50
        except RefusedError:
            continue
        assert text[place : place + 1].isspace() or place > len(text) - 110, "only what carries nothing may change"
    fault(
        "A file put into letters arrives changed",
        area="Hostile files",
        tried=tried,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_letters_without_end_fill_no_memory(fault: Tell) -> None:
    said = []
    for line in (b"\n", b"A\n", b"A" * 64 + b"\n"):
        text = b"-----BEGIN AGE ENCRYPTED FILE-----\n" + line * (sealing.LARGEST // len(line)) + b"-----END AGE"
        began = time.process_time()
        with pytest.raises(RefusedError) as told:
            sealing.open_with_keys(sealing.from_text(text), [KEY])
        assert time.process_time() - began < 2
        said.append(str(told.value))
    fault("A pack is made to fill the memory", area="Hostile files", tried=len(said), person_sees=said[-1])


@pytest.mark.parametrize(
    ("file", "refusal", "said"),
    [
        (SEALED.replace(b"\n", b"\r\n"), AlteredError, "as mail programs do"),
        (b"\xef\xbb\xbf" + SEALED, AlteredError, "as mail programs do"),
        (b"\n" + SEALED, AlteredError, "as mail programs do"),
        (b"X" + SEALED[1:], AlteredError, "as mail programs do"),
        (SEALED.replace(b"org/v1", b"org/v2"), NewerFormatError, "version of the age format"),
        (b"PK\x03\x04" + bytes(300), NotOursError, "archive"),
        (b"%PDF-1.7" + bytes(300), NotOursError, "not a sealed file"),
    ],
)
def test_what_became_of_a_file_is_said(file: bytes, refusal: type[RefusedError], said: str, fault: Tell) -> None:
    with pytest.raises(refusal, match=said) as told:
        sealing.open_with_keys(sealing.from_text(file), [KEY])
    fault(
        "A sealed file was changed by a mail program or is of another kind",
        area="Hostile files",
        tried=1,
        person_sees=str(told.value),
    )


def test_a_file_sealed_to_very_many_does_not_keep_the_computer_busy(fault: Tell) -> None:
    many = pyrage.encrypt(b"words", [pyrage.x25519.Recipient.from_str(ADDRESS)] * 140)
    keys = [sealing.new_address()[0] for _ in range(300)]
    began = time.process_time()
    with pytest.raises(NotOursError, match="very many people") as told:
        sealing.open_with_keys(many, keys)
    assert time.process_time() - began < 0.5
    few = pyrage.encrypt(b"words", [pyrage.x25519.Recipient.from_str(ADDRESS)] * 20)
    assert sealing.open_with_keys(few, [KEY]) == b"words"
    fault(
        "A pack is made to keep the computer busy for hours", area="Hostile files", tried=1, person_sees=str(told.value)
    )


@pytest.mark.parametrize(
    "key",
    ["", "words", "AGE-SECRET-KEY-1", ADDRESS, "\udcff"],
    ids=["nothing", "words", "its beginning", "a public key", "no letter"],
)
def test_what_is_no_key_is_said_and_not_taken_for_a_mistake_of_ours(key: str) -> None:
    with pytest.raises(UserError, match="not a secret key"):
        sealing.open_with_keys(SEALED, [key])
    with pytest.raises(UserError, match="public key"):
        sealing.seal_to(b"words", key if key != ADDRESS else "age1")


def test_two_packs_of_which_the_names_hint_the_same_are_both_merged() -> None:
    one, other = sent(), sent(a_pack(2, "another"))
    keys = [("abcdef01", one.return_key), ("abcdef01", other.return_key)]
    for which in (one, other):
        sealed = return_file.written_return(a_return(which.content), which.content)
        for name in ("abcdef01.cqcreturn", "return"):
            opened = return_file.open_return(sealed, name, keys)
            assert return_file.read_return(opened).given.pack == which.content.pack.id


def test_a_name_with_the_hint_of_another_pack_hinders_nothing() -> None:
    one, other = sent(), sent(a_pack(2, "another"))
    keys = [(return_file.hint(each.content.pack.id), each.return_key) for each in (one, other)]
    sealed = return_file.written_return(a_return(one.content), one.content)
    for name in (f"{keys[1][0]}.cqcreturn", f"{keys[1][0]} {keys[0][0]}", "\0\n"):
        assert return_file.read_return(return_file.open_return(sealed, name, keys)).given.pack == one.content.pack.id
    with pytest.raises(NotForUsError, match="not made here"):
        return_file.open_return(sealed, keys[1][0], keys[1:])
    with pytest.raises(NotForUsError, match="not made here"):
        return_file.open_return(sealed, keys[1][0], [])


@pytest.mark.parametrize("version", [0, -1, -(2**63)])
def test_a_version_before_the_first_is_refused(version: int) -> None:
    ours = sent()
    with pytest.raises(NotOursError):
        pack_file.read_pack(pack_file.written_pack(replace(ours.content, version=version)))
    sealed = return_file.written_return(a_return(ours.content), ours.content)
    opened = msgspec.json.decode(sealing.open_with_keys(sealed, [ours.return_key]))
    with pytest.raises(NotOursError):
        return_file.read_return(msgspec.json.encode(opened | {"version": version}))


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (datetime(1970, 1, 1, 0, 3, tzinfo=UTC), True),
        (datetime(1980, 1, 1, tzinfo=UTC), True),
        (datetime(2999, 12, 31, tzinfo=UTC), True),
        (datetime(1969, 12, 31, tzinfo=UTC), False),
        (datetime(9999, 12, 31, tzinfo=UTC), False),
        (NOON.replace(tzinfo=None), False),
    ],
)
def test_marks_from_a_laptop_whose_clock_is_wrong_are_taken_and_times_that_cannot_be_are_not(
    at: datetime, taken: bool
) -> None:
    ours = sent()
    sheet = replace(a_sheet("pack-1-sheet-0"), submitted_at=at)
    given = replace(a_return(ours.content, sheet), returned_at=at)
    opened = sealing.open_with_keys(return_file.written_return(given, ours.content), [ours.return_key])
    if taken:
        assert return_file.read_return(opened).given == given
    else:
        with pytest.raises(NotOursError):
            return_file.read_return(opened)


def forged(header: bytes, key: bytes = bytes(16)) -> bytes:
    """A file with any header, the code of which is right: only its form can be wrong."""
    mac = passphrases._base64(passphrases._mac(key, header).finalize())
    nonce = bytes(16)
    cipher = ChaCha20Poly1305(passphrases._derived(key, b"payload", nonce))
    return header + b" " + mac + b"\n" + nonce + cipher.encrypt(bytes(11) + b"\x01", b"words", None)


SALT = b"A" * 22
BODY = passphrases._base64(
    ChaCha20Poly1305(passphrases._wrapping_key(WORDS, bytes(16), 2)).encrypt(bytes(12), bytes(16), None)
)
FIRST = b"age-encryption.org/v1\n"
SOUND = b"%s-> scrypt %s 2\n%s\n---" % (FIRST, SALT, BODY)


def test_a_header_to_the_letter_is_opened_by_both() -> None:
    assert passphrases.opened(forged(SOUND), WORDS) == pyrage.passphrase.decrypt(forged(SOUND), WORDS) == b"words"


@pytest.mark.parametrize(
    "header",
    [
        SOUND.replace(b"\n", b"\r\n"),
        SOUND.replace(b"scrypt", b"SCRYPT"),
        SOUND.replace(b"-> scrypt", b"->  scrypt"),
        SOUND.replace(b"-> scrypt", b"->scrypt"),
        SOUND.replace(b" 2\n", b"  2\n"),
        SOUND.replace(b" 2\n", b" 2 \n"),
        SOUND.replace(b" 2\n", b" 02\n"),
        SOUND.replace(b" 2\n", b" +2\n"),
        SOUND.replace(b" 2\n", b" 0\n"),
        SOUND.replace(b" 2\n", b"\n"),
        SOUND.replace(b" 2\n", b" 2 2\n"),
        SOUND.replace(b" 2\n", "\u0662\n".encode()),
        SOUND.replace(SALT, SALT + b"=="),
        SOUND.replace(SALT, SALT[:-1] + b"B"),
        SOUND.replace(SALT, SALT[:-1]),
        SOUND.replace(SALT, SALT + b"AA"),
        SOUND.replace(BODY, BODY + b"="),
        SOUND.replace(BODY, BODY[:20] + b"\n" + BODY[20:]),
        SOUND.replace(BODY, BODY + b"\n"),
        SOUND.replace(BODY, BODY + b"AAAA"),
        SOUND.replace(BODY, b""),
        SOUND.replace(FIRST, FIRST + b"\n"),
        SOUND.replace(FIRST, b" " + FIRST),
        SOUND.replace(FIRST, FIRST + b"-> grease\n\n"),
        SOUND.replace(b"\n---", b"\n-> grease\n\n---"),
        SOUND.replace(b"\n---", b"\n-> scrypt %s 2\n%s\n---" % (SALT, BODY)),
        SOUND.replace(b"\n---", b"\n----"),
        SOUND.replace(b"\n---", b"\n--- "),
    ],
)
def test_a_header_that_is_not_to_the_letter_is_opened_by_neither(header: bytes, fault: Tell) -> None:
    with pytest.raises(RefusedError) as told:
        sealing.open_with_passphrase(forged(header), WORDS)
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(forged(header), WORDS)
    fault("A pack with a header that lies", area="Hostile files", tried=1, person_sees=str(told.value))
