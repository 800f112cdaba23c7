"""What a report says of agreement among peers: in words, as figures where they can be borne, and where they part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cqcmock.domain.agreement import Coefficient
from cqcmock.domain.peer_review import Peer, PeerReview
from cqcmock.domain.review import PeerMarks
from cqcmock.domain.rubric import AnswerMarks
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import Block
from cqcmock.reports.peer_section import TITLE
from tests.reports.peer_reviews import levels_of, peer_sheet, report, review_of, two_peers
from tests.reports.reading import part, says, section, tables
from tests.reports.sittings import worked_sitting


def peers_part(review: PeerReview, sitting: Sitting | None = None) -> tuple[Block, ...]:
    return section(report(review, sitting), TITLE)


def test_agreement_is_a_figure_with_its_interval_and_kappa_for_two() -> None:
    review = two_peers(worked_sitting())
    assert review.alpha is not None
    assert review.alpha.low is not None
    assert review.alpha.high is not None
    assert review.kappa is not None
    text = says(part(peers_part(review), "How far your peers agree"))
    interval = f"95 % interval: {review.alpha.low:.2f} to {review.alpha.high:.2f}"
    assert f"Krippendorff’s alpha: {review.alpha.value:.2f} ({interval}), from 36 marks" in text
    assert f"Weighted kappa: {review.kappa.value:.2f}, from 36 marks" in text
    assert "each is one lens of one answer that two or more of them marked" in text
    assert "Krippendorff’s alpha for levels in an order" in says(
        section(report(review), "How this report is put together")
    )


@pytest.mark.parametrize(
    ("value", "low", "words"),
    [
        (0.9, 0.7, "They agree closely: their means can be taken as what all of them think."),
        (0.7, 0.5, "They agree fairly well: take their means as a guide, beside what each of them wrote."),
        (0.4, 0.1, "They agree in part: read what each of them gave and wrote, rather than the means."),
        (0.9, -0.2, "Whether they agree cannot be told from this yet: read what each of them gave and wrote,"),
        (-0.3, -0.6, "They agree no more than chance would have it: read what each of them gave and wrote,"),
    ],
)
def test_what_the_figure_means_for_the_reader_comes_before_the_figure(value: float, low: float, words: str) -> None:
    review = replace(two_peers(worked_sitting()), alpha=Coefficient(value=value, low=low, high=0.95, units=36))
    text = says(part(peers_part(review), "How far your peers agree"))
    assert text.startswith(words)
    assert f"{value:.2f} (95 % interval: {low:.2f} to 0.95)".replace("-", "\N{MINUS SIGN}") in text


def test_where_no_figure_can_be_borne_one_honest_sentence_stands_for_it() -> None:
    sitting = worked_sitting()
    same = PeerMarks(levels=levels_of(2, 2, 2, 2, 2, 2))
    few = [Peer(name=name, expected=1, sheets=(peer_sheet(sitting, 0, same),)) for name in ("Ann", "Bob")]
    text = says(part(peers_part(review_of(sitting, *few)), "How far your peers agree"))
    assert text.count("Only 6 marks can be compared. A figure would say nothing below 10.") == 1
    assert "alpha" not in text
    sheets = tuple(peer_sheet(sitting, question, same) for question in range(2))
    alike = [Peer(name=name, expected=2, sheets=sheets) for name in ("Ann", "Bob", "Cleo")]
    text = says(part(peers_part(review_of(sitting, *alike)), "How far your peers agree"))
    assert "Everybody gave the same level throughout." in text
    assert "kappa" not in text
    assert "Nowhere are they two levels apart or more." in text


def test_one_peer_alone_neither_agrees_nor_disagrees() -> None:
    sitting = worked_sitting()
    review = two_peers(sitting)
    alone = review_of(sitting, review.peers[0], replace(review.peers[1], sheets=()))
    text = says(part(peers_part(alone), "How far your peers agree"))
    assert text == "One peer has marked so far, so there is nobody to agree or disagree with."


def test_wherever_peers_are_two_levels_apart_it_says_who_gave_what() -> None:
    review = two_peers(worked_sitting())
    (table,) = tables(part(peers_part(review), "How far your peers agree"))
    assert len(table.rows) == len(review.parted) == 6
    for one, row in zip(review.parted, table.rows, strict=True):
        ann, bob = one.levels["Ann Example"], one.levels["Bob Example"]
        given = f"Ann Example gave {ann}; Bob Example gave {bob}"
        if ann < bob:
            given = f"Bob Example gave {bob}; Ann Example gave {ann}"
        assert row == (f"Question {one.question + 1}", one.name, given)
        assert abs(ann - bob) >= 2


def test_the_list_of_where_peers_part_begins_with_the_widest_and_puts_equal_marks_together() -> None:
    sitting = worked_sitting()
    given = {"Ann": ((2, 0), (3, 1)), "Bob": ((0, 1), (3, 3)), "Cleo": ((2, 2), (0, 0))}
    of_peers = [
        Peer(
            name=name,
            expected=2,
            sheets=tuple(
                peer_sheet(sitting, question, PeerMarks(levels=levels_of(1, second, 1, 1, 1, first)))
                for question, (first, second) in enumerate(levels)
            ),
        )
        for name, levels in given.items()
    ]
    (table,) = tables(part(peers_part(review_of(sitting, *of_peers)), "How far your peers agree"))
    lenses = [lens.name for lens in sitting.plan.rubric.lenses]
    assert "widest first" in table.caption
    assert table.rows == (
        ("Question 2", lenses[1], "Bob gave 3; Ann gave 1; Cleo gave 0"),
        ("Question 2", lenses[5], "Ann and Bob gave 3; Cleo gave 0"),
        ("Question 1", lenses[1], "Cleo gave 2; Bob gave 1; Ann gave 0"),
        ("Question 1", lenses[5], "Ann and Cleo gave 2; Bob gave 0"),
    )


def test_names_too_long_for_a_table_are_listed_instead() -> None:
    sitting = worked_sitting()
    review = two_peers(sitting)
    renamed = [replace(peer, name=f"{peer.name} {'x' * 150}") for peer in review.peers]
    blocks = part(peers_part(review_of(sitting, *renamed)), "How far your peers agree")
    assert not tables(blocks)
    assert says(blocks).count("x" * 150) == 2 * len(review.parted)


def test_answers_on_which_own_and_peers_marks_are_far_apart_are_named_the_widest_first() -> None:
    sitting = worked_sitting()
    own = AnswerMarks(levels=levels_of(3, 2, 0, 1, 2, 3))
    sitting = replace(sitting, sheet=replace(sitting.sheet, answers=dict.fromkeys(range(4), own)))
    names = [lens.name for lens in sitting.plan.rubric.lenses]
    sheets = tuple(peer_sheet(sitting, at, PeerMarks(levels=levels_of(0, 2, 2, 1, 2, 2))) for at in range(2))
    review = review_of(sitting, Peer(name="Ann", expected=2, sheets=sheets))
    text = says(part(peers_part(review, sitting), "Your marks beside theirs"))
    assert text.endswith(
        "You and your peers are furthest apart here:\n"
        f"Question 1, {names[0]}: you gave 3, your peers 0.0\nQuestion 2, {names[0]}: you gave 3, your peers 0.0\n"
        f"Question 1, {names[2]}: you gave 0, your peers 2.0\nQuestion 2, {names[2]}: you gave 0, your peers 2.0"
    )
    sheets = tuple(peer_sheet(sitting, at, PeerMarks(levels=levels_of(0, 2, 2, 1, 2, 2))) for at in range(4))
    review = review_of(sitting, Peer(name="Ann", expected=4, sheets=sheets))
    text = says(part(peers_part(review, sitting), "Your marks beside theirs"))
    assert "furthest apart here, and two levels or more in 3 places besides:" in text
    same = peer_sheet(sitting, 0, PeerMarks(levels=own.levels))
    near = review_of(sitting, Peer(name="Ann", expected=1, sheets=(same,)))
    assert "furthest apart" not in says(peers_part(near, sitting))
