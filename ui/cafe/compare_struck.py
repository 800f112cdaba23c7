"""An answer as it would be kept: what could name somebody is struck out, unless somebody says that it names nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QCheckBox, QTextEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.domain.hearing import Overruling, PersonalData
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import literal
from ui.widgets.labels import small_label, wrapped_label

MOST_TICKS = 12
_LONGEST_SHOWN = 4000


class StruckText(QWidget):
    """`changed` when something is let stand, or no longer."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._found: tuple[PersonalData, ...] = ()
        self.ticks: dict[Overruling, QCheckBox] = {}
        self.about = wrapped_label()
        self.edit = sized(QTextEdit(), min_height=3.5, max_height=7.0)
        self.edit.setReadOnly(True)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName("The answer, with what could name somebody struck out")
        self.edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._holder = QWidget()
        self._ticks = spaced(QVBoxLayout(self._holder), gap=0.1)
        self.rest = small_label()
        column = spaced(QVBoxLayout(self), gap=0.4)
        for part in (self.about, self.edit, self._holder, self.rest):
            column.addWidget(part)

    @property
    def let_stand(self) -> tuple[Overruling, ...]:
        """What somebody says names nobody."""
        return tuple(overruling for overruling, tick in self.ticks.items() if tick.isChecked())

    def show_text(self, text: str, found: Sequence[PersonalData]) -> None:
        """Show this answer, and what in it could name somebody."""
        self._text, self._found = text, tuple(found)
        for tick in self.ticks.values():
            self._ticks.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        wordings = dict.fromkeys(Overruling(kind=one.kind, key=one.text) for one in found)
        for overruling in list(wordings)[:MOST_TICKS]:
            tick = QCheckBox(literal(f"“{overruling.key}” names nobody: let it stand"))
            tick.toggled.connect(self._toggled)
            self.ticks[overruling] = tick
            self._ticks.addWidget(tick)
        tab_through(self.edit, *self.ticks.values())
        rest = len(wordings) - len(self.ticks)
        self.rest.setText(f"{count(rest, 'more place')} will be left out too." if rest else "")
        self.rest.setVisible(rest > 0)
        self.about.setText(
            f"{count(len(found), 'place')} could name somebody. What is struck out is left out before it is kept."
            if found
            else "Nothing in it was found that could name somebody. Read it once more: the program knows nobody."
        )
        self._write()

    def _toggled(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        struck = QTextCharFormat()
        struck.setFontStrikeOut(True)
        struck.setFontItalic(True)
        self.edit.clear()
        cursor = QTextCursor(self.edit.document())
        cursor.beginEditBlock()
        at, stands = 0, self.let_stand
        text = self._text[:_LONGEST_SHOWN]
        for one in self._found:
            start, end = one.span
            out = Overruling(kind=one.kind, key=one.text) not in stands
            cursor.insertText(text[at:start], QTextCharFormat())
            cursor.insertText(text[start:end], struck if out else QTextCharFormat())
            at = end
        cursor.insertText(text[at:] + (" …" if len(text) < len(self._text) else ""), QTextCharFormat())
        cursor.endEditBlock()
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)
