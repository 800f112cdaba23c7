"""Many cases of one thing: some of them in the quick rounds, the others in the slow ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some_quickly(cases: Iterable[Any], *, every: int) -> list[Any]:
    """The first case and every so many after it run quickly; the rest are marked slow."""
    return [case if at % every == 0 else pytest.param(case, marks=pytest.mark.slow) for at, case in enumerate(cases)]
