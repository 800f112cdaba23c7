"""Cards of pride, worry and ideas that nobody signs, and the themes that the facilitator groups them into.

A card has no name and no time: colleagues remember who sat at the keyboard at ten past two. It carries a *hand*,
a number within one session that goes up when the keyboard is passed on. Cards of one hand are one person's, and that
is all a hand says; it tells how many people stand behind a theme without telling who. Somebody who writes a second
time writes with no hand (0) and is not counted again. Hands of different sessions have nothing to do with each other.

A worry marked *for the PSW only* counts in nothing that others see. The mark can be set and not be lifted.

Not promised: the PSW reads every card. A person who takes the keyboard twice as if new is counted twice; `release`
takes off as many as there are more hands than people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cqcmock.errors import UserError

LONGEST_CARD: Final = 500
"""Characters of one card."""

LONGEST_NAME: Final = 80
"""Characters of a theme's name."""

MOST_THEMES: Final = 3
"""How many themes one card may be in."""

NO_HAND: Final = 0
"""The hand of somebody who has written before: it counts for no person."""


class CardKind(StrEnum):
    """What a card, and so a theme, is about."""

    PRIDE = "pride"
    WORRY = "worry"
    IDEA = "idea"


class CardEventKind(StrEnum):
    """Everything that can happen to cards and themes."""

    NEXT_PERSON = "next-person"
    SOMEBODY_AGAIN = "somebody-again"
    CARD_WRITTEN = "card-written"
    CARD_REWORDED = "card-reworded"
    CARD_FOR_PSW = "card-for-psw"
    CARD_TAKEN_OUT = "card-taken-out"
    THEME_MADE = "theme-made"
    THEME_RENAMED = "theme-renamed"
    THEME_TAKEN_OUT = "theme-taken-out"
    THEMES_MERGED = "themes-merged"
    CARD_GROUPED = "card-grouped"
    CARD_UNGROUPED = "card-ungrouped"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEvent:
    """One thing that happened, without a time on purpose.

    `card` and `theme` are ids made by the program; `into` is the theme that another is merged into. `text` is the
    words of a card or the name of a theme. `about` is needed where a card or theme is new.
    """

    kind: CardEventKind
    card: str = ""
    theme: str = ""
    into: str = ""
    about: CardKind | None = None
    text: str = ""
    psw_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one hand wrote. `themes` are ids, in the order in which the card was put in."""

    id: str
    kind: CardKind
    text: str
    hand: int
    psw_only: bool = False
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A group of cards of one kind."""

    id: str
    kind: CardKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the events so far amount to: `hand` is at the keyboard, `hands` is the highest number given out."""

    hand: int = 1
    hands: int = 1
    cards: tuple[Card, ...] = ()
    themes: tuple[Theme, ...] = ()

    def card(self, card_id: str) -> Card | None:
        """The card with this id, unless it was taken out."""
        return next((card for card in self.cards if card.id == card_id), None)

    def theme(self, theme_id: str) -> Theme | None:
        """The theme with this id, unless it was taken out or merged."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)


class CardsOutOfOrderError(Exception):
    """An event that cannot happen now: a mistake of the program, never of a person."""


def fold(events: Iterable[CardEvent]) -> Board:
    """The board that these events lead to. Raises CardsOutOfOrderError where they cannot have happened."""
    table = _Table(Board())
    for event in standing(events):
        table.take(event)
    return table.board()


def standing(events: Iterable[CardEvent]) -> tuple[CardEvent, ...]:
    """The events that still hold: an undo takes back the one before it, two undos the two before."""
    held: list[CardEvent] = []
    for event in events:
        if event.kind is not CardEventKind.UNDONE:
            held.append(event)
        elif held:
            held.pop()
        else:
            raise CardsOutOfOrderError("there is nothing to undo")
    return tuple(held)


def step(board: Board, event: CardEvent) -> Board:
    """The board after one more event (not an undo: `fold` takes those)."""
    table = _Table(board)
    table.take(event)
    return table.board()


