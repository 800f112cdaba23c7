"""The first screen: somebody with twenty minutes and a date to prepare for sees what to do next.

It imports nothing of the library: until that is open it says so, and what it shows is read in the database lane.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui.app_signals import Change, Subject, change
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.home import wording
from ui.home.actions_card import ActionLine, ActionsCard
from ui.home.cards import ExampleCard, FinishCard, NoticeLines, PractiseCard, ResumeCard, WelcomeCard
from ui.home.keeping_line import KeepingLine
from ui.home.sitting_list import SittingList
from ui.messages import Action
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.sitting import OpenAction
    from cqcmock.services.backups import Preview
    from ui.home.contents import Contents
    from ui.home.problem_card import ProblemCard

OPENING = "Opening your library…"
NOT_A_RATING = "Practice feedback is about answers. It is not a CQC rating."


class HomeScreen(Screen):
    """It reads the library whenever it is shown. Call `refresh` once another library is open, and `show_problem`
    where none could be opened.

    Signals carry the id of a sitting; `practise_wanted` carries a SetUp, `restore_wanted` a BackupInfo.
    """

    carry_on_wanted = Signal(str)
    words_wanted = Signal(str)
    marks_wanted = Signal(str)
    reflection_wanted = Signal(str)
    report_wanted = Signal(str)
    pack_wanted = Signal(str)
    practise_wanted = Signal(object)
    new_rehearsal_wanted = Signal()
    example_wanted = Signal()
    leave_example_wanted = Signal()
    try_again_wanted = Signal()
    restore_wanted = Signal(object)
    start_afresh_wanted = Signal()
    kept_wanted = Signal()
    backups_wanted = Signal()
    bring_wanted = Signal()

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = commands
        self._contents: Contents | None = None
        self._shown_on: date | None = None
        self._example = False
        self._opening = 0
        self._reading = False
        self._read_again = False
        self._deleted: tuple[str, str] | None = None
        self.page = ScrollPage(gap=1.0)
        self.greeting: TextLabel = heading()
        self.under: TextLabel = wrapped_label(OPENING, quiet=True)
        self._cards = QWidget()
        self.problem: ProblemCard | None = None
        self.sittings = SittingList()
        self.keeping = KeepingLine(desk)
        self.notices = NoticeLines(())
        self.foot: TextLabel = small_label(NOT_A_RATING)
        self._lay_out()
        self._connect()
        self.show_opening()

    def _lay_out(self) -> None:
        outer = spaced(QVBoxLayout(self), gap=0)
        outer.addWidget(self.page)
        column = self.page.column
        for part in (self.greeting, self.under, self.keeping.banner, self._cards, self.sittings):
            column.addWidget(part)
        for part in (self.keeping, self.notices, self.foot):
            column.addWidget(part)

    def _connect(self) -> None:
        sittings = self.sittings
        sittings.carry_on_wanted.connect(self.carry_on_wanted)
        sittings.words_wanted.connect(self.words_wanted)
        sittings.marks_wanted.connect(self.marks_wanted)
        sittings.reflection_wanted.connect(self.reflection_wanted)
        sittings.report_wanted.connect(self.report_wanted)
        sittings.pack_wanted.connect(self.pack_wanted)
        sittings.renamed.connect(self._rename)
        sittings.delete_wanted.connect(self._delete)
        self.keeping.look_wanted.connect(self.kept_wanted)
        self._desk.signals.changed.connect(self._changed)
        self._commands.handle(
            CommandId.NEW_PACK, self.sittings.send.click, screen=self, enabled_when=lambda: self.sittings.can_send
        )
        sittings.moved.connect(self._commands.refresh)
        self._commands.handle(
            CommandId.UNDO, self.undo_delete, screen=self, enabled_when=lambda: self._deleted is not None
        )

    def set_example(self, on: bool) -> None:
        """Say whether the library that is open now is the worked example; `refresh` follows."""
        self._example = on

    def arrived(self) -> None:
        """Read again, and put the focus on the one thing to do next."""
        self._greet()
        self.refresh()
        self._focus_main()

    def refresh(self) -> None:
        """Read what is shown again, after whatever the lane does first: opening the library, perhaps."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        desk, opening = self._desk, self._opening

        def read() -> Contents | None:
            if desk.opened is None:  # it could not be opened; whoever tried says so with `show_problem`
                return None
            from ui.home.contents import read_contents

            return read_contents(desk.library, desk.settings, desk.clock)

        def came(contents: Contents | None) -> None:
            self._reading = False
            if contents is not None and opening == self._opening:  # and not of a library that was left meanwhile
                self._fill(contents)
            if self._read_again:
                self._read_again = False
                self.refresh()

        desk.tasks.database(read, then=came, failed=self._not_read, owner=self)

    def show_opening(self) -> None:
        """Say that the library is being opened; everything else waits."""
        self._opening += 1
        self._contents = None
        self._deleted = None
        self._greet()
        self.under.setText(OPENING)
        self._replace_cards(QWidget())
        self.problem = None
        self.sittings.hide()
        self.keeping.forget()
        self._show_notices(())

    def show_problem(self, error: UserError) -> None:
        """The library could not be opened: say what happened and offer what can be done."""
        from ui.home.problem_card import ProblemCard

        self._contents = None
        self.under.setText(wording.under_greeting(self._desk.settings.place, None))
        self.under.setVisible(bool(self.under.text()))
        self.problem = ProblemCard(error, self._desk.clock.today())
        self.problem.try_again_wanted.connect(self.try_again_wanted)
        self.problem.restore_wanted.connect(self.restore_wanted)
        self.problem.start_afresh_wanted.connect(self.start_afresh_wanted)
        self.problem.backups_wanted.connect(self.backups_wanted)
        self.problem.bring_wanted.connect(self.bring_wanted)
        self._look_into(self.problem)
        self._replace_cards(self.problem)
        self.sittings.hide()
        self.keeping.forget()
        self._show_notices(())
        if self.isVisible():
            self._focus_main()
        else:  # whoever asked for it is in another room
            self._desk.messages.tell(error)
        self.filled.emit()

    def _look_into(self, problem: ProblemCard) -> None:
        """Say what is in the backup that is offered first."""
        newest, place = problem.newest, self._desk.place
        if newest is None:
            return

        def look() -> Preview:
            from cqcmock.services import backups

            return backups.preview(place, newest)

        self._desk.tasks.background(look, then=problem.show_inside, failed=lambda _: None, owner=problem)

    def undo_delete(self) -> None:
        """Take back the last deletion."""
        if self._deleted is None:
            return
        sitting_id, title = self._deleted
        self._deleted = None
        desk = self._desk

        def undelete() -> None:
            from cqcmock.services import sittings

            sittings.undelete(desk.library, sitting_id)

        def taken_back(_: None) -> None:
            desk.signals.changed.emit(change(Subject.SITTINGS, Subject.ACTIONS, ids=(sitting_id,)))
            desk.messages.say(f"“{shortened(title, 80)}” is back.")

        desk.tasks.database(undelete, then=taken_back, owner=self)
        self._commands.refresh()

    def _greet(self) -> None:
        self.greeting.setText(wording.greeting(self._desk.clock.wall().astimezone()))

    def _changed(self, what: Change) -> None:
        if self.isVisible() and what.touches(Subject.SITTINGS, Subject.ACTIONS, Subject.SETTINGS, Subject.BANKS):
            self.refresh()

    def _not_read(self, error: UserError) -> None:
        self._reading = self._read_again = False
        if self._contents is None:
            self.show_problem(error)
        else:
            self._desk.messages.tell(error)

    def _fill(self, contents: Contents) -> None:
        self._greet()
        today = self._desk.clock.today()
        if contents != self._contents or today != self._shown_on or self.problem is not None:
            self._show(contents, today)
        self.filled.emit()
        self.keeping.read()

    def _show(self, contents: Contents, today: date) -> None:
        focus = QApplication.focusWidget()
        in_cards = focus is not None and self._cards.isAncestorOf(focus)
        ticked = isinstance(focus.parentWidget(), ActionLine) if focus is not None else False
        first_time = self._contents is None
        self._contents, self._shown_on, self.problem = contents, today, None
        self.setUpdatesEnabled(False)
        self.under.setText(wording.under_greeting(contents.home.place, contents.home.days_left))
        self.under.setVisible(bool(self.under.text()))
        self._replace_cards(self._make_cards(contents, today))
        self.sittings.setVisible(bool(contents.sittings))
        self.sittings.show_sittings(contents.sittings, today, contents.can_be_sent)
        self._show_notices((*contents.home.notices, *self._way_to_lock(contents)))
        self._order_tabs()
        self.setUpdatesEnabled(True)
        wanted = in_cards or (first_time and self.isVisible())
        if wanted and not (ticked and self._focus_next_action()):
            self._focus_main()

    def _way_to_lock(self, contents: Contents) -> tuple[str, ...]:
        unlocked = self._desk.place.raw_key is None and not contents.on_server and not self._example
        return (wording.way_to_lock(first_key(CommandId.SETTINGS)),) if unlocked else ()

    def _make_cards(self, contents: Contents, today: date) -> QWidget:
        cards = QWidget()
        column = spaced(QVBoxLayout(cards), gap=1.0)
        if self._example:
            example = ExampleCard()
            example.leave_example_wanted.connect(self.leave_example_wanted)
            column.addWidget(example)
        if not contents.sittings:
            column.addWidget(self._welcome(contents.on_server))
            return cards
        first = True
        for to_resume in contents.resume:
            resume = ResumeCard(to_resume, first=first)
            resume.carry_on_wanted.connect(self.carry_on_wanted)
            resume.words_wanted.connect(self.words_wanted)
            column.addWidget(resume)
            first = False
        to_finish: list[QWidget] = []
        for sitting in contents.to_finish:
            finish = FinishCard(sitting, today, first=first)
            finish.marks_wanted.connect(self.marks_wanted)
            finish.reflection_wanted.connect(self.reflection_wanted)
            finish.words_wanted.connect(self.words_wanted)
            to_finish.append(finish)
            first = False
        if to_finish:
            column.addWidget(SideBySide(*to_finish))
        practise = PractiseCard(contents.home.suggestion, first=first)
        practise.practise_wanted.connect(self.practise_wanted)
        practise.new_rehearsal_wanted.connect(self.new_rehearsal_wanted)
        actions = ActionsCard(contents.home.open_actions, today)
        actions.done_wanted.connect(self._action_done)
        column.addWidget(SideBySide(practise, actions))
        return cards

    def _welcome(self, on_server: bool) -> WelcomeCard:
        welcome = WelcomeCard(on_server=on_server)
        welcome.new_rehearsal_wanted.connect(self.new_rehearsal_wanted)
        welcome.example_wanted.connect(self.example_wanted)
        return welcome

    def _replace_cards(self, cards: QWidget) -> None:
        self.page.column.replaceWidget(self._cards, cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = cards
        cards.show()

    def _show_notices(self, notices: tuple[str, ...]) -> None:
        lines = NoticeLines(notices)
        self.page.column.replaceWidget(self.notices, lines)
        self.notices.hide()
        self.notices.deleteLater()
        self.notices = lines
        lines.setVisible(bool(notices))

    def _order_tabs(self) -> None:
        """New cards come last in Qt's order; the eye reads them first."""
        stops: list[QWidget] = [*self._cards.findChildren(QAbstractButton), self.sittings.view, *self.sittings.buttons]
        stops.append(self.keeping.look)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _focus_main(self) -> None:
        buttons = self._cards.findChildren(QPushButton)
        primary = next((button for button in buttons if button.property("kind") == "primary"), None)
        if primary is not None:
            primary.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.to_top()

    def _focus_next_action(self) -> bool:
        line = self._cards.findChild(ActionLine)
        if not isinstance(line, ActionLine):
            return False
        line.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _rename(self, sitting_id: str, title: str) -> None:
        desk = self._desk

        def rename() -> None:
            from cqcmock.services import sittings

            sittings.rename(desk.library, sitting_id, title)

        def renamed(_: None) -> None:
            desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting_id,)))

        desk.tasks.database(rename, then=renamed, failed=self._put_right, owner=self)

    def _delete(self, sitting_id: str) -> None:
        row = self.sittings.model.row_of(sitting_id)
        taken = self.sittings.model.take(sitting_id)
        if taken is None:
            return
        self.sittings.choose(min(row, self.sittings.model.rowCount() - 1))
        title = taken[1].title
        desk = self._desk

        def delete() -> None:
            from cqcmock.services import sittings

            sittings.delete(desk.library, sitting_id, desk.clock)

        def deleted(_: None) -> None:
            self._deleted = (sitting_id, title)
            self._commands.refresh()
            desk.signals.changed.emit(change(Subject.SITTINGS, Subject.ACTIONS, ids=(sitting_id,)))
            desk.messages.say(
                f"“{shortened(title, 80)}” was deleted.", action=Action(title="Undo", do=self.undo_delete)
            )

        desk.tasks.database(delete, then=deleted, failed=self._put_right, owner=self)

    def _action_done(self, action: OpenAction) -> None:
        self._mark_action(action, self._desk.clock.today())

    def _mark_action(self, action: OpenAction, on: date | None) -> None:
        desk = self._desk

        def mark() -> None:
            from cqcmock.services import sittings

            sittings.mark_action_done(desk.library, action.action.id, on)

        def marked(_: None) -> None:
            desk.signals.changed.emit(change(Subject.ACTIONS, ids=(action.sitting,)))
            what = shortened(action.action.what, 80)
            if on is None:
                desk.messages.say(f"“{what}” is open again.")
            else:
                undo = Action(title="Undo", do=lambda: self._mark_action(action, None))
                desk.messages.say(f"Done: “{what}”.", action=undo)

        desk.tasks.database(mark, then=marked, failed=self._put_right, owner=self)

    def _put_right(self, error: UserError) -> None:
        """What was shown at once did not come to pass: show again what is so."""
        self._desk.messages.tell(error)
        contents = self._contents
        if contents is not None:
            self._show(contents, self._desk.clock.today())
