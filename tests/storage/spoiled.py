"""An encrypted library with something of everything in it, ways to spoil its files, and all that a person can read.

What is read goes by the services, as a screen would ask for it, so that damage anywhere shows where somebody would
meet it.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.paths import Location, question_banks_folder
from cqcmock.services import (
    bank_editing,
    banks,
    home,
    merging,
    packing,
    peers,
    rehearsing,
    reports,
    reviewer_keys,
    sittings,
    stories,
)
from cqcmock.services import library as libraries
from cqcmock.services.cafe import for_others, for_psw, planning
from cqcmock.settings import Settings
from cqcmock.storage import backups
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import open_library
from tests.domain.worlds import NINE_O_CLOCK
from tests.played import played
from tests.services.cafe.worlds import BASE, hold
from tests.services.review.hands import CLOCK, HAND, SAID, all_out, marked

if TYPE_CHECKING:
    from cqcmock.services.library import Library

KEY: Final = "5a" * 32
BANK: Final = "lead-member"
PAGE: Final = 4096
OLDER, NEWER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LONG: Final = " ".join([SAID] * 60)
"""An answer that does not fit on one page of the file."""

AND_IS_KILLED: Final = """
import os, signal, sys
from pathlib import Path
from cqcmock.storage.library import open_library
from tests.storage import spoiled
opened = open_library(Path(sys.argv[1]), raw_key=spoiled.KEY)
spoiled.rehearse(opened, "A last rehearsal.", spoiled.LONG, "Three carers waited.")
spoiled.rehearse(opened, "One more.", "Nobody called back.")
os.kill(os.getpid(), signal.SIGKILL)
"""


def build(folder: Path, laptops: Path) -> None:
    """A closed library with rehearsals, marks, a reviewer's return, a café and edits; in its backups two copies."""
    questions = laptops / "banks"
    questions.mkdir(parents=True)
    shutil.copy(question_banks_folder() / f"{BANK}.toml", questions)
    with open_library(folder, raw_key=KEY) as opened:
        assert libraries.sync_banks(opened, questions) == ()
        first = rehearse(opened, SAID, LONG, "")
        _mark_and_reflect(opened, first)
        backups.make(opened, OLDER)
        _send_and_take_in(opened, first, laptops)
        sittings.delete(opened, rehearse(opened, "Put away again."), CLOCK)
        hold(opened, BASE[:1])
        made = bank_editing.create_bank(opened, "Our own questions", ["lead-member"], CLOCK)
        asked = replace(banks.show_bank(opened, BANK).questions[0], id="")
        assert made.question is not None
        bank_editing.save_question(opened, made.question[0], asked, CLOCK)
        story = stories.all_stories(opened)[0]
        stories.save(opened, replace(story, place=replace(story.place, id="our-place")), "Our place", CLOCK)
        backups.make(opened, NEWER)
    for path in backups.files(folder):
        if backups.made_at(path) not in (OLDER, NEWER):  # one that a deed made by itself
            path.unlink()


def rehearse(library: Library, *answers: str) -> str:
    """An interview that is over, with these answers; returns its id."""
    sitting = played(library, HAND, answers=answers)
    HAND.pass_seconds(3600)
    return sitting


def _mark_and_reflect(library: Library, sitting: str) -> None:
    lenses = [lens.id for lens in sittings.load(library, sitting).plan.rubric.lenses]
    answers = {at: AnswerMarks(levels=dict.fromkeys(lenses, at), comment=SAID) for at in range(3)}
    sheet = MarkSheet(answers=answers, overall=2, comment=SAID, submitted=True)
    sittings.submit_marks(library, sitting, sheet, CLOCK)
    written = Reflection(proud=SAID, know="What we cannot say yet.", difference="Shorter.", next="Ask the carers.")
    due = NINE_O_CLOCK.date()
    action = Action(id="b7a5c2de-0000-4000-8000-000000000001", what="Ring the carers' centre", owner="Me", due=due)
    sittings.finish_reflection(library, sitting, written, (action,), CLOCK)


