"""What may stand on a command line and is no text, and what may stand in a text and means something to a terminal."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from cqcmock.errors import UserError

_LONGEST_SHOWN = 60


def text(value: str | None) -> str | None:
    """An option that is said by a person. Raises UserError for bytes that stand for no letters."""
    if value is not None and not _is_text(value):
        shown = value.encode("utf-8", "replace").decode()[:_LONGEST_SHOWN]
        raise UserError(f"“{shown}” has bytes in it that stand for no letters.", "Write it in UTF-8.")
    return value


def texts(values: list[str] | None) -> list[str] | None:
    """The same for an option that may be given more than once."""
    for value in values or ():
        text(value)
    return values


def named(path: Path) -> str:
    """The name of a file as it can be printed, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def harmless(line: str) -> str:
    """The line without what a terminal would obey; line ends and tabs stay."""
    if line.isprintable():
        return line
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" else one
        for one in line
    )


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
