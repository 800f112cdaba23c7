"""A first story in five minutes: one thing at a time, saved at every step, and any step can be skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import count, listed
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.story.first_steps import FIGURES, GROUPS, STEPS, FigureStep, HeardStep, PlaceStep, SaidStep, Step
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.story_checks import FirstWords

WIDEST_EMS = 46.0
SAVE_SECONDS = 10.0


class FirstStoryScreen(Screen):
    """`done` carries the id of the story, whether it is now in use or not; `left_for_now` when it is put by."""

    done = Signal(str)
    left_for_now = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.story: Story | None = None
        self._version = 0
        self._saving = False
        self._taken: dict[str, dict[str, str]] = {}
        figures = [FigureStep(at, desk.clock.today()) for at in range(FIGURES)]
        for at, step in enumerate(figures):
            step.others = tuple(figures[:at])
        self.steps: tuple[Step, ...] = (PlaceStep(), *figures, HeardStep(), SaidStep())
        self.at = 0
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(page := ScrollPage(widest=WIDEST_EMS, gap=1.0))
        self.page = page
        top = spaced(QHBoxLayout(), gap=0.8)
        self.progress = small_label()
        self.leave = link_button("Leave for now", self.put_by)
        top.addWidget(self.progress, 1)
        top.addWidget(self.leave)
        page.column.addLayout(top)
        for step in self.steps:
            page.column.addWidget(step)
            step.hide()
        self.problem = problem_label()
        self.problem.hide()
        page.column.addWidget(self.problem)
        self.forward = primary_button("Next", self.next_step)
        self.skip_button = secondary_button("Skip this", self.skip)
        self.back_button = secondary_button("Back", self.back)
        self.buttons = QWidget()
        spaced(QVBoxLayout(self.buttons), gap=0).addLayout(button_row(self.forward, self.skip_button, self.back_button))
        page.column.addWidget(self.buttons)
        self.ready = QWidget()
        column = spaced(QVBoxLayout(self.ready), gap=0.9)
        self.ready_title = heading("Your story is ready")
        self.ready_words = wrapped_label()
        self.use_button = primary_button("Use it for rehearsals", self.use)
        self.more_button = secondary_button("Add more", self.finish)
        back = secondary_button("Back", self.back)
        column.addWidget(self.ready_title)
        column.addWidget(self.ready_words)
        column.addLayout(button_row(self.use_button, self.more_button, back))
        page.column.addWidget(self.ready)

    @property
    def step(self) -> Step | None:
        """The step that is shown; None once the story is ready."""
        return self.steps[self.at] if self.at < len(self.steps) else None

    def arrived(self) -> None:
        """Begin to type."""
        self._focus()
        self.filled.emit()

    def may_close(self) -> bool:
        """What stands in this step is saved first, if it can be."""
        step = self.step
        if not self._saving and step is not None and not step.is_empty and self._taken.get(step.name) != step.words:
            if not step.is_right():
                self.page.bring(step.to_show)
                return False
            self._take(step)
            self._save(lambda: None)
        if self._saving:
            self._desk.tasks.wait_all(SAVE_SECONDS)
        return not self._saving and self.problem.isHidden()

    def rest(self) -> Rest:
        """A step that is not right yet cannot be saved, and stays as it is."""
        if self.may_close():
            return Rest.OVER
        return Rest.AT_WORK if self._saving else Rest.KEPT

    def put_by(self) -> None:
        """Leave now: what was typed so far is a story already."""
        if self.may_close():
            self.left_for_now.emit()

    # --- from step to step

    def next_step(self) -> None:
        """Keep what was typed, and go on."""
        step = self.step
        if step is None or self._saving:
            return
        if not step.is_right():
            self.page.bring(step.to_show)
            return
        self._take(step)
        self._save(lambda: self._go(self.at + 1))

    def skip(self) -> None:
        """Go on without this step; what stands in it is not taken."""
        step = self.step
        if step is None or self._saving:
            return
        self._taken.pop(step.name, None)
        self._save(lambda: self._go(self.at + 1))

    def back(self) -> None:
        """To the step before."""
        if not self._saving:
            self._go(max(0, self.at - 1))

    def use(self) -> None:
        """Rehearsals speak of this story from now on."""
        if self.story is not None:
            settings = self._desk.settings
            self._desk.change_settings(replace(settings, story=self.story.place.id, place="", council=""))
            self._desk.messages.say(f"Rehearsals now speak of {self.story.place.name}.")
        self.finish()

    def finish(self) -> None:
        """To the whole story."""
        if self.story is not None:
            self.done.emit(self.story.place.id)

    def _take(self, step: Step) -> None:
        if step.is_empty:
            self._taken.pop(step.name, None)
        else:
            self._taken[step.name] = step.words

    def _go(self, at: int) -> None:
        before = self.step
        self.at = at
        after = self.step
        if isinstance(before, FigureStep) and isinstance(after, FigureStep):
            after.suggest_source(before.words["source"])
        self._show()
        self._focus()
        announce(self, f"{self.progress.text()}. {after.title.text() if after else self.ready_title.text()}")

    def _show(self) -> None:
        shown = self.step
        for step in self.steps:
            step.setVisible(step is shown)
        ready = shown is None
        self.progress.setText(f"Step {STEPS} of {STEPS}" if shown is None else shown.progress)
        self.buttons.setVisible(not ready)
        self.ready.setVisible(ready)
        self.leave.setVisible(not ready)
        self.back_button.setVisible(self.at > 0)
        self.problem.hide()
        if ready and self.story is not None:
            self.ready_words.setText(summed_up(self.story))
        if shown is not None:
            tab_through(self.leave, *shown.fields.values(), self.forward, self.skip_button, self.back_button)
        self.page.to_top()

    def _focus(self) -> None:
        step = self.step
        if step is None:
            self.use_button.setFocus()
        else:
            step.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return in a line goes to the next one, and from the last to the next step."""
        focus = self.focusWidget()
        step = self.step
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and step is not None and isinstance(focus, QLineEdit):
            controls = [field.control for field in step.fields.values()]
            following = controls[controls.index(focus) + 1 :] if focus in controls else []
            if following:
                following[0].setFocus(Qt.FocusReason.TabFocusReason)
                self.page.bring(following[0])
            else:
                self.next_step()
        else:
            super().keyPressEvent(event)

    # --- on its way to the disk

    def _words(self) -> FirstWords:
        from cqcmock.services.story_checks import FirstWords, figure_words

        place = self._taken.get("place", {})
        heard = self._taken.get("heard", {})
        said = self._taken.get("said", {})
        figures = (self._taken.get(step.name) for step in self.steps if isinstance(step, FigureStep))
        return FirstWords(
            name=place.get("name", ""),
            council=place.get("council", ""),
            figures=tuple(figure_words(words) for words in figures if words),
            heard=tuple((heard.get(f"who_{at}", ""), heard.get(f"how_{at}", "")) for at in range(GROUPS)),
            said=said.get("said", ""),
            did=said.get("did", ""),
        )

    def _save(self, then: Callable[[], None]) -> None:
        desk, words, before, version = self._desk, self._words(), self.story, self._version

        def save() -> tuple[Story, int]:
            from cqcmock.services import stories, story_checks

            if before is None:
                taken = [summary.id for summary in stories.list_stories(desk.library, desk.clock.today())]
                story_id = story_checks.story_id(words.name, taken)
            else:
                story_id = before.place.id
            story = story_checks.first_story(words, story_id, desk.clock.today())
            if story == before:
                return story, version
            what = f"The story of {story.place.name} made" if before is None else "The story changed"
            edit = stories.save(desk.library, story, what, desk.clock, expected=version)
            return story, edit.version

        def saved(found: tuple[Story, int]) -> None:
            self._saving = False
            self.story, self._version = found
            self.forward.setEnabled(True)
            desk.signals.changed.emit(change(Subject.STORIES, ids=(self.story.place.id,)))
            then()

        self._saving = True
        self.problem.hide()
        desk.tasks.database(save, then=saved, failed=self._not_saved, owner=self)

    def _not_saved(self, error: UserError) -> None:
        self._saving = False
        self.problem.setText(f"This step is not saved yet. {error}")
        self.problem.show()
        self.forward.setFocus()
        self.page.bring(self.problem)


def summed_up(story: Story) -> str:
    """What is in a story, in a sentence."""
    parts = [
        count(len(story.facts), "figure") if story.facts else "",
        count(len(story.communities), "group of people", "groups of people") if story.communities else "",
        "one thing that people said" if story.you_said else "",
    ]
    there = [part for part in parts if part]
    if not there:
        return f"{story.place.name} has its names. Figures, people and changes can be added whenever you have them."
    return f"{story.place.name} has {listed(there)}. Everything can be changed and added to whenever you like."
