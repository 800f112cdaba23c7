"""Peer review as scripts do it: one council, two reviewers on laptops of their own, and files between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run

ANSWERS = """Hertfordshire is about 1.2 million people. Mrs Okafor told us that she waited nine days.
---
I am proud of our front door.
"""
PASSPHRASE = "Lamp river STONE window carpet seven"
MARKS = "2,3,1,2,0,3"
FOR_BOB = ("--reviewer", "Bob", "--personal-data", "redact")


@pytest.fixture
def sitting(cqcmock: Run, tmp_path: Path) -> str:
    (tmp_path / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    done = cqcmock(
        "rehearse", "--role", "lead-member", "--questions", "2", "--answers", tmp_path / "answers.txt", "--json"
    )
    return str(done.data["sitting"])


def at(cqcmock: Run, laptop: Path, *arguments: str | Path) -> Outcome:
    """A command on somebody else's laptop."""
    return cqcmock("--data-dir", laptop, "pack", *arguments)


def test_the_whole_round_trip_can_be_scripted(cqcmock: Run, sitting: str, tmp_path: Path) -> None:
    words, pack, returned, ann = (tmp_path / name for name in ("words", "pack", "returned", "ann"))
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    wanted = ("pack", "make", sitting, "--reviewer", "Ann", "--passphrase-file", words, "--out", pack)
    stopped = cqcmock(*wanted)
    assert stopped.status == 1
    assert "question 1, the answer: “Mrs Okafor” (name)" in stopped.err
    assert not pack.exists()
    assert cqcmock(*wanted, "--personal-data", "keep").status == 1
    made = cqcmock(*wanted, "--personal-data", "redact", "--json").data
    assert (made["expected"], made["candidates"], made["kept"]) == (2, ["A"], [])
    assert "passphrase" not in made
    opened = at(cqcmock, ann, "open", pack, "--passphrase-file", words, "--json").data
    assert {sheet["state"] for sheet in opened["sheets"]} == {"untouched"}
    assert any("[name] told us" in sheet["answer"] for sheet in opened["sheets"])
    first, second = (sheet["id"] for sheet in sorted(opened["sheets"], key=lambda sheet: sheet["question"]))
    draft = at(cqcmock, ann, "sheet", first, "--marks", "2,-,1,-,-,3", "--comment", "=1+1 <b>", "--json").data
    assert (draft["state"], draft["marks"]["levels"]) == ("draft", {"answered": 2, "impact": 1, "clarity": 3})
    assert "3 lenses have no level" in at(cqcmock, ann, "sheet", first, "--submit").err
    pinned = ("--pin", "1.2 million=From when?", "--tag", "rambling")
    done = at(cqcmock, ann, "sheet", first, "--marks", MARKS, "--overall", "2", *pinned, "--submit", "--json").data
    assert done["state"] == "submitted"
    refused = at(cqcmock, ann, "return", pack, "--out", returned)
    assert (refused.status, returned.exists()) == (1, False)
    assert f"{second}  candidate A, question 2 (untouched)" in refused.err
    assert at(cqcmock, ann, "whole", pack, "A", "--overall", "2", "--comment", "Plain.").status == 0
    assert at(cqcmock, ann, "sheet", second, "--marks", MARKS, "--submit").status == 0
    receipt = at(cqcmock, ann, "return", pack, "--out", returned, "--json").data
    assert (receipt["expected"], receipt["returned"], receipt["missing"]) == (2, 2, 0)
    merged = cqcmock("pack", "merge", returned, returned, "--json").data
    assert {key: merged[key] for key in ("expected", "received", "missing", "altered", "refused")} == {
        "expected": 2, "received": 2, "missing": 0, "altered": 0, "refused": [],
    }  # fmt: skip
    assert merged["files"][0]["code"] == receipt["code"]
    (reviewer,) = cqcmock("pack", "marks", sitting, "--json").data["reviewers"]
    assert reviewer["reviewer"] == "Ann"
    assert [answer["question"] for answer in reviewer["answers"]] == [1, 2]
    levels = dict(zip(opened["lenses"], map(int, MARKS.split(",")), strict=True))
    assert [answer["levels"] for answer in reviewer["answers"]] == [levels, levels]
    assert reviewer["answers"][0]["comment"] == "=1+1 <b>"
    assert (reviewer["overall"], reviewer["comment"]) == (2, "Plain.")
    assert cqcmock("pack", "list", "--json").data["sent"][0]["missing"] == 0
    assert at(cqcmock, ann, "list", "--json").data["opened"][0]["submitted"] == 2
    assert at(cqcmock, ann, "forget", pack).status == 0
    assert at(cqcmock, ann, "list", "--json").data["opened"] == []


