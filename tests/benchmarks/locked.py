"""What the lock costs: everything that a screen asks of a locked library, against the same library without a lock.

The library is that of a busy council, with a café and packs; the locked one is made of it, row by row. Each deed is
what a screen does in its database lane, and both libraries are asked in turns; rehearsals, banks and words are others
each time, for what was read a moment ago needs no key. The figure is the deed that the lock
makes slowest; the others are beside it.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks import children
from tests.benchmarks.autosave import Typist
from tests.benchmarks.figures import Bar, Figure, Scale, ratio
from tests.benchmarks.start import data_folder

if TYPE_CHECKING:
    from cqcmock.paths import Location

LOCKED: Final = Bar(
    name="locked",
    path="everything that a screen asks of a locked library, the worst of it",
    baseline="the same library without a lock",
    at_most=1.6,
)
KEY: Final = "5a" * 32
AT_LEAST_SECONDS: Final = 0.02
"""A deed that is quicker is done again and again until it has taken that long, and counts as the mean."""
LOOKED_THROUGH_MEGABYTES: Final = 8
"""As large as a library may be that is looked through whenever it is opened."""
MOST_OFTEN: Final = 20
SENT: Final = 4
WORDS: Final = ("carers", "waiting list", "advocacy", "safe", "money", "reviews late", "hospital discharge", "plan")
WHO: Final = "Laptop of the library"

Deed = Callable[[], object]


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Ask both libraries for everything, in turns."""
    council = data_folder(scale, folder)
    given = {"council": str(council), "folder": str(folder / "locked"), "rounds": scale.locked_rounds}
    said = children.run(["-m", __name__], folder, stdin=given).lines[0]
    each = {name: ratio(LOCKED, times["locked"], times["plain"], "ms") for name, times in said["deeds"].items()}
    worst = max(each, key=lambda name: each[name].measured or 0.0)
    samples: dict[str, Any] = {"library_mb": round(said["bytes"] / 1_000_000, 1), "worst": worst}
    samples.update(each[worst].samples)
    for name, figure in each.items():
        samples[name] = f"{figure.measured:.2f} ({figure.samples['program_ms']} ms)"
    return (Figure(bar=LOCKED, measured=each[worst].measured, spread=each[worst].spread, samples=samples),)


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    from cqcmock.paths import Location

    plain = Location(Path(given["folder"]) / "plain")
    locked = Location(Path(given["folder"]) / "locked", raw_key=KEY)
    shutil.copytree(given["council"], plain.folder)
    rehearsed = _add_cafe_and_packs(plain)
    _lock(plain, locked)
    with ExitStack() as stack:
        deeds = {
            name: stack.enter_context(_deeds(place, rehearsed))
            for name, place in (("plain", plain), ("locked", locked))
        }
        taken: dict[str, dict[str, list[float]]] = {name: {"plain": [], "locked": []} for name in deeds["plain"]}
        for name, times in taken.items():
            for which in deeds:
                deeds[which][name]()  # what is only read once
            often = max(_how_often(deeds[which][name]) for which in deeds)  # both are asked for the same, in step
            for _ in range(given["rounds"]):
                spent = {"plain": 0.0, "locked": 0.0}
                for turn in ("plain", "locked"), ("locked", "plain"):  # what is worked out is remembered for the second
                    for which in turn:
                        spent[which] += _timed(deeds[which][name], often)
                for which, milliseconds in spent.items():
                    times[which].append(milliseconds / 2)
    return {"deeds": taken, "bytes": (locked.folder / "library.sqlite").stat().st_size}


def _how_often(deed: Deed) -> int:
    return min(MOST_OFTEN, max(1, round(AT_LEAST_SECONDS * 1000 / _timed(deed, 3))))


def _timed(deed: Deed, often: int) -> float:
    began = time.perf_counter()
    for _ in range(often):
        deed()
    return (time.perf_counter() - began) * 1000 / often


def _add_cafe_and_packs(place: Location) -> tuple[str, ...]:
    """The rehearsals that were sent to reviewers, by their ids; they are over, and not marked yet."""
    from cqcmock.clock import system_clock
    from cqcmock.review import sealing
    from cqcmock.services import library as libraries
    from cqcmock.services import packing
    from tests.benchmarks import full_cafe
    from tests.benchmarks.packs import rehearsed

    clock = system_clock()
    with libraries.open_library(place) as library:
        full_cafe.build(library, clock)
        sent = rehearsed(library, SENT)
        for number in range(SENT):
            ready = packing.draft(library, packing.Wanted(sittings=sent, reviewer=f"Reviewer {number}"), clock)
            decisions = {finding.id: packing.Decision() for finding in ready.findings}
            address = sealing.new_address()[1]
            packing.seal(library, ready, decisions, place.folder / f"{number}.pack", clock, address=address)
    return sent


