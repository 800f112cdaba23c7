"""`retention`: what is kept and until when, what a request for information holds, and what is deleted for good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cqcmock.cli.arguments import named, text, texts
from cqcmock.cli.context import AsJson, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.audit import Deed, Entry, Kind
from cqcmock.domain.english import count, day, listed
from cqcmock.domain.retention import Due, Hold
from cqcmock.errors import UserError
from cqcmock.services import retention, wiping
from cqcmock.services.wiping import Wiped
from cqcmock.settings import load_settings

if TYPE_CHECKING:
    from cqcmock.domain.retention import Kept

Why = Annotated[str, typer.Option(help="The reason: it stands in the audit trail.", callback=text)]
_NAMES = {kind: name for name, kind in retention.BY_NAME.items()}
_KINDS = ", ".join(retention.BY_NAME)


def list_them(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Only what is due to go today, held or not.")] = False,
    as_json: AsJson = False,
) -> None:
    """List everything that there is a rule for, what is due first on top, and the holds."""
    place, clock = where(context), system_clock()
    settings = load_settings(place.folder).settings
    with library_of(context) as library:
        retention.note_rules(library, settings, clock)
        found = retention.listed(library, place, settings)
        holds = retention.holds(library)
    today = clock.today()
    if due:
        found = tuple(one for one in found if one.is_due(today))
    data = {
        "rules": {_NAMES[kind]: months for kind, months in retention.rules(settings).items()},
        "assessment": settings.practising_for.isoformat() if settings.practising_for else None,
        "delete_when_due": settings.delete_when_due,
        "things": [{**_due_data(one), "is_due": one.is_due(today)} for one in found],
        "holds": [_hold_data(hold) for hold in holds],
    }
    lines = [_due_line(one, due=one.is_due(today)) for one in found]
    lines = lines or ["Nothing is due." if due else "There is nothing yet that a rule applies to."]
    show(data, [*lines, *(_hold_line(hold) for hold in holds)], as_json)


def place_hold(
    context: typer.Context,
    why: Why,
    kind: Annotated[str, typer.Argument(help=f"{_KINDS}; without it everything is held.", callback=text)] = "",
    thing: Annotated[str, typer.Argument(help="The id of one thing; without it all of the kind.", callback=text)] = "",
    as_json: AsJson = False,
) -> None:
    """Keep something from being deleted in any way, because somebody has asked for it."""
    wanted = _kind(kind) if kind else None
    with library_of(context) as library:
        placed = retention.hold(library, wanted, thing, why, system_clock())
    show(_hold_data(placed), [_hold_line(placed), f"To release it: cqcmock retention release {placed.id}"], as_json)


def release(
    context: typer.Context,
    hold: Annotated[str, typer.Argument(help="The id of the hold, see “cqcmock retention list”.", callback=text)],
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Let what was held be deleted again."""
    with library_of(context) as library:
        released = retention.release(library, hold, why, system_clock())
    show(_hold_data(released), ["The hold is released."], as_json)


