"""What a library on a PostgreSQL server owes to many people at once, and says when the server fails them."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.errors import UserError
from cqcmock.storage import backups, banks, errors, marks, reflections, schema, search, sittings
from cqcmock.storage.errors import (
    ChangedMeanwhileError,
    LibraryBusyError,
    NotALibraryError,
    ReadOnlyFolderError,
    ServerError,
)
from cqcmock.storage.library import ON_SERVER, Library, open_library
from tests.domain.worlds import NINE_O_CLOCK, event
from tests.storage.shelves import FIRST_WORDS, a_bank, a_sitting, add, facts, keep, load, on_server, open_again

K = EventKind


@pytest.fixture
def shared(server: str, folder: Path) -> Iterator[Library]:
    """An open library on the server, with nothing in it."""
    with open_library(folder, server) as opened:
        yield opened


def all_at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Begin every deed at the same moment in a thread of its own; returns what went wrong."""
    failed: list[BaseException] = []
    ready = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            deed()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def with_option(server: str, setting: str) -> str:
    """The address with one more setting of the session."""
    url = make_url(server)
    return url.update_query_dict({"options": f"{url.query['options']} -c{setting}"}).render_as_string(False)


def test_it_says_where_the_answers_are_and_makes_no_copies_of_its_own(shared: Library) -> None:
    add(shared, a_sitting(), FIRST_WORDS)
    assert shared.notices == (ON_SERVER,)
    assert backups.backup_if_due(shared) is None
    with pytest.raises(UserError, match="on the server"):
        backups.make(shared)
    shared.empty_log()
    assert list(shared.folder.iterdir()) == []


def test_neither_password_nor_options_are_in_what_is_shown_of_the_address(server: str, folder: Path) -> None:
    address = make_url(server).set(password="pass-word").update_query_dict({"passfile": "/secret-place"})
    with open_library(folder, address.render_as_string(hide_password=False)) as opened:
        assert opened.url is not None
        assert "pass-word" not in opened.url
        assert "?" not in opened.url


def test_many_people_who_write_at_once_lose_nothing(shared: Library) -> None:
    each = 12
    one = add(shared, a_sitting(), [*FIRST_WORDS, event(K.FINISHED, 20)])

    def person(number: int, library: Library) -> None:
        for _ in range(each):
            sitting = add(library, a_sitting(person=f"person {number}"), FIRST_WORDS)
            keep(library, sitting.id, 2, event(K.TEXT_SAVED, 30, 0, f"the words of {number}"))
        with library.writing() as work:
            marks.save(work, one.id, MarkSheet(overall=number % 4), f"marker {number}")
            reflections.save(work, one.id, Reflection(proud=f"of {number}"), ())
            banks.put_bank(work, a_bank(texts=["What of housing?"] * 5, version=number), "hash", "imported")
            work.commit()

    with ExitStack() as stack:
        laptops = [stack.enter_context(open_again(shared)) for _ in range(8)]
        failed = all_at_once(*[
            lambda number=number, laptop=laptop: person(number, laptop) for number, laptop in enumerate(laptops)
        ])  # fmt: skip
    assert failed == []
    words = facts(shared, "SELECT s.person, e.text FROM sitting s JOIN event e ON e.sitting_id = s.id AND e.seq = 2")
    assert sorted(words)[1:] == sorted((f"person {n}", f"the words of {n}") for n in range(8) for _ in range(each))
    assert facts(shared, "SELECT count(*) FROM sheet") == [(8,)]
    assert facts(shared, "SELECT count(*) FROM question") == [(5,)]
    assert facts(shared, "SELECT count(*) FROM question_role") == [(10,)]


