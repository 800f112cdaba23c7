"""Cards without names: whose they are stays unknown, how many people are behind a theme does not."""

from __future__ import annotations

from dataclasses import fields, replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe.cards import (
    LONGEST_CARD,
    LONGEST_NAME,
    MOST_THEMES,
    Board,
    Card,
    CardEvent,
    CardEventKind,
    CardKind,
    CardsOutOfOrderError,
    card_words,
    cards_in,
    fold,
    forget,
    hands_behind,
    hands_counted,
    standing,
    step,
    theme_name,
    ungrouped,
)
from cqcmock.errors import UserError

K = CardEventKind


def wrote(card: str, text: str = "words", about: CardKind = CardKind.WORRY, *, psw_only: bool = False) -> CardEvent:
    return CardEvent(kind=K.CARD_WRITTEN, card=card, text=text, about=about, psw_only=psw_only)


def made(theme: str, about: CardKind = CardKind.WORRY) -> CardEvent:
    return CardEvent(kind=K.THEME_MADE, theme=theme, text=theme.title(), about=about)


def grouped(card: str, theme: str) -> CardEvent:
    return CardEvent(kind=K.CARD_GROUPED, card=card, theme=theme)


NEXT = CardEvent(kind=K.NEXT_PERSON)
AGAIN = CardEvent(kind=K.SOMEBODY_AGAIN)
UNDO = CardEvent(kind=K.UNDONE)

THREE_PEOPLE = (wrote("a"), wrote("b"), NEXT, wrote("c"), NEXT, wrote("d"), made("rotas"))


def test_a_card_has_no_name_and_no_time() -> None:
    assert {field.name for field in fields(Card)} == {"id", "kind", "text", "hand", "psw_only", "themes"}
    assert not {"at", "wall", "name", "by"} & {field.name for field in fields(CardEvent)}


def test_cards_typed_without_passing_the_keyboard_on_are_one_persons() -> None:
    board = fold([*THREE_PEOPLE, *(grouped(card, "rotas") for card in "abcd")])
    assert [card.hand for card in board.cards] == [1, 1, 2, 3]
    assert len(hands_behind(board, "rotas")) == 3


def test_somebody_who_writes_again_is_not_counted_again() -> None:
    board = fold([*THREE_PEOPLE, AGAIN, wrote("e"), NEXT, wrote("f"), grouped("e", "rotas"), grouped("f", "rotas")])
    assert hands_behind(board, "rotas") == {4}
    assert hands_counted(board) == {1, 2, 3, 4}


def test_a_worry_for_the_psw_counts_in_nothing_that_others_see_and_the_psw_sees_it() -> None:
    events = [*THREE_PEOPLE, NEXT, wrote("e", psw_only=True), grouped("e", "rotas"), grouped("a", "rotas")]
    board = fold(events)
    assert hands_behind(board, "rotas") == {1}
    assert hands_counted(board) == {1, 2, 3}
    assert {card.id for card in cards_in(board, "rotas")} == {"a", "e"}
    marked = step(board, CardEvent(kind=K.CARD_FOR_PSW, card="a"))
    assert hands_behind(marked, "rotas") == frozenset()


def test_only_a_worry_can_be_for_the_psw_alone() -> None:
    with pytest.raises(CardsOutOfOrderError):
        fold([wrote("a", about=CardKind.PRIDE, psw_only=True)])
    with pytest.raises(CardsOutOfOrderError):
        fold([wrote("a", about=CardKind.IDEA), CardEvent(kind=K.CARD_FOR_PSW, card="a")])


def test_merged_themes_count_a_person_in_both_once_and_leave_one_theme() -> None:
    events = [*THREE_PEOPLE, made("shifts"), grouped("a", "rotas"), grouped("b", "shifts"), grouped("c", "shifts")]
    board = fold([*events, grouped("a", "shifts"), CardEvent(kind=K.THEMES_MERGED, theme="shifts", into="rotas")])
    assert [theme.id for theme in board.themes] == ["rotas"]
    assert hands_behind(board, "rotas") == {1, 2}
    assert all(card.themes in {(), ("rotas",)} for card in board.cards)


def test_a_theme_taken_out_leaves_its_cards_ungrouped() -> None:
    board = fold([*THREE_PEOPLE, grouped("a", "rotas"), CardEvent(kind=K.THEME_TAKEN_OUT, theme="rotas")])
    assert len(ungrouped(board)) == 4
    assert board.themes == ()


def test_a_card_can_leave_a_theme_and_a_theme_can_be_renamed() -> None:
    events = [*THREE_PEOPLE, grouped("a", "rotas"), CardEvent(kind=K.CARD_UNGROUPED, card="a", theme="rotas")]
    board = fold([*events, CardEvent(kind=K.THEME_RENAMED, theme="rotas", text="Shifts")])
    assert hands_behind(board, "rotas") == frozenset()
    assert [theme.name for theme in board.themes] == ["Shifts"]


def test_cards_are_listed_by_their_words_since_the_order_of_writing_would_tell_who() -> None:
    board = fold([wrote("1", "zeal"), NEXT, wrote("2", "Apples"), NEXT, wrote("3", "meetings")])
    assert [card.text for card in ungrouped(board)] == ["Apples", "meetings", "zeal"]


