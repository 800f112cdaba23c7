"""The themes of one kind, each with its number, who stands behind it, and whether others will see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.cafe.cards import Board, CardKind, hands_behind
from cqcmock.domain.cafe.release import SPARE_PEOPLE, names_a_team
from ui.announce import announce
from ui.cafe.cards_meant import Meant, meant, themes_of
from ui.cafe.cards_words import counted, number, seen_by
from ui.cafe.hand_click import one_click
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, problem_label, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.pill import Tone

NONE_YET = "There is no theme yet. Choose cards, type a name for what they have in common, and press Enter."


def theme_lines(board: Board, kind: CardKind, fewest: int, teams: Collection[str]) -> Iterator[Line]:
    """A line for each theme of a kind."""
    for at, theme in enumerate(themes_of(board, kind), 1):
        people = len(hands_behind(board, theme.id))
        cards = sum(theme.id in card.themes for card in board.cards)
        sign, tone = seen_by(people, fewest), Tone.IN_HAND if people >= fewest else Tone.QUIET
        if names_a_team(theme.name, teams):
            sign, tone = "it names a team: only you see it", Tone.WRAP_UP
        yield Line(key=theme.id, title=f"{at}  {theme.name}", about=counted(cards, people), sign=sign, tone=tone)


class Deeds(Enum):
    """What the line below the list is for."""

    MAKE = auto()
    RENAME = auto()
    MERGE = auto()


class ThemePanel(QWidget):
    """`made`, `renamed` and `merged` carry what somebody wants; ids are those of themes. `moved`: another is chosen."""

    made = Signal(str)
    renamed = Signal(str, str)
    merged = Signal(str, str)
    out_wanted = Signal(str)
    moved = Signal()
    asking = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._board = Board()
        self._kind = CardKind.PRIDE
        self._doing: Deeds | None = None
        self._about = ""
        column = spaced(QVBoxLayout(self), gap=0.4)
        self.title = heading("Themes", 3)
        self.list = LineList("Themes", rows_in_sight=5)
        self.empty = wrapped_label(NONE_YET, quiet=True)
        self.make = secondary_button("New theme", lambda: self._ask(Deeds.MAKE))
        self.rename = secondary_button("Rename", lambda: self._ask(Deeds.RENAME))
        self.merge = secondary_button("Merge", lambda: self._ask(Deeds.MERGE))
        self.take_out = secondary_button("Take out", lambda: self.out_wanted.emit(self.list.chosen))
        one_click(self.take_out)
        self.take_out.setAccessibleDescription("Takes the chosen theme out. Its cards stay.")
        self.line = QWidget()
        inside = spaced(QVBoxLayout(self.line), gap=0.3)
        self.asked = wrapped_label()
        self.field = _Field()
        self.ok = secondary_button("Do it", self._entered)
        self.cancel = secondary_button("Leave it", self._leave)
        self.problem = problem_label()
        inside.addWidget(self.asked)
        inside.addWidget(self.field)
        inside.addWidget(self.problem)
        inside.addLayout(button_row(self.ok, self.cancel))
        self.foot = small_label()
        for widget in (self.title, self.list, self.empty):
            column.addWidget(widget)
        column.addLayout(button_row(self.make, self.rename, self.merge, self.take_out))
        column.addWidget(self.line)
        column.addWidget(self.foot)
        column.addStretch(1)
        self.line.hide()
        self.problem.hide()
        self.list.moved.connect(self._moved)
        self.list.open_wanted.connect(lambda _: self._ask(Deeds.RENAME))
        self.list.delete_wanted.connect(self.out_wanted)
        self.field.returnPressed.connect(self._entered)
        self.field.left.connect(self._leave)
        self.field.textEdited.connect(lambda _: self.say_problem(""))

    @property
    def chosen(self) -> str:
        """The id of the chosen theme, or nothing."""
        return self.list.chosen

    def show_board(self, board: Board, kind: CardKind, fewest: int, teams: Collection[str]) -> None:
        """Show the themes of this kind."""
        if kind is not self._kind:
            self._leave()
        self._board, self._kind = board, kind
        lines = tuple(theme_lines(board, kind, fewest, teams))
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.foot.setText(
            f"Others see the name of a theme and never a card. They see none unless {number(fewest + SPARE_PEOPLE)} "
            "people came: closing the session shows you exactly what they will see. Never name a theme after a team."
        )
        self._moved()

    def say_problem(self, words: str) -> None:
        """What is wrong with the name, beside it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.problem, words)

    def done(self) -> None:
        """What was asked for is done."""
        self._doing = None
        self.line.hide()
        self.field.clear()
        (self.list if self.list.isVisible() else self.make).setFocus()

    def _moved(self) -> None:
        for button in (self.rename, self.take_out):
            button.setEnabled(bool(self.chosen))
        self.merge.setEnabled(bool(self.chosen) and len(self.list.lines.lines) > 1)
        self.moved.emit()

    def _ask(self, doing: Deeds) -> None:
        theme = self._board.theme(self.chosen)
        if doing is not Deeds.MAKE and theme is None:
            return
        self._doing, self._about = doing, theme.id if theme is not None else ""
        name = theme.name if theme is not None else ""
        self.asked.setText(
            {
                Deeds.MAKE: "What is the new theme called?",
                Deeds.RENAME: f"A better name for “{name}”:",
                Deeds.MERGE: f"Put all cards of “{name}” into which theme? Its number or name:",
            }[doing]
        )
        self.field.setText(name if doing is Deeds.RENAME else "")
        self.field.setAccessibleName(self.asked.text())
        self.ok.setText({Deeds.MAKE: "Make it", Deeds.RENAME: "Rename", Deeds.MERGE: "Merge"}[doing])
        self.say_problem("")
        self.line.show()
        self.field.selectAll()
        self.field.setFocus()
        self.asking.emit()

    def _entered(self) -> None:
        typed = self.field.text()
        match self._doing:
            case Deeds.MAKE:
                self.made.emit(typed)
            case Deeds.RENAME:
                self.renamed.emit(self._about, typed)
            case Deeds.MERGE:
                self._merge(meant(themes_of(self._board, self._kind), typed))
            case None:
                pass

    def _merge(self, into: Meant) -> None:
        if into.theme is None:
            self.say_problem(into.problem or f"There is no theme “{into.new}”.")
        elif into.theme.id == self._about:
            self.say_problem("That is the same theme. Choose another.")
        else:
            self.merged.emit(self._about, into.theme.id)

    def _leave(self) -> None:
        if self._doing is not None:
            self.done()


class _Field(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
