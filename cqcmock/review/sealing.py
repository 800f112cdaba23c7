"""Sealing and opening files in the age format (https://age-encryption.org/v1), by passphrase or by key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from cqcmock.errors import UserError
from cqcmock.review.errors import AlteredError, NotForUsError, NotOursError, TooLargeError

LARGEST: Final = 16_000_000
"""Bytes: 40 sittings of 8 answers of 20,000 characters come to 7 MB. Opening the largest file takes some 180 MB."""

_MAGIC = b"age-encryption.org/v1\n"
_SCRYPT = b"\n-> scrypt "
_ENDED = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_LONGEST_HEADER = 16_384


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
    except pyrage.RecipientError as error:
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
            "Check the passphrase, word by word. If it is right, the file was sealed for somebody else.",
        ) from None
    except passphrases.DamagedError:
        raise _cut_off() from None
    except MemoryError:
        raise _too_little_memory() from None


def open_with_keys(sealed: bytes, keys: Iterable[str]) -> bytes:
    """What was sealed to the address of one of these secret keys. Raises a RefusedError as above."""
    pyrage = _age()
    header = _check(sealed)
    if _SCRYPT in header:
        raise NotForUsError("This file was sealed with a passphrase.", "Open it with the passphrase.")
    try:
        content: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key) for key in keys])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotForUsError(
                "This file was sealed to another key.", "Ask for one that is sealed to yours, or to a passphrase."
            ) from error
        raise _cut_off() from error
    return content


def _age() -> Any:
    import pyrage  # type: ignore[import-untyped]

    return pyrage


def _check(sealed: bytes) -> bytes:
    """The header of the file, if it is one in the age format and not too large."""
    if len(sealed) > LARGEST:
        raise TooLargeError("This file is larger than any that the program makes.", "Check that it is the right one.")
    if not sealed.startswith(_MAGIC):
        if sealed and _MAGIC.startswith(sealed[: len(_MAGIC)]):
            raise _cut_off()
        raise NotOursError("This is not a sealed file of this program.", "Check that it is the right one.")
    ended = _ENDED.search(sealed, 0, _LONGEST_HEADER)
    if ended is None:
        raise _cut_off()
    return sealed[: ended.end()]


def _too_little_memory() -> UserError:
    return UserError(
        "The computer has too little memory free to work with the passphrase: it takes 128 MB for a moment.",
        "Close other programs, then try again.",
    )


def _cut_off() -> AlteredError:
    return AlteredError("This file is damaged or was cut off on its way.", "Copy it again, or ask for it again.")
