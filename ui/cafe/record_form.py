"""What somebody who was at a café may put on their record. Everything can stay empty, and nothing of it is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox

from ui.banks.question_form_fields import Field, LineField, SecondsField, TextField
from ui.sizes import sized
from ui.widgets.card import Card
from ui.widgets.fields import date_field
from ui.widgets.flow import SideBySide

if TYPE_CHECKING:
    from cqcmock.services.cafe.papers import Reflection

LONGEST_NAME: Final = 80
MOST_MINUTES: Final = 600
LONGEST_PART: Final = 4_000
BY_HAND: Final = "To be written by hand"


class MinutesField(SecondsField):
    """A length of time in minutes; 0 leaves it to be written by hand."""

    def __init__(self, title: str) -> None:
        super().__init__(title, longest=MOST_MINUTES, step=5)
        sized(self.number, min_width=14.5, max_width=14.5)
        self.number.setSuffix(" minutes")
        self.number.setSpecialValueText(BY_HAND)


class DateField(Field):
    """A day, which can be left to be written by hand."""

    def __init__(self, title: str) -> None:
        self.day = sized(date_field(title), min_width=12.5, max_width=12.5)
        super().__init__(title, self.day)
        self.by_hand = QCheckBox(BY_HAND)
        self.by_hand.setAccessibleDescription(title)
        self.column.addWidget(self.by_hand)
        self.by_hand.toggled.connect(self.day.setDisabled)
        self.by_hand.toggled.connect(lambda _: self.entered())
        self.day.dateChanged.connect(lambda _: self.entered())

    @property
    def on(self) -> date | None:
        """The day, unless it is to be written by hand."""
        shown = self.day.date()
        return None if self.by_hand.isChecked() else date(shown.year(), shown.month(), shown.day())

    def show_day(self, on: date) -> None:
        """Show this; nobody is told."""
        quiet = (QSignalBlocker(self.day), QSignalBlocker(self.by_hand))
        self.day.setDate(QDate(on.year, on.month, on.day))
        self.by_hand.setChecked(False)
        self.day.setEnabled(True)
        del quiet


class RecordForm(Card):
    """`changed` when somebody enters something."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._on = date(2000, 1, 1)
        self._minutes = 0
        self._copied: set[QClipboard.Mode] = set()
        self.name = LineField(
            "Name", "Only if you like. It stands on your paper, and nowhere else.", longest=LONGEST_NAME
        )
        self.date = DateField("Date")
        self.minutes = MinutesField("Time spent")
        self.did = TextField("What I did", "Which rounds I took part in, and what I practised.", longest=LONGEST_PART)
        self.learned = TextField("What I learned", "What I know, or see differently, now.", longest=LONGEST_PART)
        self.changes = TextField(
            "What changes for people", "Who will notice, and how I shall know.", longest=LONGEST_PART
        )
        self.peer = LineField("Discussed with", "A peer; a name only if they agree.", longest=LONGEST_NAME)
        self.discussed = TextField("What they asked or added", longest=LONGEST_PART)
        self.minutes.column.addStretch(1)  # its name stands beside that of the date
        for part in (
            self.name,
            SideBySide(self.date, self.minutes, narrowest=14.0),
            self.did,
            self.learned,
            self.changes,
            self.peer,
            self.discussed,
        ):
            self.body.addWidget(part)
        for field in (*self._lines, *self._texts, self.date, self.minutes):
            field.changed.connect(self.changed)
        QGuiApplication.clipboard().changed.connect(self._clipboard_changed)

    def _clipboard_changed(self, mode: QClipboard.Mode) -> None:
        """Remember whether words of this form are on the clipboard."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._copied.add(mode)
        else:
            self._copied.discard(mode)

    @property
    def _lines(self) -> tuple[LineField, ...]:
        return (self.name, self.peer)

    @property
    def _texts(self) -> tuple[TextField, ...]:
        return (self.did, self.learned, self.changes, self.discussed)

    @property
    def words(self) -> tuple[str, ...]:
        """What somebody typed, field by field."""
        return (*(line.text for line in self._lines), *(text.text for text in self._texts))

    def begin_with(self, on: date, minutes: int) -> None:
        """What each person's form begins with. Nobody is told."""
        self._on, self._minutes = on, minutes
        self._show_beginning()

    def empty(self) -> None:
        """Forget what was typed: neither Ctrl+Z nor the clipboard brings it back. Nobody is told."""
        quiet = QSignalBlocker(self)
        for line in self._lines:
            line.line.setText("")
        for text in self._texts:
            text.edit.setPlainText("")
        self._show_beginning()
        for field in (*self._lines, *self._texts):
            field.set_problem("")
        for mode in tuple(self._copied):
            QGuiApplication.clipboard().clear(mode)
        self._copied.clear()
        del quiet

    def _show_beginning(self) -> None:
        self.date.show_day(self._on)
        self.minutes.show_seconds(self._minutes)

    @property
    def given(self) -> Reflection:
        """The record, as it is now."""
        from cqcmock.services.cafe.papers import Reflection

        minutes = self.minutes.seconds
        return Reflection(
            on=self.date.on,
            seconds=minutes * 60 if minutes else None,
            did=self.did.text,
            learned=self.learned.text,
            changes=self.changes.text,
            discussed=self.discussed.text,
            name=self.name.text,
            peer=self.peer.text,
        )
