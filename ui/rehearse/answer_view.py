"""What was said to one question: the words in full, what was recognised in them, and how long they took."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from cqcmock.domain.english import duration, take_name
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.interview import Light, Take, light
from cqcmock.domain.plan import PlannedQuestion
from ui.rehearse.remark_list import RemarkList
from ui.rehearse.said_words import KEY, SaidWords
from ui.sizes import sized, spaced
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, small_label
from ui.widgets.pill import Tone, pill

_TIMES = {
    Light.IN_HAND: (Tone.IN_HAND, "Within the aim"),
    Light.WRAP_UP: (Tone.WRAP_UP, "Past the aim"),
    Light.OVER: (Tone.OVER, "Past the limit"),
}


class AnswerView(Card):
    """One question and the answers to it; where it was answered more than once, any of them can be looked at.

    `overruled` carries a remark on the latest take that the person says is wrong, or lets stand again; `take_shown`
    whether it is the latest take that is looked at. `seen` is put between how long it took and the words.
    """

    overruled = Signal(object)
    take_shown = Signal(bool)

    def __init__(self, seen: QWidget | None = None) -> None:
        super().__init__(" ")
        self._planned: PlannedQuestion | None = None
        self._takes: tuple[Take, ...] = ()
        self._hearings: tuple[Hearing, ...] = ()
        self._timed = True
        self._aloud = False
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
        self.how_deep = small_label()
        self.body.addWidget(self.how_deep)
        if seen is not None:
            self.body.addWidget(seen)
        self.words = SaidWords()
        sized(self.words, min_height=11.0)
        self.body.addWidget(self.words, 1)
        self.key = small_label(KEY)
        self.body.addWidget(self.key)
        self.remarks = RemarkList()
        self.remarks.pointed_at.connect(self.words.point_at)
        self.remarks.overruled.connect(self.overruled)
        self.body.addWidget(self.remarks)

    def show_answer(
        self,
        planned: PlannedQuestion,
        takes: tuple[Take, ...],
        hearings: tuple[Hearing, ...],
        *,
        timed: bool,
        depth: str = "",
        aloud: bool = False,
    ) -> None:
        """Show the latest take of a question; `timed` says whether a clock was held against it, `depth` how deep an
        interviewer's questions went, and `aloud` whether it was to be spoken, so that no words are no silence."""
        self._show_depth(depth)
        self._aloud = aloud
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
        self.key.setVisible(self.words.show_take(take, hearing))
        said = any(part.strip() for part in take.everything_said)
        self.remarks.setVisible(said)
        is_latest = number == len(self._takes) - 1
        self.remarks.show_hearing(hearing, may_overrule=is_latest)
        self.take_shown.emit(is_latest)

    def show_hearings(self, hearings: tuple[Hearing, ...], depth: str = "") -> None:
        """The same answers, after something was overruled."""
        self._hearings = hearings
        self._show_depth(depth)
        self._show_take()

    def _show_depth(self, depth: str) -> None:
        self.how_deep.setText(depth)
        self.how_deep.setVisible(bool(depth))

    def _show_time(self, take: Take) -> None:
        assert self._planned is not None
        timing = self._planned.timing
        if self.light is not None:
            self._times.removeWidget(self.light)
            self.light.deleteLater()
            self.light = None
        spoken = bool(take.text.strip()) or (self._aloud and take.answer_seconds >= 1)
        if not self._timed or not spoken:  # silence is within every aim
            self.time.setText(f"You took {duration(take.answer_seconds)}.")
            return
        self.time.setText(f"You took {duration(take.answer_seconds)}; the aim was {duration(timing.target)}.")
        tone, word = _TIMES[light(take.answer_seconds, timing)]
        self.light = pill(word, tone)
        self._times.addWidget(self.light)
        self.light.show()
