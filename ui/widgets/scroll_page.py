"""One column of attention: a page with a widest width that scrolls, with the keyboard too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.first_frame import stop_tab_at
from ui.sizes import sized, spaced

COLUMN_EMS = 60.0


class ScrollPage(QScrollArea):
    """Put what the page holds into `column`. Where one part is wider than the window it scrolls sideways too.

    With `fills`, what can grow in the column takes the height that is left.
    """

    def __init__(
        self,
        *,
        widest: float = COLUMN_EMS,
        gap: float = 1.0,
        top: float = 2.0,
        fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setProperty("ring", "inside")  # it has the focus only to be scrolled, and reaches the window's edge
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Page")
        self.setWidgetResizable(True)
        stop_tab_at(self, False)
        inside = QWidget()
        across = spaced(QHBoxLayout(inside), gap=0, margins=(2.5, top, 2.5, 2.0))
        self.content = sized(QWidget(), max_width=widest)
        self.content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addWidget(self.content, 1)
        outer = spaced(QVBoxLayout(self.content), gap=0)
        self.column = spaced(QVBoxLayout(), gap=gap)
        outer.addLayout(self.column, 1 if fills else 0)
        if not fills:
            outer.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._can_scroll)

    def to_top(self) -> None:
        """Begin at the top again, once everything has its place."""

        def top() -> None:  # the bar is asked for afresh: Qt may have made another meanwhile
            self.verticalScrollBar().setValue(0)

        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, top))

    def bring(self, part: QWidget) -> None:
        """Scroll to a part that has just been shown or has changed its size, once everything has its place."""

        def show() -> None:
            if part.isVisibleTo(self):
                self.ensureWidgetVisible(part)

        QTimer.singleShot(0, part, lambda: QTimer.singleShot(0, part, show))  # the page first learns its own height

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Where the keyboard is stays in sight when the type grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            focus = QApplication.focusWidget()
            if focus is not None and self.isAncestorOf(focus):
                self.bring(focus)

    def _can_scroll(self, lowest: int, highest: int) -> None:
        """Where there is more than fits, Tab reaches the page itself, and the arrows and Page Down move it."""
        stop_tab_at(self, highest > lowest)
