"""The last step before something is gone for good: a reason, a tick that says so, and then the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from ui.keeping import words
from ui.keeping.reason import Reason
from ui.sizes import sized, spaced
from ui.widgets.buttons import danger_button, literal, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage


class LastStep(QWidget):
    """`agreed` carries the reason, once there is one and the tick is set."""

    agreed = Signal(str)
    back_wanted = Signal()

    def __init__(self, back: str, hint: str = "") -> None:
        super().__init__()
        self.possible = True
        self.reason = Reason(hint)
        self.sure = QCheckBox(words.SURE)
        self.problem: TextLabel = problem_label()
        self.doing: TextLabel = wrapped_label(quiet=True)
        self.bar = sized(QProgressBar(), max_width=16.0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much is done")
        self.delete_button = danger_button("", self._agree)
        self.back_button = secondary_button(back, self.back_wanted.emit)
        column = spaced(QVBoxLayout(self), gap=0.6)
        for part in (self.reason, self.sure, self.problem, self.doing, self.bar):
            column.addWidget(part)
        column.addLayout(button_row(self.delete_button, self.back_button))
        self.sure.toggled.connect(self._enable)
        self.reason.edited.connect(self._enable)
        self.reason.entered.connect(lambda: self.sure.setFocus(Qt.FocusReason.TabFocusReason))
        self.show_working("")
        self.show_problem("")

    def begin(self, deed: str, *, possible: bool = True) -> None:
        """Ask anew; `deed` is what the button says."""
        self.delete_button.setText(literal(deed))
        self.delete_button.setAccessibleName(deed)
        self.reason.clear()
        self.sure.setChecked(False)
        self.show_working("")
        self.show_problem("")
        for part in (self.reason, self.sure, self.delete_button):
            part.setVisible(possible)
        self.possible = possible

    def begin_reading(self, page: ScrollPage) -> None:
        """The keyboard is where it is seen: in the reason, or on the page where there is more to read than fits."""

        def begin() -> None:
            if not self.isVisible():
                return
            if page.verticalScrollBar().maximum() > 0:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self.possible:
                self.reason.begin()
            else:
                self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, begin))  # the page first learns its own height

    def show_working(self, doing: str, done: int = 0, total: int = 0) -> None:
        """It is being done, and nothing can be pressed; with no words nothing is going on."""
        self._working = bool(doing)
        for part in (self.reason, self.sure, self.back_button):
            part.setEnabled(not self._working)
        self.doing.setText(doing)
        self.doing.setVisible(self._working)
        self.bar.setVisible(self._working)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._enable()

    def show_problem(self, problem: str) -> None:
        """It could not be done, and why."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self.show_working("")
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        self.delete_button.setEnabled(not self._working and self.sure.isChecked() and bool(self.reason.text))

    def _agree(self) -> None:
        if self.reason.is_given() and self.sure.isChecked():
            self.agreed.emit(self.reason.text)
