"""A list with what is chosen in it: beside each other, or where there is little width below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ui.first_frame import never_scroll_sideways, stop_tab_at
from ui.sizes import body_em
from ui.widgets.flow import SideBySide

_HIGHEST = 16_777_215
_LEAST_EMS = 8.0


class Pane(QScrollArea):
    """Scrolls what it holds, or, once unfolded, is as high as that: then the page around it scrolls."""

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ring", "inside")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        never_scroll_sideways(self)
        stop_tab_at(self, False)
        self.setWidget(content)
        content.setAutoFillBackground(False)  # the card shows through
        self.viewport().setAutoFillBackground(False)
        self._content = content
        self._unfolded = False
        content.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(lambda lowest, highest: stop_tab_at(self, highest > lowest))

    def unfold(self, unfolded: bool) -> None:
        """Be as high as the content, or scroll it."""
        self._unfolded = unfolded
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if unfolded else policy.ScrollBarAsNeeded)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The content has become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._unfolded:
            self.setMaximumHeight(_HIGHEST)
            self.setMinimumHeight(body_em(_LEAST_EMS))
            return
        height = self._content.heightForWidth(self.viewport().width())
        height = max(height, self._content.minimumSizeHint().height(), 1)
        if (height, height) != (self.minimumHeight(), self.maximumHeight()):
            self.setFixedHeight(height)


class Beside(SideBySide):
    """`left` and `right`, which holds `pane`: it scrolls beside the left part, and is unfolded below it."""

    def __init__(
        self, left: QWidget, right: QWidget, pane: Pane, *, shares: tuple[int, int] = (1, 1), narrowest: float = 23.0
    ) -> None:
        super().__init__(left, right, narrowest=narrowest, shares=shares)
        self._pane = pane
        self._shares = shares
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.turned.connect(self._unfold)

    def _unfold(self, below: bool) -> None:
        for at, share in enumerate(self._shares):
            self._row.setStretch(at, 0 if below else share)
        self._pane.unfold(below)
