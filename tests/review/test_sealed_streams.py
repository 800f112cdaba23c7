"""Sealed files that are written and read in parts are those that are written and read as a whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.review import passphrases
from cqcmock.review.passphrases import DamagedError, SealedReader, SealedWriter, WrongPassphraseError

CHUNK = 65_536
WORDS = "wagon lemon vivid orbit thumb cradle"
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7)


@pytest.fixture(scope="module")
def seal() -> passphrases.Seal:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 2)
        return passphrases.new_seal(WORDS)


def content(size: int) -> bytes:
    return bytes(at * 31 % 251 for at in range(size))


def written(seal: passphrases.Seal, *parts: bytes) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(seal, file)
    for part in parts:
        writer.write(part)
    writer.finish()
    return file.getvalue()


def reader(seal: passphrases.Seal, file: bytes) -> SealedReader:
    return passphrases.reader_by_key(io.BytesIO(file), seal.file_key)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", [1000, CHUNK, 3 * CHUNK])
def test_what_is_written_in_parts_is_opened_as_a_whole_and_the_other_way_round(
    seal: passphrases.Seal, size: int, part: int
) -> None:
    said = content(size)
    file = written(seal, *(said[at : at + part] for at in range(0, size, part)))
    assert passphrases.opened_with(seal.file_key, file) == said
    assert passphrases.opened(file, WORDS) == said
    whole = passphrases.sealed_with(seal, said)
    assert len(whole) == len(file)
    assert io.BufferedReader(reader(seal, whole)).read() == said
    assert reader(seal, whole).size == size


@given(st.lists(st.tuples(st.integers(0, 3 * CHUNK), st.integers(0, 2 * CHUNK)), max_size=6))
def test_any_part_can_be_read_in_any_order(places: list[tuple[int, int]]) -> None:
    said = content(2 * CHUNK + 99)
    seal = passphrases.Seal(_HEADER, bytes(16))
    inside = io.BufferedReader(SealedReader(io.BytesIO(written(seal, said)), seal.file_key, len(_HEADER)))
    for at, size in places:
        inside.seek(at)
        assert inside.read(size) == said[at : at + size]


_HEADER = b"any header"


@pytest.mark.parametrize("size", [0, 5, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_that_was_cut_off_anywhere_is_known_at_once(seal: passphrases.Seal, size: int) -> None:
    file = written(seal, content(size))
    payload = len(seal.header)
    whole = [payload + 16 + number * (CHUNK + 16) for number in range(4)]
    for cut in {0, 20, payload - 1, payload, payload + 10, *whole, len(file) - 1, len(file) - 16, len(file) - 17}:
        if 0 <= cut < len(file):
            with pytest.raises(DamagedError):
                reader(seal, file[:cut])


def test_a_chunk_that_was_changed_swapped_or_added_is_refused_when_it_is_read(seal: passphrases.Seal) -> None:
    file = bytearray(written(seal, content(3 * CHUNK)))
    begins, length = len(seal.header) + 16, CHUNK + 16
    swapped = file[:begins] + file[begins + length : begins + 2 * length] + file[begins : begins + length]
    swapped += file[begins + 2 * length :]
    changed = bytearray(file)
    changed[begins + length + 9] ^= 1
    for damaged in (swapped, changed):
        inside = io.BufferedReader(reader(seal, bytes(damaged)))
        with pytest.raises(DamagedError):
            inside.read()
    with pytest.raises(DamagedError):
        reader(seal, bytes(file + file[-length:]))


def test_another_key_other_words_and_another_header_open_nothing(seal: passphrases.Seal) -> None:
    file = written(seal, b"said")
    with pytest.raises(DamagedError):
        passphrases.reader_by_key(io.BytesIO(file), bytes(16))
    with pytest.raises(WrongPassphraseError):
        passphrases.reader_by_passphrase(io.BytesIO(file), "other words")
    assert passphrases.reader_by_passphrase(io.BytesIO(file), WORDS).read(9) == b"said"
    for header in (b"", b"age-encryption.org/v1\n", seal.header[:-3] + b"AA\n"):
        with pytest.raises(DamagedError):
            passphrases.reader_by_passphrase(io.BytesIO(header + file[len(seal.header) :]), WORDS)


def test_a_file_without_its_end_counts_as_cut_off(seal: passphrases.Seal, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+b") as file:
        writer = SealedWriter(seal, file)
        writer.write(content(CHUNK * 2))
        writer.flush()
        with pytest.raises(DamagedError):
            passphrases.reader_by_key(file, seal.file_key)
