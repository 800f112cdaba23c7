"""Words are compared by what all their forms share."""

from __future__ import annotations

import string
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.listening.points import _beginning
from cqcmock.listening.stems import IRREGULAR, content_stems, phrase_words, read_words, stem

words = st.text(string.ascii_lowercase, min_size=1, max_size=12)
ENDINGS = "s es ies ied ed ing ingly edly ly li ation ational isation izer ement fulness ogi ousli y"
endings = st.sampled_from(ENDINGS.split())


@given(st.builds("".join, st.tuples(words, endings | st.just(""))))
def test_stemming_changes_no_more_than_the_last_letter_of_the_stem(word: str) -> None:
    """The listener passes over words that begin otherwise than every stem it looks for."""
    assert word in IRREGULAR or word.startswith(_beginning(stem(word)))


@pytest.mark.parametrize(
    ("one", "other"), [("people", "person"), ("children", "child"), ("heard", "hear"), ("waits", "waiting")]
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_very_long_word_is_left_as_it_is() -> None:
    assert stem("a" * 100_000 + "ing") == "a" * 100_000 + "ing"


def test_a_contraction_is_two_words_at_one_place() -> None:
    found = read_words("We don't.")
    assert found.plain == ["we", "do", "not"]
    assert list(zip(found.starts, found.ends, strict=True)) == [(0, 2), (3, 8), (3, 8)]


def test_a_phrase_without_letters_and_digits_has_no_words() -> None:
    assert phrase_words("… — !") == ()


def test_stop_words_carry_no_meaning() -> None:
    assert content_stems("Where do they wait, and for whom?") == {"wait"}


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = read_words(text)
    assert len(found.plain) == len(found.starts) == len(found.ends) == len(found.sentences) == len(found.clauses)


def test_several_threads_may_stem_at_once() -> None:
    words = [f"{start}{end}" for start in ("listen", "nation", "hope", "carry", "rational") for end in
             ("ing", "ed", "ness", "fully", "isation", "ational", "iveness", "ousli", "alism", "s")] * 40  # fmt: skip
    expected = [stem(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = [*threads.map(lambda _: [stem.__wrapped__(word) for word in words], range(8))]
    finally:
        sys.setswitchinterval(before)
    assert found == [expected] * 8
