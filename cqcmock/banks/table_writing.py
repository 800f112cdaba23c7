"""A bank as a table: the columns it needs, a row for each question, and what a table cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cqcmock.banks.cells import LONGEST_CELL, joined_list, tidy_bank
from cqcmock.banks.columns import POINT_COLUMNS, QUESTION_COLUMNS, point_header, probe_header
from cqcmock.banks.rows import point_ids
from cqcmock.domain.english import count
from cqcmock.domain.questions import LIGHTEST, Bank, Cue, Point, Question

_FEWEST_POINTS = 4
_LINES = ("strong",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headers and rows of text, with what was lost on the way, in plain words."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lost: tuple[str, ...]


def table_of(bank: Bank, *, fewest_points: int = _FEWEST_POINTS) -> Table:
    """The questions of a bank as a table that `read_rows` reads as the same questions, with room for so many points."""
    tidied = tidy_bank(bank)
    questions = tidied.questions
    several = max((len(question.points) for question in questions), default=0)
    numbers = range(1, max(fewest_points, several) + 1)
    ids = [_written_ids(question.points) for question in questions]
    point_fields = [field for field in POINT_COLUMNS if field != "id" or any(any(names) for names in ids)]
    orders = [_probe_order(question) for question in questions]
    fields = [field for field in QUESTION_COLUMNS if field != "probe_order"]
    headers = [QUESTION_COLUMNS[field][0] for field in fields]
    headers += [point_header(number, field) for number in numbers for field in point_fields]
    headers += [probe_header(cue) for cue in Cue]
    if any(orders):
        headers.append(QUESTION_COLUMNS["probe_order"][0])
    rows = []
    for question, names, order in zip(questions, ids, orders, strict=True):
        row = [_cell(question, field) for field in fields]
        for number in numbers:
            point = question.points[number - 1] if number <= len(question.points) else None
            row += [_point_cell(point, field, names[number - 1]) if point else "" for field in point_fields]
        row += [joined_list(_texts(question, cue), "\n") for cue in Cue]
        rows.append([*row, order] if any(orders) else row)
    lost = list(lost_by_tidying(bank, tidied))
    if any(len(set(question.probes)) < len(question.probes) for question in questions):
        lost.append("follow-up questions that a question has twice")
    cut = sum(len(cell) > LONGEST_CELL for row in rows for cell in row)
    if cut:
        lost.append(f"the end of {count(cut, 'text')} longer than {LONGEST_CELL:,} characters, the most a cell holds")
    return Table(
        headers=tuple(headers), rows=tuple(tuple(cell[:LONGEST_CELL] for cell in row) for row in rows), lost=tuple(lost)
    )


def lost_by_tidying(bank: Bank, tidied: Bank) -> tuple[str, ...]:
    """What was lost when every text was tidied."""
    if tidied is bank:
        return ()
    return ("spaces and empty lines around texts, unusual line ends, control characters, and entries given twice",)


def _cell(question: Question, field: str) -> str:
    value = getattr(question, field)
    if isinstance(value, tuple):
        return joined_list(value, "\n" if field in _LINES else "; ")
    return str(value)


def _point_cell(point: Point, field: str, name: str) -> str:
    if field == "phrases":
        return joined_list(point.phrases)
    if field == "weight":
        return "" if point.weight == LIGHTEST else str(point.weight)
    return name if field == "id" else str(getattr(point, field))


def _written_ids(points: Sequence[Point]) -> list[str]:
    """The ids that have to be written: none where reading makes the same ones of the labels."""
    ids = [point.id for point in points]
    made = point_ids([point.label for point in points], [""] * len(points))
    return [""] * len(points) if made == ids else ids


def _texts(question: Question, cue: Cue) -> tuple[str, ...]:
    return tuple(dict.fromkeys(probe.text for probe in question.probes if probe.cue is cue))


def _probe_order(question: Question) -> str:
    """The cues in the order of the follow-up questions, where that is not the order of the columns."""
    cues = [probe.cue for probe in dict.fromkeys(question.probes)]
    order = list(Cue)
    return joined_list(cues) if cues != sorted(cues, key=order.index) else ""
