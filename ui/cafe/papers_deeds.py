"""Saving and printing the paper that is on screen, which stays there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPageLayout

from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.review.papers import Paper
from ui.review.papers_card import PapersCard
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import make_primary

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LONGEST_WAIT: Final = 10.0
"""Seconds."""

STILL_AT_IT: Final = "It is still being written or printed. Wait a little, or stop the printing."


class PaperDeeds(PapersCard):
    """`given` says which paper, as it is asked for at the moment of the deed. `written` once it is saved or printed."""

    written = Signal()

    def __init__(self, desk: Desk, given: Callable[[], Paper]) -> None:
        super().__init__(desk)
        self._given = given
        self._before_printer = False
        self._refresh: Callable[[], None] = lambda: None
        self.setProperty("kind", "")
        self.setAccessibleName("Save or print")
        spaced(self.body, gap=0.5)
        make_primary(self.save, True)
        for part in (self.title, self.large, self.close_button):
            part.hide()

    def serve(self, screen: Screen, commands: Commands) -> None:
        """Be there, and do the commands of a screen that has this in its place."""
        self.show()
        self._refresh = commands.refresh
        commands.handle(CommandId.SAVE_REPORT, self.save_pdf, screen=screen, enabled_when=lambda: self.is_free)
        commands.handle(CommandId.PRINT_REPORT, self.print_it, screen=screen, enabled_when=lambda: self.is_free)

    @property
    def paper(self) -> Paper:
        """The one that is asked for now."""
        return self._given()

    @property
    def is_free(self) -> bool:
        """Whether there is a paper, and nothing under way with one."""
        return self._work is None and self.save.isEnabled()

    def set_possible(self, possible: bool) -> None:
        """Whether there is anything to save or print."""
        for button in (self.save, self.save_page, self.print_button):
            button.setEnabled(possible)
        self._refresh()

    def say_nothing(self) -> None:
        """Take away what went wrong before: it was about another paper."""
        self.problem.hide()

    def let_finish(self) -> bool:
        """Before the screen is left: what is being written or printed comes to its end. Whether it did."""
        if self._before_printer and self._work is not None:  # nobody is asked for a printer after that
            self._work.cancel()
            self._end()
        if self._work is not None and not self._desk.tasks.wait_all(LONGEST_WAIT):
            self._say_problem(STILL_AT_IT)
        return self._work is None

    def print_it(self) -> None:
        """Make the pages, ask for a printer, and print them there."""
        self._before_printer = self._work is None
        super().print_it()

    def put_away(self) -> None:
        """The paper stays; whoever shows it may want to know that it has left this computer's screen."""
        self.written.emit()

    def _begin(self, doing: str, *, can_stop: bool = False) -> None:
        super()._begin(doing, can_stop=can_stop)
        self._refresh()

    def _end(self) -> None:
        super()._end()
        self._refresh()

    def _choose_printer(self, paper: Paper, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self._before_printer = False
        super()._choose_printer(paper, pdf, sizes)

    def _print_on(self, printer: QPrinter, paper: Paper, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        """Pages that lie across go onto paper that lies across."""
        if all(width > height for width, height in sizes):
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        super()._print_on(printer, paper, pdf, sizes)
