"""The ways to what is kept: from the settings, from home, from the palette, and from a refusal to delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.messages import Action, Kind

if TYPE_CHECKING:
    from cqcmock.errors import UserError
    from cqcmock.services.wiping import Wiped

SETTINGS, HOME = "settings", "home"
SHOW_HOLD = "Show the hold"
SEE_WHAT_WENT = "See what went"
NOT_DELETED = "What is due could not be deleted. "
_BY_ITSELF = "deleted-by-itself"


class KeepingWays:
    """Takes a person to the screens about keeping, and back to where they came from."""

    def __init__(self, desk: Desk, window: Callable[[], MainWindow]) -> None:
        self._desk = desk
        self._window = window
        self._waits = False

    def handle_commands(self) -> None:
        """From everywhere, once a library is open."""
        commands = self._window().commands
        for command, do in (
            (CommandId.KEPT, self.things),
            (CommandId.HOLD_EVERYTHING, self.hold_everything),
            (CommandId.ONE_PERSON, self.person),
        ):
            commands.handle(command, do, enabled_when=lambda: self._desk.opened is not None)
        self._desk.messages.way_on = self.way_on
        self._window().screen_changed.connect(self._delete_what_is_due)

    def library_opened(self) -> None:
        """Finish what an earlier run left half deleted, and delete what is due if the settings say so.

        Only once home has read the library and nobody is at work anywhere else: until then that waits.
        """
        self._waits = False
        QTimer.singleShot(0, self._window(), self._keep_rules)

    def _keep_rules(self) -> None:
        desk = self._desk

        def work() -> None:
            from cqcmock.services import retention, wiping

            if desk.opened is not None and self._is_own():
                retention.note_rules(desk.library, desk.settings, desk.clock)
                wiping.finish(desk.library, desk.place)

        def done(_: None) -> None:
            self._waits = desk.settings.delete_when_due
            self._delete_what_is_due()

        desk.tasks.database(work, then=done, failed=self._not_deleted, owner=self._window())

    def _is_own(self) -> bool:
        """Not the example, in which nothing is anybody's."""
        return self._desk.library.folder == self._desk.place.folder

    def _delete_what_is_due(self) -> None:
        window, desk = self._window(), self._desk
        if not self._waits or window.room_shown != HOME or window.cover is not None or window.on_air:
            return
        self._waits = False
        copying = desk.copying

        def work() -> Wiped | None:
            from cqcmock.services import wiping

            if desk.opened is None or not self._is_own():
                return None
            with copying.held_off():
                return wiping.at_start(desk.library, desk.place, desk.settings, desk.clock)

        desk.tasks.database(work, then=self._tell, failed=self._not_deleted, owner=window)

    def _tell(self, wiped: Wiped | None) -> None:
        from ui.keeping import words

        if wiped is None:
            return
        told = words.by_itself([one.kept.kind for one in wiped.things])
        look = Action(title=SEE_WHAT_WENT, do=self.things_from_home)
        self._desk.messages.keep(_BY_ITSELF, told, Kind.DONE, action=look)
        subjects = (Subject.SITTINGS, Subject.ACTIONS, Subject.CAFES, Subject.PACKS)
        self._desk.signals.changed.emit(change(*subjects))

    def _not_deleted(self, error: UserError) -> None:
        self._desk.messages.keep(_BY_ITSELF, f"{NOT_DELETED}{error}", Kind.NOTICE)

    def things(self) -> None:
        """To the list of what is due, from the settings or the palette."""
        self._open(SETTINGS)

    def things_from_home(self) -> None:
        """To the list, and back home from there."""
        self._open(HOME)

    def hold_everything(self) -> None:
        """To the hold on everything, where only the reason is typed."""
        self._open(SETTINGS, hold_all=True)

    def hold(self, hold_id: str) -> None:
        """To one hold."""
        self._open(SETTINGS, hold_id=hold_id)

    def person(self) -> None:
        """To what is kept about one person."""
        from ui.keeping.person_screen import PersonScreen

        window = self._window()
        screen = PersonScreen(self._desk)
        screen.left_for_now.connect(lambda: window.go(SETTINGS))
        screen.hold_wanted.connect(self.hold)
        window.open(screen, room=SETTINGS)

    def way_on(self, error: UserError) -> Action | None:
        """Whoever is refused a deletion can look at the hold that keeps the thing."""
        hold_id = getattr(error, "hold_id", "")  # of a HeldError, which is not known before the library is open
        return Action(title=SHOW_HOLD, do=lambda: self.hold(hold_id)) if hold_id else None

    def _open(self, room: str, *, hold_all: bool = False, hold_id: str = "") -> None:
        from ui.keeping.retention_screen import RetentionScreen

        window = self._window()
        back = "Back to home" if room == HOME else "Back to settings"
        screen = RetentionScreen(self._desk, back, hold_all=hold_all, hold_id=hold_id)
        screen.left_for_now.connect(lambda: window.go(room))
        screen.rules_wanted.connect(lambda: window.go(SETTINGS))
        window.open(screen, room=room)
