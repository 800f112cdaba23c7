"""What every screen is given: the library and the settings of now, and the few things that all of them use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.app_signals import AppSignals, Subject, change
from ui.messages import Messages
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.paths import Location
    from cqcmock.services.library import Library
    from cqcmock.settings import Settings
    from ui.backups.copying import Copying
    from ui.undo import Done


@dataclass(slots=True, kw_only=True)
class Desk:
    """Made in `ui/app.py` and handed to each screen.

    `library` is there once the database lane has opened it: code that runs in that lane may always ask for it.
    `place` is where the person's own data are, whichever library is open.
    `keep_settings` writes the settings to their file; it may raise UserError and runs in the database lane.
    `done` is what can be taken back: see `ui.undo`.
    """

    tasks: Tasks
    messages: Messages
    signals: AppSignals
    theme: Theme
    clock: Clock
    settings: Settings
    keep_settings: Callable[[Settings], None]
    place: Location
    opened: Library | None = field(default=None)
    done: dict[Subject, list[Done]] = field(default_factory=dict)
    _copying: Copying | None = field(default=None, init=False, repr=False)

    @property
    def library(self) -> Library:
        """The open library."""
        if self.opened is None:
            raise RuntimeError("the library is asked for before it is open")
        return self.opened

    @property
    def copying(self) -> Copying:
        """Where every copy of the library is made."""
        if self._copying is None:
            from ui.backups.copying import Copying  # not for the first frame

            self._copying = Copying(self)
        return self._copying

    def change_settings(self, settings: Settings) -> None:
        """Take these settings from now on, and write them down."""
        self.settings = settings
        self.tasks.database(lambda: self.keep_settings(settings))
        self.signals.changed.emit(change(Subject.SETTINGS))
