"""See what I said: every question, answer, follow-up and note of one sitting, to be read and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.modes import NAMES
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.home import wording
from ui.home.words_text import WordsText
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.sitting import Sitting

READING = "Fetching your words…"


class WordsScreen(Screen):
    """Reads the sitting by itself. Signals carry its id."""

    back_wanted = Signal()
    carry_on_wanted = Signal(str)
    marks_wanted = Signal(str)
    reflection_wanted = Signal(str)
    report_wanted = Signal(str)

    def __init__(self, desk: Desk, sitting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id = sitting_id
        self.sitting: Sitting | None = None
        self.heading: TextLabel = heading("What you said")
        self.about: TextLabel = wrapped_label(READING, quiet=True)
        self.text = WordsText()
        self.go_on = primary_button("", self._go_on)
        self.go_on.hide()
        self.report = secondary_button("Open the report", lambda: self.report_wanted.emit(self._id))
        self.report.hide()
        self.back = secondary_button("Back", self.back_wanted.emit)
        page = ScrollPage(fills=True)
        column = page.column
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addWidget(self.text, 1)
        column.addLayout(button_row(self.go_on, self.report, self.back))
        spaced(QVBoxLayout(self), gap=0).addWidget(page)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_wanted.emit)
        desk.theme.changed.connect(self._redraw)
        self._read()

    def arrived(self) -> None:
        """The words are what somebody came for: the arrows scroll them at once."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        desk, sitting_id = self._desk, self._id

        def read() -> Sitting:
            from cqcmock.services import sittings

            return sittings.load(desk.library, sitting_id)

        desk.tasks.database(read, then=self._fill, failed=self._not_read, owner=self)

    def _fill(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.heading.setText(sitting.title)
        plan = sitting.plan
        begun = wording.when(sitting.started_at, self._desk.clock.today())
        self.about.setText(f"{plan.role_name}, {NAMES[plan.mode]} · {begun}")
        self.text.show_sitting(sitting)
        title = self._next_deed(sitting)
        self.go_on.setVisible(bool(title))
        self.go_on.setText(title)
        self.go_on.setAccessibleName(title)
        from cqcmock.domain.interview import ON_AIR

        self.report.setVisible(sitting.state.phase not in ON_AIR)
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self.about.setText(str(error))
        self.text.hide()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def _redraw(self) -> None:
        if self.sitting is not None:
            self.text.show_sitting(self.sitting)

    def _next_deed(self, sitting: Sitting) -> str:
        from cqcmock.domain.interview import Phase

        match sitting.state.phase:
            case Phase.DONE:
                return ""
            case Phase.OWN_MARKS:
                return "Mark your answers"
            case Phase.REFLECTION:
                return "Write your reflection"
            case _:
                return "Carry on"

    def _go_on(self) -> None:
        from cqcmock.domain.interview import Phase

        if self.sitting is None:
            return
        match self.sitting.state.phase:
            case Phase.OWN_MARKS:
                self.marks_wanted.emit(self._id)
            case Phase.REFLECTION:
                self.reflection_wanted.emit(self._id)
            case _:
                self.carry_on_wanted.emit(self._id)
