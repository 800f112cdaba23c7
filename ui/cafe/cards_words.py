"""How cards and themes are spoken of in the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cqcmock.domain.cafe.cards import CardEvent, CardEventKind, CardKind
from cqcmock.domain.english import count

SHAPES: Final[Mapping[CardKind, str]] = {CardKind.PRIDE: "★", CardKind.WORRY: "◆", CardKind.IDEA: "●"}
WORDS: Final[Mapping[CardKind, str]] = {CardKind.PRIDE: "Pride", CardKind.WORRY: "Worry", CardKind.IDEA: "Idea"}
SEVERAL: Final[Mapping[CardKind, str]] = {CardKind.PRIDE: "Pride", CardKind.WORRY: "Worries", CardKind.IDEA: "Ideas"}
OF_MINE: Final[Mapping[CardKind, str]] = {
    CardKind.PRIDE: "Something I am proud of",
    CardKind.WORRY: "Something that worries me",
    CardKind.IDEA: "An idea",
}
ASKED: Final[Mapping[CardKind, str]] = {
    CardKind.PRIDE: "What are you proud of, and who is better off for it?",
    CardKind.WORRY: "What worries you?",
    CardKind.IDEA: "What should we try?",
}
"""What is asked where nobody gave another question."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_DEEDS: Final[Mapping[CardEventKind, str]] = {
    CardEventKind.CARD_WRITTEN: "type a card",
    CardEventKind.CARD_REWORDED: "reword a card",
    CardEventKind.CARD_FOR_PSW: "mark a worry as only for you",
    CardEventKind.CARD_TAKEN_OUT: "take a card out",
    CardEventKind.THEME_MADE: "make a theme",
    CardEventKind.THEME_RENAMED: "rename a theme",
    CardEventKind.THEME_TAKEN_OUT: "take a theme out",
    CardEventKind.THEMES_MERGED: "merge two themes",
    CardEventKind.CARD_GROUPED: "put a card into a theme",
    CardEventKind.CARD_UNGROUPED: "take a card out of a theme",
}


def number(people: int) -> str:
    """A small number as it is spoken."""
    return _NUMBERS[people] if 0 <= people < len(_NUMBERS) else str(people)


def seen_by(people: int, fewest: int) -> str:
    """Whether others will see a theme as it stands, with so many people behind it."""
    if people >= fewest:
        return f"{number(fewest)} people or more: others will see it"
    return f"not yet {number(fewest)}: only you see it"


def counted(cards: int, people: int) -> str:
    """How many cards are in a theme, and how many people stand behind them."""
    return f"{count(cards, 'card')} from {count(people, 'person', 'people')}"


def deed(event: CardEvent) -> str:
    """What was done, for a button that takes it back; nothing for what is not the facilitator's to take back."""
    return _DEEDS.get(event.kind, "")


def shape_and(kind: CardKind, words: str) -> str:
    """Words with the shape of a kind before them."""
    return f"{SHAPES[kind]}\u2002{words}"
