"""Sizes follow the type: everything is measured in ems, so that a screen at 200 % is the same screen, larger.

`spaced` and `sized` remember what was asked for; `remeasure` works it out again when the size of the type changes.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLayout, QWidget

LayoutT = TypeVar("LayoutT", bound=QLayout)
WidgetT = TypeVar("WidgetT", bound=QWidget)
Margins = tuple[float, float, float, float]

_MOST_OF_THE_SCREEN = 0.9
_GAP = "_gap_in_ems"
_MARGINS = "_margins_in_ems"
_SIZE = "_size_in_ems"


def em(widget: QWidget, ems: float) -> int:
    """So many ems of this widget's type, in logical pixels. Anything above nothing is at least 1."""
    return _pixels(widget.font(), ems)


def body_em(ems: float) -> int:
    """So many ems of the body type, in logical pixels."""
    return _pixels(QApplication.font(), ems)


def spaced(layout: LayoutT, *, gap: float = 0.5, margins: float | Margins = 0.0) -> LayoutT:
    """Give a layout its spacing and margins (left, top, right, bottom) in ems of the body type."""
    layout.setProperty(_GAP, gap)
    layout.setProperty(_MARGINS, list(margins) if isinstance(margins, tuple) else [margins] * 4)
    _space(layout)
    return layout


def sized(
    widget: WidgetT,
    *,
    min_width: float = 0.0,
    max_width: float = 0.0,
    min_height: float = 0.0,
    max_height: float = 0.0,
) -> WidgetT:
    """Give a widget its limits in ems of the body type; 0 leaves one as it is."""
    widget.setProperty(_SIZE, [min_width, max_width, min_height, max_height])
    _size(widget)
    return widget


def sized_for_screen(dialog: QWidget, width: float, height: float) -> None:
    """Give a new dialog its size in ems, and never more than most of the screen that it will be on."""
    room = dialog.screen().availableSize() * _MOST_OF_THE_SCREEN
    dialog.resize(QSize(body_em(width), body_em(height)).boundedTo(room))


def remeasure() -> None:
    """Work out every spacing and limit again: the size of the type has changed."""
    for widget in QApplication.allWidgets():
        if widget.property(_SIZE) is not None:
            _size(widget)
        layout = widget.layout()
        if layout is not None:
            for one in (layout, *layout.findChildren(QLayout)):
                if one.property(_GAP) is not None:
                    _space(one)


def _pixels(font: QFont, ems: float) -> int:
    pixels = round(QFontInfo(font).pixelSize() * ems)
    return max(1, pixels) if ems > 0 else pixels


def _space(layout: QLayout) -> None:
    layout.setSpacing(body_em(float(layout.property(_GAP))))
    left, top, right, bottom = (body_em(float(side)) for side in layout.property(_MARGINS))
    layout.setContentsMargins(left, top, right, bottom)


def _size(widget: QWidget) -> None:
    min_width, max_width, min_height, max_height = (float(limit) for limit in widget.property(_SIZE))
    if min_width:
        widget.setMinimumWidth(body_em(min_width))
    if max_width:
        widget.setMaximumWidth(body_em(max_width))
    if min_height:
        widget.setMinimumHeight(body_em(min_height))
    if max_height:
        widget.setMaximumHeight(body_em(max_height))
