"""Planning a café: when, where, how long and for whom, and the rounds that fill the time."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.cafe import session as rules
from cqcmock.domain.cafe.attendance import group_name
from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.running_order import Fitted, RunningOrder
from cqcmock.domain.cafe.running_order import from_template as _from_template
from cqcmock.domain.cafe.templates import SHIPPED, Template, template_of
from cqcmock.errors import UserError
from cqcmock.services.cafe.opening import OpenCafe
from cqcmock.storage.cafe_records import CafeList
from cqcmock.storage.cafe_records import CafeSession as CafeSession

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def templates(library: Library) -> tuple[Template, ...]:
    """The templates that come with the program, then those that were saved, by name."""
    with library.reading() as session:
        return (*SHIPPED, *storage.cafe.templates(session))


def save_template(
    library: Library, name: str, order: RunningOrder, clock: Clock, *, with_questions: bool = True
) -> Template:
    """Keep the rounds of a running order under a name, in place of a template that was saved under it.

    Raises UserError where the name is missing, too long, or that of a template that comes with the program.
    """
    template = template_of(order.rounds, storage.text.clean(name), with_questions=with_questions)
    if _is_shipped(template.name):
        raise UserError(f"“{template.name}” comes with the program.", "Choose another name.")
    with library.writing() as work:
        storage.cafe.save_template(work, template, clock.wall())
        work.commit()
    return template


def delete_template(library: Library, name: str) -> None:
    """Delete a template that was saved. Raises UserError for one that comes with the program."""
    if _is_shipped(name):
        raise UserError(f"“{name}” comes with the program, and stays.", "Leave it aside.")
    with library.writing() as work:
        storage.cafe.delete_template(work, storage.text.clean(name))
        work.commit()


def _is_shipped(name: str) -> bool:
    return name.casefold() in {template.name.casefold() for template in SHIPPED}


def order_from(template: Template, minutes: int) -> Fitted:
    """A running order after a template, for so many minutes. Raises UserError where it cannot be made."""
    return _from_template(template, minutes, new_round_id)


def new_round_id() -> str:
    """An id for one more round."""
    return uuid.uuid4().hex


def plan_session(
    library: Library,
    order: RunningOrder,
    clock: Clock,
    *,
    day: date,
    place: str,
    title: str = "",
    team: str = "",
) -> CafeSession:
    """A session with this running order; without a team its door is open. Raises UserError for a name too long."""
    at = clock.wall()
    planned = Event(kind=EventKind.PLANNED, at=0.0, wall=at, order=order)
    state = rules.fold([planned])
    made = CafeSession(
        id=str(uuid.uuid4()),
        title=_line(title) or _usual_title(day),
        day=day,
        place=_line(place),
        team=group_name(storage.text.clean(team)),
        minutes=order.minutes,
        made_at=at,
        last_saved_at=at,
        stage=state.stage,
        rounds=len(order.rounds),
    )
    with library.writing() as work:
        storage.cafe.create(work, made)
        storage.cafe.keep(work, made.id, CafeList.SESSION, 0, planned)
        work.commit()
    return made


def change_details(
    library: Library, opened: OpenCafe, clock: Clock, *, day: date, place: str, title: str = "", team: str = ""
) -> CafeSession:
    """Another day, place, title or team for a session that is open. Raises UserError for a name too long."""
    with library.writing() as work:
        storage.cafe_holds.beat(work, opened.hold, storage.cafe_holds.now(work, clock.wall()))
        storage.cafe.change_details(
            work,
            opened.id,
            title=_line(title) or _usual_title(day),
            day=day,
            place=_line(place),
            team=group_name(storage.text.clean(team)),
        )
        work.commit()
        return storage.cafe.load(work, opened.id)


def _line(text: str) -> str:
    return " ".join(storage.text.clean(text).split())


def _usual_title(day: date) -> str:
    return f"Café, {day.day} {day:%B %Y}"


def change_plan(opened: OpenCafe, order: RunningOrder) -> None:
    """Another running order for a session that has not started; for one that runs see `LiveCafe.change_order`."""
    opened.run.plan(order)
