"""What was said to one question: the words in full, what was recognised in them, and how long they took."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import duration, take_name
from cqcmock.domain.hearing import Hearing, Span
from cqcmock.domain.interview import Light, Take, light
from cqcmock.domain.plan import PlannedQuestion
from ui.sizes import body_em, sized, spaced
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label
from ui.widgets.pill import Tone, pill

BETWEEN_PARTS = 2
"""Characters that stand between the answer and the answers to its probes where the listener reads them."""

RECOGNISED, NOT_RECOGNISED = "✓", "–"
NOT_PERFECT = "The program goes by words and misses things. You know what you said."
_TIMES = {
    Light.IN_HAND: (Tone.IN_HAND, "Within the aim"),
    Light.WRAP_UP: (Tone.WRAP_UP, "Past the aim"),
    Light.OVER: (Tone.OVER, "Past the limit"),
}


class AnswerView(Card):
    """One question and the answers to it; where it was answered more than once, any of them can be looked at."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._planned: PlannedQuestion | None = None
        self._takes: tuple[Take, ...] = ()
        self._hearings: tuple[Hearing, ...] = ()
        self._timed = True
        self.takes = QComboBox()
        self.takes.setAccessibleName("Which take")
        self.takes.currentIndexChanged.connect(self._show_take)
        self.body.addWidget(self.takes)
        self._time_line = QWidget()
        self._times = spaced(FlowLayout(self._time_line), gap=0.6)
        self.time = TextLabel(kind="quiet", wrap=False)
        self.light: QLabel | None = None
        self._times.addWidget(self.time)
        self.body.addWidget(self._time_line)
        self.words = QTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("What you said")
        self.words.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        sized(self.words, min_height=11.0)
        self.body.addWidget(self.words, 1)
        self.key = small_label("Underlined: words that were recognised.")
        self.body.addWidget(self.key)
        self.points = QWidget()
        column = spaced(QVBoxLayout(self.points), gap=0.3)
        self.recognised = _PointList("Recognised", RECOGNISED)
        self.missed = _PointList("Not recognised", NOT_RECOGNISED, quiet=True)
        for part in (self.recognised, self.missed):
            column.addWidget(part)
        column.addWidget(small_label(NOT_PERFECT))
        self.body.addWidget(self.points)

    def show_answer(
        self, planned: PlannedQuestion, takes: tuple[Take, ...], hearings: tuple[Hearing, ...], *, timed: bool
    ) -> None:
        """Show the latest take of a question; `timed` says whether a clock was held against it."""
        self._planned, self._takes, self._hearings, self._timed = planned, takes, hearings, timed
        self.title.setText(planned.question.text)
        self.setAccessibleName(planned.question.text)
        self.takes.blockSignals(True)
        self.takes.clear()
        self.takes.addItems([take_name(number) for number in range(len(takes))])
        self.takes.setCurrentIndex(len(takes) - 1)
        self.takes.blockSignals(False)
        self.takes.setVisible(len(takes) > 1)
        self._show_take()

    def _show_take(self) -> None:
        number = self.takes.currentIndex()
        if self._planned is None or not 0 <= number < len(self._takes):
            return
        take, hearing = self._takes[number], self._hearings[number]
        self._show_time(take)
        heard = [point for point in hearing.points if point.heard]
        _write(self.words, take, [span for point in heard for span in point.spans])
        self.key.setVisible(any(point.spans for point in heard))
        said = any(part.strip() for part in take.everything_said)
        self.recognised.show_points(
            [point.label + (" (you said that this is not so yet)" if point.negated else "") for point in heard]
        )
        self.missed.show_points([point.label for point in hearing.points if not point.heard])
        self.points.setVisible(bool(hearing.points) and said)

    def _show_time(self, take: Take) -> None:
        assert self._planned is not None
        timing = self._planned.timing
        if self.light is not None:
            self._times.removeWidget(self.light)
            self.light.deleteLater()
            self.light = None
        if not self._timed or not take.text.strip():  # silence is within every aim
            self.time.setText(f"You took {duration(take.answer_seconds)}.")
            return
        self.time.setText(f"You took {duration(take.answer_seconds)}; the aim was {duration(timing.target)}.")
        tone, word = _TIMES[light(take.answer_seconds, timing)]
        self.light = pill(word, tone)
        self._times.addWidget(self.light)
        self.light.show()


class _PointList(QWidget):
    """A heading, and one line a point."""

    def __init__(self, title: str, sign: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._sign = sign
        row = spaced(QHBoxLayout(self), gap=0.6)
        column = spaced(QVBoxLayout(), gap=0.1)
        row.addLayout(column, 1)
        column.addWidget(heading(title, 3))
        self.lines = wrapped_label(quiet=quiet)
        column.addWidget(self.lines)

    def show_points(self, labels: list[str]) -> None:
        """Show these points, or nothing at all where there are none."""
        self.lines.setText("\n".join(f"{self._sign}\u2002{label}" for label in labels))
        self.setVisible(bool(labels))


def spans_of_parts(take: Take, spans: Iterable[Span]) -> list[list[Span]]:
    """The spans of everything said, given back to the answer and to each probe's answer, in order, not overlapping."""
    ordered = sorted(spans)
    parts, begins = [], 0
    for said in take.everything_said:
        inside: list[Span] = []
        for start, end in ordered:
            start, end = max(start - begins, inside[-1][1] if inside else 0), min(end - begins, len(said))
            if start < end:
                inside.append((start, end))
        parts.append(inside)
        begins += len(said) + BETWEEN_PARTS
    return parts


def _write(edit: QTextEdit, take: Take, spans: Iterable[Span]) -> None:
    plain, recognised, asked, nothing = (QTextCharFormat() for _ in range(4))
    recognised.setFontWeight(QFont.Weight.Bold)
    recognised.setFontUnderline(True)
    asked.setFontWeight(QFont.Weight.DemiBold)
    nothing.setFontItalic(True)
    apart = QTextBlockFormat()
    apart.setTopMargin(body_em(0.8))
    parts = spans_of_parts(take, spans)
    edit.clear()
    edit.setCurrentCharFormat(plain)
    cursor = QTextCursor(edit.document())
    cursor.beginEditBlock()

    def write_part(text: str, marked: list[Span]) -> None:
        if not text.strip():
            cursor.insertText("No answer was written down.", nothing)
            return
        at = 0
        for start, end in marked:
            cursor.insertText(text[at:start], plain)
            cursor.insertText(text[start:end], recognised)
            at = end
        cursor.insertText(text[at:], plain)

    write_part(take.text, parts[0])
    for number, probe in enumerate(take.probes, start=1):
        cursor.insertBlock(apart, asked)
        cursor.insertText(f"Then you were asked: {probe.text}", asked)
        cursor.insertBlock(QTextBlockFormat(), plain)
        write_part(probe.answer, parts[number])
    cursor.endEditBlock()
    edit.moveCursor(QTextCursor.MoveOperation.Start)
