"""The command that writes the data map and facts sheet for whoever signs the program off."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli.arguments import named
from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.services import data_map
from cqcmock.settings import load_settings


def facts(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="A file to write, ending in .pdf or .html.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is kept, where, about whom, for how long, who can read it, and what leaves this computer."""
    clock = system_clock()
    with library_of(context) as library:
        place = where(context)
        settings = load_settings(place.folder).settings
        if out is not None:
            found = data_map.write_facts(library, place, out, settings, clock)
        else:
            found = data_map.data_map(library, place, settings, clock)
    lines = [f"The data folder is {found.folder}.", found.lock, *data_map.OUTSIDE, ""]
    for stand in found.stands:
        lines += [stand.shelf.what, f"  About: {stand.shelf.about}", f"  Kept: {stand.kept}"]
        lines += [f"  Rows: {stand.rows}"] if stand.shelf.tables else []
        lines += [f"  Who can read it: {stand.readable_by}", f"  Leaves the computer: {stand.shelf.leaves}"]
    lines += ["", "For the council to settle:", *(f"  {question}" for question in data_map.TO_SETTLE)]
    if out is not None:
        lines = [f"The facts sheet is in {named(out)}."]
    show(_as_data(found, out), lines, as_json)


def _as_data(found: data_map.DataMap, out: Path | None) -> dict[str, Any]:
    return {
        "path": named(out) if out else None,
        "folder": found.folder,
        "lock": found.lock,
        "made_at": found.made_at.isoformat(),
        "audit": {"entries": found.trail.count, "head": found.trail.hash},
        "kept": [
            {**asdict(stand.shelf), "rows": stand.rows, "kept": stand.kept, "readable_by": stand.readable_by}
            for stand in found.stands
        ],
        "leaves": list(data_map.OUTSIDE),
        "to_settle": list(data_map.TO_SETTLE),
    }
