"""The pack that is marked in a library of its own: kept as it was opened, marked again and again, returned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cqcmock.domain.review import PeerMarks, Pin, ReturnDraft, Sheet, SheetState, Whole
from cqcmock.storage import workspace
from cqcmock.storage.errors import DamagedLibraryError, NotThereError
from cqcmock.storage.library import Library
from cqcmock.storage.records import MadeReturn, OpenedPack
from cqcmock.storage.text import ID_LIMIT, NAME_LIMIT, PACK_LIMIT, PAYLOAD_LIMIT, TextTooLongError
from tests.domain.worlds import NINE_O_CLOCK
from tests.review.packs import a_sheet
from tests.storage.shelves import facts, open_again

OPENED = OpenedPack(
    id="pack-1",
    opened_at=NINE_O_CLOCK,
    file_name="For Ann – été.pack",
    file_digest="00" * 32,
    content='{"said":"We asked forty carers – é 愛 😀.\\n\\u0000<b>=1+1</b>"}',
)
MADE = MadeReturn(digest="one", at=NINE_O_CLOCK, sheets=2, missing=1)


@pytest.fixture
def opened(library: Library) -> Library:
    """A library with a pack that is being marked."""
    keep_pack(library, OPENED)
    return library


def keep_pack(library: Library, pack: OpenedPack) -> None:
    with library.writing() as work:
        workspace.keep_pack(work, pack)
        work.commit()


def save(library: Library, sheet: Sheet, *, exemplar: bool = False, minutes: int = 0) -> None:
    with library.writing() as work:
        workspace.save_sheet(work, "pack-1", sheet, NINE_O_CLOCK + timedelta(minutes=minutes), exemplar=exemplar)
        work.commit()


def save_whole(library: Library, whole: Whole) -> None:
    with library.writing() as work:
        workspace.save_whole(work, "pack-1", whole, NINE_O_CLOCK)
        work.commit()


def sheets(library: Library, *, exemplars: bool = False) -> dict[str, Sheet]:
    with library.reading() as session:
        return workspace.sheets(session, exemplars=exemplars)


def wholes(library: Library) -> dict[str, Whole]:
    with library.reading() as session:
        return workspace.wholes(session)


def test_a_library_without_a_pack_says_so(library: Library) -> None:
    with library.reading() as session:
        with pytest.raises(NotThereError, match="no pack to be marked"):
            workspace.pack(session)
        assert workspace.sheets(session) == {}
        assert workspace.wholes(session) == {}
        assert workspace.returns(session) == ()


def test_a_pack_comes_back_to_the_letter_after_closing_and_opening_again(opened: Library) -> None:
    opened.close()
    with open_again(opened) as again, again.reading() as session:
        assert workspace.pack(session) == OPENED


def test_opening_a_pack_again_changes_nothing(opened: Library) -> None:
    save(opened, a_sheet("s"))
    before = facts(opened, "SELECT * FROM opened_pack")
    keep_pack(opened, replace(OPENED, opened_at=NINE_O_CLOCK + timedelta(days=1), file_name="A copy.pack"))
    assert facts(opened, "SELECT * FROM opened_pack") == before
    assert sheets(opened) == {"s": a_sheet("s")}


def test_of_a_long_file_name_the_end_is_kept(library: Library) -> None:
    keep_pack(library, replace(OPENED, file_name="x" * 5_000 + ".pack"))
    ((name,),) = facts(library, "SELECT file_name FROM opened_pack")
    assert name == "x" * (NAME_LIMIT - 5) + ".pack"


@pytest.mark.parametrize("name", [b"\xff\xfe.pack", b"line\nend\x01.pack", b"", b"..", b"'; DROP TABLE opened_pack"])
def test_whatever_the_file_is_called_it_is_kept(library: Library, name: bytes) -> None:
    keep_pack(library, replace(OPENED, file_name=name.decode("utf-8", "surrogateescape")))
    with library.reading() as session:
        assert workspace.pack(session).content == OPENED.content


def test_a_pack_that_is_too_long_is_refused_and_not_kept(library: Library) -> None:
    for wrong in (replace(OPENED, id="x" * (ID_LIMIT + 1)), replace(OPENED, content="x" * (PACK_LIMIT + 1))):
        with library.writing() as work, pytest.raises(TextTooLongError):
            workspace.keep_pack(work, wrong)
    assert facts(library, "SELECT * FROM opened_pack") == []


def test_a_sheet_is_kept_as_it_was_marked_in_place_of_what_was_kept_before(opened: Library) -> None:
    pin = Pin(start=0, end=2, comment="“Who?” – é 愛 😀 <b>=1+1</b>")
    full = PeerMarks(
        levels={"evidence": 0, "clarity": 3}, overall=2, comment="a\tb\n\nc", pins=(pin,), tags=("rambling",)
    )
    for number, sheet in enumerate(
        (
            Sheet(id="s", state=SheetState.DRAFT),
            Sheet(id="s", marks=full, state=SheetState.DRAFT),
            replace(a_sheet("s"), marks=full),
            Sheet(id="s", marks=PeerMarks(), state=SheetState.DRAFT, revision=1),
        )
    ):
        save(opened, sheet, minutes=number)
        save(opened, sheet, minutes=number)
        assert sheets(opened) == {"s": sheet}
    assert len(facts(opened, "SELECT * FROM marked_sheet")) == 1


def test_a_sheet_that_is_not_committed_is_as_it_was(opened: Library) -> None:
    save(opened, a_sheet("s", level=1))
    with opened.writing() as work:
        workspace.save_sheet(work, "pack-1", a_sheet("s", level=3), NINE_O_CLOCK)
        workspace.save_sheet(work, "pack-1", a_sheet("t", level=3), NINE_O_CLOCK)
    assert sheets(opened) == {"s": a_sheet("s", level=1)}


def test_an_answer_an_exemplar_and_a_candidate_may_bear_the_same_name(opened: Library) -> None:
    whole = Whole(candidate="A", overall=1, comment="Plain and kind.", revision=1, written_at=NINE_O_CLOCK)
    save(opened, a_sheet("A", level=1))
    save(opened, a_sheet("A", level=3), exemplar=True)
    save_whole(opened, whole)
    assert sheets(opened) == {"A": a_sheet("A", level=1)}
    assert sheets(opened, exemplars=True) == {"A": a_sheet("A", level=3)}
    assert wholes(opened) == {"A": whole}
    save_whole(opened, replace(whole, comment="", revision=2))
    assert wholes(opened) == {"A": replace(whole, comment="", revision=2)}


def test_what_nobody_can_see_is_taken_out_of_a_comment(opened: Library) -> None:
    save(opened, Sheet(id="s", marks=PeerMarks(comment="a\0b\x1fc\udcff e\u0301\r\nd")))
    assert sheets(opened)["s"].marks.comment == "abc é\nd"
    assert len(facts(opened, "SELECT * FROM marked_sheet WHERE payload LIKE ?", "%abc é%")) == 1


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_marks_with_a_text_that_is_too_long_are_refused_and_those_before_stay(opened: Library, letter: str) -> None:
    save(opened, a_sheet("s"))
    with opened.writing() as work:
        with pytest.raises(TextTooLongError, match="The marks of an answer"):
            workspace.save_sheet(
                work, "pack-1", Sheet(id="s", marks=PeerMarks(comment=letter * PAYLOAD_LIMIT)), NINE_O_CLOCK
            )
        with pytest.raises(TextTooLongError, match="The marks of an answer"):
            workspace.save_whole(work, "pack-1", Whole(candidate="A", comment=letter * PAYLOAD_LIMIT), NINE_O_CLOCK)
        with pytest.raises(TextTooLongError, match="The id of the sheet"):
            workspace.save_sheet(work, "pack-1", Sheet(id=letter * (ID_LIMIT + 1)), NINE_O_CLOCK)
        work.commit()
    assert sheets(opened) == {"s": a_sheet("s")}
    assert wholes(opened) == {}


def test_returns_that_were_made_are_kept_with_the_latest_first_and_each_once(opened: Library) -> None:
    later = replace(MADE, digest="two", at=NINE_O_CLOCK + timedelta(hours=1), sheets=3, missing=0)
    for made in (MADE, later, MADE):
        with opened.writing() as work:
            workspace.keep_return(work, "pack-1", made)
            work.commit()
    opened.close()
    with open_again(opened) as again, again.reading() as session:
        assert workspace.returns(session) == (later, MADE)


def save_draft(library: Library, draft: ReturnDraft) -> None:
    with library.writing() as work:
        workspace.save_return_draft(work, "pack-1", draft, NINE_O_CLOCK)
        work.commit()


def test_what_is_settled_about_the_next_return_is_kept_beside_the_marks(opened: Library) -> None:
    with opened.reading() as session:
        assert workspace.return_draft(session) == ReturnDraft()
    save(opened, a_sheet("return"))
    for draft in (ReturnDraft(why_incomplete="The train – e\u0301 😀\n\0came", signed=True), ReturnDraft()):
        save_draft(opened, draft)
        with opened.reading() as session:
            expected = replace(draft, why_incomplete=draft.why_incomplete.replace("e\u0301", "é").replace("\0", ""))
            assert workspace.return_draft(session) == expected
            assert workspace.wholes(session) == {}
        assert sheets(opened) == {"return": a_sheet("return")}


def test_a_reason_that_is_too_long_is_refused_and_the_one_before_stays(opened: Library) -> None:
    save_draft(opened, ReturnDraft(why_incomplete="The train came in."))
    with opened.writing() as work, pytest.raises(TextTooLongError, match="The reason"):
        workspace.save_return_draft(work, "pack-1", ReturnDraft(why_incomplete="x" * PAYLOAD_LIMIT), NINE_O_CLOCK)
    with opened.reading() as session:
        assert workspace.return_draft(session).why_incomplete == "The train came in."


def test_marks_that_make_no_sense_are_told_as_damage(opened: Library) -> None:
    save(opened, a_sheet("s"))
    with opened.writing() as work:
        work.connection().exec_driver_sql("UPDATE marked_sheet SET payload = 'xyz'")
        work.commit()
    with pytest.raises(DamagedLibraryError):
        sheets(opened)
