"""What of a café goes onto paper: the facilitator's sheet, the two summaries, posters, and a record of reflection.

Leaders' summaries are made from what `for_others` gives and from nothing else; the principal social worker's record is
made from what `for_psw` gives and says on every page that it is confidential.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock.clock import Clock
from cqcmock.domain import english
from cqcmock.domain.audit import Head, Kind
from cqcmock.domain.cafe import judging as judging_rules
from cqcmock.domain.cafe.asking_on import depths
from cqcmock.domain.cafe.rounds import MINUTE, RoundQuestion
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.cafe.windows import rounds_held
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder
from cqcmock.reports.cafe_entries import SaidAndDone
from cqcmock.reports.cafe_leaders import LeadersSession, leaders_summary
from cqcmock.reports.cafe_posters import Paper as Paper
from cqcmock.reports.cafe_posters import room_posters
from cqcmock.reports.cafe_psw import CONFIDENTIAL as CONFIDENTIAL
from cqcmock.reports.cafe_psw import Compared, HeldCafe, psw_summary
from cqcmock.reports.cafe_reflection import Reflection as Reflection
from cqcmock.reports.cafe_reflection import reflection_record
from cqcmock.reports.cafe_sheet import PlannedCafe, facilitator_sheet
from cqcmock.reports.content import Document
from cqcmock.services import audit, saving
from cqcmock.services.cafe import for_others, for_psw, hard, opening
from cqcmock.services.cafe.for_others import ReleasedSession, Told
from cqcmock.services.cafe.for_psw import WholeSession
from cqcmock.services.reports import PDF, check_target, page_sizes, retention_date
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.cafe_records import CafeSession, SaidEntry

LEADERS, RECORD = "leaders’ summary", "facilitator’s record"
"""What the audit trail calls these papers."""

POSTERS: Final = 3
"""So many questions of a session hang in the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Furniture:
    """What stands on every page of every paper."""

    classification: str
    retention: str
    made_on: date


def _furniture(settings: Settings, clock: Clock) -> _Furniture:
    return _Furniture(
        classification=settings.classification,
        retention=english.kept_until(retention_date(settings, Kind.CAFE)),
        made_on=clock.today(),
    )


# For leaders


def closed_session(library: Library, session_id: str) -> ReleasedSession:
    """One session as others may know it. Raises UserError where it is not there, deleted, or not closed yet."""
    found = opening.for_look(library, session_id)
    if found.deleted_at is None and found.closed_at is None:
        raise UserError(
            "This café session is not closed yet, so there is nothing of it that others may see.",
            "Close it when it is finished: what others may know of it is made then.",
        )
    return for_others.session_for_others(library, session_id)


def leaders_bytes(
    sessions: Iterable[ReleasedSession],
    told: Iterable[Told],
    ending: str,
    settings: Settings,
    clock: Clock,
    *,
    next_on: date | None = None,
    trail: Head | None = None,
) -> bytes:
    """What leaders may read of one session or of several, as a PDF or, for any other ending, a web page."""
    common = _furniture(settings, clock)
    content = leaders_summary(
        [LeadersSession(release=one.release, seconds=one.minutes * MINUTE) for one in sessions],
        entries=map(_told, told),
        next_on=next_on,
        classification=common.classification,
        retention=common.retention,
        made_on=common.made_on,
    )
    return _rendered(replace(content, trail=audit.printed(trail)), ending)


def write_leaders(
    library: Library,
    session_ids: Iterable[str],
    path: Path,
    settings: Settings,
    clock: Clock,
    *,
    next_on: date | None = None,
) -> None:
    """Write the leaders' summary as the file's name ends. Raises UserError where a session is not closed.

    Also where the file cannot be written.
    """
    check_target(path)
    sessions = [closed_session(library, one) for one in dict.fromkeys(session_ids)]
    told = for_others.told_to_others(library)
    content = leaders_bytes(sessions, told, path.suffix, settings, clock, next_on=next_on, trail=audit.head(library))
    saving.save(path, content, "The summary")
    for one in sessions:
        audit.tell_report(library, clock, Kind.CAFE, one.release.session, LEADERS, content)


