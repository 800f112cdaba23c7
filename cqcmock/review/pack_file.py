"""The content of a pack: what the reviewer sees, and the keys with which they answer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

import msgspec

from cqcmock.domain.review import MOST_SHEETS, Pack, PackedAnswer
from cqcmock.domain.rubric import LEVELS
from cqcmock.errors import UserError
from cqcmock.review.canonical import canonical, decoded, digest
from cqcmock.review.errors import NewerFormatError, NotOursError
from cqcmock.review.sealing import seal_to
from cqcmock.review.signing import public_half

FORMAT: Final = "cqcmock-pack"
VERSION: Final = 1

LONGEST_ID: Final = 100
_LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """A pack with its one-time secret: the key to sign the return with, and the address to seal it to.

    `audit_entries` and `audit_head` are how far the sender's audit trail had come: whoever has the pack can tell
    whether any of it was cut off since.
    """

    pack: Pack
    signing_key: str
    return_address: str
    expected: int
    audit_entries: int = 0
    audit_head: str = ""
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
        content.decode()  # also what stands in fields that we do not know
        found = decoded(content, PackContent)
        public_half(found.signing_key)
        seal_to(b"", found.return_address)  # now, and not when everything is marked
    except (msgspec.MsgspecError, ValueError, UserError) as error:
        raise _contradicts() from error
    pack = found.pack
    sheets = [answer.sheet for answer in pack.answers]
    codes = [candidate.code for candidate in pack.candidates]
    ids = [pack.id, *sheets, *(exemplar.id for exemplar in pack.exemplars)]
    sound = (
        0 < len(sheets) == len({*sheets}) == found.expected <= MOST_SHEETS
        and len(codes) == len({*codes})
        and {answer.candidate for answer in pack.answers} <= {*codes}
        and 0 < len(pack.rubric.lenses) == len({lens.id for lens in pack.rubric.lenses}) <= 20
        and len(ids) == len({*ids})
        and all(map(_is_id, (*ids, *codes)))
        and all(map(_is_possible, pack.answers))
        and all({exemplar.overall, *exemplar.levels.values()} <= {*LEVELS} for exemplar in pack.exemplars)
    )
    if not sound:
        raise _contradicts()
    return found


def _is_id(text: str) -> bool:
    """Whether nothing is lost when this is kept as the name of something."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable() and unicodedata.is_normalized("NFC", text)


def _is_possible(answer: PackedAnswer) -> bool:
    seconds = (answer.answer_seconds, answer.target_seconds, answer.limit_seconds)
    return 0 <= answer.number < _LARGEST_NUMBER and all(0 <= one < _LARGEST_NUMBER for one in seconds)


def check_kind(content: bytes, wanted: str, version: int, what: str) -> None:
    """Raises a RefusedError unless these bytes say that they are of the wanted format and a version that is known."""
    try:
        kind = decoded(content, _Kind)
    except msgspec.MsgspecError as error:
        raise NotOursError(f"There is not {what} in this file.", "Check that it is the right one.") from error
    if kind.format != wanted or kind.version < 1:
        raise NotOursError(f"There is not {what} in this file.", "Check that it is the right one.")
    if kind.version > version:
        raise NewerFormatError(
            "This file was made by a newer version of the program.", "Install that version and open it again."
        )


def _contradicts() -> NotOursError:
    return NotOursError("The content of this pack contradicts itself.", "Ask for the pack again.")
