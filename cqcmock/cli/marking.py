"""`pack` for the reviewer: a pack opened, marked sheet by sheet, and returned."""

from __future__ import annotations

import string
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli.arguments import named, text, texts
from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.cli.marks_data import marks_data
from cqcmock.cli.passphrases import PassphraseFile, given_key, given_passphrase
from cqcmock.clock import system_clock
from cqcmock.domain.english import count
from cqcmock.domain.review import PeerMarks, Pin, Sheet, SheetState, Whole
from cqcmock.errors import UserError
from cqcmock.logs import logging_to
from cqcmock.services import merging, pack_papers, reviewing
from cqcmock.services.reviewing import Receipt, Workspace
from cqcmock.settings import load_settings


def open_it(
    context: typer.Context,
    pack: Annotated[Path, typer.Argument(help="The sealed pack.")],
    passphrase_file: PassphraseFile = None,
    key_file: Annotated[Path | None, typer.Option(help="The file with your secret key (AGE-SECRET-KEY-…).")] = None,
    as_json: AsJson = False,
) -> None:
    """Open a pack that you were sent, so that it can be marked here."""
    place = where(context)
    key = given_key(key_file) if key_file else ""
    passphrase = given_passphrase(passphrase_file)
    if not key and not passphrase and reviewing.needs_passphrase(pack):
        passphrase = _asked()
    with (
        logging_to(place.folder),
        reviewing.open_pack(place, pack, system_clock(), passphrase=passphrase, key=key) as workspace,
    ):
        data = _pack_data(workspace)
        lines = [f"{count(len(workspace.answers), 'answer')} to mark, sent by {workspace.pack.made_by or 'a council'}."]
        lines += [_sheet_line(workspace, sheet) for sheet in workspace.sheets().values()]
        if workspace.begun_anew:
            lines.insert(0, "What was marked in it before could not be read, and was put aside. It is marked anew.")
    show(data, lines, as_json)


