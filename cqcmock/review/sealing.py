"""Sealing and opening files in the age format (https://age-encryption.org/v1), by passphrase or by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from cqcmock.errors import UserError
from cqcmock.review.errors import AlteredError, NotForUsError, NotOursError, RefusedError, TooLargeError

LARGEST: Final = 16_000_000
"""Bytes: 40 sittings of 8 answers of 20,000 characters come to 7 MB. Opening the largest file takes some 180 MB."""

STRONGEST_WORK: Final = 22
"""A higher work factor (the binary logarithm of scrypt's N) would keep a laptop busy for minutes: no pack has one."""

_MAGIC = b"age-encryption.org/v1\n"
_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]+ (\d{1,10})\n")
_ENDED = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_LONGEST_HEADER = 16_384


def seal_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Seal so that whoever knows the passphrase can open it. Takes seconds, and much memory, by design."""
    return _apart(_encrypted, content, passphrase)


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
    return _SCRYPT.search(_check(sealed)) is not None


def open_with_passphrase(sealed: bytes, passphrase: str) -> bytes:
    """What was sealed with a passphrase. Raises a RefusedError saying what is wrong with the file."""
    header = _check(sealed)
    work = _SCRYPT.search(header)
    if work is None:
        raise NotForUsError(
            "This pack was sealed for somebody's key and not with a passphrase.",
            "Open it with the key, or ask for one with a passphrase.",
        )
    if int(work[1]) > STRONGEST_WORK:
        raise _too_much_work()
    opened = _apart(_decrypted, sealed, passphrase)
    if isinstance(opened, str):
        raise _why(opened)
    return opened


def open_with_keys(sealed: bytes, keys: Iterable[str]) -> bytes:
    """What was sealed to the address of one of these secret keys. Raises a RefusedError as above."""
    pyrage = _age()
    header = _check(sealed)
    if _SCRYPT.search(header):
        raise NotForUsError("This file was sealed with a passphrase.", "Open it with the passphrase.")
    try:
        content: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key) for key in keys])
    except pyrage.DecryptError as error:
        raise _why(str(error)) from error
    return content


Result = TypeVar("Result")


def _apart(work: Callable[[bytes, str], Result], content: bytes, passphrase: str) -> Result:
    """Do it in a process of its own: pyrage holds Python's lock for seconds, and a window would stand still.

    It also takes up to a gigabyte, which goes back to the computer when the process ends.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
            return elsewhere.submit(work, content, passphrase).result()
    except BrokenProcessPool as error:
        raise UserError(
            "The computer had too little memory free to work with the passphrase: it takes a gigabyte for two seconds.",
            "Close other programs, then try again.",
        ) from error


def _encrypted(content: bytes, passphrase: str) -> bytes:
    sealed: bytes = _age().passphrase.encrypt(content, passphrase)
    return sealed


def _decrypted(sealed: bytes, passphrase: str) -> bytes | str:
    """The content, or what age says of why there is none."""
    pyrage = _age()
    try:
        content: bytes = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        return str(error)
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


def _cut_off() -> AlteredError:
    return AlteredError("This file is damaged or was cut off on its way.", "Copy it again, or ask for it again.")


def _why(said: str) -> RefusedError:
    """Age says whether a key opens the header; everything after that is about the content."""
    if "No matching keys" in said or said == "Decryption failed":
        return NotForUsError(
            "This does not open the file.",
            "Check the passphrase, word by word. If it is right, the file was sealed for somebody else.",
        )
    if "Excessive" in said:
        return _too_much_work()
    return _cut_off()


def _too_much_work() -> NotOursError:
    return NotOursError("This file would keep the computer busy for hours.", "Ask for the pack again.")
