"""What the rounds are made after: the templates that come with the program, and those that somebody saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.templates import SHIPPED, Template
from ui.cafe import plan_words
from ui.sizes import spaced
from ui.widgets.buttons import link_button, literal
from ui.widgets.card import Card
from ui.widgets.labels import problem_label, small_label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    template: Template
    widget: QWidget
    choose: QRadioButton
    delete: QPushButton | None


class TemplateCard(Card):
    """One line for each template."""

    chosen = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Begin with", parent=parent)
        self.group = QButtonGroup(self)
        self.group.setExclusive(False)  # none is ticked once the rounds are of nobody's template
        self.problem = problem_label()
        self.problem.hide()
        self.lines: list[_Line] = []
        self._list = spaced(QVBoxLayout(), gap=0.25)
        self.body.addLayout(self._list)
        self.body.addWidget(self.problem)
        self.body.addStretch(1)

    def offer(self, templates: Sequence[Template]) -> None:
        """These are the templates."""
        if tuple(templates) == tuple(line.template for line in self.lines):
            return
        for line in self.lines:
            self.group.removeButton(line.choose)
            self._list.removeWidget(line.widget)
            line.widget.hide()
            line.widget.deleteLater()
        self.lines = [self._line(template) for template in templates]
        for line in self.lines:
            self._list.addWidget(line.widget)

    def _line(self, template: Template) -> _Line:
        widget = QWidget()
        column = spaced(QVBoxLayout(widget), gap=0)
        choose = QRadioButton(literal(template.name))
        choose.setAccessibleName(template.name)
        choose.clicked.connect(lambda: self.chosen.emit(template.name))
        words = plan_words.consists_of(template)
        choose.setAccessibleDescription(words)
        choose.setToolTip(template.name)
        self.group.addButton(choose)
        explained = small_label(words)
        explained.setContentsMargins(choose.iconSize().width() * 2, 0, 0, 0)
        delete = None
        head = spaced(QHBoxLayout(), gap=0.4)
        head.addWidget(choose, 1)
        if template not in SHIPPED:
            delete = link_button("Delete", lambda: self.delete_wanted.emit(template.name))
            delete.setAccessibleName(f"Delete the template {template.name}")
            head.addWidget(delete)
        column.addLayout(head)
        column.addWidget(explained)
        return _Line(template=template, widget=widget, choose=choose, delete=delete)

    def named(self, name: str) -> Template | None:
        """The template of this name."""
        return next((line.template for line in self.lines if line.template.name == name), None)

    def show_chosen(self, name: str) -> None:
        """Tick this one."""
        for line in self.lines:
            line.choose.setChecked(line.template.name == name)

    def say(self, problem: str) -> None:
        """Say here what cannot be."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
