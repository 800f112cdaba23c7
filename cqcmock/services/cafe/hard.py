"""What people found hard, by lens and by quality statement, said with the same hands as the cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cqcmock import storage
from cqcmock.domain.cafe.cards import Board
from cqcmock.domain.cafe.release import TableKind, Voiced
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError
from cqcmock.services.cafe.keeping import KeptList
from cqcmock.storage.cafe_records import HardEvent

HardList = KeptList[HardEvent, tuple[HardEvent, ...]]


def kept(events: Iterable[HardEvent], keep: Callable[[int, HardEvent, tuple[HardEvent, ...]], None]) -> HardList:
    """What people found hard in a session, as `opening` makes it."""
    return KeptList(events, standing, keep)


def standing(events: Iterable[HardEvent]) -> tuple[HardEvent, ...]:
    """What was said and not taken back. Raises OutOfOrderError where something is taken back that was not said."""
    held: list[HardEvent] = []
    for event in events:
        if not event.back:
            held.append(event)
            continue
        said = HardEvent(table=event.table, name=event.name, hand=event.hand)
        if said not in held:
            raise OutOfOrderError(f"nobody said that {event.name} was hard")
        held.remove(said)
    return tuple(held)


def say(found: HardList, board: Board, table: TableKind, name: str) -> tuple[HardEvent, ...]:
    """Whoever is at the keyboard found this lens or statement hard; said twice, it counts once."""
    said = _said(board, table, name)
    return found.state if said in found.state else found.add(said)


def take_back(found: HardList, board: Board, table: TableKind, name: str) -> tuple[HardEvent, ...]:
    """Whoever is at the keyboard did not find it hard; nothing where they never said so."""
    said = _said(board, table, name)
    if said not in found.state:
        return found.state
    return found.add(HardEvent(table=said.table, name=said.name, hand=said.hand, back=True))


def _said(board: Board, table: TableKind, name: str) -> HardEvent:
    if table not in (TableKind.HARD_LENSES, TableKind.HARD_STATEMENTS):
        raise ValueError(f"{table} is not a table of what people found hard")
    words = " ".join(storage.text.clean(name).split())
    if not words:
        raise UserError("Nothing was chosen.", "Choose the lens or statement that was hard.")
    return HardEvent(table=table, name=words, hand=board.hand)


def voiced(held: Iterable[HardEvent]) -> tuple[Voiced, ...]:
    """The same as a release is made from: hand 0 is somebody who is counted already."""
    hands: dict[tuple[TableKind, str], frozenset[int]] = {}
    for said in held:
        key = (said.table, said.name)
        hands[key] = hands.get(key, frozenset()) | ({said.hand} if said.hand else set())
    return tuple(Voiced(table=table, name=name, hands=behind) for (table, name), behind in hands.items())
