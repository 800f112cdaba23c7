"""How long things are kept, whether they go by themselves, and the ways to what is due and to one person's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.settings import AS_ALL, MOST_MONTHS, Settings
from ui.banks.question_form_fold import Fold
from ui.settings.entries import NumberEntry
from ui.settings.section import CARD_MARGINS, Section
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, small_label, wrapped_label

RULES = frozenset({
    "keep_months", "keep_months_recordings", "keep_months_packs", "keep_months_cafe", "delete_when_due",
    "practising_for",
})  # fmt: skip
"""The settings that the retention rules hang on."""

MONTHS_HINT = (
    "After the date you are practising for, or after something was last worked on where that is later. "
    "Reports say so too."
)
OTHERS = "Recordings, packs and cafés"
AS_THE_REST = "As long as everything else."
BY_ITSELF = "Delete what is due without asking"
BY_ITSELF_OFF = "Nothing goes before you say so. The first screen tells you when something is due."
BY_ITSELF_ON = (
    "When the program opens your library, what is due is deleted for good, and you are told what went. "
    "It cannot be taken back. What is on hold stays."
)
SEE = "See what is due to go…"
OWN_ABOUT = "When somebody asks what is kept about them, or wants it gone."
ONE_PERSON = "Everything about one person…"


class OwnMonths(QWidget):
    """A time of its own for one kind of thing: a tick, and the number once it is ticked."""

    entered = Signal(int)

    def __init__(self, what: str) -> None:
        super().__init__()
        self.own = QCheckBox(f"{what} have a time of their own")
        self.months = NumberEntry(f"Months to keep {what.lower()}", lowest=0, highest=MOST_MONTHS, step=1)
        self._usual = 0
        column = spaced(QVBoxLayout(self), gap=0.2)
        column.addWidget(self.own)
        below = spaced(QVBoxLayout(), gap=0, margins=(1.55, 0.0, 0.0, 0.4))
        below.addWidget(self.months)
        column.addLayout(below)
        self.own.clicked.connect(lambda own: self.entered.emit(self._usual if own else AS_ALL))
        self.months.entered.connect(lambda months: self.entered.emit(round(months)))

    def show_value(self, months: int, usual: int) -> None:
        """Show what is set; `usual` is how long everything else is kept."""
        self._usual = usual
        own = months != AS_ALL
        self.own.setChecked(own)
        self.months.setVisible(own)
        if own:
            self.months.show_value(months)


class KeepingSection(Section):
    """Opens nothing itself: `see_wanted` to what is due to go."""

    see_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Kept how long")
        self.months = NumberEntry("Months to keep everything", lowest=0, highest=MOST_MONTHS, step=1, hint=MONTHS_HINT)
        self.recordings = OwnMonths("Recordings")
        self.packs = OwnMonths("Packs")
        self.cafes = OwnMonths("Cafés")
        others = QWidget()
        column = spaced(QVBoxLayout(others), gap=0.4)
        for own in (self.recordings, self.packs, self.cafes):
            column.addWidget(own)
        self.others = Fold(OTHERS, others)
        self.by_itself = QCheckBox(BY_ITSELF)
        self.by_itself_hint: TextLabel = small_label(BY_ITSELF_OFF)
        self.see = secondary_button(SEE, self.see_wanted.emit)
        self.add(self.months)
        deleting = spaced(QVBoxLayout(), gap=0.2)
        deleting.addWidget(self.by_itself)
        deleting.addWidget(self.by_itself_hint)
        self.body.addWidget(self.others)
        self.body.addLayout(deleting)
        self.body.addLayout(button_row(self.see))
        self.months.entered.connect(lambda months: self.wanted.emit({"keep_months": round(months)}))
        for own, name in self._own.items():
            own.entered.connect(lambda months, name=name: self.wanted.emit({name: months}))
        self.by_itself.clicked.connect(lambda on: self.wanted.emit({"delete_when_due": on}))

    @property
    def _own(self) -> dict[OwnMonths, str]:
        return {
            self.recordings: "keep_months_recordings",
            self.packs: "keep_months_packs",
            self.cafes: "keep_months_cafe",
        }

    def show_settings(self, settings: Settings) -> None:
        self.months.show_value(settings.keep_months)
        told = []
        for own, name in self._own.items():
            months = getattr(settings, name)
            own.show_value(months, settings.keep_months)
            if months != AS_ALL:
                told.append(f"{name.removeprefix('keep_months_').replace('cafe', 'cafés')} {count(months, 'month')}")
        summary = ", ".join(told)
        self.others.set_summary(f"{summary[:1].upper()}{summary[1:]}." if told else AS_THE_REST)
        self.by_itself.setChecked(settings.delete_when_due)
        self.by_itself_hint.setText(BY_ITSELF_ON if settings.delete_when_due else BY_ITSELF_OFF)
        self.by_itself.setAccessibleDescription(self.by_itself_hint.text())


class OwnSection(Card):
    """The way to what is kept about one person."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("A person’s own")
        spaced(self.body, gap=1.0, margins=CARD_MARGINS)
        self.person = secondary_button(ONE_PERSON, self.wanted.emit)
        self.body.addWidget(wrapped_label(OWN_ABOUT))
        self.body.addLayout(button_row(self.person))
