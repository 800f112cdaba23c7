"""Files in the age format (https://age-encryption.org/v1) that a passphrase opens.

pyrage picks the work of a passphrase by how fast the computer is: a gigabyte and two seconds during which no other
thread runs, and nobody can tell it otherwise. So this one kind of recipient is written and read here, with the
primitives of `cryptography`, to the letter of the specification (https://c2sp.org/age): any age program opens it.
"""

from __future__ import annotations

import binascii
import io
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

WORK: Final = 17
"""The binary logarithm of scrypt's N: 128 MiB and some 0.3 s. The least that OWASP's Password Storage Cheat Sheet has;
against the six words that are offered, 66 bits, more would change nothing."""

LONGEST_HEADER: Final = 512
"""Bytes: a header of this kind takes some 150."""

_FIRST_LINE = b"age-encryption.org/v1\n"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_STANZA = re.compile(
    _FIRST_LINE + rb"-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<work>[1-9]\d?)\n(?P<body>[A-Za-z0-9+/]{43})\n---"
)
_MAC = re.compile(rb" ([A-Za-z0-9+/]{43})\n")
_FILE_KEY_BYTES = 16
_SALT_BYTES = 16
_NONCE_BYTES = 16
_TAG_BYTES = 16
_CHUNK_BYTES = 65_536
_NO_NONCE = bytes(12)


class WrongPassphraseError(Exception):
    """The passphrase does not open the file."""


class DamagedError(Exception):
    """The passphrase opens the file, which is no longer as it was written; or it never was in the format."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The beginning of a file that a passphrase opens, and the key inside it: for files that are sealed without asking
    for the passphrase again. The format derives a fresh key for every file that begins with the same header.
    """

    header: bytes
    file_key: bytes = field(repr=False)


def new_seal(passphrase: str, file_key: bytes | None = None) -> Seal:
    """What files begin with that this passphrase is to open. `file_key` are 16 bytes, of chance if none are given."""
    file_key, salt = file_key or secrets.token_bytes(_FILE_KEY_BYTES), secrets.token_bytes(_SALT_BYTES)
    body = ChaCha20Poly1305(_wrapping_key(passphrase, salt, WORK)).encrypt(_NO_NONCE, file_key, None)
    header = b"%s-> scrypt %s %d\n%s\n---" % (_FIRST_LINE, _base64(salt), WORK, _base64(body))
    return Seal(b"%s %s\n" % (header, _base64(_mac(file_key, header).finalize())), file_key)


def seal_belongs(seal: Seal) -> bool:
    """Whether the header of a seal is one that was made with its key, and is as it was made."""
    stanza = _STANZA.match(seal.header)
    written_mac = _MAC.fullmatch(seal.header, stanza.end()) if stanza else None
    if stanza is None or written_mac is None:
        return False
    try:
        _mac(seal.file_key, stanza[0]).verify(_bytes_of(written_mac[1]))
    except (InvalidSignature, DamagedError):
        return False
    return True


