"""After the marks: four questions that somebody asks themself, and what they mean to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.interview import ON_AIR
from cqcmock.domain.reflection import PROMPTS, Action, Reflection
from cqcmock.errors import UserError
from ui.app_signals import Change, Subject, change
from ui.autosave import Autosave
from ui.commands import Commands
from ui.desk import Desk
from ui.rehearse.action_list import REMOVED, ActionList
from ui.rehearse.limited_text import LimitedText, keep_caret_in_view, never_call_saved
from ui.rehearse.reminder import Missed, Reminder
from ui.rehearse.saved_label import SavedLabel
from ui.rehearse.trouble import Trouble
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.sitting import Sitting

WIDEST_EMS = 70.0
HELP = {
    "proud": "Something you said, or something people here do, that you would want an assessor to hear.",
    "know": "A number with its date, or what somebody told you.",
    "difference": "What is better for somebody now, and who would say so.",
    "next": "What is not good enough yet, and what you will do about it first.",
    "notes": "",
}
Written = tuple[Reflection, tuple[Action, ...]]


@dataclass(frozen=True, slots=True)
class ToReflect:
    """A sitting, and what was not recognised in its answers."""

    sitting: Sitting
    missed: Missed


class ReflectionScreen(Screen):
    """`done` when the reflection is written, `left_for_now` when it is put by."""

    done = Signal(str)
    left_for_now = Signal(str)
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, sitting_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.sitting_id = sitting_id
        self._reflection: Reflection | None = None
        self._finishing = False
        self._over = False
        self._shown = False
        self.autosave: Autosave[Written] = Autosave(self._written, self._write, desk.tasks, parent=self)
        self.saved = SavedLabel(self.autosave, desk.messages)
        self.boxes = {field: LimitedText(prompt, HELP[field], lowest=4.2) for field, prompt in PROMPTS.items()}
        never_call_saved(self.saved, self.autosave.saved, *self.boxes.values())
        for field, box in self.boxes.items():
            box.changed.connect(lambda words, field=field: self._typed(field, words))
        self.reminder = Reminder()
        self.action_list = ActionList(desk.messages, desk.clock.today())
        self.action_list.changed.connect(self._touch)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        page = self._page = ScrollPage(widest=WIDEST_EMS, gap=0.8)
        top = spaced(QHBoxLayout(), gap=0.8)
        top.addWidget(heading("Look back, and ahead"), 1)
        self.leave = link_button("Leave for now", self.put_by)
        top.addWidget(self.leave)
        page.column.addLayout(top)
        page.column.addWidget(wrapped_label("A few words are enough, and any of these may stay empty.", quiet=True))
        self.trouble = Trouble(self._read)
        page.column.addWidget(self.trouble)
        prompts = QWidget()
        column = spaced(QVBoxLayout(prompts), gap=0.9)
        for box in self.boxes.values():
            column.addWidget(box)
            keep_caret_in_view(page, box)
        column.addStretch(1)
        beside = QWidget()
        column = spaced(QVBoxLayout(beside), gap=0.9)
        column.addWidget(self.action_list)
        column.addWidget(self.reminder)
        column.addStretch(1)
        self._both = SideBySide(prompts, beside, narrowest=26.0, gap=1.6)
        page.column.addWidget(self._both)
        whole.addWidget(page, 1)
        whole.addWidget(self._make_foot())
        for part in (self._both, self._foot):
            part.hide()

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        across = spaced(QHBoxLayout(self._foot), gap=0, margins=(2.5, 0.4, 2.5, 1.0))
        inside = sized(QWidget(), max_width=WIDEST_EMS)
        column = spaced(QVBoxLayout(inside), gap=0.3)
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        row = spaced(QHBoxLayout(), gap=0.5)
        self.finish_button = primary_button("Finish", self.finish)
        row.addWidget(self.saved, 1)
        row.addWidget(self.finish_button)
        column.addLayout(row)
        across.addWidget(inside, 1)
        return self._foot

    # --- reading

    def _read(self) -> None:
        self.trouble.hide()
        self._desk.tasks.database(
            lambda: read_to_reflect(self._desk, self.sitting_id), then=self._fill, failed=self.trouble.tell, owner=self
        )

    def _fill(self, material: ToReflect) -> None:
        sitting = material.sitting
        self._reflection = sitting.reflection
        for field, box in self.boxes.items():
            box.show_text(getattr(sitting.reflection, field))
        self.action_list.show_actions(sitting.actions)
        self.reminder.show_sitting(sitting, material.missed)
        self._both.show()
        self._foot.show()
        if self._shown:
            self._focus()
        self.filled.emit()

    # --- deeds

    def finish(self) -> None:
        """Keep everything, and with it end the sitting."""
        if self._finishing or self._reflection is None or not self._words_fit():
            return
        self._set_finishing(True)
        self.problem.hide()
        self.autosave.save_now()
        written = self._written()
        self._desk.tasks.database(
            lambda: finish_reflection(self._desk, self.sitting_id, written),
            then=lambda _: self._finished(),
            failed=self._not_finished,
            owner=self,
        )

    def put_by(self) -> None:
        """Leave now and go on writing another day."""
        if self.may_close():
            self.left_for_now.emit(self.sitting_id)

    def may_close(self) -> bool:
        """Everything is on disk first; where that cannot be, the screen stays and says why."""
        if self._finishing:
            return False
        if self._reflection is not None and not self._over:
            if not self._words_fit() or not self.autosave.flush():
                self.saved.show_state()
                return False
            if self._touched:
                self._desk.signals.changed.emit(self._change())
        self._desk.messages.clear(REMOVED)
        return True

    def _finished(self) -> None:
        self._finishing = False
        self._over = True
        self.saved.stop()
        self._desk.messages.clear(REMOVED)
        self._desk.signals.changed.emit(self._change())
        self.done.emit(self.sitting_id)

    def _not_finished(self, error: UserError) -> None:
        self._set_finishing(False)
        self.problem.setText(f"Your reflection is not finished yet. {error}")
        self.problem.show()

    def _set_finishing(self, going_on: bool) -> None:
        self._finishing = going_on
        for part in (self._page, self.finish_button, self.leave):
            part.setEnabled(not going_on)

    # --- words on their way to the disk

    _touched = False

    def _typed(self, field: str, words: str) -> None:
        if self._reflection is not None:
            self._reflection = replace(self._reflection, **{field: words})
            self._touch()

    def _touch(self) -> None:
        if self._reflection is not None:
            self._touched = True
            self.saved.touch()

    def _written(self) -> Written:
        assert self._reflection is not None
        return self._reflection, self.action_list.written

    def _write(self, written: Written) -> None:
        from cqcmock.services import sittings

        sittings.save_reflection(self._desk.library, self.sitting_id, *written)

    def _words_fit(self) -> bool:
        for box in self.boxes.values():
            if box.too_long:
                box.edit.setFocus()
                self._page.ensureWidgetVisible(box)
                return False
        return True

    def _change(self) -> Change:
        return change(Subject.SITTINGS, Subject.ACTIONS, ids=(self.sitting_id,))

    def _focus(self) -> None:
        self.boxes["proud"].edit.setFocus()

    def arrived(self) -> None:
        """Ready to write."""
        self._shown = True
        if self._reflection is not None:
            self._focus()


def read_to_reflect(desk: Desk, sitting_id: str) -> ToReflect:
    """In the database lane: the sitting, and what was not recognised in the last take of each question."""
    from cqcmock.services import rehearsing, sittings

    sitting = sittings.load(desk.library, sitting_id)
    if sitting.state.phase in ON_AIR:
        raise UserError("This interview is not over yet.", "Go on with it from the first screen, then look back.")
    missed = {}
    for position, takes in enumerate(sitting.state.takes):
        if any(part.strip() for part in takes[-1].everything_said):
            hearing = rehearsing.heard_in_sitting(sitting, position)
            missed[position] = tuple(point.label for point in hearing.points if not point.counts)
    return ToReflect(sitting, missed)


def finish_reflection(desk: Desk, sitting_id: str, written: Written) -> None:
    """In the database lane: the reflection is written, and the sitting is over."""
    from cqcmock.services import sittings

    sittings.finish_reflection(desk.library, sitting_id, *written, desk.clock)
