"""`pack` for the owner: sealed packs made for peer reviewers, and what came back taken in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cqcmock.cli.arguments import named, text, texts
from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.cli.marks_data import marks_data
from cqcmock.cli.passphrases import PassphraseFile, given_passphrase
from cqcmock.clock import system_clock
from cqcmock.domain.agreement import Coefficient
from cqcmock.domain.english import count
from cqcmock.errors import UserError
from cqcmock.services import merging, packing, peers, reviewing, sittings
from cqcmock.services.merging import Incoming, Outcome
from cqcmock.services.peers import PeerReview

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def make(
    context: typer.Context,
    sitting: Annotated[list[str], typer.Argument(help="The ids of the rehearsals, see “cqcmock sittings list”.")],
    reviewer: Annotated[str, typer.Option(help="Who is to mark them.", callback=text)],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    passphrase_file: PassphraseFile = None,
    to: Annotated[
        str, typer.Option(help="Seal to this public key (age1…) instead of with a passphrase.", callback=text)
    ] = "",
    question: Annotated[list[int] | None, typer.Option(min=1, help="Only these questions, counted from 1.")] = None,
    personal_data: Annotated[
        str, typer.Option(help="What to do with what could name somebody: “redact” or “keep”.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why it is kept.", callback=text)] = "",
    made_by: Annotated[str, typer.Option(help="From whom the pack is.", callback=text)] = "",
    deadline: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Until when.")] = None,
    note: Annotated[str, typer.Option(help="A line to the reviewer.", callback=text)] = "",
    names: Annotated[bool, typer.Option("--names", help="Send names beside the candidates' codes.")] = False,
    story: Annotated[bool, typer.Option("--story", help="Send the local story too.")] = False,
    exemplars: Annotated[bool, typer.Option("--exemplars", help="Ask for three exemplars to be marked first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a sealed pack of answers for one reviewer."""
    if personal_data not in ("", "redact", "keep"):
        raise typer.BadParameter("It is “redact” or “keep”.", param_hint="--personal-data")
    clock = system_clock()
    passphrase = "" if to else given_passphrase(passphrase_file) or packing.offered_passphrase()
    with library_of(context) as library:
        wanted = packing.Wanted(
            sittings=tuple(sitting),
            questions={one: _chosen(library, one, question) for one in sitting} if question else {},
            reviewer=reviewer,
            made_by=made_by,
            deadline=deadline.date() if deadline else None,
            note=note,
            names_shown=names,
            with_story=story,
            exemplars_first=exemplars,
        )
        ready = packing.draft(library, wanted, clock)
        decision = packing.Decision(keep=personal_data == "keep", reason=reason)
        decisions = {finding.id: decision for finding in ready.findings} if personal_data else {}
        made = packing.seal(library, ready, decisions, out, clock, passphrase=passphrase, address=to)
    data: dict[str, Any] = {
        "pack": made.pack.id,
        "path": named(made.path),
        "reviewer": made.pack.reviewer,
        "expected": made.sheets,
        "candidates": list(made.candidates),
        "code": made.code,
        "left_out": list(ready.left_out),
        "kept": list(made.pack.kept),
    }
    lines = [f"The pack for {made.pack.reviewer} is in {named(made.path)}: {count(made.sheets, 'answer')} to mark."]
    lines += [*ready.left_out, f"The word code of the file: {made.code}"]
    if passphrase and passphrase_file is None:
        data["passphrase"] = passphrase
        lines.append(f"Say these six words to {made.pack.reviewer}, not in writing: {passphrase}")
    show(data, lines, as_json)


def _chosen(library: Library, sitting: str, numbers: list[int]) -> tuple[int, ...]:
    """The places of these questions in a rehearsal, each once. Raises UserError for one that was not asked."""
    asked = len(sittings.load(library, sitting).state.takes)
    if missing := [number for number in numbers if number > asked]:
        raise UserError(
            f"There is no question {missing[0]} in the rehearsal {sitting}: {count(asked, 'question')} in all.",
            "Leave it out, or choose another.",
        )
    return tuple(dict.fromkeys(number - 1 for number in numbers))


def list_them(context: typer.Context, as_json: AsJson = False) -> None:
    """List the packs that were sent, and those that are being marked here."""
    with library_of(context) as library:
        sent = merging.tallies(library)
    opened = reviewing.workspaces(where(context))
    data = {
        "sent": [
            {"pack": one.pack.id, "reviewer": one.pack.reviewer, "made_at": one.pack.made_at.isoformat(),
             "expected": one.tally.expected, "received": one.tally.received, "missing": one.tally.missing}
            for one in sent
        ],
        "opened": [
            {"pack": one.id, "file": one.file_name, "reviewer": one.reviewer, "expected": one.tally.expected,
             "submitted": one.tally.received, "drafts": one.drafts}
            for one in opened if one.trouble is None
        ],
        "unreadable": [
            {"pack": one.id, "file": one.file_name, "damaged": one.damaged, "why": str(one.trouble)}
            for one in opened if one.trouble is not None
        ],
    }  # fmt: skip
    lines = [
        f"{one.pack.id}  for {one.pack.reviewer}: {one.tally.received} of {one.tally.expected} received" for one in sent
    ]
    lines += [
        f"{one.id}  to mark: {one.tally.received} of {one.tally.expected} submitted"
        if one.trouble is None
        else f"{one.id}  cannot be read: {one.trouble} (“cqcmock pack forget {one.id}” forgets it)"
        for one in opened
    ]
    show(data, lines or ["No pack was sent, and none is being marked here."], as_json)


