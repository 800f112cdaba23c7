"""Follow-up questions that hang on how an answer was given, not on what was in it: one box for each cue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.domain.questions import Cue, CueProbe
from ui.banks import wording
from ui.banks.question_form_fields import TextField
from ui.sizes import spaced
from ui.widgets.labels import wrapped_label

EXPLAINED = "These are asked once all points were heard, or there is room for more. Any may stay empty; one a line."


class ProbesPart(QWidget):
    """`changed` when one of them is written."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.8)
        column.addWidget(wrapped_label(EXPLAINED, quiet=True))
        self.fields = {cue: TextField(words, lowest=1, highest=6) for cue, words in wording.CUES.items()}
        for part in self.fields.values():
            column.addWidget(part)
            part.changed.connect(self.changed)

    def show_probes(self, probes: Sequence[CueProbe]) -> None:
        """Show these; nobody is told."""
        for cue, part in self.fields.items():
            part.show_lines([probe.text for probe in probes if probe.cue is cue])

    def probes(self) -> tuple[CueProbe, ...]:
        """What stands in the boxes, cue by cue."""
        return tuple(CueProbe(cue=cue, text=text) for cue, part in self.fields.items() for text in part.lines)

    def summary(self) -> str:
        """What to say while they are folded away."""
        probes = self.probes()
        return count(len(probes), "follow-up question") if probes else "None yet"

    def field(self, cue: str) -> TextField | None:
        """The box for a cue."""
        return self.fields.get(Cue(cue)) if cue in set(Cue) else None
