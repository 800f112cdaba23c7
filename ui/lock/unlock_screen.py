"""The library is locked: the words that open it, or the council's key, and nothing else of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from cqcmock.errors import UserError
from ui.announce import announce
from ui.desk import Desk
from ui.lock.words_line import WordsLine
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, lead_label, problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.paths import Location
    from cqcmock.services.locking import LockStatus

TITLE = "Your library is locked"
AT_THE_START = "Type the six recovery words to open it. They are on the paper that was printed when it was locked."
LOCKED_NOW = "Everything that you typed is saved. Type the six recovery words to go on."
LOCKING = "Locking. What you typed is being saved."
STILL_OPEN = (
    "Something is not saved yet. It is kept where nobody can see it, and saved as soon as that is possible: leave the "
    "program open."
)
UNLOCKING = "Unlocking…"
TRUST = "Do not ask on this computer again"
TRUST_HINT = "Whoever signs in to it as you can then open the library, but for after “Lock now”."
NO_PAPER = (
    "Without the paper there are three ways. If your council gave its own key when the library was locked, whoever "
    "keeps that key can open it here. If a backup was made in a second place before it was locked, it may open without "
    "these words. Otherwise nobody can open it, and neither can the people who made this program."
)
NOT_TRUSTED = "Your library is open, but this computer will ask for the words again. {}"
_WIDEST_EMS = 46.0


class UnlockScreen(Screen):
    """`unlocked` carries the Location with its key. What was typed stays until it does."""

    unlocked = Signal(object)
    whole_width = True

    def __init__(self, desk: Desk, *, at_start: bool) -> None:
        super().__init__()
        self._desk = desk
        self._at_start = at_start
        self._working = False
        self.page = ScrollPage(widest=_WIDEST_EMS, top=2.5)
        self.title: TextLabel = heading(TITLE)
        self.about: TextLabel = lead_label(AT_THE_START if at_start else LOCKED_NOW)
        self.words = WordsLine()
        self.trust = QCheckBox(TRUST)
        self.trust.setAccessibleDescription(TRUST_HINT)
        self.trust_hint: TextLabel = small_label(TRUST_HINT)
        self.problem: TextLabel = problem_label()
        self.button = primary_button("Unlock", self.unlock)
        self.no_paper = link_button("I do not have the paper", self._show_ways)
        self.key_file = link_button("Use the council’s key file…", self.choose_key_file)
        self.ways: TextLabel = wrapped_label(NO_PAPER)
        self._lay_out()
        self.words.entered.connect(self.unlock)
        self.words.typed.connect(lambda: self._say_problem(""))

    def _lay_out(self) -> None:
        card = Card()
        for part in (self.words, self.trust, self.trust_hint, self.problem):
            card.body.addWidget(part)
        card.body.addLayout(button_row(self.button, self.key_file))
        spaced(card.body, gap=0.8, margins=(1.6, 1.4, 1.6, 1.4))
        column = self.page.column
        for widget in (self.title, self.about, card, self.no_paper, self.ways):
            column.addWidget(widget)
        column.setAlignment(self.no_paper, Qt.AlignmentFlag.AlignLeft)
        for hidden in (self.trust, self.trust_hint, self.problem, self.key_file, self.ways):
            hidden.hide()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)

    def arrived(self) -> None:
        """Work begins with the words."""
        desk = self._desk

        def look() -> LockStatus:
            from cqcmock.services import locking

            return locking.status(desk.place)

        desk.tasks.background(look, then=self._show_status, owner=self)
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_locking(self, locking: bool) -> None:
        """What was typed is being saved, or is saved: only then can it be unlocked."""
        self._set_working(locking, LOCKING)
        if not locking:
            self.about.setText(LOCKED_NOW)

    def show_still_open(self) -> None:
        """It is locked for everybody who sits here, but something could not be saved yet."""
        self._set_working(False, "")
        self.about.setText(STILL_OPEN)

    def _show_status(self, status: LockStatus) -> None:
        offered = status.keyring and (self._at_start or not status.ways.computer)
        self.trust.setVisible(offered)
        self.trust_hint.setVisible(offered)
        self.key_file.setVisible(status.ways.escrow)
        self.filled.emit()

    def _show_ways(self) -> None:
        shown = self.ways.isHidden()
        self.ways.setVisible(shown)
        if shown:
            announce(self.ways, NO_PAPER)
            self.page.bring(self.ways)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter unlocks from wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.unlock()
        else:
            super().keyPressEvent(event)

    # --- unlocking

    def unlock(self) -> None:
        """Try the words."""
        if self._working:
            return
        typed = self.words.words
        if not typed.strip():
            self._say_problem("No words yet.")
            self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def unlock(place: Location) -> Location:
            from cqcmock.services import locking

            return locking.unlock(place, typed)

        self._try(unlock)

    def choose_key_file(self) -> None:
        """Ask for the file with the secret key of the council."""
        self._desk.messages.choose_open_file("The council’s key file", "Every file (*)", self._with_key_file)

    def _with_key_file(self, path: Path) -> None:
        def unlock(place: Location) -> Location:
            from cqcmock.services import locking, recovery_words

            return locking.unlock_by_escrow(place, recovery_words.secret_in(path))

        if not self._working:
            self._try(unlock)

    def _try(self, unlock: Callable[[Location], Location]) -> None:
        desk, trust = self._desk, not self.trust.isHidden() and self.trust.isChecked()
        untrusted: list[UserError] = []
        self._set_working(True, UNLOCKING)

        def work() -> Location:
            from cqcmock.services import locking

            place = unlock(desk.place)
            if trust:
                try:
                    locking.trust_computer(place, trusted=True)
                except UserError as error:
                    untrusted.append(error)
            return place

        def opened(place: Location) -> None:
            for error in untrusted:
                desk.messages.tell(UserError(NOT_TRUSTED.format(error.what_happened), error.what_to_do))
            self._forget()
            self.unlocked.emit(place)

        desk.tasks.database(work, then=opened, failed=self._not_opened, doing="Unlocking the library", owner=self)

    def _not_opened(self, error: UserError) -> None:
        self._set_working(False, "")
        self._say_problem(str(error))
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Nothing of the words stays: not here, and not in a clipboard from which they were pasted."""
        typed, clipboard = self.words.words.strip(), QGuiApplication.clipboard()
        if typed and clipboard.text().strip() == typed:
            clipboard.clear()
        self.words.forget()

    def _set_working(self, working: bool, doing: str) -> None:
        self._working = working
        for part in (self.words, self.button, self.key_file, self.trust):
            part.setEnabled(not working)
        if working:
            self._say_problem("")
            self.button.setText(doing)
            announce(self.button, doing)
        else:
            self.button.setText("Unlock")
            self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_problem(self, problem: str) -> None:
        if problem != self.problem.text():
            self.problem.setText(problem)
            if problem:
                announce(self.problem, problem, at_once=True)
        self.problem.setVisible(bool(problem))
