"""A data folder with something of everything that has the library's lock, and what must be so of it afterwards."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import canonical, sealing
from cqcmock.services import audit, locking, reviewer_keys, reviewing, sealed_files, sittings
from cqcmock.services import library as libraries
from cqcmock.services.reviewer_keys import OwnKey
from cqcmock.storage import backups, conversion, engine
from cqcmock.storage.folder import LIBRARY
from tests.clocks import HandClock
from tests.domain.worlds import event, plan
from tests.e2e.pack_hands import numbered
from tests.review.packs import a_pack, sent
from tests.storage.shelves import FIRST_WORDS, a_sitting, add

CLOCK = HandClock().clock
WORDS: Final = "wagon lemon vivid orbit thumb cradle"
OTHER_WORDS: Final = "absent banana cabin dolphin eager fabric"
SAID: Final = "Zebedee Marmalade waited nine days at the tollgate."
NAMED: Final = "Ermintrude Thistlewood"
COMMENTED: Final = "comment-of-a-reviewer-on-the-tollgate"
READABLE: Final = ("Marmalade", "tollgate", "Thistlewood", "AGE-SECRET-KEY", "waited nine days")
PACK: Final = "pack-1"
ASIDE: Final = "library.damaged-20261120-090000.sqlite"
SITTING: Final = "the-sitting"
MADE: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAMAGED: Final = "library-20261119-090000.sqlite"


@dataclass(frozen=True, slots=True)
class World:
    """What is in the folder, to be found in it again."""

    folder: Path
    own: OwnKey
    sheet: str
    aside: dict[str, bytes]
    escrow: tuple[str, str]


def build(folder: Path, scratch: Path) -> World:
    """A library that is not locked, with two backups, one of them damaged, a pack that is being marked, and more."""
    place = Location(folder)
    own = reviewer_keys.own_key(place)
    scratch.mkdir(parents=True, exist_ok=True)
    pack = scratch / "pack"
    pack.write_bytes(sealing.seal_to(canonical.canonical(sent(a_pack(2, PACK)).content), own.address))
    with reviewing.open_pack(place, pack, CLOCK) as workspace:
        sheet = workspace.order[0]
        workspace.save(sheet, _marks(), CLOCK)
    with libraries.open_library(place) as library:
        sitting = a_sitting(plan(1), person=NAMED, sitting_id=SITTING)
        add(library, sitting, [*FIRST_WORDS[:2], event(FIRST_WORDS[2].kind, 9, 0, SAID)])
        backups.make(library, MADE)
    library_file = folder / LIBRARY
    (copy,) = backups.files(folder)
    damaged = copy.with_name(DAMAGED)
    shutil.copy(copy, damaged)
    spoil(damaged)
    for left in (
        folder / f"{LIBRARY}.restored",
        copy.with_suffix(".unfinished"),
        folder / "review" / ".own-key.json.abcdefgh.cqcmock",
    ):
        shutil.copy(library_file, left)
    aside = {ASIDE: library_file.read_bytes()[:40_960], f"{ASIDE}-wal": f"a log with {SAID}".encode()}
    for name, content in aside.items():
        (folder / name).write_bytes(content)
    return World(folder, own, sheet, aside, sealing.new_address())


def spoil(path: Path) -> None:
    """Fill every second page of a database with words that somebody could read, the first one left alone."""
    content = bytearray(path.read_bytes())
    filler = (f"{SAID} " * 100).encode()[:4096]
    for page in range(1, len(content) // 4096, 2):
        content[page * 4096 : (page + 1) * 4096] = filler
    path.write_bytes(content)


def _marks() -> Any:
    return replace(numbered(7), comment=COMMENTED)


def copy_of(world: World, to: Path) -> World:
    """The same in another folder."""
    shutil.copytree(world.folder, to)
    return World(to, world.own, world.sheet, world.aside, world.escrow)


def everything_is_there(world: World, place: Location) -> None:
    """Every word, mark, key, sound copy and file that was put aside is as it was."""
    with libraries.open_library(place) as library:
        kept = sittings.load(library, SITTING)
        assert kept.person == NAMED
        assert kept.state.open_text == SAID
    assert pages_of(place.folder / LIBRARY, place.raw_key) == "ok"
    copies = backups.sound(place.folder, place.raw_key)
    assert {copy.sittings for copy in copies} == {1}
    assert MADE in {copy.made_at for copy in copies}
    with reviewing.workspace(place, PACK) as workspace:
        assert workspace.sheets()[world.sheet].marks == _marks()
    assert reviewer_keys.own_key(place) == world.own
    for name, content in world.aside.items():
        assert sealed_files.read(place.raw_key, place.folder / name) == content
    damaged = place.folder / "backups" / DAMAGED
    assert SAID.encode() in sealed_files.read(place.raw_key, damaged)


def pages_of(path: Path, raw_key: str | None) -> str:
    connection = engine.connect(path, raw_key)
    try:
        return str(connection.execute("pragma integrity_check").fetchone()[0])
    finally:
        connection.close()


def readable_files(folder: Path, *more: str) -> list[str]:
    """Every file in which any of the words stands in the clear, in either of two ways of writing letters."""
    looked_for = [word.encode(coding) for word in (*READABLE, COMMENTED, *more) for coding in ("utf-8", "utf-16-le")]
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in looked_for)
    ]


def opened_by(folder: Path, raw_key: str) -> list[str]:
    """Every file that something with this key can still be read from."""
    from cqcmock.storage import cipher

    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            whole = conversion.opens(path, raw_key) or cipher.has_page_of(path, raw_key)
            if whole or sealed_files.is_sealed_with(path, raw_key):
                found.append(str(path.relative_to(folder)))
    return found


def left_half_done(folder: Path) -> list[str]:
    """Files and folders that only a deed that was cut short leaves behind."""
    endings = (
        conversion.WRITTEN,
        conversion.ERASED,
        ".unfinished",
        ".restored",
        ".cqcmock",
        ".next",
        ".before",
        ".gone",
    )
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.name.endswith(endings)]


class Steps:
    """Counts each change that a deed makes to the disk, and at one of them does something else first."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.at, self.act, self.done = at, act, 0

    def take(self) -> None:
        self.done += 1
        if self.done == self.at:
            self.act()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """While the block runs, every rename, deletion, flush, file or folder made, and database opened counts."""
        places: list[tuple[Any, str]] = [
            (Path, name) for name in ("rename", "replace", "unlink", "rmdir", "mkdir", "chmod")
        ]
        places += [(os, "fsync"), (os, "open"), (engine, "connect")]
        before = [(place, name, getattr(place, name)) for place, name in places]
        over = conversion._write_over
        try:
            for place, name, original in before:
                setattr(place, name, self._counting(original))
            conversion._write_over = self._half_over(over)
            yield
        finally:
            for place, name, original in before:
                setattr(place, name, original)
            conversion._write_over = over

    def _counting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:
            self.take()
            return original(*arguments, **named)

        return counting

    def _half_over(self, original: Callable[[Path], None]) -> Callable[[Path], None]:
        def half_over(path: Path) -> None:
            with path.open("rb+") as file:
                file.write(bytes(path.stat().st_size // 2))
            self.take()
            original(path)

        return half_over


def killed_at(step: int, deed: Callable[[], object]) -> bool:
    """Do something in a child that is killed at that step; whether it came so far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from 3.12: a test has no thread that it would meet
        child = os.fork()
    if child == 0:
        status = 1
        with suppress(BaseException):
            with Steps(step, lambda: os.kill(os.getpid(), signal.SIGKILL)).counted():
                deed()
            status = 0
        os._exit(status)
    _, how = os.waitpid(child, 0)
    if os.WIFSIGNALED(how):
        assert os.WTERMSIG(how) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(how) == 0, "it was neither done nor killed"
    return False


def refused_at(step: int, deed: Callable[[], object], number: int = errno.ENOSPC) -> tuple[bool, UserError | None]:
    """Do something with one change to the disk refused; whether it came so far, and the sentence."""

    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    steps = Steps(step, refuse)
    with steps.counted():
        try:
            deed()
        except UserError as error:
            return True, error
    return steps.done >= step, None


def unlocked(place: Location, *words: str) -> tuple[Location, str]:
    """The place unlocked by the one of these words that open it, and those words; no other may."""
    found = []
    for one in words:
        with suppress(locking.WrongWordsError):
            found.append((locking.unlock(place, one), one))
    ((opened, by),) = found
    return opened, by


def lock(world: World, words: str = WORDS) -> Location:
    """Lock it with words and the council's key."""
    return locking.lock(Location(world.folder), words, CLOCK, computer=False, escrow=world.escrow[1])


def unlock(world: World, words: str = WORDS) -> Location:
    """Unlock it with words."""
    return locking.unlock(Location(world.folder), words)


def deeds_of(place: Location) -> list[str]:
    """What the audit trail tells of, in its order."""
    with libraries.open_library(place) as library:
        trail = audit.trail(library)
    assert trail.first_wrong is None
    return [entry.deed for entry in trail.entries]
