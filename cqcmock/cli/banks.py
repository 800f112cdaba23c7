"""`banks`: list, show, check, import, export and search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.english import count, listed
from cqcmock.services import bank_files, banks, cards
from cqcmock.services.cards import CardKind
from cqcmock.settings import load_settings


def list_them(context: typer.Context, as_json: AsJson = False) -> None:
    """List the banks."""
    with library_of(context) as library:
        found = banks.list_banks(library)
    data = [
        {"id": b.id, "title": b.title, "version": b.version, "roles": list(b.roles), "questions": b.questions}
        for b in found
    ]
    show(data, [f"{bank.id:24} {count(bank.questions, 'question'):>13}  {bank.title}" for bank in found], as_json)


def show_one(context: typer.Context, bank: str, as_json: AsJson = False) -> None:
    """Show one bank with all its questions."""
    with library_of(context) as library:
        data, as_text = banks.bank_data(library, bank)
    show(data, [as_text], as_json)


def check(files: list[Path], as_json: AsJson = False) -> None:
    """Check bank files and name every error in them."""
    problems = bank_files.check_files(files, system_clock())
    data = [
        {"file": p.file, "where": p.where, "field": p.field, "expected": p.expected, "found": p.found} for p in problems
    ]
    show(data, [str(problem) for problem in problems] or ["No errors."], as_json)
    if problems:
        raise typer.Exit(1)


def import_file(
    context: typer.Context,
    file: Path,
    into: Annotated[str, typer.Option(help="The bank of your own that the questions are for.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="Whom they are put to, if the file does not say.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a bank to the library, or a newer version of one that is there (.toml, .csv, .xlsx, .xml, .gift)."""
    clock = system_clock()
    with library_of(context) as library:
        seen = bank_files.preview(library, file, clock, into=into, roles=role or ())
        if seen.problems or not dry_run:
            bank_files.take_in(library, seen, clock)
    assert seen.bank is not None
    parts = {
        "added": seen.added,
        "changed": seen.changed,
        "unchanged": seen.unchanged,
        "taken_out": seen.taken_out,
        "kept": seen.kept,
    }
    data = {"bank": seen.bank.id, "done": not dry_run} | {name: [q.id for q in part] for name, part in parts.items()}
    told = listed([f"{len(part)} {name.replace('_', ' ')}" for name, part in parts.items() if part])
    there = "would be" if dry_run else "is"
    lines = [f"“{seen.bank.title}” {there} in the library: {told or 'no questions'}.", *seen.notes]
    show(data, lines, as_json)


def export(context: typer.Context, bank: str, out: Annotated[Path, typer.Option(help="The file to write.")]) -> None:
    """Write a bank to a TOML file."""
    with library_of(context) as library:
        lost = bank_files.export_bank(library, bank, out)
    typer.echo(f"Written to {out}.")
    for sentence in lost:
        typer.echo(sentence, err=True)


def template(out: Annotated[Path, typer.Option(help="The spreadsheet to write (.xlsx or .csv).")]) -> None:
    """Write a spreadsheet to fill in, with two questions as an example."""
    bank_files.write_template(out)
    typer.echo(f"Written to {out}.")


def print_cards(
    context: typer.Context,
    bank: str,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    kind: Annotated[CardKind, typer.Option(help="The question alone, or what to listen for too.")] = CardKind.QUESTION,
    place: Annotated[str, typer.Option(help="The place that the questions speak of.")] = "",
) -> None:
    """Write the questions of a bank as cards, four to a page, to be cut out."""
    folder = where(context).folder
    with library_of(context) as library:
        cards.write_cards(library, bank, kind, out, load_settings(folder).settings, system_clock(), place=place)
    typer.echo(f"Written to {out}.")


def search(
    context: typer.Context,
    words: list[str],
    role: Annotated[str | None, typer.Option(help="Only questions for this role.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find questions by their words."""
    with library_of(context) as library:
        found = banks.search(library, " ".join(words), role)
    data = [{"bank": m.bank, "question": m.question, "text": m.text, "rank": m.rank} for m in found]
    lines = [f"{match.bank}/{match.question}\n  {match.text}" for match in found]
    show(data, lines or ["Nothing was found."], as_json)
