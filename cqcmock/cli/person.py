"""`person`: whom the library knows by name, everything about one of them exported, or erased."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.english import count, listed, listed_in_quotes
from cqcmock.services import person_export, persons
from cqcmock.services.persons import Erasure, Person, Where
from cqcmock.settings import load_settings


def list_them(context: typer.Context, as_json: AsJson = False) -> None:
    """List the names that the library knows, and where each stands."""
    with library_of(context) as library:
        found = persons.people(library, where(context))
    data = [
        {
            "name": one.name,
            "spellings": list(one.spellings),
            "where": _counted(one.where),
            "look_alikes": list(one.look_alikes),
        }
        for one in found
    ]
    show(data, [line for one in found for line in _lines(one)] or ["The library knows nobody by name yet."], as_json)


def export(
    context: typer.Context,
    name: str,
    out: Annotated[Path, typer.Option(help="A new folder for everything about this person.")],
    as_json: AsJson = False,
) -> None:
    """Write everything about one person into a new folder: a first page, the data, and the feedback reports."""
    place = where(context)
    settings = load_settings(place.folder).settings
    person_export.check_folder(out.expanduser().absolute(), place)
    with library_of(context) as library:
        made = person_export.export(library, place, name, out, settings, system_clock())
    _warn_of(made.look_alikes)
    data = {
        "folder": str(made.folder),
        "files": list(made.files),
        "rehearsals": made.rehearsals,
        "locked": False,
        "look_alikes": list(made.look_alikes),
    }
    written = f"Everything about them is in {made.folder}: {count(len(made.files), 'file')}. Begin with index.html."
    show(data, [written, "The folder is not locked: whoever can open it can read everything in it."], as_json)


def erase(
    context: typer.Context,
    name: str,
    why: Annotated[str, typer.Option(help="Why, without the name: it stands in the audit trail for good.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without this it only shows what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase one person: their things go for good, and the things of others name them no more."""
    place = where(context)
    with library_of(context) as library:
        if yes:
            found = persons.erase(library, place, name, why, system_clock())
        else:
            persons.known(library, place, name)
            found = persons.would_erase(library, place, name)
    _warn_of(found.look_alikes)
    show(_as_data(found, erased=yes), _as_lines(found, erased=yes), as_json)


def _lines(one: Person) -> list[str]:
    lines = [one.name, *(f"  {number}  {at}" for at, number in one.where.items())]
    return [*lines, f"  perhaps also {listed_in_quotes(one.look_alikes)}"] if one.look_alikes else lines


def _counted(counts: Mapping[Where, int]) -> dict[str, int]:
    return {at.name.lower(): number for at, number in counts.items()}


def _warn_of(look_alikes: tuple[str, ...]) -> None:
    if look_alikes:
        typer.echo(f"Other names that may be the same person’s, and are left alone: {listed(look_alikes)}.", err=True)


def _as_data(found: Erasure, *, erased: bool) -> dict[str, Any]:
    cleaned = found.cleaned
    return {
        "erased": erased,
        "gone": _counted(found.gone),
        "renamed": _counted(found.renamed),
        "mentions": dict(found.mentions),
        "holds": [{"id": hold.id, "since": hold.since.isoformat(), "why": hold.why} for hold in found.holds],
        "look_alikes": list(found.look_alikes),
        "unread_packs": found.unread,
        "rehearsals_without_a_name": found.nameless,
        "copies": None
        if cleaned is None
        else {
            "cleaned": cleaned.backups + cleaned.put_aside,
            "deleted": list(cleaned.erased),
            "unread": list(cleaned.unread),
            "waiting": list(cleaned.waiting),
        },
    }


def _as_lines(found: Erasure, *, erased: bool) -> list[str]:
    lines = ["Erased." if erased else "Nothing has been changed yet. With --yes:"]
    lines += [f"  {'gone' if erased else 'goes'}: {number} × {at}" for at, number in found.gone.items()]
    lines += [f"  without the name: {number} × {at}" for at, number in found.renamed.items()]
    if found.mentions:
        lines.append("Words of other people mention them, and stay as they were written:")
        lines += [f"  {what}: {number}" for what, number in found.mentions.items()]
    if found.nameless:
        lines.append(f"{count(found.nameless, 'rehearsal bears', 'rehearsals bear')} no name: whose, nobody can tell.")
    if found.unread:
        lines.append(f"{count(found.unread, 'pack')} on this computer cannot be read: it may name them.")
    lines += [f"It is held, and cannot be erased: {hold.why}" for hold in found.holds]
    if found.cleaned is not None:
        cleaned = found.cleaned
        lines.append(f"Copies of the library cleaned: {cleaned.backups + cleaned.put_aside}.")
        lines += [f"  deleted, because it could not be cleaned: {name}" for name in cleaned.erased]
        lines += [f"  cannot be read, so look at it yourself: {name}" for name in cleaned.unread]
        lines += [f"  still to be cleaned, at the next start: {name}" for name in cleaned.waiting]
        lines.append(
            "What lies outside the data folder is not cleaned: exports, reports and packs that were saved, and backups "
            "at a second place. Delete those too."
        )
    return lines
