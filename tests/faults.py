"""What was tried on purpose to lose or damage somebody's words, told by the tests themselves: docs/faults.md.

A test names the fixture `fault` and says by it what it tried, how often, and what a person saw. The command runs every
test that does so, the slow ones as well, and writes the table from their results. A test that fails leaves the table
as it was.

    python -m tests.faults                        # all of them, which takes half an hour
    pytest -m fault --junitxml=one.xml tests/e2e  # or in parts …
    python -m tests.faults --from one.xml two.xml # … and the table from the results of all parts
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

import pytest

CHECKOUT: Final = Path(__file__).parent.parent
TABLE: Final = CHECKOUT / "docs" / "faults.md"

AREAS: Final = (
    "Power",
    "Kill",
    "Saving",
    "Disk",
    "Damaged library",
    "Clock",
    "Starting",
    "The window",
    "Marking",
    "Returning",
    "Merging",
    "Café",
    "Backups",
    "Migrating",
    "Locking",
    "Deleting",
    "Importing",
    "Exporting",
    "Hostile files",
)
"""Of what somebody does, or of what happens: the headings of the table, in its order."""

COUNTS: Final = ("tried", "lost", "corrupt", "half_done")
MOST_SENTENCES: Final = 3
ALONE: Final = ("tests/e2e", "tests/ui")
"""What is held against the clock has the machine to itself."""

_PATH = re.compile(r"(?<![\w…])(?:[A-Za-z]:\\|/)[^“”]*?[/\\][^“”]*?(?=[:,] | (?:is|are|was) |\. [A-Z]|\.?$|”)")
_MOMENT = re.compile(r"\d{8}-\d{6}(?:-\d+)?|\d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}")


class Tell(Protocol):
    """Say what a test tried. Left out is what the test does not look at or what cannot be; never a mere hope.

    `tried` is what the test has counted, all its cases together; one of several cases may not have come to its fault.

    `lost` counts what had been announced as saved or done and was not there; `corrupt` what could not be read
    afterwards, or was other than it had been without anybody being told; `half_done` what was there in part.
    """

    def __call__(
        self,
        what: str,
        *,
        area: str,
        tried: int,
        person_sees: str,
        lost: int | None = None,
        corrupt: int | None = None,
        half_done: int | None = None,
    ) -> None: ...


def telling(properties: list[tuple[str, object]]) -> Tell:
    """What the fixture `fault` gives: it adds to the properties of a test, from `fault` on in this order."""

    def tell(
        what: str,
        *,
        area: str,
        tried: int,
        person_sees: str,
        lost: int | None = None,
        corrupt: int | None = None,
        half_done: int | None = None,
    ) -> None:
        assert area in AREAS, f"{area} is none of {', '.join(AREAS)}"
        assert tried >= 0
        assert person_sees.strip(), f"{what}: the person sees nothing?"
        told = {"area": area, "tried": tried, "lost": lost, "corrupt": corrupt, "half_done": half_done}
        properties.append(("fault", what))
        properties.extend((name, value) for name, value in told.items() if value is not None)
        properties.append(("person_sees", anywhere(person_sees)))

    return tell


def anywhere(sentence: str) -> str:
    """A sentence without what is only so on this computer and at this moment."""
    return _MOMENT.sub("…", _PATH.sub("…", " ".join(sentence.split())))


@dataclass(slots=True, kw_only=True)
class Row:
    """One fault of the table, from all tests that tried it."""

    area: str
    fault: str
    counts: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)

    def in_table(self) -> str:
        numbers = (f"{self.counts[name]:,}" if name in self.counts else "–" for name in COUNTS)
        seen = sorted(self.seen)
        if (more := len(seen) - MOST_SENTENCES) > 1:
            seen[MOST_SENTENCES:] = [f"one of {more} more such sentences"]
        return _table_row(self.fault, *numbers, "<br>or: ".join(seen))


@dataclass(slots=True, kw_only=True)
class Results:
    """The rows, the tests that failed, and those that could not be run here, with the reason."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    not_tried: dict[str, str] = field(default_factory=dict)

    def add(self, report: Path) -> None:
        """Take in what pytest wrote with `--junitxml`."""
        for case in ET.parse(report).getroot().iter("testcase"):
            test = _test_of(case)
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed.add(test)
            elif (skipped := case.find("skipped")) is not None:
                self.not_tried[test] = anywhere(str(skipped.get("message", "")))
            else:
                self._add_told(test, [(one.get("name", ""), one.get("value", "")) for one in case.iter("property")])

    def _add_told(self, test: str, properties: list[tuple[str, str]]) -> None:
        told = list(_told(properties))
        if not told:
            self.failed.add(f"{test} (it told of no fault)")
        for one in told:
            key = (one["area"], one["fault"])
            row = self.rows.setdefault(key, Row(area=one["area"], fault=one["fault"]))
            for name in COUNTS:
                if name in one:
                    row.counts[name] = row.counts.get(name, 0) + int(one[name])
            row.seen.add(one["person_sees"])
            row.tests.add(test)


