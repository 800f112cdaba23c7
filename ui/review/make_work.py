"""The work behind the steps of a pack, in the lanes: looking through it, offering words, sealing and writing it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from cqcmock.errors import UserError
from ui.desk import Desk
from ui.tasks import Task

if TYPE_CHECKING:
    from cqcmock.services.packing import Decision, Draft, MadePack, Wanted


class Told(QObject):
    """Carries what the sealing says to the window. Nobody's child: it outlives the work that speaks through it."""

    said = Signal(str)


class PackWork(QObject):
    """`looked` carries the draft, `offered` six words, `told` what is being done, `made` the pack that was written,
    `checked` the words that somebody typed and what is wrong with them, or nothing.

    `not_looked` and `not_made` carry the error: then nothing was written.
    """

    looked = Signal(object)
    offered = Signal(str)
    checked = Signal(str, str)
    told = Signal(str)
    made = Signal(object)
    not_looked = Signal(UserError)
    not_made = Signal(UserError)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looking: Task[Draft] | None = None
        self._to_check = ""
        self._checking = False
        self.wanted: Wanted | None = None
        """What the last draft was made of; None where it may have changed since."""

    @property
    def is_looking(self) -> bool:
        """Whether texts are being looked through."""
        return self._looking is not None

    def look(self, wanted: Wanted) -> None:
        """Put together what would be sent, and look for what could name somebody."""
        desk = self._desk
        self.wanted = wanted

        def look() -> Draft:
            from cqcmock.services import packing

            return packing.draft(desk.library, wanted, desk.clock)

        def looked(draft: Draft) -> None:
            self._looking = None
            self.looked.emit(draft)

        def failed(error: UserError) -> None:
            if self._looking is task:  # and has not been stopped meanwhile
                self.stop()
                self.not_looked.emit(error)

        task = self._looking = desk.tasks.background(look, then=looked, failed=failed, owner=self)

    def stop(self) -> None:
        """Nobody wants to know any more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = self.wanted = None

    def offer_words(self) -> None:
        """Draw six words."""

        def offer() -> str:
            from cqcmock.services import packing

            return packing.offered_passphrase()

        self._desk.tasks.background(offer, then=self.offered.emit, owner=self)

    def check(self, words: str) -> None:
        """See whether these could be guessed. Takes up to 50 ms: of several typed meanwhile the last are looked at."""
        self._to_check = words
        if not self._checking:
            self._check_next()

    def _check_next(self) -> None:
        words, self._checking = self._to_check, True

        def check() -> str:
            from cqcmock.services import packing

            try:
                packing.check_passphrase(words)
            except UserError as error:
                return str(error)
            return ""

        def came(problem: str) -> None:
            self._checking = False
            if words == self._to_check:
                self.checked.emit(words, problem)
            else:
                self._check_next()

        self._desk.tasks.background(check, then=came, failed=lambda error: came(str(error)), owner=self)

    def seal(self, draft: Draft, decisions: Mapping[str, Decision], path: Path, passphrase: str, address: str) -> None:
        """Seal the pack and write it. In the database lane, because the library keeps what opens its return."""
        desk, telling = self._desk, Told()
        telling.said.connect(self.told, Qt.ConnectionType.QueuedConnection)

        def seal() -> MadePack:
            from cqcmock.services import packing

            return packing.seal(
                desk.library,
                draft,
                decisions,
                path,
                desk.clock,
                passphrase=passphrase,
                address=address,
                told=telling.said.emit,
            )

        desk.tasks.database(seal, then=self.made.emit, failed=self.not_made.emit, doing="Sealing the pack…", owner=self)