def _told(entry: Told) -> SaidAndDone:
    return SaidAndDone(said=entry.said, due=entry.due, did=entry.did, done_on=entry.done_on, told=True)


# For the principal social worker


def whole_session(library: Library, session_id: str) -> WholeSession:
    """Everything of a session, for the facilitator alone. Raises UserError where it is not there, or deleted."""
    whole = for_psw.session_for_psw(library, session_id)
    if whole.details.deleted_at is not None:
        raise UserError("This café session was deleted.", "Take it back first: the settings list what was deleted.")
    return whole


def psw_bytes(
    whole: WholeSession,
    still_open: Iterable[SaidEntry],
    ending: str,
    settings: Settings,
    clock: Clock,
    *,
    next_on: date | None = None,
    trail: Head | None = None,
) -> bytes:
    """The full record as a PDF or, for any other ending, a web page; `still_open` of whichever session."""
    common = _furniture(settings, clock)
    content = psw_summary(
        _held(whole, still_open, next_on),
        classification=common.classification,
        retention=common.retention,
        made_on=common.made_on,
    )
    return _rendered(replace(content, trail=audit.printed(trail)), ending)


def write_psw(
    library: Library, session_id: str, path: Path, settings: Settings, clock: Clock, *, next_on: date | None = None
) -> None:
    """Write the full record as the file's name ends. Raises UserError where that cannot be.

    Without `next_on`, the next session is the first one that is planned for a later day.
    """
    check_target(path)
    whole = whole_session(library, session_id)
    following = next_on or next_planned(for_psw.sessions_for_psw(library), whole.details.day)
    still_open, head = for_psw.open_for_psw(library), audit.head(library)
    content = psw_bytes(whole, still_open, path.suffix, settings, clock, next_on=following, trail=head)
    saving.save(path, content, "The record")
    audit.tell_report(library, clock, Kind.CAFE, session_id, RECORD, content)


def next_planned(sessions: Iterable[CafeSession], after: date) -> date | None:
    """The day of the first session after this day that is planned and has not begun, if any."""
    return min((one.day for one in sessions if one.stage is Stage.PLANNING and one.day > after), default=None)


def _held(whole: WholeSession, still_open: Iterable[SaidEntry], next_on: date | None) -> HeldCafe:
    details, state = whole.details, whole.state
    entries = {entry.id: entry for entry in (*whole.said, *still_open)}
    return HeldCafe(
        on=details.day,
        order=state.order,
        began=_by_the_wall(whole.began),
        ended=_by_the_wall(whole.ended),
        title=details.title,
        place=details.place,
        team=details.team,
        held=rounds_held(state, state.last_at),
        depths=depths(state.scene.progress),
        board=whole.board,
        attendance=whole.attendance,
        hard=hard.voiced(whole.hard),
        compared=tuple(_compared(whole)),
        release=whole.released.release if whole.released else None,
        entries=tuple(map(_entry, entries.values())),
        next_on=next_on,
    )


def _by_the_wall(at: datetime | None) -> datetime | None:
    return at.astimezone() if at else None


def _compared(whole: WholeSession) -> Iterator[Compared]:
    if whole.judging.answers:
        yield Compared(
            answers={answer.id: answer.text for answer in whole.judging.answers},
            judgements=judging_rules.standing(whole.judging.record),
            questions=whole.compared_on,
        )


def _entry(entry: SaidEntry) -> SaidAndDone:
    return SaidAndDone(
        said=entry.said,
        opened_on=entry.opened_at.astimezone().date(),
        owner=entry.owner,
        due=entry.due,
        did=entry.did,
        done_on=entry.done_on,
        told=entry.told,
    )


# For the room and for those who run it


