"""Packs that were sent and what came back for them: a set that only grows, and out of which words can be taken."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cqcmock.domain.review import Pin, Tally, Whole
from cqcmock.storage import packs, schema, sittings
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.library import Library
from cqcmock.storage.records import MergedReturn, SentIn, SentPack, SentSheet
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, TextTooLongError
from tests.domain.worlds import NINE_O_CLOCK
from tests.review.packs import RUBRIC, a_pack, a_sheet
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, open_again

SENT_AND_BACK = ("pack", "pack_sheet", "pack_return", "returned_sheet", "known_reviewer")
SECRET = "Featherstonehaugh"
KEPT = ("Candidate A, question 1, the answer: name, because She agreed to it – é.",)


def a_sent_pack(pack_id: str = "pack-1", sheets: int = 2, minutes: int = 0, reviewer: str = "Ann Example") -> SentPack:
    return SentPack(
        id=pack_id,
        made_at=NINE_O_CLOCK + timedelta(minutes=minutes),
        reviewer=reviewer,
        expected=sheets,
        answers_digest=f"digest of {pack_id}",
        public_key="00" * 32,
        return_key="AGE-SECRET-KEY-1",
        rubric=RUBRIC,
        deadline=date(2026, 12, 1),
        note="Before the first of December.",
        kept=KEPT,
    )


def sheets_of(pack: SentPack, *of_sittings: str) -> list[SentSheet]:
    """The sheets of a pack, dealt to these sittings in turn; the first is candidate A, the second B."""
    dealt = list(zip(a_pack(pack.expected, pack.id).answers, itertools.cycle(of_sittings), strict=False))
    codes = dict(zip(of_sittings, "ABCDEFG", strict=False))
    return [
        SentSheet(
            pack=pack.id,
            sitting=sitting,
            candidate=codes[sitting],
            question=number,
            answer=replace(answer, candidate=codes[sitting], answer=f"{SECRET} in {sitting}."),
        )
        for number, (answer, sitting) in enumerate(dealt)
    ]


def keep(library: Library, pack: SentPack, *of_sittings: str) -> list[SentSheet]:
    sheets = sheets_of(pack, *(of_sittings or ("s",)))
    with library.writing() as work:
        packs.keep(work, pack, sheets)
        work.commit()
    return sheets


def a_merged(pack: SentPack, digest: str, *numbers: int, minutes: int = 0, wholes: str = "A") -> MergedReturn:
    """A return with the sheets of these numbers, and a word on each of these candidates."""
    marked = (a_sheet(f"{pack.id}-sheet-{number}", level=number % 4) for number in numbers)
    pin = Pin(start=0, end=2, comment=f"{SECRET}?")
    return MergedReturn(
        digest=digest,
        pack=pack.id,
        returned_at=NINE_O_CLOCK + timedelta(minutes=minutes),
        merged_at=NINE_O_CLOCK + timedelta(days=1),
        sheets={sheet.id: replace(sheet, marks=replace(sheet.marks, pins=(pin,))) for sheet in marked},
        wholes={code: Whole(candidate=code, overall=2, comment=f"{SECRET}, {code}.", revision=1) for code in wholes},
        why_incomplete="The train came in.",
    )


def merge(library: Library, *returned: MergedReturn) -> list[bool]:
    new = []
    for one in returned:
        with library.writing() as work:
            new.append(bool(packs.merge(work, [one])))
            work.commit()
    return new


def forget(library: Library, *of_sittings: str) -> None:
    with library.writing() as work:
        packs.forget_words(work, of_sittings)
        work.commit()


def returns(library: Library, *pack_ids: str) -> tuple[MergedReturn, ...]:
    with library.reading() as session:
        return packs.returns(session, pack_ids)


def tallies(library: Library, *pack_ids: str) -> dict[str, Tally]:
    with library.reading() as session:
        return packs.tallies(session, packs.packs(session, pack_ids))


def everything(library: Library) -> str:
    """Every row of every table of peer review, read with raw SQL."""
    return "\n".join(repr(sorted(facts(library, f"SELECT * FROM {table}"))) for table in SENT_AND_BACK)


def test_a_pack_comes_back_as_it_was_kept(library: Library) -> None:
    pack = a_sent_pack(sheets=3)
    sheets = keep(library, pack, "s", "t")
    library.close()
    with open_again(library) as again, again.reading() as session:
        assert packs.packs(session) == (pack,)
        assert packs.packs(session, ["another", pack.id]) == (pack,)
        assert packs.packs(session, []) == ()
        assert sorted(packs.sheets(session, [pack.id]), key=lambda one: one.question) == sheets
        sittings = {one.sitting for one in sheets}
        assert packs.sittings_of(session, [pack.id, "another"]) == {pack.id: sittings, "another": frozenset()}
        found = packs.sent_in(session, [pack.id, "another"], {sheets[1].answer.sheet})
        assert found == {
            pack.id: SentIn(
                sheets={one.answer.sheet for one in sheets},
                codes={one.candidate for one in sheets},
                sittings={one.sitting for one in sheets},
                lengths={sheets[1].answer.sheet: len(sheets[1].answer.spoken)},
            ),
            "another": SentIn(),
        }
        assert packs.tallies(session, [pack]) == {pack.id: Tally(expected=3, received=0)}


def test_sheets_stand_in_the_order_of_candidates_and_questions(library: Library) -> None:
    keep(library, a_sent_pack(sheets=5), "t", "s")
    with library.reading() as session:
        found = packs.sheets(session, ["pack-1"])
    assert [(one.candidate, one.question) for one in found] == [("A", 0), ("A", 2), ("A", 4), ("B", 1), ("B", 3)]


def test_packs_stand_with_the_latest_first_and_are_found_by_the_sittings_in_them(library: Library) -> None:
    for number, of_sittings in enumerate((("s",), ("t",), ("s", "t"))):
        keep(library, a_sent_pack(f"pack-{number}", minutes=number), *of_sittings)
    with library.reading() as session:
        assert [pack.id for pack in packs.packs(session)] == ["pack-2", "pack-1", "pack-0"]
        assert [pack.id for pack in packs.of_sittings(session, ["s"])] == ["pack-2", "pack-0"]
        assert [pack.id for pack in packs.of_sittings(session, ["s", "t"])] == ["pack-2", "pack-1", "pack-0"]
        assert packs.of_sittings(session, ["u"]) == packs.of_sittings(session, []) == ()


def test_a_pack_that_is_not_committed_is_not_there(library: Library) -> None:
    pack = a_sent_pack()
    with library.writing() as work:
        packs.keep(work, pack, sheets_of(pack, "s"))
    assert facts(library, "SELECT * FROM pack") == facts(library, "SELECT * FROM pack_sheet") == []


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
@pytest.mark.parametrize(
    ("too_long", "what"),
    [
        (lambda pack, text: replace(pack, id=text(ID_LIMIT)), "The id of the pack"),
        (lambda pack, text: replace(pack, reviewer=text(NAME_LIMIT)), "The name of the reviewer"),
        (lambda pack, text: replace(pack, note=text(LINE_LIMIT)), "The note"),
        (lambda pack, text: replace(pack, rubric=replace(RUBRIC, title=text(PAYLOAD_LIMIT))), "The rubric"),
        (lambda pack, text: replace(pack, kept=(text(PAYLOAD_LIMIT),)), "The list of what was kept"),
    ],
    ids=["id", "reviewer", "note", "rubric", "kept"],
)
def test_a_pack_with_a_text_that_is_too_long_is_refused_with_a_sentence_and_not_kept(
    library: Library, letter: str, too_long: Callable[[SentPack, Callable[[int], str]], SentPack], what: str
) -> None:
    pack = too_long(a_sent_pack(), lambda limit: letter * (limit + 1))
    with library.writing() as work, pytest.raises(TextTooLongError, match=f"{what}.* is .* characters long"):
        packs.keep(work, pack, sheets_of(pack, "s"))
    assert facts(library, "SELECT * FROM pack") == []


def test_names_and_notes_of_just_the_longest_are_kept(library: Library) -> None:
    pack = replace(a_sent_pack("é" * ID_LIMIT), reviewer="😀" * NAME_LIMIT, note="é" * LINE_LIMIT)
    with library.writing() as work:
        packs.keep(work, pack, [replace(sheets_of(a_sent_pack(), "s")[0], candidate="😀" * ID_LIMIT)])
        work.commit()
    with library.reading() as session:
        assert packs.packs(session) == (pack,)


def test_a_sheet_or_an_answer_that_is_too_long_takes_the_whole_pack_with_it(library: Library) -> None:
    pack = a_sent_pack()
    first, second = sheets_of(pack, "s")
    for wrong in (
        replace(second, answer=replace(second.answer, answer="é" * PAYLOAD_LIMIT)),
        replace(second, answer=replace(second.answer, sheet="x" * (ID_LIMIT + 1))),
        replace(second, candidate="x" * (ID_LIMIT + 1)),
    ):
        with library.writing() as work, pytest.raises(TextTooLongError):
            packs.keep(work, pack, [first, wrong])
        assert facts(library, "SELECT * FROM pack") == facts(library, "SELECT * FROM pack_sheet") == []


def test_a_return_is_taken_in_once(library: Library) -> None:
    pack = a_sent_pack()
    keep(library, pack)
    one = a_merged(pack, "one", 0, 1)
    assert merge(library, one) == [True]
    before = everything(library)
    assert merge(library, one, replace(one, merged_at=one.merged_at + timedelta(days=9)), one) == [False] * 3
    assert everything(library) == before
    assert returns(library, pack.id) == (one,)
    with library.reading() as session:
        assert packs.known_digests(session) == {"one"}


def test_a_return_is_taken_in_once_in_one_unit_of_work_too(library: Library) -> None:
    pack = a_sent_pack()
    keep(library, pack)
    one = a_merged(pack, "one", 0, 1)
    with library.writing() as work:
        assert [packs.merge(work, [one]), packs.merge(work, [one])] == [{one.digest}, frozenset()]
        work.commit()
    assert returns(library, pack.id) == (one,)


def test_returns_come_in_any_order_and_stand_in_that_in_which_they_were_written(library: Library) -> None:
    pack = a_sent_pack(sheets=3)
    keep(library, pack)
    written = [a_merged(pack, f"r{number}", number, minutes=number) for number in range(3)]
    for order in itertools.permutations(written):
        merge(library, *order)
        assert list(returns(library, pack.id)) == written
        with library.writing() as work:
            packs.remove(work, pack.id)
            packs.keep(work, pack, sheets_of(pack, "s"))
            work.commit()


def test_what_is_counted_is_sheets_that_came_back_however_often_and_not_words_on_a_candidate(library: Library) -> None:
    first, second = a_sent_pack("pack-1", sheets=4), a_sent_pack("pack-2", sheets=1)
    keep(library, first, "s", "t")
    keep(library, second)
    merge(
        library,
        a_merged(first, "one", 0, 1, wholes="AB"),
        a_merged(first, "two", 1, 2, minutes=1),
        a_merged(first, "none", wholes="B"),
    )
    assert tallies(library, "pack-1", "pack-2", "nobody") == {
        "pack-1": Tally(expected=4, received=3),
        "pack-2": Tally(expected=1, received=0),
    }
    assert tallies(library, "pack-1")["pack-1"].missing == 1


def test_a_return_of_a_pack_that_is_not_there_is_refused_with_a_sentence(library: Library) -> None:
    with library.writing() as work, pytest.raises(NotThereError, match="pack that this return is for"):
        packs.merge(work, [a_merged(a_sent_pack("unknown"), "one", 0)])
    assert facts(library, "SELECT * FROM pack_return") == []


@pytest.mark.parametrize("name", ["\0", "\udcff", "'; DROP TABLE pack; --", "%", "x" * 10_000, ""])
def test_an_id_that_cannot_be_one_is_not_there(library: Library, name: str) -> None:
    keep(library, a_sent_pack())
    with library.writing() as work, pytest.raises(NotThereError, match="no longer there"):
        packs.remove(work, name)
    with library.reading() as session:
        assert packs.packs(session, [name]) == ()
        assert packs.sittings_of(session, [name]) == {name: frozenset()}
        assert packs.keys_of_reviewers(session, [name]) == {}
    assert len(facts(library, "SELECT * FROM pack")) == 1


def test_a_return_with_a_text_that_is_too_long_is_refused_and_nothing_of_it_is_kept(library: Library) -> None:
    pack = a_sent_pack()
    keep(library, pack)
    one = a_merged(pack, "one", 0, 1)
    sheet = one.sheets["pack-1-sheet-1"]
    for wrong in (
        replace(one, why_incomplete="é" * (LINE_LIMIT + 1)),
        replace(one, sheets={**one.sheets, "x" * (ID_LIMIT + 1): sheet}),
        replace(
            one, sheets={**one.sheets, sheet.id: replace(sheet, marks=replace(sheet.marks, tags=("é" * 2_000_000,)))}
        ),
    ):
        with library.writing() as work, pytest.raises(TextTooLongError):
            packs.merge(work, [wrong])
        assert facts(library, "SELECT * FROM pack_return") == facts(library, "SELECT * FROM returned_sheet") == []
    assert merge(library, one) == [True]


def test_a_pack_is_removed_with_everything_that_came_back_for_it_and_another_stays(library: Library) -> None:
    gone, stays = a_sent_pack("gone"), a_sent_pack("stays")
    for pack in (gone, stays):
        keep(library, pack)
        merge(library, a_merged(pack, f"of {pack.id}", 0))
    with library.writing() as work:
        packs.remove(work, "gone")
        work.commit()
    assert facts(library, "SELECT id FROM pack") == [("stays",)]
    assert {row[0] for row in facts(library, "SELECT pack_id FROM pack_sheet")} == {"stays"}
    assert facts(library, "SELECT digest FROM pack_return") == [("of stays",)]
    assert {row[0] for row in facts(library, "SELECT return_digest FROM returned_sheet")} == {"of stays"}
    with library.writing() as work, pytest.raises(NotThereError):
        packs.remove(work, "gone")


def test_a_reviewers_key_is_known_by_their_name_however_it_is_written(library: Library) -> None:
    for key in ("first", "second"):
        with library.writing() as work:
            packs.pin_key(work, "Zoë EXAMPLE", key, NINE_O_CLOCK)
            work.commit()
        with library.reading() as session:
            names = ["zoë example", "Zoe\u0308 Example", "Ann Example"]
            assert packs.keys_of_reviewers(session, names) == dict.fromkeys(names[:2], key)


def test_of_a_sitting_that_is_gone_no_word_stays_and_of_the_others_all_do(library: Library) -> None:
    pack, another = a_sent_pack(sheets=4), a_sent_pack("pack-2", sheets=2)
    keep(library, pack, "gone", "stays")
    keep(library, another, "stays")
    merge(library, a_merged(pack, "one", 0, 1, 2, 3, wholes="AB"), a_merged(another, "two", 0, wholes="A"))
    forget(library, "gone")
    assert {
        (sheet, sitting, payload == "")
        for sheet, sitting, payload in facts(library, "SELECT sheet_id, sitting_id, payload FROM pack_sheet")
    } == {
        ("pack-1-sheet-0", "gone", True),
        ("pack-1-sheet-1", "stays", False),
        ("pack-1-sheet-2", "gone", True),
        ("pack-1-sheet-3", "stays", False),
        ("pack-2-sheet-0", "stays", False),
        ("pack-2-sheet-1", "stays", False),
    }
    emptied = facts(library, "SELECT return_digest, sheet_id FROM returned_sheet WHERE payload = ''")
    assert sorted(emptied) == [("one", "A"), ("one", "pack-1-sheet-0"), ("one", "pack-1-sheet-2")]
    with library.reading() as session:
        assert {one.sitting for one in packs.sheets(session, ["pack-1", "pack-2"])} == {"stays"}
    one, two = returns(library, "pack-1", "pack-2")
    assert ({*one.sheets}, {*one.wholes}) == ({"pack-1-sheet-1", "pack-1-sheet-3"}, {"B"})
    assert ({*two.sheets}, {*two.wholes}) == ({"pack-2-sheet-0"}, {"A"})
    assert tallies(library, "pack-1")["pack-1"] == Tally(expected=4, received=4)  # it was sent, and it came back
    assert merge(library, a_merged(pack, "one", 0, 1, 2, 3, wholes="AB")) == [False]


def test_a_return_that_comes_after_the_sitting_is_gone_is_counted_and_leaves_no_word(library: Library) -> None:
    pack = a_sent_pack()
    keep(library, pack, "gone")
    forget(library, "gone")
    assert merge(library, a_merged(pack, "late", 0, 1)) == [True]
    assert tallies(library, pack.id)[pack.id].received == 2
    assert SECRET not in everything(library)


def test_deleting_a_rehearsal_for_good_takes_the_words_that_were_sent_of_it_out_of_the_library(
    library: Library,
) -> None:
    gone, stays = add(library, a_sitting(), FIRST_WORDS), add(library, a_sitting(), FIRST_WORDS)
    pack = a_sent_pack(sheets=2)
    keep(library, pack, gone.id, stays.id)
    merge(library, a_merged(pack, "one", 0, 1, wholes="AB"))
    with library.writing() as work:
        sittings.put_away(work, gone.id, NINE_O_CLOCK)
        work.commit()
    assert everything(library).count(f"in {gone.id}") == 1
    assert sittings.purge(library, NINE_O_CLOCK + timedelta(days=1), NINE_O_CLOCK, "by age") == 1
    assert f"in {gone.id}" not in everything(library)
    assert f"{SECRET}, A" not in everything(library)
    assert f"in {stays.id}" in everything(library)
    assert f"{SECRET}, B" in everything(library)
    if library.path is not None:
        assert f"in {gone.id}".encode() not in library.path.read_bytes()


def test_several_who_merge_the_same_return_at_once_keep_it_once(library: Library) -> None:
    pack = a_sent_pack()
    keep(library, pack)
    one = a_merged(pack, "one", 0, 1)
    failed: list[BaseException] = []
    new: list[bool] = []
    at_once = threading.Barrier(3)

    def take_in() -> None:
        try:
            with open_again(library) as mine:
                at_once.wait()
                new.extend(merge(mine, one))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=take_in) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(new) == [False, False, True]
    assert returns(library, pack.id) == (one,)


def test_every_table_of_what_is_sent_and_comes_back_is_looked_through_here() -> None:
    """So that a table that is added is not left out of `everything`."""
    ours = {table for table in schema.Base.metadata.tables if "pack" in table or "return" in table or "review" in table}
    assert ours == {*SENT_AND_BACK, "opened_pack", "made_return"}
