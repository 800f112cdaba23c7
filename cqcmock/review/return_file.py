"""The file that a reviewer sends back: bound to the pack, to the answers and to the sheets, signed, and sealed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from cqcmock.domain.review import LONGEST_WHY, MOST_SHEETS, Return, Sheet, SheetState, Whole
from cqcmock.review.canonical import canonical, decoded, digest
from cqcmock.review.errors import AlteredError, NotForUsError, NotOursError
from cqcmock.review.pack_file import PackContent, check_kind
from cqcmock.review.sealing import needs_passphrase, open_with_keys, seal_to
from cqcmock.review.signing import is_signed, public_half, sign

FORMAT: Final = "cqcmock-return"
VERSION: Final = 1

LONGEST_PART: Final = 2_000_000
"""Bytes of the marks of one answer: no library keeps more."""

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(3000, 1, 1, tzinfo=UTC)
_MOST_REVISIONS = 1_000_000
_HINT_LETTERS = 8


class _Envelope(msgspec.Struct, kw_only=True):
    """`content` is exactly what was signed. `reviewer_key` is a key that the reviewer uses for every pack, or empty."""

    format: str
    version: int
    content: str
    signature: str
    reviewer_key: str = ""
    reviewer_signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReturn:
    """A return out of an opened file, as yet believed by nobody. `content` is the text that was signed."""

    given: Return
    content: str
    signature: str
    reviewer_key: str
    reviewer_signature: str


def written_return(given: Return, content: PackContent, reviewer_secret: str = "") -> bytes:
    """The return, signed and sealed. `reviewer_secret` signs it in the reviewer's own name too."""
    text = canonical(given)
    envelope = _Envelope(
        format=FORMAT,
        version=VERSION,
        content=text.decode(),
        signature=sign(text, content.signing_key),
        reviewer_key=public_half(reviewer_secret) if reviewer_secret else "",
        reviewer_signature=sign(text, reviewer_secret) if reviewer_secret else "",
    )
    return seal_to(canonical(envelope), content.return_address)


def hint(pack_id: str) -> str:
    """What stands in the name of a return, so that the key that opens it is tried before all others."""
    return digest(pack_id.encode())[:_HINT_LETTERS]


def open_return(sealed: bytes, name: str, keys: Iterable[tuple[str, str]]) -> bytes:
    """What is in a file of this name that was sealed to the return address of one of the packs: `keys`, each after the
    hint of its pack, which two packs may share.

    The name may tell which key fits, and need not: a sealed file does not say it. Raises a RefusedError.
    """
    known = [*keys]
    if named := [key for text, key in known if text in name]:
        with suppress(NotForUsError):
            return open_with_keys(sealed, named)
    try:
        return open_with_keys(sealed, [key for _, key in known])
    except NotForUsError as error:
        raise error if needs_passphrase(sealed) else not_one_of_ours() from None


def read_return(opened: bytes) -> SignedReturn:
    """The return in an opened file. Raises a RefusedError for anything else, and for one that contradicts itself."""
    try:
        envelope = decoded(opened, _Envelope)
        if envelope.format != FORMAT or envelope.version != VERSION:
            raise msgspec.ValidationError("another kind, or another version")
        given = decoded(envelope.content.encode(), Return)
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        check_kind(opened, FORMAT, VERSION, "a return with marks")
        raise NotOursError("The content of this file contradicts itself.", "Ask for the file again.") from error
    sheets = [sheet.id for sheet in given.sheets]
    parts: list[Sheet | Whole] = [*given.sheets, *given.wholes]
    sound = (
        len(sheets) == len({*sheets}) <= MOST_SHEETS
        and len(given.wholes) == len({whole.candidate for whole in given.wholes}) <= MOST_SHEETS
        and all(sheet.state is SheetState.SUBMITTED and sheet.submitted_at for sheet in given.sheets)
        and all(map(_is_dated, parts))
        and (len(opened) < LONGEST_PART // 2 or all(map(_can_be_kept, parts)))
        and _is_time(given.returned_at)
        and len(given.why_incomplete) <= LONGEST_WHY
    )
    if not sound:
        raise NotOursError("The content of this file contradicts itself.", "Ask for the file again.")
    return SignedReturn(
        given=given,
        content=envelope.content,
        signature=envelope.signature,
        reviewer_key=envelope.reviewer_key,
        reviewer_signature=envelope.reviewer_signature,
    )


def _is_dated(part: Sheet | Whole) -> bool:
    at = part.submitted_at if isinstance(part, Sheet) else part.written_at
    return 0 < part.revision < _MOST_REVISIONS and (at is None or _is_time(at))


def _can_be_kept(part: Sheet | Whole) -> bool:
    return len(canonical(part)) <= LONGEST_PART


def _is_time(at: datetime) -> bool:
    """Whether it is a moment, and one that can be told in any time zone.

    A laptop whose battery for the clock is empty is in the year 1970, or in that of its make: what is marked on it is
    not lost for that.
    """
    return at.tzinfo is not None and EARLIEST <= at < LATEST


def check_return(signed: SignedReturn, public_key: str, answers_digest: str) -> None:
    """Raises a RefusedError unless it was signed with the pack's key, for the very answers that were sent."""
    text = signed.content.encode()
    if not is_signed(text, signed.signature, public_key):
        raise AlteredError(
            "The signature of this file is wrong: it was not written from the pack that you sent.",
            "Ask the reviewer for the file again.",
        )
    if signed.reviewer_key and not is_signed(text, signed.reviewer_signature, signed.reviewer_key):
        raise AlteredError("The reviewer's own signature on this file is wrong.", "Ask the reviewer for it again.")
    if signed.given.answers_digest != answers_digest:
        raise AlteredError(
            "The marks in this file are of other answers than those that you sent.",
            "Ask the reviewer to open the pack that you sent, and to mark that.",
        )


def not_one_of_ours() -> NotForUsError:
    """A return for a pack that this library does not know."""
    return NotForUsError(
        "This file answers a pack that was not made here.", "Take it in on the computer on which the pack was made."
    )
