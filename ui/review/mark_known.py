"""What a pack tells of the place, as entries that can be looked through for a figure or a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cqcmock.domain.english import day, shortened
from cqcmock.domain.story import Fact, Story
from ui.story.wording import figure

FACTS, PEOPLE, DONE, EXAMPLES = "Facts", "People who are seldom heard", "You said, we did", "Practice examples"
_LONGEST_NAME = 40
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is known. `more` says when, beside what and where it stands; `other_words` are only looked for."""

    part: str
    title: str
    says: str = ""
    more: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()

    @property
    def searched(self) -> str:
        """Everything in which words are looked for."""
        return _plain(" ".join((self.title, self.says, *self.more, *self.other_words)))


def about(story: Story) -> str:
    """What the way to it is called."""
    return f"About {shortened(story.place.name, _LONGEST_NAME)}"


def entries(story: Story, today: date) -> tuple[Entry, ...]:
    """Everything that the story tells, in its order."""
    return tuple(_entries(story, today))


def found(known: Iterable[Entry], words: str) -> tuple[Entry, ...]:
    """Those in which every one of these words stands, whatever its capitals and accents."""
    wanted = _plain(words).split()
    return tuple(entry for entry in known if all(word in entry.searched for word in wanted))


def _entries(story: Story, today: date) -> Iterator[Entry]:
    due = {fact.id for fact in story.facts_due(today)}
    for fact in story.facts:
        yield _fact(fact, late=fact.id in due)
    for one in story.communities:
        changed = f"What changed: {one.what_changed}" if one.what_changed else ""
        more = _those((changed, _from(one.source)))
        says = f"How they are listened to: {one.how_we_listen}"
        yield Entry(part=PEOPLE, title=one.who, says=says, more=more, other_words=one.phrases)
    for said in story.you_said:
        when = f" ({day(said.when)})" if said.when else ""
        says = f"What was done: {said.did}{when}"
        yield Entry(part=DONE, title=said.said, says=says, more=_those((_from(said.source),)))
    for example in story.examples:
        yield Entry(part=EXAMPLES, title=example.text, more=_those((_from(example.source),)))


def _fact(fact: Fact, *, late: bool) -> Entry:
    check = ""
    if late and fact.review_by is not None:
        check = f"Out of date: it was to be checked by {day(fact.review_by)}."
    return Entry(
        part=FACTS,
        title=fact.label,
        says=f"{figure(fact)}, on {day(fact.as_of)}",
        more=_those((check, fact.comparator, _from(fact.source))),
        other_words=fact.phrases,
    )


def _from(source: str) -> str:
    return f"Source: {source}" if source else ""


def _those(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _plain(words: str) -> str:
    """Small letters without accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", words.casefold()))