def test_a_pack_can_be_sealed_to_a_reviewers_key_and_its_return_signed_with_it(
    cqcmock: Run, sitting: str, tmp_path: Path
) -> None:
    pack, returned, bob = (tmp_path / name for name in ("pack", "returned", "bob"))
    key = at(cqcmock, bob, "key", "--json").data
    sealed = ("--to", key["address"], "--personal-data", "keep", "--reason", "It is made up.", "--question", "1")
    made = cqcmock("pack", "make", sitting, "--reviewer", "Bob", "--out", pack, *sealed, "--json").data
    assert made["kept"] == ["Candidate A, question 1, the answer: name, because It is made up."]
    (sheet,) = at(cqcmock, bob, "open", pack, "--json").data["sheets"]
    assert "Mrs Okafor" in sheet["answer"]
    at(cqcmock, bob, "sheet", sheet["id"], "--marks", MARKS, "--submit")
    at(cqcmock, bob, "return", pack, "--out", returned, "--sign")
    (file,) = cqcmock("pack", "merge", returned, "--json").data["files"]
    assert file["key"] == key["words"]


def test_files_that_are_refused_are_listed_with_the_reason_and_the_status_says_so(
    cqcmock: Run, sitting: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7")
    key = at(cqcmock, tmp_path / "bob", "key", "--json").data["address"]
    cqcmock(
        "pack", "make", sitting, "--reviewer", "Bob", "--out", tmp_path / "p", "--to", key, "--personal-data", "redact"
    )
    refused = cqcmock("pack", "merge", other, tmp_path / "missing", "--json")
    assert refused.status == 1
    assert (refused.data["expected"], refused.data["received"], refused.data["missing"]) == (2, 0, 2)
    assert [one["file"] for one in refused.data["refused"]] == [str(other), str(tmp_path / "missing")]
    assert "not a sealed file" in refused.data["refused"][0]["why"]


def test_three_things_to_keep_and_two_to_change_are_chosen_for_the_person(cqcmock: Run, sitting: str) -> None:
    assert cqcmock("pack", "advise", sitting, "--json").data == {"keep": [], "change": []}
    chosen = ("--keep", "The figure first.", "--keep", " ", "--change", "Say who\n told you.")
    cqcmock("pack", "advise", sitting, *chosen)
    kept = {"keep": ["The figure first."], "change": ["Say who told you."]}
    assert cqcmock("pack", "advise", sitting, "--json").data == kept
    too_many = cqcmock("pack", "advise", sitting, "--change", "a", "--change", "b", "--change", "c")
    assert too_many.status == 1
    assert "3 things to keep and 2 to change" in too_many.err
    assert cqcmock("pack", "advise", sitting, "--json").data == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("open", "nothing"), "cannot be read"),
        (("sheet", "nothing"), "no sheet"),
        (("return", "nothing", "--out", "x"), "not been opened here"),
        (("forget", "nothing"), "not been opened here"),
        (("marks", "nothing"), "no longer"),
        (("make", "nothing", "--reviewer", "Ann", "--out", "x", "--to", "age1x"), "no longer"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(cqcmock: Run, arguments: tuple[str, ...], said: str) -> None:
    outcome = cqcmock("pack", *arguments)
    assert outcome.status == 1
    assert said in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("marks", ["2,3", "2,3,1,2,0,x", "2,3,1,2,0,33", "1;2", ",,,,,"])
def test_marks_that_are_no_marks_are_explained(cqcmock: Run, sitting: str, tmp_path: Path, marks: str) -> None:
    bob = tmp_path / "bob"
    key = at(cqcmock, bob, "key", "--json").data["address"]
    cqcmock(
        "pack", "make", sitting, "--reviewer", "Bob", "--out", tmp_path / "p", "--to", key, "--personal-data", "redact"
    )
    sheet = at(cqcmock, bob, "open", tmp_path / "p", "--json").data["sheets"][0]["id"]
    outcome = at(cqcmock, bob, "sheet", sheet, "--marks", marks)
    assert outcome.status == 1
    assert "6 numbers from 0 to 3" in outcome.err
