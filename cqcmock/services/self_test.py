"""Start everything once and say that it works: for an installed copy, on a library that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cqcmock.clock import Clock
from cqcmock.domain.english import count
from cqcmock.domain.framework import rate
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import banks, examples, reports, sittings
from cqcmock.services.library import open_library, sync_shipped_banks
from cqcmock.services.shipped import framework, rubric, stories
from cqcmock.settings import Settings


def self_test(folder: Path, clock: Clock) -> Iterator[str]:
    """Do the main job once; gives a sentence for each part that works. Raises UserError at the first that does not."""
    found = framework()
    _expect(rate([3] * 8 + [4], found).percent == 78, "the arithmetic of a rating")
    _expect(bool(rubric().lenses and stories()), "the rubric and the stories")
    yield f"The framework has {count(len(found.statements), 'quality statement')}."

    place = Location(folder)
    library = open_library(place)
    try:
        problems = sync_shipped_banks(library)
        _expect(not problems, f"the shipped question banks ({'; '.join(map(str, problems))})")
        shipped = banks.list_banks(library)
        yield f"{count(len(shipped), 'question bank')} with {sum(bank.questions for bank in shipped)} questions."
        _expect(bool(banks.search(library, "waiting carers")), "the search")
        sitting = examples.rehearse_example(library, Settings(), clock)
    finally:
        library.close()

    library = open_library(place)
    try:
        again = sittings.load(library, sitting.id)
    finally:
        library.close()
    _expect(again == sitting, "the keeping of a rehearsal")
    yield f"A rehearsal with {count(len(again.answered), 'answer')} was kept and read again."

    pdf = reports.feedback_pdf(again, Settings(), clock.today())
    page = reports.feedback_html(again, Settings(), clock.today())
    said = set(again.state.takes[0][0].text.split())
    _expect(said <= set(" ".join(reports.page_words(pdf)).split()), "the PDF report")
    _expect(again.plan.questions[0].question.text in page.decode(), "the web page")
    yield f"Its report has {count(len(reports.page_sizes(pdf)), 'page')}."
    yield "Everything works."


def _expect(works: bool, part: str) -> None:
    if not works:
        raise UserError(f"The self-test failed: {part} did not work.", "Install the program again.")
