"""Tab goes as the eye does. Qt goes by when a control was made, and some are made long after what stands below them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.scroll_page import ScrollPage


def tab_through(*parts: QWidget) -> None:
    """Let Tab go through these parts in this order, from where the first of them is reached now.

    Within a part the order stays. The parts are in one window; what takes no focus is passed by. Nothing in them may
    be the focus proxy of what it lies in: Qt would go there from wherever that is in its chain.
    """
    chain = [widget for widget in _chain(parts[0].window()) if _is_stop(widget)]
    stops = [widget for part in parts for widget in chain if widget is part or part.isAncestorOf(widget)]
    if not stops:
        return
    moved = set(stops)
    earlier = chain[: next(at for at, widget in enumerate(chain) if widget in moved)]
    for before, after in pairwise([*earlier[-1:], *stops]):
        _set_order(before, after)


def _set_order(before: QWidget, after: QWidget) -> None:
    policy = before.focusPolicy()
    if policy == Qt.FocusPolicy.NoFocus:  # Qt would not listen
        before.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    QWidget.setTabOrder(before, after)
    before.setFocusPolicy(policy)


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window
    while True:
        yield widget
        following = widget.nextInFocusChain()
        if following is None or following is window:
            return
        widget = following


def _is_stop(widget: QWidget) -> bool:
    """A page takes the focus only while there is something to scroll, and keeps its place meanwhile."""
    takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, ScrollPage)
    return takes and widget.focusProxy() is None
