"""What can be told of an encrypted file without opening it: whether it is one, and whether a key is its own.

SQLCipher 4 ends each page with 16 bytes of chance and an HMAC-SHA512 over the page and its number; the first page
begins with the salt (https://www.zetetic.net/sqlcipher/design/). So one sound page anywhere proves a key, and a
damaged file can be told from a wrong key.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Final

from cqcmock.storage.engine import PLAIN_HEADER

PAGE: Final = 4096
_SALT_BYTES: Final = 16
_HMAC_BYTES: Final = 64
_HMAC_SALT_MASK: Final = 0x3A
_HMAC_ROUNDS: Final = 2
_MOST_PAGES: Final = 4096
_FEWEST_VALUES: Final = 200
"""Of 256 values of a byte, those that come up in a page that is encrypted: some 255 on average."""


def seems_locked(path: Path) -> bool:
    """Whether a file looks like an encrypted database, and not like a plain one that is damaged. Raises OSError."""
    with path.open("rb") as file:
        page = file.read(PAGE)
    return not page.startswith(PLAIN_HEADER[:6]) and len(page) == PAGE and len(set(page)) >= _FEWEST_VALUES


def has_page_of(path: Path, raw_key: str) -> bool:
    """Whether any page of a file, of the first few thousand, was written with this key. Raises OSError."""
    with path.open("rb") as file:
        salt = file.read(_SALT_BYTES)
        file.seek(0)
        mac_key = hashlib.pbkdf2_hmac(
            "sha512", bytes.fromhex(raw_key), bytes(byte ^ _HMAC_SALT_MASK for byte in salt), _HMAC_ROUNDS, 32
        )
        for number in range(1, _MOST_PAGES + 1):
            page = file.read(PAGE)
            if len(page) < PAGE:
                return False
            covered = page[_SALT_BYTES if number == 1 else 0 : -_HMAC_BYTES]
            mac = hmac.new(mac_key, covered + number.to_bytes(4, "little"), "sha512").digest()
            if hmac.compare_digest(mac, page[-_HMAC_BYTES:]):
                return True
    return False
