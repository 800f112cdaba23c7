"""Trying an answer: type or paste one, and see beside it what would be recognised in it and asked next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.text_limits import LONGEST_ANSWER
from ui.banks.question_form_fields import TextField
from ui.desk import Desk
from ui.rehearse.remark_list import RemarkList
from ui.sizes import spaced
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.hearing import Hearing
    from cqcmock.domain.questions import Question
    from ui.banks.question_form_reading import Around

WAIT_MS = 300
MOST_ASKED = 3
NOTHING_YET = "What is recognised in your answer is shown here as you type. Nothing of it is kept."


class TryPart(QWidget):
    """Listens again whenever the answer or the question has changed, while it can be seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._around: Around | None = None
        self._question: Question | None = None
        self._tried = 0
        self.answer = TextField(
            "An answer", "Type one, or paste one that somebody gave.", lowest=8, highest=16, longest=LONGEST_ANSWER
        )
        self.remarks = RemarkList()
        self.nothing = wrapped_label(NOTHING_YET, quiet=True)
        self.then = heading("Asked next", 3)
        self.asked = wrapped_label()
        beside = QWidget()
        column = spaced(QVBoxLayout(beside), gap=0.4)
        for part in (heading("What is recognised", 3), self.nothing, self.remarks, self.then, self.asked):
            column.addWidget(part)
        column.addStretch(1)
        left = QWidget()
        column = spaced(QVBoxLayout(left), gap=0)
        column.addWidget(self.answer)
        column.addStretch(1)
        spaced(QVBoxLayout(self), gap=0).addWidget(SideBySide(left, beside, narrowest=17.0, gap=1.4))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._listen)
        self.answer.changed.connect(self._timer.start)
        self._show(None)

    def show_question(self, question: Question, around: Around) -> None:
        """Answers are to this question from now on."""
        if question != self._question or around is not self._around:
            self._question, self._around = question, around
            if self.answer.text:
                self._timer.start()

    def _listen(self) -> None:
        question, around, answer = self._question, self._around, self.answer.text
        self._tried += 1
        number, desk = self._tried, self._desk
        if question is None or around is None or not answer:
            self._show(None)
            return

        def listen() -> Hearing:
            from cqcmock.services import bank_trying

            names = around.choices.names
            return bank_trying.try_answer(question, answer, around.story, names=names, on=desk.clock.today())

        def heard(hearing: Hearing) -> None:
            if number == self._tried:
                self._show(hearing)

        desk.tasks.background(listen, then=heard, owner=self)

    def _show(self, hearing: Hearing | None) -> None:
        self.nothing.setVisible(hearing is None)
        self.remarks.setVisible(hearing is not None)
        asked = hearing.probes[:MOST_ASKED] if hearing is not None else ()
        self.then.setVisible(bool(asked))
        self.asked.setVisible(bool(asked))
        self.asked.setText("\n".join(f"“{probe.text}”" for probe in asked if probe.text))
        if hearing is not None:
            self.remarks.show_hearing(hearing, may_overrule=False)
