"""The main job of the program from beginning to end, part by part, in a folder that is thrown away.

`python -m cqcmock.services.main_job FOLDER` does it and prints a line of JSON for each part that worked. Before each
part it says with an audit event what it does next, for whoever watches (`network_watch`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock.clock import Clock, system_clock
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.english import count
from cqcmock.domain.questions import Source
from cqcmock.domain.review import PeerMarks
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import (
    bank_editing,
    bank_files,
    banks,
    examples,
    merging,
    packing,
    reports,
    reviewing,
    sittings,
)
from cqcmock.services.cafe import attendance, cards, closing, opening, papers, planning
from cqcmock.services.library import back_up_now, backups, open_library, sync_shipped_banks
from cqcmock.services.network_watch import PART
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

_OPENING: Final = "opening a library"
_REHEARSING: Final = "holding a rehearsal"
_OF_A_TEAM: Final = 6
_QUESTIONS: Final = 3
_SETTINGS: Final = Settings()


def main_job(folder: Path, clock: Clock) -> Iterator[tuple[str, str]]:
    """Do every part once; gives its name, and a sentence once it has worked. Raises UserError where one does not."""
    place = Location(folder / "library")
    sys.audit(PART, _OPENING)
    library = open_library(place)
    try:
        yield _OPENING, _open(library)
        sys.audit(PART, _REHEARSING)
        sitting = examples.rehearse_example(library, _SETTINGS, clock)
        yield _REHEARSING, _rehearse(library, sitting)
        for name, part in _parts(library, place, sitting, folder, clock):
            sys.audit(PART, name)
            yield name, part()
    finally:
        library.close()


def _parts(
    library: Library, place: Location, sitting: Sitting, folder: Path, clock: Clock
) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "listening to answers", lambda: _listen(sitting)
    yield "writing a report", lambda: _report(library, sitting, folder, clock)
    yield "passing on a question bank", lambda: _bank(library, folder, clock)
    yield "searching the questions", lambda: _search(library)
    yield "sending round a sealed pack", lambda: _pack(library, sitting, folder, clock)
    yield "holding a café session", lambda: _cafe(library, folder, clock)
    yield "making a backup", lambda: _back_up(library, place)


def _open(library: Library) -> str:
    problems = sync_shipped_banks(library)
    shipped = banks.list_banks(library)
    _expect(bool(shipped) and not problems, "reading the shipped question banks")
    return f"A library was made and opened, and {count(len(shipped), 'question bank')} read into it."


def _rehearse(library: Library, sitting: Sitting) -> str:
    again = sittings.load(library, sitting.id)
    _expect(again == sitting and bool(again.answered), "keeping a rehearsal")
    return f"A rehearsal with {count(len(again.answered), 'answer')} was held, kept and read again."


def _listen(sitting: Sitting) -> str:
    heard = reports.hearings_of(sitting)
    points = [point for one in heard.values() for point in one.points]
    found = sum(bool(point.spans) for point in points)
    _expect(bool(found), "listening")
    return f"Its answers were listened to: {found} of {count(len(points), 'point')} were heard."


def _report(library: Library, sitting: Sitting, folder: Path, clock: Clock) -> str:
    pdf, page = folder / "feedback.pdf", folder / "feedback.html"
    for path in (pdf, page):
        reports.write_report(library, sitting.id, path, _SETTINGS, clock)
    said = sitting.state.takes[0][0].text.split()
    _expect(set(said) <= set(" ".join(reports.page_words(pdf.read_bytes())).split()), "writing the PDF report")
    _expect(sitting.plan.questions[0].question.text in page.read_text(encoding="utf-8"), "writing the web page")
    return (
        f"Its report was written, as a PDF of {count(len(reports.page_sizes(pdf.read_bytes())), 'page')} and as HTML."
    )


def _bank(library: Library, folder: Path, clock: Clock) -> str:
    shipped = banks.show_bank(library, banks.list_banks(library)[0].id)
    bank_id = bank_editing.create_bank(library, "Our own questions", shipped.roles, clock).edits[0].bank
    for question in shipped.questions[:_QUESTIONS]:
        bank_editing.save_question(library, bank_id, replace(question, source=Source.COUNCIL), clock)
    exported = folder / "bank.xlsx"
    bank_files.export_bank(library, bank_id, exported)
    bank_editing.delete_bank(library, bank_id, clock)
    bank_files.take_in(library, bank_files.preview(library, exported, clock), clock)
    taken = banks.show_bank(library, bank_id).questions
    _expect(len(taken) == _QUESTIONS, "taking in an exported question bank")
    return f"A bank of {count(len(taken), 'question')} was exported as a spreadsheet and imported again."


def _search(library: Library) -> str:
    found = banks.search(library, "waiting carers")
    _expect(bool(found), "the search")
    return f"The search found {count(len(found), 'question')}."


def _pack(library: Library, sitting: Sitting, folder: Path, clock: Clock) -> str:
    sealed, returned, reviewer = folder / "answers.pack", folder / "answers.return", Location(folder / "reviewer")
    ready = packing.draft(library, packing.Wanted(sittings=(sitting.id,), reviewer="A reviewer"), clock)
    taken_out = {finding.id: packing.Decision() for finding in ready.findings}
    passphrase = packing.offered_passphrase()
    made = packing.seal(library, ready, taken_out, sealed, clock, passphrase=passphrase)
    with reviewing.open_pack(reviewer, sealed, clock, passphrase=passphrase) as workspace:
        levels = {lens.id: 2 for lens in workspace.pack.rubric.lenses}
        for sheet in workspace.sheets():
            workspace.submit(sheet, PeerMarks(levels=levels, overall=2, comment="Clear."), clock)
        workspace.make_return(returned, clock)
    tally = merging.take_in(library, merging.look(library, (returned,), clock)).tally
    _expect((tally.received, tally.missing) == (made.sheets, 0), "getting every mark back")
    return f"A pack of {count(made.sheets, 'answer')} was sealed, marked, returned and merged: every mark arrived."


def _cafe(library: Library, folder: Path, clock: Clock) -> str:
    order = planning.order_from(SHIPPED[0], 30).order
    session = planning.plan_session(library, order, clock, day=clock.today(), place="A room")
    cafe = opening.open_session(library, session.id, "The self-test", clock)
    cafe.run.start()
    cafe.run.begin_round()
    for team in ("North", "South"):
        attendance.came(cafe.attendance, _OF_A_TEAM, team=team, role="Social worker")
    board = cards.make_theme(cafe.cards, CardKind.WORRY, "Forms")
    theme = board.themes[-1].id
    for _ in range(_OF_A_TEAM):
        cards.next_person(cafe.cards)
        board = cards.write(cafe.cards, CardKind.WORRY, "Forms take too long")
        cards.group(cafe.cards, board.cards[-1].id, theme)
    cafe.run.finish()
    release = closing.close(library, cafe, clock, same_people=False)
    opening.leave(library, cafe)
    _expect(any(table.rows for table in release.tables), "closing a café session")
    summary, record = folder / "leaders.pdf", folder / "psw.html"
    papers.write_leaders(library, [session.id], summary, _SETTINGS, clock)
    papers.write_psw(library, session.id, record, _SETTINGS, clock)
    _expect("Forms" in " ".join(reports.page_words(summary.read_bytes())), "writing the summary of a café session")
    return (
        f"A café session with {count(2 * _OF_A_TEAM, 'person', 'people')} was held and closed, and its papers written."
    )


def _back_up(library: Library, place: Location) -> str:
    made = back_up_now(library)
    _expect(made in backups(place), "making a backup")
    return "A backup was made, and it is sound."


def _expect(works: bool, part: str) -> None:
    if not works:
        raise UserError(f"The self-test failed: {part} did not work.", "Install the program again.")


if __name__ == "__main__":
    for name, sentence in main_job(Path(sys.argv[1]), system_clock()):
        print(json.dumps({"part": name, "sentence": sentence}), flush=True)  # noqa: T201 - it is read by the caller
