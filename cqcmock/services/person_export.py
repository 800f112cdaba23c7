"""Everything about one person in a new folder: a first page, the data, and the feedback on each rehearsal.

The folder is written aside and takes its name when it is whole. It is not locked, and says so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain import english
from cqcmock.domain.audit import Deed, Details, Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.reports.person_index import DATA, index_document
from cqcmock.services import person_data, persons, reports, saving, sittings
from cqcmock.settings import Settings
from cqcmock.storage.folder import flush

if TYPE_CHECKING:
    from cqcmock.services.library import Library

INDEX: Final = "index.html"

Progress = Callable[[int, int], None]
"""Told how many rehearsals of how many have been written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An export that was written. `look_alikes` are other names, whose things are not in it."""

    folder: Path
    files: tuple[str, ...]
    rehearsals: int
    look_alikes: tuple[str, ...] = ()


def export(
    library: Library,
    place: Location,
    person: str,
    folder: Path,
    settings: Settings,
    clock: Clock,
    progress: Progress | None = None,
) -> Exported:
    """Write everything about one person into a folder that is new or empty; all of it, or nothing.

    Raises UserError for a name that nothing bears, a folder that has something in it, and where it cannot be written.
    """
    folder = folder.expanduser().absolute()
    check_folder(folder, place)
    alike = persons.known(library, place, person)
    preview = persons.would_erase(library, place, person)
    data = person_data.everything(library, place, person, settings, clock.wall(), preview.mentions)
    with _written_aside(folder) as aside:
        names = [*_reports(library, data, aside, settings, clock, progress)]
        page = index_document(
            data,
            classification=settings.classification,
            retention=english.kept_until(reports.retention_date(settings)),
            made_on=clock.today(),
        )
        from cqcmock.reports.html import render

        _write(aside / INDEX, render(page).encode())
        _write(aside / DATA, json.dumps(data, ensure_ascii=False, indent=2).encode())
        names = [INDEX, DATA, *names]
        flush(aside)
        with library.writing() as work:
            details: Details = {"files": len(names), "rehearsals": len(data["rehearsals"])}
            storage.audit.add(work, clock.wall(), Deed.PERSON_EXPORTED, Kind.PERSON, details=details)
            _put_in_place(aside, folder)
            try:
                work.commit()
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
    return Exported(folder=folder, files=tuple(names), rehearsals=len(data["rehearsals"]), look_alikes=alike)


def check_folder(folder: Path, place: Location) -> None:
    """Raises UserError where an export cannot go, before any work is done."""
    if folder.resolve().is_relative_to(place.folder.resolve()):
        raise UserError(f"{folder} is inside the program's own data folder.", "Choose a folder somewhere else.")
    try:
        in_the_way = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise UserError(
            f"{folder} cannot be looked at: {error.strerror or error}.", "Choose another folder."
        ) from error
    if in_the_way:
        raise UserError(f"There is something in {folder} already.", "Give the name of a new folder.")
    if not folder.parent.is_dir():
        raise UserError(f"There is no folder {folder.parent}.", "Make it first, or choose another.")


def _reports(
    library: Library, data: dict[str, Any], aside: Path, settings: Settings, clock: Clock, progress: Progress | None
) -> Iterator[str]:
    """Write the feedback on every rehearsal that came to an answer, and note the files in the data."""
    for number, rehearsal in enumerate(data["rehearsals"], 1):
        if progress:
            progress(number - 1, len(data["rehearsals"]))
        if not rehearsal["questions"]:
            continue
        sitting = sittings.load(library, rehearsal["id"])
        part = reports.peers_part(library, sitting)
        for ending, make in ((reports.PDF, reports.feedback_pdf), (reports.HTML, reports.feedback_html)):
            name = f"rehearsal-{number}{ending}"
            _write(aside / name, make(sitting, settings, clock.today(), part))
            rehearsal["files"].append(name)
            yield name
    if progress and data["rehearsals"]:
        progress(len(data["rehearsals"]), len(data["rehearsals"]))


@contextmanager
def _written_aside(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is asked for, for its owner alone. What was not put in place is taken away."""
    _sweep(folder)
    made = None
    try:
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=saving.UNFINISHED))
        yield made
    except OSError as error:
        raise UserError(
            f"The export could not be written to {folder}: {error.strerror or error}.",
            "Choose another folder, or free some space. Nothing was written.",
        ) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Delete what a kill left behind while this export was written, and nothing of anybody else's."""
    ours = re.compile(re.escape(f".{folder.name}.") + "[a-z0-9_]{8}" + re.escape(saving.UNFINISHED))
    with suppress(OSError), os.scandir(folder.parent) as there:
        for one in there:
            if ours.fullmatch(one.name) and one.is_dir(follow_symlinks=False):
                shutil.rmtree(one.path, ignore_errors=True)


def _put_in_place(aside: Path, folder: Path) -> None:
    with suppress(FileNotFoundError):
        folder.rmdir()  # it is empty; where somebody put something in since, this says so
    aside.rename(folder)
    flush(folder.parent)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
