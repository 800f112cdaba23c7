"""The sheets of a pack, one a row: how far each is marked in a shape, in a colour and in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.review.return_words import BETWEEN
from ui.sizes import body_em
from ui.widgets.line_list import Line, LineList
from ui.widgets.pill import Tone
from ui.widgets.row_ground import draw_row_ground

if TYPE_CHECKING:
    from ui.theme import Theme

SHAPES = {Tone.QUIET: "○", Tone.WRAP_UP: "◐", Tone.IN_HAND: "●"}
LEGEND = "○ untouched\u2003◐ draft\u2003● submitted"
ROWS_IN_SIGHT = 6
_ACROSS_EMS, _PADDING_EMS, _SHAPE_EMS = 0.75, 0.45, 1.4
_WIDE_ENOUGH_EMS = 26.0


class SheetList(LineList):
    """`open_wanted` carries the sheet that somebody wants to go to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Every sheet, what is missing first", rows_in_sight=ROWS_IN_SIGHT)
        self.setAccessibleDescription("Enter goes to the sheet.")
        self.setItemDelegate(_SheetRow(self, theme))


class _SheetRow(QStyledItemDelegate):
    """The shape, beside it the name of the sheet, and under that its state and the question.

    In a narrow list the question has a row to itself, for a few letters of it would help nobody.
    """

    def __init__(self, view: SheetList, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's own name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two rows of text or three, and the room around them."""
        plain = QFontMetrics(option.font).lineSpacing() * (2 if self._is_narrow() else 1)
        return QSize(0, QFontMetrics(_strong(option.font)).lineSpacing() + plain + 2 * body_em(_PADDING_EMS))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground by `draw_row_ground`, words by us."""
        self.initStyleOption(option, index)
        line = self._view.lines.lines[index.row()]
        ink, quiet = draw_row_ground(painter, option)
        on_selection = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        own = ink if on_selection else self._colour(line)
        strong, plain = _strong(option.font), QFont(option.font)
        high = QFontMetrics(strong).lineSpacing()
        across, down = body_em(_ACROSS_EMS), body_em(_PADDING_EMS)
        place = option.rect.adjusted(across, down, -across, -down)
        painter.save()
        _draw(painter, QRect(place.left(), place.top(), body_em(_SHAPE_EMS), high), SHAPES[line.tone], strong, own)
        place.setLeft(place.left() + body_em(_SHAPE_EMS))
        _draw(painter, QRect(place.left(), place.top(), place.width(), high), line.title, strong, ink)
        below = QRect(place.left(), place.top() + high, place.width(), QFontMetrics(plain).lineSpacing())
        _draw(painter, below, line.sign, strong, own)
        marked, question = line.about, ""
        if self._is_narrow():
            marked, _, question = line.about.rpartition(BETWEEN)
        beside = below.adjusted(QFontMetrics(strong).horizontalAdvance(line.sign) + body_em(0.4), 0, 0, 0)
        _draw(painter, beside, f"·  {marked}" if marked else "", plain, quiet)
        _draw(painter, below.translated(0, below.height()), question, plain, quiet)
        painter.restore()

    def _is_narrow(self) -> bool:
        return self._view.viewport().width() < body_em(_WIDE_ENOUGH_EMS)

    def _colour(self, line: Line) -> QColor:
        tokens = self._theme.tokens
        colours = {Tone.IN_HAND: tokens.in_hand, Tone.WRAP_UP: tokens.wrap_up}
        return QColor(colours.get(line.tone, tokens.quiet_ink))


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _draw(painter: QPainter, place: QRect, text: str, font: QFont, ink: QColor) -> None:
    """One row of text from the left, cut short where it is too long; words from the right begin there all the same."""
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(place.width(), 0))
    how = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, int(how) | int(Qt.TextFlag.TextSingleLine), shown)
