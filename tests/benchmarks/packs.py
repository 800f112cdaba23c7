"""Peer review: making a pack of forty rehearsals, and taking in a hundred returned files.

A passphrase takes a moment on purpose, so that nobody can guess it: the bar is on everything else, which is the same
pack sealed to a reviewer's key. Both are printed.

Merging is held against the least that anybody could do with the same files: decrypt each with the one key that fits,
decode it, and insert its rows by `executemany`. Checking the signature and every mark is what we add. The files are
called as the program suggests, so that the right key is tried first.
"""

from __future__ import annotations

import shutil
import statistics
import time
import tomllib
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Bar, Figure, Scale, quartiles, ratio

if TYPE_CHECKING:
    from cqcmock.domain.review import PeerMarks
    from cqcmock.domain.rubric import Rubric
    from cqcmock.services.library import Library

PACK = Bar(
    name="pack",
    path="40 sittings of 8 answers: gathered, looked through, sealed to a key, kept",
    baseline="none: somebody waits. A passphrase comes on top, by design",
    at_most=5,
    unit="s",
)
MERGE = Bar(
    name="merge",
    path="100 returned files of 100 packs: opened, believed, checked, kept",
    baseline="decrypting and decoding each with its own key, and executemany of its rows",
    at_most=3,
)
MERGE_FEW = Bar(
    name="merge-few",
    path="100 returned files of 10 packs, each returned ten times",
    baseline="decrypting and decoding each with its own key, and executemany of its rows",
    at_most=3,
)
ANSWERS = Path(__file__).parents[1] / "banks" / "answers" / "lead-member.toml"
QUESTIONS = 8
WORDS = 250
COMMENT = "It says who was asked and how many, but not what has changed for them since. "
RETURNED = ("pack_return", "returned_sheet")


