"""The tab in which people are counted as they come."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.attendance import Attendance, Group
from cqcmock.errors import UserError
from cqcmock.services.cafe import attendance
from tests.faults import Tell
from tests.services.cafe.hands import files_at_most
from tests.ui.cafe.clicks import second_press_of_a_double_click
from ui.cafe.hand import Hand
from ui.cafe.who_came_part import NO_NAMES, NOT_SAVED, WhoCamePart
from ui.cafe.who_came_rows import AT_ONCE, GroupRows
from ui.cafe.who_came_undo import SettingRight, last_deed
from ui.desk import Desk
from ui.theme import Theme

Show = Callable[[QWidget], None]
Wait = Callable[[], None]
NO_LISTS = (r"does not support raise\(\)", "does not support grabbing the keyboard")
"""What is said off screen about the list of known names, which is a window of its own."""

NORTH = ("Adults North", "Social worker")


@pytest.fixture
def part(desk: Desk, cafe: Hand, show: Show, settle: Wait) -> WhoCamePart:
    made = WhoCamePart(desk, cafe)
    show(made)
    made.arrived()
    settle()
    return made


def groups(hand: Hand) -> list[tuple[str, str, int]]:
    return [(group.team, group.role, group.people) for group in hand.opened.attendance.state.groups]


def north(part: WhoCamePart, settle: Wait, people: int = 3) -> None:
    part.team.setText(NORTH[0])
    part.role.setText(NORTH[1])
    part.number.setValue(people)
    part.they_came()
    settle()


@pytest.mark.qt_log_ignore(*NO_LISTS)
def test_a_burst_of_people_is_counted_by_keyboard_alone(
    part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    def type_in(text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, text)

    def press(key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)

    assert part.team.hasFocus()
    for team, role, number in (("North", "Social worker", "4"), ("South", "", "12")):
        type_in(team)
        press(Qt.Key.Key_Tab)
        part.role.clear()
        type_in(role)
        press(Qt.Key.Key_Tab)
        type_in(number)
        press(Qt.Key.Key_Return)
        settle()
        assert part.team.hasFocus()
        assert part.number.value() == 1
    assert groups(cafe) == [("North", "Social worker", 4), ("South", "", 12)]
    assert (part.here.text(), part.came.text()) == ("16", "16")


@pytest.mark.qt_log_ignore(*NO_LISTS)
def test_enter_counts_at_once_while_the_list_of_known_names_is_open(
    part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    north(part, settle)
    qtbot.keyClicks(part.team, "adul")
    popup = part.team.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    settle()
    assert not popup.isVisible()
    assert groups(cafe) == [(*NORTH, 4)]


def test_the_big_plus_one_counts_every_press(part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot) -> None:
    north(part, settle)
    row = part.rows.rows[NORTH]
    for _ in range(5):
        qtbot.mouseClick(row.more, Qt.MouseButton.LeftButton)
    settle()
    assert groups(cafe) == [(*NORTH, 8)]
    assert part.rows.rows[NORTH] is row
    assert row.number.value() == 8


def test_an_exact_number_put_into_a_row_corrects_it_and_the_wheel_does_not(
    part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    north(part, settle)
    number = part.rows.rows[NORTH].number
    number.setFocus()
    middle = QPointF(number.rect().center())
    wheel = QWheelEvent(
        middle, number.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(number, wheel)
    settle()
    assert groups(cafe) == [(*NORTH, 3)]
    number.selectAll()
    qtbot.keyClicks(number, "11")
    assert groups(cafe) == [(*NORTH, 3)]
    qtbot.keyClick(number, Qt.Key.Key_Return)
    settle()
    assert groups(cafe) == [(*NORTH, 11)]
    number.setValue(0)
    settle()
    assert groups(cafe) == []
    assert part.rows.rows == {}
    assert part.empty.isVisible()


def test_people_leave_and_come_back_without_having_come_less(part: WhoCamePart, settle: Wait, qtbot: QtBot) -> None:
    assert not part.left_button.isEnabled()
    north(part, settle, 5)
    part.moving.setValue(2)
    qtbot.mouseClick(part.left_button, Qt.MouseButton.LeftButton)
    settle()
    assert (part.here.text(), part.came.text()) == ("3", "5")
    part.moving.setValue(4)
    qtbot.mouseClick(part.left_button, Qt.MouseButton.LeftButton)
    settle()
    assert "Only 3 people are here" in part.moving_problem.text()
    part.moving.setValue(1)
    qtbot.mouseClick(part.back_button, Qt.MouseButton.LeftButton)
    settle()
    assert (part.here.text(), part.came.text()) == ("4", "5")
    assert part.moving_problem.isHidden()


def test_what_cannot_be_cannot_be_put_in(part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot) -> None:
    part.team.clear()
    qtbot.keyClicks(part.team, "x" * 90)
    part.number.clear()
    qtbot.keyClicks(part.number, "501")  # a third figure would make more than can be
    part.they_came()
    settle()
    assert groups(cafe) == [("x" * 80, "", 50)]
    assert part.problem.isHidden()


def test_the_last_deed_is_set_right_as_often_as_there_are_deeds(
    part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    assert not part.undo()
    assert part.last_row.isHidden()
    north(part, settle, 4)
    part.moving.setValue(4)
    part._leave()
    settle()
    assert part.last.text() == "Last: 4 people left."
    part.rows.rows[NORTH].number.setValue(1)
    settle()
    assert part.last.text() == "Last: Corrected to 1 person: Adults North, Social worker."
    assert (cafe.opened.attendance.state.came, cafe.opened.attendance.state.here) == (1, 0)
    qtbot.mouseClick(part.mistake, Qt.MouseButton.LeftButton)
    settle()
    assert (cafe.opened.attendance.state.came, cafe.opened.attendance.state.gone) == (4, 4)
    assert part.last.text() == "Last: 4 people left."
    assert part.undo()
    assert part.undo()
    settle()
    assert cafe.opened.attendance.state == Attendance()
    assert part.last_row.isHidden()
    assert not part.undo()


def test_an_undo_right_after_a_deed_takes_that_deed_back(part: WhoCamePart, cafe: Hand, settle: Wait) -> None:
    north(part, settle, 4)
    part.rows.rows[NORTH].more.click()
    assert part.undo()
    settle()
    assert groups(cafe) == [(*NORTH, 4)]


names = st.sampled_from(["", "North", "NORTH", "South"])
deeds = st.lists(
    st.tuples(st.sampled_from(["came", "correct", "left", "came_back"]), st.integers(0, 6), names, names), max_size=12
)


@given(deeds)
def test_setting_right_leads_back_through_everything_that_was_there(done: list[tuple[str, int, str, str]]) -> None:
    door = attendance.kept([], lambda *_: None)
    before = []
    for kind, people, team, role in done:
        stood = door.state
        try:
            if kind in ("came", "correct"):
                getattr(attendance, kind)(door, people, team=team, role=role)
            else:
                getattr(attendance, kind)(door, people)
        except UserError:
            continue
        before.append(stood)
    settled: set[int] = set()
    while before:
        right = SettingRight(door, settled, 0)
        right.step()
        right.second_step()
        right.done()
        wanted = before.pop()
        assert counts(door.state) == counts(wanted)
    assert last_deed(door, settled, 0) is None


def counts(there: Attendance) -> tuple[dict[tuple[str, str], int], int]:
    """Apart from the spelling of a name, which is that of whoever came first."""
    return {(one.team.casefold(), one.role.casefold()): one.people for one in there.groups}, there.gone


def test_known_teams_and_roles_are_offered_while_typing(part: WhoCamePart, settle: Wait) -> None:
    north(part, settle)
    assert offered(part.team) == [NORTH[0]]
    assert offered(part.role)[0] == NORTH[1]
    assert "Principal social worker" in offered(part.role)


def offered(field: QLineEdit) -> list[str]:
    model = field.completer().model()
    assert isinstance(model, QStringListModel)
    return model.stringList()


def test_there_is_no_place_for_a_name_and_the_screen_says_so(part: WhoCamePart) -> None:
    assert NO_NAMES in [label.text() for label in part.findChildren(QLabel) if label.isVisible()]
    assert {field.accessibleName() for field in part.findChildren(QLineEdit) if field.accessibleName()} == {
        "Team",
        "Role",
    }


def test_forty_groups_are_drawn_a_few_at_a_time_and_one_more_touches_no_other_row(theme: Theme, qtbot: QtBot) -> None:
    rows = GroupRows()
    qtbot.addWidget(rows)
    rows.show()
    forty = [Group(team=f"Team {number:02d}", role="Social worker", people=1) for number in range(40)]
    rows.show_groups(forty[1:])
    assert len(rows.rows) == AT_ONCE
    qtbot.waitUntil(lambda: len(rows.rows) == 39)
    there = dict(rows.rows)
    rows.show_groups(forty)
    assert len(rows.rows) == 40
    assert all(rows.rows[key] is row for key, row in there.items())
    assert [row.group.team for row in rows.in_order] == [group.team for group in forty]
    tops = [row.y() for row in rows.in_order]
    qtbot.waitUntil(lambda: (tops := [row.y() for row in rows.in_order]) == sorted(set(tops)))
    assert len(tops) == 40


def test_tab_goes_through_the_rows_from_the_top(part: WhoCamePart, settle: Wait) -> None:
    north(part, settle)
    part.team.setText("Adults East")
    part.they_came()
    settle()
    first, second = part.rows.in_order
    assert first.group.team == "Adults East"
    stops = [part.mistake, first.number, first.more, second.number, second.more]
    at: QWidget = part.mistake
    seen = [at]
    while at is not second.more:
        following = at.nextInFocusChain()
        assert following is not None
        at = following
        if at in stops:
            seen.append(at)
    assert seen == stops


def test_while_the_disk_is_full_people_are_counted_once_and_the_form_is_ready_when_they_are(
    part: WhoCamePart, cafe: Hand, settle: Wait, fault: Tell
) -> None:
    part.team.setText("North")
    part.number.setValue(3)
    with files_at_most(0):
        part.they_came()
        settle()
        part.they_came()
        settle()
        assert part.problem.text() == NOT_SAVED
        assert part.problem.isVisible()
        assert part.number.value() == 3
    cafe._tick()
    settle()
    assert groups(cafe) == [("North", "", 3)]
    assert part.number.value() == 1
    assert part.problem.isHidden()
    fault("The disk lets no file grow while people come to a café", area="Café", tried=1, lost=0, person_sees=NOT_SAVED)


def test_two_who_come_one_after_the_other_are_two_although_the_disk_fails_between(
    part: WhoCamePart, cafe: Hand, settle: Wait
) -> None:
    north(part, settle)
    before = cafe.opened.attendance.state.came
    with files_at_most(0):
        part.rows.rows[NORTH].more.click()
        part.rows.rows[NORTH].more.click()
        settle()
    cafe._tick()
    settle()
    assert cafe.opened.attendance.state.came == before + 2


def test_a_mistake_that_the_disk_holds_up_is_set_right_once(part: WhoCamePart, cafe: Hand, settle: Wait) -> None:
    north(part, settle)
    part.rows.rows[NORTH].more.click()
    settle()
    came = cafe.opened.attendance.state.came
    with files_at_most(0):
        assert part.undo()
        settle()
    cafe._tick()
    settle()
    assert cafe.opened.attendance.state.came == came - 1
    assert part.undo()
    settle()
    assert cafe.opened.attendance.state.came == 0, "the correction itself is not taken back"


def test_a_double_click_counts_those_at_the_door_once_and_one_more_twice(
    part: WhoCamePart, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    part.team.setText("North")
    part.number.setValue(3)
    for button, came in ((part.came_button, 3), (None, 5)):
        pressed = button or part.rows.rows["North", ""].more
        qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
        settle()
        second_press_of_a_double_click(pressed)
        settle()
        assert cafe.opened.attendance.state.came == came
