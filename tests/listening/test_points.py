"""What is heard in an answer, and what an assessor would ask next."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.hearing import MISSING_POINT, HeardPoint, Hearing
from cqcmock.domain.questions import Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.listening import listen
from cqcmock.listening.stems import word_set


def question(*groups: list[str], probes: tuple[CueProbe, ...] = ()) -> Question:
    points = tuple(
        Point(id=f"point-{at}", label=f"Point {at}", phrases=tuple(phrases), probe=f"Probe {at}?")
        for at, phrases in enumerate(groups)
    )
    return Question(
        id="q",
        text="Who is heard here?",
        kind=Kind.QUESTION,
        statements=("QS3",),
        prepare_seconds=10,
        target_seconds=90,
        limit_seconds=150,
        source=Source.DERIVED,
        points=points,
        probes=probes,
    )


def point(answer: str, *phrases: str) -> HeardPoint:
    return listen(answer, question(list(phrases))).points[0]


def marked(answer: str, *phrases: str) -> list[str]:
    """The stretches of the answer that would be highlighted."""
    return [answer[start:end] for start, end in point(answer, *phrases).spans]


# --- How phrases are matched


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("# weeks", "They wait eleven weeks on average"),
        ("# weeks", "It is 12 weeks now"),
        ("waited # days", "She waited about twenty-eight days"),
        ("# per cent", "We are at 42% today"),
        ("£#", "It cost us £3,000"),
        ("half of #", "That is half of all 300 carers"),
        ("daughter rang", "Her son phoned us in the night"),
        ("in March", "We tried it in October"),
        ("mum", "I look after my grandfather"),
    ],
)
def test_a_sign_stands_for_any_number_and_a_word_for_those_that_mean_the_same(phrase: str, said: str) -> None:
    assert point(said, phrase).heard


@pytest.mark.parametrize(
    ("phrase", "said"),
    [("# weeks", "A few weeks"), ("# weeks", "One week"), ("# weeks", "weeks"), ("wife", "our partner the trust")],
)
def test_a_sign_for_a_number_needs_one_and_no_word_stands_for_something_else(phrase: str, said: str) -> None:
    assert not point(said, phrase).heard


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("unpaid carer", "We met unpaid carers on Monday"),
        ("unpaid carers", "One unpaid carer told me"),
        ("carers' centre", "the carers’ centre rang us"),
        ("carers centre", "the carer's centre rang us"),
        ("co-production", "Coproduction is how we do it"),
        ("coproduction", "co-production is how we do it"),
        ("coproduction", "co production is how we do it"),
        ("co production", "CO-PRODUCTION"),
        ("well-being", "her wellbeing"),
        ("wellbeing", "her well being"),
        ("e-mail them", "I emailed them all"),
        ("research & development", "our research and development"),
        ("health and care", "health & care"),
        ("78 per cent", "we got 78%"),
        ("78 percent", "we got 78 per cent"),
        ("ring people while they wait", "we rang people while they waited"),
        ("we have asked", "we've asked"),
        ("do not hear from", "I don’t hear from them"),
        ("person with lived experience", "people with lived experience"),
        ("drop-in café", "our drop in cafes"),
        ("St Albans", "It opened in St. Albans last year"),
        ("in the top three", "we were in the top three"),
        ("twenty-eight days", "within twenty eight days"),
        ("ＡＤＡＳＳ", "adass"),
    ],
)
def test_a_phrase_is_known_again_however_it_was_said(phrase: str, said: str) -> None:
    assert point(said, phrase).heard


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("unpaid carer", "carers who are unpaid"),
        ("hear from carers", "we hear. From carers we learn"),
        ("hear from carers", "do we hear?  From carers, yes"),
        ("hear from carers", "we hear\n\nfrom carers"),
        ("twenty-eight days", "within 28 days"),
        ("in the top three", "in top three"),
        ("away day", "find a way day by day"),
        ("carer", "careful"),
        ("median wait", ""),
        ("median wait", "😀 ‮مرحبا‬ \0"),
        ("director rings me", "the director gives me assurance"),
    ],
)
def test_other_words_are_not_taken_for_the_phrase(phrase: str, said: str) -> None:
    assert not point(said, phrase).heard


def test_up_to_two_other_words_may_stand_between_neighbours_and_no_more() -> None:
    assert marked("we hear very often from carers", "hear from carers") == ["hear very often from carers"]
    assert not point("we hear very often indeed from carers", "hear from carers").heard


def test_speech_without_punctuation_is_heard() -> None:
    said = "so yeah we ring every one of them on a monday and um we hear from from carers at the the carers centre"
    assert point(said, "hear from carers").heard
    assert point(said, "carers' centre").heard


def test_a_hesitation_and_an_abbreviation_end_no_sentence() -> None:
    assert point("we hear... from carers", "hear from carers").heard
    assert point("we hear, e.g. from carers", "hear from carers").heard
    assert point("we hear from approx. forty carers", "hear from forty carers").heard


def test_the_nearest_words_are_marked() -> None:
    assert marked("hear hear from carers", "hear from carers") == ["hear from carers"]


def test_every_place_is_marked_once_sorted_and_without_overlaps() -> None:
    said = "Carers told us. We listen to unpaid carers, and unpaid carers know it."
    assert marked(said, "unpaid carers", "listen to unpaid", "carers told") == [
        "Carers told",
        "listen to unpaid carers",
        "unpaid carers",
    ]


def test_spans_are_offsets_into_the_answer_as_it_was_given() -> None:
    said = "👩‍👩‍👧 İstanbul \0 ‏שלום‏ — unpaid cafe\u0301 carers"
    assert marked(said, "unpaid café carer") == ["unpaid cafe\u0301 carers"]


# --- Negation


@pytest.mark.parametrize(
    "said",
    [
        "We do not yet hear from carers.",
        "We haven't in the last year really heard from carers",
        "We havent heard from carers",
        "I never hear from carers",
        "There is no way to hear from carers",
        "We decide without hearing from carers",
        "Nobody here hears from carers",
        "We can't say that we hear from carers",
        "hear from carers is not something we do",
        "We hear, but not often, and we do not hear from carers",
        "I do not think we hear from carers, and we do not hear from carers at night",
    ],
)
def test_a_phrase_in_a_negated_clause_is_heard_and_marked_as_negated(said: str) -> None:
    found = point(said, "hear from carers")
    assert (found.heard, found.negated) == (True, True)


@pytest.mark.parametrize(
    "said",
    [
        "We hear from carers.",
        "We never stop. We hear from carers.",
        "We are not perfect, we hear from carers",
        "It is not good enough but we hear from carers",
        "We have no money and we hear from carers every week",
        "Not only do we hear from carers",
        "No doubt we hear from carers",
        "We hear from carers, not just once a year",
        "We do not decide without hearing from carers",
        "We do not hear from carers at night. We hear from carers at noon.",
        "I have not got the number with me but what I can tell you is that every single month we hear from carers",
    ],
)
def test_a_phrase_outside_a_negated_clause_is_not_marked_as_negated(said: str) -> None:
    found = point(said, "hear from carers")
    assert (found.heard, found.negated) == (True, False)


@pytest.mark.parametrize("said", ["We do not hear from farmers", "we don't hear from them", "do not yet hear from"])
def test_the_negation_of_the_phrase_itself_negates_nothing(said: str) -> None:
    found = point(said, "do not hear from")
    assert (found.heard, found.negated) == (True, False)


def test_one_match_that_is_not_negated_is_enough() -> None:
    assert not point("We never see carers. Carers told us so.", "see carers", "carers told us").negated


def test_what_is_not_heard_is_not_negated() -> None:
    assert not point("We do not know.", "hear from carers").negated


# --- What is asked next


def test_the_point_with_the_fewest_words_heard_is_asked_about_first() -> None:
    asked = listen(
        "The longest wait was in spring, and the list is shorter.",
        question(["longest list here", "wait in hospital"], ["young carers"], ["median wait"], ["triage every"]),
    )
    assert [point.words_heard for point in asked.points] == [3, 0, 1, 0]
    assert [probe.point for probe in asked.probes] == ["point-1", "point-3", "point-2", "point-0"]
    assert {probe.cue for probe in asked.probes} == {MISSING_POINT}
    assert asked.probes[0].text == "Probe 1?"


def test_a_point_that_was_heard_is_not_asked_about() -> None:
    asked = listen("We hear from carers.", question(["hear from carers"], ["median wait"]))
    assert [probe.point for probe in asked.probes] == ["point-1"]


def test_what_is_always_asked_comes_after_what_was_missing() -> None:
    probes = (
        CueProbe(cue=Cue.NO_NUMBER, text="How many?"),
        CueProbe(cue=Cue.ALWAYS, text="What next?"),
        CueProbe(cue=Cue.ALWAYS, text="By when?"),
    )
    asked = listen("It takes 28 days.", question(["hear from carers"], probes=probes)).probes
    assert [(probe.cue, probe.text) for probe in asked] == [
        (MISSING_POINT, "Probe 0?"),
        ("always", "What next?"),
        ("always", "By when?"),
    ]


def test_stop_words_are_not_counted_among_the_words_heard() -> None:
    assert point("the people in it", "in the town hall").words_heard == 0


def test_the_words_of_all_phrases_are_counted_once() -> None:
    assert point("carers, carers and a centre", "carers' centre", "young carers").words_heard == 2


def test_a_question_without_points_hears_nothing() -> None:
    assert listen("Anything.", question()) == Hearing(points=(), probes=())


# --- Rules that hold for any answer

PHRASES = ["hear from carers", "co-production board", "the carers' centre", "do not hear from", "waits the longest"]
RULES = question(PHRASES[:2], PHRASES[2:3], PHRASES[3:4], PHRASES[4:])
SPOKEN = (
    "we hear heard from unpaid carers carers' carer’s centre co-production coproduction co production board the do not "
    "don't never wait waits longest and & but without 78% yet"
)
spoken_words = st.sampled_from(SPOKEN.split())
spoken = st.lists(spoken_words | st.sampled_from([".", ",", "?", "…", "\n\n", " - "]), max_size=40).map(" ".join)
anything = st.text(max_size=200) | spoken | st.tuples(st.text(max_size=20), spoken, st.text(max_size=20)).map("".join)


@given(anything)
def test_spans_lie_inside_the_answer_and_on_the_edges_of_words(said: str) -> None:
    for found in listen(said, RULES).points:
        assert found.heard == bool(found.spans)
        assert list(found.spans) == sorted(found.spans)
        before = -1
        for start, end in found.spans:
            assert before <= start < end <= len(said)
            assert said[start].isalnum() or said[start] in "&%"
            assert start == 0 or not said[start - 1].isalnum()
            assert end == len(said) or not said[end].isalnum()
            before = end


@given(anything)
def test_the_same_answer_always_gets_the_same_hearing(said: str) -> None:
    assert listen(said, RULES) == listen(said, RULES)


@given(spoken, spoken)
def test_more_words_never_make_a_point_unheard(said: str, more: str) -> None:
    heard = {found.id for found in listen(said, RULES).points if found.heard}
    for longer in (f"{said}. {more}", f"{more}. {said}", f"{said} {more}"):
        assert heard <= {found.id for found in listen(longer, RULES).points if found.heard}


def outcome(said: str) -> list[tuple[str, bool, bool, int]]:
    return [(found.id, found.heard, found.negated, found.words_heard) for found in listen(said, RULES).points]


@given(spoken)
def test_case_and_the_kind_of_apostrophe_do_not_matter(said: str) -> None:
    assert outcome(said) == outcome(said.upper()) == outcome(said.title().replace("'S", "'s"))
    assert outcome(said) == outcome(said.replace("'", "’")) == outcome(said.replace("’", "'"))
    assert outcome(said) == outcome(said.replace("'", "").replace("’", ""))


@given(spoken.filter(lambda said: " - " not in said))
def test_a_hyphen_is_the_same_as_a_space(said: str) -> None:
    assert outcome(said) == outcome(said.replace("co-production", "co production"))


@given(st.sampled_from(PHRASES), spoken)
def test_a_phrase_said_as_it_is_written_is_always_heard(phrase: str, before: str) -> None:
    at = next(at for at, found in enumerate(RULES.points) if phrase in found.phrases)
    assert listen(f"{before}. {phrase}", RULES).points[at].heard


# --- Time


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        "we do not hear from carers at the carers' centre who wait the longest ",
        "do not do not ",
        "co production ",
        "a'",
        "'",
        ".' ",
        "\n ",
        "- ",
        "😀",
        "\0",
        "\u0301",
        "x",
        "שלום ",
    ],
)
def test_a_million_characters_take_no_longer_than_a_breath(said: str) -> None:
    answer = ("a" + said * (1_000_000 // len(said) + 1))[:1_000_000]
    start = time.process_time()
    listen(answer, RULES)
    assert time.process_time() - start < 6  # 1 s here; the rest is for slow machines. A quadratic rule takes hours.


def test_a_million_characters_of_words_never_met_before_take_no_longer_than_a_breath() -> None:
    draw = random.Random(2024)
    answer = " ".join("".join(draw.choices(string.ascii_lowercase, k=7)) for _ in range(125_000))
    start = time.process_time()
    listen(answer, RULES)
    assert time.process_time() - start < 6


def test_an_answer_of_six_hundred_words_takes_less_than_ten_milliseconds() -> None:
    draw = random.Random(2024)
    spare = sorted(word_set("assessment budget challenge decision evidence family group list money number plan week"))
    phrases = [" ".join(draw.choices(spare, k=3)) for _ in range(36)] + PHRASES[:4]
    asked = question(*(phrases[at : at + 8] for at in range(0, 40, 8)))
    said = " ".join(draw.choices([*PHRASES, *spare, "people", "told", "us", "what", "council", "changed", "so"], k=420))
    assert 550 < len(said.split()) < 700
    took = []
    for _ in range(5):
        start = time.process_time()
        listen(said, asked)
        took.append(time.process_time() - start)
    assert min(took) < 0.01
