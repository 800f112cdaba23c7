"""Leaders read what a release holds and nothing else, and cannot tell what is hidden from what never was."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from cqcmock.domain.cafe.release import (
    OF_PEOPLE,
    TITLES,
    Release,
    SessionData,
    Share,
    TableKind,
    Voiced,
    note,
    people_words,
    released,
)
from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.paths import resources_folder
from cqcmock.reports.cafe_entries import TOLD_NOTE, SaidAndDone
from cqcmock.reports.cafe_leaders import (
    MOST_SIDE_BY_SIDE,
    NOT_SHOWN,
    NOTHING_SHOWN,
    LeadersSession,
    leaders_summary,
    promise,
)
from cqcmock.reports.content import PRACTICE_WORDS, Document, Table
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import headings, says, section, squeezed, tables


def hands(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


KINDS_HELD = frozenset({RoundKind.CLOSING, RoundKind.HOT_SEAT, RoundKind.CARDS})
DATA = SessionData(
    session="s1",
    on=date(2026, 11, 3),
    people=24,
    teams={"Hospital discharge": 9, "Reviews": 11, "Night cover": 4},
    roles={"Social worker": 17, "Occupational therapist": 7},
    voiced=(
        Voiced(table=TableKind.PRIDE, name="People get home sooner", hands=hands(1, 14)),
        Voiced(table=TableKind.PRIDE, name="A secret kept by four", hands=hands(1, 4)),
        Voiced(table=TableKind.WORRIES, name="Waiting for equipment", hands=hands(3, 9)),
        Voiced(table=TableKind.IDEAS, name="One front door", hands=hands(3, 8)),
        Voiced(table=TableKind.HARD_LENSES, name="Evidence", hands=hands(1, 13)),
        Voiced(table=TableKind.HARD_STATEMENTS, name="QS4 Care provision", hands=hands(5, 12)),
    ),
    hands=hands(1, 20),
    practised=KINDS_HELD,
)
FEW = replace(DATA, session="s2", on=date(2026, 12, 3), people=4)
SAME = replace(DATA, session="s3", on=date(2027, 1, 14), same_people=True)
QUIET = SessionData(session="s4", on=date(2027, 2, 11), people=24, practised=KINDS_HELD)


def session(data: SessionData = DATA, k: int = 5) -> LeadersSession:
    return LeadersSession(release=released(data, k), seconds=45 * 60)


def summary(*sessions: LeadersSession, entries: tuple[SaidAndDone, ...] = (), next_on: date | None = None) -> Document:
    return leaders_summary(
        sessions,
        entries=entries,
        next_on=next_on,
        classification="OFFICIAL – SENSITIVE",
        retention="Keep until 1 May 2027",
        made_on=date(2026, 11, 22),
    )


def of_kind(document: Document, kind: TableKind) -> list[Table]:
    """The tables of one kind, in order."""
    return [table for table in tables(document.blocks) if table.caption.split(" (")[0] == TITLES[kind]]


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]
    finally:
        opened.close()


TOLD = SaidAndDone(
    said="Equipment takes too long",
    opened_on=date(2026, 11, 3),
    owner="Ann Example",
    due=date(2026, 12, 1),
    did="A second van",
    done_on=date(2026, 11, 30),
    told=True,
)
UNTOLD = replace(TOLD, said="Only two of us know this", told=False)


def test_it_says_when_how_long_who_came_what_was_practised_and_what_was_said() -> None:
    text = says(summary(session()))
    for line in (
        "Date: 3 November 2026",
        "Length: 45 minutes",
        "Smallest group: 5 people",
        "Who came: 24 people came.",
        "Practised: “Hot seat”, “Pride and worry cards” and “Closing”.",
        "Hospital discharge | five or more people",
        "Reviews | five or more people",
        "Social worker | five or more people",
        "People get home sooner | more than half of the people",
        "Waiting for equipment | five or more people",
        "One front door | five or more people",
        "Evidence | more than half of the people",
        "QS4 Care provision | five or more people",
    ):
        assert line in text.split("\n")
    assert "Night cover" not in text
    assert "A secret kept by four" not in text


def test_every_table_is_named_and_noted_whether_or_not_it_has_rows() -> None:
    for data in (DATA, QUIET):
        document = summary(session(data))
        assert headings(document)[1:4] == ["Teams and roles", "What people said", "What people found hard"]
        text = says(document)
        for kind in TableKind:
            assert TITLES[kind] in text
            assert text.count(note(kind, 5)) == (1 if kind in OF_PEOPLE else 2)
    assert f"{TITLES[TableKind.IDEAS]}: {NOTHING_SHOWN}" in says(summary(session(QUIET)))


def test_hidden_themes_and_no_themes_read_the_same() -> None:
    hidden = replace(
        DATA,
        teams={"Night cover": 4, "Duty": 3},
        roles={"Student": 2},
        voiced=tuple(replace(voiced, hands=hands(1, 4)) for voiced in DATA.voiced),
    )
    assert as_page(summary(session(hidden))) == as_page(summary(session(replace(QUIET, session="s1", on=DATA.on))))
    assert NOTHING_SHOWN in says(summary(session(hidden)))


@pytest.mark.parametrize("data", [FEW, SAME])
def test_where_the_release_says_that_nothing_more_is_shown_nothing_more_is_shown(data: SessionData) -> None:
    document = summary(session(data))
    text = says(document)
    assert people_words(released(data)) in text
    assert not tables(document.blocks)
    assert "Practised" not in text
    assert "Hot seat" not in text
    assert headings(document) == ["The session", "You said, we did"]


def test_fewer_people_than_k_are_not_counted() -> None:
    text = says(summary(session(FEW)))
    assert "Fewer than five people came, so nothing more is shown." in text
    assert "4 people" not in text


@pytest.mark.parametrize("k", [3, 5, 12])
def test_the_promise_says_its_k_in_plain_words(k: int) -> None:
    words = {3: "three", 5: "five", 12: "12"}[k]
    assert f"is shown only with {words} or more people of that session behind it." in says(summary(session(k=k)))


def test_sessions_with_several_k_say_so() -> None:
    assert "with five (in some sessions eight) or more people" in " ".join(promise([8, 5]))
    text = says(summary(session(), session(replace(DATA, session="s5", on=QUIET.on), 8)))
    assert note(TableKind.PRIDE, 5) in text
    assert note(TableKind.PRIDE, 8) in text


def test_several_sessions_stand_side_by_side_and_what_one_does_not_show_is_said_in_the_same_words() -> None:
    document = summary(session(SAME), session(), session(FEW), session(QUIET))
    (first, *_rest) = tables(document.blocks)
    assert [row[0] for row in first.rows] == [
        "3 November 2026",
        "3 December 2026",
        "14 January 2027",
        "11 February 2027",
    ]
    assert [row[3] for row in first.rows] == [people_words(released(data)) for data in (DATA, FEW, SAME, QUIET)]
    kinds = "“Hot seat”, “Pride and worry cards” and “Closing”"
    assert [row[4] for row in first.rows] == [kinds, NOT_SHOWN, NOT_SHOWN, kinds]
    (pride,) = of_kind(document, TableKind.PRIDE)
    assert pride.header == ("Name", *(row[0] for row in first.rows))
    assert pride.rows == (("People get home sooner", "more than half of the people", *[NOT_SHOWN] * 3),)


def test_more_sessions_than_fit_go_on_in_another_table_and_none_is_lost() -> None:
    many = [
        session(replace(DATA, session=f"s{n}", on=date(2026, 1, 1 + n), teams={"North": 9, f"Team {n}": 9}))
        for n in range(MOST_SIDE_BY_SIDE + 2)
    ]
    found = of_kind(summary(*many), TableKind.TEAMS)
    assert [len(table.header) for table in found] == [4, 4]
    assert [table.caption for table in found] == ["Teams (1 of 2)", "Teams (2 of 2)"]
    for n in range(len(many)):
        table, column = found[n // 3], 1 + n % 3
        shown_here = {row[0] for row in table.rows if row[column] != NOT_SHOWN}
        assert shown_here == {"North", f"Team {n}"}


def test_two_sessions_of_one_day_are_told_apart() -> None:
    document = summary(session(), session(replace(DATA, session="s0")))
    assert [row[0] for row in tables(document.blocks)[0].rows] == ["3 November 2026 (1)", "3 November 2026 (2)"]


def test_only_entries_that_may_be_told_are_there_without_their_owner() -> None:
    text = says(section(summary(session(), entries=(UNTOLD, TOLD)), "You said, we did"))
    assert "You said: Equipment takes too long. We did: A second van. Done on 30 November 2026." in text
    assert "Ann Example" not in text
    assert "Only two of us" not in text


def test_nobody_can_tell_whether_there_are_entries_that_are_not_told() -> None:
    assert as_page(summary(session(), entries=(UNTOLD,))) == as_page(summary(session()))
    assert TOLD_NOTE in says(summary(session()))


def test_an_open_entry_says_when_it_is_due() -> None:
    still_open = replace(TOLD, did="", done_on=None)
    text = says(summary(session(), entries=(still_open,)))
    assert "You said: Equipment takes too long. Open since 3 November 2026, due on 1 December 2026." in text


def test_an_open_entry_of_which_others_are_not_told_since_when_is_still_open() -> None:
    undated = replace(TOLD, opened_on=None, did="", done_on=None)
    text = says(summary(session(), entries=(replace(undated, said="A lift", due=None), undated)))
    due, undue = (text.index(words) for words in ("Still open, due on 1 December 2026.", "Still open."))
    assert due < undue
    assert "Open since" not in text


def test_a_release_from_before_kinds_were_told_reads_as_it_did() -> None:
    before = summary(LeadersSession(release=replace(released(DATA), practised=()), seconds=45 * 60))
    assert "Practised" not in says(before)
    assert "Hospital discharge | five or more people" in says(before)


def test_the_next_session_is_told_by_its_date_alone() -> None:
    for sessions in ((session(),), (session(), session(QUIET)), (session(FEW),)):
        assert "Next session: 14 January 2027." in says(summary(*sessions, next_on=date(2027, 1, 14))).split("\n")
        assert "Next session: Not fixed yet." in says(summary(*sessions)).split("\n")


def test_before_any_session_is_closed_there_is_a_sentence() -> None:
    assert "No session has been closed yet" in says(summary())


def test_nothing_that_may_name_a_team_can_be_given() -> None:
    """No title, place, planned team or round of a session fits into what the summary takes."""
    assert {field.name: field.type for field in fields(LeadersSession)} == {
        "release": "Release",
        "seconds": "int",
    }
    names = {facts.title for facts in KINDS.values()}
    every_kind = released(replace(DATA, practised=frozenset(RoundKind)))
    text = says(summary(LeadersSession(release=every_kind, seconds=60)))
    practised = next(line for line in text.split("\n") if line.startswith("Practised"))
    assert all(name in practised for name in names)


releases = st.builds(
    lambda people, counts, same, k, on: released(
        SessionData(
            session=f"s{on}",
            on=date.fromordinal(740_000 + on),
            people=people,
            teams={f"team {name}": min(number, people) for name, number in counts.items()},
            voiced=tuple(
                Voiced(table=kind, name=f"{kind} {name}", hands=hands(1, min(number, people)))
                for kind in list(TableKind)[2:]
                for name, number in counts.items()
            ),
            same_people=same,
        ),
        k,
    ),
    st.integers(0, 40),
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 40), max_size=4),
    st.booleans(),
    st.integers(3, 8),
    st.integers(0, 9),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(releases, min_size=1, max_size=6, unique_by=lambda release: release.session))
def test_every_row_of_every_release_is_there_and_no_other_name_is(given_releases: list[Release]) -> None:
    document = summary(*(LeadersSession(release=release, seconds=1800) for release in given_releases))
    for kind in TableKind:
        rows = [
            row for release in given_releases for table in release.tables if table.kind is kind for row in table.rows
        ]
        found = [row for table in of_kind(document, kind) for row in table.rows]
        assert {row[0] for row in found} == {row.name for row in rows}
        cells = [cell for row in found for cell in row[1:] if cell != NOT_SHOWN]
        assert len(cells) == len(rows)
        assert cells.count("more than half of the people") == sum(row.share is Share.MOST for row in rows)


@pytest.mark.parametrize("number", [1, 6])
def test_the_pdf_is_tagged_passes_the_checker_and_says_what_it_is_on_every_page(number: int, tmp_path: Path) -> None:
    some = [session(replace(DATA, session=f"s{n}", on=date(2026, 11, 1 + n))) for n in range(number)]
    made = as_pdf(summary(*some, entries=(TOLD,)), resources_folder())
    assert_tagged(made)
    (tmp_path / "leaders.pdf").write_bytes(made)
    assert validate(tmp_path / "leaders.pdf").findings == ()
    assert made == as_pdf(summary(*reversed(some), entries=(TOLD,)), resources_folder())
    texts = pages(made)
    for at, text in enumerate(texts, start=1):
        for words in ("OFFICIAL – SENSITIVE", PRACTICE_WORDS, "Keep until 1 May 2027", f"Page {at} of {len(texts)}"):
            assert words in text


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), UNSHAPED["arabic"], UNSHAPED["emoji"], UNSHAPED["controls"], "W" * 80]
)
def test_whatever_themes_and_teams_are_called_stands_as_text(text: str) -> None:
    name = " ".join(text.split())[:80]
    data = replace(
        DATA,
        teams={name: 9, "Reviews": 11},
        voiced=tuple(Voiced(table=kind, name=name, hands=hands(1, 12)) for kind in list(TableKind)[2:]),
    )
    entry = replace(TOLD, said=text, did=text)
    several = [session(replace(data, session=f"s{n}", on=date(2026, 11, 1 + n))) for n in range(4)]
    for document in (summary(session(data), entries=(entry,)), summary(*several, entries=(entry,))):
        made = as_pdf(document, resources_folder())
        assert_tagged(made)
        assert "<script" not in as_page(document)
        with pikepdf.open(io.BytesIO(made)) as opened:
            assert len(opened.pages) < 8
