"""The papers of a session: chosen, seen as they will be printed, saved as a file or printed."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.banks.head import Head
from ui.cafe.papers_choice import PaperChoice
from ui.cafe.papers_deeds import PaperDeeds
from ui.cafe.papers_making import Pages, Wanted, pages_of, paper_of
from ui.cafe.papers_offer import Standing, first_choice, read_standing, who_may_read, why_not
from ui.cafe.papers_options import PaperOptions
from ui.commands import Commands
from ui.desk import Desk
from ui.rehearse.page_view import PageView
from ui.rehearse.trouble import Trouble
from ui.review.papers import Paper, Render
from ui.screen import Screen
from ui.sizes import sized, spaced
from ui.tasks import Task
from ui.widgets.buttons import link_button
from ui.widgets.labels import wrapped_label

WIDEST_EMS: Final = 64.0
STAYS_HERE: Final = "Nothing leaves this computer until you save or print it."
_TYPING_MS: Final = 500


class PapersScreen(Screen):
    """`left_for_now` asks for the way back."""

    left_for_now = Signal()
    whole_width = True

    def __init__(self, desk: Desk, commands: Commands, session_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.session_id = session_id
        self.standing: Standing | None = None
        self.shown: Pages | None = None
        self._seen: Wanted | None = None
        self._making: Task[Any] | None = None
        self._arrived = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        self._soon.timeout.connect(self.make)
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left_for_now.emit)
        self.deeds.serve(self, commands)
        self.deeds.set_possible(False)
        self.choice.changed.connect(self._chosen)
        self.options.changed.connect(self._options_changed)
        self.options.typing.connect(self._typing)
        desk.signals.changed.connect(self._changed)
        self._read()

    def _lay_out(self) -> None:
        head = sized(QWidget(), max_width=WIDEST_EMS)
        top = spaced(QVBoxLayout(head), gap=0.8)
        self.back = link_button("Back to the café", self.left_for_now.emit)
        top.addWidget(Head("Papers of this session", self.back))
        self.about = wrapped_label(quiet=True)
        self.choice = PaperChoice()
        self.options = PaperOptions()
        self.deeds = PaperDeeds(self._desk, self._paper)
        self.state = wrapped_label("Reading the session…", quiet=True)
        self.trouble = Trouble(self._read)
        for part in (self.about, self.choice, self.options, self.deeds, self.trouble, self.state):
            top.addWidget(part)
        self.pages = PageView(self._desk.tasks, head)
        self.pages.setAccessibleName("Pages of the paper")
        spaced(QVBoxLayout(self), gap=0).addWidget(self.pages)

    # --- what there is

    def _read(self) -> None:
        """Read how far the session is; it may have changed meanwhile."""
        desk, session = self._desk, self.session_id
        desk.tasks.database(lambda: read_standing(desk, session), then=self._show, failed=self._not_read, owner=self)

    def _show(self, standing: Standing) -> None:
        first, self.standing = self.standing is None, standing
        self.about.setText(f"{standing.about}. {STAYS_HERE}")
        self.options.offer(standing)
        kind = self.choice.kind
        if kind is None or why_not(kind, standing):
            self.choice.choose(first_choice(standing))
        self._offer()
        self.make()
        if first and self._arrived:
            self._focus()

    def _not_read(self, error: UserError) -> None:
        self.deeds.set_possible(False)
        self.state.setText("")
        self.trouble.tell(error)
        self.filled.emit()

    def _offer(self) -> None:
        if self.standing is not None:
            self.choice.offer(self.standing, self._smallest_group())
            self.options.show_for(self.choice.kind)

    def _smallest_group(self) -> int:
        """Fewer people stand behind nothing that leaders are shown of what is ticked."""
        assert self.standing is not None
        ticked = self.options.sessions.values
        smallest = [one.smallest_group for one in self.standing.closed_sessions if one.id in ticked]
        return min(smallest, default=self._desk.settings.cafe_smallest_group)

    def _changed(self, change: Change) -> None:
        if change.touches(Subject.CAFES, Subject.SETTINGS):
            self._seen = None
            self._read()

    # --- what is wanted

    def _chosen(self) -> None:
        self.deeds.say_nothing()
        self.options.show_for(self.choice.kind)
        self.make()

    def _options_changed(self) -> None:
        self._offer()
        self.make()

    def _typing(self) -> None:
        """Nothing half typed is saved, and nothing is made until it is typed."""
        self.deeds.set_possible(self._wanted() is not None)
        self._soon.start()

    def _wanted(self) -> Wanted | None:
        """What is asked for now, if it makes sense."""
        try:
            return self._asked_for()
        except UserError:
            return None

    def _asked_for(self) -> Wanted:
        kind = self.choice.kind
        assert self.standing is not None
        assert kind is not None
        return self.options.wanted(kind, self.standing)

    def _paper(self) -> Paper:
        return self._paper_of(self._asked_for())

    def _paper_of(self, wanted: Wanted) -> Paper:
        return paper_of(self._desk, wanted, who_may_read(wanted.kind, self._smallest_group()))

    # --- its pages

    def make(self) -> None:
        """Make the pages of what is wanted now, in place of any others that are being made."""
        self._soon.stop()
        try:
            wanted = self._asked_for()
        except UserError as error:
            self._stop_making()
            self._clear()
            self.deeds.set_possible(False)
            self.options.say_problem(str(error))
            self.filled.emit()
            return
        self.deeds.set_possible(True)
        self.options.say_problem("")
        self.trouble.hide()
        if wanted == self._seen:
            return
        self._stop_making()
        if self._seen is None or self._seen.kind is not wanted.kind:
            self._clear()
        self._seen = wanted
        self.state.setText("Making the pages…")
        self._making = self._desk.tasks.database(
            self._paper_of(wanted).read, then=self._make_of, failed=self._not_made, owner=self
        )

    def _make_of(self, render: Render) -> None:
        self._making = self._desk.tasks.background(
            lambda: pages_of(render), then=self._made, failed=self._not_made, owner=self
        )

    def _made(self, pages: Pages) -> None:
        self._making = None
        self.shown = pages
        self.pages.show_pages(pages.pdf, pages.sizes, pages.words)
        said = f"{english.count(len(pages.sizes), 'page')}, as it will be printed."
        self.state.setText(said if len(pages.sizes) == 1 else said.replace(" it ", " they "))
        announce(self.state, self.state.text())
        self.filled.emit()

    def _not_made(self, error: UserError) -> None:
        self._making = None
        self._clear()
        self.trouble.tell(error)
        self.filled.emit()

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.cancel()
            self._making = None

    def _clear(self) -> None:
        """No page of another paper stays under this one's name."""
        self._seen = self.shown = None
        self.state.setText("")
        self.pages.show_pages(b"", (), ())

    # --- coming and going

    def may_close(self) -> bool:
        """Pages to look at can be made again; what is being written or printed comes to its end."""
        self._soon.stop()
        self._stop_making()
        return self.deeds.let_finish()

    def arrived(self) -> None:
        """The choice first: what is chosen is the paper that most people may read."""
        self._arrived = True
        self._focus()

    def _focus(self) -> None:
        kind = self.choice.kind
        (self.choice.ticks[kind].box if kind else self.back).setFocus(Qt.FocusReason.OtherFocusReason)
