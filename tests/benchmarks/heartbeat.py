"""How long the window's thread was kept from its own work: a timer that ought to come every millisecond."""

from __future__ import annotations

import sys
import time
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication


class Heartbeat(QObject):
    """Beats from its making on. `modules_at_first_frame` are the imports that were done when something was painted."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.beats: list[float] = []
        self.first_frame = 0.0
        self.modules_at_first_frame: list[str] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Notices the first frame, and then looks at no event any more."""
        if event.type() == QEvent.Type.Paint and not self.modules_at_first_frame:
            self.first_frame = time.perf_counter()
            self.modules_at_first_frame = list(sys.modules)
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        return False

    def _beat(self) -> None:
        self.beats.append(time.perf_counter())

    def longest_gap_ms(self, until: float) -> float:
        """The longest time between two beats, from the first frame to `until` (of `time.perf_counter`)."""
        times = [self.first_frame, *(beat for beat in self.beats if self.first_frame < beat < until), until]
        return max(later - earlier for earlier, later in pairwise(times)) * 1000
