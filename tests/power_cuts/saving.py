"""Rehearsals that are running when the power fails: every event that was kept is there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import ClassVar

from cqcmock.domain.interview import Event
from cqcmock.domain.plan import Plan
from cqcmock.services import rehearsing, sittings
from cqcmock.services.live import Keep, LiveInterview
from cqcmock.storage import library
from cqcmock.storage.folder import LIBRARY, flush
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.power_cuts.deed import Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import opened

DATA = "data"
LOG = "log-that-is-left"
LOG_HEADER, FRAME = 32, 24 + 4096
WORDS = "We asked forty carers, and one told us that she waited nine days. "


class Saving(Deed):
    """Two interviews, typed into and kept event by event, and an old one deleted for good between them."""

    fault = "The power fails while an answer is typed"
    person_sees = "The rehearsal can be gone on with, with every word that was shown as saved"
    raw_key: ClassVar[str | None] = None
    sittings: ClassVar[int] = 2
    questions: ClassVar[int] = 3

    def prepare(self, folder: Path) -> None:
        hand = HandClock()
        with library.open_library(folder / DATA, raw_key=self.raw_key) as there:
            self.old = rehearsing.start(there, plan(1), "Old", hand.clock).id
            sittings.delete(there, self.old, hand.clock)

    def do(self, folder: Path, say: Say) -> None:
        hand = HandClock()
        with library.open_library(folder / DATA, raw_key=self.raw_key) as there:
            for number in range(self.sittings):
                say.begun("start")
                sitting = rehearsing.start(there, plan(self.questions), f"Pat {number}", hand.clock)
                say.done("start", sitting.id)
                with sittings.recorder(there, sitting.id) as keep:

                    def keep_and_say(position: int, event: Event, keep=keep, sitting=sitting.id) -> None:  # type: ignore[no-untyped-def]
                        about = [sitting, position, repr(event)]
                        say.begun("event", about)
                        keep(position, event)
                        say.done("event", about)

                    talk(plan(self.questions), hand, keep_and_say)
                if not number:
                    say.begun("erase")
                    for old in sittings.deleted(there):
                        sittings.delete_for_good(there, old.id)
                    say.done("erase")

    def check(self, folder: Path, said: Heard) -> None:
        kept: dict[str, dict[int, str]] = {sitting: {} for sitting in said.done("start")}
        for sitting, position, event in said.done("event"):
            kept[sitting][position] = event
        with opened(folder / DATA, self.raw_key) as there:
            known = {one.id for one in sittings.recent(there)}
            if missing := kept.keys() - known:
                raise LostError(f"{len(missing)} rehearsals are not there")
            if len(known - kept.keys()) > len(said.under_way("start")):
                raise HalfDoneError("a rehearsal is there that nobody began")
            deleted = {one.id for one in sittings.deleted(there)}
            if said.done("erase") and deleted:
                raise LostError("what was deleted for good is there again")
            if deleted - {self.old} or (not deleted and not (said.done("erase") or said.under_way("erase"))):
                raise LostError("what could still be taken back is gone")
            for sitting, events in kept.items():
                loaded = {at: repr(event) for at, event in enumerate(sittings.load(there, sitting).events)}
                _compare(loaded, events, [one for one in said.under_way("event") if one[0] == sitting])


def _compare(there: dict[int, str], announced: dict[int, str], begun: list[tuple[str, int, str]]) -> None:
    """What is there is what was announced, with what was begun after it or without it."""
    with_it = announced | {position: event for _sitting, position, event in begun}
    if there in (announced, with_it):
        return
    lost = sum(there.get(position) not in (event, with_it[position]) for position, event in announced.items())
    if lost:
        raise LostError(f"{lost} of {len(announced)} events that were announced as kept are not there")
    raise HalfDoneError(f"{len(there)} events are there, {len(announced)} were announced")


def talk(the_plan: Plan, hand: HandClock, keep: Keep) -> None:
    """Answer every question, a few words at a time."""
    live = LiveInterview(the_plan, (), hand.clock, keep)
    for _question in the_plan.questions:
        live.show_next()
        live.begin_answer()
        text = ""
        for pause in range(6):
            hand.pass_seconds(3)
            text += WORDS * (pause + 1) ** 2
            live.save_text(text)
        probe = live.end_answer(text)
        while probe is not None:
            hand.pass_seconds(20)
            live.save_text(WORDS)
            probe = live.end_answer(WORDS + "And that was that.")
        live.note("Slower.")
    live.ask_last_words()
    live.finish("Thank you.")


class SavingALittle(Saving):
    """The same with one interview of one question."""

    sittings, questions = 1, 1


class SavingEncrypted(Saving):
    """The same in a library with a key."""

    fault = "The power fails while an answer is typed into an encrypted library"
    raw_key = "5a" * 32


class Reopening(Deed):
    """The power failed before, and fails again while the library is opened and what lies in its log is put into it."""

    fault = "The power fails a second time, while the library is opened after the first"
    person_sees = "The rehearsal can be gone on with, with every word that was shown as saved"
    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        hand, left = HandClock(), folder / "left"
        with library.open_library(folder / DATA) as there:
            self.sitting = rehearsing.start(there, plan(3), "Pat", hand.clock).id
            with sittings.recorder(there, self.sitting) as keep:
                talk(plan(3), hand, keep)
            self.events = sittings.load(there, self.sitting).events
            shutil.copytree(folder / DATA, left, ignore=shutil.ignore_patterns("*-shm"))
        shutil.rmtree(folder / DATA)
        left.rename(folder / DATA)
        assert [path.stat().st_size for path in (folder / DATA).glob("*-wal")] > [0]

    def do(self, folder: Path, say: Say) -> None:
        for number in range(3):
            say.begun("open", number)
            with library.open_library(folder / DATA) as there:
                there.empty_log()
                sittings.rename(there, the_sitting(there), f"Number {number}")
            say.done("open", number)

    def check(self, folder: Path, said: Heard) -> None:
        with opened(folder / DATA, self.raw_key) as there:
            loaded = sittings.load(there, self.sitting)
            title = loaded.title
        if loaded.events != self.events:
            raise LostError(f"{len(loaded.events)} events are there, and were {len(self.events)}")
        titles = {f"Number {number}" for number in (*said.done("open")[-1:], *said.under_way("open"))}
        if said.done("open") and title not in titles:
            raise LostError(f"the title is “{title}”, and should be one of {titles}")


class EmptyingTheLog(Reopening):
    """The log is cut to nothing again and again, as after every deletion; the index beside it may be older."""

    fault = "The power fails while the log is emptied after a deletion"
    person_sees = "The library opens with everything in it, and nobody is told of damage"
    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        hand = HandClock()
        with library.open_library(folder / DATA, raw_key=self.raw_key) as there:
            self.sitting = rehearsing.start(there, plan(1), "Pat", hand.clock).id
            with sittings.recorder(there, self.sitting) as keep:
                talk(plan(1), hand, keep)
            self.events = sittings.load(there, self.sitting).events

    def do(self, folder: Path, say: Say) -> None:
        with library.open_library(folder / DATA, raw_key=self.raw_key) as there:
            for number in range(20):
                say.begun("open", number)
                sittings.rename(there, the_sitting(there), f"Number {number}")
                there.empty_log()
                say.done("open", number)


class EmptyingTheLockedLog(EmptyingTheLog):
    """The same in a library with a key."""

    fault = "The power fails while the log of an encrypted library is emptied after a deletion"
    raw_key = "5a" * 32


class ReopeningAfterAKill(Deed):
    """A kill came between the last save's way into the log and its flush; then the library is opened again."""

    fault = "The power fails while the library is opened after the program was killed amid a save"
    person_sees = "The rehearsal can be gone on with, with every word that was shown as saved"

    def prepare(self, folder: Path) -> None:
        hand, left = HandClock(), folder / "left"
        with library.open_library(folder / DATA) as there:
            self.sitting = rehearsing.start(there, plan(1), "Pat", hand.clock).id
            with sittings.recorder(there, self.sitting) as keep:
                talk(plan(1), hand, keep)
            self.events = sittings.load(there, self.sitting).events
            shutil.copytree(folder / DATA, left, ignore=shutil.ignore_patterns("*-shm"))
        shutil.rmtree(folder / DATA)
        left.rename(folder / DATA)
        (log,) = (folder / DATA).glob("*-wal")
        log.rename(folder / LOG)

    def do(self, folder: Path, say: Say) -> None:
        log = (folder / LOG).read_bytes()
        saved = [at + FRAME for at in range(LOG_HEADER, len(log), FRAME) if any(log[at + 4 : at + 8])][-2]
        with (folder / DATA / f"{LIBRARY}-wal").open("wb", buffering=0) as file:
            file.write(log[:saved])
            os.fsync(file.fileno())
            file.write(log[saved:])
        flush(folder / DATA)
        say.done("saved")
        for number in range(10):
            say.begun("open", number)
            with library.open_library(folder / DATA) as there:
                if not number:
                    say.done("shown", len(sittings.load(there, the_sitting(there)).events))
            say.done("open", number)

    def check(self, folder: Path, said: Heard) -> None:
        if not said.done("saved"):
            return
        with opened(folder / DATA) as there:
            events = sittings.load(there, self.sitting).events
        if events not in (self.events, self.events[:-1]) or len(events) < max(said.done("shown"), default=0):
            raise LostError(f"{len(events)} events are there of {len(self.events)}")


def the_sitting(there: library.Library) -> str:
    """The one rehearsal in a library."""
    return sittings.recent(there)[0].id
