"""One answer as a reviewer sees it: whose it is, what was asked, what was said, and comments on words of it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cqcmock.domain.english import duration
from cqcmock.domain.hearing import Span
from cqcmock.domain.interview import Light, light
from cqcmock.domain.plan import Timing
from cqcmock.domain.review import Candidate, PackedAnswer, Pin
from ui.review.mark_pins import PinsPart
from ui.review.mark_words import PinnedWords
from ui.sizes import sized, spaced
from ui.theme import Theme
from ui.widgets.buttons import link_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, small_label
from ui.widgets.pill import Tone, pill

_TIMES = {
    Light.IN_HAND: (Tone.IN_HAND, "Within the aim"),
    Light.WRAP_UP: (Tone.WRAP_UP, "Past the aim"),
    Light.OVER: (Tone.OVER, "Past the limit"),
}
_SHOW, _HIDE = "What a strong answer does", "Hide what a strong answer does"


class AnswerPart(Card):
    """The left side of the marking."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(" ")
        self.who = TextLabel(kind="quiet")
        self.body.insertWidget(0, self.who)
        self.strong_link = link_button(_HIDE, self._toggle_strong)
        self.body.addWidget(self.strong_link)
        self.strong = QWidget()
        inside = spaced(QVBoxLayout(self.strong), gap=0.15, margins=(0.8, 0.0, 0.0, 0.2))
        self.strong_words = small_label()
        self.avoid_words = small_label()
        self.statements = small_label()
        for label in (self.strong_words, self.avoid_words, self.statements):
            inside.addWidget(label)
        self.body.addWidget(self.strong)
        self._wanted = True
        self._time_line = QWidget()
        self._times = spaced(FlowLayout(self._time_line), gap=0.6)
        self.time = TextLabel(kind="quiet", wrap=False)
        self.light: QLabel | None = None
        self._times.addWidget(self.time)
        self.body.addWidget(self._time_line)
        self.words = PinnedWords(theme)
        sized(self.words, min_height=11.0)
        self.body.addWidget(self.words, 1)
        self.pins = PinsPart()
        self.body.addWidget(self.pins)
        self.words.pin_wanted.connect(self.pins.choose_at)
        self.pins.pointed.connect(self._point_at)
        self.pins.wanted.connect(self.comment_on_words)
        self.pins.changed.connect(lambda _: self._show_pins())
        self.pins.left.connect(self._back_to_words)

    def show_answer(self, answer: PackedAnswer, who: str, pins: tuple[Pin, ...]) -> None:
        """Show one answer, and the comments on words of it; `who` says whose it is."""
        self.who.setText(who)
        self.title.setText(answer.question)
        self.setAccessibleName(answer.question)
        self._show_strong(answer)
        self._show_time(answer)
        self.words.show_answer(answer)
        self.show_pins(answer, pins)

    def show_pins(self, answer: PackedAnswer, pins: tuple[Pin, ...]) -> None:
        """The comments on words of this answer are now these."""
        self.pins.show_pins(answer.spoken, pins)
        self._show_pins()

    def comment_on_words(self) -> None:
        """Begin a comment on the words that are selected; without any, say how."""
        span = self.words.chosen()
        self.pins.add(span)
        self._show_pins()
        if span is None:
            self.words.setFocus()

    def _show_pins(self) -> None:
        self.words.show_pins(self.pins.spans)

    def _point_at(self, span: Span) -> None:
        self._show_pins()
        self.words.choose(span)

    def _back_to_words(self) -> None:
        self._show_pins()
        self.words.unchoose()
        self.words.setFocus()

    def _show_strong(self, answer: PackedAnswer) -> None:
        self.strong_words.setText("\n".join(f"✓\u2002It {does}" for does in answer.strong))
        self.avoid_words.setText(f"–\u2002What goes badly: {'; '.join(answer.avoid)}" if answer.avoid else "")
        self.statements.setText(f"About: {'; '.join(answer.statements)}" if answer.statements else "")
        labels = (self.strong_words, self.avoid_words, self.statements)
        for label in labels:
            label.setVisible(bool(label.text()))
        self.strong_link.setVisible(any(label.text() for label in labels))
        self._fold()

    def _toggle_strong(self) -> None:
        self._wanted = not self._wanted
        self._fold()

    def _fold(self) -> None:
        self.strong.setVisible(self._wanted and not self.strong_link.isHidden())
        words = _HIDE if self._wanted else _SHOW
        self.strong_link.setText(words)
        self.strong_link.setAccessibleName(words)

    def _show_time(self, answer: PackedAnswer) -> None:
        if self.light is not None:
            self._times.removeWidget(self.light)
            self.light.deleteLater()
            self.light = None
        took = f"They took {duration(answer.answer_seconds)}"
        self._time_line.setVisible(answer.answer_seconds > 0)
        if answer.limit_seconds <= 0 or not answer.answer.strip():
            self.time.setText(f"{took}.")
            return
        self.time.setText(f"{took}; the aim was {duration(answer.target_seconds)}.")
        timing = Timing(prepare=0, target=answer.target_seconds, limit=answer.limit_seconds)
        tone, word = _TIMES[light(answer.answer_seconds, timing)]
        self.light = pill(word, tone)
        self._times.addWidget(self.light)
        self.light.show()


def whose(candidate: Candidate) -> str:
    """A candidate in a line: the code, the name where it was sent, the role, the place."""
    name = f"Candidate {candidate.code}" + (f" ({candidate.name})" if candidate.name else "")
    return "  ·  ".join(part for part in (name, candidate.role_name, candidate.place) if part)
