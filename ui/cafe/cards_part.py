"""The cards of a session and their themes, as the facilitator sees them: read, group, and see what others will see.

What she does is taken back with `undo`, deed by deed. What people wrote while the laptop went round is not: it could
not be brought back; a card is taken out instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe import cards as rules
from cqcmock.domain.cafe.attendance import Attendance, by_team
from cqcmock.domain.cafe.cards import Board, Card, CardKind, standing
from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.cafe import cards_steps as steps
from ui.cafe.cards_chosen import ChosenPanel
from ui.cafe.cards_doing import Doing
from ui.cafe.cards_filter import CardFilter
from ui.cafe.cards_meant import Deed, meant, themes_of, to_undo
from ui.cafe.cards_model import CardList, rows
from ui.cafe.cards_themes import ThemePanel
from ui.cafe.cards_typing import Teller, TypingPanel
from ui.cafe.hand import Hand
from ui.cafe.part import Part
from ui.cafe.polish_ahead import polish_ahead
from ui.cafe.writing_page import WritingPage
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import SideBySide
from ui.widgets.labels import wrapped_label
from ui.widgets.scroll_page import ScrollPage

NONE_YET = "There are no cards yet. Hand the laptop round, or type what somebody tells you."
NOT_SAVED = "Your last change is not saved yet. It is tried again every second; please wait with the next."
CANNOT_UNDO = "What people wrote themselves is not undone from here. To take a card out, choose it and press Delete."

Step = Callable[[], object]


class CardsPart(Part):
    """`questions` has, for each kind of card, what the writing page asks; set it whenever it is known."""

    title = "Cards"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.questions: dict[CardKind, str] = {}
        self._shown: tuple[object, ...] = ()
        self._drawn: tuple[Board | None, Attendance | None, int] = (None, None, 0)
        self._deeds: list[Deed] = []
        self._accepted = ""
        self.doing = Doing(hand, self)
        self._more_to_come = False
        self.hand_round = secondary_button("Hand the laptop round", self.hand_the_laptop_round)
        self.type_one = secondary_button("Type a card", self.open_typing)
        self.undo_button = secondary_button("Undo", self.undo)
        self.said = wrapped_label()
        self.typing = TypingPanel()
        self.filter = CardFilter()
        self.empty = wrapped_label(quiet=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)  # where the first card will be
        self.list = CardList()
        self.chosen = ChosenPanel()
        self.themes = ThemePanel()
        self._lay()
        self._connect()
        desk.tasks.background(steps.get_ready, owner=self)

    def arrived(self) -> None:
        """The keyboard goes to the cards, or to what makes the first one."""
        super().arrived()
        (self.list if self.list.isVisibleTo(self) else self.hand_round).setFocus()

    def may_close(self) -> bool:
        """Not while words are in a field that are kept nowhere."""
        if not self.typing.edit.is_empty:
            self.open_typing()
            self._say("The card that you were typing is not kept yet. Keep it, or empty the field.")
            return False
        if self.chosen.is_rewording:
            self._say("The new words of the card are not kept yet. Keep them, or leave the card as it was.")
            return False
        return True

    def redraw(self) -> None:
        """Show what is kept now; where nothing is different, nothing is done."""
        if self._more_to_come:
            return
        board, there = self.hand.opened.cards.state, self.hand.opened.attendance.state
        drawn = (board, there, self.desk.settings.cafe_smallest_group)
        if all(one is other for one, other in zip(drawn, self._drawn, strict=True)):
            return
        self._drawn = drawn
        self.filter.say_counts(board)
        self._show_cards()
        self._show_undo()

    def undo(self) -> bool:
        """Take back the latest deed of the facilitator; whether there was one."""
        opened = self.hand.opened.cards
        deed = to_undo(standing(opened.events), self._deeds)
        if deed is None:
            self._say(CANNOT_UNDO if opened.events else "There is nothing to undo.")
            return False
        todo = [steps.undo_one(opened, deed.end - number) for number in range(deed.events)]

        def undone() -> None:
            if deed in self._deeds:
                self._deeds.remove(deed)
            self.typing.set_known(False)
            self._show_undo()
            self._say(f"Undone: {deed.words}.")

        return self._run(todo, undone, words="")

    def hand_the_laptop_round(self) -> None:
        """A page for the people in the room, in place of everything."""
        self._deeds.clear()
        self.typing.set_known(False)
        page = WritingPage(self.desk, self.hand, self.filter.kind, self.questions)
        polish_ahead(page, self, lambda: self.cover_wanted.emit(page))

    def open_typing(self) -> None:
        """The field for a card that somebody tells."""
        if not self.typing.isVisibleTo(self):
            self.typing.kinds[self.filter.kind].setChecked(True)
        self.typing.show()
        self.typing.edit.edit.setFocus()
        self._page.bring(self.typing)

    def _lay(self) -> None:
        self._page = ScrollPage(widest=100.0, gap=0.6, fills=True)
        spaced(QVBoxLayout(self), gap=0).addWidget(self._page)
        left = QWidget()
        column = spaced(QVBoxLayout(left), gap=0.5)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.chosen)
        page = self._page.column
        page.addLayout(button_row(self.hand_round, self.type_one, self.undo_button))
        page.addWidget(self.said)
        page.addWidget(self.typing)
        page.addWidget(self.filter)
        page.addWidget(SideBySide(left, self.themes, narrowest=22.0, gap=1.5, shares=(3, 2)), 1)
        self.said.hide()
        self.typing.hide()

    def _connect(self) -> None:
        self.typing.wanted.connect(self._keep_typed)
        self.typing.as_it_is.connect(self._keep_as_it_is)
        self.typing.closed.connect(self._close_typing)
        self.filter.changed.connect(self._show_cards)
        self.filter.down.connect(self.list.setFocus)
        self.list.moved.connect(self._show_chosen)
        self.list.typed.connect(self._type_theme)
        self.list.theme_wanted.connect(self._type_theme)
        self.list.reword_wanted.connect(self.chosen.reword.click)
        self.list.out_wanted.connect(self._take_out)
        chosen = self.chosen
        chosen.theme_typed.connect(self._group)
        chosen.left.connect(self._to_list)
        chosen.rewording.connect(lambda: self._page.bring(chosen.editing))
        chosen.ungroup_wanted.connect(self._ungroup)
        chosen.reworded.connect(self._reword)
        chosen.psw_only_wanted.connect(self._mark)
        chosen.out_wanted.connect(self._take_out)
        self.themes.asking.connect(lambda: self._page.bring(self.themes.line))
        themes, cards = self.themes, self.hand.opened.cards
        themes.moved.connect(self._theme_chosen)
        themes.made.connect(
            lambda name: self._theme_deed(steps.make_theme(cards, self.filter.kind, name), "make a theme")
        )
        themes.renamed.connect(
            lambda theme, name: self._theme_deed(steps.rename_theme(cards, theme, name), "rename a theme")
        )
        themes.merged.connect(lambda theme, into: self._theme_deed(steps.merge(cards, theme, into), "merge two themes"))
        themes.out_wanted.connect(
            lambda theme: self._theme_deed(steps.take_out_theme(cards, theme), "take a theme out") if theme else None
        )
        self.doing.changed.connect(self._show_doing)

    def _show_cards(self) -> None:
        board, kind = self.hand.opened.cards.state, self.filter.kind
        teams = {*by_team(self.hand.opened.attendance.state), self.hand.opened.details.team}
        self.themes.show_board(board, kind, self.desk.settings.cafe_smallest_group, teams - {""})
        self._fill(board, kind)

    def _fill(self, board: Board, kind: CardKind) -> None:
        theme, words = self.filter.theme(self.themes.chosen), self.filter.words.text()
        self._shown = (kind, theme, words)
        self.list.show_rows(rows(board, kind, theme=theme, words=words))
        there = bool(self.list.cards.rows)
        self.empty.setText(NONE_YET if not board.cards else "No card is like that. Choose another kind or other words.")
        self.empty.setVisible(not there)
        self.list.setVisible(bool(board.cards))
        self.chosen.setVisible(bool(board.cards))
        self._show_chosen()

    def _theme_chosen(self) -> None:
        """Another theme is chosen: perhaps its cards are what is shown."""
        kind, theme = self.filter.kind, self.filter.theme(self.themes.chosen)
        if self._shown and self._shown[:2] != (kind, theme):
            self._fill(self.hand.opened.cards.state, kind)

    def _show_chosen(self) -> None:
        board = self.hand.opened.cards.state
        self.chosen.show_cards(self._chosen_cards(board), themes_of(board, self.filter.kind))

    def _chosen_cards(self, board: Board) -> tuple[Card, ...]:
        wanted = set(self.list.chosen)
        return tuple(card for card in board.cards if card.id in wanted)

    def _show_undo(self) -> None:
        deed = to_undo(standing(self.hand.opened.cards.events), self._deeds)
        self.undo_button.setText(f"Undo: {deed.words}" if deed is not None else "Undo")
        self.undo_button.setAccessibleName(self.undo_button.text())

    def _show_doing(self) -> None:
        if self.doing.held_up:
            self._say(NOT_SAVED)
        elif self.said.text() == NOT_SAVED:
            self._say("")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        if words:
            announce(self, words)

    def _run(
        self,
        todo: Sequence[Step],
        then: Callable[[], None],
        *,
        words: str,
        failed: Callable[[str], None] | None = None,
        stop_at_failure: bool = True,
    ) -> bool:
        """Do these one after the other, each kept on its own, and remember them as one deed called `words`."""
        opened = self.hand.opened.cards
        if self.doing.busy:
            self._say(NOT_SAVED if self.doing.held_up else "")
            return False
        before, left, wrong = len(standing(opened.events)), list(todo), list[str]()

        def step() -> None:
            if left:
                next_one = left.pop(0)
                self._more_to_come = bool(left)  # many cards are drawn again once, after the last of them
                self.doing.do(opened, next_one, then=step, failed=trouble)
                return
            if self._more_to_come:
                self._more_to_come = False
                self.redraw()
            after = len(standing(opened.events))
            if words and after > before:
                self._deeds = [*(deed for deed in self._deeds if deed.end <= before)]
                self._deeds.append(Deed(end=after, events=after - before, words=words))
            self._show_undo()
            if wrong:
                (failed or self._say)(wrong[0])
            else:
                then()

        def trouble(error: UserError) -> None:
            wrong.append(str(error))
            if stop_at_failure:
                left.clear()
            step()

        self._say("")
        step()
        return True

    def _type_theme(self, text: str = "") -> None:
        self.chosen.begin_typing(text)
        self._page.bring(self.chosen.hint)

    def _to_list(self) -> None:
        self.list.setFocus()
        self._page.bring(self.list)

    def _group(self, typed: str) -> None:
        board, kind = self.hand.opened.cards.state, self.filter.kind
        ids, found = self.list.chosen, meant(themes_of(board, kind), typed)
        if not ids or found.problem:
            self.chosen.say_problem(found.problem)
            return
        opened = self.hand.opened.cards
        todo: list[Step] = [steps.make_theme(opened, kind, found.new)] if found.new else []
        todo += [steps.group(opened, card, found.theme.id if found.theme else "") for card in ids]
        name = found.theme.name if found.theme else found.new

        def grouped() -> None:
            self.chosen.grouped()
            self._say(f"{count(len(ids), 'card')} put into “{name}”.")
            self._to_list()

        self._run(
            todo,
            grouped,
            words=f"put {count(len(ids), 'card')} into a theme",
            failed=self.chosen.say_problem,
            stop_at_failure=bool(found.new),
        )

    def _ungroup(self, theme: str) -> None:
        opened = self.hand.opened.cards
        ids = [card.id for card in self._chosen_cards(opened.state) if theme in card.themes]
        self._for_cards([steps.ungroup(opened, card, theme) for card in ids], "take {} out of a theme", len(ids))

    def _mark(self) -> None:
        opened = self.hand.opened.cards
        worries = [card for card in self._chosen_cards(opened.state) if card.kind is CardKind.WORRY]
        ids = [card.id for card in worries if not card.psw_only]
        self._for_cards([steps.for_psw_only(opened, card) for card in ids], "mark {} as only for you", len(ids))

    def _take_out(self) -> None:
        opened, ids = self.hand.opened.cards, self.list.chosen
        self._for_cards([steps.take_out(opened, card) for card in ids], "take {} out", len(ids))

    def _for_cards(self, todo: Sequence[Step], what: str, number: int) -> None:
        words = what.format(count(number, "card"))

        def done() -> None:
            self._say(f"Done: {words}. Undo takes it back.")
            self._to_list()

        if todo:
            self._run(todo, done, words=words)

    def _reword(self, card: str, words: str) -> None:
        def reworded() -> None:
            self.chosen.end_rewording()
            self.list.choose(card)
            self._to_list()

        self._run(
            [steps.reword(self.hand.opened.cards, card, words)],
            reworded,
            words="reword a card",
            failed=self.chosen.edit.say_problem,
        )

    def _theme_deed(self, step: Step, words: str) -> None:
        self._run([step], self.themes.done, words=words, failed=self.themes.say_problem)

    def _keep_as_it_is(self) -> None:
        self._accepted = self.typing.words
        self._keep_typed()

    def _keep_typed(self) -> None:
        typing, opened = self.typing, self.hand.opened.cards
        words, kind = typing.words, typing.kind
        try:
            rules.card_words(words)  # before somebody is counted for a card that cannot be kept
        except UserError as error:
            typing.edit.say_problem(str(error))
            return
        found: list[tuple[str, str]] = []
        look: Iterable[Step] = () if self._accepted == words else (steps.look_for_names(words, found),)
        teller: Iterable[Step] = {
            Teller.NEW: (steps.next_person(opened, found),),
            Teller.SAME: (),
            Teller.BEFORE: (steps.somebody_again(opened, found),),
        }[typing.teller]
        write = steps.write(opened, kind, words, typing.psw_only, found)

        def kept() -> None:
            if found:
                typing.point_out(found)
                self._page.bring(typing.pointed_out)
                return
            self._accepted = ""
            typing.told(known=True)
            self.filter.show_kind(kind)
            self._say("The card is kept. Type the next one, or close.")
            typing.edit.edit.setFocus()

        self._run([*look, *teller, write], kept, words="type a card", failed=typing.edit.say_problem)

    def _close_typing(self) -> None:
        self.typing.hide()
        self.type_one.setFocus()
