"""The parts of the settings that are choices of the person: who, where and when, how, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cqcmock.domain.modes import LEAST_STRETCH, MOST_STRETCH, Mode, Timer
from cqcmock.settings import Settings
from ui.settings.entries import ChoiceEntry, DateEntry, NumberEntry, TextEntry
from ui.settings.section import Section
from ui.tab_order import tab_through
from ui.theme import LARGEST, SMALLEST, STEP, Theme, ThemeChoice

if TYPE_CHECKING:
    from cqcmock.domain.framework import Role
    from cqcmock.domain.story import Place

LONGEST = 200
ANOTHER_PLACE = ""
A_PLACE = "the name of the place, such as Kent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be chosen from: every role, those that have questions, and the places that have a story."""

    roles: tuple[Role, ...]
    with_questions: frozenset[str]
    places: tuple[Place, ...]


def not_too_long(text: str) -> str:
    """What is wrong with a line that may be empty."""
    return f"Make it shorter: at most {LONGEST} characters can be kept." if len(text) > LONGEST else ""


def filled_in(what: str) -> str:
    """What to say where a line that must not be empty is empty."""
    return f"Type {what}."


class PersonSection(Section):
    """Who rehearses here."""

    def __init__(self) -> None:
        super().__init__("You")
        self.name = TextEntry(
            "Your name (optional)",
            "A label is enough, such as “Councillor A”. It keeps your practice apart from other people's.",
            check=not_too_long,
        )
        self.name.entered.connect(lambda name: self.wanted.emit({"person": name}))
        self.role = ChoiceEntry("Your role")
        self.role.box.setEnabled(False)
        self.role.chosen.connect(lambda role: self.wanted.emit({"role": role}))
        self.add(self.name)
        self.add(self.role)
        self._known: Known | None = None

    def show_known(self, known: Known) -> None:
        """These are the roles there are."""
        self._known = known
        self.role.box.setEnabled(True)

    def show_settings(self, settings: Settings) -> None:
        self.name.show_value(settings.person)
        if self._known is not None:
            self.role.set_choices(
                [
                    (role.id, role.name if role.id in self._known.with_questions else f"{role.name} (no questions yet)")
                    for role in self._known.roles
                    if role.id in self._known.with_questions or role.id == settings.role
                ]
            )
            self.role.show_value(settings.role)


class PlaceSection(Section):
    """The place that questions speak of, and the day that it is all for."""

    def __init__(self) -> None:
        super().__init__("Place and date")
        self.story = ChoiceEntry("Place", hint="Questions and feedback speak of this place.")
        self.story.box.setEnabled(False)
        self.place = TextEntry(
            "Name of the place",
            check=lambda text: not_too_long(text) if text else filled_in(A_PLACE),
        )
        self.council = TextEntry("Name of the council (optional)", check=not_too_long)
        self.date = DateEntry("Date you are practising for", "I know the date")
        for entry in (self.story, self.place, self.council, self.date):
            self.add(entry)
        tab_through(self.date.known, self.date.day)
        self.story.chosen.connect(self._chosen)
        self.place.entered.connect(lambda _: self._typed())
        self.council.entered.connect(lambda _: self._typed())
        self.date.entered.connect(lambda on: self.wanted.emit({"practising_for": on}))
        self._places: tuple[Place, ...] = ()
        self._typing = False
        self._today: date | None = None

    def show_known(self, known: Known, today: date) -> None:
        """These are the places that have a story."""
        self._places = known.places
        self._today = today
        self.story.box.setEnabled(True)
        self.story.set_choices([*((place.id, place.name) for place in known.places), (ANOTHER_PLACE, "Another place")])

    def show_settings(self, settings: Settings) -> None:
        own = self._typing or bool(settings.place) or all(place.id != settings.story for place in self._places)
        self.story.show_value(ANOTHER_PLACE if own else settings.story)
        for entry in (self.place, self.council):
            entry.setVisible(own and bool(self._places))
        self.place.show_value(settings.place)
        self.council.show_value(settings.council)
        self.council.line.setPlaceholderText(f"{settings.place} Council" if settings.place else "")
        self.date.show_value(settings.practising_for)
        self.date.set_hint(self._until(settings.practising_for))

    def suggest_date(self, on: date) -> None:
        """The date to begin with once somebody says that they know it."""
        self.date.suggested = on

    def _chosen(self, story: object) -> None:
        self._typing = story == ANOTHER_PLACE
        if self._typing:
            self.place.show()
            self.council.show()
            self.place.line.setFocus()
        else:
            self.wanted.emit({"story": story, "place": "", "council": ""})
            for entry in (self.place, self.council):
                entry.line.setModified(False)
                entry.set_problem("")

    def _typed(self) -> None:
        place, council = self.place.line.text().strip(), self.council.line.text().strip()
        if place:
            self.wanted.emit({"story": ANOTHER_PLACE, "place": place, "council": council})
        else:
            self.place.set_problem(filled_in(A_PLACE))

    def _until(self, on: date | None) -> str:
        if on is None or self._today is None:
            return "The first screen then counts the days, and reports say how long to keep them."
        days = (on - self._today).days
        if days < 0:
            return "This date has passed."
        return "That is today." if days == 0 else f"That is in {days:,} day{'' if days == 1 else 's'}."


