"""One question to read: as the assessor says it, and as the listener hears it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cqcmock.domain.questions import Kind, Point, filled
from ui.banks import wording
from ui.banks.reading import Choices
from ui.sizes import spaced
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, heading, question_label, small_label, wrapped_label
from ui.widgets.pill import pill

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.banks import BankSummary


class _Part(QWidget):
    """Made anew for each question."""

    def __init__(self) -> None:
        super().__init__()
        self._outer = spaced(QVBoxLayout(self), gap=0, margins=(0.0, 0.8, 0.4, 0.4))
        self._inside = QWidget()
        self._outer.addWidget(self._inside)
        self._outer.addStretch(1)
        self.column = QVBoxLayout()

    def begin(self) -> None:
        """Throw away what was shown, and begin with an empty column."""
        old, self._inside = self._inside, QWidget()
        self._outer.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        self.column = spaced(QVBoxLayout(self._inside), gap=0.35)

    def text(self) -> str:
        """All words that are shown."""
        return "\n".join(label.text() for label in self._inside.findChildren(TextLabel))

    def section(self, title: str) -> None:
        """What follows is about this."""
        if self.column.count():
            self.column.addSpacing(self.fontMetrics().height() // 2)
        self.column.addWidget(heading(title, 3))

    def bullets(self, lines: Sequence[str]) -> None:
        """Lines with a dot before each."""
        grid = spaced(QGridLayout(), gap=0.3)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            dot = TextLabel("•", wrap=False)
            grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapped_label(line), row, 1)
        self.column.addLayout(grid)

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """What something is called, and under it what it is."""
        for name, words in pairs:
            if words:
                self.column.addWidget(small_label(name))
                self.column.addWidget(wrapped_label(words))
                self.column.addSpacing(self.fontMetrics().height() // 4)


class AskedPart(_Part):
    """The question in large type, its times, what a strong answer does, and what it is filed under."""

    def show_question(self, question: Question, bank: BankSummary | None, choices: Choices, *, retired: bool) -> None:
        """Show it as it is asked in the place of the chosen story."""
        self.begin()
        here = filled(question, choices.names)
        pills = FlowLayout()
        spaced(pills, gap=0.4)
        if retired:
            pills.addWidget(pill(wording.RETIRED))
        if question.kind is not Kind.QUESTION:
            pills.addWidget(pill(wording.KINDS[question.kind]))
        if pills.count():
            self.column.addLayout(pills)
        self.column.addWidget(question_label(here.text))
        self.column.addWidget(wrapped_label(wording.times(here), quiet=True))
        if here.strong:
            self.section("A strong answer")
            self.bullets(here.strong)
        if here.avoid:
            self.section("What to avoid")
            self.bullets(here.avoid)
        self.section("Filed under")
        roles = question.roles or (bank.roles if bank is not None else ())
        where = [wording.source(question.source), question.source_note]
        self.pairs(
            (
                ("Bank", bank.title if bank is not None else ""),
                ("Who is asked", ", ".join(choices.roles.get(role, role) for role in roles)),
                ("Quality statement", ", ".join(choices.statements.get(name, name) for name in question.statements)),
                ("Theme", " · ".join(choices.themes.get(theme, theme) for theme in question.themes)),
                ("Asked where the local story names", ", ".join(question.communities)),
                ("Where it comes from", ": ".join(part for part in where if part)),
            )
        )


class HeardPart(_Part):
    """The points that an assessor would listen for, and what is asked when something is missing."""

    def show_question(self, question: Question, choices: Choices) -> None:
        """Show what is listened for in the answer to it."""
        self.begin()
        here = filled(question, choices.names)
        if not here.points and not here.probes:
            self.column.addWidget(wrapped_label("Nothing special is listened for in the answer to this question."))
            return
        if here.points:
            self.column.addWidget(
                wrapped_label("A point counts as heard when one of its phrases is said. Word endings do not matter.")
            )
        for point in here.points:
            self._add_point(point)
        if here.probes:
            self.section("Also asked")
            self.pairs(tuple((wording.CUES[probe.cue], f"“{probe.text}”") for probe in here.probes))

    def _add_point(self, point: Point) -> None:
        self.section(point.label)
        if words := wording.weight(point):
            self.column.addWidget(small_label(words))
        self.pairs(
            (
                ("Asked if it is not heard", f"“{point.probe}”" if point.probe else ""),
                ("Heard in words such as", wording.quoted(point.phrases)),
            )
        )
