"""One run of letters without end: what was typed can be told from any part of it."""

from __future__ import annotations

import random
from functools import cache

ALPHABET = "abcdefghijklmnopqrstuvwxyz      éŵßЖש王<&'\"\\"


@cache
def letters(length: int) -> str:
    """The first so many letters of the run."""
    dice = random.Random(20261121)
    return "".join(dice.choice(ALPHABET) for _ in range(length))
