"""What is done in the window, step by step. Each play yields what it waits for."""

from __future__ import annotations

import json
import random
import time
from typing import Any

from PySide6.QtCore import Qt

from tests.e2e.driver import Play, Stage
from tests.e2e.letters import letters

CTRL = Qt.KeyboardModifier.ControlModifier


def obey(stage: Stage, *how: str) -> Play:
    """Do one deed after the other as the test calls for them (see `deeds.py`), and say what came of each."""
    from tests.e2e import deeds

    if "clock-by-hand" in how:
        deeds.take_the_clocks()
    return _obey(stage)


def _obey(stage: Stage) -> Play:
    from tests.e2e import deeds

    while True:
        call = yield stage.next_heard
        name, *arguments = json.loads(call)
        done = yield from getattr(deeds, name)(stage, *arguments)
        stage.say(done=done)
        if name == "quit_program":
            return


def into_interview(stage: Stage) -> Play:
    """From the home screen into the interview that it offers, to where something can be typed."""
    home = yield stage.home
    offered = home._cards.findChild(_resume_card())
    assert offered is not None, stage.describe()
    stage.say(offered=offered.about.text(), button=offered.carry_on.text())
    stage.click(offered.carry_on)
    screen = yield stage.screen("InterviewScreen")
    yield lambda: screen.journal.is_saved and screen.isVisible()
    if screen.live.state.stopped:
        stage.click(screen.forward)
    yield lambda: not screen.live.state.stopped
    stage.say(
        phase=screen.live.state.phase.value,
        shown=screen.answer.toPlainText() if screen.answer.isVisible() else None,
    )
    while not screen.answer.isVisible():
        stage.click(screen.forward)
        yield lambda: screen.journal.is_saved


def _resume_card() -> Any:
    from ui.home.cards import ResumeCard

    return ResumeCard


def type_on(stage: Stage, begin: str, seed: str) -> Play:
    """Type one known run of letters for ever, over questions and probes, and say what was typed and what was saved."""
    yield from into_interview(stage)
    screen = stage.window.current
    dice = random.Random(int(seed))
    at = int(begin)
    run = letters(at + 100_000)
    stage.say(typing=at)
    pause = 0.0
    in_answer = 0
    while True:
        due = time.monotonic() + pause

        def is_due(due: float = due, at: int = at) -> bool:
            if screen.saved.text() == "Saved" and stage.said_saved != at:
                stage.said_saved = at
                stage.say(saved=at)
            return time.monotonic() >= due

        yield is_due
        if in_answer > 12 and dice.random() < 0.08:
            stage.press(Qt.Key.Key_Return, CTRL)
            in_answer = 0
            while not screen.answer.isVisible():
                stage.press(Qt.Key.Key_Return, CTRL)
        stage.say(typed=at, when=time.monotonic())
        stage.type(run[at], screen.answer)
        at += 1
        in_answer += 1
        pause = dice.choice((0.0, 0.01, 0.02, 0.05)) if dice.random() < 0.94 else 0.6
