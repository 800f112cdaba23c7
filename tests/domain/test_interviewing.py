"""With an interviewer: which probe a tap brings, and when a question is over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain import interviewing
from cqcmock.domain.hearing import MISSING_POINT
from cqcmock.domain.interviewing import PLAIN, Interviewing, Tap, Tapped, interviewed, step
from cqcmock.domain.plan import MOST_PROBES
from cqcmock.domain.questions import Cue, CueProbe, Point, Question
from tests.domain.worlds import question

ASKING = tuple(tap for tap in Tap if tap is not Tap.GOOD)
TAPS = st.lists(st.sampled_from(Tap), max_size=8)


def with_probes(*probes: tuple[Cue, str], points: tuple[Point, ...] = ()) -> Question:
    return replace(question(), points=points, probes=tuple(CueProbe(cue=cue, text=text) for cue, text in probes))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Questions with any probes, some of them in the very words of the plain ones, or of one another."""
    texts = st.sampled_from(
        ["How?", "how", "When?", "Who says so?", "q?", *(text for kind in PLAIN.values() for text in kind)]
    )
    probes = draw(st.lists(st.builds(CueProbe, cue=st.sampled_from(Cue), text=texts), max_size=6))
    weights = draw(st.lists(st.integers(1, 3), max_size=4))
    points = tuple(
        Point(id=f"p{at}", label=f"Point {at}", phrases=("x",), probe=draw(texts), weight=weight)
        for at, weight in enumerate(weights)
    )
    return replace(question(), text=draw(texts), probes=tuple(probes), points=points)


FULL = with_probes(
    (Cue.ALWAYS, "always one"),
    (Cue.VAGUE, "vague one"),
    (Cue.IN_PROGRESS, "by when"),
    (Cue.NO_NUMBER, "number one"),
    (Cue.NO_EXAMPLE, "example one"),
    (Cue.NO_EXAMPLE, "example two"),
    (Cue.NO_VOICE, "voice one"),
    points=(
        Point(id="light", label="Light", phrases=("x",), probe="light point"),
        Point(id="heavy", label="Heavy", phrases=("y",), probe="heavy point", weight=3),
    ),
)


def asked(now: Interviewing) -> list[str]:
    return [each.probe.text for each in now.asked]


@pytest.mark.parametrize(
    ("tap", "expected"),
    [
        (Tap.VAGUE, ["vague one", "heavy point", "light point"]),
        (Tap.NO_EXAMPLE, ["example one", "example two", PLAIN[Tap.NO_EXAMPLE][0]]),
        (Tap.CLAIM_WITHOUT_DATA, ["number one", "How do you know?", "by when"]),
        (Tap.NO_VOICE, ["voice one", *PLAIN[Tap.NO_VOICE][:2]]),
        (Tap.CONTRADICTS, list(PLAIN[Tap.CONTRADICTS])),
    ],
)
def test_each_tap_brings_the_fitting_probes_of_the_question_one_after_the_other(tap: Tap, expected: list[str]) -> None:
    assert asked(interviewed(FULL, [tap] * 3)) == expected


def test_points_that_were_heard_are_not_asked_about_and_then_come_what_is_always_asked() -> None:
    vague = Tapped(tap=Tap.VAGUE, heard=frozenset({"heavy"}))
    assert asked(interviewed(FULL, [vague] * 3)) == ["vague one", "light point", "always one"]
    everything = Tapped(tap=Tap.VAGUE, heard=frozenset({"heavy", "light"}))
    assert asked(interviewed(FULL, [everything] * 3)) == ["vague one", "always one", PLAIN[Tap.VAGUE][0]]


def test_a_probe_keeps_the_reason_why_it_was_asked() -> None:
    now = interviewed(FULL, [Tap.NO_VOICE, Tap.CONTRADICTS, Tapped(tap=Tap.VAGUE)])
    assert [(each.tap, each.probe.cue) for each in now.asked] == [
        (Tap.NO_VOICE, Cue.NO_VOICE),
        (Tap.CONTRADICTS, "contradicts"),
        (Tap.VAGUE, Cue.VAGUE),
    ]
    point = interviewed(FULL, [Tap.VAGUE, Tap.VAGUE]).probe
    assert point is not None
    assert (point.cue, point.point) == (MISSING_POINT, "heavy")
    plain = interviewed(with_probes(), [Tap.CLAIM_WITHOUT_DATA]).probe
    assert plain is not None
    assert plain.cue == Cue.NO_NUMBER


def test_good_on_the_answer_itself_goes_on_to_the_next_question() -> None:
    now = interviewed(FULL, [Tap.GOOD])
    assert (now.over, now.left, now.probe) == (True, 0, None)
    assert "next question" in now.words


def test_good_on_a_probe_closes_its_kind_and_leaves_the_others_open() -> None:
    now = interviewed(FULL, [Tap.NO_EXAMPLE, Tap.GOOD])
    assert not now.over
    assert now.done == {Tap.NO_EXAMPLE}
    assert now.asked[0].good
    same = step(now, Tap.NO_EXAMPLE)
    assert asked(same) == asked(now)
    assert "answered well already" in same.words
    assert asked(step(same, Tap.NO_VOICE)) == ["example one", "voice one"]


def test_good_twice_running_goes_on_to_the_next_question() -> None:
    assert interviewed(FULL, [Tap.NO_EXAMPLE, Tap.GOOD, Tap.GOOD]).over
    assert not interviewed(FULL, [Tap.NO_EXAMPLE, Tap.GOOD, Tap.VAGUE, Tap.GOOD]).over


