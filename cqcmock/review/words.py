"""Words to be said over the telephone: passphrases, and short codes by which two people see that files are the same.

The words are those of BIP 39: common ones, no two with the same first four letters. Each is worth eleven bits.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from cqcmock.errors import UserError

PASSPHRASE_WORDS = 6
CODE_WORDS = 4
KEY_WORDS = 6
_BITS = 11

WEAKEST_GUESSES = 14.0
"""The decimal logarithm of the guesses that a passphrase of one's own has to withstand; six offered words: 19.8."""

LONGEST_PASSPHRASE = 200
_MOST_JUDGED = 72
"""Characters: zxcvbn takes no more, and what is safe so far is safe."""


@cache
def _list() -> tuple[str, ...]:
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").wordlist)


def is_offered(word: str) -> bool:
    """Whether it is one of the words of which offered passphrases are made."""
    return word in _list()


def all_offered() -> tuple[str, ...]:
    """The words of which offered passphrases are made, in the order of their letters."""
    return _list()


def offered_passphrase() -> str:
    """Six words drawn by chance: 66 bits."""
    return " ".join(secrets.choice(_list()) for _ in range(PASSPHRASE_WORDS))


def plain(passphrase: str) -> str:
    """The passphrase as it is used, however it was typed: capitals, and spaces between words, do not matter."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().split())


def check_passphrase(passphrase: str) -> str:
    """The passphrase as it is used. Raises UserError for one that could be guessed."""
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    used = plain(passphrase)
    if len(used) > LONGEST_PASSPHRASE:
        raise UserError("The passphrase is longer than 200 characters.", "Use the six words that are offered.")
    if not used or float(zxcvbn(used[:_MOST_JUDGED])["guesses_log10"]) < WEAKEST_GUESSES:
        raise UserError("This passphrase could be guessed.", "Use the six words that are offered, or a longer one.")
    return used


def word_code(digest: str, words: int = CODE_WORDS) -> str:
    """The beginning of a digest (hexadecimal) as words that can be read out."""
    number = int(digest, 16) >> (len(digest) * 4 - words * _BITS)
    picked = [(number >> (_BITS * at)) & (2**_BITS - 1) for at in reversed(range(words))]
    return " ".join(_list()[at] for at in picked)
