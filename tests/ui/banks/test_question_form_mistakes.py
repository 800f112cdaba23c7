"""What the form says of mistakes: in words of the form, at a field that the form has, and never too few."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.questions import Bank, Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.services import bank_editing
from ui.banks.question_form_mistakes import TOO_MUCH, Written, mistakes_in

BANK = Bank(
    id="ours",
    title="Ours",
    version=1,
    checked_on=date(2026, 11, 21),
    framework="cqc-la-2023",
    roles=("lead-member", "director"),
    language="en-GB",
    questions=(),
)
JARGON = re.compile(r"expected|_seconds|TOML|slug|\bfield|\[\[|\bid\b")
FIELDS = {
    *("text", "statements", "themes", "avoid", "roles", "strong", "communities"),
    *("prepare_seconds", "target_seconds", "limit_seconds"),
}

lines = st.one_of(st.sampled_from(["", "one", "two", "{place}", "{town}", "}", "#", "–"]), st.text(max_size=20))
texts = lines.map(lambda line: " ".join(line.split()))
several = st.lists(texts.filter(bool), max_size=3).map(tuple)
points = st.lists(
    st.builds(
        lambda label, phrases, probe, weight: (label, phrases, probe, weight), texts, several, texts, st.integers(1, 3)
    ),
    max_size=3,
).map(
    lambda found: tuple(
        Point(id=f"point-{at}", label=label, phrases=phrases, probe=probe, weight=weight)
        for at, (label, phrases, probe, weight) in enumerate(found)
    )
)
questions = st.builds(
    Question,
    id=st.just(""),
    text=texts,
    kind=st.sampled_from(Kind),
    statements=st.lists(st.sampled_from(["QS1", "QS2", "QS99"]), unique=True, max_size=2).map(tuple),
    themes=st.lists(st.sampled_from(["waiting", "gone"]), unique=True, max_size=2).map(tuple),
    communities=several,
    roles=st.lists(st.sampled_from(["lead-member", "director"]), unique=True).map(tuple),
    prepare_seconds=st.integers(0, 7200),
    target_seconds=st.integers(0, 7200),
    limit_seconds=st.integers(0, 7200),
    source=st.sampled_from(Source),
    source_note=texts,
    strong=several,
    avoid=st.lists(st.sampled_from(["rambling", "gone"]), unique=True, max_size=2).map(tuple),
    points=points,
    probes=st.lists(st.builds(CueProbe, cue=st.sampled_from(Cue), text=texts.filter(bool)), max_size=3).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(question=questions)
def test_every_mistake_is_said_at_a_field_of_the_form_in_plain_words(question: Question) -> None:
    found = mistakes_in(Written(question=question, bank="ours"), (BANK,))
    assert bool(found) == bool(bank_editing.problems_of(question, BANK))
    for mistake in found:
        part, name = mistake.place
        if part.startswith("point "):
            assert int(part.removeprefix("point ")) < len(question.points)
            assert name in ("label", "phrases", "probe")
        elif part == "probe":
            assert any(probe.cue == name for probe in question.probes)
        else:
            assert name in FIELDS
        own_words = re.sub(r"“.*”", "", mistake.sentence, flags=re.DOTALL)
        assert not JARGON.search(own_words), mistake.sentence
        assert own_words.endswith(".")


def test_a_question_without_a_bank_needs_a_name_and_somebody_for_a_new_one() -> None:
    question = bank_editing.new_question(BANK)
    places = [mistake.place[1] for mistake in mistakes_in(Written(question=question), (BANK,))]
    assert places == ["new-bank", "new-roles", "text", "statements"]


def test_far_too_much_text_is_said_in_one_sentence() -> None:
    question = bank_editing.new_question(BANK)
    huge = Written(question=replace(question, strong=("word " * 300_000,)), bank="ours")
    assert [mistake.sentence for mistake in mistakes_in(huge, (BANK,))] == [TOO_MUCH]
