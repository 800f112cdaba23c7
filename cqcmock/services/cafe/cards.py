"""Cards that nobody signs, and the themes that the facilitator groups them into."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cqcmock import storage
from cqcmock.domain.cafe import cards as rules
from cqcmock.domain.cafe.cards import Board, CardEvent, CardEventKind, CardKind
from cqcmock.errors import UserError
from cqcmock.services.cafe.keeping import KeptList

CardList = KeptList[CardEvent, Board]

K = CardEventKind


def kept(events: Iterable[CardEvent], keep: Callable[[int, CardEvent, Board], None]) -> CardList:
    """The cards of a session, as `opening` makes them."""
    return KeptList(events, rules.fold, keep, after=_after, same=_same)


def _after(board: Board, before: Sequence[CardEvent], event: CardEvent) -> Board:
    return rules.fold((*before, event)) if event.kind is K.UNDONE else rules.step(board, event)


def _same(event: CardEvent, tried: CardEvent) -> bool:
    new = {K.CARD_WRITTEN: "card", K.THEME_MADE: "theme"}.get(event.kind)
    if new is None or event.kind is not tried.kind:
        return event == tried
    return replace(event, card=tried.card) == tried if new == "card" else replace(event, theme=tried.theme) == tried


def next_person(cards: CardList) -> Board:
    """The keyboard is passed on to somebody who has not written yet."""
    return cards.add(CardEvent(kind=K.NEXT_PERSON))


def somebody_again(cards: CardList) -> Board:
    """The keyboard is passed on to somebody who has written before: they are not counted twice."""
    return cards.add(CardEvent(kind=K.SOMEBODY_AGAIN))


def write(cards: CardList, kind: CardKind, text: str, *, psw_only: bool = False) -> Board:
    """A card by whoever is at the keyboard. Raises UserError where it is empty or too long."""
    if psw_only and kind is not CardKind.WORRY:
        raise UserError("Only a worry can be for you alone.", "Write it as a worry.")
    words = rules.card_words(storage.text.clean(text))
    return cards.add(CardEvent(kind=K.CARD_WRITTEN, card=_new_id(), about=kind, text=words, psw_only=psw_only))


def reword(cards: CardList, card: str, text: str) -> Board:
    """Other words on a card. Raises UserError where there are none or too many."""
    return cards.add(CardEvent(kind=K.CARD_REWORDED, card=card, text=rules.card_words(storage.text.clean(text))))


def for_psw_only(cards: CardList, card: str) -> Board:
    """Mark a worry as one for the facilitator alone: it then counts in nothing that others see."""
    return cards.add(CardEvent(kind=K.CARD_FOR_PSW, card=card))


def take_out(cards: CardList, card: str) -> Board:
    """Take a card out; its words are gone for good when the session is closed."""
    return cards.add(CardEvent(kind=K.CARD_TAKEN_OUT, card=card))


def make_theme(cards: CardList, about: CardKind, name: str) -> Board:
    """A theme for cards of one kind. Raises UserError where the name is missing, too long or taken."""
    there = rules.theme_name(cards.state, about, storage.text.clean(name))
    return cards.add(CardEvent(kind=K.THEME_MADE, theme=_new_id(), about=about, text=there))


def rename_theme(cards: CardList, theme: str, name: str) -> Board:
    """Another name for a theme. Raises UserError where the name is missing, too long or taken."""
    found = cards.state.theme(theme)
    if found is None:
        raise rules.CardsOutOfOrderError(f"there is no theme {theme}")
    name = rules.theme_name(cards.state, found.kind, storage.text.clean(name), renaming=theme)
    return cards.add(CardEvent(kind=K.THEME_RENAMED, theme=theme, text=name))


def take_out_theme(cards: CardList, theme: str) -> Board:
    """Take a theme out; its cards stay."""
    return cards.add(CardEvent(kind=K.THEME_TAKEN_OUT, theme=theme))


def merge(cards: CardList, theme: str, into: str) -> Board:
    """Put the cards of one theme into another of the same kind."""
    return cards.add(CardEvent(kind=K.THEMES_MERGED, theme=theme, into=into))


def group(cards: CardList, card: str, theme: str) -> Board:
    """Put a card into a theme, of which it may be in three. Raises UserError for a fourth."""
    found = cards.state.card(card)
    if found is not None and len(found.themes) >= rules.MOST_THEMES and theme not in found.themes:
        raise UserError(f"This card is in {rules.MOST_THEMES} themes already.", "Take it out of one first.")
    return cards.add(CardEvent(kind=K.CARD_GROUPED, card=card, theme=theme))


def ungroup(cards: CardList, card: str, theme: str) -> Board:
    """Take a card out of a theme."""
    return cards.add(CardEvent(kind=K.CARD_UNGROUPED, card=card, theme=theme))


def undo(cards: CardList) -> Board:
    """Take back the latest deed that still holds. Raises UserError where there is none."""
    if not rules.standing(cards.events) and cards.waiting is None:
        raise UserError("There is nothing to undo.", "Write the first card.")
    return cards.add(CardEvent(kind=K.UNDONE))


def _new_id() -> str:
    return uuid.uuid4().hex
