"""The two cards of peer review: what was sent to reviewers, and what is to be marked on this computer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QPushButton

from cqcmock.errors import UserError
from cqcmock.services.reviewing import PackSummary
from ui.commands import CommandId, first_key
from ui.review import shelf_words
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, problem_label, wrapped_label
from ui.widgets.line_list import Line, LineList

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.merging import PackTally

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class PacksCard(Card):
    """A list of packs with a sentence about the chosen one. Made by its two kinds below."""

    try_again_wanted = Signal()

    def __init__(self, title: str, name: str, empty: str) -> None:
        super().__init__(title)
        self._empty = empty
        self.words: TextLabel = wrapped_label("Reading…", quiet=True)
        self.trouble = problem_label()
        self.list = LineList(name, rows_in_sight=4, about_rows=3)
        self.list.hide()
        self.again = secondary_button("Try again", self.try_again_wanted.emit)
        self.again.setAccessibleName(f"Try again to read: {title}")
        self.details: TextLabel = wrapped_label(quiet=True)
        self.details.setTextInteractionFlags(_SELECTABLE)
        self.details.hide()
        self.list.moved.connect(self._describe)
        for part in (self.words, self.trouble, self.list, self.details):
            self.body.addWidget(part)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_trouble(None)

    def show_trouble(self, error: UserError | None) -> None:
        """Say in place why the list cannot be shown, and offer to try again."""
        self.trouble.setText(str(error) if error is not None else "")
        self.trouble.setVisible(error is not None)
        self.again.setVisible(error is not None)
        if error is not None:
            self.words.hide()

    def _show(self, lines: Sequence[Line], error: UserError | None) -> None:
        had_focus = self.list.hasFocus()
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.words.setText(self._empty)
        self.words.setVisible(not lines)
        self.show_trouble(error)
        self._describe()
        if had_focus and not lines:  # the one that the keyboard was on is gone
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> QPushButton:
        """What to begin with while there is no pack."""
        raise NotImplementedError

    def _describe(self) -> None:
        text = self._details()
        self.details.setText(text)
        self.details.setVisible(bool(text))
        self._enable()

    def _about_chosen(self, wanted: SignalInstance) -> None:
        if self.list.chosen:
            wanted.emit(self.list.chosen)

    def _details(self) -> str:
        raise NotImplementedError

    def _enable(self) -> None:
        raise NotImplementedError


class SentCard(PacksCard):
    """Signals carry the id of a pack."""

    make_wanted = Signal()
    merge_wanted = Signal()
    report_wanted = Signal(str)
    papers_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Packs you sent", "Packs that you sent, the latest first", shelf_words.NOTHING_SENT)
        self._packs: dict[str, PackTally] = {}
        self._rehearsals: Mapping[str, tuple[SittingSummary, ...]] = {}
        self.take_in = secondary_button("Take in what came back…", self.merge_wanted.emit)
        self.make = secondary_button("New pack…", self.make_wanted.emit)
        self.report = secondary_button("See the report", lambda: self._about_chosen(self.report_wanted))
        self.papers = secondary_button("On paper…", lambda: self._about_chosen(self.papers_wanted))
        self.delete = secondary_button("Delete the pack…", lambda: self._about_chosen(self.delete_wanted))
        self.take_in.setToolTip(first_key(CommandId.MERGE_RETURNS))
        self.make.setToolTip(first_key(CommandId.NEW_PACK))
        self.papers.setToolTip(first_key(CommandId.PACK_PAPERS))
        self.add_buttons(self.take_in, self.make, self.report, self.papers, self.delete)
        self.list.delete_wanted.connect(self.delete_wanted)
        self.list.open_wanted.connect(self._open)
        self._enable()

    @property
    def first(self) -> QPushButton:
        return self.make

    @property
    def chosen(self) -> PackTally | None:
        """The pack that the buttons are about."""
        return self._packs.get(self.list.chosen)

    def pack(self, pack_id: str) -> PackTally | None:
        """A pack that is shown."""
        return self._packs.get(pack_id)

    def rehearsals(self, pack_id: str) -> tuple[SittingSummary, ...]:
        """Those of which a pack that is shown holds answers, as far as they are still there."""
        return self._rehearsals.get(pack_id, ())

    @property
    def awaited(self) -> bool:
        """Whether anything is still to come back."""
        return any(one.tally.missing for one in self._packs.values())

    def show_packs(
        self,
        packs: Sequence[PackTally],
        today: date,
        error: UserError | None = None,
        *,
        rehearsals: Mapping[str, tuple[SittingSummary, ...]],
    ) -> None:
        """Show what was sent; `rehearsals` are those of which each pack holds answers."""
        self._packs = {one.pack.id: one for one in packs}
        self._rehearsals = rehearsals
        self._show([shelf_words.sent_line(one, today) for one in packs], error)

    def _open(self, pack_id: str) -> None:
        one = self._packs[pack_id]
        if one.tally.received:
            self.report_wanted.emit(pack_id)

    def _details(self) -> str:
        return shelf_words.sent_details(self.chosen, self.rehearsals(self.list.chosen))

    def _enable(self) -> None:
        one = self.chosen
        self.take_in.setVisible(bool(self._packs))
        for button in (self.report, self.papers, self.delete):
            button.setVisible(one is not None)
            button.setAccessibleDescription(f"The pack for {one.pack.reviewer}" if one is not None else "")
        self.report.setEnabled(one is not None and bool(one.tally.received))


class ToMarkCard(PacksCard):
    """Signals carry the id of a pack."""

    open_wanted = Signal()
    go_on_wanted = Signal(str)
    return_wanted = Signal(str)
    papers_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Packs to mark here", "Packs to mark here, the latest first", shelf_words.NOTHING_TO_MARK)
        self._packs: dict[str, PackSummary] = {}
        self.go_on = secondary_button("Go on marking", lambda: self._go_on(self.list.chosen))
        self.give_back = secondary_button("Return it…", lambda: self._about_chosen(self.return_wanted))
        self.open = secondary_button("Open a pack you were sent…", self.open_wanted.emit)
        self.papers = secondary_button("On paper…", lambda: self._about_chosen(self.papers_wanted))
        self.forget = secondary_button("Forget it…", lambda: self._about_chosen(self.forget_wanted))
        self.papers.setToolTip(first_key(CommandId.PACK_PAPERS))
        self.give_back.setToolTip(first_key(CommandId.RETURN_PACK))
        self.open.setToolTip(first_key(CommandId.OPEN_PACK))
        self.add_buttons(self.go_on, self.give_back, self.open, self.papers, self.forget)
        self.list.delete_wanted.connect(self.forget_wanted)
        self.list.open_wanted.connect(self._go_on)
        self._enable()

    @property
    def first(self) -> QPushButton:
        return self.open

    @property
    def chosen(self) -> PackSummary | None:
        """The pack that the buttons are about."""
        return self._packs.get(self.list.chosen)

    def pack(self, pack_id: str) -> PackSummary | None:
        """A pack that is shown."""
        return self._packs.get(pack_id)

    @property
    def unreturned(self) -> bool:
        """Whether there is anything still to be marked or returned, and the button for it is there."""
        return any(_is_to_do(one) for one in self._packs.values()) and not self.go_on.isHidden()

    def show_packs(self, packs: Sequence[PackSummary], today: date, error: UserError | None = None) -> None:
        """Show what is to be marked."""
        before = set(self._packs)
        self._packs = {one.id: one for one in packs}
        self._show([shelf_words.marking_line(one, today) for one in packs], error)
        to_do = next((one.id for one in packs if _is_to_do(one)), "")
        if not before and to_do:  # at first, the one with which there is something to do
            self.list.choose(to_do)

    def _details(self) -> str:
        return shelf_words.marking_details(self.chosen)

    def _enable(self) -> None:
        one = self.chosen
        for button in (self.go_on, self.give_back, self.papers, self.forget):
            button.setVisible(one is not None)
            button.setAccessibleDescription(one.file_name if one is not None else "")
        if one is not None:
            words = _title(one)
            self.go_on.setText(words)
            self.go_on.setAccessibleName(words)
            self.go_on.setVisible(not one.put_aside)
            self.give_back.setVisible(one.trouble is None)
            self.papers.setVisible(one.trouble is None)
            self.give_back.setEnabled(one.trouble is None)  # its command presses it, hidden or not

    def _go_on(self, pack_id: str) -> None:
        """What there is to do with a pack: mark it; where it cannot be read, open it again or read it once more."""
        one = self._packs.get(pack_id)
        if one is None:
            return
        if one.trouble is None:
            self.go_on_wanted.emit(pack_id)
        elif one.damaged:
            if not one.put_aside:
                self.open_wanted.emit()
        else:
            self.try_again_wanted.emit()


def _is_to_do(one: PackSummary) -> bool:
    return not one.returned and one.trouble is None


def _title(one: PackSummary) -> str:
    """What stands on the button for going on."""
    if one.trouble is not None:
        return "Open it again from its file…" if one.damaged else "Try again"
    begun = bool(one.tally.received or one.drafts)
    return "Look at it again" if one.returned else "Go on marking" if begun else "Begin marking"
