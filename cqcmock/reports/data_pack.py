"""A council's local story as a pack for staff: the figures, communities and changes that everybody should know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cqcmock.domain.english import count, day
from cqcmock.domain.story import Community, Fact, Story
from cqcmock.reports.content import (
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
    Voice,
    fits_a_cell,
    named,
    plain,
)

PACK_WORDS = "For practice: check every figure before you use it"
GENERAL = "The council as a whole"
LONGEST_HEADING = 80


def data_pack(
    story: Story, *, classification: str, retention: str, made_on: date, statement_names: Mapping[str, str]
) -> Document:
    """The whole story for people to read before an interview; `statement_names` are those of the framework."""
    place = story.place
    return Document(
        title=f"What to know about {place.name}",
        language="en-GB",
        classification=classification,
        practice_words=PACK_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            Facts(
                pairs=(
                    ("Council", place.council),
                    ("Checked", day(place.checked_on)),
                    ("In this pack", _in_this_pack(story)),
                )
            ),
            Paragraph(
                line=plain(
                    "An assessor will not test you on figures. They may ask how you know. Take the two or three that "
                    "touch your own work, and be able to say what each means for people."
                ),
                voice=Voice.LEAD,
            ),
            *_due(story, made_on),
            *_figures(story, statement_names),
            *_communities(story.communities),
            *_you_said(story),
            *_examples(story, statement_names),
            *_notes(story),
            *_sources(story),
        ),
    )


def _in_this_pack(story: Story) -> str:
    parts = [
        count(len(story.facts), "figure"),
        f"{len(story.communities)} {'community' if len(story.communities) == 1 else 'communities'}",
        count(len(story.you_said), "change"),
        count(len(story.examples), "example"),
    ]
    return ", ".join(parts)


def _due(story: Story, today: date) -> list[Block]:
    due = story.facts_due(today)
    if not due:
        return []
    lines = tuple(plain(f"{fact.label}: to be checked by {day(fact.review_by or today)}") for fact in due)
    return [Callout(title="Check these before you quote them", lines=lines)]


def _figures(story: Story, statement_names: Mapping[str, str]) -> list[Block]:
    if not story.facts:
        return []
    groups: dict[str, list[Fact]] = {}
    for fact in story.facts:
        groups.setdefault(fact.statements[0] if fact.statements else "", []).append(fact)
    blocks: list[Block] = [Heading(level=2, text="Figures and facts")]
    for statement in sorted(groups, key=lambda key: (key != "", key)):
        title = statement_names.get(statement, statement) if statement else GENERAL
        blocks += _table(title, groups[statement])
    return blocks


def _table(title: str, facts: Sequence[Fact]) -> list[Block]:
    short = [fact for fact in facts if all(map(fits_a_cell, _row(fact)))]
    blocks: list[Block] = []
    if short:
        width = 4 if any(fact.comparator for fact in short) else 3
        blocks.append(
            Table(
                caption=title,
                header=("What", "Figure", "As of", "Compared with")[:width],
                rows=tuple(_row(fact)[:width] for fact in short),
                shares=(36, 20, 18, 26)[:width],
            )
        )
    for fact in facts:
        if fact not in short:
            what, figure, as_of, compared = _row(fact)
            said = [named("Figure", figure), named("As of", as_of)]
            blocks.append(Paragraph(line=(Run(what, Look.STRONG),)))
            blocks.append(BulletList(items=tuple(said + ([named("Compared with", compared)] if compared else []))))
    return blocks


def _row(fact: Fact) -> tuple[str, str, str, str]:
    return (fact.label, f"{fact.value} {fact.unit}".strip(), day(fact.as_of), fact.comparator)


def _communities(communities: Sequence[Community]) -> list[Block]:
    if not communities:
        return []
    blocks: list[Block] = [Heading(level=2, text="People who are seldom heard")]
    for community in communities:
        if len(community.who) <= LONGEST_HEADING:
            blocks.append(Heading(level=3, text=community.who))
        else:
            blocks.append(Paragraph(line=(Run(community.who, Look.STRONG),)))
        lines: list[Line] = [named("How we listen", community.how_we_listen)]
        if community.what_changed:
            lines.append(named("What changed", community.what_changed))
        blocks += [Paragraph(line=line) for line in lines]
    return blocks


def _you_said(story: Story) -> list[Block]:
    if not story.you_said:
        return []
    blocks: list[Block] = [Heading(level=2, text="You said, we did")]
    for entry in story.you_said:
        when = f" ({day(entry.when)})" if entry.when else ""
        blocks.append(Paragraph(line=named("You said", entry.said)))
        blocks.append(Paragraph(line=named("We did", f"{entry.did}{when}")))
    return blocks


def _examples(story: Story, statement_names: Mapping[str, str]) -> list[Block]:
    if not story.examples:
        return []
    blocks: list[Block] = [Heading(level=2, text="Practice examples in which nobody can be recognised")]
    for example in story.examples:
        blocks.append(Quote(lines=tuple(plain(line) for line in example.text.splitlines() if line.strip())))
        if example.statements:
            about = ", ".join(statement_names.get(statement, statement) for statement in example.statements)
            blocks.append(Paragraph(line=plain(f"About: {about}"), voice=Voice.QUIET))
    return blocks


def _notes(story: Story) -> list[Block]:
    if not story.place.notes:
        return []
    return [
        Heading(level=2, text="About this pack"),
        BulletList(items=tuple(plain(note) for note in story.place.notes)),
    ]


def _sources(story: Story) -> list[Block]:
    by_source: dict[str, list[str]] = {}
    named_things = [
        *((fact.source, fact.label) for fact in story.facts),
        *((community.source, community.who) for community in story.communities),
        *((entry.source, entry.said) for entry in story.you_said),
    ]
    for source, what in named_things:
        by_source.setdefault(source, []).append(what)
    if not by_source:
        return []
    items = tuple(plain(f"{source} ({count(len(things), 'entry', 'entries')})") for source, things in by_source.items())
    return [Heading(level=2, text="Where this comes from"), BulletList(items=items)]
