"""The feedback report of one sitting: what was said, what was heard and not, time, marks, reflection, next steps.

It points at what was said and counts; it neither praises nor rewrites an answer. A person's stretched time is not
mentioned, because it may say something about their health: targets are shown as they were that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cqcmock.domain import english
from cqcmock.domain.interview import EventKind, Light
from cqcmock.domain.plan import Mode
from cqcmock.domain.reflection import PROMPTS, Action
from cqcmock.domain.rubric import mean_by_lens
from cqcmock.domain.sitting import Sitting
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
    Run,
    Table,
    Voice,
    named,
    plain,
)
from cqcmock.reports.feedback_tables import marks_blocks, time_blocks
from cqcmock.reports.figures import (
    Hearings,
    is_timed,
    latest_takes,
    most_often_missed,
    points_heard,
    seconds_in_all,
    timekeeping,
    worth_practising,
)
from cqcmock.reports.question_section import question_section, quoted

DEFAULT_CLASSIFICATION = "OFFICIAL – SENSITIVE"
TITLE = "Feedback on a practice interview"
LONGEST_CELL, LONGEST_WORD = 400, 40
MOST_MISSED_SHOWN = 3

_MODES = {
    Mode.PRACTICE: "Practice, with notes and second takes",
    Mode.REALISTIC: "Realistic, as on the day",
}

_MEAN = "The figure for a lens is the mean of its marks; marks not given are left out, and none is changed afterwards."
_METHOD = {
    "Not CQC’s scale": (
        "CQC scores quality statements from 1 to 4. Marks from 0 to 3 for answers cannot be turned into those."
    ),
    "What was heard": (
        "each question has a list of points, and each point a list of phrases. A point counts as heard when one of its "
        "phrases is found in the answer or in the answers to its follow-up questions, also where it was said in the "
        "negative. The same words always give the same result. Something said in other words can be overlooked: trust "
        "your own ears."
    ),
    "Time": "pauses and interruptions are left out, and nobody is cut off.",
}


def feedback_document(
    sitting: Sitting,
    hearings: Hearings,
    *,
    classification: str = DEFAULT_CLASSIFICATION,
    retention: date | None = None,
    made_on: date,
    tag_names: Mapping[str, str] | None = None,
) -> Document:
    """The feedback report of a sitting, as plain data.

    `hearings` holds what was heard in each take, by the positions of question and take; a take without one is shown
    without its points. `retention` is the last day on which the report may be kept. `tag_names` are the names of
    the tags used in marks, by id; a tag without one is shown by its id.
    """
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification.strip() or DEFAULT_CLASSIFICATION,
        practice_words=PRACTICE_WORDS,
        retention=f"Keep until {english.day(retention)}" if retention else "No date set for deleting",
        made_on=made_on,
        blocks=(
            *_cover(sitting, made_on),
            *_at_a_glance(sitting, hearings),
            *_questions(sitting, hearings, tag_names or {}),
            *_last_words(sitting),
            *time_blocks(sitting),
            *marks_blocks(sitting),
            *_reflection(sitting),
            *_actions(sitting.actions),
            *_practise_next(sitting, hearings),
            *_how_put_together(sitting),
            *_who_can_read(classification.strip() or DEFAULT_CLASSIFICATION, retention),
        ),
    )


def _cover(sitting: Sitting, made_on: date) -> tuple[Block, ...]:
    plan = sitting.plan
    asked, planned = len(sitting.state.takes), len(plan.questions)
    answering, preparing = seconds_in_all(sitting)
    time = f"{english.duration(answering)} answering"
    if preparing >= 1:
        time += f", {english.duration(preparing)} preparing"
    pairs = [
        ("Who", sitting.person.strip() or "Name not given"),
        ("Role", plan.role_name),
        ("Date", english.day(sitting.started_at.astimezone().date())),
        ("Mode", _MODES[plan.mode]),
        ("Place", plan.place if plan.council in ("", plan.place) else f"{plan.place} ({plan.council})"),
        ("Questions", str(planned) if asked == planned else f"{asked} of {planned} asked"),
        ("Time in all", time),
        ("Report made on", english.day(made_on)),
    ]
    shown = tuple((name, value) for name, value in pairs if value.strip())
    return (
        Facts(pairs=shown),
        Callout(
            title=PRACTICE_WORDS,
            lines=(
                plain(
                    "This report is about the answers of one practice interview. It points at words that were said, "
                    "and at what was not heard. It says nothing about how CQC would see the council."
                ),
            ),
        ),
    )


def _at_a_glance(sitting: Sitting, hearings: Hearings) -> tuple[Block, ...]:
    sentences = [*_heard_sentences(sitting, hearings), *_time_sentence(sitting), *_marks_sentence(sitting)]
    if not latest_takes(sitting):
        sentences = ["No question has been answered yet, so there is nothing to count."]
    blocks: list[Block] = [Heading(level=2, text="At a glance"), BulletList(items=tuple(map(plain, sentences)))]
    if any(point.heard for hearing in hearings.values() for point in hearing.points):
        blocks.append(
            Paragraph(
                line=(
                    Run("In the answers below, "),
                    Run("words in bold and underlined", Look.HEARD),
                    Run(" are those in which a point was heard."),
                ),
                voice=Voice.QUIET,
            )
        )
    return tuple(blocks)


def _heard_sentences(sitting: Sitting, hearings: Hearings) -> list[str]:
    found = points_heard(sitting, hearings)
    if not found.points:
        return []
    several = any(len(takes) > 1 for takes in sitting.state.takes)
    latest = ", taking the last take of each question" if several else ""
    points = english.count(found.points, "point")
    over = english.count(found.questions, "question")
    sentences = [f"Heard: {found.heard} of {points} that an assessor might listen for, over {over}{latest}."]
    missed = most_often_missed(sitting, hearings)[:MOST_MISSED_SHOWN]
    if missed:
        most = english.listed([f"“{name}” ({english.questions(positions)})" for name, positions in missed])
        sentences.append(f"Most often not heard: {most}.")
    elif found.heard < found.points:
        sentences.append("No kind of point was missed at more than one question.")
    return sentences


def _time_sentence(sitting: Sitting) -> list[str]:
    if not is_timed(sitting):
        return ["Time: the clock was switched off, so answers are not held against a target."]
    lights = timekeeping(sitting)
    answers = sum(map(len, lights.values()))
    if not answers:
        return []
    parts = [f"{len(lights[Light.IN_HAND])} of {english.count(answers, 'answer')} within the target"]
    if lights[Light.WRAP_UP]:
        parts.append(f"{len(lights[Light.WRAP_UP])} past the target ({english.questions(lights[Light.WRAP_UP])})")
    if lights[Light.OVER]:
        parts.append(f"{len(lights[Light.OVER])} past the limit ({english.questions(lights[Light.OVER])})")
    return [f"Time: {english.listed(parts)}."]


def _marks_sentence(sitting: Sitting) -> list[str]:
    means = mean_by_lens(sitting.sheet, sitting.plan.rubric)
    if not means:
        return ["Own marks: none given yet."]
    names = {lens.id: lens.name for lens in sitting.plan.rubric.lenses}
    high, low = max(means.values()), min(means.values())
    if high == low:
        return [f"Own marks: a mean of {english.mean(high)} of 3 through every lens that was marked."]
    highest = english.listed_in_quotes([names[lens] for lens, value in means.items() if value == high])
    lowest = english.listed_in_quotes([names[lens] for lens, value in means.items() if value == low])
    top, bottom = english.mean(high), english.mean(low)
    return [f"Own marks: highest for {highest} (mean {top} of 3), lowest for {lowest} (mean {bottom})."]


def _questions(sitting: Sitting, hearings: Hearings, tag_names: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    for position in sitting.answered:
        blocks += question_section(sitting, position, hearings, tag_names)
    left = sitting.plan.questions[len(sitting.answered) :]
    if left:
        blocks.append(Heading(level=2, text="Questions that were not reached"))
        blocks.append(Paragraph(line=plain("There will be other days for these.")))
        blocks.append(BulletList(items=tuple(plain(planned.question.text) for planned in left)))
    return blocks


def _last_words(sitting: Sitting) -> list[Block]:
    if not any(event.kind is EventKind.LAST_WORDS_ASKED for event in sitting.events):
        return []
    state = sitting.state
    blocks: list[Block] = [
        Heading(level=2, text="Last words"),
        Paragraph(line=(Run("Is there anything you would like to add?", Look.STRONG),)),
        quoted(state.last_words, nothing="Nothing was added."),
    ]
    if state.last_words.strip():
        blocks.append(
            Paragraph(line=plain(f"Said in {english.duration(state.last_words_seconds)}."), voice=Voice.QUIET)
        )
    return blocks


def _reflection(sitting: Sitting) -> list[Block]:
    blocks: list[Block] = [Heading(level=2, text="Reflection")]
    if sitting.reflection.empty:
        prompts = tuple(plain(prompt) for field, prompt in PROMPTS.items() if field != "notes")
        return [
            *blocks,
            Paragraph(line=plain("Nothing is written here yet. These are the questions to think about:")),
            BulletList(items=prompts),
        ]
    for field, prompt in PROMPTS.items():
        text = getattr(sitting.reflection, field)
        if field == "notes" and not text.strip():
            continue
        blocks += [Heading(level=3, text=prompt), quoted(text, nothing="Left open.")]
    return blocks


def _actions(actions: tuple[Action, ...]) -> list[Block]:
    heading = Heading(level=2, text="Actions")
    if not actions:
        return [heading, Paragraph(line=plain("No actions were written down."))]
    rows = [
        (action.what.strip() or "Nothing written down", action.owner.strip() or "Nobody named", _due(action))
        for action in actions
    ]
    if all(_fits_a_cell(cell) for row in rows for cell in row):
        return [
            heading,
            Table(
                caption="What to do before the next practice",
                header=("What", "Who", "By when"),
                rows=tuple(rows),
                shares=(5, 2, 2),
            ),
        ]
    blocks: list[Block] = [heading]
    for what, owner, due in rows:
        blocks += [quoted(what), Paragraph(line=named("Who", owner))]
        blocks.append(Paragraph(line=named("By when", due)))
    return blocks


def _due(action: Action) -> str:
    due = english.day(action.due) if action.due else "No date set"
    return f"{due}; done on {english.day(action.done)}" if action.done else due


def _fits_a_cell(text: str) -> bool:
    """A table row cannot be broken over pages, so what a person wrote goes into one only if it is short."""
    return len(text) <= LONGEST_CELL and text.count("\n") < 4 and max(map(len, text.split()), default=0) <= LONGEST_WORD


def _practise_next(sitting: Sitting, hearings: Hearings) -> list[Block]:
    found = worth_practising(sitting, hearings)
    heading = Heading(level=2, text="What to practise next")
    if not found:
        nothing = "The figures point at nothing in particular. Choose the question you would least like to be asked."
        return [heading, Paragraph(line=plain(nothing))]
    items: tuple[Line, ...] = tuple(
        (Run(f"{entry.what}: ", Look.STRONG), Run(entry.because + ("" if entry.because.endswith("”") else ".")))
        for entry in found
    )
    return [heading, Paragraph(line=plain("Worked out from the figures of this interview:")), BulletList(items=items)]


def _how_put_together(sitting: Sitting) -> tuple[Block, ...]:
    lenses = english.count(len(sitting.plan.rubric.lenses), "lens", "lenses")
    return (
        Heading(level=2, text="How this report is put together"),
        BulletList(
            items=(
                named(
                    "Marks", f"each answer is marked through {lenses}, from 0 to 3, by the person who gave it. {_MEAN}"
                ),
                *(named(name, note) for name, note in _METHOD.items()),
            )
        ),
    )


def _who_can_read(classification: str, retention: date | None) -> tuple[Block, ...]:
    keep = (
        f"Keep it until {english.day(retention)}, then delete every copy" if retention else "Agree a date to delete it"
    )
    notes = (
        (
            f"It is marked {classification}. It belongs to the person who was practising; it was made on their own "
            "computer and has been sent to nobody. Whoever they give it to can read all of it."
        ),
        "Before passing it on, check that nobody who draws on care, and no carer, could be recognised in it.",
        "A council’s practice notes are recorded information: freedom of information law lets people ask for them.",
        f"{keep}, unless somebody has asked for it by then: what has been asked for must be kept.",
    )
    return (
        Heading(level=2, text="Who can read this report"),
        BulletList(items=tuple(plain(note) for note in notes)),
    )
