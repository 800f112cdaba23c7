"""A template can be filled in, explains itself, and can be read back as it is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cqcmock.banks.columns import is_header
from cqcmock.banks.exchange import BankDefaults, BankFormat
from cqcmock.banks.formats import read_bank_file
from cqcmock.banks.template import template
from cqcmock.domain.questions import Kind, Source
from cqcmock.errors import UserError
from tests.banks.generated_banks import NAMES, TODAY

TABLES = (BankFormat.CSV, BankFormat.XLSX)


@pytest.mark.parametrize("bank_format", TABLES)
def test_a_template_is_read_without_a_mistake_or_a_note(tmp_path: Path, bank_format: BankFormat) -> None:
    path = tmp_path / f"our-questions.{bank_format}"
    path.write_bytes(template(bank_format, NAMES))
    found = read_bank_file(path, NAMES, defaults=BankDefaults(checked_on=TODAY))
    assert (found.problems, found.notes) == ((), ())
    bank = found.whole()
    assert (bank.id, bank.title, bank.roles) == ("our-questions", "Our questions", ("frontline",))


@pytest.mark.parametrize("bank_format", TABLES)
def test_its_examples_are_good_questions(tmp_path: Path, bank_format: BankFormat) -> None:
    path = tmp_path / f"our-questions.{bank_format}"
    path.write_bytes(template(bank_format, NAMES))
    questions = read_bank_file(path, NAMES, defaults=BankDefaults(checked_on=TODAY)).questions
    assert len(questions) == 2
    for question in questions:
        assert len(question.text.split()) <= 15
        assert 3 <= len(question.points) <= 6
        assert all(len(point.phrases) >= 4 for point in question.points)
        assert all((question.statements, question.themes, question.avoid, question.probes))
        assert 3 <= len(question.strong) <= 4


def test_the_workbook_has_lists_a_still_header_and_wrapped_wide_columns() -> None:
    book = load_workbook(io.BytesIO(template(BankFormat.XLSX, NAMES)))
    assert book.sheetnames == ["Questions", "Bank", "How to fill this in"]
    sheet = book["Questions"]
    header = [str(cell.value) for cell in sheet[1]]
    assert is_header(header)
    assert sheet.freeze_panes == "C2"
    offered = {
        header[next(iter(rule.sqref.ranges)).min_col - 1]: rule for rule in sheet.data_validations.dataValidation
    }
    assert offered["Kind"].formula1 == '"' + ",".join(kind.value for kind in Kind) + '"'
    assert offered["Source"].formula1 == '"' + ",".join(source.value for source in Source) + '"'
    assert "QS7" in offered["Quality statements"].formula1
    assert not offered["Quality statements"].showErrorMessage  # several are allowed
    assert offered["Kind"].showErrorMessage
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet.column_dimensions["B"].width >= 40


def test_the_guide_explains_every_column_kind_source_cue_and_name() -> None:
    book = load_workbook(io.BytesIO(template(BankFormat.XLSX, NAMES)))
    said = {str(row[0].value) for row in book["How to fill this in"].iter_rows()}
    header = [str(cell.value) for cell in book["Questions"][1]]
    explained = [name for name in header if not name.startswith("Point") or name.startswith("Point 1")]
    assert set(explained) <= said
    assert {kind.value for kind in Kind} | {source.value for source in Source} <= said
    for field in ("statements", "themes", "roles", "tags"):
        assert {name for name, _ in NAMES.listing[field]} <= said


def test_there_is_no_template_for_what_is_no_table() -> None:
    with pytest.raises(UserError, match="There is no template for Moodle XML"):
        template(BankFormat.MOODLE_XML, NAMES)
