"""The answers in the order that the room gave them, and how far that can be relied on: in words, and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from ui.cafe.compare_words import progress_words, times
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, lead_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.cafe.judging import Judging, Standings

NO_MARK = "This says how these answers stand to one another in this room, and no more. It is not a mark."


class OrderView(QWidget):
    """`go_on` with comparing, or back to the answers."""

    go_on = Signal()
    answers_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page = ScrollPage(gap=0.7)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.reliability = lead_label()
        self.advice = wrapped_label()
        self.list = LineList("The answers, the most reassuring first", rows_in_sight=8)
        self.go_on_button = secondary_button("Go on comparing", self.go_on.emit)
        self.answers_button = secondary_button("Back to the answers", self.answers_wanted.emit)
        column = self.page.column
        for part in (heading("The order so far"), self.reliability, self.advice, self.list):
            column.addWidget(part)
        column.addWidget(wrapped_label(NO_MARK, quiet=True))
        column.addLayout(button_row(self.go_on_button, self.answers_button))
        tab_through(self.list, self.go_on_button, self.answers_button)

    def show_standings(self, judging: Judging, standings: Standings) -> None:
        """Show how they stand."""
        texts = {answer.id: answer.text for answer in judging.answers}
        self.reliability.setText(standings.reliability.words)
        self.advice.setText(progress_words(standings.advice.done, standings.advice.to_go))
        self.list.show_lines(
            [
                Line(
                    key=one.answer,
                    title=shortened(texts[one.answer], 300),
                    about=f"{one.words} Compared {times(one.looks)}.",
                )
                for one in standings.ranked
            ]
        )
