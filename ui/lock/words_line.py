"""One line for the recovery words. It says of each finished word whether it is one of those that are used."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from cqcmock.services.recovery_words import WORDS, TypedWord, typed_words
from ui.announce import announce
from ui.sizes import sized, spaced
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel
from ui.widgets.pill import SHAPES, Tone, pill, restyle

HOW = (
    "In the order of the paper, with spaces between them. Capitals and commas do not matter, "
    "and the first four letters of each word are enough."
)
_OUT_OF_SIGHT = QLineEdit.EchoMode.Password
_TAKES_OUT = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)
_WIDTH_EMS = 38.0


class SecretEdit(QLineEdit):
    """A line whose words go nowhere else: not to a clipboard, a dictionary, a completion or a list to undo."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._tell_dictionaries()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setMaxLength(300)

    def setEchoMode(self, mode: QLineEdit.EchoMode) -> None:  # noqa: N802 - Qt's own name
        """Hide or show the words; Qt takes shown ones for words that a dictionary may learn."""
        super().setEchoMode(mode)
        self._tell_dictionaries()

    def _tell_dictionaries(self) -> None:
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            self.inputMethodHints()
            | hints.ImhSensitiveData
            | hints.ImhNoPredictiveText
            | hints.ImhNoAutoUppercase
            | hints.ImhPreferLowercase
        )

    def forget(self) -> None:
        """Empty it, and what could be undone with it."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """What is in it can be typed and pasted, and not copied."""
        if any(event.matches(key) for key in _TAKES_OUT):
            event.accept()
            return
        super().keyPressEvent(event)
        self._give_back_selection()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        super().mouseReleaseEvent(event)
        self._give_back_selection()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        super().focusOutEvent(event)
        self._give_back_selection()

    def _give_back_selection(self) -> None:
        """On X11 whatever is marked with the mouse can be pasted elsewhere with its middle button."""
        clipboard, selection = QGuiApplication.clipboard(), QClipboard.Mode.Selection
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(selection)


class WordsLine(QWidget):
    """`entered` when Return is pressed in it, `typed` with each change."""

    entered = Signal()
    typed = Signal()

    def __init__(self, title: str = "The six recovery words") -> None:
        super().__init__()
        self.label: TextLabel = TextLabel(title)
        self.edit = SecretEdit(title)
        self.edit.setAccessibleDescription(HOW)
        self.label.setBuddy(self.edit)
        self.shown = QCheckBox("Show the &words")
        self.signs = tuple(pill(str(at), Tone.QUIET) for at in range(1, WORDS + 1))
        self.hint: TextLabel = TextLabel(HOW, kind="small")
        self._unknown = 0
        column = spaced(QVBoxLayout(self), gap=0.4)
        column.addWidget(self.label)
        column.addWidget(self.hint)
        column.addWidget(sized(self.edit, max_width=_WIDTH_EMS))
        row = spaced(FlowLayout(), gap=0.4)
        for sign in self.signs:
            row.addWidget(sign)
        column.addLayout(row)
        column.addWidget(self.shown)
        self._show_or_hide(False)
        self.shown.toggled.connect(self._show_or_hide)
        self.edit.textChanged.connect(self._changed)
        self.edit.returnPressed.connect(self.entered)

    @property
    def words(self) -> str:
        """What is typed, as it is typed."""
        return self.edit.text()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.edit.forget()
        self.shown.setChecked(False)

    def _show_or_hide(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else _OUT_OF_SIGHT)
        self._show_signs()

    def _changed(self) -> None:
        found = self._show_signs()
        unknown = next((at for at, word in enumerate(found, 1) if word.finished and not word.meant), 0)
        if unknown and unknown != self._unknown:
            QTimer.singleShot(0, self, lambda: announce(self.edit, f"Word {unknown} is none of the words."))
        self._unknown = unknown
        self.typed.emit()

    def _show_signs(self) -> tuple[TypedWord, ...]:
        found = typed_words(self.edit.text())
        for at, sign in enumerate(self.signs):
            word = found[at] if at < len(found) else None
            self._show_sign(sign, at + 1, word)
        return found

    def _show_sign(self, sign: QWidget, number: int, word: TypedWord | None) -> None:
        assert isinstance(sign, TextLabel)
        if word is not None and word.meant:
            tone, says = Tone.IN_HAND, word.meant if self.shown.isChecked() else "known"
        elif word is not None and word.finished:
            tone, says = Tone.OVER, "not a word of the list"
        else:
            tone, says = Tone.QUIET, ""
        words = f"{number} {says}".strip()
        if sign.text() != (text := f"{SHAPES[tone]}\u2002{words}"):
            sign.setText(text)
            sign.setAccessibleName(f"Word {number}: {_spoken(tone)}")  # the word itself is on the paper
            if sign.property("light") != tone.value:
                sign.setProperty("light", tone.value)
                restyle(sign)
            sign.updateGeometry()


def _spoken(tone: Tone) -> str:
    return {Tone.IN_HAND: "known", Tone.OVER: "not a word of the list"}.get(tone, "not typed yet")
