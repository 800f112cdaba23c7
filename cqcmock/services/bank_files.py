"""Question banks in and out of files of every format: looked at first, then taken in as a whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.banks.checking import Problem
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed as AuditDeed
from cqcmock.domain.audit import Kind
from cqcmock.domain.questions import Bank, Question
from cqcmock.errors import UserError
from cqcmock.services import backups, saving
from cqcmock.services.bank_editing import Deed
from cqcmock.services.banks import show_bank
from cqcmock.services.library import SHIPPED
from cqcmock.services.shipped import framework

if TYPE_CHECKING:
    from cqcmock.banks.names import FrameworkNames
    from cqcmock.services.library import Library

IMPORTED = "imported"

Progress = Callable[[int, int], None]
"""Told how many questions of how many are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking a file in would do, before anything is done.

    `bank` is the bank as it would be called and `new` whether it is not there yet. `taken_out` are questions of the
    library's bank that the file no longer has; `kept` are those that it does not mention and that stay. Where there
    are `problems`, nothing can be taken in.
    """

    file: str
    bank: Bank | None
    new: bool
    found: int
    added: tuple[Question, ...]
    changed: tuple[Question, ...]
    unchanged: tuple[Question, ...]
    taken_out: tuple[Question, ...]
    kept: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def does_something(self) -> bool:
        """Whether taking it in would change anything."""
        return bool(self.bank and not self.problems and (self.new or self.added or self.changed or self.taken_out))


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Python looks for garbage the more often the more is made; in a file that is read there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def framework_names() -> FrameworkNames:
    """Every name by which a spreadsheet may speak of the framework's statements, themes, roles and tags."""
    from cqcmock.banks.names import framework_names as names_of

    return names_of(framework())


def check_files(paths: Sequence[Path], clock: Clock) -> tuple[Problem, ...]:
    """Every mistake in these files of any format. Raises UserError for a file that cannot be opened."""
    from cqcmock.banks.exchange import BankDefaults
    from cqcmock.banks.formats import read_bank_file

    anybody = tuple(role.id for role in framework().roles)
    defaults = BankDefaults(checked_on=clock.today(), roles=anybody)
    return tuple(
        problem for path in paths for problem in read_bank_file(path, framework_names(), defaults=defaults).problems
    )


def preview(library: Library, path: Path, clock: Clock, *, into: str = "", roles: Sequence[str] = ()) -> Preview:
    """Read a file and say what it would add, change and leave. Raises UserError where it cannot be opened.

    `into` is the id of a bank of the council's own that the questions are meant for, if the file names none; `roles`
    are for a file that names no roles.
    """
    from cqcmock.banks.exchange import BankDefaults, BankFormat
    from cqcmock.banks.formats import read_bank_file

    defaults = BankDefaults(checked_on=clock.today(), roles=tuple(roles))
    if into:
        meant = show_bank(library, into)
        defaults = BankDefaults(
            checked_on=clock.today(), id=meant.id, title=meant.title, version=meant.version, roles=meant.roles
        )
    with _nothing_thrown_away():
        read = read_bank_file(path, framework_names(), defaults=defaults)
    empty = Preview(
        file=read.file, bank=read.bank, new=True, found=read.found, added=read.questions, changed=(), unchanged=(),
        taken_out=(), kept=(), problems=read.problems, notes=read.notes,
    )  # fmt: skip
    if read.bank is None:
        return empty
    with library.reading() as session:
        known = {bank.id: bank for bank in storage.banks.list_banks(session)}
    summary = known.get(read.bank.id)
    if summary is None:
        return empty
    whole = read.format is BankFormat.TOML
    if summary.origin == SHIPPED:
        raise UserError(f"“{read.bank.id}” is the id of a bank that comes with the program.", "Give yours another id.")
    if whole and summary.version > read.bank.version:
        raise UserError(
            f"The library has version {summary.version} of “{read.bank.id}”, and the file is version "
            f"{read.bank.version}.",
            "Raise the version in the file if it is the newer one.",
        )
    there = {question.id: question for question in show_bank(library, read.bank.id).questions}
    mentioned = {question.id for question in read.questions}
    left = tuple(question for question in there.values() if question.id not in mentioned)
    return replace(
        empty,
        new=False,
        added=tuple(question for question in read.questions if question.id not in there),
        changed=tuple(q for q in read.questions if q.id in there and there[q.id] != q),
        unchanged=tuple(q for q in read.questions if there.get(q.id) == q),
        taken_out=left if whole else (),
        kept=() if whole else left,
    )


def take_in(library: Library, seen: Preview, clock: Clock, progress: Progress | None = None) -> Deed:
    """Do what the preview said, all of it or nothing, with a backup before it.

    Raises UserError with every mistake of the file, and where no backup can be made.
    """
    if seen.bank is None or seen.problems:
        from cqcmock.banks.toml import BankErrors

        raise BankErrors(seen.file, seen.problems)
    bank = seen.bank
    backups.back_up_before(library, backups.Why.IMPORT, clock)
    touched = {question.id for question in (*seen.added, *seen.changed)}
    in_file = [(question, None) for question in bank.questions if question.id in touched]
    with _nothing_thrown_away(), library.writing() as work:
        there = {known.id: known for known in storage.banks.list_banks(work)}.get(bank.id)
        if (there is None) != seen.new:
            raise UserError("The bank has been changed in the meantime.", "Choose the file once more.")
        what = f"“{seen.file}” imported"
        edit = storage.bank_edits.change(
            work,
            bank.id,
            storage.bank_edits.Change(
                head=bank,
                origin=there.origin if there else IMPORTED,
                put=in_file,
                taken_out=[question.id for question in seen.taken_out],
                what=what,
            ),
            clock.wall(),
            progress=progress,
        )
        storage.audit.add(work, clock.wall(), AuditDeed.IMPORTED, Kind.BANK, bank.id, details={"version": bank.version})
        work.commit()
    return Deed(what=what, edits=(edit,), question=(bank.id, ""))


def export_bank(library: Library, bank_id: str, path: Path) -> tuple[str, ...]:
    """Write a bank to a file of the format that its name says; returns what that format cannot hold, in words.

    Raises UserError for a format that is not known, and where the file cannot be written.
    """
    from cqcmock.banks.formats import write_bank

    written = write_bank(show_bank(library, bank_id), path)
    saving.save(path, written.data, "The bank", mode=saving.SHARED)
    return written.lost


def write_template(path: Path) -> None:
    """Write a spreadsheet (.csv or .xlsx) with two questions as an example. Raises UserError where that cannot be."""
    from cqcmock.banks.template import template

    saving.save(path, template(path, framework_names()), "The template", mode=saving.SHARED)
