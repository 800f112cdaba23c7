"""Packs that cannot be read, and sheets that are in two of them, as scripts meet them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys
from tests.cli.conftest import Outcome, Run

MARKS = "2,3,1,2,0,3"


@pytest.fixture
def bob(tmp_path: Path) -> Path:
    return tmp_path / "bob"


@pytest.fixture
def packs(cqcmock: Run, bob: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two packs for Bob of the same rehearsal, both open on his laptop."""
    (tmp_path / "answers.txt").write_text("We asked forty carers.\n---\nI am proud of our front door.\n", "utf-8")
    sitting = cqcmock(
        "rehearse", "--role", "lead-member", "--questions", "2", "--answers", tmp_path / "answers.txt", "--json"
    ).data["sitting"]
    key = at(cqcmock, bob, "key", "--json").data["address"]
    made = (tmp_path / "first.cqcpack", tmp_path / "second.cqcpack")
    for path in made:
        cqcmock("pack", "make", sitting, "--reviewer", "Bob", "--out", path, "--to", key, "--personal-data", "redact")
        assert at(cqcmock, bob, "open", path).status == 0
    return made


def at(cqcmock: Run, laptop: Path, *arguments: str | Path) -> Outcome:
    return cqcmock("--data-dir", laptop, "pack", *arguments)


def opened(cqcmock: Run, bob: Path, path: Path) -> Any:
    return at(cqcmock, bob, "open", path, "--json").data


def damage(bob: Path, path: Path) -> None:
    (folder,) = (
        line.parent
        for line in bob.glob("review/*/opened-from.txt")
        if line.read_text("utf-8").endswith(f"{path.name}\n")
    )
    (folder / "library.sqlite").write_bytes(b"not a library any more")


def test_a_damaged_pack_is_listed_beside_the_others_forgotten_or_opened_anew(
    cqcmock: Run, bob: Path, packs: tuple[Path, Path]
) -> None:
    first, second = packs
    damage(bob, first)
    listed = at(cqcmock, bob, "list", "--json").data
    assert [one["file"] for one in listed["opened"]] == [second.name]
    (unreadable,) = listed["unreadable"]
    assert (unreadable["file"], unreadable["damaged"]) == (first.name, True)
    said = at(cqcmock, bob, "list").out
    assert f"{unreadable['pack']}  cannot be read: What you marked in “{first.name}” is damaged" in said
    assert f"“cqcmock pack forget {unreadable['pack']}”" in said
    refused = at(cqcmock, bob, "return", first, "--out", bob / "x")
    assert refused.status == 1
    assert "Open the pack again from its file" in refused.err
    assert opened(cqcmock, bob, first)["begun_anew"]
    assert not opened(cqcmock, bob, first)["begun_anew"]
    (aside,) = at(cqcmock, bob, "list", "--json").data["unreadable"]
    assert at(cqcmock, bob, "forget", aside["pack"]).status == 0
    after = at(cqcmock, bob, "list", "--json").data
    assert ({one["file"] for one in after["opened"]}, after["unreadable"]) == ({first.name, second.name}, [])


def test_opening_a_damaged_pack_anew_says_so_first(cqcmock: Run, bob: Path, packs: tuple[Path, Path]) -> None:
    damage(bob, packs[0])
    assert at(cqcmock, bob, "open", packs[0]).out.startswith("What was marked in it before could not be read")


def test_a_sheet_in_two_packs_is_marked_only_where_it_is_said(
    cqcmock: Run, bob: Path, packs: tuple[Path, Path], tmp_path: Path
) -> None:
    own = reviewer_keys.own_key(Location(bob))
    content = pack_file.read_pack(sealing.open_with_keys(packs[0].read_bytes(), [own.secret]))
    other = replace(content, pack=replace(content.pack, id="another-owners"))
    (tmp_path / "other").write_bytes(sealing.seal_to(pack_file.written_pack(other), own.address))
    sheet = opened(cqcmock, bob, tmp_path / "other")["sheets"][0]["id"]
    refused = at(cqcmock, bob, "sheet", sheet, "--marks", MARKS, "--submit")
    assert refused.status == 1
    for word in (packs[0].name, content.pack.id, "other", "another-owners", "--pack ID"):
        assert word in refused.err
    marked = at(cqcmock, bob, "sheet", sheet, "--pack", content.pack.id, "--marks", MARKS, "--submit", "--json")
    assert marked.data["state"] == "submitted"
    states = {
        path.name: {one["id"]: one["state"] for one in opened(cqcmock, bob, path)["sheets"]}[sheet]
        for path in (packs[0], tmp_path / "other")
    }
    assert states == {packs[0].name: "submitted", "other": "untouched"}


def test_a_return_names_the_sheets_that_are_missing(
    cqcmock: Run, bob: Path, packs: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = (one["id"] for one in opened(cqcmock, bob, packs[0])["sheets"])
    at(cqcmock, bob, "sheet", first, "--marks", MARKS, "--submit")
    wanted = ("return", packs[0], "--why-incomplete", "The train came in.", "--out", tmp_path / "back")
    assert at(cqcmock, bob, *wanted, "--json").data["missing_sheets"] == [second]
    assert f"Missing: {second}  untouched" in at(cqcmock, bob, *wanted).out
