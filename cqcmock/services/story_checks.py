"""What is wrong with something that a person writes into a local story, in a sentence for each field.

The forms ask while somebody types: everything here is quick, changes nothing and raises nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cqcmock.banks.cells import slug_of, unique
from cqcmock.banks.fact_rows import LONGEST, NEXT_REVIEW_MONTHS, day_of, same_label
from cqcmock.banks.fact_rows import in_months as in_months
from cqcmock.domain.english import day
from cqcmock.domain.hearing import PersonalKind
from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from cqcmock.services.privacy import INSTEAD
from cqcmock.services.privacy import personal_data_in as personal_data_in
from cqcmock.services.privacy import redacted_text as redacted_text

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
LONGEST_NAME = 200

PERSONAL_WORDS: dict[PersonalKind, str] = {kind: words.strip("[]") for kind, words in INSTEAD.items()}
"""What each kind of personal data is called."""

A_DAY = "Type a date such as 22 November 2026 or 22/11/2026."


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """A fact as it stands in a form. `phrases` are one a line."""

    label: str = ""
    value: str = ""
    unit: str = ""
    as_of: str = ""
    comparator: str = ""
    source: str = ""
    owner: str = ""
    review_by: str = ""
    statements: tuple[str, ...] = ()
    phrases: str = ""


Problems = Mapping[str, str]
"""For each field that is wrong, a sentence that says what to do."""


def fact_words(fact: Fact) -> FactWords:
    """A fact as a form shows it."""
    return FactWords(
        label=fact.label,
        value=fact.value,
        unit=fact.unit,
        as_of=day(fact.as_of),
        comparator=fact.comparator,
        source=fact.source,
        owner=fact.owner,
        review_by=day(fact.review_by) if fact.review_by else "",
        statements=fact.statements,
        phrases="\n".join(fact.phrases),
    )


def fact_problems(words: FactWords, others: Iterable[Fact]) -> dict[str, str]:
    """What is wrong with a fact; `others` are the rest of the story's."""
    wrong = _needed(
        (("label", words.label, "Say what it is about, for instance “People waiting for an assessment”."),
         ("value", words.value, "Give the figure, or a word such as “good”."),
         ("source", words.source, "Say where somebody can look it up."))
    )  # fmt: skip
    for field, most in LONGEST.items():
        if field != "phrases":
            wrong |= _too_long(field, getattr(words, field), most)
    twin = next((other for other in others if same_label(other.label) == same_label(words.label)), None)
    if words.label.strip() and twin is not None:
        wrong["label"] = "There is a fact of this name already. Change that one, or use other words here."
    as_of, review_by = day_of(words.as_of), day_of(words.review_by)
    if as_of is None:
        wrong["as_of"] = A_DAY if words.as_of.strip() else "Say for which day it holds, such as 22 November 2026."
    if words.review_by.strip() and review_by is None:
        wrong["review_by"] = f"{A_DAY} Or leave it empty."
    elif as_of and review_by and review_by < as_of:
        wrong["review_by"] = "This is before the day for which the figure holds. Type a later date."
    return wrong | _phrase_problems(words.phrases)


def fact_of(words: FactWords, story: Story, replacing: Fact | None = None) -> Fact:
    """The fact that a form without problems holds; a new one gets an id of its own."""
    as_of = day_of(words.as_of)
    assert as_of is not None
    return Fact(
        id=replacing.id if replacing else new_id(words.label, "fact", (fact.id for fact in story.facts)),
        label=_line(words.label),
        value=_line(words.value),
        unit=_line(words.unit),
        as_of=as_of,
        comparator=words.comparator.strip(),
        source=words.source.strip(),
        owner=_line(words.owner),
        review_by=day_of(words.review_by),
        statements=words.statements,
        phrases=phrases_of(words.phrases),
    )


def community_problems(who: str, how_we_listen: str, what_changed: str, source: str, phrases: str) -> dict[str, str]:
    """What is wrong with people who are seldom heard."""
    wrong = _needed(
        (("who", who, "Say who they are, for instance “Gypsy and Traveller families”."),
         ("how_we_listen", how_we_listen, "Say how you listen to them, even where it is little."),
         ("source", source, "Say where this is known from: a team or a report will do."))
    )  # fmt: skip
    wrong |= _too_long("who", who, LONGEST_LINE)
    for field, text in (("how_we_listen", how_we_listen), ("what_changed", what_changed)):
        wrong |= _too_long(field, text, LONGEST_TEXT)
    return wrong | _too_long("source", source, LONGEST["source"]) | _phrase_problems(phrases)


def community_of(words: Mapping[str, str], story: Story, replacing: Community | None = None) -> Community:
    """The community that a form without problems holds."""
    taken = (community.id for community in story.communities)
    return Community(
        id=replacing.id if replacing else new_id(words["who"], "people", taken),
        who=_line(words["who"]),
        how_we_listen=words["how_we_listen"].strip(),
        what_changed=words["what_changed"].strip(),
        source=words["source"].strip(),
        phrases=phrases_of(words["phrases"]),
    )


def you_said_problems(said: str, did: str, when: str, source: str) -> dict[str, str]:
    """What is wrong with something that people said and what was done."""
    wrong = _needed(
        (("said", said, "Say what people told you."),
         ("did", did, "Say what was done about it, even where it is only begun."),
         ("source", source, "Say where this is known from: a team or a report will do."))
    )  # fmt: skip
    for field, text in (("said", said), ("did", did)):
        wrong |= _too_long(field, text, LONGEST_TEXT)
    if when.strip() and day_of(when) is None:
        wrong["when"] = f"{A_DAY} Or leave it empty."
    return wrong | _too_long("source", source, LONGEST["source"])


