"""Libraries that come into being, or into the present form, when the power fails."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import sittings
from cqcmock.storage import backups, conversion, engine, migrate
from cqcmock.storage.folder import LIBRARY
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound
from tests.storage import released

DATA = "data"
FILES = Path(released.__file__).with_name("files")


class Migrating(Deed):
    """A library of an earlier version that is opened, and with that brought to the present form."""

    fault = "The power fails while the library is brought up to date for a new version"
    person_sees = "The library in the new form, or as it was, to be brought up to date at the next start"
    version = 1
    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        (folder / DATA).mkdir()
        shutil.copyfile(FILES / f"library-schema-{self.version}.sqlite", folder / DATA / LIBRARY)
        if self.raw_key is not None:
            conversion.convert(folder / DATA / LIBRARY, None, self.raw_key)

    def do(self, folder: Path, say: Say) -> None:
        say.begun("open")
        with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)):
            say.done("open")

    def check(self, folder: Path, said: Heard) -> None:
        path, old = folder / DATA / LIBRARY, migrate.REVISIONS[self.version - 1]
        there = _form(path, self.raw_key)
        if there not in (old, migrate.HEAD):
            raise HalfDoneError(f"the library has the form {there}")
        if said.done("open") and there == old:
            raise LostError("it was brought up to date, and is not")
        copies = backups.sound(folder / DATA, self.raw_key)
        if len(copies) != len(backups.files(folder / DATA)):
            raise CorruptError("the copy that was made before is not whole")
        if there != old and not any(_form(copy.path, self.raw_key) == old for copy in copies):
            raise LostError("there is no copy of the library as it was")
        try:
            with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)) as library:
                loaded = sittings.load(library, released.SITTING)
        except UserError as error:
            raise CorruptError(f"it does not open: {error}") from error
        if (loaded.events, loaded.reflection, loaded.sheet) != (released.EVENTS, released.REFLECTION, released.SHEET):
            raise HalfDoneError("what was in the library is not what is in it")
        if _form(path, self.raw_key) != migrate.HEAD:
            raise HalfDoneError("opening it again does not bring it up to date")
        check_sound(path, self.raw_key)


class MigratingTheLastForm(Migrating):
    """The same from the form before the present one."""

    fault = "The power fails while a library of the version before is brought up to date"
    version = len(migrate.REVISIONS) - 1


class MigratingLocked(Migrating):
    """The same of a library with a key."""

    fault = "The power fails while an encrypted library is brought up to date for a new version"
    raw_key = "5a" * 32


def _form(path: Path, raw_key: str | None) -> str:
    """As a program that knows nothing of it would read it; what lies in the log counts."""
    with closing(engine.connect(path, raw_key)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


class Starting(Deed):
    """The first start of all: a library where there was none, with the banks that come with the program."""

    fault = "The power fails while the program is started for the first time"
    person_sees = "The program starts as if for the first time"

    def prepare(self, folder: Path) -> None:
        pass

    def do(self, folder: Path, say: Say) -> None:
        say.begun("open")
        with libraries.open_library(Location(folder / DATA)):
            say.done("open")

    def check(self, folder: Path, said: Heard) -> None:
        try:
            with libraries.open_library(Location(folder / DATA)) as library:
                if sittings.recent(library):
                    raise HalfDoneError("there is something in it")
        except UserError as error:
            raise CorruptError(f"it does not open: {error}") from error
        check_sound(folder / DATA / LIBRARY)
