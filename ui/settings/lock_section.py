"""Safekeeping: whether the library is locked, what opens it, and when it locks itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from cqcmock.errors import UserError
from cqcmock.settings import LONGEST_IDLE_MINUTES, Settings
from ui.commands import CommandId, first_key
from ui.desk import Desk
from ui.settings.entries import NumberEntry
from ui.settings.section import Section
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.audit import Head
    from cqcmock.services.locking import LockStatus

LOOKING = "Looking at the lock…"
NOT_OPEN = "Your library is not open."
ON_SERVER = "Your council’s library is kept on a server. Ask whoever runs it how it is locked."
EXAMPLE = "The example has no lock. Leave it to see to the lock of your own library."
NO_LOCK = "Your library is not locked: whoever can read this computer’s disk can read everything in it."
LOCKED = "Your library is locked. What opens it: {}."
TRUST = "Open without asking on this computer"
TRUST_ON = "Once you have signed in to it. Only “Lock now” and the minutes below ask for the words."
TRUST_OFF = "The words are asked for at each start."
NO_KEYRING = "This computer has no safe place for a key, so the words are asked for at each start."
TRUSTED = "This computer opens your library without asking from now on."
UNTRUSTED = "The six words are asked for at each start from now on."
MINUTES_HINT = (
    "Without a key or the mouse; 0 for never. It waits while the clock of an interview or of a café round runs."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Safekeeping:
    """How things stand. `status` of None where there is nothing to lock here, and `why_not` says why."""

    status: LockStatus | None
    why_not: str = ""
    trail: Head | None = None


class LockSection(Section):
    """Opens nothing and locks nothing itself: it says what the person wants."""

    new_words_wanted = Signal()
    lock_now_wanted = Signal()
    remove_wanted = Signal()
    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Safekeeping")
        self._desk = desk
        self.state: TextLabel = wrapped_label(LOOKING)
        self.lock_button = secondary_button("Lock this library…", self.new_words_wanted.emit)
        self.lock_now_button = secondary_button("Lock now", self.lock_now_wanted.emit)
        self.lock_now_button.setToolTip(first_key(CommandId.LOCK_NOW))
        self.change_button = secondary_button("Change the words…", self.new_words_wanted.emit)
        self.remove_button = secondary_button("Take the lock off…", self.remove_wanted.emit)
        self.trust = QCheckBox(TRUST)
        self.trust_hint: TextLabel = small_label("")
        self.minutes = NumberEntry(
            "Lock by itself after (minutes)", lowest=0, highest=LONGEST_IDLE_MINUTES, step=5, hint=MINUTES_HINT
        )
        self.trail: TextLabel = small_label("")
        self.body.addWidget(self.state)
        buttons = (self.lock_button, self.lock_now_button, self.change_button, self.remove_button)
        self.body.addLayout(button_row(*buttons))
        self.body.addWidget(self.trust)
        self.body.addWidget(self.trust_hint)
        self.add(self.minutes)
        self.body.addWidget(self.trail)
        self._locked_parts = (*buttons[1:], self.trust, self.trust_hint, self.minutes)
        for part in (self.lock_button, *self._locked_parts, self.trail):
            part.hide()
        self.minutes.entered.connect(lambda minutes: self.wanted.emit({"lock_after_minutes": round(minutes)}))
        self.trust.clicked.connect(self._trust)

    def show_settings(self, settings: Settings) -> None:
        self.minutes.show_value(settings.lock_after_minutes)

    def read(self) -> None:
        """Look again how things stand."""
        desk = self._desk
        desk.tasks.database(lambda: _read(desk), then=self._fill, failed=self._not_read, owner=self)

    def _fill(self, found: Safekeeping) -> None:
        status = found.status
        locked = status is not None and status.locked
        self.state.setText(found.why_not if status is None else _in_words(status))
        self.lock_button.setVisible(status is not None and not locked)
        for part in self._locked_parts:
            part.setVisible(locked)
        if status is not None:
            self.trust.setEnabled(status.keyring)
            self.trust.setChecked(status.keyring and status.ways.computer)
            on = TRUST_ON if status.ways.computer else TRUST_OFF
            self.trust_hint.setText(on if status.keyring else NO_KEYRING)
            self.trust.setAccessibleDescription(self.trust_hint.text())
        self.trail.setText(f"Audit trail: {found.trail}." if found.trail is not None else "")
        self.trail.setVisible(found.trail is not None)
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self.state.setText(str(error))
        self.filled.emit()

    def _trust(self, trusted: bool) -> None:
        desk = self._desk

        def trust() -> None:
            from cqcmock.services import locking

            locking.trust_computer(desk.place, trusted)

        def done(_: None) -> None:
            desk.messages.say(TRUSTED if trusted else UNTRUSTED)
            self.read()

        def failed(error: UserError) -> None:
            desk.messages.tell(error)
            self.read()

        desk.tasks.database(trust, then=done, failed=failed, owner=self)


def _read(desk: Desk) -> Safekeeping:
    from cqcmock.services import audit, locking

    library = desk.opened
    if library is None:
        return Safekeeping(status=None, why_not=NOT_OPEN)
    if desk.place.database_url:
        return Safekeeping(status=None, why_not=ON_SERVER, trail=audit.head(library))
    if library.folder != desk.place.folder:
        return Safekeeping(status=None, why_not=EXAMPLE)
    return Safekeeping(status=locking.status(desk.place), trail=audit.head(library))


def _in_words(status: LockStatus) -> str:
    if not status.locked:
        return NO_LOCK
    ways = ["the six words"]
    if status.ways.computer and status.keyring:
        ways.insert(0, "this computer")
    if status.ways.escrow:
        ways.append("the council’s key")
    named = ways[0] if len(ways) == 1 else f"{', '.join(ways[:-1])} and {ways[-1]}"
    return LOCKED.format(named)
