"""The quarterly review: facts whose day has passed, each looked at again in one keystroke."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.story import Story
from ui.sizes import sized, spaced
from ui.story import wording
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.fields import spin_box
from ui.widgets.labels import TextLabel, small_label, wrapped_label
from ui.widgets.line_list import LineList

USUAL_MONTHS = 3


class ReviewCard(Card):
    """`checked` and `change_wanted` carry the id of a fact."""

    checked = Signal(str)
    change_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Quarterly review")
        self.words = wrapped_label()
        self.list = LineList("Facts that are out of date, the longest overdue first", rows_in_sight=5)
        self.still_right = secondary_button("Checked today, still right", self._checked)
        self.change = secondary_button("Change", self._change)
        self.months = spin_box("Next check, in months", 1, 24)
        sized(self.months, min_width=5.5)
        self.without_day = small_label()
        self.body.addWidget(self.words)
        self.body.addWidget(self.list)
        self.due = QWidget()
        column = spaced(QVBoxLayout(self.due), gap=0.4)
        column.addLayout(button_row(self.still_right, self.change))
        row = spaced(QHBoxLayout(), gap=0.5)
        label = TextLabel("Next check in", wrap=False)
        label.setBuddy(self.months)
        row.addWidget(label)
        row.addWidget(self.months)
        row.addWidget(TextLabel("months", wrap=False))
        row.addStretch(1)
        column.addLayout(row)
        self.body.addWidget(self.due)
        self.body.addWidget(self.without_day)
        self.months.setValue(USUAL_MONTHS)
        self.list.open_wanted.connect(self.change_wanted)
        self.list.moved.connect(self._describe)

    def show_story(self, story: Story, today: date) -> None:
        """Show what is to be looked at in this story."""
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        lines = wording.due_lines(story, today)
        self.words.setText(wording.review_words(story, today))
        self.list.show_lines(lines)
        for part in (self.list, self.due):
            part.setVisible(bool(lines))
        self.without_day.setText(wording.without_day(story))
        self.without_day.setVisible(bool(self.without_day.text()))
        self.setVisible(bool(story.facts))
        self.had_focus = had_focus and not lines

    had_focus = False
    """Whether the keyboard was here when the last line went: whoever shows this card puts it somewhere else."""

    def _checked(self) -> None:
        if self.list.chosen:
            self.checked.emit(self.list.chosen)

    def _change(self) -> None:
        if self.list.chosen:
            self.change_wanted.emit(self.list.chosen)

    def _describe(self) -> None:
        chosen = next((line.title for line in self.list.lines.lines if line.key == self.list.chosen), "")
        for button in (self.still_right, self.change):
            button.setAccessibleDescription(chosen[:200])
