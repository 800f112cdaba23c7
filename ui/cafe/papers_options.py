"""What a paper of a session can be given besides: when it starts, which sessions, when the next one is, what size."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.banks.question_form_fields import LineField
from ui.banks.question_form_ticks import FinderField, TickField
from ui.cafe.papers_making import Wanted
from ui.cafe.papers_offer import PaperKind, Standing
from ui.sizes import sized, spaced
from ui.widgets.fields import date_field
from ui.widgets.flow import FlowLayout

NO_TIME: Final = "Write a time of the day, such as 9:30 or 14:00, or leave it empty."
NO_SESSION: Final = "Tick at least one session."
WHICH: Final = "Which sessions?"
SIDE_BY_SIDE: Final = "They stand side by side, and nothing is added up over them."
_FEW: Final = 4
_USUAL_WEEKS: Final = 4
_CLOCK: Final = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def time_of(words: str) -> time | None:
    """A time of the day as people write it: 9, 9:30, 0930, 2.15 pm. None for nothing; raises UserError otherwise."""
    if not words.strip():
        return None
    found = _CLOCK.fullmatch(words.strip().lower().replace("a.m.", "am").replace("p.m.", "pm"))
    if found is not None:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
            half = None
        if half is None and hour < 24 and minute < 60:
            return time(hour, minute)
    raise UserError(f"“{words.strip()}” is not a time.", NO_TIME)


class PaperOptions(QWidget):
    """Shows what belongs to one paper. `changed` at once, `typing` where more may follow."""

    changed = Signal()
    typing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._begun = False
        column = spaced(QVBoxLayout(self), gap=0.5)
        self.starts = LineField(
            "When does it start?", "Then times of the day stand on the sheet. Without it, minutes from the start do."
        )
        sized(self.starts.line, min_width=8.0, max_width=8.0)
        self.starts.line.setPlaceholderText("such as 9:30")
        self.small = QCheckBox("For &A4 paper: smaller letters than on A3")
        self.few = TickField(WHICH, SIDE_BY_SIDE)
        self.many = FinderField(WHICH, "Find by name, date or place", SIDE_BY_SIDE)
        self.sessions: TickField = self.few
        self.next_row = QWidget()
        row = spaced(FlowLayout(self.next_row), gap=0.6)
        self.says_next = QCheckBox("Say when the &next session is")
        self.next_on = sized(date_field("Date of the next session"), min_width=12.5)
        row.addWidget(self.says_next)
        row.addWidget(self.next_on)
        for part in (self.starts, self.small, self.few, self.many, self.next_row):
            column.addWidget(part)
            part.hide()
        self.starts.changed.connect(self.typing)
        self.next_on.dateChanged.connect(lambda _: self.typing.emit())
        self.says_next.toggled.connect(self.next_on.setEnabled)
        self.next_on.setEnabled(False)
        for toggled in (self.small.toggled, self.says_next.toggled):
            toggled.connect(lambda _: self.changed.emit())
        for sessions in (self.few, self.many):
            sessions.changed.connect(self.changed)

    def offer(self, standing: Standing) -> None:
        """Begin with what is known of the session; what somebody entered already stays. Nobody is told."""
        ticked = self.sessions.values or (standing.id,)
        known = [(one.id, one.about) for one in standing.closed_sessions]
        self.sessions = self.many if len(known) > _FEW else self.few
        self.sessions.offer(known)
        self.sessions.show_values([one for one, _ in known if one in ticked])
        if not self._begun:
            self._begun = True
            following = standing.next_on
            shown = following or standing.day + timedelta(weeks=_USUAL_WEEKS)
            quiet = (QSignalBlocker(self.says_next), QSignalBlocker(self.next_on))
            self.says_next.setChecked(following is not None)
            self.next_on.setDate(QDate(shown.year, shown.month, shown.day))
            self.next_on.setEnabled(following is not None)
            del quiet

    def show_for(self, kind: PaperKind | None) -> None:
        """Show what belongs to this paper; several sessions only where there are several."""
        several = kind is PaperKind.LEADERS and len(self.sessions.list.entries()) > 1
        self.starts.setVisible(kind is PaperKind.SHEET)
        self.small.setVisible(kind is PaperKind.POSTERS)
        self.few.setVisible(several and self.sessions is self.few)
        self.many.setVisible(several and self.sessions is self.many)
        self.next_row.setVisible(kind in (PaperKind.LEADERS, PaperKind.RECORD))

    def wanted(self, kind: PaperKind, standing: Standing) -> Wanted:
        """What is asked for now. Raises UserError where it makes no sense yet."""
        leaders, following = kind is PaperKind.LEADERS, kind in (PaperKind.LEADERS, PaperKind.RECORD)
        if leaders and not self.sessions.values:
            raise UserError("No session is ticked.", NO_SESSION)
        return Wanted(
            kind=kind,
            session=standing.id,
            day=self._day(standing) if leaders else standing.day,
            sessions=self.sessions.values if leaders else (),
            starts=time_of(self.starts.text) if kind is PaperKind.SHEET else None,
            next_on=_date_in(self.next_on) if following and self.says_next.isChecked() else None,
            small=self.small.isChecked() and kind is PaperKind.POSTERS,
        )

    def say_problem(self, words: str) -> None:
        """Say beside what is shown why nothing can be made of it, or that nothing is wrong."""
        for field in (self.starts, self.few, self.many):
            field.set_problem(words)

    def _day(self, standing: Standing) -> date:
        """The day of the session that leaders read of, where it is only one."""
        days = [one.day for one in standing.closed_sessions if one.id in self.sessions.values]
        return days[0] if len(days) == 1 else standing.day


def _date_in(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
