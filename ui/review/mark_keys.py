"""The short keys of marking a pack, while the keyboard is on an answer or its marks and not in a text being written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cqcmock.domain.rubric import LEVELS
from ui.review.mark_page import MarkPage
from ui.review.mark_state import PackMarking, StepKind
from ui.review.mark_story import OPENS, StoryPart
from ui.widgets.key_meant import key_meant


class MarkKeys:
    """`press` does what a key stands for, and says whether it stood for anything. A pack may have no `story`."""

    def __init__(self, page: MarkPage, foot: QWidget, forward: QPushButton, turn: Callable[[int], None]) -> None:
        self._page = page
        self._foot = foot
        self._forward = forward
        self._turn = turn
        self.story: StoryPart | None = None

    def press(self, event: QKeyEvent, marking: PackMarking) -> bool:
        """A key was pressed that nothing with the keyboard wanted."""
        key = key_meant(event)
        if key is None or not self._is_here():
            return False
        if any(comment.edit.hasFocus() for comment in self._page.comments):
            return key == Qt.Key.Key_Escape and self._stop_writing(marking)
        match key:
            case Qt.Key.Key_N:
                self._turn(1)
            case Qt.Key.Key_P:
                self._turn(-1)
            case Qt.Key.Key_W if marking.step.kind is not StepKind.WHOLE:
                self._to(self._page.answer.words)
            case _ if key == OPENS and self.story is not None:
                self.story.toggle()
            case _ if marking.is_closed:
                return False
            case _:
                return self._mark(key, marking)
        return True

    def _mark(self, key: int, marking: PackMarking) -> bool:
        page, at_a_whole = self._page, marking.step.kind is StepKind.WHOLE
        assert page.card is not None
        assert page.whole is not None
        if key == Qt.Key.Key_C:
            self._to((page.whole if at_a_whole else page.card).comment.edit)
        elif key == Qt.Key.Key_M and not at_a_whole:
            page.answer.comment_on_words()
            page.bring_into_view(page.answer.pins)
        elif key == Qt.Key.Key_Escape and not at_a_whole:
            page.card.lenses.focus()
        elif key - Qt.Key.Key_0 in LEVELS:
            self._level(key - Qt.Key.Key_0, marking)
        elif key == Qt.Key.Key_Backspace:
            self._take_back(marking)
        else:
            return False
        return True

    def _is_here(self) -> bool:
        focus = QApplication.focusWidget()
        parts = (self._page.answer, self._page.card, self._page.closeness, self._page.whole, self._foot)
        return focus is not None and any(part is not None and part.isAncestorOf(focus) for part in parts)

    def _to(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page.bring_into_view(part)

    def _stop_writing(self, marking: PackMarking) -> bool:
        assert self._page.card is not None
        if self._page.answer.pins.comment.edit.hasFocus():
            self._page.answer.pins.stop_writing()
        elif marking.step.kind is StepKind.WHOLE:
            self._page.overall(marking).focus()
        else:
            self._page.card.lenses.focus()
        return True

    def _on_overall(self, marking: PackMarking) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._page.overall(marking).isAncestorOf(focus)

    def _level(self, level: int, marking: PackMarking) -> None:
        assert self._page.card is not None
        if marking.step.kind is StepKind.WHOLE or self._on_overall(marking):
            choices = self._page.overall(marking)
            choices.button(level).setFocus(Qt.FocusReason.ShortcutFocusReason)
            choices.button(level).setChecked(True)
            if marking.step.kind is not StepKind.WHOLE:
                self._forward.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._forward.hasFocus():
            self._page.card.lenses.press(level)

    def _take_back(self, marking: PackMarking) -> None:
        """The last that was given: the impression, where the keyboard is there or has just gone past it."""
        assert self._page.card is not None
        choices = self._page.overall(marking)
        past = self._on_overall(marking) or self._forward.hasFocus()
        if marking.step.kind is StepKind.WHOLE or (past and choices.value is not None):
            choices.take_back()
            choices.focus()
            self._page.bring_into_view(choices)
        else:
            self._page.card.lenses.take_back()
