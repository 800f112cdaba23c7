"""Local stories in and out of files, and the data pack for staff that is made of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcmock.banks.checking import Problem
from cqcmock.banks.story_file import StoryErrors, read_story, story_as_dict, story_as_toml
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.english import kept_until
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder
from cqcmock.services import audit, backups, saving, shipped, stories
from cqcmock.services.reports import retention_date
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

PACK_ENDINGS = (".docx", ".pdf", ".html")


def story_data(story: Story) -> tuple[dict[str, Any], str]:
    """A story as scripts read it, and as its file says it."""
    return story_as_dict(story), story_as_toml(story)


def check_files(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Every mistake in these story files. Raises UserError for a file that cannot be opened."""
    problems: list[Problem] = []
    for path in paths:
        try:
            read_story(path, shipped.framework_words())
        except StoryErrors as refused:
            problems.extend(refused.problems)
    return tuple(problems)


def read_file(path: Path) -> Story:
    """The story in a TOML file. Raises StoryErrors with every mistake, UserError where it cannot be opened."""
    return read_story(path, shipped.framework_words())


def import_story(library: Library, path: Path, clock: Clock) -> Story:
    """Keep the story of a file as the council's own, in place of one with the same id; a backup is made before."""
    story = read_file(path)
    backups.back_up_before(library, backups.Why.IMPORT, clock)
    stories.save(library, story, f"“{path.name}” imported", clock)
    audit.tell(library, clock, Deed.IMPORTED, Kind.STORY, story.place.id)
    return story


def export_story(library: Library, story_id: str, path: Path) -> None:
    """Write a story to a TOML file. Raises UserError where the file cannot be written."""
    saving.save(path, story_as_toml(stories.story(library, story_id)).encode(), "The story")


def write_pack(library: Library, story_id: str, path: Path, settings: Settings, clock: Clock) -> None:
    """Write the data pack as its file is named. Raises UserError for another ending, and where it cannot be written."""
    if path.suffix.casefold() not in PACK_ENDINGS:
        raise UserError(
            f"“{path.name}” is neither a Word document, a PDF nor a web page.", "End the name in .docx, .pdf or .html."
        )
    pack = pack_bytes(stories.story(library, story_id), path.suffix.casefold(), settings, clock)
    saving.save(path, pack, "The data pack")


def pack_bytes(story: Story, ending: str, settings: Settings, clock: Clock) -> bytes:
    """The data pack in one of the forms of `PACK_ENDINGS`."""
    from cqcmock.reports.data_pack import data_pack

    pack = data_pack(
        story,
        classification=settings.classification,
        retention=kept_until(retention_date(settings)),
        made_on=clock.today(),
        statement_names={statement.id: statement.name for statement in shipped.framework().statements},
    )
    match ending:
        case ".docx":
            from cqcmock.reports.docx import render as as_word

            return as_word(pack)
        case ".pdf":
            from cqcmock.reports.pdf.report import render as as_pdf

            return as_pdf(pack, resources_folder())
        case _:
            from cqcmock.reports.html import render as as_page

            return as_page(pack).encode()