def delete(
    context: typer.Context,
    why: Why,
    thing: Annotated[list[str] | None, typer.Argument(help="The ids of what is to go.", callback=texts)] = None,
    due: Annotated[bool, typer.Option("--due", help="Everything that is due and not held.")] = False,
    certificate: Annotated[
        Path | None, typer.Option(help="Write a certificate to this file, ending in .pdf or .html.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete things for good: from the library, its log, its backups and what was put aside."""
    if bool(thing) == due:
        raise typer.BadParameter("Give either ids or --due.", param_hint="ID")
    place, clock = where(context), system_clock()
    settings = load_settings(place.folder).settings
    if certificate is not None:
        from cqcmock.services.reports import check_target

        check_target(certificate)
    with library_of(context) as library:
        retention.note_rules(library, settings, clock)
        if due:
            chosen = retention.due_now(library, place, settings, clock)
        else:
            chosen = wiping.find(library, place, settings, thing or ())
        if due and not chosen:
            wiping.finish(library, place)
            show({"deleted": [], "certificate": None}, ["Nothing is due."], as_json)
            return
        if not yes:
            _ask(chosen)
        wiped = wiping.delete(library, place, chosen, why, clock)
        if certificate is not None:
            from cqcmock.services import certificates

            certificates.write_certificate(library, wiped, certificate, settings, clock)
    show(_wiped_data(wiped, certificate), _wiped_lines(wiped, certificate), as_json)


def log(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the deletion log: what, when, why and under which rule."""
    with library_of(context) as library:
        entries = retention.deletions(library)
    show(
        [_entry_data(entry) for entry in entries], [*map(_entry_line, entries)] or ["Nothing was deleted yet."], as_json
    )


def _ask(chosen: tuple[Due, ...]) -> None:
    if not sys.stdin.isatty():
        raise UserError("What is deleted for good cannot be taken back.", "Say that you are sure with --yes.")
    for one in chosen:
        typer.echo(_due_line(one, due=False), err=True)
    if not typer.confirm(f"Delete {count(len(chosen), 'thing')} for good?", err=True):
        raise UserError("Nothing was deleted.", "Hold what must stay: cqcmock retention hold.")


def _kind(name: str) -> Kind:
    if name not in retention.BY_NAME:
        raise UserError(f"There is no kind “{name}”.", f"The kinds are {_KINDS}.")
    return retention.BY_NAME[name]


def _kept_data(kept: Kept) -> dict[str, Any]:
    return {
        "kind": _NAMES[kept.kind],
        "id": kept.id,
        "title": kept.title,
        "made": kept.made.isoformat() if kept.made else None,
        "last_used": kept.last_used.isoformat(),
        "deleted_already": kept.is_put_away,
    }


def _due_data(one: Due) -> dict[str, Any]:
    return {
        **_kept_data(one.kept),
        "due": one.on.isoformat(),
        "rule": one.rule,
        "hold": one.hold.id if one.hold else None,
    }


def _due_line(one: Due, *, due: bool) -> str:
    state = f"held: {one.hold.why}" if one.hold else ("DUE" if due else "")
    parts = (f"{day(one.on)} ({one.rule})", state, "deleted, can be taken back" if one.kept.is_put_away else "")
    told = " · ".join(part for part in parts if part)
    return f"{one.kept.id}  {_NAMES[one.kept.kind]:11}  {one.kept.title} · {told}"


def _hold_data(hold: Hold) -> dict[str, Any]:
    return {
        "hold": hold.id,
        "kind": _NAMES[hold.kind] if hold.kind else None,
        "id": hold.subject or None,
        "why": hold.why,
        "since": hold.since.isoformat(),
        "released_at": hold.released_at.isoformat() if hold.released_at else None,
    }


def _hold_line(hold: Hold) -> str:
    what = f"the {_NAMES[hold.kind]} {hold.subject}" if hold.kind and hold.subject else ""
    what = what or (f"every {_NAMES[hold.kind]}" if hold.kind else "everything")
    return f"{hold.id}  holds {what} since {day(hold.since.astimezone().date())}: {hold.why}"


def _wiped_data(wiped: Wiped, certificate: Path | None) -> dict[str, Any]:
    return {
        "deleted": [{"kind": _NAMES[one.kept.kind], "id": one.kept.id, "rule": one.rule} for one in wiped.things],
        "why": wiped.why,
        "backups": wiped.cleaned.backups,
        "put_aside": wiped.cleaned.put_aside,
        "backups_deleted": wiped.cleaned.erased,
        "unread": wiped.cleaned.unread,
        "waiting": wiped.cleaned.waiting,
        "audit": {"count": wiped.head.count, "head": wiped.head.hash},
        "certificate": named(certificate) if certificate else None,
    }


def _wiped_lines(wiped: Wiped, certificate: Path | None) -> list[str]:
    done = wiped.cleaned
    cleaned = count(done.backups, "backup was", "backups were")
    lines = [f"Deleted for good: {count(len(wiped.things), 'thing')}. {cleaned} cleaned."]
    if done.erased:
        lines.append(f"Damaged, and so deleted whole: {listed(done.erased)}.")
    if done.unread:
        lines.append(f"Cannot be read, and may hold it: {listed(done.unread)}. Look at these files yourself.")
    if done.waiting:
        lines.append(f"Still to be cleaned at the next start: {listed(done.waiting)}.")
    if certificate is not None:
        lines.append(f"The certificate is in {named(certificate)}.")
    return lines


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "deed": entry.deed,
        "kind": entry.kind,
        "id": entry.subject,
        "why": entry.why,
        "details": dict(entry.details),
    }


def _entry_line(entry: Entry) -> str:
    on = entry.at.astimezone()
    deed = "deleted" if entry.deed == Deed.DELETED else "taken back"
    rule = f" · rule: {entry.details['rule']}" if entry.details.get("rule") else ""
    return f"{entry.number}  {on:%Y-%m-%d %H:%M}  {deed}  {entry.kind} {entry.subject}{rule} · {entry.why}".rstrip(" ·")
