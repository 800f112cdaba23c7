"""The first step of a pack: which answers, who marks them and until when, what goes along, and how it is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.announce import announce
from ui.review.make_sittings import CHOOSE_SOME, SittingChoice
from ui.review.make_ticks import Tick
from ui.settings.entries import DateEntry
from ui.sizes import spaced
from ui.story.fields import BoxField, LineField
from ui.widgets.card import Card
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, small_label

if TYPE_CHECKING:
    from cqcmock.services.packing import Wanted

LONGEST_NAME, LONGEST_NOTE = 200, 2_000
USUAL_DAYS = 14
KEY_LENGTH = 62
NO_REVIEWER = "Give the name of the reviewer."
DAY_OVER = "This day is over. Choose a later one."
KNOWN = (
    "{} was sent a pack before. Marks that come back for this one are taken for the same person's. "
    "Is this somebody else? Then add something to the name."
)
BY_WORDS = "With six words, which you say to them over the phone"
BY_KEY = "To the reviewer's own public key"
ABOUT_WORDS = "You are offered six words in the last step. This suits nearly everybody."
ABOUT_KEY = "Only their computer can then open it, and nothing has to be said. They can copy the key in their program."
NAMES = "Tell the reviewer who is who"
ABOUT_NAMES = "Off: they see “Candidate A”, “Candidate B”. On: they also see the name that is kept with each rehearsal."
STORY = "Send the local story along"
ABOUT_STORY = (
    "Its facts and examples, so that the reviewer can see whether what was quoted is right. Names are looked for."
)
EXEMPLARS = "Ask for exemplars to be marked first"
ABOUT_EXEMPLARS = (
    "Answers that have been marked already: reviewers find their measure on them before they mark yours, "
    "and are told privately how close they were. It takes them some minutes more."
)


class WhatStep(QWidget):
    """`changed` when something else is chosen or written."""

    changed = Signal()

    def __init__(self, today: date, made_by: str) -> None:
        super().__init__()
        self._today = today
        column = spaced(QVBoxLayout(self), gap=0.9)
        self.title = heading("New pack for a reviewer")
        column.addWidget(self.title)
        self.sittings = SittingChoice()
        column.addWidget(self.sittings)
        self._cards = (self._make_whom(made_by), self._make_along(), self._make_sealed())
        for card in self._cards:
            column.addWidget(card)
        self._at_the_start = self._written
        self._show_key()

    def _make_whom(self, made_by: str) -> Card:
        card = Card("For whom?")
        self.reviewer = LineField("Reviewer's name")
        self.made_by = LineField("From whom (optional)", "So that they know who asks.")
        for field in (self.reviewer, self.made_by):
            field.line.setMaxLength(LONGEST_NAME)
            field.changed.connect(self.changed)
        self.made_by.show_text(made_by)
        card.body.addWidget(SideBySide(self.reviewer, self.made_by, narrowest=15.0))
        self.known = small_label()
        self.known.hide()
        self._known: dict[str, str] = {}
        card.body.addWidget(self.known)
        self.reviewer.changed.connect(self._say_known)
        self.reviewer.changed.connect(lambda: self.reviewer.set_problem(""))
        self.reviewer.line.editingFinished.connect(lambda: self._say_known(aloud=True))
        self.deadline = DateEntry("To be back by", "There is a date")
        self.deadline.suggested = self._today + timedelta(days=USUAL_DAYS)
        self.until: date | None = None
        self.deadline.entered.connect(self._day_entered)
        card.body.addWidget(self.deadline)
        self.note = BoxField("Note to the reviewer (optional)", "It is looked through for names, as the answers are.")
        self.note.changed.connect(self.changed)
        self.note.changed.connect(lambda: self._check_note() if self.note.problem.text() else None)
        card.body.addWidget(self.note)
        return card

    def _make_along(self) -> Card:
        card = Card("What goes along?")
        self.names = Tick(NAMES, ABOUT_NAMES)
        self.story = Tick(STORY, ABOUT_STORY)
        self.exemplars = Tick(EXEMPLARS, ABOUT_EXEMPLARS)
        for tick in (self.names, self.story, self.exemplars):
            tick.toggled.connect(self.changed)
            card.body.addWidget(tick)
        return card

    def _make_sealed(self) -> Card:
        card = Card("How is it sealed?")
        self.by_words, self.by_key = QRadioButton(), QRadioButton()
        self.by_words.setChecked(True)
        self._ways = QButtonGroup(self)
        for way, words, about in ((self.by_words, BY_WORDS, ABOUT_WORDS), (self.by_key, BY_KEY, ABOUT_KEY)):
            self._ways.addButton(way)
            card.body.addWidget(Tick(words, about, box=way))
        beneath = spaced(QVBoxLayout(), gap=0, margins=(2.15, 0.0, 0.0, 0.0))
        self.key = LineField("Public key", placeholder="age1…")
        beneath.addWidget(self.key)
        card.body.addLayout(beneath)
        self.key.changed.connect(self.changed)
        self.key.changed.connect(lambda: self._check_key(done=len(self.key.text.strip()) >= KEY_LENGTH))
        self.key.line.editingFinished.connect(lambda: self._check_key(done=bool(self.key.text.strip())))
        self._ways.buttonToggled.connect(self._show_key)
        return card

    # --- what is chosen

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in the order of reading."""
        whom = (self.reviewer, self.made_by, self.deadline.known, self.deadline.day, self.note)
        return (*self.sittings.stops, *whom, *self._cards[1:])

    @property
    def address(self) -> str:
        """The key that it is to be sealed to, or nothing where it is sealed with words."""
        return "".join(self.key.text.split()) if self.by_key.isChecked() else ""

    @property
    def is_changed(self) -> bool:
        """Whether anything stands here that would be lost."""
        return self._written != self._at_the_start

    @property
    def _written(self) -> tuple[object, ...]:
        fields = (self.reviewer.text, self.made_by.text, self.note.text, self.key.text, self.until)
        ticks = (self.names.on, self.story.on, self.exemplars.on, self.by_key.isChecked())
        return (*fields, *ticks, self.sittings.chosen, tuple(self.sittings.questions.items()))

    def begin(self) -> None:
        """From here on, what somebody chooses is a change."""
        self._at_the_start = self._written

    def wanted(self) -> Wanted:
        """Everything that is chosen."""
        from cqcmock.services.packing import Wanted

        return Wanted(
            sittings=self.sittings.chosen,
            questions=self.sittings.questions,
            reviewer=" ".join(self.reviewer.text.split()),
            made_by=" ".join(self.made_by.text.split()),
            deadline=self.until,
            note=self.note.text.strip(),
            names_shown=self.names.on,
            with_story=self.story.on,
            exemplars_first=self.exemplars.on,
        )

    def first_wrong(self) -> QWidget | None:
        """Say beside each part what is wrong with it; returns where the first of it is mended."""
        self.deadline.commit()
        self.sittings.set_problem("" if self.sittings.chosen else CHOOSE_SOME)
        self.reviewer.set_problem("" if self.reviewer.text.strip() else NO_REVIEWER)
        self.deadline.set_problem(DAY_OVER if self.until is not None and self.until < self._today else "")
        self._check_note()
        self._check_key(done=self.by_key.isChecked())
        parts = (
            (self.sittings.problem, self.sittings.first_stop),
            (self.reviewer.problem, self.reviewer.control),
            (self.deadline.problem, self.deadline.day),
            (self.note.problem, self.note.control),
            (self.key.problem, self.key.control),
        )
        return next((stop for problem, stop in parts if problem.text()), None)

    def show_known(self, reviewers: Sequence[str]) -> None:
        """These were sent packs before; nothing can be chosen where there is nothing to send."""
        self._known = {name.casefold(): name for name in reviewers}
        self._say_known()
        for card in self._cards:
            card.setVisible(not self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return self.sittings.is_empty

    def _say_known(self, *, aloud: bool = False) -> None:
        name = self._known.get(" ".join(self.reviewer.text.split()).casefold(), "")
        self.known.setText(KNOWN.format(name) if name else "")
        self.known.setVisible(bool(name))
        if name and aloud:
            announce(self.known, self.known.text())

    def _check_note(self) -> None:
        long_by = len(self.note.text.strip()) - LONGEST_NOTE
        self.note.set_problem(f"This is {long_by:,} characters too long. Take something out." if long_by > 0 else "")

    def _check_key(self, *, done: bool) -> None:
        """Say what is wrong with the key, once all of it is there."""
        self.key.set_problem(key_problem(self.key.text) if done else "")

    def _day_entered(self, on: object) -> None:
        self.until = on if isinstance(on, date) else None
        self.deadline.set_problem("")
        self.changed.emit()

    def _show_key(self) -> None:
        self.key.setVisible(self.by_key.isChecked())
        self.changed.emit()


def key_problem(key: str) -> str:
    """What is wrong with a reviewer's key, or nothing."""
    from cqcmock.services import packing

    try:
        packing.check_address(key)
    except UserError as error:
        return str(error)
    return ""
