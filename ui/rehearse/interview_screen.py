"""The interview on screen: one question, one place to answer, a quiet clock, and a way on.

What is shown is decided in `interview_view`; what happens is decided by the live interview. Every event goes to the
journal, which brings it to the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from cqcmock.domain.interview import ON_AIR, SPEAKING, EventKind, Phase
from cqcmock.domain.modes import Mode, Timer
from cqcmock.services.live import LiveInterview, may_pause
from ui.announce import announce
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.rehearse.interview_page import InterviewPage
from ui.rehearse.interview_view import TICK_MS, InterviewView, until_next_look, view_of
from ui.rehearse.interviewer_side import InterviewerSide
from ui.rehearse.journal import Journal, Kept
from ui.tab_order import tab_through
from ui.widgets.clock_face import ClockFace

if TYPE_CHECKING:
    from cqcmock.domain.remarks import Remark
    from cqcmock.domain.sitting import Sitting

SAVE_THE_CLOCK_SECONDS = 10.0
"""How often the clock of somebody who thinks without typing is saved."""


class InterviewScreen(InterviewPage):
    """Runs one sitting from where it is. `finished` when the interview is over, `left_for_now` when it is put by."""

    finished = Signal(str)
    left_for_now = Signal(str)

    def __init__(self, desk: Desk, commands: Commands, sitting: Sitting) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.sitting_id = sitting.id
        self._showing = False
        self._view: InterviewView | None = None
        self._in_the_box: tuple[Phase, int, int, int] | None = None
        self.journal = Journal(self._write, self._take_what_is_typed, desk.tasks, desk.messages, parent=self)
        self.live = LiveInterview(sitting.plan, sitting.events, desk.clock, self.journal.keep)
        self._clock_hidden = self.live.plan.timer is Timer.HIDDEN
        self._saved_words = ""
        self._connect()
        self.interviewer = self._make_interviewer() if self.live.plan.mode is Mode.INTERVIEWER else None
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)  # the usual one may come too late for the second
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._handle_commands()
        if not self.live.events:
            self.live.show_next()
        self._show()
        self.journal.save_now()
        self._ticks.start()

    def _connect(self) -> None:
        for button, do in (
            (self.forward, self.go_on),
            (self.pause, self.pause_or_carry_on),
            (self.again, self.answer_again),
            (self.hint, self.show_hint),
            (self.take_note, self.toggle_note),
            (self.leave, self.put_by),
            (self.end, self.ask_to_end),
        ):
            button.clicked.connect(do)
        self.answer.textChanged.connect(self._typed)
        self.note.textChanged.connect(self._typed)
        self.hints.overruled.connect(self.overrule)

    def _make_interviewer(self) -> InterviewerSide:
        side = InterviewerSide(
            self._desk,
            self.live,
            typed=self.answer.toPlainText,
            keepable=lambda: not self.answer_too_long(),
            paint=self._paint,
            parent=self,
        )
        side.happened.connect(self._interviewer_did)
        side.pause_wanted.connect(self.pause_or_carry_on)
        side.answer_typed.connect(self.type_in_the_answer)
        self.journal.saved.connect(side.listen)
        self.interviewers.clicked.connect(side.window.come)
        self.interviewers.show()
        self.answer.setPlaceholderText("Speak as you would on the day. You can type here too, if you want to.")
        return side

    def _handle_commands(self) -> None:
        handle = self._commands.handle
        if self.interviewer is not None:
            handle(CommandId.INTERVIEWER_WINDOW, self.interviewer.window.come, screen=self)
        handle(CommandId.FINISH_ANSWER, self.go_on, screen=self)
        handle(CommandId.SKIP_PREPARATION, self.go_on, screen=self, enabled_when=self._preparing)
        handle(CommandId.PAUSE, self.pause_or_carry_on, screen=self, enabled_when=self._can_pause)
        handle(CommandId.HINT, self.hint.click, screen=self, enabled_when=self.hint.isEnabled)
        handle(CommandId.OVERRULE, self.hints.overrule, screen=self, enabled_when=self.hints.can_overrule)
        handle(CommandId.NOTE, self.take_note.click, screen=self, enabled_when=self.take_note.isEnabled)
        handle(CommandId.ANSWER_AGAIN, self.answer_again, screen=self, enabled_when=self.again.isEnabled)
        handle(CommandId.TOGGLE_CLOCK, self.toggle_clock, screen=self, enabled_when=self._has_clock)
        for button, command in (
            (self.forward, CommandId.FINISH_ANSWER),
            (self.pause, CommandId.PAUSE),
            (self.hint, CommandId.HINT),
            (self.take_note, CommandId.NOTE),
            (self.again, CommandId.ANSWER_AGAIN),
        ):
            button.setToolTip(first_key(command))

    def _preparing(self) -> bool:
        return self.live.state.phase is Phase.PREPARE and not self.live.state.stopped

    def _can_pause(self) -> bool:
        return bool(self.live.state.stopped) or may_pause(self.live)

    def _has_clock(self) -> bool:
        return self.live.plan.timer is not Timer.OFF

    # --- deeds

    def go_on(self) -> None:
        """The primary button: whatever comes next."""
        live = self.live
        if self.interviewer is not None and self.interviewer.has_just_acted():
            return
        if live.state.stopped:
            live.resume()
        elif self.answer_too_long():
            return
        else:
            self._keep_note()
            match live.state.phase:
                case Phase.PREPARE:
                    live.begin_answer()
                case Phase.ANSWER | Phase.PROBE:
                    live.end_answer(self.answer.toPlainText())
                case Phase.LAST_WORDS:
                    live.finish(self.answer.toPlainText())
                case _ if live.is_last_question():
                    live.ask_last_words()
                case _:
                    live.show_next()
        self._happened()

    def pause_or_carry_on(self) -> None:
        """Stop the clock, or let it go on."""
        if self.live.state.stopped:
            self.live.resume()
        elif may_pause(self.live):
            self._take_what_is_typed()
            self.live.pause()
        self._happened()

    def answer_again(self) -> None:
        """Another take of the same question; the one before is kept."""
        self._keep_note()
        self.live.show_again()
        self._happened()

    def show_hint(self) -> None:
        """Show what an assessor listens for in this question, or put it away again."""
        self._show_panels()

    def overrule(self, remark: Remark) -> None:
        """Say that something was not recognised rightly, or let it stand again: the next question follows from it."""
        self.live.overrule(remark.kind, remark.key)
        self._show()
        self.journal.save_now()

    def toggle_note(self) -> None:
        """Open the note beside this question, or put it away again."""
        self._show_panels()
        if self.take_note.isChecked():
            self.note.setFocus()
            self.page.bring(self.note)
        else:
            self._focus()

    def toggle_clock(self) -> None:
        """Take the clock out of sight, or bring it back; it goes on either way."""
        self._clock_hidden = not self._clock_hidden
        self._show_clock()

    def _interviewer_did(self) -> None:
        """What a colleague did in their window: it is here in the same moment, and spoken."""
        self._happened()
        self.page.bring(self.words)  # from under a long question
        announce(self.words, self.words.text())

    def ask_to_end(self) -> None:
        """End the interview before its last question, if that is what is meant."""
        left = len(self.live.plan.questions) - self.live.state.question - 1
        detail = f"{left} more to come. What you have said so far is kept, and you can mark it and reflect on it."
        self._desk.messages.ask(
            "End the interview here?", yes="End it", no="Go on", detail=detail, then=self._end_if_meant
        )

    def _end_if_meant(self, meant: bool) -> None:
        if meant and self.live.can(EventKind.FINISHED) and not self.answer_too_long():
            self._keep_note()
            self.live.finish(self.answer.toPlainText())
            self._happened()

    def put_by(self) -> None:
        """Leave now and go on another day."""
        if self.may_close():
            self.left_for_now.emit(self.sitting_id)

    @property
    def on_air(self) -> bool:
        """While the clock runs, whoever sits here thinks or speaks."""
        state = self.live.state
        return state.phase in ON_AIR and not state.stopped

    def may_close(self) -> bool:
        """Everything is on disk first; where that cannot be, the screen stays and the banner says why."""
        if self.live.state.phase not in ON_AIR:
            return self.journal.flush()
        if self.answer_too_long():
            return False
        self._take_what_is_typed()
        if not self.journal.flush():  # before the clock is stopped: the words stay in sight
            return False
        self.live.leave()
        self._show()
        if not self.journal.flush():
            return False
        self._ticks.stop()
        self.journal.stop()
        self._hide_interviewer()
        return True

    # --- words on their way to the disk

    def _typed(self) -> None:
        if not self._showing:
            self.too_long.hide()
            self.journal.typed()
            self._show_saved()
            if self.interviewer is not None:
                self.interviewer.typed()

    def _take_what_is_typed(self) -> None:
        """Make events of the words on screen; called right before each save."""
        self._keep_note()
        live = self.live
        if not live.can(EventKind.TEXT_SAVED) or self._in_the_box != self._open_answer() or self.answer_too_long():
            return
        text = self.answer.toPlainText()
        thinking = live.now() - live.state.last_at >= SAVE_THE_CLOCK_SECONDS
        if text != live.state.open_text or thinking:
            live.save_text(text)

    def _keep_note(self) -> None:
        note = self.note.toPlainText()
        if self.live.can(EventKind.NOTE_SAVED) and note != self.live.state.note(self.live.state.question):
            self.live.note(note)

    def _write(self, events: Sequence[Kept]) -> None:
        from cqcmock.services import sittings

        sittings.keep_events(self._desk.library, self.sitting_id, events)

    # --- what is on screen

    def _happened(self) -> None:
        """Show it first, so that the words of the answer before are never taken for those of the next."""
        if self.live.state.phase not in ON_AIR:
            self._over()
            return
        self._show()
        self.page.verticalScrollBar().setValue(0)
        self._focus()
        self.journal.save_now()

    def _over(self) -> None:
        """The interview is over once its last word is on disk; until then the words stay on screen."""
        self._ticks.stop()
        for button in (self.forward, self.leave, self.end, self.pause, self.again, self.hint, self.take_note):
            button.setEnabled(False)
        self.answer.setReadOnly(True)
        self._hide_interviewer()
        self.journal.saved.connect(lambda: self.finished.emit(self.sitting_id))
        self.journal.save_now()
        self._show_saved()

    def _tick(self) -> None:
        live = self.live
        self._ticks.setInterval(until_next_look(live))
        if live.tick():
            self.journal.save_now()
            self._show()
            return
        if live.state.phase is Phase.PREPARE and not live.state.stopped and live.plan.timer is not Timer.OFF:
            if live.seconds_used() >= live.timing.prepare:
                live.begin_answer()
                self._happened()
                announce(self.words, "Please answer now.")
                return
        elif live.can(EventKind.TEXT_SAVED) and live.now() - live.state.last_at >= SAVE_THE_CLOCK_SECONDS:
            self.journal.typed()
        self._paint_clock()
        self._show_saved()

    def _show(self) -> None:
        self._showing = True
        view = self._view = view_of(self.live)
        self.show_view(view)
        self._fill_the_box()
        self.note.setPlainText(self.live.state.note(self.live.state.question))
        self.answer_too_long()
        self._show_panels()
        self._show_clock()
        self._show_saved()
        self._showing = False
        self._commands.refresh()
        if self.interviewer is not None:
            self.interviewer.show()

    def _open_answer(self) -> tuple[Phase, int, int, int] | None:
        """Which answer is open, if any: the phase, the question, the take and the probe."""
        state = self.live.state
        if state.phase not in SPEAKING:
            return None
        return state.phase, state.question, len(state.takes[state.question]), len(state.take.probes)

    def _fill_the_box(self) -> None:
        """The box gets its words once for each open answer, seen or not; from then on only the person changes them."""
        open_answer = self._open_answer()
        if open_answer != self._in_the_box:
            self._in_the_box = open_answer
            self.answer.setPlainText(self.live.state.open_text)
            self.answer.moveCursor(self.answer.textCursor().MoveOperation.End)

    def _show_panels(self) -> None:
        view = self._view
        assert view is not None
        self.note.setVisible(view.note and self.take_note.isChecked())
        if view.heard:
            self.hints.show_takes(self.live)
            tab_through(self.hints, self.take_note, self.hint, self.again, self.pause, self.forward)
        elif view.hint and self.hint.isChecked():
            self.hints.show_points(self.live)
        self.hints.setVisible(view.heard or (view.hint and self.hint.isChecked()))

    def _show_clock(self) -> None:
        view = self._view
        assert view is not None
        self.clock.setVisible(view.clock)
        self._paint_clock()
        if view.clock:
            self.clock.set_hidden(self._clock_hidden)

    def _paint_clock(self) -> None:
        if self._view is not None and self._view.clock:
            self._paint(self.clock)
            if self.interviewer is not None:
                self.interviewer.paint_clock()

    def _paint(self, clock: ClockFace) -> None:
        if self._preparing():
            clock.show_preparation(self.live.timing.prepare - self.live.seconds_used())
        else:
            clock.show_time(self.live.seconds_used(), self.live.timing)

    def _show_saved(self) -> None:
        done = "Saved" if self.journal.is_saved else "Saving…"
        words = "Not saved" if self.journal.is_failing else done
        if words != self._saved_words:
            self._saved_words = words
            self.saved.setText(words)

    def _focus(self) -> None:
        view = self._view
        if view is not None and view.editing:
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrived(self) -> None:
        """Ready to type, or to go on."""
        self._focus()
        if self.interviewer is not None:
            self.interviewer.window.come()
        self.filled.emit()

    def left(self) -> None:
        """A colleague's window goes with the interview."""
        self._hide_interviewer()

    def _hide_interviewer(self) -> None:
        if self.interviewer is not None:
            self.interviewer.window.hide()
