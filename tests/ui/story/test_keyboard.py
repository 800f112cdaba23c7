"""The room with the keyboard alone: Tab comes to each control, in the order of reading, and each says what it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.keyboard_and_ear import controls, from_the_top, is_behind, is_reached, name, said, tab_stops
from tests.ui.story.conftest import Shown, ShowStory
from ui.story.facts_import_screen import FactsImportScreen
from ui.story.fields import BoxField
from ui.story.first_story_screen import FirstStoryScreen


def as_it_is(shown: Shown, folder: Path) -> None:
    pass


def with_a_fact_open(shown: Shown, folder: Path) -> None:
    shown.screen.add(shown.screen.facts)
    shown.screen.fact_form.keep()


def with_a_name_in_an_example(shown: Shown, folder: Path) -> None:
    form = shown.screen.examples.form
    shown.screen.add(shown.screen.examples)
    box = form.fields["text"]
    assert isinstance(box, BoxField)
    box.box.setPlainText("Mrs Baker")
    form.check()


def with_the_names_open(shown: Shown, folder: Path) -> None:
    shown.screen.change_names()


def first_figure(shown: Shown, folder: Path) -> None:
    screen = FirstStoryScreen(shown.desk)
    shown.window.open(screen)
    screen.skip()
    shown.settle()


def first_story_ready(shown: Shown, folder: Path) -> None:
    first_figure(shown, folder)
    screen = shown.window.current
    assert isinstance(screen, FirstStoryScreen)
    for _ in range(5):
        screen.skip()
        shown.settle()
    assert screen.step is None


def facts_seen(shown: Shown, folder: Path) -> None:
    path = folder / "facts.csv"
    path.write_text("What,Value,As of,Source\nHomes,31,1/10/2026,us\n", encoding="utf-8")
    shown.window.open(FactsImportScreen(shown.desk, "rutland", path))
    shown.settle()


STATES = (
    as_it_is, with_a_fact_open, with_a_name_in_an_example, with_the_names_open, first_figure, first_story_ready,
    facts_seen,
)  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.replace("_", " "))
def test_tab_comes_to_every_control_in_reading_order_and_each_has_a_name(
    state: Callable[[Shown, Path], None], show_story: ShowStory, tmp_path: Path
) -> None:
    shown = show_story()
    state(shown, tmp_path)
    shown.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.qWait(0)  # everything has its place
    stops = tab_stops()
    window = shown.window
    assert [said(stop) for stop in stops if not name(stop)] == []
    assert [said(control) for control in controls(window) if not is_reached(control, stops)] == []

    def in_order() -> None:
        pairs = pairwise(from_the_top(stops, window))
        assert [f"{said(a)} before {said(b)}" for a, b in pairs if is_behind(b, a)] == []

    shown.qtbot.waitUntil(in_order)  # a form that was just opened takes its place in its own time
