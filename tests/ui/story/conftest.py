"""The local story room in the real window, on a desk with a real library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from cqcmock.services import stories
from tests.ui.conftest import OpenWindow
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.story.story_screen import StoryScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

RUTLAND = Story(
    place=Place(id="rutland", name="Rutland", council="Rutland County Council", checked_on=date(2026, 8, 1)),
    facts=(
        Fact(
            id="waits", label="People waiting", value="212", unit="people", as_of=date(2026, 4, 1), source="Our report",
            review_by=date(2026, 7, 1), statements=("QS1",), phrases=("waiting list",),
        ),
        Fact(
            id="carers", label="Unpaid carers", value="1,400", as_of=date(2026, 4, 1), source="Carers' centre",
            review_by=date(2026, 6, 1),
        ),
        Fact(id="rating", label="Rating", value="good", as_of=date(2026, 4, 1), source="The report"),
    ),
    communities=(Community(id="deaf", who="People who are deaf", how_we_listen="We sign.", source="us"),),
    you_said=(YouSaid(said="Nobody rings back.", did="We ring.", source="us"),),
    examples=(Example(id="call", text="We rang somebody each week.", source="us", statements=("QS1",)),),
)  # fmt: skip


@dataclass
class Shown:
    """The story screen in its window."""

    window: MainWindow
    screen: StoryScreen
    desk: Desk
    library: Library
    qtbot: QtBot

    def settle(self) -> None:
        """Until everything that was handed in has come back, and what followed from it too."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy)

    def story(self, story_id: str = "rutland") -> Story:
        """The story as it is in the library now."""
        self.settle()
        return stories.story(self.library, story_id)

    def fact(self, fact_id: str) -> Fact:
        """A fact as it is in the library now."""
        return next(fact for fact in self.story().facts if fact.id == fact_id)

    def undo(self) -> None:
        """Ctrl+Z, wherever the keyboard is."""
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, field: QWidget, text: str) -> None:
        """Type in place of what stands in a field."""
        type_over(field, text)


def type_over(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


ShowStory = Callable[..., Shown]


@pytest.fixture
def show_story(desk: Desk, library: Library, qtbot: QtBot, hand: object, open_window: OpenWindow) -> ShowStory:
    """Shows the screen with this story of the council's own in use, or with the shipped example alone."""

    def show_it(story: Story | None = RUTLAND) -> Shown:
        if story is not None:
            stories.save(library, story, "made", desk.clock)
            desk.settings = replace(desk.settings, story=story.place.id)
        made: list[MainWindow] = []
        window = open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="story", title="Local story", make=lambda: StoryScreen(desk, made[0].commands)),
        )
        made.append(window)
        window.go("story")
        screen = window.current
        assert isinstance(screen, StoryScreen)
        shown = Shown(window, screen, desk, library, qtbot)
        shown.settle()
        qtbot.waitUntil(lambda: screen.shelf is not None)
        return shown

    return show_it
