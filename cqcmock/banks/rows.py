"""A table with one question in each row becomes questions, every mistake with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from cqcmock.banks import checking
from cqcmock.banks.cells import LONGEST_CELL, slug_of, split_list, unguarded, unique
from cqcmock.banks.checking import Report, Words, did_you_mean, listed
from cqcmock.banks.columns import HEADER_WITHIN, POINT_COLUMNS, Layout, is_header, read_header
from cqcmock.banks.exchange import MOST_QUESTIONS, Draft, Entry
from cqcmock.banks.names import FrameworkNames, folded, ids_of
from cqcmock.banks.question_checks import check_braces, check_point, check_question, note_no_statement
from cqcmock.domain.questions import LIGHTEST, Cue, CueProbe, Kind, Point, Source

Refused = Mapping[int, tuple[str, str]]
"""Cells that cannot be used, by index: what was expected and what was found, in words."""

Row = tuple[int, list[str], Refused]
"""The number of a row as a spreadsheet shows it, its cells as text, and those of them that cannot be used."""

USUAL_TIMES = (15, 120, 180)
"""Seconds to prepare, for a good answer, and until it is too long."""

_LONGEST_NUMBER = 9
_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}
_CUES: dict[str, Cue] = {folded(cue.value): cue for cue in Cue}
_LETTER_OR_DIGIT = re.compile(r"[^\W_]").search
_MOST_CUES = 1_000
_SEPARATORS = re.compile("[;,\n]")
_SOURCES: dict[str, Source] = {source.value: source for source in Source}


def read_rows(rows: Iterable[Row], draft: Draft, names: FrameworkNames) -> None:
    """Put the questions of a table into the draft. The header may stand below a title."""
    lines = iter(rows)
    header = find_header(
        lines, draft, is_header, table="a table of questions", example="“Question” and “Quality statements”"
    )
    if header is None:
        return
    layout = read_header(header[1], header[0], draft.report)
    reader = _RowReader(layout, draft.report, names)
    draft.id_field = layout.shown["id"]
    for number, cells, refused in lines:
        if not any(cells) and not refused:
            continue
        if len(draft.entries) == MOST_QUESTIONS:
            draft.report.add(f"row {number}", "", f"at most {MOST_QUESTIONS:,} questions in a file", Words("more"))
            return
        if draft.full(f"row {number}"):
            return
        entry = reader.read(f"row {number}", cells, refused)
        if entry is not None:
            draft.entries.append(entry)
    if not draft.entries:
        draft.report.add("", "", "at least one question below the header", checking.NOTHING)


def find_header(
    lines: Iterator[Row], draft: Draft, is_header: Callable[[Sequence[str]], bool], *, table: str, example: str
) -> tuple[str, list[str]] | None:
    """Go on to the header: where it is, and its cells; None, with the reason noted, where there is none to be used.

    `table` says what was expected, `example` what a header may hold.
    """
    above: list[Row] = []
    for number, cells, refused in islice(lines, HEADER_WITHIN):
        if is_header(cells):
            where = f"row {number}"
            for index, (expected, found) in refused.items():
                draft.report.add(where, f"column {index + 1}", expected, Words(found))
            if refused:
                return None
            if above:
                draft.notes.append(f"What stands above the header in row {number} was not read.")
            return where, cells
        if any(cells):
            above.append((number, cells, refused))
    if not above:
        draft.report.add("", "", table, Words("an empty one"))
        return None
    number, cells, _ = above[0]
    words = [cell.strip()[:30] for cell in cells if cell.strip()][:4]
    expected = f"a header with names of columns, such as {example}"
    draft.report.add(f"row {number}", "", expected, Words(ascii_safe(listed(words))))
    return None


def ascii_safe(text: str) -> str:
    """The text, its unprintable characters written out."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()


class _PointCells(NamedTuple):
    """Where the cells of one point are, and what the table calls them."""

    shown: dict[str, str]
    label: int
    phrases: int
    probe: int
    weight: int
    id: int


