"""The papers of a café: what each says, whom it never names, and the words that stand on every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import tzset
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.domain.cafe.rounds import RoundKind, RoundQuestion
from cqcmock.domain.cafe.running_order import RunningOrder
from cqcmock.domain.cafe.templates import Template, TemplateRound
from cqcmock.domain.english import day, kept_until
from cqcmock.errors import UserError
from cqcmock.services.cafe import (
    cards,
    closing,
    deleting,
    for_others,
    for_psw,
    hard,
    judging,
    opening,
    papers,
    planning,
    you_said,
)
from cqcmock.services.cafe.opening import OpenCafe
from cqcmock.services.cafe.papers import Reflection
from cqcmock.services.reports import page_sizes, page_words, retention_date
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.reports.pdf.readback import assert_tagged
from tests.services.cafe.hands import DAY, WHO, begun, opened, pass_time, people_came, plan, themed

if TYPE_CHECKING:
    from cqcmock.services.library import Library

HAND = HandClock()
SETTINGS = Settings(classification="OFFICIAL: café", practising_for=date(2027, 1, 11), keep_months=6)
SECRET = "Zwetschgen only for you"
TO_COMPARE = Template(
    name="To compare",
    rounds=tuple(
        TemplateRound(kind=kind, minutes=10) for kind in (RoundKind.PAIRS, RoundKind.JUDGEMENT, RoundKind.CLOSING)
    ),
)
QUESTIONS = tuple(
    RoundQuestion(bank="b", question=f"q{number}", text=f"What about matter {number}?") for number in range(4)
)


def with_questions(order: RunningOrder) -> RunningOrder:
    """Every round asks one of four questions."""
    rounds = tuple(replace(one, question=QUESTIONS[at % 4]) for at, one in enumerate(order.rounds))
    return replace(order, rounds=rounds)


def finished(library: Library) -> OpenCafe:
    """Twelve people of three teams; forms worry six of them, parking two, and something is for the PSW alone."""
    cafe = begun(library, HAND, rounds=2)
    people_came(cafe, North=5, South=5, Harbour=2)
    themed(cafe, CardKind.WORRY, "Forms", 6)
    themed(cafe, CardKind.WORRY, "Parking", 2)
    board = cards.write(cafe.cards, CardKind.WORRY, SECRET, psw_only=True)
    hard.say(cafe.hard, board, TableKind.HARD_LENSES, "Evidence")
    for number in range(2):
        judging.add_answer(cafe.judging, f"We asked {number + 10} carers")
    pair = judging.next_pair(cafe.judging)
    assert pair is not None
    judging.judge(cafe.judging, pair, pair.left, 1.0)
    planning.change_details(library, cafe, HAND.clock, day=DAY, place="Windmill", title="Lighthouse", team="Harbour")
    cafe.run.finish()
    return cafe


def closed(library: Library) -> str:
    cafe = finished(library)
    closing.close(library, cafe, HAND.clock, same_people=False)
    return cafe.id


def in_words(path: Path) -> str:
    return " ".join(page_words(path.read_bytes())) if path.suffix == ".pdf" else path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["paper.pdf", "paper.html"])
def test_leaders_read_the_release_and_what_was_told_and_nothing_else(
    library: Library, tmp_path: Path, name: str
) -> None:
    session = closed(library)
    forms = you_said.add(
        library,
        "Fewer forms",
        HAND.clock,
        session=session,
        about=CardKind.WORRY,
        theme="Forms",
        owner="Ann Example",
        due=date(2027, 2, 1),
    )
    untold = you_said.add(library, "A lift", HAND.clock)
    old = you_said.add(library, "Warm rooms!", HAND.clock)
    you_said.mark_done(library, old.id, "New boilers", date(2026, 10, 1))
    for entry in (old, forms):
        you_said.tell(library, entry.id)
    out = tmp_path / name
    papers.write_leaders(library, [session], out, SETTINGS, HAND.clock, next_on=date(2027, 1, 14))
    words = in_words(out)
    for told in (
        "12 people came",
        "You said, we did",
        "Practised",
        "North",
        "South",
        "Forms",
        "45 minutes",
        "You said: ",
        "14 January 2027",
    ):
        assert told in words.replace("<strong>", "").replace("</strong>", "")
    assert words.index("Fewer forms.") < words.index("due on 1 February 2027") < words.index("Warm rooms!")
    assert words.index("New boilers.") < words.index("Other entries are not")
    assert "Nothing is shown here" not in words[words.index("Fewer forms.") - 100 :]
    assert untold.said not in words
    for hidden in ("Parking", "Harbour", "Lighthouse", "Windmill", "Zwetschgen", "Ann Example", papers.CONFIDENTIAL):
        assert hidden not in words


def test_leaders_summary_reads_the_same_with_nothing_told(library: Library, tmp_path: Path) -> None:
    papers.write_leaders(library, [closed(library)], tmp_path / "a.html", SETTINGS, HAND.clock)
    assert "Nothing is shown here." in in_words(tmp_path / "a.html")


def test_a_leaders_summary_sets_several_sessions_side_by_side(library: Library, tmp_path: Path) -> None:
    sessions = [closed(library), closed(library)]
    papers.write_leaders(library, [*sessions, *sessions], tmp_path / "two.html", SETTINGS, HAND.clock)
    words = in_words(tmp_path / "two.html")
    assert f"{day(DAY)} (2)" in words
    assert f"{day(DAY)} (3)" not in words


def test_there_is_no_leaders_summary_of_a_session_that_is_not_closed_deleted_or_not_there(
    library: Library, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    cafe = finished(library)
    with pytest.raises(UserError, match="not closed yet"):
        papers.write_leaders(library, [cafe.id], out, SETTINGS, HAND.clock)
    closing.close(library, cafe, HAND.clock, same_people=False)
    deleting.delete(library, cafe.id, HAND.clock)
    with pytest.raises(UserError, match="no closed café session"):
        papers.write_leaders(library, [cafe.id], out, SETTINGS, HAND.clock)
    for write in (papers.write_psw, papers.write_sheet, papers.write_posters):
        with pytest.raises(UserError, match="deleted"):
            write(library, cafe.id, out, SETTINGS, HAND.clock)
        with pytest.raises(UserError):
            write(library, "nothing", out, SETTINGS, HAND.clock)
    with pytest.raises(UserError):
        papers.write_leaders(library, ["nothing"], out, SETTINGS, HAND.clock)
    assert not out.exists()


def test_the_next_session_is_the_first_later_one_that_has_not_begun(library: Library) -> None:
    order = planning.order_from(planning.templates(library)[1], 45).order
    for on in (date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)):
        planned = planning.plan_session(library, order, HAND.clock, day=on, place="")
        if on == date(2026, 12, 1):
            begun = opened(library, HAND, planned.id)
            begun.run.start()
            opening.leave(library, begun)
    assert papers.next_planned(for_psw.sessions_for_psw(library), date(2026, 11, 24)) == date(2026, 12, 8)


@pytest.mark.parametrize("name", ["paper.pdf", "paper.html"])
def test_the_principal_social_worker_reads_everything_and_that_it_is_confidential(
    library: Library, tmp_path: Path, name: str
) -> None:
    session = closed(library)
    plan(library, HAND)  # on the same day: it is not the next one
    order = planning.order_from(planning.templates(library)[1], 45).order
    planning.plan_session(library, order, HAND.clock, day=date(2026, 12, 8), place="")
    you_said.add(library, "A lift", HAND.clock, owner="Bo Example")
    mine = you_said.add(library, "More desks", HAND.clock, session=session)
    you_said.mark_done(library, mine.id, "Ten desks", date(2026, 12, 1))
    done = you_said.add(library, "Long ago", HAND.clock)
    you_said.mark_done(library, done.id, "Was done", date(2026, 1, 1))
    out = tmp_path / name
    papers.write_psw(library, session, out, SETTINGS, HAND.clock)
    words = in_words(out)
    whole = (
        "Lighthouse", "Windmill", "Harbour", "Parking, said 1", SECRET, "Evidence", "We asked 11 carers", "A lift",
        "Bo Example", "Ten desks", "8 December 2026", "Others are told of this theme", "How long each round took",
    )  # fmt: skip
    for said in (*whole, papers.CONFIDENTIAL, SETTINGS.classification):
        assert said in words, said
    assert "Long ago" not in words
    if name.endswith("pdf"):
        assert all(papers.CONFIDENTIAL in page for page in page_words(out.read_bytes()))


def test_the_full_record_says_when_it_began_and_ended_by_the_clock_on_the_wall(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = HandClock()
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    tzset()
    try:
        cafe = opened(library, hand)
        for deed in (cafe.run.start, cafe.run.undo, cafe.run.start, cafe.run.begin_round):
            deed()
            hand.pass_seconds(60)
        papers.write_psw(library, cafe.id, tmp_path / "on.html", SETTINGS, hand.clock)
        for deed in (cafe.run.finish, cafe.run.undo, cafe.run.finish):
            hand.pass_seconds(60 * 40)
            deed()
        whole = papers.whole_session(library, cafe.id)
        papers.write_psw(library, cafe.id, tmp_path / "over.html", SETTINGS, hand.clock)
    finally:
        monkeypatch.undo()
        tzset()
    assert (whole.began, whole.ended) == (
        datetime(2026, 11, 21, 9, 2, tzinfo=UTC),
        datetime(2026, 11, 21, 11, 4, tzinfo=UTC),
    )
    on, over = (in_words(tmp_path / name) for name in ("on.html", "over.html"))
    assert "14:32 on 21 November 2026" in on
    assert "Ended" not in on
    assert "16:34 on 21 November 2026" in over


def test_the_full_record_says_on_which_questions_answers_were_compared(library: Library, tmp_path: Path) -> None:
    order = planning.order_from(TO_COMPARE, 45).order
    session = planning.plan_session(library, order, HAND.clock, day=DAY, place="").id
    cafe = opened(library, HAND, session)
    cafe.run.start()
    asked = iter(QUESTIONS)
    for kind in (one.kind for one in order.rounds):
        cafe.run.begin_round()
        cafe.run.pick_question(next(asked))
        if kind is RoundKind.JUDGEMENT:
            again = cafe.run.state.question
            assert again is not None
            cafe.run.pick_question(next(asked))
            cafe.run.pick_question(again)
    for number in range(2):
        judging.add_answer(cafe.judging, f"We asked {number + 10} carers")
    compared = papers.whole_session(library, session).compared_on
    assert compared == (QUESTIONS[1].text, QUESTIONS[2].text)
    papers.write_psw(library, session, tmp_path / "a.html", SETTINGS, HAND.clock)
    words = in_words(tmp_path / "a.html")
    section = words[words.index("Which answers would reassure more") :]
    assert section.index(QUESTIONS[1].text) < section.index(QUESTIONS[2].text) < section.index("We asked")
    assert QUESTIONS[0].text not in section


def test_a_session_that_is_not_closed_has_a_full_record_already(library: Library, tmp_path: Path) -> None:
    papers.write_psw(library, finished(library).id, tmp_path / "a.html", SETTINGS, HAND.clock)
    assert "Nothing yet: the session is not closed." in in_words(tmp_path / "a.html")


def test_the_facilitators_sheet_is_one_page_with_what_may_be_told_still_open(library: Library, tmp_path: Path) -> None:
    session = plan(library, HAND, team="Harbour")
    told, _untold = (you_said.add(library, said, HAND.clock) for said in ("A lift", "A quarrel"))
    you_said.tell(library, told.id)
    out = tmp_path / "sheet.pdf"
    papers.write_sheet(library, session, out, SETTINGS, HAND.clock, starts=time(12, 30))
    assert len(page_sizes(out.read_bytes())) == 1
    words = in_words(out)
    for said in ("Stevenage", "Harbour", "12:30 to 13:15", "“A lift”"):
        assert said in words
    assert "quarrel" not in words
    papers.write_sheet(library, session, tmp_path / "sheet.html", SETTINGS, HAND.clock)
    assert "Minute" in in_words(tmp_path / "sheet.html")


def test_posters_are_of_the_first_three_questions_of_a_session_each_once(library: Library, tmp_path: Path) -> None:
    cafe = opened(library, HAND)
    with pytest.raises(UserError, match="no question"):
        papers.write_posters(library, cafe.id, tmp_path / "posters.pdf", SETTINGS, HAND.clock)
    planning.change_plan(cafe, with_questions(cafe.run.state.order))
    assert papers.questions_of(for_psw.session_for_psw(library, cafe.id)) == QUESTIONS
    assert papers.write_posters(library, cafe.id, tmp_path / "posters.pdf", SETTINGS, HAND.clock) == papers.POSTERS
    pages = page_words((tmp_path / "posters.pdf").read_bytes())
    assert [QUESTIONS[at].text in page for at, page in enumerate(pages)] == [True] * 3
    width, height = page_sizes((tmp_path / "posters.pdf").read_bytes())[0]
    assert width > height > 800
    papers.write_posters(library, cafe.id, tmp_path / "posters.html", SETTINGS, HAND.clock)
    assert in_words(tmp_path / "posters.html").count("<h1") == papers.POSTERS


def test_a_question_that_was_picked_in_a_round_can_be_a_poster(library: Library) -> None:
    cafe = begun(library, HAND, rounds=2)
    cafe.run.pick_question(QUESTIONS[2])
    pass_time(library, cafe, HAND, 1)
    assert QUESTIONS[2] in papers.questions_of(papers.whole_session(library, cafe.id))


def test_a_record_of_reflection_is_one_page_typed_or_blank(tmp_path: Path) -> None:
    for given in (Reflection(), Reflection(on=DAY, seconds=2700, did="I spoke in threes.", name="Ann")):
        papers.write_reflection(given, tmp_path / "a.pdf", SETTINGS, HAND.clock)
        assert len(page_sizes((tmp_path / "a.pdf").read_bytes())) == 1
    assert "I spoke in threes." in in_words(tmp_path / "a.pdf")
    papers.write_reflection(Reflection(learned="To pause"), tmp_path / "a.html", SETTINGS, HAND.clock)
    assert "To pause" in in_words(tmp_path / "a.html")


def test_every_paper_is_tagged_and_carries_classification_and_retention(library: Library) -> None:
    session = closed(library)
    whole, released = papers.whole_session(library, session), for_others.sessions_for_others(library)
    made: list[Callable[[str], bytes]] = [
        lambda ending: papers.leaders_bytes(released, (), ending, SETTINGS, HAND.clock),
        lambda ending: papers.psw_bytes(whole, (), ending, SETTINGS, HAND.clock),
        lambda ending: papers.sheet_bytes(whole, (), ending, SETTINGS, HAND.clock),
        lambda ending: papers.posters_bytes(QUESTIONS, ending, SETTINGS, HAND.clock),
        lambda ending: papers.reflection_bytes(Reflection(), ending, SETTINGS, HAND.clock),
    ]
    keep = kept_until(retention_date(SETTINGS))
    assert keep == "Keep until 11 July 2027"
    for make in made:
        pdf = make(".PDF")
        assert_tagged(pdf)
        for page in (*page_words(pdf), make(".html").decode()):
            assert SETTINGS.classification in page
            assert keep in page


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_read(library: Library, tmp_path: Path) -> None:
    for out in (tmp_path / "paper.docx", tmp_path / "nowhere" / "paper.pdf"):
        for write in (papers.write_psw, papers.write_sheet, papers.write_posters):
            with pytest.raises(UserError, match=r"neither a PDF|no folder"):
                write(library, "nothing", out, SETTINGS, HAND.clock)
        with pytest.raises(UserError, match=r"neither a PDF|no folder"):
            papers.write_leaders(library, ["nothing"], out, SETTINGS, HAND.clock)
        with pytest.raises(UserError, match=r"neither a PDF|no folder"):
            papers.write_reflection(Reflection(), out, SETTINGS, HAND.clock)


def test_a_paper_can_be_made_while_somebody_has_the_session_open(library: Library, tmp_path: Path) -> None:
    cafe = opening.open_session(library, plan(library, HAND), WHO, HAND.clock)
    papers.write_sheet(library, cafe.id, tmp_path / "sheet.html", SETTINGS, HAND.clock)
    cafe.run.start()
