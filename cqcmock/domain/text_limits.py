"""How long people's texts may be, in characters: said before anything is written, and held by the database."""

from __future__ import annotations

LONGEST_ANSWER = 2_000_000
