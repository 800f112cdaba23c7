"""What can be checked of any screen with the keyboard alone and by ear."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)

from ui.widgets.palette import CommandPalette

CONTROLS = (
    QPushButton,
    QCheckBox,
    QRadioButton,
    QComboBox,
    QAbstractSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QAbstractItemView,
)
MOST_STOPS = 300


def faults(window: QWidget) -> list[str]:
    """What is wrong: a stop without a name, a control that Tab never comes to, a stop before one that is read first."""
    stops = tab_stops()
    nameless = [f"no name: {said(stop)}" for stop in stops if not name(stop)]
    unreached = [f"never reached: {said(control)}" for control in controls(window) if not is_reached(control, stops)]
    in_order = pairwise(from_the_top(stops, window))
    behind = [f"{said(one)} before {said(other)}" for one, other in in_order if is_behind(other, one)]
    return nameless + unreached + behind


def tab_stops() -> list[QWidget]:
    """What Tab comes to, from where the focus is now, once round."""
    first = QApplication.focusWidget()
    assert first is not None, "nothing has the focus"
    stops = [first]
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"the focus was lost after {said(stops[-1])}"
        if now is first and len(stops) > 1:
            return stops
        if now is not stops[-1]:  # a date has three stops of its own
            stops.append(now)
        elif now is first and not isinstance(now, QAbstractSpinBox):
            return stops
    raise AssertionError(f"Tab goes round without coming back: {[said(stop) for stop in stops[-6:]]}")


def name(widget: QWidget) -> str:
    """What a screen reader says that this is."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def said(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{name(widget)}”"


def controls(window: QWidget) -> list[QWidget]:
    """Everything on screen now that somebody can work with, but not the parts that Qt makes such things from."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QTableView)
    ]


def is_reached(control: QWidget, stops: list[QWidget]) -> bool:
    """Whether Tab comes to it, or to the one of its group from which the arrows lead to it."""
    if isinstance(control, QAbstractButton) and any(one in stops for one in of_one_choice(control)):
        return True
    if isinstance(control, QAbstractItemView) and isinstance(control.window(), CommandPalette):
        return True  # the arrows move in it while the words have the focus
    return control in stops


def of_one_choice(button: QAbstractButton) -> list[QAbstractButton]:
    """The buttons of its group, this among them: Tab comes to one, and the arrows lead from each to the next."""
    group, parent = button.group(), button.parentWidget()
    if group is not None:
        return list(group.buttons())
    if button.autoExclusive() and parent is not None:
        beside = parent.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [one for one in beside if one.autoExclusive()]
    return []


def from_the_top(stops: list[QWidget], window: QWidget) -> list[QWidget]:
    """The same round, begun where Qt begins it: with the first stop of the window's own chain."""
    widget = window.nextInFocusChain()
    while widget not in stops:
        widget = widget.nextInFocusChain()
    at = stops.index(widget)
    return stops[at:] + stops[:at]


def is_behind(after: QWidget, before: QWidget) -> bool:
    """Whether the eye, reading lines or columns, comes to `after` first."""
    if before.isAncestorOf(after):  # a page is scrolled, and then what is on it is used
        return False
    one, other = boxes(before, after)
    above = other.bottom() <= one.top() and other.left() < one.right()
    left_of = other.right() <= one.left() and other.bottom() > one.top() and other.top() < one.bottom()
    return above or left_of


def boxes(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """Where the two are, on the innermost page that both lie on; what lies on a page inside that is where this is."""
    pages_of_one, pages_of_other = pages(one), pages(other)
    shared = [page for page in pages_of_one if page in pages_of_other]
    ground = shared[-1].widget() if shared else one.window()
    return box(one, pages_of_one, len(shared), ground), box(other, pages_of_other, len(shared), ground)


def pages(widget: QWidget) -> list[QScrollArea]:
    """The scrolling pages around it, from the outside."""
    found: list[QScrollArea] = []
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            found.insert(0, around)
        around = around.parentWidget()
    return found


def box(widget: QWidget, around: list[QScrollArea], shared: int, ground: QWidget) -> QRect:
    shown: QWidget = around[shared] if len(around) > shared else widget
    return QRect(shown.mapTo(ground, QPoint(0, 0)), shown.size())
