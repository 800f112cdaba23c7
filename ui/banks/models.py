"""Questions and banks as Qt models over plain lists: quick with ten thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from cqcmock.domain.english import count
from ui.banks import wording
from ui.banks.reading import Choices, Key
from ui.banks.rows import ABOUT, NO_PARENT, SIGN, Index

if TYPE_CHECKING:
    from cqcmock.services.banks import BankSummary, QuestionLine


class QuestionModel(QAbstractListModel):
    """The questions that were found, filled in for the place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[QuestionLine] = ()
        self._choices = Choices()

    def show(self, lines: Sequence[QuestionLine], choices: Choices) -> None:
        """Show these; where they are the same ones as before, rows stay where they are."""
        same = [key_of(line) for line in lines] == [key_of(line) for line in self._lines]
        if not same:
            self.beginResetModel()
        self._lines, self._choices = lines, choices
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    @property
    def lines(self) -> Sequence[QuestionLine]:
        """Everything in the list."""
        return self._lines

    def line(self, row: int) -> QuestionLine | None:
        """The question of a row, if there is one."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rows_of(self, keys: Sequence[Key]) -> list[int]:
        """Where these questions stand, as far as they are in the list."""
        wanted = set(keys)
        return [row for row, line in enumerate(self._lines) if key_of(line) in wanted]

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many questions there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The question; under ABOUT what it is filed under, under SIGN whether it is retired."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._choices.asked(line.text)
            case _ if role == ABOUT:
                return self._about(line, " · ")
            case _ if role == SIGN:
                return wording.RETIRED if line.retired else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                retired = f", {wording.RETIRED.lower()}" if line.retired else ""
                return f"{self._choices.asked(line.text)}, {self._about(line, ', ')}{retired}"
            case _:
                return None

    def _about(self, line: QuestionLine, between: str) -> str:
        statements = [self._choices.statements.get(statement, statement) for statement in line.statements]
        themes = [self._choices.themes.get(theme, theme) for theme in line.themes]
        return between.join([line.bank_title, *statements, *themes])


class BankModel(QAbstractListModel):
    """The banks, by title."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()

    def show(self, choices: Choices) -> None:
        """Show these; where they are the same ones as before, rows stay where they are."""
        same = [bank.id for bank in choices.banks] == [bank.id for bank in self._choices.banks]
        if not same:
            self.beginResetModel()
        self._choices = choices
        if not same:
            self.endResetModel()
        elif choices.banks:
            self.dataChanged.emit(self.index(0), self.index(len(choices.banks) - 1))

    def bank(self, row: int) -> BankSummary | None:
        """The bank of a row, if there is one."""
        return self._choices.banks[row] if 0 <= row < len(self._choices.banks) else None

    def row_of(self, bank_id: str) -> int:
        """Where a bank stands, or -1."""
        return next((row for row, bank in enumerate(self._choices.banks) if bank.id == bank_id), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many banks there are."""
        return 0 if parent.isValid() else len(self._choices.banks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title; under ABOUT how many questions and whose, under SIGN whether it is retired."""
        bank = self.bank(index.row()) if index.isValid() else None
        if bank is None:
            return None
        about = (count(bank.questions, "question"), wording.ORIGINS.get(bank.origin, bank.origin))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return bank.title
            case _ if role == ABOUT:
                return " · ".join(about)
            case _ if role == SIGN:
                return wording.RETIRED if bank.retired else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                retired = f", {wording.RETIRED.lower()}" if bank.retired else ""
                return f"{bank.title}, {', '.join(about)}{retired}"
            case _:
                return None


def key_of(line: QuestionLine) -> Key:
    """What tells a question from every other."""
    return line.bank, line.question
