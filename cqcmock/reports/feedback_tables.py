"""The figures of a feedback report, each drawn once and said once: time per answer, and own marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from cqcmock.domain import english
from cqcmock.domain.interview import EventKind, Light, Take, light
from cqcmock.domain.peer_review import PeerReview
from cqcmock.domain.plan import Timing
from cqcmock.domain.rubric import LEVELS, AnswerMarks, Lens, mean_by_lens
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import (
    Bar,
    Block,
    BulletList,
    Chart,
    Heading,
    Paragraph,
    Table,
    Voice,
    fits_a_cell,
    named,
    plain,
)
from cqcmock.reports.figures import is_timed, was_answered
from cqcmock.reports.question_section import remark

BARS_PER_CHART = 16
LENSES_PER_TABLE = 6
LONGEST_LABEL = 48
LONGEST_NAME = 21
MOST_TICKS = 6
Some = TypeVar("Some")
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)


def time_blocks(sitting: Sitting) -> list[Block]:
    """Time per answer against its target, as charts and a table; with the clock switched off, the times alone."""
    takes = [
        (question, index, take)
        for question, of_question in enumerate(sitting.state.takes)
        for index, take in enumerate(of_question)
        if was_answered(take)
    ]
    if not takes:
        return []
    timed = is_timed(sitting)
    bars = [_time_bar(sitting, question, index, take) for question, index, take in takes]
    blocks: list[Block] = [Heading(level=2, text="Time")]
    top, ticks = _scale(max(max(bar.value, bar.target or 0.0) for bar in bars))
    name = "Time per answer against its target" if timed else "Time per answer"
    for number, some in enumerate(_in_parts(bars, BARS_PER_CHART)):
        blocks.append(
            Chart(
                title=name if not number else f"{name}, continued",
                value_name="Time used",
                target_name="Target" if timed else "",
                bars=tuple(some),
                top=top,
                ticks=ticks,
            )
        )
    columns = ("Question", "Preparing", "Answer", "Target", "How it stands", "Follow-ups")
    rows = [_time_row(sitting, question, index, take) for question, index, take in takes]
    shown = [position for position in range(len(columns)) if timed or position not in (3, 4)]
    shares = (14, 6, 7, 7, 9, 7)
    blocks.append(
        Table(
            caption="Time per question",
            header=tuple(columns[position] for position in shown),
            rows=tuple(tuple(row[position] for position in shown) for row in rows),
            shares=tuple(shares[position] for position in shown),
            numeric=frozenset(at for at, position in enumerate(shown) if position in (1, 2, 3, 5)),
        )
    )
    stops = [_stops(sitting, EventKind.PAUSED, "pause"), _stops(sitting, EventKind.INTERRUPTED, "interruption")]
    left_out = english.listed([stop for stop in stops if stop])
    if left_out:
        blocks.append(Paragraph(line=plain(f"These times leave out {left_out}."), voice=Voice.QUIET))
    return blocks


def marks_blocks(sitting: Sitting) -> list[Block]:
    """The person's own marks: the mean per lens as a chart, the overall impression, and every mark in a table."""
    sheet, rubric = sitting.sheet, sitting.plan.rubric
    if not sitting.plan.scored:
        return []
    blocks: list[Block] = [Heading(level=2, text="Own marks, all questions")]
    means = mean_by_lens(sheet, rubric)
    if not means and sheet.overall is None and not sheet.comment.strip():
        return [*blocks, Paragraph(line=plain("No marks have been given yet."))]
    if not sheet.submitted:
        blocks.append(Paragraph(line=plain("These marks are a draft: they have not been handed in yet.")))
    if means:
        blocks.append(_means_chart(rubric.lenses, means))
    if sheet.overall is not None:
        words = rubric.overall[sheet.overall]
        blocks.append(Paragraph(line=named("Overall impression", f"{sheet.overall} of {LEVELS[-1]}. {words}.")))
    blocks += remark("Comment on the whole", sheet.comment)
    if means:
        blocks += [_marks_table(sitting, some, means) for some in _in_parts(rubric.lenses, LENSES_PER_TABLE)]
    return blocks


