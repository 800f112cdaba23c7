"""The certificate says what was deleted without saying what it was, how far that reached, and where it did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pdfua import validate

from cqcmock.paths import resources_folder
from cqcmock.reports.content import Callout, Document, Table, WritingLines
from cqcmock.reports.deletion import DeletedThing, Deletion, deletion_certificate
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import says, section

DONE_ON = datetime(2027, 9, 2, 14, 5, tzinfo=UTC)
SITTING = DeletedThing(
    kind="rehearsal",
    id="2f0b7c9e-11aa-4b6f-9a55-0d3a5e7c1c11",
    made=date(2026, 11, 20),
    last_used=date(2026, 11, 22),
    due=date(2027, 9, 1),
    rule="6 months after the assessment",
)
CAFE = replace(SITTING, kind="café session with its cards", id="7d5a13f0-0f0e-4cd1-a0f5-0a4f5d5a9a01", made=None)
DONE = Deletion(
    things=(SITTING, replace(SITTING, id="7d5a13f0-0f0e-4cd1-a0f5-0a4f5d5a9a02"), CAFE),
    at=DONE_ON,
    why="The retention rule of the directorate",
    person="Ann Example",
    entries=(41, 43),
    head="43 entries, 84741f0c8015d11e",
    backups=12,
    put_aside=1,
    erased=("library-20270101-090000.sqlite",),
    unread=("library.damaged-20270102-090000.sqlite",),
    in_files=True,
)


def certificate(done: Deletion = DONE) -> Document:
    return deletion_certificate(done, classification="OFFICIAL", made_on=date(2027, 9, 2))


def test_it_says_what_when_why_who_and_under_which_rule() -> None:
    text = says(certificate()).split("\n")
    for line in (
        "Deleted on: 2 September 2027, 14:05",
        "Deleted: 3 things",
        "Why: The retention rule of the directorate",
        "Asked for by: Ann Example",
        "Rule: delete 6 months after the assessment.",
        f"{SITTING.id} | 20 November 2026 | 22 November 2026 | 1 September 2027",
        f"{CAFE.id} | not known | 22 November 2026 | 1 September 2027",
        "The deletion stands there as entries 41 to 43. The trail afterwards: 43 entries, 84741f0c8015d11e.",
    ):
        assert line in text


def test_things_of_one_kind_and_rule_stand_in_one_table() -> None:
    tables = [block for block in certificate().blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [2, 1]
    other_rule = (SITTING, replace(SITTING, rule="1 month after it was last worked on"))
    assert (
        len([block for block in certificate(replace(DONE, things=other_rule)).blocks if isinstance(block, Table)]) == 2
    )


def test_it_says_how_far_the_wiping_reached() -> None:
    reached = says(section(certificate(), "From where"))
    assert "12 backups held it. Each was written anew without it, and checked." in reached
    assert "1 damaged backup could not be cleaned and was deleted whole." in reached
    assert "Files that were put aside: 1 held it and was cleaned." in reached
    assert "Recordings and opened packs: each has files of its own" in reached


def test_without_backups_it_says_that_none_held_it() -> None:
    reached = says(section(certificate(replace(DONE, backups=0, erased=(), put_aside=0, in_files=False)), "From where"))
    assert "The backups: none held any of it." in reached
    assert "put aside" not in reached
    assert "Recordings" not in reached


def test_it_says_what_was_not_reached() -> None:
    text = says(section(certificate(), "What no program"))
    for words in (
        "packs that were sent",
        "A second place",
        "solid-state disk",
        "library.damaged-20270102-090000.sqlite",
    ):
        assert words in text


def test_on_a_server_it_claims_nothing_for_disks_that_are_not_ours() -> None:
    reached = says(section(certificate(replace(DONE, on_server=True)), "From where"))
    assert "Whoever runs the server clears its disks and its backups." in reached
    assert "written anew" not in reached


def test_without_a_name_there_is_a_line_to_sign_on() -> None:
    assert not [block for block in certificate().blocks if isinstance(block, WritingLines)]
    unsigned = certificate(replace(DONE, person=" "))
    assert [block.label for block in unsigned.blocks if isinstance(block, WritingLines)] == [
        "Asked for by (name, date and signature)"
    ]
    assert "Asked for by:" not in says(unsigned)


def test_what_is_not_finished_is_set_apart_before_anything_else_is_claimed() -> None:
    waits = certificate(replace(DONE, waiting=("a backup that another program is making",)))
    assert isinstance(waits.blocks[1], Callout)
    assert "a backup that another program is making" in says((waits.blocks[1],))
    assert "Its write-ahead log: emptied." in says(waits)
    assert "Its write-ahead log: not yet" in says(certificate(replace(DONE, waiting=("it",), log_emptied=False)))


def test_of_what_stood_in_files_alone_it_says_nothing_of_the_library() -> None:
    reached = says(section(certificate(replace(DONE, in_rows=False)), "From where"))
    assert reached.splitlines() == ["Recordings and opened packs: each has files of its own, which were deleted."]


def test_what_went_before_it_was_due_is_said() -> None:
    early = replace(SITTING, due=date(2030, 1, 1))
    assert "Deleted before it was due" in says(certificate(replace(DONE, things=(early,))))
    assert "1 of these was deleted before being due" in says(certificate(replace(DONE, things=(SITTING, early))))
    assert "All were deleted before they were due" in says(certificate(replace(DONE, things=(early, early))))


@pytest.mark.parametrize("done", [DONE, replace(DONE, person="", things=(SITTING,), waiting=("the log",))])
def test_the_pdf_is_tagged_and_passes_the_checker_and_is_the_same_every_time(done: Deletion, tmp_path: Path) -> None:
    made = as_pdf(certificate(done), resources_folder())
    assert_tagged(made)
    (tmp_path / "certificate.pdf").write_bytes(made)
    assert validate(tmp_path / "certificate.pdf").findings == ()
    assert made == as_pdf(certificate(done), resources_folder())
    assert as_page(certificate(done)) == as_page(certificate(done))


@pytest.mark.parametrize("words", [*HOSTILE.values(), *UNSHAPED.values(), "W" * 2000, "why " * 500])
def test_a_reason_is_shown_as_it_was_written_and_does_nothing(words: str) -> None:
    assert "<script" not in as_page(certificate(replace(DONE, why=words, person=words))).lower()
    assert_tagged(as_pdf(certificate(replace(DONE, why=words, person=words, things=(SITTING,))), resources_folder()))
