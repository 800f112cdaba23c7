"""Planning a café: from the empty screen to “Start the session” in two minutes, with nothing that must be filled in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.domain.cafe.scene import Stage
from cqcmock.errors import UserError
from ui.app_signals import Subject, change
from ui.autosave import Autosave
from ui.cafe.hand import Hand
from ui.cafe.plan_deeds import PlanDeeds
from ui.cafe.plan_details import DetailsCard
from ui.cafe.plan_draft import Draft
from ui.cafe.plan_foot import NOT_YET, PlanFoot
from ui.cafe.plan_keeping import CannotPlanError, PlanKeeper, Whole
from ui.cafe.plan_order import OrderCard
from ui.cafe.plan_templates import TemplateCard
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

NEW = "Plan a café"


class PlanScreen(Screen):
    """Plans a new session, or the one with this id.

    `begin_wanted` and `papers_wanted` carry its id, once everything is saved and others could open it. `done` when the
    plan is kept, `left_for_now` when there is nothing to keep.
    """

    begin_wanted = Signal(str)
    papers_wanted = Signal(str)
    done = Signal()
    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, session_id: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._keeper = PlanKeeper(desk, session_id)
        self._hand: Hand | None = None
        self._why = ""
        self._altered = False
        self._too_early = False
        self._going: Callable[[], None] | None = None
        self.autosave: Autosave[Draft] = Autosave(lambda: self.deeds.now, self._keeper.keep, desk.tasks, parent=self)
        self.autosave.saved.connect(self._saved)
        self.autosave.failed.connect(self._not_saved)
        self._lay_out()
        self._connect()
        desk.tasks.database(self._keeper.read, then=self._show_whole, failed=self._not_there, owner=self)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        self.page = ScrollPage(gap=0.7)
        self.heading = heading(NEW)
        self.lead = wrapped_label(quiet=True)
        self.details = DetailsCard()
        self.templates = TemplateCard()
        self.order = OrderCard(self._desk)
        self.foot = PlanFoot()
        self.parts = SideBySide(self.details, self.templates, narrowest=20.0, gap=0.8, shares=(4, 5))
        for part in (self.heading, self.lead, self.parts, self.order):
            self.page.column.addWidget(part)
        whole.addWidget(self.page, 1)
        whole.addWidget(self.foot)
        for waiting in (self.parts, self.order, self.foot):
            waiting.setEnabled(False)

    def _connect(self) -> None:
        foot = self.foot
        self.deeds = PlanDeeds(self._desk, self._keeper, self.page, self.details, self.templates, self.order, self)
        self.deeds.altered.connect(self._touched)
        self.deeds.shown.connect(self._show)
        self.order.opened.connect(self.page.bring)
        foot.start.clicked.connect(self.begin)
        foot.print.clicked.connect(lambda: self._go(lambda: self.papers_wanted.emit(self._keeper.session_id)))
        foot.finish.clicked.connect(self._finish)
        foot.not_now.clicked.connect(self.left_for_now)
        self._commands.handle(CommandId.UNDO, self.deeds.undo, screen=self, enabled_when=self._can_undo)
        self._commands.handle(CommandId.NEXT_ROUND, self.begin, screen=self, enabled_when=self._can_begin)

    # --- reading

    def _show_whole(self, whole: Whole) -> None:
        self.templates.offer(whole.templates)
        self.order.editor.offer(whole.roles, whole.names)
        if whole.details is not None and whole.state is not None:
            details = whole.details
            self.heading.setText(details.title)
            draft = Draft(
                day=details.day,
                place=details.place,
                for_team=bool(details.team),
                team=details.team,
                order=whole.state.order,
                by_hand=True,
            )
            self._keeper.began_with(draft)
            self._why = str(whole.problem) if whole.problem else ""
            self.deeds.begin_with(draft)
        else:
            self.deeds.begin_new(self._desk.clock.today())
        self._take_in_hand()
        for part in (self.parts, self.order, self.foot):
            part.setEnabled(True)
        self.order.hide()  # so that it is laid out once and not with every round
        self._show()
        self.order.show()
        if self._too_early:
            self.arrived()
        self.filled.emit()

    def _not_there(self, error: UserError) -> None:
        self._why = str(error)
        self.lead.setText(self._why)
        self.foot.setEnabled(True)
        self._show_foot()
        self.foot.print.setEnabled(False)
        self.filled.emit()

    def _take_in_hand(self) -> None:
        """Give signs of life from now on, where the session is open."""
        if self._hand is None and self._keeper.opened is not None:
            self._hand = Hand(self._desk, self._keeper.opened, self)
            self._hand.lost.connect(self._lost)

    def _lost(self, error: UserError) -> None:
        """Somebody else has the session by now: what is here can be looked at."""
        self.autosave.stop()
        self._going = None
        self._why = str(error)
        self._show()

    # --- showing

    def arrived(self) -> None:
        """To the place, which a new plan does not know; everything else has a sensible value."""
        self._too_early = self.deeds.drafts is None
        if not self._too_early:
            (self.foot.finish if self._why else self.details.place if not self._is_kept else self.foot.start).setFocus()

    def left(self) -> None:
        """What comes in later takes no focus away from another screen."""
        self._too_early = False

    @property
    def _is_kept(self) -> bool:
        return bool(self._keeper.session_id) or not self.autosave.is_saved

    def _show(self) -> None:
        draft, order = self.deeds.now, self.order
        begun = self._keeper.has_begun
        state = self._keeper.opened.run.state if begun and self._keeper.opened else None
        self.lead.setText(self._why or _lead(begun=begun, kept=self._is_kept))
        self.lead.setVisible(bool(self.lead.text()))
        self.details.show_draft(draft)
        self.details.setEnabled(not self._why)
        self.templates.setEnabled(not self._why)
        self.templates.setVisible(not begun and not self._why)
        self.templates.show_chosen("" if draft.by_hand else draft.template)
        rows = len(order.rows)
        fixed = max(draft.order.fixed, state.scene.round + 1) if state else 0
        running = state is not None and state.stage is Stage.ROUND
        order.show_order(draft.order, fixed=fixed, running=running, look=bool(self._why))
        order.tell(draft.said)
        order.undo.setEnabled(self._can_undo())
        order.undo.setVisible(not self._why)
        self._show_foot()
        if len(order.rows) != rows:
            self._tabs()
        self._commands.refresh()

    def _tabs(self) -> None:
        foot = self.foot
        tab_through(
            self.page, self.details, self.templates, *self.order.stops(),
            foot.start, foot.print, foot.finish, foot.not_now,
        )  # fmt: skip

    def _show_foot(self) -> None:
        done = "Saved" if self.autosave.is_saved else "Saving…"
        words = "Not saved yet; it is tried again." if self.autosave.is_failing else done
        self.foot.show_state(
            kept=self._is_kept,
            words=words if self._is_kept else NOT_YET,
            begun=self._keeper.has_begun,
            why=self._why,
            busy=self._going is not None,
        )

    # --- saving and leaving

    def _touched(self) -> None:
        self._altered = True
        self.autosave.touch()

    def _can_undo(self) -> bool:
        return self.deeds.can_undo and not self._why

    def _saved(self) -> None:
        self._take_in_hand()
        self._show_foot()
        if self._going is not None:
            self._leave()

    def _not_saved(self, error: UserError) -> None:
        from cqcmock.services.cafe import holding

        self._going = None
        if isinstance(error, holding.HoldLostError | CannotPlanError):
            self._lost(error)
            return
        self.foot.say(str(error))
        self._show_foot()

    def _can_begin(self) -> bool:
        return self.deeds.drafts is not None and not self._why and self._going is None

    def begin(self) -> None:
        """Save, let go of the plan, and begin."""
        self._go(lambda: self.begin_wanted.emit(self._keeper.session_id))

    def _finish(self) -> None:
        if self._why:
            self.left_for_now.emit()
        else:
            self._go(self.done.emit)

    def _go(self, then: Callable[[], None]) -> None:
        """Once everything is saved and let go, go on; where that cannot be, stay."""
        if self._why:
            then()
            return
        if self._going is not None:
            return
        self.deeds.say_nothing()
        self._finish_typing()
        if self.order.refuses:
            return
        self._going = then
        self.foot.say("")
        self._show_foot()
        if not self._is_kept:
            self._touched()
        if self.autosave.is_saved:
            self._leave()
        else:
            self.autosave.save_now()

    def _leave(self) -> None:
        then, self._going = self._going, None
        assert then is not None
        self._stop_hand()

        def left(_: None) -> None:
            self._tell_others()
            self._show_foot()
            then()

        self._desk.tasks.database(self._keeper.leave, then=left, failed=self._not_saved, owner=self)

    def _stop_hand(self) -> None:
        if self._hand is not None:
            self._hand.stop()
            self._hand.deleteLater()
            self._hand = None

    def _tell_others(self) -> None:
        if self._altered:
            self._altered = False
            self._desk.signals.changed.emit(change(Subject.CAFES, ids=(self._keeper.session_id,)))

    def _finish_typing(self) -> None:
        """A number or a title that is still being typed counts."""
        focus = self.focusWidget()
        if focus is not None and self.page.isAncestorOf(focus):
            focus.clearFocus()

    def may_close(self) -> bool:
        """Everything is on disk first, and others can open the session; where that cannot be, the screen stays."""
        if self.deeds.drafts is not None:
            self._finish_typing()
        if not self.autosave.flush():
            self._show_foot()
            return False
        self._stop_hand()
        self._desk.tasks.database(self._keeper.leave)  # also what is still being opened
        self._tell_others()
        return True


def _lead(*, begun: bool, kept: bool) -> str:
    if begun:
        return "This session has begun. What is still to come can be changed, and is fitted into the time that is left."
    return "" if kept else "Everything below can stay as it is. Say where it is, and start."