class PractiseSection(Section):
    """How rehearsals usually are; each can still be set up otherwise."""

    def __init__(self) -> None:
        super().__init__("Rehearsing")
        self.mode = ChoiceEntry(
            "Usual mode",
            [
                (Mode.PRACTICE.value, "Practice"),
                (Mode.REALISTIC.value, "Realistic"),
                (Mode.INTERVIEWER.value, "With an interviewer"),
            ],
            "Practice has hints, notes, pauses and second takes. Realistic has none of these. "
            "With an interviewer, a colleague asks from a window of their own.",
        )
        self.stretch = NumberEntry(
            "Time",
            lowest=LEAST_STRETCH,
            highest=MOST_STRETCH,
            step=0.5,
            decimals=2,
            prefix="× ",
            hint="From 1 to 10: with 2 you have twice as long for everything.",
        )
        self.timer = ChoiceEntry(
            "Clock",
            [
                (Timer.SHOWN.value, "Shown"),
                (Timer.HIDDEN.value, "Hidden: measured, but out of sight"),
                (Timer.OFF.value, "Off: no time is held against you"),
            ],
            "Nobody is ever cut off: time that runs over is only measured.",
        )
        for entry in (self.mode, self.stretch, self.timer):
            self.add(entry)
        self.mode.chosen.connect(lambda mode: self.wanted.emit({"mode": mode}))
        self.stretch.entered.connect(lambda factor: self.wanted.emit({"stretch": factor}))
        self.timer.chosen.connect(lambda timer: self.wanted.emit({"timer": timer}))

    def show_settings(self, settings: Settings) -> None:
        self.mode.show_value(settings.mode)
        self.stretch.show_value(settings.stretch)
        self.timer.show_value(settings.timer)


class LookSection(Section):
    """Text size and theme, seen at once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("How it looks")
        self._theme = theme
        self.text_size = ChoiceEntry("Text size")
        self.theme = ChoiceEntry(
            "Colours",
            [
                (ThemeChoice.SYSTEM.value, "As the system has them"),
                (ThemeChoice.LIGHT.value, "Light"),
                (ThemeChoice.DARK.value, "Dark"),
                (ThemeChoice.HIGH_CONTRAST.value, "High contrast"),
            ],
        )
        self.add(self.text_size)
        self.add(self.theme)
        self.text_size.chosen.connect(self._size_chosen)
        self.theme.chosen.connect(self._theme_chosen)
        theme.changed.connect(self._show_size)

    def show_settings(self, settings: Settings) -> None:
        self._show_size()
        self.theme.show_value(settings.theme)

    def _show_size(self) -> None:
        percent = self._theme.percent
        sizes = sorted({*range(SMALLEST, LARGEST + 1, STEP), percent})
        self.text_size.set_choices([(size, _size_name(size)) for size in sizes])
        self.text_size.show_value(percent)

    def _size_chosen(self, percent: object) -> None:
        assert isinstance(percent, int)
        self._theme.set_percent(percent)
        self.wanted.emit({"text_percent": percent})

    def _theme_chosen(self, choice: object) -> None:
        self._theme.set_choice(ThemeChoice(str(choice)))
        self.wanted.emit({"theme": choice})


def _size_name(percent: int) -> str:
    return f"{percent} %, the usual size" if percent == SMALLEST else f"{percent} %"


class ReportSection(Section):
    """What every report says about itself."""

    def __init__(self) -> None:
        super().__init__("Reports")
        self.classification = TextEntry(
            "Classification line",
            "On every page of every report.",
            check=lambda text: not_too_long(text) if text else filled_in("a line such as OFFICIAL – SENSITIVE"),
        )
        self.add(self.classification)
        self.classification.entered.connect(lambda line: self.wanted.emit({"classification": line}))

    def show_settings(self, settings: Settings) -> None:
        self.classification.show_value(settings.classification)


def fields_of(wanted: dict[str, object], settings: Settings) -> dict[str, Any]:
    """Those wanted fields that differ from what is set."""
    return {name: value for name, value in wanted.items() if getattr(settings, name) != value}


def all_choices(roles: Sequence[Role], ready: Sequence[Role], places: Sequence[Place]) -> Known:
    """What can be chosen from, as one piece of data."""
    return Known(roles=tuple(roles), with_questions=frozenset(role.id for role in ready), places=tuple(places))
