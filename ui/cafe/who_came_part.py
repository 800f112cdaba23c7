"""The tab in which people are counted as they come: how many, of which team and in which role, and never who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.cafe.attendance import LONGEST_GROUP_NAME, MOST_PEOPLE, Attendance
from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.cafe.cards_doing import Doing
from ui.cafe.hand import Hand
from ui.cafe.hand_click import one_click
from ui.cafe.part import Part
from ui.cafe.who_came_rows import CountField, GroupRows
from ui.cafe.who_came_undo import SettingRight, deed_words, last_deed
from ui.desk import Desk
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout, SideBySide
from ui.widgets.labels import TextLabel, heading, problem_label, question_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

NO_NAMES: Final = "No names, ever: only how many came. Please put no name into a team or a role."
NOBODY_YET: Final = "Nobody has been counted yet. Type a team, a role and how many, and press Enter."
NOT_SAVED: Final = "The last change is not saved yet. It is tried again every second; please wait with the next."
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WhoCamePart(Part):
    """People come in bursts: team, role, number, Enter. They leave and come back as numbers."""

    title = "Who came"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self._door = hand.opened.attendance
        self._since = len(self._door.events)
        self._settled: set[int] = set()
        self.doing = Doing(hand, self)
        self._roles_known: tuple[str, ...] = ()
        self._roles_asked = False
        self.page = ScrollPage(gap=0.6)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self._drawn: Attendance | None = None
        self._make_counts()
        self._make_form()
        self._make_leaving()
        self.last: TextLabel = wrapped_label()
        self.mistake = link_button("That was a mistake", self.undo)
        one_click(self.mistake)
        self.last_row = QWidget()
        row = spaced(FlowLayout(self.last_row), gap=0.75)
        row.addWidget(self.last)
        row.addWidget(self.mistake)
        self.rows = GroupRows()
        self.rows.one_more.connect(lambda team, role: self._came(1, team, role))
        self.rows.corrected.connect(self._correct)
        self.rows.drawn.connect(self._tab_through_rows)
        self.empty = wrapped_label(NOBODY_YET, quiet=True)
        column = self.page.column
        column.addWidget(self.counts)
        column.addWidget(wrapped_label(NO_NAMES, quiet=True))
        column.addWidget(self.form)
        column.addWidget(self.leaving)
        column.addWidget(self.last_row)
        column.addWidget(heading("By team and role", 2))
        column.addWidget(self.empty)
        column.addWidget(self.rows)

    def arrived(self) -> None:
        """The next to come are typed at once."""
        super().arrived()
        self._ask_roles()
        self.team.setFocus(Qt.FocusReason.OtherFocusReason)
        self.team.selectAll()

    def undo(self) -> bool:
        """Set the last deed right by correcting it. False where nothing was done since the session was opened."""
        if not self.doing.busy and last_deed(self._door, self._settled, self._since) is None:
            return False
        right = SettingRight(self._door, self._settled, self._since)

        def taken_back() -> None:
            right.done()
            self.redraw()

        if self._do(right.step):
            self._do(right.second_step, then=taken_back, said="Taken back.")
        return True

    def redraw(self) -> None:
        """Show what is kept now."""
        there, at = self._door.state, last_deed(self._door, self._settled, self._since)
        words = "" if at is None else f"Last: {deed_words(self._door.events[at])}"
        self.last_row.setVisible(bool(words))
        if words != self.last.text():
            self.last.setText(words)
            self.last_row.updateGeometry()
        if there is self._drawn:
            return
        self._drawn = there
        self.here.setText(str(there.here))
        self.came.setText(str(there.came))
        self.here_box.setAccessibleName(f"{count(there.here, 'person', 'people')} here now")
        self.came_box.setAccessibleName(f"{count(there.came, 'person', 'people')} came in all")
        self.empty.setVisible(not there.groups)
        self.rows.show_groups(there.groups)
        self.left_button.setEnabled(there.here > 0)
        self.back_button.setEnabled(there.gone > 0)
        self._complete(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter in any field of the form: they came. The two fields for words say so themselves, even from a list."""
        if event.key() in _ENTER and self.number.hasFocus():
            self.they_came()
        else:
            super().keyPressEvent(event)

    def they_came(self) -> None:
        """Count those who are at the door; what is wrong with the words is said beside them."""
        self.number.interpretText()
        self._came(self.number.value(), self.team.text(), self.role.text(), from_form=True)

    def _came(self, people: int, team: str, role: str, *, from_form: bool = False) -> None:
        door = self._door

        def deed() -> None:
            from cqcmock.services.cafe import attendance

            attendance.came(door, people, team=team, role=role)

        self._do(deed, then=self._counted if from_form else None, said=f"{people} more.")

    def _counted(self) -> None:
        self.number.setValue(1)
        self.team.setFocus(Qt.FocusReason.OtherFocusReason)
        self.team.selectAll()

    def _correct(self, team: str, role: str, people: int) -> None:
        door = self._door

        def deed() -> None:
            from cqcmock.services.cafe import attendance

            attendance.correct(door, people, team=team, role=role)

        self._do(deed, said="Corrected.")

    def _leave(self) -> None:
        door, people = self._door, self._moving()

        def deed() -> None:
            from cqcmock.services.cafe import attendance

            attendance.left(door, people)

        self._do(deed, then=self._moved, problem=self.moving_problem, said=f"{people} left.")

    def _come_back(self) -> None:
        door, people = self._door, self._moving()

        def deed() -> None:
            from cqcmock.services.cafe import attendance

            attendance.came_back(door, people)

        self._do(deed, then=self._moved, problem=self.moving_problem, said=f"{people} came back.")

    def _moving(self) -> int:
        self.moving.interpretText()
        return self.moving.value()

    def _moved(self) -> None:
        self.moving.setValue(1)

    def _do(
        self,
        deed: Callable[[], object],
        *,
        then: Callable[[], None] | None = None,
        problem: TextLabel | None = None,
        said: str = "",
    ) -> bool:
        """Do a deed after those that were asked for before; not while one is held up, and then it is said."""
        beside = problem or self.problem
        if self.doing.held_up:
            self._say(beside, NOT_SAVED)
            self.rows.put_back()
            return False

        def done() -> None:
            for one in (self.problem, self.moving_problem):
                one.hide()
            if then is not None:
                then()
            if said:
                announce(self, f"{said} {count(self._door.state.here, 'person', 'people')} here.")

        def failed(error: UserError) -> None:
            self._say(beside, str(error))
            self.rows.put_back()

        self.doing.do(self._door, deed, then=done, failed=failed)
        return True

    def _say(self, beside: TextLabel, problem: str) -> None:
        beside.setText(problem)
        beside.show()
        announce(self, problem)

    def _tab_through_rows(self) -> None:
        tab_through(self.mistake, *self.rows.in_order)

    def _make_counts(self) -> None:
        self.counts = QWidget()
        row = spaced(FlowLayout(self.counts), gap=2.0)
        self.here, self.came = question_label("0"), question_label("0")
        self.here_box, self.came_box = _figure(self.here, "here now"), _figure(self.came, "came in all")
        row.addWidget(self.here_box)
        row.addWidget(self.came_box)

    def _make_form(self) -> None:
        self.form = Card("Who is at the door?")
        self.team, self.role = self._name_field("Team"), self._name_field("Role")
        self.number = CountField("How many", 1, MOST_PEOPLE)
        fields = [_labelled("Team", self.team), _labelled("Role", self.role), _labelled("How many", self.number)]
        self.form.body.addWidget(SideBySide(*fields, narrowest=11.0, shares=(3, 3, 1)))
        self.problem = problem_label()
        self.problem.hide()
        self.form.body.addWidget(self.problem)
        self.came_button = secondary_button("They came", self.they_came)
        one_click(self.came_button)
        self.form.add_buttons(self.came_button)

    def _make_leaving(self) -> None:
        """Whoever goes out has come all the same."""
        self.leaving = QWidget()
        self.moving = CountField("How many go out or come back", 1, MOST_PEOPLE)
        self.left_button = secondary_button("They left", self._leave)
        self.back_button = secondary_button("They came back", self._come_back)
        one_click(self.left_button, self.back_button)
        row = QWidget()
        flow = spaced(FlowLayout(row), gap=0.5)
        for part in (TextLabel("Going out, or coming back:", wrap=False), self.moving):
            flow.addWidget(part)
        flow.addWidget(self.left_button)
        flow.addWidget(self.back_button)
        self.moving_problem = problem_label()
        self.moving_problem.hide()
        column = spaced(QVBoxLayout(self.leaving), gap=0.2)
        column.addWidget(row)
        column.addWidget(self.moving_problem)

    def _name_field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST_GROUP_NAME)
        field.returnPressed.connect(self.they_came)
        completer = QCompleter(QStringListModel(field), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        return field

    def _complete(self, there: Attendance) -> None:
        teams = [group.team for group in there.groups]
        roles = [group.role for group in there.groups]
        _offer(self.team, [self.hand.opened.details.team, *teams])
        _offer(self.role, [*roles, *self._roles_known])

    def _ask_roles(self) -> None:
        """The roles of the framework are offered too, after those that were typed."""
        if self._roles_asked:
            return
        self._roles_asked = True

        def read() -> tuple[str, ...]:
            from cqcmock.services.shipped import framework

            return tuple(role.name for role in framework().roles)

        def known(roles: tuple[str, ...]) -> None:
            self._roles_known = roles
            self._complete(self._door.state)

        self.desk.tasks.background(read, then=known, owner=self)


def _figure(figure: TextLabel, words: str) -> QWidget:
    """A big number and what it counts."""
    box = QWidget()
    row = spaced(FlowLayout(box), gap=0.5)
    figure.setWordWrap(False)
    row.addWidget(figure)
    row.addWidget(TextLabel(words, kind="lead", wrap=False))
    return box


def _labelled(words: str, field: QWidget) -> QWidget:
    """A field under its name."""
    box = QWidget()
    column = spaced(QVBoxLayout(box), gap=0.2)
    label = TextLabel(words)
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    column.addStretch(1)
    return box


def _offer(field: QLineEdit, names: list[str]) -> None:
    offered = list(dict.fromkeys(name for name in names if name))
    model = field.completer().model()
    assert isinstance(model, QStringListModel)
    if model.stringList() != offered:
        model.setStringList(offered)
