"""The ways through the café's room: every request that one of its screens emits is answered here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cqcmock.errors import UserError
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screen import Screen

if TYPE_CHECKING:
    from ui.cafe.run_start import RunStart

CAFE = "cafe"


class CafeWays:
    """Takes a facilitator from the plan to the papers."""

    def __init__(self, desk: Desk, window: Callable[[], MainWindow]) -> None:
        self._desk = desk
        self._window = window

    def make_first(self) -> Screen:
        """The room's own screen."""
        from ui.cafe.cafe_screen import CafeScreen

        screen = CafeScreen(self._desk, self._window().commands)
        screen.plan_wanted.connect(self.plan)
        screen.run_wanted.connect(self.run)
        screen.look_wanted.connect(self.look)
        screen.close_wanted.connect(self.close)
        screen.papers_wanted.connect(self.papers)
        screen.said_wanted.connect(self.said)
        screen.record_wanted.connect(self.record)
        return screen

    def first(self, *_: object) -> None:
        """Back to the room's own screen."""
        self._window().leave_room(CAFE)
        self._window().go(CAFE)

    def plan(self, session_id: str = "") -> None:
        """To the plan of a session, or of a new one."""
        from ui.cafe.plan_screen import PlanScreen

        screen = PlanScreen(self._desk, self._window().commands, session_id)
        screen.begin_wanted.connect(self.run)
        screen.papers_wanted.connect(self.papers)
        screen.done.connect(self.first)
        screen.left_for_now.connect(self.first)
        self._window().open(screen, room=CAFE)

    def run(self, session_id: str) -> None:
        """Into a session: it is taken in hand, unless somebody else has it; then it can be looked at."""
        desk = self._desk

        def take() -> RunStart:
            import ui.cafe.run_screen  # noqa: F401 - here, because the window would stand still while it is read
            from ui.cafe.run_start import run_start

            return run_start(desk, session_id)

        def failed(error: UserError) -> None:
            from cqcmock.services.cafe.holding import HeldByAnotherError

            if isinstance(error, HeldByAnotherError):
                self.look(session_id)  # where who has it is said
            else:
                desk.messages.tell(error)

        desk.tasks.database(take, then=self._run, failed=failed)

    def _run(self, start: RunStart) -> None:
        from ui.cafe.run_screen import RunScreen

        screen = RunScreen(self._desk, self._window().commands, start)
        screen.left_for_now.connect(self.first)
        screen.close_wanted.connect(self.close)
        screen.look_wanted.connect(self.look)
        if not self._window().stay(screen, CAFE):
            screen.give_up()

    def look(self, session_id: str) -> None:
        """To a session that somebody else has open, or that is closed."""
        from ui.cafe.look_screen import LookScreen

        self._window().leave_room(CAFE)
        screen = LookScreen(self._desk, self._window().commands, session_id)
        screen.run_wanted.connect(self.run)
        screen.papers_wanted.connect(self.papers)
        screen.left_for_now.connect(self.first)
        self._window().open(screen, room=CAFE)

    def close(self, session_id: str) -> None:
        """To the closing of a session that is finished."""
        from ui.cafe.closing_screen import ClosingScreen

        self._window().leave_room(CAFE)
        screen = ClosingScreen(self._desk, self._window().commands, session_id)
        screen.papers_wanted.connect(self.papers)
        screen.said_wanted.connect(self.said)
        screen.done.connect(self.first)
        screen.left_for_now.connect(self.first)
        screen.look_wanted.connect(self.look)
        screen.back_to_session_wanted.connect(self.run)
        self._window().open(screen, room=CAFE)

    def papers(self, session_id: str) -> None:
        """To what of a session goes onto paper."""
        from ui.cafe.papers_screen import PapersScreen

        screen = PapersScreen(self._desk, self._window().commands, session_id)
        screen.left_for_now.connect(self.first)
        self._window().open(screen, room=CAFE)

    def said(self) -> None:
        """To “you said, we did”."""
        from ui.cafe.said_screen import SaidScreen

        screen = SaidScreen(self._desk, self._window().commands)
        screen.left_for_now.connect(self.first)
        self._window().open(screen, room=CAFE)

    def record(self) -> None:
        """To a record of reflection for somebody who was there."""
        from ui.cafe.record_screen import RecordScreen

        screen = RecordScreen(self._desk, self._window().commands)
        screen.left_for_now.connect(self.first)
        self._window().open(screen, room=CAFE)