def _lock(plain: Location, locked: Location) -> None:
    """The same library with a lock; and of each two more to be opened, a small one among them."""
    from cqcmock.services import library as libraries
    from cqcmock.storage import conversion
    from cqcmock.storage.folder import LIBRARY
    from tests.benchmarks import large_library

    with libraries.open_library(small := _beside(plain, "small")) as library:
        libraries.sync_shipped_banks(library)
        large_library.fill(library, LOOKED_THROUGH_MEGABYTES)
    shutil.copytree(plain.folder, _beside(plain, "large").folder)
    for place, other in ((plain, locked), (small, _beside(locked, "small"))):
        other.folder.mkdir()
        shutil.copy(place.folder / LIBRARY, other.folder)
        conversion.convert(other.folder / LIBRARY, None, KEY)
    shutil.copytree(locked.folder, _beside(locked, "large").folder)


def _beside(place: Location, name: str) -> Location:
    """A library of its own, with the same lock or none."""
    return replace(place, folder=place.folder.with_name(f"{place.folder.name}-{name}"))


@contextmanager
def _deeds(place: Location, sent: tuple[str, ...]) -> Iterator[dict[str, Deed]]:
    """What the screens ask of this library, by its name."""
    from cqcmock.clock import system_clock
    from cqcmock.domain.cafe.cards import CardKind
    from cqcmock.domain.rubric import AnswerMarks, MarkSheet
    from cqcmock.services import banks, home, merging, rehearsing, reports, sittings
    from cqcmock.services import library as libraries
    from cqcmock.services.banks import Wanted
    from cqcmock.services.cafe import cards, for_psw, opening
    from cqcmock.settings import Settings

    clock, settings, number = system_clock(), Settings(), count(1)
    with libraries.open_library(place) as library:
        whole, unmarked = sent[:2]
        typist = Typist(library)
        listed = cycle([one.id for one in sittings.recent(library)])
        reported = cycle([one.id for one in sittings.recent(library)])
        bank = cycle([one.id for one in banks.list_banks(library)])
        words = cycle(WORDS)
        cafe = opening.open_session(library, for_psw.sessions_for_psw(library)[0].id, WHO, clock)
        lenses = [lens.id for lens in sittings.load(library, unmarked).plan.rubric.lenses]

        def save() -> None:
            typist.type_on()
            typist.save()

        def mark() -> None:
            level = next(number) % 4
            answers = {at: AnswerMarks(levels=dict.fromkeys(lenses, level)) for at in range(4)}
            sittings.save_marks(library, unmarked, MarkSheet(answers=answers, overall=level))

        def report() -> None:
            sitting = sittings.load(library, next(reported))
            reports.feedback_content(sitting, settings, clock.today(), reports.peers_part(library, sitting))

        def keep_card() -> None:
            cards.write(cafe.cards, CardKind.PRIDE, f"Somebody answers the phone within {next(number)} seconds.")

        def open_and_close(which: str) -> None:
            with libraries.open_library(_beside(place, which)) as opened:
                libraries.sync_shipped_banks(opened)

        yield {
            "opening a large one": lambda: open_and_close("large"),
            "opening one that is looked through": lambda: open_and_close("small"),
            "home": lambda: home.home(library, settings, clock),
            "rehearsals": lambda: sittings.recent(library),
            "one rehearsal": lambda: sittings.load(library, next(listed)),
            "saving an answer": save,
            "marks": mark,
            "report": report,
            "planning a rehearsal": lambda: rehearsing.default_set_up(library, settings),
            "questions": lambda: banks.browse(library, Wanted()),
            "one bank": lambda: banks.show_bank(library, next(bank)),
            "search": lambda: banks.browse(library, Wanted(words=next(words))),
            "packs": lambda: (merging.tallies(library), merging.rehearsals(library)),
            "peers": lambda: reports.peers_part(library, sittings.load(library, whole)),
            "cafés": lambda: for_psw.sessions_for_psw(library),
            "one café": lambda: for_psw.session_for_psw(library, cafe.id),
            "a card in a café": keep_card,
        }
        opening.leave(library, cafe)


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
