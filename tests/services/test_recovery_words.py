"""What is made of the six words: read as they are typed, asked for, and put on paper."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.review import sealing, words
from cqcmock.services import library_keys, recovery_words, reports
from cqcmock.settings import Settings
from tests.clocks import HandClock

SIX = "abandon zebra laundry river camera hospital"
offered = st.sampled_from(words.all_offered())


@given(st.lists(offered, min_size=6, max_size=6), st.sampled_from([" ", ", ", "  ", "\n", ",", " ; "]), st.data())
def test_what_is_shown_as_known_is_what_the_lock_understands(
    meant: list[str], between: str, data: st.DataObject
) -> None:
    letters = [data.draw(st.integers(min(4, len(word)), len(word))) for word in meant]
    typed = between.join(word[:many].title() for word, many in zip(meant, letters, strict=True))
    found = recovery_words.typed_words(typed)
    assert [word.meant for word in found] == meant
    assert [word.finished for word in found] == [True] * 5 + [False]
    if ";" not in between:
        assert library_keys.understood(typed) == " ".join(meant)


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_typed(typed: str) -> None:
    for word in recovery_words.typed_words(typed):
        assert word.meant == "" or words.is_offered(word.meant)


def test_the_numbers_of_the_paper_may_be_typed_too() -> None:
    found = recovery_words.typed_words("1. abandon 2) zebra 3 xylop ")
    assert [word.meant for word in found] == ["abandon", "zebra", ""]
    assert all(word.finished for word in found)


def test_two_different_words_are_asked_for_in_their_order() -> None:
    for _ in range(50):
        first, second = recovery_words.to_ask_for()
        assert 0 <= first < second < recovery_words.WORDS


@pytest.mark.parametrize(
    ("typed", "right"),
    [("laundry", True), (" LAUN ", True), ("lau", False), ("laun zebra", False), ("", False), ("zebra", False)],
)
def test_four_letters_of_a_word_are_enough_to_show_that_it_is_there(typed: str, right: bool) -> None:
    assert recovery_words.is_right(typed, "laundry") is right


def test_the_page_is_one_page_of_text_with_tags_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    recovery_words.save_paper(SIX, path, Settings(), HandClock().clock)
    assert path.stat().st_mode & 0o777 == 0o600
    (page,) = reports.page_words(path.read_bytes())
    for at, word in enumerate(SIX.split(), 1):
        assert f"{at}. {word}" in page
    for said in ("Recovery words for CQC Mock", "21 November 2026", "Keep this page away from the laptop", "open"):
        assert said in page
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot is not None
        assert "abandon" not in str(pdf.docinfo)


def test_a_name_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not the name of a PDF"):
        recovery_words.save_paper(SIX, tmp_path / "words.txt", Settings(), HandClock().clock)
    assert list(tmp_path.iterdir()) == []


def test_the_councils_public_key_is_checked_and_a_secret_one_is_never_taken() -> None:
    secret, address = sealing.new_address()
    assert recovery_words.check_council_key(f"  {address}\n") == address
    assert recovery_words.check_council_key("  ") == ""
    with pytest.raises(UserError, match="not a council"):
        recovery_words.check_council_key(address[:-1])
    with pytest.raises(UserError, match="secret key") as raised:
        recovery_words.check_council_key(secret)
    assert secret not in str(raised.value)


def test_the_secret_key_is_found_in_a_key_file(tmp_path: Path) -> None:
    secret, address = sealing.new_address()
    path = tmp_path / "council.txt"
    path.write_text(f"# created: 2026-11-22T10:00:00Z\n# public key: {address}\n{secret}\n")
    assert recovery_words.secret_in(path) == secret
    path.write_bytes(b"\xff" * 100)
    with pytest.raises(UserError, match="no secret key"):
        recovery_words.secret_in(path)
    with pytest.raises(UserError, match="could not be read"):
        recovery_words.secret_in(tmp_path / "nowhere")
