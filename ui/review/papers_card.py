"""Putting something on paper: which, in which print, and saved as a PDF, as a web page, or printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.desk import Desk
from ui.messages import Action
from ui.rehearse.page_view import draw
from ui.rehearse.printing import print_pages
from ui.rehearse.report_screen import HTML_KIND, PDF_KIND
from ui.review.papers import Paper, Render
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.tasks import Progress, Task
from ui.widgets.buttons import literal, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

STOPPED = "Stopped. What has been sent to the printer may still come out."


class PapersCard(Card):
    """Offers what `offer` hands it, until it is written, printed or put away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("On paper")
        self._desk = desk
        self._papers: Sequence[Paper] = ()
        self._back: QWidget | None = None
        self._work: Task[Any] | None = None
        self.key = ""
        self.which = QButtonGroup(self)
        self._which_lines = QWidget()
        spaced(QVBoxLayout(self._which_lines), gap=0.1)
        self.large = QCheckBox("In &large print (18 points)")
        self.doing = wrapped_label(quiet=True)
        self.stop_button = secondary_button("Stop", self.stop)
        self.busy = QWidget()
        row = spaced(QHBoxLayout(self.busy), gap=0.6)
        row.addWidget(self.doing, 1)
        row.addWidget(self.stop_button)
        self.problem = problem_label()
        self.save = secondary_button("Save as PDF…", self.save_pdf)
        self.save_page = secondary_button("Save as a web page…", self.save_html)
        self.print_button = secondary_button("Print…", self.print_it)
        self.close_button = secondary_button("Not now", self.put_away)
        for part in (self._which_lines, self.large, self.busy, self.problem):
            self.body.addWidget(part)
        self.add_buttons(self.save, self.save_page, self.print_button, self.close_button)
        self.which.idToggled.connect(self._chosen)
        for part in (self.busy, self.problem, self):
            part.hide()

    def offer(self, papers: Sequence[Paper], back: QWidget, *, title: str = "On paper", key: str = "") -> None:
        """Offer these; afterwards the keyboard goes back to where it was. `key` says what they are about."""
        self._papers, self._back, self.key = tuple(papers), back, key
        self.title.setText(title)
        self.setAccessibleName(title)
        self._make_lines()
        self.problem.hide()
        self._show_choice()
        self.show()
        tab_through(*self.which.buttons(), self.large, self.stop_button, self.save, self.save_page, self.print_button)
        tab_through(self.print_button, self.close_button)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> QWidget:
        """Where it begins."""
        return self.which.button(0) if len(self._papers) > 1 else self.save

    def _make_lines(self) -> None:
        column = self._which_lines.layout()
        assert column is not None
        for button in self.which.buttons():
            self.which.removeButton(button)
        while (item := column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, paper in enumerate(self._papers):
            button = QRadioButton(literal(paper.label))
            button.setAccessibleName(paper.label)
            button.setAccessibleDescription(paper.meaning)
            self.which.addButton(button, number)
            explained = small_label(paper.meaning)
            column.addWidget(button)
            column.addWidget(explained)
            if len(self._papers) == 1:  # nothing to choose from
                button.hide()
            else:
                explained.setContentsMargins(button.iconSize().width() * 2, 0, 0, 0)
        self.which.button(0).setChecked(True)

    @property
    def paper(self) -> Paper:
        """The one that is chosen."""
        return self._papers[max(0, self.which.checkedId())]

    def _chosen(self, _number: int, chosen: bool) -> None:
        if chosen:
            self.problem.hide()
            self._show_choice()

    def _show_choice(self) -> None:
        self.large.setVisible(any(paper.large_too for paper in self._papers))
        self.large.setEnabled(self.paper.large_too)
        for button in (self.save, self.save_page, self.print_button):
            button.setAccessibleDescription(self.paper.label)

    def put_away(self) -> None:
        """Offer nothing any more."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        self.key = ""
        if had_focus and self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- saving

    def save_pdf(self) -> None:
        """Ask where to, and save it as a PDF."""
        self._ask_where("as a PDF", ".pdf", PDF_KIND)

    def save_html(self) -> None:
        """Ask where to, and save it as a page for a browser."""
        self._ask_where("as a web page", ".html", HTML_KIND)

    def _ask_where(self, how: str, ending: str, kind: str) -> None:
        if self._work is None:
            paper, large = self.paper, self._is_large()
            self._desk.messages.choose_save_file(
                f"Save {how}: {paper.label}",
                f"{paper.file_name}{', large print' if large else ''}{ending}",
                kind,
                lambda path: self._save(paper, path, large),
            )

    def _is_large(self) -> bool:
        return self.large.isChecked() and self.paper.large_too

    def _save(self, paper: Paper, path: Path, large: bool) -> None:
        if self._work is not None:
            return
        self._begin("Writing the file…")

        def write(render: Render) -> None:
            def work() -> bytes:
                from cqcmock.services import reports, saving

                reports.check_target(path)
                content = render(path.suffix, large)
                saving.save(path, content, paper.what)
                return content

            self._work = self._desk.tasks.background(
                work, then=lambda content: self._saved(paper, path, content), failed=self._not_saved, owner=self
            )

        self._work = self._desk.tasks.database(paper.read, then=write, failed=self._not_saved, owner=self)

    def _saved(self, paper: Paper, path: Path, content: bytes) -> None:
        self._tell_trail(paper, content)
        self._end()
        folder = path.absolute().parent
        said = f"Saved as {path.name} in {folder}."
        self._desk.messages.say(
            f"{said} {paper.afterwards}".strip(),
            action=Action(title="Open the folder", do=lambda: self._open_folder(folder)),
        )
        self.put_away()

    def _tell_trail(self, paper: Paper, content: bytes) -> None:
        told = paper.told
        if told is not None:
            self._desk.tasks.database(lambda: told(content))

    def _open_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._desk.messages.tell(UserError("The folder could not be opened from here.", f"It is {folder}."))

    def _not_saved(self, error: UserError) -> None:
        self._end()
        self._say_problem(f"Not saved. {error}")

    # --- printing

    def print_it(self) -> None:
        """Make the pages, ask for a printer, and print them there."""
        if self._work is not None:
            return
        paper, large = self.paper, self._is_large()
        self._begin("Making the pages…")

        def make(render: Render) -> None:
            def work() -> tuple[bytes, tuple[tuple[float, float], ...]]:
                from cqcmock.services import reports

                pdf = render(reports.PDF, large)
                return pdf, reports.page_sizes(pdf)

            self._work = self._desk.tasks.background(
                work, then=lambda made: self._choose_printer(paper, *made), failed=self._not_printed, owner=self
            )

        self._work = self._desk.tasks.database(paper.read, then=make, failed=self._not_printed, owner=self)

    def _choose_printer(self, paper: Paper, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self._end()
        self._desk.messages.choose_printer(len(sizes), lambda printer: self._print_on(printer, paper, pdf, sizes))

    def _print_on(self, printer: QPrinter, paper: Paper, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        if self._work is not None:
            return
        self._begin("Sending it to the printer…", can_stop=True)
        progress = Progress(self)
        progress.changed.connect(self._show_progress)
        self._work = self._desk.tasks.background(
            lambda: print_pages(printer, sizes, lambda number, scale: draw(pdf, number, scale), progress.report),
            then=lambda sheets: self._printed(paper, sheets, pdf),
            failed=self._not_printed,
            owner=self,
            progress=progress,
        )

    def _show_progress(self, done: int, total: int) -> None:
        if self._work is not None:
            self.doing.setText(f"Sending it to the printer: {done:,} of {count(total, 'page')}…")

    def _printed(self, paper: Paper, sheets: int, pdf: bytes) -> None:
        self._tell_trail(paper, pdf)
        self._end()
        self._desk.messages.say(f"{count(sheets, 'page')} sent to the printer. {paper.afterwards}".strip())
        self.put_away()

    def _not_printed(self, error: UserError) -> None:
        self._end()
        self._say_problem(f"Not printed. {error}")

    def stop(self) -> None:
        """Print no more pages."""
        if self._work is not None:
            self._work.cancel()
            self._end()
            self._say_problem(STOPPED)
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is going on

    def _begin(self, doing: str, *, can_stop: bool = False) -> None:
        self.problem.hide()
        self.doing.setText(doing)
        self.stop_button.setVisible(can_stop)
        self.busy.show()
        announce(self.doing, doing)

    def _end(self) -> None:
        self._work = None
        self.busy.hide()

    def _say_problem(self, words: str) -> None:
        self.show()
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, at_once=True)
