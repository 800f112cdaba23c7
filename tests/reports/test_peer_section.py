"""What a report says of peers: every mark and every word of theirs, beside the own, and nothing before its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from cqcmock.domain.agreement import Spread
from cqcmock.domain.peer_review import Peer, PeerReview, PeerSheet
from cqcmock.domain.review import KeepAndChange, PeerMarks, Pin, Whole
from cqcmock.domain.sitting import Sitting
from cqcmock.paths import resources_folder
from cqcmock.reports.content import Block, Heading, Look, Paragraph
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from cqcmock.reports.peer_section import TITLE
from cqcmock.services import peers
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.peer_reviews import (
    CHOSEN,
    LENSES,
    LONG,
    answer_of,
    levels_of,
    peer_sheet,
    pin_on,
    report,
    review_of,
    two_peers,
)
from tests.reports.reading import charts, headings, part, says, section, tables
from tests.reports.sittings import worked_sitting


def peers_part(review: PeerReview, sitting: Sitting | None = None, **more: KeepAndChange) -> tuple[Block, ...]:
    return section(report(review, sitting, **more), TITLE)


def one_peer(marks: PeerMarks, text: str | None = None, name: str = "Ann Example") -> PeerReview:
    sitting = worked_sitting()
    sheet = peer_sheet(sitting, 0, marks) if text is None else peer_sheet(sitting, 0, marks, text=text)
    return review_of(sitting, Peer(name=name, expected=1, sheets=(sheet,)))


# When


def test_a_rehearsal_that_was_sent_to_nobody_has_no_word_about_peers() -> None:
    document = report(None)
    assert TITLE not in headings(document)
    assert "peer" not in says(document).lower()


def test_peers_come_after_the_own_marks() -> None:
    order = headings(report(two_peers(worked_sitting())))
    assert order.index(TITLE) == order.index("Own marks, all questions") + 1


def test_until_the_own_marks_are_in_one_sentence_says_why_the_others_wait() -> None:
    sitting = worked_sitting()
    hidden = replace(two_peers(sitting), hidden=True)
    document = report(hidden, sitting, CHOSEN)
    (only,) = section(document, TITLE)
    assert says([only]) == (
        "What 2 peers made of your answers is here, and waits until your own marks are handed in, so that what you "
        "think of your answers is yours alone."
    )
    for secret in (LONG, "The train came in.", CHOSEN.keep[0], CHOSEN.change[0], "sentence I will remember"):
        assert secret not in says(document)
    assert report(review_of(sitting, *hidden.peers, hidden=True), sitting) == report(hidden, sitting)


def test_answers_that_are_out_and_not_back_yet_are_said_to_be() -> None:
    sitting = worked_sitting()
    away = (Peer(name="Ann Example", expected=3, sheets=()),)
    text = says(peers_part(review_of(sitting, *away)))
    assert "3 expected, 0 received, 3 missing" in text
    assert "They are with Ann Example; nothing has come back yet." in text
    assert "nothing has come back yet" in says(peers_part(review_of(sitting, *away, hidden=True)))


# How much came


def test_what_was_expected_what_came_and_why_some_did_not_are_counted() -> None:
    text = says(peers_part(two_peers(worked_sitting())))
    assert "Marked answers: 16 expected, 14 received, 2 missing." in text
    assert "Ann Example: received 8 of 8" in text
    assert "Bob Example: received 6 of 8; their reason: “The train came in.”" in text


def test_the_report_no_longer_says_that_the_answers_were_sent_to_nobody() -> None:
    text = says(section(report(two_peers(worked_sitting())), "Who can read this report"))
    assert "the answers alone were sent, sealed, to Ann Example and Bob Example to be marked" in text


# Beside each other


def test_own_and_peers_means_stand_side_by_side_with_the_range_and_the_gap_in_words() -> None:
    sitting = worked_sitting()
    review = two_peers(sitting)
    blocks = part(peers_part(review), "Your marks beside theirs")
    (table,), (chart,) = tables(blocks), charts(blocks)
    assert len(table.rows) == len(chart.bars) == len(review.lenses) == len(LENSES)
    for one, row, bar in zip(review.lenses, table.rows, chart.bars, strict=True):
        assert one.peers is not None
        assert one.own is not None
        gap = f"{one.peers.lowest} to {one.peers.highest}"
        assert row == (one.name, f"{one.own:.1f}", f"{one.peers.mean:.1f}", gap, one.gap)
        assert one.gap
        assert (bar.value, bar.target) == (one.peers.mean, one.own)
        assert f"{one.name}: peers {one.peers.mean:.1f}, your own mean {one.own:.1f}." in chart.alternative


def test_the_own_mean_is_over_the_answers_that_peers_marked_and_no_others() -> None:
    sitting = worked_sitting()
    review = one_peer(PeerMarks(levels=levels_of(3, 3, 3, 3, 3, 3)))
    own = sitting.sheet.answers[0].levels
    assert {one.lens: one.own for one in review.lenses if one.own is not None} == {
        lens: float(level) for lens, level in own.items()
    }


def test_a_lens_without_an_own_mark_is_shown_without_a_gap() -> None:
    sitting = replace(worked_sitting(), sheet=replace(worked_sitting().sheet, answers={}))
    review = review_of(sitting, *two_peers(sitting).peers)
    blocks = part(peers_part(review, sitting), "Your marks beside theirs")
    assert all(row[1] == "not marked" and "no mark to compare" in row[4] for row in tables(blocks)[0].rows)
    assert charts(blocks)[0].target_name == ""


def test_the_first_page_says_where_peers_marks_are_highest_and_lowest() -> None:
    sitting = worked_sitting()
    names = [lens.name for lens in sitting.plan.rubric.lenses]
    review = one_peer(PeerMarks(levels=levels_of(3, 1, 2, 2, 1, 2)))
    glance = says(section(report(review, sitting), "At a glance"))
    lowest = f"“{names[1]}” and “{names[4]}” (mean 1.0)"
    assert f"Peers’ marks, from 1 peer: highest for “{names[0]}” (mean 3.0 of 3), lowest for {lowest}." in glance
    alike = says(section(report(one_peer(PeerMarks(levels=levels_of(*[2] * 6))), sitting), "At a glance"))
    assert "Peers’ marks, from 1 peer: a mean of 2.0 of 3 through every lens." in alike
    hidden = replace(review, hidden=True)
    assert "Peers" not in says(section(report(hidden, sitting), "At a glance"))


# Question by question


def test_every_mark_and_every_word_of_every_peer_stands_under_its_question() -> None:
    sitting = worked_sitting()
    review = two_peers(sitting)
    blocks = peers_part(review)
    for question in sitting.answered:
        here = part(blocks, f"Peers on question {question + 1}: ")
        rows = {row[0]: row[1:] for row in tables(here)[0].rows}
        own = sitting.sheet.answers.get(question)
        assert ("You" in rows) == (own is not None)
        if own is not None:
            assert rows["You"] == (*(str(own.levels.get(lens, "–")) for lens in LENSES), "–")
        for peer in review.peers:
            given = [one for one in peer.sheets if one.question == question]
            assert (peer.name in rows) == bool(given)
            for one in given:
                marks = one.sheet.marks
                assert rows[peer.name] == (*(str(marks.levels[lens]) for lens in LENSES), str(marks.overall))
                assert marks.comment in says(here)
                for pin in marks.pins:
                    assert f"On “{' '.join(one.quoted(pin).split())}”: {pin.comment}" in says(here)
    assert "Tagged: broad assurance without detail" in says(part(blocks, "Peers on question 2"))
    assert "What Bob Example says" not in says(blocks)


def test_where_several_peers_marked_an_answer_their_mean_stands_below_their_marks() -> None:
    sitting = worked_sitting()
    given = {"Ann": (levels_of(3, 0, 1, 2, 3, 1), 3), "Bob": (levels_of(2, 1, 1, 3, 3, 0), None)}
    of_peers = [
        Peer(name=name, expected=1, sheets=(peer_sheet(sitting, 0, PeerMarks(levels=levels, overall=overall)),))
        for name, (levels, overall) in given.items()
    ]
    (table,) = tables(part(peers_part(review_of(sitting, *of_peers)), "Peers on question 1"))
    assert table.rows[-1] == ("Peers’ mean", "2.5", "0.5", "1.0", "2.5", "3.0", "0.5", "3.0")
    (alone,) = tables(part(peers_part(review_of(sitting, of_peers[0])), "Peers on question 1"))
    assert alone.rows[-1][0] == "Ann"


def test_the_meaning_of_every_mark_that_is_shown_can_be_looked_up_also_where_no_own_mark_was_given() -> None:
    sitting = replace(worked_sitting(), sheet=replace(worked_sitting().sheet, answers={}))
    review = review_of(sitting, *two_peers(sitting).peers)
    (table,) = tables(section(report(review, sitting), "What the marks mean"))
    rubric = sitting.plan.rubric
    assert table.rows == (
        *((lens.name, *lens.anchors) for lens in rubric.lenses),
        ("Overall impression", *rubric.overall),
    )
    assert "What the marks mean" not in headings(report(replace(review, hidden=True), sitting))


def test_pinned_words_are_marked_as_words_that_were_said_and_may_stand_in_a_follow_up() -> None:
    sitting = worked_sitting()
    question = next(at for at in sitting.answered if sitting.state.takes[at][-1].probes)
    answer = answer_of(sitting, question)
    words = " ".join(answer.probes[0].answer.split()[:4])
    assert words in answer.spoken
    assert words not in answer.answer
    marks = PeerMarks(levels=levels_of(1, 1, 1, 1, 1, 1), pins=(pin_on(answer, words, LONG),))
    review = review_of(sitting, Peer(name="Ann", expected=1, sheets=(peer_sheet(sitting, question, marks),)))
    blocks = peers_part(review)
    pinned = [
        run.text for block in blocks if isinstance(block, Paragraph) for run in block.line if run.look is Look.HEARD
    ]
    assert pinned == [words]
    assert LONG in says(blocks)


def test_a_comment_on_a_whole_long_answer_quotes_its_beginning() -> None:
    sitting = worked_sitting()
    answer = answer_of(sitting, 0)
    marks = PeerMarks(pins=(Pin(start=0, end=len(answer.answer), comment="All of it."),), levels=levels_of(*[1] * 6))
    text = says(peers_part(one_peer(marks)))
    line = next(line for line in text.split("\n") if line.startswith("On “"))
    assert line.endswith("…”: All of it.")
    assert len(line) < 300


def test_marks_that_were_submitted_again_say_so() -> None:
    sitting = worked_sitting()
    review = two_peers(sitting)
    ann, bob = review.peers
    first = replace(bob.sheets[0], earlier=(bob.sheets[0].sheet,))
    again = review_of(sitting, ann, replace(bob, sheets=(first, *bob.sheets[1:])))
    text = says(part(peers_part(again), "Peers on question 1"))
    assert "What Bob Example says\nSubmitted 2 times; the last counts." in text


def test_what_a_peer_thinks_of_all_of_it_comes_last_beside_the_own_impression() -> None:
    sitting = worked_sitting()
    sitting = replace(sitting, sheet=replace(sitting.sheet, overall=3))
    blocks = peers_part(two_peers(sitting), sitting)
    own, rest = says(part(blocks, "Peers on the whole rehearsal")).split("\n", 1)
    gap = "You marked yourself a level higher than your peers did."
    assert own == f"Your own overall impression: 3 of 3; your peers’ mean is 2.0. {gap}"
    unsaid = replace(sitting, sheet=replace(sitting.sheet, overall=None))
    text = says(part(peers_part(two_peers(unsaid), unsaid), "Peers on the whole rehearsal"))
    assert text == rest
    assert text.startswith("Ann Example on all of it\nOverall impression: 2 of 3. An assessor would be reassured")
    assert LONG in text
    assert "Bob" not in text


def test_what_the_owner_takes_from_it_stands_on_the_page_that_is_read_first() -> None:
    document = report(two_peers(worked_sitting()), chosen=CHOSEN)
    blocks = section(document, "At a glance")
    level_three = [block.text for block in blocks if isinstance(block, Heading) and block.level == 3]
    assert level_three == ["What to practise next", "To keep", "To change", "Actions", "The figures"]
    assert says(document).count(CHOSEN.keep[0]) == says(document).count(CHOSEN.change[0]) == 1
    assert says(part(blocks, "To keep")).split("\n") == list(CHOSEN.keep)
    assert says(part(blocks, "To change")).split("\n") == list(CHOSEN.change)
    without = headings(report(two_peers(worked_sitting()), chosen=KeepAndChange(keep=("  ",))), 3)
    assert "To keep" not in without
    assert "To change" not in without


@settings(max_examples=40)
@given(
    given_levels=st.lists(
        st.dictionaries(st.sampled_from(("Ann", "Bob", "Cleo", "Dev")), st.integers(0, 3), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_whoever_marked_whatever_no_mark_is_lost_and_every_mean_is_right(
    given_levels: Sequence[Mapping[str, int]],
) -> None:
    sitting = worked_sitting()
    sheets: dict[str, list[PeerSheet]] = {}
    for question, levels in enumerate(given_levels):
        for name, level in levels.items():
            marks = PeerMarks(levels=dict.fromkeys(LENSES, level))
            sheets.setdefault(name, []).append(peer_sheet(sitting, question, marks))
    of_peers = [Peer(name=name, expected=8, sheets=tuple(some)) for name, some in sorted(sheets.items())]
    blocks = peers_part(review_of(sitting, *of_peers))
    for question, levels in enumerate(given_levels):
        rows = {row[0]: row for row in tables(part(blocks, f"Peers on question {question + 1}: "))[0].rows}
        assert {name: rows[name][1] for name in levels} == {name: str(level) for name, level in levels.items()}
    every = [level for levels in given_levels for level in levels.values()]
    expected = Spread(mean=sum(every) / len(every), lowest=min(every), highest=max(every), markers=len(every))
    row = tables(part(blocks, "Your marks beside theirs"))[0].rows[0]
    assert row[2] == f"{expected.mean:.1f}"
    assert f"{8 * len(of_peers)} expected, {len(every)} received" in says(blocks)


# What could name somebody


def test_what_could_name_somebody_is_found_and_left_out_of_all_that_peers_wrote() -> None:
    text = "Mrs Okafor rang at ten and Mrs Okafor waited. Then she came."
    pins = (
        Pin(start=0, end=10, comment="Is Mr Halloran her son?"),
        Pin(start=text.index("waited"), end=text.index("waited") + 6, comment="How long?"),
        Pin(start=4, end=18, comment="Half a name."),
        Pin(start=0, end=7, comment="The other half."),
        Pin(start=len(text) - 5, end=len(text), comment="The end."),
    )
    marks = PeerMarks(levels=levels_of(*[1] * 6), comment="Ring me on 07700 900123.", pins=pins)
    sitting = worked_sitting()
    whole = Whole(candidate="A", comment="Ask Mrs Adeyemi.", revision=1)
    peer = Peer(
        name="Ann Example",
        expected=2,
        sheets=(peer_sheet(sitting, 0, marks, text=text),),
        whole=whole,
        why_incomplete="Mr Pellew fell ill.",
    )
    review = review_of(sitting, peer)
    found = {data.text for data in peers.personal_data_of(review)}
    assert {"Mrs Okafor", "Mr Halloran", "07700 900123", "Mrs Adeyemi", "Mr Pellew"} <= found
    assert peers.personal_data_of(replace(review, hidden=True)) == ()
    left = peers.redacted(review, sitting)
    shown = says(peers_part(left))
    for secret in ("Okafor", "Okaf", "Halloran", "07700", "Adeyemi", "Pellew"):
        assert secret in says(peers_part(review))
        assert secret not in shown
    quotations = [line for line in shown.split("\n") if line.startswith("On “")]
    assert quotations == [
        "On “[name]”: Is [name] her son?",
        "On “waited”: How long?",
        "On “[name] rang at”: Half a name.",
        "On “[name]”: The other half.",
        "On “came.”: The end.",
    ]
    assert "Ring me on [telephone number]." in shown


@given(text=st.text(st.sampled_from("ab .\n"), max_size=30), cut=st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_comments_stay_pinned_to_their_words_whatever_is_left_out_before_them(text: str, cut: tuple[int, int]) -> None:
    said = f"Mrs Okafor said so. {text} NHS number 943 476 5919. {text}"
    sitting = worked_sitting()
    start, end = sorted(min(at, len(said)) for at in cut)
    marks = PeerMarks(pins=(Pin(start=start, end=end, comment="Here."),))
    review = review_of(sitting, Peer(name="Ann", expected=1, sheets=(peer_sheet(sitting, 0, marks, text=said),)))
    one, left = review.peers[0].sheets[0], peers.redacted(review, sitting).peers[0].sheets[0]
    (pin,) = left.sheet.marks.pins
    before, words = one.quoted(marks.pins[0]), left.quoted(pin)
    assert 0 <= pin.start <= pin.end <= len(left.answer.spoken)
    assert "Okafor" not in words
    if not set("Mrs Okaf0123456789") & set(before.replace("said so", "").replace("NHS number", "")):
        assert words == before or "[" in words


# Rendered


@pytest.mark.parametrize("hidden", [False, True])
def test_the_pdf_with_peers_is_tagged_passes_the_checker_and_is_the_same_every_time(
    hidden: bool, tmp_path: Path
) -> None:
    review = replace(two_peers(worked_sitting()), hidden=hidden)
    made = as_pdf(report(review, chosen=CHOSEN), resources_folder())
    tree = assert_tagged(made)
    assert ("This is the sentence I will remember." in tree.text) is not hidden
    (tmp_path / "report.pdf").write_bytes(made)
    assert validate(tmp_path / "report.pdf").findings == ()
    assert made == as_pdf(report(review, chosen=CHOSEN), resources_folder())
    assert as_page(report(review, chosen=CHOSEN)) == as_page(report(review, chosen=CHOSEN))


@pytest.mark.parametrize("text", [*HOSTILE.values(), *UNSHAPED.values(), "=1+1", "x" * 3000, "a\n" * 300, " "])
def test_whatever_peers_write_stands_in_the_report_as_text(text: str) -> None:
    marks = PeerMarks(
        levels=levels_of(0, 1, 2, 3, 0, 1),
        overall=3,
        comment=text,
        pins=(Pin(start=0, end=len(text), comment=text),),
        tags=(text,),
    )
    sitting = worked_sitting()
    whole = Whole(candidate="A", overall=1, comment=text, revision=1)
    sheets = (peer_sheet(sitting, 0, marks, text=text),)
    other = Peer(
        name="Bob", expected=1, sheets=(peer_sheet(sitting, 0, PeerMarks(levels=levels_of(3, 3, 0, 0, 3, 3))),)
    )
    review = review_of(
        sitting, Peer(name=f"A{text}"[:200], expected=2, sheets=sheets, whole=whole, why_incomplete=text), other
    )
    document = report(review, chosen=KeepAndChange(keep=(text,), change=(text,)))
    blocks = section(document, TITLE)
    alone = replace(document, blocks=(Heading(level=2, text=TITLE), *blocks))
    assert_tagged(as_pdf(alone, resources_folder()))
    assert "<script" not in as_page(alone)
    assert "".join(says(blocks).split()).count("".join(text.split())) >= 4
