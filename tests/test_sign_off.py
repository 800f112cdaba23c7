"""The officer's checklist: every command in it does what its line says, in the order in which it stands there."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from cqcmock.__main__ import main
from cqcmock.cli.commands import app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "sign-off.md"
REFUSED = "# refused"


def commands() -> Iterator[str]:
    """Every line in a block of commands."""
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        yield from filter(None, map(str.strip, block.splitlines()))


def run(line: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(shlex.split(line, comments=True)[1:])
    return status, out.getvalue(), err.getvalue()


def shown(line: str, *more: str) -> object:
    status, out, err = run(" ".join((line, *more, "--json")))
    assert status == 0, err
    return json.loads(out)


@pytest.mark.slow
def test_every_command_of_the_checklist_does_what_its_line_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trial = "cqcmock --data-dir trial --words-file new-words.txt"
    for line in commands():
        if line.startswith("echo "):
            words, _, file = line.removeprefix("echo ").partition(" > ")
            Path(file).write_text(words.strip("'"), encoding="utf-8")
            continue
        if line.startswith("mkdir "):
            Path(line.removeprefix("mkdir ")).mkdir()
            continue
        if " ID " in line or " HOLD " in line:
            kept = shown(f"{trial} retention list")
            assert isinstance(kept, dict)
            line = line.replace(" ID ", f" {kept['things'][0]['id']} ")
            line = line.replace(" HOLD ", f" {''.join(hold['hold'] for hold in kept['holds'])} ")
        if "*" in line:
            (found,) = Path("stick").glob("*.age")
            line = line.replace("stick/*.age", str(found))
        status, _, err = run(line)
        assert status == (1 if line.endswith(REFUSED) else 0), f"{line}\n{err}"
    assert Path("feedback.pdf").exists()
    assert Path("facts.pdf").exists()
    assert Path("gone.pdf").exists()
    assert (tmp_path / "about-them" / "index.html").exists()


def test_every_command_of_the_checklist_exists() -> None:
    for line in commands():
        words = [word for word in shlex.split(line, comments=True) if not word.startswith("-")]
        if words[0] != "cqcmock":
            continue
        command = get_command(app)
        for word in words[1:]:
            inner = getattr(command, "commands", None)
            if inner is None:
                break
            command = inner.get(word, command)
        assert not getattr(command, "commands", None) or "--version" in line, line
