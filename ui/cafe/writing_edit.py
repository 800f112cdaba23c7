"""The field for the words of a card, with what is left of the room on it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import LONGEST_CARD
from cqcmock.domain.english import count
from ui.announce import announce
from ui.cafe.hand_in import HandInEdit
from ui.sizes import sized, spaced
from ui.widgets.labels import problem_label, small_label

_NEARLY_FULL = 100


class _Edit(HandInEdit):
    def __init__(self) -> None:
        super().__init__(LONGEST_CARD)
        self.copied = False
        self.setProperty("kind", "answer")

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's own name
        """Remembers that words of this card may be on the clipboard."""
        self.copied = True
        return super().createMimeDataFromSelection()


class CardEdit(QWidget):
    """Plain words up to the limit of a card. `hand_in_wanted` on Ctrl+Enter, `changed` while somebody types."""

    hand_in_wanted = Signal()
    changed = Signal()

    def __init__(self, name: str, *, lowest: float = 9.0, highest: float = 16.0) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.25)
        self.edit = sized(_Edit(), min_height=lowest, max_height=highest)
        self.edit.setAccessibleName(name)
        self.describe()
        self.room = small_label()
        self.problem = problem_label()
        column.addWidget(self.edit)
        column.addWidget(self.room)
        column.addWidget(self.problem)
        self.problem.hide()
        self.edit.enter.connect(self.hand_in_wanted)
        self.edit.textChanged.connect(self._typed)
        self.edit.refused.connect(self._refused)
        self._say_room()

    @property
    def words(self) -> str:
        """What is in the field."""
        return self.edit.toPlainText()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it but blanks."""
        return not self.words.strip()

    def describe(self, about: str = "") -> None:
        """What is read out with the field: the question, and what else has to be known before somebody writes."""
        self.edit.setAccessibleDescription(f"{about} At most {LONGEST_CARD} characters.".strip())

    def put(self, words: str) -> None:
        """Put these words in; what was typed before cannot be brought back with Ctrl+Z."""
        self.edit.setPlainText(words)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

    def forget(self) -> None:
        """Leave nothing behind for whoever comes next: not in the field, nor with Ctrl+Z, nor on the clipboard."""
        self.put("")
        if self.edit.copied:
            self.edit.copied = False
            clipboard = QGuiApplication.clipboard()
            clipboard.clear()
            if clipboard.supportsSelection():
                clipboard.clear(QClipboard.Mode.Selection)

    def say_problem(self, words: str) -> None:
        """Say what is wrong, beside the field."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.problem, words)

    def _typed(self) -> None:
        self.say_problem("")
        self._say_room()
        self.changed.emit()

    def _refused(self, over: int) -> None:
        self.say_problem(f"That is {count(over, 'character')} too long for a card. Take a shorter piece of it.")

    def _say_room(self) -> None:
        left = LONGEST_CARD - len(self.words)
        if left < 0:
            self.room.setText(f"{count(-left, 'character')} too many. Shorten it, or make two cards of it.")
        elif left <= _NEARLY_FULL:
            self.room.setText(f"Room for {count(left, 'more character', 'more characters')}.")
        else:
            self.room.setText(f"Up to {LONGEST_CARD} characters: a few sentences.")