def sealed_with(seal: Seal, content: bytes) -> bytes:
    """The content as a file that the passphrase of this seal opens."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(_derived(seal.file_key, b"payload", nonce))
    chunks = (cipher.encrypt(number, part, None) for number, part in _numbered(content, _CHUNK_BYTES))
    return b"".join([seal.header, nonce, *chunks])


def opened_with(file_key: bytes, file: bytes) -> bytes:
    """What was sealed with a seal of this key. Raises DamagedError, also for what was sealed with another."""
    stanza = _STANZA.match(file)
    written_mac = _MAC.match(file, stanza.end()) if stanza else None
    if stanza is None or written_mac is None:
        raise DamagedError
    return _payload(file_key, stanza[0], written_mac, file)


def sealed(content: bytes, passphrase: str) -> bytes:
    """The content, so that only who knows the passphrase can open it."""
    return sealed_with(new_seal(passphrase), content)


def work_of(file: bytes) -> int | None:
    """How much work the passphrase of this file takes, or None where no passphrase, or not one alone, opens it."""
    stanza = _STANZA.match(file)
    return int(stanza["work"]) if stanza else None


def opened(file: bytes, passphrase: str) -> bytes:
    """What was sealed. Takes 2^work KiB. Raises WrongPassphraseError and DamagedError."""
    stanza = _STANZA.match(file)
    written_mac = _MAC.match(file, stanza.end()) if stanza else None
    if stanza is None or written_mac is None:
        raise DamagedError
    key = _wrapping_key(passphrase, _bytes_of(stanza["salt"]), int(stanza["work"]))
    try:
        file_key = ChaCha20Poly1305(key).decrypt(_NO_NONCE, _bytes_of(stanza["body"]), None)
    except InvalidTag:
        raise WrongPassphraseError from None
    return _payload(file_key, stanza[0], written_mac, file)


class SealedWriter:
    """A file that is sealed while it is written, so that neither the whole of it nor a copy in the clear is anywhere.

    `finish` has to be called: without the end that it writes, the file counts as cut off.
    """

    def __init__(self, seal: Seal, file: BinaryIO) -> None:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        file.write(seal.header + nonce)
        self._file = file
        self._cipher = ChaCha20Poly1305(_derived(seal.file_key, b"payload", nonce))
        self._waiting = bytearray()
        self._number = 0

    def write(self, content: bytes) -> int:
        """Take the next part of the content. Raises OSError."""
        self._waiting += content
        while len(self._waiting) > _CHUNK_BYTES:  # what may be the last chunk waits, for it is marked as such
            self._put(bytes(self._waiting[:_CHUNK_BYTES]), last=False)
            del self._waiting[:_CHUNK_BYTES]
        return len(content)

    def flush(self) -> None:
        """Hand on to the system what can be: the last chunk only when it is known to be the last."""
        self._file.flush()

    def finish(self) -> None:
        """Write the end. Raises OSError."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        self._file.flush()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The content of a sealed file, any part of it: only what is read is opened, and each chunk is checked then.

    Made by `reader_by_passphrase` or `reader_by_key`. Reading raises DamagedError, and OSError.
    """

    def __init__(self, file: BinaryIO, file_key: bytes, begins: int) -> None:
        super().__init__()
        ends = file.seek(0, io.SEEK_END)
        file.seek(begins)
        nonce = file.read(_NONCE_BYTES)
        begins += _NONCE_BYTES
        whole = _CHUNK_BYTES + _TAG_BYTES
        self._chunks = -(-(ends - begins) // whole)
        if self._chunks < 1 or len(nonce) < _NONCE_BYTES:
            raise DamagedError
        self._file = file
        self._begins = begins
        self._cipher = ChaCha20Poly1305(_derived(file_key, b"payload", nonce))
        self._at = 0
        self._held, self._number = b"", -1
        last = self._chunk(self._chunks - 1)  # what was cut off anywhere has no last chunk
        if self._chunks > 1 and not last:
            raise DamagedError
        self.size = (self._chunks - 1) * _CHUNK_BYTES + len(last)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the content."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def tell(self) -> int:
        """The place in the content."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read up to the end of a chunk."""
        number, offset = divmod(self._at, _CHUNK_BYTES)
        if self._at >= self.size:
            return 0
        room = memoryview(buffer)
        part = self._chunk(number)[offset : offset + len(room)]
        room[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if number != self._number:
            whole = _CHUNK_BYTES + _TAG_BYTES
            self._file.seek(self._begins + number * whole)
            sealed_chunk = self._file.read(whole)
            try:
                opened_chunk = self._cipher.decrypt(_nonce(number, last=number == self._chunks - 1), sealed_chunk, None)
            except (InvalidTag, ValueError):
                raise DamagedError from None
            self._held, self._number = opened_chunk, number
        return self._held


def reader_by_passphrase(file: BinaryIO, passphrase: str) -> SealedReader:
    """What was sealed with a passphrase, to be read in parts. Takes 2^work KiB: see `work_of`.

    Raises WrongPassphraseError and DamagedError.
    """
    begin = _begin(file)
    stanza = _STANZA.match(begin)
    if stanza is None:
        raise DamagedError
    key = _wrapping_key(passphrase, _bytes_of(stanza["salt"]), int(stanza["work"]))
    try:
        file_key = ChaCha20Poly1305(key).decrypt(_NO_NONCE, _bytes_of(stanza["body"]), None)
    except InvalidTag:
        raise WrongPassphraseError from None
    return reader_by_key(file, file_key)


def reader_by_key(file: BinaryIO, file_key: bytes) -> SealedReader:
    """What was sealed with a seal of this key, to be read in parts. Raises DamagedError, also for another key's."""
    begin = _begin(file)
    stanza = _STANZA.match(begin)
    written_mac = _MAC.match(begin, stanza.end()) if stanza else None
    if stanza is None or written_mac is None:
        raise DamagedError
    try:
        _mac(file_key, stanza[0]).verify(_bytes_of(written_mac[1]))
    except InvalidSignature:
        raise DamagedError from None
    return SealedReader(file, file_key, written_mac.end())


def _begin(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(LONGEST_HEADER)


def _payload(file_key: bytes, header: bytes, written_mac: re.Match[bytes], file: bytes) -> bytes:
    try:
        _mac(file_key, header).verify(_bytes_of(written_mac[1]))
    except InvalidSignature:
        raise DamagedError from None
    begins = written_mac.end() + _NONCE_BYTES
    return _content(_derived(file_key, b"payload", file[written_mac.end() : begins]), file[begins:])


def _content(key: bytes, chunks: bytes) -> bytes:
    cipher, parts = ChaCha20Poly1305(key), []
    try:
        for number, chunk in _numbered(chunks, _CHUNK_BYTES + _TAG_BYTES):
            parts.append(cipher.decrypt(number, chunk, None))
    except InvalidTag:
        raise DamagedError from None
    if len(parts) > 1 and not parts[-1]:  # only a file without content may end in an empty chunk
        raise DamagedError
    return b"".join(parts)


def _numbered(content: bytes, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Parts of this size, each with its nonce: its number, and whether it is the last."""
    last = max(0, len(content) - 1) // size
    for number in range(last + 1):
        yield _nonce(number, last=number == last), content[number * size : (number + 1) * size]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=_SCRYPT_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, what: bytes, salt: bytes = b"") -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=what).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> hmac.HMAC:
    mac = hmac.HMAC(_derived(file_key, b"header"), hashes.SHA256())
    mac.update(header)
    return mac


def _base64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _bytes_of(text: bytes) -> bytes:
    """Raises DamagedError for bits that stand for nothing: each content has one way of being written."""
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise DamagedError from None
    if _base64(data) != text:
        raise DamagedError
    return data
