"""The questions: find those that may be asked, read them, leave some out, and take them away as files and cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QTabBar, QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui import undo
from ui.app_signals import Change, Subject
from ui.banks.banks_part import BanksPart
from ui.banks.dropping import dropped_file
from ui.banks.find_part import FindPart
from ui.banks.head import Head
from ui.banks.models import key_of
from ui.banks.print_part import Pack, PrintPart
from ui.banks.reading import Choices, read_choices, these, whole_bank
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import secondary_button
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.banks import BankSummary

FIND, BANKS = 0, 1
_WIDEST_EMS = 96.0


class QuestionsScreen(Screen):
    """`rehearse_wanted` carries a tuple of (bank, question), `import_wanted` a Path or None; `new_question_wanted` the
    id of a bank or ""."""

    rehearse_wanted = Signal(object)
    change_wanted = Signal(str, str)
    new_question_wanted = Signal(str)
    new_bank_wanted = Signal()
    change_bank_wanted = Signal(str)
    import_wanted = Signal(object)

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = commands
        self.setAcceptDrops(True)
        self.page = ScrollPage(widest=_WIDEST_EMS, gap=0.6, fills=True)
        self.new_question = secondary_button("New question", self._new_question)
        self.bring_in = secondary_button("Import questions…", lambda: self.import_wanted.emit(None))
        self.print_found = secondary_button("Print cards…", self.print_cards)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Questions or banks")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in ("Find questions", "Banks"):
            self.tabs.addTab(title)
        self.print = PrintPart(desk)
        self.finding = FindPart(desk)
        self.banks = BanksPart(desk)
        self._lay_out()
        self._connect()
        self._handle_commands()
        self._show_tab(FIND)

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        column.addWidget(Head("Questions", self.new_question, self.bring_in, self.print_found))
        column.addWidget(self.tabs)
        column.addWidget(self.print)
        column.addWidget(self.finding, 1)
        column.addWidget(self.banks, 1)

    def _connect(self) -> None:
        finding, banks = self.finding, self.banks
        self.tabs.currentChanged.connect(self._show_tab)
        finding.rehearse_wanted.connect(self.rehearse_wanted)
        finding.change_wanted.connect(self.change_wanted)
        finding.filled.connect(self.filled)
        finding.list_reached.connect(lambda: self.page.bring(finding.list))
        finding.chosen_changed.connect(self._commands.refresh)
        banks.new_bank_wanted.connect(self.new_bank_wanted)
        banks.change_bank_wanted.connect(self.change_bank_wanted)
        banks.new_question_wanted.connect(self.new_question_wanted)
        banks.see_wanted.connect(self.see_bank)
        banks.print_wanted.connect(lambda _: self.print_cards())
        banks.chosen_changed.connect(self._commands.refresh)
        self._desk.signals.changed.connect(self._changed)

    def _handle_commands(self) -> None:
        handle, desk = self._commands.handle, self._desk
        handle(CommandId.FIND_QUESTION, self.find_questions, screen=self)
        handle(CommandId.NEW_QUESTION, self._new_question, screen=self)
        handle(CommandId.IMPORT_QUESTIONS, lambda: self.import_wanted.emit(None), screen=self)
        handle(CommandId.RETIRE, self._retire, screen=self, enabled_when=self._can_retire)
        handle(CommandId.EXPORT_QUESTIONS, self._export, screen=self, enabled_when=lambda: self._bank() is not None)
        handle(CommandId.PRINT_CARDS, self.print_cards, screen=self, enabled_when=lambda: self._bank() is not None)
        handle(
            CommandId.UNDO,
            lambda: undo.undo_last(desk, Subject.BANKS),
            screen=self,
            enabled_when=lambda: undo.can_undo(desk, Subject.BANKS),
        )

    # --- coming and going

    def arrived(self) -> None:
        """Read again; work begins with the search."""
        self.refresh()
        if self.tabs.currentIndex() == FIND:
            self.finding.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.banks.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Read the banks and what was found again."""
        desk = self._desk
        desk.tasks.database(lambda: read_choices(desk), then=self._came, failed=self._not_read, owner=self)

    def _came(self, choices: Choices | None) -> None:
        if choices is None:
            self.filled.emit()
            return
        self.banks.show_choices(choices)
        self.finding.show_choices(choices)
        tab_through(self.new_question, self.bring_in, self.print_found, self.tabs, self.print, self.finding, self.banks)
        self._commands.refresh()

    def _not_read(self, error: UserError) -> None:
        self._desk.messages.tell(error)
        self.filled.emit()

    def _changed(self, what: Change) -> None:
        if self.isVisible() and what.touches(Subject.BANKS, Subject.STORIES, Subject.SETTINGS):
            self.refresh()

    # --- what is shown

    def find_questions(self) -> None:
        """To the search, with its words chosen so that typing begins anew."""
        self.tabs.setCurrentIndex(FIND)
        self.finding.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finding.words.selectAll()

    def see_bank(self, bank_id: str) -> None:
        """To the questions of this bank, also those that are retired."""
        self.finding.words.clear()
        self.finding.filters.show_all(bank_id)
        self.tabs.setCurrentIndex(FIND)
        self.finding.to_list()

    def show_question(self, bank_id: str, question_id: str) -> None:
        """To one question, for instance the one that was just made."""
        self.tabs.setCurrentIndex(FIND)
        self.finding.show_key((bank_id, question_id))

    def _show_tab(self, tab: int) -> None:
        gone = (self.print, self.banks if tab == FIND else self.finding)
        focus = QApplication.focusWidget()
        if focus is not None and any(part.isAncestorOf(focus) for part in gone):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self.print.hide()
        self.finding.setVisible(tab == FIND)
        self.banks.setVisible(tab == BANKS)
        self._commands.refresh()

    # --- deeds

    def _new_question(self) -> None:
        bank = self._bank()
        self.new_question_wanted.emit(bank.id if bank is not None and bank.origin != "shipped" else "")

    def _bank(self) -> BankSummary | None:
        """The bank that is meant now: the chosen one, that of the filter, or that of the chosen question."""
        if self.tabs.currentIndex() == BANKS:
            return self.banks.chosen
        lines = self.finding.chosen_lines()
        wanted = self.finding.wanted().bank or (lines[0].bank if lines else "")
        return self.finding.choices.bank(wanted)

    def _can_retire(self) -> bool:
        chosen = self.banks.chosen if self.tabs.currentIndex() == BANKS else self.finding.chosen_lines()
        return bool(chosen)

    def _retire(self) -> None:
        part = self.banks if self.tabs.currentIndex() == BANKS else self.finding
        part.retire_or_restore()

    def _export(self) -> None:
        bank = self._bank()
        if bank is not None:
            self.banks.export_bank(bank)

    def print_cards(self) -> None:
        """Offer the cards of what was found, of what is chosen, and of the bank."""
        packs: list[Pack] = []
        on_banks = self.tabs.currentIndex() == BANKS
        if not on_banks:
            chosen, found = self.finding.chosen_lines(), self.finding.model.lines
            offered = ((chosen, "chosen"), (found, "found"))
            for lines, words in offered if len(chosen) > 1 else reversed(offered):
                keys = tuple(key_of(line) for line in lines)
                label = f"What is {words}: {len(keys):,}"
                packs.append(Pack(label=label, title="Questions", questions=len(keys), read=these(self._desk, keys)))
        bank = self._bank()
        if bank is not None:
            asked = bank.questions if bank.retired else bank.questions - bank.retired_questions
            label = f"The bank “{shortened(bank.title, 24)}”: {asked:,}"
            packs.append(Pack(label=label, title=bank.title, questions=asked, read=whole_bank(self._desk, bank.id)))
        back = self.banks.list if on_banks else self.finding.list
        self.print.offer(packs, back)
        tab_through(self.tabs, self.print, self.finding, self.banks)
        self.page.bring(self.print.title)

    # --- a file that is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped here."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Look at the file that was dropped."""
        path: Path | None = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.import_wanted.emit(path)
