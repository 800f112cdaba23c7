"""What every command shares: where the library is, and how data is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cqcmock.cli.arguments import harmless
from cqcmock.logs import logging_to
from cqcmock.paths import Location
from cqcmock.services.library import open_library, sync_shipped_banks

if TYPE_CHECKING:
    from cqcmock.services.library import Library

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def where(context: typer.Context) -> Location:
    """Where the library of this command is."""
    place = context.find_root().obj
    assert isinstance(place, Location)
    return place


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
