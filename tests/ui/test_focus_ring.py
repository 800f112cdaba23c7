from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from tests.ui.conftest import Show
from ui.sizes import spaced
from ui.theme import Theme, ThemeChoice
from ui.widgets.buttons import danger_button, link_button, primary_button, secondary_button
from ui.widgets.fields import spin_box
from ui.widgets.scroll_page import ScrollPage


def rail_button() -> QPushButton:
    button = QPushButton("Home")
    button.setProperty("kind", "rail")
    return button


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("Heard")
    bar.addTab("Not heard")
    return bar


CONTROLS: tuple[Callable[[], QWidget], ...] = (
    lambda: primary_button("Carry on"),
    lambda: secondary_button("See what I said"),
    lambda: danger_button("Delete"),
    lambda: link_button("How this works"),
    rail_button,
    lambda: QRadioButton("Fully"),
    lambda: QCheckBox("Hide the clock"),
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    lambda: spin_box("Questions", 1, 20),
    QListWidget,
    QTreeWidget,
    tabs,
)


def pixels_of(window: QWidget, colour: str) -> int:
    image = window.grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.HIGH_CONTRAST])
@pytest.mark.parametrize("make", CONTROLS)
def test_the_focus_can_be_seen_on_every_kind_of_control(
    theme: Theme,
    show: Show,
    choice: ThemeChoice,
    make: Callable[[], QWidget],
) -> None:
    theme.set_choice(choice)
    window = QWidget()
    column = spaced(QVBoxLayout(window), gap=1.0, margins=1.0)
    control = make()
    column.addWidget(control)
    window.resize(240, 160)
    show(window)
    control.clearFocus()
    without = pixels_of(window, theme.tokens.focus)

    control.setFocus()

    assert control.hasFocus()
    around = 2 * (control.width() + control.height())
    assert pixels_of(window, theme.tokens.focus) - without >= min(around, 100)


def test_the_ring_is_not_cut_off_by_a_tight_parent(theme: Theme, show: Show) -> None:
    window = QWidget()
    outer = spaced(QVBoxLayout(window), gap=0, margins=1.0)
    tight = QWidget()
    spaced(QVBoxLayout(tight), gap=0).addWidget(button := QLineEdit())
    outer.addWidget(tight)
    show(window)
    button.setFocus()
    ring = window.findChild(QWidget, "focus-ring")
    assert ring is not None
    assert ring.isVisible()
    assert ring.geometry().contains(button.geometry().translated(tight.pos()).adjusted(-1, -1, 1, 1))


def test_the_ring_moves_with_its_control_and_stays_inside_a_scrolled_page(theme: Theme, show: Show) -> None:
    page = ScrollPage()
    buttons = [QPushButton(str(number)) for number in range(30)]
    for button in buttons:
        page.column.addWidget(button)
    page.resize(400, 300)
    show(page)
    buttons[0].setFocus()
    ring = page.findChild(QWidget, "focus-ring")
    assert ring is not None
    top = ring.y()
    page.verticalScrollBar().setValue(10)
    assert ring.y() == top - 10
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    assert not ring.isVisible()


def test_the_ring_goes_when_its_control_goes(theme: Theme, show: Show) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(button := QPushButton("Carry on"))
    show(window)
    button.setFocus()
    ring = window.findChild(QWidget, "focus-ring")
    assert ring is not None
    button.hide()
    assert not ring.isVisible()


def test_the_ring_outlives_the_window_that_it_was_in(theme: Theme, show: Show) -> None:
    for _ in range(2):
        window = QWidget()
        QVBoxLayout(window).addWidget(button := QPushButton("Carry on"))
        show(window)
        button.setFocus()
        ring = window.findChild(QWidget, "focus-ring")
        assert ring is not None
        assert ring.geometry().contains(button.mapTo(window, QPoint(0, 0)))
        Shiboken.delete(window)
