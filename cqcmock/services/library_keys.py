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
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cqcmock import storage
from cqcmock.errors import UserError
from cqcmock.services import computer_keyring, moving_in, saving

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal

FOLDER: Final = "keys"
WORDS, COMPUTER, ESCROW, SEAL = "words.age", "computer.age", "escrow.age", "seal"
ESCROW_ADDRESS, ID = "escrow-address.txt", "id.txt"
_NEXT, _BEFORE, _GONE = "keys.next", "keys.before", "keys.gone"
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
    """Where the keys of a data folder are, once a change of keys that was cut short is settled. Raises UserError.

    Nobody else may be changing them at the moment.
    """
    keys, current = folder / FOLDER, _current(folder)
    try:
        if current != keys and current.exists():
            current.rename(keys)
            storage.folder.flush(folder)
    except OSError as error:
        raise UserError(
            f"The folder {current} could not be renamed to “{FOLDER}”: {error.strerror or error}.", "Try again."
        ) from error
    for left in (folder / _NEXT, folder / _BEFORE, folder / _GONE):
        if left.exists():
            _erase_folder(left)
    return keys


def _current(folder: Path) -> Path:
    """The folder that holds the keys of now, whatever was cut short; there is none where the library has no lock.

    The keys of before make room only when the next ones are whole: without them, the next ones are unfinished.
    """
    keys, following, before = folder / FOLDER, folder / _NEXT, folder / _BEFORE
    if keys.exists() or not before.exists():
        return keys
    return following if following.exists() else before


def ways_in(folder: Path) -> WaysIn:
    """By what the library of a data folder can be unlocked."""
    moving_in.finish(folder)
    keys = _current(folder)
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
        files |= {ESCROW: _sealed_for_escrow(content, escrow), ESCROW_ADDRESS: f"{escrow.strip()}\n".encode()}
    if computer:
        secret, address = sealing.new_address()
        computer_keyring.keep(key.id, secret)
        files[COMPUTER] = sealing.seal_to(content, address)
    try:
        put(folder, files)
    except UserError:
        if computer:
            computer_keyring.forget(key.id)
        raise


def taken_down(folder: Path) -> dict[str, bytes]:
    """Every way in as it stands in its file, for `put` to write again where what follows comes to nothing."""
    try:
        return {path.name: path.read_bytes() for path in folder_of(folder).iterdir()}
    except OSError as error:
        raise _damaged(folder / FOLDER) from error


def put(folder: Path, files: dict[str, bytes]) -> None:
    """Put these files in the place of the keys there were: all of them, or none. Raises UserError."""
    keys, following, before = folder_of(folder), folder / _NEXT, folder / _BEFORE
    there = False
    try:
        following.mkdir(mode=0o700, parents=True)
        for name, content in files.items():
            saving.save(following / name, content, "The key of the library")
        storage.folder.flush(folder)
        if keys.exists():
            keys.rename(before)
        following.rename(keys)
        there = True
        storage.folder.flush(folder)
    except (OSError, UserError) as error:
        with suppress(OSError, UserError):
            if there:
                keys.rename(following)
            if before.exists():
                before.rename(keys)
            folder_of(folder)
        reason = error.strerror or error if isinstance(error, OSError) else error.what_happened
        raise UserError(
            f"The key of the library could not be kept in {folder}: {reason}",
            "Free some space, and check that you may write there. The library is as it was.",
        ) from error
    _erase_if_possible(before)


def _sealed_for_escrow(content: bytes, address: str) -> bytes:
    from cqcmock.review import sealing

    try:
        return sealing.seal_to(content, address)
    except UserError as error:
        raise UserError(
            "The council’s public key is not one of the age format.", "It begins with “age1” and is 62 characters long."
        ) from error


def trust_computer(folder: Path, key: LibraryKey) -> None:
    """Let the keyring of this computer unlock the library. Raises UserError."""
    from cqcmock.review import sealing

    secret, address = sealing.new_address()
    before = computer_keyring.fetch(key.id)
    computer_keyring.keep(key.id, secret)
    sealed = sealing.seal_to(msgspec.json.encode(asdict(key)), address)
    try:
        saving.save(folder_of(folder) / COMPUTER, sealed, "The key of the library")
    except UserError:
        if before:
            computer_keyring.keep(key.id, before)
        raise


def forget_computer(folder: Path, key: LibraryKey) -> None:
    """Let the keyring unlock the library no more: the words are asked for at each start. Raises UserError."""
    _erase(folder_of(folder) / COMPUTER)
    computer_keyring.forget(key.id)


def remove(folder: Path, key: LibraryKey) -> None:
    """Erase every way in. Whatever is still encrypted with the key can be read by nobody afterwards.

    Raises UserError: then they are all there.
    """
    keys, gone = folder_of(folder), folder / _GONE
    try:
        keys.rename(gone)  # at once: half a folder of keys would lock a library that has no lock
    except OSError as error:
        raise UserError(f"{keys} could not be deleted: {error.strerror or error}.", "Try again.") from error
    with suppress(OSError):
        storage.folder.flush(folder)
    computer_keyring.forget(key.id)
    _erase_if_possible(gone)


def by_words(folder: Path, words: str) -> LibraryKey:
    """The key, by the recovery words as `understood` gives them. Raises WrongWordsError, and UserError otherwise."""
    from cqcmock.review import sealing
    from cqcmock.review.errors import NotForUsError, RefusedError

    sealed = _read(folder_of(folder) / WORDS)
    try:
        return key_in(sealing.open_with_passphrase(sealed, words))
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
        return key_in(sealing.open_with_keys(_read(path), [secret])) if secret else None
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
        return key_in(sealing.open_with_keys(_read(path), [secret]))
    except NotForUsError as error:
        raise WrongWordsError("This key does not unlock the library.", "Use the one that belongs to the council’s "
                              "public key of the day on which it was locked.") from error  # fmt: skip
    except RefusedError as error:
        raise _damaged(path) from error


def id_of(folder: Path) -> str:
    """The name of the key that is in use, under which the keyring keeps its secret. Raises UserError."""
    return _read(_current(folder) / ID).decode("utf-8", "replace").strip()


def escrow_address(folder: Path) -> str:
    """The public key of the council that the library was locked to as well, or nothing."""
    path = _current(folder) / ESCROW_ADDRESS
    return path.read_text("utf-8").strip() if path.exists() else ""


def seal_of(folder: Path, raw_key: str) -> Seal:
    """What every other file begins with that the recovery words open. Raises UserError where it is damaged."""
    from cqcmock.review.passphrases import Seal, seal_belongs

    seal = Seal(_read(_current(folder) / SEAL), file_key(raw_key))
    if not seal_belongs(seal):
        raise _damaged(_current(folder) / SEAL)
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


def key_in(content: bytes) -> LibraryKey:
    """The key in what was sealed, once it is opened. Raises UserError for what is none."""
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
        storage.conversion.erase_file(path)
    except OSError as error:
        raise UserError(f"{path} could not be deleted: {error.strerror or error}.", "Try again.") from error


def _erase_folder(folder: Path) -> None:
    try:
        inside = list(folder.iterdir())
        for path in inside:
            storage.conversion.erase_file(path)
        folder.rmdir()
    except OSError as error:
        raise UserError(f"{folder} could not be deleted: {error.strerror or error}.", "Try again.") from error


def _erase_if_possible(folder: Path) -> None:
    """What cannot be erased now is erased when the keys are looked at the next time."""
    if folder.exists():
        with suppress(UserError):
            _erase_folder(folder)
