"""Tab goes through parts in the order in which they are named."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.tab_order import tab_through
from ui.widgets.scroll_page import ScrollPage


def order(window: QWidget) -> list[str]:
    """What takes the focus, in the order of Tab, from the window on; and the chain is whole, both ways."""
    names: list[str] = []
    widget = window.nextInFocusChain()
    while widget is not window:
        assert widget.nextInFocusChain().previousInFocusChain() is widget
        if isinstance(widget, QPushButton | QSpinBox):
            names.append(widget.objectName())
        widget = widget.nextInFocusChain()
    return names


def made(window: QWidget, *names: str) -> list[QWidget]:
    made: list[QWidget] = []
    for name in names:
        widget = QSpinBox(window) if name.isupper() else QPushButton(window)
        widget.setObjectName(name)
        made.append(widget)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(wanted=st.lists(st.sampled_from("bcDEfg"), unique=True, min_size=1))
def test_the_named_parts_follow_each_other_and_nothing_is_lost(qapp: QApplication, wanted: list[str]) -> None:
    window = QWidget()
    parts = dict(zip("abcDEfgh", made(window, *"abcDEfgh"), strict=True))
    tab_through(*(parts[name] for name in wanted))
    now = order(window)
    assert sorted(now) == sorted("abcDEfgh")
    assert all(now.index(after) == now.index(before) + 1 for before, after in pairwise(wanted))
    others = [name for name in now if name not in wanted]
    assert others == [name for name in "abcDEfgh" if name not in wanted]
    first = min("abcDEfgh".index(name) for name in wanted)
    assert now[now.index(wanted[0]) - 1] == "abcDEfgh"[first - 1]
    window.deleteLater()


def test_what_was_made_last_is_reached_before_what_stands_below_it(window: QWidget) -> None:
    _above, below, _foot = made(window, "above", "below", "foot")
    row = QWidget(window)
    QLabel("words", row)
    made(row, "change", "remove")
    tab_through(row, below)
    assert order(window) == ["above", "change", "remove", "below", "foot"]


def test_a_page_that_does_not_scroll_yet_keeps_its_place_before_what_is_on_it(window: QWidget) -> None:
    made(window, "rail")
    page = ScrollPage()
    QVBoxLayout(window).addWidget(page)
    (old,) = made(page.content, "old")
    (new,) = made(page.content, "new")
    tab_through(new, old)
    chain = [window]
    while (following := chain[-1].nextInFocusChain()) is not window:
        chain.append(following)
    assert chain.index(page) < chain.index(new) < chain.index(old)


def test_parts_without_anything_to_focus_are_left_alone(window: QWidget) -> None:
    made(window, "a", "b")
    tab_through(QLabel("words", window))
    assert order(window) == ["a", "b"]
