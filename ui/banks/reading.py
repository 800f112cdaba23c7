"""What the questions room reads, in the database lane: it imports the services only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cqcmock.domain.questions import fill

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.bank_editing import EarlierQuestion
    from cqcmock.services.banks import BankSummary, QuestionLine, Wanted
    from ui.desk import Desk

Key = tuple[str, str]
"""The id of a bank, and that of a question in it."""

SEARCH_FROM = 2
"""Letters of a search from which on it is one."""

MOST_LINES = 20_000
"""More are not listed; a library with more shows the first that it finds before it has put them in order."""

MOST_FOUND = 200
"""Nobody reads on after so many: whoever looks for words types one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What somebody looks for; what is empty leaves everything in. `retired` None is for either."""

    words: str = ""
    bank: str = ""
    role: str = ""
    statement: str = ""
    theme: str = ""
    source: str = ""
    retired: bool | None = False

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out, but for what is retired."""
        return bool(self.words or self.bank or self.role or self.statement or self.theme or self.source)

    def wanted(self) -> Wanted:
        """The same for the library."""
        from cqcmock.services.banks import Wanted

        return Wanted(
            words=self.words,
            bank=self.bank,
            role=self.role,
            statement=self.statement,
            theme=self.theme,
            source=self.source,
            retired=self.retired,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters offer and the names that stand for ids; each pair is an id and its name."""

    banks: tuple[BankSummary, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        """How many there are in all banks."""
        return sum(bank.questions for bank in self.banks)

    def bank(self, bank_id: str) -> BankSummary | None:
        """A bank by its id, if it is there."""
        return next((bank for bank in self.banks if bank.id == bank_id), None)

    def asked(self, text: str) -> str:
        """A text of a question with the names of the place in it."""
        return fill(text, self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The questions that match, and of how many; `ranked` says whether they are in order yet."""

    lines: tuple[QuestionLine, ...]
    matching: int
    of: int
    ranked: bool


def read_choices(desk: Desk) -> Choices | None:
    """Everything there is to choose from; None while no library is open."""
    if desk.opened is None:
        return None
    from cqcmock.services import banks, cards, shipped

    framework = shipped.framework()
    return Choices(
        banks=banks.list_banks(desk.library),
        roles={role.id: role.name for role in framework.roles},
        statements={statement.id: statement.name for statement in framework.statements},
        themes=dict(sorted(((t.id, t.name) for t in framework.theme_list), key=lambda theme: theme[1].casefold())),
        names=cards.names_for(desk.library, desk.settings),
    )


def find(desk: Desk, filters: Filters, *, ranked: bool, of: int | None = None) -> Found:
    """The questions that match, of how many: `of` them, if that is known."""
    from cqcmock.services import banks

    library, wanted = desk.library, filters.wanted()
    most = MOST_FOUND if filters.words else MOST_LINES
    lines = banks.browse(library, wanted, most, ranked=ranked)
    if of is None:
        of = banks.how_many(library, Filters(retired=filters.retired).wanted())
    matching = len(lines)
    if matching >= MOST_LINES:  # to count those with words takes as long as to find them
        matching = banks.how_many(library, wanted)
    return Found(lines=lines, matching=matching, of=of, ranked=ranked)


def read_question(desk: Desk, key: Key) -> Question:
    """A question with all that there is to it. Raises UserError where it has gone."""
    from cqcmock.services import banks

    return banks.show_question(desk.library, *key)


def read_versions(desk: Desk, key: Key) -> tuple[EarlierQuestion, ...]:
    """A question as it was before each of its changes, the latest first."""
    from cqcmock.services import bank_editing

    return bank_editing.earlier_versions(desk.library, *key)


def whole_bank(desk: Desk, bank_id: str) -> Callable[[], tuple[Question, ...]]:
    """Reads the questions of a bank that are in use, for printing."""

    def read() -> tuple[Question, ...]:
        from cqcmock.services import banks

        in_use = {line.question for line in banks.browse(desk.library, Filters(bank=bank_id).wanted(), MOST_LINES)}
        every = banks.show_bank(desk.library, bank_id).questions
        return tuple(question for question in every if question.id in in_use or not in_use)

    return read


def these(desk: Desk, keys: tuple[Key, ...]) -> Callable[[], tuple[Question, ...]]:
    """Reads these questions in this order, for printing."""

    def read() -> tuple[Question, ...]:
        from cqcmock.services import banks

        there = {
            (bank, question.id): question
            for bank in dict(keys)
            for question in banks.show_bank(desk.library, bank).questions
        }
        return tuple(there[key] for key in keys if key in there)

    return read
