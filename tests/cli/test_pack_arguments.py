"""What scripts and shells hand over that nobody would type: refused in a sentence, and never our bug."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys
from tests.cli.conftest import Outcome, Run
from tests.review.packs import sent

HALF = "a\udcffb"
"""What a byte that is no letter becomes in an argument."""

LEVELS = "2,3,1,2,0,3"
WORDS = "lamp river stone window carpet seven"


def at(cqcmock: Run, laptop: Path, *arguments: str | Path) -> Outcome:
    return cqcmock("--data-dir", laptop, "pack", *arguments)


@pytest.fixture
def bob(tmp_path: Path) -> Path:
    return tmp_path / "bob"


@pytest.fixture
def make(cqcmock: Run, bob: Path, tmp_path: Path) -> tuple[str | Path, ...]:
    """The beginning of a command that makes a pack of three answers for Bob."""
    (tmp_path / "answers.txt").write_text("We asked forty carers.\n---\nI am proud.\n---\nYes.\n", "utf-8")
    done = cqcmock(
        "rehearse", "--role", "lead-member", "--questions", "3", "--answers", tmp_path / "answers.txt", "--json"
    )
    key = at(cqcmock, bob, "key", "--json").data["address"]
    return ("pack", "make", done.data["sitting"], "--to", key, "--personal-data", "redact")


@pytest.fixture
def pack(cqcmock: Run, bob: Path, make: tuple[str | Path, ...], tmp_path: Path) -> Path:
    path = tmp_path / "bobs.cqcpack"
    assert cqcmock(*make, "--reviewer", "Bob", "--out", path).status == 0
    assert at(cqcmock, bob, "open", path).status == 0
    return path


def sheets(cqcmock: Run, bob: Path, pack: Path) -> list[Any]:
    found: list[Any] = at(cqcmock, bob, "open", pack, "--json").data["sheets"]
    return found


@pytest.mark.parametrize(
    ("numbers", "status", "expected"),
    [("0", 2, None), ("-1", 2, None), ("4", 1, None), ("3 99", 1, None), ("2 2", 0, 1), ("3 1 3", 0, 2)],
)
def test_questions_are_counted_from_one_and_sent_once(
    cqcmock: Run, make: tuple[str | Path, ...], tmp_path: Path, numbers: str, status: int, expected: int | None
) -> None:
    chosen = [part for number in numbers.split() for part in ("--question", number)]
    done = cqcmock(*make, "--reviewer", "Bob", *chosen, "--out", tmp_path / "p", "--json")
    assert done.status == status
    assert (tmp_path / "p").exists() == (status == 0)
    assert (json.loads(done.out)["expected"] if status == 0 else None) == expected


@pytest.mark.parametrize("option", ["--reviewer", "--note", "--made-by", "--reason", "--to"])
def test_bytes_that_are_no_letters_are_refused_before_a_pack_is_made(
    cqcmock: Run, make: tuple[str | Path, ...], tmp_path: Path, option: str
) -> None:
    done = cqcmock(*make, "--reviewer", "Bob", option, HALF, "--out", tmp_path / "p")
    assert (done.status, (tmp_path / "p").exists()) == (1, False)
    assert "stand for no letters" in done.err
    assert cqcmock("pack", "list", "--json").data["sent"] == []


def test_bytes_that_are_no_letters_are_refused_while_marking(
    cqcmock: Run, bob: Path, pack: Path, tmp_path: Path
) -> None:
    sheet = sheets(cqcmock, bob, pack)[0]["id"]
    for arguments in (
        ("sheet", sheet, "--comment", HALF),
        ("sheet", sheet, "--tag", HALF),
        ("sheet", sheet, "--pin", f"{HALF}=x"),
        ("whole", pack, "A", "--comment", HALF),
        ("return", pack, "--out", tmp_path / "r", "--why-incomplete", HALF),
        ("sheet", HALF),
    ):
        done = at(cqcmock, bob, *arguments)
        assert done.status == 1, arguments
        assert done.err.count("\n") < 4
    assert {one["state"] for one in sheets(cqcmock, bob, pack)} == {"untouched"}
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("marks", ["²,1,1,1,1,1", "٣,1,1,1,1,1", "1,1,1,1,1,1,", "+1,1,1,1,1,1", "1.0,1,1,1,1,1"])
def test_figures_that_only_look_like_levels_are_none(cqcmock: Run, bob: Path, pack: Path, marks: str) -> None:
    done = at(cqcmock, bob, "sheet", sheets(cqcmock, bob, pack)[0]["id"], "--marks", marks)
    assert done.status == 1
    assert "6 numbers from 0 to 3" in done.err


def test_what_is_said_of_a_candidate_is_added_to_and_shown(cqcmock: Run, bob: Path, pack: Path) -> None:
    whole = ("whole", pack, "A", "--json")
    assert at(cqcmock, bob, *whole, "--overall", "2").data == {"candidate": "A", "overall": 2, "comment": ""}
    both = {"candidate": "A", "overall": 2, "comment": "Plain and kind."}
    assert at(cqcmock, bob, *whole, "--comment", "Plain and kind.").data == both
    assert at(cqcmock, bob, *whole).data == both
    assert at(cqcmock, bob, *whole, "--comment", "").data["overall"] == 2
    assert at(cqcmock, bob, "whole", pack, "Z").status == 1
    assert at(cqcmock, bob, *whole, "--overall", "4").status == 1


def test_an_endless_name_is_not_there(cqcmock: Run, bob: Path, pack: Path, tmp_path: Path) -> None:
    for arguments in (
        ("forget", "x" * 5_000),
        ("return", "x" * 5_000, "--out", tmp_path / "r"),
        ("sheet", "x" * 50_000),
        ("sheet", sheets(cqcmock, bob, pack)[0]["id"], "--pack", "x" * 5_000),
        ("open", "x" * 5_000),
    ):
        assert at(cqcmock, bob, *arguments).status == 1


def test_the_return_is_not_written_over_the_pack(cqcmock: Run, bob: Path, pack: Path) -> None:
    before = pack.read_bytes()
    done = at(cqcmock, bob, "return", pack, "--out", pack, "--why-incomplete", "The train came in.")
    assert done.status == 1
    assert "is the pack itself" in done.err
    assert pack.read_bytes() == before


def test_a_file_whose_name_is_no_text_is_named_in_text(cqcmock: Run, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[2J")
    Path(path).write_bytes(b"x")
    data = cqcmock("pack", "merge", path, path + "missing", "--json")
    assert data.status == 1
    assert "Nothing was merged" in data.err
    assert [one["file"].encode().decode() for one in data.data["refused"]] == [
        f"{tmp_path}/�\x1b[2J", f"{tmp_path}/�\x1b[2Jmissing",
    ]  # fmt: skip
    assert all(one["why"].encode() for one in data.data["refused"])
    plain = cqcmock("pack", "merge", path).out
    assert "\x1b" not in plain
    assert plain.encode()


def test_a_terminal_obeys_nothing_that_stands_in_a_pack(cqcmock: Run, bob: Path, tmp_path: Path) -> None:
    content = sent().content
    loud = replace(content.pack.answers[0], question="\x1b[2J\x1b]0;x\x07Well?", answer="One\nTwo\x9b31m\tthree")
    harmful = replace(content, pack=replace(content.pack, answers=(loud,), made_by="\x1b[1mA"), expected=1)
    own = reviewer_keys.own_key(Location(bob))
    (tmp_path / "loud").write_bytes(sealing.seal_to(pack_file.written_pack(harmful), own.address))
    opened = at(cqcmock, bob, "open", tmp_path / "loud").out
    sheet = at(cqcmock, bob, "sheet", "pack-1-sheet-0").out
    for said in (opened, sheet):
        assert not {"\x1b", "\x07", "\x9b"} & {*said}
        assert "Well?" in said
    assert "One\nTwo" in sheet
    data = at(cqcmock, bob, "sheet", "pack-1-sheet-0", "--json").data
    assert (data["text"], data["answer"]) == (loud.question, loud.answer), "a script gets it to the letter"


@pytest.mark.parametrize(
    ("content", "works"),
    [
        (f"{WORDS}\n".encode(), True),
        (f"\ufeff\r\n  {WORDS.upper()}  \r\n".encode(), True),
        (f"#{WORDS}\n".encode(), False),
        (b"", False),
        (b"\n \n", False),
        (b"\xff\xfel\0a\0m\0p\0", False),
        (b"lamp river \xff\n", False),
    ],
)
def test_a_passphrase_is_the_first_line_that_says_something(
    cqcmock: Run, make: tuple[str | Path, ...], bob: Path, tmp_path: Path, content: bytes, works: bool
) -> None:
    sitting, words, out = make[2], tmp_path / "words", tmp_path / "p"
    words.write_text(WORDS, "utf-8")
    made = ("pack", "make", sitting, "--reviewer", "Bob", "--personal-data", "redact", "--out", out)
    assert cqcmock(*made, "--passphrase-file", words).status == 0
    words.write_bytes(content)
    done = at(cqcmock, bob, "open", out, "--passphrase-file", words)
    assert (done.status == 0) == works
    assert done.status in (0, 1)


def test_a_passphrase_may_begin_with_a_sign(
    cqcmock: Run, make: tuple[str | Path, ...], bob: Path, tmp_path: Path
) -> None:
    words, out = tmp_path / "words", tmp_path / "p"
    words.write_text(f"#{WORDS}\nanother line\n", "utf-8")
    made = ("pack", "make", make[2], "--reviewer", "Bob", "--personal-data", "redact", "--out", out)
    assert cqcmock(*made, "--passphrase-file", words).status == 0
    assert at(cqcmock, bob, "open", out, "--passphrase-file", words).status == 0


@pytest.mark.parametrize("content", [b"nothing", b"", b"# made today\n", b"\xff", b"AGE-SECRET-KEY-1QQQ"])
def test_a_file_without_a_key_is_said(cqcmock: Run, pack: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    done = at(cqcmock, tmp_path / "carol", "open", pack, "--key-file", tmp_path / "key")
    assert done.status == 1
    assert "key" in done.err


def test_a_key_as_age_writes_it_opens_a_pack(cqcmock: Run, bob: Path, pack: Path, tmp_path: Path) -> None:
    own = reviewer_keys.own_key(Location(bob))
    (tmp_path / "key").write_text(f"# created: 2026-11-22\n# public key: {own.address}\n{own.secret}\n", "utf-8")
    assert at(cqcmock, tmp_path / "carol", "open", pack, "--key-file", tmp_path / "key").status == 0


@pytest.mark.parametrize("typed", [b"lamp \xff\n", b"", b"\n", b"x" * 100_000])
def test_what_comes_in_by_a_pipe_is_no_passphrase_either(
    cqcmock: Run, make: tuple[str | Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
    done = cqcmock("pack", "make", make[2], "--reviewer", "Bob", "--passphrase-file", "-", "--out", tmp_path / "p")
    assert done.status == 1
    assert not (tmp_path / "p").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such file")
def test_an_endless_file_is_no_passphrase(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cqcmock", "--data-dir", str(tmp_path / "data"), "pack", "open", "/dev/null"]
    for source in ("/dev/zero", "-"):
        with Path("/dev/zero").open("rb") as zero:
            done = subprocess.run(
                [*command, "--passphrase-file", source], stdin=zero, capture_output=True, timeout=30, check=False
            )
        assert done.returncode == 1, done.stderr
