"""The chosen question in a card: as it is asked, what is listened for, and how it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QTabBar, QVBoxLayout, QWidget

from ui.banks.beside import Pane
from ui.banks.question_parts import AskedPart, HeardPart
from ui.banks.reading import Choices
from ui.banks.versions_part import VersionsPart
from ui.sizes import body_em, spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import wrapped_label
from ui.widgets.refitting import Refitting

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.banks import BankSummary

CHOOSE = "Choose a question in the list to read it here."
_TABS = (
    ("As it is asked", "Asked"),
    ("What is listened for", "Listened for"),
    ("Earlier versions", "Earlier"),
)
"""Each with a shorter title for where there is little width."""

_NARROW_EMS = 27.0
ASKED, HEARD, VERSIONS = range(3)


class QuestionView(Refitting, QFrame):
    """`versions_wanted` asks for the earlier versions, which come with `show_versions`. The buttons are its owner's."""

    versions_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("What to read of the question")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title, _ in _TABS:
            self.tabs.addTab(title)
        self.nothing = wrapped_label(CHOOSE, quiet=True)
        self.asked, self.heard, self.versions = AskedPart(), HeardPart(), VersionsPart()
        self.parts: tuple[QWidget, ...] = (self.asked, self.heard, self.versions)
        content = QWidget()
        inside = spaced(QVBoxLayout(content), gap=0)
        inside.addWidget(self.nothing)
        for part in self.parts:
            inside.addWidget(part)
        inside.addStretch(1)
        self.pane = Pane(content, "The question")
        self.use = primary_button("Use in a rehearsal")
        self.change = secondary_button("Change")
        self.retire = secondary_button("Retire")
        self.delete = secondary_button("Delete")
        self.buttons: tuple[QPushButton, ...] = (self.use, self.change, self.retire, self.delete)
        column = spaced(QVBoxLayout(self), gap=0.4, margins=(1.2, 0.5, 0.8, 0.8))
        column.addWidget(self.tabs)
        column.addWidget(self.pane, 1)
        column.addLayout(button_row(*self.buttons))
        self.tabs.currentChanged.connect(lambda _: self._show_part())
        self._shown = False
        self._show_part()

    def show_nothing(self) -> None:
        """No question is chosen."""
        self._shown = False
        self._show_part()

    def show_question(self, question: Question, bank: BankSummary | None, choices: Choices, *, retired: bool) -> None:
        """Show this one, in the tab that is open."""
        self._shown = True
        self.asked.show_question(question, bank, choices, retired=retired)
        self.heard.show_question(question, choices)
        self.versions.show_none()
        self.pane.verticalScrollBar().setValue(0)
        self._show_part()

    def refit(self) -> None:
        narrow = self.width() < body_em(_NARROW_EMS)
        for at, titles in enumerate(_TABS):
            self.tabs.setTabText(at, titles[narrow])

    def _show_part(self) -> None:
        self.nothing.setVisible(not self._shown)
        for at, part in enumerate(self.parts):
            part.setVisible(self._shown and at == self.tabs.currentIndex())
        self.pane.setAccessibleName(_TABS[self.tabs.currentIndex()][0])
        if self._shown and self.tabs.currentIndex() == VERSIONS:
            self.versions_wanted.emit()
