"""After the interview: one answer at a time, seen again and marked by the person who gave it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.rubric import LEVELS
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.autosave import Autosave
from ui.commands import Commands
from ui.desk import Desk
from ui.rehearse.answer_marks import AnswerMarksCard
from ui.rehearse.answer_steps import AnswerSteps
from ui.rehearse.answer_view import AnswerView
from ui.rehearse.limited_text import LimitedText, keep_caret_in_view, never_call_saved
from ui.rehearse.marking import Marked, Marking
from ui.rehearse.saved_label import SavedLabel
from ui.rehearse.to_mark import ToMark, hand_in, overrule_in, read_to_mark, save_marks
from ui.rehearse.trouble import Trouble
from ui.rehearse.whole_marks import WholeMarks
from ui.screen import Screen
from ui.sizes import body_em, sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.flow import SideBySide
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.who_can_see import WhoCanSee

if TYPE_CHECKING:
    from cqcmock.domain.remarks import Remark
    from cqcmock.domain.rubric import MarkSheet

WIDEST_EMS = 76.0
NARROWEST_EMS = 26.0
NEXT, HAND_IN, CLOSE = "Next answer", "Hand in my marks", "Close"


class OwnMarksScreen(Screen):
    """`done` when the marks are in, `left_for_now` when they are put by. Marks that are in are shown to be read."""

    done = Signal(str)
    left_for_now = Signal(str)
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, sitting_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.sitting_id = sitting_id
        self.marking: Marking | None = None
        self._material: ToMark | None = None
        self._read_only = False
        self._handing_in = False
        self._shown = False
        self.seen = WhoCanSee(desk)
        self.answer = AnswerView(self.seen)
        self.answer.take_shown.connect(self._show_seen)
        self.answer.overruled.connect(self.overrule)
        self.marks: AnswerMarksCard | None = None
        self.whole: WholeMarks | None = None
        self.autosave: Autosave[MarkSheet] = Autosave(self._sheet, self._write, desk.tasks, parent=self)
        self.saved = SavedLabel(self.autosave, desk.messages)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        page = self._page = ScrollPage(widest=WIDEST_EMS, gap=0.8, fills=True)
        top = spaced(QHBoxLayout(), gap=0.8)
        self.heading = heading("Mark your answers")
        self.leave = link_button("Leave for now", self.put_by)
        top.addWidget(self.heading, 1)
        top.addWidget(self.leave)
        page.column.addLayout(top)
        self.progress = wrapped_label(quiet=True)
        page.column.addWidget(self.progress)
        self.steps = AnswerSteps()
        self.steps.wanted.connect(self.go_to)
        page.column.addWidget(self.steps)
        self.trouble = Trouble(self._read)
        page.column.addWidget(self.trouble)
        self._both = SideBySide(self.answer, narrowest=NARROWEST_EMS)
        page.column.addWidget(self._both, 1)
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
        self.previous = secondary_button("Previous", lambda: self.turn(-1))
        self.forward = primary_button(NEXT, self.go_on)
        row.addWidget(self.saved, 1)
        row.addWidget(self.previous)
        row.addWidget(self.forward)
        column.addLayout(row)
        across.addWidget(inside, 1)
        return self._foot

    # --- reading, and filling the screen once

    def _read(self) -> None:
        self.trouble.hide()
        self._desk.tasks.database(
            lambda: read_to_mark(self._desk, self.sitting_id), then=self._fill, failed=self.trouble.tell, owner=self
        )

    def _fill(self, material: ToMark) -> None:
        sitting = material.sitting
        self._material = material
        self._read_only = sitting.sheet.submitted
        self.marking = Marking(sitting.sheet, sitting.plan.rubric, sitting.answered)
        self.marks = AnswerMarksCard(sitting.plan.rubric.lenses, material.tags)
        self.marks.lenses.given.connect(self._given)
        self.marks.lenses.went_past.connect(self._went_past)
        self.marks.lenses.moved.connect(self._bring_into_view)
        self.marks.commented.connect(lambda words: self._change(lambda marking: marking.comment(words)))
        self.marks.tagged.connect(lambda tags: self._change(lambda marking: marking.tag(tags)))
        self._both.add(self.marks)
        self.whole = WholeMarks(sitting.plan.rubric.overall)
        never_call_saved(self.saved, self.autosave.saved, self.marks.comment, self.whole.comment)
        self.whole.overall.connect(lambda level: self._change(lambda marking: marking.overall(level)))
        self.whole.commented.connect(lambda words: self._change(lambda marking: marking.comment_on_whole(words)))
        self._page.column.addWidget(self.whole, 1)
        for comment in self._comments():
            keep_caret_in_view(self._page, comment)
        self.steps.make(self.marking.steps)
        tab_through(self.leave, self.steps, self.answer, self.marks, self.whole, self.previous, self.forward)
        self.marks.set_read_only(self._read_only)
        self.whole.set_read_only(self._read_only)
        self.heading.setText("Your own marks" if self._read_only else "Mark your answers")
        self.leave.setVisible(not self._read_only)
        self.saved.setVisible(not self._read_only)
        self._go_to_first_open()
        self._foot.show()
        self._show_step()
        self.filled.emit()

    def _go_to_first_open(self) -> None:
        assert self.marking is not None
        states = [self.marking.state(step) for step in range(self.marking.steps)]
        if not self._read_only:
            self.marking.go(next((at for at, state in enumerate(states) if state is not Marked.WHOLLY), len(states)))

    # --- deeds

    def go_on(self) -> None:
        """The primary button: the next answer, or the end of it."""
        if self.marking is None:
            return
        if not self.marking.at_the_whole:
            self.turn(1)
        elif self._read_only:
            self.left_for_now.emit(self.sitting_id)
        else:
            self.hand_in()

    def turn(self, by: int) -> None:
        """Go to the next answer, or back to the one before."""
        if self.marking is not None:
            self.go_to(self.marking.at + by)

    def go_to(self, step: int) -> None:
        """Go to one answer, or to the whole."""
        assert self.marking is not None
        if not self._words_fit():
            self.steps.show_marking(self.marking)
            return
        before = self.marking.at
        self.marking.go(step)
        self._show_step()
        if self.marking.at != before:
            announce(self.progress, self.progress.text())

    def hand_in(self) -> None:
        """Hand the marks in, as they stand on the screen."""
        if self._handing_in or not self._words_fit():
            return
        self._set_handing_in(True)
        self.problem.hide()
        self.autosave.save_now()
        sheet = self._sheet()
        self._desk.tasks.database(
            lambda: hand_in(self._desk, self.sitting_id, sheet),
            then=lambda _: self._handed_in(),
            failed=self._not_handed_in,
            owner=self,
        )

    def put_by(self) -> None:
        """Leave now and go on marking another day."""
        if self.may_close():
            self.left_for_now.emit(self.sitting_id)

    def may_close(self) -> bool:
        """Everything is on disk first; where that cannot be, the screen stays and says why."""
        if self._handing_in:
            return False
        if self.marking is None or self._read_only:
            return True
        if not self._words_fit() or not self.autosave.flush():
            self.saved.show_state()
            return False
        return True

    def _handed_in(self) -> None:
        self._handing_in = False
        self._read_only = True
        self.saved.stop()
        self._desk.signals.changed.emit(change(Subject.SITTINGS, ids=(self.sitting_id,)))
        self.done.emit(self.sitting_id)

    def _not_handed_in(self, error: UserError) -> None:
        self._set_handing_in(False)
        self.problem.setText(f"Your marks are not handed in yet. {error}")
        self.problem.show()

    def _set_handing_in(self, going_on: bool) -> None:
        self._handing_in = going_on
        for part in (self._page, self.previous, self.forward, self.leave):
            part.setEnabled(not going_on)

    # --- marks on their way to the disk

    def _given(self, lens: str, level: int | None) -> None:
        self._change(lambda marking: marking.give(lens, level))

    def _change(self, deed: Callable[[Marking], None]) -> None:
        if self.marking is None or self._read_only:
            return
        deed(self.marking)
        self.saved.touch()
        self._show_state()

    def _sheet(self) -> MarkSheet:
        assert self.marking is not None
        return self.marking.sheet

    def _write(self, sheet: MarkSheet) -> None:
        save_marks(self._desk, self.sitting_id, sheet)

    def _words_fit(self) -> bool:
        """Whether everything typed can be kept; the keyboard goes where it cannot."""
        for comment in self._comments():
            if comment.too_long:
                comment.edit.setFocus()
                self._bring_into_view(comment)
                return False
        return True

    def _comments(self) -> tuple[LimitedText, ...]:
        if self.marks is None or self.whole is None:
            return ()
        return (self.marks.comment, self.whole.comment)

    # --- what is on screen

    def _show_step(self) -> None:
        marking, material, marks, whole = self.marking, self._material, self.marks, self.whole
        assert marking is not None
        assert material is not None
        assert marks is not None
        assert whole is not None
        at_the_whole = marking.at_the_whole
        self._both.setVisible(not at_the_whole)
        whole.setVisible(at_the_whole)
        if at_the_whole:
            whole.show_marks(marking.sheet.overall, marking.sheet.comment)
        else:
            position = marking.question
            plan = material.sitting.plan
            takes = material.sitting.state.takes[position]
            timed = plan.timer is not Timer.OFF
            hearings, depth = material.hearings[position], material.depths[position]
            aloud = plan.mode is Mode.INTERVIEWER
            self.answer.show_answer(plan.questions[position], takes, hearings, timed=timed, depth=depth, aloud=aloud)
            marks.show_marks(marking.marks)
        last = (CLOSE if self._read_only else HAND_IN) if at_the_whole else NEXT
        words = "Go to the end" if last is NEXT and marking.at == marking.steps - 2 else last
        self.forward.setText(words)
        self.forward.setAccessibleName(words)
        self.previous.setEnabled(marking.at > 0)
        self.problem.hide()
        self._show_state()
        self._page.verticalScrollBar().setValue(0)
        if self._shown:
            QTimer.singleShot(0, self, self._focus)  # once what was just shown has its place

    def _show_seen(self, is_latest: bool) -> None:
        assert self.marking is not None
        self.seen.show_for(self.sitting_id, self.marking.question, is_latest=is_latest)

    def _show_state(self) -> None:
        marking = self.marking
        assert marking is not None
        assert self.marks is not None
        assert self.whole is not None
        self.progress.setText(marking.progress())
        self.steps.show_marking(marking)
        if marking.at_the_whole:
            self.whole.show_open(marking.still_open(), submitted=self._read_only)
        else:
            self.marks.show_state(marking.state(marking.at))

    def _went_past(self) -> None:
        self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_view(self, part: QWidget) -> None:
        def bring() -> None:
            if part.isVisible():  # another answer may be on screen by now
                self._page.ensureWidgetVisible(part, 0, part.height() // 4)

        QTimer.singleShot(0, part, bring)

    def _focus(self) -> None:
        if self.marking is None or self.marks is None or self.whole is None:
            return
        if self._read_only:
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.marking.at_the_whole:
            self.whole.choices.focus()
        elif self._both.width() < 2 * body_em(NARROWEST_EMS):  # the marks are below the answer, which is read first
            self.answer.words.setFocus(Qt.FocusReason.OtherFocusReason)
            bar = self._page.verticalScrollBar()
            QTimer.singleShot(0, self._both, lambda: bar.setValue(self._both.y()))
        else:
            self.marks.lenses.focus()

    def arrived(self) -> None:
        """Ready for the first mark."""
        self._shown = True
        self._focus()

    def overrule(self, remark: Remark) -> None:
        """Say that something was not recognised rightly, or let it stand again; shown once it is kept."""
        marking, material = self.marking, self._material
        if marking is None or material is None or marking.at_the_whole:
            return
        question = marking.question
        self._desk.tasks.database(
            lambda: overrule_in(self._desk, self.sitting_id, question, remark), then=self._overruled, owner=self
        )

    def _overruled(self, material: ToMark) -> None:
        self._material = material
        if self.marking is not None and not self.marking.at_the_whole:
            position = self.marking.question
            self.answer.show_hearings(material.hearings[position], material.depths[position])

    # --- keys, while the keyboard is on the answer or its marks and not in a text that is written

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The short keys of marking."""
        key = key_meant(event)
        if not self._takes_keys() or key is None or not self._press(key):
            super().keyPressEvent(event)

    def _takes_keys(self) -> bool:
        focus = QApplication.focusWidget()
        parts = (self.answer, self.marks, self.whole, self._foot)
        return (
            self.marking is not None
            and not self._handing_in
            and focus is not None
            and any(part is not None and part.isAncestorOf(focus) for part in parts)
        )

    def _press(self, key: int) -> bool:
        assert self.marking is not None
        assert self.marks is not None
        assert self.whole is not None
        comment = self.whole.comment if self.marking.at_the_whole else self.marks.comment
        typing = comment.edit.hasFocus()
        if typing and key == Qt.Key.Key_Escape:
            (self.whole.choices if self.marking.at_the_whole else self.marks.lenses).focus()
        elif typing:
            return False
        elif key == Qt.Key.Key_N and not self.marking.at_the_whole:
            self.turn(1)
        elif key == Qt.Key.Key_P:
            self.turn(-1)
        elif key == Qt.Key.Key_C:
            comment.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._bring_into_view(comment)
        elif self._read_only:
            return False
        elif key - Qt.Key.Key_0 in LEVELS:
            self._press_level(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        else:
            return False
        return True

    def _press_level(self, level: int) -> None:
        assert self.marking is not None
        assert self.marks is not None
        assert self.whole is not None
        if self.marking.at_the_whole:
            self.whole.choices.button(level).setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.whole.choices.button(level).setChecked(True)
        elif not self.forward.hasFocus():
            self.marks.lenses.press(level)

    def _take_back(self) -> None:
        assert self.marking is not None
        assert self.marks is not None
        assert self.whole is not None
        if self.marking.at_the_whole:
            self.whole.choices.set_value(None)
            self._change(lambda marking: marking.overall(None))
        else:
            self.marks.lenses.take_back()
