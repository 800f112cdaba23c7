"""Marking a pack on the reviewer's own laptop: one answer at a time, keyboard first, every mark on disk."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.domain.review import Pin, Sheet, SheetState
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.autosave import Autosave
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Action, Kind
from ui.rehearse.limited_text import never_call_saved
from ui.rehearse.saved_label import SavedLabel
from ui.review.at_work import AtWork, Material
from ui.review.mark_keys import MarkKeys
from ui.review.mark_page import WIDEST_EMS, MarkPage
from ui.review.mark_state import Kept, PackMarking, Step, StepKind
from ui.review.mark_story import StoryPart
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.labels import problem_label

PIN_DELETED = "pin-deleted"


class Deed(Enum):
    """What the primary button does now."""

    SUBMIT = auto()
    COMPARE = auto()
    NEXT = auto()
    RETURN = auto()


TITLES = {
    Deed.SUBMIT: "Submit this sheet",
    Deed.COMPARE: "See how close you are",
    Deed.NEXT: "Go on",
    Deed.RETURN: "Return the pack…",
}


class MarkPackScreen(Screen):
    """`return_wanted` when the marks are to go back, `left_for_now` when they are put by; both carry the pack's id."""

    return_wanted = Signal(str)
    left_for_now = Signal(str)
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, pack_id: str, sheet_id: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.pack_id = pack_id
        self._begin_at = sheet_id
        self.marking: PackMarking | None = None
        self._at_work = at_work = AtWork(desk, pack_id)
        self.destroyed.connect(lambda: at_work.rest())
        self._submitting = False
        self._shown = False
        self.autosave: Autosave[dict[Step, Kept]] = Autosave(self._unsaved, at_work.save, desk.tasks, parent=self)
        self.autosave.saved.connect(self._on_disk)
        self.saved = SavedLabel(self.autosave, desk.messages)
        self._lay_out()
        self.keys = MarkKeys(self.page, self._foot, self.forward, self.turn)
        handle = commands.handle
        handle(CommandId.SUBMIT_SHEET, self.go_on, screen=self, enabled_when=lambda: self.deed is not Deed.RETURN)
        handle(CommandId.RETURN_PACK, self.ask_to_return, screen=self, enabled_when=lambda: self.marking is not None)
        self._read()

    def _lay_out(self) -> None:
        self._column = spaced(QVBoxLayout(self), gap=0)
        self.page = MarkPage(self._desk, self._read)
        self.page.return_link.clicked.connect(lambda _checked=False: self.ask_to_return())
        self.page.leave.clicked.connect(lambda _checked=False: self.put_by())
        self.page.steps.wanted.connect(self.go_to)
        self.page.answer.pins.changed.connect(lambda pins: self._change(lambda marking: marking.pin(pins)))
        self.page.answer.pins.deleted.connect(self._offer_pin_back)
        self._column.addWidget(self.page, 1)
        self._column.addWidget(self._make_foot())
        self._foot.hide()

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        across = spaced(QHBoxLayout(self._foot), gap=0, margins=(2.5, 0.4, 2.5, 1.0))
        inside = sized(QWidget(), max_width=WIDEST_EMS)
        column = spaced(QVBoxLayout(inside), gap=0.3)
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        row = spaced(QHBoxLayout(), gap=0.5)
        self.previous = secondary_button("Previous", lambda: self.turn(-1))
        self.following = secondary_button("Next", lambda: self.turn(1))
        self.forward = primary_button(TITLES[Deed.SUBMIT], self.go_on)
        row.addWidget(self.saved, 1)
        for button in (self.previous, self.following, self.forward):
            row.addWidget(button)
        column.addLayout(row)
        across.addWidget(inside, 1)
        return self._foot

    # --- reading, and filling the screen once

    def _read(self) -> None:
        self.page.trouble.hide()
        self._desk.tasks.database(self._at_work.read, then=self._fill, failed=self.page.could_not_read, owner=self)

    def _fill(self, found: Material) -> None:
        self.marking = PackMarking(found.pack, found.order, found.sheets, found.exemplar_sheets, found.wholes)
        self.marking.go_to_sheet(self._begin_at)
        page = self.page
        card, whole = page.fill(found.pack)
        never_call_saved(self.saved, self.autosave.saved, *page.comments)
        card.lenses.given.connect(lambda lens, level: self._change(lambda marking: marking.give(lens, level)))
        card.lenses.went_past.connect(self._went_past)
        card.tagged.connect(lambda tags: self._change(lambda marking: marking.tag(tags)))
        for part in (card, whole):
            part.overall.chosen.connect(lambda level: self._change(lambda marking: marking.overall(level)))
            part.overall.taken_back.connect(lambda: self._change(lambda marking: marking.overall(None)))
            part.commented.connect(lambda words: self._change(lambda marking: marking.comment(words)))
        story = self._add_story(found.pack.story)
        tab_through(
            *(page.story_link, page.return_link, page.leave, page.steps, page.answer),
            *(card.lenses, card.overall, card.comment, card.more_tags, card.tag_area, page.closeness, whole),
            *(*story, self.previous, self.following, self.forward),
        )
        self._foot.show()
        self._show_step()
        self._commands.refresh()
        self.filled.emit()

    def _add_story(self, story: Story | None) -> list[StoryPart]:
        """What the pack tells of the place, if it does."""
        if story is None:
            return []
        part = StoryPart(story, self._desk.clock.today(), widest=WIDEST_EMS, nowhere=self._focus)
        part.opened.connect(self.page.keep_words_in_sight)
        part.closed.connect(self.page.go_back)
        self._column.insertWidget(1, part, 1)
        self.page.story_link.clicked.connect(lambda _checked=False: part.toggle())
        self.keys.story = part
        return [part]

    # --- deeds

    @property
    def deed(self) -> Deed:
        """What the primary button does now."""
        marking = self.marking
        if marking is None:
            return Deed.RETURN
        open_now = marking.state(marking.at) is not SheetState.SUBMITTED
        if marking.step.kind is StepKind.ANSWER and open_now:
            return Deed.SUBMIT
        if marking.step.kind is StepKind.EXEMPLAR and open_now:
            return Deed.COMPARE
        done = marking.all_submitted and marking.next_open() is None
        return Deed.RETURN if done else Deed.NEXT

    def go_on(self) -> None:
        """The primary button: submit and go on, or whatever comes next."""
        if self.marking is None or self._submitting:
            return
        match self.deed:
            case Deed.SUBMIT:
                self.submit()
            case Deed.COMPARE:
                self._compare()
            case Deed.NEXT:
                self._go_to_open()
            case Deed.RETURN:
                self.ask_to_return()

    def turn(self, by: int) -> None:
        """Go to the next step, or back to the one before, whatever their state."""
        if self.marking is not None:
            self.go_to(self.marking.at + by)

    def go_to(self, step: int) -> None:
        """Go to one step."""
        assert self.marking is not None
        if self._submitting or not self.page.words_fit():
            self.page.steps.show_marking(self.marking)
            return
        before = self.marking.at
        self.marking.go(step)
        self._show_step()
        if self.marking.at != before:
            announce(self.page.steps.progress, self.page.steps.progress.text())

    def submit(self) -> None:
        """Submit the sheet as it stands on the screen, and go on to the next that is open."""
        marking = self.marking
        assert marking is not None
        if self._refuses() or not self.page.words_fit():
            return
        self._desk.messages.clear(PIN_DELETED)  # to take it back now would make a draft of what is being submitted
        self._set_submitting(True)
        if not self.autosave.flush():  # or a save still on its way would make it a draft again afterwards
            self._not_submitted(UserError("It could not be saved.", "The program keeps trying. Submit it after that."))
            return
        sheet_id, marks = marking.step.id, marking.marks
        self._desk.tasks.database(
            lambda: self._at_work.submit(sheet_id, marks),
            then=self._submitted,
            failed=self._not_submitted,
            owner=self,
        )

    def ask_to_return(self) -> None:
        """Go and return the pack, once everything is on disk."""
        if self._all_on_disk():
            self.return_wanted.emit(self.pack_id)

    def put_by(self) -> None:
        """Leave now and go on marking another day."""
        if self._all_on_disk():
            self.left_for_now.emit(self.pack_id)

    def may_close(self) -> bool:
        """Everything is on disk first; where that cannot be, the screen stays and says why."""
        if not self._all_on_disk():
            return False
        self._desk.messages.clear(PIN_DELETED)
        self._at_work.rest()
        return True

    def left(self) -> None:
        """Others show how far this pack is."""
        self._desk.messages.clear(PIN_DELETED)
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(self.pack_id,)))

    def _all_on_disk(self) -> bool:
        if self._submitting:
            return False
        return self.page.words_fit() and self.autosave.flush()

    def _refuses(self) -> bool:
        """Whether lenses are missing: they are named, and the keyboard goes to the first."""
        assert self.marking is not None
        assert self.page.card is not None
        missing = self.marking.missing()
        if not missing:
            return False
        have = english.count(len(missing), "lens has", "lenses have")
        self._say_problem(f"{have} no level yet: {'; '.join(missing)}. Give each a level from 0 to 3.")
        names = [lens.name for lens in self.marking.pack.rubric.lenses]
        self.page.card.lenses.open(names.index(missing[0]))
        return True

    def _compare(self) -> None:
        assert self.marking is not None
        if self._refuses() or not self.page.words_fit():
            return
        self.marking.close_exemplar()
        self.saved.touch()
        self._show_step()
        announce(self.page.closeness.told, self.page.closeness.told.text())

    def _go_to_open(self) -> None:
        assert self.marking is not None
        following = self.marking.next_open()
        self.go_to(self.marking.at if following is None else following)

    def _submitted(self, sheet: Sheet) -> None:
        assert self.marking is not None
        self.marking.submitted(sheet)
        self._set_submitting(False)
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(self.pack_id,)))
        self._go_to_open()

    def _not_submitted(self, error: UserError) -> None:
        self._set_submitting(False)
        self._say_problem(f"This sheet is not submitted yet. {error}")
        self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_submitting(self, going_on: bool) -> None:
        self._submitting = going_on
        for part in (self.page, self.previous, self.following, self.forward):
            part.setEnabled(not going_on)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, at_once=True)

    # --- marks on their way to the disk

    def _change(self, deed: Callable[[PackMarking], None]) -> None:
        if self.marking is not None and not self._submitting and not self.marking.is_closed:
            deed(self.marking)
            self._touched()

    def _touched(self) -> None:
        assert self.marking is not None
        if self.marking.unsaved:
            self.saved.touch()
        self.problem.hide()
        self._show_state()

    def _unsaved(self) -> dict[Step, Kept]:
        assert self.marking is not None
        return dict(self.marking.unsaved)

    def _on_disk(self) -> None:
        if self.marking is not None:
            self.marking.unsaved.clear()

    def _offer_pin_back(self, pin: Pin) -> None:
        assert self.marking is not None
        marking, step = self.marking, self.marking.step

        def put_back() -> None:
            marking.put_back(step, pin)
            self._touched()
            if marking.step == step:
                self.page.answer.show_pins(marking.answer, marking.marks.pins)

        words = f"The comment “{english.shortened(pin.comment, 60)}” is deleted."
        self._desk.messages.keep(PIN_DELETED, words, Kind.DONE, action=Action(title="Undo", do=put_back))

    # --- what is on screen

    def _show_step(self) -> None:
        marking = self.marking
        assert marking is not None
        self.page.show_step(marking)
        self.previous.setEnabled(marking.at > 0)
        self.following.setEnabled(marking.at < marking.last)
        self.problem.hide()
        self._show_deed()
        if self._shown:
            QTimer.singleShot(0, self, self._focus)  # once what was just shown has its place

    def _show_state(self) -> None:
        assert self.marking is not None
        self.page.show_state(self.marking)
        self._show_deed()

    def _show_deed(self) -> None:
        words = TITLES[self.deed]
        self.page.return_link.setVisible(self.deed is not Deed.RETURN)
        if words != self.forward.text():
            self.forward.setText(words)
            self.forward.setAccessibleName(words)
        self._commands.refresh()

    def _went_past(self) -> None:
        """All lenses are marked: the impression of the answer is next."""
        assert self.page.card is not None
        overall = self.page.card.overall
        if overall.value is None:
            overall.focus()
            self.page.bring_into_view(overall)
        else:
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> None:
        if self.marking is not None and not self.page.focus(self.marking):
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrived(self) -> None:
        """Ready for the first mark."""
        self._shown = True
        self._focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The short keys of marking."""
        if self.marking is None or self._submitting or not self.keys.press(event, self.marking):
            super().keyPressEvent(event)