def test_two_who_end_the_same_phase_or_mark_on_the_same_sheet_take_turns(shared: Library) -> None:
    kept = add(shared, a_sitting(), [*FIRST_WORDS, event(K.FINISHED, 20)])
    ended: list[bool] = []

    def finish(library: Library) -> None:
        with library.writing() as work:
            ended.append(sittings.end_phase(work, kept.id, K.MARKS_GIVEN, Phase.OWN_MARKS, NINE_O_CLOCK))
            work.commit()

    def mark(library: Library, overall: int) -> None:
        with library.writing() as work:
            marks.save(work, kept.id, MarkSheet(answers={0: AnswerMarks(levels={"evidence": overall})}), "peer")
            work.commit()

    with open_again(shared) as first, open_again(shared) as second:
        assert all_at_once(lambda: finish(first), lambda: finish(second)) == []
        assert all_at_once(lambda: mark(first, 1), lambda: mark(second, 2)) == []
    assert sorted(ended) == [False, True]
    assert len(load(shared, kept.id).events) == 5
    assert facts(shared, "SELECT count(*) FROM sheet_mark") == [(1,)]


def test_several_first_starts_at_once_make_one_library(server: str, tmp_path: Path) -> None:
    opened: list[Library] = []
    deeds = [lambda name=name: opened.append(open_library(tmp_path / name, server)) for name in "abcdef"]  # type: ignore[misc]
    try:
        assert all_at_once(*deeds) == []
        kept = add(opened[0], a_sitting(), FIRST_WORDS)
        assert all(load(library, kept.id).events == FIRST_WORDS for library in opened)
    finally:
        for library in opened:
            library.close()


def test_two_who_rename_the_same_sitting_at_once_are_told(shared: Library) -> None:
    kept = add(shared, a_sitting())

    def rename_what_they_rename(other: Library) -> None:
        with shared.writing() as work:
            row = work.get_one(schema.SittingRow, kept.id)
            with other.writing() as theirs:
                sittings.rename(theirs, kept.id, "Theirs")
                theirs.commit()
            row.title = "Ours"
            work.commit()

    with open_again(shared) as other, pytest.raises(ChangedMeanwhileError, match="at the same moment"):
        rename_what_they_rename(other)
    assert load(shared, kept.id).title == "Theirs"


def test_a_save_that_somebody_holds_up_is_said_in_a_sentence_within_seconds_and_works_afterwards(
    shared: Library,
) -> None:
    kept = add(shared, a_sitting(), FIRST_WORDS)
    later = event(K.TEXT_SAVED, 12, 0, "later")
    with on_server(shared) as other, other.transaction():
        other.execute("SELECT 1 FROM sitting FOR UPDATE")
        began = time.monotonic()
        with pytest.raises(LibraryBusyError, match="Nothing has been lost"):
            keep(shared, kept.id, 2, later)
        assert time.monotonic() - began < 4
        assert load(shared, kept.id).events == FIRST_WORDS  # reading goes on
    keep(shared, kept.id, 2, later)
    assert load(shared, kept.id).events[-1] == later


def _end_every_connection(library: Library) -> None:
    """What a server does to its clients when it is started anew."""
    with on_server(library) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'cqcmock'"
            " AND pid <> pg_backend_pid() AND datname = current_database()"
        )


def test_a_server_that_goes_away_in_a_save_is_said_in_a_sentence_and_the_next_save_works(shared: Library) -> None:
    kept = add(shared, a_sitting(), FIRST_WORDS)
    later = event(K.TEXT_SAVED, 12, 0, "later")

    def save_while_it_goes_away(before_the_words: bool) -> None:
        with shared.writing() as work:
            work.connection()
            if before_the_words:
                _end_every_connection(shared)
            sittings.keep_event(work, kept.id, 2, later)
            _end_every_connection(shared)
            work.commit()

    for before_the_words in (True, False):
        with pytest.raises(ServerError, match="did not answer"):
            save_while_it_goes_away(before_the_words)
        assert load(shared, kept.id).events == FIRST_WORDS
    keep(shared, kept.id, 2, later)
    assert load(shared, kept.id).events[-1] == later


