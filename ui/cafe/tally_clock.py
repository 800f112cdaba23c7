"""The small clock of a turn, for somebody who listens: shape, word and time, and silent."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from cqcmock.domain.cafe.windows import RoomView
from cqcmock.domain.interview import Light
from ui.theme import with_tabular_figures
from ui.widgets.clock_face import WORDS, minutes
from ui.widgets.labels import TextLabel
from ui.widgets.pill import SHAPES, Tone, restyle

_TONES = {Light.IN_HAND: Tone.IN_HAND, Light.WRAP_UP: Tone.WRAP_UP, Light.OVER: Tone.OVER}


class TurnClock(TextLabel):
    """Shows what the room's own clock shows, and nothing where that is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="clock", wrap=False, parent=parent)
        self.setFont(with_tabular_figures(self.font()))
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._painted: tuple[Tone, str] | None = None

    def show_view(self, view: RoomView) -> None:
        """Show the clock of this moment; nothing is asked of Qt between two seconds."""
        self.setHidden(view.clock is None)
        if view.clock is None:
            return
        left, tone, word = view.clock.left, _TONES[view.clock.light], WORDS[view.clock.light]
        time = f"{minutes(-left)} over" if left < 0 else f"{minutes(left, up=True)} left"
        if view.paused or view.interrupted:
            tone, word = Tone.QUIET, "Paused" if view.paused else "Stopped"
        else:
            word = "" if view.clock.light is Light.OVER else word
        words = "  ".join(part for part in (word, time) if part)
        if (tone, words) == self._painted:
            return
        self._painted = (tone, words)
        self.setText(f"{SHAPES[tone]}\u2002{words}")
        self.setAccessibleName(words)
        if self.property("light") != tone.value:
            self.setProperty("light", tone.value)
            restyle(self)