def _test_of(case: ET.Element) -> str:
    """The file of a test and its name, without what a parameter adds."""
    module, name = case.get("classname", ""), case.get("name", "").partition("[")[0]
    return f"{module.replace('.', '/')}.py::{name}"


def _told(properties: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Each time that a test said something: whatever comes from one `fault` to the next."""
    one: dict[str, str] = {}
    for name, value in properties:
        if name == "fault":
            if one:
                yield one
            one = {}
        one[name] = value
    if one:
        yield one


def as_text(results: Results, when: datetime, where: str) -> str:
    """The whole of docs/faults.md."""
    rows = sorted(results.rows.values(), key=lambda row: (AREAS.index(row.area), row.fault.casefold()))
    tried = sum(row.counts["tried"] for row in rows)
    lines = [
        "# What was tried to lose somebody’s words",
        "",
        "Every row is a fault that the program’s own tests try on purpose; the numbers are those that they counted.",
        "To try everything again, run `python -m tests.faults` in a checkout with the packages for tests (`pip install",
        "'.[test]'`): it takes about half an hour and writes this page anew, unless a test fails, which it names.",
        "",
        f"**{tried:,} faults of {len(rows)} kinds: {_in_all(rows)}.**",
        "",
        f"Run on {when.day} {when:%B %Y} on {where}.",
        "",
        "- *Lost*: announced as saved or done, and not there afterwards.",
        "- *Damaged*: could not be read afterwards, or was other than before, and nobody was told.",
        "- *Half done*: there in part, where the program promises all or nothing.",
        "- A dash: not counted, because it cannot be lost, damaged or half done by this fault.",
    ]
    for area in AREAS:
        if of_area := [row for row in rows if row.area == area]:
            lines += ["", f"## {area}", "", _table_row(*_HEADS), _table_row("---", *["--:"] * len(COUNTS), "---")]
            lines += [row.in_table() for row in of_area]
    lines += ["", "## The tests behind the rows", ""]
    lines += [f"- {row.fault}: {', '.join(f'`{test}`' for test in sorted(row.tests))}" for row in rows]
    if results.not_tried:
        lines += ["", "## Not tried on this system", ""]
        lines += [f"- `{test}`: {why}" for test, why in sorted(results.not_tried.items())]
    return "\n".join(lines) + "\n"


_HEADS: Final = ("Fault", "Tried", "Lost", "Damaged", "Half done", "What the person sees")


def _in_all(rows: Sequence[Row]) -> str:
    sums = (sum(row.counts.get(name, 0) for row in rows) for name in COUNTS[1:])
    return ", ".join(
        f"{number or 'nothing'} {name}" for number, name in zip(sums, ("lost", "damaged", "half done"), strict=True)
    )


def _table_row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def this_system() -> str:
    """The operating system and Python, with nothing that tells one computer from another."""
    name = f"{platform.system()} {platform.release().partition('-')[0]}"
    with suppress(OSError):
        name = f"{platform.freedesktop_os_release()['PRETTY_NAME']} ({name}, {platform.machine()})"
    return f"{name} with Python {platform.python_version()}"


def run(reports: Path) -> list[Path]:
    """Run every test that tells of a fault, two at a time but for those that need the machine to themselves."""
    ignored = [f"--ignore={folder}" for folder in ALONE]
    parts = [["-n", "2", "--dist", "loadfile", *ignored], [*ALONE]]
    written = []
    for number, arguments in enumerate(parts):
        report = reports / f"{number}.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "fault", "--timeout=900"]
        command += ["-o", "faulthandler_timeout=900", f"--junitxml={report}", *arguments]
        ended = subprocess.run(command, cwd=CHECKOUT, check=False)
        if ended.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            report.unlink(missing_ok=True)
        written.append(report)
    return written


def write(reports: Iterable[Path], table: Path, when: datetime, where: str) -> int:
    """Write the table from what pytest reported; returns 1 and leaves the table alone if anything failed."""
    results = Results()
    for report in reports:
        if not report.exists():
            results.failed.add(f"{report.name}: pytest did not get to its end")
            continue
        results.add(report)
    results.failed |= {f"{row.fault}: never tried" for row in results.rows.values() if not row.counts["tried"]}
    if results.failed or not results.rows:
        print("The table was left as it is. Failed:", *sorted(results.failed), sep="\n  ", file=sys.stderr)  # noqa: T201
        return 1
    text = as_text(results, when, where)
    table.write_text(text, encoding="utf-8")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; see the docstring of the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Try every fault, and write the table.")
    parser.add_argument(
        "--from", dest="reports", nargs="+", type=Path, help="reports that pytest wrote with --junitxml"
    )
    parser.add_argument("--to", dest="table", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    now, here = datetime.now(UTC), this_system()
    if options.reports:
        return write(options.reports, options.table, now, here)
    with tempfile.TemporaryDirectory() as scratch:
        return write(run(Path(scratch)), options.table, now, here)


if __name__ == "__main__":
    sys.exit(main())
