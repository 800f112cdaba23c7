"""`demo` and `self-test`: the whole program on a library that is thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, show
from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import examples
from cqcmock.services.self_test import self_test as self_test_steps


def demo(
    out: Annotated[Path, typer.Option(help="The folder for the example's PDF and HTML.")], as_json: AsJson = False
) -> None:
    """Rehearse a worked example from question to report, in seconds."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file.", "Choose a folder.")
    with tempfile.TemporaryDirectory(prefix="cqcmock-demo-") as folder:
        files = examples.demo(out, Location(Path(folder)), system_clock())
    data = {"sitting": files.sitting, "report": str(files.pdf), "pdf": str(files.pdf), "html": str(files.html)}
    lines = [
        f"The worked example is in {files.pdf} and {files.html}.",
        "Its answers are an example, not anybody's words.",
    ]
    show(data, lines, as_json)


def self_test() -> None:
    """Start everything once on a temporary data folder, and say that it works."""
    with tempfile.TemporaryDirectory(prefix="cqcmock-self-test-") as folder:
        for sentence in self_test_steps(Path(folder), system_clock()):
            typer.echo(sentence)
