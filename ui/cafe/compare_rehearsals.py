"""Answers to compare, taken from rehearsals that are over: one chosen at a time, without what could name somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import day, shortened
from cqcmock.errors import UserError
from ui.announce import announce
from ui.cafe.compare_struck import StruckText
from ui.cafe.compare_words import ASK_FIRST
from ui.desk import Desk
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.cafe.judging import OfferedAnswer

NONE_OVER = "No rehearsal is over yet. Type the answers, or paste them."
NO_ANSWERS = "Nothing was written down in this rehearsal."


class RehearsalsView(QWidget):
    """`add_wanted` carries the words of an answer and what is let stand in it; `back_wanted` when that is enough."""

    add_wanted = Signal(str, tuple)
    back_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offered: tuple[OfferedAnswer, ...] = ()
        self._asked = ""
        self.page = ScrollPage(gap=0.7)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.sittings = LineList("Rehearsals that are over", rows_in_sight=3, about_rows=1)
        self.answers = LineList("Answers of this rehearsal", rows_in_sight=3)
        self.struck = StruckText()
        self.none = wrapped_label(quiet=True)
        self.problem = problem_label()
        self.add_button = secondary_button("Add this answer", self._add)
        self.back_button = secondary_button("Back to the answers", self.back_wanted.emit)
        self.added = wrapped_label(quiet=True)
        column = self.page.column
        column.addWidget(heading("From a rehearsal that is over"))
        column.addWidget(wrapped_label(f"This list is for you alone, and never for the room. {ASK_FIRST}"))
        for part in (self.sittings, self.none, self.answers, self.struck, self.problem, self.added):
            column.addWidget(part)
        column.addLayout(button_row(self.add_button, self.back_button))
        tab_through(self.sittings, self.answers, self.struck, self.add_button, self.back_button)
        self.sittings.moved.connect(self._read_answers)
        self.answers.moved.connect(self._show_answer)
        self.answers.open_wanted.connect(lambda _: self._add())
        self._show_offered(())

    def arrived(self) -> None:
        """Read which rehearsals are over."""
        desk = self._desk
        self.say("")
        self.added.hide()

        def read() -> list[Line]:
            from cqcmock.services import sittings
            from cqcmock.services.cafe.judging import FINISHED

            over = [one for one in sittings.recent(desk.library) if one.phase in FINISHED]
            return [
                Line(key=one.id, title=one.title, about=f"{one.role_name} · {day(one.started_at.astimezone().date())}")
                for one in over
            ]

        desk.tasks.database(read, then=self._show_sittings, owner=self)
        self.sittings.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, problem: str) -> None:
        """What is wrong with the answer, or nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self.problem, problem)

    def say_added(self, answers: int) -> None:
        """One more is there now."""
        self.say("")
        self.added.setText(f"Added. There are {answers} answers now.")
        self.added.show()

    def _show_sittings(self, lines: list[Line]) -> None:
        self.sittings.show_lines(lines)
        self.none.setText("" if lines else NONE_OVER)
        self.none.setVisible(not lines)
        if not lines:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_answers(self, sitting: str) -> None:
        self._asked = sitting
        if not sitting:
            self._show_offered(())
            return
        desk = self._desk

        def read() -> tuple[OfferedAnswer, ...]:
            from cqcmock.services.cafe import judging

            return judging.offered(desk.library, sitting)

        def there(offered: tuple[OfferedAnswer, ...]) -> None:
            if sitting == self._asked:
                self._show_offered(offered)
                self.none.setText("" if offered else NO_ANSWERS)
                self.none.setVisible(not offered)

        def failed(error: UserError) -> None:
            self._show_offered(())
            self.say(str(error))

        desk.tasks.database(read, then=there, failed=failed, owner=self)

    def _show_offered(self, offered: tuple[OfferedAnswer, ...]) -> None:
        self._offered = offered
        self.answers.setVisible(bool(offered))
        self.answers.show_lines(
            [Line(key=str(at), title=one.question, about=_without(one)) for at, one in enumerate(offered)]
        )
        if not offered:
            self._show_answer("")

    def _show_answer(self, key: str) -> None:
        self.struck.setVisible(bool(key))
        self.add_button.setEnabled(bool(key))
        if key:
            one = self._offered[int(key)]
            self.struck.show_text(one.text, one.found)

    def _add(self) -> None:
        if key := self.answers.chosen:
            self.add_wanted.emit(self._offered[int(key)].text, self.struck.let_stand)


def _without(one: OfferedAnswer) -> str:
    """How an answer begins, with a gap for what could name somebody."""
    words, at = [], 0
    for data in one.found:
        start, end = data.span
        words += [one.text[at:start], "[…]"]
        at = end
    return shortened("".join([*words, one.text[at:]]), 300)
