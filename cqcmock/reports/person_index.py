"""The first page of a person's own export: what is in the folder, in plain words, with links to the files beside it.

It is made from the same data as `data.json` (the keys are listed there), so that neither says what the other does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cqcmock.domain import english
from cqcmock.domain.reflection import PROMPTS
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Line,
    Look,
    Paragraph,
    Quote,
    Run,
    Table,
    fits_a_cell,
    named,
    plain,
)

DATA = "data.json"
NOT_LOCKED = "This folder is not locked"
OPINION = "What follows is the opinion of the reviewer named, about answers of this person."
LEFT_OUT = (
    "Answers, marks and cards of other people, also where they stand in the same rehearsal, pack or café.",
    "Secret keys: only the public half of a reviewer’s key is here.",
    "Backups, reports and packs that somebody saved outside the program: the program does not know where they are.",
)
_LONGEST_IN_CELL = 300

Data = Mapping[str, Any]


def index_document(data: Data, *, classification: str, retention: str, made_on: date) -> Document:
    """The page for one export: `data` is what stands in data.json."""
    return Document(
        title=f"Everything about {data['person']}",
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=tuple(_blocks(data)),
    )


def _blocks(data: Data) -> Iterator[Block]:
    yield Callout(
        title=NOT_LOCKED,
        lines=(
            plain("Whoever can open it can read everything in it."),
            plain("Keep it where only the right people can, hand it over safely, and delete it when it has been used."),
        ),
    )
    yield Facts(
        pairs=(
            ("Name", data["person"]),
            ("Written as", english.listed_in_quotes(data["spellings"]) or "nowhere in the library"),
            ("Made", _when(data["made_at"])),
            ("Rehearsals", str(len(data["rehearsals"]))),
            ("Marks they gave in packs", str(_marks_given(data))),
        )
    )
    yield Paragraph(
        line=(
            Run("Everything is also in "),
            Run(DATA, Look.PLAIN, DATA),
            Run(", for a program to read; the file says what each of its keys holds."),
        )
    )
    yield from _rehearsals(data["rehearsals"])
    yield from _packs_sent(data["packs_sent"])
    yield from _marks(data)
    yield from _things_to_do(data)
    yield from _the_rest(data)
    yield Heading(level=2, text="What is not here")
    yield BulletList(items=tuple(map(plain, LEFT_OUT)))
    if data["mentioned"]:
        yield Paragraph(line=plain("Other people’s words mention this name. They are not in this folder:"))
        counts = data["mentioned"].items()
        yield BulletList(items=tuple(plain(f"{what}: {number}") for what, number in counts))


def _rehearsals(found: Sequence[Data]) -> Iterator[Block]:
    yield Heading(level=2, text="Rehearsals")
    if not found:
        yield Paragraph(line=plain("There are none under this name."))
    for one in found:
        yield Heading(level=3, text=one["title"])
        yield Facts(
            pairs=(
                ("Begun", _when(one["started_at"])),
                ("Role", one["role"]),
                ("Place", one["place"] or "none given"),
                ("Answers", str(sum(bool(question["takes"]) for question in one["questions"]))),
                *(
                    (("Deleted", f"{_when(one['deleted_at'])}; it can still be taken back"),)
                    if one["deleted_at"]
                    else ()
                ),
            )
        )
        if one["files"]:
            yield Paragraph(line=_links(one["files"]))
        yield from _reflection(one)
        for peer in one["marks_by_others"]:
            yield Heading(level=4, text=f"What {peer['by']} made of it")
            yield Paragraph(line=plain(OPINION))
            yield BulletList(items=tuple(_given(peer, one["lenses"])) or (plain("No marks have come back yet."),))


def _links(files: Sequence[str]) -> Line:
    called = {"pdf": "Feedback as a PDF", "html": "Feedback as a web page"}
    runs: list[Run] = []
    for file in files:
        runs += [Run(" · "), Run(f"{called[file.rpartition('.')[2]]} ({file})", Look.PLAIN, file)]
    return tuple(runs[1:])


def _reflection(one: Data) -> Iterator[Block]:
    written = [(prompt, one["reflection"][key]) for key, prompt in PROMPTS.items() if one["reflection"][key].strip()]
    if written:
        yield Heading(level=4, text="Reflection")
        for prompt, words in written:
            yield Paragraph(line=(Run(prompt, Look.STRONG),))
            yield Quote(lines=tuple(plain(line) for line in words.splitlines() if line.strip()))
    if one["actions"]:
        yield Heading(level=4, text="Actions")
        yield BulletList(items=tuple(_action(action) for action in one["actions"]))


def _action(action: Data) -> Line:
    parts = [action["what"]]
    parts += [f"owner {action['owner']}"] if action["owner"] else []
    parts += [f"due {_day(action['due'])}"] if action["due"] else []
    parts += [f"done {_day(action['done'])}"] if action["done"] else []
    return plain("; ".join(parts))


def _given(peer: Data, lenses: Data) -> Iterator[Line]:
    for marks in peer["marks"]:
        comments = [marks["comment"], *(one["comment"] for one in marks["comments_on_words"])]
        yield named(f"Question {marks['question']}", _levels_and_words(marks, comments, lenses))
    if peer["impression"]:
        yield named("As a whole", _levels_and_words(peer["impression"], [peer["impression"]["comment"]], lenses))


def _levels_and_words(marks: Data, comments: Sequence[str], lenses: Data) -> str:
    levels = [f"{name} {marks['levels'][lens]}" for lens, name in lenses.items() if lens in marks.get("levels", {})]
    levels += [f"overall {marks['overall']}"] if marks["overall"] is not None else []
    words = [f"“{' '.join(comment.split())}”" for comment in comments if comment.strip()]
    return ". ".join((*(["; ".join(levels)] if levels else []), *words)) or "nothing given"


def _packs_sent(packs: Sequence[Data]) -> Iterator[Block]:
    if packs:
        yield Heading(level=2, text="To whom answers were sent")
        yield _table(
            "Packs with answers of this person",
            ("To", "Made", "Answers of theirs", "Came back, of all"),
            [(one["to"], _when(one["made_at"]), str(len(one["answers"])), _of(one)) for one in packs],
        )


def _of(pack: Data) -> str:
    return f"{pack['received']} of {pack['expected']}"


def _marks(data: Data) -> Iterator[Block]:
    packs = data["packs_reviewed"]
    if packs or data["packs_open_here"] or data["sheets_marked"]:
        yield Heading(level=2, text="Marks that they gave")
        yield Paragraph(line=plain("The answers that were marked are other people’s, and are not in this folder."))
    for one in packs:
        yield Heading(level=3, text=f"A pack made on {_when(one['made_at'])}: {_of(one)} came back")
        items = [
            named(f"Candidate {marks['candidate']}, question {marks['question']}", _own_marks(marks, one["lenses"]))
            for returned in one["returns"]
            for marks in returned["marks"]
        ]
        if items:
            yield BulletList(items=tuple(items))
    for one in data["packs_open_here"]:
        yield Heading(level=3, text=f"A pack on this computer: {one['file_name']}")
        items = [
            named(f"Candidate {marks['candidate']}, question {marks['question']}", _own_marks(marks, one["lenses"]))
            for marks in one["marks"]
        ]
        words = "They are marking it here." if one["they_mark_it"] else "It names them; somebody else marks it."
        yield Paragraph(line=plain(words))
        if items:
            yield BulletList(items=tuple(items))


def _own_marks(marks: Data, lenses: Data) -> str:
    return _levels_and_words(marks, [marks["comment"], *marks["comments_on_words"]], lenses)


def _marks_given(data: Data) -> int:
    returned = sum(len(one["marks"]) for pack in data["packs_reviewed"] for one in pack["returns"])
    return returned + sum(len(pack["marks"]) for pack in data["packs_open_here"])


def _things_to_do(data: Data) -> Iterator[Block]:
    actions, said = data["actions_owned"], data["you_said_we_did"]
    if actions or said:
        yield Heading(level=2, text="What they were asked to do")
    if actions:
        yield Paragraph(line=plain("Actions from rehearsals of others:"))
        yield BulletList(items=tuple(_action(action) for action in actions))
    if said:
        yield Paragraph(line=plain("About what people said in cafés:"))
        items = (plain("; ".join(_said(one))) for one in said)
        yield BulletList(items=tuple(items))


def _said(one: Data) -> Iterator[str]:
    yield one["did"] or "nothing written yet"
    if one["due"]:
        yield f"due {_day(one['due'])}"
    if one["done_on"]:
        yield f"done {_day(one['done_on'])}"


def _the_rest(data: Data) -> Iterator[Block]:
    items = [
        named("Signed as a reviewer", f"first on {_when(key['since'])}, with the key “{key['words']}”")
        for key in data["reviewer_keys"]
    ]
    if data["own_key"]:
        items.append(named("The reviewer’s key on this computer", data["own_key"]["words"]))
    items += [named("Owner of a fact", f"{fact['label']} ({fact['story']})") for fact in data["facts_owned"]]
    items += [named("Has a café session open", f"since {_when(cafe['since'])}") for cafe in data["cafe_sessions_open"]]
    if data["settings"]:
        settings = data["settings"]
        choices = f"role {settings['role']}, text at {settings['text_percent']} %, time × {settings['stretch']:g}"
        items.append(named("Settings on this computer", choices))
    if data["audit"]:
        told = english.count(len(data["audit"]), "entry", "entries")
        items.append(named("Audit trail", f"{told} about these things"))
    if items:
        yield Heading(level=2, text="What else names them")
        yield BulletList(items=tuple(items))


def _table(caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    cells = tuple(tuple(_cell(text) for text in row) for row in rows)
    return Table(caption=caption, header=header, rows=cells, shares=(4, 3, 2, 2))


def _cell(text: str) -> str:
    return text if fits_a_cell(text) else english.shortened(text, _LONGEST_IN_CELL)


def _when(written: str) -> str:
    return english.day(datetime.fromisoformat(written).date())


def _day(written: str) -> str:
    return english.day(date.fromisoformat(written))
