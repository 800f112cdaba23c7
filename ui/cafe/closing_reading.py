"""What the facilitator looks at before closing: read in the database lane, as plain things to show.

What others would see is what closing itself would make.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.cafe import closing as rules
from cqcmock.domain.cafe.attendance import Attendance
from cqcmock.domain.cafe.cards import Board, CardKind, cards_in, hands_behind, ungrouped
from cqcmock.domain.cafe.closing import TABLE_OF, About
from cqcmock.domain.cafe.release import SPARE_PEOPLE, Release, may_be_told

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSeen:
    """A theme as the facilitator sees it: `hidden_because` is empty where others are told of it."""

    id: str
    kind: CardKind
    name: str
    cards: int
    people: int
    hidden_because: str

    @property
    def told(self) -> bool:
        """Whether others are told of it."""
        return not self.hidden_because


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something to look at first. What to do about it is in the words; `theme` is the id of one to rename."""

    words: str
    theme: str = ""
    about_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToClose:
    """Everything that the page shows, for one answer to its question and one smallest group."""

    attendance: Attendance
    themes: tuple[ThemeSeen, ...]
    loose: int
    for_psw: int
    doubts: tuple[Doubt, ...]
    preview: Release


def read(library: Library, opened: OpenCafe, *, same_people: bool, k: int) -> ToClose:
    """What closing with this answer would do. Raises UserError for a low k, and where the library cannot be read."""
    from cqcmock.services.cafe import closing

    found = closing.doubts(library, opened, same_people=same_people, k=k)
    preview = closing.preview(library, opened, same_people=same_people, k=k)
    board, came = opened.cards.state, opened.attendance.state
    doubts = tuple(_doubt(doubt, board) for doubt in found)
    return ToClose(
        attendance=came,
        themes=tuple(_themes(board, came.came, preview, {doubt.theme for doubt in doubts})),
        loose=sum(not card.psw_only for card in ungrouped(board)),
        for_psw=sum(card.psw_only for card in board.cards),
        doubts=doubts,
        preview=preview,
    )


def _doubt(doubt: rules.Doubt, board: Board) -> Doubt:
    named = (one.id for one in board.themes if (TABLE_OF[one.kind], one.name) == (doubt.table, doubt.name))
    return Doubt(words=doubt.words, theme=next(named, ""), about_people=doubt.about is About.PEOPLE_COUNTED)


def _themes(board: Board, came: int, preview: Release, naming_a_team: Container[str]) -> Iterator[ThemeSeen]:
    for theme in sorted(board.themes, key=lambda one: (tuple(CardKind).index(one.kind), one.name.casefold())):
        people = len(hands_behind(board, theme.id))
        told = may_be_told(preview, TABLE_OF[theme.kind], theme.name)
        yield ThemeSeen(
            id=theme.id,
            kind=theme.kind,
            name=theme.name,
            cards=len(cards_in(board, theme.id)),
            people=people,
            hidden_because="" if told else _because(people, came, preview, theme.id in naming_a_team),
        )


def _because(people: int, came: int, preview: Release, names_a_team: bool) -> str:
    """Why others are not told of a theme, for the facilitator's eyes only."""
    k = preview.k
    if preview.same_people:
        return "not shown: mostly the same people came before"
    if came < k + SPARE_PEOPLE:
        return f"not shown: fewer than {k + SPARE_PEOPLE} people came"
    if names_a_team:
        return "not shown: its name names a team"
    if people < k:
        return f"not shown: fewer than {k} people are behind it"
    return "not shown: more people seem to have typed cards than came"
