"""A library such as a busy council has after a year: five hundred questions and two hundred rehearsals.

Everything in it goes in by the services, the way a person would put it there; only its clock is played.
"""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.clock import system_clock
from cqcmock.domain.interview import Event, EventKind, Phase
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.paths import Location
from cqcmock.services import bank_files, banks, rehearsing, sittings
from cqcmock.services import library as libraries
from cqcmock.services.examples import PlayedClock
from cqcmock.services.live import LiveInterview
from cqcmock.services.shipped import framework
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.domain.sitting import Sitting
    from cqcmock.services.library import Library

BANK = "our-council"
QUESTIONS = 7
STILL_OPEN = 6
"""The latest rehearsals are left on the way: in the interview, before the marks, before the reflection."""

_SENTENCES = (
    "We are working on this with our partners and it is very important to us.",
    "Last year we asked 212 unpaid carers what would help, and most of them said a break that they can plan.",
    "Waiting for a first assessment went from 61 days to 24 between March and October.",
    "One person told us that nobody had called back, so we changed who answers the phone.",
    "People in the north of the county wait longer, and we have not put that right yet.",
    "I meet the director every second week and look at the same six figures each time.",
    "Our staff know their communities well and do a fantastic job.",
    "There is more to do, and we are developing a plan.",
)


@dataclass(frozen=True, slots=True)
class Built:
    """What is in the library."""

    questions: int
    sittings: int
    events: int


def build(folder: Path, questions: int, rehearsals: int) -> Built:
    """Make the library in this folder: `questions` in all its banks, and so many `rehearsals`."""
    library = libraries.open_library(Location(folder))
    try:
        problems = libraries.sync_shipped_banks(library)
        if problems:
            raise RuntimeError(str(problems[0]))
        _add_council_bank(library, folder.parent / f"{BANK}.toml", questions)
        dice = random.Random(2026)
        events = sum(_rehearse(library, number, rehearsals, dice) for number in range(rehearsals))
        built = sum(bank.questions for bank in banks.list_banks(library))
        return Built(built, len(sittings.recent(library)), events)
    finally:
        library.close()


def _add_council_bank(library: Library, file: Path, wanted: int) -> None:
    missing = wanted - sum(bank.questions for bank in banks.list_banks(library))
    if missing > 0:
        file.write_text("\n".join(_bank_lines(missing)), encoding="utf-8")
        clock = system_clock()
        bank_files.take_in(library, bank_files.preview(library, file, clock), clock)


def _bank_lines(questions: int) -> Iterator[str]:
    """The file of a bank that a council wrote itself."""
    words = framework()
    theme = itertools.cycle(entry.id for entry in words.theme_list)
    statement = itertools.cycle(entry.id for entry in words.statements)
    yield f'[bank]\nid = "{BANK}"\ntitle = "Our own questions"\nversion = 1\nchecked_on = 2026-11-21'
    yield f'framework = "{words.id}"\nroles = ["lead-member", "director"]\nlanguage = "en-GB"'
    for number in range(questions):
        yield f'[[question]]\nid = "own-{number}"\ntext = "What has changed in {{place}} because of plan {number}?"'
        yield f'kind = "question"\nstatements = ["{next(statement)}"]\nthemes = ["{next(theme)}"]'
        yield "prepare_seconds = 15\ntarget_seconds = 120\nlimit_seconds = 180"
        yield 'source = "council"\nsource_note = "asked in our own practice"'
        yield 'strong = ["says what changed", "says for whom"]'
        for point, label in enumerate(("Who gains", "What it cost", "What comes next")):
            yield f'[[question.point]]\nid = "point-{point}"\nlabel = "{label}"'
            yield f'phrases = ["plan {number} {label.lower()}", "because of plan {number}"]'
            yield f'probe = "{label}, with plan {number}?"'
        yield '[[question.probe]]\ncue = "no-number"\ntext = "How do you know?"'


def _rehearse(library: Library, number: int, rehearsals: int, dice: random.Random) -> int:
    """One rehearsal of about a hundred events; returns how many there were."""
    played = PlayedClock(0.0, datetime.now(UTC) - timedelta(days=rehearsals - number, minutes=7 * (number % 60)))
    role = ("lead-member", "director")[number % 2]
    set_up = replace(rehearsing.default_set_up(library, Settings(), role), questions=QUESTIONS, seed=number, person="")
    sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), "", played.clock())
    kept: dict[int, Event] = {}
    live = LiveInterview(sitting.plan, (), played.clock(), kept.__setitem__)
    left = rehearsals - number <= STILL_OPEN // 3
    _answer_everything(live, played, dice, questions=4 if left else QUESTIONS)
    if left:
        live.show_next()
        live.leave()
    else:
        live.ask_last_words()
        played.pass_seconds(20)
        live.finish(_words(dice, 2))
    sittings.keep_events(library, sitting.id, tuple(sorted(kept.items())))
    if live.state.phase is Phase.OWN_MARKS and rehearsals - number > STILL_OPEN * 2 // 3:
        _finish(library, sitting, number, rehearsals, played, dice)
    return len(live.events)


def _answer_everything(live: LiveInterview, played: PlayedClock, dice: random.Random, *, questions: int) -> None:
    for position in range(questions):
        live.show_next()
        played.pass_seconds(8)
        if live.can(EventKind.ANSWERING_STARTED):
            live.begin_answer()
        while live.state.phase in (Phase.ANSWER, Phase.PROBE):
            played.pass_seconds(dice.uniform(20, 110))
            live.end_answer(_words(dice, 4))
        live.note(f"Slower at question {position + 1}.")
        played.pass_seconds(4)


def _finish(
    library: Library, sitting: Sitting, number: int, rehearsals: int, played: PlayedClock, dice: random.Random
) -> None:
    clock = played.clock()
    lenses = [lens.id for lens in sitting.plan.rubric.lenses]
    sheet = MarkSheet(
        answers={
            position: AnswerMarks(levels={lens: dice.randrange(4) for lens in lenses}, comment=_words(dice, 1))
            for position in range(QUESTIONS)
        },
        overall=dice.randrange(4),
        comment=_words(dice, 2),
        submitted=True,
    )
    played.pass_seconds(300)
    sittings.submit_marks(library, sitting.id, sheet, clock)
    if rehearsals - number <= STILL_OPEN:
        return
    reflection = Reflection(
        proud=_words(dice, 1), know=_words(dice, 1), difference=_words(dice, 1), next=_words(dice, 1)
    )
    action = Action(
        id=str(uuid.UUID(int=dice.getrandbits(128), version=4)),
        what="Ask the carers' centre for this year's figure",
        owner="Me",
        due=clock.today() + timedelta(days=14),
        done=clock.today() if number % 40 else None,
    )
    sittings.finish_reflection(library, sitting.id, reflection, (action,), clock)


def _words(dice: random.Random, sentences: int) -> str:
    return " ".join(dice.choices(_SENTENCES, k=sentences))
