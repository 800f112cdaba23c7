"""The cards of the first screen, each made of plain data and saying with a signal what the person wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.domain.modes import NAMES
from ui.home import wording
from ui.home.wording import Stopped
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import lead_label, small_label, wrapped_label
from ui.widgets.pill import Tone, pill

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.home import Suggestion
    from ui.home.contents import ToResume

_TONES = {Stopped.PAUSED: Tone.QUIET, Stopped.INTERRUPTED: Tone.WRAP_UP, Stopped.NOT_BEGUN: Tone.QUIET}

_MARKING = "You have answered; now say how you think it went, answer by answer."
_REFLECTING = "Your marks are in. What are you proud of, and what comes next?"

MakeButton = Callable[[str, Callable[[], object]], QPushButton]


def _main_button(first: bool) -> MakeButton:
    """One primary button a screen: the card on top has it."""
    return primary_button if first else secondary_button


class ResumeCard(Card):
    """An interview that was stopped, and the way back into it."""

    carry_on_wanted = Signal(str)
    words_wanted = Signal(str)

    def __init__(self, to_resume: ToResume, *, first: bool, parent: QWidget | None = None) -> None:
        sitting, stopped = to_resume.sitting, to_resume.stopped
        super().__init__(
            "Pick up where you stopped" if first else sitting.title,
            pill=pill(stopped.value, _TONES[stopped]),
            parent=parent,
        )
        begun = stopped is not Stopped.NOT_BEGUN
        self.about = wrapped_label(_about(sitting, begun=begun), quiet=True)
        self.body.addWidget(self.about)
        if begun:
            self.progress = _progress(sitting)
            self.body.addWidget(self.progress)
        self.carry_on = _main_button(first)(
            "Carry on" if begun else "Begin", lambda: self.carry_on_wanted.emit(sitting.id)
        )
        self.carry_on.setAccessibleDescription(sitting.title)
        buttons = [self.carry_on]
        if begun:
            self.words = secondary_button("See what I said", lambda: self.words_wanted.emit(sitting.id))
            self.words.setAccessibleDescription(sitting.title)
            buttons.append(self.words)
        self.add_buttons(*buttons)


def _about(sitting: SittingSummary, *, begun: bool) -> str:
    from cqcmock.domain.interview import Phase

    who = f"{sitting.role_name}, {NAMES[sitting.mode]}."
    if not begun:
        return f"{who} {count(sitting.questions, 'question')}, none asked yet."
    if sitting.phase is Phase.LAST_WORDS:
        where = f"All {count(sitting.questions, 'question')} are behind you; only the last words are left."
    else:
        where = f"Question {sitting.question} of {sitting.questions}: “{sitting.question_text}”"
    return f"{who} {where} Every word that was saved is here."


def _progress(sitting: SittingSummary) -> QProgressBar:
    from cqcmock.domain.interview import Phase

    done = sitting.question if sitting.phase in (Phase.BETWEEN, Phase.LAST_WORDS) else sitting.question - 1
    bar = QProgressBar()
    bar.setRange(0, sitting.questions * 2)
    bar.setValue(done * 2 + (done < sitting.question))  # the question that is open counts half
    bar.setTextVisible(False)
    bar.setAccessibleName(f"{done} of {count(sitting.questions, 'question')} done")
    return bar


class FinishCard(Card):
    """A sitting whose interview is over: the marks or the reflection are still to come."""

    marks_wanted = Signal(str)
    reflection_wanted = Signal(str)
    words_wanted = Signal(str)

    def __init__(self, sitting: SittingSummary, today: date, *, first: bool, parent: QWidget | None = None) -> None:
        from cqcmock.domain.interview import Phase

        marking = sitting.phase is Phase.OWN_MARKS
        super().__init__("Mark your answers" if marking else "Write your reflection", parent=parent)
        said = _MARKING if marking else _REFLECTING
        last = wording.when(sitting.last_saved_at, today)
        self.about = wrapped_label(f"{sitting.title} · {last}. {said}", quiet=True)
        self.body.addWidget(self.about)
        self.body.addStretch(1)
        wanted = self.marks_wanted if marking else self.reflection_wanted
        self.go_on = _main_button(first)(
            "Mark your answers" if marking else "Write your reflection", lambda: wanted.emit(sitting.id)
        )
        self.go_on.setAccessibleDescription(sitting.title)
        self.words = secondary_button("See what I said", lambda: self.words_wanted.emit(sitting.id))
        self.words.setAccessibleDescription(sitting.title)
        self.add_buttons(self.go_on, self.words)


class PractiseCard(Card):
    """What to practise next, ready to begin."""

    practise_wanted = Signal(object)
    new_rehearsal_wanted = Signal()

    def __init__(self, suggested: Suggestion, *, first: bool, parent: QWidget | None = None) -> None:
        super().__init__("Practise again", parent=parent)
        self.about = wrapped_label(wording.suggestion(suggested.themes, suggested.days_ago), quiet=True)
        self.body.addWidget(self.about)
        self.body.addStretch(1)
        self.start = _main_button(first)(
            f"Start, {count(suggested.minutes, 'minute')}", lambda: self.practise_wanted.emit(suggested.set_up)
        )
        self.choose = secondary_button("Set one up", self.new_rehearsal_wanted.emit)
        self.choose.setAccessibleDescription("Choose the role, the questions and the time yourself")
        self.add_buttons(self.start, self.choose)


class WelcomeCard(Card):
    """For somebody who has never rehearsed here: what this is, and what to do first."""

    new_rehearsal_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, *, on_server: bool, parent: QWidget | None = None) -> None:
        super().__init__("Rehearse before the day", parent=parent)
        self.body.addWidget(
            lead_label(
                "The program asks you what an assessor might ask, and you answer in your own words. "
                "Afterwards you see what was heard in your answers and what was not."
            )
        )
        self.body.addWidget(
            wrapped_label("Quick practice takes about a quarter of an hour. You can stop at any time, and go on later.")
        )
        kept = (
            "Your answers are kept in your council's own library and sent nowhere else."
            if on_server
            else "Your answers stay on this computer; nothing is sent anywhere."
        )
        self.privacy = wrapped_label(kept, quiet=True)
        self.body.addWidget(self.privacy)
        self.start = primary_button("Start a first rehearsal", self.new_rehearsal_wanted.emit)
        self.example = secondary_button("Look around an example", self.example_wanted.emit)
        self.add_buttons(self.start, self.example)


class ExampleCard(Card):
    """Says that these are not the person's own rehearsals, and leads back to them."""

    leave_example_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("You are looking at an example", parent=parent)
        self.setProperty("light", "in-hand")
        self.body.addWidget(
            wrapped_label("These answers are invented, and kept apart from your own. Try anything you like.")
        )
        self.leave = secondary_button("Leave the example", self.leave_example_wanted.emit)
        self.add_buttons(self.leave)


class NoticeLines(QWidget):
    """What the person should know about the library: there to be read, not to frighten."""

    def __init__(self, notices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.3)
        for notice in notices:
            column.addWidget(small_label(notice))
