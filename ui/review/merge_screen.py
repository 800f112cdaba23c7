"""Taking in what reviewers sent back: every file is looked at first, and all that can be believed is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Subject, change
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.messages import Kind
from ui.review import merge_words
from ui.review.merge_cards import FilesCard, OutcomeCards
from ui.review.papers import feedback_paper
from ui.review.reading import Seen, look_at, take_in
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, heading, problem_label, wrapped_label
from ui.widgets.scroll_page import COLUMN_EMS, ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.merging import Outcome

KINDS = "Every file (*)"


class MergeScreen(Screen):
    """`done` once somebody has seen the outcome, `left_for_now` when they go back without taking anything in."""

    done = Signal()
    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.files: tuple[Seen, ...] = ()
        self.outcome: Outcome | None = None
        self._looking = 0
        self._taking = False
        self.setAcceptDrops(True)
        self.page = ScrollPage(gap=0.9)
        self.files_card = FilesCard()
        self.outcome_cards = OutcomeCards(desk)
        self._lay_out()
        self.files_card.add_wanted.connect(self.choose_file)
        self.files_card.leave_out_wanted.connect(self.leave_out)
        self.files_card.believe_wanted.connect(self.believe)
        self.outcome_cards.feedback_wanted.connect(self.offer_feedback)
        commands.handle(CommandId.MERGE_RETURNS, self.choose_file, screen=self, enabled_when=self._idle)
        self._show()
        self.look(paths)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        whole.addWidget(self.page, 1)
        column = self.page.column
        self.title = heading("Take in what came back")
        self.about: TextLabel = wrapped_label(merge_words.ABOUT, quiet=True)
        for part in (self.title, self.about, self.files_card, self.outcome_cards):
            column.addWidget(part)
        self.files_card.add.setToolTip(first_key(CommandId.MERGE_RETURNS))
        foot = QWidget()
        across = spaced(QHBoxLayout(foot), gap=0, margins=(2.5, 0.5, 2.5, 1.2))
        inside = sized(QWidget(), max_width=COLUMN_EMS)
        below = spaced(QVBoxLayout(inside), gap=0.4)
        self.problem = problem_label()
        self.problem.hide()
        below.addWidget(self.problem)
        self.take = primary_button("Take these in", self.take_these_in)
        self.back = link_button("Back to peer review", self.left_for_now.emit)
        self.finish = primary_button("Done", self.done.emit)
        self.more = secondary_button("Add more…", self.begin_again)
        self.copy = secondary_button("Copy all this", self.copy_outcome)
        below.addLayout(button_row(self.take, self.back, self.finish, self.more, self.copy))
        across.addWidget(inside, 1)
        whole.addWidget(foot)

    # --- coming and going

    def arrived(self) -> None:
        """Work begins with the first file, or with what was dropped."""
        if self.outcome is not None:
            self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.files:
            self.files_card.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._looking:
            self.filled.emit()

    def may_close(self) -> bool:
        """What is being taken in comes to its end first; files that were only looked at lose nothing."""
        if self._taking:
            self._desk.messages.say("The marks are being saved. Wait a moment.", Kind.NOTICE)
        return not self._taking

    def _idle(self) -> bool:
        return not self._taking and not self._looking

    def _show(self) -> None:
        before = self.outcome is None
        self.title.setText("Take in what came back" if before else "What came back is in")
        self.about.setText(merge_words.ABOUT if before else merge_words.AFTERWARDS)
        self.files_card.setVisible(before)
        self.files_card.show_files(self.files, self._looking)
        self.files_card.setEnabled(self._idle())
        self.outcome_cards.setVisible(not before)
        good = [one for one in self.files if one.believed]
        self.take.setVisible(before and bool(good))
        self.take.setEnabled(self._idle())
        self.back.setVisible(before)
        for button in (self.finish, self.more, self.copy):
            button.setVisible(not before)
        self._commands.refresh()

    # --- the files

    def choose_file(self) -> None:
        """Ask for one more file; after an outcome, for the first of the next."""
        if self._idle():
            self._desk.messages.choose_open_file("Which file came back?", KINDS, lambda path: self.look((path,)))

    def look(self, paths: Sequence[Path]) -> None:
        """Look at these files too, changing nothing. One that is listed and was refused is read again: it may be
        another copy by now."""
        known = {one.path for one in self.files if one.believed} if self.outcome is None else set()
        new = tuple(dict.fromkeys(path for path in map(Path.absolute, paths) if path not in known))
        if not self._idle() or not paths:
            return
        self.problem.hide()
        if self.outcome is not None:
            self.outcome, self.files = None, ()
        if not new:
            self._say_listed(str(Path(paths[0]).absolute()))
            return
        self.files = tuple(one for one in self.files if one.path not in new)
        self._looking = len(new)
        self._show()
        desk = self._desk
        desk.tasks.database(lambda: look_at(desk, new), then=self._looked, failed=self._not_looked, owner=self)

    def _say_listed(self, path: str) -> None:
        self.files_card.say_listed(path)
        announce(self.files_card.told, merge_words.LISTED)
        self.files_card.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _looked(self, found: tuple[Seen, ...]) -> None:
        self._looking = 0
        held = {one.file.returned.digest for one in self.files if one.believed and one.file.returned is not None}
        for one in found:
            returned = one.file.returned
            twice = returned is not None and returned.digest in held
            self.files += (replace(one, file=replace(one.file, known=True)) if twice else one,)
        self._show()
        if not found:
            return
        self.files_card.list.choose(str(found[0].path))
        announce(self.files_card.told, self.files_card.told.text())
        if self.isVisible():
            ready = self.take.isVisibleTo(self) and not any(one.file.new_key for one in found if one.believed)
            part = self.take if ready and all(one.believed for one in found) else self.files_card.list
            part.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(self.files_card.told)
        self.filled.emit()

    def _not_looked(self, error: UserError) -> None:
        self._looking = 0
        self._show()
        self._say_problem(error)
        self.files_card.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def leave_out(self, path: str) -> None:
        """Take a file off the list; the file itself stays where it is."""
        if self._idle():
            self.files = tuple(one for one in self.files if str(one.path) != path)
            self._show()
            part = self.files_card.list if self.files else self.files_card.add
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def believe(self, path: str) -> None:
        """The person has rung the reviewer: what was refused for its key alone is believed."""
        self.files = tuple(
            Seen(file=one.anew) if str(one.path) == path and one.anew is not None else one for one in self.files
        )
        self._show()
        self.files_card.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- taking them in

    def take_these_in(self) -> None:
        """Keep all that can be believed, in one unit of work."""
        if not self._idle() or not any(one.believed for one in self.files):
            return
        self._taking = True
        self.problem.hide()
        self._show()
        desk, files = self._desk, tuple(one.file for one in self.files)
        desk.tasks.database(
            lambda: take_in(desk, files), then=self._taken, failed=self._not_taken, doing="Saving marks", owner=self
        )

    def _taken(self, outcome: Outcome) -> None:
        self._taking = False
        self.outcome = outcome
        self.outcome_cards.show_outcome(outcome)
        self._show()
        self.page.to_top()
        self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        tally = outcome.tally
        announce(self.title, f"{count(tally.received, 'sheet')} received, {tally.missing:,} missing.")
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=tuple(one.pack.id for one in outcome.packs)))

    def _not_taken(self, error: UserError) -> None:
        self._taking = False
        self._show()
        self._say_problem(error)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_problem(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        announce(self.problem, str(error), at_once=True)

    def begin_again(self) -> None:
        """More has come: back to an empty list, and ask for a file."""
        self.outcome, self.files = None, ()
        self._show()
        self.files_card.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose_file()

    def copy_outcome(self) -> None:
        """Put the whole outcome on the clipboard."""
        if self.outcome is not None:
            QGuiApplication.clipboard().setText(merge_words.as_text(self.outcome))
            self._desk.messages.say("The outcome is copied. You can paste it into a message or a document.")

    def offer_feedback(self, pack_id: str) -> None:
        """Offer what the reviewer of a pack alone is told, with the word codes of the files that came just now."""
        one = self.outcome_cards.pack(pack_id)
        if one is None or self.outcome is None:
            return
        codes = {file.returned.digest: file.code for file in self.outcome.files if file.returned is not None}
        card = self.outcome_cards.papers
        paper = feedback_paper(self._desk, one, codes)
        card.offer((paper,), self.outcome_cards.feedback, title=paper.label, key=pack_id)
        for part in (card, card.first):
            self.page.bring(part)

    # --- files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """Files may be dropped here."""
        if self._idle() and _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Look at what was dropped."""
        paths = _dropped(event.mimeData())
        if paths and self._idle():
            event.acceptProposedAction()
            self.look(paths)


def _dropped(data: QMimeData) -> tuple[Path, ...]:
    """The files of this machine among what is dropped."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
