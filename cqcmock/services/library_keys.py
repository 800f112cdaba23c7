"""The key of a locked library: kept only inside sealed files in the folder `keys`, one for each way in.

`words.age` is opened by the six recovery words, `computer.age` by a secret in this computer's keyring, `escrow.age` by
the secret key of the council's own key pair. All are in the age format and hold the same few lines, so that somebody
with the words, the program `age` and the program `sqlcipher` can read a library without this program.

`seal` is the beginning of every other file that the words open, such as a backup in a second place. Its key is derived
from the library's, so that such files can be written without asking for the words.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cqcmock import storage
from cqcmock.errors import UserError
from cqcmock.services import computer_keyring, saving

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal

FOLDER: Final = "keys"
WORDS, COMPUTER, ESCROW, SEAL = "words.age", "computer.age", "escrow.age", "seal"
ESCROW_ADDRESS, ID = "escrow-address.txt", "id.txt"
_NEXT, _BEFORE = "keys.next", "keys.before"
_WHAT: Final = "cqcmock library key"
_KEY_BYTES, _FILE_KEY_BYTES = 32, 16
_FEWEST_LETTERS: Final = 4
"""No two of the words have the same first four letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryKey:
    """The key of a library, as it stands in each sealed file: `key` for SQLCipher, in hexadecimal.

    `previous` is the key before it, by which files are read that a change of key has not come to yet.
    """

    what: str = _WHAT
    id: str
    key: str = field(repr=False)
    previous: str = field(default="", repr=False)


class WrongWordsError(UserError):
    """What was typed does not unlock the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """By what a library can be unlocked; without `words` it is not locked at all."""

    words: bool
    computer: bool
    escrow: bool


def folder_of(folder: Path) -> Path:
    """Where the keys of a data folder are, once a change of keys that was cut short is settled."""
    keys, following, before = folder / FOLDER, folder / _NEXT, folder / _BEFORE
    if following.exists() and not keys.exists():
        following.rename(keys)
        storage.folder.flush(folder)
    for left in (following, before):
        if keys.exists() and left.exists():
            _erase_folder(left)
    return keys


def ways_in(folder: Path) -> WaysIn:
    """By what the library of a data folder can be unlocked."""
    if not any((folder / name).exists() for name in (FOLDER, _NEXT)):
        return WaysIn(words=False, computer=False, escrow=False)
    keys = folder_of(folder)
    words, computer, escrow = ((keys / name).exists() for name in (WORDS, COMPUTER, ESCROW))
    return WaysIn(words=words or escrow, computer=computer, escrow=escrow)


def new_key(previous: str = "") -> LibraryKey:
    """A key of 256 bits of chance."""
    return LibraryKey(id=str(uuid.uuid4()), key=secrets.token_hex(_KEY_BYTES), previous=previous)


def keep(folder: Path, key: LibraryKey, words: str, *, computer: bool, escrow: str = "") -> None:
    """Write every way in to a key, in the place of those there were: either all of them are there afterwards, or none.

    `words` are as `understood` gives them, `escrow` is the public key of the council ("age1…"). Raises UserError.
    """
    from cqcmock.review import passphrases, sealing

    content = msgspec.json.encode(asdict(key))
    files = {WORDS: sealing.seal_with_passphrase(content, words)}
    files[ID] = f"{key.id}\n".encode()
    files[SEAL] = passphrases.new_seal(words, file_key(key.key)).header
    if escrow:
        files |= {ESCROW: sealing.seal_to(content, escrow), ESCROW_ADDRESS: f"{escrow.strip()}\n".encode()}
    if computer:
        secret, address = sealing.new_address()
        computer_keyring.keep(key.id, secret)
        files[COMPUTER] = sealing.seal_to(content, address)
    keys, following, before = folder_of(folder), folder / _NEXT, folder / _BEFORE
    try:
        following.mkdir(mode=0o700, parents=True)
        for name, sealed in files.items():
            saving.save(following / name, sealed, "The key of the library")
        if keys.exists():
            keys.rename(before)
        following.rename(keys)
        storage.folder.flush(folder)
    except OSError as error:
        raise UserError(
            f"The key of the library could not be kept in {folder}: {error.strerror or error}.",
            "Free some space, and check that you may write there. The library is as it was.",
        ) from error
    if before.exists():
        _erase_folder(before)


def trust_computer(folder: Path, key: LibraryKey) -> None:
    """Let the keyring of this computer unlock the library. Raises UserError."""
    from cqcmock.review import sealing

    secret, address = sealing.new_address()
    computer_keyring.keep(key.id, secret)
    sealed = sealing.seal_to(msgspec.json.encode(asdict(key)), address)
    saving.save(folder_of(folder) / COMPUTER, sealed, "The key of the library")


def forget_computer(folder: Path, key: LibraryKey) -> None:
    """Let the keyring unlock the library no more: the words are asked for at each start. Raises UserError."""
    _erase(folder_of(folder) / COMPUTER)
    computer_keyring.forget(key.id)


def remove(folder: Path, key: LibraryKey) -> None:
    """Erase every way in. Whatever is still encrypted with the key can be read by nobody afterwards."""
    computer_keyring.forget(key.id)
    _erase_folder(folder_of(folder))


def by_words(folder: Path, words: str) -> LibraryKey:
    """The key, by the recovery words as `understood` gives them. Raises WrongWordsError, and UserError otherwise."""
    from cqcmock.review import sealing
    from cqcmock.review.errors import NotForUsError, RefusedError

    sealed = _read(folder_of(folder) / WORDS)
    try:
        return _key(sealing.open_with_passphrase(sealed, words))
    except NotForUsError as error:
        raise WrongWordsError(
            "These words do not unlock the library.", "Check each word against the paper, and their order."
        ) from error
    except RefusedError as error:
        raise _damaged(folder_of(folder) / WORDS) from error


def by_computer(folder: Path) -> LibraryKey | None:
    """The key, by this computer's keyring; None where the words have to be asked for."""
    from cqcmock.review import sealing
    from cqcmock.review.errors import RefusedError

    path = folder_of(folder) / COMPUTER
    if not path.exists():
        return None
    try:
        secret = computer_keyring.fetch(path.with_name(ID).read_text("utf-8").strip())
        return _key(sealing.open_with_keys(_read(path), [secret])) if secret else None
    except (RefusedError, UserError, OSError, ValueError):  # whatever is wrong with it, the words are another way
        return None


