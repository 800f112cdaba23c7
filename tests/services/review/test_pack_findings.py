"""What in a pack could name somebody: no text is passed by, and each is found again by the words for its place."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock.domain.review import Candidate, Pack, PackedAnswer, PackedProbe
from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from cqcmock.services import packing
from cqcmock.services.pack_findings import NAMES_OF_FIELDS, Finding, found_in, taken_out
from cqcmock.services.packing import Decision, Wanted
from tests.services.review.hands import CLOCK

if TYPE_CHECKING:
    from cqcmock.services.library import Library

NAMED = "Mrs Okafor agreed."
DAY = date(2026, 11, 22)
STORY = Story(
    place=Place(id="here", name="Here", council="Here Council", checked_on=DAY),
    facts=(
        Fact(id="waiting", label="People waiting", value="212", as_of=DAY, source="Our report"),
        Fact(id="again", label="People waiting", value="213", as_of=DAY, source="Our report"),
    ),
    communities=(Community(id="travellers", who="Gypsy families", how_we_listen="We visit.", source="Our team"),),
    you_said=(YouSaid(said="Nobody rings back.", did="Somebody does.", source="Our forum"),),
    examples=(Example(id="home-first", text="We went home with people.", source="Our team"),),
)


@pytest.fixture
def pack(library: Library, sitting: str) -> Pack:
    """One answer and a story in which nobody is named."""
    made = packing.draft(library, Wanted(sittings=(sitting,), reviewer="Ann"), CLOCK).pack
    answer = PackedAnswer(
        sheet="one",
        candidate="A",
        number=3,
        question="Who?",
        answer="We ask.",
        probes=(PackedProbe(text="And then?", answer="We ask again."),),
        strong=("Says who.",),
        avoid=("Says nothing.",),
    )
    return replace(
        made, candidates=(Candidate(code="A", role_name="Lead member", place="Here"),), answers=(answer,), story=STORY
    )


def places(pack: Pack) -> list[str]:
    return [finding.where for finding in found_in(pack, {})]


def all_out(findings: tuple[Finding, ...]) -> dict[str, Decision]:
    return {finding.id: Decision() for finding in findings}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"question": NAMED}, "Candidate A, question 3, the question itself"),
        ({"answer": NAMED}, "Candidate A, question 3, the answer"),
        ({"probes": (PackedProbe(text=NAMED),)}, "Candidate A, question 3, follow-up question 1"),
        (
            {"probes": (PackedProbe(text="Who?"), PackedProbe(text="Why?", answer=NAMED))},
            "Candidate A, question 3, the answer to follow-up question 2",
        ),
        ({"strong": ("Well.", NAMED)}, "Candidate A, question 3, what a strong answer does, line 2"),
        ({"avoid": (NAMED,)}, "Candidate A, question 3, what an answer should avoid, line 1"),
    ],
)
def test_a_finding_in_an_answer_says_in_which_part_of_it_it_stands(
    pack: Pack, change: dict[str, Any], where: str
) -> None:
    named = replace(pack, answers=(replace(pack.answers[0], **change),))
    (finding,) = found_in(named, {})
    assert (finding.where, finding.candidate) == (where, "A")
    assert found_in(taken_out(named, (finding,), all_out((finding,))), {}) == ()


def test_a_finding_elsewhere_says_where_too(pack: Pack) -> None:
    who = Candidate(code="A", role_name="Lead member", place="Mrs Okafor's town", last_words=NAMED)
    named = replace(pack, note=NAMED, candidates=(who,))
    assert places(named) == [
        "The note to the reviewer",
        "Candidate A, the name of the place",
        "Candidate A, the last words of the interview",
    ]
    assert [finding.candidate for finding in found_in(named, {})] == ["", "A", "A"]


@pytest.mark.parametrize(
    ("part", "field", "where"),
    [
        ("facts", "value", "the fact “People waiting”: its value"),
        ("facts", "owner", "the fact “People waiting”: who knows about it"),
        ("facts", "phrases", "the fact “People waiting”: words that people use for it, line 1"),
        ("communities", "how_we_listen", "the community “Gypsy families”: how we listen to them"),
        ("you_said", "did", "“you said, we did” “Nobody rings back.”: what we did"),
        ("examples", "source", "the example “We went home with people.”: where this is known from"),
    ],
)
def test_a_finding_in_the_story_is_named_by_its_part(pack: Pack, part: str, field: str, where: str) -> None:
    first, *others = getattr(STORY, part)
    value = (NAMED,) if field == "phrases" else NAMED
    named = replace(pack, story=replace(STORY, **{part: (replace(first, **{field: value}), *others)}))
    assert places(named) == [f"The local story, {where}"]


def test_every_text_of_a_story_is_looked_through_and_has_words_for_where_it_is(pack: Pack) -> None:
    for kind, part in (
        (Place, "place"),
        (Fact, "facts"),
        (Community, "communities"),
        (YouSaid, "you_said"),
        (Example, "examples"),
    ):
        known = getattr(STORY, part)
        one = known if part == "place" else known[0]
        texts = [field.name for field in fields(one) if isinstance(getattr(one, field.name), str | tuple)]
        assert set(texts) == set(NAMES_OF_FIELDS[kind])
        for name in texts:
            value = (NAMED,) if isinstance(getattr(one, name), tuple) else NAMED
            named = replace(one, **{name: value})
            story = replace(STORY, **{part: named if part == "place" else (named,)})
            (finding,) = found_in(replace(pack, story=story), {})
            assert finding.where.endswith(NAMES_OF_FIELDS[kind][name].replace("{at}", "1"))
            out = taken_out(replace(pack, story=story), (finding,), all_out((finding,)))
            assert found_in(out, {}) == ()


def test_where_something_stands_names_nobody(pack: Pack) -> None:
    named = replace(STORY.facts[0], label="What Mrs Okafor waits for")
    (finding,) = found_in(replace(pack, story=replace(STORY, facts=(named,))), {})
    assert finding.where == "The local story, the fact “What [name] waits for”: what it is about"


def test_two_facts_of_one_name_are_decided_about_one_by_one(pack: Pack) -> None:
    story = replace(STORY, facts=tuple(replace(fact, value=NAMED) for fact in STORY.facts))
    named = replace(pack, story=story)
    first, second = findings = found_in(named, {})
    assert second.where == f"{first.where} (2)"
    out = taken_out(named, findings, {first.id: Decision(keep=True, reason="She agreed."), second.id: Decision()})
    assert out.story is not None
    assert [fact.value for fact in out.story.facts] == [NAMED, "[name] agreed."]


def test_findings_come_rehearsal_by_rehearsal(pack: Pack) -> None:
    codes = ("A", "B")
    named = replace(
        pack,
        candidates=tuple(
            Candidate(code=code, role_name="Lead member", place="Here", last_words=NAMED) for code in codes
        ),
        answers=tuple(replace(pack.answers[0], sheet=code, candidate=code, answer=NAMED) for code in codes),
    )
    assert [finding.candidate for finding in found_in(named, {})] == ["A", "A", "B", "B"]
    assert places(named)[1] == "Candidate A, the last words of the interview"
