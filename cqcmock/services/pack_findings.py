"""What in a pack could name somebody: found in every text that a person wrote, decided about, and taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from cqcmock.domain.english import count, shortened
from cqcmock.domain.hearing import Overruling, PersonalData, PersonalKind
from cqcmock.domain.review import Candidate, Pack, PackedAnswer, PackedProbe
from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from cqcmock.errors import UserError
from cqcmock.services.privacy import INSTEAD, personal_data_in, redacted_text

LONGEST_REASON = 500
LONGEST_NAME = 60
"""Characters: so much of a fact, or of what people said, says which one it is."""

_CONTEXT = 40

Part = TypeVar("Part", Place, Fact, Community, YouSaid, Example)

Visit = Callable[[str, str, frozenset[Overruling]], str]
"""Given where a text stands, the text, and what its writer has overruled; returns what is to stand there."""

_NOTHING: frozenset[Overruling] = frozenset()

NAMES_OF_FIELDS: Mapping[type, Mapping[str, str]] = {
    Place: {
        "id": "its name in files",
        "name": "its name",
        "council": "the name of the council",
        "notes": "note {at} to whoever reads the data pack",
    },
    Fact: {
        "id": "its name in files",
        "label": "what it is about",
        "value": "its value",
        "unit": "its unit",
        "comparator": "what it is compared with",
        "source": "where somebody can look it up",
        "owner": "who knows about it",
        "statements": "quality statement {at}",
        "phrases": "words that people use for it, line {at}",
    },
    Community: {
        "id": "its name in files",
        "who": "who they are",
        "how_we_listen": "how we listen to them",
        "what_changed": "what changed",
        "source": "where this is known from",
        "phrases": "words that people use for them, line {at}",
    },
    YouSaid: {
        "said": "what people said",
        "did": "what we did",
        "source": "where this is known from",
    },
    Example: {
        "id": "its name in files",
        "text": "what was done",
        "statements": "quality statement {at}",
        "source": "where this is known from",
    },
}
"""What each text in a story is called, as its forms call it; `{at}` is for one of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in what would be sent that could name somebody; `before` and `after` are the words around it.

    `where` says in words where it stands, and no two texts of a pack are at the same place. `candidate` is the code
    of the candidate whose rehearsal it is from, or nothing.
    """

    id: str
    where: str
    kind: PersonalKind
    text: str
    before: str
    after: str
    candidate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a finding: taken out, or kept for this reason."""

    keep: bool = False
    reason: str = ""


def found_in(pack: Pack, overruled: Mapping[str, frozenset[Overruling]]) -> tuple[Finding, ...]:
    """What could name somebody, each wording once for each place; `overruled` is what a person said of a sheet."""
    found: list[Finding] = []

    def collect(where: str, text: str, allowed: frozenset[Overruling]) -> str:
        known: set[tuple[PersonalKind, str]] = set()
        for data in personal_data_in(text, allowed):
            if (data.kind, data.text) not in known:
                known.add((data.kind, data.text))
                found.append(_finding(len(found) + 1, where, text, data))
        return text

    _walk(pack, collect, overruled)
    return tuple(found)


def taken_out(pack: Pack, findings: Collection[Finding], decisions: Mapping[str, Decision]) -> Pack:
    """The pack with what is to be taken out taken out. Raises UserError while anything is undecided."""
    open_ones = [finding for finding in findings if finding.id not in decisions]
    unexplained = [
        finding
        for finding in findings
        if (decision := decisions.get(finding.id)) and decision.keep and not decision.reason.strip()
    ]
    if open_ones or unexplained:
        listed = "\n".join(f"{each.where}: “{each.text}” ({kind_words(each.kind)})" for each in open_ones + unexplained)
        raise UserError(
            f"Somebody could be recognised in {count(len(open_ones + unexplained), 'place')} of what would be sent.",
            f"Take each of them out, or keep it and say why:\n{listed}",
        )
    by_place = {(finding.where, finding.kind, finding.text): decisions[finding.id] for finding in findings}

    def redact(where: str, text: str, overruled: frozenset[Overruling]) -> str:
        for data in reversed(personal_data_in(text, overruled)):
            decision = by_place.get((where, data.kind, data.text))
            if decision is not None and not decision.keep:  # what its writer overruled was never asked about
                start, end = data.span
                text = f"{text[:start]}{INSTEAD[data.kind]}{text[end:]}"
        return text

    return _walk(pack, redact, {})


