"""How a question was before it was changed: each version to read, and to put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from cqcmock.domain.english import day
from ui.banks.question_parts import AskedPart, HeardPart
from ui.banks.reading import Choices
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.bank_editing import EarlierQuestion
    from cqcmock.services.banks import BankSummary

UNCHANGED = "This question has not been changed here, so there is nothing earlier to see."
LOOKING = "Looking for earlier versions…"


class VersionsPart(QWidget):
    """Says `put_back_wanted` with the question as it was."""

    put_back_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[EarlierQuestion, ...] = ()
        self._draw: Callable[[Question], None] = lambda _: None
        self.told = wrapped_label(LOOKING)
        self.list = list_view(QListWidget(), "Earlier versions, the latest first")
        self.list.setWordWrap(True)
        sized(self.list, min_height=5.0, max_height=8.0)
        self.put_back = secondary_button("Put this version back", self._put_back)
        self.asked = AskedPart()
        self.heard = HeardPart()
        self.about_heard = heading("What was listened for", 2)
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(0.15, 0.8, 0.4, 0.4))
        column.addWidget(self.told)
        column.addWidget(self.list)
        column.addLayout(button_row(self.put_back))
        for part in (self.asked, self.about_heard, self.heard):
            column.addWidget(part)
        column.addStretch(1)
        self.list.currentRowChanged.connect(self._show_version)
        self.show_none()

    def show_none(self, words: str = LOOKING) -> None:
        """Say this, and show no version."""
        self._versions = ()
        self.list.clear()
        self.told.setText(words)
        for part in (self.list, self.put_back, self.asked, self.about_heard, self.heard):
            part.hide()

    def show_versions(self, versions: tuple[EarlierQuestion, ...], bank: BankSummary | None, choices: Choices) -> None:
        """Show these, the latest first."""
        if not versions:
            self.show_none(UNCHANGED)
            return
        self.told.setText("Each line says until when the question was as it is shown below.")

        def draw(question: Question) -> None:
            self.asked.show_question(question, bank, choices, retired=False)
            self.heard.show_question(question, choices)

        self._draw = draw
        self._versions = versions
        self.list.clear()
        self.list.addItems([line_of(version) for version in versions])
        self.list.show()
        self.list.setCurrentRow(0)

    def _show_version(self, row: int) -> None:
        version = self._versions[row] if 0 <= row < len(self._versions) else None
        question = version.question if version is not None else None
        for part in (self.put_back, self.asked, self.about_heard, self.heard):
            part.setVisible(question is not None)
        if question is not None:
            self._draw(question)

    def _put_back(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._versions) and self._versions[row].question is not None:
            self.put_back_wanted.emit(self._versions[row].question)


def line_of(version: EarlierQuestion) -> str:
    """Until when a version was, and what then happened."""
    at = version.edit.at.astimezone()
    before = "It was not there" if version.question is None else "As it was"
    what = version.edit.what[:1].lower() + version.edit.what[1:]
    return f"{before} until {day(at.date())}, {at:%H:%M}. Then: {what}."
