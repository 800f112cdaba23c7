"""Everything that others than the PSW can get out of a library with cafés, in every way that the program has."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cqcmock.__main__ import main
from cqcmock.domain.cafe.release import TableKind, may_be_told
from cqcmock.services.cafe import closing, for_others, papers
from cqcmock.services.reports import page_words
from cqcmock.settings import Settings
from tests.services.cafe.worlds import FIRST_DAY, NEXT_DAY, SMALL, Held

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SETTINGS = Settings(classification="OFFICIAL", practising_for=date(2027, 3, 1), keep_months=6)
NAMES = ("North", "South", "East", "Social worker", "Manager", "Nurse", "Forms", "Choir", "Evidence", "QS4", "Nothing")

Exports = dict[str, str]
"""What somebody got, by the way in which they got it, without the ids of sessions."""


def everything(held: Held, filters_at_once: int = 2) -> Exports:
    """What a reader gets from the services behind every list, paper and export for others."""
    ids = [cafe.id for cafe in held.cafes]
    found = {**papers_for_leaders(held, ".pdf"), **dict(rows(held.library, ids, filters_at_once))}
    found["room"] = str(for_others.open_for_the_room(held.library))
    for one in ids:
        released = closing.released(held.library, one)
        found[f"released {one}"] = str(released)
        asked = product(TableKind, (*NAMES, *SMALL))
        found[f"may be told {one}"] = str(
            [released is not None and may_be_told(released.release, *name) for name in asked]
        )
    return {**without_ids(held, found), **seen(held)}


def seen(held: Held) -> Exports:
    """The half of it that can be looked at often: what is listed and told, and pages."""
    found = {
        "sessions": str([for_others.data_for_others(one) for one in for_others.sessions_for_others(held.library)]),
        "rows": str(for_others.rows_for_others(held.library)),
        "told": str(for_others.told_to_others(held.library)),
    }
    return without_ids(held, {**found, **papers_for_leaders(held, ".html")})


TRAIL: Final = re.compile(r"[0-9a-f]{16}(?=\. “cqcmock library audit”)")
"""The end of a report: the hash of a trail in which ids stand that are made by chance. How many entries it has stays.
Every other byte of the same files is compared by `papers_for_leaders`."""


def papers_for_leaders(held: Held, ending: str) -> Exports:
    """The leaders' summary of every subset of sessions: all of its bytes and, of a PDF, its words."""
    found: Exports = {}
    told, clock = for_others.told_to_others(held.library), held.hand.clock
    sessions = for_others.sessions_for_others(held.library)
    for size in range(len(sessions) + 1):
        for some in combinations(sessions, size):
            label = f"leaders of {[one.release.session for one in some]}, {ending}"
            made = papers.leaders_bytes(some, told, ending, SETTINGS, clock, next_on=NEXT_DAY)
            found[label] = made.decode("latin-1")
            if ending == ".pdf":
                found[f"{label}, words"] = "\n".join(page_words(made))
    return found


def rows(library: Library, ids: Sequence[str], at_once: int) -> Iterator[tuple[str, str]]:
    """The released rows under every filter by session, table, name and date, so many of the four together."""
    sessions: list[Any] = [None, [], *combinations(ids, 1), *combinations(ids, 2)]
    tables: list[Any] = [None, *([kind] for kind in TableKind), [TableKind.TEAMS, TableKind.WORRIES]]
    names: list[Any] = [None, *([name] for name in (*NAMES, *SMALL)), ["Forms", "Parking"]]
    later = FIRST_DAY + timedelta(days=1)
    days: tuple[dict[str, date], ...] = ({}, {"since": later}, {"until": FIRST_DAY}, {"since": later, "until": later})
    for some, kinds, named, when in product(sessions, tables, names, days):
        if sum((some is not None, kinds is not None, named is not None, bool(when))) > at_once:
            continue
        found = for_others.rows_for_others(library, sessions=some, tables=kinds, names=named, **when)
        yield f"rows {some}, {kinds}, {named}, {when}", str(found)


def from_the_command_line(held: Held, folder: Path) -> Exports:
    """The same by command: lists, sessions and reports for others, each with every option, and what is refused."""
    found: Exports = {}

    def run(*arguments: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["--data-dir", str(held.library.folder), "cafe", *arguments])
        said = f"{' '.join(arguments)}\n{status}\n{out.getvalue()}\n{err.getvalue()}".replace(str(folder), "")
        label, _, answer = said.partition("\n")
        found[label] = answer

    for as_json in ((), ("--json",)):
        run("list", *as_json)
        for one in held.ids:
            run("show", one, *as_json)
    papers_, days = ((), ("--for", "leaders")), ((), ("--next", "2027-02-23"))
    for one, ending, paper, day in product(held.ids, ("html", "pdf"), papers_, days):
        out = folder / f"paper.{ending}"
        run("report", one, "--out", str(out), *paper, *day, *(("--json",) if day else ()))
        if out.exists():
            made = out.read_bytes()
            words = "\n".join(page_words(made)) if ending == "pdf" else made.decode()
            found[f"{one} {paper} {day} {ending}"] = TRAIL.sub("so far", words)
            out.unlink()
    return without_ids(held, found)


def for_the_room(held: Held, folder: Path) -> Exports:
    """What lies on the table at the next café: the facilitator's sheet, which names what was planned for it."""
    sheet = folder / "sheet.html"
    papers.write_sheet(held.library, held.planned, sheet, SETTINGS, held.hand.clock)
    return without_ids(held, {"sheet": sheet.read_text(encoding="utf-8")})


def without_ids(held: Held, found: Exports) -> Exports:
    """The same with the sessions numbered: their ids are made by chance."""
    for number, one in enumerate(held.ids, start=1):
        found = {
            label.replace(one, f"session {number}"): text.replace(one, f"session {number}")
            for label, text in found.items()
        }
    return found


def differing(one: Exports, other: Exports) -> list[str]:
    """The ways of getting something by which the two can be told apart."""
    assert one.keys() == other.keys()
    return [label for label in one if one[label] != other[label]]
