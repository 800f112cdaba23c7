"""The program is killed in the middle of a round: the session comes back in that round, with the time that was used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import opening
from cqcmock.services.cafe.running import PROGRAM_STOPPED
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import plan

ROOT = Path(__file__).parents[3]
LOST_AT_MOST = 1.5
"""Seconds: a sign of life is kept once a second, and a tick may wait for its turn."""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.5, 2.5, 4.2])
def test_the_window_is_killed_in_a_round_and_the_round_goes_on_where_it_was(
    folder: Path, seconds: float, fault: Tell
) -> None:
    with libraries.open_library(Location(folder)) as library:
        session = plan(library, HandClock())
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.cafe.running_until_killed", str(folder), session],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    shown = 0.0
    for line in program.stdout:
        _, used = line.split()
        shown = float(used)
        if shown >= seconds:
            break
    program.send_signal(signal.SIGKILL)
    program.wait(timeout=10)
    program.stdout.close()
    with libraries.open_library(Location(folder)) as library:
        again = opening.open_session(library, session, "The same laptop", system_clock())
        state = again.run.state
        assert state.scene.round == 1
        assert state.interrupted
        assert state.because == PROGRAM_STOPPED
        assert shown - LOST_AT_MOST <= state.seconds_used(again.run.now()) <= shown + 0.5
        again.run.carry_on()
        assert again.run.state.scene.round == 1
        opening.leave(library, again)
    fault(
        "The program is killed in a round of a café",
        area="Café",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=PROGRAM_STOPPED,
    )
