"""The recordings in the data folder: told apart by an id, because the name of a file may name somebody."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cqcmock import storage
from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import Kept
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services.sealed_files import SEALED

FOLDER: Final = "audio"
_GONE: Final = ".gone-"
"""Before the id of a recording that is being wiped: a kill may leave it behind, half written over."""


def files(place: Location) -> dict[str, Path]:
    """Every recording by its id. Raises UserError where the folder cannot be read."""
    inside = place.folder / FOLDER
    try:
        found = [path for path in sorted(inside.rglob("*")) if path.is_file() and not path.name.startswith(_GONE)]
    except OSError as error:
        raise UserError(
            f"The recordings in “{inside}” cannot be listed: {error.strerror or error}.",
            "Check that you may read the folder, then try again.",
        ) from error
    return {_id(inside, path): path for path in found}


def kept(place: Location) -> tuple[Kept, ...]:
    """Every recording, with the name of its file for its owner."""
    return tuple(
        Kept(kind=Kind.RECORDING, id=one, title=path.name.removesuffix(SEALED), last_used=changed, made=changed)
        for one, path in files(place).items()
        for changed in (_changed(path).astimezone().date(),)
    )


def wipe(place: Location, recording: str, until: datetime) -> bool:
    """Write over a recording and delete it; False where there is none, or only one made after `until`.

    Raises UserError: what is left of it is then wiped by `sweep`.
    """
    path = files(place).get(recording)
    if path is None or _changed(path) > until:
        return False
    try:
        gone = path.rename(path.with_name(f"{_GONE}{recording}"))
        storage.conversion.erase(gone)
    except OSError as error:
        raise UserError(
            f"A recording could not be wiped: {error.strerror or error}.",
            "Close what else may have it open. It is wiped when the program is started again.",
        ) from error
    return True


def sweep(place: Location) -> None:
    """Wipe what a kill left of recordings that were being wiped. Raises UserError."""
    try:
        for left in list((place.folder / FOLDER).rglob(f"{_GONE}*")):
            storage.conversion.erase(left)
    except OSError as error:
        raise UserError(
            f"What is left of a recording could not be wiped: {error.strerror or error}.",
            "Close what else may have it open, then start the program again.",
        ) from error


def _id(inside: Path, path: Path) -> str:
    name = path.relative_to(inside).as_posix().removesuffix(SEALED)
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
