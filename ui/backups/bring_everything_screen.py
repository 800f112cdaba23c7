"""Everything from another computer: the sealed copy, the six words, what is inside, and then all of it is here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.errors import UserError
from ui.announce import announce
from ui.backups.progress_row import ProgressRow
from ui.desk import Desk
from ui.lock.words_line import WordsLine
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.tasks import Progress
from ui.widgets.buttons import make_primary, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, lead_label, problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.restoring import Restored
    from cqcmock.services.sealed_backups import Manifest
    from ui.library_door import LibraryDoor

TITLE: Final = "Bring everything from another computer"
ABOUT: Final = (
    "You need the stick or drive on which the copies lie, and the paper with the six words. Nothing on this computer "
    "changes until you have seen what is inside."
)
WHICH_FILE: Final = "Its name begins with “cqcmock-backup-”, then comes the date, and it ends in “.age”."
KINDS: Final = "Sealed copies (*.age);;Every file (*)"
NO_FILE: Final = "No file has been chosen yet."
CHOOSE_FIRST: Final = "Choose the file first."
NO_WORDS: Final = "No words yet."
OPENING: Final = "Opening it with your words…"
BRINGING: Final = "Bringing everything here. Please leave the stick where it is."
ASIDE: Final = "What is on this computer now is not deleted: it is put aside in a folder of its own."
LEFT_OUT: Final = "Packs that could not be read when it was made, and are not in it: {}."
_WIDEST_EMS = 46.0


class BringEverythingScreen(Screen):
    """`done` carries what was Restored, `left_for_now` where everything is as it was."""

    done = Signal(object)
    left_for_now = Signal()
    whole_width = True

    def __init__(self, desk: Desk, door: LibraryDoor) -> None:
        super().__init__()
        self._desk = desk
        self._door = door
        self._file: Path | None = None
        self._opened: tuple[Path, str] | None = None
        self._working = False
        self._progress: Progress | None = None
        self.page = ScrollPage(widest=_WIDEST_EMS, top=2.0)
        self.file: TextLabel = wrapped_label(NO_FILE)
        self.choose = primary_button("Choose the file…", self.choose_file)
        self.words = WordsLine()
        self.problem: TextLabel = problem_label()
        self.look = secondary_button("Look inside", self.look_inside)
        self.back = secondary_button("Not now", self.left_for_now.emit)
        self.inside = Card("What is inside")
        self.holds: TextLabel = lead_label()
        self.left_out: TextLabel = wrapped_label()
        self.bring = primary_button("Bring everything here", self.bring_it)
        self.progress = ProgressRow(self._stop)
        self._lay_out()
        self.words.entered.connect(self.look_inside)
        self.words.typed.connect(self._forget_what_was_seen)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(heading("The copy", 3))
        card.body.addWidget(self.file)
        card.body.addWidget(small_label(WHICH_FILE))
        card.body.addLayout(button_row(self.choose))
        for part in (self.words, self.problem):
            card.body.addWidget(part)
        card.body.addLayout(button_row(self.look, self.back))
        spaced(card.body, gap=0.8, margins=(1.6, 1.4, 1.6, 1.4))
        for label in (self.holds, self.left_out, wrapped_label(ASIDE)):
            self.inside.body.addWidget(label)
        self.inside.body.addLayout(button_row(self.bring))
        self.inside.body.addWidget(self.progress)
        spaced(self.inside.body, gap=0.8, margins=(1.6, 1.4, 1.6, 1.4))
        for widget in (heading(TITLE), wrapped_label(ABOUT), card, self.inside):
            self.page.column.addWidget(widget)
        self.problem.hide()
        self.inside.hide()
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)

    def arrived(self) -> None:
        """Work begins with the file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def may_close(self) -> bool:
        """Not while everything is being put in its place."""
        return not self._working

    def rest(self) -> Rest:
        """Nothing has come yet: it can be begun again."""
        return Rest.AT_WORK if self._working else Rest.OVER

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape means not now."""
        if event.key() == Qt.Key.Key_Escape and not self._working:
            self.left_for_now.emit()
        else:
            super().keyPressEvent(event)

    # --- the file, and what is inside

    def choose_file(self) -> None:
        """Ask which file it is."""
        self._desk.messages.choose_open_file("The sealed copy", KINDS, self._chosen)

    def _chosen(self, file: Path) -> None:
        self._file = file
        self.file.setText(str(file))
        make_primary(self.choose, False)
        make_primary(self.look, True)
        self.choose.setText("Choose another file…")
        self.choose.setAccessibleName(self.choose.text())
        self._forget_what_was_seen()
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_inside(self) -> None:
        """Open it with the words, and say what it holds."""
        if self._working:
            return
        file, words = self._file, self.words.words
        if file is None:
            self._say_problem(CHOOSE_FIRST)
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not words.strip():
            self._say_problem(NO_WORDS)
            self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._say_problem("")
        self._set_working(True)
        self.look.setText(OPENING)
        announce(self.look, OPENING)

        def look() -> tuple[Manifest, str]:
            from cqcmock.services import restoring

            seen = restoring.preview(file, words=words)
            return seen, restoring.in_words(seen)

        def came(seen: tuple[Manifest, str]) -> None:
            self._set_working(False)
            self._opened = file, words
            self._show_inside(*seen)

        self._desk.tasks.background(look, then=came, failed=self._not_opened, owner=self)

    def _show_inside(self, manifest: Manifest, in_words: str) -> None:
        self.holds.setText(in_words)
        self.left_out.setText(LEFT_OUT.format(manifest.left_out))
        self.left_out.setVisible(manifest.left_out > 0)
        make_primary(self.look, False)
        self.inside.show()
        self.bring.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring.setAccessibleDescription(f"{in_words} {ASIDE}")
        self.page.bring(self.inside)
        self.filled.emit()

    def _not_opened(self, error: UserError) -> None:
        self._set_working(False)
        self._say_problem(str(error))
        self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_what_was_seen(self) -> None:
        """Other words, or another file: what was seen is no longer what would come."""
        self._say_problem("")
        self._opened = None
        self.inside.hide()
        make_primary(self.look, self._file is not None)

    # --- bringing it

    def bring_it(self) -> None:
        """Put all of it in the place of what is here."""
        if self._opened is None or self._working:
            return
        file, words = self._opened
        progress = self._progress = Progress(self)
        progress.changed.connect(self.progress.show_progress)
        self._set_working(True)
        self.progress.begin(BRINGING)
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.progress.stop_button, BRINGING)
        self.page.bring(self.progress)
        self._door.bring_everything(file, words, progress, self._brought, self._not_brought)

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _brought(self, restored: Restored) -> None:
        self._set_working(False)
        self._forget_words()
        self.done.emit(restored)

    def _not_brought(self, error: UserError) -> None:
        self._set_working(False)
        self._say_problem(str(error))
        self.page.bring(self.problem)
        self.look.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_words(self) -> None:
        """Nothing of the words stays: not here, and not in a clipboard from which they were pasted."""
        typed, clipboard = self.words.words.strip(), QGuiApplication.clipboard()
        if typed and clipboard.text().strip() == typed:
            clipboard.clear()
        self._opened = None
        self.words.forget()

    def _set_working(self, working: bool) -> None:
        self._working = working
        for part in (self.choose, self.words, self.look, self.back, self.bring):
            part.setEnabled(not working)
        if not working:
            self.look.setText("Look inside")
            self.progress.end()

    def _say_problem(self, problem: str) -> None:
        if problem and problem != self.problem.text():
            announce(self.problem, problem, at_once=True)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
