"""Moodle XML: essay questions with their notes for markers and tags. Document types and entities are refused."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from cqcmock.banks import checking
from cqcmock.banks.cells import tidy, tidy_bank
from cqcmock.banks.checking import Words
from cqcmock.banks.exchange import MOST_QUESTIONS, Draft, Written
from cqcmock.banks.moodle_html import LONGEST_HTML, notes_of, read_notes, text_of_html
from cqcmock.banks.moodle_words import (
    add_question,
    category_of,
    head_lines,
    name_of,
    put_head,
    put_id,
    put_tags,
    tags_of,
    title_of,
)
from cqcmock.banks.names import FrameworkNames, ids_of
from cqcmock.banks.question_checks import check_braces, check_point
from cqcmock.banks.rows import point_ids, put_times
from cqcmock.banks.table_writing import lost_by_tidying
from cqcmock.domain.english import count
from cqcmock.domain.questions import LIGHTEST, Bank, Question

_DEEPEST = 40
_TEXTS = {
    "name/text": "name",
    "questiontext/text": "text",
    "graderinfo/text": "notes",
    "idnumber": "idnumber",
    "tags/tag/text": "tag",
    "category/text": "category",
    "category": "category",
    "info/text": "info",
}
_FORMATTED = {"questiontext": "text", "graderinfo": "notes"}
_USUAL = """\
    <generalfeedback format="html"><text></text></generalfeedback>
    <defaultgrade>1.0</defaultgrade>
    <penalty>0.0</penalty>
    <hidden>0</hidden>
    <responseformat>editor</responseformat>
    <responserequired>1</responserequired>
    <responsefieldlines>15</responsefieldlines>
    <attachments>0</attachments>
    <attachmentsrequired>0</attachmentsrequired>
    <responsetemplate format="html"><text></text></responsetemplate>
