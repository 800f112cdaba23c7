"""The ways in to a library's key: read as people type, kept whole or not at all, and told where one is damaged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.review import passphrases, words
from cqcmock.services import computer_keyring, library_keys, saving, sealed_files
from cqcmock.services.library_keys import LibraryKey, WrongWordsError
from tests.faults import Tell
from tests.keyrings import MemoryKeyring
from tests.services.locking.worlds import OTHER_WORDS, WORDS, Steps

NAMES = {"words.age", "id.txt", "seal"}


def kept(folder: Path, typed: str = WORDS, **more: object) -> LibraryKey:
    key = library_keys.new_key()
    library_keys.keep(folder, key, typed, computer=bool(more.get("computer")), escrow=str(more.get("escrow", "")))
    return key


@given(st.lists(st.sampled_from(words.all_offered()), min_size=6, max_size=6), st.randoms())
@settings(max_examples=60, deadline=None)
def test_six_offered_words_are_understood_however_they_are_typed(chosen: list[str], dice: random.Random) -> None:
    typed = ""
    for number, word in enumerate(chosen, 1):
        short = word[: dice.randrange(4, len(word) + 1)] if len(word) > 4 else word
        typed += dice.choice(["", f"{number}. ", f"{number}) ", f"{number} "])
        typed += dice.choice([short, short.upper(), short.title()])
        typed += dice.choice([" ", ", ", "\n", "\t", "  "])
    assert library_keys.understood(typed) == " ".join(chosen)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("wagon lemon vivid orbit thumb", "There are 5 words; the paper has 6"),
        ("wagon lemon vivid orbit thumb cradle act", "There are 7 words"),
        ("", "There are 0 words"),
        ("wagon lemmon vivid orbit thumb cradle", "Word 2 is none"),
        ("wagon lemon vivid orb thumb cradle", "Word 4 is none"),
        ("waggon lemon vivid orbit thumb cradle", "Word 1 is none"),
        ("wagon lemon vivid orbit thumb \x00", "Word 6 is none"),
        ("wagonlemonvividorbitthumbcradle", "Word 1 is none"),
    ],
)
def test_what_is_no_six_words_is_told_with_the_word_that_is_wrong(typed: str, told: str) -> None:
    with pytest.raises(WrongWordsError, match=told) as error:
        library_keys.understood(typed)
    assert not set(str(error.value).lower().split()) & {"lemmon", "waggon", "wagonlemonvividorbitthumbcradle", "wagon"}


def test_a_key_comes_back_by_its_words_and_by_no_others(tmp_path: Path) -> None:
    key = kept(tmp_path)
    assert library_keys.by_words(tmp_path, WORDS) == key
    for wrong in (OTHER_WORDS, " ".join(reversed(WORDS.split()))):
        with pytest.raises(WrongWordsError, match="do not unlock"):
            library_keys.by_words(tmp_path, wrong)
    assert {path.name for path in (tmp_path / "keys").iterdir()} == NAMES


def test_no_two_keys_are_the_same_and_each_has_256_bits() -> None:
    keys = [library_keys.new_key() for _ in range(50)]
    assert len({key.key for key in keys}) == len({key.id for key in keys}) == 50
    assert all(len(bytes.fromhex(key.key)) == 32 for key in keys)


def test_keys_that_are_kept_anew_take_the_place_of_all_those_before(tmp_path: Path, keyring: MemoryKeyring) -> None:
    assert computer_keyring.is_there()
    kept(tmp_path, computer=True)
    key = kept(tmp_path, OTHER_WORDS)
    assert library_keys.by_words(tmp_path, OTHER_WORDS) == key
    assert library_keys.by_computer(tmp_path) is None
    assert {path.name for path in tmp_path.iterdir()} == {"keys"}
    assert {path.name for path in (tmp_path / "keys").iterdir()} == NAMES
    assert keyring.kept


@pytest.mark.parametrize("before", [False, True])
def test_whatever_step_fails_the_keys_are_those_of_before(tmp_path: Path, before: bool) -> None:
    failed = 0
    for step in range(1, 200):
        folder = tmp_path / str(step)
        folder.mkdir()
        old = kept(folder) if before else None

        def refuse() -> None:
            raise OSError(28, "No space left on device")

        steps = Steps(step, refuse)
        refusal: UserError | None = None
        with steps.counted():
            try:
                kept(folder, OTHER_WORDS)
            except UserError as error:
                refusal = error
        if refusal is None:
            assert library_keys.by_words(folder, OTHER_WORDS)
            if steps.done < step:
                break
            continue
        failed += 1
        assert "could not be kept" in str(refusal)
        assert {path.name for path in folder.iterdir()} <= {"keys"}
        if old:
            assert library_keys.by_words(folder, WORDS) == old
        else:
            assert not library_keys.ways_in(folder).words
    assert failed > 10


def test_keys_that_were_never_finished_lock_nothing(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / "keys").rename(tmp_path / "keys.next")
    assert not library_keys.ways_in(tmp_path).words
    assert not library_keys.folder_of(tmp_path).exists()
    assert list(tmp_path.iterdir()) == []


def test_a_change_of_keys_between_two_names_is_finished_with_the_new_ones(tmp_path: Path) -> None:
    new = kept(tmp_path, OTHER_WORDS)
    (tmp_path / "keys").rename(tmp_path / "keys.next")
    kept(tmp_path / "other")
    (tmp_path / "other" / "keys").rename(tmp_path / "keys.before")
    assert library_keys.ways_in(tmp_path).words
    assert library_keys.id_of(tmp_path) == new.id
    assert library_keys.by_words(tmp_path, OTHER_WORDS) == new
    assert {path.name for path in tmp_path.iterdir()} == {"keys", "other"}


def test_keys_that_were_half_erased_lock_nothing(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / "keys").rename(tmp_path / "keys.gone")
    (tmp_path / "keys.gone" / "id.txt").unlink()
    assert not library_keys.ways_in(tmp_path).words
    library_keys.folder_of(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["words.age", "escrow.age", "seal", "id.txt"])
def test_a_key_file_that_is_damaged_or_missing_is_named(tmp_path: Path, name: str, fault: Tell) -> None:
    from cqcmock.review.sealing import new_address

    secret, address = new_address()
    key = kept(tmp_path, escrow=address)
    read = {
        "words.age": lambda: library_keys.by_words(tmp_path, WORDS),
        "escrow.age": lambda: library_keys.by_escrow(tmp_path, secret),
        "seal": lambda: library_keys.seal_of(tmp_path, key.key),
        "id.txt": lambda: library_keys.id_of(tmp_path),
    }[name]
    read()
    path = tmp_path / "keys" / name
    if name != "id.txt":
        content = path.read_bytes()
        path.write_bytes(content[:-10])
        with pytest.raises(UserError, match=f"keys/{name} is damaged or missing|none that this program"):
            read()
    path.unlink()
    with pytest.raises(UserError, match=f"keys/{name} is damaged or missing|No council key") as told:
        read()
    fault(
        "A key file of the lock is damaged or missing",
        area="Locking",
        tried=1 if name == "id.txt" else 2,
        corrupt=0,
        person_sees=str(told.value),
    )


def test_what_is_sealed_with_the_words_and_is_no_key_is_refused(tmp_path: Path) -> None:
    kept(tmp_path)
    for content in (
        b"{}",
        b"not json",
        b'{"what": "something else", "id": "x", "key": "5a"}',
        b'{"id": "x", "key": "5a"}',
    ):
        (tmp_path / "keys" / "words.age").write_bytes(passphrases.sealed(content, WORDS))
        with pytest.raises(UserError, match="not the key of a library"):
            library_keys.by_words(tmp_path, WORDS)


def test_a_keyring_that_has_another_secret_leaves_the_words(tmp_path: Path, keyring: MemoryKeyring) -> None:
    key = kept(tmp_path, computer=True)
    assert library_keys.by_computer(tmp_path) == key
    for secret in ("", "no key at all", "AGE-SECRET-KEY-1"):
        keyring.kept = dict.fromkeys(keyring.kept, secret)
        assert library_keys.by_computer(tmp_path) is None
    assert library_keys.by_words(tmp_path, WORDS) == key


def test_a_keyring_that_cannot_be_trusted_anew_is_as_it_was(
    tmp_path: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = kept(tmp_path, computer=True)

    def full(*_arguments: object, **_named: object) -> None:
        raise UserError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(saving, "save", full)
        with pytest.raises(UserError, match="full"):
            library_keys.trust_computer(tmp_path, key)
    assert library_keys.by_computer(tmp_path) == key
    assert len(keyring.kept) == 1


def test_files_beside_the_library_are_opened_by_its_words_with_any_program_of_the_format(tmp_path: Path) -> None:
    import pyrage  # type: ignore[import-untyped]

    key = kept(tmp_path)
    path = tmp_path / "beside.json"
    path.write_bytes(b"before")
    sealed_files.write(tmp_path, key.key, path, b"content")
    assert not path.exists()
    assert sealed_files.read(key.key, path) == b"content"
    assert pyrage.passphrase.decrypt(path.with_name("beside.json.age").read_bytes(), WORDS) == b"content"
    sealed_files.write(tmp_path, None, path, b"again")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["beside.json"]
    assert sealed_files.read(None, path) == sealed_files.read(key.key, path) == b"again"


def test_a_sealed_file_that_is_damaged_or_has_another_lock_is_told(tmp_path: Path) -> None:
    key = kept(tmp_path)
    path = tmp_path / "beside.json"
    sealed_files.write(tmp_path, key.key, path, b"content")
    sealed = path.with_name("beside.json.age")
    assert not sealed_files.is_sealed_with(sealed, library_keys.new_key().key)
    with pytest.raises(UserError, match="damaged, or has another lock"):
        sealed_files.read(library_keys.new_key().key, path)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(UserError, match="damaged, or has another lock"):
        sealed_files.read(key.key, path)
    with pytest.raises(FileNotFoundError):
        sealed_files.read(key.key, tmp_path / "none")
