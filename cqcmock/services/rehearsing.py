"""Setting up a rehearsal: who, which questions, how long, and the plan that comes of it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.choosing import Candidate, QuestionKey, about, draw
from cqcmock.domain.english import shortened
from cqcmock.domain.framework import Preset, Role
from cqcmock.domain.hearing import Hearing, with_overrulings
from cqcmock.domain.interview import State, fold
from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.plan import (
    LAST_WORDS_TIMING,
    MOST_PROBES,
    PROBE_TIMING,
    Plan,
    PlannedQuestion,
    Timing,
    check_stretch,
    check_timing,
)
from cqcmock.domain.questions import filled
from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.domain.sitting import Sitting
from cqcmock.domain.story import Place
from cqcmock.errors import UserError
from cqcmock.services import stories
from cqcmock.services.shipped import framework, glossary, rubric
from cqcmock.settings import Settings
from cqcmock.storage.text import NAME_LIMIT

if TYPE_CHECKING:
    from cqcmock.services.library import Library

MOST_QUESTIONS = 40
ANOTHER_PRESET = Preset(
    id="usual", name="Usual", questions=6, prepare_seconds=15, target_seconds=120, limit_seconds=180
)
"""For a role whose framework file names no preset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What somebody chose before the first question.

    `timing` of None leaves every question its own; times are in seconds before they are stretched.
    `story` is the id of the local story that answers are held against, or empty. `chosen` are questions picked by
    hand, asked in that order; where it is empty they are drawn: from `themes`, or from all where there are none.
    """

    role: str
    questions: int
    mode: Mode = Mode.PRACTICE
    timing: Timing | None = None
    probe_timing: Timing = PROBE_TIMING
    most_probes: int = MOST_PROBES
    stretch: float = 1.0
    timer: Timer = Timer.SHOWN
    place: str = ""
    council: str = ""
    story: str = ""
    themes: tuple[str, ...] = ()
    person: str = ""
    seed: int | None = None
    chosen: tuple[QuestionKey, ...] = ()


def presets(role: Role) -> tuple[Preset, ...]:
    """The usual shapes of a rehearsal for this role; every role has at least one."""
    return role.presets or (ANOTHER_PRESET,)


def place_names(settings: Settings, story: Place | None) -> tuple[str, str]:
    """The place and the council that questions speak of: as typed in the settings, else those of the story."""
    place = settings.place or (story.name if story else "")
    council = settings.council or (story.council if story and place == story.name else f"{place} Council")
    return place, council


def default_set_up(
    library: Library, settings: Settings, role_id: str | None = None, preset_id: str | None = None
) -> SetUp:
    """The set-up that this person would expect. Raises UserError for a role or preset that is not there."""
    return set_up_for(settings, stories.place_of(library, settings.story), role_id, preset_id)


def set_up_for(
    settings: Settings, story: Place | None, role_id: str | None = None, preset_id: str | None = None
) -> SetUp:
    """The same for somebody who knows already which story was chosen."""
    role = framework().role(role_id or settings.role)
    of_role = {preset.id: preset for preset in presets(role)}
    preset = of_role.get(preset_id) if preset_id else next(iter(of_role.values()))
    if preset is None:
        raise UserError(f"{role.name} has no preset “{preset_id}”.", f"There are: {', '.join(of_role)}.")
    place, council = place_names(settings, story)
    return SetUp(
        role=role.id,
        questions=preset.questions,
        mode=Mode(settings.mode),
        stretch=settings.stretch,
        timer=Timer(settings.timer),
        place=place,
        council=council,
        story=story.id if story and place == story.name else "",
        themes=preset.themes,
        person=settings.person,
    )


def at_place(library: Library, set_up: SetUp, place: str) -> SetUp:
    """The same rehearsal for the place whose story has this name or id, or for one that has no story."""
    named = next(
        (
            story.place
            for story in stories.all_stories(library)
            if place.strip().casefold() in (story.place.id, story.place.name.casefold())
        ),
        None,
    )
    if named:
        return replace(set_up, place=named.name, council=named.council, story=named.id)
    council = set_up.council if place == set_up.place else ""
    return replace(set_up, place=place, council=council, story="")


def candidates(library: Library, role_id: str) -> tuple[Candidate, ...]:
    """Every question that could be put to this role, in the order of the banks."""
    with library.reading() as session:
        return storage.banks.candidates(session, role_id)


def make_plan(library: Library, set_up: SetUp) -> Plan:
    """Draw the questions, or take those picked by hand, and settle everything else.

    Raises UserError where the set-up cannot be used, in words for the person who made it.
    """
    role = framework().role(set_up.role)
    check_stretch(set_up.stretch)
    if not set_up.place.strip():
        raise UserError("The place has no name yet.", "Say which place you rehearse for, for instance Hertfordshire.")
    if not 1 <= set_up.questions <= MOST_QUESTIONS:
        raise UserError(f"A rehearsal cannot have {set_up.questions} questions.", f"Choose from 1 to {MOST_QUESTIONS}.")
    for timing in (set_up.timing, set_up.probe_timing):
        if timing:
            check_timing(timing)
    story = stories.story(library, set_up.story) if set_up.story else None
    pool = candidates(library, set_up.role)
    seed = secrets.randbelow(2**31) if set_up.seed is None else set_up.seed
    if set_up.chosen:
        asked = _by_hand(pool, set_up.chosen)
    else:
        with library.reading() as session:
            practised = storage.practice.times_by_key(session, set_up.person)
        drawn_from = about(pool, set_up.themes, story.communities if story else ())
        asked = draw(drawn_from, set_up.questions, seed, practised)
    names = {"place": set_up.place.strip(), "council": set_up.council.strip() or f"{set_up.place.strip()} Council"}
    found = framework()
    return Plan(
        role=role.id,
        role_name=role.name,
        mode=set_up.mode,
        place=names["place"],
        council=names["council"],
        framework=found.id,
        seed=seed,
        stretch=set_up.stretch,
        timer=set_up.timer,
        questions=tuple(_planned(candidate, set_up, names) for candidate in asked),
        probe_timing=set_up.probe_timing.stretched(set_up.stretch),
        last_words_timing=LAST_WORDS_TIMING.stretched(set_up.stretch),
        most_probes=min(max(set_up.most_probes, 0), MOST_PROBES),
        rubric=rubric(),
        theme_names={theme.id: theme.name for theme in found.theme_list},
        statement_names={statement.id: statement.name for statement in found.statements},
        story=story,
        scored=role.scored,
    )


def _by_hand(pool: Sequence[Candidate], chosen: Sequence[QuestionKey]) -> tuple[Candidate, ...]:
    by_key = {candidate.key: candidate for candidate in pool}
    missing = [f"{bank}/{question}" for bank, question in chosen if (bank, question) not in by_key]
    if missing:
        raise UserError(f"This role has no question {', '.join(missing)}.", "Pick the questions again.")
    return tuple(by_key[key] for key in chosen)


def _planned(candidate: Candidate, set_up: SetUp, names: dict[str, str]) -> PlannedQuestion:
    question = candidate.question
    own = Timing(prepare=question.prepare_seconds, target=question.target_seconds, limit=question.limit_seconds)
    return PlannedQuestion(
        bank=candidate.bank,
        bank_version=candidate.bank_version,
        question=filled(question, names),
        timing=(set_up.timing or own).stretched(set_up.stretch),
    )


def start(library: Library, plan: Plan, person: str, clock: Clock) -> Sitting:
    """Write the new sitting down and return it; its interview has not begun."""
    started_at = clock.wall()
    sitting = Sitting(
        id=str(uuid.uuid4()),
        title=title_for(plan, started_at),
        person=person,
        started_at=started_at,
        plan=plan,
        events=(),
        state=fold((), plan),
        sheet=MarkSheet(),
        reflection=Reflection(),
        actions=(),
    )
    with library.writing() as work:
        storage.sittings.create(work, sitting)
        work.commit()
    return sitting


def title_for(plan: Plan, started_at: datetime) -> str:
    """What a sitting is called until somebody renames it: role, place and day."""
    local = started_at.astimezone()
    day = f", {local.day} {local:%B %Y}"
    return shortened(f"{plan.role_name}, {plan.place}", NAME_LIMIT - len(day)) + day


def heard_in(plan: Plan, state: State, question: int, take: int, on: date) -> Hearing:
    """What was heard in everything said in one take on the day `on`, with what the person has overruled."""
    from cqcmock.listening import listen  # reading a library does not wait for its stemmer

    said = state.takes[question][take].spoken
    hearing = listen(said, plan.questions[question].question, plan.story, glossary=glossary(), on=on)
    return with_overrulings(hearing, state.overruled(question, take))


def ready_to_listen(plan: Plan) -> None:
    """Do what the first listening to each question waits for, 130 ms in all, before anybody waits for it."""
    from cqcmock.listening import listen

    for planned in plan.questions:
        listen("", planned.question, plan.story, glossary=glossary())


def heard_in_sitting(sitting: Sitting, question: int, take: int = -1) -> Hearing:
    """What was heard in one take of a sitting, by default the latest."""
    number = range(len(sitting.state.takes[question]))[take]
    return heard_in(sitting.plan, sitting.state, question, number, sitting.started_at.astimezone().date())


def minutes_expected(set_up: SetUp) -> int:
    """A fair guess at the length of the interview, before it is planned: every target met, one probe a question."""
    role = framework().role(set_up.role)
    usual = presets(role)[0]
    answer = set_up.timing or Timing(
        prepare=usual.prepare_seconds, target=usual.target_seconds, limit=usual.limit_seconds
    )
    probe = set_up.probe_timing.target if set_up.most_probes else 0
    seconds = set_up.questions * (answer.prepare + answer.target + probe) + LAST_WORDS_TIMING.target
    return max(1, round(seconds * set_up.stretch / 60))