def what_marks_mean(sitting: Sitting, review: PeerReview | None = None) -> list[Block]:
    """Every level of every lens in the rubric's words, once for the whole report; nothing where no mark is shown."""
    rubric = sitting.plan.rubric
    of_peers = review is not None and not review.hidden and bool(review.received)
    if not of_peers and not mean_by_lens(sitting.sheet, rubric):
        return []
    scales = [(lens.name, lens.anchors) for lens in rubric.lenses]
    if of_peers:
        scales.append(("Overall impression", rubric.overall))
    heading = Heading(level=2, text="What the marks mean")
    if all(fits_a_cell(text) for name, words in scales for text in (name, *words)):
        return [
            heading,
            Table(
                caption=f"Each lens from 0 to {LEVELS[-1]}",
                header=("Lens", *map(str, LEVELS)),
                rows=tuple((name, *words) for name, words in scales),
                shares=(4, *[5] * len(LEVELS)),
            ),
        ]
    items = tuple(
        named(name, "; ".join(f"{level}: {text}" for level, text in zip(LEVELS, words, strict=True)))
        for name, words in scales
    )
    return [heading, BulletList(items=items)]


def _time_bar(sitting: Sitting, question: int, index: int, take: Take) -> Bar:
    label = f"Question {question + 1}"
    if len(sitting.state.takes[question]) > 1:
        label += f", {english.take_name(index).lower()}"
    target = sitting.plan.questions[question].timing.target if is_timed(sitting) else None
    return Bar(
        label=label,
        value=take.answer_seconds,
        value_text=english.duration(take.answer_seconds),
        target=target,
        target_text=english.duration(target) if target is not None else "",
    )


def _time_row(sitting: Sitting, question: int, index: int, take: Take) -> tuple[str, ...]:
    planned = sitting.plan.questions[question]
    name = f"{question + 1}. {english.shortened(planned.question.text, LONGEST_NAME)}"
    if len(sitting.state.takes[question]) > 1:
        name += f" {english.take_name(index)}."
    probes = sum(probe.seconds for probe in take.probes)
    return (
        name,
        english.duration(take.prepare_seconds),
        english.duration(take.answer_seconds),
        english.duration(planned.timing.target),
        _standing(take.answer_seconds, planned.timing),
        english.duration(probes) if take.probes else "none",
    )


def _standing(seconds: float, timing: Timing) -> str:
    whole, target, limit = int(seconds + 0.5), int(timing.target + 0.5), int(timing.limit + 0.5)
    match light(seconds, timing):
        case Light.IN_HAND:
            return f"{english.duration(target - whole)} in hand"
        case Light.WRAP_UP:
            return f"{english.duration(whole - target)} past target"
        case Light.OVER:
            return f"{english.duration(whole - limit)} past limit"


def _stops(sitting: Sitting, kind: EventKind, name: str) -> str:
    times = sum(event.kind is kind for event in sitting.events)
    return english.count(times, name) if times else ""


def _scale(highest: float) -> tuple[float, tuple[tuple[float, str], ...]]:
    """A round top for a time axis, and ticks at round times from 0 to it."""
    step = next((step for step in _STEPS if highest / step <= MOST_TICKS), 0)
    if not step:
        step = _STEPS[-1] * -(-int(highest) // (_STEPS[-1] * MOST_TICKS))
    ticks = max(1, -(-int(highest + 0.999) // step))
    return float(ticks * step), tuple((float(tick * step), english.duration(tick * step)) for tick in range(ticks + 1))


def _means_chart(lenses: Sequence[Lens], means: dict[str, float]) -> Chart:
    return Chart(
        title="Own marks: the mean through each lens",
        value_name="Mean of the marks given, from 0 to 3",
        target_name="",
        bars=tuple(
            Bar(
                label=english.shortened(lens.name, LONGEST_LABEL),
                value=means[lens.id],
                value_text=f"{english.mean(means[lens.id])} of {LEVELS[-1]}",
            )
            for lens in lenses
            if lens.id in means
        ),
        top=float(LEVELS[-1]),
        ticks=tuple((float(level), str(level)) for level in LEVELS),
    )


def _marks_table(sitting: Sitting, lenses: Sequence[Lens], means: dict[str, float]) -> Table:
    rows = []
    for position in sitting.answered:
        question = english.shortened(sitting.plan.questions[position].question.text, LONGEST_NAME)
        levels = sitting.sheet.answers.get(position, AnswerMarks()).levels
        marks = [str(levels[lens.id]) if lens.id in levels else "not marked" for lens in lenses]
        rows.append((f"{position + 1}. {question}", *marks))
    rows.append(("Mean", *[english.mean(means[lens.id]) if lens.id in means else "not marked" for lens in lenses]))
    return Table(
        caption="Own marks, from 0 to 3, question by question",
        header=("Question", *[english.shortened(lens.name, LONGEST_LABEL) for lens in lenses]),
        rows=tuple(rows),
        shares=(12, *[5] * len(lenses)),
    )


def _in_parts(things: Sequence[Some], most: int) -> list[Sequence[Some]]:
    return [things[first : first + most] for first in range(0, len(things), most)]
