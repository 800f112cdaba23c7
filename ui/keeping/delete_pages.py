"""What goes for good and from where, before it is deleted; and afterwards what was done, with a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, day
from cqcmock.domain.retention import Due
from ui.keeping import words
from ui.keeping.last_step import LastStep
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, lead_label, wrapped_label
from ui.widgets.line_list import Line, LineList

if TYPE_CHECKING:
    from cqcmock.services.wiping import Wiped

DELETE = "Delete for good"
DELETED = "Deleted for good"
GOES = "What goes"
WHERE = "From where"
REACH = "What cannot be reached from here"
CERTIFICATE = "Save the certificate…"
CERTIFICATE_ABOUT = (
    "The certificate is for your file: by kind and day, no word of what it said. Save it now: it cannot be made later."
)
HINT = "Such as “due under our retention rule”."


class DeletePage(QWidget):
    """`agreed` carries the things and the reason."""

    agreed = Signal(object, str)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._going: tuple[Due, ...] = ()
        self.lead: TextLabel = lead_label(words.NO_UNDO)
        self.list = LineList("What is deleted for good", rows_in_sight=5)
        self.early: TextLabel = wrapped_label()
        self.left_out: TextLabel = wrapped_label()
        self.where: TextLabel = wrapped_label()
        self.reach: TextLabel = wrapped_label()
        self.step = LastStep("Keep them", HINT)
        self.step.agreed.connect(lambda why: self.agreed.emit(self._going, why))
        self.step.back_wanted.connect(self.back_wanted)
        card = Card()
        self._where = heading(WHERE, 3)
        self._reach = heading(REACH, 3)
        for part in (
            self.lead, heading(GOES, 3), self.list, self.early, self.left_out,
            self._where, self.where, self._reach, self.reach, self.step,
        ):  # fmt: skip
            card.body.addWidget(part)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)

    def begin(self, things: Sequence[Due], today: date, *, on_server: bool, second_place: str) -> None:
        """Ask about these things; those that are held stay."""
        self._going = tuple(one for one in things if one.hold is None)
        held = len(things) - len(self._going)
        early = sum(not one.is_due(today) for one in self._going)
        self.list.show_lines([_line(one) for one in self._going])
        self.early.setText(words.early(early))
        self.early.setVisible(bool(early))
        self.left_out.setText(words.left_out(held) if self._going else words.ALL_HELD)
        self.left_out.setVisible(bool(held))
        self.where.setText(words.ON_SERVER if on_server else words.WIPED_FROM)
        there = words.SECOND_PLACE.format(second_place)
        self.reach.setText(f"{words.OUT_OF_REACH} {there}" if second_place else words.OUT_OF_REACH)
        for part in (self.lead, self.list, self._where, self.where, self._reach, self.reach):
            part.setVisible(bool(self._going))
        deed = f"Delete {count(len(self._going), 'thing')} for good"
        self.step.begin(deed, possible=bool(self._going))


def _line(one: Due) -> Line:
    about = f"{words.about(one)} · due to go {day(one.on)}, {one.rule}"
    return Line(key=f"{one.kept.kind} {one.kept.id}", title=one.kept.title, about=about)


class DeletedPage(QWidget):
    """`certificate_wanted` carries what was deleted, `back_wanted` goes to the list."""

    certificate_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wiped: Wiped | None = None
        self.done: TextLabel = lead_label()
        self.copies: TextLabel = wrapped_label()
        self.saved: TextLabel = wrapped_label()
        self.certificate = primary_button(CERTIFICATE, self._ask)
        self.back_button = secondary_button("Back to the list", self.back_wanted.emit)
        card = Card()
        for part in (
            self.done, self.copies, wrapped_label(words.OUT_OF_REACH), wrapped_label(CERTIFICATE_ABOUT), self.saved,
        ):  # fmt: skip
            card.body.addWidget(part)
        card.add_buttons(self.certificate, self.back_button)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)

    def begin(self, wiped: Wiped, *, on_server: bool) -> None:
        """Say what was done."""
        self._wiped = wiped
        self.done.setText(words.deleted([one.kept.kind for one in wiped.things]))
        self.copies.setText("" if on_server else "\n".join(words.cleaned(wiped.cleaned)))
        self.copies.setVisible(bool(self.copies.text()))
        self.show_saved("")
        self.certificate.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_saved(self, where: str) -> None:
        """Say where the certificate is, or that it could not be saved."""
        self.saved.setText(where)
        self.saved.setVisible(bool(where))

    def _ask(self) -> None:
        if self._wiped is not None:
            self.certificate_wanted.emit(self._wiped)