class _RowReader:
    """Reads row after row of one table: what is the same for all rows is looked up once."""

    def __init__(self, layout: Layout, report: Report, names: FrameworkNames) -> None:
        self._layout = layout
        self._report = report
        self._names = names
        self._width = len(layout.headers)
        self._shown = layout.shown
        self._at = {field: layout.places.get(field, self._width) for field in layout.shown}  # else the empty cell
        self._headless = [index for index, header in enumerate(layout.headers) if not header]
        empty = self._width
        self._points = [
            _PointCells(point.shown, *(point.places.get(field, empty) for field in POINT_COLUMNS))
            for point in layout.points
        ]
        self._told_of_statements = False

    def read(self, where: str, cells: list[str], refused: Refused) -> Entry | None:
        """The question of a row; None for a row of nothing but spaces."""
        report, width = self._report, self._width
        before = len(report.problems)
        cells = [cell if not cell else unguarded(cell.strip()) if cell[0] == "'" else cell.strip() for cell in cells]
        if not any(cells) and not refused:
            return None
        if len(cells) > width:
            self._check_beyond(cells[width:], where)
            del cells[width:]
        cells.extend([""] * (width + 1 - len(cells)))
        if max(map(len, cells)) > LONGEST_CELL:
            self._check_lengths(cells, where)
        for index, (expected, found) in refused.items():
            if index < width:
                report.add(where, self._layout.headers[index] or f"column {index + 1}", expected, Words(found))
        self._check_headless(cells, where)
        told = len(report.problems)
        values = self._values(cells, where)
        check_question(values, report, where, self._shown)
        if refused:
            wrong = {self._layout.headers[index] for index in refused if index < width}
            report.problems[told:] = [problem for problem in report.problems[told:] if problem.field not in wrong]
        return Entry(where=where, values=values, sound=len(report.problems) == before)

    def _check_beyond(self, cells: Sequence[str], where: str) -> None:
        found = next((cell for cell in cells if cell), None)
        if found is not None:
            expected = "no more cells than the header has (a text with a comma stands in quotation marks)"
            self._report.add(where, f"column {self._width + 1}", expected, found)

    def _check_lengths(self, cells: list[str], where: str) -> None:
        for index, cell in enumerate(cells):
            if len(cell) > LONGEST_CELL:
                field = self._layout.headers[index] or f"column {index + 1}"
                self._report.add(where, field, f"at most {LONGEST_CELL:,} characters in a cell", cell)

    def _check_headless(self, cells: Sequence[str], where: str) -> None:
        for index in self._headless:
            if cells[index]:
                self._report.add(where, f"column {index + 1}", "a name at the top of the column", cells[index])

    def _values(self, cells: list[str], where: str) -> dict[str, Any]:
        at = self._at
        text = cells[at["text"]]
        if not text:
            self._report.add(where, self._shown["text"], "the text of the question", checking.NOTHING)
        values: dict[str, Any] = {"text": text, "source_note": cells[at["source_note"]]}
        if name := cells[at["id"]]:
            values["id"] = name
        kind = cells[at["kind"]]
        values["kind"] = (_KINDS.get(kind) or self._word(kind, _KINDS, where, "kind")) if kind else Kind.QUESTION
        source = cells[at["source"]]
        values["source"] = (
            (_SOURCES.get(source) or self._word(source, _SOURCES, where, "source")) if source else Source.COUNCIL
        )
        self._put_times(cells, where, values)
        self._put_names(cells, where, values)
        for field in ("communities", "strong"):
            cell = cells[at[field]]
            values[field] = split_list(cell) if cell else ()
        values["points"] = self._read_points(cells, where)
        values["probes"] = self._read_probes(cells, where)
        return values

    def _read_probes(self, cells: list[str], where: str) -> tuple[CueProbe, ...]:
        probes: list[CueProbe] = []
        for cue, index in self._layout.probes:
            if cells[index]:
                texts = split_list(cells[index])
                check_braces("probe", texts, self._report, where, {"probe": self._layout.headers[index]})
                probes += [CueProbe(cue=cue, text=text) for text in texts]
        order = cells[self._at["probe_order"]]
        return tuple(self._ordered(probes, order, where) if order else probes)

    def _ordered(self, probes: list[CueProbe], order: str, where: str) -> list[CueProbe]:
        left = list(probes)
        ordered: list[CueProbe] = []
        for word in _SEPARATORS.split(order)[:_MOST_CUES]:
            wanted = _CUES.get(folded(word))
            if wanted is None and word.strip():
                expected = f"cues ({listed(list(Cue))}) in the order in which they are looked for"
                self._report.add(where, self._shown["probe_order"], expected, word.strip())
            following = next((probe for probe in left if probe.cue is wanted), None)
            if following:
                left.remove(following)
                ordered.append(following)
        return ordered + left

    def _put_times(self, cells: list[str], where: str, values: dict[str, Any]) -> None:
        prepare, target, limit = (
            self._number(cells[self._at[field]], where, self._shown[field])
            for field in ("prepare_seconds", "target_seconds", "limit_seconds")
        )
        put_times(values, prepare, target, limit)

    def _put_names(self, cells: list[str], where: str, values: dict[str, Any]) -> None:
        names, at = self._names, self._at
        for field, known, what in (
            ("statements", names.statements, "a quality statement of the framework"),
            ("themes", names.themes, "a theme of the framework"),
            ("roles", names.roles, "a role of the framework"),
            ("avoid", names.tags, "something to avoid that the framework knows"),
        ):
            cell = cells[at[field]]
            if not cell:
                values[field] = ()
            elif cell in known:
                values[field] = (known[cell],)
            else:
                values[field] = ids_of(split_list(cell), known, self._report, where, self._shown[field], what=what)
        if not cells[at["statements"]] and values["kind"] is not Kind.CARD:
            if "statements" in self._layout.places:
                note_no_statement(self._report, where, self._shown["statements"])
            elif not self._told_of_statements:
                self._told_of_statements = True
                self._report.add(self._layout.where, "", "a column “Quality statements”", Words("none"))

    def _read_points(self, cells: list[str], where: str) -> tuple[Point, ...]:
        report = self._report
        found: list[tuple[str, tuple[str, ...], str, int]] = []
        ids: list[str] = []
        suspect = any("{" in cell or "}" in cell for cell in cells)
        for shown, label_at, phrases_at, probe_at, weight_at, id_at in self._points:
            label, probe, name = cells[label_at], cells[probe_at], cells[id_at]
            if not (label or probe or name or cells[phrases_at] or cells[weight_at]):
                continue
            phrases = split_list(cells[phrases_at])
            given = self._number(cells[weight_at], where, shown["weight"])
            weight = LIGHTEST if given is None else given
            if not label:
                report.add(where, shown["label"], "a short name for what is listened for", checking.NOTHING)
            if not probe:
                expected = "the question that is asked when this was not heard"
                report.add(where, shown["probe"], expected, checking.NOTHING)
            if suspect or name or weight != LIGHTEST or not (phrases and all(map(_LETTER_OR_DIGIT, phrases))):
                values: dict[str, Any] = {"label": label, "phrases": phrases, "probe": probe, "weight": weight}
                check_point(values | {"id": name} if name else values, report, where, shown)
            found.append((label, phrases, probe, weight))
            ids.append(name)
        self._check_ids(ids, cells, where)
        return tuple(
            [
                Point(id=name, label=label, phrases=phrases, probe=probe, weight=weight)
                for name, (label, phrases, probe, weight) in zip(
                    point_ids([label for label, *_ in found], ids), found, strict=True
                )
            ]
        )

    def _check_ids(self, ids: Sequence[str], cells: Sequence[str], where: str) -> None:
        given = [name for name in ids if name]
        if len(set(given)) < len(given):
            twice = next(name for name in given if given.count(name) > 1)
            field = next(point.shown["id"] for point in self._points if cells[point.id] == twice)
            self._report.add(where, field, "an id that no other point has", Words(f"{checking.describe(twice)} twice"))

    def _number(self, cell: str, where: str, field: str) -> int | None:
        if not cell:
            return None
        if cell.isdecimal() and len(cell) <= _LONGEST_NUMBER:
            return int(cell)
        self._report.add(where, field, "a whole number", cell)
        return None

    def _word(self, cell: str, known: Mapping[str, Any], where: str, field: str) -> Any:
        meant = known.get(folded(cell))
        if meant is None:
            expected = f"one of {listed(known)}{did_you_mean(cell, known)}"
            self._report.add(where, self._shown[field], expected, cell)
        return meant


