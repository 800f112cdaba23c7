"""Question banks: what is there, what is in them, and files that come in and go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cqcmock import storage
from cqcmock.banks.toml import bank_as_dict, bank_as_toml
from cqcmock.domain.choosing import QuestionKey
from cqcmock.domain.framework import Role
from cqcmock.domain.questions import Bank, Question
from cqcmock.services.shipped import framework
from cqcmock.storage.records import BankSummary as BankSummary
from cqcmock.storage.records import Match
from cqcmock.storage.records import QuestionLine as QuestionLine
from cqcmock.storage.records import Wanted as Wanted

if TYPE_CHECKING:
    from cqcmock.services.library import Library


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


def browse(library: Library, wanted: Wanted, limit: int = 200, *, ranked: bool = True) -> tuple[QuestionLine, ...]:
    """The questions that somebody is looking for: the best first where they typed words, else bank by bank.

    Without `ranked` the first that are found will do, which is quick however large the library is.
    """
    with library.reading() as session:
        return storage.search.lines(session, wanted, limit, ranked=ranked)


def how_many(library: Library, wanted: Wanted) -> int:
    """How many questions they are in all."""
    with library.reading() as session:
        return storage.search.count(session, wanted)


def show_question(library: Library, bank_id: str, question_id: str) -> Question:
    """One question. Raises UserError where it is not there."""
    with library.reading() as session:
        return storage.banks.question(session, bank_id, question_id)


def search(library: Library, words: str, role: str | None = None, limit: int = 50) -> tuple[Match, ...]:
    """Questions in which every word is found, the best first. Raises UserError for a role that is not there."""
    if role is not None:
        framework().role(role)
    with library.reading() as session:
        return storage.search.search(session, words, role, limit)


def roles_with_questions(library: Library) -> tuple[Role, ...]:
    """The roles that can rehearse, in the order of the framework."""
    with library.reading() as session:
        ready = storage.banks.roles_with_questions(session)
    return tuple(role for role in framework().roles if role.id in ready)


def role_for(library: Library, keys: Sequence[QuestionKey], usual: str) -> str:
    """A role that all these questions are put to, `usual` if that is one; else the one that most are put to."""
    with library.reading() as session:
        counted = storage.banks.roles_of(session, keys)
    most = max(counted.values(), default=0)
    fitting = [role.id for role in framework().roles if counted.get(role.id, 0) == most]
    return usual if usual in fitting or not fitting else fitting[0]
