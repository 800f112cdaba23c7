"""How a reviewer marks is told to that reviewer alone, and never so that anybody’s marks could be found from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.review import PeerMarks
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.errors import UserError
from cqcmock.services import merging, pack_papers, peers, reports, reviewing, sittings
from cqcmock.services.packing import MadePack
from cqcmock.settings import Settings
from tests.played import played
from tests.services.review.hands import CLOCK, HAND, LENSES, Laptops, Send, marked, merged

if TYPE_CHECKING:
    from cqcmock.reports.reviewer_feedback import ReviewersFeedback
    from cqcmock.services.library import Library

OWN = MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})})
COUNCIL = Settings(council="Rutland")
Round = Callable[..., dict[str, MadePack]]


@pytest.fixture
def sitting(library: Library) -> str:
    """A rehearsal of three answers."""
    return played(library, HAND, answers=("We asked forty carers.", "It took nine days.", "We did not ask enough."))


@pytest.fixture
def marked_by(library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path) -> Round:
    """Each named reviewer is sent the rehearsal, gives these levels to its answers, and all of it is taken in."""

    def go(levels: dict[str, tuple[int, ...]], *, own: bool = True) -> dict[str, MadePack]:
        sent = {}
        for name, given in levels.items():
            sent[name] = send(name)
            HAND.pass_seconds(1)
            why = "" if len(given) == 3 else "The train came in."
            merged(library, marked(laptops(name), sent[name].path, tmp_path / f"{name}.return", *given, why=why))
        if own:
            sittings.submit_marks(library, sitting, OWN, CLOCK)
        return sent

    return go


def told(library: Library, pack: MadePack) -> ReviewersFeedback:
    return pack_papers.feedback_of(library, pack.pack.id, COUNCIL)


THREE = {"Ann Example": (1, 1, 1), "Bob Example": (2, 1, 2), "Cat Example": (2, 2, 2)}


def test_with_two_others_on_every_answer_a_reviewer_learns_how_strict_they_are(
    library: Library, marked_by: Round
) -> None:
    sent = marked_by(THREE)
    found = told(library, sent["Ann Example"])
    assert found.compared.difference == pytest.approx(1 - (2 + 1.5 + 2) / 3)
    assert (found.compared.marks, found.compared.answers, found.compared.lenses) == (18, 3, 6)
    assert (found.reviewer, found.made_by, found.expected, found.received) == ("Ann Example", "Rutland", 3, 3)
    page = pack_papers.feedback_bytes(found, ".html", COUNCIL, CLOCK).decode()
    assert "about three quarters of a level lower" in page
    assert "Bob" not in page
    assert "Cat" not in page


def test_with_one_other_reviewer_nothing_is_compared_because_it_would_be_their_marks(
    library: Library, marked_by: Round
) -> None:
    sent = marked_by({"Ann Example": (1, 1, 1), "Bob Example": (2, 1, 2)})
    compared = told(library, sent["Ann Example"]).compared
    assert compared.difference is None
    assert "with one, the figure would tell you that person’s marks" in compared.why_not
    assert "So far there are none." in compared.why_not


def test_answers_that_only_one_other_has_marked_do_not_count(library: Library, marked_by: Round) -> None:
    sent = marked_by(THREE | {"Cat Example": (2, 2)})
    compared = told(library, sent["Ann Example"]).compared
    assert compared.difference is None
    assert "So far there are 12 marks of 2 answers." in compared.why_not


@pytest.mark.parametrize("level", [0, 3])
def test_where_the_mean_alone_would_give_the_others_away_it_is_held_back(
    library: Library, marked_by: Round, level: int
) -> None:
    sent = marked_by({"Ann Example": (1, 1, 2), "Bob Example": (level,) * 3, "Cat Example": (level,) * 3})
    compared = told(library, sent["Ann Example"]).compared
    assert compared.difference is None
    assert "would tell you what the others marked" in compared.why_not


def test_until_all_of_a_reviewers_own_answers_are_back_nothing_may_sway_the_rest(
    library: Library, marked_by: Round
) -> None:
    sent = marked_by(THREE | {"Ann Example": (1, 1)})
    found = told(library, sent["Ann Example"])
    assert (found.expected, found.received, found.why_missing) == (3, 2, "The train came in.")
    assert found.compared.difference is None
    assert "could sway the marks that are still to come" in found.compared.why_not


def test_it_waits_for_the_own_marks_as_everything_does_that_peers_marked(library: Library, marked_by: Round) -> None:
    sent = marked_by(THREE, own=False)
    compared = told(library, sent["Ann Example"]).compared
    assert compared.difference is None
    assert "waits until those who answered have handed in their own marks" in compared.why_not


def test_the_latest_marks_count_and_marks_of_a_reviewer_written_in_capitals_are_theirs(
    library: Library, marked_by: Round, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    sent = marked_by(THREE)
    again = send("ANN EXAMPLE")
    merged(library, marked(laptops("ANN EXAMPLE"), again.path, tmp_path / "again", 2, 2, 2))
    for pack in (sent["Ann Example"], again):
        compared = told(library, pack).compared
        assert compared.difference == pytest.approx(2 - (2 + 1.5 + 2) / 3)
        assert compared.marks == 18


def test_the_word_code_is_told_where_the_file_is_at_hand(
    library: Library, sitting: str, marked_by: Round, tmp_path: Path
) -> None:
    sent = marked_by(THREE)
    ann = sent["Ann Example"].pack.id
    assert [one.code for one in pack_papers.feedback_of(library, ann, COUNCIL).files] == [""]
    looked = merging.look(library, [tmp_path / "Ann Example.return"], CLOCK)
    found = pack_papers.feedback_of(library, ann, COUNCIL, pack_papers.codes_of(looked))
    assert [one.code for one in found.files] == [looked[0].code]
    (tmp_path / "cut").write_bytes((tmp_path / "Ann Example.return").read_bytes()[:-40])
    with pytest.raises(UserError, match="cut"):
        pack_papers.codes_of(merging.look(library, [tmp_path / "cut"], CLOCK))


def test_before_anything_came_back_there_is_nothing_to_tell(library: Library, send: Send) -> None:
    made = send()
    with pytest.raises(UserError, match="Nothing has come back from Ann Example yet"):
        told(library, made)
    with pytest.raises(UserError, match="no pack"):
        pack_papers.feedback_of(library, "another", COUNCIL)


def test_a_rehearsal_that_is_deleted_for_good_is_compared_no_more(
    library: Library, sitting: str, marked_by: Round
) -> None:
    sent = marked_by(THREE)
    sittings.delete_for_good(library, sitting)
    found = told(library, sent["Ann Example"])
    assert found.compared.difference is None
    assert found.files[0].code == ""


def test_the_feedback_report_says_nothing_of_it(
    library: Library, sitting: str, marked_by: Round, tmp_path: Path
) -> None:
    marked_by(THREE)
    reports.write_report(library, sitting, tmp_path / "report.html", Settings(), CLOCK)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Ann Example" in page
    assert "three quarters of a level" not in page
    assert "For you alone" not in page


def test_it_is_written_as_a_pdf_or_a_page_and_refused_as_anything_else(
    library: Library, marked_by: Round, tmp_path: Path
) -> None:
    pack = marked_by(THREE)["Ann Example"]
    found = told(library, pack)
    pack_papers.write_feedback(library, pack.pack.id, found, tmp_path / "f.pdf", COUNCIL, CLOCK)
    pdf = (tmp_path / "f.pdf").read_bytes()
    assert len(reports.page_sizes(pdf)) == 1
    assert "For you alone" in reports.page_words(pdf)[0]
    with pytest.raises(UserError, match="neither a PDF nor a web page"):
        pack_papers.write_feedback(library, pack.pack.id, found, tmp_path / "f.docx", COUNCIL, CLOCK)


def test_a_lens_that_somebody_left_out_does_not_count_for_them(
    library: Library, sitting: str, marked_by: Round, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    sent = marked_by(THREE)
    with reviewing.workspace(laptops("Bob Example"), sent["Bob Example"].pack.id) as workspace:
        HAND.pass_seconds(60)
        for sheet in workspace.order:
            levels = dict.fromkeys(LENSES, 2) | {"evidence": 0}
            workspace.submit(sheet, PeerMarks(levels=levels), CLOCK)
        workspace.make_return(tmp_path / "later", CLOCK)
    merged(library, tmp_path / "later")
    others = {"evidence": 1.0} | {lens: 2.0 for lens in LENSES if lens != "evidence"}
    expected = sum(1 - mean for mean in others.values()) / len(LENSES)
    review = told(library, sent["Ann Example"]).compared
    assert review.difference == pytest.approx(expected)
    assert peers.FEWEST_OTHERS == 2
