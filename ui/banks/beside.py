"""A list with what is chosen in it: beside each other, or where there is little width below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from ui.first_frame import never_scroll_sideways, stop_tab_at
from ui.sizes import body_em, spaced

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


class Beside(QWidget):
    """`left` and `right`, with as much width each as their shares say, while there are `narrowest` ems for both."""

    def __init__(
        self, left: QWidget, right: QWidget, pane: Pane, *, shares: tuple[int, int] = (1, 1), narrowest: float = 46.0
    ) -> None:
        super().__init__()
        self._pane = pane
        self._left = left
        self._narrowest = narrowest
        self._row = spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight, self), gap=1.0)
        self._row.addWidget(left, shares[0])
        self._row.addWidget(right, shares[1])
        self._shares = shares
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def below(self) -> bool:
        """Whether the right part is below the left one."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Wide enough for the wider part alone: the other can go below it."""
        items = [self._row.itemAt(at) for at in range(self._row.count())]
        widest = max((item.minimumSize().width() for item in items if item is not None), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def _turn(self) -> None:
        below = self.width() < body_em(self._narrowest)
        if below == self.below:
            return
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        for at, share in enumerate(self._shares):
            self._row.setStretch(at, 0 if below else share)
        self._pane.unfold(below)
        self.updateGeometry()