def test_a_server_that_was_started_anew_between_two_saves_is_not_noticed(shared: Library) -> None:
    kept = add(shared, a_sitting(), FIRST_WORDS)
    load(shared, kept.id)
    _end_every_connection(shared)
    keep(shared, kept.id, 2, event(K.TEXT_SAVED, 12, 0, "later"))
    assert load(shared, kept.id).state.open_text == "later"


def test_a_server_that_goes_away_while_reading_is_said_in_a_sentence(shared: Library) -> None:
    kept = add(shared, a_sitting(), FIRST_WORDS)

    def read_while_it_goes_away() -> None:
        with shared.reading() as session:
            session.connection()
            _end_every_connection(shared)
            sittings.load(session, kept.id)

    with pytest.raises(ServerError, match="did not answer"):
        read_while_it_goes_away()
    assert load(shared, kept.id).events == FIRST_WORDS


def test_a_server_that_takes_no_changes_is_said_in_a_sentence(server: str, folder: Path) -> None:
    with pytest.raises(ReadOnlyFolderError, match="takes no changes"):
        open_library(folder, with_option(server, "default_transaction_read_only=on"))


def test_a_server_that_gives_no_rights_is_said_in_a_sentence(server: str, folder: Path) -> None:
    address = make_url(server).update_query_dict(
        {"options": "-csearch_path=pg_catalog"}
    )  # nobody may make tables there
    with pytest.raises(ServerError, match="does not allow"):
        open_library(folder, address.render_as_string(hide_password=False))


@pytest.mark.parametrize("change", [{"database": "no such database"}, {"username": "no such person"}, {"port": 1}])
def test_a_server_that_cannot_be_reached_or_does_not_open_is_said_in_a_sentence(
    server: str, folder: Path, change: dict[str, Any]
) -> None:
    with pytest.raises(ServerError, match=r"did not answer, or did not open.+name and password"):
        open_library(folder, make_url(server).set(**change).render_as_string(hide_password=False))


@pytest.mark.parametrize("option", ["nonsense=1", "connect_timeout=soon", "application_name=\udcff", "sslmode=perhaps"])
def test_an_address_with_an_option_that_means_nothing_is_refused_with_a_sentence(
    server: str, folder: Path, option: str
) -> None:
    with pytest.raises(UserError, match=r"cannot be read|the address"):
        open_library(folder, f"{server}&{option}")


def test_a_database_that_cannot_keep_every_letter_is_refused(server: str, folder: Path) -> None:
    import psycopg

    name = f"cqcmock_test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        except psycopg.errors.InsufficientPrivilege:
            pytest.skip("no right to make a database here")
        try:
            with pytest.raises(UserError, match="UTF8"):
                open_library(folder, make_url(server).set(database=name).render_as_string(hide_password=False))
        finally:
            connection.execute(f"DROP DATABASE {name}")


def test_the_tables_of_another_program_are_refused_and_not_touched(server: str, folder: Path) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE TABLE event (name text)")
        for _ in range(2):
            with pytest.raises(NotALibraryError, match="another program"):
                open_library(folder, server)
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            assert {name for (name,) in tables.fetchall()} <= {"event", "alembic_version"}
            connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32))")


def test_a_reader_sees_one_moment_although_the_server_would_show_the_newest(shared: Library) -> None:
    kept = add(shared, a_sitting(), FIRST_WORDS)
    with shared.reading() as session:
        assert len(sittings.recent(session, 9)) == 1
        keep(shared, kept.id, 3, event(K.ANSWER_ENDED, 20, 0))
        assert sittings.load(session, kept.id).events == FIRST_WORDS
    assert len(load(shared, kept.id).events) == 4


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("lock_timeout", "1500ms"),
        ("idle_in_transaction_session_timeout", "1min"),
        ("synchronous_commit", "on"),
        ("client_encoding", "UTF8"),
        ("application_name", "cqcmock"),
    ],
)
def test_every_connection_to_a_server_has_the_same_settings(
    server: str, folder: Path, setting: str, value: str
) -> None:
    with open_library(folder, with_option(server, "synchronous_commit=off")) as opened:
        for deed in (opened.writing, opened.reading):
            with deed() as session:
                assert session.connection().exec_driver_sql(f"SHOW {setting}").scalar() == value


