"""Glossary files: the acronyms and words of the trade, with what each means in plain words."""

from __future__ import annotations

from pathlib import Path

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report, Words
from cqcmock.domain.glossary import Term

LONGEST_PLAIN = 20
"""Words; who needs more to explain a word has not found the plain ones."""


class GlossaryErrors(FileError):  # noqa: N818 (it holds all of them)
    """A glossary that cannot be used, with every mistake in it."""

    kind = "glossary"


def read_glossary(path: Path) -> tuple[Term, ...]:
    """Read a glossary file. Raises GlossaryErrors with every mistake in it, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    if text is None:
        raise GlossaryErrors(path.name, report.problems)
    return parse_glossary(text, path.name)


def parse_glossary(text: str, file_name: str) -> tuple[Term, ...]:
    """Read a glossary from the text of its file. Raises GlossaryErrors with every mistake in it."""
    report = Report(file_name)
    raw = checking.read_toml(text, report)
    if report.problems:
        raise GlossaryErrors(file_name, report.problems)
    checking.known_keys(raw, ("term",), report)
    entries = []
    spellings: dict[str, str] = {}
    for position, entry in enumerate(checking.tables(raw, "term", report), start=1):
        short = entry.get("short")
        where = f"term {short}" if isinstance(short, str) and short.strip() and len(short) <= 60 else f"term {position}"
        found = checking.values(entry, Term, report, where)
        for spelling in (found.get("short"), *found.get("also", ())):
            if spelling is None:
                continue
            if not any(character.isalnum() for character in spelling):
                report.add(where, "short" if spelling == found.get("short") else "also", "letters or digits", spelling)
            elif spelling in spellings:
                report.add(where, "short", f"a spelling that {spellings[spelling]} does not have", spelling)
            spellings.setdefault(spelling, where)
        count = len(found.get("plain", "").split())
        if count > LONGEST_PLAIN:
            report.add(where, "plain", f"at most {LONGEST_PLAIN} words", Words(f"{count} words"))
        entries.append(found)
    if report.problems:
        raise GlossaryErrors(file_name, report.problems)
    return tuple(Term(**entry) for entry in entries)
