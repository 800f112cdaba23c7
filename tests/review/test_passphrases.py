"""Files that a passphrase opens: other programs of the age format open them too, and what is damaged is told apart."""

from __future__ import annotations

import os
import pty
import random
import shutil
import subprocess
import threading
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.review import passphrases
from cqcmock.review.passphrases import DamagedError, WrongPassphraseError

WORDS = "wagon lemon vivid orbit thumb cradle"
CHUNK = 65_536
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "WORK", 2)


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_is_opened_again_here_and_by_another_implementation(length: int) -> None:
    content = random.Random(length).randbytes(length)
    file = passphrases.sealed(content, WORDS)
    assert passphrases.opened(file, WORDS) == content
    assert pyrage.passphrase.decrypt(file, WORDS) == content


@given(content=st.binary(max_size=200), words=st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_words_open_what_they_sealed_and_no_others_do(content: bytes, words: str) -> None:
    file = passphrases.sealed(content, words)
    assert passphrases.opened(file, words) == pyrage.passphrase.decrypt(file, words) == content
    with pytest.raises(WrongPassphraseError):
        passphrases.opened(file, words + "x")


@pytest.mark.slow
def test_what_another_implementation_sealed_is_opened_here() -> None:
    for length in LENGTHS:
        content = random.Random(length).randbytes(length)
        file = pyrage.passphrase.encrypt(content, WORDS)
        assert passphrases.opened(file, WORDS) == content
        assert (passphrases.work_of(file) or 0) > passphrases.WORK


@pytest.mark.skipif(shutil.which("age") is None or os.name != "posix", reason="the age command line is not installed")
def test_the_age_command_line_opens_what_is_sealed_here(tmp_path: Path) -> None:
    sealed, plain = tmp_path / "sealed", tmp_path / "plain"
    sealed.write_bytes(passphrases.sealed(b"words" * CHUNK, WORDS))
    ours, theirs = pty.openpty()  # it asks for passphrases at the terminal only
    with subprocess.Popen(
        ["age", "--decrypt", "--output", plain, sealed],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # makes it the terminal
    ) as age:
        os.close(theirs)
        while b"passphrase" not in os.read(ours, 4096):
            pass
        os.write(ours, WORDS.encode() + b"\n")
        assert age.wait(10) == 0
    os.close(ours)
    assert plain.read_bytes() == b"words" * CHUNK


def test_every_flipped_bit_and_every_cut_is_found() -> None:
    file = passphrases.sealed(bytes(CHUNK + 300), WORDS)
    dice = random.Random(7)
    places = [*range(250), *(dice.randrange(len(file)) for _ in range(100))]
    for place in places:
        flipped = file[:place] + bytes([file[place] ^ 1 << dice.randrange(8)]) + file[place + 1 :]
        with pytest.raises((DamagedError, WrongPassphraseError)):
            passphrases.opened(flipped, WORDS)
    for cut in [*range(0, len(file), len(file) // 50), len(file) - 1]:
        with pytest.raises(DamagedError):
            passphrases.opened(file[:cut], WORDS)


def test_chunks_that_were_dropped_repeated_swapped_or_added_are_found() -> None:
    file = passphrases.sealed(bytes(3 * CHUNK), WORDS)
    size = CHUNK + 16
    start = len(file) - 3 * size
    head, one, two, three = file[:start], *(file[start + at * size : start + (at + 1) * size] for at in range(3))
    for chunks in ([one, two], [one, three], [two, one, three], [one, two, two, three], [one, two, three, three], []):
        with pytest.raises(DamagedError):
            passphrases.opened(head + b"".join(chunks), WORDS)
    with pytest.raises(DamagedError):
        passphrases.opened(file + bytes(16), WORDS)


def test_an_empty_last_chunk_is_refused_as_the_format_has_it() -> None:
    file_key = bytes(16)
    key = passphrases._derived(file_key, b"payload", bytes(16))
    cipher = ChaCha20Poly1305(key)
    full = cipher.encrypt(bytes(12), bytes(CHUNK), None)
    empty = cipher.encrypt(b"\0" * 10 + b"\x01\x01", b"", None)
    with pytest.raises(DamagedError):
        passphrases._content(key, full + empty)
    assert passphrases._content(key, cipher.encrypt(bytes(11) + b"\x01", b"", None)) == b""


def test_other_threads_go_on_while_the_passphrase_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "WORK", 17)
    work = threading.Thread(target=lambda: passphrases.sealed(b"words", WORDS))
    work.start()
    turns = 0
    while work.is_alive():
        work.join(0.001)
        turns += 1
    assert turns > 5, "a thread that is kept from running has two or three turns"


FILE_KEY = bytes(range(16))


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_what_a_seal_wrote_is_opened_by_its_words_by_its_key_and_by_another_implementation(length: int) -> None:
    content = random.Random(length).randbytes(length)
    seal = passphrases.new_seal(WORDS, FILE_KEY)
    file = passphrases.sealed_with(seal, content)
    assert passphrases.opened_with(FILE_KEY, file) == content
    assert passphrases.opened(file, WORDS) == content
    assert pyrage.passphrase.decrypt(file, WORDS) == content


def test_two_files_with_the_same_seal_have_nothing_else_in_common() -> None:
    seal = passphrases.new_seal(WORDS)
    one, other = passphrases.sealed_with(seal, bytes(300)), passphrases.sealed_with(seal, bytes(300))
    assert one.startswith(seal.header)
    assert other.startswith(seal.header)
    bodies = one[len(seal.header) :], other[len(seal.header) :]
    assert bodies[0][:16] != bodies[1][:16], "the nonce, from which the key of a file is derived"
    assert not {bodies[0][at : at + 16] for at in range(300)} & {bodies[1][at : at + 16] for at in range(300)}


def test_a_seal_belongs_to_its_key_and_to_no_other_and_is_told_when_anything_of_it_changed() -> None:
    seal = passphrases.new_seal(WORDS, FILE_KEY)
    assert passphrases.seal_belongs(seal)
    assert not passphrases.seal_belongs(passphrases.Seal(seal.header, bytes(16)))
    dice = random.Random(9)
    for at in range(len(seal.header)):
        flipped = seal.header[:at] + bytes([seal.header[at] ^ 1 << dice.randrange(8)]) + seal.header[at + 1 :]
        assert not passphrases.seal_belongs(passphrases.Seal(flipped, FILE_KEY))
    for header in (b"", seal.header[:-1], seal.header + b"x", seal.header * 2):
        assert not passphrases.seal_belongs(passphrases.Seal(header, FILE_KEY))


def test_another_key_and_every_flipped_bit_and_every_cut_of_a_sealed_file_are_found() -> None:
    file = passphrases.sealed_with(passphrases.new_seal(WORDS, FILE_KEY), bytes(CHUNK + 300))
    with pytest.raises(DamagedError):
        passphrases.opened_with(bytes(16), file)
    dice = random.Random(10)
    for place in [*range(250), *(dice.randrange(len(file)) for _ in range(50))]:
        flipped = file[:place] + bytes([file[place] ^ 1 << dice.randrange(8)]) + file[place + 1 :]
        with pytest.raises(DamagedError):
            passphrases.opened_with(FILE_KEY, flipped)
    for cut in [*range(0, len(file), len(file) // 50), len(file) - 1]:
        with pytest.raises(DamagedError):
            passphrases.opened_with(FILE_KEY, file[:cut])


def test_a_seal_shows_its_key_to_nobody() -> None:
    shown = repr(passphrases.new_seal(WORDS, FILE_KEY))
    assert repr(FILE_KEY) not in shown
    assert FILE_KEY.hex() not in shown
    assert "file_key" not in shown
