"""Question banks: put in, found again, and replaced as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.storage import banks, search
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.library import Library
from cqcmock.storage.records import Wanted
from cqcmock.storage.text import tokens
from tests.storage.shelves import a_bank, facts, worded

TEXTS = (
    "Tell me about {place}.",
    "How do you know that carers' lives are better?",
    "What does the waiting list for a carer’s assessment look like?",
    "Zoë asked about the café: what did you do?",
    "Which 2024/25 figures worry you?",
)


def put(library: Library, *shelf: object, origin: str = "shipped") -> None:
    with library.writing() as work:
        for bank in shelf:
            banks.put_bank(work, bank, f"hash of {bank.version}", origin)  # type: ignore[attr-defined, arg-type]
        work.commit()


def found(library: Library, words: str, role: str | None = None, limit: int = 50) -> list[str]:
    with library.reading() as session:
        return [match.question for match in search.search(session, words, role, limit)]


def test_a_bank_comes_back_as_it_was_put_in(library: Library) -> None:
    bank = a_bank(texts=TEXTS)
    put(library, bank)
    with library.reading() as session:
        assert banks.show(session, bank.id) == bank
        assert banks.hashes(session) == {bank.id: "hash of 1"}
        (summary,) = banks.list_banks(session)
    assert (summary.id, summary.version, summary.roles, summary.questions, summary.origin) == (
        "lead-member", 1, ("lead-member", "director"), 5, "shipped",
    )  # fmt: skip


def test_a_newer_version_takes_the_place_of_the_older_and_nothing_of_it_is_found(library: Library) -> None:
    put(library, a_bank(texts=TEXTS))
    put(library, a_bank(texts=["What of housing?"], version=2))
    assert found(library, "housing") == ["q0"]
    assert found(library, "place") == []
    with library.reading() as session:
        assert banks.hashes(session) == {"lead-member": "hash of 2"}
        assert [question.text for question in banks.show(session, "lead-member").questions] == ["What of housing?"]
    assert facts(library, "SELECT count(*) FROM question_role") == [(2,)]


def test_words_of_a_bank_that_was_taken_out_are_nowhere_in_the_file(file_library: Library) -> None:
    put(file_library, a_bank(texts=["Is Featherstonehaugh mentioned?"]), a_bank("other", ["What else?"]))
    with file_library.writing() as work:
        banks.remove(work, "lead-member")
        work.commit()
    file_library.empty_log()
    assert file_library.path is not None
    assert b"eatherstonehaug" not in file_library.path.read_bytes()
    assert found(file_library, "what") == ["q0"]


def test_an_unknown_bank_is_refused_with_the_names_of_the_others(library: Library) -> None:
    put(library, a_bank())
    with library.reading() as session, pytest.raises(NotThereError, match="lead-member"):
        banks.show(session, "led-member")


def test_the_questions_of_a_role_are_its_own_and_those_of_its_banks_in_their_order(library: Library) -> None:
    bank = a_bank(texts=TEXTS[:2])
    bank = replace(bank, questions=(*bank.questions, worded("only", "For directors.", roles=("director",))))
    put(library, a_bank("zz"), bank)
    with library.reading() as session:
        assert [candidate.key for candidate in banks.candidates(session, "director")] == [
            ("lead-member", "q0"), ("lead-member", "q1"), ("lead-member", "only"), ("zz", "q0"),
        ]  # fmt: skip
        assert [candidate.key for candidate in banks.candidates(session, "lead-member")] == [
            ("lead-member", "q0"), ("lead-member", "q1"), ("zz", "q0"),
        ]  # fmt: skip
        assert banks.candidates(session, "nobody") == ()
        assert banks.roles_with_questions(session) == {"lead-member", "director"}


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        ("PLACE", ["q0"]),
        ("pla", ["q0"]),
        ("carers'", ["q1"]),
        ("carer", ["q1", "q2"]),
        ("assessment waiting", ["q2"]),
        ("zoe cafe", ["q3"]),
        ("Zoë", ["q3"]),
        ("2024", ["q4"]),
        ("ace", []),
        ("", []),
        (' "( * -', []),
        ("place AND NOT", []),
    ],
)
def test_questions_are_found_by_the_beginnings_of_their_words(
    library: Library, words: str, questions: list[str]
) -> None:
    put(library, replace(a_bank(texts=TEXTS), questions=tuple(
        replace(question, points=()) for question in a_bank(texts=TEXTS).questions)))  # fmt: skip
    assert sorted(found(library, words)) == questions


def test_the_question_itself_counts_for_more_than_its_points(library: Library) -> None:
    bank = a_bank(texts=["Something else entirely?", "Where do unpaid carers fit in?", "And another thing?"])
    put(library, bank)  # every question has a point with unpaid carers
    assert found(library, "unpaid carers")[0] == "q1"
    with library.reading() as session:
        matches = search.search(session, "unpaid")
        likeness = search.lines(session, Wanted(words="unpaid"), 50, portable=True)
    assert [match.rank for match in matches] == [1, 2, 3]
    assert likeness[0].question == "q1"


def test_a_search_keeps_to_the_role_and_the_limit(library: Library) -> None:
    put(library, a_bank(texts=["carers"] * 3), a_bank("b", []), replace(a_bank("c", ["carers"]), roles=("scrutiny",)))
    assert len(found(library, "carers", "scrutiny")) == 1
    assert len(found(library, "carers", limit=2)) == 2
    assert found(library, "carers", "nobody") == []


_WORD = st.sampled_from(["care", "carers", "a", "waiting", "Zoë", "café", "x9", "CARE", "un-paid", "child's"])
_PHRASE = st.lists(_WORD, max_size=5).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(_PHRASE, min_size=1, max_size=4), words=_PHRASE)
def test_without_full_text_the_same_questions_are_found(file_library: Library, texts: list[str], words: str) -> None:
    put(file_library, a_bank(texts=texts))
    with file_library.reading() as session:
        by_full_text = {match.question for match in search.search(session, words)}
        by_likeness = {
            line.question for line in search.lines(session, Wanted(words=words), 50, portable=True) if tokens(words)
        }
    assert by_full_text == by_likeness


def test_a_library_without_the_full_text_index_is_searched_all_the_same(file_library: Library) -> None:
    with file_library.writing() as work:
        work.connection().exec_driver_sql("DROP TABLE question_search")
        work.commit()
    put(file_library, a_bank(texts=TEXTS))
    assert found(file_library, "zoe") == ["q3"]
    put(file_library, a_bank(texts=TEXTS[:1]))
    assert found(file_library, "zoe") == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(), max_size=40) | st.text("\"*()-^:+{}%_\\' ANDORNEAR", max_size=30))
def test_nothing_that_somebody_types_into_a_search_is_an_error(library: Library, words: str) -> None:
    with library.reading() as session:
        search.search(session, words, words)
        search.lines(session, Wanted(words=words), 5, portable=True)
