"""Every command in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cqcmock import __version__
from cqcmock.cli import (
    banks,
    cafe,
    examples,
    facts,
    library_backups,
    listening,
    marking,
    packs,
    person,
    rehearse,
    retention,
    sittings,
    stories,
)
from cqcmock.cli import library as library_commands
from cqcmock.cli.context import ESCROW_KEY_FILE, WORDS_FD, WORDS_FILE, Given
from cqcmock.paths import location


def _version(context: typer.Context, wanted: bool) -> None:
    as_json = context.params.get("as_json", False)
    if context.params.get("components"):
        from cqcmock.cli.components import show_all  # no other command needs to know what it is made of

        show_all(as_json=as_json)
        raise typer.Exit
    if as_json:
        raise typer.BadParameter("Here it goes with --components.", param_hint="--json")
    if wanted:
        typer.echo(f"cqcmock {__version__}")
        raise typer.Exit


def everywhere(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="The folder that holds the library.")] = None,
    database_url: Annotated[str | None, typer.Option(help="A shared PostgreSQL database instead.")] = None,
    words_file: Annotated[
        Path | None, typer.Option(WORDS_FILE, help="The file with the six words of a locked library; “-” reads them.")
    ] = None,
    words_fd: Annotated[
        int | None, typer.Option(WORDS_FD, min=0, help="The open file descriptor that they can be read from.")
    ] = None,
    escrow_key_file: Annotated[
        Path | None, typer.Option(ESCROW_KEY_FILE, help="The file with the council’s secret key, instead of them.")
    ] = None,
    components: Annotated[
        bool, typer.Option("--components", is_eager=True, help="Print what the program is made of, with the licences.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", is_eager=True, help="With --components: as JSON.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, help="Print the version.")] = False,
) -> None:
    """Remember where the library is, and what unlocks it, for the command that follows."""
    if sum(one is not None for one in (words_file, words_fd, escrow_key_file)) > 1:
        raise typer.BadParameter("One of these is enough.", param_hint=f"{WORDS_FILE}, {WORDS_FD}, {ESCROW_KEY_FILE}")
    context.obj = Given(
        location(data_dir, database_url), words_file=words_file, words_fd=words_fd, escrow_key_file=escrow_key_file
    )


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

person_group = _group("A person's own: everything about one person exported, or erased.")
person_group.command("list")(person.list_them)
person_group.command("export")(person.export)
person_group.command("erase")(person.erase)
app.add_typer(person_group, name="person")

library_group = _group("The library itself: its lock, its audit trail, and whether it is sound.")
library_group.command("status")(library_commands.status)
library_group.command("lock")(library_commands.lock)
library_group.command("unlock")(library_commands.unlock)
library_group.command("change-key")(library_commands.change_key)
library_group.command("check")(library_commands.check)
library_group.command("audit")(library_commands.audit_trail)
library_group.command("backup")(library_backups.backup)
library_group.command("backups")(library_backups.list_them)
library_group.command("restore")(library_backups.restore)
library_group.command("facts")(facts.facts)
app.add_typer(library_group, name="library")

retention_group = _group("What is kept and until when, what a request for information holds, and what is deleted.")
retention_group.command("list")(retention.list_them)
retention_group.command("hold")(retention.place_hold)
retention_group.command("release")(retention.release)
retention_group.command("delete")(retention.delete)
retention_group.command("log")(retention.log)
app.add_typer(retention_group, name="retention")