class _Table:
    """A board while events are taken in: with hundreds of cards, a new board for each event would take too long."""

    def __init__(self, board: Board) -> None:
        self._hand, self._hands = board.hand, board.hands
        self._cards = {card.id: card for card in board.cards}
        self._themes = {theme.id: theme for theme in board.themes}

    def board(self) -> Board:
        """What lies on it now."""
        cards, themes = tuple(self._cards.values()), tuple(self._themes.values())
        return Board(hand=self._hand, hands=self._hands, cards=cards, themes=themes)

    def take(self, event: CardEvent) -> None:  # noqa: C901 - one flat case an event
        """One more event."""
        match event.kind:
            case CardEventKind.NEXT_PERSON:
                self._hand = self._hands = self._hands + 1
            case CardEventKind.SOMEBODY_AGAIN:
                self._hand = NO_HAND
            case CardEventKind.CARD_WRITTEN:
                self._put(self._written(event))
            case CardEventKind.CARD_REWORDED:
                self._put(replace(self._card(event), text=event.text))
            case CardEventKind.CARD_FOR_PSW:
                card = self._card(event)
                _must(card.kind is CardKind.WORRY, "only a worry can be for the PSW alone")
                self._put(replace(card, psw_only=True))
            case CardEventKind.CARD_TAKEN_OUT:
                del self._cards[self._card(event).id]
            case CardEventKind.THEME_MADE:
                self._themes[event.theme] = self._made(event)
            case CardEventKind.THEME_RENAMED:
                self._themes[event.theme] = replace(self._theme(event.theme), name=event.text)
            case CardEventKind.THEME_TAKEN_OUT:
                self._move(self._theme(event.theme).id)
            case CardEventKind.THEMES_MERGED:
                gone, into = self._theme(event.theme), self._theme(event.into)
                allowed = gone.id != into.id and gone.kind is into.kind
                _must(allowed, f"theme {gone.id} cannot be merged into {into.id}")
                self._move(gone.id, into.id)
            case CardEventKind.CARD_GROUPED:
                self._put(_grouped(self._card(event), self._theme(event.theme)))
            case CardEventKind.CARD_UNGROUPED:
                card = self._card(event)
                _must(event.theme in card.themes, f"card {card.id} is not in theme {event.theme}")
                self._put(replace(card, themes=tuple(t for t in card.themes if t != event.theme)))
            case CardEventKind.UNDONE:
                raise CardsOutOfOrderError("an undo is taken by fold")

    def _put(self, card: Card) -> None:
        self._cards[card.id] = card

    def _card(self, event: CardEvent) -> Card:
        found = self._cards.get(event.card)
        if found is None:
            raise CardsOutOfOrderError(f"{event.kind}: there is no card {event.card}")
        return found

    def _theme(self, theme_id: str) -> Theme:
        found = self._themes.get(theme_id)
        if found is None:
            raise CardsOutOfOrderError(f"there is no theme {theme_id}")
        return found

    def _written(self, event: CardEvent) -> Card:
        _must(bool(event.card) and event.card not in self._cards, f"card {event.card} cannot be new")
        if event.about is None:
            raise CardsOutOfOrderError("a card is about pride, worry or an idea")
        _must(event.about is CardKind.WORRY or not event.psw_only, "only a worry can be for the PSW alone")
        return Card(id=event.card, kind=event.about, text=event.text, hand=self._hand, psw_only=event.psw_only)

    def _made(self, event: CardEvent) -> Theme:
        _must(bool(event.theme) and event.theme not in self._themes, f"theme {event.theme} cannot be new")
        if event.about is None:
            raise CardsOutOfOrderError("a theme is about pride, worry or an idea")
        return Theme(id=event.theme, kind=event.about, name=event.text)

    def _move(self, gone: str, into: str = "") -> None:
        """A theme is no more: its cards are in the other one, or stay as they are without it."""
        for card in list(self._cards.values()):
            if gone in card.themes:
                there = dict.fromkeys(into if theme == gone else theme for theme in card.themes)
                self._put(replace(card, themes=tuple(theme for theme in there if theme)))
        del self._themes[gone]


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CardsOutOfOrderError(otherwise)


def _grouped(card: Card, theme: Theme) -> Card:
    _must(card.kind is theme.kind, f"a card of {card.kind} does not belong in a theme of {theme.kind}")
    _must(theme.id not in card.themes, f"card {card.id} is in theme {theme.id} already")
    _must(len(card.themes) < MOST_THEMES, f"card {card.id} is in {MOST_THEMES} themes already")
    return replace(card, themes=(*card.themes, theme.id))


def hands_behind(board: Board, theme_id: str) -> frozenset[int]:
    """The hands of a theme that others may be told about: worries for the PSW only, and no hand, left out."""
    return frozenset(
        card.hand for card in board.cards if theme_id in card.themes and not card.psw_only and card.hand != NO_HAND
    )


def hands_counted(board: Board) -> frozenset[int]:
    """Every hand with a card that others may be told about, in a theme or in none."""
    return frozenset(card.hand for card in board.cards if not card.psw_only and card.hand != NO_HAND)


def cards_in(board: Board, theme_id: str) -> tuple[Card, ...]:
    """Every card of a theme, for the PSW's eyes, in alphabetical order: the order of writing would tell who."""
    return tuple(sorted((card for card in board.cards if theme_id in card.themes), key=_alphabetical))


def ungrouped(board: Board) -> tuple[Card, ...]:
    """The cards that are in no theme yet, for the PSW's eyes, in alphabetical order."""
    return tuple(sorted((card for card in board.cards if not card.themes), key=_alphabetical))


def _alphabetical(card: Card) -> tuple[str, str]:
    return card.text.casefold(), card.id


def card_words(text: str) -> str:
    """The words of a card as they are kept. Raises UserError where there are none or too many."""
    words = text.strip()
    if not words:
        raise UserError("The card is empty.", "Write a few words first.")
    if len(words) > LONGEST_CARD:
        raise UserError(
            f"The card has {len(words)} characters, and {LONGEST_CARD} fit on it.",
            "Shorten it, or make two cards of it.",
        )
    return words


def theme_name(board: Board, about: CardKind, text: str, *, renaming: str = "") -> str:
    """The name of a theme as it is kept; `renaming` is the theme that has a name already.

    Raises UserError where it is empty, too long, or the name of another theme of the same kind.
    """
    name = " ".join(text.split())
    if not name:
        raise UserError("The theme has no name.", "Give it one that says what the cards have in common.")
    if len(name) > LONGEST_NAME:
        raise UserError(f"The name has {len(name)} characters, and {LONGEST_NAME} are enough.", "Shorten it.")
    others = (theme for theme in board.themes if theme.kind is about and theme.id != renaming)
    if any(theme.name.casefold() == name.casefold() for theme in others):
        raise UserError(f"There is already a theme “{name}”.", "Put the cards there, or merge the two themes.")
    return name


def forget(events: Iterable[CardEvent]) -> tuple[CardEvent, ...]:
    """The same events without the words of cards that no longer stand: what somebody took back is gone.

    Earlier wordings of cards that stand go too. Undoing further back than this shows empty cards.
    """
    kept = tuple(events)
    board = fold(kept)
    words = {card.id: card.text for card in board.cards}
    of_cards = {CardEventKind.CARD_WRITTEN, CardEventKind.CARD_REWORDED}
    return tuple(replace(e, text=words.get(e.card, "")) if e.kind in of_cards else e for e in kept)
