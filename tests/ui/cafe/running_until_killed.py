"""The whole program with a café session in its second round: says so, and goes on until it is killed.

Prints a line with what the facilitator's window shows after every second of the session that has been kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest

from cqcmock.paths import Location
from cqcmock.settings import Settings
from ui.app import House, StepTimes, compose
from ui.cafe.run_screen import RunScreen
from ui.crash import CrashReports
from ui.rooms import HOME
from ui.theme import application


def settle(house: House) -> None:
    while house.desk.opened is None or house.desk.tasks.busy:
        QTest.qWait(5)


def main(folder: Path, session: str) -> None:
    house = compose(application(), Location(folder), Settings(), CrashReports(folder / "logs"), StepTimes(None))
    house.window.show()
    house.window.go(HOME)
    house.door.open_own()
    settle(house)
    house.journeys.cafe.run(session)
    settle(house)
    screen = house.window.current
    assert isinstance(screen, RunScreen)
    for _ in range(3):
        screen.go_on()
        settle(house)
    while True:
        QTest.qWait(100)
        state = screen.hand.state
        sys.stdout.write(f"{state.scene.round} {state.seconds_used(screen.hand.now()):.2f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
