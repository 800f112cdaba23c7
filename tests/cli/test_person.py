"""`cqcmock person`: list, export and erase, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import person_data
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.played import played

ANN, BOB = "Ann Example", "Bob Example"


def rehearsed(folder: Path, *people: str) -> None:
    with libraries.open_library(Location(folder)) as library:
        for person in people:
            played(library, HandClock(), answers=("We asked carers.",), person=person)


def test_people_are_listed_with_where_they_stand(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN, ANN.upper(), "Anne Example")

    outcome = cqcmock("person", "list", "--json")

    assert outcome.status == 0
    found = {one["name"]: one for one in outcome.data}
    assert found[ANN.upper()]["where"] == {"sitting": 2}
    assert found[ANN.upper()]["look_alikes"] == ["Anne Example"]
    assert "perhaps also “Anne Example”" in cqcmock("person", "list").out


def test_an_empty_library_knows_nobody(cqcmock: Run) -> None:
    assert "knows nobody" in cqcmock("person", "list").out


def test_an_export_says_where_it_is_and_that_it_is_not_locked(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN)

    outcome = cqcmock("person", "export", "ann example", "--out", tmp_path / "hers", "--json")

    assert outcome.status == 0
    assert outcome.data["locked"] is False
    assert outcome.data["rehearsals"] == 1
    written = json.loads((tmp_path / "hers" / "data.json").read_text("utf-8"))
    assert written.keys() == person_data.KEYS.keys()
    assert written["rehearsals"][0]["files"] == ["rehearsal-1.pdf", "rehearsal-1.html"]


def test_a_folder_with_something_in_it_is_refused_with_one_sentence(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN)
    (tmp_path / "hers").mkdir()
    (tmp_path / "hers" / "mine.txt").write_text("mine")

    outcome = cqcmock("person", "export", ANN, "--out", tmp_path / "hers")

    assert outcome.status == 1
    assert "There is something in" in outcome.err
    assert [path.name for path in (tmp_path / "hers").iterdir()] == ["mine.txt"]


def test_without_yes_an_erasure_only_shows_what_would_go(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN, BOB)

    outcome = cqcmock("person", "erase", ANN, "--why", "asked for", "--json")

    assert outcome.status == 0
    assert outcome.data["erased"] is False
    assert outcome.data["gone"] == {"sitting": 1}
    assert "Nothing has been changed yet" in cqcmock("person", "erase", ANN, "--why", "asked for").out
    assert len(cqcmock("sittings", "list", "--json").data) == 2


def test_with_yes_everything_of_one_person_goes(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN, BOB)

    outcome = cqcmock("person", "erase", ANN.lower(), "--why", "asked for", "--yes", "--json")

    assert outcome.status == 0
    assert outcome.data["erased"] is True
    assert outcome.data["copies"]["waiting"] == []
    names = {one["name"] for one in cqcmock("person", "list", "--json").data}
    assert names & {ANN, BOB} == {BOB}
    assert len(cqcmock("sittings", "list", "--json").data) == 1


def test_an_unknown_name_is_told_with_those_that_look_alike(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN)

    for command in (("export", "Anne Example", "--out", tmp_path / "x"), ("erase", "Anne Example", "--why", "asked")):
        outcome = cqcmock("person", *command)
        assert outcome.status == 1
        assert "Did you mean “Ann Example”?" in outcome.err


def test_a_sitting_says_of_each_question_who_can_see_its_answer(cqcmock: Run, tmp_path: Path) -> None:
    rehearsed(tmp_path / "data", ANN)
    (sitting,) = cqcmock("sittings", "list", "--json").data

    shown = cqcmock("sittings", "show", sitting["id"], "--json").data

    (question,) = shown["questions"]
    assert question["who_can_see"][0].startswith("It is not locked")
