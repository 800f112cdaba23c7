"""The strip that the facilitator always sees: where the session is, its clocks, and the deeds that matter most."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.windows import Clock, FacilitatorView
from ui.cafe import run_words
from ui.cafe.hand_click import one_click
from ui.commands import CommandId, first_key
from ui.sizes import spaced
from ui.widgets.buttons import literal, make_primary, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.clock_face import ClockFace, left_in_words
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label

K = EventKind


class RunStrip(QWidget):
    """Says what is wanted; the screen does it."""

    wanted = Signal(CommandId)
    carry_on_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.headline = heading(level=1)
        self.under = wrapped_label()
        self.clock = ClockFace(large=True)
        self.round_time = small_label()
        self.session_time = small_label()
        self.stopped = wrapped_label()
        self.onward = self._button(CommandId.NEXT_ROUND, "Next round", primary=True)
        self.swap = self._button(CommandId.SWAP, "Swap")
        self.minute = self._button(CommandId.ADD_MINUTE, "+ 1 minute")
        self.pause = self._button(CommandId.PAUSE_CAFE, "Pause")
        self.undo = secondary_button(run_words.NOTHING_TO_UNDO, self.undo_wanted.emit)
        self.carry_on = primary_button("Carry on", self.carry_on_wanted.emit)
        self.skip = self._button(CommandId.SKIP_ROUND, "Skip the rest")
        self.back = self._button(CommandId.ROUND_BEFORE, "Back a round")
        self.late = self._button(CommandId.FIT_REST_IN, "Fit the rest in")
        self.hide_clock = self._button(CommandId.TOGGLE_CLOCK, "Hide the clock")
        one_click(self.onward, self.swap, self.undo)  # a double click is no second round
        self._whole = True
        self._lay_out()

    def _button(self, command: CommandId, text: str, *, primary: bool = False) -> QPushButton:
        made = (primary_button if primary else secondary_button)(text, lambda: self.wanted.emit(command))
        made.setToolTip(first_key(command))
        return made

    def _lay_out(self) -> None:
        where, times = QWidget(), QWidget()
        left = spaced(QVBoxLayout(where), gap=0.2)
        left.addWidget(self.headline)
        left.addWidget(self.under)
        left.addStretch(1)
        right = spaced(QVBoxLayout(times), gap=0.1)
        right.addWidget(self.clock)
        right.addWidget(self.round_time)
        right.addWidget(self.session_time)
        right.addStretch(1)
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(2.5, 0.6, 2.5, 0.4))
        column.addWidget(SideBySide(where, times, narrowest=15.0, gap=1.5, shares=(3, 2)))
        column.addWidget(self.stopped)
        column.addLayout(button_row(self.carry_on, self.onward, self.swap, self.minute, self.pause, self.undo))
        self.more = QWidget()
        self.more.setLayout(button_row(self.skip, self.back, self.late, self.hide_clock))
        column.addWidget(self.more)

    def show_whole(self, *, whole: bool) -> None:
        """All deeds, or only those that matter most, where a tab needs the height."""
        self._whole = whole

    def show_state(self, state: State, view: FacilitatorView, away: int) -> None:
        """Show where the session is and what can be done; `away` are seconds that nobody was there."""
        can = view.allowed
        self.headline.setText(run_words.headline(state))
        self.under.setText(run_words.under_headline(state, view))
        self.stopped.setText(run_words.away_words(away, view.because) if state.interrupted else "")
        self.stopped.setVisible(state.interrupted)
        say(self.onward, run_words.onward_words(state))
        say(self.swap, run_words.swap_words(view))
        say(self.undo, run_words.undo_words(view))
        say(self.pause, "Carry on" if view.room.paused else "Pause")
        say(self.hide_clock, "Hide the clock" if state.scene.clock_shown else "Show the clock")
        self._offer(
            {
                self.carry_on: state.interrupted,
                self.onward: may_go_on(state, can),
                self.swap: K.SWAPPED in can,
                self.minute: K.MINUTE_ADDED in can,
                self.pause: bool(can & {K.PAUSED, K.RESUMED}),
                self.undo: K.UNDONE in can,
                self.skip: K.SKIPPED in can,
                self.back: K.WENT_BACK in can,
                self.late: K.LATE in can,
                self.hide_clock: bool(can & {K.CLOCK_HIDDEN, K.CLOCK_SHOWN}),
            }
        )
        self.carry_on.setVisible(state.interrupted)
        in_round = state.stage is Stage.ROUND
        for button in (self.minute, self.pause, self.skip, self.back, self.hide_clock):
            button.setVisible(in_round)
        self.swap.setVisible(in_round and state.progress is not None and len(state.progress.phases) > 1)
        self.more.setVisible((in_round and self._whole) or state.stage is Stage.WELCOME)
        swap_is_due = in_round and view.next_phase is not None and not _over(view.round_clock)
        make_primary(self.onward, not swap_is_due and not state.interrupted)
        make_primary(self.swap, swap_is_due and not state.interrupted)
        self.show_clocks(state, view)

    @property
    def way_on(self) -> QPushButton:
        """What somebody presses who only wants to go on."""
        return self.carry_on if self.carry_on.isEnabled() else self.onward

    def _offer(self, possible: Mapping[QPushButton, bool]) -> None:
        """Switch the way on first, take the keyboard there from what is no longer possible, and then switch that off.

        Left to itself the keyboard goes on to whatever comes next on the screen, and the page scrolls after it.
        """
        focus, way_on = self.window().focusWidget(), self.carry_on if possible[self.carry_on] else self.onward
        way_on.setEnabled(possible[way_on])
        way_on.show()
        if isinstance(focus, QPushButton) and not possible.get(focus, True):
            way_on.setFocus()
        for button, may in possible.items():
            button.setEnabled(may)

    def show_clocks(self, state: State, view: FacilitatorView) -> None:
        """Only the clocks: several times a second."""
        turn, whole = view.turn_clock, view.round_clock
        self.clock.set_hidden(turn is None)
        if turn is not None:
            if state.interrupted or view.room.paused:
                self.clock.show_stopped(f"Paused, {left_in_words(turn.left)}")
            else:
                self.clock.show_left(turn.left, turn.light)
        _tell(self.round_time, "" if whole is None else f"Round: {left_in_words(whole.left)}")
        _tell(self.session_time, run_words.session_words(state, view))


def may_go_on(state: State, can: frozenset[EventKind]) -> bool:
    """Whether the button that leads on leads anywhere now."""
    match state.stage:
        case Stage.PLANNING:
            return K.STARTED in can
        case Stage.FINISHED:
            return True
        case _ if state.next_round is not None:
            return K.ROUND_BEGUN in can
        case _:
            return K.FINISHED in can and not state.interrupted


def _over(clock: Clock | None) -> bool:
    return clock is not None and clock.left < 0


def _tell(label: TextLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def say(button: QPushButton, text: str) -> None:
    """Other words on a button, if they are others."""
    if button.accessibleName() != text:
        button.setText(literal(text))
        button.setAccessibleName(text)
