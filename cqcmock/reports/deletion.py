"""The certificate of a deletion: what went, when, why and under which rule; from where it was wiped, and where not.

Nothing of what was deleted stands on it: a kind, an id and dates, as in the audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cqcmock.domain import english
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Line,
    Paragraph,
    Table,
    Voice,
    WritingLines,
    named,
    plain,
)

TITLE = "Certificate of deletion"
KEEP = "Keep with your records of what was deleted"
_NO_DATE = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedThing:
    """One thing that was deleted; `kind` is what people call such things, `rule` the one that applied to it."""

    kind: str
    id: str
    made: date | None
    last_used: date
    due: date
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A deletion and how far it reached. `at` is in the time to be shown, `entries` are its numbers in the trail.

    `backups` held any of it, and were cleaned; those in `erased` were deleted whole. `unread` are files that may hold
    it and cannot be read, `waiting` what is finished at the next start. `in_rows` is whether anything of it stood in
    the library itself, `in_files` in files of its own. `on_server` is whether the library is on a database server,
    whose disks and backups are not ours.
    """

    things: tuple[DeletedThing, ...]
    at: datetime
    why: str
    person: str
    entries: tuple[int, int]
    head: str
    backups: int = 0
    put_aside: int = 0
    erased: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    log_emptied: bool = True
    in_rows: bool = True
    in_files: bool = False
    on_server: bool = False


def deletion_certificate(done: Deletion, *, classification: str, made_on: date) -> Document:
    """The certificate, as plain data."""
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=KEEP,
        made_on=made_on,
        blocks=(
            Facts(pairs=_facts(done)),
            *_not_finished(done),
            *_signature(done),
            Heading(level=2, text="What was deleted"),
            Paragraph(line=plain("By kind, id and date alone: nothing of what it said, and no name, stands here.")),
            *_groups(done),
            Heading(level=2, text="From where it was wiped"),
            BulletList(items=tuple(_wiped_from(done))),
            Heading(level=2, text="What no program can reach from here"),
            BulletList(items=tuple(_not_reached(done))),
            Heading(level=2, text="In the audit trail"),
            Paragraph(line=plain(_in_trail(done))),
            Paragraph(
                line=plain(
                    "“cqcmock retention log” shows the entries, and “cqcmock library audit” that none was changed."
                ),
                voice=Voice.QUIET,
            ),
        ),
    )


def _not_finished(done: Deletion) -> tuple[Block, ...]:
    if not done.waiting:
        return ()
    told = f"Still to be cleaned: {english.listed(done.waiting)}. It is done when the program is started again."
    return (Callout(title="This deletion is not finished yet", lines=(plain(told),)),)


def _facts(done: Deletion) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Deleted on", f"{english.day(done.at.date())}, {done.at:%H:%M}"),
        ("Deleted", english.count(len(done.things), "thing")),
        ("Why", done.why),
        ("Asked for by", done.person.strip()),
    )
    return tuple((name, value) for name, value in pairs if value)


def _signature(done: Deletion) -> tuple[Block, ...]:
    return () if done.person.strip() else (WritingLines(label="Asked for by (name, date and signature)", lines=1),)


def _groups(done: Deletion) -> list[Block]:
    """A table for each kind of thing and rule, in the order in which they were deleted."""
    groups: dict[tuple[str, str], list[DeletedThing]] = {}
    for thing in done.things:
        groups.setdefault((thing.kind, thing.rule), []).append(thing)
    blocks: list[Block] = []
    for (kind, rule), things in groups.items():
        name = kind[:1].upper() + kind[1:]
        early = sum(done.at.date() < thing.due for thing in things)
        note = f" {_early(early, len(things))}" if early else ""
        blocks += [
            Heading(level=3, text=name),
            Paragraph(line=named("Rule", f"delete {rule}.{note}")),
            Table(
                caption=f"{name}: what was deleted, and its dates",
                header=("Id", "Made", "Last worked on", "Due to go"),
                rows=tuple((one.id, _day(one.made), _day(one.last_used), _day(one.due)) for one in things),
                shares=(44, 18, 18, 18),
            ),
        ]
    return blocks


def _early(early: int, of_all: int) -> str:
    if early == of_all:
        return (
            "Deleted before it was due, because somebody asked for it."
            if early == 1
            else ("All were deleted before they were due, because somebody asked for it.")
        )
    return (
        f"{early} of these {'was' if early == 1 else 'were'} deleted before being due, because somebody asked for it."
    )


def _day(on: date | None) -> str:
    return english.day(on) if on else _NO_DATE


def _wiped_from(done: Deletion) -> list[Line]:
    if not done.in_rows:
        return _files(done)
    if done.on_server:
        return [
            named("The database", "every row was deleted. Whoever runs the server clears its disks and its backups."),
            *_files(done),
        ]
    return [
        named("The library", "every row was deleted, and the file was written anew without free pages."),
        named("Its write-ahead log", "emptied." if done.log_emptied else "not yet, see above."),
        named("The search index", "it holds questions alone, and never a word of what was said or written about them."),
        named("The backups", _backups(done)),
        *([named("Files that were put aside", f"{english.count(done.put_aside, 'held it and was', 'held it and were')} "
                 "cleaned.")] if done.put_aside else []),
        *_files(done),
    ]  # fmt: skip


def _files(done: Deletion) -> list[Line]:
    if not done.in_files:
        return []
    return [named("Recordings and opened packs", "each has files of its own, which were deleted.")]


def _backups(done: Deletion) -> str:
    if not done.backups and not done.erased:
        return "none held any of it."
    cleaned = f"{english.count(done.backups, 'backup')} held it. Each was written anew without it, and checked."
    if not done.backups:
        cleaned = "those that could be read held none of it."
    if done.erased:
        could_not = english.count(len(done.erased), "damaged backup")
        cleaned += f" {could_not} could not be cleaned and {'was' if len(done.erased) == 1 else 'were'} deleted whole."
    return cleaned


def _not_reached(done: Deletion) -> list[Line]:
    lines = [
        named("What was handed on", "packs that were sent, and reports that were saved, sent or printed."),
        named("A second place", "its older backups are replaced when the next one is made there."),
        named("Other copies", "what somebody, or the computer's own backup, copied from the data folder."),
        named(
            "The disk itself",
            "a solid-state disk spreads what it writes, and may keep old blocks until it needs them. "
            "On an encrypted disk, or with a locked library, nobody can read them.",
        ),
    ]
    if done.unread:
        lines.append(
            named(
                "Files for you to decide about",
                f"{english.listed(done.unread)} in the data folder cannot be read by the program, and may hold it.",
            )
        )
    return lines


def _in_trail(done: Deletion) -> str:
    first, last = done.entries
    numbers = f"entry {first}" if first == last else f"entries {first} to {last}"
    return f"The deletion stands there as {numbers}. The trail afterwards: {done.head}."
