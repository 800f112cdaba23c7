"""Rows that give way: what does not fit beside the rest goes below it, so that large type stays on the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from ui.sizes import body_em, spaced
from ui.widgets.refitting import Refitting


class FlowLayout(QLayout):
    """Widgets from the left, in as many rows as they need: for buttons, pills and the like."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}

    def invalidate(self) -> None:
        """What is in it is another, or of another size."""
        self._heights.clear()
        super().invalidate()

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802 - Qt's own name
        """Qt's own would make an item that shiboken cannot see die: its address may come back as another item's."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own name
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._lay(QRect(0, 0, width, 0), apply=False)
        return height

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own name
        super().setGeometry(rect)
        self._lay(rect, apply=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in shown), default=0)))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own name
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay(self, rect: QRect, *, apply: bool) -> int:
        """Lay the rows into `rect`, or only find out how high they are."""
        inside = rect.marginsRemoved(self.contentsMargins())
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(inside.width(), 1), 1 << 20))
            if rows[-1] and used + size.width() > inside.width():
                rows.append([])
                used = 0
            rows[-1].append((item, size))
            used += size.width() + self.spacing()
        top = inside.top()
        for row in rows:
            height = max((size.height() for _, size in row), default=0)
            left = inside.left()
            for item, size in row:
                if apply:
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()
        margins = self.contentsMargins()
        return top - self.spacing() - inside.top() + margins.top() + margins.bottom()


class SideBySide(Refitting, QWidget):
    """Parts beside each other, or below each other once each would have less than `narrowest` ems.

    `shares` say how much width each part gets beside the others; without them all get the same. `turned` says whether
    they are now below each other.
    """

    turned = Signal(bool)

    def __init__(
        self, *parts: QWidget, narrowest: float = 18.0, gap: float = 1.0, shares: tuple[int, ...] = ()
    ) -> None:
        super().__init__()
        self._narrowest = narrowest
        self._row = spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight, self), gap=gap)
        for at, part in enumerate(parts):
            self._row.addWidget(part, shares[at] if shares else 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, part: QWidget) -> None:
        """One more part, at the end."""
        self._row.addWidget(part, 1)
        self.refit()

    @property
    def below(self) -> bool:
        """Whether the parts are below each other."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Wide enough for the widest part alone: the rest can go below it."""
        items = [self._row.itemAt(at) for at in range(self._row.count())]
        widest = max((item.minimumSize().width() for item in items if item is not None), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def refit(self) -> None:
        """Turn, if there is too little room or enough again."""
        below = self.width() < self._row.count() * body_em(self._narrowest)
        if below == self.below:
            return
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self.updateGeometry()
        self.turned.emit(below)
