"""Where names stand in a library, and that every text column is accounted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import String

from cqcmock.domain.audit import Kind
from cqcmock.domain.person import ERASED, Where, key_of, look_alikes
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.storage import persons, reflections, retention, schema
from cqcmock.storage.library import Library, open_library
from cqcmock.storage.person_columns import COLUMNS, MENTIONS, Holds
from tests.some_quickly import some_quickly
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts

FILES = Path(__file__).with_name("files")
SOME = ("Ann Example", "ANN EXAMPLE", "ann  example", "Bob Example", "Anna Example", "Ünal Ö", "")


def test_every_text_column_is_declared_to_hold_a_name_words_or_nothing_of_a_person() -> None:
    there = {
        f"{table.name}.{column.name}"
        for table in schema.Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String)
    }

    assert there == COLUMNS.keys()


def test_every_column_that_holds_a_name_is_looked_through() -> None:
    looked = {f"{column.class_.__tablename__}.{column.key}" for column in persons._NAMES.values()}
    stories = {f"{payload.class_.__tablename__}.{payload.key}" for _, payload in persons._STORIES.values()}

    assert {name for name, holds in COLUMNS.items() if holds is Holds.NAME} == looked
    within = {name for name, holds in COLUMNS.items() if holds is Holds.NAMES_WITHIN}
    assert within - {"opened_pack.payload"} == stories  # that one is in a library of its own, and goes as a whole


def test_mentions_are_looked_for_in_every_table_with_words_but_those_of_opened_packs() -> None:
    worded = {name.partition(".")[0] for name, holds in COLUMNS.items() if holds in (Holds.WORDS, Holds.NAMES_WITHIN)}

    assert worded - MENTIONS.keys() == {"opened_pack", "marked_sheet", "made_return"}
    assert MENTIONS.keys() <= worded


@given(st.text(), st.sampled_from([" ", "  ", "\t", "\n", "\N{NO-BREAK SPACE}"]))
def test_neither_capitals_nor_spaces_make_anybody_somebody_else(name: str, gap: str) -> None:
    assert key_of(name.casefold()) == key_of(name) == key_of(gap + gap.join(name.split()) + gap)


@given(st.text(max_size=12), st.lists(st.text(max_size=12)))
def test_a_look_alike_is_never_the_same_name(name: str, others: list[str]) -> None:
    assert key_of(name) not in map(key_of, look_alikes(name, others))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("I heard it from Ann Example.", True),
        ("ANN\n EXAMPLE", True),
        ('{"text":"(Ann Example)"}', True),
        ("Ann Examples", False),
        ("Joann Example and Ann, for Example", False),
        ("Ann Examples, and then Ann Example", True),
    ],
)
def test_a_mention_is_the_whole_name_in_whole_words(library: Library, text: str, is_named: bool) -> None:
    sitting = add(library, a_sitting(person="Cai"))
    with library.writing() as work:
        reflections.save(work, sitting.id, Reflection(notes=text), ())
        work.commit()

    with library.reading() as session:
        assert persons.mentions(session, "Ann  example") == ({"reflections": 1} if is_named else {})


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SOME), st.sampled_from(SOME)), min_size=1, max_size=6),
    st.sampled_from(SOME[:-1]),
)
def test_erasing_one_of_many_leaves_all_others_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], erased: str
) -> None:
    with open_library(tmp_path_factory.mktemp("persons")) as library:
        for number, (person, owner) in enumerate(pairs):
            sitting = add(library, a_sitting(person=person), FIRST_WORDS)
            with library.writing() as work:
                action = Action(id=f"a{number}", what="Ring", owner=owner)
                reflections.save(work, sitting.id, Reflection(proud="It."), (action,))
                work.commit()
        with library.writing() as work:
            persons.erase(work, persons.theirs(work, erased))
            work.commit()

        own = key_of(erased)
        left = [(person, owner) for person, owner in pairs if key_of(person) != own]
        expected = sorted((person, ERASED if key_of(owner) == own else owner) for person, owner in left)
        query = "SELECT person, owner FROM sitting JOIN action ON action.sitting_id = sitting.id"
        assert sorted(facts(library, query)) == expected
        assert facts(library, "SELECT count(*) FROM event") == [(len(left) * len(FIRST_WORDS),)]


@pytest.mark.parametrize("form", some_quickly(range(1, 7), every=5))
def test_a_copy_of_any_form_is_cleaned_of_a_person(form: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(FILES / f"library-schema-{form}.sqlite", tmp_path / "library-20260101-000000.sqlite"))
    people = [name for (name,) in facts(path, "SELECT DISTINCT person FROM sitting") if name]
    (first, *_) = people
    things = {Kind.PERSON: [first.upper()]}
    assert retention.holds_any(path, None, things)

    retention.scrub(path, None, things)

    assert not retention.holds_any(path, None, things)
    assert facts(path, "SELECT count(*) FROM sitting WHERE person = ?", first) == [(0,)]


def test_who_is_named_where_is_counted_as_it_is_written(library: Library) -> None:
    for person in SOME[:3]:
        add(library, a_sitting(person=person))
    with library.reading() as session:
        named = persons.names(session)
        found = persons.theirs(session, "Ann Example")

    assert named[Where.SITTING] == {"Ann Example": 1, "ANN EXAMPLE": 1, "ann  example": 1}
    assert found.counts == {Where.SITTING: 3}
