"""`rehearse`: a whole interview in the terminal, asked by hand or answered from a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.cli.terminal import refuse_interviewer, rehearse_by_hand
from cqcmock.clock import system_clock
from cqcmock.domain.modes import Mode
from cqcmock.errors import UserError
from cqcmock.services import answers, rehearsing, reports, scripted
from cqcmock.settings import load_settings


def rehearse(
    context: typer.Context,
    role: Annotated[str | None, typer.Option(help="Who is interviewed, for instance lead-member.")] = None,
    questions: Annotated[int | None, typer.Option(help="How many questions.")] = None,
    mode: Annotated[
        Mode | None,
        typer.Option(
            help="Practice has hints and pauses, realistic has none. "
            "Interviewer needs two windows: here it is refused, with --answers too."
        ),
    ] = None,
    place: Annotated[str | None, typer.Option(help="The place that the questions speak of.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same number draws the same questions.")] = None,
    resume: Annotated[str | None, typer.Option(help="The id of a rehearsal to go on with.")] = None,
    answers_file: Annotated[
        Path | None, typer.Option("--answers", help="Read the answers from this file instead of asking.")
    ] = None,
    reflection_file: Annotated[
        Path | None, typer.Option("--reflection", help="Read the reflection from this TOML file.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the feedback report here (.pdf or .html).")] = None,
    as_json: AsJson = False,
) -> None:
    """Rehearse an interview in the terminal."""
    settings = load_settings(where(context).folder).settings
    blocks = answers.answers_in(answers_file) if answers_file else ()
    written = answers.read_reflection(reflection_file) if reflection_file else None
    if out:
        reports.check_target(out)
    if as_json and not blocks:
        raise UserError(
            "--json prints nothing but one document, so nothing can be asked.", "Give the answers with --answers FILE."
        )
    clock = system_clock()
    with library_of(context) as library:
        set_up = rehearsing.default_set_up(library, settings, role)
        set_up = replace(
            set_up, questions=len(blocks) or questions or set_up.questions, mode=mode or set_up.mode, seed=seed
        )
        if not resume:
            refuse_interviewer(set_up.mode)
        if place:
            set_up = rehearsing.at_place(library, set_up, place)
        if blocks:
            outcome = scripted.rehearse(library, set_up, blocks, written, clock)
            for sentence in outcome.left_over:
                typer.echo(sentence, err=True)
            sitting = outcome.sitting
        else:
            sitting = rehearse_by_hand(library, set_up, resume, written, clock)
        if out:
            reports.write_report(library, sitting.id, out, settings, clock)
    answered = sum(1 for takes in sitting.state.takes if takes)
    data = {"sitting": sitting.id, "answers": answered, "report": str(out) if out else None}
    lines = [f"Saved as “{sitting.title}” ({sitting.id})."]
    lines.append(f"The report is in {out}." if out else f"For a report: cqcmock report {sitting.id} --out FEEDBACK.pdf")
    show(data, lines, as_json)
