"""Passphrases and keys come from files or are asked for: on a command line others could read them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cqcmock.errors import UserError

PassphraseFile = Annotated[
    Path | None, typer.Option(help="The file with the passphrase; “-” reads it from the standard input.")
]


def given_passphrase(path: Path | None) -> str:
    """The passphrase in the file, or nothing where no file is named. Raises UserError for an empty file."""
    if path is None:
        return ""
    words = sys.stdin.readline().strip() if str(path) == "-" else words_of(path)
    if not words:
        raise UserError("There is no passphrase in that file.", "Write it on its first line.")
    return words


def words_of(path: Path) -> str:
    """The first line of a file that says something. Raises UserError for one that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The file {path} cannot be read.", "Check its name, and that it is text.") from error
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")
