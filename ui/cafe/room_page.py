"""The picture that the room sees, drawn at any size: full on the projector, small in the facilitator's window.

All measures are shares of the picture's height. From ten metres people read letters of about 25 mm (a capital's
height of one four-hundredth of the distance); on a picture 1.2 m high, words of a fifteenth of its height have them.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.cafe.fitted import WRAP, fitted, font_of
from ui.cafe.room_sight import ClockSight, RoomSight
from ui.theme import FAMILIES, Theme, with_tabular_figures
from ui.tokens import Tokens
from ui.widgets.labels import wrappable
from ui.widgets.pill import Tone

READABLE = 1 / 15
"""The least size of the question, as a share of the picture's height, unless it is longer than a question should be."""

_MARGIN = 0.055
_CAPTION, _CLOCK, _UNDER = 0.05, 0.085, 0.05
_LARGEST = 0.155
_SMALLEST = 0.04
_LINES_SHARE = 0.54
_ANSWERS_SHARE = 0.72
_LINE_SIZE, _LINE_SIZE_ALONE = 0.058, 0.085
_MEDIUM, _SEMI = int(QFont.Weight.Normal), int(QFont.Weight.DemiBold)
_LEFT = int(Qt.AlignmentFlag.AlignLeft)
_TOP, _MIDDLE = int(Qt.AlignmentFlag.AlignTop), int(Qt.AlignmentFlag.AlignVCenter)
_WIDE, _HIGH = 16, 9


