"""Trying a question out before it is kept: whom a bank puts it to, and what would be heard in an answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.questions import Bank, Question, filled
from cqcmock.domain.story import Story
from cqcmock.services.bank_editing import own_banks
from cqcmock.services.shipped import glossary

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def heads(library: Library) -> tuple[Bank, ...]:
    """The banks that can be changed, by title, each without its questions: what a question is checked against."""
    found = own_banks(library)
    with library.reading() as session:
        return tuple(storage.banks.head_of(session, bank.id)[0] for bank in found)


def try_answer(question: Question, answer: str, story: Story | None, *, names: Mapping[str, str], on: date) -> Hearing:
    """What would be heard on the day `on` in an answer to a question that may not be kept yet.

    `names` are those of the place that the question speaks of.
    """
    from cqcmock.listening import listen  # reading a library does not wait for its stemmer

    return listen(answer, filled(question, names), story, glossary=glossary(), on=on)
