"""A data folder in which one of everything is kept, each with words of its own, and a search for them in every byte."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.clock import Clock
from cqcmock.domain.audit import Kind
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.interview import EventKind
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.retention import Due
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import merging, packing, retention, reviewer_keys, reviewing, sealed_files, sittings
from cqcmock.services.cafe import cards, holding
from cqcmock.services.packing import Wanted
from cqcmock.services.recordings import FOLDER as AUDIO
from cqcmock.services.sealed_files import SEALED
from cqcmock.settings import Settings
from cqcmock.storage import backups, engine
from tests.clocks import HandClock
from tests.played import played
from tests.services.cafe.hands import begun, people_came
from tests.services.review.hands import CLOCK, HAND, all_out, marks

if TYPE_CHECKING:
    from cqcmock.services.library import Library

LONG = " and then we asked them again" * 60
"""Long enough for pages to be divided as it is written."""

OF_SITTING = (
    "Quibblefrost", "Zanderwick", "Plimsouth", "Umberlode", "Vexfield", "Yarrowgate", "Hollinsthorpe", "Kestrelby",
    "Tamsinwort",
)  # fmt: skip
ANSWER, PROBE, NOTE, COMMENT, REFLECTION, ACTION, LAST, WHOLE, REDRAFTED = OF_SITTING
OF_PACK = ("Brackenmoor", "Ottersholt")
RETURNED, TO_REVIEWER = OF_PACK
OF_CAFE = ("Wimblestone", "Jackdawley", "Fennelquay")
CARD, TITLE, PSW_CARD = OF_CAFE
OF_OPENED = ("Gorsethwaite", "Nettlecombe")
OPENED, MARKED = OF_OPENED
OF_RECORDING = ("Sorrelbank",)
WORDS = {
    Kind.SITTING: OF_SITTING,
    Kind.PACK: OF_PACK,
    Kind.CAFE: OF_CAFE,
    Kind.OPENED_PACK: OF_OPENED,
    Kind.RECORDING: OF_RECORDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The ids of one of everything."""

    sitting: str
    pack: str
    cafe: str
    opened: str

    def of(self, kind: Kind) -> str:
        return {
            Kind.SITTING: self.sitting,
            Kind.PACK: self.pack,
            Kind.CAFE: self.cafe,
            Kind.OPENED_PACK: self.opened,
        }[kind]


def a_sitting(library: Library, said: str = ANSWER) -> str:
    """A rehearsal with words in everything that can be written about it."""
    answers = (f"We heard {said}.{LONG}", f"Drafted {said} twice.{LONG}")
    sitting = played(library, HAND, answers=answers, replied=f"From {PROBE}.{LONG}", takes=2)
    with library.writing() as work:
        from cqcmock import storage

        storage.sittings.add_event(work, sitting, EventKind.NOTE_SAVED, HAND.wall, question=0, text=f"Note {NOTE}")
        work.commit()
    sheet = MarkSheet(answers={0: AnswerMarks(levels={"clarity": 2}, comment=f"So {COMMENT}")}, comment=f"All {WHOLE}")
    sittings.save_marks(library, sitting, sheet)
    said_after = Reflection(proud=f"Of {REFLECTION}", notes=f"And {LAST}")
    sittings.save_reflection(
        library, sitting, said_after, (Action(id=f"{sitting}-1", what=f"Ask {ACTION}", owner=REDRAFTED),)
    )
    return sitting


def a_pack(library: Library, sitting: str, to: Location, out: Path, note: str = "") -> str:
    """The rehearsal, sent to whoever has the other place. Returns the pack's id."""
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann Example", note=note), CLOCK)
    address = reviewer_keys.own_key(to).address
    return packing.seal(library, ready, all_out(ready), out, CLOCK, address=address).pack.id


def marked(place: Location, pack: Path, back: Path, word: str) -> str:
    """Open a pack and mark all of it, with this word in a comment. Returns the pack's id."""
    with reviewing.open_pack(place, pack, CLOCK) as workspace:
        for sheet in workspace.answers:
            workspace.submit(sheet, marks(2, comment=f"Heard {word}"), CLOCK)
        workspace.make_return(back, CLOCK)
        return workspace.pack.id


def a_cafe(library: Library) -> str:
    """A café session with cards, that nobody has open."""
    cafe = begun(library, HAND)
    people_came(cafe, North=6)
    cards.write(cafe.cards, CardKind.WORRY, f"Worried about {CARD}{LONG}"[:300])
    cards.write(cafe.cards, CardKind.WORRY, f"Afraid of {PSW_CARD}", psw_only=True)
    from cqcmock.services.cafe import planning
    from tests.services.cafe.hands import DAY

    planning.change_details(library, cafe, HAND.clock, day=DAY, place="Stevenage", title=f"At {TITLE}", team="")
    holding.let_go(library, cafe.hold)
    return cafe.id


