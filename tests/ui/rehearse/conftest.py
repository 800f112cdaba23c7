"""The clock under the name that an interview's tests know it by."""

from __future__ import annotations

import pytest

from tests.clocks import HandClock


@pytest.fixture
def clock(hand: HandClock) -> HandClock:
    """The clock of the desk, which goes when a test says so."""
    return hand