def sheet_bytes(
    whole: WholeSession,
    still_open: Iterable[Told],
    ending: str,
    settings: Settings,
    clock: Clock,
    *,
    starts: time | None = None,
) -> bytes:
    """The facilitator's sheet: one page as a PDF or, for any other ending, a web page.

    It lies where people may see it, so what is still open is only what may be told. `starts` is by the wall's clock.
    """
    details, common, paged = whole.details, _furniture(settings, clock), ending.lower() == PDF
    cafe = PlannedCafe(
        on=details.day,
        order=whole.state.order,
        starts=starts,
        title=details.title,
        place=details.place,
        team=details.team,
        still_open=tuple(entry.said for entry in still_open),
    )
    sheet = facilitator_sheet(
        cafe,
        _on_one_page if paged else lambda _document, _scale: True,
        classification=common.classification,
        retention=common.retention,
        made_on=common.made_on,
    )
    return _rendered(sheet.document, ending, sheet.scale)


def _on_one_page(document: Document, scale: float) -> bool:
    """Whether the document is one page as a PDF: found by making it."""
    return len(page_sizes(_rendered(document, PDF, scale))) == 1


def write_sheet(
    library: Library, session_id: str, path: Path, settings: Settings, clock: Clock, *, starts: time | None = None
) -> None:
    """Write the facilitator's sheet as the file's name ends. Raises UserError where that cannot be."""
    check_target(path)
    whole = whole_session(library, session_id)
    still_open = for_others.open_for_the_room(library)
    saving.save(path, sheet_bytes(whole, still_open, path.suffix, settings, clock, starts=starts), "The sheet")


def questions_of(whole: WholeSession) -> tuple[RoundQuestion, ...]:
    """The questions of a session, each once: those of its running order, then those that were asked besides."""
    planned = [one.question for one in whole.state.order.rounds if one.question is not None]
    asked = [question for one in rounds_held(whole.state, whole.state.last_at) for question in one.questions]
    return tuple({question.text: question for question in (*planned, *asked)}.values())


def posters_bytes(
    questions: Iterable[RoundQuestion], ending: str, settings: Settings, clock: Clock, *, paper: Paper = Paper.A3
) -> bytes:
    """Posters, a page a question, as a PDF or, for any other ending, a web page."""
    common = _furniture(settings, clock)
    posters = room_posters(
        questions,
        paper=paper,
        classification=common.classification,
        retention=common.retention,
        made_on=common.made_on,
    )
    if ending.lower() == PDF:
        from cqcmock.reports.pdf.cafe_posters import render as as_pdf

        return as_pdf(posters, resources_folder())
    from cqcmock.reports.cafe_posters_html import render as as_page

    return as_page(posters).encode()


def write_posters(library: Library, session_id: str, path: Path, settings: Settings, clock: Clock) -> int:
    """Write posters of the first questions of a session, three at most; returns how many.

    Raises UserError where it has no question, or the file cannot be written.
    """
    check_target(path)
    questions = questions_of(whole_session(library, session_id))[:POSTERS]
    if not questions:
        raise UserError("This café session has no question yet.", "Choose questions for its rounds, then print them.")
    saving.save(path, posters_bytes(questions, path.suffix, settings, clock), "The file of posters")
    return len(questions)


# For somebody who was there


def reflection_bytes(given: Reflection, ending: str, settings: Settings, clock: Clock) -> bytes:
    """A record of reflection, typed or to be filled in, as a PDF or, for any other ending, a web page."""
    common = _furniture(settings, clock)
    content = reflection_record(
        given, classification=common.classification, retention=common.retention, made_on=common.made_on
    )
    return _rendered(content, ending)


def write_reflection(given: Reflection, path: Path, settings: Settings, clock: Clock) -> None:
    """Write a record of reflection as the file's name ends; the library keeps nothing of it. Raises UserError."""
    check_target(path)
    saving.save(path, reflection_bytes(given, path.suffix, settings, clock), "The record of reflection")


def _rendered(content: Document, ending: str, scale: float = 1.0) -> bytes:
    if ending.lower() == PDF:
        from cqcmock.reports.pdf.report import render as as_pdf

        return as_pdf(content, resources_folder(), scale)
    from cqcmock.reports.html import render as as_page

    return as_page(content, scale).encode()
