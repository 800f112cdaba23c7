"""The figures of a feedback report: counted from the sitting, and the same in sentence, chart and table."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Timing
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.reports.figures import against
from tests.reports.documents import answered, report, worked
from tests.reports.reading import (
    charts,
    first_list,
    says,
    section,
    tables,
)
from tests.reports.sittings import Asked, Said, SaidProbe, hearings_of, point, question, sitting_of, worked_sitting

WHICH = "that an assessor might listen for, over 7 questions, taking the last take of each question"
EQUITY = "Equity and voice"
OVER_TIME = (
    "Saying it in the time: the answer to question 5 ran past its limit, "
    "and the answer to question 2 ran past its target."
)


def test_the_time_of_an_answer_is_held_against_target_and_limit() -> None:
    timing = Timing(prepare=0, target=90, limit=150)
    assert against(82, timing) == "within the target of 1 min 30 s, 8 s in hand"
    assert against(89.9, timing) == "within the target of 1 min 30 s"
    assert against(90, timing) == "right on the target of 1 min 30 s, within the limit of 2 min 30 s"
    assert against(101.6, timing) == "12 s past the target of 1 min 30 s, within the limit of 2 min 30 s"
    assert against(150, timing) == "1 min past the target of 1 min 30 s, within the limit of 2 min 30 s"
    assert against(150.2, timing) == "right on the limit of 2 min 30 s"
    assert against(191, timing) == "41 s past the limit of 2 min 30 s"
    assert "Time: 3 min 41 s (41 s past the limit of 3 min). 298 words." in says(section(worked(), "5. "))


def test_the_first_sentences_are_counted_from_the_sitting() -> None:
    sentences = first_list(section(worked(), "The figures"))
    sitting, hearings = worked_sitting(), hearings_of(worked_sitting())
    last = [hearings[position, len(takes) - 1] for position, takes in enumerate(sitting.state.takes)]
    heard = sum(found.heard for hearing in last for found in hearing.points)
    points = sum(len(hearing.points) for hearing in last)
    assert 0 < heard < points
    assert sentences == [
        f"Recognised: {heard} of {points} points {WHICH}.",
        "Most often not recognised: “carers” (questions 4 and 7).",
        "Time: 6 of 8 answers within the target, 1 past the target (question 2) and 1 past the limit (question 5).",
        "Own marks: highest for “Answered the question” (mean 2.7 of 3), lowest for “Equity and voice” (mean 1.6).",
    ]


def test_one_of_everything_is_said_in_the_singular() -> None:
    asked = Asked(
        question=question(points=[point("carers")]),
        takes=(Said(answer="Yes.", probes=(SaidProbe(answer="So."),)),),
        taps=("vague",),
    )
    said = says(report(sitting_of([asked], pauses=1)))
    assert "0 of 1 point that an assessor might listen for, over 1 question." in said
    assert "1 word." in said
    assert "These times leave out 1 pause." in said
    assert not re.search(r"\b1 (questions|points|words|answers|takes|times|pauses|lenses)\b", said)


def test_two_points_of_one_name_are_most_often_missed_by_that_name() -> None:
    asked = [
        Asked(question=question(f"q{n}", points=[point("carers", "Unpaid carers")]), takes=(Said(answer="No."),))
        for n in range(2)
    ]
    assert "Most often not recognised: “Unpaid carers” (questions 1 and 2)." in says(report(sitting_of(asked)))


def test_the_time_chart_and_its_table_say_the_same_numbers() -> None:
    blocks = section(worked(), "Time")
    (chart,) = charts(blocks)
    (table,) = tables(blocks)
    takes = [take for of_question in worked_sitting().state.takes for take in of_question]
    assert [bar.value for bar in chart.bars] == [take.answer_seconds for take in takes]
    assert [bar.target for bar in chart.bars] == [120, 90, 120, 120, 90, 120, 90, 90, 60]
    assert [bar.value_text for bar in chart.bars] == [row[2] for row in table.rows]
    assert [bar.target_text for bar in chart.bars] == [row[3] for row in table.rows]
    assert all(f"{bar.label}: {bar.value_text}, target {bar.target_text}." in chart.alternative for bar in chart.bars)
    assert "Highest: Question 5. Lowest: Question 8." in chart.alternative
    assert all(value <= chart.top for bar in chart.bars for value in (bar.value, bar.target or 0))
    assert chart.ticks[-1][0] == chart.top
    assert len(chart.ticks) <= 7
    assert table.rows[5][4] == "41 s past limit"
    assert "These times leave out 1 pause." in says(blocks)


@given(st.lists(st.floats(0, 90_000), min_size=1, max_size=40))
def test_every_bar_fits_its_scale_however_long_an_answer_took(lengths: list[float]) -> None:
    asked = [Asked(question=question(f"q{n}"), takes=(Said(answer="Yes.", seconds=s),)) for n, s in enumerate(lengths)]
    drawn = charts(section(report(sitting_of(asked)), "Time"))
    assert sum(len(chart.bars) for chart in drawn) == len(lengths)
    assert len({(chart.top, chart.ticks) for chart in drawn}) == 1
    for chart in drawn:
        assert len(chart.bars) <= 16
        assert 2 <= len(chart.ticks) <= 8
        assert max(max(bar.value, bar.target or 0) for bar in chart.bars) <= chart.top + 1e-6


def test_with_the_clock_switched_off_nothing_is_held_against_a_target() -> None:
    sitting = worked_sitting()
    document = report(replace(sitting, plan=replace(sitting.plan, timer=Timer.OFF)))
    (chart,) = charts(section(document, "Time"))
    assert {bar.target for bar in chart.bars} == {None}
    assert chart.target_name == ""
    assert "target" not in chart.alternative
    assert tables(section(document, "Time"))[0].header == ("Question", "Preparing", "Answer", "Follow-ups")
    assert "past the limit" not in says(document)
    assert "Saying it in the time" not in says(document)


def test_the_marks_chart_and_table_hold_every_mark_and_say_what_was_not_marked() -> None:
    blocks = section(worked(), "Own marks, all")
    (chart,) = charts(blocks)
    (table,) = tables(blocks)
    assert [bar.value_text for bar in chart.bars] == [f"{mean} of 3" for mean in table.rows[-1][1:]]
    assert table.rows[5][1:] == ("3", "1", "2", "3", "not marked", "2")
    assert set(table.rows[7][1:]) == {"not marked"}
    assert chart.bars[0].value == pytest.approx(19 / 7)
    assert "Overall impression: 2 of 3. An assessor would be reassured, with a question or two left." in says(blocks)
    assert "I kept saying “we are looking at”" in says(blocks)


def test_what_the_marks_mean_is_said_once_in_the_rubrics_words() -> None:
    rubric = worked_sitting().plan.rubric
    (table,) = tables(section(worked(), "What the marks mean"))
    assert table.rows == tuple((lens.name, *lens.anchors) for lens in rubric.lenses)
    assert "What the marks mean" not in says(report(sitting_of([answered()])))


def test_a_rubric_too_wordy_for_a_table_is_a_list() -> None:
    sitting = worked_sitting()
    wordy = replace(sitting.plan.rubric.lenses[0], anchors=("None", "Some", "Most", "All of it " * 60))
    document = report(
        replace(sitting, plan=replace(sitting.plan, rubric=replace(sitting.plan.rubric, lenses=(wordy,))))
    )
    blocks = section(document, "What the marks mean")
    assert first_list(blocks) == [f"{wordy.name}: 0: None; 1: Some; 2: Most; 3: {wordy.anchors[3]}"]


def test_marks_that_were_not_handed_in_are_called_a_draft() -> None:
    sitting = worked_sitting()
    draft = report(replace(sitting, sheet=replace(sitting.sheet, submitted=False)))
    assert "These marks are a draft" in says(draft)
    assert "draft" not in says(section(worked(), "Own marks, all"))


def test_what_to_practise_next_is_three_things_with_their_reasons_and_the_rest_by_name() -> None:
    blocks = section(worked(), "What to practise next")
    rubric = {lens.name: lens.anchors[3] for lens in worked_sitting().plan.rubric.lenses}
    assert first_list(blocks) == [
        "Budget: 3 of 5 points were not recognised at question 5.",
        f"Equity and voice: marked 0 or 1 at questions 3, 5 and 7. In the rubric, a 3 reads: “{rubric[EQUITY]}”",
        OVER_TIME,
    ]
    assert (
        "Also worth another go: “Residents’ voices” (question 4), “Evidence” (questions 2 and 6), "
        "“Inclusion” (questions 2 and 6) and “Impact on people” (questions 1 and 7)."
    ) in says(blocks)


def test_three_things_or_fewer_leave_no_rest() -> None:
    late = Asked(question=question(), takes=(Said(answer="Yes.", seconds=400),))
    said = says(section(report(sitting_of([late])), "What to practise next"))
    assert said == "Saying it in the time: the answer to question 1 ran past its limit."


def test_nothing_to_point_at_is_said_kindly() -> None:
    said = says(section(report(sitting_of([answered()])), "What to practise next"))
    assert said.startswith("The figures point at nothing in particular.")


def test_a_rubric_of_many_lenses_is_told_in_several_tables() -> None:
    sitting = worked_sitting()
    lenses = tuple(replace(sitting.plan.rubric.lenses[0], id=f"l{n}", name=f"Lens {n}") for n in range(14))
    rubric = replace(sitting.plan.rubric, lenses=lenses)
    sheet = MarkSheet(answers={0: AnswerMarks(levels={f"l{n}": n % 4 for n in range(14)})})
    document = report(replace(sitting, plan=replace(sitting.plan, rubric=rubric), sheet=sheet))
    found = tables(section(document, "Own marks, all"))
    assert [name for table in found for name in table.header[1:]] == [lens.name for lens in lenses]
    assert [mark for table in found for mark in table.rows[0][1:]] == [str(n % 4) for n in range(14)]
