"""`--components` for whoever signs the program off, and `--version`, which says no more than it ever did."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cqcmock import __version__
from cqcmock.services import components
from tests.cli.conftest import Run


def test_the_version_alone_is_one_line(cqcmock: Run) -> None:
    outcome = cqcmock("--version")
    assert (outcome.status, outcome.out, outcome.err) == (0, f"cqcmock {__version__}\n", "")


def test_the_version_alone_looks_at_no_component() -> None:
    code = (
        "import sys\nfrom cqcmock.__main__ import main\nassert main(['--version']) == 0\n"
        "assert 'cqcmock.services.components' not in sys.modules\nassert 'sqlalchemy' not in sys.modules"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("options", [("--components",), ("--version", "--components"), ("--components", "--version")])
def test_components_are_told_with_or_without_the_version(cqcmock: Run, options: tuple[str, ...]) -> None:
    outcome = cqcmock(*options)
    assert outcome.status == 0
    first, second, *rest = outcome.out.splitlines()
    assert first == f"cqcmock {__version__}"
    assert second.startswith("Python 3.")
    assert "Needed to run:" in rest
    (line,) = [line for line in rest if line.startswith("  SQLAlchemy ")]
    assert line.split()[2:] == ["MIT", "https://www.sqlalchemy.org"]
    assert any("test" in line for line in rest[rest.index("Needed to run:") :])


def test_components_as_json_are_one_document(cqcmock: Run) -> None:
    data = cqcmock("--version", "--components", "--json").data
    assert data["cqcmock"] == __version__
    assert {"python", "sqlite", "sqlcipher", "openssl", "qt", "components"} <= data.keys()
    for one in data["components"]:
        assert {"name", "version", "licence", "home_page", "needed_for"} <= one.keys()
        assert all(isinstance(value, str) and value for value in one.values())


def test_json_alone_is_not_understood(cqcmock: Run) -> None:
    outcome = cqcmock("--json", "--version")
    assert (outcome.status, outcome.out) == (2, "")
    assert "--components" in outcome.err


def test_what_a_library_says_of_itself_is_harmless_to_a_terminal(cqcmock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = components.inventory()
    bad = replace(found.components[0], licence="MIT\x1b[2J\x07", home_page="\x9bhttps://a.example")
    monkeypatch.setattr("cqcmock.cli.components.inventory", lambda: replace(found, components=(bad,)))
    outcome = cqcmock("--components")
    assert outcome.status == 0
    assert "https://a.example" in outcome.out
    assert not {"\x1b", "\x07", "\x9b"} & set(outcome.out)
