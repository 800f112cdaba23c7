"""The one boundary that text passes on its way into the library.

SQLite cuts a text at a NUL when it measures it and PostgreSQL refuses it; a lone surrogate cannot be encoded
at all. What nobody can type or see is therefore taken out, line ends become one kind, and letters with accents
one form.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from cqcmock.errors import UserError

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:u00|[bfr])")
_LETTERS_ALONE = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_TOKEN = re.compile(r"[^\W_]+")

PACK_LIMIT = 50_000_000
PAYLOAD_LIMIT = 2_000_000
COMMENT_LIMIT = 100_000
LINE_LIMIT = 2_000
NAME_LIMIT = 200
ID_LIMIT = 100


class TextTooLongError(UserError):
    """A text that is longer than the library takes."""


def clean(text: str) -> str:
    """The text without NUL, control characters other than line end and tab, and lone surrogates, as NFC."""
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def checked(text: str, limit: int, what: str) -> str:
    """The clean text, if it is at most `limit` characters long. Raises TextTooLongError that names `what`."""
    return at_most(clean(text), limit, what)


def at_most(cleaned: str, limit: int, what: str) -> str:
    """A text that is clean already, if it is at most `limit` characters long. Raises TextTooLongError."""
    if len(cleaned) > limit:
        raise TextTooLongError(
            f"{what} is {len(cleaned):,} characters long; at most {limit:,} can be kept.",
            "Make it shorter and save it again.",
        )
    return cleaned


def clean_deep(value: object) -> object:
    """The same data with every text in it cleaned: for what is kept as JSON."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean_deep(key): clean_deep(item) for key, item in value.items()}
        case list() | tuple():
            return [clean_deep(item) for item in value]
        case _:
            return value


def clean_json(value: object) -> str:
    """Data as JSON with every text in it cleaned. Most has nothing to clean, which shows in the JSON itself."""
    try:
        written = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # a lone surrogate
        written = ""
    if written and not _ESCAPED.search(written) and unicodedata.is_normalized("NFC", written):
        return written
    return msgspec.json.encode(clean_deep(msgspec.to_builtins(value))).decode()


def tokens(text: str) -> list[str]:
    """The words of a text as they are compared in a search: no case, no accents, no punctuation."""
    if text.isascii():
        return text.translate(_LETTERS_ALONE).split()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _TOKEN.findall("".join(char for char in decomposed if unicodedata.category(char) != "Mn"))
