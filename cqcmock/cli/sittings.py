"""`sittings` and `report`: what is kept, and the feedback on it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.english import duration
from cqcmock.domain.interview import Take, over_seconds
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import PlannedQuestion
from cqcmock.domain.sitting import Sitting
from cqcmock.services import reports, seeing, sittings
from cqcmock.services.interviewing import depth_in
from cqcmock.services.rehearsing import heard_in
from cqcmock.settings import load_settings


def list_them(context: typer.Context, as_json: AsJson = False) -> None:
    """List the rehearsals, the latest first."""
    with library_of(context) as library:
        found = sittings.recent(library)
    data = [
        {
            "id": s.id, "title": s.title, "role": s.role, "mode": s.mode, "place": s.place, "state": s.phase,
            "started_at": s.started_at.isoformat(), "questions": s.questions, "answers": s.answers,
        }
        for s in found
    ]  # fmt: skip
    lines = [f"{summary.id}  {summary.phase:10}  {summary.title}" for summary in found]
    show(data, lines or ["There is no rehearsal yet. “cqcmock rehearse” starts one."], as_json)


def show_one(context: typer.Context, sitting: str, as_json: AsJson = False) -> None:
    """Show one rehearsal with every word of it."""
    with library_of(context) as library:
        found = sittings.load(library, sitting)
        seen = seeing.of_sitting(library, where(context), found.id)
    data = as_data(found)
    for number, question in enumerate(data["questions"]):
        question["who_can_see"] = list(seen.of(number).lines)
    show(data, _lines(found), as_json)


def as_data(sitting: Sitting) -> dict[str, Any]:
    """A sitting as scripts read it."""
    asked = zip(sitting.plan.questions, sitting.state.takes, strict=False)
    return {
        "id": sitting.id,
        "title": sitting.title,
        "role": sitting.plan.role,
        "mode": sitting.plan.mode,
        "place": sitting.plan.place,
        "state": sitting.state.phase,
        "started_at": sitting.started_at.isoformat(),
        "questions": [
            {
                "id": planned.question.id,
                "bank": planned.bank,
                "text": planned.question.text,
                "takes": [_take(take, planned) for take in takes],
                **_interviewed(sitting, number),
            }
            for number, (planned, takes) in enumerate(asked)
        ],
        "last_words": sitting.state.last_words,
        "own_marks": {
            "submitted": sitting.sheet.submitted,
            "overall": sitting.sheet.overall,
            "comment": sitting.sheet.comment,
            "answers": [
                {"question": question, "levels": dict(marks.levels), "comment": marks.comment, "tags": list(marks.tags)}
                for question, marks in sorted(sitting.sheet.answers.items())
            ],
        },
        "reflection": asdict(sitting.reflection),
        "actions": [
            {
                "id": action.id,
                "what": action.what,
                "owner": action.owner,
                "due": action.due.isoformat() if action.due else None,
                "done": action.done.isoformat() if action.done else None,
            }
            for action in sitting.actions
        ],
    }


def _interviewed(sitting: Sitting, question: int) -> dict[str, Any]:
    """What an interviewer tapped, and how deep the question went; nothing where nobody asked on."""
    if sitting.plan.mode is not Mode.INTERVIEWER:
        return {}
    hearing = heard_in(sitting.plan, sitting.state, question, -1, sitting.started_at.date())
    depth = depth_in(sitting, question, hearing)
    return {
        "taps": [text for number, text in sitting.state.taps if number == question],
        "depth": {"reached": depth.reached, "asked": depth.asked} if depth else None,
    }


def _take(take: Take, planned: PlannedQuestion) -> dict[str, Any]:
    return {
        "text": take.text,
        "prepare_seconds": round(take.prepare_seconds, 1),
        "answer_seconds": round(take.answer_seconds, 1),
        "over_seconds": round(over_seconds(take, planned.timing), 1),
        "probes": [
            {"text": probe.text, "answer": probe.answer, "cue": probe.cue, "seconds": round(probe.seconds, 1)}
            for probe in take.probes
        ],
    }


def _lines(sitting: Sitting) -> list[str]:
    lines = [sitting.title, f"{sitting.plan.mode} mode, {sitting.state.phase}"]
    for number, takes in enumerate(sitting.state.takes):
        lines += ["", f"{number + 1}. {sitting.plan.questions[number].question.text}"]
        for take in takes:
            lines += [take.text or "(no words)", f"({duration(take.answer_seconds)})"]
            for probe in take.probes:
                lines += [f"  > {probe.text}", f"  {probe.answer or '(no answer)'}"]
    return lines


def delete(
    context: typer.Context,
    sitting: str,
    for_good: Annotated[bool, typer.Option("--for-good", help="At once, and beyond recall.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete one rehearsal; the window can take it back for thirty days."""
    with library_of(context) as library:
        found = sittings.load(library, sitting)
        if for_good:
            sittings.delete_for_good(library, sitting)
        else:
            sittings.delete(library, sitting, system_clock())
    show({"deleted": found.id, "for_good": for_good}, [f"Deleted: {found.title}."], as_json)


def report(
    context: typer.Context,
    sitting: str,
    out: Annotated[Path, typer.Option(help="The file to write, ending in .pdf or .html.")],
    leave_out_names: Annotated[
        bool, typer.Option("--leave-out-names", help="Leave out what could name somebody.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the feedback report of one rehearsal."""
    settings = load_settings(where(context).folder).settings
    reports.check_target(out)
    with library_of(context) as library:
        private = reports.write_report(library, sitting, out, settings, system_clock(), leave_out=leave_out_names)
    for data in private:
        typer.echo(f"Somebody could be recognised by “{data.text}”: {data.why}", err=True)
    show({"sitting": sitting, "report": str(out)}, [f"The report is in {out}."], as_json)
