"""What comes into the library as text comes out as people meant it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.storage.text import TextTooLongError, checked, clean, clean_deep, tokens

ANY_TEXT = st.text(st.characters(), max_size=60)  # surrogates and controls included


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_clean_text_can_be_encoded_and_has_no_control_but_tab_and_line_end(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {char for char in cleaned if ord(char) < 32} - {"\n", "\t"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_text_without_controls_loses_nothing(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_every_kind_of_line_end_becomes_one() -> None:
    assert clean("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"


def test_a_text_of_the_limit_is_kept_and_one_more_is_refused_with_its_name_and_the_limit() -> None:
    assert checked("x" * 2_000, 2_000, "The action") == "x" * 2_000
    with pytest.raises(TextTooLongError, match=r"The action is 2,001 characters long; at most 2,000"):
        checked("x" * 2_001, 2_000, "The action")


def test_what_is_cleaned_away_does_not_count_towards_the_limit() -> None:
    assert checked("\0" * 50 + "ab", 2, "The name") == "ab"


def test_every_text_in_a_nested_value_is_cleaned() -> None:
    assert clean_deep({"a\0": ["b\ud800", 1, None, ("c\x1b",)]}) == {"a": ["b", 1, None, ["c"]]}


def test_words_are_compared_without_case_accents_or_punctuation() -> None:
    assert tokens("Zoë’s Straße—CHILD'S 2024/25, ﬁne_day") == [
        "zoe", "s", "strasse", "child", "s", "2024", "25", "fine", "day",
    ]  # fmt: skip
