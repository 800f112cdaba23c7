"""How texts and lists stand in the cells of a table, so that no spreadsheet runs them and reading gives them back."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from cqcmock.domain.questions import Bank, Question

LONGEST_CELL = 32_767
"""Characters; a spreadsheet cuts what is longer without a word."""

_RUN = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # what a spreadsheet may take for a formula, behind any apostrophes
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\x0b\x0c]|\r\n?")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 48


def guarded(text: str) -> str:
    """The text behind an apostrophe where a spreadsheet might run it as a formula."""
    return f"'{text}" if _RUN.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that kept it from being run."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def split_list(cell: str) -> tuple[str, ...]:
    """The entries of a cell, divided by ";" or line ends; quotation marks hold an entry together that has those.

    An entry that is there twice counts once.
    """
    if '"' in cell:
        try:
            lines = csv.reader(io.StringIO(cell, newline=""), delimiter=";", skipinitialspace=True, strict=True)
            entries = [entry for line in lines for entry in line]
        except csv.Error:  # quotation marks that somebody wrote as part of the text
            entries = cell.replace("\n", ";").split(";")
    else:
        entries = cell.replace("\n", ";").split(";")
    return tuple(dict.fromkeys([entry for entry in map(str.strip, entries) if entry]))


def joined_list(entries: Iterable[str], separator: str = "; ") -> str:
    """A cell that `split_list` reads as these entries."""
    return separator.join(_held_together(entry) for entry in entries)


def _held_together(entry: str) -> str:
    if ";" in entry or "\n" in entry or entry.startswith('"'):
        return '"' + entry.replace('"', '""') + '"'
    return entry


def slug_of(text: str, otherwise: str) -> str:
    """An id of small letters and hyphens made of a text, or `otherwise` where it has no such letters."""
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = ""
    for word in _NOT_IN_SLUG.sub(" ", plain).split():
        if slug and len(slug) + len(word) >= _LONGEST_SLUG:
            break
        slug = f"{slug}-{word[:_LONGEST_SLUG]}" if slug else word[:_LONGEST_SLUG]
    return slug or otherwise


def unique(slug: str, taken: dict[str, int]) -> str:
    """The slug, with a number behind it where it is taken; the outcome is taken from then on.

    `taken` has the ids there are, each with the number up to which others were made of it.
    """
    if slug not in taken:
        taken[slug] = 1
        return slug
    number = taken[slug] + 1
    while f"{slug}-{number}" in taken:
        number += 1
    taken[slug] = number
    taken[f"{slug}-{number}"] = 1
    return f"{slug}-{number}"


def tidy(text: str) -> str:
    """The text as every format can hold it: plain line ends, no control characters, no spaces around it."""
    if not text.isprintable():
        text = _CONTROLS.sub("\ufffd", _BREAKS.sub("\n", text))
    return text.strip()


def tidy_bank(bank: Bank) -> Bank:
    """The bank with every text tidied, the same object where nothing had to change."""
    questions = tuple(with_texts(question, tidy) for question in bank.questions)
    title, language = (" ".join(tidy(text).split()) for text in (bank.title, bank.language))
    changed = replace(bank, title=title, language=language, questions=questions)
    return bank if changed == bank else changed


def with_texts(question: Question, change: Callable[[str], str]) -> Question:
    """The question with each of its free texts changed."""

    def each(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(change, texts)))

    return replace(
        question,
        text=change(question.text),
        communities=each(question.communities),
        source_note=change(question.source_note),
        strong=each(question.strong),
        points=tuple(
            replace(point, label=change(point.label), phrases=each(point.phrases), probe=change(point.probe))
            for point in question.points
        ),
        probes=tuple(replace(probe, text=change(probe.text)) for probe in question.probes),
    )
