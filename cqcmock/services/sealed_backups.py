"""One file that holds everything of a data folder, sealed so that the six recovery words alone open it.

It is a zip archive (nothing compressed) in an age file. Somebody with the words, the program `age` and the program
`sqlcipher` can read the library in it without this program: `key.json` in it says how. It is written and read in parts:
neither the whole of it nor anything in the clear is ever in memory or in a temporary file.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from cqcmock.errors import UserError
from cqcmock.services import library_keys
from cqcmock.services.library_keys import LibraryKey, WrongWordsError
from cqcmock.services.reviewer_keys import FILE as OWN_KEY
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.services.reviewer_keys import SIGNED_FOR
from cqcmock.services.sealed_files import SEALED
from cqcmock.settings import FILE_NAME as SETTINGS
from cqcmock.storage.folder import LIBRARY, make_private

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal, SealedReader

ENDING: Final = ".age"
COUNCIL_KEY: Final = "library-key-for-the-council"
KEY, MANIFEST = "key.json", "manifest.json"
KEY_FILES: Final = tuple(
    f"{library_keys.FOLDER}/{name}"
    for name in (library_keys.WORDS, library_keys.ESCROW, library_keys.ESCROW_ADDRESS, library_keys.ID,
                 library_keys.SEAL)
)  # fmt: skip
"""Not the one for the computer's keyring: another computer has another one."""

SMALL_FILES: Final = (KEY, SETTINGS, f"{REVIEW}/{OWN_KEY}{SEALED}", f"{REVIEW}/{SIGNED_FOR}", *KEY_FILES)
_OF_A_PACK: Final = re.compile(rf"{REVIEW}/[0-9a-f]{{32}}/(library\.sqlite|opened-from\.txt)")
_OPENED_FROM: Final = "/opened-from.txt"

LARGEST_SMALL: Final = 1_000_000
LARGEST: Final = 0xFFFF_0000
"""Bytes of one file, and of all of them: what a plain zip archive can hold. A library takes some 2 KB an answer."""

MOST_FILES: Final = 2_000
_LARGEST_INDEX: Final = 400 * MOST_FILES
_AT_ONCE: Final = 1 << 18
_KEY_BYTES: Final = 32
_KEY_ID: Final = re.compile("[0-9a-f-]{36}")
_INDEX_ENDS: Final = struct.Struct("<4s4H2LH")
_WHAT: Final = "cqcmock backup"
_NOT_AN_ARCHIVE: Final = (
    zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, RuntimeError, KeyError, EOFError, OverflowError
)  # fmt: skip

Source = Path | bytes
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends it."""


class DamagedBackupError(UserError):
    """A file that is no backup of this program, or no longer as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """How long a file in the archive is, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive holds: of when it is (UTC), in which form the library is, how much is in it, and every file.

    `entries` and `head` are the audit trail's. Packs that are marked here and could not be read were `left_out`.
    """

    what: str = _WHAT
    program: str
    made_at: datetime
    form: str
    entries: int
    head: str
    holds: Mapping[str, int]
    left_out: int = 0
    files: Mapping[str, FileFacts] = field(default_factory=dict)


def key_file(key_id: str, raw_key: str) -> bytes:
    """What stands in the archive so that the library in it can be read, with this program or without it."""
    held = {
        "what": "cqcmock library key",
        "id": key_id,
        "key": raw_key,
        "how_to_open": "Without CQC Mock: sqlcipher library.sqlite, and there the line of “type”, and “.dump” to see "
        "everything. The same key opens every library.sqlite in here.",
        "type": f"PRAGMA key = \"x'{raw_key}'\";",
    }
    return msgspec.json.format(msgspec.json.encode(held), indent=2)


def library_key(content: bytes) -> LibraryKey:
    """The key in such a file, or in the council's. Raises DamagedBackupError."""
    try:
        key = msgspec.json.decode(content, type=LibraryKey)
        if len(bytes.fromhex(key.key)) == _KEY_BYTES and _KEY_ID.fullmatch(key.id):
            return LibraryKey(id=key.id, key=key.key)
    except (msgspec.MsgspecError, ValueError):
        pass
    raise _damaged()


