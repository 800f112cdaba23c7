"""What a facilitator does with three hundred cards and twenty themes, and what people do whom she hands the laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from cqcmock.domain.cafe.cards import CardKind
from tests.benchmarks.cafe_deed import TOLD, Deed, Deeds, at_once
from ui.cafe.cards_meant import themes_of
from ui.cafe.writing_page import WritingPage


class CardDeeds(Deeds):
    """The deeds of the second tab."""

    def deeds(self) -> Iterator[Deed]:
        """All of them. Each must be done before the next is asked for."""
        yield from self._cards()
        yield from self._themes()
        yield from self._filters()
        yield from self._laptop_goes_round()

    def _cards(self) -> Iterator[Deed]:
        part = self._screen.cards
        board = self._opened.cards
        yield Deed(
            name="open the field for a card",
            ready=lambda: self._show_tab(part),
            do=part.type_one.click,
            so=part.typing.isVisible,
        )
        edit = part.typing.edit.edit
        yield self._press("type a letter of a card", lambda: edit, Qt.Key.Key_W, lambda: not part.typing.edit.is_empty)
        cards = len(board.state.cards)
        yield Deed(
            name="write a card",
            ready=lambda: edit.setPlainText(f"{TOLD} That was number {next(self._number)}."),
            do=part.typing.keep.click,
            so=lambda: len(board.state.cards) > cards and not part.doing.busy,
        )
        yield Deed(name="close the field for a card", do=part.typing.close_it.click, so=part.typing.isHidden)
        yield self._press(
            "choose the next card",
            lambda: part.list,
            Qt.Key.Key_Down,
            at_once,
            ready=lambda: part.list.choose(part.list.cards.rows[3].id),
        )
        yield from self._chosen_cards()

    def _chosen_cards(self) -> Iterator[Deed]:
        part, board = self._screen.cards, self._opened.cards
        theme = themes_of(board.state, CardKind.PRIDE)[2]
        outside = [row.id for row in part.list.cards.rows if theme.id not in board.state.card(row.id).themes]
        yield self._press(
            "begin to name a theme", lambda: part.list, Qt.Key.Key_3, lambda: part.chosen.field.text() == "3",
            ready=lambda: part.list.choose(outside[0]),
        )  # fmt: skip
        yield self._press(
            "group a card", lambda: part.chosen.field, Qt.Key.Key_Return,
            lambda: theme.id in board.state.card(outside[0]).themes and not part.doing.busy,
        )  # fmt: skip
        yield self._undo_cards("undo a grouping")
        yield Deed(
            name="choose every card", do=lambda: QTest.keySequence(part.list, "Ctrl+A"),
            so=lambda: len(part.list.chosen) == len(part.list.cards.rows),
        )  # fmt: skip
        ten = outside[:10]
        yield Deed(
            name="group ten cards",
            ready=lambda: self._choose_cards(ten),
            do=lambda: part.chosen.theme_typed.emit("3"),
            so=lambda: all(theme.id in board.state.card(card).themes for card in ten) and not part.doing.busy,
        )
        yield self._undo_cards("undo ten groupings")
        yield Deed(
            name="begin to reword a card", ready=lambda: part.list.choose(ten[0]), do=part.chosen.reword.click,
            so=lambda: part.chosen.is_rewording,
        )  # fmt: skip
        yield Deed(
            name="reword a card",
            ready=lambda: part.chosen.edit.put(f"{TOLD} Other words {next(self._number)}."),
            do=part.chosen.keep.click,
            so=lambda: not part.chosen.is_rewording and not part.doing.busy,
        )
        yield self._undo_cards("undo a rewording")
        cards = len(board.state.cards)
        yield Deed(
            name="take a card out", ready=lambda: part.list.choose(ten[0]), do=part.chosen.out.click,
            so=lambda: len(board.state.cards) < cards and not part.doing.busy,
        )  # fmt: skip
        yield self._undo_cards("undo taking a card out")

    def _choose_cards(self, ids: list[str]) -> None:
        part = self._screen.cards
        part.list.choose(ids[0])
        for card in ids[1:]:
            index = part.list.cards.index(part.list.cards.row_of(card))
            part.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def _undo_cards(self, name: str) -> Deed:
        part, events = self._screen.cards, len(self._opened.cards.events)
        return Deed(
            name=name,
            do=part.undo_button.click,
            so=lambda: len(self._opened.cards.events) > events and not part.doing.busy,
        )

    def _themes(self) -> Iterator[Deed]:
        part, board = self._screen.cards, self._opened.cards
        themes = part.themes
        name = f"A theme of its own {next(self._number)}"

        def is_called(wanted: str) -> Callable[[], bool]:
            return lambda: any(theme.name == wanted for theme in board.state.themes) and not part.doing.busy

        def last() -> str:
            return str(next(theme.id for theme in board.state.themes if theme.name.startswith(name)))

        yield Deed(name="ask for a new theme", do=themes.make.click, so=themes.line.isVisible)
        yield self._press(
            "make a theme", lambda: themes.field, Qt.Key.Key_Return, is_called(name),
            ready=lambda: themes.field.setText(name),
        )  # fmt: skip
        yield Deed(
            name="ask for another name", ready=lambda: themes.list.choose(last()), do=themes.rename.click,
            so=themes.line.isVisible,
        )  # fmt: skip
        yield self._press(
            "rename a theme", lambda: themes.field, Qt.Key.Key_Return, is_called(f"{name}, or so"),
            ready=lambda: themes.field.setText(f"{name}, or so"),
        )  # fmt: skip
        yield Deed(
            name="ask what to merge with", ready=lambda: themes.list.choose(last()), do=themes.merge.click,
            so=themes.line.isVisible,
        )  # fmt: skip
        yield self._press(
            "merge a theme", lambda: themes.field, Qt.Key.Key_Return,
            lambda: not is_called(f"{name}, or so")() and not part.doing.busy,
            ready=lambda: themes.field.setText("1"),
        )  # fmt: skip
        full = themes_of(board.state, CardKind.PRIDE)[4].id
        yield Deed(
            name="take a theme out", ready=lambda: themes.list.choose(full), do=themes.take_out.click,
            so=lambda: board.state.theme(full) is None and not part.doing.busy,
        )  # fmt: skip
        yield self._undo_cards("undo taking a theme out")

    def _filters(self) -> Iterator[Deed]:
        part = self._screen.cards
        chosen = part.filter
        yield Deed(name="filter: worries", do=chosen.kinds[CardKind.WORRY].click)
        yield Deed(name="filter: pride", do=chosen.kinds[CardKind.PRIDE].click)
        for number, name in ((1, "in no theme"), (2, "in the chosen theme"), (0, "all of them")):
            yield Deed(name=f"filter: {name}", do=lambda number=number: chosen.which.setCurrentIndex(number))  # type: ignore[misc]
        yield self._press(
            "filter: a first letter", lambda: chosen.words, Qt.Key.Key_T, lambda: chosen.words.text() == "t"
        )
        yield self._press(
            "filter: a second letter", lambda: chosen.words, Qt.Key.Key_W, lambda: chosen.words.text() == "tw"
        )
        yield Deed(name="filter: no words", do=chosen.words.clear)

    def _laptop_goes_round(self) -> Iterator[Deed]:
        part, board = self._screen.cards, self._opened.cards
        yield Deed(
            name="cover: laptop goes round",
            do=part.hand_round.click,
            so=lambda: isinstance(self._screen.cover, WritingPage) and self._screen.cover.isVisible(),
        )
        page = self._screen.cover
        assert isinstance(page, WritingPage)
        yield Deed(name="somebody sits down", do=page.gate.not_yet.click, so=page.form.isVisible)
        edit = page.form.edit.edit
        yield self._press("somebody types a letter", lambda: edit, Qt.Key.Key_W, lambda: not page.form.edit.is_empty)
        cards = len(board.state.cards)
        yield Deed(
            name="somebody hands a card in",
            ready=lambda: edit.setPlainText(f"{TOLD} And this is number {next(self._number)}."),
            do=page.form.button.click,
            so=lambda: len(board.state.cards) > cards and not page.doing.busy,
        )
        yield Deed(name="tick, card in sight", do=self._tick)
        yield Deed(name="somebody has finished", do=page.form.finish.click, so=page.gate.isVisible)
        yield Deed(name="uncover: laptop is back", do=page.gate.leave.click, so=lambda: self._screen.cover is None)
