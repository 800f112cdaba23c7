"""Files for people when the power fails: whole or not there, and never at the cost of an older one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cqcmock.banks.formats import write_bank
from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.services import bank_files, reports, story_files
from cqcmock.services import library as libraries
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.played import played
from tests.power_cuts.deed import CorruptError, Deed, Heard, LostError, Say
from tests.power_cuts.importing import BANK, a_bank
from tests.power_cuts.looks import opened

DATA, OUT = "data", "out"
CLOCK = system_clock()
FILES = ("bank.toml", "bank.csv", "bank.xlsx", "report.html", "report.pdf", "story.toml")
OLD = "An older file of the same name.\n" * 400


class Exporting(Deed):
    """A bank, a report and a story in each of their formats: the first time over an older file, then over our own."""

    fault = "The power fails while a report or a bank is written to a file"
    person_sees = "The whole new file, or the older one of that name as it was"

    def prepare(self, folder: Path) -> None:
        (folder / OUT).mkdir()
        for name in FILES[::2]:
            (folder / OUT / name).write_text(OLD)
        with libraries.open_library(Location(folder / DATA)) as library:
            file = folder / "bank.toml"
            file.write_bytes(write_bank(a_bank(), file).data)
            bank_files.take_in(library, bank_files.preview(library, file, CLOCK), CLOCK)
            for answer in ("We asked forty carers.", "A longer answer. " * 30):
                played(library, HandClock(), plan(1), answers=(answer,))

    def do(self, folder: Path, say: Say) -> None:
        with libraries.open_library(Location(folder / DATA)) as library:
            for sitting in libraries_sittings(library):
                for name in FILES:
                    path = folder / OUT / name
                    say.begun("file", [name, None])
                    if name.startswith("bank"):
                        bank_files.export_bank(library, BANK, path)
                    elif name.startswith("report"):
                        reports.write_report(library, sitting, path, Settings(), CLOCK)
                    else:
                        story_files.export_story(library, "hertfordshire", path)
                    say.done("file", [name, _digest(path)])

    def check(self, folder: Path, said: Heard) -> None:
        with opened(folder / DATA):
            pass
        announced = dict(said.done("file"))
        under_way = [name for name, _digest_ in said.under_way("file")]
        for at, name in enumerate(FILES):
            path = folder / OUT / name
            old = hashlib.sha256(OLD.encode()).hexdigest() if at % 2 == 0 else None
            there = _digest(path) if path.exists() else None
            if there == announced.get(name, old):
                continue
            if there is None:
                raise LostError(f"{name} is gone")
            if name not in under_way:
                raise LostError(f"{name} is not what was announced as written")
            _check_whole(path)


def libraries_sittings(library: libraries.Library) -> list[str]:
    """The rehearsals that are reported on."""
    from cqcmock.services import sittings

    return [one.id for one in sittings.recent(library)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_whole(path: Path) -> None:
    """A file that was being written and is not the older one must be the whole new one."""
    content = path.read_bytes()
    match path.suffix:
        case ".pdf":
            import pypdfium2  # type: ignore[import-untyped]

            whole = content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
            pypdfium2.PdfDocument(content).close()
        case ".html":
            whole = content.rstrip().endswith(b"</html>")
        case _ if path.name.startswith("bank"):
            whole = not bank_files.check_files([path], CLOCK)
        case _:
            whole = not story_files.check_files([path])
    if not whole or not content:
        raise CorruptError(f"{path.name} is there in part")