def by_escrow(folder: Path, secret: str) -> LibraryKey:
    """The key, by the secret key of the council's key pair. Raises WrongWordsError, and UserError otherwise."""
    from cqcmock.review import sealing
    from cqcmock.review.errors import NotForUsError, RefusedError

    path = folder_of(folder) / ESCROW
    if not path.exists():
        raise UserError("No council key was given when this library was locked.", "Use the six recovery words.")
    try:
        return _key(sealing.open_with_keys(_read(path), [secret]))
    except NotForUsError as error:
        raise WrongWordsError("This key does not unlock the library.", "Use the one that belongs to the council’s "
                              "public key of the day on which it was locked.") from error  # fmt: skip
    except RefusedError as error:
        raise _damaged(path) from error


def id_of(folder: Path) -> str:
    """The name of the key that is in use, under which the keyring keeps its secret. Raises UserError."""
    return _read(folder_of(folder) / ID).decode("utf-8", "replace").strip()


def escrow_address(folder: Path) -> str:
    """The public key of the council that the library was locked to as well, or nothing."""
    path = folder_of(folder) / ESCROW_ADDRESS
    return path.read_text("utf-8").strip() if path.exists() else ""


def seal_of(folder: Path, raw_key: str) -> Seal:
    """What every other file begins with that the recovery words open. Raises UserError where it is damaged."""
    from cqcmock.review.passphrases import Seal, seal_belongs

    seal = Seal(_read(folder_of(folder) / SEAL), file_key(raw_key))
    if not seal_belongs(seal):
        raise _damaged(folder_of(folder) / SEAL)
    return seal


def file_key(raw_key: str) -> bytes:
    """The 16 bytes by which files of the age format are sealed that belong to a library with this key."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derive = HKDF(
        algorithm=hashes.SHA256(), length=_FILE_KEY_BYTES, salt=None, info=b"cqcmock files beside the library"
    )
    return derive.derive(bytes.fromhex(raw_key))


def understood(typed: str) -> str:
    """The recovery words, however they were typed: capitals, numbers, commas, and only their first four letters.

    Raises WrongWordsError that says which word is none of those that are ever given out, or how many are missing.
    """
    from cqcmock.review import words

    given = [word for word in words.plain(typed.replace(",", " ")).split() if not word.rstrip(".)").isdigit()]
    meant = []
    for at, word in enumerate(given, 1):
        known = [
            one for one in words.all_offered() if one == word or (len(word) >= _FEWEST_LETTERS and one.startswith(word))
        ]
        if len(known) != 1:
            raise WrongWordsError(
                f"Word {at} is none of the words that are used for this.",
                "Check it against the paper, letter by letter.",
            )
        meant += known
    if len(meant) != words.PASSPHRASE_WORDS:
        raise WrongWordsError(
            f"There are {len(meant)} words; the paper has {words.PASSPHRASE_WORDS}.",
            "Type all of them, in their order.",
        )
    return " ".join(meant)


def _key(content: bytes) -> LibraryKey:
    try:
        key = msgspec.json.decode(content, type=LibraryKey)
        if key.what == _WHAT and len(bytes.fromhex(key.key)) == _KEY_BYTES:
            return key
    except (msgspec.MsgspecError, ValueError):
        pass
    raise UserError("What was unlocked is not the key of a library.", "Put the folder “keys” back from a copy.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UserError:
    return UserError(
        f"The key file {path} is damaged or missing.",
        "Use another way in, or put the folder “keys” back from a copy, or restore a backup from your second place.",
    )


def _erase(path: Path) -> None:
    try:
        storage.conversion.erase(path)
    except OSError as error:
        raise UserError(f"{path} could not be deleted: {error.strerror or error}.", "Try again.") from error


def _erase_folder(folder: Path) -> None:
    for path in folder.iterdir():
        _erase(path)
    try:
        folder.rmdir()
    except OSError as error:
        raise UserError(f"{folder} could not be deleted: {error.strerror or error}.", "Try again.") from error
