"""What helps to look back: how the own marks came out, and what was not recognised. It can be folded away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.domain.rubric import mean_by_lens
from cqcmock.domain.sitting import Sitting
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.card import Card
from ui.widgets.labels import heading, small_label, wrapped_label

LONGEST_QUESTION = 70
HIDE, SHOW = "Hide", "Show"
Missed = Mapping[int, tuple[str, ...]]
"""The labels of the points that were not recognised, by the position of the question."""


class Reminder(Card):
    """Says what stands in the sitting already; nothing here is new."""

    def __init__(self) -> None:
        super().__init__("Looking back")
        self._inside = QWidget()
        self._column = spaced(QVBoxLayout(self._inside), gap=0.4)
        self.fold = link_button(HIDE, self._turn)
        self.fold.setAccessibleName("Hide what stands under Looking back")
        self.body.addWidget(self.fold)
        self.body.addWidget(self._inside)

    def show_sitting(self, sitting: Sitting, missed: Missed) -> None:
        """Show the lowest of the own marks, and what was not recognised."""
        add = self._column.addWidget
        add(wrapped_label(marks_in_words(sitting)))
        if sitting.sheet.comment.strip():
            add(wrapped_label(f"You wrote: {english.shortened(sitting.sheet.comment, 300)}", quiet=True))
        lines = [(position, labels) for position, labels in missed.items() if labels]
        if lines:
            add(heading("Not recognised in your answers", 3))
        for position, labels in lines:
            question = english.shortened(sitting.plan.questions[position].question.text, LONGEST_QUESTION)
            add(wrapped_label(f"{position + 1}. {question}"))
            add(wrapped_label("\n".join(f"–\u2002{label}" for label in labels), quiet=True))
        if lines:
            add(small_label("The program goes by words and misses things. You know what you said."))

    def _turn(self) -> None:
        shown = self._inside.isHidden()
        self._inside.setVisible(shown)
        self.fold.setText(HIDE if shown else SHOW)
        self.fold.setAccessibleName(f"{HIDE if shown else SHOW} what stands under Looking back")


def marks_in_words(sitting: Sitting) -> str:
    """How the own marks came out, in a sentence or two."""
    rubric, sheet = sitting.plan.rubric, sitting.sheet
    means = mean_by_lens(sheet, rubric)
    sentences = []
    if means:
        lowest, highest = min(means.values()), max(means.values())
        names = [lens.name for lens in rubric.lenses if means.get(lens.id) == lowest]
        if lowest == highest:
            sentences.append(f"You marked yourself evenly: {english.mean(lowest)} of 3 on average.")
        else:
            sentences.append(
                f"You marked yourself lowest on “{'” and “'.join(names[:2])}”: {english.mean(lowest)} of 3 on average."
            )
    else:
        sentences.append("You have not marked your answers.")
    if sheet.overall is not None:
        sentences.append(f"All in all: {rubric.overall[sheet.overall]}.")
    return " ".join(sentences)
