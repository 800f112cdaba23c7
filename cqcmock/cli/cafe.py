"""`cafe`: the drop-in sessions as others may know them, and what of them goes onto paper.

Without `--for psw` nothing is listed or shown that was not released when a session was closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.cafe.attendance import Attendance
from cqcmock.domain.cafe.cards import Board, Card, cards_in, ungrouped
from cqcmock.domain.cafe.release import TITLES, Release, people_words, practised_words, share_words
from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from cqcmock.services.cafe import for_others, for_psw, hard, papers
from cqcmock.services.cafe.for_psw import WholeSession
from cqcmock.services.cafe.planning import CafeSession
from cqcmock.services.reports import check_target
from cqcmock.settings import load_settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

WARNING = f"{papers.CONFIDENTIAL}: for the principal social worker only."


class Reader(StrEnum):
    """Who a list is for."""

    LEADERS = "leaders"
    PSW = "psw"


class PaperFor(StrEnum):
    """Who, or what, a paper is for."""

    LEADERS = "leaders"
    PSW = "psw"
    FACILITATOR = "facilitator"
    POSTERS = "posters"


ForReader = Annotated[
    Reader,
    typer.Option("--for", help="leaders: what others may see; psw: everything, confidential."),
]


def list_them(context: typer.Context, reader: ForReader = Reader.LEADERS, as_json: AsJson = False) -> None:
    """List the café sessions that are closed; with “--for psw” all of them, the latest first."""
    with library_of(context) as library:
        data, lines = _all_of_them(library) if reader is Reader.PSW else _closed(library)
    show(data, lines, as_json)


def _closed(library: Library) -> tuple[Any, list[str]]:
    found = for_others.sessions_for_others(library)
    lines = [
        f"{one.release.session}  {day(one.release.on)}  {count(one.minutes, 'minute')}  {people_words(one.release)}"
        for one in found
    ]
    return [for_others.data_for_others(one) for one in found], lines or ["No café session has been closed yet."]


def _all_of_them(library: Library) -> tuple[Any, list[str]]:
    found = for_psw.sessions_for_psw(library)
    data = {"confidential": True, "warning": WARNING, "sessions": [_details(one) for one in found]}
    lines = [f"{one.id}  {day(one.day)}  {_stands(one):10}  {one.title}" for one in found]
    return data, [WARNING, *(lines or ["No café session has been planned yet."])]


def show_one(context: typer.Context, session: str, reader: ForReader = Reader.LEADERS, as_json: AsJson = False) -> None:
    """Show one café session as others may see it once it is closed; with “--for psw” everything of it."""
    with library_of(context) as library:
        if reader is Reader.PSW:
            whole = papers.whole_session(library, session)
            data, lines = _whole_data(whole), list(_whole_lines(whole))
        else:
            released = papers.closed_session(library, session)
            data, lines = for_others.data_for_others(released), list(_lines(released.release, released.minutes))
    show(data, lines, as_json)


def report(
    context: typer.Context,
    session: str,
    out: Annotated[Path, typer.Option(help="The file to write, ending in .pdf or .html.")],
    paper: Annotated[
        PaperFor,
        typer.Option("--for", help="leaders: their summary; psw: everything, confidential; facilitator: a one-page "
                     "sheet; posters: three questions for the room."),
    ] = PaperFor.LEADERS,
    next_on: Annotated[
        datetime | None, typer.Option("--next", formats=["%Y-%m-%d"], help="When the next session is, for a summary.")
    ] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write a paper of one café session: the leaders' summary, unless another is asked for."""
    settings, clock = load_settings(where(context).folder).settings, system_clock()
    following = next_on.date() if next_on else None
    if following and paper not in (PaperFor.LEADERS, PaperFor.PSW):
        raise UserError("Only a summary says when the next session is.", "Leave out “--next”.")
    check_target(out)
    data: dict[str, Any] = {"session": session, "for": paper, "report": str(out), "confidential": paper is PaperFor.PSW}
    with library_of(context) as library:
        match paper:
            case PaperFor.LEADERS:
                papers.write_leaders(library, [session], out, settings, clock, next_on=following)
                line = f"The summary for leaders is in {out}."
            case PaperFor.PSW:
                papers.write_psw(library, session, out, settings, clock, next_on=following)
                line = f"The full record is in {out}. It is {WARNING}"
            case PaperFor.FACILITATOR:
                papers.write_sheet(library, session, out, settings, clock)
                line = f"The facilitator’s sheet is in {out}."
            case PaperFor.POSTERS:
                data["posters"] = papers.write_posters(library, session, out, settings, clock)
                line = f"{count(data['posters'], 'poster is', 'posters are')} in {out}."
    show(data, [line], as_json)


