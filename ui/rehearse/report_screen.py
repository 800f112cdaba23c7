"""The feedback report: seen as it will be printed, saved as a file that somebody chose to make, or printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.domain.interview import Phase
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.rehearse.page_view import PageView, draw
from ui.rehearse.printing import print_pages
from ui.rehearse.report_making import (
    STEPS,
    Report,
    ToReport,
    file_name,
    make_report,
    read_sitting,
    save_report,
    tell_trail,
)
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.tasks import Progress, Task
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.who_can_see import WhoCanSee

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cqcmock.domain.hearing import PersonalData

PDF_KIND, HTML_KIND = "PDF (*.pdf)", "Web page (*.html)"
WIDEST_EMS = 64.0
MOST_NAMED = 5


class ReportScreen(Screen):
    """Emits where somebody wants to go from here."""

    home_wanted = Signal()
    marks_wanted = Signal(str)
    reflection_wanted = Signal(str)
    pack_wanted = Signal(str)
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, sitting_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.sitting_id = sitting_id
        self.report: Report | None = None
        self._work: Task[Any] | None = None
        self._saved_in: Path | None = None
        self._shown = False
        self._stale = False
        self._lay_out()
        commands.handle(CommandId.SAVE_REPORT, self.save_pdf, screen=self, enabled_when=self._ready)
        commands.handle(CommandId.PRINT_REPORT, self.print_it, screen=self, enabled_when=self._ready)
        commands.handle(CommandId.NEW_PACK, self.send.click, screen=self, enabled_when=lambda: not self.send.isHidden())
        desk.signals.changed.connect(self._changed)
        self.make()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        head = sized(QWidget(), max_width=WIDEST_EMS)
        top = spaced(QVBoxLayout(head), gap=0.5)
        title = spaced(QHBoxLayout(), gap=0.8)
        title.addWidget(heading("Feedback report"), 1)
        self.home = link_button("Back to home", self.home_wanted.emit)
        title.addWidget(self.home)
        top.addLayout(title)
        self.about = wrapped_label(quiet=True)
        top.addWidget(self.about)
        self.seen = WhoCanSee(self._desk, "these answers")
        top.addWidget(self.seen)
        deeds = QWidget()
        flow = spaced(FlowLayout(deeds), gap=0.4)
        self.save = primary_button("Save as PDF…", self.save_pdf)
        self.save_page = secondary_button("Save as a web page…", self.save_html)
        self.print_button = secondary_button("Print…", self.print_it)
        self.mark = secondary_button("Mark my answers", lambda: self.marks_wanted.emit(self.sitting_id))
        self.reflect = secondary_button("Reflect on it", lambda: self.reflection_wanted.emit(self.sitting_id))
        self.send = secondary_button("Send to a peer reviewer…", lambda: self.pack_wanted.emit(self.sitting_id))
        for button in (self.save, self.save_page, self.print_button, self.send, self.mark, self.reflect):
            flow.addWidget(button)
        for button in (self.save, self.save_page, self.print_button):
            button.setEnabled(False)
        self.send.hide()
        self.mark.hide()
        self.reflect.hide()
        top.addWidget(deeds)
        self.leave_out = QCheckBox("&Leave out what could name somebody")
        self.leave_out.setChecked(True)
        self.leave_out.toggled.connect(lambda _: self.make())
        self.private = wrapped_label(quiet=True)
        for part in (self.leave_out, self.private):
            top.addWidget(part)
            part.hide()
        self._make_state(top)
        self.pages = PageView(self._desk.tasks, head)
        whole.addWidget(self.pages, 1)

    def _make_state(self, top: QVBoxLayout) -> None:
        """Below the buttons: what is going on, what was done, what went wrong."""
        self.busy = QWidget()
        row = spaced(QHBoxLayout(self.busy), gap=0.6)
        self.doing = wrapped_label()
        self.bar = sized(QProgressBar(), max_width=16.0)
        self.bar.setTextVisible(False)
        self.stop_button = secondary_button("Stop", self.stop)
        row.addWidget(self.doing)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        self.told = QWidget()
        row = spaced(QHBoxLayout(self.told), gap=0.6)
        self.done_words = wrapped_label()
        self.open_folder_button = secondary_button("Open the folder", self.open_folder)
        row.addWidget(self.done_words, 1)
        row.addWidget(self.open_folder_button)
        self.trouble = QWidget()
        row = spaced(QHBoxLayout(self.trouble), gap=0.6)
        self.problem = problem_label()
        self.again = secondary_button("Try again", self.make)
        row.addWidget(self.problem, 1)
        row.addWidget(self.again)
        for part in (self.busy, self.told, self.trouble):
            top.addWidget(part)
            part.hide()

    def _ready(self) -> bool:
        return self.report is not None and self._work is None

    # --- making the report

    def make(self) -> None:
        """Make the report, from the sitting as it is now."""
        self._stale = self._work is not None
        if self._stale:
            return
        self._say_nothing()
        progress = self._begin("Making the report")
        self._work = self._desk.tasks.database(
            lambda: read_sitting(self._desk, self.sitting_id),
            then=lambda found: self._make_of(found, progress),
            failed=self._not_made,
            owner=self,
        )

    def _make_of(self, found: ToReport, progress: Progress) -> None:
        self._show_private(found.private)
        leave_out = self.leave_out.isChecked()
        settings, today = self._desk.settings, self._desk.clock.today()
        where = "Nothing leaves this computer until you save or print it."
        self.about.setText(f"{found.sitting.title}. Made on {english.day(today)}. {where}")

        def work() -> Report:
            return make_report(found, settings, self._desk, progress, leave_out=leave_out)

        self._work = self._desk.tasks.background(
            work, then=self._made, failed=self._not_made, owner=self, progress=progress
        )

    def _show_private(self, private: tuple[PersonalData, ...]) -> None:
        words = english.listed_in_quotes([data.text for data in private[:MOST_NAMED]])
        more = f" and {len(private) - MOST_NAMED} more" if len(private) > MOST_NAMED else ""
        self.private.setText(f"Somebody could be recognised by {words}{more}.")
        for part in (self.leave_out, self.private):
            part.setVisible(bool(private))

    def _made(self, report: Report) -> None:
        self._end()
        self.report = report
        self.seen.show_for(self.sitting_id)
        self.pages.show_pages(report.pdf, report.sizes, report.words)
        self.send.setVisible(report.can_be_sent)
        phase = report.sitting.state.phase
        self.mark.setVisible(phase is Phase.OWN_MARKS)
        self.reflect.setVisible(phase in (Phase.OWN_MARKS, Phase.REFLECTION))
        self._refresh()
        announce(self.about, f"The report is ready: {english.count(len(report.sizes), 'page')}.")
        if self._shown:
            self._focus()
        self.filled.emit()

    def _not_made(self, error: UserError) -> None:
        self._end()
        self._say_problem(f"The report could not be made. {error}", again=True)

    def _changed(self, change: Change) -> None:
        of_this = not change.ids or self.sitting_id in change.ids
        touched = change.touches(Subject.SETTINGS, Subject.SITTINGS, Subject.ACTIONS)
        if (touched and of_this) or change.touches(Subject.PACKS):
            self.make()

    # --- deeds

    def stop(self) -> None:
        """Stop what is going on; it can be begun again."""
        if self._work is None:
            return
        self._work.cancel()
        self._end()
        self._say_problem("Stopped. Nothing was lost.", again=self.report is None)

    def save_pdf(self) -> None:
        """Ask where to, and save the report as a PDF."""
        self._ask_where("Save the report as a PDF", ".pdf", PDF_KIND)

    def save_html(self) -> None:
        """Ask where to, and save the report as a page for a browser."""
        self._ask_where("Save the report as a web page", ".html", HTML_KIND)

    def _ask_where(self, title: str, suffix: str, kind: str) -> None:
        if self.report is not None and self._work is None:
            suggestion = file_name(self.report.sitting, suffix)
            self._desk.messages.choose_save_file(title, suggestion, kind, self._save_to)

    def _save_to(self, path: Path) -> None:
        report, settings = self.report, self._desk.settings
        if report is None or self._work is not None:
            return
        self._say_nothing()
        self._begin("Saving the report", can_stop=False)
        self._work = self._desk.tasks.background(
            lambda: save_report(report, path, settings, self._desk),
            then=lambda content: self._saved(path, report, content),
            failed=self._not_saved,
            owner=self,
        )

    def _saved(self, path: Path, report: Report, content: bytes) -> None:
        self._tell(report, content)
        self._end()
        self._saved_in = path.absolute().parent
        self.done_words.setText(f"Saved as {path.name} in {self._saved_in}.")
        self.open_folder_button.show()
        self._say_done()

    def _not_saved(self, error: UserError) -> None:
        self._end()
        self._say_problem(f"Not saved. {error}")

    def open_folder(self) -> None:
        """Show the folder with the saved report in the system's own file window."""
        if self._saved_in is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_in))):
            self._say_problem(f"The folder could not be opened from here. It is {self._saved_in}.")

    def print_it(self) -> None:
        """Ask for a printer, and print the report there."""
        if self.report is not None and self._work is None:
            self._desk.messages.choose_printer(len(self.report.sizes), self._print_on)

    def _print_on(self, printer: QPrinter) -> None:
        report = self.report
        if report is None or self._work is not None:
            return
        self._say_nothing()
        progress = self._begin("Sending the report to the printer")
        self._work = self._desk.tasks.background(
            lambda: print_pages(
                printer, report.sizes, lambda number, scale: draw(report.pdf, number, scale), progress.report
            ),
            then=lambda sheets: self._printed(sheets, report),
            failed=self._not_printed,
            owner=self,
            progress=progress,
        )

    def _printed(self, sheets: int, report: Report) -> None:
        self._tell(report, report.pdf)
        self._end()
        self.done_words.setText(f"{english.count(sheets, 'page')} sent to the printer.")
        self.open_folder_button.hide()
        self._say_done()

    def _tell(self, report: Report, content: bytes) -> None:
        """Note in the trail that there is a report now, which whoever has it can see."""
        self._desk.tasks.database(
            lambda: tell_trail(report, content, self._desk), then=lambda _: self.seen.read_again(), owner=self
        )

    def _not_printed(self, error: UserError) -> None:
        self._end()
        self._say_problem(f"Not printed. {error}")

    # --- what is going on

    def _begin(self, doing: str, *, can_stop: bool = True) -> Progress:
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self.doing.setText(f"{doing}…")
        self.bar.setAccessibleName(doing)
        self.bar.setRange(0, STEPS)
        self.bar.setValue(0)
        self.bar.setVisible(can_stop)
        self.stop_button.setVisible(can_stop)
        self.busy.show()
        self._commands.refresh()
        return progress

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self) -> None:
        self._work = None
        self.busy.hide()
        self._refresh()
        if self._stale:  # something changed meanwhile
            QTimer.singleShot(0, self, self.make)

    def _refresh(self) -> None:
        for button in (self.save, self.save_page, self.print_button):
            button.setEnabled(self.report is not None)
        self._commands.refresh()

    def _say_problem(self, words: str, *, again: bool = False) -> None:
        self.problem.setText(words)
        self.again.setVisible(again)
        self.trouble.show()
        self._bring_into_view(self.trouble)
        announce(self.trouble, words, at_once=True)
        if again:
            self.again.setFocus()

    def _say_done(self) -> None:
        self.told.show()
        self._bring_into_view(self.told)
        announce(self.told, self.done_words.text())

    def _bring_into_view(self, part: QWidget) -> None:
        QTimer.singleShot(0, part, lambda: self.pages.ensureWidgetVisible(part))

    def _say_nothing(self) -> None:
        self.told.hide()
        self.trouble.hide()

    def may_close(self) -> bool:
        """What is being made can be made again; what is being written to a file ends first."""
        if self.stop_button.isVisibleTo(self):
            self.stop()
        return True

    def _focus(self) -> None:
        (self.save if self.report is not None else self.stop_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrived(self) -> None:
        """Straight to the button once there is something to save."""
        self._shown = True
        self._focus()
