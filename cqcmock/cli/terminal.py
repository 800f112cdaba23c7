"""The interview in a terminal: it asks, waits, probes, and helps to reflect, like the window does."""

from __future__ import annotations

import textwrap
import uuid
from datetime import date
from typing import TYPE_CHECKING

import typer

from cqcmock.clock import Clock
from cqcmock.domain.english import count, duration
from cqcmock.domain.interview import ON_AIR, Light, Phase, light
from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.reflection import PROMPTS, Action, Reflection
from cqcmock.domain.rubric import LEVELS, AnswerMarks, MarkSheet, Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.services import rehearsing, sittings
from cqcmock.services.answers import WrittenReflection
from cqcmock.services.live import LiveInterview, may_pause, on_screen
from cqcmock.services.rehearsing import SetUp
from cqcmock.services.scripted import finish_sitting

if TYPE_CHECKING:
    from cqcmock.services.library import Library

END, PAUSE, HINT, STOP = ".", "/pause", "/hint", "/stop"
LIGHT_WORDS = {Light.IN_HAND: "in hand", Light.WRAP_UP: "past the target", Light.OVER: "over the limit"}
WIDTH = 88


def rehearse_by_hand(
    library: Library, set_up: SetUp, resume: str | None, written: WrittenReflection | None, clock: Clock
) -> Sitting:
    """Run the interview at the keyboard; every line is saved before the next is read."""
    if resume:
        sitting = sittings.load(library, resume)
        if sitting.state.phase in ON_AIR:
            refuse_interviewer(sitting.plan.mode)
    else:
        sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), set_up.person, clock)
    with sittings.recorder(library, sitting.id) as keep:
        live = LiveInterview(sitting.plan, sitting.events, clock, keep)
        try:
            _interview(live)
        except (KeyboardInterrupt, EOFError, typer.Abort):
            live.leave()
            typer.echo(f"\nSaved. Go on with: cqcmock rehearse --resume {sitting.id}")
            raise typer.Exit(0) from None
    sitting = sittings.load(library, sitting.id)
    over = sitting.state.phase in (Phase.OWN_MARKS, Phase.REFLECTION)
    if over and written:
        finish_sitting(library, sitting.id, MarkSheet(submitted=True), written, clock)
    elif over:
        _marks_and_reflection(library, sitting, clock)
    return sittings.load(library, sitting.id)


def refuse_interviewer(mode: Mode) -> None:
    """Raise UserError for a rehearsal in which two people each need a window of their own."""
    if mode is Mode.INTERVIEWER:
        raise UserError(
            "A rehearsal with an interviewer needs two windows, and a terminal is one.",
            "Open the program’s window for it, or rehearse here with --mode practice or --mode realistic.",
        )


def _interview(live: LiveInterview) -> None:
    plan = live.plan
    typer.echo(f"{plan.role_name}, {plan.place}: {count(len(plan.questions), 'question')}, {plan.mode} mode.")
    typer.echo(f"Type as long as you like. A line with only “{END}” ends an answer, {STOP} ends the interview.")
    if plan.mode is Mode.PRACTICE:
        typer.echo(f"{HINT} shows what an assessor listens for, {PAUSE} stops the clock.")
    if live.state.stopped:
        typer.prompt("\nYou stopped here. Press Enter to go on", default="", show_default=False)
        live.resume()
    while live.state.phase in ON_AIR:
        match live.state.phase:
            case Phase.BETWEEN if live.state.question < 0 or not live.is_last_question():
                if live.state.question >= 0 and plan.mode is Mode.REALISTIC:
                    typer.prompt("Press Enter for the next question", default="", show_default=False)
                live.show_next()
                _say(f"Question {live.state.question + 1} of {len(plan.questions)}", live.planned.question.text)
            case Phase.BETWEEN:
                live.ask_last_words()
                _say("Last words", on_screen(live))
            case Phase.PREPARE:
                _prepare(live)
            case _:
                _answer(live)


def _say(above: str, words: str) -> None:
    typer.echo(f"\n{above}")
    typer.secho(textwrap.fill(words, WIDTH), bold=True)


