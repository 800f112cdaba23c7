"""Peer review: packs that were sent to reviewers, and packs to be marked here, with what to do next about each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui.app_signals import Change, Subject, change
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Kind
from ui.review import shelf_words
from ui.review.packs_card import SentCard, ToMarkCard
from ui.review.papers import papers_of_sent, papers_to_mark
from ui.review.papers_card import PapersCard
from ui.review.reading import Shelf, read_shelf, rehearsals_in
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import literal, make_primary
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from ui.review.papers import Paper

_LONGEST_TITLE = 60


class ReviewScreen(Screen):
    """`go_on_wanted` and `return_wanted` carry the id of a pack, `report_wanted` that of a sitting."""

    make_wanted = Signal()
    open_wanted = Signal()
    go_on_wanted = Signal(str)
    return_wanted = Signal(str)
    merge_wanted = Signal()
    report_wanted = Signal(str)

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._reading = False
        self._read_again = False
        self._arriving = False
        self.shelf: Shelf | None = None
        self.menu: QMenu | None = None
        self.page = ScrollPage(gap=1.0)
        self.sent = SentCard()
        self.sent_papers = PapersCard(desk)
        self.to_mark = ToMarkCard()
        self.to_mark_papers = PapersCard(desk)
        self._lay_out()
        self._connect()
        self._handle_commands()

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        top = spaced(QVBoxLayout(), gap=0.3)
        top.addWidget(heading("Peer review"))
        top.addWidget(wrapped_label(shelf_words.ABOUT, quiet=True))
        column.addLayout(top)
        for part in (self.sent, self.sent_papers, self.to_mark, self.to_mark_papers):
            column.addWidget(part)

    def _connect(self) -> None:
        sent, to_mark = self.sent, self.to_mark
        sent.make_wanted.connect(self.make_wanted)
        sent.merge_wanted.connect(self.merge_wanted)
        sent.report_wanted.connect(self._find_report)
        sent.papers_wanted.connect(self.offer_papers_of_sent)
        sent.delete_wanted.connect(self._ask_to_delete)
        to_mark.open_wanted.connect(self.open_wanted)
        to_mark.go_on_wanted.connect(self.go_on_wanted)
        to_mark.return_wanted.connect(self.return_wanted)
        to_mark.papers_wanted.connect(self.offer_papers_to_mark)
        to_mark.forget_wanted.connect(self._ask_to_forget)
        for card in (sent, to_mark):
            card.list.moved.connect(lambda _: self._commands.refresh())
            card.try_again_wanted.connect(self.refresh)
        self._desk.signals.changed.connect(self._changed)

    def _handle_commands(self) -> None:
        handle = self._commands.handle
        handle(CommandId.NEW_PACK, self.make_wanted.emit, screen=self)
        handle(CommandId.OPEN_PACK, self.open_wanted.emit, screen=self)
        handle(CommandId.MERGE_RETURNS, self.merge_wanted.emit, screen=self, enabled_when=self._sent_any)
        handle(CommandId.RETURN_PACK, self.to_mark.give_back.click, screen=self, enabled_when=self._marks_any)
        handle(CommandId.PACK_PAPERS, self.offer_papers, screen=self, enabled_when=self._any_chosen)

    def _sent_any(self) -> bool:
        return self.shelf is not None and bool(self.shelf.sent)

    def _marks_any(self) -> bool:
        return bool(self.to_mark.list.chosen)

    def _any_chosen(self) -> bool:
        return bool(self.sent.list.chosen or self.to_mark.list.chosen)

    # --- what is shown

    def arrived(self) -> None:
        """Read again, and put the keyboard on the one thing to do next."""
        self._arriving = True
        self.refresh()

    def refresh(self) -> None:
        """Read both lists, once more if they changed while they were read."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        desk = self._desk
        desk.tasks.database(lambda: read_shelf(desk), then=self._came, failed=self._not_read, owner=self)

    def _changed(self, what: Change) -> None:
        if self.isVisible() and what.touches(Subject.PACKS, Subject.SITTINGS):
            self.refresh()

    def _came(self, shelf: Shelf) -> None:
        self._reading = False
        self.shelf = shelf
        today = self._desk.clock.today()
        self.setUpdatesEnabled(False)
        self.sent.show_packs(shelf.sent, today, shelf.sent_trouble, rehearsals=shelf.rehearsals)
        self.to_mark.show_packs(shelf.to_mark, today, shelf.to_mark_trouble)
        for papers, card in ((self.sent_papers, self.sent), (self.to_mark_papers, self.to_mark)):
            if papers.key and card.pack(papers.key) is None:  # deleted meanwhile
                papers.put_away()
        main = self._main()
        sent, to_mark = self.sent, self.to_mark
        for button in (sent.make, sent.take_in, sent.report, to_mark.open, to_mark.go_on):
            make_primary(button, button is main)
        self.setUpdatesEnabled(True)
        self._commands.refresh()
        if self._arriving and self.isVisible():
            main.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring(main)
        self._arriving = self._arriving and self._read_again
        self.filled.emit()
        if self._read_again:
            self._read_again = False
            self.refresh()

    def _not_read(self, error: UserError) -> None:
        self._reading = self._read_again = False
        self.sent.show_trouble(error)
        self.to_mark.show_trouble(error)
        self.filled.emit()

    def _main(self) -> QPushButton:
        """What to do next: one's own marking comes before waiting for that of others."""
        if self.to_mark.unreturned:
            return self.to_mark.go_on
        if self.sent.awaited:
            return self.sent.take_in
        if self.sent.report.isEnabled():  # everything is back, and is to be read
            return self.sent.report
        return self.to_mark.open if self.to_mark.chosen and not self._sent_any() else self.sent.make

    # --- the report of what came back

    def _find_report(self, pack_id: str) -> None:
        one, desk = self.sent.pack(pack_id), self._desk
        if one is None:
            return
        name = one.pack.reviewer
        desk.tasks.database(
            lambda: rehearsals_in(desk, pack_id), then=lambda found: self._offer_reports(name, found), owner=self
        )

    def _offer_reports(self, reviewer: str, found: tuple[SittingSummary, ...]) -> None:
        if not found:
            self._desk.messages.say(
                f"What {reviewer} marked was deleted. In the settings, a rehearsal can be taken back for thirty days.",
                Kind.NOTICE,
            )
        elif len(found) == 1:
            self.report_wanted.emit(found[0].id)
        else:
            self._choose_report(found)

    def _choose_report(self, found: tuple[SittingSummary, ...]) -> None:
        """Several rehearsals were in the pack: ask of which one to see the report."""
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self)
        for summary, title in zip(found, shelf_words.titles(found, _LONGEST_TITLE), strict=True):
            action = self.menu.addAction(literal(title))
            action.triggered.connect(partial(self._report_chosen, summary.id))
        button = self.sent.report
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _report_chosen(self, sitting_id: str, _checked: bool = False) -> None:
        self.report_wanted.emit(sitting_id)

    # --- on paper

    def offer_papers(self) -> None:
        """Put something of the chosen pack on paper: on the side where the keyboard is."""
        focus = self.window().focusWidget()
        on_to_mark = focus is not None and self.to_mark.isAncestorOf(focus)
        if self.to_mark.list.chosen and (on_to_mark or not self.sent.list.chosen):
            self.offer_papers_to_mark(self.to_mark.list.chosen)
        else:
            self.offer_papers_of_sent(self.sent.list.chosen)

    def offer_papers_of_sent(self, pack_id: str) -> None:
        """Offer what the owner of a pack may want on paper."""
        one = self.sent.pack(pack_id)
        if one is not None:
            title = f"On paper: the pack for {shortened(one.pack.reviewer, _LONGEST_TITLE)}"
            self._offer(self.sent_papers, papers_of_sent(self._desk, one), self.sent.papers, title, pack_id)

    def offer_papers_to_mark(self, pack_id: str) -> None:
        """Offer what the reviewer of a pack may want on paper."""
        one = self.to_mark.pack(pack_id)
        if one is not None and one.trouble is None:
            papers = papers_to_mark(self._desk, pack_id, returned=one.last_return is not None)
            title = f"On paper: {shortened(one.file_name, _LONGEST_TITLE)}"
            self._offer(self.to_mark_papers, papers, self.to_mark.papers, title, pack_id)

    def _offer(self, card: PapersCard, papers: tuple[Paper, ...], back: QWidget, title: str, pack_id: str) -> None:
        card.offer(papers, back, title=title, key=pack_id)
        for part in (card, card.first):  # all of it, or at least where it begins
            self.page.bring(part)

    # --- taking packs away

    def _ask_to_delete(self, pack_id: str) -> None:
        one = self.sent.pack(pack_id)
        if one is None:
            return
        self._desk.messages.ask(
            f"Delete the pack for {one.pack.reviewer}?",
            yes="Delete the pack",
            no="Keep it",
            then=lambda yes: self._delete(pack_id, one.pack.reviewer) if yes else None,
            detail=shelf_words.lost_by_deleting(one, self.sent.rehearsals(pack_id)),
        )

    def _delete(self, pack_id: str, reviewer: str) -> None:
        desk = self._desk

        def delete() -> None:
            from cqcmock.services import packing

            packing.remove(desk.library, pack_id)

        self._take_away(pack_id, delete, f"The pack for {reviewer} was deleted.")

    def _ask_to_forget(self, pack_id: str) -> None:
        one = self.to_mark.pack(pack_id)
        if one is None:
            return
        self._desk.messages.ask(
            f"Forget “{shortened(one.file_name, 80)}” on this computer?",
            yes="Forget it",
            no="Keep it",
            then=lambda yes: self._forget(pack_id, one.file_name) if yes else None,
            detail=shelf_words.lost_by_forgetting(one),
        )

    def _forget(self, pack_id: str, file_name: str) -> None:
        desk = self._desk

        def forget() -> None:
            from cqcmock.services import reviewing

            reviewing.forget(desk.place, pack_id)

        self._take_away(pack_id, forget, f"“{shortened(file_name, 80)}” was wiped from this computer.")

    def _take_away(self, pack_id: str, deed: Callable[[], None], said: str) -> None:
        desk = self._desk

        def done(_: None) -> None:
            desk.signals.changed.emit(change(Subject.PACKS, ids=(pack_id,)))
            desk.messages.say(said)

        def not_done(error: UserError) -> None:
            desk.messages.tell(error)
            self.refresh()

        desk.tasks.database(deed, then=done, failed=not_done, owner=self)
