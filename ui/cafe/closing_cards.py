"""The parts of the page on which a session is closed: who came, the themes, what to look at first, the question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.attendance import MOST_PEOPLE, Attendance, Group
from cqcmock.domain.cafe.cards import LONGEST_NAME
from cqcmock.domain.cafe.smallest_group import LOWEST_K
from cqcmock.domain.english import count
from ui.cafe import closing_words as words
from ui.cafe.closing_reading import Doubt, ToClose
from ui.cafe.closing_released import ReleasedView
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.fields import spin_box
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList

ROWS_IN_SIGHT = 5
LARGEST_GROUP = 50


class WhoCame(Card):
    """Who came, by team and role; `corrected` carries a team, a role and how many of them came in all."""

    corrected = Signal(str, str, int)

    def __init__(self) -> None:
        super().__init__("Who came")
        self.total = wrapped_label()
        self.groups = LineList("Who came, by team and role", rows_in_sight=ROWS_IN_SIGHT, about_rows=1)
        self.people = spin_box("How many of these came in all", 0, MOST_PEOPLE)
        self.people.setKeyboardTracking(False)
        self.problem = problem_label()
        self.problem.hide()
        put_right = spaced(FlowLayout(), gap=0.5)
        self.which = TextLabel(wrap=False)
        for part in (TextLabel("Put right:", wrap=False), self.people, self.which):
            put_right.addWidget(part)
        self.body.addWidget(self.total)
        self.body.addWidget(self.groups)
        self.body.addLayout(put_right)
        self.body.addWidget(self.problem)
        self._counts: dict[tuple[str, str], int] = {}
        self._wanted: dict[tuple[str, str], int] = {}
        self.groups.moved.connect(lambda _: self._show_chosen())
        self.people.valueChanged.connect(self._changed)

    def show_attendance(self, there: Attendance) -> None:
        """Show these; a group that is nobody any more stays in sight, so that it can be put right again."""
        self._counts = dict.fromkeys(self._counts, 0)
        self._counts |= {(group.team, group.role): group.people for group in there.groups}
        self._counts.setdefault(("", ""), 0)
        self._wanted = {who: people for who, people in self._wanted.items() if self._counts.get(who) != people}
        self.total.setText(words.came_words(there.came))
        ordered = sorted(self._counts, key=lambda who: (not any(who), who[0].casefold(), who[1].casefold()))
        self.groups.show_lines([_line(who, self._counts[who]) for who in ordered])
        self._show_chosen()

    def refuse(self, why: str) -> None:
        """The correction could not be taken: say why, and show what is kept."""
        self._wanted.clear()
        self._show_chosen()
        self.problem.setText(why)
        self.problem.show()

    def begin(self) -> None:
        """Put the keyboard where a number is put right."""
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)
        self.people.selectAll()

    def _who(self) -> tuple[str, str]:
        team, _, role = self.groups.chosen.partition("\n")
        return team, role

    def _show_chosen(self) -> None:
        who = self._who()
        if who in self._wanted:
            return
        named = words.group_words(Group(team=who[0], role=who[1], people=0))
        self.which.setText(
            f"came in all from “{_shortly(named)}”." if any(who) else "came in all without team or role."
        )
        self.people.setAccessibleName(f"How many came in all: {named}")
        self.people.blockSignals(True)
        self.people.setValue(self._counts.get(who, 0))
        self.people.blockSignals(False)

    def _changed(self, people: int) -> None:
        self.problem.hide()
        who = self._who()
        self._wanted[who] = people
        self.corrected.emit(*who, people)


def _line(who: tuple[str, str], people: int) -> Line:
    named = words.group_words(Group(team=who[0], role=who[1], people=people))
    return Line(key="\n".join(who), title=named, about=count(people, "person", "people"))


def _shortly(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25].rstrip()}…"


class Themes(Card):
    """The themes with what others will be told of each; `renamed` carries the id of one and another name."""

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("What people said")
        self.provisional = wrapped_label(words.PROVISIONAL, quiet=True)
        self.list = LineList("Themes, and what others will be told of them", rows_in_sight=ROWS_IN_SIGHT)
        self.name = QLineEdit()
        self.name.setAccessibleName("Another name for the chosen theme")
        self.name.setMaxLength(LONGEST_NAME)
        self.rename = secondary_button("Rename the theme", self._rename)
        self.problem = problem_label()
        self.problem.hide()
        self.rest = wrapped_label(quiet=True)
        self.renaming = QWidget()
        column = spaced(QVBoxLayout(self.renaming), gap=0.4)
        column.addWidget(sized(self.name, max_width=40.0))
        column.addLayout(button_row(self.rename))
        for part in (self.provisional, self.list, self.renaming, self.problem, self.rest):
            self.body.addWidget(part)
        self._names: dict[str, str] = {}
        self._shown = ""
        self.list.moved.connect(lambda _: self._show_chosen())
        self.list.open_wanted.connect(self.begin)
        self.name.returnPressed.connect(self._rename)

    def show_themes(self, seen: ToClose, *, answered: bool) -> None:
        """Show what others will be told of each."""
        there = bool(seen.themes)
        for part in (self.list, self.renaming):
            part.setVisible(there)
        self.provisional.setVisible(there and not answered)
        self._names = {theme.id: theme.name for theme in seen.themes}
        self.list.show_lines([words.theme_line(theme) for theme in seen.themes])
        self._show_chosen()
        self.rest.setText(words.rest_words(seen))
        self.rest.setVisible(bool(self.rest.text()))

    @property
    def unsaved(self) -> bool:
        """Whether a name stands there that the theme does not have."""
        return self.name.text() != self._names.get(self.list.chosen, "")

    def begin(self, theme: str) -> None:
        """Put the keyboard where this theme gets another name."""
        self.list.choose(theme)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def refuse(self, why: str) -> None:
        """The name cannot be taken: say why, and leave it to be mended."""
        self.problem.setText(why)
        self.problem.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        """Another theme, or another name for it: what is being typed about the same one stays."""
        name = self._names.get(self.list.chosen, "")
        shown = f"{self.list.chosen}\n{name}"
        if shown != self._shown:
            self._shown = shown
            self.name.setText(name)
            self.problem.hide()

    def _rename(self) -> None:
        self.problem.hide()
        theme, name = self.list.chosen, self.name.text()
        if theme and name != self._names.get(theme):
            self.renamed.emit(theme, name)


class Doubts(Card):
    """What to look at first. `rename_wanted` carries the id of a theme; `people_wanted`: put the numbers right."""

    rename_wanted = Signal(str)
    people_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Worth a second look")
        self.none = wrapped_label(words.NO_DOUBTS, quiet=True)
        self.body.addWidget(self.none)
        self.rows: list[QWidget] = []
        self._shown: tuple[Doubt, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said, line by line."""
        return tuple(doubt.words for doubt in self._shown)

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show these."""
        self.none.setVisible(not doubts)
        if tuple(doubts) == self._shown:
            return
        self._shown = tuple(doubts)
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(doubt) for doubt in doubts]
        for row in self.rows:
            self.body.addWidget(row)

    def _row(self, doubt: Doubt) -> QWidget:
        row = QWidget()
        column = spaced(QVBoxLayout(row), gap=0.1)
        column.addWidget(wrapped_label(f"▲\u2002{doubt.words}"))
        if doubt.theme:
            column.addWidget(self._way("Rename this theme", lambda: self.rename_wanted.emit(doubt.theme)))
        elif doubt.about_people:
            column.addWidget(self._way("Put the numbers right", self.people_wanted.emit))
        return row

    def _way(self, title: str, do: object) -> QWidget:
        assert callable(do)
        return link_button(title, lambda: QTimer.singleShot(0, self, do))  # the row may go away meanwhile


class Question(Card):
    """The one question that must be answered; nothing is chosen at first."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__(words.QUESTION)
        self.body.addWidget(wrapped_label(words.WHY))
        self.yes = QRadioButton("Yes, mostly the same people")
        self.no = QRadioButton("No, or it was the first café")
        self._group = QButtonGroup(self)
        for button in (self.yes, self.no):
            button.setAccessibleDescription(words.QUESTION)
            self._group.addButton(button)
            self.body.addWidget(button)
        self._group.buttonClicked.connect(lambda button: self.answered.emit(button is self.yes))

    @property
    def answer(self) -> bool | None:
        """Whether it was yes; None as long as nothing is chosen."""
        return self.yes.isChecked() if self._group.checkedButton() is not None else None


class WhatOthersSee(Card):
    """The smallest group, and a preview; `smallest_changed` carries the fewest people behind anything shown."""

    smallest_changed = Signal(int)

    def __init__(self, smallest: int) -> None:
        super().__init__("What others will see")
        row = spaced(FlowLayout(), gap=0.5)
        self.smallest = spin_box(words.SMALLEST, LOWEST_K, max(LARGEST_GROUP, smallest))
        self.smallest.setValue(smallest)
        self.smallest.setKeyboardTracking(False)
        for part in (
            TextLabel(words.SMALLEST, wrap=False),
            self.smallest,
            TextLabel("people behind it.", wrap=False),
        ):
            row.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(small_label(words.SMALLEST_HINT))
        self.waiting = wrapped_label(words.PREVIEW_WAITS, quiet=True)
        self.preview = ReleasedView()
        self.preview.hide()
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.preview)
        self.smallest.valueChanged.connect(self.smallest_changed)

    def show_preview(self, seen: ToClose, *, answered: bool) -> None:
        """Show what follows from the answer, once there is one."""
        self.waiting.setVisible(not answered)
        self.preview.setVisible(answered)
        self.preview.show_release(seen.preview)
