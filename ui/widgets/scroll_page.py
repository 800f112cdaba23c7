"""One column of attention: a page with a widest width that scrolls, with the keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.sizes import sized, spaced

COLUMN_EMS = 60.0


class ScrollPage(QScrollArea):
    """Put what the page holds into `column`. Where one part is wider than the window it scrolls sideways too.

    With `fills`, what can grow in the column takes the height that is left.
    """

    def __init__(
        self, *, widest: float = COLUMN_EMS, gap: float = 1.0, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setProperty("ring", False)  # it has the focus only to be scrolled
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        across = spaced(QHBoxLayout(inside), gap=0, margins=(2.5, 2.0, 2.5, 2.0))
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

    def _can_scroll(self, lowest: int, highest: int) -> None:
        """Where there is more than fits, Tab reaches the page itself, and the arrows and Page Down move it."""
        more = highest > lowest
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if more else Qt.FocusPolicy.NoFocus)
