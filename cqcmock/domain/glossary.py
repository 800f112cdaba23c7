"""Words of the trade, each with what it means in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An acronym or a word of the trade.

    `short` is the acronym or the word as it is used, `full` the acronym written out (or empty), `plain` what it means
    in words that a resident knows, `also` other spellings. A term that is `everyday` is one that a resident knows and
    that says little ("robust"): it can be looked up, but using it is no jargon.
    """

    short: str
    full: str = ""
    plain: str
    also: tuple[str, ...] = ()
    everyday: bool = False
