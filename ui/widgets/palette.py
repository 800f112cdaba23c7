"""The command palette: type a word or two of what is wanted, arrows choose, Return does it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui.commands import COMMANDS, Command, CommandId, Commands, key_text
from ui.sizes import sized_for_screen, spaced
from ui.widgets.labels import TextLabel, wrapped_label
from ui.widgets.lists import list_view

_ID = Qt.ItemDataRole.UserRole
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class CommandPalette(QDialog):
    """Every command is in it. Those that cannot be done here come last and are greyed out."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find a command")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands
        column = spaced(QVBoxLayout(self), gap=0.6, margins=1.0)
        self.words = QLineEdit()
        self.words.setPlaceholderText("What would you like to do?")
        self.words.setAccessibleName("Words of the command")
        self.words.setClearButtonEnabled(True)
        self.list = list_view(QTreeWidget(), "Commands")
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows reach it from the words
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.nothing: TextLabel = wrapped_label("No command has these words.", quiet=True)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        sized_for_screen(self, 34.0, 28.0)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self.show_matches)
        self.words.returnPressed.connect(self._do)
        self.list.itemClicked.connect(self._do)
        self.show_matches("")
        self.words.setFocus()

    def titles(self) -> tuple[str, ...]:
        """The commands in the list, from the top."""
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return tuple(item.text(0) for item in items if item is not None)

    def show_matches(self, words: str) -> None:
        """List the commands that have all these words, those that can be done here first."""
        found = [command for command in COMMANDS if matches(command, words)]
        found.sort(key=lambda command: not self._commands.is_possible(command.id))
        self.list.clear()
        for command in found:
            key = key_text(command.keys[0]) if command.keys else ""
            possible = self._commands.is_possible(command.id)
            item = QTreeWidgetItem([command.title, key if possible else f"{command.place.value}   {key}".strip()])
            item.setData(0, _ID, command.id.value)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setDisabled(not possible)
            self.list.addTopLevelItem(item)
        self.nothing.setHidden(bool(found))
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The arrows, typed among the words, move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TO_THE_LIST:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _do(self) -> None:
        item = self.list.currentItem()
        if item is None or item.isDisabled():
            return
        command = CommandId(item.data(0, _ID))
        self.accept()  # first, so that the command finds the window as it was
        self._commands.run(command)


def matches(command: Command, words: str) -> bool:
    """Whether every word begins a word of the title, or stands in the place's name."""
    title = command.title.casefold().split()
    place = command.place.value.casefold()
    return all(any(part.startswith(word) for part in title) or word in place for word in words.casefold().split())
