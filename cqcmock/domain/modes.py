"""How a rehearsal can be run, and how far a person's time can be stretched."""

from __future__ import annotations

from enum import StrEnum

LEAST_STRETCH, MOST_STRETCH = 1.0, 10.0
"""How far a person's time can be stretched: WCAG 2.2, success criterion 2.2.1, asks for at least ten times."""


class Mode(StrEnum):
    """How close to the real thing the rehearsal is, and whether the program asks on or a colleague does."""

    PRACTICE = "practice"
    REALISTIC = "realistic"
    INTERVIEWER = "interviewer"


NAMES = {
    Mode.PRACTICE: "practice mode",
    Mode.REALISTIC: "realistic mode",
    Mode.INTERVIEWER: "with an interviewer",
}
"""How a mode stands in the run of a sentence."""


class Timer(StrEnum):
    """Whether the clock is shown, measured out of sight, or not held against anything."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    OFF = "off"
