"""What the first screen says: what to go on with, what to practise next, what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.framework import Framework
from cqcmock.domain.sitting import OpenAction, SittingSummary
from cqcmock.domain.story import Place
from cqcmock.services import rehearsing
from cqcmock.services.rehearsing import SetUp
from cqcmock.services.shipped import framework, shipped_place
from cqcmock.settings import Settings
from cqcmock.storage.records import Practised

if TYPE_CHECKING:
    from cqcmock.services.library import Library

THEMES_SUGGESTED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to practise next: the names of themes, and how long ago they were last spoken about.

    `days_ago` is None where they have never been. `minutes` is a fair guess at the whole rehearsal.
    """

    themes: tuple[str, ...]
    days_ago: int | None
    minutes: int
    set_up: SetUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Everything on the first screen."""

    place: str
    days_left: int | None
    resume: tuple[SittingSummary, ...]
    recent: tuple[SittingSummary, ...]
    open_actions: tuple[OpenAction, ...]
    suggestion: Suggestion
    notices: tuple[str, ...]


def home(library: Library, settings: Settings, clock: Clock) -> Home:
    """Read the first screen, in one look at the library."""
    with library.reading() as session:
        rows = storage.home.read_home(session, settings.person, settings.story)
    today = clock.today()
    chosen = rows.place or shipped_place(settings.story)
    place, _ = rehearsing.place_names(settings, chosen)
    return Home(
        place=place,
        days_left=(settings.practising_for - today).days if settings.practising_for else None,
        resume=rows.resume,
        recent=rows.recent,
        open_actions=rows.open_actions,
        suggestion=suggest(rows.practised, settings, chosen, today),
        notices=library.notices,
    )


def suggest(practised: Sequence[Practised], settings: Settings, place: Place | None, today: date) -> Suggestion:
    """The themes of this person's role that were never spoken about, or not for longest, and a short rehearsal."""
    found = framework()
    last = _last_by_theme(practised)
    of_role = [theme for theme in found.theme_list if settings.role in theme.roles]
    never = [theme for theme in of_role if theme.id not in last]
    due = never or sorted((theme for theme in of_role), key=lambda theme: last[theme.id])
    chosen = due[:THEMES_SUGGESTED]
    days = None if never or not chosen else (today - last[chosen[0].id].astimezone().date()).days
    short = rehearsing.set_up_for(settings, place, settings.role, _shortest(found, settings.role))
    return Suggestion(
        themes=tuple(theme.name for theme in chosen),
        days_ago=days,
        minutes=rehearsing.minutes_expected(short),
        set_up=short,
    )


def _last_by_theme(practised: Sequence[Practised]) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for entry in practised:
        for theme in entry.themes:
            last[theme] = max(entry.last_at, last.get(theme, entry.last_at))
    return last


def _shortest(found: Framework, role_id: str) -> str | None:
    presets = rehearsing.presets(found.role(role_id))
    return min(presets, key=lambda preset: preset.questions).id