def measure_packing(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """The median of several packs of the same rehearsals, each sealed to a key and with a passphrase."""
    from cqcmock.clock import system_clock
    from cqcmock.review import sealing
    from cqcmock.services import packing

    clock = system_clock()
    draft_s, key_s, passphrase_s = [], [], []
    with a_library(folder / "packing") as library:
        wanted = packing.Wanted(sittings=rehearsed(library, scale.packed_sittings), reviewer="Ann Example")
        address = sealing.new_address()[1]
        for number in range(scale.packs):
            began = time.perf_counter()
            ready = packing.draft(library, wanted, clock)
            draft_s.append(time.perf_counter() - began)
            decisions = {finding.id: packing.Decision() for finding in ready.findings}
            out = folder / f"{number}.pack"
            began = time.perf_counter()
            packing.seal(library, ready, decisions, out, clock, address=address)
            key_s.append(time.perf_counter() - began)
            packing.remove(library, ready.pack.id)
            began = time.perf_counter()
            packing.seal(library, ready, decisions, out, clock, passphrase=packing.offered_passphrase())
            passphrase_s.append(time.perf_counter() - began)
            packing.remove(library, ready.pack.id)
    both = [drafting + sealing_ for drafting, sealing_ in zip(draft_s, key_s, strict=True)]
    samples = {
        "rounds": len(both),
        "sheets": len(ready.sheets),
        "found_to_decide": len(ready.findings),
        "file_kib": out.stat().st_size // 1024,
        "gathering_s": round(statistics.median(draft_s), 2),
        "sealing_to_a_key_s": round(statistics.median(key_s), 2),
        "sealing_with_a_passphrase_instead_s": round(statistics.median(passphrase_s), 2),
    }
    return (Figure(bar=PACK, measured=statistics.median(both), spread=quartiles(both), samples=samples),)


def measure_merging(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Both shapes of a hundred files, ours and the plain way in turns, each into a fresh copy of the library."""
    return (
        _merged(MERGE, scale, folder / "many", packs=scale.returns, each=1),
        _merged(MERGE_FEW, scale, folder / "few", packs=max(1, scale.returns // 10), each=min(10, scale.returns)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Returned:
    """A returned file, and the key that opens it."""

    path: Path
    key: str


def _merged(bar: Bar, scale: Scale, folder: Path, *, packs: int, each: int) -> Figure:
    clean = folder / "clean"
    with a_library(clean) as library:
        sitting = rehearsed(library, 1)[0]
        returned = [one for number in range(packs) for one in _returns(library, folder, sitting, number, each)]
    ours, plain = [], []
    for number in range(scale.merges):
        taken, rows = _ours(Path(shutil.copytree(clean, folder / f"ours-{number}")), returned)
        ours.append(taken)
        plain.append(_plain(Path(shutil.copytree(clean, folder / f"plain-{number}")), returned, rows))
    figure = ratio(bar, ours, plain, "ms")
    figure.samples["decrypting_alone_with_the_keys_of_all_packs_ms"] = round(_trying_every_key(returned), 1)
    sizes = [one.path.stat().st_size for one in returned]
    figure.samples.update(
        files=len(returned), packs=packs, sheets=len(rows["returned_sheet"]), file_kib=sum(sizes) // len(sizes) // 1024
    )
    return figure


def a_library(folder: Path) -> Library:
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries

    library = libraries.open_library(Location(folder))
    libraries.sync_shipped_banks(library)
    return library


def rehearsed(library: Library, sittings: int) -> tuple[str, ...]:
    """So many rehearsals that are over, each with eight real answers of some length, and answers to the probes."""
    from tests.clocks import HandClock
    from tests.played import played

    hand = HandClock()
    said = " ".join(answer["text"] for answer in tomllib.loads(ANSWERS.read_text("utf-8"))["answer"]).split()
    words = cycle(said)
    made = []
    for _ in range(sittings):
        answers = [" ".join(islice(words, WORDS)) for _ in range(QUESTIONS)]
        made.append(played(library, hand, answers=answers))
        hand.pass_seconds(86_400)
    return tuple(made)


def _returns(library: Library, folder: Path, sitting: str, number: int, each: int) -> list[_Returned]:
    """A pack for one reviewer, and its answers returned so often, with other marks each time."""
    from cqcmock.clock import system_clock
    from cqcmock.domain.review import Return, Sheet, SheetState
    from cqcmock.review import pack_file, return_file, sealing
    from cqcmock.services import packing

    clock = system_clock()
    secret, address = sealing.new_address()
    ready = packing.draft(library, packing.Wanted(sittings=(sitting,), reviewer=f"Reviewer {number}"), clock)
    decisions = {finding.id: packing.Decision() for finding in ready.findings}
    out = folder / f"{number}.pack"
    made = packing.seal(library, ready, decisions, out, clock, address=address)
    content = pack_file.read_pack(sealing.open_with_keys(out.read_bytes(), [secret]))
    returned = []
    for at in range(each):
        given = Return(
            pack=content.pack.id,
            answers_digest=content.answers_digest,
            reviewer=content.pack.reviewer,
            returned_at=clock.wall(),
            sheets=tuple(
                Sheet(
                    id=answer.sheet,
                    marks=_marks(content.pack.rubric, number + at + answer.number),
                    state=SheetState.SUBMITTED,
                    revision=at + 1,
                    submitted_at=clock.wall(),
                )
                for answer in content.pack.answers
            ),
        )
        path = folder / f"{number}-{at}-{return_file.hint(content.pack.id)}.return"
        path.write_bytes(return_file.written_return(given, content))
        returned.append(_Returned(path=path, key=made.pack.return_key))
    return returned


def _marks(rubric: Rubric, number: int) -> PeerMarks:
    from cqcmock.domain.review import PeerMarks, Pin

    return PeerMarks(
        levels={lens.id: (number + at) % 4 for at, lens in enumerate(rubric.lenses)},
        overall=number % 4,
        comment=COMMENT * (number % 4),
        pins=tuple(Pin(start=at * 50, end=at * 50 + 20, comment=COMMENT) for at in range(number % 3)),
    )


Rows = dict[str, list[tuple[object, ...]]]


def _ours(folder: Path, returned: list[_Returned]) -> tuple[float, Rows]:
    """Milliseconds, and the rows that were kept."""
    from cqcmock.clock import system_clock
    from cqcmock.services import merging

    with a_library(folder) as library:
        began = time.perf_counter()
        files = merging.look(library, [one.path for one in returned], system_clock())
        outcome = merging.take_in(library, files)
        taken = (time.perf_counter() - began) * 1000
        with library.driver_connection() as driver:
            rows = {table: driver.execute(f"SELECT * FROM {table}").fetchall() for table in RETURNED}
    if outcome.refused or outcome.tally.missing or len(rows["pack_return"]) != len(returned):
        raise RuntimeError(f"not everything was merged: {outcome.refused[:1]}, {outcome.tally}")
    return taken, rows


def _trying_every_key(returned: list[_Returned]) -> float:
    """Milliseconds: an age file does not say for whose key it is, so that whoever has many tries them in turn."""
    import pyrage  # type: ignore[import-untyped]

    keys = [pyrage.x25519.Identity.from_str(key) for key in dict.fromkeys(one.key for one in returned)]
    began = time.perf_counter()
    for one in returned:
        pyrage.decrypt(one.path.read_bytes(), keys)
    return (time.perf_counter() - began) * 1000


def _plain(folder: Path, returned: list[_Returned], rows: Rows) -> float:
    """Milliseconds to decrypt, decode and insert, nothing checked; what is inserted is what we kept."""
    import hashlib

    import msgspec
    import pyrage

    with a_library(folder) as library, library.driver_connection() as driver:
        began = time.perf_counter()
        files: list[tuple[object, ...]] = []
        sheets: list[tuple[object, ...]] = []
        for one in returned:
            opened = pyrage.decrypt(one.path.read_bytes(), [pyrage.x25519.Identity.from_str(one.key)])
            text = msgspec.json.decode(opened)["content"]
            given, digest = msgspec.json.decode(text), hashlib.sha256(text.encode()).hexdigest()
            files.append((digest, given["pack"], given["returned_at"], given["returned_at"], "", ""))
            sheets += [(digest, sheet["id"], False, msgspec.json.encode(sheet).decode()) for sheet in given["sheets"]]
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany("INSERT INTO pack_return VALUES (?, ?, ?, ?, ?, ?)", files)
        driver.executemany("INSERT INTO returned_sheet VALUES (?, ?, ?, ?)", sheets)
        driver.execute("COMMIT")
        taken = (time.perf_counter() - began) * 1000
    if {(row[0], row[1]) for row in sheets} != {(row[0], row[1]) for row in rows["returned_sheet"]}:
        raise RuntimeError("the plain way did not insert the same rows")
    return taken
