"""What can be told of an encrypted file without opening it, held against SQLCipher's own files."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from cqcmock.storage import cipher, engine
from cqcmock.storage.folder import make_private_file

KEY, OTHER = "5a" * 32, "5b" * 32
PAGE = cipher.PAGE


def made(path: Path, raw_key: str | None, rows: int = 40) -> Path:
    make_private_file(path)
    with closing(engine.connect(path, raw_key)) as connection:
        connection.execute("CREATE TABLE t (words TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [("word " * 400,) for _ in range(rows)])
    return path


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    return made(tmp_path / "encrypted", KEY)


def test_a_file_tells_its_own_key_from_any_other(encrypted: Path) -> None:
    assert cipher.has_page_of(encrypted, KEY)
    assert not cipher.has_page_of(encrypted, OTHER)
    assert not cipher.has_page_of(encrypted, KEY[:-1] + "b")


def test_one_sound_page_anywhere_is_enough(encrypted: Path) -> None:
    content = encrypted.read_bytes()
    dice = random.Random(7)
    pages = len(content) // PAGE
    for sound in (1, pages // 2, pages - 1):
        spoiled = bytearray(dice.randbytes(len(content)))
        spoiled[:16] = content[:16]  # the salt, without which no key fits anything
        spoiled[sound * PAGE : (sound + 1) * PAGE] = content[sound * PAGE : (sound + 1) * PAGE]
        encrypted.write_bytes(spoiled)
        assert cipher.has_page_of(encrypted, KEY)
        assert not cipher.has_page_of(encrypted, OTHER)


def test_a_page_in_which_any_bit_was_flipped_or_that_was_moved_proves_nothing(encrypted: Path) -> None:
    content = encrypted.read_bytes()[:PAGE]
    dice = random.Random(8)
    for _ in range(50):
        at = dice.randrange(PAGE)
        flipped = bytearray(content)
        flipped[at] ^= 1 << dice.randrange(8)
        encrypted.write_bytes(flipped)
        assert not cipher.has_page_of(encrypted, KEY)
    encrypted.write_bytes(content[:16] + bytes(PAGE - 16) + content)
    assert not cipher.has_page_of(encrypted, KEY), "it was the first page, and is the second"


def test_a_plain_a_foreign_a_short_and_an_empty_file_have_no_key(tmp_path: Path) -> None:
    plain = made(tmp_path / "plain", None)
    assert not cipher.has_page_of(plain, KEY)
    for content in (b"", b"short", b"x" * 3 * PAGE, bytes(PAGE)):
        (tmp_path / "foreign").write_bytes(content)
        assert not cipher.has_page_of(tmp_path / "foreign", KEY)


def test_an_encrypted_file_is_told_from_a_plain_one_and_from_a_damaged_plain_one(
    encrypted: Path, tmp_path: Path
) -> None:
    assert cipher.seems_locked(encrypted)
    plain = made(tmp_path / "plain", None)
    assert not cipher.seems_locked(plain)
    content = plain.read_bytes()
    for damaged in (bytes(PAGE) + content[PAGE:], b"x" * PAGE + content, content[:100], b"", b"words " * 2000):
        plain.write_bytes(damaged)
        assert not cipher.seems_locked(plain)


def test_a_file_that_is_not_there_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        cipher.has_page_of(tmp_path / "none", KEY)
    with pytest.raises(FileNotFoundError):
        cipher.seems_locked(tmp_path / "none")