@pytest.mark.parametrize("last", Tap)
def test_after_three_probes_every_tap_goes_on_to_the_next_question(last: Tap) -> None:
    now = interviewed(FULL, [Tap.VAGUE, Tap.NO_VOICE, Tap.VAGUE])
    assert (now.left, now.over) == (0, False)
    then = step(now, last)
    assert then.over
    assert asked(then) == asked(now)
    assert then.asked[-1].good == (last is Tap.GOOD)
    after = step(then, Tap.VAGUE)
    assert (after.asked, after.done, after.over) == (then.asked, then.done, True)


@given(questions(), TAPS)
def test_the_same_taps_give_the_same_interview_and_undoing_is_leaving_out_the_last(
    about: Question, taps: list[Tap]
) -> None:
    now = interviewed(about, taps)
    assert now == interviewed(about, [Tapped(tap=tap) for tap in taps])
    for number in range(len(taps)):
        earlier = interviewed(about, taps[:number])
        assert asked(earlier) == asked(now)[: len(earlier.asked)]


@given(questions(), TAPS)
def test_no_probe_comes_twice_and_three_are_the_most(about: Question, taps: list[Tap]) -> None:
    now = interviewed(about, taps)
    texts = [text.casefold().strip("?.") for text in (about.text, *asked(now))]
    assert len(set(texts)) == len(texts)
    assert len(now.asked) <= MOST_PROBES


@given(questions(), TAPS, st.sampled_from(Tap))
def test_what_could_be_asked_next_holds_nothing_twice_and_the_first_of_it_is_what_comes(
    about: Question, taps: list[Tap], tap: Tap
) -> None:
    before = interviewed(about, taps)
    coming = [probe.text for probe in interviewing.fitting_probes(before, Tapped(tap=tap))]
    texts = [text.casefold().strip("?.") for text in (*asked(before), *coming)]
    assert len(set(texts)) == len(texts)
    assert bool(coming) == (tap is not Tap.GOOD) or before.asked
    after = step(before, tap)
    if len(after.asked) > len(before.asked):
        assert asked(after)[-1] == coming[0]


@given(questions(), TAPS)
def test_every_probe_answers_a_tap_and_fits_it(about: Question, taps: list[Tap]) -> None:
    fitting: dict[Tap, set[str]] = {
        Tap.VAGUE: {Cue.VAGUE, Cue.ALWAYS, MISSING_POINT},
        Tap.NO_EXAMPLE: {Cue.NO_EXAMPLE},
        Tap.CLAIM_WITHOUT_DATA: {Cue.NO_NUMBER, Cue.IN_PROGRESS},
        Tap.NO_VOICE: {Cue.NO_VOICE},
        Tap.CONTRADICTS: {"contradicts"},
    }
    own = {probe.text for probe in about.probes} | {point.probe for point in about.points}
    now = Interviewing(question=about)
    for tap in taps:
        then = step(now, tap)
        if len(then.asked) > len(now.asked):
            latest = then.asked[-1]
            assert latest.tap is tap
            assert latest.probe.cue in fitting[tap]
            assert latest.probe.text in own | set(PLAIN[tap])
            assert tap not in now.done
        elif tap is not Tap.GOOD:
            assert now.over or not now.left or tap in now.done or "is left" in then.words
        now = then


@given(questions(), TAPS, st.sampled_from(ASKING))
def test_a_tap_brings_a_plain_probe_only_where_the_question_has_none_left(
    about: Question, taps: list[Tap], tap: Tap
) -> None:
    of_tap: dict[Tap, set[Cue]] = {
        Tap.VAGUE: {Cue.VAGUE, Cue.ALWAYS},
        Tap.NO_EXAMPLE: {Cue.NO_EXAMPLE},
        Tap.CLAIM_WITHOUT_DATA: {Cue.NO_NUMBER},
        Tap.NO_VOICE: {Cue.NO_VOICE},
        Tap.CONTRADICTS: set(),
    }
    before = interviewed(about, taps)
    then = step(before, tap)
    if len(then.asked) == len(before.asked):
        return
    used = {text.casefold().strip("?.") for text in (about.text, *asked(before))}
    own = [probe.text for probe in about.probes if probe.cue in of_tap[tap]]
    own += [point.probe for point in about.points if tap is Tap.VAGUE]
    if {text.casefold().strip("?.") for text in own} - used:
        assert then.asked[-1].probe.text in own


@given(st.sampled_from(ASKING), st.sampled_from(ASKING), st.sampled_from(ASKING))
def test_there_is_always_something_to_ask_of_a_question_of_a_bank(one: Tap, two: Tap, three: Tap) -> None:
    for about in (FULL, with_probes(), question()):
        assert len(interviewed(about, [one, two, three]).asked) == 3
    assert set(asked(interviewed(with_probes(), [one, two, three]))) <= {*PLAIN[one], *PLAIN[two], *PLAIN[three]}


def test_where_nothing_is_left_to_ask_the_interviewer_is_told_and_the_question_stays_open() -> None:
    kind = Tap.CONTRADICTS
    first, second, third = PLAIN[kind]
    about = replace(with_probes((Cue.NO_VOICE, second)), text=first)
    now = interviewed(about, [kind, kind, kind])
    assert asked(now) == [second, third]
    assert "is left" in now.words
    assert not now.over


def test_the_taps_are_the_words_that_a_report_prints() -> None:
    assert list(Tap) == ["vague", "no example", "claim without data", "no voice", "contradicts", "good"]
    assert set(PLAIN) == set(interviewing.CUE_OF) == set(ASKING)
    assert all(len({*texts}) == MOST_PROBES for texts in PLAIN.values())
