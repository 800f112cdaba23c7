"""How long people's texts may be, in characters: said before anything is written, and held by the database."""

from __future__ import annotations

LONGEST_ANSWER = 200_000
"""About four hours of speech. Much longer texts without a space would also hold the window up."""
