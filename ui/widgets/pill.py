"""A pill: one status word with a shape of its own, so that its colour is never the only sign."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.widgets.labels import TextLabel


class Tone(StrEnum):
    """What a status means; each has a shape and a colour of its own."""

    QUIET = "quiet"
    IN_HAND = "in-hand"
    WRAP_UP = "wrap-up"
    OVER = "over"


SHAPES = {Tone.QUIET: "○", Tone.IN_HAND: "●", Tone.WRAP_UP: "▲", Tone.OVER: "■"}


def pill(word: str, tone: Tone = Tone.QUIET) -> QLabel:
    """A status word in its tone. A screen reader hears the word alone."""
    label = TextLabel(f"{SHAPES[tone]}\u2002{word}", kind="pill", wrap=False)
    label.setProperty("light", tone.value)
    label.setAccessibleName(word)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def restyle(label: QLabel) -> None:
    """Have the stylesheet look at a widget again whose properties have changed."""
    style = label.style()
    style.unpolish(label)
    style.polish(label)
