"""The one door for everything that the program says to a person, or asks.

Messages are shown inline, in the window's banner area. Nothing else makes a message box or a file dialog, so a test
stands in for this class and sees every word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cqcmock.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QDialog

SAID = "said"
PROBLEM = "problem"


class Kind(StrEnum):
    """How a message is meant."""

    DONE = "done"
    NOTICE = "notice"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What can be done about a message: the words on the button, and the deed. It also takes the message away."""

    title: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; a later one of the same `key` takes its place."""

    key: str
    text: str
    kind: Kind
    action: Action | None = None


class Messages(QObject):
    """Says and asks. Listens to nobody; the banner area shows what it emits."""

    shown = Signal(Message)
    cleared = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way_on: Callable[[UserError], Action | None] = lambda _: None
        """What can be done about something that went wrong, where whoever met it does not know."""
        self._current: dict[str, Message] = {}
        self._dialogs: list[QDialog] = []

    @property
    def current(self) -> tuple[Message, ...]:
        """The messages that are on screen, oldest first."""
        return tuple(self._current.values())

    def say(self, text: str, kind: Kind = Kind.DONE, *, action: Action | None = None) -> None:
        """Say something in passing: it stays until it is dismissed or the next one is said."""
        self._show(Message(key=SAID, text=text, kind=kind, action=action))

    def tell(self, error: UserError) -> None:
        """Say what went wrong, and what to do."""
        self._show(Message(key=PROBLEM, text=str(error), kind=Kind.PROBLEM, action=self.way_on(error)))

    def keep(self, key: str, text: str, kind: Kind = Kind.NOTICE, *, action: Action | None = None) -> None:
        """Show something that lasts until `clear(key)`, its action or the person takes it away."""
        self._show(Message(key=key, text=text, kind=kind, action=action))

    def clear(self, key: str) -> None:
        """Take a message away, if it is there."""
        if self._current.pop(key, None) is not None:
            self.cleared.emit(key)

    def clear_all(self) -> None:
        """Take every message away, and every dialog without an answer: somebody else may come to the screen."""
        for key in tuple(self._current):
            self.clear(key)
        while self._dialogs:
            dialog = self._dialogs.pop()
            dialog.blockSignals(True)  # nobody answered: whoever asked hears nothing
            dialog.close()
            dialog.deleteLater()

    def ask(self, question: str, *, yes: str, no: str, then: Callable[[bool], None], detail: str = "") -> None:
        """Ask something that cannot be undone afterwards, and call `then` with the answer. Escape means no."""
        from ui import dialogs

        self._open(dialogs.question(question, yes=yes, no=no, then=then, detail=detail))

    def choose_save_file(self, title: str, suggestion: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask where to save: `kinds` is a Qt name filter such as `PDF (*.pdf)`. `then` is not called on cancel."""
        from ui import dialogs

        self._open(dialogs.save_file(title, suggestion, kinds, then))

    def choose_open_file(self, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask which file to open. `then` is not called on cancel."""
        from ui import dialogs

        self._open(dialogs.open_file(title, kinds, then))

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Ask for a folder. `then` is not called on cancel."""
        from ui import dialogs

        self._open(dialogs.folder(title, then))

    def choose_printer(self, pages: int, then: Callable[[QPrinter], None]) -> None:
        """Ask on which printer to print which of so many pages. `then` is not called on cancel."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        from PySide6.QtWidgets import QApplication, QDialog

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, QApplication.activeWindow())
        dialog.setMinMax(1, pages)
        dialog.accepted.connect(lambda: then(printer))  # which also keeps the printer while the dialog is open
        self._dialogs.append(dialog)
        dialog.finished.connect(lambda _: self._closed(dialog))
        QDialog.open(dialog)  # its own `open` wants a slot, and hides this one

    def _open(self, dialog: QDialog) -> None:
        self._dialogs.append(dialog)  # nothing else holds one that has no window to belong to
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        self._dialogs.remove(dialog)
        dialog.deleteLater()

    def _show(self, message: Message) -> None:
        self._current.pop(message.key, None)
        self._current[message.key] = message
        self.shown.emit(message)
