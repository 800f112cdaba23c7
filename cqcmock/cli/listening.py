"""`listen` and `rate`: the reading of one answer, and the arithmetic of a rating."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, library_of, show
from cqcmock.clock import system_clock
from cqcmock.domain.framework import rate
from cqcmock.errors import UserError
from cqcmock.services import answers, shipped


def listen_to(
    context: typer.Context,
    bank: Annotated[str, typer.Option(help="The bank that holds the question.")],
    question: Annotated[str, typer.Option(help="The question's id.")],
    answer: Annotated[Path, typer.Option(help="A text file with the answer.")],
    story: Annotated[str, typer.Option(help="The local story whose place is meant.")] = "hertfordshire",
    as_json: AsJson = False,
) -> None:
    """Say what was heard in an answer and what was not."""
    with library_of(context) as library:
        hearing = answers.listen_to_file(library, bank, question, answer, story, system_clock())
    data = {
        "points": [
            {"id": p.id, "label": p.label, "heard": p.heard, "negated": p.negated, "spans": [list(s) for s in p.spans]}
            for p in hearing.points
        ],
        "numbers": [
            {
                "text": n.text,
                "value": n.value,
                "unit": n.unit,
                "year": n.year,
                "span": list(n.span),
                "fact": n.fact or None,
                "agrees": n.agrees,
                "out_of_date": n.out_of_date,
                "why": n.why,
            }
            for n in hearing.numbers
        ],
        "findings": [{"kind": f.kind, "text": f.text, "span": list(f.span), "why": f.why} for f in hearing.findings],
        "personal_data": [
            {"kind": d.kind, "text": d.text, "span": list(d.span), "why": d.why} for d in hearing.personal_data
        ],
        "probes": [{"cue": p.cue, "text": p.text, "point": p.point} for p in hearing.probes],
    }
    lines = [
        *(f"{'heard' if point.heard else 'not heard':10} {point.label}" for point in hearing.points),
        *(f"number     {number.text}: {number.why}" for number in hearing.numbers),
        *(f"{finding.kind:10} {finding.text}: {finding.why}" for finding in hearing.findings),
        *(f"personal   {data.text}: {data.why}" for data in hearing.personal_data),
        *(f"next       {probe.text}" for probe in hearing.probes),
    ]
    show(data, lines, as_json)


def rate_scores(
    scores: Annotated[str, typer.Option(help="One score for each quality statement, for instance 3,3,3,3,4,3,3,3,3.")],
    framework: Annotated[str, typer.Option(help="The framework's id.")] = shipped.DEFAULT_FRAMEWORK,
    as_json: AsJson = False,
) -> None:
    """Work out the rating that these scores would give."""
    found = shipped.framework(framework)
    try:
        numbers = [int(score) for score in scores.split(",")]
    except ValueError as error:
        raise UserError(
            f"“{scores}” is not a list of scores.", "Give whole numbers with commas between them: 3,3,3."
        ) from error
    rating = rate(numbers, found)
    lines = [f"{rating.total} of {rating.possible} is {rating.percent} %: {rating.rating}", *rating.warnings]
    if rating.practice_indication:
        lines.insert(1, "Practice indication: not every quality statement was scored.")
    show(asdict(rating), lines, as_json)
