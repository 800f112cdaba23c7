"""One button for each step of the marking: where somebody is, and how far each is, in word, shape and colour."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.review import SheetState
from ui.review.mark_state import SHAPES, TONES, PackMarking
from ui.sizes import body_em, spaced
from ui.theme import Theme
from ui.widgets.buttons import link_button, literal, secondary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel

AT_ONCE = 24
"""Steps in sight: a pack may have hundreds."""

HERE, THERE = "On screen now", "Goes there"
_SHAPE_EMS = 0.8


class SheetSteps(QWidget):
    """`wanted` carries the step that somebody wants to go to."""

    wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marking: PackMarking | None = None
        self._first = 0
        column = spaced(QVBoxLayout(self), gap=0.3)
        above = QWidget()
        told = spaced(FlowLayout(above), gap=0.5)
        self.progress = TextLabel(wrap=False)
        told.addWidget(self.progress)
        self.legend = {state: _state_label(state) for state in SheetState}
        for label in self.legend.values():
            told.addWidget(label)
        column.addWidget(above)
        row = QWidget()
        flow = spaced(FlowLayout(row), gap=0.2)
        self.earlier = link_button("Earlier", lambda: self._show_from(self._first - AT_ONCE))
        self.later = link_button("Later", lambda: self._show_from(self._first + AT_ONCE))
        self.buttons = [secondary_button("") for _ in range(AT_ONCE)]
        flow.addWidget(self.earlier)
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.clicked.connect(partial(self._clicked, place))
            flow.addWidget(button)
        flow.addWidget(self.later)
        column.addWidget(row)
        theme.changed.connect(self._draw)

    def show_marking(self, marking: PackMarking) -> None:
        """Show how far each step is, and which is on screen."""
        self._marking = marking
        self._first = marking.at // AT_ONCE * AT_ONCE
        self._draw()

    def _clicked(self, place: int, _checked: bool = False) -> None:
        self.wanted.emit(self._first + place)

    def _show_from(self, first: int) -> None:
        turning = next((link for link in (self.earlier, self.later) if link.hasFocus()), None)
        self._first = first
        self._draw()
        if turning is not None and turning.isHidden():  # at the end of the list: the keyboard stays in it
            (self.later if turning is self.earlier else self.earlier).setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        marking = self._marking
        if marking is None:
            return
        self.progress.setText(marking.progress())
        icons = {state: _icon(state, self._colour(state)) for state in SheetState}
        for place, button in enumerate(self.buttons):
            at = self._first + place
            button.setVisible(at <= marking.last)
            if at > marking.last:
                continue
            name = marking.step_name(at)
            button.setText(f" {literal(marking.short_name(at))}")
            button.setIcon(icons[marking.state(at)])
            button.setIconSize(QSize(body_em(_SHAPE_EMS), body_em(_SHAPE_EMS)))
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setChecked(at == marking.at)
            button.setAccessibleDescription(HERE if at == marking.at else THERE)
        self.earlier.setVisible(self._first > 0)
        self.later.setVisible(self._first + AT_ONCE <= marking.last)
        for state, number in marking.counts().items():
            self.legend[state].setText(f"{SHAPES[state]}\u2002{number:,} {state.value}")
            self.legend[state].setAccessibleName(f"{number:,} {state.value}")

    def _colour(self, state: SheetState) -> QColor:
        tokens = self._theme.tokens
        match state:
            case SheetState.SUBMITTED:
                return QColor(tokens.in_hand)
            case SheetState.DRAFT:
                return QColor(tokens.wrap_up)
            case _:
                return QColor(tokens.quiet_ink)


def _state_label(state: SheetState) -> TextLabel:
    label = TextLabel(kind="pill", wrap=False)
    label.setProperty("light", TONES[state].value)
    return label


def _icon(state: SheetState, colour: QColor) -> QIcon:
    """○, ◐ or ●, as sharp as the screen can show it."""
    size, scale = body_em(_SHAPE_EMS), 3
    picture = QPixmap(size * scale, size * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = size * scale / 8
    inside = QRectF(picture.rect()).adjusted(width, width, -width, -width)
    painter.setPen(QPen(colour, width))
    painter.drawEllipse(inside)
    painter.setBrush(colour)
    if state is SheetState.DRAFT:
        painter.drawPie(inside, 90 * 16, 180 * 16)
    elif state is SheetState.SUBMITTED:
        painter.drawEllipse(inside)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return QIcon(picture)
