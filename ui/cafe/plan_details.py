"""When the café is, where, how long, and for whom."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.attendance import LONGEST_GROUP_NAME
from cqcmock.domain.cafe.running_order import LEAST_MINUTES, MOST_MINUTES
from ui.cafe.plan_draft import Draft
from ui.cafe.plan_fields import labelled, plan_field
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.fields import date_field, spin_box
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import problem_label

USUAL_LENGTHS = (30, 45, 60)
LONGEST_PLACE = 120


class DetailsCard(Card):
    """Shows a draft's details and says what somebody wants instead."""

    day_wanted = Signal(date)
    place_wanted = Signal(str)
    length_wanted = Signal(int)
    team_wanted = Signal(bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("When, where and for whom", parent=parent)
        self.form = spaced(QFormLayout(), gap=0.5)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.day = sized(plan_field(date_field("Day")), min_width=12.5)
        self.place = plan_field(QLineEdit())
        self.place.setMaxLength(LONGEST_PLACE)
        self.place.setPlaceholderText("Such as: training room, Stevenage")
        self.length = plan_field(spin_box("Minutes", LEAST_MINUTES, MOST_MINUTES, suffix=" min", step=5))
        self.usual = {minutes: secondary_button(str(minutes)) for minutes in USUAL_LENGTHS}
        self._lengths = QButtonGroup(self)
        self._lengths.setExclusive(False)
        self.open_door = QRadioButton("Open door")
        self.one_team = QRadioButton("One team")
        self.team = plan_field(QLineEdit())
        self.team.setMaxLength(LONGEST_GROUP_NAME)
        self.team.setPlaceholderText("Which team")
        self.team.setAccessibleName("Which team")
        self.problem = problem_label()
        self.problem.hide()
        labelled(self.form, "&Day", self.day)
        labelled(self.form, "Pl&ace", self.place)
        length = labelled(self.form, "&Length", self._length_row())
        length.setBuddy(self.length)
        self.form.addRow("", self.problem)
        labelled(self.form, "&For", self._whom()).setBuddy(self.open_door)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self.day.dateChanged.connect(lambda day: self.day_wanted.emit(_date(day)))
        self.place.textEdited.connect(self.place_wanted)
        self.length.valueChanged.connect(self.length_wanted)
        self.open_door.clicked.connect(lambda: self.team_wanted.emit(False, self.team.text()))
        self.one_team.clicked.connect(self._one_team)
        self.team.textEdited.connect(lambda text: self.team_wanted.emit(True, text))

    def _length_row(self) -> QWidget:
        part = QWidget()
        row = spaced(FlowLayout(part), gap=0.25)
        for minutes, button in self.usual.items():
            button.setCheckable(True)
            button.setAccessibleName(f"{minutes} minutes")
            button.clicked.connect(lambda _checked=False, minutes=minutes: self.length_wanted.emit(minutes))
            self._lengths.addButton(button)
            row.addWidget(button)
        row.addWidget(sized(self.length, max_width=6.2))
        return part

    def _whom(self) -> QWidget:
        part = QWidget()
        column = spaced(QVBoxLayout(part), gap=0.2)
        row = spaced(FlowLayout(), gap=0.8)
        row.addWidget(self.open_door)
        row.addWidget(self.one_team)
        column.addLayout(row)
        column.addWidget(self.team)
        return part

    def _one_team(self) -> None:
        self.team_wanted.emit(True, self.team.text())
        self.team.setFocus()

    def show_draft(self, draft: Draft) -> None:
        """Show these details; what somebody is typing stays as it is."""
        day = QDate(draft.day.year, draft.day.month, draft.day.day)
        for field in (self.day, self.length, self.place, self.team):
            field.blockSignals(True)
        if self.day.date() != day:
            self.day.setDate(day)
        if self.length.value() != draft.order.minutes:
            self.length.setValue(draft.order.minutes)
        for line, text in ((self.place, draft.place), (self.team, draft.team)):
            if line.text() != text:
                line.setText(text)
        for field in (self.day, self.length, self.place, self.team):
            field.blockSignals(False)
        for minutes, button in self.usual.items():
            button.setChecked(minutes == draft.order.minutes)
        self.open_door.setChecked(not draft.for_team)
        self.one_team.setChecked(draft.for_team)
        self.team.setVisible(draft.for_team)

    def say(self, problem: str) -> None:
        """Say here which length cannot be."""
        self.problem.setText(problem)
        self.form.setRowVisible(self.problem, bool(problem))


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
