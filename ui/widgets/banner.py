"""Inline messages: what was said, with a sign, at most one deed, and a way to dismiss it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.announce import announce
from ui.messages import Kind, Message, Messages
from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.labels import TextLabel, wrapped_label
from ui.widgets.pill import SHAPES, Tone
from ui.widgets.scroll_page import COLUMN_EMS

_TONES = {Kind.DONE: Tone.IN_HAND, Kind.NOTICE: Tone.WRAP_UP, Kind.PROBLEM: Tone.OVER}
_WORDS = {Kind.DONE: "", Kind.NOTICE: "Please note: ", Kind.PROBLEM: "Problem: "}

_NARROW_EMS = 32.0


class Banner(QFrame):
    """One message."""

    dismissed = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setProperty("kind", "banner")
        self.setProperty("light", _TONES[message.kind].value)
        self.setAccessibleName(spoken(message))
        self._row = spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight, self), gap=0.5, margins=(1.0, 0.45, 0.6, 0.45))
        words = spaced(QHBoxLayout(), gap=0.75)
        words.addWidget(TextLabel(SHAPES[_TONES[message.kind]], kind="sign", wrap=False))
        self.label = wrapped_label(message.text)
        words.addWidget(self.label, 1)
        self._row.addLayout(words, 1)
        deeds = spaced(QHBoxLayout(), gap=0.5)
        if message.action is not None:
            self.action_button = secondary_button(message.action.title, self._act)
            deeds.addWidget(self.action_button)
        self.dismiss_button = link_button("Dismiss", self.dismissed.emit)
        deeds.addWidget(self.dismiss_button)
        deeds.addStretch(0)
        self._row.addLayout(deeds)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where there is little width for the type, the buttons go below the words."""
        super().resizeEvent(event)
        below = self.width() < body_em(_NARROW_EMS)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)

    def _act(self) -> None:
        self.dismissed.emit()
        if self.message.action is not None:
            self.message.action.do()


class BannerArea(QWidget):
    """Where the window shows its messages, newest last; nothing at all while there are none."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._banners: dict[str, Banner] = {}
        across = spaced(QHBoxLayout(self), gap=0, margins=(2.5, 0.75, 2.5, 0.0))
        inside = sized(QWidget(), max_width=COLUMN_EMS)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addWidget(inside, 1)
        self._column = spaced(QVBoxLayout(inside), gap=0.4)
        if not messages.current:
            self.hide()
        for message in messages.current:
            self._show(message)
        messages.shown.connect(self._show)
        messages.cleared.connect(self._clear)

    def banners(self) -> tuple[Banner, ...]:
        """The banners on screen."""
        return tuple(self._banners.values())

    def _show(self, message: Message) -> None:
        self._clear(message.key)
        banner = Banner(message, self)
        banner.dismissed.connect(lambda: self._messages.clear(message.key))
        self._banners[message.key] = banner
        self._column.addWidget(banner)
        if self.isHidden() and self.parentWidget() is not None:
            self.show()
        text, at_once = spoken(message), message.kind is Kind.PROBLEM
        QTimer.singleShot(0, banner, lambda: announce(banner, text, at_once=at_once))  # once it can be found on screen

    def _clear(self, key: str) -> None:
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        if not self._banners:
            self.hide()


def spoken(message: Message) -> str:
    """The message as a screen reader says it: its kind is a word there, not a colour."""
    return _WORDS[message.kind] + message.text
