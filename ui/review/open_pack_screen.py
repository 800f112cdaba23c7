"""Opening a pack that was sent: which file, the words that open it, and a moment of patience."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.banks.dropping import dropped_file
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Kind
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

KINDS = "Packs (*.cqcpack *.age);;Every file (*)"
ABOUT = (
    "A pack is one sealed file with the answers that you are asked to mark. Once it is open it stays on this computer: "
    "you can take the stick out, and mark without a network."
)
NO_FILE = "No file is chosen yet. You can also drop one on this window."
SAID = "The six words that the sender said to you, with spaces between them. Capitals do not matter."
TO_YOUR_KEY = "This pack is sealed to somebody's own key, and needs no words. If the key is yours, it opens."
KEY_IS_BELOW = "You find your own public key below."
BEGUN_ANEW = (
    "What you marked in this pack before is damaged and could not be read, so you mark it anew. Nothing was deleted: "
    "the damaged pack is listed under “Packs to mark here” until you forget it."
)
TAKES_SECONDS = "Opening the pack. This takes a moment, so that nobody can guess the words. Please wait."
OPENING = "Opening the pack…"
SHOW_KEY, HIDE_KEY = "Show your own public key", "Hide your own public key"
ABOUT_KEY = (
    "Send this key to whoever makes packs for you, by mail for instance: it is no secret, and a pack that is sealed to "
    "it opens on this computer only, without any words."
)
SIX_WORDS = "Where you sign a return with your own key, whoever sent the pack sees it in these six words:"
NOT_THESE = "These words do not open the pack."
MISTYPED = "is none that the program offers to senders, and may be mistyped: it is selected, so type it again."
ONE_BY_ONE = (
    "Have the words shown, and compare them with the sender's one by one. If they are right, the pack was sealed for "
    "somebody else."
)
_WORDS = 6
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_ONE_FRAME_MS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """The reviewer's own key as it is given to others: the address to seal to, and six words to be read out."""

    address: str
    words: str