def test_a_stronger_promise_of_the_server_is_left_as_it_is(server: str, folder: Path) -> None:
    with (
        open_library(folder, with_option(server, "synchronous_commit=remote_apply")) as opened,
        opened.reading() as session,
    ):
        assert session.connection().exec_driver_sql("SHOW synchronous_commit").scalar() == "remote_apply"


def test_every_text_is_put_in_order_by_its_code_points_whatever_the_language_of_the_server(shared: Library) -> None:
    found = facts(
        shared,
        "SELECT DISTINCT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    )
    assert found == []
    with shared.writing() as work:
        for bank in ("b", "B", "a-b", "ab", "é"):
            banks.put_bank(work, a_bank(bank, ["Anything about carers?"]), "hash", "imported")
        work.commit()
    with shared.reading() as session:
        assert [found.bank for found in banks.candidates(session, "director")] == ["B", "a-b", "ab", "b", "é"]
        assert [match.bank for match in search.search(session, "carers")] == ["B", "a-b", "ab", "b", "é"]


def test_what_people_wrote_is_in_no_error_that_could_be_logged(library: Library) -> None:
    secret = "Mrs Featherstonehaugh"
    kept = add(library, a_sitting(), FIRST_WORDS)
    with pytest.raises(IntegrityError) as raised, library.writing() as work:
        work.connection().execute(
            schema.SittingRow.__table__.update().values(title=secret * 20, person=secret)  # type: ignore[attr-defined]
        )
    chain: list[BaseException | None] = [raised.value, raised.value.orig, raised.value.__cause__]
    assert "title_length" in str(raised.value)
    assert not any(secret in f"{error} {error!r} {vars(error)}" for error in chain if error and not _keeps(error))
    assert load(library, kept.id).events == FIRST_WORDS


def _keeps(error: BaseException) -> bool:
    """SQLAlchemy's own errors hold the parameters without ever printing them."""
    return isinstance(error, DBAPIError) and "Featherstonehaugh" not in f"{error} {error!r}"


@pytest.mark.parametrize(
    ("code", "expected", "said"),
    [
        ("08006", ServerError, "did not answer"),
        ("57P01", ServerError, "did not answer"),
        ("57014", LibraryBusyError, "busy"),
        ("40P01", LibraryBusyError, "busy"),
        ("40001", LibraryBusyError, "busy"),
        ("55P03", LibraryBusyError, "busy"),
        ("53300", LibraryBusyError, "busy"),
        ("53100", errors.StorageFullError, "disk of the database server is full"),
        ("25006", ReadOnlyFolderError, "takes no changes"),
        ("42501", ServerError, "does not allow"),
        ("58030", errors.DiskFailedError, "disk of the database server"),
        ("XX001", ServerError, "damaged"),
        ("42601", None, ""),  # a mistake of ours in the SQL
        ("23505", None, ""),
        ("22001", None, ""),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_each_complaint_of_a_server_becomes_its_own_sentence(
    code: str, expected: type[UserError] | None, said: str, wrapped: bool
) -> None:
    psycopg = pytest.importorskip("psycopg", reason="the extra cqcmock[postgresql] is not installed")
    complaint = psycopg.errors.lookup(code)("no")
    if wrapped:
        complaint = DBAPIError.instance("SELECT 1", {}, complaint, psycopg.Error, dialect=_dialect())
    elif code in ("08006", "57P01"):
        pytest.skip("only SQLAlchemy tells these from our own mistakes")
    with pytest.raises(Exception) as raised, errors.told(None):  # noqa: PT011 - which one is the question
        raise complaint
    if expected is None:
        assert raised.value is complaint
    else:
        assert type(raised.value) is expected
        assert said in str(raised.value)


def _dialect() -> Any:
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    return PGDialect_psycopg()