def mark(
    context: typer.Context,
    sheet: Annotated[str, typer.Argument(help="The id of the sheet.", callback=text)],
    marks: Annotated[str, typer.Option(help="A level for every lens: 2,3,1,2,0,3; “-” for none.")] = "",
    overall: Annotated[int | None, typer.Option(help="The impression of the whole answer, 0 to 3.")] = None,
    comment: Annotated[str | None, typer.Option(help="A comment on the answer.", callback=text)] = None,
    pin: Annotated[
        list[str] | None, typer.Option(help="A comment on some words: “the words=the comment”.", callback=texts)
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag.", callback=texts)] = None,
    submit: Annotated[bool, typer.Option("--submit", help="Submit the sheet.")] = False,
    pack: Annotated[str, typer.Option(help="In which pack, where several have such a sheet: its id or file.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show one sheet of a pack that is open here, mark it, or submit it."""
    clock = system_clock()
    with reviewing.workspace_of_sheet(where(context), sheet, pack) as workspace:
        now = workspace.sheets()[sheet]
        wanted = _marked(workspace, now, marks, overall, comment, pin, tag)
        if submit:
            now = workspace.submit(sheet, wanted, clock)
        elif wanted != now.marks:
            now = workspace.save(sheet, wanted, clock)
        show(_sheet_data(workspace, now), [_sheet_line(workspace, now), *_answer_lines(workspace, sheet)], as_json)


def whole(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(help="The pack: its file, or its id.")],
    candidate: Annotated[str, typer.Argument(help="The candidate's code.")],
    overall: Annotated[int | None, typer.Option(help="The impression of everything, 0 to 3.")] = None,
    comment: Annotated[str | None, typer.Option(help="A comment on everything.", callback=text)] = None,
    as_json: AsJson = False,
) -> None:
    """Say what you think of everything that one candidate said; without options, show it."""
    with reviewing.workspace(where(context), pack) as workspace:
        now = workspace.wholes().get(candidate) or Whole(candidate=candidate)
        overall, comment = now.overall if overall is None else overall, now.comment if comment is None else comment
        if (overall, comment) != (now.overall, now.comment) or candidate not in workspace.wholes():
            workspace.save_whole(candidate, overall, comment, system_clock())
            now = workspace.wholes()[candidate]
    data = {"candidate": now.candidate, "overall": now.overall, "comment": now.comment}
    level = "none" if now.overall is None else now.overall
    show(data, [f"Kept for candidate {now.candidate}: the impression {level}.", now.comment], as_json)


def give_back(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(help="The pack: its file, or its id.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    why_incomplete: Annotated[str, typer.Option(help="Why sheets are missing, if any are.", callback=text)] = "",
    sign: Annotated[bool, typer.Option("--sign", help="Sign with a key of your own too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the submitted sheets into one sealed and signed file."""
    from cqcmock.services import reviewer_keys

    place = where(context)
    secret = reviewer_keys.own_key(place).signing if sign else ""
    with reviewing.workspace(place, pack) as workspace:
        receipt = workspace.make_return(out, system_clock(), why_incomplete=why_incomplete, reviewer_secret=secret)
        missing = [sheet for sheet in workspace.sheets().values() if sheet.state is not SheetState.SUBMITTED]
        lines = [*_receipt_lines(receipt), *(f"Missing: {_sheet_line(workspace, sheet)}" for sheet in missing)]
    show({**_receipt_data(receipt), "missing_sheets": [sheet.id for sheet in missing]}, lines, as_json)


def receipt_on_paper(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(help="The pack: its file, or its id.")],
    out: Annotated[Path, typer.Option(help="The file to write, ending in .pdf or .html.")],
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Of a pack that was sent: what its reviewer alone is told.")
    ] = False,
    returned: Annotated[
        list[Path] | None, typer.Option(help="With --feedback, a file that came back: its word code is then told.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the receipt of the latest return, with its word code in large letters.

    With --feedback, write the owner's answer to the reviewer: what came back, and how their marks compare.
    """
    place = where(context)
    settings = load_settings(place.folder).settings
    if returned and not feedback:
        raise typer.BadParameter("It goes with --feedback.", param_hint="--returned")
    if feedback:
        with library_of(context) as library:
            codes = pack_papers.codes_of(merging.look(library, returned or (), system_clock()))
            told = pack_papers.feedback_of(library, pack, settings, codes)
            pack_papers.write_feedback(library, pack, told, out, settings, system_clock())
        show({"path": named(out)}, [f"What {told.reviewer} alone is told is in {named(out)}."], as_json)
        return
    with reviewing.workspace(place, pack) as workspace:
        pack_papers.write_receipt(workspace, out, settings, system_clock())
    show({"path": named(out)}, [f"The receipt is in {named(out)}."], as_json)


def sheets_on_paper(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(help="The pack: its file, or its id.")],
    out: Annotated[Path, typer.Option(help="The file to write, ending in .pdf or .html.")],
    filled: Annotated[bool, typer.Option("--filled", help="With the marks given so far.")] = False,
    large_print: Annotated[bool, typer.Option("--large-print", help="In letters of 18 points.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write mark sheets to be printed, of a pack that is being marked here or was sent from here."""
    place = where(context)
    settings = load_settings(place.folder).settings
    if pack_papers.is_marked_here(place, pack):
        with reviewing.workspace(place, pack) as workspace:
            paper = pack_papers.paper_of_workspace(workspace, filled=filled)
            pack_papers.write_mark_sheets(
                workspace.library, workspace.pack.id, paper, out, settings, system_clock(), large=large_print
            )
    else:
        with library_of(context) as library:
            paper = pack_papers.paper_of_sent(library, pack, filled=filled)
            pack_papers.write_mark_sheets(library, pack, paper, out, settings, system_clock(), large=large_print)
    answers = len(paper.answers)
    show({"path": named(out), "sheets": answers}, [f"{count(answers, 'mark sheet')} in {named(out)}."], as_json)


def forget(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(help="The pack: its file, its id, or what “pack list” calls it.")],
    as_json: AsJson = False,
) -> None:
    """Wipe a pack, with everything that was marked in it, from this computer."""
    gone = reviewing.forget(where(context), pack)
    show({"forgotten": gone}, ["The pack and all its marks are gone from this computer."], as_json)


def key(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the public key to which packs for you can be sealed, and the words of the key that you sign with."""
    from cqcmock.services import reviewer_keys

    own = reviewer_keys.own_key(where(context))
    words = merging.key_words(own.public)
    show({"address": own.address, "words": words}, [own.address, f"Your key in words: {words}"], as_json)


def _asked() -> str:
    if not sys.stdin.isatty():
        raise UserError("The passphrase is missing.", "Give it with --passphrase-file.")
    return str(typer.prompt("The passphrase", hide_input=True, err=True))


def _marked(
    workspace: Workspace,
    now: Sheet,
    marks: str,
    overall: int | None,
    comment: str | None,
    pins: list[str] | None,
    tags: list[str] | None,
) -> PeerMarks:
    """The marks of a sheet with what the options say in their place."""
    before = now.marks
    return PeerMarks(
        levels=_levels(marks, [lens.id for lens in workspace.pack.rubric.lenses]) if marks else before.levels,
        overall=before.overall if overall is None else overall,
        comment=before.comment if comment is None else comment,
        pins=before.pins if pins is None else tuple(_pin(workspace, now.id, one) for one in pins),
        tags=before.tags if tags is None else tuple(tag.strip() for tag in tags if tag.strip()),
    )


def _levels(marks: str, lenses: list[str]) -> dict[str, int]:
    given = [mark.strip() for mark in marks.split(",")]
    if len(given) != len(lenses) or not {*given} <= {"-", *string.digits}:
        raise UserError(
            f"“{marks[:60]}” does not give a level to each of the {len(lenses)} lenses.",
            f"Write {len(lenses)} numbers from 0 to 3 with commas between them, in this order: {', '.join(lenses)}.",
        )
    return {lens: int(mark) for lens, mark in zip(lenses, given, strict=True) if mark != "-"}


def _pin(workspace: Workspace, sheet: str, text: str) -> Pin:
    words, _, comment = text.partition("=")
    start = workspace.answers[sheet].spoken.find(words) if words.strip() and comment.strip() else -1
    if start < 0:
        raise UserError(f"“{words[:60]}” is not in the answer.", "Write words of the answer, “=” and the comment.")
    return Pin(start=start, end=start + len(words), comment=comment.strip())


def _pack_data(workspace: Workspace) -> dict[str, Any]:
    pack = workspace.pack
    return {
        "pack": pack.id,
        "reviewer": pack.reviewer,
        "made_by": pack.made_by,
        "deadline": pack.deadline.isoformat() if pack.deadline else None,
        "expected": workspace.content.expected,
        "lenses": [lens.id for lens in pack.rubric.lenses],
        "begun_anew": workspace.begun_anew,
        "sheets": [_sheet_data(workspace, sheet) for sheet in workspace.sheets().values()],
    }


def _sheet_data(workspace: Workspace, sheet: Sheet) -> dict[str, Any]:
    answer = workspace.answers[sheet.id]
    return {
        "id": sheet.id,
        "state": sheet.state,
        "candidate": answer.candidate,
        "question": answer.number,
        "text": answer.question,
        "answer": answer.answer,
        "probes": [asdict(probe) for probe in answer.probes],
        "marks": marks_data(sheet),
    }


def _sheet_line(workspace: Workspace, sheet: Sheet) -> str:
    answer = workspace.answers[sheet.id]
    return f"{sheet.id}  {sheet.state:9}  candidate {answer.candidate}, question {answer.number}: {answer.question}"


def _answer_lines(workspace: Workspace, sheet: str) -> list[str]:
    answer = workspace.answers[sheet]
    lines = [answer.answer]
    for probe in answer.probes:
        lines += [f"— {probe.text}", probe.answer]
    return lines


def _receipt_data(receipt: Receipt) -> dict[str, Any]:
    return {
        "path": named(receipt.path) if receipt.path else None,
        "expected": receipt.expected,
        "returned": receipt.returned,
        "missing": receipt.missing,
        "code": receipt.code,
    }


def _receipt_lines(receipt: Receipt) -> list[str]:
    return [
        f"The return is in {named(receipt.path) if receipt.path else '–'}.",
        f"Expected {receipt.expected}, returned {receipt.returned}, missing {receipt.missing}.",
        f"The word code of the file: {receipt.code}",
    ]
