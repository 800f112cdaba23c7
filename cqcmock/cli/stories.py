"""`stories`: list, show, check, import and export local stories, and make the data pack for staff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.english import count
from cqcmock.services import stories, story_files
from cqcmock.settings import load_settings

Out = Annotated[Path, typer.Option(help="The file to write.")]


def list_them(context: typer.Context, as_json: AsJson = False) -> None:
    """List the stories."""
    with library_of(context) as library:
        found = stories.list_stories(library, system_clock().today())
    data = [
        {"id": s.id, "name": s.name, "council": s.council, "origin": s.origin, "facts": s.facts, "due": s.due}
        for s in found
    ]
    show(data, [f"{s.id:24} {count(s.facts, 'fact'):>10}  {s.council}" for s in found], as_json)


def show_one(context: typer.Context, story: str, as_json: AsJson = False) -> None:
    """Show one story."""
    with library_of(context) as library:
        data, text = story_files.story_data(stories.story(library, story))
    show(data, [text], as_json)


def check(files: list[Path]) -> None:
    """Check story files and name every error in them."""
    problems = story_files.check_files(files)
    typer.echo("\n".join(str(problem) for problem in problems) or "No errors.")
    if problems:
        raise typer.Exit(1)


def import_file(context: typer.Context, file: Path) -> None:
    """Add a council's own story to the library, or put a newer one in its place (.toml)."""
    with library_of(context) as library:
        story = story_files.import_story(library, file, system_clock())
    typer.echo(f"The story of {story.place.name} is in the library, with {count(len(story.facts), 'fact')}.")


def export(context: typer.Context, story: str, out: Out) -> None:
    """Write a story to a TOML file."""
    with library_of(context) as library:
        story_files.export_story(library, story, out)
    typer.echo(f"Written to {out}.")


def pack(context: typer.Context, story: str, out: Out) -> None:
    """Write the data pack for staff (.docx, .pdf or .html)."""
    folder = where(context).folder
    with library_of(context) as library:
        story_files.write_pack(library, story, out, load_settings(folder).settings, system_clock())
    typer.echo(f"Written to {out}.")
