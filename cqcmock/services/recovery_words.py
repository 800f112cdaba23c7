"""The six recovery words, for whoever shows them, puts them on paper, or looks at what somebody types."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock.errors import UserError
from cqcmock.services import saving

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.settings import Settings

WORDS: Final = 6
FILE_NAME: Final = "Recovery words for CQC Mock"
_ASKED: Final = 2
_FEWEST_LETTERS: Final = 4
_BETWEEN: Final = re.compile(r"[\s,;]+")
_LARGEST_KEY_FILE: Final = 64 * 1024
_SECRET: Final = "AGE-SECRET-KEY-1"  # noqa: S105 - how such a line begins


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWord:
    """One word of what was typed. `meant` is the whole word, or nothing where it is none of those that are used.

    `finished` once something stands after it: until then more letters may come.
    """

    meant: str
    finished: bool


def typed_words(typed: str) -> tuple[TypedWord, ...]:
    """What was typed so far, word by word; numbers before the words, as they stand on the paper, are left out."""
    from cqcmock.review import words

    parts = _BETWEEN.split(words.plain(typed))
    ended = bool(typed) and _BETWEEN.match(typed[-1]) is not None
    given = [part for part in parts if part and not part.rstrip(".)").isdigit()]
    return tuple(TypedWord(meant=_meant(word), finished=ended or at < len(given)) for at, word in enumerate(given, 1))


def _meant(word: str) -> str:
    from cqcmock.review import words

    if words.is_offered(word):
        return word
    if len(word) < _FEWEST_LETTERS:
        return ""
    return next((one for one in words.all_offered() if one.startswith(word)), "")


def to_ask_for() -> tuple[int, ...]:
    """Which of the words are to be typed, to show that they are on paper: their places, from 0."""
    return tuple(sorted(secrets.SystemRandom().sample(range(WORDS), _ASKED)))


def is_right(typed: str, word: str) -> bool:
    """Whether somebody typed this word, or enough letters of it."""
    found = typed_words(typed)
    return len(found) == 1 and found[0].meant == word


def paper(words: str, settings: Settings, clock: Clock) -> bytes:
    """The page with the words, as a tagged PDF."""
    from cqcmock.paths import resources_folder
    from cqcmock.reports.pdf.report import render
    from cqcmock.reports.recovery_words import recovery_words_document

    content = recovery_words_document(words.split(), classification=settings.classification, made_on=clock.today())
    return render(content, resources_folder())


def save_paper(words: str, path: Path, settings: Settings, clock: Clock) -> None:
    """Write the page where nobody but the person may read it. Raises UserError where that cannot be."""
    if path.suffix.lower() != ".pdf":
        raise UserError(f"“{path.name}” is not the name of a PDF.", "End the name in .pdf.")
    saving.save(path, paper(words, settings, clock), "The page with the words", mode=saving.PRIVATE)


def check_council_key(address: str) -> str:
    """The public key of a council as it is used; nothing is right too. Raises UserError for what is none."""
    from cqcmock.review import sealing

    used = address.strip()
    if used.upper().startswith(_SECRET):
        raise UserError(
            "This is a secret key: whoever has it can open everything.",
            "Ask for the public key; it begins with “age1”.",
        )
    if used:
        try:
            sealing.seal_to(b"", used)
        except UserError as error:
            raise UserError(
                "This is not a council’s public key.", "It begins with “age1” and is 62 characters long."
            ) from error
    return used


def secret_in(path: Path) -> str:
    """The secret key in the council's key file, as `age-keygen` writes one. Raises UserError where there is none."""
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_KEY_FILE).decode("utf-8", "replace")
    except OSError as error:
        raise UserError(f"{path.name} could not be read: {error.strerror or error}.", "Check the file.") from error
    for line in text.splitlines():
        if line.strip().upper().startswith(_SECRET):
            return line.strip()
    raise UserError(
        f"There is no secret key in {path.name}.", "Choose the file that has a line beginning with “AGE-SECRET-KEY-1”."
    )
