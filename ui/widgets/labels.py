"""Text on a screen. Every label here is plain text: what people wrote is never read as markup."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.first_frame import show_as_plain_text

_LONGEST_WORD = 40
_PIECE = 10
_ENDLESS_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_ZERO_WIDTH_SPACE = "\u200b"


class TextLabel(QLabel):
    """A label for any words at all. It wraps, and a word without end cannot push the page wider."""

    def __init__(self, text: str = "", *, kind: str = "", wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        show_as_plain_text(self)
        self.setWordWrap(wrap)
        if kind:
            self.setProperty("kind", kind)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's own name
        """Show these words, exactly as they are."""
        shown = wrappable(text) if self.wordWrap() else text
        super().setText(shown)
        if shown != text:
            self.setAccessibleName(text)
        elif self.accessibleName():
            self.setAccessibleName("")


def wrapped_label(text: str = "", *, quiet: bool = False) -> TextLabel:
    """Ordinary text that wraps; `quiet` for what stands behind the rest."""
    return TextLabel(text, kind="quiet" if quiet else "")


def lead_label(text: str = "") -> TextLabel:
    """Text a little larger than the rest, for what matters most under a heading."""
    return TextLabel(text, kind="lead")


def small_label(text: str = "") -> TextLabel:
    """Small print."""
    return TextLabel(text, kind="small")


def problem_label(text: str = "") -> TextLabel:
    """What is wrong with an entry, beside the entry."""
    return TextLabel(text, kind="problem")


def heading(text: str = "", level: int = 1) -> TextLabel:
    """A heading of a screen (1), of a part (2) or of a card within a part (3)."""
    return TextLabel(text, kind=f"h{level}")


def question_label(text: str = "") -> TextLabel:
    """The question being asked: the largest thing on its screen."""
    return TextLabel(text, kind="question")


def wrappable(text: str) -> str:
    """The same words, so that one without end can be broken over lines too."""
    return _ENDLESS_WORD.sub(lambda word: _breakable(word.group()), text)


def _breakable(word: str) -> str:
    parts = (word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
    return _ZERO_WIDTH_SPACE.join(parts)
