"""Which theme somebody means by what they typed, and what can be taken back: decisions without widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cqcmock.domain.cafe.cards import Board, CardEvent, CardEventKind, CardKind, Theme
from ui.cafe import cards_words

_NOT_THE_FACILITATORS = frozenset({CardEventKind.NEXT_PERSON, CardEventKind.SOMEBODY_AGAIN, CardEventKind.CARD_WRITTEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A theme that is there, the name of a new one, or why it is neither."""

    theme: Theme | None = None
    new: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done in one go: how many events stood after it, how many of them it made, and what to call it."""

    end: int
    events: int
    words: str


def themes_of(board: Board, kind: CardKind) -> tuple[Theme, ...]:
    """The themes of a kind, in the order of their numbers."""
    return tuple(theme for theme in board.themes if theme.kind is kind)


def meant(themes: Sequence[Theme], typed: str) -> Meant:
    """By number, by name, or by the beginning of one name alone; anything else is the name of a new theme."""
    name = " ".join(typed.split())
    if not name:
        return Meant(problem="Type the number or the name of a theme.")
    if name.isdecimal():
        number = int(name[:6])
        if 1 <= number <= len(themes):
            return Meant(theme=themes[number - 1])
        return Meant(problem=f"There is no theme {name}. For a new theme, type a name.")
    folded = name.casefold()
    same = next((theme for theme in themes if theme.name.casefold() == folded), None)
    if same is not None:
        return Meant(theme=same)
    beginning = [theme for theme in themes if theme.name.casefold().startswith(folded)]
    return Meant(theme=beginning[0]) if len(beginning) == 1 else Meant(new=name)


def to_undo(held: Sequence[CardEvent], deeds: Sequence[Deed]) -> Deed | None:
    """What would be taken back now, or nothing.

    A card that somebody wrote while the laptop went round is nobody's to undo from here: it could not be brought back.
    """
    if deeds and deeds[-1].end == len(held):
        return deeds[-1]
    if not held or held[-1].kind in _NOT_THE_FACILITATORS:
        return None
    return Deed(end=len(held), events=1, words=cards_words.deed(held[-1]))
