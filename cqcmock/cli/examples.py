"""`demo` and `self-test`: the whole program on a library that is thrown away."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
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


def self_test(
    privacy: Annotated[
        bool, typer.Option("--privacy", help="Do the main job with the network cut off, and say what was tried.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Start everything once on a temporary data folder, and say that it works."""
    if as_json and not privacy:
        raise typer.BadParameter("Here it goes with --privacy.", param_hint="--json")
    with tempfile.TemporaryDirectory(prefix="cqcmock-self-test-") as folder:
        if privacy:
            _privacy(Path(folder), as_json)
            return
        for sentence in self_test_steps(Path(folder), system_clock()):
            typer.echo(sentence)


def _privacy(folder: Path, as_json: bool) -> None:
    from cqcmock.services import self_test_privacy as privacy

    outcome = privacy.privacy_test(folder)
    data = {
        "works": outcome.works,
        "parts": [
            {"name": part.name, "sentence": part.sentence, "tried": len(outcome.tried_in(part))}
            for part in outcome.parts
        ],
        "tried": [asdict(one) for one in outcome.attempts],
        "failed": outcome.failed,
        "left_out": outcome.left_out,
        "desktop": outcome.desktop,
        "watched": outcome.watched,
        "counters": outcome.counted,
    }
    lines = [
        part.sentence if outcome.tried_in(part) else f"{part.sentence} No connection was tried."
        for part in outcome.parts
    ]
    lines += [f"It talks to the desktop of this computer: {said}." for said in outcome.desktop]
    lines += outcome.left_out
    if outcome.works:
        lines.append("Everything works, and no connection was tried.")
    lines.append(outcome.watched)
    show(data, lines, as_json)
    if not outcome.works:
        raise privacy.trouble(outcome)
