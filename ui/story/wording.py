"""How the parts of a story stand in its lists, and what each part says of itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, day
from cqcmock.domain.story import Fact, Story
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.services.stories import StorySummary

INTRODUCTION = "The figures, people and changes of your own place that a good answer draws on."
FIRST = (
    "The story that is here is an example. Your own takes five minutes to begin: the names, three figures, who is "
    "seldom heard, and one thing that people said."
)
SHIPPED = "This story came with the program. Your first change makes your council's own copy of it."
OUT_OF_DATE = "Out of date"
NO_FACTS = "Begin with three figures that everybody here should know."
NO_COMMUNITIES = "Begin with the people whom you hear from least."
NO_YOU_SAID = "Begin with one thing that people told you, and what was done about it."
NO_EXAMPLES = "Begin with a piece of work that you are proud of. Nobody should be recognised by it."


def story_line(summary: StorySummary, used: str) -> Line:
    """A story in the list of stories."""
    about = [summary.council] if summary.council != summary.name else []
    about.append(count(summary.facts, "fact"))
    if summary.due:
        about.append(f"{summary.due:,} out of date")
    about.append("came with the program" if summary.origin == "shipped" else "your council's own")
    in_use = summary.id == used
    return Line(
        key=summary.id,
        title=summary.name,
        about=" · ".join(about),
        sign="In use" if in_use else "",
        tone=Tone.IN_HAND,
    )


def about(summary: StorySummary, used: str, place: str) -> str:
    """Whose the open story is and whether it is in use; `place` is set by hand where that is not empty."""
    if summary.origin == "shipped":
        return SHIPPED
    if place:
        return f"Rehearsals speak of {place}, as it is set. Use this story to speak of it again."
    return "Rehearsals speak of this place." if summary.id == used else "This story is not in use."


def due_lines(story: Story, today: date) -> list[Line]:
    """Facts that were to be looked at before today, the longest overdue first."""
    lines = []
    for fact in story.facts_due(today):
        assert fact.review_by is not None
        late = (today - fact.review_by).days
        lines.append(
            Line(
                key=fact.id,
                title=f"{fact.label}: {figure(fact)}",
                about=f"to be checked by {day(fact.review_by)}",
                sign=f"{overdue(late)} late",
                tone=Tone.WRAP_UP,
            )
        )
    return lines


def overdue(days: int) -> str:
    """A length of time in the largest whole unit: 5 days, 3 months, 2 years."""
    if days < 60:
        return count(days, "day")
    return count(days // 30, "month") if days < 730 else count(days // 365, "year")


def figure(fact: Fact) -> str:
    """The value with its unit."""
    return f"{fact.value} {fact.unit}".strip()


def fact_lines(story: Story, today: date) -> list[Line]:
    """Every fact, in the story's order."""
    due = {fact.id for fact in story.facts_due(today)}
    lines = []
    for fact in story.facts:
        about = [figure(fact), f"on {day(fact.as_of)}"]
        if fact.review_by is not None:
            about.append(f"check by {day(fact.review_by)}")
        late = fact.id in due
        sign = OUT_OF_DATE if late else ""
        lines.append(Line(key=fact.id, title=fact.label, about=" · ".join(about), sign=sign, tone=Tone.WRAP_UP))
    return lines


def community_lines(story: Story) -> list[Line]:
    """People who are seldom heard."""
    return [
        Line(key=entry.id, title=entry.who, about=" · ".join(filter(None, (entry.how_we_listen, entry.what_changed))))
        for entry in story.communities
    ]


def you_said_lines(story: Story) -> list[Line]:
    """What was said, with what was done; known by its place, since it has no id."""
    return [
        Line(
            key=str(at),
            title=entry.said,
            about=f"We did: {entry.did}" + (f" ({day(entry.when)})" if entry.when else ""),
        )
        for at, entry in enumerate(story.you_said)
    ]


def example_lines(story: Story, statements: dict[str, str]) -> list[Line]:
    """Practice examples."""
    return [
        Line(
            key=entry.id,
            title=entry.text,
            about=" · ".join([*(statements.get(name, name) for name in entry.statements), entry.source]),
        )
        for entry in story.examples
    ]


def review_words(story: Story, today: date) -> str:
    """How things stand with the facts' next checks."""
    due = len(story.facts_due(today))
    if due:
        which = "it is" if due == 1 else "one is"
        return f"{count(due, 'fact is', 'facts are')} out of date. If {which} still right, say so; if not, change it."
    ahead = sorted(fact.review_by for fact in story.facts if fact.review_by is not None)
    if not ahead:
        return "No fact has a day for its next check. Give it one with “Change”."
    return f"Nothing is out of date. The next check is on {day(ahead[0])}."


def without_day(story: Story) -> str:
    """How many facts nobody is going to check."""
    number = sum(fact.review_by is None for fact in story.facts)
    if not number or number == len(story.facts):
        return ""
    return f"{count(number, 'other fact has', 'other facts have')} no day for the next check."
