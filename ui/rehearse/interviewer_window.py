"""The interviewer's own window: what is on the other screen, what to tap, and what each tap would ask.

It can be moved to another screen, closed and opened again: it holds nothing that is not in the interview.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QMoveEvent, QScreen, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.interviewing import Tap
from ui.announce import announce
from ui.commands import CommandId, first_key, key_text
from ui.rehearse.interviewer_view import InterviewerView
from ui.sizes import body_em, sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, literal, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.clock_face import ClockFace
from ui.widgets.flow import FlowLayout, SideBySide
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import TextLabel, heading, lead_label, question_label, small_label, wrapped_label
from ui.widgets.refitting import Refitting
from ui.widgets.scroll_page import ScrollPage

TITLE = "Interviewer · CQC Mock"
KEYS = {Qt.Key.Key_1 + number: tap for number, tap in enumerate(Tap)}
"""The figure on each button is the key that presses it."""

TAKE_BACK_KEYS = ("Backspace", "Ctrl+Z")
OTHER_WINDOW_KEY = first_key(CommandId.INTERVIEWER_WINDOW)
KEYS_IN_WORDS = (
    f"Keys: 1 to 6 tap, Backspace takes back, {first_key(CommandId.FINISH_ANSWER)} goes on, "
    f"{OTHER_WINDOW_KEY} changes windows. Letters go to the answer."
)
_IN_WORDS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_WIDE, _HIGH = 66.0, 46.0
_WIDEST, _MARGINS, _BELOW_THE_WORDS = 78.0, 6.0, 34.0
_TAP_WIDE, _TAP_HIGH, _ANY = 12.5, 3.2, 0.1


class InterviewerWindow(Refitting, QWidget):
    """Emits what the interviewer wants; `show_view` shows what came of it.

    `closed` when somebody closed it: show it again with `come`. There is one keyboard for two windows: `typing` carries
    words that were meant for the answer, and `keyed` says that the interviewer pressed a key of their own.
    """

    tapped = Signal(object)
    take_back_wanted = Signal()
    go_on_wanted = Signal()
    pause_wanted = Signal()
    closed = Signal()
    typing = Signal(str)
    keyed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(TITLE)
        self._view: InterviewerView | None = None
        self._placed = False
        self._low = False
        self._typing_on = False
        self._make_widgets()
        self._lay_out()
        for key, wanted in (
            *((key, self.forward) for key in ("Ctrl+Return", "Ctrl+Enter")),
            *((key, self.take_back) for key in TAKE_BACK_KEYS),
            ("Ctrl+P", self.pause),
            (OTHER_WINDOW_KEY, self.away),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)  # a key that is held down goes on by one question, not by three
            shortcut.activated.connect(wanted.click)

    def _make_widgets(self) -> None:
        self.caption = wrapped_label(quiet=True)
        self.above = wrapped_label(quiet=True)
        self.words = question_label()
        self.said = lead_label()
        self.left_over = small_label()
        self.keys = small_label(KEYS_IN_WORDS)
        self.taps: dict[Tap, QPushButton] = {}
        self.coming: dict[Tap, TextLabel] = {}
        for number, tap in enumerate(Tap, start=1):
            name = tap.value.capitalize()
            button = secondary_button(f"{number}\u2002{name}", partial(self.tapped.emit, tap))
            button.setAccessibleName(name)
            button.setAutoDefault(False)  # Enter is for going on, and a tap by mistake is on the other screen at once
            button.setStyleSheet("text-align: left;")
            self.taps[tap] = sized(button, min_width=_TAP_WIDE, min_height=_TAP_HIGH)
            self.coming[tap] = wrapped_label()
        self.strong = wrapped_label()
        self.points = wrapped_label()
        self.clock = ClockFace()
        self.clock.silent = True  # the other window speaks
        self.forward = primary_button("", self.go_on_wanted.emit)
        self.forward.setToolTip(first_key(CommandId.FINISH_ANSWER))
        self.take_back = secondary_button("Take back", self.take_back_wanted.emit)
        self.take_back.setAccessibleName("Take back the last tap")
        self.take_back.setToolTip(" or ".join(key_text(key) for key in TAKE_BACK_KEYS))
        self.pause = secondary_button("Pause", self.pause_wanted.emit)
        self.pause.setToolTip(first_key(CommandId.PAUSE))
        self.away = link_button(f"Hide ({OTHER_WINDOW_KEY})", self.go_away)
        self.away.setAccessibleName("Hide this window and show the interview")
        self.away.setToolTip(OTHER_WINDOW_KEY)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        page = self.page = ScrollPage(widest=_WIDEST, gap=0.7)
        top = spaced(QHBoxLayout(), gap=0.8)
        top.addWidget(self.caption, 1)
        top.addWidget(self.clock)
        page.column.addLayout(top)
        for label in (self.above, self.words, self.said):
            page.column.addWidget(label)
        page.column.addWidget(SideBySide(self._what_to_tap(), self._what_to_hear(), narrowest=22.0, shares=(5, 3)))
        whole.addWidget(page, 1)
        whole.addWidget(self._foot())

    def _what_to_tap(self) -> QWidget:
        part = QWidget()
        column = spaced(QVBoxLayout(part), gap=0.5)
        self._rows = spaced(QGridLayout(), gap=0.4)
        self._rows.setColumnStretch(1, 1)
        for row, tap in enumerate(Tap):
            self._rows.addWidget(self.taps[tap], row, 0)
            self._rows.addWidget(self.coming[tap], row, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(self._rows)
        column.addWidget(self.left_over)
        column.addWidget(self.keys)
        column.addStretch(1)
        return part

    def _what_to_hear(self) -> QWidget:
        card = Card()
        self._strong_title = heading("A strong answer", 3)
        self._points_title = heading("Listen for", 3)
        for label in (self._strong_title, self.strong, self._points_title, self.points):
            card.body.addWidget(label)
        card.body.addStretch(1)
        self._to_hear = card
        return card

    def _foot(self) -> QWidget:
        foot = QWidget()
        across = spaced(QHBoxLayout(foot), gap=0, margins=(2.5, 0.4, 2.5, 1.0))
        inside = sized(QWidget(), max_width=_WIDEST)
        column = spaced(QVBoxLayout(inside), gap=0.3)
        self._bar = spaced(FlowLayout(), gap=0.3)
        column.addLayout(self._bar)
        column.addLayout(button_row(self.forward, self.take_back, self.pause, self.away))
        across.addWidget(inside, 1)
        return foot

    def refit(self) -> None:
        """Where the window is low for its type and its question, the taps stay in sight at its foot, and what they
        ask is scrolled."""
        across = min(self.width(), body_em(_WIDEST)) - body_em(_MARGINS)
        low = self.height() < self.words.heightForWidth(across) + body_em(_BELOW_THE_WORDS)
        if low == self._low:
            return
        self._low = low
        for row, (tap, button) in enumerate(self.taps.items()):
            if low:
                self._rows.removeWidget(button)
                self._bar.addWidget(button)
                sized(button, min_width=_ANY, min_height=_ANY)
            else:
                self._bar.removeWidget(button)
                self._rows.addWidget(button, row, 0)
                sized(button, min_width=_TAP_WIDE, min_height=_TAP_HIGH)
            self._show_coming(tap)
        self._show_above()
        tab_through(self.page, *self.taps.values(), self.forward, self.take_back, self.pause, self.away)

    # --- what is on it

    def show_view(self, view: InterviewerView) -> None:
        """Show this moment."""
        before, self._view = self._view, view
        if view == before:
            return
        self.caption.setText(view.caption)
        self.above.setText(view.above)
        self._show_above()
        self.words.setText(view.words)
        self.say(view.said)
        self.left_over.setText(view.left)
        for tap, button in self.taps.items():
            button.setVisible(view.taps)
            button.setEnabled(view.may_tap)
            button.setAccessibleDescription(view.coming[tap])
            self._show_coming(tap)
        self.keys.setVisible(view.taps)
        self._show_what_to_hear(view)
        self.forward.setText(literal(view.forward))
        self.forward.setAccessibleName(view.forward)
        self.take_back.setEnabled(view.may_take_back)
        self.pause.setVisible(bool(view.pause))
        self.clock.setVisible(view.clock)
        if before is None or before.words != view.words:
            self.refit()
            self.page.to_top()
        self._place_focus()

    def _show_above(self) -> None:
        self.above.setVisible(bool(self.above.text()) and not self._low)

    def _show_coming(self, tap: Tap) -> None:
        view = self._view
        shown = view.coming[tap] if view is not None and view.taps else ""
        self.coming[tap].setText(f"{self.taps[tap].text()}: {shown}" if shown and self._low else shown)
        self.coming[tap].setVisible(bool(shown))

    def _show_what_to_hear(self, view: InterviewerView) -> None:
        self.strong.setText("\n".join(f"– {line}" for line in view.strong))
        self.points.setText("\n".join(f"– {line}" for line in view.points))
        for title, label, lines in (
            (self._strong_title, self.strong, view.strong),
            (self._points_title, self.points, view.points),
        ):
            title.setVisible(bool(lines))
            label.setVisible(bool(lines))
        self._to_hear.setVisible(bool(view.strong or view.points))

    def say(self, words: str) -> None:
        """What the last tap did, or why it did nothing."""
        if words != self.said.text():
            self.said.setText(words)
            announce(self.said, words)

    def _place_focus(self) -> None:
        """Where the taps are while they can be tapped: on the way on, a second Enter would leave a question out."""
        if self._typing_on:
            return
        first = next(iter(self.taps.values()))
        if self._view is not None and self._view.may_tap:
            if self.focusWidget() in (None, self.forward):
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.focusWidget() not in (self.pause, self.take_back):
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The figures tap. Letters are words that somebody began to type in the wrong window, and go on to the answer,
        with all that follows: every blank in them would press the button that has the keyboard."""
        letters = event.text() if not event.modifiers() & ~_IN_WORDS else ""
        if letters.isalpha() or (self._typing_on and letters.isprintable() and letters):
            self._typing_on = True
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # away from every button
            self.typing.emit(letters)
            return
        tap = KEYS.get(key_meant(event) or 0)
        if tap is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.taps[tap].click()

    def event(self, event: QEvent) -> bool:
        """Who has the keyboard: a key of this window is the interviewer's, and words end where the window changes."""
        kind = event.type()
        if kind in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress):
            self._typing_on = False
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._typing_on and event.key() == Qt.Key.Key_Backspace:
                event.accept()  # the letter before it is on its way to the answer: no tap is meant
                return True
            if not self._typing_on and not event.text().isalpha():
                self.keyed.emit()
        return super().event(event)

    # --- where it is

    def go_away(self) -> None:
        """To the interview. Where there is no other screen this window makes room for it."""
        home = self._home()
        if self.screen() is home.screen():
            self.hide()
        home.activateWindow()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's own name
        """On the screen of the interview, this window may cover it."""
        super().moveEvent(event)
        self._show_way_back()

    def _show_way_back(self) -> None:
        self.away.setVisible(self.screen() is self._home().screen())

    def _home(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent.window()

    def come(self) -> None:
        """Into sight, on a screen that is there, before other windows."""
        if not self._placed or not _in_sight(self.frameGeometry()):
            self._place()
        if self.isMinimized():
            self.showNormal()
        elif self.isVisible():
            self.raise_()
        self.show()
        self._show_way_back()
        self.activateWindow()

    def _place(self) -> None:
        """On another screen than the interview, where there is one; beside its left edge otherwise."""
        home = self._home().screen()
        screen = _another_screen(home) or home
        room = screen.availableGeometry()
        size = QSize(body_em(_WIDE), body_em(_HIGH)).boundedTo(room.size() * 0.9)
        place = QRect(QPoint(), size)
        place.moveCenter(room.center())
        if screen is home:
            place.moveRight(room.right())
        self.setGeometry(place)
        self._placed = True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Out of sight; the interview goes on in the other window."""
        super().closeEvent(event)
        self.closed.emit()


def _another_screen(home: QScreen) -> QScreen | None:
    return next((screen for screen in QGuiApplication.screens() if screen is not home), None)


def _in_sight(frame: QRect) -> bool:
    return any(screen.availableGeometry().contains(frame.center()) for screen in QGuiApplication.screens())
