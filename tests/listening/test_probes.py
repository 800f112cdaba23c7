"""What is asked next follows from what was heard, always in the same order, and from what a person has overruled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.hearing import (
    MISSING_POINT,
    NUMBER,
    POINT,
    Finding,
    FindingKind,
    HeardNumber,
    HeardPoint,
    Hearing,
    Overruling,
    with_overrulings,
)
from cqcmock.domain.questions import Cue, CueProbe
from cqcmock.listening import probes_after
from cqcmock.listening.probes import CUE_ORDER
from tests.listening.hearing_of import QUESTION, hear

ALL_CUES = replace(QUESTION, probes=tuple(CueProbe(cue=cue, text=f"{cue}?") for cue in reversed(CUE_ORDER)))


def point(name: str, *, heard: bool = False, weight: int = 1, words: int = 0, overruled: bool = False) -> HeardPoint:
    return HeardPoint(
        id=name,
        label=name,
        heard=heard,
        negated=False,
        spans=((0, 1),) if heard else (),
        words_heard=words,
        probe=f"{name}?",
        weight=weight,
        overruled=overruled,
    )


def finding(kind: FindingKind, *, overruled: bool = False) -> Finding:
    return Finding(kind=kind, text="x", span=(0, 1), why="Because.", overruled=overruled)


def number(*, overruled: bool = False) -> HeardNumber:
    return HeardNumber(text="2", value=2, unit="", year=None, span=(0, 1), overruled=overruled)


def asked(hearing: Hearing) -> list[str]:
    return [probe.point or probe.cue for probe in probes_after(hearing, ALL_CUES)]


def test_the_weightiest_missing_point_comes_first_then_fewest_words_heard_then_the_order() -> None:
    points = (
        point("a", words=1),
        point("b"),
        point("c", weight=3, words=9),
        point("d", heard=True, weight=3),
        point("e", weight=2, words=5),
        point("f"),
        point("g", weight=3, words=2),
    )
    assert asked(Hearing(points=points))[:6] == ["g", "c", "e", "b", "f", "a"]


def test_cues_come_after_the_points_in_their_fixed_order() -> None:
    hearing = Hearing(points=(point("a"),), findings=(finding(FindingKind.IN_PROGRESS),))
    assert asked(hearing) == ["a", "always", "no-number", "no-example", "no-voice", "in-progress", "vague"]


def test_a_cue_whose_probe_the_question_lacks_is_not_asked() -> None:
    question = replace(QUESTION, probes=(CueProbe(cue=Cue.NO_VOICE, text="Who says so?"),))
    assert [probe.text for probe in probes_after(Hearing(points=()), question)] == ["Who says so?"]


@pytest.mark.parametrize(
    ("kinds", "with_number", "vague"),
    [
        ([], False, True),
        ([], True, False),
        ([FindingKind.EXAMPLE], False, False),
        ([FindingKind.VOICE], False, False),
        ([FindingKind.EQUITY, FindingKind.JARGON, FindingKind.REPEAT], False, True),
        ([FindingKind.HEDGE] * 2, True, False),
        ([FindingKind.HEDGE] * 3, True, True),
        ([FindingKind.HEDGE] * 3 + [FindingKind.EXAMPLE] * 3, False, False),
        ([FindingKind.HEDGE] * 4 + [FindingKind.EXAMPLE] * 3, False, True),
    ],
)
def test_an_answer_is_vague_when_nothing_solid_is_in_it_or_the_hedges_outnumber_it(
    kinds: list[FindingKind], with_number: bool, vague: bool
) -> None:
    hearing = Hearing(
        points=(), numbers=(number(),) if with_number else (), findings=tuple(finding(kind) for kind in kinds)
    )
    assert (Cue.VAGUE in asked(hearing)) == vague


def test_overruling_a_point_changes_what_is_asked_next() -> None:
    hearing = Hearing(points=(point("a"), point("b", heard=True)))
    said = [Overruling(kind=POINT, key="a"), Overruling(kind=POINT, key="b")]
    assert asked(hearing)[0] == "a"
    assert asked(with_overrulings(hearing, said))[0] == "b"


def test_overruling_the_only_number_makes_an_assessor_ask_for_one() -> None:
    hearing = hear("It takes 28 days.")
    assert Cue.NO_NUMBER not in asked(hearing)
    assert Cue.NO_NUMBER in asked(with_overrulings(hearing, [Overruling(kind=NUMBER, key="28 days")]))


def test_overruling_a_claim_in_progress_ends_the_asking_after_it() -> None:
    hearing = hear("We are developing a strategy.")
    said = [Overruling(kind=FindingKind.IN_PROGRESS, key="We are developing")]
    assert Cue.IN_PROGRESS in asked(hearing)
    assert Cue.IN_PROGRESS not in asked(with_overrulings(hearing, said))


points = st.builds(
    point,
    st.sampled_from("abcdef"),
    heard=st.booleans(),
    weight=st.integers(1, 3),
    words=st.integers(0, 5),
    overruled=st.booleans(),
)
findings = st.builds(finding, st.sampled_from(list(FindingKind)), overruled=st.booleans())
hearings = st.builds(
    Hearing,
    points=st.lists(points, max_size=6).map(tuple),
    numbers=st.lists(st.builds(number, overruled=st.booleans()), max_size=3).map(tuple),
    findings=st.lists(findings, max_size=12).map(tuple),
)


@given(hearings)
def test_the_order_of_probes_holds_for_every_hearing(hearing: Hearing) -> None:
    probes = probes_after(hearing, ALL_CUES)
    missing = [probe for probe in probes if probe.cue == MISSING_POINT]
    cues = [probe.cue for probe in probes if probe.cue != MISSING_POINT]
    assert list(probes) == [*missing, *(probe for probe in probes if probe.cue != MISSING_POINT)]
    assert len(missing) == sum(point.heard == point.overruled for point in hearing.points)
    assert cues == [cue for cue in CUE_ORDER if cue in cues]
    assert cues[0] == Cue.ALWAYS
    weights = {point.probe: point.weight for point in hearing.points}
    if len(weights) == len(hearing.points):
        said = [weights[probe.text] for probe in missing]
        assert said == sorted(said, reverse=True)
    assert probes == probes_after(hearing, ALL_CUES)