def put_times(values: dict[str, Any], prepare: int | None, target: int | None, limit: int | None) -> None:
    """Put the times of a question among its values; the usual ones where none are given, and fitting the others."""
    usual_prepare, usual_target, usual_limit = USUAL_TIMES
    if target is None:
        target = usual_target if limit is None else min(usual_target, limit)
    if limit is None:
        limit = max(usual_limit, target + usual_limit - usual_target)
    values["prepare_seconds"] = usual_prepare if prepare is None else prepare
    values["target_seconds"] = target
    values["limit_seconds"] = limit


def point_ids(labels: Sequence[str], given: Sequence[str]) -> list[str]:
    """An id for each point of a question: the given one, or one made of its label."""
    taken = {name: 1 for name in given if name}
    return [
        name or unique(slug_of(label, f"point-{position}"), taken)
        for position, (label, name) in enumerate(zip(labels, given, strict=True), start=1)
    ]


def name_questions(entries: Sequence[Entry], report: Report, field: str) -> None:
    """Give each question without an id one that is made of its text; note an id that is given twice."""
    first: dict[str, str] = {}
    for entry in entries:
        name = entry.values.get("id")
        if name is None:
            continue
        if name in first:
            report.add(
                entry.where,
                field,
                "an id that no other question has",
                Words(f"{checking.describe(name)}, as in {first[name]}"),
            )
            entry.sound = False
        first.setdefault(name, entry.where)
    taken = dict.fromkeys(first, 1)
    for position, entry in enumerate(entries, start=1):
        if "id" not in entry.values:
            text = entry.values.get("text", "").replace("{", "").replace("}", "")
            entry.values["id"] = unique(slug_of(text, f"question-{position}"), taken)
