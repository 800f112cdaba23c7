"""What of a pack can be put on paper or saved as a page, for the person who sent it and for the one who marks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.english import shortened
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.audit import Head
    from cqcmock.services.merging import PackTally
    from cqcmock.services.pack_papers import PaperPack
    from cqcmock.services.reviewing import Receipt

Render = Callable[[str, bool], bytes]
"""Makes the file for an ending such as `.pdf`, in large print or not; runs beside the window."""

LONGEST_ON_A_BUTTON = 24
"""Characters of a name: the words on a button do not wrap."""

_LONGEST_NAME = 60
_SHEETS = "The file of mark sheets"
_KEEP_SAFE = "People’s words are in it: keep it safe."
_DESTROY = "People’s words are in it: keep it safe, and destroy it when the marks are in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One thing that can be printed. `what` is its name in a sentence, `file_name` has no ending.

    `read` runs in the database lane and may raise UserError; `told` does too, with the file that was written or
    printed, for the audit trail. `afterwards` is then said to the person.
    """

    label: str
    meaning: str
    what: str
    file_name: str
    read: Callable[[], Render]
    large_too: bool = False
    afterwards: str = ""
    told: Callable[[bytes], None] | None = None


def papers_of_sent(desk: Desk, one: PackTally, codes: Mapping[str, str] | None = None) -> tuple[Paper, ...]:
    """What the owner of a pack may want; `codes` are the word codes of files that came back just now."""
    name, pack_id = shortened(one.pack.reviewer, _LONGEST_NAME), one.pack.id
    blank = Paper(
        label="Blank mark sheets",
        meaning="To be marked with a pencil: every answer, in an order that is this reviewer’s alone.",
        what=_SHEETS,
        file_name=_file_name(f"Mark sheets for {name}"),
        read=lambda: _sheets_of_sent(desk, pack_id, filled=False),
        told=lambda content: _tell_of_sent(desk, pack_id, content),
        large_too=True,
        afterwards=_KEEP_SAFE,
    )
    if not one.tally.received:
        return (blank,)
    filled = Paper(
        label="Mark sheets, as they came back",
        meaning="What the reviewer marked and wrote. It waits until the own marks of the rehearsal are handed in.",
        what=_SHEETS,
        file_name=_file_name(f"Mark sheets of {name}, filled in"),
        read=lambda: _sheets_of_sent(desk, pack_id, filled=True),
        told=lambda content: _tell_of_sent(desk, pack_id, content),
        large_too=True,
        afterwards=_KEEP_SAFE,
    )
    return (blank, filled, feedback_paper(desk, one, codes))


def feedback_paper(desk: Desk, one: PackTally, codes: Mapping[str, str] | None = None) -> Paper:
    """What the reviewer of a pack is told, and nobody else: it is never shown in this window."""
    name, pack_id, settings = shortened(one.pack.reviewer, _LONGEST_NAME), one.pack.id, desk.settings

    def read() -> Render:
        from cqcmock.services import audit, pack_papers

        given = pack_papers.feedback_of(desk.library, pack_id, settings, codes)
        trail = audit.head(desk.library)
        return lambda ending, _large: pack_papers.feedback_bytes(given, ending, settings, desk.clock, trail=trail)

    def tell(content: bytes) -> None:
        from cqcmock.services import audit, pack_papers

        paper = pack_papers.REVIEWERS_FEEDBACK
        audit.tell_report(desk.library, desk.clock, audit.Kind.PACK, pack_id, paper, content)

    return Paper(
        label=f"Feedback for {shortened(one.pack.reviewer, LONGEST_ON_A_BUTTON)}",
        meaning=(
            "For the reviewer alone: the receipt of what came back, and how their marks compare with those of others. "
            "It is shown nowhere else."
        ),
        what="The feedback",
        file_name=_file_name(f"Feedback for {name}"),
        read=read,
        told=tell,
        afterwards=f"It is for {name} alone: give it to them, and keep no copy.",
    )


