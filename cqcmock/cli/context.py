"""What every command shares: where the library is, how it is unlocked, and how data is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cqcmock.cli import passphrases
from cqcmock.cli.arguments import harmless
from cqcmock.errors import UserError
from cqcmock.logs import logging_to
from cqcmock.paths import Location
from cqcmock.services import locking
from cqcmock.services.library import open_library, sync_shipped_banks

if TYPE_CHECKING:
    from cqcmock.services.library import Library

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

WORDS_FILE, WORDS_FD, ESCROW_KEY_FILE = "--words-file", "--words-fd", "--escrow-key-file"
TRIES = 3


@dataclass(slots=True)
class Given:
    """Where the library of a command is, and what there is to unlock it with; it is unlocked once."""

    place: Location
    words_file: Path | None = None
    words_fd: int | None = None
    escrow_key_file: Path | None = None
    unlocked: Location | None = field(default=None, repr=False)

    @property
    def has_secret(self) -> bool:
        """Whether it was said where the words or the council's key are."""
        return self.words_file is not None or self.words_fd is not None or self.escrow_key_file is not None


def given(context: typer.Context) -> Given:
    """What stood before the command."""
    found = context.find_root().obj
    assert isinstance(found, Given)
    return found


def where(context: typer.Context) -> Location:
    """Where the library of this command is, unlocked.

    By this computer's keyring if that can be, and otherwise by what was given or is typed. Raises LockedError and
    WrongWordsError.
    """
    what = given(context)
    if what.unlocked is None:
        by_keyring = locking.unlock_by_computer(what.place)
        what.unlocked = by_keyring or (by_hand(what) if locking.is_locked(what.place) else what.place)
    return what.unlocked


def by_hand(what: Given) -> Location:
    """The place, unlocked by the words or the council's key and not by the keyring. Raises UserError."""
    if what.escrow_key_file is not None:
        return locking.unlock_by_escrow(what.place, passphrases.given_key(what.escrow_key_file))
    if what.words_fd is not None:
        return locking.unlock(what.place, passphrases.given_through(what.words_fd))
    if what.words_file is not None:
        return locking.unlock(what.place, passphrases.given_passphrase(what.words_file))
    if not passphrases.can_ask():
        raise locking.LockedError(
            "The library is locked.",
            f"Say before the command where its six words are, with {WORDS_FILE} FILE or {WORDS_FD} N, or where the "
            f"council’s secret key is, with {ESCROW_KEY_FILE} FILE.",
        )
    return _asked(what.place)


@contextmanager
def library_of(context: typer.Context) -> Iterator[Library]:
    """The library of this command, open, with the shipped banks in it."""
    place = where(context)
    library = open_library(place)
    try:
        with logging_to(place.folder):
            for problem in sync_shipped_banks(library):
                typer.echo(str(problem), err=True)
            yield library
    finally:
        library.close()


def show(data: Any, lines: list[str], as_json: bool) -> None:
    """Print data for a script, or lines for a person; a terminal does nothing that others wrote into them."""
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False))
    else:
        typer.echo("\n".join(map(harmless, lines)))


def _asked(place: Location) -> Location:
    for left in reversed(range(TRIES)):
        try:
            return locking.unlock(place, passphrases.asked("The six words that unlock the library: "))
        except locking.WrongWordsError as error:
            if not left:
                raise
            typer.echo(harmless(str(error)), err=True)
    raise UserError("The library is locked.")  # pragma: no cover - the last try raises
