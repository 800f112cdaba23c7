"""How large letters are, the same for every renderer."""

from __future__ import annotations

from typing import Final

LARGE_PRINT: Final = 1.5
"""So many times the usual size: text is then set in 18 points."""

_SMALLEST_LARGE: Final = 16.0
"""In points: in large print small print is large too, or it would not be large print."""


def sized(points: float, scale: float) -> float:
    """A size of letters in points, for type that is `scale` times as large as usual."""
    return max(points * scale, _SMALLEST_LARGE) if scale > 1 else points * scale
