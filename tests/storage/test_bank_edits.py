"""Every change of a bank is kept with what was there before, and undoing it leaves nothing else changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.domain.questions import Bank, Question
from cqcmock.errors import UserError
from cqcmock.storage import bank_edits, banks, search
from cqcmock.storage.bank_edits import Change
from cqcmock.storage.library import Library
from cqcmock.storage.records import BankEdit, Wanted
from tests.storage.shelves import a_bank, facts, worded

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def begin(library: Library, bank: Bank) -> BankEdit:
    return change(library, bank.id, Change(head=bank, origin="own", put=_last(*bank.questions), what="made"))


def change(library: Library, bank_id: str, wanted: Change) -> BankEdit:
    with library.writing() as work:
        edit = bank_edits.change(work, bank_id, wanted, NOON)
        work.commit()
    return edit


def undo(library: Library, edit: BankEdit) -> BankEdit:
    with library.writing() as work:
        undone = bank_edits.undo(work, edit.number, NOON + timedelta(minutes=1))
        work.commit()
    return undone


def show(library: Library, bank_id: str = "ours") -> Bank:
    with library.reading() as session:
        return banks.show(session, bank_id)


def texts(library: Library) -> list[str]:
    return [question.text for question in show(library).questions]


def _last(*questions: Question) -> list[tuple[Question, int | None]]:
    return [(question, None) for question in questions]


def head(library: Library) -> Bank:
    with library.reading() as session:
        return bank_edits.editable(session, "ours")[0]


def test_a_changed_question_keeps_its_place_and_the_version_rises(library: Library) -> None:
    begin(library, a_bank("ours", ["One?", "Two?", "Three?"]))
    change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q1", "Second?"))))
    assert texts(library) == ["One?", "Second?", "Three?"]
    assert show(library).version == 2


def test_undoing_a_change_brings_back_every_word_and_undoing_that_makes_it_again(library: Library) -> None:
    begin(library, a_bank("ours", ["One?", "Two?", "Three?"]))
    before = show(library).questions
    edit = change(
        library,
        "ours",
        Change(
            head=replace(head(library), title="New name", roles=("director",)),
            origin="own",
            put=_last(worded("q1", "Second?"), worded("q9", "Ninth?")),
            taken_out=["q0"],
            what="Three things at once",
        ),
    )
    assert texts(library) == ["Second?", "Three?", "Ninth?"]
    undone = undo(library, edit)
    assert show(library).questions == before
    assert (show(library).title, show(library).roles) == ("Bank ours", ("lead-member", "director"))
    assert undone.what == "Undone: Three things at once"
    undo(library, undone)
    assert texts(library) == ["Second?", "Three?", "Ninth?"]
    assert show(library).version == 4


def test_only_the_latest_change_of_a_bank_can_be_undone(library: Library) -> None:
    begin(library, a_bank("ours", ["One?"]))
    first = change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", "Uno?"))))
    change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", "Une?"))))
    with pytest.raises(UserError, match="changed since"):
        undo(library, first)
    assert texts(library) == ["Une?"]


def test_changes_are_undone_one_after_the_other_back_to_the_first(library: Library) -> None:
    begin(library, a_bank("ours", ["One?"]))
    edits = [
        change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", text))))
        for text in ("Two?", "Three?", "Four?")
    ]
    seen = []
    for edit in reversed(edits):
        undo(library, edit)
        seen += texts(library)
    assert seen == ["Three?", "Two?", "One?"]
    with pytest.raises(UserError, match="changed since"):
        undo(library, edits[0])  # it is taken back already


def test_what_was_undone_and_done_again_can_be_undone_again(library: Library) -> None:
    begin(library, a_bank("ours", ["One?"]))
    first = change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", "Two?"))))
    second = change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", "Three?"))))
    redone = undo(library, undo(library, second))
    assert texts(library) == ["Three?"]
    undo(library, redone)
    assert texts(library) == ["Two?"]
    undo(library, first)
    assert texts(library) == ["One?"]


def test_a_deleted_bank_comes_back_whole(library: Library) -> None:
    begin(library, a_bank("ours", ["One?", "Two?"]))
    before = show(library)
    gone = change(library, "ours", Change(head=None, origin="", what="deleted"))
    assert facts(library, "SELECT count(*) FROM question") == [(0,)]
    undo(library, gone)
    assert replace(show(library), version=before.version) == before


def test_undoing_a_new_bank_takes_it_away(library: Library) -> None:
    made = begin(library, a_bank("ours", ["One?"]))
    undo(library, made)
    assert facts(library, "SELECT count(*) FROM bank") == [(0,)]


def test_a_bank_that_comes_with_the_program_is_not_to_be_changed(library: Library) -> None:
    with library.writing() as work:
        banks.put_bank(work, a_bank("lead-member"), "hash", "shipped")
        work.commit()
    with library.reading() as session, pytest.raises(UserError, match="comes with the program"):
        bank_edits.editable(session, "lead-member")


def test_every_earlier_version_of_a_question_can_be_looked_up(library: Library) -> None:
    begin(library, a_bank("ours", ["One?"]))
    for text in ("Two?", "Three?"):
        change(library, "ours", Change(head=head(library), origin="own", put=_last(worded("q0", text)), what="changed"))
    with library.reading() as session:
        earlier = bank_edits.earlier(session, "ours", "q0")
        edits = bank_edits.latest(session, "ours")
    assert [was.question and was.question.text for was in earlier] == ["Two?", "One?", None]
    assert [(edit.version, edit.what) for edit in edits] == [(3, "changed"), (2, "changed"), (1, "made")]
    assert {edit.at for edit in edits} == {NOON}


def test_the_id_of_a_deleted_question_is_never_used_again(library: Library) -> None:
    begin(library, a_bank("ours", ["One?", "Two?"]))
    change(library, "ours", Change(head=head(library), origin="own", taken_out=["q1"]))
    with library.reading() as session:
        assert bank_edits.used_ids(session, "ours") == {"q0", "q1"}


def test_questions_follow_their_bank_to_other_roles_unless_they_have_their_own(library: Library) -> None:
    bank = a_bank("ours", ["One?"])
    begin(library, replace(bank, questions=(*bank.questions, worded("only", "Mine?", roles=("director",)))))
    change(library, "ours", Change(head=replace(head(library), roles=("manager", "director")), origin="own"))
    with library.reading() as session:
        assert [c.question.id for c in banks.candidates(session, "manager")] == ["q0"]
        assert [c.question.id for c in banks.candidates(session, "director")] == ["q0", "only"]
        assert banks.candidates(session, "lead-member") == ()


def test_a_retired_question_is_not_asked_nor_found_until_it_is_restored(library: Library) -> None:
    begin(library, a_bank("ours", ["Who waits?", "Who rings?"]))

    def found() -> tuple[list[str], list[str], list[str]]:
        with library.reading() as session:
            asked = [c.question.id for c in banks.candidates(session, "director")]
            words = [match.question for match in search.search(session, "who")]
            away = [line.question for line in search.lines(session, Wanted(retired=True), 9)]
        return asked, words, away

    with library.writing() as work:
        banks.retire(work, "ours", ["q0"], NOON)
        work.commit()
    assert found() == (["q1"], ["q1"], ["q0"])
    with library.reading() as session:
        (summary,) = banks.list_banks(session)
    assert (summary.questions, summary.retired_questions, summary.retired) == (2, 1, False)
    with library.writing() as work:
        banks.restore(work, "ours", ["q0"])
        banks.retire(work, "ours", [""], NOON)
        work.commit()
    assert found() == ([], [], ["q0", "q1"])
    with library.reading() as session:
        assert banks.roles_with_questions(session) == frozenset()
        assert banks.list_banks(session)[0].retired


def test_a_retired_question_of_a_shipped_bank_stays_retired_when_its_bank_comes_anew(library: Library) -> None:
    for version in (1, 2):
        with library.writing() as work:
            banks.put_bank(work, a_bank(version=version, texts=["One?", "Two?"]), f"{version}", "shipped")
            if version == 1:
                banks.retire(work, "lead-member", ["q0"], NOON)
            work.commit()
    with library.reading() as session:
        assert [c.question.id for c in banks.candidates(session, "director")] == ["q1"]


def test_questions_are_found_by_what_they_are_filed_under(library: Library) -> None:
    one = replace(worded("one", "One?"), statements=("QS1", "QS7"), themes=("waiting",))
    two = replace(worded("two", "Two?"), statements=("QS17",), themes=("waiting-well",))
    begin(library, replace(a_bank("ours"), questions=(one, two)))

    def found(**wanted: str) -> list[str]:
        with library.reading() as session:
            lines = [line.question for line in search.lines(session, Wanted(**wanted), 9)]  # type: ignore[arg-type]
            assert search.count(session, Wanted(**wanted)) == len(lines)  # type: ignore[arg-type]
        return lines

    assert found(statement="QS1") == ["one"]
    assert found(statement="QS7", words="one") == ["one"]
    assert found(statement="QS7", words="two") == []
    assert found(theme="waiting") == ["one"]
    assert found(theme="wait_ng") == []
    assert found(bank="ours") == ["one", "two"]
    assert found(bank="other") == []
    assert found(role="director", kind="question", source="derived") == ["one", "two"]
    with library.reading() as session:
        line = search.lines(session, Wanted(words="one"), 9)[0]
    assert (line.statements, line.themes, line.source) == (("QS1", "QS7"), ("waiting",), "derived")


_ID = st.sampled_from(["q0", "q1", "q2", "q3"])
_DEED = st.tuples(st.lists(st.tuples(_ID, st.integers(0, 99)), max_size=3), st.lists(_ID, max_size=2))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deeds=st.lists(_DEED, min_size=1, max_size=4))
def test_undoing_every_change_in_turn_leads_back_to_the_beginning(
    file_library: Library, deeds: list[tuple[list[tuple[str, int]], list[str]]]
) -> None:
    if facts(file_library, "SELECT count(*) FROM bank") == [(0,)]:
        begin(file_library, a_bank("ours", ["One?", "Two?"]))
    beginning = show(file_library).questions
    for put, taken_out in deeds:
        edit = change(
            file_library,
            "ours",
            Change(
                head=head(file_library),
                origin="own",
                put=_last(*(worded(name, f"{name} number {number}?") for name, number in dict(put).items())),
                taken_out=[name for name in dict.fromkeys(taken_out) if name not in dict(put)],
            ),
        )
        before = show(file_library)
        undo(file_library, undo(file_library, edit))  # there and back again
        assert show(file_library).questions == before.questions
    with file_library.reading() as session:
        steps = bank_edits.latest(session, "ours", 3 * len(deeds))
    assert len(steps) == 3 * len(deeds)
    latest = undo(file_library, steps[0])
    assert latest.number > steps[0].number
    change(
        file_library,
        "ours",
        Change(
            head=head(file_library),
            origin="own",
            put=[(question, place) for place, question in enumerate(beginning)],
            taken_out=[q.id for q in show(file_library).questions if q.id not in {b.id for b in beginning}],
        ),
    )
    assert show(file_library).questions == beginning
    with file_library.reading() as session:
        found = {line.question for line in search.lines(session, Wanted(words="one two number", retired=None), 50)}
    assert found <= {question.id for question in beginning}
