"""An assessment framework as data, and the arithmetic of a published rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cqcmock.errors import UserError


class Rounding(StrEnum):
    """How a percentage becomes a whole number."""

    UP = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One score of the scale, in words; `warning` is said whenever it is given."""

    score: int
    meaning: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A rating, and the lowest whole percentage that earns it."""

    rating: str
    from_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkTheme:
    """One of the framework's own groups of quality statements."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quality statement: `aliases` are the other names that published reports use for it."""

    id: str
    theme: str
    name: str
    aliases: tuple[str, ...] = ()
    commitment: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCategory:
    """A kind of evidence that assessors gather."""

    id: str
    name: str
    used_for_councils: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A usual shape of a rehearsal for one role. Times are in seconds for one question.

    `themes` are those that its questions are drawn from; all, where there are none.
    """

    id: str
    name: str
    questions: int
    prepare_seconds: int
    target_seconds: int
    limit_seconds: int
    themes: tuple[str, ...] = ()
    note: str = ""
    length_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody whom assessors meet. Where `scored` is false nobody marks the answers: people play the part."""

    id: str
    name: str
    who: str
    scored: bool = True
    presets: tuple[Preset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Something that interviews are about; `roles` are those whom it is asked of."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Something that goes badly in interviews, as feedback."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDate:
    """A day that matters to the framework, with its source."""

    on: date
    what: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """Everything the program knows of one version of the framework."""

    id: str
    title: str
    checked_on: date
    notes: tuple[str, ...]
    rounding: Rounding
    lowest: int
    highest: int
    levels: tuple[Level, ...]
    bands: tuple[Band, ...]
    themes: tuple[FrameworkTheme, ...]
    statements: tuple[Statement, ...]
    evidence: tuple[EvidenceCategory, ...]
    roles: tuple[Role, ...]
    theme_list: tuple[Theme, ...]
    tags: tuple[Tag, ...]
    dates: tuple[KeyDate, ...]

    def role(self, role_id: str) -> Role:
        """The role with this id. Raises UserError naming the roles there are."""
        for role in self.roles:
            if role.id == role_id:
                return role
        known = ", ".join(role.id for role in self.roles)
        raise UserError(f"There is no role “{role_id}”.", f"The roles are: {known}.")

    def theme_name(self, theme_id: str) -> str:
        """The name of a theme of `theme_list`, or the id itself where it is not listed."""
        return next((theme.name for theme in self.theme_list if theme.id == theme_id), theme_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The outcome of the arithmetic. `practice_indication` is true unless every statement was scored."""

    total: int
    possible: int
    percent: int
    rating: str
    statements: int
    practice_indication: bool
    warnings: tuple[str, ...]


def rate(scores: Sequence[int], framework: Framework) -> Rating:
    """Work out the rating that these scores give, one score for each quality statement.

    The percentage is worked out in whole numbers and rounded up, as published figures show
    (25 of 36 was published as 70). Raises UserError for a score off the scale, or too many or no scores.
    """
    if not scores:
        raise UserError("No scores were given.", "Give one score for each quality statement, for instance 3,3,3.")
    if len(scores) > len(framework.statements):
        raise UserError(
            f"{len(scores)} scores were given, but the framework has {len(framework.statements)} quality statements.",
            "Give at most one score for each quality statement.",
        )
    for score in scores:
        if not framework.lowest <= score <= framework.highest:
            raise UserError(
                f"{score} is not a score of this framework.",
                f"Scores are whole numbers from {framework.lowest} to {framework.highest}.",
            )
    total = sum(scores)
    possible = framework.highest * len(scores)
    percent = -(-100 * total // possible)
    rating = max(
        (band for band in framework.bands if band.from_percent <= percent), key=lambda band: band.from_percent
    ).rating
    warnings = tuple(level.warning for level in framework.levels if level.warning and level.score in scores)
    return Rating(
        total=total,
        possible=possible,
        percent=percent,
        rating=rating,
        statements=len(scores),
        practice_indication=len(scores) < len(framework.statements),
        warnings=warnings,
    )
