"""The finer choices of a rehearsal: how many questions, how long, with which clock, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cqcmock.domain.modes import LEAST_STRETCH, MOST_STRETCH, Timer
from cqcmock.domain.plan import MOST_PROBES, Timing
from ui.sizes import body_em, sized, spaced
from ui.widgets.fields import spin_box
from ui.widgets.labels import heading, small_label

if TYPE_CHECKING:
    from cqcmock.domain.framework import Preset
    from cqcmock.services.rehearsing import SetUp

MOST_QUESTIONS = 40
LONGEST_SECONDS = 3600
_BESIDE_EMS = 32.0
"""From this width on the words stand beside their fields."""
TIMERS = {Timer.SHOWN: "Show it", Timer.HIDDEN: "Hide it, and measure", Timer.OFF: "No clock"}


class SetUpForm(QWidget):
    """Everything has a sensible value already; `changed` when one of them is new."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.6)
        self.questions = _spin(1, MOST_QUESTIONS, "")
        self.own_times = QCheckBox("Each question has its own times")
        self.prepare = _spin(0, LONGEST_SECONDS, " seconds", 5)
        self.target = _spin(1, LONGEST_SECONDS, " seconds", 15)
        self.limit = _spin(1, LONGEST_SECONDS, " seconds", 15)
        self.probes = _spin(0, MOST_PROBES, "")
        self.probe_target = _spin(1, LONGEST_SECONDS, " seconds", 15)
        self.probe_limit = _spin(1, LONGEST_SECONDS, " seconds", 15)
        self.stretch = QDoubleSpinBox()
        self.stretch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stretch.setRange(LEAST_STRETCH, MOST_STRETCH)
        self.stretch.setSingleStep(0.25)
        self.stretch.setPrefix("× ")
        self.timer = QComboBox()
        self.timer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.timer.setMinimumContentsLength(8)
        for timer, words in TIMERS.items():
            self.timer.addItem(words, timer)
        self.person = QLineEdit()
        self.person.setPlaceholderText("Not needed; a label such as “Portfolio holder” is enough")
        self.place = QLineEdit()
        self.council = QLineEdit()

        column.addWidget(heading("Questions and times", 3))
        times = _form(column)
        _row(times, "How many &questions", self.questions)
        times.addRow("", self.own_times)
        _row(times, "Time to t&hink", self.prepare)
        _row(times, "&Aim for", self.target)
        _row(times, "At &most", self.limit)
        _row(times, "&Follow-up questions, at most", self.probes)
        _row(times, "Aim for, after a follow-up", self.probe_target)
        _row(times, "At most, after a follow-up", self.probe_limit)
        column.addWidget(heading("The clock", 3))
        clock = _form(column)
        _row(clock, "More &time, for every part", self.stretch)
        _row(clock, "&Clock", self.timer)
        column.addWidget(small_label("Going over time is measured and never cut off."))
        column.addWidget(heading("Who and where", 3))
        where = _form(column)
        self._forms = (times, clock, where)
        _row(where, "&Place, as questions say it", self.place)
        _row(where, "C&ouncil", self.council)
        _row(where, "&Your name", self.person)

        for spin in (
            self.questions, self.prepare, self.target, self.limit, self.probes, self.probe_target, self.probe_limit
        ):  # fmt: skip
            spin.valueChanged.connect(self.changed)
        self.stretch.valueChanged.connect(self.changed)
        self.timer.currentIndexChanged.connect(self.changed)
        for line in (self.person, self.place, self.council):
            line.setMaxLength(200)
            line.textChanged.connect(self.changed)
        self.own_times.toggled.connect(self._own_times_toggled)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where the type is large, the words go above their fields."""
        super().resizeEvent(event)
        above = self.width() < body_em(_BESIDE_EMS)
        policy = QFormLayout.RowWrapPolicy.WrapAllRows if above else QFormLayout.RowWrapPolicy.WrapLongRows
        for form in self._forms:
            form.setRowWrapPolicy(policy)

    def show_set_up(self, set_up: SetUp, preset: Preset) -> None:
        """Show these choices; `preset` gives the times to begin with where all questions are to have the same."""
        blocked = self.blockSignals(True)
        self.questions.setValue(set_up.questions)
        same = set_up.timing or Timing(
            prepare=preset.prepare_seconds, target=preset.target_seconds, limit=preset.limit_seconds
        )
        self.prepare.setValue(round(same.prepare))
        self.target.setValue(round(same.target))
        self.limit.setValue(round(same.limit))
        self.own_times.setChecked(set_up.timing is None)
        self.probes.setValue(set_up.most_probes)
        self.probe_target.setValue(round(set_up.probe_timing.target))
        self.probe_limit.setValue(round(set_up.probe_timing.limit))
        self.stretch.setValue(set_up.stretch)
        self.timer.setCurrentIndex(self.timer.findData(set_up.timer))
        self.person.setText(set_up.person)
        self.place.setText(set_up.place)
        self.council.setText(set_up.council)
        self.blockSignals(blocked)
        self._own_times_toggled()

    def applied_to(self, set_up: SetUp) -> SetUp:
        """The set-up with what stands in the form."""
        same = Timing(prepare=self.prepare.value(), target=self.target.value(), limit=self.limit.value())
        return replace(
            set_up,
            questions=self.questions.value(),
            timing=None if self.own_times.isChecked() else same,
            most_probes=self.probes.value(),
            probe_timing=Timing(prepare=0, target=self.probe_target.value(), limit=self.probe_limit.value()),
            stretch=self.stretch.value(),
            timer=Timer(self.timer.currentData()),
            person=self.person.text().strip(),
            place=self.place.text().strip(),
            council=self.council.text().strip(),
        )

    def _own_times_toggled(self) -> None:
        for spin in (self.prepare, self.target, self.limit):
            spin.setEnabled(not self.own_times.isChecked())
        self.changed.emit()


def _spin(lowest: int, highest: int, suffix: str, step: int = 1) -> QSpinBox:
    spin = spin_box("", lowest, highest, suffix=suffix, step=step)
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, not the number
    return sized(spin, max_width=14.0)


def _form(column: QVBoxLayout) -> QFormLayout:
    form = spaced(QFormLayout(), gap=0.4)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    column.addLayout(form)
    return form


def _row(form: QFormLayout, words: str, field: QWidget) -> None:
    label = QLabel(words)
    label.setBuddy(field)
    field.setAccessibleName(words.replace("&", ""))
    form.addRow(label, field)
