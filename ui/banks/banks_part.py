"""The banks: whose they are, whom they are for, and what can be done with one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from ui.banks import deeds, wording
from ui.banks.beside import Beside, Pane
from ui.banks.models import BankModel
from ui.banks.reading import Choices
from ui.banks.rows import RowView
from ui.desk import Desk
from ui.messages import Kind
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label
from ui.widgets.pill import pill

if TYPE_CHECKING:
    from cqcmock.services.bank_editing import Deed
    from cqcmock.services.banks import BankSummary

FILE_KINDS = (
    "Excel workbook (*.xlsx);;CSV table (*.csv);;Question bank (*.toml);;Moodle XML (*.xml);;GIFT text (*.gift)"
)
NO_BANKS = "There is no bank yet. Make one with New bank, or bring one in with Import questions."


class BanksPart(QWidget):
    """Signals carry the id of the bank."""

    new_bank_wanted = Signal()
    change_bank_wanted = Signal(str)
    new_question_wanted = Signal(str)
    see_wanted = Signal(str)
    print_wanted = Signal(str)
    chosen_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choices = Choices()
        self.model = BankModel(self)
        self.list = RowView(self.model, "Question banks", lines=1, several=False)
        self.nothing = wrapped_label(NO_BANKS)
        self.new_bank = secondary_button("New bank", self.new_bank_wanted.emit)
        self.title: TextLabel = heading("", 2)
        self._retired = pill(wording.RETIRED)
        self._about = small_label()
        self._roles = wrapped_label()
        self._counts = wrapped_label()
        self.see = secondary_button("See its questions", lambda: self._emit(self.see_wanted.emit))
        self.add_question = secondary_button("New question in it", lambda: self._emit(self.new_question_wanted.emit))
        self.change = secondary_button("Change name or roles", lambda: self._emit(self.change_bank_wanted.emit))
        self.retire = secondary_button("Retire", self.retire_or_restore)
        self.print_cards = secondary_button("Print cards…", lambda: self._emit(self.print_wanted.emit))
        self.export = secondary_button("Export…", self.export_chosen)
        self.delete = secondary_button("Delete", self._delete)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())

    def _lay_out(self) -> None:
        left = QWidget()
        inside = spaced(QVBoxLayout(left), gap=0.5)
        inside.addWidget(self.nothing)
        sized(self.list, min_height=11.0)
        inside.addWidget(self.list, 1)
        inside.addLayout(button_row(self.new_bank))
        self.card = QFrame()
        self.card.setProperty("kind", "card")
        about = QWidget()
        words = spaced(QVBoxLayout(about), gap=0.25)
        pills = spaced(FlowLayout(), gap=0.4)
        pills.addWidget(self._retired)
        words.addLayout(pills)
        words.addWidget(self.title)
        words.addWidget(self._about)
        for name, label in (("Who is asked", self._roles), ("Questions", self._counts)):
            words.addSpacing(self.fontMetrics().height() // 3)
            words.addWidget(small_label(name))
            words.addWidget(label)
        words.addStretch(1)
        self.pane = Pane(about, "The bank")
        column = spaced(QVBoxLayout(self.card), gap=0.6, margins=(1.2, 1.0, 0.8, 0.8))
        column.addWidget(self.pane, 1)
        first = (self.see, self.add_question, self.change, self.retire)
        column.addLayout(button_row(*first, self.print_cards, self.export, self.delete))
        spaced(QVBoxLayout(self), gap=0).addWidget(Beside(left, self.card, self.pane))

    def show_choices(self, choices: Choices) -> None:
        """Show these banks; the one that was chosen stays so."""
        before, row = self.chosen, self.list.currentIndex().row()
        self._choices = choices
        self.model.show(choices)
        there = self.model.row_of(before.id) if before is not None else -1
        now = there if there >= 0 else min(max(row, 0), self.model.rowCount() - 1)
        self.list.choose([], now)
        self.nothing.setVisible(now < 0)
        self.list.setVisible(now >= 0)
        self._show_chosen()

    @property
    def chosen(self) -> BankSummary | None:
        """The bank that the buttons are about."""
        return self.model.bank(self.list.currentIndex().row())

    def choose(self, bank_id: str) -> None:
        """Make this bank the chosen one, if it is there."""
        if (row := self.model.row_of(bank_id)) >= 0:
            self.list.choose([], row)

    def _show_chosen(self) -> None:
        bank = self.chosen
        self.card.setVisible(bank is not None)
        if bank is None:
            self.chosen_changed.emit()
            return
        own = bank.origin != "shipped"
        self._retired.setVisible(bank.retired)
        self.title.setText(bank.title)
        self._about.setText(f"{wording.ORIGINS.get(bank.origin, bank.origin)} · version {bank.version}")
        self._roles.setText(", ".join(self._choices.roles.get(role, role) for role in bank.roles))
        retired = f", {bank.retired_questions:,} of them retired" if bank.retired_questions and not bank.retired else ""
        none_asked = ". None of them is asked while the bank is retired." if bank.retired else ""
        self._counts.setText(f"{count(bank.questions, 'question')}{retired}{none_asked}")
        words = "Restore the bank" if bank.retired else "Retire the bank"
        self.retire.setText(words)
        self.retire.setAccessibleName(words)
        for button in (self.add_question, self.change, self.delete):
            button.setVisible(own)
        for button in (self.see, self.print_cards):
            button.setEnabled(bank.questions > 0)
        self.chosen_changed.emit()

    def _emit(self, emit: object) -> None:
        bank = self.chosen
        assert callable(emit)
        if bank is not None:
            emit(bank.id)

    def retire_or_restore(self) -> None:
        """Ask none of its questions, or ask them again."""
        bank, desk = self.chosen, self._desk
        if bank is None:
            return
        keys, retired = [(bank.id, "")], bank.retired
        turn = deeds.restoring(desk, keys) if retired else deeds.retiring(desk, keys)
        done = "restored: its questions are asked again" if retired else "retired: its questions are not asked"
        deeds.do(desk, turn, f"“{bank.title}” is {done}.")

    def _delete(self) -> None:
        bank, desk = self.chosen, self._desk
        if bank is None:
            return
        bank_id = bank.id

        def delete() -> Deed:
            from cqcmock.services import bank_editing

            return bank_editing.delete_bank(desk.library, bank_id, desk.clock)

        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        deeds.do(desk, delete, f"“{bank.title}” is deleted. Rehearsals keep the questions that they asked.")

    def export_chosen(self) -> None:
        """Ask where to, and write the chosen bank to a file."""
        if self.chosen is not None:
            self.export_bank(self.chosen)

    def export_bank(self, bank: BankSummary) -> None:
        """Ask where to, and write this bank to a file of the format that its name says."""
        self._desk.messages.choose_save_file(
            f"Export “{bank.title}”", f"{bank.id}.xlsx", FILE_KINDS, lambda path: self._write(bank, path)
        )

    def _write(self, bank: BankSummary, path: Path) -> None:
        desk = self._desk

        def write() -> tuple[str, ...]:
            from cqcmock.services import bank_files

            return bank_files.export_bank(desk.library, bank.id, path)

        def written(lost: tuple[str, ...]) -> None:
            where = f"“{bank.title}” is saved as {path.name} in {path.absolute().parent}."
            if lost:
                desk.messages.say(f"{where} This kind of file cannot hold everything: {' '.join(lost)}", Kind.NOTICE)
            else:
                desk.messages.say(where)

        desk.tasks.database(write, then=written, doing="Exporting", owner=self)
