"""A bank goes into every format and comes back, and a file is what it holds, not what its name says."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.banks import BankErrors, read_bank
from cqcmock.banks.cells import guarded, joined_list, split_list, tidy_bank, unguarded
from cqcmock.banks.exchange import BankDefaults, BankFormat, ReadBank, format_named
from cqcmock.banks.formats import read_bank_file, write_bank
from cqcmock.domain.questions import Bank, Kind, Source
from cqcmock.errors import UserError
from tests.banks.generated_banks import DEFAULTS, NAMES, TODAY, banks, texts, untidy_banks
from tests.some_quickly import some_quickly

SHIPPED = sorted(Path("question_banks").glob("*.toml"))
LOSSLESS = (BankFormat.TOML, BankFormat.XLSX, BankFormat.MOODLE_XML)
on_files = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def through(tmp_path: Path, bank: Bank, bank_format: BankFormat) -> ReadBank:
    path = tmp_path / f"bank.{bank_format}"
    path.write_bytes(write_bank(bank, bank_format).data)
    return read_bank_file(path, NAMES, defaults=DEFAULTS)


def mistakes(path: Path) -> list[str]:
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    assert found.bank is None
    assert found.problems
    assert all(str(problem).isprintable() for problem in found.problems)
    return [str(problem) for problem in found.problems]


@pytest.mark.parametrize("bank_format", some_quickly(LOSSLESS, every=len(LOSSLESS)))
@given(bank=banks)
@on_files
def test_a_bank_comes_back_from_a_format_that_holds_all_of_it(
    tmp_path: Path, bank: Bank, bank_format: BankFormat
) -> None:
    found = through(tmp_path, bank, bank_format)
    assert found.problems == ()
    assert found.bank == bank
    assert write_bank(bank, bank_format).lost == ()


@given(bank=banks)
@on_files
def test_every_question_comes_back_from_csv_and_what_is_lost_is_the_bank_around_them(
    tmp_path: Path, bank: Bank
) -> None:
    found = through(tmp_path, replace(bank, roles=("frontline",)), BankFormat.CSV)
    assert found.problems == ()
    assert found.whole().questions == bank.questions
    assert len(write_bank(bank, BankFormat.CSV).lost) == 1


@pytest.mark.slow
@given(bank=banks)
@on_files
def test_gift_keeps_the_questions_and_says_what_it_cannot_keep(tmp_path: Path, bank: Bank) -> None:
    found = through(tmp_path, bank, BankFormat.GIFT)
    assert found.problems == ()
    back = found.whole()
    assert replace(back, questions=()) == replace(bank, questions=())
    kept = ("id", "text", "kind", "statements", "themes", "roles", "source")
    for question, other in zip(back.questions, bank.questions, strict=True):
        assert all(getattr(question, field) == getattr(other, field) for field in kept)
    lost = " ".join(write_bank(bank, BankFormat.GIFT).lost)
    for field, word in (("points", "points"), ("probes", "cue"), ("strong", "strong"), ("avoid", "avoid")):
        assert any(getattr(question, field) for question in bank.questions) == (word in lost)


@pytest.mark.parametrize("bank_format", some_quickly([BankFormat.MOODLE_XML, BankFormat.XLSX], every=2))
@given(bank=untidy_banks)
@on_files
def test_texts_that_a_format_cannot_hold_as_they_are_come_back_tidied_and_are_named(
    tmp_path: Path, bank: Bank, bank_format: BankFormat
) -> None:
    found = through(tmp_path, bank, bank_format)
    assert found.bank == tidy_bank(bank)
    assert bool(write_bank(bank, bank_format).lost) == (found.bank != bank)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("bank_format", LOSSLESS)
def test_the_banks_that_come_with_the_program_lose_nothing(tmp_path: Path, path: Path, bank_format: BankFormat) -> None:
    bank = read_bank(path, NAMES.words)
    assert through(tmp_path, bank, bank_format).whole() == bank


@given(st.lists(texts, unique=True), st.sampled_from(["; ", "\n"]))
def test_a_list_in_a_cell_reads_as_it_was_written(entries: list[str], separator: str) -> None:
    assert split_list(joined_list(entries, separator)) == tuple(entries)


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("one; two ;three", ("one", "two", "three")),
        ("one\ntwo\n\n;", ("one", "two")),
        ('"one; still one"; two', ("one; still one", "two")),
        ('"Home first" means nothing; two', ('"Home first" means nothing', "two")),
        ('she said "no"; two', ('she said "no"', "two")),
        ('"she said; two', ('"she said', "two")),
        ("and/or\\; x", ("and/or\\", "x")),
        ("one; one", ("one",)),
        (" ; ", ()),
    ],
)
def test_a_list_in_a_cell_is_read_as_people_write_it(cell: str, entries: tuple[str, ...]) -> None:
    assert split_list(cell) == entries


@given(st.text(st.sampled_from("'=+-@\t\r＝＋－＠a1 ")))
def test_a_cell_never_begins_as_a_formula_and_reads_as_it_was_written(text: str) -> None:
    assert not guarded(text).startswith(tuple("=+-@\t\r＝＋－＠"))
    assert unguarded(guarded(text)) == text


# --- What a file holds


def xlsx_of(bank: Bank) -> bytes:
    return write_bank(bank, BankFormat.XLSX).data


BANK = read_bank(SHIPPED[0], NAMES.words)
CONTENT = {bank_format: write_bank(BANK, bank_format).data for bank_format in BankFormat}


@pytest.mark.parametrize("holds", BankFormat)
@pytest.mark.parametrize("claims", BankFormat)
def test_a_file_that_holds_another_format_than_its_name_says_is_refused_with_its_true_name(
    tmp_path: Path, claims: BankFormat, holds: BankFormat
) -> None:
    path = tmp_path / f"bank.{claims}"
    path.write_bytes(CONTENT[holds])
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    if claims is holds:
        assert found.problems == ()
    else:
        (problem,) = found.problems
        assert f"end its name with .{holds}" in problem.found
        assert claims.in_words in problem.expected


@pytest.mark.parametrize("holds", BankFormat)
def test_a_file_without_a_telling_name_is_known_by_its_content(tmp_path: Path, holds: BankFormat) -> None:
    for name in ("bank.txt", "bank"):
        path = tmp_path / name
        path.write_bytes(CONTENT[holds])
        assert read_bank_file(path, NAMES, defaults=DEFAULTS).format is holds


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"<html><table><tr><td>Question</td></tr></table></html>", "a web page (HTML)"),
        ("a.xls.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel workbook (.xls)"),
        ("a.csv", b"%PDF-1.7\n", "a PDF"),
        ("a.csv", b"\x1f\x8b\x08\0", "a compressed file"),
        ("a.xml", b"", "an empty file"),
        ("a.xml", b"hello", "something else"),
        ("a.docx", b"Question,Statements\n", "“.docx”"),
        ("a.txt", b"Dear all,\nsee you on Friday.\n", "something else"),
        ("a.csv", b"", "an empty one"),
        ("a.gift", b"", "but found nothing"),
    ],
)
def test_what_is_no_bank_is_named_for_what_it_is(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert told in mistakes(path)[0]


def test_other_office_files_are_named(tmp_path: Path) -> None:
    for member, told in (("word/document.xml", "a Word document"), ("content.xml", "OpenDocument"), ("a.txt", "zip")):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(member, "<a/>")
        path = tmp_path / "a.xlsx"
        path.write_bytes(held.getvalue())
        assert told in mistakes(path)[0]


def test_a_file_that_is_not_there_or_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_bank_file(tmp_path / "none.csv", NAMES, defaults=DEFAULTS)
    with pytest.raises(UserError, match="cannot be read"):
        read_bank_file(tmp_path, NAMES, defaults=DEFAULTS)


def test_a_format_is_told_by_a_name_an_ending_or_itself(tmp_path: Path) -> None:
    assert format_named("CSV") is format_named(".csv") is format_named(tmp_path / "x.Csv") is BankFormat.CSV
    with pytest.raises(UserError, match=r"\.toml, \.csv, \.xlsx, \.xml, \.gift"):
        format_named(tmp_path / "x.docx")


def test_toml_mistakes_are_the_same_problems_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "bank.toml"
    path.write_bytes(CONTENT[BankFormat.TOML].replace(b'kind = "opener"', b'kind = "opner"'))
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    assert found.bank is None
    assert found.found == len(BANK.questions)
    assert "did you mean “opener”" in str(found.problems[0])
    with pytest.raises(BankErrors, match="cannot be used as a question bank"):
        found.whole()


def test_what_the_file_does_not_say_of_the_bank_comes_from_its_name_and_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "our_hospital-team.csv"
    path.write_text("Question,Quality statements,Roles\nWho rang?,Safeguarding,Frontline practitioner\n")
    bank = read_bank_file(path, NAMES, defaults=BankDefaults(checked_on=TODAY)).whole()
    assert (bank.id, bank.title, bank.roles) == ("our-hospital-team", "Our hospital team", ("frontline",))
    assert (bank.version, bank.checked_on, bank.language) == (1, TODAY, "en-GB")
    (question,) = bank.questions
    assert (question.id, question.kind, question.source) == ("who-rang", Kind.QUESTION, Source.COUNCIL)
    assert (question.prepare_seconds, question.target_seconds, question.limit_seconds) == (15, 120, 180)
    given_them = BankDefaults(checked_on=TODAY, id="mine", title="Mine", version=4, roles=("frontline", "director"))
    bank = read_bank_file(path, NAMES, defaults=given_them).whole()
    assert (bank.id, bank.title, bank.version, bank.roles) == ("mine", "Mine", 4, ("frontline", "director"))


@pytest.mark.parametrize("name", ["a.csv", "a.gift", "a.xml", "a.xlsx", "a.toml", "a.txt"])
@given(
    data=st.binary(max_size=200),
    start=st.sampled_from(
        [
            b"",
            b"Question,QS\n",
            b"<quiz>",
            b"PK\x03\x04",
            b"::a::",
            b"\xff\xfe",
            b'<?xml version="1.0"?><quiz><question type="essay">',
        ]
    ),
)
@on_files
def test_no_bytes_at_all_break_the_reading(tmp_path: Path, name: str, data: bytes, start: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(start + data)
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    assert (found.bank is None) == bool(found.problems)
    assert all(str(problem).isprintable() for problem in found.problems)


@pytest.mark.parametrize("bank_format", BankFormat)
@given(data=st.data())
@on_files
def test_a_damaged_file_is_read_or_refused_with_a_reason(
    tmp_path: Path, bank_format: BankFormat, data: st.DataObject
) -> None:
    content = bytearray(CONTENT[bank_format])
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"bank.{bank_format}"
    path.write_bytes(content)
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    assert (found.bank is None) == bool(found.problems)
    assert all(str(problem).isprintable() for problem in found.problems)
