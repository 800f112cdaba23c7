"""How a file that came back is told, before and after it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, listed, shortened
from ui.review.papers import LONGEST_ON_A_BUTTON
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.services.merging import Incoming, Outcome, PackTally
    from ui.review.reading import Seen

ABOUT = (
    "Add the files that reviewers sent you, in any order. You see first what each one holds. "
    "Nothing is kept before you press “Take these in”."
)
AFTERWARDS = "More can be taken in at any time, in any order; the same file twice does no harm."
NO_FILES = "No file has been added yet. You can also drop files on this window."
LISTED = "This file is in the list already."
READ_OUT = (
    "Read each word code out to its reviewer: theirs is on their receipt. To see one again on another day, "
    "add its file once more."
)
COMPARE = "The word code stands on the reviewer’s receipt too. If theirs is the same, this is the very file they wrote."


def reviewer_of(file: Incoming) -> str:
    """Who it is from, or its name where nothing in it can be believed."""
    return file.pack.reviewer if file.pack is not None else file.file.name


def looked_line(seen: Seen) -> Line:
    """A file that was looked at."""
    file = seen.file
    if file.why_refused:
        title = reviewer_of(seen.anew or file)
        sign = "Another key than before" if seen.anew else "Changed or damaged" if file.altered else "Refused"
        about = [" ".join(file.why_refused.split())]
        if title != file.file.name:
            about.append(file.file.name)
        return Line(key=str(file.file), title=title, sign=sign, tone=Tone.OVER, about="  ·  ".join(about))
    sign, tone = "Can be taken in", Tone.IN_HAND
    if file.known:
        sign, tone = "Merged before", Tone.QUIET
    elif file.new_key:
        sign, tone = "Can be taken in, with a key that is new here", Tone.WRAP_UP
    about = [sheets(file), f"word code: {file.code}", file.file.name]
    return Line(key=str(file.file), title=reviewer_of(file), sign=sign, tone=tone, about="  ·  ".join(about))


def sheets(file: Incoming) -> str:
    """How many answers are marked in it, of how many that were sent."""
    assert file.pack is not None
    assert file.returned is not None
    return f"{len(file.returned.sheets):,} of {count(file.pack.expected, 'sheet')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What to know about one file: `code` and `key` are words to be compared over the telephone, and `compare` and
    `ring` say how."""

    refusal: str = ""
    about: str = ""
    code: str = ""
    compare: str = ""
    key: str = ""
    ring: str = ""


def details(seen: Seen) -> Details:
    """What to know about one file."""
    file = seen.file
    if seen.anew is not None:
        return _another_key(file, seen.anew)
    if file.why_refused:
        return Details(refusal=file.why_refused, about="Nothing of this file is taken in. Others still can be.")
    name = reviewer_of(file)
    about = _sheets_of(file)
    if file.known:
        about += (
            " These very marks are in your library already, or in another file above. "
            "Taking them in again does no harm and changes nothing."
        )
    key = ring = ""
    if file.new_key:
        key = f"Six words of a key that is new here: {file.key_words}"
        ring = (
            f"{name} signed with a key of their own, for the first time. Ring {name} and ask them to read out the six "
            "words of their key. If they are the same, the file is theirs; from then on nobody else can sign for them."
        )
    return Details(about=about, code=f"Word code: {file.code}", compare=COMPARE, key=key, ring=ring)


def _another_key(file: Incoming, anew: Incoming) -> Details:
    """A reviewer who is known by a key signed with another, or with none."""
    name = reviewer_of(anew)
    if anew.key_words:
        key = f"Six words of the key on this file: {anew.key_words}"
        ring = (
            f"Somebody else may have written it, or {name} may have a new computer. Ring {name} and ask. "
            "Only if they read out these very words, believe the key."
        )
    else:
        key = f"There is no key of {name}’s own on this file."
        ring = f"Ring {name}, ask whether they sent it, and compare the word code. Only then believe it."
    return Details(refusal=file.why_refused, about=_sheets_of(anew), code=f"Word code: {file.code}", key=key, ring=ring)


def _sheets_of(file: Incoming) -> str:
    assert file.returned is not None
    why = " ".join(file.returned.why_incomplete.split())
    told = f"{reviewer_of(file)}: {sheets(file)}."
    return f"{told} They say why the others are missing: “{why}”" if why else told


def summary(files: tuple[Seen, ...]) -> str:
    """All files in a sentence."""
    good = [one for one in files if one.believed]
    new = [one for one in good if not one.file.known]
    told = (
        (len(new), "can be taken in"),
        (len(good) - len(new), "merged before"),
        (len(files) - len(good), "refused"),
    )
    parts = listed([f"{number:,} {what}" for number, what in told if number])
    return f"{count(len(files), 'file')} looked at: {parts}. Nothing has been kept yet."


def outcome_words(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """The four figures of a merge, each with what it means."""
    tally, packs = outcome.tally, len(outcome.packs)
    altered = count(outcome.altered, "file")
    return (
        ("Expected", f"{count(tally.expected, 'sheet')} in {count(packs, 'pack')} about the same rehearsals"),
        ("Received", f"{count(tally.received, 'sheet')}, saved in your library"),
        ("Missing", count(tally.missing, "sheet") if tally.missing else "none: every sheet that you sent is back"),
        ("Altered", f"{altered}, refused: changed or damaged on the way" if outcome.altered else "no file"),
    )


def pack_line(one: PackTally) -> Line:
    """What came back of a pack, and why the rest did not."""
    tally = one.tally
    sign = f"{tally.received:,} of {count(tally.expected, 'sheet')} received"
    why = " ".join(one.why_incomplete.split())
    missing = f"{tally.missing:,} missing" if tally.missing else ""
    if tally.missing and tally.received:
        missing += f": “{why}”" if why else ", no reason given"
    tone = Tone.IN_HAND if not tally.missing else Tone.WRAP_UP if tally.received else Tone.QUIET
    return Line(key=one.pack.id, title=one.pack.reviewer, sign=sign, tone=tone, about=missing)


def feedback_for(one: PackTally) -> str:
    """The button that leads to what a reviewer is told, and nobody else."""
    return f"Feedback for {shortened(one.pack.reviewer, LONGEST_ON_A_BUTTON).removesuffix('…')}…"


def taken_line(file: Incoming) -> Line:
    """What became of a file."""
    if file.why_refused:
        sign, tone, about = "Refused", Tone.OVER, " ".join(file.why_refused.split())
    else:
        sign, tone = ("Merged before", Tone.QUIET) if file.known else ("Taken in", Tone.IN_HAND)
        about = f"word code: {file.code}  ·  {sheets(file)}  ·  {file.file.name}"
    return Line(key=str(file.file), title=reviewer_of(file), sign=sign, tone=tone, about=about)


def as_text(outcome: Outcome) -> str:
    """The whole outcome, to be pasted into a message or a document."""
    lines = [f"{name}: {said}" for name, said in outcome_words(outcome)]
    rows = (*map(pack_line, outcome.packs), *map(taken_line, outcome.files))
    lines += ["  ·  ".join(part for part in (row.title, row.sign, row.about) if part) for row in rows]
    return "\n".join(lines)
