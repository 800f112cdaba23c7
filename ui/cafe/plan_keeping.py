"""A plan reaches the library by itself, and while it is open nobody else can change it.

A new one is made with its first change. What is done here runs in the database lane, where it is tried again by the
autosave: each step knows what was done already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.running_order import Fitted
from cqcmock.domain.cafe.scene import Stage
from cqcmock.errors import UserError
from ui.cafe.plan_draft import Draft
from ui.cafe.plan_words import NO_NAMES

if TYPE_CHECKING:
    from cqcmock.domain.cafe.running_order import RunningOrder
    from cqcmock.domain.cafe.scene import State
    from cqcmock.domain.cafe.templates import Template
    from cqcmock.domain.framework import Role
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.cafe.planning import CafeSession
    from ui.desk import Desk

NOTHING_TO_PLAN = UserError("This session is finished.", "Close it, or plan a new one.")


class CannotPlanError(UserError):
    """Somebody else has the session, or it is closed or deleted: what was planned can be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything that the screen begins with. `problem` says why the plan can only be looked at."""

    roles: tuple[Role, ...]
    names: Mapping[str, str]
    templates: tuple[Template, ...]
    details: CafeSession | None = None
    state: State | None = None
    problem: UserError | None = None


class PlanKeeper:
    """The session behind one plan screen. Everything but `fitted_now` runs in the database lane."""

    def __init__(self, desk: Desk, session_id: str) -> None:
        self._desk = desk
        self.session_id = session_id
        self.opened: OpenCafe | None = None
        self._begun = False
        self._title = ""
        self._kept: Draft | None = None

    @property
    def has_begun(self) -> bool:
        """Whether the session was started: what is past then stays."""
        if self.opened is not None:
            self._begun = self.opened.run.state.stage is not Stage.PLANNING
        return self._begun

    def read(self) -> Whole:
        """Open the session, or find out why that cannot be. Raises UserError where it is gone."""
        from cqcmock.services import banks
        from cqcmock.services.cafe import for_psw, planning
        from cqcmock.services.cafe import questions as _questions  # noqa: F401 - wanted soon, and slow the first time

        library = self._desk.library
        common = Whole(
            roles=banks.roles_with_questions(library),
            names=place_names(self._desk),
            templates=planning.templates(library),
        )
        if not self.session_id:
            return common
        problem: UserError | None = None
        try:
            self._open()
        except CannotPlanError as error:
            problem = error
        whole = for_psw.session_for_psw(library, self.session_id)
        if whole.state.stage is Stage.FINISHED and problem is None:
            problem = NOTHING_TO_PLAN
            self.leave()
        self._title = own_title(whole.details)
        return replace(common, details=whole.details, state=whole.state, problem=problem)

    def began_with(self, draft: Draft) -> None:
        """This is what stands in the library already."""
        self._kept = draft

    def keep(self, draft: Draft) -> None:
        """Make the session, or change it, so that the library has this draft. Raises UserError where it cannot."""
        from cqcmock.services.cafe import planning

        team = draft.team if draft.for_team else ""
        library, clock = self._desk.library, self._desk.clock
        if not self.session_id:
            made = planning.plan_session(
                library, draft.order, clock, day=draft.day, place=draft.place, title=self._title, team=team
            )
            self.session_id, self._kept = made.id, draft
        opened, kept = self._open(), self._kept
        if kept is None or _details(kept) != _details(draft):
            planning.change_details(
                library, opened, clock, day=draft.day, place=draft.place, title=self._title, team=team
            )
        if opened.run.state.order != draft.order:
            if not self.has_begun:
                planning.change_plan(opened, draft.order)
            else:
                if opened.run.state.interrupted:
                    opened.run.carry_on()
                opened.run.change_order(draft.order)
        opened.run.leave()  # the clock of one that has begun goes on only where it is run
        self._kept = draft

    def leave(self) -> None:
        """Let others have the session."""
        from cqcmock.services.cafe import opening

        if self.opened is not None:
            opening.leave(self._desk.library, self.opened)
            self.opened = None

    def fitted_now(self, order: RunningOrder) -> Fitted:
        """What a change is made to: in a session that was begun, what remains of it fitted into the time that is left.

        Raises UserError where nothing is left to plan.
        """
        opened = self.opened
        if opened is None or not self.has_begun:
            return Fitted(order=order)
        from cqcmock.domain.cafe import session as rules

        state, at = opened.run.state, opened.run.now()
        if state.interrupted:
            away = opened.run.seconds_away()
            again = Event(kind=EventKind.CARRIED_ON, at=at, wall=self._desk.clock.wall(), seconds=away)
            state = rules.step(state, again)
        return rules.replanned(state, at)

    def _open(self) -> OpenCafe:
        from cqcmock.services.cafe import holding, opening

        if self.opened is None:
            desk = self._desk
            try:
                self.opened = opening.open_session(desk.library, self.session_id, desk.settings.person, desk.clock)
            except UserError as error:
                if isinstance(error, holding.HeldByAnotherError) or self._is_over():
                    raise CannotPlanError(error.what_happened, error.what_to_do) from error
                raise
        return self.opened

    def _is_over(self) -> bool:
        from cqcmock.services.cafe import opening

        details = opening.for_look(self._desk.library, self.session_id)
        return details.closed_at is not None or details.deleted_at is not None


def _details(draft: Draft) -> tuple[date, str, str]:
    return draft.day, draft.place, draft.team if draft.for_team else ""


def own_title(details: CafeSession) -> str:
    """A title that somebody gave; the usual one follows the day."""
    usual = f"Café, {details.day.day} {details.day:%B %Y}"
    return "" if details.title == usual else details.title


def place_names(desk: Desk) -> Mapping[str, str]:
    """In the database lane: what questions call the place and its council."""
    from cqcmock.services import rehearsing, stories

    settings = desk.settings
    place, council = rehearsing.place_names(settings, stories.place_of(desk.library, settings.story))
    return {"place": place, "council": council} if place else NO_NAMES
