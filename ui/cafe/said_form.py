"""Where an entry of “you said, we did” is written, and where what was done is put down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui.cafe import said_words
from ui.cafe.said_reading import Start
from ui.sizes import sized, spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.fields import date_field
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.cafe.you_said import SaidEntry

NOT_KEPT = "This is not kept yet. Keep it, or leave it."
_LONGEST_OWNER = 200
_USUAL_DAYS = timedelta(days=14)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DAY_EMS = 13.0
_NO_THEME = "Something else that people said"


class WordsEdit(QPlainTextEdit):
    """A box for a sentence or two; Return keeps it, for all of it becomes one paragraph."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        sized(self, min_height=4.2, max_height=6.0)

    @property
    def words(self) -> str:
        """What was written, without what nobody sees."""
        return " ".join(self.toPlainText().split())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return ends the writing."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Form(Card):
    """`keep_wanted` when somebody is done with it, `left` when they leave it. Made by its two kinds below."""

    keep_wanted = Signal()
    left = Signal()

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title)
        self.entry = ""
        self._shown: object = None
        self.words = WordsEdit(name)
        self.words_label: TextLabel = wrapped_label(name)
        self.words_label.setBuddy(self.words)
        self.problem = problem_label()
        self.problem.hide()
        self.keep: QPushButton = primary_button(title, self.keep_wanted.emit)
        self.leave = secondary_button("Leave it", self._leave)
        self.words.entered.connect(self.keep.click)

    @property
    def touched(self) -> bool:
        """Whether anything is written that is not kept."""
        return not self.isHidden() and self._written() != self._shown

    def tell(self, error: UserError | str) -> None:
        """Say in place what is wrong, and let the person go on writing."""
        self.problem.setText(str(error))
        self.problem.show()
        self.keep.setEnabled(True)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def keeping(self) -> None:
        """It is being kept: once is enough."""
        self.problem.hide()
        self.keep.setEnabled(False)

    def put_away(self) -> None:
        """Nothing is being written any more."""
        self.entry = ""
        self.hide()

    def _begin(self, entry: str, title: str, keep: str) -> None:
        self.entry = entry
        self.title.setText(title)
        self.setAccessibleName(title)
        self.keep.setText(keep)
        self.keep.setAccessibleName(keep)
        self.keep.setEnabled(True)
        self.problem.hide()
        self._shown = self._written()
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def _written(self) -> object:
        raise NotImplementedError

    def _leave(self) -> None:
        self.put_away()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return on a line or a day keeps it too; Escape leaves what nothing was written in."""
        if event.key() in _ENTER:
            self.keep.click()
        elif event.key() == Qt.Key.Key_Escape:
            if self.touched:
                self.tell(NOT_KEPT)
            else:
                self._leave()
        else:
            super().keyPressEvent(event)


class EntryForm(Form):
    """A new entry, perhaps begun from a theme of a closed session, or other words for one."""

    def __init__(self) -> None:
        super().__init__("Add an entry", "What people said")
        self._starts: tuple[Start, ...] = ()
        self._offered = ""
        self.start_label: TextLabel = wrapped_label("Begin with")
        self.start = QComboBox()
        self.start.setAccessibleName("Begin with")
        self.start.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.start.setMinimumContentsLength(12)
        self.start_label.setBuddy(self.start)
        self.start.activated.connect(self._begin_with)
        self.about: TextLabel = small_label()
        self.owner = QLineEdit()
        self.owner.setAccessibleName("Who takes it on")
        self.owner.setPlaceholderText("Nobody yet")
        self.owner.setMaxLength(_LONGEST_OWNER)
        owner_label = wrapped_label("Who takes it on (others never see this)")
        owner_label.setBuddy(self.owner)
        self.has_due = QCheckBox("By a date")
        self.has_due.setAccessibleName("By a date")
        self.has_due.setAccessibleDescription("Without it the entry has no date")
        self.day = sized(date_field("By which date"), min_width=_DAY_EMS)
        self.has_due.toggled.connect(self.day.setVisible)
        when = QWidget()
        flow = spaced(FlowLayout(when), gap=0.5)
        flow.addWidget(self.has_due)
        flow.addWidget(self.day)
        rows = (
            *(self.start_label, self.start, self.words_label, self.words, self.about),
            *(owner_label, self.owner, when, self.problem),
        )
        for row in rows:
            self.body.addWidget(row)
        self.add_buttons(self.keep, self.leave)

    @property
    def chosen_start(self) -> Start | None:
        """The theme that the new entry is about."""
        at = self.start.currentIndex() - 1
        return self._starts[at] if 0 <= at < len(self._starts) else None

    @property
    def due(self) -> date | None:
        """By when, if a date is set."""
        return _date(self.day.date()) if self.has_due.isChecked() else None

    def write_new(self, starts: Sequence[Start], today: date) -> None:
        """Begin a new entry; these themes are offered."""
        self._starts = tuple(starts)
        self._offered = ""
        self.start.clear()
        self.start.addItem(_NO_THEME)
        self.start.addItems([said_words.start_words(one.on, one.theme, one.about) for one in starts])
        self._show_start(bool(starts))
        self._show_about()
        self._fill("", "", None, today)
        self._begin("", "Add an entry", "Add the entry")
        if starts:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_anew(self, entry: SaidEntry, today: date) -> None:
        """Write an entry differently; the theme that it is about stays."""
        self._starts = ()
        self.start.clear()
        self._show_start(False)
        self.about.hide()
        self._fill(entry.said, entry.owner, entry.due, today)
        self._begin(entry.id, "Change the entry", "Keep the change")

    def _show_start(self, shown: bool) -> None:
        self.start_label.setVisible(shown)
        self.start.setVisible(shown)

    def _fill(self, said: str, owner: str, due: date | None, today: date) -> None:
        self.words.setPlainText(said)
        self.owner.setText(owner)
        self.day.setDate(_qdate(due or today + _USUAL_DAYS))
        self.has_due.setChecked(due is not None)
        self.day.setVisible(due is not None)

    def _begin_with(self, _at: int) -> None:
        """Put the theme into the box, unless the person wrote words of their own already."""
        start = self.chosen_start
        if self.words.words in ("", self._offered):
            self._offered = " ".join(start.theme.split()) if start is not None else ""
            self.words.setPlainText(self._offered)
            self.words.selectAll()
        self._show_about()

    def _show_about(self) -> None:
        """Say whether anybody counted; where there is no theme to begin with, that is said once it can be told."""
        self.about.setText(said_words.ENOUGH if self.chosen_start is not None else said_words.NOT_COUNTED)
        self.about.setVisible(bool(self._starts))

    def _written(self) -> object:
        return self.words.words, self.owner.text().strip(), self.due, self.start.currentIndex()


class DoneForm(Form):
    """What was done about an entry, and on which day."""

    def __init__(self) -> None:
        super().__init__("What was done", "What was done about it")
        self.about: TextLabel = wrapped_label(quiet=True)
        self.day = sized(date_field("On which day it was done"), min_width=_DAY_EMS)
        day_label = wrapped_label("On which day")
        day_label.setBuddy(self.day)
        for row in (self.about, self.words_label, self.words, day_label):
            self.body.addWidget(row)
        self.body.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.problem)
        self.add_buttons(self.keep, self.leave)

    @property
    def done_on(self) -> date:
        """The day."""
        return _date(self.day.date())

    def write(self, entry: SaidEntry, today: date) -> None:
        """Put down what was done about this entry."""
        self.about.setText(f"You said: “{shortened(entry.said, 300)}”")
        self.words.setPlainText(entry.did)
        self.day.setMaximumDate(_qdate(max(today, entry.done_on or today)))
        self.day.setDate(_qdate(entry.done_on or today))
        done = entry.done_on is not None
        self._begin(entry.id, "What was done", "Keep the change" if done else "Mark it done")

    def _written(self) -> object:
        return self.words.words, self.day.date()


def _date(day: QDate) -> date:
    plain = day.toPython()
    assert isinstance(plain, date)
    return plain


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
