"""Mark sheets and receipts as scripts ask for them, of the reviewer's laptop and of the owner's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run

ANSWERS = """Hertfordshire is about 1.2 million people. Mrs Okafor told us that she waited nine days.
---
I am proud of our front door.
"""
MARKS = "2,3,1,2,0,3"


@pytest.fixture
def bob(tmp_path: Path) -> Path:
    return tmp_path / "bob"


@pytest.fixture
def pack(cqcmock: Run, bob: Path, tmp_path: Path) -> str:
    """A pack that is sent to Bob and open on his laptop; its id."""
    (tmp_path / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    done = cqcmock(
        "rehearse", "--role", "lead-member", "--questions", "2", "--answers", tmp_path / "answers.txt", "--json"
    )
    key = at(cqcmock, bob, "key", "--json").data["address"]
    wanted = ("--reviewer", "Bob", "--to", key, "--personal-data", "redact", "--made-by", "Rutland", "--json")
    made = cqcmock("pack", "make", done.data["sitting"], "--out", tmp_path / "p.pack", *wanted)
    assert at(cqcmock, bob, "open", tmp_path / "p.pack").status == 0
    return str(made.data["pack"])


def at(cqcmock: Run, laptop: Path, *arguments: str | Path) -> Outcome:
    return cqcmock("--data-dir", laptop, "pack", *arguments)


def test_a_reviewer_prints_sheets_of_a_pack_by_its_file_its_name_or_its_id(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path
) -> None:
    out = tmp_path / "sheets.html"
    for named in (tmp_path / "p.pack", "p.pack", pack):
        printed = at(cqcmock, bob, "sheets", named, "--out", out, "--json")
        assert printed.data == {"path": str(out), "sheets": 2}
        page = out.read_text(encoding="utf-8")
        assert "[name] told us" in page
        assert "\N{BALLOT BOX WITH X}" not in page
        out.unlink()
    assert not (bob / "library.sqlite").exists()


def test_filled_sheets_hold_the_marks_and_large_print_is_large(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path
) -> None:
    sheet = at(cqcmock, bob, "open", tmp_path / "p.pack", "--json").data["sheets"][0]["id"]
    at(cqcmock, bob, "sheet", sheet, "--marks", MARKS, "--overall", "2", "--comment", "Near it.", "--submit")
    out = tmp_path / "sheets.html"
    assert at(cqcmock, bob, "sheets", pack, "--out", out, "--filled", "--large-print").status == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("\N{BALLOT BOX WITH X}") == 7
    assert "Near it." in page
    assert "html { font-size: 18pt; }" in page
    assert at(cqcmock, bob, "sheets", pack, "--out", tmp_path / "s.pdf").status == 0
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")


def test_the_owner_prints_blank_sheets_of_what_was_sent_and_waits_with_peers_marks(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path
) -> None:
    out = tmp_path / "sheets.html"
    assert cqcmock("pack", "sheets", pack, "--out", out).out == f"2 mark sheets in {out}.\n"
    assert "[name] told us" in out.read_text(encoding="utf-8")
    waiting = cqcmock("pack", "sheets", pack, "--out", tmp_path / "filled.html", "--filled")
    assert waiting.status == 1
    assert "waits until the own marks" in waiting.err
    assert not (tmp_path / "filled.html").exists()


def test_the_receipt_has_the_word_code_of_the_file_that_was_returned(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path
) -> None:
    out = tmp_path / "receipt.html"
    early = at(cqcmock, bob, "receipt", pack, "--out", out)
    assert (early.status, out.exists()) == (1, False)
    why = ("--why-incomplete", "The train came in.")
    returned = at(cqcmock, bob, "return", pack, "--out", tmp_path / "r", *why, "--json").data
    assert at(cqcmock, bob, "receipt", pack, "--out", out, "--json").data == {"path": str(out)}
    page = out.read_text(encoding="utf-8")
    for words in (returned["code"], "Rutland", "Bob", "p.pack", "The train came in.", "2 answers"):
        assert words in page
    assert at(cqcmock, bob, "receipt", pack, "--out", tmp_path / "receipt.pdf").status == 0
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("command", ["sheets", "receipt"])
@pytest.mark.parametrize(
    ("named", "file", "said"),
    [
        ("nothing", "x.pdf", "no pack “nothing”|not been opened here"),
        ("p.pack", "x.docx", "neither a PDF nor a web page"),
    ],
)
def test_what_cannot_be_printed_is_said_in_one_sentence(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path, command: str, named: str, file: str, said: str
) -> None:
    outcome = at(cqcmock, bob, command, named, "--out", tmp_path / file)
    assert outcome.status == 1
    assert any(words in outcome.err for words in said.split("|"))
    assert "Traceback" not in outcome.err
    assert not (tmp_path / file).exists()


def test_the_report_says_that_peers_marks_wait_for_the_own(cqcmock: Run, bob: Path, pack: str, tmp_path: Path) -> None:
    sitting = cqcmock("sittings", "list", "--json").data[0]["id"]
    for sheet in at(cqcmock, bob, "open", tmp_path / "p.pack", "--json").data["sheets"]:
        at(cqcmock, bob, "sheet", sheet["id"], "--marks", MARKS, "--comment", "Near it.", "--submit")
    at(cqcmock, bob, "return", pack, "--out", tmp_path / "r")
    cqcmock("pack", "merge", tmp_path / "r")
    assert cqcmock("report", sitting, "--out", tmp_path / "report.html").status == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "What 1 peer made of your answers is here, and waits until your own marks are handed in" in page
    assert "Near it." not in page


def test_the_owner_writes_what_the_reviewer_alone_is_told_with_the_words_of_the_files_at_hand(
    cqcmock: Run, bob: Path, pack: str, tmp_path: Path
) -> None:
    out = tmp_path / "feedback.html"
    early = cqcmock("pack", "receipt", pack, "--feedback", "--out", out)
    assert (early.status, out.exists()) == (1, False)
    assert "Nothing has come back from Bob yet." in early.err
    why = ("--why-incomplete", "The train came in.")
    code = at(cqcmock, bob, "return", pack, "--out", tmp_path / "r", *why, "--json").data["code"]
    cqcmock("pack", "merge", tmp_path / "r")
    given = ("pack", "receipt", pack, "--feedback", "--out", out)
    assert cqcmock(*given).out == f"What Bob alone is told is in {out}.\n"
    assert code not in out.read_text(encoding="utf-8")
    assert cqcmock(*given, "--returned", tmp_path / "r", "--json").data == {"path": str(out)}
    page = out.read_text(encoding="utf-8")
    for words in ("Feedback for Bob", "For you alone", code, "The train came in.", "Nothing is compared yet"):
        assert words in page
    assert cqcmock("pack", "receipt", pack, "--out", out, "--returned", tmp_path / "r").status == 2
    refused = cqcmock(*given, "--returned", tmp_path / "p.pack")
    assert refused.status == 1
    assert "“p.pack”" in refused.err