@pytest.mark.parametrize(
    "impossible",
    [
        wrote("a"),
        wrote(""),
        replace(wrote("x"), about=None),
        made("rotas"),
        replace(made("x"), about=None),
        grouped("nobody", "rotas"),
        grouped("a", "nothing"),
        CardEvent(kind=K.CARD_UNGROUPED, card="a", theme="rotas"),
        CardEvent(kind=K.CARD_TAKEN_OUT, card="nobody"),
        CardEvent(kind=K.THEMES_MERGED, theme="rotas", into="rotas"),
        CardEvent(kind=K.THEMES_MERGED, theme="rotas", into="nothing"),
        CardEvent(kind=K.THEME_RENAMED, theme="nothing", text="x"),
    ],
)
def test_what_cannot_happen_is_refused(impossible: CardEvent) -> None:
    with pytest.raises(CardsOutOfOrderError):
        fold([*THREE_PEOPLE, impossible])


def test_a_card_is_in_a_few_themes_of_its_own_kind() -> None:
    themes = [made(f"t{number}") for number in range(MOST_THEMES + 1)]
    into = [grouped("a", theme.theme) for theme in themes]
    assert len(fold([*THREE_PEOPLE, *themes, *into[:-1]]).cards[0].themes) == MOST_THEMES
    with pytest.raises(CardsOutOfOrderError, match="already"):
        fold([*THREE_PEOPLE, *themes, *into])
    with pytest.raises(CardsOutOfOrderError, match="already"):
        fold([*THREE_PEOPLE, *themes, into[0], into[0]])
    with pytest.raises(CardsOutOfOrderError, match="does not belong"):
        fold([*THREE_PEOPLE, made("joy", CardKind.PRIDE), grouped("a", "joy")])


def test_undo_takes_back_one_deed_after_another() -> None:
    events = [*THREE_PEOPLE, grouped("a", "rotas"), NEXT]
    assert fold([*events, UNDO]) == fold(events[:-1])
    assert fold([*events, UNDO, UNDO]) == fold(events[:-2])
    assert fold([*events, UNDO, wrote("e"), UNDO]) == fold(events[:-1])
    with pytest.raises(CardsOutOfOrderError):
        standing([UNDO])


def test_an_undo_is_not_a_step() -> None:
    with pytest.raises(CardsOutOfOrderError):
        step(Board(), UNDO)


def test_words_that_somebody_took_back_can_be_forgotten_and_the_board_stays_the_same() -> None:
    events = (
        *THREE_PEOPLE,
        CardEvent(kind=K.CARD_REWORDED, card="a", text="kinder words"),
        wrote("e", "secret"),
        CardEvent(kind=K.CARD_TAKEN_OUT, card="e"),
        wrote("f", "slip"),
        UNDO,
    )
    kept = forget(events)
    assert fold(kept) == fold(events)
    assert not {"secret", "slip"} & {event.text for event in kept}
    assert [event.text for event in kept if event.card == "a"] == ["kinder words", "kinder words"]


def test_a_card_has_words_and_not_too_many() -> None:
    assert card_words("  Rotas change too late. \n") == "Rotas change too late."
    assert len(card_words("x" * LONGEST_CARD)) == LONGEST_CARD
    for text in ("", " \n", "x" * (LONGEST_CARD + 1)):
        with pytest.raises(UserError):
            card_words(text)


def test_two_themes_of_one_kind_have_two_names() -> None:
    board = fold(THREE_PEOPLE)
    for text in ("rotas", " ROTAS ", "", "x" * (LONGEST_NAME + 1)):
        with pytest.raises(UserError):
            theme_name(board, CardKind.WORRY, text)
    assert theme_name(board, CardKind.PRIDE, "  our   rotas ") == "our rotas"
    assert theme_name(board, CardKind.PRIDE, "rotas") == "rotas"
    assert theme_name(board, CardKind.WORRY, "ROTAS", renaming="rotas") == "ROTAS"


deeds = st.lists(
    st.one_of(
        st.sampled_from([NEXT, AGAIN, UNDO]),
        st.builds(
            CardEvent,
            kind=st.sampled_from([kind for kind in K if kind is not K.UNDONE]),
            card=st.sampled_from("abcd"),
            theme=st.sampled_from("tu"),
            into=st.sampled_from("tu"),
            about=st.just(CardKind.WORRY),
            text=st.sampled_from(["one", "two"]),
            psw_only=st.booleans(),
        ),
    ),
    max_size=40,
)


@given(deeds)
def test_whatever_happens_hands_stay_within_those_given_out_and_themes_exist(drawn: list[CardEvent]) -> None:
    happened: list[CardEvent] = []
    for event in drawn:
        try:
            fold([*happened, event])
        except CardsOutOfOrderError:
            continue
        happened.append(event)
    board = fold(happened)
    themes = {theme.id for theme in board.themes}
    for card in board.cards:
        assert 0 <= card.hand <= board.hands
        assert set(card.themes) <= themes
        assert len(card.themes) == len(set(card.themes)) <= MOST_THEMES
    open_cards = {card.hand for card in board.cards if not card.psw_only} - {0}
    assert hands_counted(board) == open_cards
    assert all(hands_behind(board, theme) <= open_cards for theme in themes)
    assert fold(forget(happened)) == board


def test_two_thousand_people_s_cards_are_folded_well_within_the_time_of_one_undo() -> None:
    events = [made("rotas")]
    for number in range(2000):
        events += (NEXT, wrote(f"card {number}"), grouped(f"card {number}", "rotas"))

    def seconds() -> float:
        began = process_time()
        fold(events)
        return process_time() - began

    assert min(seconds() for _ in range(3)) < 0.05, "a new board for each event takes ten times as long"