def a_recording(place: Location, name: str = "interview.wav") -> Path:
    """A recording as another program would leave it."""
    path = place.folder / AUDIO / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"RIFF" + OF_RECORDING[0].encode() * 5000)
    os.utime(path, (HAND.wall.timestamp(), HAND.wall.timestamp()))
    return path


def filled(library: Library, place: Location, elsewhere: Path, prepared: Path) -> Shelf:
    """One of everything in this library; `elsewhere` is a folder for the laptops of others."""
    sitting = a_sitting(library)
    reviewer = Location(elsewhere / "reviewer")
    pack = a_pack(library, sitting, reviewer, elsewhere / "sent.pack", note=f"Look at {TO_REVIEWER}")
    marked(reviewer, elsewhere / "sent.pack", elsewhere / "came.return", RETURNED)
    merging.take_in(library, merging.look(library, [elsewhere / "came.return"], CLOCK))
    cafe = a_cafe(library)
    other = Location(Path(shutil.copytree(prepared, elsewhere / "other council")))
    with libraries.open_library(other) as theirs:
        a_pack(theirs, played(theirs, HAND, answers=(f"We told {OPENED}.",)), place, elsewhere / "to mark.pack")
    opened = marked(place, elsewhere / "to mark.pack", elsewhere / "back.return", MARKED)
    a_recording(place)
    return Shelf(sitting=sitting, pack=pack, cafe=cafe, opened=opened)


def a_filled_folder(base: Path, prepared: Path) -> tuple[Path, Shelf]:
    """A closed data folder with one of everything, and two backups of it."""
    place = Location(Path(shutil.copytree(prepared, base / "data")))
    with libraries.open_library(place) as library:
        shelf = filled(library, place, base, prepared)
        for day in (20, 21):
            backups.make(library, datetime(2026, 11, day, 9, 0, tzinfo=UTC))
    return place.folder, shelf


def everything(library: Library, place: Location, *kinds: Kind) -> tuple[Due, ...]:
    """What is kept, or what is kept of these kinds."""
    found = retention.listed(library, place, Settings())
    return tuple(one for one in found if not kinds or one.kept.kind in kinds)


def at(day: date) -> Clock:
    """A clock that stands at noon of a day."""
    hand = HandClock()
    hand.wall = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return hand.clock


def by_kind(library: Library, place: Location, settings: Settings) -> dict[Kind, Due]:
    """What is kept, where there is one of each kind."""
    return {one.kept.kind: one for one in retention.listed(library, place, settings)}


def found_in(place: Location, words: Iterable[str]) -> dict[str, list[str]]:
    """Which of these words stand in which file of the data folder, sealed, encrypted or not, in free pages as well."""
    found: dict[str, list[str]] = {}
    for path in sorted(place.folder.rglob("*")):
        if path.is_file():
            content = _read(path, place.raw_key)
            for word in words:
                if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be")):
                    found.setdefault(path.relative_to(place.folder).as_posix(), []).append(word)
    return found


def everything_read(place: Location) -> bytes:
    """All that `found_in` searches, one file after the other."""
    return b"".join(_read(path, place.raw_key) for path in sorted(place.folder.rglob("*")) if path.is_file())


def _read(path: Path, raw_key: str | None) -> bytes:
    content = path.read_bytes()
    return content if raw_key is None else content + _decrypted(path, content, raw_key)


def _decrypted(path: Path, content: bytes, raw_key: str) -> bytes:
    if path.name.endswith(SEALED) and path.parent.name != "keys":
        inner = sealed_files.opened(path, raw_key)
        return inner + _pages(inner, raw_key)
    if path.name.endswith("-wal"):
        frames = range(32, len(content), 24 + PAGE)
        return b"".join(_page(content[at + 24 : at + 24 + PAGE], raw_key, first=False) for at in frames)
    return _pages(content, raw_key)


PAGE, _SALT, _RESERVED, _IV = 4096, 16, 80, 16


def _pages(content: bytes, raw_key: str) -> bytes:
    """Every page of an encrypted library as it is on the disk, the free ones and the free room in each included."""
    if len(content) < PAGE or content.startswith(engine.PLAIN_HEADER):
        return b""
    return b"".join(
        _page(content[at : at + PAGE], raw_key, first=at == 0) for at in range(0, len(content) - PAGE + 1, PAGE)
    )


def _page(page: bytes, raw_key: str, *, first: bool) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(page) < PAGE:
        return b""
    iv = page[PAGE - _RESERVED : PAGE - _RESERVED + _IV]
    body = page[_SALT if first else 0 : PAGE - _RESERVED]
    opened = Cipher(algorithms.AES(bytes.fromhex(raw_key)), modes.CBC(iv)).decryptor()
    return opened.update(body) + opened.finalize()
