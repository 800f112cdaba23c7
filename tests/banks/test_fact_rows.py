"""Facts in spreadsheets as people fill them in: every mistake has its row and column, and nothing is run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cqcmock.banks.fact_rows import FACT_COLUMNS, ReadFacts, day_of, facts_file, facts_table, read_facts
from cqcmock.domain.english import day
from cqcmock.domain.story import Fact
from cqcmock.errors import UserError
from tests.banks.generated_banks import NAMES

OCTOBER = datetime(2026, 10, 1)  # noqa: DTZ001 (a spreadsheet knows no time zones)
HEAD = "What,Value,Unit,As of,Compared with,Source,Owner,Review by,Quality statements,Words people use\n"
ROW = (
    "People waiting,212,people,1/10/2026,260 a year ago,Our report,Front door,31/12/2026,"
    "QS1; Safeguarding,waiting list\n"
)
KNOWN = Fact(
    id="waits", label="People  Waiting", value="260", unit="people", as_of=date(2025, 10, 1), source="Last year's",
    owner="Somebody", phrases=("in the queue",),
)  # fmt: skip


def read(tmp_path: Path, content: str, *known: Fact) -> ReadFacts:
    path = tmp_path / "facts.csv"
    path.write_text(content, encoding="utf-8")
    return read_facts(path, NAMES, known)


def mistakes(tmp_path: Path, content: str, *known: Fact) -> list[str]:
    return [str(problem).removeprefix("facts.csv, ") for problem in read(tmp_path, content, *known).problems]


def workbook(tmp_path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell in sheet["B"]:
        if isinstance(cell.value, float):
            cell.number_format = "0%"
    path = tmp_path / "facts.xlsx"
    book.save(path)
    return path


def test_a_row_becomes_a_fact_with_an_id_made_of_its_label(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + ROW)
    assert found.problems == ()
    assert found.facts == (
        Fact(
            id="people-waiting", label="People waiting", value="212", unit="people", as_of=date(2026, 10, 1),
            comparator="260 a year ago", source="Our report", owner="Front door", review_by=date(2026, 12, 31),
            statements=("QS1", "QS7"), phrases=("waiting list",),
        ),
    )  # fmt: skip


def test_the_same_label_changes_the_fact_that_is_there_and_leaves_what_has_no_column(tmp_path: Path) -> None:
    (fact,) = read(tmp_path, "What,Value,As of\npeople waiting,212,2026-10-01\n", KNOWN).facts
    assert (fact.id, fact.value, fact.as_of) == ("waits", "212", date(2026, 10, 1))
    assert (fact.source, fact.owner, fact.phrases) == (KNOWN.source, KNOWN.owner, KNOWN.phrases)


def test_a_new_fact_never_takes_the_id_of_another(tmp_path: Path) -> None:
    known = Fact(id="people-waiting", label="Others", value="1", as_of=date(2026, 1, 1), source="us")
    assert [fact.id for fact in read(tmp_path, HEAD + ROW, known).facts] == ["people-waiting-2"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("People waiting", "", "row 2, What: expected what the fact is about, but found nothing"),
        (",212,", ",,", "row 2, Value: expected the figure, or a word such as “good”, but found nothing"),
        ("1/10/2026", "10/31/2026", "row 2, As of: expected a date such as 2026-11-22 or 22/11/2026, but found “10/31"),
        ("1/10/2026", "", "row 2, As of: expected a date such as 2026-11-22 or 22/11/2026, but found nothing"),
        ("31/12/2026", "soon", "row 2, Review by: expected a date such as"),
        ("31/12/2026", "30/09/2026", "row 2, Review by: expected a date not before 2026-10-01, the date of the fact"),
        ("Our report", "", "row 2, Source: expected where somebody can look it up, but found nothing"),
        ("QS1; Safeguarding", "QS12", "row 2, Quality statements: expected a quality statement of the framework"),
        ("waiting list", "?!", "row 2, Words people use: expected words in every phrase"),
        ("People waiting", "W" * 301, "row 2, What: expected at most 300 characters"),
        ("waiting list\n", "waiting list,more\n", "row 2, column 11: expected no more cells than the header has"),
        ("Value", "Valu", "row 1, Valu: expected a column that is known here (did you mean “Value”?)"),
        ("Unit", "Value", "row 1, Value: expected each column once, but found “Value” twice"),
    ],
)
def test_each_mistake_has_its_row_and_column(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert any(told in mistake for mistake in mistakes(tmp_path, (HEAD + ROW).replace(old, new, 1)))


def test_a_fact_that_is_there_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    told = mistakes(tmp_path, HEAD + ROW + ROW.upper())
    assert told[0] == "row 3, What: expected each fact once, but found “PEOPLE WAITING” again, after row 2."


@pytest.mark.parametrize("content", ["", HEAD, "A,B\n1,2\n", "\x00\x01", "%PDF-1.7"])
def test_a_file_without_facts_says_so(tmp_path: Path, content: str) -> None:
    assert len(mistakes(tmp_path, content)) == 1


def test_a_newer_figure_is_reviewed_again_in_three_months_where_the_table_does_not_say_when(tmp_path: Path) -> None:
    known = replace(KNOWN, review_by=date(2026, 1, 1))
    (fact,) = read(tmp_path, "What,Value,As of\npeople waiting,212,30/11/2026\n", known).facts
    assert fact.review_by == date(2027, 2, 28)
    (fact,) = read(tmp_path, "What,Value,As of\npeople waiting,212,30/11/2025\n", known).facts
    assert fact.review_by == date(2026, 1, 1)


def test_a_review_before_the_date_that_the_fact_has_already_is_told(tmp_path: Path) -> None:
    assert "not before 2025-10-01" in mistakes(tmp_path, "What,Value,Review by\nPeople waiting,2,1/1/2025\n", KNOWN)[0]


def test_excel_dates_shares_and_amounts_are_read_as_they_are_shown(tmp_path: Path) -> None:
    head = ("What", "Value", "As of", "Source")
    path = workbook(tmp_path, head, ("Reviews in time", 0.785, OCTOBER, "us"), ("People", 41000, "1 May 2026", "us"))
    found = read_facts(path, NAMES, ())
    assert found.problems == ()
    assert [(fact.value, fact.as_of) for fact in found.facts] == [
        ("78.5%", date(2026, 10, 1)),
        ("41000", date(2026, 5, 1)),
    ]


def test_a_formula_in_a_cell_is_refused_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("What", "Value", "As of", "Source"), ("People", "=1+1", date(2026, 1, 1), "us"))
    (problem,) = read_facts(path, NAMES, ()).problems
    assert (problem.where, problem.field) == ("row 2", "Value")
    assert "formula" in problem.found


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+44", "-5", "@SUM", "'=1", "a;b", '"said"', "two\nlines"])
def test_what_is_written_is_read_back_and_nothing_in_it_is_run(tmp_path: Path, ending: str, text: str) -> None:
    fact = Fact(
        id="x", label="x", value="1", as_of=date(2026, 1, 2), comparator=text, source=" ".join(text.split()),
        owner="us", review_by=date(2027, 1, 2), statements=("QS1", "QS9"), phrases=(" ".join(text.split()), "b"),
    )  # fmt: skip
    path = tmp_path / f"facts{ending}"
    path.write_bytes(facts_file([fact], path, NAMES))
    found = read_facts(path, NAMES, [fact])
    assert (found.problems, found.facts) == ((), (fact,))
    if ending == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert not any(cell[:1] in "=+-@" for cell in rows[1] if cell)
    else:
        cells = [cell for row in load_workbook(path)["Facts"].iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}


def test_a_template_names_every_column_and_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(facts_file([], path, NAMES))
    book = load_workbook(path)
    assert [cell.value for cell in book["Facts"][1]] == [header for header, _ in FACT_COLUMNS.values()]
    guide = {str(row[0].value) for row in book["How to fill this in"].iter_rows()}
    assert {header for header, _ in FACT_COLUMNS.values()} <= guide
    assert facts_table([]).rows == ()
    with pytest.raises(UserError, match="no spreadsheet"):
        facts_file([], tmp_path / "facts.ods", NAMES)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_understood_however_it_is_written(on: date) -> None:
    written = (
        on.isoformat(),
        f"{on.isoformat()} 00:00:00",
        f"{on.day}/{on.month}/{on.year}",
        f"{on:%d.%m.%Y}",
        day(on),
    )
    assert {day_of(text) for text in written} == {on}


@given(st.text(max_size=30))
def test_whatever_is_typed_for_a_day_is_a_day_or_nothing(text: str) -> None:
    assert day_of(text) is None or isinstance(day_of(text), date)


@pytest.mark.parametrize("text", ["31/02/2026", "2026", "May 2026", "11/22/2026", "1/1/1850", "22 Movember 2026"])
def test_what_names_no_day_is_not_guessed_at(text: str) -> None:
    assert day_of(text) is None
