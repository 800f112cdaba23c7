"""The ground of a row in a list that draws its words itself, and the inks that can be read on it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from ui.sizes import body_em

_BAR_EMS = 0.25


def draw_row_ground(painter: QPainter, option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """Draw ground and edge; returns the ink of what matters most and that of what is said about it.

    A chosen row of a list without the focus has a bar: buttons are about it still, but none should be outshone by it.
    """
    role, colours = QPalette.ColorRole, QApplication.palette()
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen and not (option.widget is not None and option.widget.hasFocus()):
        painter.fillRect(option.rect, colours.color(role.AlternateBase))
        bar = QRect(option.rect.topLeft(), QSize(body_em(_BAR_EMS), option.rect.height()))
        painter.fillRect(bar, colours.color(role.Accent))
        chosen = False
    else:
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
    ink = colours.color(role.HighlightedText if chosen else role.Text)
    return ink, ink if chosen else colours.color(role.PlaceholderText)