def _send_and_take_in(library: Library, sitting: str, laptops: Path) -> None:
    laptop = Location(laptops / "reviewer")
    ready = packing.draft(library, packing.Wanted(sittings=(sitting,), reviewer="Ann Example"), CLOCK)
    address = reviewer_keys.own_key(laptop).address
    pack = packing.seal(library, ready, all_out(ready), laptops / "one.pack", CLOCK, address=address)
    returned = marked(laptop, pack.path, laptops / "one.return", 2, 1, why="The train came in.")
    assert not merging.take_in(library, merging.look(library, [returned], CLOCK)).refused
    peers.choose_keep_and_change(library, sitting, ["The figures."], ["Say for whom."])


def leave_killed(folder: Path) -> None:
    """Let a program write on in this library and die of a kill: what it wrote last is in the log alone."""
    command = [sys.executable, "-c", AND_IS_KILLED, str(folder)]
    assert subprocess.run(command, cwd=Path.cwd(), check=False).returncode == -signal.SIGKILL
    assert (folder / f"{LIBRARY}-wal").stat().st_size > 20 * PAGE


def everything(library: Library) -> dict[str, Any]:
    """All that the screens would show, by what shows it."""
    return dict(_everything(library))


def _everything(library: Library) -> Iterator[tuple[str, Any]]:
    settings = Settings()
    yield "home", replace(home.home(library, settings, CLOCK), notices=())
    for shelf, listed in (("rehearsals", sittings.recent(library)), ("put away", sittings.deleted(library))):
        yield shelf, listed
        for one in listed:
            sitting = sittings.load(library, one.id)
            part = reports.peers_part(library, sitting)
            yield f"rehearsal {one.id}", sitting
            yield f"peers {one.id}", part
            yield f"report {one.id}", reports.feedback_content(sitting, settings, NINE_O_CLOCK.date(), part)
    yield "actions", sittings.open_actions(library)
    yield "banks", (listed_banks := banks.list_banks(library))
    for bank in listed_banks:
        yield f"bank {bank.id}", banks.show_bank(library, bank.id)
        yield f"edits {bank.id}", bank_editing.history(library, bank.id)
    yield "questions", banks.browse(library, banks.Wanted(), 1000)
    yield "found", banks.browse(library, banks.Wanted(words="carers"), 1000)
    yield "ready to be asked", rehearsing.default_set_up(library, settings)
    yield "packs", merging.tallies(library)
    yield "sent", merging.rehearsals(library)
    yield "reviewers", packing.reviewers(library)
    yield "stories", stories.all_stories(library)
    yield "edits of a story", stories.history(library, "our-place")
    yield "cafés", (cafes := for_psw.sessions_for_psw(library))
    for cafe in cafes:
        yield f"café {cafe.id}", for_psw.session_for_psw(library, cafe.id)
    yield "cafés for others", for_others.sessions_for_others(library)
    yield "told to others", for_others.told_to_others(library)
    yield "you said", for_psw.said_for_psw(library)
    yield "templates", planning.templates(library)


def flip_a_bit(data: bytearray, chance: random.Random) -> None:
    """One bit is the other way round."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def write_eight_bytes(data: bytearray, chance: random.Random) -> None:
    """Eight bytes of rubbish."""
    at = chance.randrange(len(data) - 7)
    data[at : at + 8] = bytes(before ^ chance.randrange(1, 256) for before in data[at : at + 8])


def zero_a_page(data: bytearray, chance: random.Random) -> None:
    """A page that the disk has lost, as after a power cut; the last one is the likeliest."""
    pages = -(-len(data) // PAGE)
    page = chance.choice([pages - 1, *(chance.randrange(pages) for _ in range(9))])
    size = len(data[page * PAGE : (page + 1) * PAGE])
    data[page * PAGE : page * PAGE + size] = bytes(size)


def truncate(data: bytearray, chance: random.Random) -> None:
    """The end is missing: anywhere, at the end of a page, or from the first byte on."""
    anywhere = chance.randrange(len(data))
    del data[chance.choice([anywhere] * 12 + [anywhere // PAGE * PAGE] * 7 + [0]) :]


FAULTS: Final[dict[str, Callable[[bytearray, random.Random], None]]] = {
    "one bit flipped": flip_a_bit,
    "eight random bytes": write_eight_bytes,
    "a page zeroed": zero_a_page,
    "file truncated": truncate,
}


def spoil(path: Path, fault: str, chance: random.Random) -> bytes:
    """Spoil a file in this way, which changes it for certain; returns what is in it now."""
    before = path.read_bytes()
    data = bytearray(before)
    while data == before:
        FAULTS[fault](data, chance)
    path.write_bytes(data)
    return bytes(data)