def you_said_of(words: Mapping[str, str]) -> YouSaid:
    """What people said and what was done, out of a form without problems."""
    return YouSaid(
        said=words["said"].strip(), did=words["did"].strip(), when=day_of(words["when"]), source=words["source"].strip()
    )


def example_problems(text: str, source: str) -> dict[str, str]:
    """What is wrong with a practice example, but for personal data: see `personal_data_in`."""
    wrong = _needed(
        (("text", text, "Tell what was done and what it changed, in two or three sentences."),
         ("source", source, "Say where this is known from: a team will do."))
    )  # fmt: skip
    return wrong | _too_long("text", text, LONGEST_TEXT) | _too_long("source", source, LONGEST["source"])


def example_of(
    text: str, source: str, statements: Sequence[str], story: Story, replacing: Example | None = None
) -> Example:
    """The practice example that a form without problems holds."""
    taken = (example.id for example in story.examples)
    return Example(
        id=replacing.id if replacing else new_id(text, "example", taken),
        text=text.strip(),
        statements=tuple(statements),
        source=source.strip(),
    )


def place_problems(name: str, council: str, checked_on: str) -> dict[str, str]:
    """What is wrong with the names of a place."""
    wrong = _needed(
        (("name", name, "Type the name of the place, such as Rutland."),
         ("council", council, "Type the name of the council, such as Rutland County Council."))
    )  # fmt: skip
    wrong |= _too_long("name", name, LONGEST_NAME) | _too_long("council", council, LONGEST_NAME)
    return wrong | ({} if day_of(checked_on) else {"checked_on": A_DAY})


def place_of(name: str, council: str, checked_on: str, notes: str, before: Place) -> Place:
    """The place that a form without problems holds; its id stays."""
    lines = tuple(line.strip() for line in notes.splitlines() if line.strip())
    named = replace(before, name=_line(name), council=_line(council), notes=lines)
    return replace(named, checked_on=day_of(checked_on) or before.checked_on)


NOT_YET = "Not written down yet."
UNNAMED = ("Our place", "Our council")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWords:
    """What somebody typed who makes a first story in a few minutes; anything may be empty."""

    name: str = ""
    council: str = ""
    figures: tuple[FactWords, ...] = ()
    heard: tuple[tuple[str, str], ...] = ()
    said: str = ""
    did: str = ""


def figure_words(words: Mapping[str, str]) -> FactWords:
    """The words of a figure of a first story."""
    fields = ("label", "value", "unit", "as_of", "source")
    label, value, unit, as_of, source = (words.get(field, "") for field in fields)
    return FactWords(label=label, value=value, unit=unit, as_of=as_of, source=source)


def suggested_council(name: str) -> str:
    """What the council of a place is probably called."""
    name = _line(name)
    return f"{name} Council" if name and not name.casefold().endswith("council") else name


def figure_problems(words: FactWords, others: Iterable[FactWords]) -> dict[str, str]:
    """What is wrong with a figure of a first story; one without any words may stay so."""
    if not (words.label.strip() or words.value.strip()):
        return {}
    wrong = fact_problems(replace(words, source=words.source.strip() or NOT_YET), ())
    if any(same_label(other.label) == same_label(words.label) for other in others):
        wrong.setdefault("label", "You have given this figure already. Take another one.")
    return wrong


def first_story(words: FirstWords, story_id: str, today: date, months: int = NEXT_REVIEW_MONTHS) -> Story:
    """The story that these words make; who said so is the council where nobody else is named."""
    name, council = _line(words.name), _line(words.council)
    council = council or suggested_council(name) or UNNAMED[1]
    place = Place(id=story_id, name=name or UNNAMED[0], council=council, checked_on=today)
    story = Story(place=place)
    for figure in words.figures:
        if figure.label.strip():
            due = day(in_months(today, months))
            fact = fact_of(replace(figure, source=figure.source.strip() or council, review_by=due), story)
            story = replace(story, facts=(*story.facts, fact))
    for who, how in words.heard:
        if who.strip():
            said = {"who": who, "how_we_listen": how.strip() or NOT_YET, "source": council}
            new = community_of({**said, "what_changed": "", "phrases": ""}, story)
            story = replace(story, communities=(*story.communities, new))
    if words.said.strip():
        did = words.did.strip() or NOT_YET
        story = replace(story, you_said=(YouSaid(said=words.said.strip(), did=did, source=council),))
    return story


def new_id(words: str, otherwise: str, taken: Iterable[str]) -> str:
    """A short name made of words, which nothing among `taken` has."""
    return unique(slug_of(words, otherwise), dict.fromkeys(taken, 1))


def story_id(name: str, taken: Collection[str]) -> str:
    """The id of a new story, made of the name of its place."""
    return new_id(name, "our-place", taken)


def phrases_of(text: str) -> tuple[str, ...]:
    """Phrases that stand one a line, each once."""
    return tuple(dict.fromkeys(line for line in map(_line, text.splitlines()) if line))


def _line(text: str) -> str:
    return " ".join(text.split())


def _needed(fields: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    return {field: sentence for field, text, sentence in fields if not text.strip()}


def _too_long(field: str, text: str, most: int) -> dict[str, str]:
    over = len(text.strip()) - most
    if over <= 0:
        return {}
    return {field: f"This is {over:,} characters too long to be kept (at most {most:,}). Take something out."}


def _phrase_problems(phrases: str) -> dict[str, str]:
    for phrase in phrases_of(phrases):
        if not any(letter.isalnum() for letter in phrase):
            return {"phrases": f"There is nothing to listen for in “{phrase[:40]}”. Use words."}
        if len(phrase) > LONGEST["phrases"]:
            return {"phrases": f"Keep each line short: at most {LONGEST['phrases']} characters."}
    return {}
