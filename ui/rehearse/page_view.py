"""Pages as pictures, drawn beside the window as they come into view, and as large as the type asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.sizes import body_em, spaced
from ui.tasks import Task, Tasks
from ui.widgets.refitting import Refitting

if TYPE_CHECKING:
    from cqcmock.services.reports import PageImage

PAGE_EMS = 46.0
NARROWEST_EMS = 12.0
SIDE_EMS = 2.5
NEAR = 0.5
"""How far outside the view pages are drawn already, and kept: in heights of the view."""


class PagePicture(QWidget):
    """One page. A screen reader gets its number and its words."""

    def __init__(self, number: int, of: int, size: tuple[float, float], words: str) -> None:
        super().__init__()
        self.points = size
        self.picture: QImage | None = None
        self.wanted = 0.0
        self.drawing: Task[PageImage] | None = None
        self.name = f"Page {number + 1} of {of}"
        self.setAccessibleName(self.name)
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fit(self, width: int) -> None:
        """Make the page so wide."""
        self.setFixedSize(QSize(width, round(width * self.points[1] / self.points[0])))

    @property
    def scale(self) -> float:
        """The device's own dots for each point, at the size that the page has now."""
        return self.width() * self.devicePixelRatioF() / self.points[0]

    def show_picture(self, drawn: PageImage, scale: float) -> None:
        """Show the page, drawn at `scale` dots a point."""
        self.picture = image_of(drawn)
        self.wanted = scale
        self.update()

    def forget(self) -> None:
        """Let go of the picture: the page is far away."""
        if self.drawing is not None:
            self.drawing.cancel()
            self.drawing = None
        self.picture = None
        self.wanted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)  # paper, in every theme
        if self.picture is not None:
            painter.drawImage(self.rect(), self.picture)
        else:
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.name)
        painter.setPen(QPen(self.palette().dark().color(), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PageView(Refitting, QScrollArea):
    """The pages of one document, below each other and below `head`, which scrolls with them."""

    def __init__(self, tasks: Tasks, head: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self.pages: tuple[PagePicture, ...] = ()
        self.problem: UserError | None = None
        self.setProperty("kind", "page")
        self.setProperty("ring", False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName("Pages of the report")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget()
        self._column = spaced(QVBoxLayout(inside), gap=1.0, margins=(SIDE_EMS, 2.0, SIDE_EMS, 2.0))
        self._column.addWidget(head)
        foot = QWidget()
        foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._column.addWidget(foot, 1)
        self.setWidget(inside)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._draw_what_is_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look.start())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._look.start())

    def show_pages(self, pdf: bytes, sizes: Sequence[tuple[float, float]], words: Sequence[str]) -> None:
        """Show these pages in place of those that were shown."""
        for page in self.pages:
            page.forget()
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pdf = pdf
        self.pages = tuple(
            PagePicture(number, len(sizes), size, said)
            for number, (size, said) in enumerate(zip(sizes, words, strict=True))
        )
        for page in self.pages:
            self._column.insertWidget(self._column.count() - 1, page, 0, Qt.AlignmentFlag.AlignLeft)
        self.refit()

    def event(self, event: QEvent) -> bool:
        """On another screen the same page may need more dots."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look.start()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Home and End too; the arrows and Page Up and Down are Qt's own."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def refit(self) -> None:
        room = self.viewport().width() - 2 * body_em(SIDE_EMS)
        width = max(min(body_em(PAGE_EMS), room), body_em(NARROWEST_EMS))
        for page in self.pages:
            page.fit(width)
        self._look.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        super().showEvent(event)
        self._look.start()

    def _draw_what_is_seen(self) -> None:
        if not self.isVisible():
            return
        view = self.viewport().rect()
        near = view.adjusted(0, -round(view.height() * NEAR), 0, round(view.height() * NEAR))
        for number, page in enumerate(self.pages):
            place = QRect(page.mapTo(self.viewport(), page.rect().topLeft()), page.size())
            if not place.intersects(near):
                page.forget()
            elif page.wanted != page.scale:
                self._draw(number, page)

    def _draw(self, number: int, page: PagePicture) -> None:
        pdf, scale = self._pdf, page.scale
        if page.drawing is not None:
            page.drawing.cancel()

        def drawn(image: PageImage) -> None:
            page.drawing = None
            page.show_picture(image, scale)

        page.wanted = scale
        page.drawing = self._tasks.background(lambda: draw(pdf, number, scale), then=drawn, owner=page)


def draw(pdf: bytes, number: int, scale: float) -> PageImage:
    """Beside the window: one page as a picture."""
    from cqcmock.services import reports

    return reports.page_image(pdf, number, scale)


def image_of(drawn: PageImage) -> QImage:
    """The same picture for Qt, with bytes of its own."""
    row = drawn.width * 3
    return QImage(drawn.rgb, drawn.width, drawn.height, row, QImage.Format.Format_RGB888).copy()
