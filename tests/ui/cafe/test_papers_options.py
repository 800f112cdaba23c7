"""Times of the day, as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from ui.cafe.papers_options import time_of


@given(moment=st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_a_time_is_understood_however_it_is_written(moment: time) -> None:
    twelve = moment.hour % 12 or 12
    half = "am" if moment.hour < 12 else "pm"
    day = (f"{moment:%H:%M}", f"{moment:%H.%M}", f" {moment:%H%M} ", f"{moment.hour}:{moment:%M}")
    for written in (*day, f"{twelve}.{moment:%M} {half}", f"{twelve}:{moment:%M}{half[0]}.m."):
        assert time_of(written) == moment, written


def test_an_hour_alone_is_a_time_and_nothing_is_no_time() -> None:
    assert time_of("9") == time(9)
    assert time_of("2 pm") == time(14)
    assert time_of("  ") is None


@pytest.mark.parametrize("words", ["24:00", "9:60", "noon", "13 pm", "0 am", "-9:30", "9:3", "930 0"])
def test_what_is_no_time_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(UserError, match="is not a time"):
        time_of(words)
