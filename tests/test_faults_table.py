"""docs/faults.md and the tests that it is made from tell of the same faults, and a failure leaves it alone."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import faults

TESTS = faults.CHECKOUT / "tests"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
A_TEST = """
import pytest

@pytest.mark.parametrize("disk", ["stick", "laptop"])
def test_a_disk(disk, fault):
    fault("The disk is full", area="Disk", tried=3, lost=0, person_sees="“The disk in “/home/ann/data” is full.”")

def test_another(fault):
    fault("A kill", area="Kill", tried=2_000, half_done=0, person_sees="Everything | all")

@pytest.mark.skip(reason="no stick here")
def test_not_here(fault):
    fault("No stick", area="Disk", tried=1, person_sees="Nothing")
"""
FAILS = """
def test_it_fails(fault):
    fault("A kill", area="Kill", tried=1, person_sees="Nothing")
    assert False
"""
FORGETS = """
def test_it_says_nothing(fault):
    pass
"""


def those_that_tell() -> Iterator[str]:
    """Every test that names the fixture, by its file and name."""
    for path in TESTS.rglob("test_*.py"):
        if "fault" in (text := path.read_text(encoding="utf-8")):
            for node in ast.parse(text).body:
                if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
                    continue
                if "fault" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}:
                    yield f"{path.relative_to(faults.CHECKOUT).as_posix()}::{node.name}"


def those_in(table: str) -> set[str]:
    _, _, behind = table.partition("## The tests behind the rows")
    return {word for word in behind.split("`") if "::" in word}


def test_every_test_that_tells_of_a_fault_has_its_row_and_every_row_its_test() -> None:
    assert those_in(faults.TABLE.read_text(encoding="utf-8")) == set(those_that_tell())


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What pytest reports of each of these files, which it runs as any other with the suite's own conftest."""
    folder = tmp_path_factory.mktemp("reports")
    tests = {"test_good": A_TEST, "test_fails": FAILS, "test_forgets": FORGETS, "test_broken": "import no_such_thing"}
    (folder / "conftest.py").write_text((TESTS / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]", encoding="utf-8")
    for name, text in tests.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-m", "fault", "--continue-on-collection-errors", "--junitxml=all.xml"]
    unneeded = [
        word for name in ("pytestqt", "pytest-qt", "xdist", "hypothesispytest") for word in ("-p", f"no:{name}")
    ]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *unneeded],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(faults.CHECKOUT)},
        capture_output=True,
        check=False,
    )
    return {name: _of_one(folder / "all.xml", name) for name in tests}


def _of_one(whole: Path, name: str) -> Path:
    """The part of a report that is about one file."""
    tree = ET.parse(whole)
    for suite in tree.getroot():
        for case in [*suite]:
            if name not in (case.get("classname", ""), case.get("name", "")):
                suite.remove(case)
        assert len(suite) > 0, name
    part = whole.with_name(f"{name}.xml")
    tree.write(part)
    return part


def test_a_fault_that_several_tests_try_is_one_row_without_a_path(reports: dict[str, Path], tmp_path: Path) -> None:
    table = tmp_path / "faults.md"
    assert faults.write([reports["test_good"]], table, NOW, "Some System") == 0
    text = table.read_text(encoding="utf-8")
    assert "| The disk is full | 6 | 0 | – | – | “The disk in “…” is full.” |" in text
    assert "| A kill | 2,000 | – | – | 0 | Everything / all |" in text
    assert "2,006 faults of 2 kinds: nothing lost, nothing damaged, nothing half done." in text
    assert "no stick here" in text.partition("## Not tried on this system")[2]
    assert text.index("## Kill") < text.index("## Disk")
    assert "home" not in text
    assert faults.write([reports["test_good"]] * 2, table, NOW, "Some System") == 0
    assert "| The disk is full | 12 |" in table.read_text(encoding="utf-8"), "rows of the same name are added up"


@pytest.mark.parametrize(
    ("bad", "said"),
    [("test_fails", "::test_it_fails"), ("test_forgets", "told of no fault"), ("test_broken", "test_broken")],
)
def test_a_failure_leaves_the_table_as_it_was(
    reports: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, said: str
) -> None:
    table = tmp_path / "faults.md"
    table.write_text("as it was", encoding="utf-8")
    assert faults.main(["--from", str(reports["test_good"]), str(reports[bad]), "--to", str(table)]) == 1
    assert said in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == "as it was"


def test_a_part_that_was_not_run_to_its_end_leaves_the_table_as_it_was(
    reports: dict[str, Path], tmp_path: Path
) -> None:
    table = tmp_path / "faults.md"
    assert faults.write([reports["test_good"], tmp_path / "missing.xml"], table, NOW, "Some System") == 1
    assert not table.exists()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The disk with “/tmp/x y/data ?#%41 & so” is full. Free some.", "The disk with “…” is full. Free some."),
        ("It is noted in /home/ann/logs/crash.log.", "It is noted in …."),
        ("Not written to /media/a stick/key: No space. Try.", "Not written to …: No space. Try."),
        ("The place, /media/a stick, is not there.", "The place, …, is not there."),
        ("What is in /media/a stick is not the same.", "What is in … is not the same."),
        ("Not in “C:\\Users\\Ann\\data”.", "Not in “…”."),
        (
            "The copy of 22 November 2026, 14:43, and library-20261122-090000.sqlite",
            "The copy of …, and library-….sqlite",
        ),
        ("Marks and/or words, 1/2.", "Marks and/or words, 1/2."),
    ],
)
def test_a_sentence_is_shown_without_what_is_only_so_here_and_now(said: str, shown: str) -> None:
    assert faults.anywhere(said) == shown
