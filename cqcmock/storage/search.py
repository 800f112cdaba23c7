"""Finding questions by words: full text where SQLite has it, and the same answers without.

Both ways look for words that begin with what was typed, whatever its case, accents and punctuation; a single
letter has to be the whole word. Nothing that somebody types can be an error. PostgreSQL uses the second way.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, case, or_, select, text
from sqlalchemy.orm import Session

from cqcmock.storage.engine import is_sqlite
from cqcmock.storage.records import Match
from cqcmock.storage.schema import QuestionRoleRow, QuestionRow
from cqcmock.storage.text import clean, tokens

MOST_WORDS = 24
"""Words after these are not looked at: nobody types more, and every one costs time."""

FULL_TEXT = (
    ("CREATE VIRTUAL TABLE question_search USING fts5(text_words, more_words, prefix='2 3', tokenize='unicode61')"),
    "INSERT INTO question_search(question_search, rank) VALUES('secure-delete', 1)",
)
"""Takes deleted words out of the index at once, which an index without its own text would not do."""


def create_full_text(connection: Connection) -> None:
    """Make the full-text index of a new SQLite library, if this SQLite can."""
    if is_sqlite(connection) and _module_there(connection):
        for statement in FULL_TEXT:
            connection.exec_driver_sql(statement)


def as_words(words: Sequence[str]) -> str:
    """Words with a space on either side of each, so that ` word` finds the beginning of one."""
    return f" {' '.join(words)} " if words else " "


def forget_bank(session: Session, bank_id: str) -> None:
    """Take the questions of a bank out of the full-text index; they must still be in their table."""
    connection = session.connection()
    if _has_full_text(connection):
        connection.execute(
            text("DELETE FROM question_search WHERE rowid IN (SELECT number FROM question WHERE bank_id = :bank)"),
            {"bank": bank_id},
        )


def learn_bank(session: Session, bank_id: str) -> None:
    """Put the questions of a bank, which are in their table, into the full-text index."""
    connection = session.connection()
    if _has_full_text(connection):
        connection.execute(
            text(
                "INSERT INTO question_search(rowid, text_words, more_words)"
                " SELECT number, text_words, more_words FROM question WHERE bank_id = :bank"
            ),
            {"bank": bank_id},
        )


def search(session: Session, words: str, role: str | None = None, limit: int = 50) -> tuple[Match, ...]:
    """The questions in which every word is found, best first; of one role, if it is given."""
    role = clean(role) if role is not None else None
    wanted = list(dict.fromkeys(tokens(words)))[:MOST_WORDS]
    if not wanted or limit < 1:
        return ()
    if _has_full_text(session.connection()):
        return _full_text(session, wanted, role, limit)
    return by_likeness(session, wanted, role, limit)


def _full_text(session: Session, wanted: list[str], role: str | None, limit: int) -> tuple[Match, ...]:
    query = " ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in wanted)
    rows = session.connection().execute(
        _FOUND,
        {"query": query, "role": role, "limit": limit},
    )
    return tuple(
        Match(bank=bank, question=question, text=words, rank=rank)
        for rank, (bank, question, words) in enumerate(rows, start=1)
    )


_FOUND = text(
    "SELECT question.bank_id, question.question_id, question.text FROM question_search"
    " JOIN question ON question.number = question_search.rowid"
    " WHERE question_search MATCH :query AND (:role IS NULL OR EXISTS"
    " (SELECT 1 FROM question_role WHERE question_number = question.number AND role = :role))"
    " ORDER BY bm25(question_search, 8.0, 1.0), question.bank_id, question.position LIMIT :limit"
)


def by_likeness(session: Session, wanted: Sequence[str], role: str | None, limit: int) -> tuple[Match, ...]:
    """The same search in plain SQL: questions whose own text has the words come before those with other words."""
    if not wanted:
        return ()
    patterns = [f" {word}" if len(word) > 1 else f" {word} " for word in wanted]
    in_text = [QuestionRow.text_words.contains(pattern, autoescape=True) for pattern in patterns]
    in_more = [QuestionRow.more_words.contains(pattern, autoescape=True) for pattern in patterns]
    statement = (
        select(QuestionRow.bank_id, QuestionRow.question_id, QuestionRow.text)
        .where(*(or_(here, there) for here, there in zip(in_text, in_more, strict=True)))
        .order_by(case((and_(*in_text), 0), else_=1), QuestionRow.bank_id, QuestionRow.position)
        .limit(limit)
    )
    if role is not None:
        statement = statement.where(
            select(QuestionRoleRow.role)
            .where(QuestionRoleRow.question_number == QuestionRow.number, QuestionRoleRow.role == role)
            .exists()
        )
    return tuple(
        Match(bank=bank, question=question, text=words, rank=rank)
        for rank, (bank, question, words) in enumerate(session.execute(statement), start=1)
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
