"""Passphrases and keys come from files or are asked for: on a command line others could read them."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cqcmock.errors import UserError
from cqcmock.services import reviewing

PassphraseFile = Annotated[
    Path | None, typer.Option(help="The file with the passphrase; “-” reads it from the standard input.")
]

_MOST_BYTES = 10_000


def given_passphrase(path: Path | None) -> str:
    """The passphrase in the file, or nothing where no file is named. Raises UserError for an empty file."""
    if path is None:
        return ""
    words = _first_line(_typed()) if str(path) == "-" else _first_line(_read(path))
    if not words:
        raise UserError("There is no passphrase in that file.", "Write it on its first line.")
    return words


def given_key(path: Path) -> str:
    """The secret key in a file, beside which notes may stand that begin with "#". Raises UserError without one."""
    key = _first_line(_read(path), notes="#")
    if not key:
        raise UserError(f"There is no key in the file {path}.", "Its line begins with “AGE-SECRET-KEY-1”.")
    return key


def given_through(descriptor: int) -> str:
    """The passphrase that can be read from a file descriptor which the calling program opened. Raises UserError."""
    content = b""
    try:
        while b"\n" not in content and len(content) < _MOST_BYTES and (more := os.read(descriptor, _MOST_BYTES)):
            content += more
    except OSError as error:
        raise UserError(
            f"The file descriptor {descriptor} cannot be read: {error.strerror or error}.",
            "Open it in the program that calls this one, as in: cqcmock --words-fd 3 library check 3< FILE",
        ) from error
    words = _first_line(content)
    if not words:
        raise UserError(f"Nothing came through the file descriptor {descriptor}.", "Write the words into it.")
    return words


def can_ask() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(question: str) -> str:
    """What somebody types at the terminal, which does not show it. Raises UserError where they leave."""
    try:
        return getpass.getpass(question, sys.stderr)
    except EOFError as error:
        raise UserError("Nothing was typed.", "Start it again when you have the words at hand.") from error


def write_new(path: Path, words: str) -> None:
    """Write words into a file that was not there before, for its owner alone. Raises UserError."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{words}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise UserError(f"There is a file {path} already.", "Give the name of a new one.") from error
    except OSError as error:
        raise UserError(
            f"The words could not be written to {path}: {error.strerror or error}.", "Choose another folder."
        ) from error


def _typed() -> bytes:
    return sys.stdin.buffer.readline(_MOST_BYTES) if hasattr(sys.stdin, "buffer") else sys.stdin.readline().encode()


def _read(path: Path) -> bytes:
    try:
        return reviewing.read_file(path)
    except UserError as error:
        raise UserError(f"The file {path} cannot be read.", "Check its name, and that it is text.") from error


def _first_line(content: bytes, notes: str = "") -> str:
    """The first line that says something, and does not begin with `notes`."""
    try:
        lines = content[:_MOST_BYTES].decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserError("The passphrase or key is not text.", "Write it in UTF-8, on the first line.") from error
    return next((line.strip() for line in lines if line.strip() and not (notes and line.startswith(notes))), "")
