"""The content of a pack: what the reviewer sees, and the keys with which they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from cqcmock.domain.review import MOST_SHEETS, Pack
from cqcmock.review.canonical import canonical, decoded, digest
from cqcmock.review.errors import NewerFormatError, NotOursError
from cqcmock.review.signing import public_half

FORMAT: Final = "cqcmock-pack"
VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """A pack with its one-time secret: the key to sign the return with, and the address to seal it to."""

    pack: Pack
    signing_key: str
    return_address: str
    expected: int
    format: str = FORMAT
    version: int = VERSION

    @property
    def answers_digest(self) -> str:
        """What binds marks to the very words that were sent."""
        return answers_digest(self.pack)


class _Kind(msgspec.Struct):
    format: str = ""
    version: int = 0


def answers_digest(pack: Pack) -> str:
    """The digest of everything that is marked: who, which questions, which words, through which lenses."""
    return digest(canonical((pack.id, pack.candidates, pack.answers, pack.rubric)))


def written_pack(content: PackContent) -> bytes:
    """The content as it is sealed."""
    return canonical(content)


def read_pack(content: bytes) -> PackContent:
    """The pack in an opened file. Raises a RefusedError for anything else, and for a pack that contradicts itself."""
    check_kind(content, FORMAT, VERSION, "a pack of answers")
    try:
        found = decoded(content, PackContent)
        public_half(found.signing_key)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _contradicts() from error
    pack = found.pack
    sheets = [answer.sheet for answer in pack.answers]
    codes = [candidate.code for candidate in pack.candidates]
    sound = (
        0 < len(sheets) == len({*sheets}) == found.expected <= MOST_SHEETS
        and len(codes) == len({*codes})
        and {answer.candidate for answer in pack.answers} <= {*codes}
        and 0 < len(pack.rubric.lenses) == len({lens.id for lens in pack.rubric.lenses}) <= 20
        and all(pack.id and sheet for sheet in sheets)
    )
    if not sound:
        raise _contradicts()
    return found


def check_kind(content: bytes, wanted: str, version: int, what: str) -> None:
    """Raises a RefusedError unless these bytes say that they are of the wanted format and a version that is known."""
    try:
        kind = decoded(content, _Kind)
    except msgspec.MsgspecError as error:
        raise NotOursError(f"There is not {what} in this file.", "Check that it is the right one.") from error
    if kind.format != wanted:
        raise NotOursError(f"There is not {what} in this file.", "Check that it is the right one.")
    if kind.version > version:
        raise NewerFormatError(
            "This file was made by a newer version of the program.", "Install that version and open it again."
        )


def _contradicts() -> NotOursError:
    return NotOursError("The content of this pack contradicts itself.", "Ask for the pack again.")