class RoomPage(QWidget):
    """Shows one picture, `framed` where it stands among other things. Words give way to the room that there is."""

    def __init__(self, theme: Theme, *, name: str, framed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framed = framed
        self._theme = theme
        self._name = name
        self.sight = RoomSight()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def show_sight(self, sight: RoomSight) -> None:
        """Draw this from now on; nothing is drawn again that is the same."""
        if sight == self.sight:
            return
        before, self.sight = self.sight, sight
        self.setAccessibleDescription(sight.in_words)
        if _but_for_the_clock(before) == _but_for_the_clock(sight):
            self.update(self._clock_place())
        else:
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """A small picture; a layout may give it any width."""
        return QSize(self.fontMetrics().height() * _WIDE, self.fontMetrics().height() * _HIGH)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """The shape of a projector's picture."""
        return width * _HIGH // _WIDE

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Draw what is to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.page))
        if self.sight.clock is not None:
            self._draw_clock(painter, tokens, self.sight.clock)
        if event.rect() != self._clock_place():
            self._draw_words(painter, tokens)
        if self._framed:
            painter.setPen(QColor(tokens.control_edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # --- places

    def _unit(self, share: float) -> int:
        return max(1, round(self.height() * share))

    def _inside(self) -> QRect:
        margin = self._unit(_MARGIN)
        return self.rect().adjusted(margin, margin, -margin, -margin)

    def _clock_place(self) -> QRect:
        inside = self._inside()
        width = inside.width() * 45 // 100
        return QRect(inside.right() - width, inside.top(), width + 1, self._unit(_CLOCK * 1.6))

    # --- drawing

    def _draw_clock(self, painter: QPainter, tokens: Tokens, clock: ClockSight) -> None:
        place = self._clock_place()
        ink, ground = _clock_colours(tokens, clock.tone)
        text, pixels = fitted(
            clock.text, FAMILIES, _SEMI, place.width() * 9 // 10, place.height() * 9 // 10, self._unit(_CLOCK), 1
        )
        font = with_tabular_figures(font_of(FAMILIES, _SEMI, pixels))
        painter.setFont(font)
        needed = painter.fontMetrics().horizontalAdvance(text) + pixels
        box = QRectF(place.right() - needed, place.top(), needed, place.height() - 1)
        painter.setPen(QColor(ink) if clock.tone is not Tone.QUIET else QColor(tokens.control_edge))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, pixels / 4, pixels / 4)
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _draw_words(self, painter: QPainter, tokens: Tokens) -> None:
        sight, inside = self.sight, self._inside()
        gap = self._unit(_MARGIN * 0.7)
        top_height = self._unit(_CLOCK * 1.6)
        beside_clock = inside.width() * 53 // 100 if sight.clock else inside.width()
        top = QRect(inside.left(), inside.top(), beside_clock, top_height)
        self._words(painter, sight.caption, top, tokens.quiet_ink, _SEMI, _CAPTION, align=_MIDDLE)
        bottom = QRect(inside)
        if sight.under:
            bottom.setTop(inside.bottom() - self._unit(_UNDER * 2.5))
            self._words(painter, sight.under, bottom, tokens.ink, _MEDIUM, _UNDER, align=_MIDDLE)
        else:
            bottom.setTop(inside.bottom())
        middle = QRect(inside.left(), top.bottom() + gap, inside.width(), 0)
        middle.setBottom(bottom.top() - gap)
        if sight.above:
            above = QRect(middle.left(), middle.top(), middle.width(), self._unit(_UNDER * 2.8))
            self._words(painter, sight.above, above, tokens.quiet_ink, _MEDIUM, _UNDER, align=_TOP)
            middle.setTop(above.bottom() + gap // 2)
        if sight.beside is not None:
            self._draw_answers(painter, tokens, middle, sight.beside)
        elif sight.lines:
            self._draw_with_lines(painter, tokens, middle)
        else:
            self._words(painter, sight.main, middle, tokens.ink, _SEMI, _LARGEST, align=_MIDDLE)

    def _draw_with_lines(self, painter: QPainter, tokens: Tokens, place: QRect) -> None:
        upper, lower = QRect(place), QRect(place)
        if self.sight.main:
            lower.setTop(place.bottom() - round(place.height() * _LINES_SHARE))
            upper.setBottom(lower.top() - self._unit(_MARGIN * 0.5))
            self._words(painter, self.sight.main, upper, tokens.ink, _SEMI, _LARGEST, align=_MIDDLE)
        painter.fillRect(QRect(lower.left(), lower.top(), self._unit(0.008), lower.height()), QColor(tokens.accent))
        lower.setLeft(lower.left() + self._unit(0.04))
        title = QRect(lower.left(), lower.top(), lower.width(), self._unit(_CAPTION * 1.4))
        self._words(painter, self.sight.lines_title, title, tokens.accent, _SEMI, _CAPTION, align=_MIDDLE)
        lower.setTop(title.bottom())
        listed = "\n".join(f"• {line}" for line in self.sight.lines)
        largest = _LINE_SIZE if self.sight.main else _LINE_SIZE_ALONE
        self._words(painter, listed, lower, tokens.ink, _MEDIUM, largest, align=_MIDDLE)

    def _draw_answers(self, painter: QPainter, tokens: Tokens, place: QRect, answers: tuple[str, str]) -> None:
        lower, upper = QRect(place), QRect(place)
        if self.sight.main:
            lower.setTop(place.bottom() - round(place.height() * _ANSWERS_SHARE))
            upper.setBottom(lower.top() - self._unit(_MARGIN * 0.5))
            self._words(painter, self.sight.main, upper, tokens.ink, _SEMI, _LARGEST / 2, align=_MIDDLE)
        gap = self._unit(_MARGIN)
        width = (lower.width() - gap) // 2
        cards = [QRect(lower.left() + number * (width + gap), lower.top(), width, lower.height()) for number in (0, 1)]
        title_height = self._unit(_CAPTION * 1.4)
        insides = [card.adjusted(gap // 2, gap // 2 + title_height, -gap // 2, -gap // 2) for card in cards]
        pixels = min(  # both in one size: neither looks as if it counted for more
            self._fitted(answer, inside, _MEDIUM, _LINE_SIZE)[1]
            for answer, inside in zip(answers, insides, strict=True)
        )
        for number, answer in enumerate(answers):
            card, inside = cards[number], insides[number]
            painter.setPen(QColor(tokens.hairline))
            painter.setBrush(QColor(tokens.card))
            painter.drawRect(card)
            title = QRect(inside.left(), inside.top() - title_height, inside.width(), title_height)
            self._words(painter, ("Left", "Right")[number], title, tokens.accent, _SEMI, _CAPTION, align=_MIDDLE)
            self._words(painter, answer, inside, tokens.ink, _MEDIUM, pixels / self.height(), align=_TOP)

    def _words(
        self, painter: QPainter, text: str, place: QRect, ink: str, weight: int, share: float, *, align: int
    ) -> None:
        if not text or place.height() <= 0 or place.width() <= 0:
            return
        shown, pixels = self._fitted(text, place, weight, share)
        painter.setFont(font_of(FAMILIES, weight, pixels))
        painter.setPen(QColor(ink))
        painter.drawText(QRectF(place), WRAP | _LEFT | align, shown)

    def _fitted(self, text: str, place: QRect, weight: int, share: float) -> tuple[str, int]:
        largest, smallest = self._unit(share), min(self._unit(_SMALLEST), self._unit(share))
        return fitted(wrappable(text), FAMILIES, weight, place.width(), place.height(), largest, smallest)


def _but_for_the_clock(sight: RoomSight) -> tuple[object, ...]:
    return (
        sight.caption, sight.above, sight.main, sight.under, sight.lines_title, sight.lines, sight.beside,
        sight.clock is None,
    )  # fmt: skip


def _clock_colours(tokens: Tokens, tone: Tone) -> tuple[str, str]:
    """The clock's ink and its ground."""
    match tone:
        case Tone.IN_HAND:
            return tokens.in_hand, tokens.in_hand_ground
        case Tone.WRAP_UP:
            return tokens.wrap_up, tokens.wrap_up_ground
        case Tone.OVER:
            return tokens.over, tokens.over_ground
        case Tone.QUIET:
            return tokens.ink, tokens.hover
