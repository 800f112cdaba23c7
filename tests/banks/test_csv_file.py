"""CSV tables as people and spreadsheets write them: every mistake has its row and column, and nothing is run."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest

from cqcmock.banks.cells import LONGEST_CELL
from cqcmock.banks.exchange import MOST_PROBLEMS, MOST_QUESTIONS, BankDefaults, BankFormat, ReadBank
from cqcmock.banks.formats import read_bank_file, write_bank
from cqcmock.domain.questions import Cue, Kind, Question, Source
from tests.banks.generated_banks import DEFAULTS, NAMES, TODAY
from tests.banks.test_formats import BANK
from tests.faults import Tell

HEAD = "Id,Question,Kind,Quality statements,Target (seconds),Limit (seconds),Point 1,Point 1: phrases,Point 1: probe\n"
ROW = "waiting,How long do people wait?,question,QS1,90,150,How long,days on average; median wait,How many days?\n"


def read(tmp_path: Path, content: str | bytes, defaults: BankDefaults = DEFAULTS) -> ReadBank:
    path = tmp_path / "ours.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_bank_file(path, NAMES, defaults=defaults)


def mistakes(tmp_path: Path, content: str | bytes) -> list[str]:
    found = read(tmp_path, content)
    assert found.bank is None
    assert all(str(problem).isprintable() for problem in found.problems)
    return [str(problem) for problem in found.problems]


def question(tmp_path: Path, content: str | bytes) -> Question:
    (only,) = read(tmp_path, content).whole().questions
    return only


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("waiting,", "Waiting!,", "row 2, Id: expected small letters, digits and single hyphens"),
        ("How long do people wait?", "", "row 2, Question: expected the text of the question, but found nothing"),
        (",question,", ",qestion,", "row 2, Kind: expected one of “opener”"),
        (",question,", ",qestion,", "(did you mean “question”?)"),
        ("QS1", "QS12", "row 2, Quality statements: expected a quality statement of the framework"),
        ("QS1", "Safegarding", "(did you mean “safeguarding”?), but found “Safegarding”"),
        ("QS1", "", "row 2, Quality statements: expected at least one quality statement"),
        (",90,", ",ninety,", "row 2, Target (seconds): expected a whole number, but found “ninety”"),
        (",90,", ",-90,", "row 2, Target (seconds): expected a whole number, but found “-90”"),
        (",90,", ",0,", "row 2, Target (seconds): expected a whole number from 1 to 7200"),
        (
            ",150,",
            ",60,",
            "row 2, Limit (seconds): expected at least the target of 90 seconds, but found the number 60",
        ),
        ("people wait", "{name} wait", "row 2, Question: expected only {place} or {council} in braces"),
        ("median wait", "wait in {", "row 2, Point 1: phrases: expected only {place} or {council} in braces"),
        ("median wait", "?!", "row 2, Point 1: phrases: expected words in every phrase, but found “?!”"),
        (
            "days on average; median wait",
            "",
            "row 2, Point 1: phrases: expected at least one phrase, but found nothing",
        ),
        ("How many days?", "", "row 2, Point 1: probe: expected the question that is asked when this was not heard"),
        (",How long,", ",,", "row 2, Point 1: expected a short name for what is listened for, but found nothing"),
        ("How many days?", "How many days?,more", "row 2, column 10: expected no more cells than the header has"),
        ("Kind,", "Knd,", "row 1, Knd: expected a column that is known here (did you mean “Kind”?)"),
        ("Point 1: probe", "Point 1: prob", "(did you mean “Point 1: probe”?)"),
        ("Kind,", "Question,", "row 1, Question: expected each column once, but found “Question” twice"),
        ("Kind,", ",", "row 2, column 3: expected a name at the top of the column, but found “question”"),
        ("Question,", "Text of it,", "row 1: expected a column “Question” with the text of each question"),
        ("Quality statements,", "Themes,", "row 1: expected a column “Quality statements”, but found none"),
        ("Point 1,", "Point 99,", "row 1, Point 99: expected a column that is known here"),
    ],
)
def test_a_mistake_is_told_with_its_row_and_column(tmp_path: Path, old: str, new: str, told: str) -> None:
    content = HEAD + ROW
    assert old in content
    found = mistakes(tmp_path, content.replace(old, new, 1))
    assert any(told in mistake for mistake in found), found
    assert all(mistake.startswith("ours.csv, row ") for mistake in found)


def test_all_mistakes_of_a_table_are_told_at_once_and_sound_questions_are_still_shown(tmp_path: Path) -> None:
    other = ROW.replace("waiting,", "other,")
    content = (
        HEAD + ROW.replace("QS1", "QS77") + other + "\n" + ROW.replace(",90,", ",x,") + other.replace("other", "Q!")
    )
    found = read(tmp_path, content)
    assert [problem.where for problem in found.problems] == ["row 2", "row 5", "row 6", "row 5"]
    assert "“waiting”, as in row 2" in str(found.problems[-1])
    assert [question.id for question in found.questions] == ["other"]
    assert (found.found, found.bank) == (4, None)


def test_empty_cells_take_what_somebody_in_a_hurry_expects(tmp_path: Path) -> None:
    found = question(
        tmp_path,
        "question;statements;point_1;POINT 1 PHRASES;point 1 - probe\nWho rang?;7;;;\n".replace(";7;", ";qs7;"),
    )
    assert (found.id, found.kind, found.source) == ("who-rang", Kind.QUESTION, Source.COUNCIL)
    assert (found.prepare_seconds, found.target_seconds, found.limit_seconds) == (15, 120, 180)
    assert (found.statements, found.points, found.probes) == (("QS7",), (), ())
    assert question(tmp_path, "Question,QS,Target\nWho rang?,QS7,300\n").limit_seconds == 360
    assert question(tmp_path, "Question,QS,Limit\nWho rang?,QS7,60\n").target_seconds == 60


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("QS7", ("QS7",)),
        ("qs7; Assessing needs", ("QS7", "QS1")),
        ("QS7 Safeguarding", ("QS7",)),
        ("QS7: safeguarding adults", ("QS7",)),
        ("QS1, QS3", ("QS1", "QS3")),
        ("Care provision, integration and continuity", ("QS4",)),
        ("Safeguarding\nQS7", ("QS7",)),
    ],
)
def test_statements_are_known_by_code_name_and_other_names(
    tmp_path: Path, written: str, meant: tuple[str, ...]
) -> None:
    assert question(tmp_path, f'Question,Quality statements\nWho rang?,"{written}"\n').statements == meant


def test_themes_roles_and_what_to_avoid_are_known_by_id_and_name(tmp_path: Path) -> None:
    head = "Question,Quality statements,Themes,Roles,What to avoid\n"
    found = question(tmp_path, head + "Who rang?,QS7,Unpaid carers; WAITING,Frontline practitioner,Rambling\n")
    assert (found.themes, found.roles, found.avoid) == (("carers", "waiting"), ("frontline",), ("rambling",))


def test_a_card_needs_no_statement(tmp_path: Path) -> None:
    assert question(tmp_path, "Question,Kind\nA proud moment?,Card\n").kind is Kind.CARD


def test_a_role_that_is_not_the_banks_is_a_mistake(tmp_path: Path) -> None:
    assert (
        "row 2, roles: expected one of the bank's own roles"
        in mistakes(tmp_path, "Question,Quality statements,Roles\nWho rang?,QS7,director\n")[0]
    )


def test_follow_up_questions_stand_in_a_column_for_each_cue(tmp_path: Path) -> None:
    head = "Question,Quality statements,Probe: no-number,probe vague,Probe order\n"
    found = question(tmp_path, head + 'Who rang?,QS7,"How many?\nSince when?",Take me through it.,no-number; vague\n')
    said = [(probe.cue, probe.text) for probe in found.probes]
    assert said == [(Cue.NO_NUMBER, "How many?"), (Cue.VAGUE, "Take me through it."), (Cue.NO_NUMBER, "Since when?")]


def test_ids_made_of_texts_are_unique_and_keep_clear_of_given_ones(tmp_path: Path) -> None:
    rows = "Who rang?,QS1,\nWho rang?,QS1,\nOther,QS1,who-rang\n中文,QS1,\n"
    bank = read(tmp_path, "Question,QS,Id\n" + rows).whole()
    assert [question.id for question in bank.questions] == ["who-rang-2", "who-rang-3", "who-rang", "question-4"]


def test_two_points_with_one_id_are_a_mistake(tmp_path: Path) -> None:
    head = "Question,QS,Point 1,Point 1: id,Point 1: phrases,Point 1: probe,"
    head += "Point 2,Point 2: id,Point 2: phrases,Point 2: probe\n"
    found = mistakes(tmp_path, head + "Who rang?,QS1,A,same,one,What?,B,same,two,What?\n")
    assert found == ["ours.csv, row 2, Point 1: id: expected an id that no other point has, but found “same” twice."]


# --- As spreadsheets write it

ACCENTS = "Question,Quality statements\nWhat did the café cost – “£5”?,QS1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_is_read_in_every_encoding_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    content = marks.get(encoding, b"") + ACCENTS.encode(encoding)
    found = read(tmp_path, content)
    assert found.whole().questions[0].text == "What did the café cost – “£5”?"
    assert bool(found.notes) == (encoding == "cp1252")
    assert not found.notes or "Windows text (cp1252), from line 2 on" in found.notes[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Question,QS\nCaf\xe9\x81,QS1\n", "line 2: expected text saved as “CSV UTF-8”"),
        (b"\xff\xfeQ\0u\0\x00\xd8x", "expected text in UTF-16, as its first bytes say"),
        (b"Question,QS\nWho\0 rang?,QS1\n", "line 2: expected text, but found bytes that are no text"),
        ("Question,QS\n".encode("utf-16-le"), "line 1: expected text, but found bytes that are no text"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in mistakes(tmp_path, content)[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_cells_are_divided_as_the_header_shows(tmp_path: Path, delimiter: str, line_end: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Question", "Quality statements", "Point 1", "Point 1: phrases", "Point 1: probe"]])
    writer.writerows([["Who, if anybody; rang?", "QS1", "Calls", "rang her; called him", "Who\nrang?"]])
    found = question(tmp_path, out.getvalue())
    assert found.text == "Who, if anybody; rang?"
    assert found.points[0].phrases == ("rang her", "called him")
    assert found.points[0].probe == "Who\nrang?"


def test_a_header_below_a_title_is_found_and_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    content = 'Our questions,\n,\nQuestion,Quality statements\n"Two\nlines?",QS1\n,\nOther?,QS99\n'
    found = read(tmp_path, content)
    assert [problem.where for problem in found.problems] == ["row 6"]
    assert "above the header in row 3" in found.notes[0]


def test_a_table_without_a_header_is_told_so(tmp_path: Path) -> None:
    assert "row 1: expected a header with names of columns" in mistakes(tmp_path, "Who rang?,QS1\nWho else?,QS2\n")[0]
    assert "at least one question below the header" in mistakes(tmp_path, "Question,QS\n,\n")[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + 'waiting,"How long do peo', "row 2, line 2: expected a quotation mark at the end of a text"),
        (HEAD + ROW + "other,How long do peo", "row 3: expected a whole row, but found 2 of 9 cells and no line end"),
        (HEAD + 'waiting,"How" long?,question\n', "row 2, line 2: expected quotation marks around a whole text"),
        (HEAD + f"waiting,{'x' * 200_000},question\n", "row 2, line 2: expected texts of at most 32,767 characters"),
        (HEAD + ROW.replace("people", "x" * LONGEST_CELL), "row 2, Question: expected at most 32,767 characters"),
    ],
)
def test_a_table_that_is_cut_off_or_broken_is_refused_with_its_row(
    tmp_path: Path, content: str, told: str, fault: Tell
) -> None:
    assert any(told in mistake for mistake in mistakes(tmp_path, content))
    fault(
        "A table is cut off or broken",
        area="Importing",
        tried=1,
        half_done=0,
        person_sees="The row, and what is wrong in it",
    )


def test_a_written_table_that_is_cut_off_anywhere_inside_a_row_is_refused(tmp_path: Path, fault: Tell) -> None:
    content = write_bank(BANK, BankFormat.CSV).data
    text = content.decode("utf-8-sig")
    ends = {0, len(text)}
    rows = csv.reader(io.StringIO(text, newline=""))
    lines = text.splitlines(keepends=True)
    for _ in rows:
        ends.add(len("".join(lines[: rows.line_num])))
    starts = [3 * len(text) // 4 + step * 97 for step in range(60)]
    tried = 0
    for cut in starts:
        if cut < len(text) and not any(end - 2 <= cut <= end for end in ends):
            seen = read(tmp_path, text[:cut])
            assert seen.bank is None, text[cut - 20 : cut]
            assert seen.problems
            tried += 1
    fault(
        "A table is cut off inside a row", area="Importing", tried=tried, half_done=0, person_sees=str(seen.problems[0])
    )


# --- What a spreadsheet would run

FORMULAS = ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠x", '=cmd|"/c calc"!A1', "'=already"]


def test_no_cell_of_a_written_table_begins_as_a_formula(tmp_path: Path) -> None:
    from dataclasses import replace

    first = BANK.questions[0]
    questions = tuple(
        replace(first, id=f"q-{number}", text=formula, source_note=formula, strong=(formula, "x"))
        for number, formula in enumerate(FORMULAS)
    )
    data = write_bank(replace(BANK, questions=questions), BankFormat.CSV).data
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
    back = read(tmp_path, data, BankDefaults(checked_on=TODAY, roles=BANK.roles)).whole()
    assert [question.text for question in back.questions] == [formula.strip() for formula in FORMULAS]
    assert [question.strong[0] for question in back.questions] == [formula.strip() for formula in FORMULAS]


# --- Size


def test_more_questions_than_a_bank_can_have_are_refused_in_a_few_seconds(tmp_path: Path) -> None:
    started = time.monotonic()
    found = mistakes(tmp_path, "Question,QS\n" + "Who rang?,QS1\n" * 100_000)
    assert found == [
        f"ours.csv, row {MOST_QUESTIONS + 2}: expected at most 20,000 questions in a file, but found more."
    ]
    assert time.monotonic() - started < 20


def test_a_table_full_of_mistakes_is_told_up_to_a_limit_and_says_so(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "Question,QS\n" + "Who rang?,QS77\n" * 10_000)
    assert len(found) == MOST_PROBLEMS + 1
    assert "what stands below was not looked at" in found[-1]


def test_a_very_large_file_is_refused(tmp_path: Path) -> None:
    assert "at most 32 MB" in mistakes(tmp_path, b"x" * 32_000_001)[0]
