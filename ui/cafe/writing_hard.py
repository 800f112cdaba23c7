"""“What did you find hard today?”: ticks for the lenses and the quality statements, by one person at the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cqcmock.domain.cafe.release import TableKind
from cqcmock.errors import UserError
from ui.announce import announce
from ui.cafe.cards_doing import Doing
from ui.cafe.hand import Hand
from ui.cafe.writing_tick import WrappedTick
from ui.sizes import spaced
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, problem_label, wrapped_label

_HEADINGS = {
    TableKind.HARD_LENSES: "When I answer",
    TableKind.HARD_STATEMENTS: "What the question was about",
}
EXPLAINED = (
    "Tick as much as you like, or nothing. It counts once for each person and names nobody. "
    "A tick is kept at once and can be taken out again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """One thing that can be hard: `name` is what is counted, `plain` what it means."""

    table: TableKind
    name: str
    plain: str


def to_choose() -> tuple[Hard, ...]:
    """The lenses and the statements, in their order. Runs in the database lane: it reads files at first."""
    from cqcmock.services import shipped

    lenses = (
        Hard(table=TableKind.HARD_LENSES, name=lens.name, plain=f"{lens.anchors[-1]}.")
        for lens in shipped.rubric().lenses
    )
    statements = (
        Hard(table=TableKind.HARD_STATEMENTS, name=statement.name, plain=statement.commitment)
        for statement in shipped.framework().statements
    )
    return (*lenses, *statements)


class HardTicks(QWidget):
    """The ticks of one turn. `changed` tells that there are more or fewer."""

    changed = Signal()

    def __init__(self, hand: Hand, doing: Doing) -> None:
        super().__init__()
        self._hand = hand
        self._doing = doing
        self._column = spaced(QVBoxLayout(self), gap=0.75)
        self._column.addWidget(wrapped_label(EXPLAINED, quiet=True))
        self.problem = problem_label()
        self.problem.hide()
        self._column.addWidget(self.problem)
        self.ticks: dict[Hard, QCheckBox] = {}
        self._said: set[Hard] = set()
        self._found: tuple[Hard, ...] = ()
        self._opened = False
        self._showing = False

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(tick.isChecked() for tick in self.ticks.values())

    def offer(self, found: Sequence[Hard]) -> None:
        """These can be ticked."""
        self._found = tuple(found)
        if self._opened:
            self.open()

    def open(self) -> None:
        """Somebody wants to tick: the ticks are made now, and not before anybody looks at them."""
        self._opened = True
        if self.ticks or not self._found:
            return
        sides = [self._side(table, [one for one in self._found if one.table is table]) for table in _HEADINGS]
        self._column.addWidget(SideBySide(*sides, narrowest=20.0, gap=1.5))

    def begin(self) -> None:
        """Somebody else is at the keyboard: nothing is ticked."""
        self._said = set()
        self._showing = True
        for tick in self.ticks.values():
            tick.setChecked(False)
        self._showing = False
        self.problem.hide()

    def _side(self, table: TableKind, found: Sequence[Hard]) -> QWidget:
        side = QWidget()
        column = spaced(QVBoxLayout(side), gap=0.5)
        column.addWidget(heading(_HEADINGS[table], 3))
        for one in found:
            column.addWidget(self._tick(one))
        column.addStretch(1)
        return side

    def _tick(self, one: Hard) -> QWidget:
        row = WrappedTick(one.name, one.plain)
        row.box.toggled.connect(lambda on: self._toggled(one, on))
        self.ticks[one] = row.box
        return row

    def _toggled(self, one: Hard, on: bool) -> None:
        if self._showing:
            return
        self.problem.hide()
        opened, said, new = self._hand.opened, self._said, [False]

        def say() -> None:
            from cqcmock.services.cafe import hard

            new[0] = all((was.table, was.name, was.hand) != (one.table, one.name, hand()) for was in opened.hard.state)
            hard.say(opened.hard, opened.cards.state, one.table, one.name)

        def take_back() -> None:
            from cqcmock.services.cafe import hard

            if one in said:  # somebody else who was counted before may have said the same
                hard.take_back(opened.hard, opened.cards.state, one.table, one.name)

        def hand() -> int:
            return opened.cards.state.hand

        def done() -> None:
            if on and new[0]:
                said.add(one)
            elif not on:
                said.discard(one)

        self._doing.do(opened.hard, say if on else take_back, then=done, failed=self._failed)
        self.changed.emit()

    def _failed(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        announce(self.problem, str(error))
