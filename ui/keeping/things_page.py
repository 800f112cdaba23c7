"""The first page about keeping: what is due and under which rule, what is on hold, and what was deleted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import Hold
from ui.keeping import words
from ui.keeping.held_banner import HeldBanner
from ui.keeping.reading import Found
from ui.keeping.things_model import ThingsModel
from ui.keeping.things_table import ThingsTable
from ui.sizes import spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList

ABOUT = "The rules are in the settings. Nothing goes before you say so, unless the settings say that it may."
HOLDS_ABOUT = "When somebody asks for information, put it on hold first: nobody can then delete it, in any way."
NO_HOLDS = "Nothing is on hold."
LOG_ABOUT = "By kind, day and rule alone: nothing of what it said is kept."
NO_LOG = "Nothing was deleted yet."


class ThingsPage(QWidget):
    """`delete_wanted` and `hold_wanted` are about what is ticked, `release_wanted` carries a Hold."""

    delete_wanted = Signal()
    hold_wanted = Signal()
    hold_all_wanted = Signal()
    release_wanted = Signal(object)
    rules_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._holds: dict[str, Hold] = {}
        self.banner = HeldBanner()
        self.overview: TextLabel = wrapped_label()
        self.model = ThingsModel(self)
        self.table = ThingsTable(self.model)
        self.only_due = QCheckBox("Only what is due")
        self.only_due.toggled.connect(self.model.show_only_due)
        self.chosen: TextLabel = small_label(words.chosen(0))
        self.choose_due = secondary_button("Tick all that is due", self.model.choose_due)
        self.delete = secondary_button("Delete for good…", self.delete_wanted.emit)
        self.hold = secondary_button("Put on hold…", self.hold_wanted.emit)
        self.hold_all = secondary_button("Put everything on hold…", self.hold_all_wanted.emit)
        self.holds = LineList("What is on hold, the oldest first", rows_in_sight=5)
        self.no_holds: TextLabel = wrapped_label(NO_HOLDS, quiet=True)
        self.release = secondary_button("Release…", self._release)
        self.holds.open_wanted.connect(lambda _: self._release())
        self.log = LineList("What was deleted, the latest first", rows_in_sight=5)
        self.no_log: TextLabel = wrapped_label(NO_LOG, quiet=True)
        self.model.ticked.connect(self._ticked)
        self._lay_out()
        self._ticked()

    def show_found(self, found: Found, today: date) -> None:
        """Show how things stand."""
        titles: dict[tuple[Kind, str], str] = {(one.kept.kind, one.kept.id): one.kept.title for one in found.things}
        self._holds = {hold.id: hold for hold in found.holds}
        self.banner.say(words.everything_held(found.holds))
        self.overview.setText(words.overview(found.things, today))
        self.model.show(found.things, today)
        self.holds.show_lines(
            [Line(key=one.id, title=words.covered(one, titles), about=words.since(one)) for one in found.holds]
        )
        log = [(entry.number, *words.log_line(entry)) for entry in found.log]
        self.log.show_lines([Line(key=str(number), title=title, about=about) for number, title, about in log])
        for part, there in (
            (self.table, found.things), (self.only_due, found.things), (self.chosen, found.things),
            (self.choose_due, found.things), (self.delete, found.things), (self.hold, found.things),
            (self.holds, found.holds), (self.release, found.holds), (self.log, found.log),
        ):  # fmt: skip
            part.setVisible(bool(there))
        self.no_holds.setVisible(not found.holds)
        self.no_log.setVisible(not found.log)
        self.choose_due.setEnabled(any(one.is_due(today) and one.hold is None for one in found.things))

    def begin(self) -> None:
        """Work begins with the table, or with the one thing that can be done without it."""
        first = self.table if not self.table.isHidden() else self.hold_all
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_hold(self, hold_id: str) -> None:
        """Put the keyboard on a hold, so that it can be read and released."""
        self.holds.choose(hold_id)
        self.holds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = spaced(QVBoxLayout(self), gap=1.6)
        column.addWidget(self.banner)
        things = spaced(QVBoxLayout(), gap=0.5)
        for part in (self.overview, self.only_due, self.table, self.chosen):
            things.addWidget(part)
        things.addLayout(button_row(self.choose_due, self.delete, self.hold))
        things.addWidget(small_label(ABOUT))
        things.addLayout(button_row(link_button("Change the rules", self.rules_wanted.emit)))
        column.addLayout(things)
        holds = _part("On hold", HOLDS_ABOUT)
        for widget in (self.no_holds, self.holds):
            holds.addWidget(widget)
        holds.addLayout(button_row(self.hold_all, self.release))
        column.addLayout(holds)
        log = _part("What was deleted", LOG_ABOUT)
        for widget in (self.no_log, self.log):
            log.addWidget(widget)
        column.addLayout(log)

    def _ticked(self) -> None:
        chosen = self.model.chosen
        self.chosen.setText(words.chosen(len(chosen)))
        for button in (self.delete, self.hold):
            button.setEnabled(bool(chosen))

    def _release(self) -> None:
        if hold := self._holds.get(self.holds.chosen):
            self.release_wanted.emit(hold)


def _part(title: str, about: str) -> QVBoxLayout:
    part = spaced(QVBoxLayout(), gap=0.5)
    part.addWidget(heading(title, 2))
    part.addWidget(wrapped_label(about, quiet=True))
    return part
