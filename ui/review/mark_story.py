"""What the pack tells of the place: below the answer and its marks while a figure is looked up, then out of the way.

Nothing above it moves: somebody who has looked up “78 per cent” goes on at the word and the lens where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollBar, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from cqcmock.domain.english import count, day
from cqcmock.domain.story import Story
from ui.announce import announce
from ui.banks.beside import Pane
from ui.review.mark_known import Entry, about, entries, found
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button
from ui.widgets.card import Card
from ui.widgets.flow import SideBySide
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label

OPENS = Qt.Key.Key_A
AT_ONCE = 60
"""Entries in sight: a story may have hundreds, and whoever wants one of those types a word of it."""

FIND = "Find a word or a figure"
_INSIDE = "Word or figure"
_NARROWEST_EMS = 20.0
_SCROLL: dict[int, QScrollBar.SliderAction] = {
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
}


class StoryPart(QWidget):
    """Closed until `toggle`. `nowhere` is where the keyboard goes if what it was on is not there any more.

    `opened` before it takes its room, `closed` once the keyboard is back: not where it had gone on before.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, story: Story, today: date, *, widest: float, nowhere: Callable[[], object]) -> None:
        super().__init__()
        self._nowhere = nowhere
        self._from: QWidget | None = None
        self._known = entries(story, today)
        self._rows: list[_EntryRow] = []
        name = about(story)
        self.setAccessibleName(name)
        policy = QSizePolicy.Policy  # half of the room, however much is known: the answer stays in sight
        self.setSizePolicy(policy.Preferred, policy.Ignored)
        across = spaced(QHBoxLayout(self), gap=0, margins=(2.5, 0.0, 2.5, 0.4))
        card = sized(Card(), max_width=widest)
        spaced(card.body, gap=0.4, margins=(1.35, 0.6, 1.35, 0.6))
        across.addWidget(card, 1)
        head = spaced(QHBoxLayout(), gap=0.8)
        self.search = sized(QLineEdit(), min_width=8.0)
        self.search.setPlaceholderText(_INSIDE)
        self.search.setAccessibleName(FIND)
        self.search.setAccessibleDescription("The arrows and Page Down move what was found, Escape closes it.")
        self.search.textChanged.connect(self._show_found)
        self.told = TextLabel(kind="quiet")
        self.close_button = link_button("Close", self.shut)
        self.close_button.setToolTip("Esc")
        head.addWidget(heading(name, 2), 3)
        head.addWidget(self.search, 3)
        head.addWidget(self.told, 2)
        head.addWidget(self.close_button)
        card.body.addLayout(head)
        inside = QWidget()
        self._column = spaced(QVBoxLayout(inside), gap=0.7, margins=(0.0, 0.2, 0.6, 0.2))
        self._checked = small_label("\n".join((f"Checked on {day(story.place.checked_on)}.", *story.place.notes)))
        self._column.addWidget(self._checked)
        self._column.addStretch(1)
        self.pane = Pane(inside, name)
        card.body.addWidget(self.pane, 1)
        self.hide()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """It scrolls, and asks for no height of its own."""
        return False

    def toggle(self) -> None:
        """Open it with the keyboard where words are looked for, or close it again."""
        if not self.isHidden():
            self.shut()
            return
        self._from = QApplication.focusWidget()
        self.opened.emit()
        if not self._rows:
            self._show_found(self.search.text())
        self.show()
        self.search.selectAll()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self) -> None:
        """Close it; the keyboard goes back to where it was, unless it has gone on already."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        before, self._from = self._from, None
        if inside and before is not None and Shiboken.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif inside:
            self._nowhere()
        self.hide()
        if inside:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape closes it from everywhere in it; the arrows move what was found while words are typed."""
        key = event.key()
        if key == Qt.Key.Key_Escape or key_meant(event) == OPENS:
            self.shut()
        elif key in _SCROLL:
            self.pane.verticalScrollBar().triggerAction(_SCROLL[key])
        else:
            super().keyPressEvent(event)

    def _show_found(self, words: str) -> None:
        these = found(self._known, words)
        while len(self._rows) < min(len(these), AT_ONCE):
            row = _EntryRow()
            self._rows.append(row)
            self._column.insertWidget(self._column.count() - 2, row)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(these))
            if at < len(these):
                row.show_entry(these[at], begins=at == 0 or these[at - 1].part != these[at].part)
        self._checked.setVisible(not words.strip())
        self.pane.verticalScrollBar().setValue(0)
        told = _told(len(these), len(self._known), words)
        self.told.setText(told)
        if words.strip():
            announce(self.told, told)


class _EntryRow(QWidget):
    """One entry: what is known, and beside it how far that can be relied on."""

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.3)
        self.part = wrapped_label(quiet=True)
        column.addWidget(self.part)
        left, right = QWidget(), QWidget()
        self.title, self.says, self.more = heading(level=3), wrapped_label(), small_label()
        first = spaced(QVBoxLayout(left), gap=0.1)
        first.addWidget(self.title)
        first.addWidget(self.says)
        first.addStretch(1)
        second = spaced(QVBoxLayout(right), gap=0.1)
        second.addWidget(self.more)
        second.addStretch(1)
        column.addWidget(SideBySide(left, right, narrowest=_NARROWEST_EMS, shares=(2, 3)))

    def show_entry(self, entry: Entry, *, begins: bool) -> None:
        """Show this one; `begins` where it is the first of its part."""
        self.part.setText(entry.part)
        self.part.setVisible(begins)
        self.title.setText(entry.title)
        self.says.setText(entry.says)
        self.says.setVisible(bool(entry.says))
        self.more.setText("\n".join(entry.more))


def keys(story: Story | None) -> str:
    """What is said of its key among the others; nothing where the pack tells nothing of the place."""
    return f"A opens and closes “{about(story)}”." if story else ""


def _told(number: int, of: int, words: str) -> str:
    if not number:
        return f"Nothing here says “{words.strip()}”."
    if number > AT_ONCE:
        return f"The first {AT_ONCE} of {number:,}. Type a word to find the others."
    return f"{number:,} of {count(of, 'entry', 'entries')}" if words.strip() else count(of, "entry", "entries")
