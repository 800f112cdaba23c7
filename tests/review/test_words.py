"""Words to be said over the telephone."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.review import words


def test_the_offered_passphrase_has_six_words_is_strong_enough_and_never_the_same() -> None:
    offered = [words.offered_passphrase() for _ in range(50)]
    assert len({*offered}) == 50
    assert all(len(one.split()) == 6 and words.check_passphrase(one) == one for one in offered)


@pytest.mark.parametrize(
    "weak", ["", "   ", "hunter2", "password password", "letmein please", "Hertfordshire 2026", "a" * 60]
)
def test_what_could_be_guessed_is_refused(weak: str) -> None:
    with pytest.raises(UserError):
        words.check_passphrase(weak)


def test_a_passphrase_may_be_typed_with_capitals_and_more_spaces() -> None:
    assert words.plain("  Lamp  river\tSTONE ") == "lamp river stone"


@given(content=st.binary(max_size=50))
def test_a_code_is_four_words_that_depend_on_every_byte(content: bytes) -> None:
    code = words.word_code(hashlib.sha256(content).hexdigest())
    assert len(code.split()) == 4
    assert code == words.word_code(hashlib.sha256(content).hexdigest())
    assert code != words.word_code(hashlib.sha256(content + b"x").hexdigest())
