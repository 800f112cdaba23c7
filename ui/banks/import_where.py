"""Where imported questions go, and who is asked them where the file does not say it."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from ui.banks.filter_bar import fill
from ui.banks.reading import Choices
from ui.sizes import body_em, spaced
from ui.widgets.buttons import literal
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, small_label, wrapped_label
from ui.widgets.refitting import Refitting

PUT_INTO = "Put them into"
NEW_BANK = "A new bank, or the one that the file names"
_NARROW_EMS, _SHORT = 30.0, 26
ASK_WHO = "The file does not say it, so please tick everybody they are for."


class WhereCard(Refitting, Card):
    """Says `changed` when something else is chosen or ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Where the questions go")
        self.into = QComboBox()
        self.into.setAccessibleName(PUT_INTO)
        self.into.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.into.setMinimumContentsLength(18)
        label = small_label(PUT_INTO)
        label.setBuddy(self.into)
        self.who = QWidget()
        column = spaced(QVBoxLayout(self.who), gap=0.2)
        column.addWidget(heading("Who is asked?", 3))
        column.addWidget(wrapped_label(ASK_WHO, quiet=True))
        self.ticks: dict[str, QCheckBox] = {}
        self._flow = spaced(FlowLayout(), gap=0.3)
        column.addLayout(self._flow)
        for part in (label, self.into, self.who):
            self.body.addWidget(part)
        self.into.currentIndexChanged.connect(lambda _: self.changed.emit())

    def offer(self, choices: Choices) -> None:
        """Offer the banks and roles there are now."""
        fill(self.into, {bank.id: bank.title for bank in choices.banks if bank.origin != "shipped"}, NEW_BANK)
        for role, name in choices.roles.items():
            if role not in self.ticks:
                tick = QCheckBox()
                tick.setAccessibleName(name)
                tick.toggled.connect(lambda _: self.changed.emit())
                self.ticks[role] = tick
                self._flow.addWidget(tick)
        self.refit()

    def refit(self) -> None:
        """Where there is little width, long names stand in two lines: Qt does not break them by itself."""
        narrow = self.width() < body_em(_NARROW_EMS)
        for tick in self.ticks.values():
            name = tick.accessibleName()
            tick.setText(literal("\n".join(wrap(name, _SHORT)) if narrow else name))

    @property
    def bank(self) -> str:
        """The id of the chosen bank, or "" for a new one."""
        return self.into.currentData() or ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Who is ticked; nobody where the bank says it."""
        return () if self.bank else tuple(role for role, tick in self.ticks.items() if tick.isChecked())

    def ask_who(self, needed: bool) -> None:
        """Show the roles while they are needed, or once one is ticked."""
        self.who.setVisible(not self.bank and (needed or bool(self.roles)))

    @property
    def first_tick(self) -> QCheckBox:
        """The first of the roles."""
        return next(iter(self.ticks.values()))

    def focus_who(self) -> None:
        """To the first of the roles, unless somebody is among them already."""
        if not any(tick.hasFocus() for tick in self.ticks.values()):
            self.first_tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Another file: nobody is ticked."""
        blockers = [QSignalBlocker(tick) for tick in self.ticks.values()]
        for tick in self.ticks.values():
            tick.setChecked(False)
        for blocker in blockers:
            blocker.unblock()