def _prepare(live: LiveInterview) -> None:
    waiting = f"You have {duration(live.timing.prepare)} to think. Press Enter when you want to begin"
    typer.prompt(waiting, default="", show_default=False)
    live.tick()
    if live.state.stopped:
        typer.echo(live.state.stopped_because)
        live.resume()
    live.begin_answer()


def _answer(live: LiveInterview) -> None:
    typer.echo(_aim(live))
    lines = [live.state.open_text] if live.state.open_text else []
    if lines:
        typer.echo(textwrap.indent(lines[0], "  "))
    phase = live.state.phase
    while (line := input()).strip() != END:
        if live.tick():
            typer.echo(f"{live.state.stopped_because} The clock was stopped meanwhile.")
            live.resume()
        match line.strip():
            case "/stop":
                live.finish("\n".join(lines))
                return
            case "/pause" if may_pause(live):
                live.save_text("\n".join(lines))
                live.pause()
                typer.prompt("Paused. Press Enter to go on", default="", show_default=False)
                live.resume()
            case "/hint" if live.plan.mode is Mode.PRACTICE:
                points = (point.label for point in live.planned.question.points)
                typer.echo("An assessor may listen for: " + "; ".join(points) + ".")
            case _:
                lines.append(line)
                live.save_text("\n".join(lines))
    used, timing = live.seconds_used(), live.timing
    text = "\n".join(lines)
    if phase is Phase.LAST_WORDS:
        live.finish(text)
        return
    probe = live.end_answer(text)
    if live.plan.timer is Timer.SHOWN:
        typer.echo(f"{duration(used)} of {duration(timing.target)}: {LIGHT_WORDS[light(used, timing)]}.")
    if probe:
        _say("The assessor asks on", probe.text)


def _aim(live: LiveInterview) -> str:
    if live.plan.timer is not Timer.SHOWN:
        return "Your answer:"
    return f"Your answer, about {duration(live.timing.target)}:"


def _marks_and_reflection(library: Library, sitting: Sitting, clock: Clock) -> None:
    if sitting.state.phase is Phase.OWN_MARKS:
        sittings.submit_marks(library, sitting.id, _own_marks(sitting), clock)
    typer.echo("\nReflection. Enter leaves a line empty.")
    written = {field: typer.prompt(prompt, default="", show_default=False) for field, prompt in PROMPTS.items()}
    actions: list[Action] = []
    while what := typer.prompt("An action (Enter for none)", default="", show_default=False):
        owner = typer.prompt("Who does it", default="", show_default=False)
        actions.append(Action(id=str(uuid.uuid4()), what=what, owner=owner, due=_ask_date()))
    sittings.finish_reflection(library, sitting.id, Reflection(**written), tuple(actions), clock)


def _ask_date() -> date | None:
    while text := typer.prompt("By when, for instance 2027-01-31", default="", show_default=False):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            typer.echo("Please write the date as year-month-day.")
    return None


def _own_marks(sitting: Sitting) -> MarkSheet:
    if not typer.confirm("\nMark your own answers now?", default=True):
        return MarkSheet(submitted=True)
    rubric = sitting.plan.rubric
    answers = {}
    for question in sitting.answered:
        _say(f"Question {question + 1}", sitting.plan.questions[question].question.text)
        answers[question] = AnswerMarks(levels=_levels(rubric))
    for level, words in enumerate(rubric.overall):
        typer.echo(f"  {level}  {words}")
    return MarkSheet(answers=answers, overall=_ask_level("Overall"), submitted=True)


def _levels(rubric: Rubric) -> dict[str, int]:
    given = {}
    for lens in rubric.lenses:
        typer.echo(f"{lens.name}:")
        for level, anchor in enumerate(lens.anchors):
            typer.echo(f"  {level}  {anchor}")
        level_given = _ask_level("0 to 3, Enter to leave it out")
        if level_given is not None:
            given[lens.id] = level_given
    return given


def _ask_level(prompt: str) -> int | None:
    while text := typer.prompt(prompt, default="", show_default=False).strip():
        if text in {str(level) for level in LEVELS}:
            return int(text)
        typer.echo("Please give 0, 1, 2 or 3.")
    return None
