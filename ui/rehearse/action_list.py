"""Actions: what is to be done, by whom and by when, each put down in one line.

What stands in the line is an action already: it is kept with the others from its first letter on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from cqcmock.domain import english
from cqcmock.domain.reflection import Action
from ui import messages
from ui.announce import announce
from ui.messages import Messages
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.fields import date_field
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import problem_label, small_label, wrapped_label

LONGEST_WHAT, LONGEST_OWNER = 2_000, 200
USUAL_DAYS = 14
REMOVED = "removed-action"


class ActionList(Card):
    """`changed` says that an action was added, altered or removed."""

    changed = Signal()

    def __init__(self, messages: Messages, today: date) -> None:
        super().__init__("Actions")
        self._messages = messages
        self._today = today
        self._actions: list[Action] = []
        self._draft_id = str(uuid.uuid4())
        self._rows: list[QWidget] = []
        self._showing = False
        self.body.addWidget(small_label("Two or three are plenty. Say who, and by when if you know."))
        holder = QWidget()
        self._list = spaced(QVBoxLayout(holder), gap=0.5)
        self.body.addWidget(holder)
        self._holder = holder
        holder.hide()
        self._make_entry(today)

    def _make_entry(self, today: date) -> None:
        self.what = self._line("What", "What will you do?", LONGEST_WHAT)
        self.what_problem = problem_label()
        self.what_problem.hide()
        self.body.addWidget(self.what_problem)
        self.owner = self._line("Who", "Who does it? (optional)", LONGEST_OWNER)
        when = QWidget()
        flow = spaced(FlowLayout(when), gap=0.5)
        self.has_due = QCheckBox("By a date")
        self.has_due.setAccessibleDescription("Without it the action has no date")
        self.due = date_field("By which date")
        self.due.setDate(_qdate(today + timedelta(days=USUAL_DAYS)))
        self.due.setEnabled(False)
        self.has_due.toggled.connect(self.due.setEnabled)
        self.has_due.toggled.connect(self._typed)
        self.due.dateChanged.connect(self._typed)
        self.add = secondary_button("Add this action", self.put_down)
        for part in (self.has_due, self.due, self.add):
            flow.addWidget(part)
        self.body.addWidget(when)

    def _line(self, name: str, hint: str, longest: int) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(longest)
        field.textChanged.connect(self._typed)
        field.returnPressed.connect(self.put_down)
        self.body.addWidget(field)
        return field

    @property
    def written(self) -> tuple[Action, ...]:
        """Every action, with the one that is still being written."""
        draft = self._draft()
        if draft is None:
            return tuple(self._actions)
        if any(action.id == draft.id for action in self._actions):
            return tuple(draft if action.id == draft.id else action for action in self._actions)
        return (*self._actions, draft)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show actions that are kept already; nobody is told."""
        self._actions = list(actions)
        self._show()

    def put_down(self) -> None:
        """Take the line as an action, and make room for the next."""
        if self._draft() is None:
            self.what_problem.setText("Say what is to be done.")
            self.what_problem.show()
            self.what.setFocus()
            return
        words = "Action changed." if any(action.id == self._draft_id for action in self._actions) else "Action added."
        self._actions = list(self.written)
        self._empty_line()
        self._show()
        self.changed.emit()
        self.what.setFocus()
        announce(self, words)

    def remove(self, action: Action) -> None:
        """Take an action away; it can be put back."""
        at = self._actions.index(action)
        del self._actions[at]
        if action.id == self._draft_id:
            self._empty_line()
        self._show()
        self.changed.emit()

        def put_back() -> None:
            if Shiboken.isValid(self):
                self._actions.insert(min(at, len(self._actions)), action)
                self._show()
                self.changed.emit()

        self._messages.keep(
            REMOVED,
            f"Removed: {english.shortened(action.what, 80)}",
            messages.Kind.DONE,
            action=messages.Action(title="Undo", do=put_back),
        )
        self.what.setFocus()

    def alter(self, action: Action) -> None:
        """Put an action back into the line, to write it differently."""
        if self._draft() is not None:
            self._actions = list(self.written)
        self._showing = True
        self._draft_id = action.id
        self.what.setText(action.what)
        self.owner.setText(action.owner)
        self.has_due.setChecked(action.due is not None)
        if action.due is not None:
            self.due.setDate(_qdate(action.due))
        self._showing = False
        self._say_deed()
        self._show()
        self.what.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter on the day adds the action too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.due.hasFocus():
            self.put_down()
        else:
            super().keyPressEvent(event)

    def _draft(self) -> Action | None:
        what = self.what.text().strip()
        if not what:
            return None
        due = self.due.date().toPython() if self.has_due.isChecked() else None
        assert due is None or isinstance(due, date)
        before = next((action for action in self._actions if action.id == self._draft_id), None)
        if before is not None:
            return replace(before, what=what, owner=self.owner.text().strip(), due=due)
        return Action(id=self._draft_id, what=what, owner=self.owner.text().strip(), due=due)

    def _typed(self) -> None:
        if self._showing:
            return
        full = len(self.what.text()) >= LONGEST_WHAT
        self.what_problem.setText(f"That is as long as an action can be: {LONGEST_WHAT:,} characters.")
        self.what_problem.setVisible(full)
        if self.what.text().strip():
            self.changed.emit()

    def _empty_line(self) -> None:
        self._showing = True
        self._draft_id = str(uuid.uuid4())
        self.what.clear()
        self.owner.clear()
        self.has_due.setChecked(False)
        self.due.setDate(_qdate(self._today + timedelta(days=USUAL_DAYS)))
        self.what_problem.hide()
        self._showing = False
        self._say_deed()

    def _say_deed(self) -> None:
        altering = any(action.id == self._draft_id for action in self._actions)
        words = "Keep the change" if altering else "Add this action"
        self.add.setText(words)
        self.add.setAccessibleName(words)

    def _show(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = [action for action in self._actions if action.id != self._draft_id]
        self._rows = [_row(action, self.alter, self.remove) for action in shown]
        for row in self._rows:
            self._list.addWidget(row)
        tab_through(*self._rows, self.what, self.owner, self.has_due, self.due, self.add)
        self._holder.setVisible(bool(self._rows))


def _row(action: Action, alter: Callable[[Action], None], remove: Callable[[Action], None]) -> QWidget:
    row = QWidget()
    column = spaced(QVBoxLayout(row), gap=0.0)
    column.addWidget(wrapped_label(action.what))
    if details := described(action):
        column.addWidget(small_label(details))
    deeds = spaced(FlowLayout(), gap=0.8)
    column.addLayout(deeds)
    for title, deed in (("Change", alter), ("Remove", remove)):
        button = link_button(title, partial(deed, action))
        button.setAccessibleName(f"{title}: {english.shortened(action.what, 80)}")
        deeds.addWidget(button)
    return row


def described(action: Action) -> str:
    """Who and by when, as far as it is known."""
    due = f"by {english.day(action.due)}" if action.due else ""
    done = f"done on {english.day(action.done)}" if action.done else ""
    return " · ".join(part for part in (action.owner, due, done) if part)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
