"""Question banks: what is there, what is in them, and files that come in and go out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcmock import storage
from cqcmock.atomic import write_atomically
from cqcmock.banks.checking import FileError, Problem
from cqcmock.banks.toml import bank_as_dict, bank_as_toml, read_bank
from cqcmock.domain.framework import Role
from cqcmock.domain.questions import Bank
from cqcmock.errors import UserError
from cqcmock.services.library import SHIPPED
from cqcmock.services.shipped import framework, framework_words
from cqcmock.storage.records import BankSummary, Match

if TYPE_CHECKING:
    from cqcmock.services.library import Library

IMPORTED = "imported"


def list_banks(library: Library) -> tuple[BankSummary, ...]:
    """Every bank, by its title."""
    with library.reading() as session:
        return storage.banks.list_banks(session)


def show_bank(library: Library, bank_id: str) -> Bank:
    """One bank with all its questions. Raises UserError naming the banks there are."""
    with library.reading() as session:
        return storage.banks.show(session, bank_id)


def bank_data(library: Library, bank_id: str) -> tuple[dict[str, Any], str]:
    """A bank as scripts read it, and as its file says it."""
    bank = show_bank(library, bank_id)
    return bank_as_dict(bank), bank_as_toml(bank)


def search(library: Library, words: str, role: str | None = None, limit: int = 50) -> tuple[Match, ...]:
    """Questions in which every word is found, the best first. Raises UserError for a role that is not there."""
    if role is not None:
        framework().role(role)
    with library.reading() as session:
        return storage.search.search(session, words, role, limit)


def check_files(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Every mistake in these bank files. Raises UserError for a file that cannot be opened."""
    problems: list[Problem] = []
    for path in paths:
        try:
            read_bank(path, framework_words())
        except FileError as error:
            problems.extend(error.problems)
    return tuple(problems)


def import_bank(library: Library, path: Path) -> Bank:
    """Add a bank to the library, or a newer version of one that came in this way.

    Raises UserError with every mistake of the file, for the id of a shipped bank, and for an older version.
    """
    bank = read_bank(path, framework_words())
    known = {summary.id: summary for summary in list_banks(library)}
    there = known.get(bank.id)
    if there and there.origin == SHIPPED:
        raise UserError(f"“{bank.id}” is the id of a bank that comes with the program.", "Give yours another id.")
    if there and there.version > bank.version:
        raise UserError(
            f"The library has version {there.version} of “{bank.id}”, and the file is version {bank.version}.",
            "Raise the version in the file if it is the newer one.",
        )
    with library.writing() as work:
        storage.banks.put_bank(work, bank, hashlib.sha256(path.read_bytes()).hexdigest(), IMPORTED)
        work.commit()
    return bank


def export_bank(library: Library, bank_id: str, path: Path) -> None:
    """Write a bank to a TOML file. Raises UserError where the file cannot be written."""
    text = bank_as_toml(show_bank(library, bank_id))
    try:
        write_atomically(path, text.encode(), mode=0o644)
    except OSError as error:
        raise UserError(
            f"The bank could not be written to {path}: {error.strerror or error}.", "Choose another folder."
        ) from error


def roles_with_questions(library: Library) -> tuple[Role, ...]:
    """The roles that can rehearse, in the order of the framework."""
    with library.reading() as session:
        ready = storage.banks.roles_with_questions(session)
    return tuple(role for role in framework().roles if role.id in ready)
