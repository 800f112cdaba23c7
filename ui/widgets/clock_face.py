"""The quiet clock: shape, word and time together. It is painted from a deadline and counts nothing itself."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from cqcmock.domain.interview import Light, light
from cqcmock.domain.plan import Timing
from ui.announce import announce
from ui.theme import with_tabular_figures
from ui.widgets.labels import TextLabel
from ui.widgets.pill import SHAPES, Tone, restyle

WORDS = {Light.IN_HAND: "In hand", Light.WRAP_UP: "Wrap up", Light.OVER: "Over"}
_TONES = {Light.IN_HAND: Tone.IN_HAND, Light.WRAP_UP: Tone.WRAP_UP, Light.OVER: Tone.OVER}


class ClockFace(TextLabel):
    """Shows what the presenter works out. Speaks when the light changes, never every second.

    Hidden, it takes up no attention and still speaks at the lights unless it is `silent` too.
    """

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(kind="clock", wrap=False, parent=parent)
        self.setProperty("large", large)
        self.setFont(with_tabular_figures(self.font()))
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._light: Light | None = None
        self._painted: tuple[Tone, str, str] | None = None
        self._hidden = False
        self.silent = False

    def show_time(self, seconds: float, timing: Timing) -> None:
        """So many seconds are used of this timing. Past the limit it counts up, and nothing is cut off."""
        now = light(seconds, timing)
        self._paint(now, _TONES[now], WORDS[now], _time_words(now, seconds, timing))

    def show_preparation(self, seconds_left: float) -> None:
        """Time to think, counting down to nothing."""
        self._light = None
        self._paint(None, Tone.QUIET, "Preparing", f"{minutes(max(0.0, seconds_left), up=True)} left")

    def show_left(self, left: float, now: Light) -> None:
        """So many seconds are left, counting down, and then counting up past the end."""
        self._paint(now, _TONES[now], WORDS[now], left_in_words(left) if left >= 0 else minutes(-left))

    def show_stopped(self, word: str = "Paused") -> None:
        """The clock stands still."""
        self._light = None
        self._paint(None, Tone.QUIET, word, "")

    def set_hidden(self, hidden: bool) -> None:
        """Out of sight, in its place: nothing else moves when the clock is hidden."""
        if hidden:
            self.hide()
        elif self._hidden:
            self.show()
        self._hidden = hidden

    def _paint(self, now: Light | None, tone: Tone, word: str, time: str) -> None:
        if (tone, word, time) == self._painted:  # nothing is asked of Qt between two seconds
            return
        self._painted = (tone, word, time)
        text = f"{SHAPES[tone]}\u2002{word}" + (f"\u2003{time}" if time else "")
        self.setText(text)
        self.setAccessibleName(f"{word}, {time}" if time else word)
        if self.property("light") != tone.value:
            self.setProperty("light", tone.value)
            restyle(self)
        if now is not None and now is not self._light:
            if self._light is not None and not self.silent:
                announce(self, WORDS[now])
            self._light = now


def minutes(seconds: float, *, up: bool = False) -> str:
    """Seconds as `1:12`; whole seconds that have passed, or with `up` those that are left."""
    whole = int(-(-seconds // 1)) if up else int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def left_in_words(left: float) -> str:
    """“3:12 left”, or how long it has been over."""
    return f"{minutes(left, up=True)} left" if left >= 0 else f"{minutes(-left)} over"


def _time_words(now: Light, seconds: float, timing: Timing) -> str:
    match now:
        case Light.IN_HAND:
            return f"{minutes(seconds)} of {minutes(timing.target)}"
        case Light.WRAP_UP:
            return f"{minutes(seconds)} of {minutes(timing.limit)}"
        case Light.OVER:
            return f"{minutes(seconds - timing.limit)} past {minutes(timing.limit)}"
