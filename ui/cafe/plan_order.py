"""The running order on the screen: its rounds, what they add up to, and the ways to change it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.running_order import RunningOrder
from ui.cafe import plan_words
from ui.cafe.plan_adding import AddingPart
from ui.cafe.plan_naming import NamingPart
from ui.cafe.plan_question import RoundEditor
from ui.cafe.plan_row import RoundRow
from ui.desk import Desk
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, problem_label, wrapped_label


class OrderCard(Card):
    """Shows the running order; what somebody wants of it goes on through the signals of its parts."""

    undo_wanted = Signal()
    row_made = Signal(RoundRow)
    opened = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Running order", parent=parent)
        self.body.removeWidget(self.title)
        self._order: RunningOrder | None = None
        self._fixed = 0
        self.rows: list[RoundRow] = []
        self.total = TextLabel(kind="lead", wrap=False)
        self.undo = link_button("Undo the last change", self.undo_wanted.emit)
        self.undo.setToolTip("Ctrl+Z")
        head = spaced(FlowLayout(), gap=0.9)
        for part in (self.title, self.total, self.undo):
            head.addWidget(part)
        self.title.setWordWrap(False)
        self.body.addLayout(head)
        self.said = wrapped_label()
        self.said.hide()
        self.problem = problem_label()
        self.problem.hide()
        self.body.addWidget(self.said)
        self.body.addWidget(self.problem)
        self.list = spaced(QVBoxLayout(), gap=0)
        self.body.addLayout(self.list)
        self.editor = RoundEditor(desk, self)
        self.editor.hide()
        self.editor.closed.connect(self._edited)
        self.add = secondary_button("Add a round…", self.open_adding)
        self.keep_as = secondary_button("Save as a template…", self.open_naming)
        self.body.addLayout(button_row(self.add, self.keep_as))
        self.adding = AddingPart()
        self.adding.hide()
        self.adding.closed.connect(self.close_adding)
        self.naming = NamingPart()
        self.naming.hide()
        self.naming.closed.connect(self.close_naming)
        self.body.addWidget(self.adding)
        self.body.addWidget(self.naming)

    def show_order(self, order: RunningOrder, *, fixed: int = 0, running: bool = False, look: bool = False) -> None:
        """Show this running order. So many of its rounds are fixed, the last of them on where the session is `running`.

        Where it is only to `look` at, nothing can be changed.
        """
        self._order = order
        self._fixed = len(order.rounds) if look else fixed
        while len(self.rows) < len(order.rounds):
            row = RoundRow()
            row.change_wanted.connect(self.open_editor)
            self.rows.append(row)
            self.list.addWidget(row)
            self.row_made.emit(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(order.rounds))
        starts = plan_words.starts(order)
        self.total.setText(plan_words.total(order))
        closes = plan_words.closes(order)
        for at, (row, one) in enumerate(zip(self.rows, order.rounds, strict=False)):
            why = ""
            if not look and at < fixed:
                why = plan_words.IS_ON if running and at == fixed - 1 else plan_words.OVER
            row.show_round(
                one,
                starts[at],
                fixed=why,
                look=look,
                first=at <= self._fixed,
                last=at >= len(order.rounds) - 1 - closes,
            )
        if self.adding.isVisibleTo(self):
            self.adding.show_order(order)
        self._place_editor()
        self.add.setEnabled(not look)

    def row_of(self, round_id: str) -> RoundRow | None:
        """The row that shows a round."""
        shown = self.rows[: len(self._order.rounds)] if self._order else []
        return next((row for row in shown if row.round_id == round_id), None)

    def say(self, problem: str, round_id: str = "") -> None:
        """Say what cannot be beside the round that it is about, or above them all; no words take everything away."""
        about = self.row_of(round_id) if round_id else None
        for row in self.rows:
            row.say(problem if row is about else "")
        above = problem if about is None else ""
        self.problem.setText(above)
        self.problem.setVisible(bool(above))

    @property
    def refuses(self) -> bool:
        """Whether it is said of anything that it cannot be."""
        return any(not label.isHidden() for label in (self.problem, *(row.problem for row in self.rows)))

    def tell(self, said: str) -> None:
        """What was left out for want of time; nothing where everything fits."""
        self.said.setText(said)
        self.said.setVisible(bool(said))

    # --- one round, opened below its row

    def open_editor(self, round_id: str) -> None:
        """Open the title and the question of a round below it, or close them where they are open."""
        if self.editor.round_id == round_id and self.editor.isVisibleTo(self):
            self._edited(round_id)
            return
        self.editor.forget()
        one = next((one for one in self._order.rounds if one.id == round_id), None) if self._order else None
        if one is None or self._order is None:
            return
        self.editor.show_round(one, plan_words.questions(self._order))
        self._place_editor()
        self.editor.show()
        self._in_order(self.editor, self.editor.title)
        self.editor.arrived()

    def _edited(self, round_id: str) -> None:
        self.editor.hide()
        self.editor.forget()
        row = self.row_of(round_id)
        if row is not None:
            row.change.setFocus()

    def _place_editor(self) -> None:
        """Keep the editor below its round, wherever that is now."""
        if not self.editor.round_id or self._order is None:
            return
        one = next((one for one in self._order.rounds[self._fixed :] if one.id == self.editor.round_id), None)
        row = self.row_of(self.editor.round_id)
        if one is None or row is None:
            self.editor.hide()
            self.editor.forget()
            return
        if self.list.indexOf(self.editor) != self.list.indexOf(row) + 1:
            self.list.removeWidget(self.editor)
            self.list.insertWidget(self.list.indexOf(row) + 1, self.editor)
        self.editor.show_round(one, plan_words.questions(self._order))

    # --- parts that open below the list

    def open_adding(self) -> None:
        """Show the kinds of round."""
        if self._order is None:
            return
        self.naming.hide()
        self.adding.show_order(self._order)
        self.adding.say("")
        self.adding.show()
        self.adding.arrived()
        self._in_order(self.adding, self.adding.focusWidget() or self.adding)

    def close_adding(self) -> None:
        """Hide them again."""
        self.adding.hide()
        self.add.setFocus()

    def open_naming(self) -> None:
        """Ask for the name of a template."""
        self.adding.hide()
        self.naming.show()
        self._in_order(self.naming, self.naming.name)
        self.naming.arrived()

    def close_naming(self) -> None:
        """Hide that again."""
        self.naming.hide()
        self.keep_as.setFocus()

    def stops(self) -> Sequence[QWidget]:
        """Where Tab goes, in the order of the screen."""
        laid = [self.list.itemAt(at) for at in range(self.list.count())]
        rows = [item.widget() for item in laid if item is not None]
        return (self.undo, *(row for row in rows if row is not None), self.add, self.keep_as, self.adding, self.naming)

    def _in_order(self, opened: QWidget, first: QWidget) -> None:
        """Bring what was opened into sight, its beginning above all, and into Tab's way."""
        self.opened.emit(opened)
        self.opened.emit(first)
        QTimer.singleShot(0, opened, lambda: tab_through(*self.stops()))