def _lines(release: Release, minutes: int) -> Iterator[str]:
    yield f"Café practice, {day(release.on)}, {count(minutes, 'minute')}"
    yield people_words(release)
    yield f"Smallest group that is shown: {release.k} people"
    if kinds := practised_words(release):
        yield f"Practised: {kinds}."
    for table in release.tables:
        if table.rows:
            yield f"\n{TITLES[table.kind]}"
            yield from (f"  {row.name}: {share_words(row.share, release.k)}" for row in table.rows)


# For the principal social worker


def _stands(session: CafeSession) -> str:
    return "closed" if session.closed_at else session.stage


def _details(session: CafeSession) -> dict[str, Any]:
    return {
        "id": session.id, "title": session.title, "on": session.day.isoformat(), "place": session.place,
        "team": session.team, "minutes": session.minutes, "state": _stands(session),
    }  # fmt: skip


def _whole_data(whole: WholeSession) -> dict[str, Any]:
    """Everything of a session as scripts read it; no order tells who wrote what."""
    return {
        "confidential": True,
        "warning": WARNING,
        **_details(whole.details),
        "rounds": [
            {"title": one.title, "seconds": one.seconds, "question": one.question.text if one.question else None}
            for one in whole.state.order.rounds
        ],
        "people": whole.attendance.came,
        "groups": [{"team": team, "role": role, "people": people} for team, role, people in _groups(whole.attendance)],
        "themes": [
            {"kind": theme.kind, "name": theme.name, "cards": [_card(card) for card in cards_in(whole.board, theme.id)]}
            for theme in sorted(whole.board.themes, key=lambda theme: (theme.kind, theme.name.casefold()))
        ],
        "in_no_theme": [_card(card) for card in _loose(whole.board)],
        "hard": [
            {"table": one.table, "name": one.name, "people": len(one.hands)} for one in hard.voiced(whole.hard)
        ],
        "said": [
            {
                "said": entry.said,
                "owner": entry.owner,
                "due": entry.due.isoformat() if entry.due else None,
                "did": entry.did,
                "done_on": entry.done_on.isoformat() if entry.done_on else None,
                "told": entry.told,
            }
            for entry in whole.said
        ],
        "released": for_others.data_for_others(whole.released) if whole.released else None,
    }  # fmt: skip


def _card(card: Card) -> dict[str, Any]:
    return {"kind": card.kind, "text": card.text, "psw_only": card.psw_only}


def _loose(board: Board) -> list[Card]:
    return sorted(ungrouped(board), key=lambda card: (card.kind, card.text.casefold()))


def _groups(came: Attendance) -> list[tuple[str, str, int]]:
    return sorted((group.team, group.role, group.people) for group in came.groups)


def _whole_lines(whole: WholeSession) -> Iterator[str]:
    details = whole.details
    yield WARNING
    yield " · ".join(filter(None, (details.title, day(details.day), details.place, details.team, _stands(details))))
    yield f"{count(whole.attendance.came, 'person', 'people')} came."
    for team, role, people in _groups(whole.attendance):
        yield f"  {team or 'No team said'}, {role or 'no role said'}: {people}"
    for theme in sorted(whole.board.themes, key=lambda theme: (theme.kind, theme.name.casefold())):
        yield f"\n{theme.kind.capitalize()}: {theme.name}"
        yield from map(_card_line, cards_in(whole.board, theme.id))
    if loose := _loose(whole.board):
        yield "\nIn no theme"
        yield from map(_card_line, loose)
    if voiced := hard.voiced(whole.hard):
        yield "\nWhat people found hard"
        yield from (f"  {one.name}: {count(len(one.hands), 'person', 'people')}" for one in voiced)
    if whole.said:
        yield "\nYou said, we did"
        yield from (f"  {entry.said} {'(done) ' if entry.done_on else ''}{entry.did}".rstrip() for entry in whole.said)


def _card_line(card: Card) -> str:
    return f"  {card.text}{' (for you only)' if card.psw_only else ''}"
