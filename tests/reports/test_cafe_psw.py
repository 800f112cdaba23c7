"""The principal social worker's record holds everything, says that it is confidential, and tells no order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from cqcmock.domain.cafe.attendance import Attendance, Group
from cqcmock.domain.cafe.cards import Board, Card, CardKind, Theme
from cqcmock.domain.cafe.judging import Judgement
from cqcmock.domain.cafe.release import SessionData, TableKind, Voiced, released
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.running_order import from_template
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.cafe.windows import RoundHeld
from cqcmock.paths import resources_folder
from cqcmock.reports.cafe_entries import SaidAndDone
from cqcmock.reports.cafe_psw import CONFIDENTIAL, FOR_PSW, Compared, HeldCafe, psw_summary
from cqcmock.reports.content import PRACTICE_WORDS, Document, Heading
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import first_list, headings, part, says, section, squeezed, tables
from tests.some_quickly import some_quickly

ORDER = from_template(SHIPPED[1], 45, iter("abcdefgh").__next__).order
ASKED = RoundQuestion(bank="cafe", question="proud", text="What are you proud of?")
HELD = tuple(
    RoundHeld(
        round_id=one.id, title=one.title, seconds=one.seconds + 15, turns=turns, skipped=one.id == "c", questions=asked
    )
    for one, turns, asked in zip(ORDER.rounds[:4], (0, 0, 3, 2), ((), (), (ASKED,), (ASKED, ASKED)), strict=True)
)
THEMES = (
    Theme(id="t1", kind=CardKind.PRIDE, name="People get home"),
    Theme(id="t2", kind=CardKind.WORRY, name="Waiting"),
    Theme(id="t3", kind=CardKind.WORRY, name="A matter for two ears"),
    Theme(id="t4", kind=CardKind.WORRY, name="Empty so far"),
)
CARDS = (
    Card(id="1", kind=CardKind.PRIDE, text="Zebra first", hand=1, themes=("t1",)),
    Card(id="2", kind=CardKind.PRIDE, text="apple second", hand=2, themes=("t1",)),
    Card(id="3", kind=CardKind.WORRY, text="Beds take weeks", hand=3, themes=("t2",)),
    Card(id="4", kind=CardKind.WORRY, text="My manager shouts", hand=3, psw_only=True, themes=("t2", "t3")),
    Card(id="5", kind=CardKind.WORRY, text="Loose worry", hand=4),
    Card(id="6", kind=CardKind.WORRY, text="Hidden loose worry", hand=4, psw_only=True),
    Card(id="7", kind=CardKind.IDEA, text="One front door", hand=5),
)
ANSWERS = {f"a{n}": f"Answer number {n} in full." for n in range(6)}
JUDGED = tuple(
    Judgement(left=f"a{one}", right=f"a{other}", chosen=f"a{min(one, other)}")
    for one in range(6)
    for other in range(6)
    if one != other
)
OPEN = SaidAndDone(said="The line rings out", opened_on=date(2026, 11, 3), owner="Ann Example", due=date(2026, 12, 1))
DONE = SaidAndDone(
    said="Laptops", opened_on=date(2026, 9, 1), did="New ones", done_on=date(2026, 10, 1), owner="Bo", told=True
)
DATA = SessionData(
    session="s",
    on=date(2026, 11, 3),
    people=20,
    voiced=(Voiced(table=TableKind.PRIDE, name="People get home", hands=frozenset(range(1, 9))),),
)
CAFE = HeldCafe(
    on=date(2026, 11, 3),
    order=ORDER,
    began=datetime(2026, 11, 3, 12, 32, tzinfo=UTC),
    ended=datetime(2026, 11, 3, 13, 17, tzinfo=UTC),
    title="Autumn café",
    place="Room 3",
    team="Reviews",
    held=HELD,
    board=Board(hand=5, hands=5, cards=CARDS, themes=THEMES),
    attendance=Attendance(
        groups=(
            Group(team="Reviews", role="Social worker", people=7),
            Group(team="", role="", people=2),
            Group(team="Hospital", role="Social worker", people=1),
        )
    ),
    hard=(
        Voiced(table=TableKind.HARD_LENSES, name="Evidence", hands=frozenset({1, 2})),
        Voiced(table=TableKind.HARD_LENSES, name="Clear", hands=frozenset({1, 2, 3})),
        Voiced(table=TableKind.HARD_STATEMENTS, name="QS4", hands=frozenset({4})),
    ),
    compared=(Compared(answers=ANSWERS, judgements=JUDGED, questions=("How do you know?", " ", "And why?")),),
    release=released(DATA),
    entries=(DONE, OPEN),
    next_on=date(2027, 1, 14),
)


def record(cafe: HeldCafe = CAFE) -> Document:
    return psw_summary(
        cafe,
        classification="OFFICIAL – SENSITIVE",
        retention="Keep until 1 May 2027",
        made_on=date(2026, 11, 22),
    )


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]
    finally:
        opened.close()


def for_psw(document: Document) -> list[str]:
    return first_list(part(document.blocks, FOR_PSW))


def the_rest(document: Document) -> str:
    at = next(at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.text == FOR_PSW)
    return says(document.blocks[:at])


def test_it_says_at_the_top_that_it_is_confidential_and_not_to_be_passed_on() -> None:
    text = says(record().blocks[:1])
    assert "Confidential: for the principal social worker only" in text
    assert "Do not pass it on" in text


def test_it_says_when_where_how_long_and_what_others_are_told() -> None:
    text = says(record()).split("\n")
    for line in (
        "Session: Autumn café",
        "Date: 3 November 2026",
        "Began: 12:32",
        "Ended: 13:17",
        "Length: 45 minutes",
        "Place: Room 3",
        "Team: Reviews",
        "Next session: 14 January 2027",
        "Others are told: What has 5 or more people behind it, by the rules of the café.",
    ):
        assert line in text
    assert "Others are told: Nothing yet: the session is not closed." in says(record(replace(CAFE, release=None)))


def test_a_session_that_was_held_on_other_days_than_planned_says_which() -> None:
    text = says(
        record(
            replace(CAFE, began=datetime(2026, 11, 4, 16, 0, tzinfo=UTC), ended=datetime(2026, 11, 5, 9, 5, tzinfo=UTC))
        )
    ).split("\n")
    assert "Began: 16:00 on 4 November 2026" in text
    assert "Ended: 09:05 on 5 November 2026" in text
    unknown = says(record(replace(CAFE, began=None, ended=None)))
    assert "Began" not in unknown
    assert "Ended" not in unknown


def test_everybody_who_came_is_counted_by_team_and_role() -> None:
    (table,) = tables(section(record(), "Who came"))
    assert table.rows == (
        ("Hospital", "Social worker", "1"),
        ("Reviews", "Social worker", "7"),
        ("Not said", "Not said", "2"),
        ("In all", "", "10"),
    )


def test_rounds_have_the_time_they_were_given_and_the_time_they_took() -> None:
    document = record()
    (table,) = tables(section(document, "Rounds that were held"))
    assert table.rows[0] == (HELD[0].title, "4 min", "4 min 15 s", "–")
    assert table.rows[2] == (f"{HELD[2].title} (cut short)", "6 min", "6 min 15 s", "3")
    assert table.rows[-1] == ("In all", "45 min", "30 min", "")
    text = says(section(document, "Rounds that were held"))
    assert "Not held: “Pairs” and “Closing”." in text
    assert text.count("“What are you proud of?”") == 3


def test_a_round_that_left_the_running_order_is_there_without_a_plan() -> None:
    gone = RoundHeld(round_id="zz", title="Threes", seconds=70, turns=1, skipped=True, questions=())
    (table,) = tables(section(record(replace(CAFE, held=(*HELD, gone))), "Rounds that were held"))
    assert table.rows[4] == ("Threes (cut short)", "–", "1 min 10 s", "1")


def test_cards_stand_in_their_themes_in_alphabetical_order_and_say_whether_others_are_told() -> None:
    document = record()
    pride = section(document, "What people are proud of")
    assert first_list(part(pride, "People get home")) == ["apple second", "Zebra first"]
    assert "2 cards. Others are told of this theme." in says(pride)
    assert "1 card. Others are not told of this theme." in says(part(document.blocks, "Waiting"))
    assert first_list(part(section(document, "What worries people"), "In no theme")) == ["Loose worry"]
    assert "One front door" in says(section(document, "Ideas"))


def test_worries_for_the_principal_social_worker_stand_on_a_page_of_their_own_and_nowhere_else() -> None:
    document = record()
    assert for_psw(document) == ["Hidden loose worry", "My manager shouts (in “A matter for two ears” and “Waiting”)"]
    rest = the_rest(document)
    for words in ("My manager shouts", "Hidden loose worry", "A matter for two ears"):
        assert words not in rest
    assert "Empty so far" in rest
    *others, last = pages(as_pdf(document, resources_folder()))
    assert FOR_PSW in last
    assert "My manager shouts" in last
    assert "Beds take weeks" not in last
    assert not any("My manager shouts" in text for text in others)


def test_where_there_are_none_of_those_there_is_no_such_page() -> None:
    board = replace(CAFE.board, cards=tuple(card for card in CARDS if not card.psw_only))
    assert FOR_PSW not in headings(record(replace(CAFE, board=board)))


def test_what_people_found_hard_is_counted_by_lens_and_by_statement() -> None:
    lenses, statements = tables(section(record(), "What people found hard"))
    assert lenses.rows == (("Clear", "3"), ("Evidence", "2"))
    assert statements.rows == (("QS4", "1"),)


def test_compared_answers_are_ranked_with_how_far_to_rely_on_that_in_words() -> None:
    blocks = section(record(), "Which answers would reassure more")
    text = says(blocks)
    assert [line for line in text.split("\n") if "Asked" in line] == ["Asked: “How do you know?”", "Asked: “And why?”"]
    assert "How far to rely on the order: " in text
    assert "Scale separation reliability: 0." in text
    places = [text.index(words) for words in ANSWERS.values()]
    assert places == sorted(places)
    assert text.count("10 looks") >= len(ANSWERS)


def test_too_few_judgements_give_words_and_no_figure() -> None:
    few = replace(CAFE.compared[0], judgements=JUDGED[:2])
    text = says(section(record(replace(CAFE, compared=(few,))), "Which answers would reassure more"))
    assert "It is too early for a figure." in text
    assert "Scale separation" not in text
    assert "Not looked at yet: 0 looks" in text


def test_several_comparisons_are_numbered() -> None:
    found = headings(record(replace(CAFE, compared=CAFE.compared * 2)))
    assert [text for text in found if text.startswith("Which")] == [
        "Which answers would reassure more (1 of 2)",
        "Which answers would reassure more (2 of 2)",
    ]


def test_entries_are_open_or_done_with_their_owner() -> None:
    blocks = section(record(), "You said, we did")
    assert first_list(part(blocks, "Still open")) == [
        (
            "You said: The line rings out. Open since 3 November 2026, due on 1 December 2026. Owner: Ann Example."
            " Not to be told."
        )
    ]
    assert first_list(part(blocks, "Done")) == [
        "You said: Laptops. We did: New ones. Done on 1 October 2026. Owner: Bo. May be told."
    ]


def test_a_café_of_which_nothing_is_known_yet_says_so_everywhere() -> None:
    text = says(record(HeldCafe(on=date(2026, 11, 3), order=ORDER)))
    for words in (
        "Nobody was counted.",
        "No round was begun.",
        "No cards.",
        "Nothing was marked as hard.",
        "Nothing is open.",
        "Nothing was done yet.",
        "Next session: Not fixed yet",
    ):
        assert words in text
    assert "Which answers" not in text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_neither_the_order_of_writing_nor_the_hands_can_be_read_from_it(data: st.DataObject) -> None:
    cards = data.draw(st.permutations(CARDS))
    hands = data.draw(st.lists(st.integers(0, 99), min_size=len(cards), max_size=len(cards)))
    shuffled = tuple(replace(card, hand=hand) for card, hand in zip(cards, hands, strict=True))
    board = replace(CAFE.board, cards=shuffled, themes=tuple(data.draw(st.permutations(THEMES))))
    assert as_page(record(replace(CAFE, board=board))) == as_page(record())


def test_three_hundred_cards_of_forty_people_are_all_there_and_tagged(tmp_path: Path) -> None:
    chance = random.Random(5)
    themes = tuple(Theme(id=f"t{n}", kind=list(CardKind)[n % 3], name=f"Theme {n:02}") for n in range(24))
    cards = []
    for n in range(300):
        kind = chance.choice(list(CardKind))
        inside = chance.sample([theme.id for theme in themes if theme.kind is kind], chance.randrange(3))
        psw_only = kind is CardKind.WORRY and chance.random() < 0.2
        text = " ".join(chance.choices(("people", "wait", "for", "equipment", "Fridays", "home"), k=70))[:440]
        cards.append(
            Card(id=f"c{n}", kind=kind, text=f"{text} {n:03}.", hand=n % 40, psw_only=psw_only, themes=tuple(inside))
        )
    board = Board(hand=40, hands=40, cards=tuple(cards), themes=themes)
    made = as_pdf(record(replace(CAFE, board=board)), resources_folder())
    said = squeezed(assert_tagged(made).text)
    assert all(f" {n:03}." in said for n in range(300))
    (tmp_path / "record.pdf").write_bytes(made)
    assert validate(tmp_path / "record.pdf").findings == ()


def test_every_page_says_what_it_is() -> None:
    made = as_pdf(record(), resources_folder())
    assert made == as_pdf(record(), resources_folder())
    texts = pages(made)
    for at, text in enumerate(texts, start=1):
        for words in (
            f"{CONFIDENTIAL} · OFFICIAL – SENSITIVE",
            PRACTICE_WORDS,
            "Keep until 1 May 2027",
            f"Page {at} of {len(texts)}",
        ):
            assert words in text


@pytest.mark.parametrize(
    "text", some_quickly([*HOSTILE.values(), *UNSHAPED.values(), "W" * 500, "a\n" * 250, " "], every=4)
)
def test_whatever_people_wrote_stands_in_it_as_text(text: str) -> None:
    cards = tuple(replace(card, text=text) for card in CARDS)
    cafe = replace(
        CAFE,
        title=text,
        place=text,
        team=text,
        held=tuple(replace(one, title=text) for one in HELD),
        board=replace(CAFE.board, cards=cards, themes=tuple(replace(theme, name=text) for theme in THEMES)),
        attendance=Attendance(groups=(Group(team=text[:80], role=text[:80], people=3),)),
        compared=(Compared(answers=dict.fromkeys(ANSWERS, text), judgements=JUDGED, questions=(text,)),),
        entries=(replace(OPEN, said=text, owner=text), replace(DONE, did=text)),
    )
    document = record(cafe)
    assert_tagged(as_pdf(document, resources_folder()))
    page = as_page(document)
    assert "<script" not in page
    assert "<ok>" not in page
