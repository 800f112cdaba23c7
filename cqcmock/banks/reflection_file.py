"""A reflection written in a file before or after the rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report
from cqcmock.domain.reflection import Reflection


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAction:
    """An action as a file says it."""

    what: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReflection:
    """A reflection and its actions as a file says them."""

    reflection: Reflection
    actions: tuple[WrittenAction, ...]


class ReflectionErrors(FileError):  # noqa: N818 (it holds all of them)
    """A reflection that cannot be used, with every mistake in it."""

    kind = "reflection"


def read_reflection(path: Path) -> WrittenReflection:
    """Read a reflection: proud, know, difference, next, notes, and [[action]] with what, owner, due.

    Raises ReflectionErrors with every mistake in it, UserError when it cannot be opened.
    """
    report = Report(path.name)
    text = checking.read_text(path, report)
    raw = checking.read_toml(text, report) if text is not None else {}
    if report.problems:
        raise ReflectionErrors(path.name, report.problems)
    actions = [
        checking.values(entry, WrittenAction, report, f"action {position}")
        for position, entry in enumerate(checking.tables(raw, "action", report), start=1)
    ]
    prompts = {key: value for key, value in raw.items() if key != "action"}
    written = checking.values(prompts, Reflection, report, "")
    if report.problems:
        raise ReflectionErrors(path.name, report.problems)
    return WrittenReflection(
        reflection=Reflection(**written), actions=tuple(WrittenAction(**action) for action in actions)
    )
