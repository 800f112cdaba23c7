"""Words in their place: what could name somebody stands out among the words around it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.sizes import body_em
from ui.widgets.refitting import Refitting

_NARROWEST_EMS = 8.0


class Quote(Refitting, QWidget):
    """Painted, because a label of plain text cannot make some of its words bold, and markup is never read here."""

    def __init__(self, before: str, found: str, after: str) -> None:
        super().__init__()
        self._before = before
        self._found = found
        self.text = f"{before}{found}{after}".replace("\n", "\u2028")
        self.setAccessibleName(self.text.replace("\u2028", " "))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """As many lines as the words need."""
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """One that a page is glad of."""
        width = body_em(30.0)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Narrow: the words go on below."""
        return QSize(body_em(_NARROWEST_EMS), self.fontMetrics().lineSpacing())

    def refit(self) -> None:
        """The type has another size."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The words, and those that were found bold and underlined."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self.text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = _utf16(self._before), _utf16(self._found)
        strong.format = look
        layout.setFormats([strong])
        layout.beginLayout()
        bottom = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, bottom))
            bottom += line.height()
        layout.endLayout()
        return layout, round(bottom + 0.5)


def _utf16(text: str) -> int:
    """Qt counts a character outside the first plane, such as an emoji, as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
