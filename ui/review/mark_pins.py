"""Comments on words of an answer: each is listed with the words, and can be changed and deleted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.domain.hearing import Span
from cqcmock.domain.review import LONGEST_COMMENT, MOST_PINS, Pin
from ui.rehearse.limited_text import LimitedText
from ui.sizes import spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import small_label
from ui.widgets.line_list import Line, LineList

HOW = "Select words above (key W, then Shift with the arrows), then press M."
SELECT_FIRST = "No words are selected yet. Select some of what was said, then press M."
TOO_MANY = f"An answer has at most {MOST_PINS} comments on words of it. Delete one before you write another."
NOTHING_YET = "Nothing written yet"
_QUOTED = 160


class PinsPart(QWidget):
    """`changed` carries the pins that say something, `pointed` the words of the one that is chosen.

    `deleted` carries a pin that was there and is not any more.
    """

    changed = Signal(tuple)
    pointed = Signal(tuple)
    deleted = Signal(Pin)
    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._spoken = ""
        self._pins: list[Pin] = []
        self._current = -1
        self._showing = False
        column = spaced(QVBoxLayout(self), gap=0.4)
        self.add_button = secondary_button("Comment on the selected words", self.wanted.emit)
        row = QWidget()
        flow = spaced(FlowLayout(row), gap=0.5)
        flow.addWidget(self.add_button)
        column.addWidget(row)
        self.hint = small_label(HOW)
        column.addWidget(self.hint)
        self.list = _PinList("Comments on words", rows_in_sight=4)
        self.list.moved.connect(self._moved)
        self.list.open_wanted.connect(lambda _: self.write())
        self.list.delete_wanted.connect(lambda _: self.delete())
        column.addWidget(self.list)
        self.editor = QWidget()
        inside = spaced(QVBoxLayout(self.editor), gap=0.2)
        self.comment = LimitedText("Comment on words", lowest=2.6, highest=8.0, longest=LONGEST_COMMENT)
        self.comment.changed.connect(self._typed)
        self.delete_button = link_button("Delete this comment", self.delete)
        inside.addWidget(self.comment)
        below = QWidget()
        deeds = spaced(FlowLayout(below), gap=0.5)
        deeds.addWidget(self.delete_button)
        inside.addWidget(below)
        column.addWidget(self.editor)
        self._redraw()

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Those that say something."""
        return tuple(pin for pin in self._pins if pin.comment.strip())

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that are pinned, also those about which nothing is written yet."""
        return tuple((pin.start, pin.end) for pin in self._pins)

    def show_pins(self, spoken: str, pins: tuple[Pin, ...]) -> None:
        """Show the comments on an answer."""
        self._spoken, self._pins = spoken, list(pins)
        self._current = -1
        self.hint.setText(HOW)
        self._redraw()

    def add(self, span: Span | None) -> None:
        """Begin a comment on these words, or go on with the one that is on them already."""
        self.hint.setText(HOW if span else SELECT_FIRST)
        if span is None:
            return
        self._tidy()
        if span not in self.spans:
            if len(self._pins) >= MOST_PINS:
                self.hint.setText(TOO_MANY)
                return
            self._pins.append(Pin(start=span[0], end=span[1], comment=""))
            self._pins.sort(key=lambda pin: (pin.start, pin.end))
        self._current = self.spans.index(span)
        self._redraw()
        self.write()

    def choose_at(self, position: int) -> None:
        """Choose the comment on the words at this position of what was said, if there is one."""
        chosen = next((pin for pin in self.pins if pin.start <= position < pin.end), None)
        if chosen is not None:
            self._tidy()
            self._current = self._pins.index(chosen)
            self._redraw()
            self.pointed.emit((chosen.start, chosen.end))

    def write(self) -> None:
        """Put the keyboard into the comment that is chosen."""
        if self._current >= 0:
            self.comment.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.pointed.emit(self.spans[self._current])

    def stop_writing(self) -> None:
        """The comment is written; one that says nothing goes."""
        self._tidy()
        self._redraw()
        self.left.emit()

    def delete(self) -> None:
        """Delete the comment that is chosen."""
        if not 0 <= self._current < len(self._pins):
            return
        gone = self._pins.pop(self._current)
        self._current = min(self._current, len(self._pins) - 1)
        self._redraw()
        self.changed.emit(self.pins)
        if gone.comment.strip():
            self.deleted.emit(gone)
        self.left.emit()

    def _typed(self, words: str) -> None:
        if self._showing or self._current < 0:
            return
        self._pins[self._current] = replace(self._pins[self._current], comment=words)
        self._show_lines()
        self.changed.emit(self.pins)

    def _moved(self, key: str) -> None:
        if self._showing or not key or int(key) == self._current:
            return
        chosen = self._pins[int(key)]
        self._tidy()
        self._current = self._pins.index(chosen) if chosen in self._pins else len(self._pins) - 1
        self._redraw()
        if self._current >= 0:
            self.pointed.emit(self.spans[self._current])

    def _tidy(self) -> None:
        """Drop comments that say nothing."""
        chosen = self._pins[self._current] if self._current >= 0 else None
        self._pins = list(self.pins)
        self._current = self._pins.index(chosen) if chosen in self._pins else -1

    def _redraw(self) -> None:
        self._showing = True
        at = self._current
        self.editor.setVisible(at >= 0)
        if at >= 0:
            pin = self._pins[at]
            title = f"Comment on “{shortened(self._spoken[pin.start : pin.end], 60)}”"
            self.comment.title.setText(title)
            self.comment.edit.setAccessibleName(title)
            self.comment.show_text(pin.comment)
        self._showing = False
        self._show_lines()

    def _show_lines(self) -> None:
        self._showing = True
        lines = [
            Line(
                key=str(number),
                title=f"“{shortened(self._spoken[pin.start : pin.end], _QUOTED)}”",
                about=shortened(pin.comment, _QUOTED) or NOTHING_YET,
            )
            for number, pin in enumerate(self._pins)
        ]
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        if self._current >= 0:
            self.list.choose(str(self._current))
        else:
            self.list.selectionModel().clear()
        self._showing = False


class _PinList(LineList):
    """Leaves the short keys of marking to the screen: nobody looks for one of a few comments by its first letter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        if event.text().strip().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)
