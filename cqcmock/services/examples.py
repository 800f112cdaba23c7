"""The worked example: a whole rehearsal with answers written for this project, to look around in.

Its answers are data in `resources/example`; its clock is played, so that times are those of somebody speaking.
"""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcmock.clock import Clock
from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.modes import Mode
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.domain.sitting import Sitting
from cqcmock.paths import Location, resources_folder
from cqcmock.services import rehearsing, reports, sittings
from cqcmock.services.library import open_library, sync_shipped_banks
from cqcmock.services.live import LiveInterview
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

EXAMPLE_TITLE = "Worked example: lead member, Hertfordshire"
TYPING_SECONDS = 15.0


@dataclass(slots=True)
class PlayedClock:
    """A clock that goes as fast as the example is told."""

    monotonic: float
    wall: datetime

    def clock(self) -> Clock:
        """Both clocks as the rest of the program reads them."""
        return Clock(monotonic=lambda: self.monotonic, wall=lambda: self.wall)

    def pass_seconds(self, seconds: float) -> None:
        """Let this much time go by on both clocks."""
        self.monotonic += seconds
        self.wall += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the worked example left its reports."""

    sitting: str
    pdf: Path
    html: Path


def example_data(name: str = "lead-member") -> dict[str, Any]:
    """The answers, marks and reflection of a worked example."""
    path = resources_folder() / "example" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rehearse_example(library: Library, settings: Settings, clock: Clock) -> Sitting:
    """Play the worked example into a library, from the first question to the actions."""
    data = example_data()
    answers = data["answer"]
    set_up = replace(
        rehearsing.default_set_up(library, settings, data["role"]),
        mode=Mode(data["mode"]),
        chosen=tuple((data["bank"], answer["question"]) for answer in answers),
        questions=len(answers),
        person=data["person"],
        place=data["place"],
        council=data["council"],
        seed=1,
    )
    plan = rehearsing.make_plan(library, set_up)
    length = sum(answer["seconds"] + 120 for answer in answers)
    played = PlayedClock(0.0, clock.wall() - timedelta(seconds=length))
    sitting = rehearsing.start(library, plan, set_up.person, played.clock())
    sittings.rename(library, sitting.id, EXAMPLE_TITLE)
    with sittings.recorder(library, sitting.id) as keep:
        live = LiveInterview(plan, (), played.clock(), keep)
        for answer in answers:
            _play(live, played, answer)
            played.pass_seconds(5)
        live.ask_last_words()
        played.pass_seconds(data["last_words_seconds"])
        live.finish(_unwrapped(data["last_words"]))
    played.pass_seconds(TYPING_SECONDS)
    sittings.submit_marks(library, sitting.id, _sheet(data), played.clock())
    written = {field: _unwrapped(text) for field, text in data["reflection"].items()}
    sittings.finish_reflection(
        library, sitting.id, Reflection(**written), _actions(data, clock.today()), played.clock()
    )
    return sittings.load(library, sitting.id)


def _unwrapped(text: str) -> str:
    """The file's lines as paragraphs: an empty line parts them, a single line end does not."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _play(live: LiveInterview, played: PlayedClock, answer: dict[str, Any]) -> None:
    live.show_next()
    if live.state.phase is Phase.PREPARE:
        played.pass_seconds(min(answer.get("prepare_seconds", 8), live.timing.prepare))
        live.begin_answer()
    played.pass_seconds(answer["seconds"])
    live.end_answer(_unwrapped(answer["text"]))
    for reply in answer.get("probe", []):
        if live.can(EventKind.ANSWER_ENDED):
            played.pass_seconds(reply["seconds"])
            live.end_answer(_unwrapped(reply["text"]))
    while live.state.phase is Phase.PROBE:
        played.pass_seconds(4)
        live.end_answer("", ask_on=False)


def _sheet(data: dict[str, Any]) -> MarkSheet:
    return MarkSheet(
        answers={
            position: AnswerMarks(levels=answer["marks"], comment=answer.get("comment", ""))
            for position, answer in enumerate(data["answer"])
        },
        overall=data["overall"],
        comment=_unwrapped(data["overall_comment"]),
        submitted=True,
    )


def _actions(data: dict[str, Any], today: date) -> tuple[Action, ...]:
    return tuple(
        Action(
            id=str(uuid.uuid4()),
            what=action["what"],
            owner=action["owner"],
            due=today + timedelta(days=action["due_in_days"]),
        )
        for action in data["action"]
    )


def open_example(place: Location, clock: Clock) -> Library:
    """The library of the worked example, made at the first call; it is kept apart from the person's own."""
    library = open_library(place)
    try:
        sync_shipped_banks(library)
        if not sittings.recent(library):
            rehearse_example(library, Settings(), clock)
    except BaseException:
        library.close()
        raise
    return library


def demo(folder: Path, place: Location, clock: Clock) -> DemoFiles:
    """Rehearse the worked example and leave its PDF and HTML in `folder`."""
    library = open_library(place)
    try:
        sync_shipped_banks(library)
        sitting = rehearse_example(library, Settings(), clock)
        folder.mkdir(parents=True, exist_ok=True)
        files = DemoFiles(sitting.id, folder / "feedback.pdf", folder / "feedback.html")
        for path in (files.pdf, files.html):
            reports.write_report(library, sitting.id, path, Settings(), clock)
        return files
    finally:
        library.close()
