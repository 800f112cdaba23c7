"""The facilitator's window: a strip that is always in sight, tabs below it, and the room's window on the projector.

What the room sees and what the facilitator sees come from the same state (`domain.cafe.windows`). The clock is painted
several times a second from that state; nothing here counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.windows import FacilitatorView, facilitator_view, wrap_up_from
from cqcmock.domain.interview import Light
from cqcmock.errors import UserError
from ui.app_signals import Subject, change
from ui.cafe.cards_part import CardsPart
from ui.cafe.compare_pair import PairShown
from ui.cafe.compare_part import ComparePart
from ui.cafe.hand import Hand
from ui.cafe.part import CoveringPage, Part
from ui.cafe.polish_ahead import polish_ahead
from ui.cafe.room_part import RoomPart
from ui.cafe.room_sight import RoomSight, room_sight
from ui.cafe.room_window import Projector
from ui.cafe.run_deeds import RunDeeds
from ui.cafe.run_start import RunStart
from ui.cafe.run_strip import RunStrip
from ui.cafe.run_tabs import RunTabs
from ui.cafe.soft_sound import SoftSound
from ui.cafe.who_came_part import WhoCamePart
from ui.commands import COMMANDS, CommandId, Commands, Place, first_key
from ui.desk import Desk
from ui.first_frame import stop_tab_at
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import small_label

K = EventKind

_CARDS_ASKED = (CardKind.PRIDE, CardKind.WORRY)
"""What the two phases of a round of cards ask for."""

LONGEST_LOOK_MS = 250
"""How seldom the clock is looked at; it is always looked at right after its next whole second."""

ROOM_COMMANDS = (CommandId.UNDO, CommandId.TOGGLE_CLOCK)


class RunScreen(Screen):
    """Runs one session. It stays in its room while another room is visited: the clock and the room's window go on.

    `left_for_now` once the session was left, `close_wanted` when it is finished and to be closed, `look_wanted` when
    somebody else has taken it over. Each carries the id of the session.
    """

    left_for_now = Signal(str)
    close_wanted = Signal(str)
    look_wanted = Signal(str)
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, start: RunStart) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._still_open = start.still_open
        self._light: tuple[str, Light] | None = None
        self._pair: tuple[str, str] | None = None
        self._gone = False
        self.hand = Hand(desk, start.opened, parent=self)
        self.session_id = start.opened.id
        actions = [commands.action(one.id) for one in COMMANDS if one.place is Place.CAFE or one.id in ROOM_COMMANDS]
        self.projector = Projector(desk, actions, beside=self)
        self.sound = SoftSound(desk.theme.resources / "sounds", self)
        self.strip = RunStrip()
        self.room = RoomPart(desk, self.hand, start.names, start.roles)
        self.deeds = RunDeeds(desk, self.hand, start.names, lambda: self.room.questions.role)
        self.cards = CardsPart(desk, self.hand)
        self.who_came = WhoCamePart(desk, self.hand)
        self.compare = ComparePart(desk, self.hand)
        self.tabs = RunTabs(self.parts)
        self.cover: CoveringPage | None = None
        self._lay_out()
        self._connect()
        self._handle_commands()
        self._looks = QTimer(self)
        self._looks.setTimerType(Qt.TimerType.PreciseTimer)
        self._looks.setSingleShot(True)
        self._looks.timeout.connect(self._look)
        self._show()
        self._look()
        for part in self.parts[1:]:
            polish_ahead(part, self, part.redraw)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The tabs, in their order."""
        return (self.room, self.cards, self.who_came, self.compare)

    def _lay_out(self) -> None:
        self.title = small_label(self.hand.opened.details.title)
        self.sound_button = link_button("", self.toggle_sound)
        self.sound_button.setToolTip(first_key(CommandId.SOUND))
        self.leave_button = link_button("Leave for now", self.put_by)
        self.finish_button = link_button("Finish the session", self.finish)
        self.finish_button.setToolTip(first_key(CommandId.FINISH_CAFE))
        facilitator = QWidget()
        whole = spaced(QVBoxLayout(facilitator), gap=0)
        top = spaced(QHBoxLayout(), gap=1.0, margins=(2.5, 0.5, 2.5, 0.0))
        top.addWidget(self.title, 1)
        for button in (self.sound_button, self.finish_button, self.leave_button):
            top.addWidget(button)
        whole.addLayout(top)
        whole.addWidget(self.strip)
        whole.addWidget(sized(self.tabs, min_height=11.0), 1)
        self._in_reach = QScrollArea()  # where the type is large and the screen is small
        self._in_reach.setFrameShape(QFrame.Shape.NoFrame)
        self._in_reach.setWidgetResizable(True)
        self._in_reach.setAccessibleName("Facilitator’s window")
        self._in_reach.setProperty("kind", "page")
        stop_tab_at(self._in_reach, False)
        self._in_reach.setWidget(facilitator)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._in_reach)
        spaced(QVBoxLayout(self), gap=0).addWidget(self._stack)

    def _connect(self) -> None:
        hand = self.hand
        hand.changed.connect(self._show)
        hand.lost.connect(self._lost)
        self.strip.wanted.connect(self._commands.run)
        self.strip.undo_wanted.connect(self.deeds.undo)
        self.strip.carry_on_wanted.connect(self.deeds.carry_on)
        self.room.wanted.connect(self._commands.run)
        self.room.questions.draw_wanted.connect(self.deeds.draw_question)
        self.room.questions.pick_wanted.connect(self.deeds.pick_question)
        self.projector.changed.connect(self._show)
        self.compare.pair_shown.connect(self._show_pair)
        self.tabs.currentChanged.connect(lambda _: self._turned())
        for part in self.parts:
            part.cover_wanted.connect(self.cover_with)

    def _handle_commands(self) -> None:
        self.deeds.handle(self._commands, self, self._keys_hold)
        for command, do, possible in (
            (CommandId.NEXT_ROUND, self.go_on, lambda: self._keys_hold() and self.deeds.may_go_on()),
            (CommandId.PICK_QUESTION, self.open_picking, lambda: self._uncovered(K.QUESTION_PICKED)),
            (CommandId.UNDO, self.undo, lambda: self.cover is None),
            (CommandId.ROOM_WINDOW, self.projector.toggle, self._keys_hold),
            (CommandId.SOUND, self.toggle_sound, self._keys_hold),
            (CommandId.FINISH_CAFE, self.finish, lambda: self._uncovered(K.FINISHED)),
        ):
            self._commands.handle(command, do, screen=self, enabled_when=possible)
        self._commands.withhold(self, lambda: self.cover is not None)

    def _keys_hold(self) -> bool:
        return self.cover is None or self.cover.keys_of_the_session

    def _uncovered(self, kind: EventKind) -> bool:
        return self.cover is None and self.deeds.can(kind)

    # --- deeds

    def go_on(self) -> None:
        """Start the session, begin the next round, finish after the last one, close what is finished, or carry on."""
        state = self.hand.state
        if state.interrupted:
            self.deeds.carry_on()
            return
        match state.stage:
            case Stage.PLANNING:
                self.deeds.start()
                if not self.projector.is_open:
                    self.projector.open()
            case Stage.FINISHED:
                self._leave_for(self.close_wanted.emit)
            case _ if state.next_round is None:
                self.finish()
            case _:
                self.deeds.begin_round()

    def open_picking(self) -> None:
        """Open the list of questions, in the first tab."""
        self.tabs.setCurrentWidget(self.room)
        self.room.questions.toggle_picking()

    def undo(self) -> None:
        """Take back the latest deed of the tab in sight: what concerns the room, or its cards, counts and looks."""
        part = self.tabs.currentWidget()
        if part is self.room:
            self.deeds.undo()
        elif isinstance(part, Part):
            part.undo()

    def finish(self) -> None:
        """End the session; it can be undone until it is closed."""
        self.deeds.finish()
        self._desk.signals.changed.emit(change(Subject.CAFES))

    def toggle_sound(self) -> None:
        """A soft sound at the lights from now on, or silence."""
        settings = self._desk.settings
        self._desk.change_settings(replace(settings, cafe_sound=not settings.cafe_sound))
        self._show()

    # --- leaving

    def put_by(self) -> None:
        """Leave the session: the clock stops, and others can have it."""
        self._leave_for(self.left_for_now.emit)

    def _leave_for(self, going: Callable[[str], None]) -> None:
        if all(part.may_close() for part in self.parts):
            self.hand.leave(lambda: self._left(going))

    def _left(self, going: Callable[[str], None]) -> None:
        self._put_away()
        self._desk.signals.changed.emit(change(Subject.CAFES))
        going(self.session_id)

    def _lost(self, error: UserError) -> None:
        """Somebody else has it: from here on it can only be looked at. Whoever is writing finishes first."""
        self._put_away()
        self._desk.messages.tell(error)
        if self.cover is None:
            self.look_wanted.emit(self.session_id)

    def give_up(self) -> None:
        """It was not shown after all."""
        self._put_away()
        self.hand.let_go()

    def _put_away(self) -> None:
        self._gone = True
        self._looks.stop()
        self.projector.close()

    @property
    def on_air(self) -> bool:
        """While a round runs the room talks, and while the laptop is handed round its words are not the owner's."""
        state = self.hand.state
        runs = state.stage is Stage.ROUND and not state.scene.paused and not state.interrupted
        return not self._gone and (runs or self.cover is not None)

    def may_close(self) -> bool:
        """The program ends: the clock is stopped first, and what cannot be kept keeps the window open."""
        if self._gone:
            return True
        if self.cover is not None and not self.cover.may_close():
            return False
        if not all(part.may_close() for part in self.parts):
            return False
        self.hand.leave(self._put_away)
        return self._desk.tasks.wait_all(5.0) and self._gone

    def arrived(self) -> None:
        """Shown, for the first time or again."""
        self._tab_shown()
        self._show()
        if self.cover is not None:
            self.cover.arrived()
        else:
            self.strip.way_on.setFocus()

    def left(self) -> None:
        """Another room is visited; the session goes on."""
        for part in self.parts:
            part.left()

    # --- the laptop in other hands

    def cover_with(self, page: CoveringPage) -> None:
        """Show a page in place of everything: the laptop is handed to somebody."""
        if self.cover is not None:
            self.uncover()
        self.cover = page
        page.done.connect(self.uncover)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.arrived()
        self._commands.refresh()

    def uncover(self) -> None:
        """The facilitator has the laptop again."""
        page, self.cover = self.cover, None
        if self.hand.is_lost:
            self.look_wanted.emit(self.session_id)
            return
        self._stack.setCurrentWidget(self._in_reach)
        if page is not None:
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._tab_shown()
        self.strip.way_on.setFocus()
        self._commands.refresh()

    # --- what is on screen

    def _tab_shown(self) -> None:
        for part in self.parts:
            if part is self.tabs.currentWidget() and self.cover is None:
                part.arrived()
            else:
                part.left()

    def _turned(self) -> None:
        """Another tab is shown."""
        self._tab_shown()
        self.strip.show_whole(whole=self.tabs.currentWidget() is self.room)
        QTimer.singleShot(0, self, self._show)  # the tab comes first

    def _show_pair(self, pair: PairShown | None) -> None:
        self._pair = (pair.left, pair.right) if pair is not None else None
        self._show()

    def _views(self) -> tuple[State, FacilitatorView, RoomSight]:
        state, at = self.hand.state, self.hand.now()
        sight = room_sight(
            state, at, title=self.hand.opened.details.title, still_open=self._still_open, pair=self._pair
        )
        return state, facilitator_view(state, at), sight

    def _show(self) -> None:
        """Something is kept that was not, or the room's window is somewhere else."""
        if self._gone:
            return
        from cqcmock.services.cafe import going_on

        state, view, sight = self._views()
        view = replace(view, undo=going_on.takes_back(self.hand.opened))
        focus = self.focusWidget()
        had_focus = _can_have_focus(focus)
        away = self.hand.opened.run.seconds_away() if state.interrupted else 0
        self.strip.show_state(state, view, away)
        self.room.show_state(state, view, self.projector.where, window_open=self.projector.is_open)
        self.finish_button.setEnabled(K.FINISHED in view.allowed)
        self._ask_on_cards(state)
        sound = "Sound: soft, at the lights" if self._desk.settings.cafe_sound else "Sound: silent"
        if self.sound_button.text() != sound:
            self.sound_button.setText(sound)
            self.sound_button.setAccessibleName(sound)
        self._draw(view, sight)
        self._commands.refresh()
        if had_focus and self.cover is None and not _can_have_focus(focus):
            self.strip.way_on.setFocus()  # what the keyboard was on is no longer possible

    def _ask_on_cards(self, state: State) -> None:
        """Whoever writes a card reads the question that the room was asked for it."""
        if state.round is not None and state.round.kind is RoundKind.CARDS and state.progress and state.question:
            self.cards.questions[_CARDS_ASKED[state.progress.phase]] = state.question.text

    def _look(self) -> None:
        """Only the clocks, and again right after the next whole second."""
        state, view, sight = self._views()
        self.strip.show_clocks(state, view)
        self._draw(view, sight)

    def _draw(self, view: FacilitatorView, sight: RoomSight) -> None:
        self.room.page.show_sight(sight)
        self.projector.show_sight(sight)
        self._sound_the_light(view)
        self._looks.start(_until_next_look(view))

    def _sound_the_light(self, view: FacilitatorView) -> None:
        """Once when a light comes on, and never because a round or turn is new."""
        clock = view.turn_clock
        if clock is None or view.round is None or view.room.paused or view.room.interrupted:
            return
        stretch = f"{view.round.id} {view.room.phase} {clock.seconds}"
        before, self._light = self._light, (stretch, clock.light)
        if (
            before is not None
            and before[0] == stretch
            and before[1] is not clock.light
            and self._desk.settings.cafe_sound
        ):
            self.sound.play(clock.light)


def _can_have_focus(widget: QWidget | None) -> bool:
    return widget is not None and widget.isEnabled() and widget.isVisible()


def _until_next_look(view: FacilitatorView) -> int:
    """Milliseconds to just after the clock's next whole second or light, or as seldom as it is looked at otherwise."""
    clock = view.turn_clock
    if clock is None or view.room.paused or view.room.interrupted:
        return LONGEST_LOOK_MS
    second = clock.left % 1.0
    light = clock.left - wrap_up_from(clock.seconds)
    return min(LONGEST_LOOK_MS, int((min(second, light) if light > 0 else second) * 1000) + 1)
