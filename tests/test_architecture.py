"""What may import what: arrows point inward, and the core knows no window."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

ROOT = Path(__file__).resolve().parent.parent
TOO_LONG = 450


def test_the_core_knows_neither_qt_nor_the_window() -> None:
    (
        archrule("the core knows neither Qt nor the window")
        .match("cqcmock*")
        .exclude("cqcmock.__main__")
        .should_not_import("PySide6*", "shiboken6*", "ui", "ui.*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_only_the_start_names_the_window() -> None:
    (
        archrule("the start names the window's composition root and nothing else of it")
        .match("cqcmock.__main__")
        .should_not_import("PySide6*", "ui.home*", "ui.rehearse*", "ui.widgets*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_the_rules_know_nobody() -> None:
    (
        archrule("domain knows the standard library and errors")
        .match("cqcmock.domain*")
        .may_import("cqcmock.domain*", "cqcmock.errors")
        .should_not_import("cqcmock*", "sqlalchemy*", "msgspec*", "reportlab*")
        .check("cqcmock", only_direct_imports=True)
    )


@pytest.mark.parametrize("package", ["banks", "listening", "review"])
def test_readers_know_the_rules_and_no_store(package: str) -> None:
    (
        archrule(f"{package} knows domain, errors and atomic")
        .match(f"cqcmock.{package}*")
        .may_import(f"cqcmock.{package}*", "cqcmock.domain*", "cqcmock.errors", "cqcmock.atomic")
        .should_not_import("cqcmock*", "sqlalchemy*", "reportlab*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_storage_knows_the_rules_and_its_database() -> None:
    (
        archrule("storage knows domain, errors and atomic")
        .match("cqcmock.storage*")
        .may_import("cqcmock.storage*", "cqcmock.domain*", "cqcmock.errors", "cqcmock.atomic")
        .should_not_import("cqcmock*", "reportlab*", "typer*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_reports_know_the_rules_and_no_store() -> None:
    (
        archrule("reports know domain and errors")
        .match("cqcmock.reports*")
        .may_import("cqcmock.reports*", "cqcmock.domain*", "cqcmock.errors")
        .should_not_import("cqcmock*", "sqlalchemy*", "typer*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_services_know_no_shell_and_no_sql() -> None:
    (
        archrule("services know neither the command line nor SQL nor reportlab")
        .match("cqcmock.services*")
        .should_not_import("cqcmock.cli*", "typer*", "sqlalchemy*", "alembic*", "reportlab*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_the_command_line_goes_through_services() -> None:
    (
        archrule("cli knows services, domain, errors and where things are")
        .match("cqcmock.cli*")
        .may_import(
            "cqcmock.cli*",
            "cqcmock.services*",
            "cqcmock.domain*",
            "cqcmock.errors",
            "cqcmock.clock",
            "cqcmock.paths",
            "cqcmock.settings",
            "cqcmock.logs",
            "cqcmock",
        )
        .should_not_import("cqcmock.*", "sqlalchemy*", "reportlab*")
        .check("cqcmock", only_direct_imports=True)
    )


def test_the_window_goes_through_services() -> None:
    (
        archrule("ui knows services, domain and errors")
        .match("ui*")
        .exclude("ui.app")
        .may_import(
            "cqcmock.services*",
            "cqcmock.domain*",
            "cqcmock.errors",
            "cqcmock.clock",
            "cqcmock.settings",
            "cqcmock.paths",
        )
        .should_not_import("cqcmock*", "sqlalchemy*", "reportlab*", "pypdfium2*")
        .check("ui", only_direct_imports=True)
    )


def test_the_core_runs_where_qt_cannot_be_imported(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'ui'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "from cqcmock.__main__ import main\n"
        f"sys.exit(main(['--data-dir', {str(tmp_path)!r}, 'self-test']))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("package", ["cqcmock", "ui"])
def test_no_file_has_grown_past_what_a_reader_can_hold(package: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / package).rglob("*.py")}
    assert not {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > TOO_LONG}


@pytest.mark.parametrize("package", ["cqcmock", "ui"])
def test_every_module_says_why_it_exists(package: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / package).rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_nothing_stands_at_the_top_that_the_design_does_not_name() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert top <= {
        "main.py", "cqcmock", "ui", "question_banks", "resources", "tests", "pyproject.toml", "README.md",
        "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs", ".ci", ".gitignore",
    }  # fmt: skip
