"""The tab in which the room compares answers two at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe import judging as rules
from cqcmock.domain.cafe.judging import Judgement
from cqcmock.domain.hearing import Overruling
from cqcmock.services.cafe import judging
from cqcmock.services.privacy import personal_data_in
from tests.clocks import HandClock
from tests.faults import Tell
from tests.played import played
from tests.services.cafe.hands import files_at_most
from tests.ui.cafe.clicks import second_press_of_a_double_click
from tests.ui.conftest import StandIn
from ui.cafe.compare_answers import ADD, ADD_STRUCK
from ui.cafe.compare_pair import PairShown
from ui.cafe.compare_part import NOT_SAVED, ComparePart
from ui.cafe.compare_rehearsals import NONE_OVER
from ui.cafe.hand import Hand
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Show = Callable[[QWidget], None]
Wait = Callable[[], None]
Made = Callable[[int], ComparePart]
Key = Qt.Key


@pytest.fixture
def made(desk: Desk, cafe: Hand, show: Show, settle: Wait) -> Made:
    """The tab with so many answers."""

    def make(answers: int) -> ComparePart:
        for number in range(answers):
            judging.add_answer(cafe.opened.judging, f"We asked {number + 10} carers what had changed.")
        part = ComparePart(desk, cafe)
        show(part)
        part.arrived()
        settle()
        return part

    return make


def texts(hand: Hand) -> list[str]:
    return [answer.text for answer in hand.opened.judging.state.answers]


def judged(hand: Hand) -> list[tuple[str, str]]:
    """Which text was chosen over which."""
    by_id = {answer.id: answer.text for answer in hand.opened.judging.state.answers}
    return [
        (by_id[one.chosen], by_id[one.right if one.chosen == one.left else one.left])
        for one in rules.standing(hand.opened.judging.state.record)
    ]


def press(key: Qt.Key, *, held: bool = False) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", held))


def on_screen(part: ComparePart) -> PairShown:
    assert part.pair.pair is not None
    assert (part.pair.left_text.toPlainText(), part.pair.right_text.toPlainText()) == (
        part.pair.pair.left,
        part.pair.pair.right,
    )
    return part.pair.pair


def test_answers_are_written_compared_and_put_in_order_by_keyboard_alone(
    made: Made, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    part = made(0)
    for text in ("We asked forty carers.", "We are on a journey.", "A daughter told us."):
        assert part.answers.edit.hasFocus()
        qtbot.keyClicks(part.answers.edit, text)
        while not part.answers.add_button.hasFocus():
            qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        qtbot.keyClick(part.answers.add_button, Key.Key_Return)
        settle()
    assert texts(cafe) == ["We asked forty carers.", "We are on a journey.", "A daughter told us."]
    while not part.answers.compare_button.hasFocus():
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(part.answers.compare_button, Key.Key_Return)
    wanted = []
    for key in (Key.Key_Left, Key.Key_2, Key.Key_1, Key.Key_Right):
        pair = on_screen(part)
        left = key in (Key.Key_Left, Key.Key_1)
        wanted.append((pair.left, pair.right) if left else (pair.right, pair.left))
        press(key)
        settle()
    assert judged(cafe) == wanted
    part.pair.order_button.setFocus()
    qtbot.keyClick(part.pair.order_button, Key.Key_Return)
    standings = judging.standings(cafe.opened.judging.state)
    assert [line.key for line in part.order.list.lines.lines] == [one.answer for one in standings.ranked]
    assert part.order.reliability.text() == standings.reliability.words
    assert part.order.go_on_button.hasFocus()


def test_who_looked_is_not_kept_and_when_is(made: Made, cafe: Hand, hand: HandClock, settle: Wait) -> None:
    part = made(2)
    part.answers.compare_button.click()
    hand.pass_seconds(30)
    part.pair.left_button.click()
    settle()
    (judgement,) = cafe.opened.judging.state.record
    assert isinstance(judgement, Judgement)
    assert judgement.by == ""
    assert judgement.at == cafe.now()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (0, "Add two answers or more. 4 answers need about 20 looks and 5 minutes, 8 answers need about 40 looks"),
        (4, "4 answers will take about 20 looks: about 5 minutes with a show of hands, at some 15 seconds a look."),
        (8, "8 answers will take about 40 looks: about 10 minutes with a show of hands, at some 15 seconds a look."),
        (10, "10 answers will take about 50 looks: about 12 minutes"),
    ],
)
def test_before_it_begins_the_screen_says_what_it_will_take(made: Made, answers: int, said: str) -> None:
    part = made(answers)
    assert said in part.answers.estimate.text()
    assert ("8 answers at most are better" in part.answers.estimate.text()) == (answers > 8)
    assert part.answers.compare_button.isEnabled() == (answers > 1)


def test_no_more_is_claimed_than_the_reliability_says(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(4)
    assert "how far it can be relied on cannot be said" in part.answers.estimate.text()
    for _ in range(20):
        pair = judging.next_pair(cafe.opened.judging)
        assert pair is not None
        judging.judge(cafe.opened.judging, pair, pair.left, 0.0)
    cafe.changed.emit()
    settle()
    assert part.answers.estimate.text() == "4 answers, 20 looks: enough. More would change little."
    assert part.order.advice.text() == "20 looks: enough. More would change little."
    assert part.order.reliability.text() == "Only 4 answers to compare. Below 6 a figure says nothing."


def test_what_could_name_somebody_is_struck_out_before_it_is_kept(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(0)
    part.answers.edit.setPlainText("Mrs Smith called 01992 555555 about it.")
    part.answers.add_button.click()
    settle()
    assert texts(cafe) == []
    assert part.answers.struck.isVisible()
    assert part.answers.add_button.text() == ADD_STRUCK
    assert struck(part) == ["Mrs Smith", "01992 555555"]
    phone = next(tick for finding, tick in part.answers.struck.ticks.items() if "555555" in finding.key)
    phone.setChecked(True)
    assert struck(part) == ["Mrs Smith"]
    part.answers.add_button.click()
    settle()
    assert texts(cafe) == ["[name] called 01992 555555 about it."]
    assert part.answers.struck.isHidden()
    assert part.answers.add_button.text() == ADD


def struck(part: ComparePart) -> list[str]:
    block: Any = part.answers.struck.edit.document().begin()  # a block is a row of pieces, which its stub does not say
    return [piece.fragment().text() for piece in block if piece.fragment().charFormat().fontStrikeOut()]


def test_words_that_changed_since_they_were_looked_through_are_looked_through_again(
    made: Made, cafe: Hand, settle: Wait
) -> None:
    part = made(0)
    part.answers.edit.setPlainText("Mrs Smith called.")
    part.answers.add_button.click()
    settle()
    part.answers.edit.setPlainText("Mr Jones called.")
    assert part.answers.struck.isHidden()
    part.answers.add_button.click()
    settle()
    assert texts(cafe) == []
    assert struck(part) == ["Mr Jones"]


def test_an_answer_that_cannot_be_added_stays_and_it_is_said_why(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(1)
    part.answers.edit.setPlainText(texts(cafe)[0])
    part.answers.add_button.click()
    settle()
    assert "there already" in part.answers.problem.text()
    assert part.answers.words == texts(cafe)[0]
    assert not part.may_close()
    part.answers.edit.clear()
    assert part.answers.problem.isHidden()
    assert part.may_close()


def test_answers_of_finished_rehearsals_are_added_without_what_could_name_somebody(
    made: Made, cafe: Hand, library: Library, settle: Wait, qtbot: QtBot
) -> None:
    played(library, HandClock(), answers=("We rang Mrs Smith.", "We asked forty carers."))
    part = made(0)
    part.answers.rehearsals_button.click()
    settle()
    view = part.rehearsals
    assert view.sittings.hasFocus()
    assert len(view.answers.lines.lines) == 2
    assert not any("Smith" in line.about or "Smith" in line.title for line in view.answers.lines.lines)
    assert [finding.key for finding in view.struck.ticks] == ["Mrs Smith"]
    qtbot.keyClick(view.answers, Key.Key_Return)
    settle()
    qtbot.keyClick(view.answers, Key.Key_Down)
    view.add_button.click()
    settle()
    assert texts(cafe) == ["We rang [name].", "We asked forty carers."]
    assert view.added.text() == "Added. There are 2 answers now."
    view.back_button.click()
    assert [line.title for line in part.answers.list.lines.lines] == texts(cafe)


def test_without_a_finished_rehearsal_the_list_says_what_to_do(made: Made, settle: Wait) -> None:
    part = made(0)
    part.answers.rehearsals_button.click()
    settle()
    assert part.rehearsals.none.text() == NONE_OVER
    assert not part.rehearsals.add_button.isEnabled()
    assert part.rehearsals.back_button.hasFocus()


def test_who_cannot_tell_is_shown_two_others_and_nothing_is_kept(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(4)
    part.answers.compare_button.click()
    first = on_screen(part)
    press(Key.Key_3)
    settle()
    second = on_screen(part)
    assert not {first.left, first.right} & {second.left, second.right}
    press(Key.Key_3)
    settle()
    assert {on_screen(part).left, on_screen(part).right} != {second.left, second.right}
    assert cafe.opened.judging.state.record == ()
    chosen = on_screen(part).left
    press(Key.Key_1)
    settle()
    assert judged(cafe)[0][0] == chosen


def test_with_two_answers_there_are_no_others(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(2)
    part.answers.compare_button.click()
    assert not part.pair.pass_button.isEnabled()
    before = on_screen(part)
    press(Key.Key_3)
    settle()
    assert on_screen(part) == before


def test_a_key_that_is_pressed_twice_or_held_judges_only_what_was_on_screen(
    made: Made, cafe: Hand, settle: Wait
) -> None:
    part = made(4)
    part.answers.compare_button.click()
    press(Key.Key_1)
    press(Key.Key_1)
    press(Key.Key_2, held=True)
    settle()
    press(Key.Key_2, held=True)
    settle()
    assert len(judged(cafe)) == 1


def test_the_room_sees_the_two_answers_while_that_is_wanted_and_nothing_else(
    made: Made, settle: Wait, qtbot: QtBot
) -> None:
    part = made(4)
    seen: list[PairShown | None] = []
    part.pair_shown.connect(seen.append)
    part.answers.compare_button.click()
    assert seen == []
    part.pair.show_room.click()
    first = on_screen(part)
    part.pair.left_button.click()
    settle()
    second = on_screen(part)
    part.pair.order_button.click()
    part.order.go_on_button.click()
    part.pair.show_room.click()
    assert seen == [first, second, None, second, None]


def test_the_last_look_is_taken_back(made: Made, cafe: Hand, settle: Wait) -> None:
    part = made(3)
    assert not part.undo()
    part.answers.compare_button.click()
    first = on_screen(part)
    part.pair.right_button.click()
    settle()
    assert part.pair.progress.text().startswith("1 look done")
    assert part.undo()
    settle()
    assert judged(cafe) == []
    assert on_screen(part) == first
    assert not part.pair.back_button.isEnabled()
    assert not part.undo()


def test_an_answer_is_taken_away_and_can_come_back(
    made: Made, cafe: Hand, settle: Wait, messages: StandIn, qtbot: QtBot
) -> None:
    part = made(0)
    for text in ("Mrs Smith called.", "We asked forty carers."):
        judging.add_answer(cafe.opened.judging, text, _findings(text))
    cafe.changed.emit()
    settle()
    part.answers.list.setFocus()
    qtbot.keyClick(part.answers.list, Key.Key_Delete)
    settle()
    assert texts(cafe) == ["We asked forty carers."]
    assert not part.answers.compare_button.isEnabled()
    (message,) = messages.current
    assert message.action is not None
    message.action.do()
    settle()
    assert sorted(texts(cafe)) == ["Mrs Smith called.", "We asked forty carers."]
    message.action.do()
    settle()
    assert len(texts(cafe)) == 2
    part.answers.take_away_button.click()
    settle()
    assert part.undo()
    settle()
    assert len(texts(cafe)) == 2


def _findings(text: str) -> list[Overruling]:
    return [Overruling(kind=one.kind, key=one.text) for one in personal_data_in(text)]


def test_when_an_answer_of_the_pair_is_taken_away_the_room_no_longer_sees_it(
    made: Made, cafe: Hand, settle: Wait
) -> None:
    part = made(2)
    part.answers.compare_button.click()
    part.pair.show_room.click()
    seen: list[PairShown | None] = []
    part.pair_shown.connect(seen.append)
    judging.take_away(cafe.opened.judging, cafe.opened.judging.state.answers[0].id)
    cafe.changed.emit()
    settle()
    assert seen == [None]
    assert part.stack.currentWidget() is part.answers


def test_an_answer_that_the_disk_holds_up_is_added_once_and_leaves_room_for_the_next(
    made: Made, cafe: Hand, settle: Wait, fault: Tell
) -> None:
    part = made(2)
    part.answers.edit.setPlainText("We changed the rota after carers told us.")
    with files_at_most(0):
        for _ in range(3):
            part.answers.add_button.click()
            settle()
        assert part.answers.problem.text() == NOT_SAVED
        assert part.answers.words
    cafe._tick()
    settle()
    assert texts(cafe)[2:] == ["We changed the rota after carers told us."]
    assert part.answers.words == ""
    assert part.answers.problem.isHidden()
    fault(
        "The disk lets no file grow while answers are added in a café",
        area="Café",
        tried=1,
        lost=0,
        person_sees=NOT_SAVED,
    )


def test_a_double_click_judges_one_pair_and_not_the_next_that_nobody_has_read(
    made: Made, cafe: Hand, settle: Wait, qtbot: QtBot
) -> None:
    part = made(4)
    part.answers.compare_button.click()
    button = part.pair.left_button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    second_press_of_a_double_click(button)
    settle()
    assert len(judged(cafe)) == 1
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert len(judged(cafe)) == 2


def test_ctrl_enter_adds_the_answer_that_is_being_typed_and_begins_no_round(
    made: Made, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    part = made(0)
    part.answers.edit.setFocus()
    qtbot.keyClicks(part.answers.edit, "We rang on Tuesday.")
    asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asked.ignore()
    QApplication.sendEvent(part.answers.edit, asked)
    assert asked.isAccepted(), "or the window would take it for its own"
    qtbot.keyClick(part.answers.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert texts(cafe) == ["We rang on Tuesday."]
