"""A box for a few sentences: it grows a little with them, and says beside itself when they are too many to keep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from ui.sizes import body_em, spaced
from ui.widgets.labels import heading, problem_label, small_label
from ui.widgets.refitting import Refitting

_BELOW_THE_CARET_EMS = 1.5
NOT_ALL_SAVED = "Not all saved"
LONGEST = 100_000
"""Characters: what the library takes for a comment or an answer to a prompt, where no other length is named."""


class LimitedText(QWidget):
    """A title, a line of help, and the box. `changed` carries words that can be kept, and never any others: no more
    than `longest` characters.

    `limit_passed` tells of every change to words that are too many. `caret_moved` says where in the box somebody is
    writing, for the page to keep it in sight.
    """

    changed = Signal(str)
    limit_passed = Signal()
    caret_moved = Signal(QWidget, QRect)

    def __init__(
        self,
        title: str,
        explained: str = "",
        *,
        lowest: float = 3.6,
        highest: float = 12.0,
        longest: int = LONGEST,
    ) -> None:
        super().__init__()
        self._lowest, self._highest, self._longest = lowest, highest, longest
        self._showing = False
        column = spaced(QVBoxLayout(self), gap=0.25)
        self.title = heading(title, 3)
        self.help = small_label(explained)
        self.edit = _GrowingEdit(self._fit)
        self.edit.setAccessibleName(title)
        self.edit.setAccessibleDescription(explained)
        self.edit.setTabChangesFocus(True)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problem = problem_label()
        self.problem.hide()
        for widget in (self.title, self.help, self.edit, self.problem):
            column.addWidget(widget)
        self.help.setVisible(bool(explained))  # not before it has a parent: it would be a window of its own
        self.edit.textChanged.connect(self._typed)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.edit.cursorPositionChanged.connect(self._caret)
        self._fit()

    @property
    def too_long(self) -> bool:
        """Whether there is more in the box than can be kept."""
        return self._over() > 0

    def show_text(self, words: str) -> None:
        """Show words that are kept already; nobody is told."""
        if words != self.edit.toPlainText():
            self._showing = True
            self.edit.setPlainText(words)
            self._showing = False
        self._say_limit()

    def set_read_only(self, only: bool) -> None:
        """Let the words be read and copied, and not changed."""
        self.edit.setReadOnly(only)

    def _over(self) -> int:
        """How many characters too many there are; Qt counts an emoji as two, so its count alone can only acquit."""
        if self.edit.document().characterCount() - 1 <= self._longest:
            return 0
        return max(len(self.edit.toPlainText()) - self._longest, 0)

    def _typed(self) -> None:
        self._say_limit()
        if self.too_long:
            self.limit_passed.emit()
        elif not self._showing:
            self.changed.emit(self.edit.toPlainText())

    def _say_limit(self) -> None:
        over = self._over()
        self.problem.setVisible(over > 0)
        if over > 0:
            self.problem.setText(
                f"This is {count(over, 'character')} too long to be kept (at most {self._longest:,}). "
                "Take something out, and it is saved again."
            )

    def _caret(self) -> None:
        if self.edit.hasFocus():
            QTimer.singleShot(0, self, lambda: self.caret_moved.emit(self.edit, self.edit.cursorRect()))

    def _fit(self) -> None:
        line = QFontMetricsF(self.edit.font()).lineSpacing()
        margins = self.edit.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self.edit.document().documentMargin() + body_em(1.2)
        wanted = round(self.edit.document().size().height() * line + around)
        height = min(max(wanted, body_em(self._lowest)), body_em(self._highest))
        if height != self.edit.height() or self.edit.minimumHeight() != height:
            self.edit.setFixedHeight(height)


class _GrowingEdit(Refitting, QPlainTextEdit):
    def __init__(self, fit: Callable[[], None]) -> None:
        super().__init__()
        self._fit = fit

    def refit(self) -> None:
        self._fit()


def keep_caret_in_view(page: QScrollArea, box: LimitedText) -> None:
    """Scroll `page` along while somebody writes in `box`, which grows."""

    def follow(edit: QWidget, caret: QRect) -> None:
        inside = page.widget()
        if inside is None:
            return
        bottom = edit.mapTo(inside, caret.bottomLeft())
        page.ensureVisible(bottom.x(), bottom.y(), 0, body_em(_BELOW_THE_CARET_EMS))

    box.caret_moved.connect(follow)


def never_call_saved(label: QLabel, saved: SignalInstance, *boxes: LimitedText) -> None:
    """Have `label`, which says how far everything is saved, say so while a box holds more than can be kept.

    `saved` tells that the label has just called everything saved.
    """

    def say() -> None:
        if any(box.too_long and box.isVisible() for box in boxes):
            label.setText(NOT_ALL_SAVED)

    saved.connect(say)
    for box in boxes:
        box.limit_passed.connect(say)
