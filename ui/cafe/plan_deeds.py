"""What somebody does to a plan: each deed gives another draft or is refused, and then nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cqcmock.domain.cafe import running_order as orders
from cqcmock.domain.cafe.rounds import RoundKind, RoundQuestion, new_round
from cqcmock.domain.cafe.running_order import Fitted, RunningOrder
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.errors import UserError
from ui.cafe.plan_details import DetailsCard
from ui.cafe.plan_draft import Draft, Drafts, first_day
from ui.cafe.plan_keeping import PlanKeeper
from ui.cafe.plan_order import OrderCard
from ui.cafe.plan_row import RoundRow
from ui.cafe.plan_template_deeds import TemplateDeeds
from ui.cafe.plan_templates import TemplateCard
from ui.desk import Desk
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.cafe.templates import Template

USUAL_MINUTES = 45
WITH_OWN_LENGTH = SHIPPED[:3]
"""The templates that are called after their length: each is chosen by the other, until somebody chooses both."""


class PlanDeeds(QObject):
    """Listens to the parts of the screen. `altered`: save it. `shown`: what the screen shows may be different."""

    altered = Signal()
    shown = Signal()

    def __init__(
        self, desk: Desk, keeper: PlanKeeper, page: ScrollPage, details: DetailsCard, templates: TemplateCard,
        order: OrderCard, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._keeper = keeper
        self._page = page
        self._details = details
        self._templates = templates
        self._order = order
        self._template_chosen = False
        self._length_chosen = False
        self.drafts: Drafts | None = None
        self._of_templates = TemplateDeeds(desk, self._templates_read, self)
        self._connect()

    def _connect(self) -> None:
        details, order = self._details, self._order
        details.day_wanted.connect(self._day)
        details.place_wanted.connect(lambda place: self._change(typing="place", place=place))
        details.team_wanted.connect(self._team)
        details.length_wanted.connect(self._length)
        self._templates.chosen.connect(self._template)
        self._templates.delete_wanted.connect(self._of_templates.delete)
        order.row_made.connect(self._row_made)
        order.undo_wanted.connect(self.undo)
        order.adding.add_wanted.connect(self._add)
        order.naming.save_wanted.connect(self._save_template)
        order.editor.title_wanted.connect(self._rename)
        order.editor.question_wanted.connect(self._ask)

    def _row_made(self, row: RoundRow) -> None:
        row.minutes_wanted.connect(self._minutes)
        row.move_wanted.connect(self._move)
        row.remove_wanted.connect(self._remove)

    def begin_new(self, today: date) -> None:
        """A plan in which everything has a sensible value."""
        (template,) = (one for one in WITH_OWN_LENGTH if one.minutes == USUAL_MINUTES)
        order = _from_template(template, USUAL_MINUTES).order
        self.drafts = Drafts(Draft(day=first_day(today), order=order, template=template.name))

    def begin_with(self, draft: Draft) -> None:
        """This plan as it was kept."""
        self._length_chosen = True
        self.drafts = Drafts(draft)

    @property
    def now(self) -> Draft:
        """The plan as it is."""
        assert self.drafts is not None
        return self.drafts.now

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.drafts is not None and self.drafts.can_undo

    def undo(self) -> None:
        """Take back the latest change."""
        if self.drafts is None or not self.drafts.can_undo:
            return
        self.say_nothing()
        self.drafts.undo()
        self.altered.emit()
        self.shown.emit()

    def _change(self, *, typing: str = "", **what: Any) -> None:
        self.say_nothing()
        if self.drafts is not None and self.drafts.change(typing=typing, **what):
            self.altered.emit()
        self.shown.emit()

    def _change_order(
        self, deed: Callable[[RunningOrder], RunningOrder], say: Callable[[str], None], round_id: str = ""
    ) -> bool:
        """The plan with another running order; whether that can be. If not, it is said and nothing changes."""
        self.say_nothing()
        try:
            fitted = self._keeper.fitted_now(self.now.order)
            if round_id and all(one.id != round_id for one in fitted.order.rounds):
                raise UserError("There is no time left for this round.", "Make the session longer first.")
            order = deed(fitted.order)
        except UserError as error:
            self._refused(error, say)
            return False
        if order != self.now.order:
            self._change(order=order, by_hand=True, said=fitted.said)
        return True

    def _refused(self, error: UserError, say: Callable[[str], None]) -> None:
        say(str(error))
        self.shown.emit()  # what was typed goes back to what is

    def say_nothing(self) -> None:
        """Take away what was said about what could not be."""
        for part in (self._details, self._templates, self._order, self._order.adding, self._order.editor):
            part.say("")

    # --- when, where, how long, for whom

    def _day(self, day: date) -> None:
        self._change(day=day)

    def _team(self, for_team: bool, team: str) -> None:
        self._change(typing="team" if for_team and self.now.for_team else "", for_team=for_team, team=team)

    def _length(self, minutes: int) -> None:
        """Rounds that nobody touched are made anew, after the template of that length unless one was chosen."""
        self._length_chosen = True
        draft = self.now
        template = self._templates.named(draft.template)
        if draft.by_hand or template is None:
            self._change_order(lambda order: orders.change_length(order, minutes), self._details.say)
            return
        if not self._template_chosen:
            template = next((one for one in WITH_OWN_LENGTH if one.minutes == minutes), template)
        self._after(template, minutes, self._details.say)

    # --- templates

    def _template(self, name: str) -> None:
        template = self._templates.named(name)
        if template is not None:
            self._template_chosen = True
            own_length = template in WITH_OWN_LENGTH and not self._length_chosen
            self._after(template, template.minutes if own_length else self.now.order.minutes, self._templates.say)

    def _after(self, template: Template, minutes: int, say: Callable[[str], None]) -> None:
        draft = self.now
        try:
            fitted = _from_template(template, minutes)
        except UserError as error:
            self._refused(error, say)
            return
        if (draft.template, draft.by_hand, draft.order.minutes) == (template.name, False, minutes):
            self.shown.emit()
            return
        self._change(order=fitted.order, template=template.name, by_hand=False, said=fitted.said)

    def _save_template(self, name: str, with_questions: bool) -> None:
        self._of_templates.save(
            name,
            self.now.order,
            with_questions=with_questions,
            then=self._template_saved,
            failed=lambda error: self._order.naming.say(str(error)),
        )

    def _template_saved(self, template: Template) -> None:
        assert self.drafts is not None
        self._template_chosen = True
        self.drafts.now = replace(self.drafts.now, template=template.name, by_hand=False)
        self._order.close_naming()
        self.shown.emit()

    def _templates_read(self, templates: tuple[Template, ...]) -> None:
        self._templates.offer(templates)
        if self.drafts is not None:
            self.shown.emit()

    # --- rounds

    def _minutes(self, round_id: str, minutes: int) -> None:
        self._change_order(
            lambda order: orders.change_minutes(order, round_id, minutes), self._beside(round_id), round_id
        )

    def _move(self, round_id: str, by: int) -> None:
        def moved(order: RunningOrder) -> RunningOrder:
            at = next(at for at, one in enumerate(order.rounds) if one.id == round_id)
            return orders.move(order, round_id, at + by)

        self._change_order(moved, self._beside(round_id), round_id)
        row = self._order.row_of(round_id)
        if row is not None:
            wanted, other = (row.up, row.down) if by < 0 else (row.down, row.up)
            (wanted if wanted.isEnabled() else other).setFocus()
            self._page.bring(row)

    def _remove(self, round_id: str) -> None:
        row = self._order.row_of(round_id)
        at = self._order.rows.index(row) if row is not None else 0
        if self._change_order(lambda order: orders.remove(order, round_id), self._beside(round_id), round_id):
            left = self._order.rows[min(at, len(self.now.order.rounds) - 1)]
            (left.remove if left.remove.isEnabled() else self._order.add).setFocus()

    def _add(self, kind: str, minutes: int) -> None:
        from cqcmock.services.cafe import planning

        made = new_round(RoundKind(kind), planning.new_round_id(), minutes=minutes)
        if self._change_order(lambda order: orders.add(order, made), self._order.adding.say):
            self._order.close_adding()
            row = self._order.row_of(made.id)
            if row is not None:
                row.minutes.setFocus()
                self._page.bring(row)

    def _rename(self, round_id: str, title: str) -> None:
        self._change_order(lambda order: orders.rename(order, round_id, title), self._order.editor.say, round_id)

    def _ask(self, round_id: str, question: RoundQuestion | None) -> None:
        self._change_order(lambda order: orders.ask(order, round_id, question), self._order.editor.say, round_id)

    def _beside(self, round_id: str) -> Callable[[str], None]:
        return lambda problem: self._order.say(problem, round_id)


def _from_template(template: Template, minutes: int) -> Fitted:
    from cqcmock.services.cafe import planning

    return planning.order_from(template, minutes)
