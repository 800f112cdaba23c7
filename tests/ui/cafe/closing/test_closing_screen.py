"""A session is looked through, the one question is answered, and then it is closed for good."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services.cafe import cards, closing, for_others, for_psw, opening
from cqcmock.settings import load_settings
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, opened, people_came, themed
from tests.ui.cafe.closing.closing_hands import answer, groups, held, signs
from tests.ui.cafe.closing.conftest import Close
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import StandIn
from ui.app_signals import Change, Subject
from ui.cafe import closing_words as words
from ui.cafe.closing_reading import read
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_everything_is_looked_through_before_and_nothing_is_chosen_for_the_facilitator(
    to_close: Close, over: str
) -> None:
    screen = to_close(over)
    assert screen.came.total.text() == "12 people came in all."
    assert groups(screen)["Harbour · Social worker"] == "2 people"
    assert set(signs(screen)) == {"Forms", "Parking", "Our Harbour choir"}
    assert signs(screen)["Parking"] == "not shown: fewer than 5 people are behind it"
    assert signs(screen)["Our Harbour choir"] == "not shown: its name names a team"
    assert any("13 people seem to have typed cards, and 12" in doubt for doubt in screen.doubts.texts)
    assert any("names a team and will be left out" in doubt for doubt in screen.doubts.texts)
    assert screen.question.answer is None
    assert not screen.foot.close_button.isEnabled()
    assert screen.foot.reason.isVisible()
    assert screen.foot.reason.text() == words.NOT_ANSWERED
    assert not screen.others.preview.isVisible()
    screen.close_session()
    assert screen.after.isHidden()


@pytest.mark.parametrize(("same", "k"), [(False, 3), (False, 5), (False, 7), (True, 3), (True, 5)])
def test_the_preview_says_exactly_what_others_see_afterwards(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library, same: bool, k: int
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=same)
    screen.others.smallest.setValue(k)
    settle()
    assert screen.others.preview.isVisible()
    promised, text = screen.others.preview.release, screen.others.preview.text
    messages.answers.append(True)
    screen.close_session()
    settle()
    assert for_others.session_for_others(library, over).release == promised
    assert screen.after.released.text == text
    assert ("Forms" in text) == (not same and k <= 5)


def test_what_to_look_at_first_is_looked_at_again_when_the_answer_changes(
    to_close: Close, over: str, settle: Wait, library: Library, hand: HandClock
) -> None:
    before = opened(library, hand, over)
    closing.close(library, before, hand.clock, same_people=False)
    again = held(library, hand)
    opening.leave(library, again)
    screen = to_close(again.id)
    nearly = "Nearly the same teams and roles came as on 24 November 2026"
    assert any(nearly in doubt for doubt in screen.doubts.texts)
    answer(screen, settle, same=True)
    assert not any(nearly in doubt for doubt in screen.doubts.texts)
    assert set(signs(screen).values()) == {"not shown: mostly the same people came before"}
    answer(screen, settle, same=False)
    assert any(nearly in doubt for doubt in screen.doubts.texts)


def test_nothing_can_be_closed_on_a_preview_that_belongs_to_another_answer(
    to_close: Close, over: str, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = to_close(over)
    previews: list[bool] = []
    show = screen._show
    monkeypatch.setattr(screen, "_show", lambda seen: (previews.append(seen.preview.same_people), show(seen)))
    screen.question.no.click()
    assert not screen.foot.close_button.isEnabled()
    assert screen.foot.reason.text() == words.NOT_PREVIEWED
    screen.question.yes.click()
    screen.question.no.click()
    screen.question.yes.click()
    settle()
    assert previews == [True]
    assert screen.foot.close_button.isEnabled()
    assert not screen.foot.reason.isVisible()


def test_numbers_and_names_are_put_right_where_the_doubt_says_so_and_it_goes_away(
    to_close: Close, over: str, settle: Wait, library: Library, qtbot: QtBot
) -> None:
    screen = to_close(over)
    screen.doubts.people_wanted.emit()
    assert screen.came.people.hasFocus() or screen.came.people.isAncestorOf(QApplication.focusWidget())
    screen.came.groups.choose("Harbour\nSocial worker")
    screen.came.people.setValue(4)
    settle()
    assert groups(screen)["Harbour · Social worker"] == "4 people"
    assert screen.came.total.text() == "14 people came in all."
    assert not any("typed cards" in doubt for doubt in screen.doubts.texts)
    theme = next(doubt.theme for doubt in screen.seen.doubts if doubt.theme) if screen.seen else ""
    screen.doubts.rename_wanted.emit(theme)
    assert screen.themes.name.hasFocus()
    screen.themes.name.clear()
    qtbot.keyClicks(screen.themes.name, "The choir")
    qtbot.keyClick(screen.themes.name, Qt.Key.Key_Return)
    settle()
    assert signs(screen)["The choir"] == "others will be told"
    assert screen.doubts.texts == ()
    assert screen.doubts.none.isVisible()
    assert for_psw.session_for_psw(library, over).attendance.came == 14


def test_people_whom_nobody_counted_are_counted_and_a_slip_to_nobody_can_be_put_right(
    to_close: Close, over: str, settle: Wait
) -> None:
    screen = to_close(over)
    screen.came.groups.choose("\n")
    screen.came.people.setValue(2)
    settle()
    assert (groups(screen)[words.NOBODY_SAID], screen.came.total.text()) == ("2 people", "14 people came in all.")
    screen.came.groups.choose("Harbour\nSocial worker")
    screen.came.people.setValue(0)
    settle()
    assert groups(screen)["Harbour · Social worker"] == "0 people"
    assert screen.came.groups.chosen == "Harbour\nSocial worker"
    screen.came.people.setValue(2)
    settle()
    assert groups(screen)["Harbour · Social worker"] == "2 people"


def test_a_name_that_is_taken_is_refused_beside_it_and_stays_to_be_mended(
    to_close: Close, over: str, settle: Wait, messages: StandIn
) -> None:
    screen = to_close(over)
    parking = next(line.key for line in screen.themes.list.lines.lines if line.title == "Parking")
    screen.themes.begin(parking)
    screen.themes.name.setText("forms")
    screen.themes.rename.click()
    settle()
    assert "already a theme" in screen.themes.problem.text()
    assert screen.themes.problem.isVisible()
    assert (screen.themes.name.text(), messages.texts) == ("forms", [])
    assert "Parking" in signs(screen)


def test_the_smallest_group_is_kept_as_a_setting_and_never_below_three(
    to_close: Close, over: str, settle: Wait, desk: Desk, library: Library
) -> None:
    screen = to_close(over)
    answer(screen, settle, same=False)
    screen.others.smallest.setValue(2)
    settle()
    assert screen.others.smallest.value() == desk.settings.cafe_smallest_group == 3
    assert load_settings(library.folder).settings.cafe_smallest_group == 3
    assert "three or more people" in screen.others.preview.text


def test_a_session_is_closed_once_it_is_agreed_that_this_cannot_be_undone(
    to_close: Close, over: str, settle: Wait, messages: StandIn, desk: Desk, library: Library, qtbot: QtBot
) -> None:
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    screen = to_close(over)
    answer(screen, settle, same=False)
    messages.answers += [False, True]
    screen.close_session()
    settle()
    assert closing.released(library, over) is None
    assert messages.questions == [words.ASK]
    assert "cannot be undone" in words.ASK_DETAIL
    screen.close_session()
    settle()
    assert closing.released(library, over) is not None
    assert [one for one in changes if one.touches(Subject.CAFES)][-1].ids == {over}
    assert not screen.before.isVisible()
    assert screen.after.isVisible()
    assert screen.after.papers.hasFocus()
    with qtbot.waitSignal(screen.papers_wanted) as wanted:
        screen.after.papers.click()
    assert wanted.args == [over]
    with qtbot.waitSignal(screen.said_wanted):
        screen.after.said.click()
    with qtbot.waitSignal(screen.done):
        screen.after.finish.click()
    assert messages.texts == []


def test_words_that_were_taken_back_are_gone_from_the_library_and_the_page_says_so(
    to_close: Close, library: Library, hand: HandClock, settle: Wait, messages: StandIn
) -> None:
    session = held(library, hand)
    board = cards.write(session.cards, CardKind.WORRY, "Zwetschgen are a worry")
    cards.take_out(session.cards, board.cards[-1].id)
    opening.leave(library, session)
    screen = to_close(session.id)
    answer(screen, settle, same=False)
    messages.answers.append(True)
    assert b"Zwetschgen" in everything_in(library)
    screen.close_session()
    settle()
    assert b"Zwetschgen" not in everything_in(library)
    assert screen.after.gone.isVisible()
    assert screen.after.gone.text() == words.WORDS_GONE


def everything_in(library: Library) -> bytes:
    return b"".join(path.read_bytes() for path in library.folder.glob("library.sqlite*"))


def test_a_session_is_closed_by_keyboard_alone(
    to_close: Close, over: str, settle: Wait, messages: StandIn, library: Library, qtbot: QtBot
) -> None:
    screen = to_close(over)
    assert screen.came.groups.hasFocus()
    passed = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
        if QApplication.focusWidget() in (screen.question.yes, screen.question.no):
            break
    assert screen.themes.name in passed
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    if screen.question.answer is None:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert screen.question.answer is not None
    for _ in range(10):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if screen.foot.close_button.hasFocus():
            break
    messages.answers.append(True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert closing.released(library, over) is not None
    assert screen.after.papers.hasFocus()


def test_cards_that_others_are_told_nothing_of_are_counted_for_the_facilitator(
    to_close: Close, library: Library, hand: HandClock
) -> None:
    session = begun(library, hand)
    cards.write(session.cards, CardKind.IDEA, "A bench")
    cards.write(session.cards, CardKind.IDEA, "A kettle")
    cards.write(session.cards, CardKind.WORRY, "Only for you", psw_only=True)
    session.run.finish()
    opening.leave(library, session)
    screen = to_close(session.id)
    assert "no themes" in screen.themes.rest.text()
    assert "2 cards are in no theme" in screen.themes.rest.text()
    assert "1 worry is for you alone" in screen.themes.rest.text()
    assert not screen.themes.list.isVisible()
    assert not screen.themes.renaming.isVisible()


def test_with_three_hundred_cards_and_thirty_themes_nobody_waits(
    to_close: Close, library: Library, hand: HandClock
) -> None:
    """Measured in the threads' own time, whatever else the machine is doing."""
    session = begun(library, hand)
    people_came(session, **{f"Team {number}": 4 for number in range(10)})
    for number in range(30):
        themed(session, CardKind.WORRY, f"A worry about the thing that has the number {number}", 2)
    for number in range(240):
        cards.write(session.cards, CardKind.IDEA, f"{number} could we meet when the other site can come too?")
    session.run.finish()
    opening.leave(library, session)
    screen = to_close(session.id)
    assert screen.hand is not None
    assert len(signs(screen)) == 30
    opened_cafe = screen.hand.opened
    reading, showing = [], []
    for same in (False, True, False, True, False):  # not one line stays as it was
        before = time.thread_time()
        seen = read(library, opened_cafe, same_people=same, k=3)
        half = time.thread_time()
        screen._show(seen)
        QApplication.processEvents()
        reading.append(half - before)
        showing.append(time.thread_time() - half)
    assert min(reading) < 0.05
    assert min(showing[1:]) < 0.016
