"""A paper of a session as it was asked for: what its file is called, and how it is read and made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Final

from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from ui.cafe.papers_offer import LABELS, PaperKind
from ui.desk import Desk
from ui.review.papers import Paper, Render

if TYPE_CHECKING:
    from cqcmock.services.cafe.papers import Reflection
    from cqcmock.settings import Settings

_NAMES: Final = {
    PaperKind.SHEET: ("The sheet", "Café sheet"),
    PaperKind.POSTERS: ("The file of posters", "Café posters"),
    PaperKind.LEADERS: ("The summary", "Café summary for leaders"),
    PaperKind.RECORD: ("The record", "Café record, confidential"),
}
"""What each is in a sentence, and in the name of a file: neither a team nor a place ever stands there."""

_AFTERWARDS: Final = {
    PaperKind.LEADERS: "Leaders may read it.",
    PaperKind.RECORD: "It is confidential: keep it where nobody else can open it.",
}
_WITH_WORDS: Final = (PaperKind.LEADERS, PaperKind.RECORD)
"""What is made of what people said, and so told in the audit trail."""

_THEIRS: Final = "It is theirs: give it to them, and keep no copy."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody chose. `sessions` are those that leaders read of; `small` are posters on A4."""

    kind: PaperKind
    session: str
    day: date
    sessions: tuple[str, ...] = ()
    starts: time | None = None
    next_on: date | None = None
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A paper as it will be printed: the file, and size and words of each of its pages."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    words: tuple[str, ...]


def paper_of(desk: Desk, wanted: Wanted, meaning: str) -> Paper:
    """The paper that was chosen; `meaning` says who may read it."""
    what, name = _NAMES[wanted.kind]
    settings = desk.settings
    several = len(wanted.sessions) > 1
    return Paper(
        label=LABELS[wanted.kind],
        meaning=meaning,
        what=what,
        file_name=f"{name}, {count(len(wanted.sessions), 'session')}" if several else f"{name} {day(wanted.day)}",
        read=lambda: _read(desk, wanted, settings),
        told=(lambda content: _tell(desk, wanted, content)) if wanted.kind in _WITH_WORDS else None,
        afterwards=_AFTERWARDS.get(wanted.kind, ""),
    )


def reflection_paper(desk: Desk, given: Reflection) -> Paper:
    """Somebody's own record. Nothing of it is read from the library, and nothing is kept there."""
    settings = desk.settings

    def render(ending: str, _large: bool) -> bytes:
        from cqcmock.services.cafe import papers

        return papers.reflection_bytes(given, ending, settings, desk.clock)

    on = given.on or desk.clock.today()
    return Paper(
        label="Record of reflection",
        meaning="For the person who was there, and nobody else.",
        what="The record",
        file_name=f"Record of reflection {day(on)}",
        read=lambda: render,
        afterwards=_THEIRS,
    )


def pages_of(render: Render) -> Pages:
    """Beside the window: the paper as it will be printed."""
    from cqcmock.services import reports

    pdf = render(reports.PDF, False)
    return Pages(pdf=pdf, sizes=reports.page_sizes(pdf), words=reports.page_words(pdf))


def _read(desk: Desk, wanted: Wanted, settings: Settings) -> Render:
    """In the database lane: all that the paper needs. Raises UserError where there cannot be it."""
    match wanted.kind:
        case PaperKind.SHEET:
            return _sheet(desk, wanted, settings)
        case PaperKind.POSTERS:
            return _posters(desk, wanted, settings)
        case PaperKind.LEADERS:
            return _leaders(desk, wanted, settings)
        case PaperKind.RECORD:
            return _record(desk, wanted, settings)


def _sheet(desk: Desk, wanted: Wanted, settings: Settings) -> Render:
    from cqcmock.services.cafe import for_others, papers

    whole, still_open = papers.whole_session(desk.library, wanted.session), for_others.open_for_the_room(desk.library)
    return lambda ending, _: papers.sheet_bytes(whole, still_open, ending, settings, desk.clock, starts=wanted.starts)


def _posters(desk: Desk, wanted: Wanted, settings: Settings) -> Render:
    from cqcmock.services.cafe import papers

    questions = papers.questions_of(papers.whole_session(desk.library, wanted.session))[: papers.POSTERS]
    if not questions:
        raise UserError("This session has no question any more.", "Choose questions for its rounds first.")
    paper = papers.Paper.A4 if wanted.small else papers.Paper.A3
    return lambda ending, _: papers.posters_bytes(questions, ending, settings, desk.clock, paper=paper)


def _tell(desk: Desk, wanted: Wanted, content: bytes) -> None:
    """In the database lane: that a paper with what people said was written or printed."""
    from cqcmock.services import audit
    from cqcmock.services.cafe import papers

    paper = papers.LEADERS if wanted.kind is PaperKind.LEADERS else papers.RECORD
    sessions = wanted.sessions if wanted.kind is PaperKind.LEADERS else (wanted.session,)
    for session in sessions:
        audit.tell_report(desk.library, desk.clock, audit.Kind.CAFE, session, paper, content)


def _leaders(desk: Desk, wanted: Wanted, settings: Settings) -> Render:
    from cqcmock.services import audit
    from cqcmock.services.cafe import for_others, papers

    sessions = [papers.closed_session(desk.library, one) for one in wanted.sessions]
    told, trail = for_others.told_to_others(desk.library), audit.head(desk.library)
    return lambda ending, _: papers.leaders_bytes(
        sessions, told, ending, settings, desk.clock, next_on=wanted.next_on, trail=trail
    )


def _record(desk: Desk, wanted: Wanted, settings: Settings) -> Render:
    from cqcmock.services import audit
    from cqcmock.services.cafe import for_psw, papers

    whole, still_open = papers.whole_session(desk.library, wanted.session), for_psw.open_for_psw(desk.library)
    trail = audit.head(desk.library)
    return lambda ending, _: papers.psw_bytes(
        whole, still_open, ending, settings, desk.clock, next_on=wanted.next_on, trail=trail
    )
