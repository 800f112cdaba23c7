"""`banks`: list, show, check, import, export and search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, library_of, show
from cqcmock.domain.english import count
from cqcmock.services import banks


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
    problems = banks.check_files(files)
    data = [
        {"file": p.file, "where": p.where, "field": p.field, "expected": p.expected, "found": p.found} for p in problems
    ]
    show(data, [str(problem) for problem in problems] or ["No errors."], as_json)
    if problems:
        raise typer.Exit(1)


def import_file(context: typer.Context, file: Path) -> None:
    """Add a bank to the library, or a newer version of one that is there."""
    with library_of(context) as library:
        bank = banks.import_bank(library, file)
    typer.echo(f"“{bank.title}” is in the library, with {count(len(bank.questions), 'question')}.")


def export(context: typer.Context, bank: str, out: Annotated[Path, typer.Option(help="The file to write.")]) -> None:
    """Write a bank to a TOML file."""
    with library_of(context) as library:
        banks.export_bank(library, bank, out)
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
