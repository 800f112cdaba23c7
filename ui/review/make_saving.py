"""The end of the last step of a pack: the words are looked at, a place is asked for, and the file is sealed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cqcmock.errors import UserError
from ui.announce import announce
from ui.desk import Desk
from ui.review.make_foot import Foot
from ui.review.make_seal import SealStep
from ui.review.make_work import PackWork

if TYPE_CHECKING:
    from cqcmock.services.packing import Decision, Draft

KINDS = "Packs for reviewers (*.cqcpack)"
SEALING = "Sealing the pack. This takes a moment. Please leave the window open…"
CHECKING = "Seeing whether these words could be guessed…"
WORDS_COMING = "The six words are not here yet. Press “Save the pack…” again in a moment."
NOT_SAVED = "The pack is not saved yet, and nothing that you chose is lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSave:
    """What is about to be sealed, and the key that it is sealed to, if it is."""

    draft: Draft
    decisions: Mapping[str, Decision]
    address: str


class Saving(QObject):
    """`stuck` when something has to be mended first; `began` and `ended` round the sealing.

    A file is asked for only once nothing would be refused any more.
    """

    stuck = Signal()
    began = Signal()
    ended = Signal()

    def __init__(
        self, desk: Desk, work: PackWork, step: SealStep, foot: Foot, to_save: Callable[[], ToSave], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._work, self._step, self._foot, self._to_save = desk, work, step, foot, to_save
        self._wanted = False
        self.is_sealing = False
        self.sealed_with = ""
        """The words that the file is sealed with."""
        step.typed.connect(work.check)
        step.changed.connect(self._changed)
        work.checked.connect(self._checked)
        work.told.connect(self._told)
        work.made.connect(self._end)
        work.not_made.connect(self._not_made)

    def save(self) -> None:
        """Ask where to, and write the sealed file."""
        if self.is_sealing:
            return
        self._wanted = not self._step.is_checked
        if self._wanted:
            self._foot.say(CHECKING)
            self._work.check(self._step.passphrase)
        elif self._step.is_right():
            pack = self._to_save().draft.pack
            name = f"Review pack {pack.made_on:%Y-%m-%d} {pack.id[:4]}.cqcpack"
            self._desk.messages.choose_save_file("Save the pack", name, KINDS, self._save_to)
        else:
            self._foot.say("" if self._step.is_own else WORDS_COMING)
            if self._step.is_own:
                announce(self._step.own.problem, self._step.own.problem.text(), at_once=True)
            self.stuck.emit()

    def _changed(self) -> None:
        self._wanted = False
        self._foot.say("")

    def _checked(self, words: str, problem: str) -> None:
        self._step.show_verdict(words, problem)
        if self._wanted and self._step.is_checked:
            self._foot.say("")
            self.save()

    def _save_to(self, path: Path) -> None:
        if self.is_sealing:
            return
        self.is_sealing = True
        self.sealed_with = self._step.passphrase
        self._step.setEnabled(False)
        self._foot.set_busy(SEALING)
        self.began.emit()
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: self._seal_to(path)))  # painted first

    def _seal_to(self, path: Path) -> None:
        given = self._to_save()
        self._work.seal(given.draft, given.decisions, path, self.sealed_with, given.address)

    def _told(self, doing: str) -> None:
        if self.is_sealing:
            self._foot.say(doing)

    def _end(self, _made: object = None) -> None:
        self.is_sealing = False
        self._step.setEnabled(True)
        self._foot.set_busy("")
        self.ended.emit()

    def _not_made(self, error: UserError) -> None:
        self._end()
        self._foot.say_problem(f"{NOT_SAVED} {error}")
        self.stuck.emit()