def kept_although(findings: Collection[Finding], decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """Where something was kept, and why, without repeating it."""
    return tuple(
        f"{finding.where}: {kind_words(finding.kind)}, because {decisions[finding.id].reason.strip()[:LONGEST_REASON]}"
        for finding in findings
        if decisions[finding.id].keep
    )


def kind_words(kind: PersonalKind) -> str:
    """What a kind of personal data is called."""
    return INSTEAD[kind].strip("[]")


def _walk(pack: Pack, visit: Visit, overruled: Mapping[str, frozenset[Overruling]]) -> Pack:
    """Visit every text of a pack that a person wrote, and return the pack with what comes of it."""
    visit = _each_place_once(visit)
    note = visit("The note to the reviewer", pack.note, _NOTHING)
    candidates: list[Candidate] = []
    answers: dict[str, PackedAnswer] = {}
    of_candidate: dict[str, list[PackedAnswer]] = {}
    for answer in pack.answers:
        of_candidate.setdefault(answer.candidate, []).append(answer)
    for candidate in pack.candidates:  # one after the other, as somebody reads
        for answer in of_candidate.get(candidate.code, ()):
            answers[answer.sheet] = _answer_visited(answer, visit, overruled.get(answer.sheet, _NOTHING))
        candidates.append(_candidate_visited(candidate, visit))
    return replace(
        pack,
        note=note,
        candidates=tuple(candidates),
        answers=tuple(answers[answer.sheet] for answer in pack.answers),
        story=_story_visited(pack.story, visit) if pack.story else None,
    )


def _each_place_once(visit: Visit) -> Visit:
    """Two facts may have the same name: what is decided about one of them must not be taken for the other's."""
    seen: dict[str, int] = {}

    def visited(where: str, text: str, overruled: frozenset[Overruling]) -> str:
        seen[where] = seen.get(where, 0) + 1
        return visit(where if seen[where] == 1 else f"{where} ({seen[where]})", text, overruled)

    return visited


def _candidate_visited(candidate: Candidate, visit: Visit) -> Candidate:
    who = f"Candidate {candidate.code}"
    return replace(
        candidate,
        place=visit(f"{who}, the name of the place", candidate.place, _NOTHING),
        last_words=visit(f"{who}, the last words of the interview", candidate.last_words, _NOTHING),
    )


def _answer_visited(answer: PackedAnswer, visit: Visit, allowed: frozenset[Overruling]) -> PackedAnswer:
    where = f"Candidate {answer.candidate}, question {answer.number}"

    def lines(what: str, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(visit(f"{where}, {what}, line {at}", text, _NOTHING) for at, text in enumerate(texts, 1))

    return replace(
        answer,
        question=visit(f"{where}, the question itself", answer.question, _NOTHING),
        answer=visit(f"{where}, the answer", answer.answer, allowed),
        probes=tuple(
            PackedProbe(
                text=visit(f"{where}, follow-up question {at}", probe.text, _NOTHING),
                answer=visit(f"{where}, the answer to follow-up question {at}", probe.answer, allowed),
            )
            for at, probe in enumerate(answer.probes, 1)
        ),
        strong=lines("what a strong answer does", answer.strong),
        avoid=lines("what an answer should avoid", answer.avoid),
    )


def _story_visited(story: Story, visit: Visit) -> Story:
    """Every text of the story, and by what a person finds it there."""

    def parts(several: tuple[Part, ...], kind: str, name: Callable[[Part], str]) -> tuple[Part, ...]:
        return tuple(_part_visited(one, f"{kind} “{_name(name(one))}”", visit) for one in several)

    return Story(
        place=_part_visited(story.place, "the place", visit),
        facts=parts(story.facts, "the fact", lambda fact: fact.label),
        communities=parts(story.communities, "the community", lambda community: community.who),
        you_said=parts(story.you_said, "“you said, we did”", lambda said: said.said),
        examples=parts(story.examples, "the example", lambda example: example.text),
    )


def _part_visited(part: Part, name: str, visit: Visit) -> Part:
    """The part with each of its texts visited, whatever its field is called."""
    words = NAMES_OF_FIELDS[type(part)]
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        called = f"The local story, {name}: {words.get(field.name, field.name.replace('_', ' '))}"
        if isinstance(value, str):
            changed[field.name] = visit(called, value, _NOTHING)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(
                visit(called.replace("{at}", str(at)), text, _NOTHING) for at, text in enumerate(value, 1)
            )
    return replace(part, **changed)


def _name(text: str) -> str:
    """By which a part is known: where something was kept is kept itself, so that it must not name anybody."""
    return shortened(redacted_text(text[: LONGEST_NAME * 4]), LONGEST_NAME)


def _finding(number: int, where: str, text: str, data: PersonalData) -> Finding:
    start, end = data.span
    candidate = where.removeprefix("Candidate ").split(",", 1)[0] if where.startswith("Candidate ") else ""
    return Finding(
        id=str(number),
        where=where,
        kind=data.kind,
        text=data.text,
        before=text[max(0, start - _CONTEXT) : start],
        after=text[end : end + _CONTEXT],
        candidate=candidate,
    )
