"""What is said when a pack is returned: how far it is, what goes back, and what to do with the file."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, day, listed, shortened
from cqcmock.domain.review import SheetState
from ui.review.shelf_words import at_time
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cqcmock.errors import UserError
    from cqcmock.services.reviewing import Receipt
    from ui.review.return_reading import SheetToReturn, ToReturn

RETURNED_MARKS = "Returned marks (*.cqcreturn)"
ENDING = ".cqcreturn"
FIRST_WORDS, LONGEST_NAME = 4, 60
MOST_NAMED = 6
LONGEST_QUESTION = 300
BETWEEN = "  ·  "
"""Between how much of a sheet is marked and its question, in the line about it."""

SIGN = "Sign with my own key too"
SIGN_WHY = (
    "Only if the council asks for it. The first time it keeps your key; from then on it believes only returns that "
    "are signed with it. So it stays ticked, in every pack from this council."
)
WHY_TITLE = "Why are they missing?"
WHY_HELP = "Needed to return the pack as it is. The council reads it beside the count; a sentence is enough."
WRITTEN = "The file is written. Now send it."
READ_OUT = "Read these four words out to the council over the phone:"
SAME_WORDS = (
    "They see the same words when they take the file in. If theirs are different, it is not the same file: "
    "send yours again."
)
LATEST_COUNTS = (
    "The pack stays on this computer until you forget it here. You can change marks and return it again later: for "
    "each sheet the latest counts."
)

TONES = {SheetState.UNTOUCHED: Tone.QUIET, SheetState.DRAFT: Tone.WRAP_UP, SheetState.SUBMITTED: Tone.IN_HAND}


def about(pack: ToReturn) -> str:
    """Whose pack this is, and when it is wanted back."""
    parts = [
        f"from {shortened(pack.made_by, 120)}" if pack.made_by else "",
        f"for {shortened(pack.reviewer, 120)}",
        f"wanted back by {day(pack.deadline)}" if pack.deadline else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def how_far(pack: ToReturn) -> str:
    """What goes back, and what does not."""
    missing, number = pack.missing, len(pack.sheets)
    done = number - len(missing)
    if not missing:
        return f"{_all(number)} submitted and will go back. Enter goes to a sheet, should you want to change it."
    sent = f"{done:,} of {count(number, 'sheet is', 'sheets are')} submitted." if done else "No sheet is submitted yet."
    first = "the one that is missing stands" if len(missing) == 1 else f"the {len(missing):,} that are missing stand"
    return f"{sent} In the list {first} first; Enter goes to a sheet."


def missing_pill(pack: ToReturn) -> tuple[str, Tone]:
    """The state of the whole pack as one status word."""
    number = len(pack.missing)
    return (f"{number:,} missing", Tone.WRAP_UP) if number else ("Complete", Tone.IN_HAND)


def sheet_lines(pack: ToReturn) -> list[Line]:
    """Every sheet as a line: what is missing first, then what is submitted, each in the order of marking."""
    submitted = [sheet for sheet in pack.sheets if sheet.state is SheetState.SUBMITTED]
    return [sheet_line(sheet) for sheet in (*pack.missing, *submitted)]


def sheet_line(sheet: SheetToReturn) -> Line:
    """One sheet."""
    marked = f"{sheet.levels} of {count(sheet.lenses, 'lens', 'lenses')} marked{BETWEEN}"
    question = shortened(" ".join(sheet.text.split()), LONGEST_QUESTION)
    return Line(
        key=sheet.id,
        title=sheet_name(sheet),
        sign=sheet.state.value.capitalize(),
        tone=TONES[sheet.state],
        about=f"{marked if sheet.state is SheetState.DRAFT else ''}{question}",
    )


def sheet_name(sheet: SheetToReturn) -> str:
    """What a sheet is called, by its place in the order of marking: 3. Candidate A, question 2."""
    return f"{sheet.number}. Candidate {shortened(sheet.candidate, 40)}, question {sheet.question}"


def refused(missing: Sequence[SheetToReturn]) -> str:
    """That the pack does not go back like this, with the list of what is missing."""
    named = [f"{sheet_name(sheet)} ({sheet.state})" for sheet in missing[:MOST_NAMED]]
    more = [f"and {len(missing) - MOST_NAMED:,} more"] if len(missing) > MOST_NAMED else []
    number = count(len(missing), "sheet is", "sheets are")
    them = "it is" if len(missing) == 1 else "they are"
    return "\n".join(
        (f"Not returned: {number} not submitted yet. Submit, or say above why {them} missing:", *named, *more)
    )


def unwritten(pack: ToReturn) -> str:
    """Of whom nothing is said as a whole, where that is so: it may stay so."""
    if not pack.unwritten:
        return ""
    whom = listed([shortened(code, 40) for code in pack.unwritten[:MOST_NAMED]])
    more = f" and {len(pack.unwritten) - MOST_NAMED:,} more" if len(pack.unwritten) > MOST_NAMED else ""
    candidates = "candidate" if len(pack.unwritten) == 1 else "candidates"
    return f"You have said nothing about {candidates} {whom}{more} as a whole. That may stay so."


def file_name(pack_file: str, hint: str) -> str:
    """What the returned file is called until somebody says otherwise: return-, the first words of the pack's, and the
    hint by which the council's program knows at once which pack it answers."""
    words = [re.sub(r"[^\w-]+", "", word).strip("-") for word in re.split(r"[\s_]+", PurePath(pack_file).stem)]
    words = [word for word in words if word][:FIRST_WORDS]
    return f"return-{'-'.join(words) or 'pack'}"[:LONGEST_NAME].rstrip("-") + f"-{hint}{ENDING}"


def receipt_line(receipt: Receipt) -> Line:
    """An earlier receipt."""
    sheets = f"{receipt.returned:,} of {count(receipt.expected, 'sheet')} returned"
    return Line(
        key=f"{receipt.at.isoformat()} {receipt.code}",
        title=receipt.code,
        about=f"{at_time(receipt.at)}  ·  {sheets}" + (f", {receipt.missing:,} missing" if receipt.missing else ""),
    )


def returned(receipt: Receipt) -> str:
    """That the file is written, and where."""
    assert receipt.path is not None
    return f"“{receipt.path.name}” in {receipt.path.absolute().parent}, written on {at_time(receipt.at)}."


def not_returned(error: UserError) -> str:
    """That nothing came of it, and that nothing is lost."""
    return f"Not returned yet. {error} Your marks are all safe on this computer."


def send_it(pack: ToReturn) -> str:
    """What to do with the file."""
    whom = shortened(pack.made_by, 80) if pack.made_by else "the council that sent you the pack"
    return f"Send this one file to {whom}, or hand over the stick. It is sealed: nobody else can read it."


def lost_by_forgetting(pack: ToReturn, last: Receipt | None) -> str:
    """What goes with the pack."""
    told = []
    if last is not None:
        told.append(f"You returned {last.returned:,} of {count(last.expected, 'sheet')} on {at_time(last.at)}.")
    if number := len(pack.changed):
        told.append(f"{count(number, 'sheet that', 'sheets that')} you submitted afterwards would be lost.")
    if drafts := sum(sheet.state is SheetState.DRAFT for sheet in pack.sheets):
        told.append(f"{count(drafts, 'draft')} would be lost.")
    told.append(
        "The pack and everything that you marked in it are wiped from this computer. This cannot be undone. The "
        "returned file stays where it is: wait until the council has read the same words to you."
    )
    return " ".join(told)


def _all(number: int) -> str:
    return "The one sheet is" if number == 1 else f"All {number:,} sheets are"
