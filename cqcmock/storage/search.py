"""Finding questions by words and by what they are filed under: full text where SQLite has it, and the same without.

Both ways look for words that begin with what was typed, whatever its case, accents and punctuation; a single
letter has to be the whole word. Nothing that somebody types can be an error. PostgreSQL uses the second way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    column,
    func,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from cqcmock.storage.engine import is_sqlite
from cqcmock.storage.records import Match, QuestionLine, Wanted
from cqcmock.storage.schema import BankRow, QuestionRoleRow, QuestionRow, RetiredRow
from cqcmock.storage.text import clean, tokens

MOST_WORDS = 24
"""Words after these are not looked at: nobody types more, and every one costs time."""

FULL_TEXT = (
    ("CREATE VIRTUAL TABLE question_search USING fts5(text_words, more_words, prefix='2 3', tokenize='unicode61')"),
    "INSERT INTO question_search(question_search, rank) VALUES('secure-delete', 1)",
)
"""Takes deleted words out of the index at once, which an index without its own text would not do."""

TEXT_COUNTS_FOR = 8.0
"""How much more a word of the question itself counts than one of its points."""

_INDEX = table("question_search", column("rowid"), column("rank"))


def create_full_text(connection: Connection) -> None:
    """Make the full-text index of a new SQLite library, if this SQLite can."""
    if is_sqlite(connection) and _module_there(connection):
        for statement in FULL_TEXT:
            connection.exec_driver_sql(statement)


def as_words(words: Sequence[str]) -> str:
    """Words with a space on either side of each, so that ` word` finds the beginning of one."""
    return f" {' '.join(words)} " if words else " "


def forget_questions(session: Session, numbers: Sequence[int]) -> None:
    """Take questions out of the full-text index; they must still be in their table."""
    connection = session.connection()
    if numbers and _has_full_text(connection):
        connection.execute(
            text("DELETE FROM question_search WHERE rowid = :number"), [{"number": number} for number in numbers]
        )


def learn_questions(session: Session, bank_id: str, numbers: Sequence[int]) -> None:
    """Put questions of a bank into the full-text index, once they are in their table.

    They are the newest there, so that no other of their bank has a number between theirs.
    """
    connection = session.connection()
    if not numbers or not _has_full_text(connection):
        return
    connection.execute(
        text(
            "INSERT INTO question_search(rowid, text_words, more_words) SELECT number, text_words, more_words"
            " FROM question WHERE number BETWEEN :first AND :last AND +bank_id = :bank ORDER BY number"
        ),
        {"bank": bank_id, "first": min(numbers), "last": max(numbers)},
    )


def search(session: Session, words: str, role: str | None = None, limit: int = 50) -> tuple[Match, ...]:
    """The questions in which every word is found, best first; of one role, if it is given."""
    if not wanted_words(words):
        return ()
    found = lines(session, Wanted(words=words, role=role or "", retired=False), limit)
    return tuple(
        Match(bank=line.bank, question=line.question, text=line.text, rank=rank)
        for rank, line in enumerate(found, start=1)
    )


def wanted_words(words: str) -> list[str]:
    """The words to look for in what somebody typed."""
    return list(dict.fromkeys(tokens(words)))[:MOST_WORDS]


def lines(
    session: Session, wanted: Wanted, limit: int, *, ranked: bool = True, portable: bool = False
) -> tuple[QuestionLine, ...]:
    """Up to `limit` questions that match: the best first where words are given, else in the order of their banks.

    Without `ranked` the first that are found will do, which is quick in a library of any size. `portable` leaves
    the full-text index alone.
    """
    words = wanted_words(wanted.words)
    if limit < 1 or (wanted.words.strip() and not words):
        return ()
    statement: Select[*tuple[Any, ...]] = _LINE.where(*_conditions(wanted)).limit(limit)
    if not words:
        statement = statement.order_by(BankRow.title, QuestionRow.bank_id, QuestionRow.position)
    elif portable or not _has_full_text(session.connection()):
        statement = _by_likeness(statement, words, ranked=ranked)
    else:
        enough = limit + _set_aside(session) if _has_only_words(wanted) else None
        hits = _hits(words, ranked=ranked, limit=enough)
        statement = statement.join(hits, hits.c.number == QuestionRow.number)
        if ranked:
            statement = statement.order_by(hits.c.rank, QuestionRow.number)
    return tuple(_line(row) for row in session.execute(statement))


def count(session: Session, wanted: Wanted) -> int:
    """How many questions match."""
    words = wanted_words(wanted.words)
    statement = select(func.count()).select_from(_FROM).where(*_conditions(wanted))
    if words and _has_full_text(session.connection()):
        hits = _hits(words, ranked=False, limit=None)
        statement = statement.join(hits, hits.c.number == QuestionRow.number)
    elif words:
        statement = _by_likeness(statement, words, ranked=False)
    return session.execute(statement).scalar_one()


_FROM = QuestionRow.__table__.join(BankRow.__table__, BankRow.id == QuestionRow.bank_id)
_RETIRED = or_(
    select(RetiredRow.at)
    .where(RetiredRow.bank_id == QuestionRow.bank_id, RetiredRow.question_id == QuestionRow.question_id)
    .exists(),
    select(RetiredRow.at).where(RetiredRow.bank_id == QuestionRow.bank_id, RetiredRow.question_id == "").exists(),
)
_LINE = select(
    QuestionRow.bank_id,
    BankRow.title,
    QuestionRow.question_id,
    QuestionRow.text,
    QuestionRow.kind,
    QuestionRow.labels,
    _RETIRED.label("retired"),
).select_from(_FROM)


def in_use() -> ColumnElement[bool]:
    """That a question is not retired, nor its bank."""
    return not_(_RETIRED)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.bank:
        conditions.append(QuestionRow.bank_id == clean(wanted.bank))
    if wanted.role:
        conditions.append(
            select(QuestionRoleRow.role)
            .where(QuestionRoleRow.question_number == QuestionRow.number, QuestionRoleRow.role == clean(wanted.role))
            .exists()
        )
    filed = {
        "statement": wanted.statement,
        "theme": wanted.theme,
        "source": wanted.source,
        "kind": wanted.kind,
    }
    labels = [f" {what}:{clean(name)} " for what, name in filed.items() if name]
    conditions += [QuestionRow.labels.contains(label, autoescape=True) for label in labels]
    if wanted.retired is not None:
        conditions.append(_RETIRED if wanted.retired else in_use())
    return conditions


def _hits(words: Sequence[str], *, ranked: bool, limit: int | None) -> Subquery:
    """The numbers of the questions with these words. FTS5 sorts by its own rank without looking at a single row."""
    query = " ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in words)
    conditions = [text("question_search MATCH :query").bindparams(query=query)]
    if ranked:
        conditions.append(text(f"rank MATCH 'bm25({TEXT_COUNTS_FOR}, 1.0)'"))
    statement = select(_INDEX.c.rowid.label("number"), _INDEX.c.rank).where(*conditions)
    if ranked:
        statement = statement.order_by(_INDEX.c.rank)
    return statement.limit(limit).subquery("hit")


def _has_only_words(wanted: Wanted) -> bool:
    return wanted == Wanted(words=wanted.words, retired=wanted.retired) and wanted.retired is not True


def _set_aside(session: Session) -> int:
    """How many questions at the most are retired, and so may stand among the best without being wanted."""
    statement = select(func.count()).select_from(_FROM).where(_RETIRED)
    return session.execute(statement).scalar_one() if session.execute(_ANY_RETIRED).scalar() else 0


_ANY_RETIRED = select(select(RetiredRow.at).exists())


def _by_likeness(
    statement: Select[*tuple[Any, ...]], words: Sequence[str], *, ranked: bool
) -> Select[*tuple[Any, ...]]:
    """The same search in plain SQL: questions whose own text has the words come before those with other words."""
    patterns = [f" {word}" if len(word) > 1 else f" {word} " for word in words]
    in_text = [QuestionRow.text_words.contains(pattern, autoescape=True) for pattern in patterns]
    in_more = [QuestionRow.more_words.contains(pattern, autoescape=True) for pattern in patterns]
    statement = statement.where(*(or_(here, there) for here, there in zip(in_text, in_more, strict=True)))
    if not ranked:
        return statement
    return statement.order_by(case((and_(*in_text), 0), else_=1), QuestionRow.bank_id, QuestionRow.position)


def _line(row: Any) -> QuestionLine:
    bank, title, question, words, kind, labels, retired = row
    filed = [label.partition(":") for label in labels.split()]
    return QuestionLine(
        bank=bank,
        bank_title=title,
        question=question,
        text=words,
        kind=kind,
        statements=tuple(name for what, _colon, name in filed if what == "statement"),
        themes=tuple(name for what, _colon, name in filed if what == "theme"),
        source=next((name for what, _colon, name in filed if what == "source"), ""),
        retired=bool(retired),
    )


def _has_full_text(connection: Connection) -> bool:
    if not is_sqlite(connection):
        return False
    found = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'question_search'"
    ).first()
    return found is not None and _module_there(connection)


def _module_there(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").first() is not None
