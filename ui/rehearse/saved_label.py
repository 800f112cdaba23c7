"""Says beside the words whether they are on disk; while they are not, a banner says why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from cqcmock.errors import UserError
from ui.autosave import Autosave
from ui.messages import Action, Kind, Messages
from ui.rehearse.journal import NOT_SAVED
from ui.widgets.labels import TextLabel


class SavedLabel(TextLabel):
    """`Saved`, `Saving…` or `Not saved`, for one autosave."""

    def __init__(self, autosave: Autosave[Any], messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(kind="small", wrap=False, parent=parent)
        self._autosave = autosave
        self._messages = messages
        autosave.saved.connect(self._on_disk)
        autosave.failed.connect(self._not_saved)
        self.show_state()

    def touch(self) -> None:
        """Something was typed or marked: it is saved within a second."""
        self._autosave.touch()
        self.show_state()

    def show_state(self) -> None:
        """Say how things stand."""
        done = "Saved" if self._autosave.is_saved else "Saving…"
        words = "Not saved" if self._autosave.is_failing else done
        if self.text() != words:
            self.setText(words)

    def stop(self) -> None:
        """Nothing more will be written from here."""
        self._autosave.stop()
        self._messages.clear(NOT_SAVED)

    def _on_disk(self) -> None:
        self._messages.clear(NOT_SAVED)
        self.show_state()

    def _not_saved(self, error: UserError) -> None:
        self._messages.keep(
            NOT_SAVED,
            f"What you did last is on the screen but not saved yet. {error} The program keeps trying.",
            Kind.PROBLEM,
            action=Action(title="Try again now", do=self._autosave.save_now),
        )
        self.show_state()
