"""Everything that a facilitator does in a running café, in the order of an hour.

Used to time each deed, and to count what each deed makes, draws and asks of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt

from cqcmock.domain.cafe.events import TapKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage
from tests.benchmarks.cafe_card_deeds import CardDeeds
from tests.benchmarks.cafe_deed import TOLD, Deed, Deeds, K, at_once
from tests.benchmarks.full_cafe import HOT_SEAT
from ui.cafe.tally_page import TallyPage
from ui.commands import CommandId as C


class Hour(Deeds):
    """The deeds of an hour at one session, again and again: the last of them undo everything."""

    def deeds(self) -> Iterator[Deed]:
        """All of them. Each must be done before the next is asked for."""
        yield self._command("start", C.NEXT_ROUND, lambda: self._state.stage is Stage.WELCOME)
        yield Deed(name="tick, room in sight", do=self._tick)
        for _ in range(HOT_SEAT + 1):
            yield self._next_round()
        yield from self._at_the_room()
        yield from self._tally()
        yield from self._rounds()
        yield from self._tabs()
        yield from CardDeeds(self._window, self._screen, self._number).deeds()
        yield from self._who_came()
        while self._state.round is None or self._state.round.kind is not RoundKind.JUDGEMENT:
            yield self._next_round()
        yield from self._compare()
        while self._state.next_round is not None:
            yield self._next_round()
        yield self._command("finish", C.FINISH_CAFE, lambda: self._state.stage is Stage.FINISHED)
        yield Deed(name="show tab: the room", do=lambda: self._show_tab(self._screen.room), so=self._quiet)
        while self._screen.deeds.can(K.UNDONE):
            deeds = len(self._state.deeds)
            yield self._command("undo a deed", C.UNDO, lambda deeds=deeds: len(self._state.deeds) < deeds)  # type: ignore[misc]

    # --- the room

    def _at_the_room(self) -> Iterator[Deed]:
        room = self._screen.room
        yield self._act("add a minute", C.ADD_MINUTE, K.MINUTE_ADDED)
        yield self._act("pause", C.PAUSE_CAFE, K.PAUSED)
        yield self._act("go on after a pause", C.PAUSE_CAFE, K.RESUMED)
        yield self._act("hide the clock", C.TOGGLE_CLOCK, K.CLOCK_HIDDEN)
        yield self._act("show the clock", C.TOGGLE_CLOCK, K.CLOCK_SHOWN)
        yield self._act("hide the question", C.SHOW_QUESTION, K.QUESTION_HIDDEN)
        yield self._act("show the question", C.SHOW_QUESTION, K.QUESTION_SHOWN)
        yield self._act("draw a question", C.DRAW_QUESTION, K.QUESTION_DRAWN)
        yield self._command("open the list of questions", C.PICK_QUESTION, lambda: room.questions.model.rowCount() > 0)
        yield self._press(
            "look for a question", lambda: room.questions.words, Qt.Key.Key_E, lambda: bool(room.questions.words.text())
        )
        yield self._press(
            "pick a question", lambda: room.questions.words, Qt.Key.Key_Return, room.questions.picking.isHidden
        )
        if not self._screen.deeds.can(K.LISTEN_FOR_SHOWN):
            raise AssertionError("the question that was picked has nothing to listen for")
        yield self._act("show what to listen for", C.LISTEN_FOR, K.LISTEN_FOR_SHOWN)
        yield self._act("hide what to listen for", C.LISTEN_FOR, K.LISTEN_FOR_HIDDEN)
        whose = f"The table by the window {next(self._number)}"
        yield Deed(
            name="whose turn",
            ready=lambda: room.whose.setText(whose),
            do=room.say_whose.click,
            so=lambda: self._state.progress.whose == whose,
        )
        yield self._command("close the room window", C.ROOM_WINDOW, lambda: not self._screen.projector.is_open)
        yield self._command("open the room window", C.ROOM_WINDOW, lambda: self._screen.projector.is_open)
        yield self._command("sound on or off", C.SOUND, at_once)
        yield Deed(name="visit another room", do=lambda: self._window.go("home"))
        yield Deed(name="come back from it", do=lambda: self._window.go("cafe"))

    def _tally(self) -> Iterator[Deed]:
        room = self._screen.room
        yield Deed(
            name="cover: laptop to the observer",
            do=room.observer.click,
            so=lambda: isinstance(self._screen.cover, TallyPage) and self._screen.cover.isVisible(),
        )
        page = self._screen.cover
        assert isinstance(page, TallyPage)
        for kind in TapKind:
            yield Deed(name="a tap", do=partial(page.tap, kind), so=self._one_more_tap())
        yield Deed(name="a tap back", do=partial(page.take_back, TapKind.AH), so=self._one_more_tap())
        yield Deed(name="tick, tally in sight", do=self._tick)
        yield Deed(name="uncover: laptop from the observer", do=page.back.click, so=lambda: self._screen.cover is None)

    def _one_more_tap(self) -> Callable[[], bool]:
        taps = len(self._state.taps)
        return lambda: len(self._state.taps) > taps

    def _rounds(self) -> Iterator[Deed]:
        yield self._act("swap", C.SWAP, K.SWAPPED)
        yield self._act("undo", C.UNDO, K.UNDONE)
        yield self._act("fit the rest in", C.FIT_REST_IN, K.LATE)
        yield self._act("skip the rest", C.SKIP_ROUND, K.SKIPPED)
        yield self._act("back a round", C.ROUND_BEFORE, K.WENT_BACK)

    # --- the tabs

    def _tabs(self) -> Iterator[Deed]:
        screen = self._screen
        for part in (screen.cards, screen.who_came, screen.compare, screen.room):
            yield Deed(
                name=f"show tab: {part.title.lower()}",
                do=lambda part=part: self._show_tab(part),  # type: ignore[misc]
                so=self._quiet,
            )
        yield Deed(name="tick, cards in sight", ready=lambda: self._show_tab(screen.cards), do=self._tick)
        yield Deed(name="tick, who came in sight", ready=lambda: self._show_tab(screen.who_came), do=self._tick)
        yield Deed(name="tick, answers in sight", ready=lambda: self._show_tab(screen.compare), do=self._tick)

    # --- who came

    def _who_came(self) -> Iterator[Deed]:
        part = self._screen.who_came
        door = self._opened.attendance

        def more() -> Callable[[], bool]:
            events = len(door.events)
            return lambda: len(door.events) > events and self._quiet()

        def typed(team: str) -> None:
            part.team.setText(team)
            part.role.setText("Social worker")
            part.number.setValue(2)

        yield Deed(name="show tab: who came", do=lambda: self._show_tab(part), so=self._quiet)
        yield Deed(name="they came", ready=lambda: typed("Carers"), do=part.came_button.click, so=more())
        yield Deed(
            name="they came, a new team", ready=lambda: typed(f"Team {next(self._number)}"), do=part.came_button.click,
            so=more(),
        )  # fmt: skip
        yield Deed(name="undo at the door", do=part.mistake.click, so=more())
        row = part.rows.in_order[5]
        yield Deed(name="one more", do=row.more.click, so=more())
        yield self._press("put a number right", lambda: row.number, Qt.Key.Key_Up, more())
        yield Deed(name="they left", do=part.left_button.click, so=more())
        yield Deed(name="they came back", do=part.back_button.click, so=more())

    # --- comparing

    def _compare(self) -> Iterator[Deed]:
        part, judging = self._screen.compare, self._opened.judging
        pair = part.pair

        def looks(number: int) -> Callable[[], bool]:
            record = len(judging.state.record)
            return lambda: len(judging.state.record) == record + number and not part._reading

        yield Deed(name="show tab: compare answers", do=lambda: self._show_tab(part), so=lambda: not part._reading)
        yield Deed(name="compare", do=part.answers.compare_button.click, so=pair.isVisible)
        yield Deed(name="show the room the pair", do=pair.show_room.click)
        for button in (pair.left_button, pair.right_button):
            yield Deed(name="a look", do=button.click, so=looks(1))
        yield Deed(name="a look back", do=pair.back_button.click, so=looks(1))
        yield Deed(name="another pair", do=pair.pass_button.click, so=lambda: not part._reading)
        yield Deed(name="hide the pair from the room", do=pair.show_room.click)
        yield Deed(name="the order so far", do=pair.order_button.click, so=part.order.isVisible)
        yield Deed(name="back to the answers", do=part.order.answers_button.click, so=part.answers.isVisible)
        answers = len(judging.state.answers)
        yield Deed(
            name="add an answer",
            ready=lambda: part.answers.edit.setPlainText(f"{TOLD} Answer {next(self._number)}."),
            do=part.answers.add_button.click,
            so=lambda: len(judging.state.answers) > answers and not part._reading,
        )
        yield Deed(
            name="take an answer away",
            ready=lambda: part.answers.list.choose(judging.state.answers[-1].id),
            do=part.answers.take_away_button.click,
            so=lambda: len(judging.state.answers) == answers and not part._reading,
        )
