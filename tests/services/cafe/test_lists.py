"""Cards, attendance, comparing answers and what was hard: kept as they happen, and there after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.attendance import by_role, by_team
from cqcmock.domain.cafe.cards import CardKind, hands_behind
from cqcmock.domain.cafe.release import TableKind, Voiced
from cqcmock.domain.hearing import Overruling
from cqcmock.errors import UserError
from cqcmock.services import privacy
from cqcmock.services.cafe import attendance, cards, for_psw, hard, judging, opening
from cqcmock.services.cafe.opening import OpenCafe
from tests.clocks import HandClock
from tests.played import played
from tests.services.cafe.hands import opened

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def cafe(library: Library) -> OpenCafe:
    return opened(library, HandClock())


def there_after_a_restart(library: Library, cafe: OpenCafe) -> None:
    whole = for_psw.session_for_psw(library, cafe.id)
    assert (whole.board, whole.attendance) == (cafe.cards.state, cafe.attendance.state)
    assert (whole.judging, whole.hard) == (cafe.judging.state, cafe.hard.state)
    opening.leave(library, cafe)
    again = opened(library, HandClock(), cafe.id)
    assert (again.cards.state, again.attendance.state) == (cafe.cards.state, cafe.attendance.state)
    assert (again.judging.state, again.hard.state) == (cafe.judging.state, cafe.hard.state)


def test_cards_are_written_as_the_next_hand_themed_merged_and_taken_back(library: Library, cafe: OpenCafe) -> None:
    cards.write(cafe.cards, CardKind.WORRY, "  Too many for\x00ms ")
    cards.next_person(cafe.cards)
    cards.write(cafe.cards, CardKind.WORRY, "Paper")
    cards.somebody_again(cafe.cards)
    board = cards.write(cafe.cards, CardKind.WORRY, "Only for you", psw_only=True)
    assert [(card.text, card.hand, card.psw_only) for card in board.cards] == [
        ("Too many forms", 1, False),
        ("Paper", 2, False),
        ("Only for you", 0, True),
    ]
    first, second, _third = board.cards
    one = cards.make_theme(cafe.cards, CardKind.WORRY, "Forms").themes[0].id
    other = cards.make_theme(cafe.cards, CardKind.WORRY, "Paperwork").themes[1].id
    with pytest.raises(UserError, match="already a theme"):
        cards.make_theme(cafe.cards, CardKind.WORRY, "FORMS")
    cards.group(cafe.cards, first.id, one)
    cards.group(cafe.cards, second.id, other)
    merged = cards.merge(cafe.cards, other, one)
    assert hands_behind(merged, one) == {1, 2}
    assert cards.rename_theme(cafe.cards, one, "Forms and paper").themes[0].name == "Forms and paper"
    assert hands_behind(cards.for_psw_only(cafe.cards, second.id), one) == {1}
    assert hands_behind(cards.undo(cafe.cards), one) == {1, 2}
    cards.ungroup(cafe.cards, second.id, one)
    assert cards.reword(cafe.cards, second.id, "Paperwork").card(second.id) is not None
    cards.take_out(cafe.cards, second.id)
    cards.take_out_theme(cafe.cards, one)
    assert cards.undo(cafe.cards).themes != ()
    there_after_a_restart(library, cafe)


def test_a_card_or_theme_that_cannot_be_is_refused_with_a_sentence(cafe: OpenCafe) -> None:
    with pytest.raises(UserError, match="nothing to undo"):
        cards.undo(cafe.cards)
    with pytest.raises(UserError, match="empty"):
        cards.write(cafe.cards, CardKind.PRIDE, " \x00 ")
    with pytest.raises(UserError, match="Only a worry"):
        cards.write(cafe.cards, CardKind.PRIDE, "The choir", psw_only=True)
    card = cards.write(cafe.cards, CardKind.PRIDE, "The choir").cards[0].id
    for number in range(3):
        theme = cards.make_theme(cafe.cards, CardKind.PRIDE, f"Theme {number}").themes[-1].id
        cards.group(cafe.cards, card, theme)
    fourth = cards.make_theme(cafe.cards, CardKind.PRIDE, "Theme 4").themes[-1].id
    with pytest.raises(UserError, match="3 themes already"):
        cards.group(cafe.cards, card, fourth)


def test_people_are_counted_by_team_and_role_and_never_below_none(library: Library, cafe: OpenCafe) -> None:
    attendance.came(cafe.attendance, 3, team=" North  East", role="Manager")
    attendance.came(cafe.attendance, team="north east")
    attendance.correct(cafe.attendance, 2, team="North East", role="Manager")
    attendance.left(cafe.attendance, 2)
    there = attendance.came_back(cafe.attendance)
    assert (there.came, there.here, by_team(there), by_role(there)) == (3, 2, {"North East": 3}, {"Manager": 2})
    for deed, people in ((attendance.left, 3), (attendance.came_back, 2), (attendance.came, 0), (attendance.came, 501)):
        with pytest.raises(UserError):
            deed(cafe.attendance, people)
    with pytest.raises(UserError, match="Shorten"):
        attendance.came(cafe.attendance, team="x" * 81)
    there_after_a_restart(library, cafe)


def test_answers_are_compared_until_it_is_enough(library: Library, cafe: OpenCafe) -> None:
    with pytest.raises(UserError, match="no judgement"):
        judging.take_back(cafe.judging, 0)
    for number in range(6):
        judging.add_answer(cafe.judging, f"We asked {number + 10} carers")
    better = [answer.id for answer in cafe.judging.state.answers]
    at = 0.0
    while not judging.standings(cafe.judging.state).advice.enough:
        pair = judging.next_pair(cafe.judging)
        assert pair is not None
        at += 10
        judging.judge(cafe.judging, pair, min(pair.left, pair.right, key=better.index), at, by="the room")
    judging.take_back(cafe.judging, at)
    assert not judging.standings(cafe.judging.state).advice.enough
    standings = judging.standings(cafe.judging.state)
    assert next(one.answer for one in standings.ranked) == better[0]
    assert standings.reliability.words
    judging.take_away(cafe.judging, better[0])
    assert better[0] not in [one.answer for one in judging.standings(cafe.judging.state).ranked]
    there_after_a_restart(library, cafe)


def test_what_could_name_somebody_is_left_out_of_an_answer_unless_somebody_lets_it_stand(cafe: OpenCafe) -> None:
    said = "Mrs Smith called 01992 555555 about it."
    judging.add_answer(cafe.judging, said)
    (redacted,) = cafe.judging.state.answers
    assert "Smith" not in redacted.text
    assert "555555" not in redacted.text
    with pytest.raises(UserError, match="there already"):
        judging.add_answer(cafe.judging, said)
    phone = next(found for found in privacy.personal_data_in(said) if "555555" in found.text)
    judging.add_answer(cafe.judging, said, [Overruling(kind=phone.kind, key=phone.text)])
    assert "555555" in cafe.judging.state.answers[1].text
    assert "Smith" not in cafe.judging.state.answers[1].text
    with pytest.raises(UserError, match="empty"):
        judging.add_answer(cafe.judging, "  ")


def test_answers_are_taken_from_finished_rehearsals_without_a_trace_of_them(library: Library, cafe: OpenCafe) -> None:
    sitting = played(library, HandClock(), answers=("We rang Mrs Smith.", "We asked forty carers.", ""))
    offered = judging.offered(library, sitting)
    assert [one.text for one in offered] == ["We rang Mrs Smith.", "We asked forty carers."]
    assert [bool(one.found) for one in offered] == [True, False]
    for one in offered:
        judging.add_answer(cafe.judging, one.text)
    with library.driver_connection() as connection:
        kept = [payload for (payload,) in connection.execute("SELECT payload FROM cafe_event WHERE list = 'judging'")]
    assert len(kept) == 2
    assert not any(sitting in payload or "Smith" in payload or offered[0].question in payload for payload in kept)
    with pytest.raises(UserError, match="no longer"):
        judging.offered(library, "nothing")


def test_what_was_hard_counts_the_hands_that_said_so(library: Library, cafe: OpenCafe) -> None:
    for _ in range(2):
        board = cards.next_person(cafe.cards)
        hard.say(cafe.hard, board, TableKind.HARD_LENSES, "Evidence")
        hard.say(cafe.hard, board, TableKind.HARD_LENSES, "Evidence")
    again = cards.somebody_again(cafe.cards)
    hard.say(cafe.hard, again, TableKind.HARD_LENSES, "Evidence")
    hard.say(cafe.hard, board, TableKind.HARD_STATEMENTS, "Safe systems")
    hard.take_back(cafe.hard, board, TableKind.HARD_STATEMENTS, "Safe systems")
    hard.take_back(cafe.hard, board, TableKind.HARD_STATEMENTS, "Safe systems")
    assert hard.voiced(cafe.hard.state) == (
        Voiced(table=TableKind.HARD_LENSES, name="Evidence", hands=frozenset({2, 3})),
    )
    there_after_a_restart(library, cafe)