def write(
    file: BinaryIO, seal: Seal, sources: Mapping[str, Source], about: Manifest, progress: Progress | None = None
) -> Manifest:
    """Write a sealed archive of these files, under names that `name_is_ours` knows; return what it holds.

    Raises OSError, and UserError where it would be too large.
    """
    from cqcmock.review.passphrases import SealedWriter

    total = sum(map(_size, sources.values()))
    if total > LARGEST or len(sources) > MOST_FILES:
        raise UserError(
            "There is too much in the data folder for one file.",
            "Forget packs that you have returned, and copy the whole folder by hand for the time being.",
        )
    sealed = SealedWriter(seal, file)
    facts: dict[str, FileFacts] = {}
    done = 0
    with zipfile.ZipFile(sealed, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, source in sources.items():
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(name, about.made_at), "w") as target:
                for part in _parts(source):
                    digest.update(part)
                    size += len(part)
                    target.write(part)
                    if progress:
                        progress(done + size, total)
            done += size
            facts[name] = FileFacts(size=size, sha256=digest.hexdigest())
        whole = replace(about, files=facts)
        archive.writestr(_entry(MANIFEST, about.made_at), msgspec.json.encode(asdict(whole)))
    sealed.finish()
    return whole


class SealedBackup:
    """A sealed archive that was opened. Made by `opened`; whatever is read of it is checked against its digest."""

    def __init__(self, path: Path, reader: SealedReader) -> None:
        """Raises DamagedBackupError, and passphrases.DamagedError."""
        self._path = path
        self._archive = _archive(reader)
        infos = {info.filename: info for info in self._archive.infolist()}
        if len(infos) != len(self._archive.infolist()) or not all(map(_is_plain, infos.values())):
            raise _damaged()
        if MANIFEST not in infos or infos[MANIFEST].file_size > LARGEST_SMALL:
            raise _damaged()
        self.manifest = _manifest(self._archive.read(MANIFEST))
        there = {name: info.file_size for name, info in infos.items() if name != MANIFEST}
        told = {name: facts.size for name, facts in self.manifest.files.items()}
        if there != told or not all(name_is_ours(name, size) for name, size in told.items()):
            raise _damaged()
        if LIBRARY not in told or KEY not in told or sum(told.values()) > LARGEST:
            raise _damaged()

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return sum(facts.size for facts in self.manifest.files.values())

    def small(self, name: str) -> bytes:
        """What stands in one of the small files. Raises KeyError where it is not there, and DamagedBackupError."""
        return b"".join(self._parts(name))

    def check(self, progress: Progress | None = None) -> None:
        """Read everything and compare it with its digests. Raises DamagedBackupError."""
        self._each(lambda _name, parts: [None for _ in parts], progress)

    def extract(self, folder: Path, progress: Progress | None = None) -> None:
        """Write every file but the archive's own into a folder that is empty. Raises DamagedBackupError, OSError."""

        def write_out(name: str, parts: Iterator[bytes]) -> None:
            if name == KEY:
                for _ in parts:
                    pass
                return
            path = folder / name
            make_private(path.parent)
            with path.open("xb") as target:
                path.chmod(0o600)
                for part in parts:
                    target.write(part)

        self._each(write_out, progress)

    def _each(self, do: Callable[[str, Iterator[bytes]], object], progress: Progress | None) -> None:
        done = 0

        def counted(name: str) -> Iterator[bytes]:
            nonlocal done
            for part in self._parts(name):
                done += len(part)
                if progress:
                    progress(done, self.size)
                yield part

        for name in self.manifest.files:
            do(name, counted(name))

    def _parts(self, name: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with _told(self._path):
            entry = self._archive.open(name)
        with entry:
            while True:
                with _told(self._path):
                    part = entry.read(_AT_ONCE)
                if not part:
                    break
                digest.update(part)
                yield part
        if digest.hexdigest() != self.manifest.files[name].sha256:
            raise _damaged()


@contextmanager
def opened(path: Path, *, words: str = "", secret: str = "", raw_key: str = "") -> Iterator[SealedBackup]:
    """A sealed archive, opened by the six words as `understood` gives them, the council's secret key, or the library's.

    Raises WrongWordsError, DamagedBackupError, and UserError for a file that cannot be read.
    """
    from cqcmock.review import passphrases

    with ExitStack() as stack:
        try:
            with _told(path):
                file = stack.enter_context(path.open("rb"))
                backup = SealedBackup(path, _reader(path, file, words, secret, raw_key))
        except passphrases.WrongPassphraseError as error:
            raise WrongWordsError(
                f"These words do not open “{path.name}”.",
                "Check each word against the paper, and their order. They are those of the day on which it was made.",
            ) from error
        yield backup


def name_is_ours(name: str, size: int) -> bool:
    """Whether a file of this name and length may be in an archive: no name leads out of a folder."""
    if name == LIBRARY or (_OF_A_PACK.fullmatch(name) and not name.endswith(_OPENED_FROM)):
        return 0 < size <= LARGEST
    return size <= LARGEST_SMALL and (name in SMALL_FILES or bool(_OF_A_PACK.fullmatch(name)))


def is_ours(path: Path, seal: Seal) -> bool:
    """Whether a file was sealed with this seal: what others keep in the same folder is left alone."""
    try:
        with path.open("rb") as file:
            return file.read(len(seal.header)) == seal.header
    except OSError:
        return False


def is_sealed(path: Path) -> bool:
    """Whether a file has the beginning of a sealed one, whoever's, or cannot be read: any other opens for nobody."""
    from cqcmock.review import passphrases

    try:
        with path.open("rb") as file:
            return passphrases.work_of(file.read(passphrases.LONGEST_HEADER)) is not None
    except OSError:
        return True


def _reader(path: Path, file: BinaryIO, words: str, secret: str, raw_key: str) -> SealedReader:
    from cqcmock.review import passphrases

    work = passphrases.work_of(file.read(passphrases.LONGEST_HEADER))
    if work is None:
        raise DamagedBackupError(
            f"“{path.name}” is not a backup of this program, or its beginning is damaged.",
            "Choose another file; the name of a backup begins with “cqcmock-backup-”.",
        )
    if work > passphrases.WORK:
        raise DamagedBackupError(
            f"Opening “{path.name}” would take more of this computer’s memory than any backup of this program.",
            "Choose another file.",
        )
    if words:
        return passphrases.reader_by_passphrase(file, words)
    if raw_key:
        return passphrases.reader_by_key(file, library_keys.file_key(raw_key))
    return _by_council(path, file, secret)


def _by_council(path: Path, file: BinaryIO, secret: str) -> SealedReader:
    """By the key that lies beside it for the council. Raises WrongWordsError."""
    from cqcmock.review import passphrases, sealing
    from cqcmock.review.errors import RefusedError

    for beside in sorted(path.parent.glob(f"{COUNCIL_KEY}*{ENDING}")):
        try:
            key = library_key(sealing.open_with_keys(beside.read_bytes(), [secret]))
            return passphrases.reader_by_key(file, library_keys.file_key(key.key))
        except (RefusedError, passphrases.DamagedError):
            continue
    raise WrongWordsError(
        f"This key does not open “{path.name}”.",
        f"The file “{COUNCIL_KEY}{ENDING}” has to lie beside it, and the key has to be the council’s of that day.",
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What is wrong with an archive, or with the disk that it is on, becomes a sentence."""
    from cqcmock.review import passphrases

    try:
        yield
    except UserError:
        raise
    except OSError as error:
        raise UserError(
            f"“{path}” cannot be read: {error.strerror or error}.",
            "Check that the stick or the network drive is connected, then try again.",
        ) from error
    except (passphrases.DamagedError, *_NOT_AN_ARCHIVE) as error:
        raise _damaged() from error


def _damaged() -> DamagedBackupError:
    return DamagedBackupError(
        "This backup is damaged or was cut off: it is no longer as it was written.", "Choose an older one."
    )


def _archive(reader: SealedReader) -> zipfile.ZipFile:
    """The archive, once its index is known to be no longer than one of ours."""
    if reader.size < _INDEX_ENDS.size:
        raise _damaged()
    content = io.BufferedReader(reader, _AT_ONCE)
    content.seek(-_INDEX_ENDS.size, io.SEEK_END)
    mark, *disks, files, all_files, size, begins, comment = _INDEX_ENDS.unpack(content.read())
    ends = begins + size + _INDEX_ENDS.size
    if (mark, disks, comment, ends) != (b"PK\x05\x06", [0, 0], 0, reader.size):
        raise _damaged()
    if files != all_files or files > MOST_FILES + 1 or size > _LARGEST_INDEX:
        raise _damaged()
    return zipfile.ZipFile(content)


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Whether it is kept as it is: nothing that unfolds, and nothing that is locked once more."""
    stored = info.compress_type == zipfile.ZIP_STORED and info.file_size == info.compress_size
    return stored and not info.flag_bits & 1 and not info.is_dir()


def _manifest(content: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.MsgspecError as error:
        raise _damaged() from error
    if manifest.what != _WHAT or manifest.made_at.tzinfo is None:
        raise _damaged()
    return manifest


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second))
    entry.external_attr = 0o600 << 16
    return entry


def _size(source: Source) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def _parts(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while part := file.read(_AT_ONCE):
            yield part