def papers_to_mark(desk: Desk, pack_id: str, *, returned: bool) -> tuple[Paper, ...]:
    """What the reviewer of a pack may want; the receipt once something was `returned`."""
    blank = Paper(
        label="Blank mark sheets",
        meaning=(
            "To mark with a pencil: every answer, in the order in which you mark. Marks count once you have copied "
            "them into the program and returned them."
        ),
        what=_SHEETS,
        file_name="Mark sheets",
        read=lambda: _sheets_to_mark(desk, pack_id, filled=False),
        told=lambda content: _tell_to_mark(desk, pack_id, content),
        large_too=True,
        afterwards=_DESTROY,
    )
    so_far = Paper(
        label="Mark sheets, as marked so far",
        meaning="Every answer with what you have marked and written.",
        what=_SHEETS,
        file_name="Mark sheets, filled in",
        read=lambda: _sheets_to_mark(desk, pack_id, filled=True),
        told=lambda content: _tell_to_mark(desk, pack_id, content),
        large_too=True,
        afterwards=_DESTROY,
    )
    return (blank, so_far, receipt_paper(desk, pack_id)) if returned else (blank, so_far)


def receipt_paper(desk: Desk, pack_id: str, receipt: Receipt | None = None) -> Paper:
    """The receipt of a return, or of the latest one."""
    settings = desk.settings

    def read() -> Render:
        from cqcmock.services import audit, pack_papers, reviewing

        with reviewing.workspace(desk.place, pack_id) as workspace:
            given, trail = pack_papers.returned_marks(workspace, receipt), audit.head(workspace.library)
        return lambda ending, _large: pack_papers.receipt_bytes(given, ending, settings, desk.clock, trail=trail)

    return Paper(
        label="The receipt",
        meaning="What you returned, and the word code of the file in large letters. None of your marks stand on it.",
        what="The receipt",
        file_name="Receipt for returned marks",
        read=read,
        told=lambda content: _tell_to_mark(desk, pack_id, content, receipt=True),
    )


def _sheets_of_sent(desk: Desk, pack_id: str, *, filled: bool) -> Render:
    from cqcmock.services import audit, pack_papers

    paper = pack_papers.paper_of_sent(desk.library, pack_id, filled=filled)
    return _mark_sheets(desk, paper, audit.head(desk.library))


def _sheets_to_mark(desk: Desk, pack_id: str, *, filled: bool) -> Render:
    from cqcmock.services import audit, pack_papers, reviewing

    with reviewing.workspace(desk.place, pack_id) as workspace:
        paper = pack_papers.paper_of_workspace(workspace, filled=filled)
        return _mark_sheets(desk, paper, audit.head(workspace.library))


def _mark_sheets(desk: Desk, paper: PaperPack, trail: Head) -> Render:
    from cqcmock.services.pack_papers import mark_sheets_bytes

    settings = desk.settings
    return lambda ending, large: mark_sheets_bytes(paper, ending, settings, desk.clock, large=large, trail=trail)


def _tell_of_sent(desk: Desk, pack_id: str, content: bytes) -> None:
    from cqcmock.services import audit, pack_papers

    audit.tell_report(desk.library, desk.clock, audit.Kind.PACK, pack_id, pack_papers.MARK_SHEETS, content)


def _tell_to_mark(desk: Desk, pack_id: str, content: bytes, *, receipt: bool = False) -> None:
    from cqcmock.services import audit, pack_papers, reviewing

    paper = pack_papers.RECEIPT if receipt else pack_papers.MARK_SHEETS
    with reviewing.workspace(desk.place, pack_id) as workspace:
        audit.tell_report(workspace.library, desk.clock, audit.Kind.OPENED_PACK, pack_id, paper, content)


def _file_name(text: str) -> str:
    """The words as a file may be called on every system."""
    return "".join("-" if sign in '/\\:*?"<>|' or ord(sign) < ord(" ") else sign for sign in text).strip(". ")
