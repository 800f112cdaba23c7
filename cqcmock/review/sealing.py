"""Sealing and opening files in the age format (https://age-encryption.org/v1), by passphrase or by key."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable
from typing import Any, Final

from cqcmock.errors import UserError
from cqcmock.review.errors import (
    AlteredError,
    NewerFormatError,
    NotForUsError,
    NotOursError,
    RefusedError,
    TooLargeError,
)

LARGEST: Final = 16_000_000
"""Bytes: 40 sittings of 8 answers of 20,000 characters come to 7 MB. Opening the largest file takes some 180 MB."""

_MAGIC = b"age-encryption.org/v1\n"
_SCRYPT = b"\n-> scrypt "
_STANZA = b"\n-> "
_ENDED = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_LONGEST_HEADER = 16_384
_MOST_STANZAS = 24
"""Those to whom one file is sealed. Each of them costs a moment for every key that is tried."""

_AGE = re.compile(rb"age-encryption\.org/v\d+\n")
_MARK = b"\xef\xbb\xbf"
_AS_TEXT_BEGINS, _AS_TEXT_ENDS = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"\n-----END AGE ENCRYPTED FILE-----"
_AS_TEXT_LETTERS = 64
_ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"Rar!")


def seal_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Seal so that whoever knows the passphrase can open it. Takes a moment, and 128 MiB of memory, by design.

    Raises UserError where there is not so much.
    """
    from cqcmock.review import passphrases

    try:
        return passphrases.sealed(content, passphrase)
    except MemoryError:
        raise _too_little_memory() from None


def seal_to(content: bytes, address: str) -> bytes:
    """Seal so that only the holder of the key to this address ("age1…") can open it.

    Raises UserError for what is no address.
    """
    pyrage = _age()
    try:
        recipient = pyrage.x25519.Recipient.from_str(address.strip())
    except (pyrage.RecipientError, UnicodeEncodeError) as error:
        raise UserError(
            "This is not the public key of a reviewer.", "It begins with “age1” and is 62 characters long."
        ) from error
    sealed: bytes = pyrage.encrypt(content, [recipient])
    return sealed


def new_address() -> tuple[str, str]:
    """A fresh key pair: the secret key, and the address that belongs to it."""
    pyrage = _age()
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def needs_passphrase(sealed: bytes) -> bool:
    """Whether it was sealed with a passphrase. Raises a RefusedError for what is no sealed file."""
    return _SCRYPT in _check(sealed)


def open_with_passphrase(sealed: bytes, passphrase: str) -> bytes:
    """What was sealed with a passphrase. Raises a RefusedError saying what is wrong with the file."""
    from cqcmock.review import passphrases

    if not needs_passphrase(sealed):
        raise NotForUsError(
            "This pack was sealed for somebody's key and not with a passphrase.",
            "Open it with the key, or ask for one with a passphrase.",
        )
    work = passphrases.work_of(sealed)
    if work is None:
        raise _cut_off()
    if work > passphrases.WORK:
        raise NotOursError(
            "Opening this file would take more of this computer's memory than any pack of this program.",
            "Ask for a pack that was sealed by this program.",
        )
    try:
        return passphrases.opened(sealed, passphrase)
    except passphrases.WrongPassphraseError:
        raise NotForUsError(
            "This does not open the file.",
            "Check the passphrase, word by word. If it is right, the file was sealed for somebody else, or damaged on "
            "its way: ask for it again.",
        ) from None
    except passphrases.DamagedError:
        raise _cut_off() from None
    except MemoryError:
        raise _too_little_memory() from None


def open_with_keys(sealed: bytes, keys: Iterable[str]) -> bytes:
    """What was sealed to the address of one of these secret keys. Raises a RefusedError as above.

    Raises UserError where one of them is no key.
    """
    pyrage = _age()
    header = _check(sealed)
    if _SCRYPT in header:
        raise NotForUsError("This file was sealed with a passphrase.", "Open it with the passphrase.")
    try:
        own = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except (pyrage.IdentityError, UnicodeEncodeError) as error:
        raise UserError(
            "What should open this file is not a secret key.", "It is one line that begins with “AGE-SECRET-KEY-1”."
        ) from error
    try:
        content: bytes = pyrage.decrypt(sealed, own)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotForUsError(
                "This file was sealed to another key.", "Ask for one that is sealed to yours, or to a passphrase."
            ) from error
        raise _cut_off() from error
    return content


def from_text(file: bytes) -> bytes:
    """The sealed file in one that age, or a mail program, has put into letters; any other as it is.

    Raises a RefusedError where the letters are not all there.
    """
    if not file[: len(_AS_TEXT_BEGINS) + 100].removeprefix(_MARK).lstrip().startswith(_AS_TEXT_BEGINS[:-5]):
        return file
    text = file.removeprefix(_MARK).strip().replace(b"\r\n", b"\n")
    if not text.startswith(_AS_TEXT_BEGINS) or not text.endswith(_AS_TEXT_ENDS):
        raise _cut_off()
    lines = text[len(_AS_TEXT_BEGINS) : -len(_AS_TEXT_ENDS)]
    line_ends = lines[_AS_TEXT_LETTERS :: _AS_TEXT_LETTERS + 1]
    if line_ends.strip(b"\n"):
        raise _cut_off()
    try:
        return b64decode(lines.replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise _cut_off() from None


def _age() -> Any:
    import pyrage  # type: ignore[import-untyped]

    return pyrage


def _check(sealed: bytes) -> bytes:
    """The header of the file, if it is one in the age format and not too large."""
    if len(sealed) > LARGEST:
        raise TooLargeError("This file is larger than any that the program makes.", "Check that it is the right one.")
    if not sealed.startswith(_MAGIC):
        raise _of_another_kind(sealed)
    ended = _ENDED.search(sealed, 0, _LONGEST_HEADER)
    if ended is None:
        raise _cut_off()
    header = sealed[: ended.end()]
    if header.count(_STANZA) > _MOST_STANZAS:
        raise NotOursError(
            "This file was sealed to very many people at once, which this program never does.",
            "Ask for one that is sealed to you alone.",
        )
    return header


def _of_another_kind(file: bytes) -> RefusedError:
    """Why a file that does not begin as one of ours is none, as far as that can be told."""
    if file and _MAGIC.startswith(file[: len(_MAGIC)]):
        return _cut_off()
    if _AGE.match(file):
        return NewerFormatError(
            "This file is sealed in a version of the age format that this program does not know.",
            "Ask for one that is sealed by this program.",
        )
    begins = file[:_LONGEST_HEADER].replace(b"\r\n", b"\n")
    if _AGE.search(begins) or _ENDED.search(begins):
        return AlteredError(
            "This file was changed on its way, as mail programs do when they take a file for text.",
            "Ask for it again, on a stick or as an attachment in a zip archive.",
        )
    if file.startswith(_ARCHIVES):
        return NotOursError("This is an archive.", "Take the file that is inside out of it, and choose that one.")
    return NotOursError("This is not a sealed file of this program.", "Check that it is the right one.")


def _too_little_memory() -> UserError:
    return UserError(
        "The computer has too little memory free to work with the passphrase: it takes 128 MB for a moment.",
        "Close other programs, then try again.",
    )


def _cut_off() -> AlteredError:
    return AlteredError("This file is damaged or was cut off on its way.", "Copy it again, or ask for it again.")
