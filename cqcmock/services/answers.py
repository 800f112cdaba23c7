"""Answers that come in files: one for the listener, or all of a rehearsal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.banks.reflection_file import WrittenReflection, read_reflection
from cqcmock.clock import Clock
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.questions import filled
from cqcmock.errors import UserError
from cqcmock.listening import listen
from cqcmock.services import stories
from cqcmock.services.banks import show_bank
from cqcmock.services.shipped import glossary

if TYPE_CHECKING:
    from cqcmock.services.library import Library

__all__ = ["WrittenReflection", "answers_in", "listen_to_file", "read_reflection"]

LARGEST_FILE = 20_000_000
BETWEEN_QUESTIONS, BETWEEN_PARTS = "---", "+++"

Block = tuple[str, ...]
"""An answer, then the answers to its probes in order."""


def answers_in(path: Path) -> tuple[Block, ...]:
    """The answers of a file: one block a question, parted by a line `---`; inside, probes' answers after `+++`.

    Raises UserError where the file cannot be read or holds no answer.
    """
    blocks: list[Block] = []
    parts: list[str] = []
    lines: list[str] = []

    def end_part() -> None:
        parts.append("\n".join(lines).strip())
        lines.clear()

    def end_block() -> None:
        end_part()
        blocks.append(tuple(parts))
        parts.clear()

    for line in _text_of(path).splitlines():
        match line.strip():
            case "---":
                end_block()
            case "+++":
                end_part()
            case _:
                lines.append(line)
    end_block()
    if len(blocks) > 1 and blocks[-1] == ("",):
        blocks.pop()
    if not any(part for block in blocks for part in block):
        raise UserError(
            f"There is no answer in {path}.",
            f"Write one answer for each question, with a line {BETWEEN_QUESTIONS} between them.",
        )
    return tuple(blocks)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check its name and folder."
        ) from error
    if len(data) > LARGEST_FILE:
        raise UserError(f"The file {path} is larger than 20 MB.", "Check that it is the file with the answers.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"The file {path} is not text in UTF-8.", "Save it as UTF-8 and try again.") from error


def listen_to_file(
    library: Library, bank_id: str, question_id: str, path: Path, story_id: str, clock: Clock
) -> Hearing:
    """What is heard in the answer in a file. Raises UserError for a bank, question, story or file that is not there."""
    bank = show_bank(library, bank_id)
    question = next((question for question in bank.questions if question.id == question_id), None)
    if question is None:
        raise UserError(
            f"The bank “{bank_id}” has no question “{question_id}”.", f"“cqcmock banks show {bank_id}” lists them."
        )
    story = stories.story(library, story_id)
    return listen(_text_of(path), filled(question, story.place.names), story, glossary=glossary(), on=clock.today())
