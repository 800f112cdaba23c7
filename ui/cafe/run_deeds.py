"""What the facilitator can do in a running session, by button and by key, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.scene import Stage
from ui.cafe.hand import Hand
from ui.cafe.room_window import PASSING
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Kind
from ui.screen import Screen

K = EventKind


class RunDeeds:
    """The deeds of the session itself. `role` is whose questions are drawn, `names` stand in them."""

    def __init__(self, desk: Desk, hand: Hand, names: Mapping[str, str], role: Callable[[], str]) -> None:
        self._desk = desk
        self._hand = hand
        self._names = names
        self._role = role

    def handle(self, commands: Commands, screen: Screen, in_hand: Callable[[], bool]) -> None:
        """Let the keys and menus do them while the screen is shown and the facilitator has the laptop in hand."""
        deeds: tuple[tuple[CommandId, Callable[[], object], tuple[EventKind, ...]], ...] = (
            (CommandId.SWAP, self.swap, (K.SWAPPED,)),
            (CommandId.ADD_MINUTE, self.add_minute, (K.MINUTE_ADDED,)),
            (CommandId.PAUSE_CAFE, self.pause_or_carry_on, (K.PAUSED, K.RESUMED, K.CARRIED_ON)),
            (CommandId.SKIP_ROUND, self.skip, (K.SKIPPED,)),
            (CommandId.ROUND_BEFORE, self.go_back, (K.WENT_BACK,)),
            (CommandId.FIT_REST_IN, self.fit_rest_in, (K.LATE,)),
            (CommandId.DRAW_QUESTION, self.draw_question, (K.QUESTION_DRAWN,)),
            (CommandId.SHOW_QUESTION, self.toggle_question, (K.QUESTION_SHOWN, K.QUESTION_HIDDEN)),
            (CommandId.LISTEN_FOR, self.toggle_listen_for, (K.LISTEN_FOR_SHOWN, K.LISTEN_FOR_HIDDEN)),
            (CommandId.TOGGLE_CLOCK, self.toggle_clock, (K.CLOCK_SHOWN, K.CLOCK_HIDDEN)),
        )
        for command, do, kinds in deeds:
            commands.handle(command, do, screen=screen, enabled_when=partial(self._may, in_hand, *kinds))

    def _may(self, in_hand: Callable[[], bool], *kinds: EventKind) -> bool:
        return in_hand() and self.can(*kinds)

    def can(self, *kinds: EventKind) -> bool:
        """Whether any of these may come next."""
        return any(self._hand.can(kind) for kind in kinds)

    def may_go_on(self) -> bool:
        """Whether there is a way on: a start, a next round, an end, carrying on, or the closing of what is finished."""
        return self._hand.state.stage is Stage.FINISHED or self.can(K.STARTED, K.ROUND_BEGUN, K.FINISHED, K.CARRIED_ON)

    def _act(self, kind: EventKind, do: Callable[[], object]) -> None:
        self._desk.messages.clear(PASSING)
        self._hand.act(kind, do)

    def start(self) -> None:
        """Open the door."""
        self._act(K.STARTED, self._hand.opened.run.start)

    def begin_round(self) -> None:
        """Begin the next round."""
        self._with_question("begin_round", K.ROUND_BEGUN)

    def swap(self) -> None:
        """The next speaker, or the next part of the round."""
        self._with_question("swap", K.SWAPPED)

    def skip(self) -> None:
        """Leave the round for the next one."""
        self._with_question("skip", K.SKIPPED)

    def _with_question(self, deed: str, kind: EventKind) -> None:
        library, opened, names, role = self._desk.library, self._hand.opened, self._names, self._role()

        def do() -> None:
            from cqcmock.services.cafe import going_on

            getattr(going_on, deed)(library, opened, role, names)

        self._act(kind, do)

    def go_back(self) -> None:
        """Back to the round before, which goes on where it was."""
        self._act(K.WENT_BACK, self._hand.opened.run.go_back)

    def add_minute(self) -> None:
        """Give the round that is on a minute more."""
        self._act(K.MINUTE_ADDED, self._hand.opened.run.add_minute)

    def pause_or_carry_on(self) -> None:
        """Stop the clock of the round, or let it run on."""
        run = self._hand.opened.run
        if self.can(K.CARRIED_ON):
            self.carry_on()
        elif self.can(K.RESUMED):
            self._act(K.RESUMED, run.resume)
        else:
            self._act(K.PAUSED, run.pause)

    def carry_on(self) -> None:
        """Go on after an interruption, in the same round with the time that had been used."""
        self._act(K.CARRIED_ON, self._hand.opened.run.carry_on)

    def fit_rest_in(self) -> None:
        """Share what is left of the session among what is still to come, and say what had to be left out."""
        run, messages = self._hand.opened.run, self._desk.messages

        def fit() -> str | None:
            return run.late().said if run.can(K.LATE) else None

        def tell(said: str | None) -> None:
            if said is not None:
                words = f"The rest fits into the time that is left. {said}".strip()
                messages.keep(PASSING, words, Kind.NOTICE if said else Kind.DONE)

        self._hand.do(fit, then=tell)

    def draw_question(self) -> None:
        """Ask another question, drawn from the banks."""
        library, opened, names, role = self._desk.library, self._hand.opened, self._names, self._role()

        def draw() -> None:
            from cqcmock.services.cafe import questions

            questions.draw_next(library, opened, role, names)

        self._act(K.QUESTION_DRAWN, draw)

    def pick_question(self, bank: str, question: str) -> None:
        """Ask this question of a bank."""
        library, opened, names = self._desk.library, self._hand.opened, self._names

        def pick() -> None:
            from cqcmock.services.cafe import questions

            questions.pick(library, opened, bank, question, names)

        self._act(K.QUESTION_PICKED, pick)

    def toggle_question(self) -> None:
        """Show the question to the room, or hide it."""
        self._toggle(K.QUESTION_SHOWN, K.QUESTION_HIDDEN, self._hand.opened.run.show_question)

    def toggle_listen_for(self) -> None:
        """Show the room what to listen for, or hide it."""
        self._toggle(K.LISTEN_FOR_SHOWN, K.LISTEN_FOR_HIDDEN, self._hand.opened.run.show_listen_for)

    def toggle_clock(self) -> None:
        """Show the room the clock, or hide it."""
        self._toggle(K.CLOCK_SHOWN, K.CLOCK_HIDDEN, self._hand.opened.run.show_clock)

    def _toggle(self, on: EventKind, off: EventKind, do: Callable[..., None]) -> None:
        shown = self.can(on)
        self._act(on if shown else off, lambda: do(shown=shown))

    def undo(self) -> None:
        """Take back the latest deed, and a question that came with it."""
        opened = self._hand.opened

        def undo() -> None:
            from cqcmock.services.cafe import going_on

            going_on.undo(opened)

        self._act(K.UNDONE, undo)

    def finish(self) -> None:
        """End the session; it can be undone until it is closed."""
        self._act(K.FINISHED, self._hand.opened.run.finish)
