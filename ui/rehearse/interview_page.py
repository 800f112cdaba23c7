"""What is on the page of an interview; what it does is decided by the screen that is made of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.text_limits import LONGEST_ANSWER
from ui.commands import CommandId, first_key
from ui.rehearse.heard_panel import HeardPanel
from ui.rehearse.interview_view import InterviewView
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.answer_edit import LongTextEdit
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.clock_face import ClockFace
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, lead_label, question_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage


class InterviewPage(Screen):
    """The question, the place to answer, what may help, and the foot with the clock and the ways on."""

    whole_width = True

    def __init__(self) -> None:
        super().__init__()
        self._make_widgets()
        self._lay_out()
        self.answer.refused.connect(self._paste_refused)

    def _make_widgets(self) -> None:
        self.caption = wrapped_label(quiet=True)
        self.above = wrapped_label(quiet=True)
        self.words = question_label()
        self.advice = lead_label()
        self.answer = LongTextEdit(LONGEST_ANSWER)
        self.answer.setProperty("kind", "answer")
        self.answer.setAccessibleName("Your answer")
        self.answer.setPlaceholderText(
            f"Answer as you would speak. {first_key(CommandId.FINISH_ANSWER)} when you have finished."
        )
        sized(self.answer, min_height=7.0)
        self.hints = HeardPanel()
        self.note = LongTextEdit(LONGEST_ANSWER)
        self.note.setAccessibleName("Note to myself")
        self.note.setPlaceholderText("A note to yourself. It is kept beside this question.")
        sized(self.note, min_height=4.5, max_height=7.0)
        self.clock = ClockFace()
        self.saved = small_label()
        self.too_long = TextLabel(kind="problem")
        self.forward = primary_button("")
        self.pause = secondary_button("Pause")
        self.again = secondary_button("Answer this again")
        self.hint = secondary_button("Hint")
        self.hint.setCheckable(True)
        self.take_note = secondary_button("Note")
        self.take_note.setCheckable(True)
        self.interviewers = link_button("Interviewer’s window")
        self.interviewers.setToolTip(first_key(CommandId.INTERVIEWER_WINDOW))
        self.interviewers.hide()
        self.leave = link_button("Leave for now")
        self.end = link_button("End the interview")

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        page = self.page = ScrollPage(widest=58.0, gap=0.7, fills=True)
        top = spaced(QHBoxLayout(), gap=0.8)
        top.addWidget(self.caption, 1)
        top.addWidget(self.leave)
        top.addWidget(self.end)
        page.column.addLayout(top)
        page.column.addWidget(self.above)
        page.column.addWidget(self.words)
        page.column.addWidget(self.advice)
        page.column.addWidget(self.hints)
        page.column.addWidget(self.answer, 1)
        page.column.addWidget(self.too_long)
        page.column.addWidget(self.note)
        self.filler = QWidget()
        page.column.addWidget(self.filler, 1)
        whole.addWidget(page, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget()
        across = spaced(QHBoxLayout(foot), gap=0, margins=(2.5, 0.4, 2.5, 1.2))
        status, deeds = QWidget(), QWidget()
        left = spaced(QHBoxLayout(status), gap=0.4)
        left.addWidget(self.clock)
        left.addWidget(self.saved)
        left.addStretch(1)
        left.addWidget(self.interviewers)
        right = spaced(QHBoxLayout(deeds), gap=0.4)
        right.addStretch(1)
        for button in (self.take_note, self.hint, self.again, self.pause, self.forward):
            right.addWidget(button)
        across.addWidget(sized(SideBySide(status, deeds, narrowest=24.0, gap=0.4), max_width=58.0), 1)
        QWidget.setTabOrder(self.answer, self.note)
        return foot

    def show_view(self, view: InterviewView) -> None:
        """The words and the buttons of this moment; what is typed stays as it is."""
        self.caption.setText(view.caption)
        self.above.setText(view.above)
        self.above.setVisible(bool(view.above))
        self.words.setText(view.words)
        self.advice.setText(view.advice)
        self.advice.setVisible(bool(view.advice))
        self.forward.setText(view.forward)
        self.forward.setAccessibleName(view.forward)
        self.forward.setEnabled(True)
        self.answer.setVisible(view.editing)
        self.filler.setVisible(not view.editing)
        self.pause.setVisible(view.pause)
        self.again.setVisible(view.again)
        self.again.setEnabled(view.again)
        self.hint.setVisible(view.hint)
        self.hint.setEnabled(view.hint)
        self.take_note.setVisible(view.note)
        self.take_note.setEnabled(view.note)
        self.end.setVisible(view.end)

    def type_in_the_answer(self, letters: str) -> None:
        """Words that were typed while another window had the keyboard, which is here from now on."""
        self.window().activateWindow()
        if self.answer.isVisible():
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
            self.answer.insertPlainText(letters)

    def answer_too_long(self) -> bool:
        """Whether the answer is too long to be kept; if so, the page says by how much."""
        over = self.answer.too_long_by
        self.too_long.setVisible(over > 0)
        if over > 0:
            self.too_long.setText(
                f"This answer is {over:,} characters too long to be kept. Take something out, and it is saved again."
            )
        return over > 0

    def _paste_refused(self, over: int) -> None:
        self.too_long.setText(f"That text is {over:,} characters too long to be kept, so it was not put in.")
        self.too_long.show()
