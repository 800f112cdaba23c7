"""A disk that forgets: what a recorded deed leaves of its files when the power fails at one moment.

Modelled on ext4, rather more forgetful than it is:

- What was flushed is there. Of what was not, each write is there, or is not, or is there in some of its sectors.
- Names come and go in their order. Flushing a file or a folder makes lasting every name that came or went up to
  the last change of that file or folder itself, whosever name it was; later ones, or any number of the first of
  them, may be lost.
- A file that is mapped into memory (SQLite's -shm) is gone, or rubbish, or as it was at any moment since it was last
  flushed: the whole of it, or each page or sector at a moment of its own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.power_cuts.recorder import (
    PAGE,
    VOLATILE,
    Flushed,
    Linked,
    Made,
    Mapped,
    Record,
    Removed,
    Renamed,
    Said,
    Sized,
    Wrote,
    renamed,
)

SECTOR: Final = 512

Naming = Made | Linked | Renamed | Removed


@dataclass(slots=True)
class _Node:
    """A file or folder. `pending` are the changes that were not flushed; the two numbers are the change of names up to
    which a flush, or a flush of data alone, makes names last."""

    folder: bool
    content: bytearray = field(default_factory=bytearray)
    pending: list[Wrote | Sized | Mapped] = field(default_factory=list)
    size: int = 0
    flush_names: int = 0
    flush_names_for_data: int = 0


@dataclass(frozen=True, slots=True)
class Fate:
    """How kind a power cut is: the chances that a write is whole, or torn, and how many of the latest names stay."""

    whole: float
    torn: float
    names: float | None = None


FATES: Final = (
    Fate(0, 0, 0),
    Fate(1, 0, 1),
    Fate(0, 0, 1),
    Fate(1, 0, 0),
    Fate(0.5, 0),
    Fate(0.34, 0.33),
    Fate(0.34, 0.33, 1),
    Fate(0.8, 0.2),
    Fate(0.05, 0.1, 1),
)
"""Nothing of what was not flushed, all of it, names without what is in them, and everything in between."""


class Disk:
    """The files below a folder, as they were before a deed, and then record by record."""

    def __init__(self, folder: Path, numbers: dict[str, int]) -> None:
        self._names = dict(numbers)
        self._lasting = dict(numbers)
        self._changes: list[Naming] = []
        self._last = 0
        self._nodes: dict[int, _Node] = {}
        for name, number in numbers.items():
            path = folder / name
            content = bytearray() if path.is_dir() else bytearray(path.read_bytes())
            self._nodes[number] = _Node(folder=path.is_dir(), content=content, size=len(content))

    def tell(self, record: Record) -> None:
        """Do what a record says, and flush nothing that it does not flush."""
        match record:
            case Made() | Linked() | Renamed() | Removed():
                self._name(record)
            case Wrote():
                node = self._nodes[record.node]
                node.pending.append(record)
                grown = max(node.size, record.at + len(record.data))
                self._touch(node, only_times=grown == node.size)
                node.size = grown
            case Mapped():
                self._nodes[record.node].pending.append(record)
            case Sized():
                node = self._nodes[record.node]
                node.pending.append(record)
                node.size = record.size
                self._touch(node)
            case Flushed():
                self._flush(record)
            case Said():
                pass

    def _touch(self, node: _Node, *, only_times: bool = False) -> None:
        node.flush_names = len(self._changes)
        if not only_times:
            node.flush_names_for_data = len(self._changes)

    def _name(self, change: Naming) -> None:
        if isinstance(change, Made):
            self._nodes[change.node] = _Node(folder=change.folder)
        paths = [change.old, change.new] if isinstance(change, Renamed) else [change.path]
        touched = [self._names[path] for path in paths if path in self._names]
        _changed(self._names, change)
        touched += [self._names[path] for path in paths if path in self._names]
        touched += [self._names[parent] for parent in map(_parent, paths)]
        self._changes.append(change)
        for number in touched:
            self._touch(self._nodes[number])

    def _flush(self, record: Flushed) -> None:
        flushed = [*self._nodes.values()] if record.node is None else [self._nodes[record.node]]
        upto = self._last
        for node in flushed:
            for change in node.pending:
                _apply(node.content, change)
            node.pending.clear()
            upto = max(upto, node.flush_names_for_data if record.data_only else node.flush_names)
        if record.node is None:
            upto = len(self._changes)
        for naming in self._changes[self._last : upto]:
            _changed(self._lasting, naming)
        self._last = upto

    def everything(self) -> dict[str, bytes | None]:
        """What is there while the power stays on: None for a folder."""
        return self._image(self._names, random.Random(0), Fate(1, 0, 1))

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes | None]:
        """What may be there if the power fails now."""
        fate = dice.choice(FATES)
        share = dice.random() if fate.names is None else fate.names
        names = dict(self._lasting)
        unsure = self._changes[self._last :]
        for change in unsure[: round(share * len(unsure))]:
            _changed(names, change)
        return self._image(names, dice, fate)

    def _image(self, names: dict[str, int], dice: random.Random, fate: Fate) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        whole: dict[int, bytes] = {}
        for path, number in names.items():
            node = self._nodes[number]
            if node.folder:
                found[path] = None
            elif path.endswith(VOLATILE):
                if (chance := dice.random()) < 0.1:
                    found[path] = dice.randbytes(dice.choice((0, 100, 32768)))
                elif chance < 0.9:
                    found[path] = _what_memory_left(node, dice)
            else:
                if number not in whole:
                    whole[number] = _what_is_left(node, dice, fate)
                found[path] = whole[number]
        return found


def _what_is_left(node: _Node, dice: random.Random, fate: Fate) -> bytes:
    content = bytearray(node.content)
    for change in node.pending:
        chance = dice.random()
        if chance < fate.whole:
            _apply(content, change)
        elif chance < fate.whole + fate.torn and isinstance(change, Wrote):
            _tear(content, change, dice)
    return bytes(content)


def _what_memory_left(node: _Node, dice: random.Random) -> bytes:
    """A mapped file as it was at some moment; or its pages or sectors as they were, each at one of a few moments."""
    latest = len(node.pending)
    moments = {latest, *(max(0, latest - dice.randint(0, longest)) for longest in (3, 30, 300, latest))}
    states, content, done = [], bytearray(node.content), 0
    for moment in sorted(moments):
        for change in node.pending[done:moment]:
            _apply(content, change)
        states.append(bytes(content))
        done = moment
    whole = dice.choice(states)
    grain = dice.choice((None, PAGE, SECTOR))
    if grain is None:
        return whole
    parts = [dice.choice(states)[at : at + grain] or whole[at : at + grain] for at in range(0, len(whole), grain)]
    return b"".join(parts)


def _tear(content: bytearray, write: Wrote, dice: random.Random) -> None:
    """Some of the sectors of a write."""
    start, end = write.at, write.at + len(write.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if dice.random() < 0.5:
            _apply(content, Wrote(write.node, start, write.data[start - write.at : stop - write.at]))
        start = stop


def _apply(content: bytearray, change: Wrote | Sized | Mapped) -> None:
    if isinstance(change, Sized):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
    else:
        content.extend(bytes(max(0, change.at - len(content))))
        content[change.at : change.at + len(change.data)] = change.data


def _changed(names: dict[str, int], change: Naming) -> None:
    match change:
        case Made() | Linked():
            names[change.path] = change.node
        case Renamed():
            renamed(names, change.old, change.new)
        case Removed():
            del names[change.path]


def _parent(path: str) -> str:
    return path.rpartition("/")[0] or "."


def lay_out(image: dict[str, bytes | None], folder: Path) -> None:
    """Write the files of a disk into an empty folder."""
    for path in sorted(image):
        content = image[path]
        if content is None:
            (folder / path).mkdir(mode=0o700, exist_ok=True)
        else:
            (folder / path).write_bytes(content)


def replay(folder: Path, numbers: dict[str, int], records: Sequence[Record]) -> Disk:
    """The disk after all these records."""
    disk = Disk(folder, numbers)
    for record in records:
        disk.tell(record)
    return disk
