"""Tables to fill in: two questions as examples, and how to write one's own beside them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

from cqcmock.banks.csv_file import csv_bytes
from cqcmock.banks.exchange import BankFormat, format_named
from cqcmock.banks.names import FrameworkNames
from cqcmock.banks.table_writing import table_of
from cqcmock.banks.xlsx_file import GUIDE_SHEET
from cqcmock.banks.xlsx_writing import append, bank_rows, set_widths, workbook_of
from cqcmock.domain.questions import Bank, Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.errors import UserError

_POINTS = 6
_DAY = "Checked on"
_KINDS = {
    Kind.OPENER: "begins an interview",
    Kind.QUESTION: "any other question; the usual kind",
    Kind.CLOSING: "ends an interview",
    Kind.CARD: "a card for a drop-in café; needs no quality statement",
    Kind.FACT: "asks for a fact that people should know by heart",
}
_SOURCES = {
    Source.SEED: "known to have been asked",
    Source.FRAMEWORK: "from the framework's own words",
    Source.DERIVED: "grown from published findings",
    Source.COUNCIL: "your own; the usual source",
}
_CUES = {
    Cue.ALWAYS: "asked in any case",
    Cue.NO_NUMBER: "no number was said",
    Cue.NO_EXAMPLE: "no example was told",
    Cue.NO_VOICE: "nobody's own words were told",
    Cue.IN_PROGRESS: "something was promised without a date or an owner",
    Cue.VAGUE: "the answer stayed general",
}
_COLUMNS = (
    ("Id", "A short name in small letters and hyphens. Leave it empty: it is made of the question."),
    ("Question", "The question as it is read aloud: short, open, one thing at a time. Needed."),
    ("Kind", "See below. Empty means question."),
    ("Quality statements", "By code or by name, several divided by ; or on new lines. Needed, except for a card."),
    ("Themes", "What it is about, by id or by name; see below."),
    ("Roles", "Only where a question is not for all roles of the bank, by id or by name."),
    ("Communities", "Words by which the local story names people; the question is asked where the story names them."),
    ("Prepare (seconds)", "Time to think. Empty means 15."),
    ("Target (seconds)", "A good length for the answer. Empty means 120."),
    ("Limit (seconds)", "When it is too long. Empty means 180."),
    ("Source", "See below. Empty means council."),
    ("Source note", "What the question grew from."),
    ("What a strong answer does", "Three or four short clauses, each on its own line. Not a text to learn."),
    ("What to avoid", "What often goes wrong, in the words of the list below."),
    ("Point 1", "One thing that a listener hopes to hear, as a short name. Points 2, 3 and so on likewise, up to 40."),
    ("Point 1: phrases", "Words that people really say when they speak of it, divided by ; with four or more of them."),
    ("Point 1: probe", "The question that is asked when the point was not heard. It gives nothing away."),
    ("Point 1: weight", "1 to 3: what is asked about first. Empty means 1."),
    ("Probe: vague", "Asked when the answer stayed general; the other probe columns likewise. Several on new lines."),
)
_RULES = (
    "Fill in the sheet “Questions”, a row for each question. Write over the two examples, or delete their rows.",
    "Say on the sheet “Bank” what the bank is called and for which roles it is. Raise the version when you change it.",
    "“Checked on” is the day on which somebody last read the whole bank; empty means the day on which it is imported.",
    "In texts, {place} becomes the name of the place and {council} the name of the council.",
    "An entry of a list that holds a ; itself stands in quotation marks.",
    "Write texts, not formulas, and do not merge cells.",
)


def template(path_or_format: Path | BankFormat | str, names: FrameworkNames) -> bytes:
    """A table with examples to fill in, as a file. Raises UserError for a format that is no table."""
    bank_format = format_named(path_or_format)
    bank = _example(names)
    table = table_of(bank, fewest_points=_POINTS)
    if bank_format is BankFormat.CSV:
        return csv_bytes(table)
    if bank_format is not BankFormat.XLSX:
        raise UserError(
            f"There is no template for {bank_format.in_words}.", "Ask for one as .xlsx or .csv; it can be read back."
        )
    codes = [code for code, _ in names.listing["statements"]]
    about = [(name, "" if name == _DAY else text) for name, text in bank_rows(bank)]
    workbook = workbook_of(table.headers, table.rows, about, codes)
    guide = workbook.create_sheet(GUIDE_SHEET)
    set_widths(guide, (32, 100))
    for cells in _guide(names):
        append(guide, cells, header=len(cells) == 1)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _guide(names: FrameworkNames) -> list[tuple[str, ...]]:
    """The rows of the guide; a row of one cell is a heading."""
    rows: list[tuple[str, ...]] = [("How to fill this in",)]
    rows += [(f"{number}.", rule) for number, rule in enumerate(_RULES, start=1)]
    rows += [("The columns",), *_COLUMNS]
    rows += [("Kinds",), *((kind.value, what) for kind, what in _KINDS.items())]
    rows += [("Sources",), *((source.value, what) for source, what in _SOURCES.items())]
    rows += [("Probes: when they are asked",), *((f"Probe: {cue}", what) for cue, what in _CUES.items())]
    for title, field in (("Quality statements", "statements"), ("Themes", "themes"), ("Roles", "roles")):
        rows += [(title,), *names.listing[field]]
    return [*rows, ("What to avoid",), *names.listing["tags"]]


def _example(names: FrameworkNames) -> Bank:
    roles = [role for role, _ in names.listing["roles"]]
    role = "frontline" if "frontline" in roles else roles[0]
    first = names.listing["statements"][0][0]

    def question(text: str, name: str, statement: str, themes: tuple[str, ...], avoid: str) -> Question:
        return Question(
            id=name,
            text=text,
            kind=Kind.QUESTION,
            statements=(names.statements.get(statement, first),),
            themes=tuple(theme for theme in themes if theme in names.words.themes),
            roles=(role,),
            prepare_seconds=15,
            target_seconds=90,
            limit_seconds=150,
            source=Source.COUNCIL,
            avoid=(avoid,) if avoid in names.words.tags else (),
            **_CONTENT[name],
        )

    waiting = "Tell me about somebody who had to wait for you."
    words = "What has somebody said to you that changed how you work?"
    return Bank(
        id="our-questions",
        title="Our questions",
        version=1,
        checked_on=date.min,  # left empty in the table: nobody has checked it yet
        framework=names.framework,
        roles=(role,),
        language="en-GB",
        questions=(
            question(waiting, "somebody-who-waited", "assessing needs", ("waiting",), "activity without impact"),
            question(words, "said-to-you", "learning, improvement and innovation", ("feedback",), "rambling"),
        ),
    )


_CONTENT: dict[str, dict[str, Any]] = {
    "somebody-who-waited": {
        "source_note": "our team talked about the waiting list in supervision",
        "strong": ("tells of one person", "says how they were kept safe meanwhile", "says what is different now"),
        "points": (
            Point(
                id="what-waiting-meant",
                label="What waiting meant",
                phrases=(
                    "she was waiting",
                    "he waited",
                    "weeks before anybody",
                    "nobody had rung",
                    "on their own until",
                ),
                probe="What was life like for them in those weeks?",
            ),
            Point(
                id="kept-safe-meanwhile",
                label="Kept safe meanwhile",
                phrases=(
                    "rang her every",
                    "checked in with him",
                    "if things got worse",
                    "knew who to ring",
                    "looked at again",
                ),
                probe="Who would have noticed if things had got worse?",
                weight=2,
            ),
            Point(
                id="what-is-different-now",
                label="What is different now",
                phrases=(
                    "since then we",
                    "now we ring",
                    "we changed the letter",
                    "on the same day",
                    "nobody waits without",
                ),
                probe="What happens differently for the next person?",
            ),
        ),
        "probes": (
            CueProbe(cue=Cue.NO_NUMBER, text="How long was it, roughly?"),
            CueProbe(cue=Cue.VAGUE, text="Take me through their first week."),
        ),
    },
    "said-to-you": {
        "source_note": "a carer's letter that the team still talks about",
        "strong": (
            "gives the person's own words",
            "says what changed in their practice",
            "says who else learnt from it",
        ),
        "points": (
            Point(
                id="their-words",
                label="Their words",
                phrases=("she said to me", "he told me", "her exact words", "in his own words", "the way she put it"),
                probe="What did they say, as near as you remember?",
            ),
            Point(
                id="what-changed",
                label="What changed",
                phrases=("I used to", "now I always", "I stopped", "since that day", "first thing I ask"),
                probe="What do you do differently because of it?",
            ),
            Point(
                id="who-else-heard",
                label="Who else heard",
                phrases=(
                    "brought it to supervision",
                    "told my manager",
                    "shared it with the team",
                    "at our team meeting",
                ),
                probe="Who else has heard about it?",
            ),
        ),
        "probes": (CueProbe(cue=Cue.NO_EXAMPLE, text="When did that last make a difference?"),),
    },
}
