"""What of a review goes onto paper, and that neither paper nor report shows a peer's marks before their time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.review import PeerMarks, Pin
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.errors import UserError
from cqcmock.reports.mark_sheets import PaperPack, mark_sheets
from cqcmock.services import pack_papers, packing, peers, reports, reviewing, sittings
from cqcmock.services.packing import Wanted
from cqcmock.settings import Settings
from tests.reports.reading import says

if TYPE_CHECKING:
    from cqcmock.services.library import Library
from tests.services.review.hands import CLOCK, HAND, SAID, Laptops, Send, all_out, marked, marks, merged

OWN = MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})})


def text_of(paper: PaperPack) -> str:
    return says(mark_sheets(paper, large=False, classification="", retention="", made_on=CLOCK.today()))


def test_a_reviewer_prints_the_pack_in_their_own_order_blank_or_as_marked_so_far(
    send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    with reviewing.open_pack(laptops("Ann Example"), send().path, CLOCK) as workspace:
        first = next(iter(workspace.order))
        workspace.save(first, marks(1, comment="Only begun."), CLOCK)
        blank, filled = (pack_papers.paper_of_workspace(workspace, filled=filled) for filled in (False, True))
        assert [answer.sheet for answer in blank.answers] == list(workspace.order)
        assert blank.sheets is None
        assert "Only begun." not in text_of(blank)
        assert "Only begun." in text_of(filled)
        mine = workspace.library
        for ending in (".pdf", ".html"):
            pack_papers.write_mark_sheets(mine, "p", blank, tmp_path / f"s{ending}", Settings(), CLOCK, large=True)
        with pytest.raises(UserError, match=r"neither a PDF nor a web page|\.docx"):
            pack_papers.write_mark_sheets(mine, "p", blank, tmp_path / "s.docx", Settings(), CLOCK)
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    assert "[name] told us" in (tmp_path / "s.html").read_text(encoding="utf-8")


def test_a_draft_is_printed_as_it_would_be_sent_and_only_when_everything_is_decided(
    library: Library, sitting: str
) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK)
    with pytest.raises(UserError, match="could be recognised"):
        pack_papers.paper_of_draft(ready, {})
    text = text_of(pack_papers.paper_of_draft(ready, all_out(ready)))
    assert "Okafor" not in text
    assert "[name] told us that she waited" in text


def test_the_owner_prints_what_was_sent_in_the_reviewers_order_and_what_came_back_once_own_marks_are_in(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send()
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as workspace:
        order = list(workspace.order)
    merged(library, marked(laptops("Ann Example"), made.path, tmp_path / "r", 2, 1))
    blank = pack_papers.paper_of_sent(library, made.pack.id)
    assert [answer.sheet for answer in blank.answers] == order
    assert blank.sheets is None
    with pytest.raises(UserError, match="waits until the own marks"):
        pack_papers.paper_of_sent(library, made.pack.id, filled=True)
    sittings.submit_marks(library, sitting, OWN, CLOCK)
    filled = pack_papers.paper_of_sent(library, made.pack.id, filled=True)
    assert filled.sheets is not None
    assert sorted(sheet.marks.overall or 0 for sheet in filled.sheets.values()) == [1, 2]
    assert "Lead member" in text_of(filled)
    assert "2 submitted, 0 in draft, 0 not marked" in text_of(filled)
    with pytest.raises(UserError, match="no pack"):
        pack_papers.paper_of_sent(library, "another")
    sittings.delete(library, sitting, CLOCK)
    sittings.purge_all_deleted(library)
    with pytest.raises(UserError, match="have been deleted"):
        pack_papers.paper_of_sent(library, made.pack.id)


def test_a_receipt_can_be_written_after_a_return_and_not_before(send: Send, laptops: Laptops, tmp_path: Path) -> None:
    made = send()
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as workspace:
        with pytest.raises(UserError, match="returned yet"):
            pack_papers.write_receipt(workspace, tmp_path / "receipt.html", Settings(), CLOCK)
        receipt = workspace.make_return(tmp_path / "r", CLOCK, why_incomplete="The train came in.")
        pack_papers.write_receipt(workspace, tmp_path / "receipt.html", Settings(), CLOCK)
        page = (tmp_path / "receipt.html").read_text(encoding="utf-8")
        for words in (receipt.code, "0 answers", "2 answers", "The train came in.", made.pack.id, "Ann Example"):
            assert words in page
        now = pack_papers.receipt_bytes(
            pack_papers.returned_marks(workspace, receipt), ".html", Settings(), CLOCK
        ).decode()
        assert "give “r” to" in now
        pdf = pack_papers.receipt_bytes(pack_papers.returned_marks(workspace, receipt), ".PDF", Settings(), CLOCK)
        assert len(reports.page_sizes(pdf)) == 1
        assert receipt.code in reports.page_words(pdf)[0]


def test_the_report_of_a_rehearsal_shows_what_peers_and_owner_said_once_own_marks_are_in(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made, out = send(), tmp_path / "report.html"
    said = SAID.replace("Mrs Okafor", "[name]")
    pin = Pin(start=said.index("1.2 million"), end=said.index("1.2 million") + 11, comment="Ask Mrs Adeyemi when.")
    with reviewing.open_pack(laptops("Ann Example"), made.path, CLOCK) as workspace:
        first = next(answer for answer in workspace.answers.values() if answer.number == 1)
        HAND.pass_seconds(60)
        workspace.submit(first.sheet, marks(2, pins=(pin,), comment="Mr Pellew would know."), CLOCK)
        workspace.save_whole("A", 1, "Ring me on 07700 900123.", CLOCK)
        workspace.make_return(tmp_path / "r", CLOCK, why_incomplete="Dr Halloran fell ill.")
    peers.choose_keep_and_change(library, sitting, ["The wait of nine days"], ["Ask Mrs Ferris first"])
    assert peers.keep_and_change(library, sitting).keep == ("The wait of nine days",)

    def written(*, leave_out: bool = False) -> tuple[str, set[str]]:
        private = reports.write_report(library, sitting, out, Settings(), CLOCK, leave_out=leave_out)
        return out.read_text(encoding="utf-8"), {data.text for data in private}

    theirs = ("Mrs Adeyemi", "Mr Pellew", "07700 900123", "Dr Halloran", "Mrs Ferris")
    assert "nothing has come back yet" in written()[0]
    merged(library, tmp_path / "r")
    page, private = written()
    assert "waits until your own marks are handed in" in page
    assert not any(words in page or words in private for words in theirs)
    sittings.submit_marks(library, sitting, OWN, CLOCK)
    page, private = written()
    assert all(words in page for words in (*theirs, "<mark>1.2 million</mark>", "The wait of nine days"))
    assert private >= set(theirs)
    page, private = written(leave_out=True)
    assert "<mark>1.2 million</mark>" in page
    assert not any(words in page for words in theirs)
    assert private == set()


def test_a_comment_on_words_that_were_kept_names_nobody_in_a_report_without_names(
    library: Library, sitting: str, laptops: Laptops, tmp_path: Path
) -> None:
    ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann Example"), CLOCK)
    kept = {finding.id: packing.Decision(keep=True, reason="She agreed.") for finding in ready.findings}
    address = reviewing.reviewer_keys.own_key(laptops("Ann Example")).address
    packing.seal(library, ready, kept, tmp_path / "p", CLOCK, address=address)
    with reviewing.open_pack(laptops("Ann Example"), tmp_path / "p", CLOCK) as workspace:
        first = next(answer for answer in workspace.answers.values() if answer.number == 1)
        start = first.spoken.index("Mrs Okafor")
        pins = (
            Pin(start=start + 4, end=start + 10, comment="Who?"),
            Pin(start=first.spoken.index("nine days"), end=first.spoken.index("nine days") + 9, comment="Since when?"),
        )
        workspace.submit(first.sheet, PeerMarks(levels=marks(2).levels, pins=pins), CLOCK)
        workspace.make_return(tmp_path / "r", CLOCK, why_incomplete="Later.")
    merged(library, tmp_path / "r")
    sittings.submit_marks(library, sitting, OWN, CLOCK)
    reports.write_report(library, sitting, tmp_path / "report.html", Settings(), CLOCK, leave_out=True)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Okafor" not in page
    assert "<mark>[name]</mark>" in page
    assert "<mark>nine days</mark>" in page


def test_own_and_peers_means_are_over_the_same_answers(
    library: Library, sitting: str, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    made = send(questions={sitting: (1,)})
    merged(library, marked(laptops("Ann Example"), made.path, tmp_path / "r", 1))
    own = MarkSheet(
        answers={0: AnswerMarks(levels={"evidence": 3}), 1: AnswerMarks(levels={"evidence": 1, "clarity": 2})}
    )
    sittings.submit_marks(library, sitting, own, CLOCK)
    review = peers.peer_review(library, sittings.load(library, sitting))
    assert review is not None
    assert {one.lens: one.own for one in review.lenses if one.own is not None} == {"evidence": 1, "clarity": 2}
