"""A first story: step by step, saved at each, with the keyboard, and nothing has to be known yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.services import stories
from tests.ui.conftest import OpenWindow
from tests.ui.story.conftest import type_over
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.story.fields import BoxField
from ui.story.first_story_screen import FirstStoryScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass
class Making:
    """The screen in its window."""

    window: MainWindow
    screen: FirstStoryScreen
    desk: Desk
    library: Library
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy)

    def type(self, **words: str) -> None:
        step = self.screen.step
        assert step is not None
        for name, text in words.items():
            type_over(step.fields[name].control, text)

    def go_on(self, **words: str) -> None:
        self.type(**words)
        self.screen.forward.click()
        self.settle()

    def skip(self, times: int = 1) -> None:
        for _ in range(times):
            self.screen.skip_button.click()
            self.settle()

    @property
    def kept(self) -> Story:
        assert self.screen.story is not None
        return stories.story(self.library, self.screen.story.place.id)


@pytest.fixture
def making(desk: Desk, library: Library, qtbot: QtBot, open_window: OpenWindow) -> Making:
    window = open_window(Room(id="story", title="Local story", make=Screen))
    screen = FirstStoryScreen(desk)
    window.open(screen)
    return Making(window, screen, desk, library, qtbot)


def test_a_whole_story_is_made_with_the_keyboard(making: Making) -> None:
    def press(key: Qt.Key) -> None:
        QTest.keyClick(making.window.focusWidget() or making.window, key)
        making.settle()

    def write(words: str) -> None:
        QTest.keyClicks(making.window.focusWidget(), words)

    assert making.screen.progress.text() == "Step 1 of 5"
    write("Rutland")
    press(Qt.Key.Key_Return)
    assert making.screen.step is not None
    assert making.screen.step.words["council"] == "Rutland Council"
    press(Qt.Key.Key_Return)
    assert making.screen.progress.text() == "Step 2 of 5 · figure 1 of 3"
    for words in ("People waiting", "212", "people", "1/10/2026", "Our report"):
        write(words)
        press(Qt.Key.Key_Return)
    assert making.kept.facts[0].as_of == date(2026, 10, 1)
    assert making.screen.step.words["source"] == "Our report"  # often the same for the next
    making.skip(2)
    write("People who are deaf")
    for _ in range(6):
        press(Qt.Key.Key_Return)
    assert making.screen.progress.text() == "Step 4 of 5"
    write("Nobody rings back.")
    press(Qt.Key.Key_Tab)
    write("We ring.")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert making.screen.step is None
    assert making.screen.use_button.hasFocus()
    with making.qtbot.waitSignal(making.screen.done) as done:
        press(Qt.Key.Key_Return)
    assert done.args == ["rutland"]
    assert making.desk.settings.story == "rutland"
    story = making.kept
    assert (story.place.name, story.place.council) == ("Rutland", "Rutland Council")
    assert [(fact.label, fact.value, fact.unit) for fact in story.facts] == [("People waiting", "212", "people")]
    assert story.facts[0].review_by == date(2027, 2, 21)
    assert (story.communities[0].who, story.communities[0].how_we_listen) == (
        "People who are deaf",
        "Not written down yet.",
    )
    assert (story.you_said[0].said, story.you_said[0].did) == ("Nobody rings back.", "We ring.")


def test_every_step_can_be_skipped_and_the_story_is_there_all_the_same(making: Making) -> None:
    making.skip(6)
    assert making.screen.step is None
    assert making.kept == stories.story(making.library, "our-place")
    assert (making.kept.facts, making.kept.communities, making.kept.you_said) == ((), (), ())
    with making.qtbot.waitSignal(making.screen.done):
        making.screen.more_button.click()
    assert making.desk.settings.story == "hertfordshire"


def test_a_council_of_another_name_is_not_overwritten_by_the_suggestion(making: Making) -> None:
    making.type(name="Rutland", council="Rutland County Council")
    making.type(name="Oakham")
    making.go_on()
    assert making.kept.place.council == "Rutland County Council"


def test_a_place_that_has_a_story_already_gets_another_beside_it(making: Making) -> None:
    making.go_on(name="Hertfordshire")
    assert making.kept.place.id == "hertfordshire-2"
    assert stories.story(making.library, "hertfordshire").facts


def test_half_a_figure_is_talked_about_and_going_back_and_on_loses_nothing(making: Making) -> None:
    making.go_on(name="Rutland")
    making.go_on(label="People waiting")
    step = making.screen.step
    assert step is not None
    assert step.fields["value"].problem.text() == "Give the figure, or a word such as “good”."
    assert step.fields["value"].control.hasFocus()
    making.screen.back()
    making.go_on()
    assert making.screen.step is step
    assert step.words["label"] == "People waiting"
    making.go_on(value="212")
    assert making.kept.facts[0].label == "People waiting"
    making.go_on(label="people  waiting", value="3")
    assert making.screen.at == 2  # the same figure twice


def test_a_step_that_cannot_be_saved_stays_with_its_words(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(stories, "save", full)
        making.go_on(name="Rutland")
    assert making.screen.at == 0
    assert making.screen.problem.text() == "This step is not saved yet. The disk is full. Free some space."
    making.go_on()
    assert making.kept.place.name == "Rutland"


def test_leaving_in_the_middle_keeps_what_stands_in_the_step(making: Making) -> None:
    making.go_on(name="Rutland")
    making.type(label="People waiting", value="212")
    with making.qtbot.waitSignal(making.screen.left_for_now):
        making.screen.leave.click()
    assert making.kept.facts[0].value == "212"
    assert making.screen.may_close()


def test_somebodys_name_is_pointed_at_before_it_is_saved(making: Making) -> None:
    making.go_on(name="Rutland")
    making.skip(4)
    making.go_on(said="Mrs Baker says so.")
    assert making.screen.at == 5
    step = making.screen.step
    assert step is not None
    box = step.fields["said"]
    assert isinstance(box, BoxField)
    assert len(box.box.extraSelections()) == 1
    assert making.kept.you_said == ()
    making.go_on()
    assert making.kept.you_said[0].said == "Mrs Baker says so."
