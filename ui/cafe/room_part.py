"""The first tab of a running session: what the room sees now, what comes next, and what can be changed about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.running_order import length_in_words
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.session import LONGEST_TURN
from cqcmock.domain.cafe.tally import tallied_turns
from cqcmock.domain.cafe.windows import FacilitatorView
from ui.cafe import run_words
from ui.cafe.asking_page import AskingPage
from ui.cafe.hand import Hand
from ui.cafe.part import Part
from ui.cafe.room_page import RoomPage
from ui.cafe.room_question import RoomQuestion
from ui.cafe.run_strip import say
from ui.cafe.tally_page import TallyPage
from ui.cafe.tally_speaker import SpeakerPage
from ui.commands import CommandId, first_key
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.pill import Tone
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.framework import Role

K = EventKind


class RoomPart(Part):
    """What is wanted of the session goes out as commands; the screen does them."""

    title = "The room"
    wanted = Signal(CommandId)

    def __init__(self, desk: Desk, hand: Hand, names: Mapping[str, str], roles: Sequence[Role]) -> None:
        super().__init__(desk, hand)
        self._names = names
        self.page = RoomPage(desk.theme, name="On the projector now", framed=True)
        self.where = small_label()
        self.window_button = self._button(CommandId.ROOM_WINDOW, "Open the room window")
        self.question_shown = self._button(CommandId.SHOW_QUESTION, "Hide the question")
        self.listen_for = self._button(CommandId.LISTEN_FOR, "Show what to listen for")
        self.questions = RoomQuestion(desk, hand, names, roles)
        self.whose = QLineEdit()
        self.whose.setMaxLength(LONGEST_TURN)
        self.whose.setAccessibleName("Whose turn it is, for the room to see")
        self.whose.setPlaceholderText("Whose turn it is: a table, a colour, a first name if they like")
        self.whose.returnPressed.connect(self.say_whose_turn)
        self.whose.installEventFilter(self)
        self._whose_shown = ""
        self.say_whose = secondary_button("Show it", self.say_whose_turn)
        self.ask_on = secondary_button("A colleague asks on", self.hand_to_colleague)
        self.observer = secondary_button("Give the laptop to the observer", self.hand_to_observer)
        self.speaker = secondary_button("Show the speaker their tally", self.show_speaker)
        self.strong_title = heading("What to listen for", 3)
        self.strong = wrapped_label()
        self.next_title = heading("What comes next", 3)
        self.next_words = wrapped_label()
        self.order = LineList("Running order")
        self._lines: list[Line] = []
        self._lay_out()

    def _button(self, command: CommandId, text: str) -> QPushButton:
        made = secondary_button(text, lambda: self.wanted.emit(command))
        made.setToolTip(first_key(command))
        return made

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        seen = spaced(QVBoxLayout(left), gap=0.4)
        seen.addWidget(self.page)
        seen.addWidget(self.where)
        seen.addLayout(button_row(self.question_shown, self.listen_for, self.window_button))
        whose = spaced(QHBoxLayout(), gap=0.4)
        whose.addWidget(self.whose, 1)
        whose.addWidget(self.say_whose)
        seen.addLayout(whose)
        seen.addLayout(button_row(self.ask_on, self.observer, self.speaker))
        seen.addStretch(1)
        about = spaced(QVBoxLayout(right), gap=0.4)
        for part in (self.strong_title, self.strong, self.questions, self.next_title, self.next_words, self.order):
            about.addWidget(part)
        about.addStretch(1)
        page = ScrollPage(widest=90.0, top=0.8)
        page.column.addWidget(SideBySide(left, right, narrowest=24.0, gap=1.8))
        spaced(QVBoxLayout(self), gap=0).addWidget(page)

    def say_whose_turn(self) -> None:
        """Show the room whose turn it is, or nothing."""
        text, run = self.whose.text(), self.hand.opened.run
        self.hand.act(K.WHOSE_TURN, lambda: run.whose_turn(text))

    @property
    def _is_typing(self) -> bool:
        """Whether the field has something that the room was not shown."""
        return " ".join(self.whose.text().split()) != self._whose_shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Ctrl+Z takes back what the room was shown, unless something else is being typed."""
        if (
            watched is self.whose
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self._is_typing
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def hand_to_colleague(self) -> None:
        """Let somebody tap what is missing: the room sees the next question."""
        self.cover_wanted.emit(AskingPage(self.desk, self.hand, self._names))

    def hand_to_observer(self) -> None:
        """Let somebody keep the tally."""
        self.cover_wanted.emit(TallyPage(self.desk, self.hand))

    def show_speaker(self) -> None:
        """Show a speaker who has finished what was tallied."""
        self.cover_wanted.emit(SpeakerPage(self.desk, self.hand))

    def show_state(self, state: State, view: FacilitatorView, where: str, *, window_open: bool) -> None:
        """Show what can be changed now."""
        can, on = view.allowed, state.progress
        self.where.setText(where)
        say(self.window_button, "Close the room window" if window_open else "Open the room window")
        shown = on is None or on.question_shown
        say(self.question_shown, "Hide the question" if shown else "Show the question")
        listening = on is not None and on.listen_for_shown
        say(self.listen_for, "Hide what to listen for" if listening else "Show the room what to listen for")
        self.question_shown.setEnabled(bool(can & {K.QUESTION_SHOWN, K.QUESTION_HIDDEN}))
        self.listen_for.setEnabled(bool(can & {K.LISTEN_FOR_SHOWN, K.LISTEN_FOR_HIDDEN}))
        self.questions.show_possible(K.QUESTION_DRAWN in can)
        self.whose.setEnabled(K.WHOSE_TURN in can)
        self.say_whose.setEnabled(K.WHOSE_TURN in can)
        if self.whose.text() != view.room.whose and (not self.whose.hasFocus() or not self._is_typing):
            self.whose.setText(view.room.whose)
        self._whose_shown = view.room.whose
        strong = view.question.listen_for if view.question else ()
        self.strong.setText("\n".join(f"• {line}" for line in strong))
        self.strong.setVisible(bool(strong))
        self.strong_title.setVisible(bool(strong))
        words = run_words.next_words(state, view)
        self.next_words.setText(words)
        self.next_words.setVisible(bool(words))
        self.next_title.setVisible(bool(words) or state.stage is not Stage.FINISHED)
        self.ask_on.setEnabled(K.ASKED_ON in can)
        self.observer.setEnabled(K.TAPPED in can)
        self.speaker.setEnabled(bool(tallied_turns(state)))
        lines = _lines(state)
        if lines != self._lines:
            self._lines = lines
            self.order.show_lines(lines)
            self.order.choose(state.round.id if state.round else lines[0].key)


def _lines(state: State) -> list[Line]:
    """The running order: what is over, what is on, and what is to come."""
    lines = []
    for number, one in enumerate(state.order.rounds):
        on, over = number == state.scene.round, number < state.scene.round
        sign = ("On now", Tone.IN_HAND) if on else ("Over", Tone.QUIET) if over else ("", Tone.QUIET)
        about = length_in_words(one.seconds)
        lines.append(Line(key=one.id, title=one.title, about=about, sign=sign[0], tone=sign[1]))
    return lines
