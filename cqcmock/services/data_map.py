"""What is kept, where, about whom, for how long, who can read it and what leaves the laptop: for those who sign for it.

The shelves are data. A test takes every table of the library and every file of a data folder that was worked with, and
fails where one of them is on no shelf; how things stand on this computer is read when the map is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Kind
from cqcmock.domain.english import count, kept_until, listed
from cqcmock.paths import Location, resources_folder
from cqcmock.reports.facts_sheet import DataMap as DataMap
from cqcmock.reports.facts_sheet import Shelf, Stand, facts_sheet
from cqcmock.services import audit, locking, retention, saving
from cqcmock.services.reports import PDF, check_target, retention_date
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.services.locking import LockStatus

FACTS_SHEET: Final = "data map and facts sheet"
"""What the audit trail calls it."""


SHELVES: Final = (
    Shelf(
        what="Rehearsals: questions, answers, probes, notes, own marks, reflection, actions",
        about="The person who rehearsed. Answers may speak of people who draw on care, families and staff, and then "
        "hold health and care data of people who are not there.",
        tables=("sitting", "plan", "asked", "event", "sheet", "sheet_answer", "sheet_mark", "reflection", "action",
                "keep_and_change"),
        rule=Kind.SITTING,
        leaves="In a report that somebody saves or prints, in a pack that somebody sends to a reviewer, and in an "
        "export of everything about one person.",
    ),
    Shelf(
        what="Recordings of a voice",
        about="The person who spoke, and whom they spoke of. This version makes none.",
        files=("audio/**",),
        rule=Kind.RECORDING,
        locked=False,
    ),
    Shelf(
        what="Packs that were sent to reviewers, and the marks that came back",
        about="The person who rehearsed, and the reviewer: their name, marks and comments.",
        tables=("pack", "pack_sheet", "pack_return", "returned_sheet", "known_reviewer"),
        rule=Kind.PACK,
        leaves="The pack itself, sealed with six words or to the reviewer’s key.",
    ),
    Shelf(
        what="Packs that came from somebody else to be marked here",
        about="People of another council or team who rehearsed; the reviewer’s own marks and comments.",
        tables=("opened_pack", "marked_sheet", "made_return"),
        files=("review/*/library.sqlite*", "review/*/backups/*", "review/*/opened-from.txt"),
        rule=Kind.OPENED_PACK,
        leaves="The return, sealed to the person who sent the pack.",
    ),
    Shelf(
        what="Café sessions: plan, cards, who came (numbers by team and role, no names), what was said in them",
        about="Staff, without names. A card may name a team or a worry; some are for the facilitator alone.",
        tables=("cafe_session", "cafe_event", "cafe_hold", "cafe_release"),
        rule=Kind.CAFE,
        leaves="In the summary for leaders, which shows nothing of a group smaller than the smallest that was set, and "
        "in the facilitator’s own record.",
    ),
    Shelf(
        what="“You said, we did”, and running orders to begin from",
        about="What staff asked for in general words, and who sees to it.",
        tables=("cafe_said", "cafe_template"),
        kept="Until somebody deletes it.",
        leaves="On the papers of a café, as far as it may be told.",
    ),
    Shelf(
        what="Question banks and who changed them when",
        about="Nobody.",
        tables=("bank", "question", "question_role", "question_search", "retired", "bank_edit", "question_before"),
        kept="Until somebody deletes them.",
        leaves="In a file that somebody exports.",
    ),
    Shelf(
        what="Local stories: facts of the place, communities, examples, owners of facts",
        about="Staff who own a fact, by name. Examples are to be anonymous.",
        tables=("story", "story_edit"),
        kept="Until somebody deletes them.",
        leaves="In a file or data pack that somebody exports, and in a pack for a reviewer where that was chosen.",
    ),
    Shelf(
        what="The audit trail, the deletion log and holds",
        about="Nobody: kinds, ids, times, counts, digests of files, and the reasons that people gave.",
        tables=("audit", "hold", "alembic_version"),
        kept="As long as the library: a log that went with what it tells of would prove nothing.",
        leaves="Its last hash and count, in every report and pack.",
    ),
    Shelf(
        what="The library file itself, and copies of it on this computer",
        about="Everybody above.",
        files=("library.sqlite*", "library.suspect", "library.*-*.sqlite*", "backups/*", "replaced-*/**",
               "cleaned.json"),
        kept="Backups: 12 daily, 10 weekly, 9 monthly. What is deleted for good is taken out of them too.",
        leaves="Only to a second place that somebody chose, as one file sealed with the six words.",
    ),
    Shelf(
        what="The keys of the lock, each sealed, and the reviewer’s own key",
        about="Nobody.",
        files=("keys/*", "review/own-key.json*", "review/signed-for.json"),
        kept="As long as the lock.",
        leaves="Never by itself.",
    ),
    Shelf(
        what="Settings: the name that was typed, the council, the date of the assessment, sizes and colours",
        about="The person who uses the program.",
        files=("settings*.toml", "instance*", "*.lock"),
        kept="Until somebody changes them.",
        locked=False,
    ),
    Shelf(
        what="Logs and reports of crashes",
        about="Nobody: what the program did, never what anybody said.",
        files=("logs/*",),
        kept="The newest four files of half a megabyte.",
        locked=False,
    ),
    Shelf(
        what="The example library, to look around in",
        about="Nobody: made up.",
        files=("example/**",),
        kept="Until the data folder is deleted.",
        locked=False,
    ),
)  # fmt: skip

OUTSIDE: Final = (
    (
        "No connection is ever opened, but to a database server that somebody named: “cqcmock self-test --privacy” "
        "cuts the network off and shows that nothing was tried."
    ),
    "Nothing is sent anywhere. Files leave when somebody saves, prints or copies them.",
    "No account, no licence server, no update check, no usage figures.",
)

TO_SETTLE: Final = (
    (
        "The lawful basis (for a council usually public task) and, because answers may hold health and care data, a "
        "condition of Article 9 of the UK GDPR. CQC’s own powers to see personal data do not cover a rehearsal."
    ),
    "Who is told what, before they rehearse or come to a café: a privacy notice.",
    "Who holds the paper with the six words, and whether the council’s own key is to open every library.",
    "How long after the assessment things are kept, and who looks at the list of what is due.",
    (
        "What happens when somebody asks for information: put a hold on, before anything is looked for. Destroying it "
        "then is an offence (section 77 of the Freedom of Information Act 2000)."
    ),
)
"""What no program can settle; the officer who signs writes the answers beside it."""


def data_map(library: Library, place: Location, settings: Settings, clock: Clock) -> DataMap:
    """How things stand in this library and folder now."""
    status = locking.status(place)
    with library.reading() as session:
        rows = storage.counting.rows(session)
    months = retention.rules(settings)
    return DataMap(
        stands=tuple(
            Stand(
                shelf=shelf,
                rows=sum(rows.get(table, 0) for table in shelf.tables),
                kept=shelf.kept or _kept(months, shelf.rule, settings),
                readable_by=_readable_by(shelf, place, status),
            )
            for shelf in SHELVES
        ),
        folder=str(place.folder),
        lock=lock_in_words(place, status),
        trail=audit.head(library),
        made_at=clock.wall(),
        smallest_group=settings.cafe_smallest_group,
    )


def lock_in_words(place: Location, status: LockStatus) -> str:
    """Who can open the library, in one or two sentences."""
    if place.database_url:
        return "The library is on a database server: whoever runs it can read it, and sees to its lock and its backups."
    if not status.locked:
        return "The library is not locked: whoever can read the data folder can read everything in it."
    ways = ["the six recovery words"]
    if status.ways.computer:
        ways.append("whoever has signed in to this computer as this person")
    if status.ways.escrow:
        ways.append("the holder of the council’s key")
    return f"The library is locked (SQLCipher, AES with 256 bits). It opens for {listed(ways)}."


def _kept(months: Mapping[Kind, int], rule: Kind | None, settings: Settings) -> str:
    if rule is None:
        return "Until somebody deletes it."
    after = "after the assessment" if settings.practising_for else "after it was last worked on"
    goes = (
        "It then goes by itself." if settings.delete_when_due else "It is then listed as due, and somebody deletes it."
    )
    return f"{count(months[rule], 'month')} {after}. {goes}"


def _readable_by(shelf: Shelf, place: Location, status: LockStatus) -> str:
    if place.database_url and shelf.tables:
        return "Everybody with an account on the database server."
    if status.locked and shelf.locked:
        return "Whoever opens the lock."
    return "Whoever can read the data folder."


def facts_bytes(found: DataMap, ending: str, settings: Settings, clock: Clock) -> bytes:
    """The facts sheet as a PDF or, for any other ending, a web page."""
    document = facts_sheet(
        found,
        outside=OUTSIDE,
        to_settle=TO_SETTLE,
        classification=settings.classification,
        retention=kept_until(retention_date(settings)),
        made_on=clock.today(),
    )
    document = replace(document, trail=audit.printed(found.trail))
    if ending.lower() == PDF:
        from cqcmock.reports.pdf.report import render as as_pdf

        return as_pdf(document, resources_folder())
    from cqcmock.reports.html import render as as_page

    return as_page(document).encode()


def write_facts(library: Library, place: Location, path: Path, settings: Settings, clock: Clock) -> DataMap:
    """Write the facts sheet as the file's name ends, and return what stands in it.

    Raises UserError where the file cannot be written.
    """
    check_target(path)
    found = data_map(library, place, settings, clock)
    content = facts_bytes(found, path.suffix, settings, clock)
    saving.save(path, content, "The facts sheet")
    audit.tell_report(library, clock, Kind.LIBRARY, "", FACTS_SHEET, content)
    return found
