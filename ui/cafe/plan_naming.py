"""Keeping a running order as a template: under which name, and with its questions or without."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.cafe.templates import LONGEST_NAME
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, problem_label


class NamingPart(QWidget):
    """`save_wanted` carries the name, and whether the questions are kept with it."""

    save_wanted = Signal(str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.4, margins=(0, 0.5, 0, 0))
        column.addWidget(heading("What shall the template be called?", 3))
        self.name = sized(QLineEdit(), max_width=30.0)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName("Name of the template")
        self.name.setPlaceholderText("Such as: Monday team, half an hour")
        self.with_questions = QCheckBox("Keep the questions with it")
        self.with_questions.setChecked(True)
        self.problem = problem_label()
        self.problem.hide()
        self.save = secondary_button("Save the template", self._save)
        self.close_it = link_button("Not now", self.closed.emit)
        column.addWidget(self.name)
        column.addWidget(self.with_questions)
        column.addWidget(self.problem)
        column.addLayout(button_row(self.save, self.close_it))
        self.name.returnPressed.connect(self._save)

    def arrived(self) -> None:
        """The focus where the name is typed."""
        self.say("")
        self.name.setFocus()
        self.name.selectAll()

    def say(self, problem: str) -> None:
        """Say here what cannot be."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _save(self) -> None:
        self.say("")
        self.save_wanted.emit(self.name.text(), self.with_questions.isChecked())
