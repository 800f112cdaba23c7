"""Listens to one answer: everything that an attentive colleague would notice in it, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from cqcmock.domain.glossary import Term
from cqcmock.domain.hearing import Finding, FindingKind, Hearing, Span
from cqcmock.domain.questions import Question
from cqcmock.domain.story import Story
from cqcmock.listening import claims, equity, example_phrases, examples, hedges, voice
from cqcmock.listening.facts import heard_numbers
from cqcmock.listening.jargon import jargon
from cqcmock.listening.numbers import quantities
from cqcmock.listening.patterns import Match, Patterns, compile_patterns
from cqcmock.listening.points import hear_points
from cqcmock.listening.privacy import personal_data
from cqcmock.listening.probes import probes_after
from cqcmock.listening.repeats import repeats
from cqcmock.listening.speech import Speech, read_speech
from cqcmock.listening.stems import Words, read_words
from cqcmock.listening.vocabulary import CLASSES as PEOPLE_CLASSES

IN_A_PLACE = "in a place"

_COUNTS = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


@lru_cache(maxsize=1)
def _patterns() -> Patterns:
    """The patterns of each kind with those that are like them and do not count; each kind has its own classes."""
    kinds: list[tuple[str, Iterable[str], dict[str, frozenset[str]]]] = []
    for kind, patterns, barred, own in (
        (FindingKind.HEDGE, hedges.HEDGES, hedges.NOT_HEDGES, hedges.CLASSES),
        (FindingKind.IN_PROGRESS, claims.IN_PROGRESS, claims.NOT_UNDER_WAY, claims.CLASSES),
        (FindingKind.EXAMPLE, example_phrases.EXAMPLES, example_phrases.NOT_EXAMPLES, example_phrases.CLASSES),
        (IN_A_PLACE, example_phrases.IN_A_PLACE, (), example_phrases.CLASSES),
        (FindingKind.VOICE, voice.VOICE, voice.NOT_VOICE, voice.CLASSES),
        (FindingKind.EQUITY, equity.EQUITY, equity.NOT_EQUITY, equity.CLASSES),
    ):
        classes = PEOPLE_CLASSES | own
        kinds += [(kind, patterns, classes), (f"not {kind}", barred, classes)]
    return compile_patterns(kinds)


def listen(
    answer: str,
    question: Question,
    story: Story | None = None,
    *,
    glossary: Sequence[Term] = (),
    on: date | None = None,
) -> Hearing:
    """Everything heard in an answer to a question, and what an assessor would ask next.

    Pure: the same answer always gets the same hearing. The question comes with its place filled in
    (`cqcmock.domain.questions.filled`). Numbers are held against the facts of `story`; `on` is the day on which a fact
    may be out of date (without it none is). `glossary` says which words of the trade need explaining. Spans are
    character offsets into `answer` as it was given.
    """
    read = read_words(answer)
    speech = read_speech(answer, read)
    private = personal_data(speech)
    closed = [data.span for data in private]
    facts = story.facts if story else ()
    findings = (*_findings(speech, story), *_repeated(answer, read), *jargon(speech, glossary, closed))
    hearing = Hearing(
        points=hear_points(read, question),
        numbers=heard_numbers(speech, quantities(speech, closed), facts, on, question.text),
        findings=tuple(sorted(findings, key=lambda finding: (finding.span, finding.kind))),
        personal_data=private,
    )
    return replace(hearing, probes=probes_after(hearing, question))


def _findings(speech: Speech, story: Story | None) -> Iterator[Finding]:
    found = _patterns().matches(speech)
    if story and (own := equity.community_patterns(story.communities)) is not None:
        named = [*found.get(FindingKind.EQUITY, ()), *own.matches(speech).get(FindingKind.EQUITY, ())]
        found[FindingKind.EQUITY] = sorted(named, key=lambda match: (match.first, match.last))

    def counted(kind: FindingKind) -> list[Match]:
        return _without(found.get(kind, ()), found.get(f"not {kind}", ()))

    for first, last in _joined(counted(FindingKind.HEDGE)):
        yield _finding(speech, FindingKind.HEDGE, (first, last), "This blurs what you claim.")
    for first, last in claims.still_under_way(counted(FindingKind.IN_PROGRESS), speech):
        why = "No date and nobody's name stand beside this plan."
        yield _finding(speech, FindingKind.IN_PROGRESS, (first, last), why)
    placed = examples.in_named_places(found.get(IN_A_PLACE, ()), speech)
    people = (*examples.by_name(speech), *examples.opens_with_somebody(speech))
    brought = (*counted(FindingKind.EXAMPLE), *placed, *people)
    for first, last in examples.brought_in(brought, speech):
        yield _finding(speech, FindingKind.EXAMPLE, (first, last), "This brings in one person or one occasion.")
    for first, last in voice.voices(counted(FindingKind.VOICE), speech):
        why = "This is what people who draw on care, or who care for somebody, said or wanted."
        yield _finding(speech, FindingKind.VOICE, (first, last), why)
    told: set[str] = set()
    for first, last in _neighbours_joined(counted(FindingKind.EQUITY), speech):
        words = " ".join(speech.words[first : last + 1])
        if words not in told:
            told.add(words)
            yield _finding(speech, FindingKind.EQUITY, (first, last), "This names people who are easily missed.")


def _finding(speech: Speech, kind: FindingKind, words: tuple[int, int], why: str) -> Finding:
    span = speech.span(*words)
    return Finding(kind=kind, text=speech.text[span[0] : span[1]], span=span, why=why)


def _without(found: Iterable[Match], barred: Iterable[Match]) -> list[Match]:
    """Those that overlap nothing that is known not to count; of two, the one that says more is believed."""
    closed: dict[int, Match] = {at: match for match in barred for at in range(match.first, match.last + 1)}
    kept = []
    for match in found:
        against = [closed[at] for at in range(match.first, match.last + 1) if at in closed]
        if all(
            match.first <= other.first
            and other.last <= match.last
            and match.last - match.first > other.last - other.first
            for other in against
        ):
            kept.append(match)
    return kept


def _joined(found: Iterable[Match]) -> list[tuple[int, int]]:
    """First and last words, those that overlap joined into one."""
    joined: list[tuple[int, int]] = []
    for match in found:
        if joined and match.first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], match.last))
        else:
            joined.append((match.first, match.last))
    return joined


def _neighbours_joined(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """The same, and those that stand side by side in one clause are one too: "Black Caribbean"."""
    joined: list[tuple[int, int]] = []
    for first, last in _joined(found):
        if joined and first == joined[-1][1] + 1 and speech.clauses[first] == speech.clauses[joined[-1][1]]:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _repeated(answer: str, read: Words) -> Iterator[Finding]:
    for span, times in repeats(read):
        why = f"You say this {_COUNTS.get(times, f'{times} times')}."
        yield Finding(kind=FindingKind.REPEAT, text=_text(answer, span), span=span, why=why)


def _text(answer: str, span: Span) -> str:
    return answer[span[0] : span[1]]
