"""Single deeds on the cards, ready for the database lane: services are imported there and not before.

Each looks at the board as it stands when its turn comes, and leaves alone what is no longer as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import CardKind, standing
from ui.cafe.writing_hard import to_choose

if TYPE_CHECKING:
    from cqcmock.services.cafe.cards import CardList

Step = Callable[[], object]


def get_ready() -> None:
    """Read what takes long the first time, before somebody waits for it."""
    look_for_names("", [])()
    to_choose()


def look_for_names(words: str, found: list[tuple[str, str]]) -> Step:
    """Put into `found` what in the words could name somebody, each with what it may be."""

    def step() -> None:
        from cqcmock.services.privacy import personal_data_in
        from cqcmock.services.story_checks import PERSONAL_WORDS

        found.extend((data.text, PERSONAL_WORDS[data.kind]) for data in personal_data_in(words))

    return step


def next_person(cards: CardList, found: Sequence[object] = ()) -> Step:
    """Somebody new; nothing where anything was `found`."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if not found:
            deeds.next_person(cards)

    return step


def somebody_again(cards: CardList, found: Sequence[object] = ()) -> Step:
    """Somebody who is counted already; nothing where anything was `found`."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if not found:
            deeds.somebody_again(cards)

    return step


def write(cards: CardList, kind: CardKind, words: str, psw_only: bool, found: Sequence[object] = ()) -> Step:
    """A card by whoever is at the keyboard; nothing where anything was `found`."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if not found:
            deeds.write(cards, kind, words, psw_only=psw_only)

    return step


def group(cards: CardList, card: str, theme: str) -> Step:
    """Put a card into a theme, or into the one that was made last."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        found, into = cards.state.card(card), theme or cards.state.themes[-1].id
        if found is not None and into not in found.themes and cards.state.theme(into) is not None:
            deeds.group(cards, card, into)

    return step


def ungroup(cards: CardList, card: str, theme: str) -> Step:
    """Take a card out of a theme."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        found = cards.state.card(card)
        if found is not None and theme in found.themes:
            deeds.ungroup(cards, card, theme)

    return step


def reword(cards: CardList, card: str, words: str) -> Step:
    """Other words on a card."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        found = cards.state.card(card)
        if found is not None and found.text != words.strip():
            deeds.reword(cards, card, words)

    return step


def for_psw_only(cards: CardList, card: str) -> Step:
    """Mark a worry as one for the facilitator alone."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if cards.state.card(card) is not None:
            deeds.for_psw_only(cards, card)

    return step


def take_out(cards: CardList, card: str) -> Step:
    """Take a card out."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if cards.state.card(card) is not None:
            deeds.take_out(cards, card)

    return step


def make_theme(cards: CardList, kind: CardKind, name: str) -> Step:
    """A new theme."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        deeds.make_theme(cards, kind, name)

    return step


def rename_theme(cards: CardList, theme: str, name: str) -> Step:
    """Another name for a theme."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        found = cards.state.theme(theme)
        if found is not None and found.name != name:
            deeds.rename_theme(cards, theme, name)

    return step


def merge(cards: CardList, theme: str, into: str) -> Step:
    """The cards of one theme into another."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if cards.state.theme(theme) is not None and cards.state.theme(into) is not None:
            deeds.merge(cards, theme, into)

    return step


def take_out_theme(cards: CardList, theme: str) -> Step:
    """Take a theme out; its cards stay."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if cards.state.theme(theme) is not None:
            deeds.take_out_theme(cards, theme)

    return step


def undo_one(cards: CardList, standing_now: int) -> Step:
    """Take back the latest event, where so many stand: nobody has done anything else meanwhile."""

    def step() -> None:
        from cqcmock.services.cafe import cards as deeds

        if len(standing(cards.events)) == standing_now:
            deeds.undo(cards)

    return step
