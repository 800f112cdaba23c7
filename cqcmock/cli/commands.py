"""Every command in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cqcmock import __version__
from cqcmock.cli import banks, cafe, examples, listening, marking, packs, rehearse, sittings, stories
from cqcmock.paths import location


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cqcmock {__version__}")
        raise typer.Exit


def everywhere(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="The folder that holds the library.")] = None,
    database_url: Annotated[str | None, typer.Option(help="A shared PostgreSQL database instead.")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Remember where the library is for the command that follows."""
    context.obj = location(data_dir, database_url)


def _group(help_text: str) -> typer.Typer:
    return typer.Typer(help=help_text, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


app = _group("Rehearse the interviews of a CQC local authority assessment. Without a command it opens the window.")
app.callback()(everywhere)
app.command("rehearse")(rehearse.rehearse)
app.command("demo")(examples.demo)
app.command("report")(sittings.report)
app.command("listen")(listening.listen_to)
app.command("rate")(listening.rate_scores)
app.command("self-test")(examples.self_test)

sittings_group = _group("The rehearsals that are kept.")
sittings_group.command("list")(sittings.list_them)
sittings_group.command("show")(sittings.show_one)
sittings_group.command("delete")(sittings.delete)
app.add_typer(sittings_group, name="sittings")

banks_group = _group("The question banks.")
banks_group.command("list")(banks.list_them)
banks_group.command("show")(banks.show_one)
banks_group.command("check")(banks.check)
banks_group.command("import")(banks.import_file)
banks_group.command("export")(banks.export)
banks_group.command("search")(banks.search)
banks_group.command("template")(banks.template)
banks_group.command("cards")(banks.print_cards)
app.add_typer(banks_group, name="banks")

stories_group = _group("The local stories: what a council knows of its place.")
stories_group.command("list")(stories.list_them)
stories_group.command("show")(stories.show_one)
stories_group.command("check")(stories.check)
stories_group.command("import")(stories.import_file)
stories_group.command("export")(stories.export)
stories_group.command("pack")(stories.pack)
app.add_typer(stories_group, name="stories")

packs_group = _group("Sealed packs of answers for peer reviewers.")
packs_group.command("make")(packs.make)
packs_group.command("list")(packs.list_them)
packs_group.command("open")(marking.open_it)
packs_group.command("sheet")(marking.mark)
packs_group.command("whole")(marking.whole)
packs_group.command("return")(marking.give_back)
packs_group.command("receipt")(marking.receipt_on_paper)
packs_group.command("sheets")(marking.sheets_on_paper)
packs_group.command("forget")(marking.forget)
packs_group.command("key")(marking.key)
packs_group.command("merge")(packs.merge)
packs_group.command("marks")(packs.marks_of)
packs_group.command("advise")(packs.advise)
app.add_typer(packs_group, name="pack")

cafe_group = _group("The drop-in cafés, as others may know them; their papers.")
cafe_group.command("list")(cafe.list_them)
cafe_group.command("show")(cafe.show_one)
cafe_group.command("report")(cafe.report)
app.add_typer(cafe_group, name="cafe")
