"""`retention` on the command line: what is kept, what is held, and what was deleted, for people and for scripts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.recordings import FOLDER as AUDIO
from cqcmock.settings import Settings, save_settings
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.played import played

ANSWER = "We asked the carers of Quibblefrost."


@pytest.fixture
def sitting(cqcmock: Run, tmp_path: Path) -> str:
    """A rehearsal, a recording, and a backup of both."""
    data = tmp_path / "data"
    (data / AUDIO).mkdir()
    (data / AUDIO / "talk.wav").write_bytes(b"RIFF" + ANSWER.encode())
    with libraries.open_library(Location(data)) as library:
        made = played(library, HandClock(), answers=(ANSWER,))
        libraries.back_up_now(library)
    return made


def words_left(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file() and b"Quibblefrost" in path.read_bytes()]


def test_it_lists_what_there_is_with_its_rule_and_when_it_is_due(cqcmock: Run, sitting: str) -> None:
    listed = cqcmock("retention", "list", "--json").data
    assert listed["rules"] == {"sitting": 6, "recording": 6, "pack": 6, "opened-pack": 6, "cafe": 6}
    assert (listed["assessment"], listed["delete_when_due"], listed["holds"]) == (None, False, [])
    one = next(thing for thing in listed["things"] if thing["kind"] == "sitting")
    assert one["id"] == sitting
    assert (one["rule"], one["hold"], one["deleted_already"]) == ("6 months after it was last worked on", None, False)
    assert {thing["kind"] for thing in listed["things"]} == {"sitting", "recording"}
    assert sitting in cqcmock("retention", "list").out


def test_only_what_is_due_is_listed_where_that_is_asked_for(cqcmock: Run, sitting: str, tmp_path: Path) -> None:
    assert cqcmock("retention", "list", "--due").out == "Nothing is due.\n"
    started = HandClock().wall.date() - timedelta(days=400)
    save_settings(tmp_path / "data", Settings(practising_for=started, keep_months=0))
    due = cqcmock("retention", "list", "--due", "--json").data["things"]
    assert {(thing["kind"], thing["is_due"]) for thing in due} == {("sitting", True), ("recording", True)}
    assert " · DUE" in cqcmock("retention", "list", "--due").out


def test_an_empty_library_says_so(cqcmock: Run) -> None:
    assert cqcmock("retention", "list").out == "There is nothing yet that a rule applies to.\n"
    assert cqcmock("retention", "log").out == "Nothing was deleted yet.\n"
    assert cqcmock("retention", "delete", "--due", "--why", "Routine").out == "Nothing is due.\n"


@pytest.mark.parametrize("held", [(), ("sitting",), ("sitting", "ID")])
def test_what_is_held_is_deleted_by_no_command_until_it_is_released(
    cqcmock: Run, sitting: str, held: tuple[str, ...], tmp_path: Path
) -> None:
    wanted = [sitting if part == "ID" else part for part in held]
    hold = cqcmock("retention", "hold", *wanted, "--why", "Request 4711", "--json").data
    assert (hold["kind"], hold["id"]) == (*wanted, None, None)[:2]
    for command in (
        ("retention", "delete", sitting, "--why", "Over", "--yes"),
        ("sittings", "delete", sitting),
        ("sittings", "delete", sitting, "--for-good"),
    ):
        refused = cqcmock(*command)
        assert refused.status == 1
        assert "because Request 4711" in refused.err
        assert "Traceback" not in refused.err
    assert "held: Request 4711" in cqcmock("retention", "list").out
    released = cqcmock("retention", "release", hold["hold"], "--why", "Answered", "--json").data
    assert released["released_at"]
    assert cqcmock("retention", "delete", sitting, "--why", "Over", "--yes").status == 0
    assert cqcmock("retention", "release", hold["hold"], "--why", "Again").status == 1


def test_a_reason_and_a_kind_that_there_is_are_asked_for(cqcmock: Run, sitting: str) -> None:
    assert cqcmock("retention", "hold").status == 2
    assert "no reason" in cqcmock("retention", "hold", "--why", " ").err
    assert "The kinds are sitting, recording, pack" in cqcmock("retention", "hold", "bank", "--why", "x").err
    assert cqcmock("retention", "delete", sitting).status == 2
    assert cqcmock("retention", "delete", "--why", "x").status == 2
    assert cqcmock("retention", "delete", sitting, "--due", "--why", "x").status == 2
    assert "nothing with the id “nobody”" in cqcmock("retention", "delete", "nobody", "--why", "x", "--yes").err


def test_without_yes_nothing_is_deleted_where_nobody_can_be_asked(cqcmock: Run, sitting: str, tmp_path: Path) -> None:
    refused = cqcmock("retention", "delete", sitting, "--why", "Over")
    assert refused.status == 1
    assert "--yes" in refused.err
    assert words_left(tmp_path / "data")


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_what_is_deleted_is_gone_from_every_file_and_certified(
    cqcmock: Run, sitting: str, tmp_path: Path, ending: str
) -> None:
    assert len(words_left(tmp_path / "data")) >= 3
    ids = [thing["id"] for thing in cqcmock("retention", "list", "--json").data["things"]]
    paper = tmp_path / f"proof.{ending}"
    done = cqcmock("retention", "delete", *ids, "--why", "Over", "--certificate", paper, "--yes", "--json").data
    assert {one["id"] for one in done["deleted"]} == set(ids)
    assert (done["backups"], done["waiting"], done["unread"], done["certificate"]) == (1, [], [], str(paper))
    assert words_left(tmp_path / "data") == []
    assert paper.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"<!DOCTYPE html>")
    if ending == "html":
        assert sitting in paper.read_text("utf-8")
        assert done["audit"]["head"][:16] in paper.read_text("utf-8")


def test_a_certificate_that_cannot_be_written_stops_the_deletion_before_it_begins(
    cqcmock: Run, sitting: str, tmp_path: Path
) -> None:
    refused = cqcmock("retention", "delete", sitting, "--why", "Over", "--certificate", tmp_path / "x.txt", "--yes")
    assert refused.status == 1
    assert words_left(tmp_path / "data")


def test_the_log_says_what_when_why_and_under_which_rule(cqcmock: Run, sitting: str) -> None:
    cqcmock("retention", "delete", sitting, "--why", "Over and done", "--yes")
    (entry,) = cqcmock("retention", "log", "--json").data
    assert (entry["kind"], entry["id"], entry["why"]) == ("sitting", sitting, "Over and done")
    assert entry["details"]["rule"] == "6 months after it was last worked on"
    line = cqcmock("retention", "log").out
    assert f"deleted  sitting {sitting} · rule: 6 months after it was last worked on · Over and done\n" in line
