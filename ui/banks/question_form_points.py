"""The points that an assessor would listen for: each folds away, and can be moved, deleted and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, shortened
from cqcmock.domain.questions import HEAVIEST, LIGHTEST, Point
from ui.announce import announce
from ui.banks.question_form_fields import ChoiceField, Field, LineField, TextField
from ui.banks.question_form_fold import Fold
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import wrapped_label

WEIGHTS = ((LIGHTEST, "Usual"), (2, "Important"), (HEAVIEST, "Most important: asked about first"))
UNNAMED = "New point"
EXPLAINED = (
    "A point is one thing that a strong answer would hold. It counts as heard when one of its phrases is said. "
    "Word endings and small words in between do not matter. Three to six points are usual."
)
_LONGEST_SAID = 60


class PointPart(QWidget):
    """One point. `moved` carries -1 for up and 1 for down."""

    changed = Signal()
    moved = Signal(int)
    delete_wanted = Signal()

    def __init__(self, point: Point | None = None) -> None:
        super().__init__()
        self._id = point.id if point is not None else ""
        self.label = LineField("What it is", "A few words, such as “Who waits longest”.")
        self.phrases = TextField(
            "Words people say for it", "One a line, as people really say it. # stands for any number.", lowest=4
        )
        self.probe = TextField(
            "Follow-up question", "Asked when nothing is said about it. It can be read aloud by itself.", lowest=1
        )
        self.weight = ChoiceField("How much it matters", [(str(weight), words) for weight, words in WEIGHTS])
        self.up = secondary_button("Move up", partial(self.moved.emit, -1))
        self.down = secondary_button("Move down", partial(self.moved.emit, 1))
        self.delete = secondary_button("Delete this point", self.delete_wanted.emit)
        inside = QWidget()
        column = spaced(QVBoxLayout(inside), gap=0.8)
        self.fields: dict[str, Field] = {
            "label": self.label,
            "phrases": self.phrases,
            "probe": self.probe,
            "weight": self.weight,
        }
        for part in self.fields.values():
            column.addWidget(part)
            part.changed.connect(self._changed)
        column.addLayout(button_row(self.up, self.down, self.delete))
        self.fold = Fold(UNNAMED, inside, is_open=point is None)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.fold)
        if point is not None:
            self.label.show_text(point.label)
            self.phrases.show_lines(point.phrases)
            self.probe.show_text(point.probe)
            self.weight.show_value(str(point.weight))
        self._say()

    def point(self, taken: set[str]) -> Point:
        """The point as it stands, with a short name that is none of those taken."""
        from cqcmock.services.bank_editing import id_from

        name = self._id or id_from(self.label.text or "point", taken)
        return Point(
            id=name,
            label=self.label.text,
            phrases=self.phrases.lines,
            probe=" ".join(self.probe.text.split()),
            weight=int(self.weight.value),
        )

    @property
    def own_id(self) -> str:
        """The short name that it came with; nothing for one that is new."""
        return self._id

    @property
    def name(self) -> str:
        """What to call it."""
        return self.label.text or UNNAMED

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self.fold.set_title(self.name)
        ways = count(len(self.phrases.lines), "way to say it", "ways to say it")
        weight = self.weight.box.currentText()
        self.fold.set_summary(ways if int(self.weight.value) == LIGHTEST else f"{ways} · {weight.lower()}")
        said = shortened(self.name, _LONGEST_SAID)
        for button, deed in ((self.up, "Move up"), (self.down, "Move down"), (self.delete, "Delete")):
            button.setAccessibleName(f"{deed}: {said}")


class PointsPart(QWidget):
    """All points. `deleted` carries the words to say, and the deed that brings the point back.

    `moved_to` carries where the keyboard is now, which may be out of sight.
    """

    changed = Signal()
    moved_to = Signal(QWidget)
    deleted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[PointPart] = []
        self.explained = wrapped_label(EXPLAINED, quiet=True)
        self.add = secondary_button("Add a point", self.add_point)
        column = spaced(QVBoxLayout(self), gap=0.6)
        column.addWidget(self.explained)
        self._list = spaced(QVBoxLayout(), gap=0.3)
        column.addLayout(self._list)
        column.addLayout(button_row(self.add))

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these, folded away; nobody is told."""
        for part in self.parts:
            self._throw_away(part)
        self.parts.clear()
        for point in points:
            self._put(PointPart(point), len(self.parts))
        self._arranged()

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in this order."""
        return [*(stop for part in self.parts for stop in (part.fold.button, part.fold.content)), self.add]

    def points(self) -> tuple[Point, ...]:
        """The points as they stand, from the top."""
        taken = {part.own_id for part in self.parts if part.own_id}
        found = []
        for part in self.parts:
            point = part.point(taken)
            taken.add(point.id)
            found.append(point)
        return tuple(found)

    def add_point(self) -> None:
        """One more, open, with the keyboard in it."""
        part = PointPart()
        self._put(part, len(self.parts))
        self._arranged()
        self.changed.emit()
        part.label.focus()
        for field in (part.phrases, part.label):  # as much of it as there is room for
            self.moved_to.emit(field)

    def _put(self, part: PointPart, at: int) -> None:
        self.parts.insert(at, part)
        self._list.insertWidget(at, part)
        part.changed.connect(self.changed)
        part.moved.connect(lambda by, part=part: self._move(part, by))
        part.delete_wanted.connect(lambda part=part: self._delete(part))

    def _move(self, part: PointPart, by: int) -> None:
        at = self.parts.index(part)
        to = at + by
        if not 0 <= to < len(self.parts):
            return
        self.parts.insert(to, self.parts.pop(at))
        self._list.removeWidget(part)
        self._list.insertWidget(to, part)
        self._arranged()
        self.changed.emit()
        pressed, other = (part.up, part.down) if by < 0 else (part.down, part.up)
        (pressed if pressed.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved_to.emit(pressed)
        announce(part, f"Moved {'up' if by < 0 else 'down'}: now {to + 1} of {len(self.parts)}.")

    def _delete(self, part: PointPart) -> None:
        at = self.parts.index(part)
        kept = part.point({other.own_id for other in self.parts if other is not part})
        said = f"The point “{shortened(part.name, _LONGEST_SAID)}” is deleted."
        self.parts.remove(part)
        self._throw_away(part)
        self._arranged()
        nearest = self.parts[min(at, len(self.parts) - 1)].fold.button if self.parts else self.add
        nearest.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved_to.emit(nearest)
        self.changed.emit()
        self.deleted.emit(said, partial(self._bring_back, kept, at))

    def _bring_back(self, point: Point, at: int) -> None:
        part = PointPart(point)
        self._put(part, min(at, len(self.parts)))
        self._arranged()
        self.changed.emit()
        part.fold.set_open(True)
        part.fold.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved_to.emit(part.fold.button)

    def _throw_away(self, part: PointPart) -> None:
        self._list.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _arranged(self) -> None:
        for at, part in enumerate(self.parts):
            part.up.setEnabled(at > 0)
            part.down.setEnabled(at < len(self.parts) - 1)
        if self.parts:
            tab_through(*self.stops())