class OpenPackScreen(Screen):
    """`opened` carries the id of the pack, which is then on this computer; `left_for_now` when somebody goes back."""

    opened = Signal(str)
    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, path: Path | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._path: Path | None = None
        self._with_words: bool | None = None
        self._looked = 0
        self._opening = False
        self._shown = False
        self.setAcceptDrops(True)
        self.page = ScrollPage(gap=0.9)
        self._lay_out()
        commands.handle(CommandId.OPEN_PACK, self.choose_file, screen=self, enabled_when=lambda: not self._opening)
        self._show()
        if path is not None:
            self.take(path)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        whole.addWidget(self.page, 1)
        column = self.page.column
        column.addWidget(heading("Open a pack"))
        column.addWidget(wrapped_label(ABOUT, quiet=True))
        self.file_card = Card("The file")
        self.file_name = wrapped_label(NO_FILE)
        self.file_problem = problem_label()
        self.file_problem.hide()
        self.choose = primary_button("Choose the pack…", self.choose_file)
        self.file_card.body.addWidget(self.file_name)
        self.file_card.body.addWidget(self.file_problem)
        self.file_card.add_buttons(self.choose)
        column.addWidget(self.file_card)
        column.addWidget(self._make_opening())
        self.key_link = link_button(SHOW_KEY, self._toggle_key)
        column.addLayout(button_row(self.key_link))
        column.addWidget(self._make_key())
        self.back = link_button("Back", self.left_for_now.emit)
        column.addLayout(button_row(self.back))

    def _make_opening(self) -> Card:
        self.open_card = Card("The words that open it")
        body = self.open_card.body
        self.told = wrapped_label()
        self.words = QLineEdit()
        self.words.setAccessibleName("The words that open the pack")
        self.words.setAccessibleDescription(SAID)
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.textEdited.connect(lambda _: self._say_problem(""))
        self.words.returnPressed.connect(self.open_it)
        self.show_words = QCheckBox("Show the words")
        self.show_words.toggled.connect(self._show_or_hide_words)
        self.problem = problem_label()
        self.problem.hide()
        self.open_button = primary_button("Open the pack", self.open_it)
        for part in (self.told, self.words, self.show_words, self.problem):
            body.addWidget(part)
        self.busy = QWidget()
        row = spaced(QHBoxLayout(self.busy), gap=0.6)
        self.doing = wrapped_label()
        self.bar = sized(QProgressBar(), max_width=8.0)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Opening the pack")
        row.addWidget(self.bar)
        row.addWidget(self.doing, 1)
        body.addWidget(self.busy)
        self.busy.hide()
        self.open_card.add_buttons(self.open_button)
        return self.open_card

    def _make_key(self) -> Card:
        self.key_card = Card("Your own public key")
        body = self.key_card.body
        body.addWidget(wrapped_label(ABOUT_KEY, quiet=True))
        self.key = QLineEdit()
        self.key.setReadOnly(True)
        self.key.setAccessibleName("Your own public key")
        self.key_words = wrapped_label()
        self.key_problem = problem_label()
        self.key_problem.hide()
        self.copy = secondary_button("Copy the key", self._copy_key)
        self.copied = TextLabel(kind="quiet", wrap=False)
        for part in (self.key, self.key_words, self.key_problem):
            body.addWidget(part)
        row = spaced(QHBoxLayout(), gap=0.6)
        row.addWidget(self.copy)
        row.addWidget(self.copied)
        row.addStretch(1)
        body.addLayout(row)
        self.key_card.hide()
        return self.key_card

    # --- coming and going

    def arrived(self) -> None:
        """Work begins with the file; with the words, where it is chosen already."""
        self._shown = True
        self._focus()

    def may_close(self) -> bool:
        """Nothing is lost by going: a pack that is still being opened is then among those that are marked here."""
        self.words.clear()
        return True

    def _focus(self) -> None:
        if self._with_words is None:
            part: QWidget = self.choose
        else:
            part = self.words if self._with_words else self.open_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the file

    def choose_file(self) -> None:
        """Ask which file."""
        if not self._opening:
            self._desk.messages.choose_open_file("Which pack were you sent?", KINDS, self.take)

    def take(self, path: Path) -> None:
        """Look at this file: whether it is a pack, and how it is opened."""
        if self._opening:
            return
        self._path, self._with_words = path, None
        self._looked += 1
        number = self._looked
        self.words.clear()
        self._say_problem("")
        self.file_problem.hide()
        self._show()
        self.file_name.setText(f"Reading {path.name}…")

        def look() -> bool:
            from cqcmock.services import reviewing

            return reviewing.needs_passphrase(path)

        def looked(with_words: bool) -> None:
            if number == self._looked:
                self._with_words = with_words
                self._after_look()

        def failed(error: UserError) -> None:
            if number == self._looked:
                self.file_problem.setText(str(error))
                self.file_problem.show()
                self._after_look()
                announce(self.file_problem, str(error), at_once=True)

        self._desk.tasks.background(look, then=looked, failed=failed, owner=self)

    def _after_look(self) -> None:
        self._show()
        if self._shown:
            self._focus()
        self.filled.emit()

    def _show(self) -> None:
        path, with_words = self._path, self._with_words
        self.file_name.setText(f"{path.name}, in {path.absolute().parent}" if path is not None else NO_FILE)
        ready = with_words is not None
        self.open_card.setVisible(ready)
        self.open_card.title.setText("The words that open it" if with_words else "Sealed to a key")
        self.told.setText(SAID if with_words else TO_YOUR_KEY)
        self.words.setVisible(bool(with_words))
        self.show_words.setVisible(bool(with_words))
        words = "Choose another file…" if ready else "Choose the pack…"
        self.choose.setText(words)
        self.choose.setAccessibleName(words)
        kind = "secondary" if ready else "primary"
        if self.choose.property("kind") != kind:
            self.choose.setProperty("kind", kind)
            self.choose.style().polish(self.choose)

    def _show_or_hide_words(self, shown: bool) -> None:
        self.words.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    # --- opening it

    def open_it(self) -> None:
        """Open the pack with what was typed, beside the window."""
        path, desk, words = self._path, self._desk, self.words.text()
        if self._opening or path is None or self._with_words is None:
            return
        if self._with_words and not words.strip():
            self._say_problem(f"No words yet. {SAID}")
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._say_problem("")
        self._set_opening(True)

        strange: list[int] = []

        def open_it() -> tuple[str, bool]:
            from cqcmock.services import reviewing

            try:
                with reviewing.open_pack(desk.place, path, desk.clock, passphrase=words) as workspace:
                    return workspace.pack.id, workspace.begun_anew
            except UserError:
                strange.extend(reviewing.never_offered(words))
                raise

        def failed(error: UserError) -> None:
            self._failed(error, strange)

        def begin() -> None:
            desk.tasks.background(open_it, then=self._opened, failed=failed, doing=OPENING, owner=self)

        QTimer.singleShot(_ONE_FRAME_MS, self, begin)  # first of all the line that says what is going on is painted

    def _opened(self, there: tuple[str, bool]) -> None:
        pack_id, begun_anew = there
        self._set_opening(False)
        self.words.clear()
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(pack_id,)))
        self.opened.emit(pack_id)
        if begun_anew:
            self._desk.messages.say(BEGUN_ANEW, Kind.NOTICE)

    def _failed(self, error: UserError, strange: Sequence[int]) -> None:
        self._set_opening(False)
        self._say_problem(self._what_to_do(error, strange))
        self._focus()
        typed = [*re.finditer(r"\S+", self.words.text())]
        if len(strange) == 1 and len(typed) == _WORDS:  # the others need not be typed again
            start, end = typed[strange[0]].span()
            self.words.setSelection(start, end - start)
        elif self._with_words:
            self.words.selectAll()

    def _what_to_do(self, error: UserError, strange: Sequence[int]) -> str:
        """What went wrong, and what to do about it here; `strange` are the words that are none of those offered."""
        if "passphrase" not in error.what_to_do.casefold():  # it is about the file
            return str(error)
        if not self._with_words:
            return f"{error} {KEY_IS_BELOW}"
        typed = len(self.words.text().split())
        if typed != _WORDS:
            return f"{NOT_THESE} You typed {count(typed, 'word')}; those that are offered to senders are {_WORDS}."
        if len(strange) == 1:
            return f"{NOT_THESE} The {_PLACES[strange[0]]} {MISTYPED}"
        return f"{NOT_THESE} {ONE_BY_ONE}"

    def _set_opening(self, going_on: bool) -> None:
        self._opening = going_on
        self.doing.setText(TAKES_SECONDS if self._with_words else OPENING)
        self.busy.setVisible(going_on)
        for part in (self.file_card, self.words, self.show_words, self.open_button):
            part.setEnabled(not going_on)
        if going_on:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self.doing, self.doing.text())
        self._commands.refresh()

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.words.setAccessibleDescription(words or SAID)
        if words:
            announce(self.problem, words, at_once=True)

    # --- the own key

    def _toggle_key(self) -> None:
        shown = self.key_card.isHidden()
        self.key_card.setVisible(shown)
        words = HIDE_KEY if shown else SHOW_KEY
        self.key_link.setText(words)
        self.key_link.setAccessibleName(words)
        self.copied.setText("")
        if shown:
            self._read_key()

    def _read_key(self) -> None:
        desk = self._desk

        def read() -> _Key:
            from cqcmock.services import merging, reviewer_keys

            own = reviewer_keys.own_key(desk.place)
            return _Key(address=own.address, words=merging.key_words(own.public))

        desk.tasks.database(read, then=self._show_key, failed=self._no_key, owner=self)

    def _show_key(self, key: _Key) -> None:
        self.key_problem.hide()
        self.key.setText(key.address)
        self.key.setCursorPosition(0)
        self.key_words.setText(f"{SIX_WORDS} {key.words}")
        self.copy.setEnabled(True)
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.bring(self.key_card)

    def _no_key(self, error: UserError) -> None:
        self.key_problem.setText(str(error))
        self.key_problem.show()
        self.copy.setEnabled(False)

    def _copy_key(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())
        self.copied.setText("Copied")
        announce(self.copied, "Copied")

    # --- a file that is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped here."""
        if not self._opening and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Look at the file that was dropped."""
        path = dropped_file(event.mimeData())
        if path is not None and not self._opening:
            event.acceptProposedAction()
            self.take(path)
