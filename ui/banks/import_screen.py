"""Bringing questions in from a file: looked at first, then taken in as a whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.banks import deeds
from ui.banks.copyable_lines import CopyableLines
from ui.banks.dropping import dropped_file
from ui.banks.import_where import WhereCard
from ui.banks.import_words import Seen, lines, needs_roles, summary
from ui.banks.reading import Choices, read_choices
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Kind
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.tasks import Progress, StoppedError, Task
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.bank_editing import Deed

OPEN_KINDS = "Question files (*.xlsx *.csv *.toml *.xml *.gift);;Every file (*)"
TEMPLATE_KINDS = "Excel workbook (*.xlsx);;CSV table (*.csv)"
ABOUT = (
    "Questions come in from a spreadsheet (.xlsx or .csv), a question bank (.toml), or from Moodle (.xml or .gift). "
    "You see first what a file would do. Nothing changes until you press Import."
)
NO_FILE = "No file is chosen yet. You can also drop one on this window."


class ImportScreen(Screen):
    """`done` carries the deed once the questions are in the library; `left_for_now` when somebody goes back."""

    done = Signal(object)
    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, path: Path | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._path: Path | None = path
        self.seen: Seen | None = None
        self._looked = 0
        self._looking: Task[Seen] | None = None
        self._progress: Progress | None = None
        self.setAcceptDrops(True)
        self.page = ScrollPage(gap=0.9)
        self._lay_out()
        commands.handle(CommandId.IMPORT_QUESTIONS, self.choose_file, screen=self, enabled_when=self._idle)
        desk.signals.changed.connect(self._changed)
        self._show_seen()
        self._read_choices()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        whole.addWidget(self.page, 1)
        column = self.page.column
        column.addWidget(heading("Import questions"))
        column.addWidget(wrapped_label(ABOUT, quiet=True))
        self.file_card = Card("The file")
        self.file_name = wrapped_label(NO_FILE)
        self.file_card.body.addWidget(self.file_name)
        self.choose = primary_button("Choose a file…", self.choose_file)
        self.again = secondary_button("Read the file again", self.look)
        self.template = secondary_button("Get a spreadsheet to fill in…", self.get_template)
        self.file_card.add_buttons(self.choose, self.again, self.template)
        column.addWidget(self.file_card)
        self.where_card = WhereCard()
        self.where_card.changed.connect(self.look)
        column.addWidget(self.where_card)
        column.addWidget(self._make_preview())
        self._make_foot(whole)

    def _make_preview(self) -> QWidget:
        self.preview_card = Card("What the import will do")
        self.told = wrapped_label()
        self.list = CopyableLines("What the file holds, and every mistake in it")
        sized(self.list, min_height=10.0)
        self.copy = secondary_button("Copy the whole list", self._copy_all)
        self.preview_card.body.addWidget(self.told)
        self.preview_card.body.addWidget(self.list)
        self.preview_card.add_buttons(self.copy)
        return self.preview_card

    def _make_foot(self, whole: QVBoxLayout) -> None:
        foot = QWidget()
        across = spaced(QHBoxLayout(foot), gap=0, margins=(2.5, 0.5, 2.5, 1.2))
        inside = sized(QWidget(), max_width=60.0)
        column = spaced(QVBoxLayout(inside), gap=0.4)
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        self.busy = QWidget()
        row = spaced(QHBoxLayout(self.busy), gap=0.6)
        self.doing = TextLabel(wrap=False)
        self.bar = sized(QProgressBar(), max_width=16.0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Importing")
        self.stop_button = secondary_button("Stop", self.stop)
        row.addWidget(self.doing)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        column.addWidget(self.busy)
        self.busy.hide()
        self.import_button = primary_button("Import", self.import_it)
        self.back = link_button("Back to the questions", self.left_for_now.emit)
        column.addLayout(button_row(self.import_button, self.back))
        across.addWidget(inside, 1)
        whole.addWidget(foot)

    # --- coming and going

    def arrived(self) -> None:
        """Work begins with the file; with what it would do, where it is chosen already."""
        (self.choose if self._path is None else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def may_close(self) -> bool:
        """What is being taken in comes to its end, or is stopped, first."""
        if self._progress is None:
            return True
        self._desk.messages.say("The questions are still coming in. Wait a moment, or press Stop.", Kind.NOTICE)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _idle(self) -> bool:
        return self._progress is None

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.BANKS) and self.isVisible() and self._idle():
            self._read_choices()

    def _read_choices(self) -> None:
        desk = self._desk
        desk.tasks.database(lambda: read_choices(desk), then=self._offer, owner=self)

    def _offer(self, choices: Choices | None) -> None:
        if choices is None:
            return
        self.where_card.offer(choices)
        tab_through(self.file_card, self.where_card, self.preview_card, self.stop_button, self.import_button, self.back)
        if self._path is not None:
            self.look()
        else:
            self.filled.emit()

    # --- the file

    def choose_file(self) -> None:
        """Ask which file."""
        if self._idle():
            self._desk.messages.choose_open_file("Which file holds the questions?", OPEN_KINDS, self.take)

    def take(self, path: Path) -> None:
        """Look at this file."""
        self._path = path
        self.where_card.begin()
        self.look()

    def look(self) -> None:
        """Read the file, and show what it would do; an answer to an earlier look is never shown after this."""
        path, desk = self._path, self._desk
        if path is None or not self._idle():
            return
        self._looked += 1
        number, into, roles = self._looked, self.where_card.bank, self.where_card.roles
        if self._looking is not None:
            self._looking.cancel()
        self.problem.hide()
        self.file_name.setText(f"Reading {path.name}…")
        self.import_button.setEnabled(False)

        def look() -> Seen:
            from cqcmock.services import bank_files, banks

            preview = bank_files.preview(desk.library, path, desk.clock, into=into, roles=roles)
            if preview.bank is None or not preview.changed:
                return Seen(preview=preview, before={})
            there = banks.show_bank(desk.library, preview.bank.id).questions
            return Seen(preview=preview, before={question.id: question for question in there})

        def failed(error: UserError) -> None:
            if number == self._looked:
                self.seen = None
                self._show_seen()
                self._say_problem(error)
                self.filled.emit()

        self._looking = desk.tasks.database(look, then=self._came, failed=failed, owner=self)

    def _came(self, seen: Seen) -> None:
        first = self.seen is None
        self.seen = seen
        self._show_seen()
        announce(self.told, self.told.text())
        if needs_roles(seen.preview) and self.isVisible():
            self.where_card.focus_who()
            self.page.bring(self.where_card.first_tick)
        elif first and self.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(self.list)
        self.filled.emit()

    def _show_seen(self) -> None:
        seen, path = self.seen, self._path
        self.file_name.setText(f"{path.name}, in {path.absolute().parent}" if path is not None else NO_FILE)
        self.again.setEnabled(path is not None)
        self.where_card.setVisible(seen is not None)
        self.preview_card.setVisible(seen is not None)
        self.where_card.ask_who(seen is not None and needs_roles(seen.preview))
        possible = seen is not None and seen.preview.does_something
        self.choose.setProperty("kind", "secondary" if seen is not None else "primary")
        self.choose.style().polish(self.choose)
        self.import_button.setVisible(seen is not None)
        self.import_button.setEnabled(possible)
        if seen is None:
            return
        self.told.setText(summary(seen.preview))
        words = lines(seen)
        self.list.show_lines(words)
        self.list.setVisible(bool(words))
        self.copy.setVisible(bool(words))
        self.preview_card.title.setText("What to mend" if seen.preview.problems else "What the import will do")

    def _copy_all(self) -> None:
        self.list.copy_all()
        self._desk.messages.say("The list is copied. You can paste it into a message or a document.")

    def _say_problem(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        announce(self.problem, str(error), at_once=True)

    def get_template(self) -> None:
        """Ask where to, and write a spreadsheet with two questions as an example."""
        self._desk.messages.choose_save_file(
            "Save a spreadsheet to fill in", "Questions to fill in.xlsx", TEMPLATE_KINDS, self._write_template
        )

    def _write_template(self, path: Path) -> None:
        desk = self._desk

        def write() -> None:
            from cqcmock.services import bank_files

            bank_files.write_template(path)

        def written(_: None) -> None:
            desk.messages.say(f"{path.name} is in {path.absolute().parent}. Fill it in, save it, and choose it here.")

        desk.tasks.background(write, then=written, owner=self)

    # --- taking it in

    def import_it(self) -> None:
        """Take in all of it, or nothing."""
        seen, desk = self.seen, self._desk
        if seen is None or not seen.preview.does_something or not self._idle():
            return
        progress = self._begin(len(seen.preview.added) + len(seen.preview.changed))

        def work() -> Deed | None:
            from cqcmock.services import bank_files

            try:
                return bank_files.take_in(desk.library, seen.preview, desk.clock, progress.report)
            except StoppedError:
                return None

        desk.tasks.database(work, then=lambda deed: self._ended(seen, deed), failed=self._failed, owner=self)

    def stop(self) -> None:
        """Stop taking it in: then nothing of it is in the library."""
        if self._progress is not None:
            self.doing.setText("Stopping…")
            self._progress.stop()

    def _begin(self, total: int) -> Progress:
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self._progress = progress
        self.doing.setText("Importing…")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(0)
        self.problem.hide()
        self.busy.show()
        for part in (self.file_card, self.where_card, self.import_button, self.back):
            part.setEnabled(False)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._commands.refresh()
        return progress

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _end(self) -> None:
        self._progress = None
        for part in (self.file_card, self.where_card, self.import_button, self.back):
            part.setEnabled(True)
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.busy.hide()
        self._commands.refresh()

    def _ended(self, seen: Seen, deed: Deed | None) -> None:
        self._end()
        if deed is None:
            self._desk.messages.say("Stopped. Nothing was taken in.")
            return
        preview = seen.preview
        parts = ((preview.added, "added"), (preview.changed, "changed"), (preview.taken_out, "taken out"))
        told = ", ".join(f"{len(part):,} {word}" for part, word in parts if part)
        bank = preview.bank.title if preview.bank is not None else preview.file
        self._path = self.seen = None  # it is done: nothing of it is shown again, whatever is told now
        self._show_seen()
        deeds.did(self._desk, deed, f"“{bank}” is imported: {told or count(0, 'question')}.")
        self.done.emit(deed)

    def _failed(self, error: UserError) -> None:
        self._end()
        self._say_problem(error)

    # --- a file that is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped here."""
        if self._idle() and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Look at the file that was dropped."""
        path = dropped_file(event.mimeData())
        if path is not None and self._idle():
            event.acceptProposedAction()
            self.take(path)
