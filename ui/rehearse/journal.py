"""From the running interview to the disk: every event in order, soon, and again until it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from cqcmock.domain.interview import Event
from cqcmock.errors import UserError
from ui.autosave import Autosave
from ui.messages import Action, Kind, Messages
from ui.tasks import Tasks

Kept = tuple[int, Event]
"""An event and its position in the sitting."""

NOT_SAVED = "not-saved"


class Journal(QObject):
    """Holds the events that are not on disk yet, and hands them to the database lane.

    `before_save` is called on the window's thread right before each save, for what is still being typed.
    Events that were on disk already are handed in again without harm.
    """

    saved = Signal()
    changed = Signal()

    def __init__(
        self,
        write: Callable[[Sequence[Kept]], None],
        before_save: Callable[[], None],
        tasks: Tasks,
        messages: Messages,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._before_save = before_save
        self._waiting: dict[int, Event] = {}
        self._reading = False
        self._autosave: Autosave[tuple[Kept, ...]] = Autosave(self._newest, write, tasks, parent=self)
        self._autosave.saved.connect(self._all_on_disk)
        self._autosave.failed.connect(self._not_saved)

    @property
    def is_saved(self) -> bool:
        """Whether everything that happened and was typed is on disk."""
        return self._autosave.is_saved

    @property
    def is_failing(self) -> bool:
        """Whether the last save failed."""
        return self._autosave.is_failing

    def typed(self) -> None:
        """Something was typed: it is saved within a second."""
        self._autosave.touch()

    def keep(self, position: int, event: Event) -> None:
        """Hold an event until it is on disk; it is handed in with the next save."""
        self._waiting[position] = event
        if not self._reading:  # what `before_save` adds goes out with the save that asked for it
            self._autosave.touch()

    def save_now(self) -> None:
        """Hand everything in without waiting for a pause in the typing."""
        self._autosave.save_now()
        self.changed.emit()

    def flush(self) -> bool:
        """Wait until everything is on disk, and say whether it is."""
        return self._autosave.flush()

    def stop(self) -> None:
        """Nothing more will be written from here."""
        self._autosave.stop()
        self._messages.clear(NOT_SAVED)

    def _newest(self) -> tuple[Kept, ...]:
        self._reading = True
        self._before_save()
        self._reading = False
        return tuple(sorted(self._waiting.items()))

    def _all_on_disk(self) -> None:
        self._waiting.clear()
        self._messages.clear(NOT_SAVED)
        self.saved.emit()
        self.changed.emit()

    def _not_saved(self, error: UserError) -> None:
        self._messages.keep(
            NOT_SAVED,
            f"Your words are on the screen but not saved yet. {error} The program keeps trying.",
            Kind.PROBLEM,
            action=Action(title="Try again now", do=self.save_now),
        )
        self.changed.emit()