def merge(
    context: typer.Context,
    returned: Annotated[list[Path], typer.Argument(help="The files that came back, in any order.")],
    accept_key: Annotated[
        list[str] | None, typer.Option(help="A reviewer whose own key may be a new one.", callback=texts)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in what reviewers sent back, and say what is still missing."""
    with library_of(context) as library:
        files = merging.look(library, returned, system_clock(), new_keys=accept_key or ())
        outcome = merging.take_in(library, files)
    show(_outcome_data(outcome), _outcome_lines(outcome), as_json)
    if not any(file.returned for file in outcome.files):
        typer.echo("Nothing was merged: every file was refused.", err=True)
        raise typer.Exit(1)


def advise(
    context: typer.Context,
    sitting: str,
    keep: Annotated[list[str] | None, typer.Option(help="Something to keep; up to three.", callback=texts)] = None,
    change: Annotated[list[str] | None, typer.Option(help="Something to change; up to two.", callback=texts)] = None,
    as_json: AsJson = False,
) -> None:
    """Choose what the person is told to keep and to change; without options, show it."""
    with library_of(context) as library:
        if keep or change:
            peers.choose_keep_and_change(library, sitting, keep or (), change or ())
        chosen = peers.keep_and_change(library, sitting)
    lines = [f"Keep: {line}" for line in chosen.keep] + [f"Change: {line}" for line in chosen.change]
    show(asdict(chosen), lines or ["Nothing has been chosen yet."], as_json)


def marks_of(context: typer.Context, sitting: str, as_json: AsJson = False) -> None:
    """Show every mark that came back for a rehearsal, by reviewer."""
    with library_of(context) as library:
        review = peers.peer_review(library, sittings.load(library, sitting))
    if review is None:
        raise UserError("This rehearsal was sent to nobody.", "“cqcmock pack make” sends it.")
    show(_review_data(review), _review_lines(review), as_json)


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    tally = outcome.tally
    return {
        "expected": tally.expected,
        "received": tally.received,
        "missing": tally.missing,
        "altered": outcome.altered,
        "refused": [{"file": named(file.file), "why": _plainly(file.why_refused)} for file in outcome.refused],
        "files": [_file_data(file) for file in outcome.files],
        "packs": [
            {"pack": one.pack.id, "reviewer": one.pack.reviewer, "expected": one.tally.expected,
             "received": one.tally.received, "missing": one.tally.missing, "why_incomplete": one.why_incomplete}
            for one in outcome.packs
        ],
    }  # fmt: skip


def _file_data(file: Incoming) -> dict[str, Any]:
    return {
        "file": named(file.file),
        "code": file.code,
        "reviewer": file.pack.reviewer if file.pack else None,
        "sheets": len(file.returned.sheets) if file.returned else 0,
        "known": file.known,
        "refused": _plainly(file.why_refused),
        "key": file.key_words,
    }


def _plainly(sentence: str) -> str:
    """A sentence with the name of a file in it, as it can be printed."""
    return sentence.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _outcome_lines(outcome: Outcome) -> list[str]:
    lines = []
    for file in outcome.files:
        if file.why_refused:
            lines.append(f"{named(file.file)}: refused. {_plainly(file.why_refused)}")
        elif file.pack and file.returned:
            again = ", merged before" if file.known else ""
            sheets = count(len(file.returned.sheets), "sheet")
            lines.append(f"{named(file.file)}: {sheets} from {file.pack.reviewer}{again}. Word code: {file.code}")
    for one in outcome.packs:
        why = f" ({one.why_incomplete})" if one.tally.missing and one.why_incomplete else ""
        lines.append(f"{one.pack.reviewer}: {one.tally.received} of {one.tally.expected} received{why}")
    tally = outcome.tally
    lines.append(
        f"Expected {tally.expected}, received {tally.received}, missing {tally.missing}, altered {outcome.altered}."
    )
    return lines


def _review_data(review: PeerReview) -> dict[str, Any]:
    return {
        "sitting": review.sitting,
        "expected": review.expected,
        "received": review.received,
        "missing": review.expected - review.received,
        "reviewers": [
            {
                "reviewer": peer.name,
                "expected": peer.expected,
                "answers": [
                    {"question": one.question + 1, "sheet": one.sheet.id, **marks_data(one.sheet)}
                    for one in peer.sheets
                ],
                "overall": peer.whole.overall if peer.whole else None,
                "comment": peer.whole.comment if peer.whole else "",
                "why_incomplete": peer.why_incomplete,
            }
            for peer in review.peers
        ],
        "agreement": {"alpha": _coefficient(review.alpha), "kappa": _coefficient(review.kappa)},
        "parted": [
            {"question": one.question + 1, "lens": one.lens, "levels": dict(one.levels)} for one in review.parted
        ],
    }


def _coefficient(figure: Coefficient | None) -> dict[str, Any] | None:
    return asdict(figure) if figure else None


def _review_lines(review: PeerReview) -> list[str]:
    lines = [f"{review.received} of {review.expected} sheets received."]
    for peer in review.peers:
        lines.append(f"{peer.name}:")
        for one in peer.sheets:
            levels = ", ".join(f"{lens} {level}" for lens, level in sorted(one.sheet.marks.levels.items()))
            lines.append(f"  question {one.question + 1}: {levels}")
            if one.sheet.marks.comment:
                lines.append(f"    {one.sheet.marks.comment}")
    return lines