"""
_MARKUP = ("html", "moodle_auto_format")


class _RefusedXmlError(Exception):
    """Something that a file of questions has no need of, in words."""


def read_moodle_xml(data: bytes, draft: Draft, names: FrameworkNames) -> None:
    """Put the essay questions of a Moodle file into the draft; other questions are named in the notes."""
    reader = _XmlReader(draft, names)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except _RefusedXmlError as error:
        draft.report.add(f"line {parser.CurrentLineNumber}", "", "plain Moodle XML", Words(str(error)))
        return
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        draft.report.add(f"line {error.lineno}", "", "XML that can be read", Words(f"a mistake ({reason})"))
        return
    except (ValueError, LookupError):  # an encoding that Python does not know, or one of several bytes
        draft.report.add("line 1", "", "XML saved as UTF-8", Words("another encoding"))
        return
    for kind, number in reader.skipped.items():
        what = count(number, f"question of the type “{kind}”", f"questions of the type “{kind}”")
        draft.notes.append(f"Left out: {what}. Only essay questions can be rehearsed.")
    if not draft.entries and not draft.report.problems:
        draft.report.add("", "", "at least one essay question", checking.NOTHING)


class _XmlReader:
    """Gathers the texts of one question after the other while the file goes by."""

    def __init__(self, draft: Draft, names: FrameworkNames) -> None:
        self.skipped: Counter[str] = Counter()
        self._draft = draft
        self._names = names
        self._path: list[str] = []
        self._kind = ""
        self._found: list[tuple[str, str]] = []
        self._formats: dict[str, str] = {}
        self._said: list[str] = []
        self._position = 0
        self._taken: set[str] = set()
        self._full = False

    def refuse_document_type(self, *_: object) -> None:
        """A document type can name files and entities that swell; Moodle writes none."""
        raise _RefusedXmlError("a document type, which can hide other files in this one")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(self._path) >= _DEEPEST:
            raise _RefusedXmlError("elements nested too deeply")
        if not self._path and tag != "quiz":
            raise _RefusedXmlError(f"the element <{tag[:30]}> instead of <quiz>")
        self._path.append(tag)
        self._said = []
        if len(self._path) == 2:
            self._kind = attributes.get("type", "") if tag == "question" else tag
            self._found, self._formats = [], {}
        elif len(self._path) == 3 and tag in _FORMATTED:
            self._formats[_FORMATTED[tag]] = attributes.get("format", "html")

    def text(self, said: str) -> None:
        """Text inside an element."""
        self._said.append(said)

    def end(self, _: str) -> None:
        """An element ends."""
        name = _TEXTS.get("/".join(self._path[2:])) if len(self._path) > 2 else None
        if name:
            self._found.append((name, "".join(self._said)))
        self._said = []
        if len(self._path) == 2:
            self._end_of_question()
        self._path.pop()

    def _end_of_question(self) -> None:
        if self._full:
            return
        said = {name: text for name, text in reversed(self._found) if text.strip()}
        if self._kind == "category":
            self._category(said)
        elif self._kind != "essay":
            self.skipped[self._kind[:40] if self._kind.isprintable() and self._kind else "unknown"] += 1
        else:
            self._position += 1
            name = " ".join(said.get("name", "").split())
            where = f"question {self._position}" + (f" {checking.describe(name)}" if name else "")
            if len(self._draft.entries) == MOST_QUESTIONS:
                self._draft.report.add(where, "", f"at most {MOST_QUESTIONS:,} questions in a file", Words("more"))
                self._full = True
            elif self._draft.full(where):
                self._full = True
            else:
                self._question(where, name, said)

    def _category(self, said: dict[str, str]) -> None:
        head, title = self._draft.head, title_of(said.get("category", ""))
        if not head.get("category"):
            head["category"] = title
            head["title"] = title
            pairs = [line.partition(":")[::2] for line in said.get("info", "").split("\n")]
            put_head(((name, text) for name, text in pairs), head, self._draft.report)
        elif title != head["category"]:
            self._draft.notes.append(f"The category {checking.describe(title)} was not made a bank of its own.")

    def _question(self, where: str, name: str, said: dict[str, str]) -> None:
        report = self._draft.report
        before = len(report.problems)
        for field in ("text", "notes"):
            if len(said.get(field, "")) > LONGEST_HTML:
                report.add(where, field, f"at most {LONGEST_HTML:,} characters", Words("more"))
                said[field] = ""
        values = read_notes(said.get("notes", ""))
        values["text"] = self._plain(said.get("text", ""), self._formats.get("text", "html"))
        put_id(values, said.get("idnumber", ""), name, self._taken)
        tags = [" ".join(text.split()) for kind, text in self._found if kind == "tag" and text.strip()]
        avoid = values["avoid"]
        put_tags(tags, values, self._names, self._draft, where)
        what = "something to avoid that the framework knows"
        values["avoid"] += ids_of(avoid, self._names.tags, report, where, "graderinfo", what=what)
        times = [self._number(values.get(f"{of}_seconds", ""), where, of) for of in ("prepare", "target", "limit")]
        put_times(values, *times)
        self._points(values["points"], where)
        for probe in values["probes"]:
            check_braces("graderinfo", (probe["text"],), report, where, {})
        add_question(self._draft, where, values, before)

    def _plain(self, text: str, kind: str) -> str:
        return text_of_html(text) if kind in _MARKUP else tidy(text)

    def _points(self, points: list[dict[str, Any]], where: str) -> None:
        report = self._draft.report
        for position, point in enumerate(points, start=1):
            inside = f"{where}, point {position}"
            for field, what in (("label", "a short name for what is listened for"), ("probe", "a follow-up question")):
                if not point[field]:
                    report.add(inside, field, what, checking.NOTHING)
            weight = self._number(point["weight"], inside, "weight")
            point["weight"] = LIGHTEST if weight is None else weight
            checked = point if point["id"] else {key: value for key, value in point.items() if key != "id"}
            check_point(checked, report, inside, {"phrases": "phrases"})
        given = [point["id"] for point in points]
        checking.check_unique([name or None for name in given], report, kind="point", where=where)
        for point, name in zip(points, point_ids([point["label"] for point in points], given), strict=True):
            point["id"] = name

    def _number(self, text: str, where: str, field: str) -> int | None:
        if not text:
            return None
        if text.isdecimal() and len(text) < 10:
            return int(text)
        self._draft.report.add(where, field, "a whole number", text)
        return None


def write_moodle_xml(bank: Bank) -> Written:
    """The bank as Moodle XML: a category with an essay question for each question."""
    tidied = tidy_bank(bank)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n  <question type="category">\n']
    parts.append(f"    <category><text>{escape(category_of(tidied.title))}</text></category>\n")
    info = escape("\n".join(head_lines(tidied)))
    parts.append(f'    <info format="plain_text"><text>{info}</text></info>\n    <idnumber></idnumber>\n')
    parts.append("  </question>\n")
    parts += [_question(question) for question in tidied.questions]
    parts.append("</quiz>\n")
    return Written(data="".join(parts).encode(), lost=lost_by_tidying(bank, tidied))


def _question(question: Question) -> str:
    tags = "".join(f"<tag><text>{escape(tag)}</text></tag>" for tag in tags_of(question))
    return (
        '  <question type="essay">\n'
        f"    <name><text>{escape(name_of(question))}</text></name>\n"
        f'    <questiontext format="plain_text"><text>{escape(question.text)}</text></questiontext>\n'
        f"    <idnumber>{escape(question.id)}</idnumber>\n"
        f'    <graderinfo format="html"><text>{escape(notes_of(question))}</text></graderinfo>\n'
        f"{_USUAL}    <tags>{tags}</tags>\n  </question>\n"
    )
