"""Where things are: what is shipped with the program, and the one folder that holds a person's data."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

DATABASE_URL_VARIABLE = "CQCMOCK_DATABASE_URL"
DATA_DIR_VARIABLE = "CQCMOCK_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a library is kept: its folder, and the address of a shared database where a council has one.

    `raw_key` is the key of a locked library once it has been unlocked: 64 hexadecimal digits, never shown.
    """

    folder: Path
    database_url: str | None = None
    raw_key: str | None = field(default=None, repr=False)


def _shipped() -> Path:
    package = Path(__file__).resolve().parent
    checkout = package.parent
    return checkout if (checkout / "question_banks").is_dir() else package / "_shipped"


def question_banks_folder() -> Path:
    """The folder of the shipped banks, with `frameworks`, `rubrics` and `stories` inside."""
    return _shipped() / "question_banks"


def resources_folder() -> Path:
    """The folder of the themes, fonts and icons."""
    return _shipped() / "resources"


def data_folder(chosen: Path | str | None = None) -> Path:
    """The data folder: the one chosen, else the one the environment names, else the system's own place for it.

    It is local and not roaming, so that a live database is never copied to a server behind our back.
    """
    if chosen:
        return Path(chosen).expanduser().absolute()
    if named := os.environ.get(DATA_DIR_VARIABLE):
        return Path(named).expanduser().absolute()
    import platformdirs  # 20 ms that a chosen folder need not pay

    return platformdirs.user_data_path("cqcmock", appauthor=False, roaming=False)


def location(data_dir: Path | str | None = None, database_url: str | None = None) -> Location:
    """Where the library is, from the command line or the environment."""
    return Location(data_folder(data_dir), database_url or os.environ.get(DATABASE_URL_VARIABLE) or None)


def example_folder(folder: Path) -> Path:
    """Where the example library for looking around is kept, apart from the person's own."""
    return folder / "example"
