"""A bank file is read with every mistake named, and what is written reads back as the same bank."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.banks import BankErrors, FrameworkWords, Problem, bank_as_dict, bank_as_toml, parse_bank, read_bank
from cqcmock.domain.questions import Bank, Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.errors import UserError

WORDS = FrameworkWords(
    statements=frozenset({"QS1", "QS2"}),
    themes=frozenset({"waiting", "carers"}),
    roles=frozenset({"lead-member", "director"}),
    tags=frozenset({"rambling", "does not know own numbers"}),
)

HEAD = """\
[bank]
id = "small"
title = "A small bank"
version = 3
checked_on = 2026-11-21
framework = "cqc-la-2023"
roles = ["lead-member"]
language = "en-GB"
"""
QUESTION = """
[[question]]
id = "waiting"
text = "How long do people wait in {place}?"
kind = "question"
roles = ["lead-member"]
statements = ["QS1"]
themes = ["waiting"]
prepare_seconds = 10
target_seconds = 90
limit_seconds = 150
source = "derived"
source_note = "waiting was raised"
strong = ["gives a number with its date"]
avoid = ["does not know own numbers"]

  [[question.point]]
  id = "a-number"
  label = "How long"
  phrases = ["days on average", "median wait"]
  probe = "Roughly how many days is that?"

  [[question.probe]]
  cue = "no-number"
  text = "How do you know?"
"""


def mistakes(text: str, words: FrameworkWords | None = WORDS) -> list[str]:
    with pytest.raises(BankErrors) as refused:
        parse_bank(text, "small.toml", words)
    assert refused.value.problems
    return [str(problem) for problem in refused.value.problems]


def changed(old: str, new: str) -> str:
    text = HEAD + QUESTION
    assert text.count(old) >= 1
    return text.replace(old, new, 1)


def test_a_bank_is_read_as_its_file_says_it() -> None:
    bank = parse_bank(HEAD + QUESTION, "small.toml", WORDS)
    assert bank == Bank(
        id="small",
        title="A small bank",
        version=3,
        checked_on=date(2026, 11, 21),
        framework="cqc-la-2023",
        roles=("lead-member",),
        language="en-GB",
        questions=(
            Question(
                id="waiting",
                text="How long do people wait in {place}?",
                kind=Kind.QUESTION,
                roles=("lead-member",),
                statements=("QS1",),
                themes=("waiting",),
                prepare_seconds=10,
                target_seconds=90,
                limit_seconds=150,
                source=Source.DERIVED,
                source_note="waiting was raised",
                strong=("gives a number with its date",),
                avoid=("does not know own numbers",),
                points=(
                    Point(
                        id="a-number",
                        label="How long",
                        phrases=("days on average", "median wait"),
                        probe="Roughly how many days is that?",
                    ),
                ),
                probes=(CueProbe(cue=Cue.NO_NUMBER, text="How do you know?"),),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "small"', 'id = "Small Bank"', "bank, id: expected small letters, digits and single hyphens"),
        ('id = "small"', 'id = "small--bank"', "bank, id: expected small letters"),
        ('id = "small"\n', "", "bank, id: expected text in quotation marks, but found nothing"),
        ("version = 3", 'version = "3"', "bank, version: expected a whole number, but found “3”"),
        ("version = 3", "version = true", "bank, version: expected a whole number, but found true"),
        ("version = 3", "version = 0", "bank, version: expected a whole number from 1 to"),
        ("version = 3", "version = 3.5", "bank, version: expected a whole number, but found the number 3.5"),
        (
            "checked_on = 2026-11-21",
            'checked_on = "2026-11-21"',
            "bank, checked_on: expected a date such as 2026-11-21",
        ),
        ("checked_on = 2026-11-21", "checked_on = 2026-11-21T10:00:00", "bank, checked_on: expected a date"),
        ("title =", "titel =", "bank, titel: expected a key that is known here (did you mean “title”?)"),
        ('roles = ["lead-member"]', "roles = []", "bank, roles: expected at least one role"),
        ('roles = ["lead-member"]', 'roles = ["lead-membr"]', "a role of the framework (did you mean “lead-member”?)"),
        ("[[question]]", "[[questions]]", "questions: expected a key that is known here (did you mean “question”?)"),
        ("[bank]", "[banks]", "banks: expected a key that is known here (did you mean “bank”?)"),
        ("[bank]", "[[bank]]", "bank: expected one table [bank], but found a list"),
        ('kind = "question"', 'kind = "quiz"', "question waiting, kind: expected one of “opener”, “question”"),
        ('kind = "question"', 'kind = "closng"', "(did you mean “closing”?)"),
        ('source = "derived"', 'source = "cqc"', "question waiting, source: expected one of “seed”, “framework”"),
        ('cue = "no-number"', 'cue = "no-numbers"', "question waiting, probe 1, cue: expected one of “always”"),
        ('statements = ["QS1"]', 'statements = ["QS12"]', "question waiting, statements: expected a quality statement"),
        ('statements = ["QS1"]', "statements = []", "question waiting, statements: expected at least one"),
        ('statements = ["QS1"]\n', "", "question waiting, statements: expected at least one"),
        ('statements = ["QS1"]', 'statements = "QS1"', "question waiting, statements: expected a list of texts"),
        ('statements = ["QS1"]', 'statements = ["QS1", 2]', "expected a list of texts, but found the number 2"),
        ('statements = ["QS1"]', 'statements = ["QS1", "QS1"]', "expected each entry once, but found “QS1” twice"),
        ('themes = ["waiting"]', 'themes = ["waitng"]', "question waiting, themes: expected a theme of the framework"),
        ('avoid = ["does not', 'avoid = ["do not', "question waiting, avoid: expected the name of a tag"),
        ('roles = ["lead-member"]\nstat', 'roles = ["director"]\nstat', "question waiting, roles: expected one of the"),
        ("limit_seconds = 150", "limit_seconds = 60", "limit_seconds: expected at least the target of 90 seconds"),
        (
            "target_seconds = 90",
            "target_seconds = 0",
            "question waiting, target_seconds: expected a whole number from 1",
        ),
        ("prepare_seconds = 10", "prepare_seconds = -1", "question waiting, prepare_seconds: expected a whole number"),
        ('text = "How long do people wait in {place}?"', 'text = "  "', "text: expected text, but found only spaces"),
        ("{place}", "{palce}", "question waiting, braces: expected only {place} or {council} in braces"),
        ("{place}", "{place", "question waiting, braces: expected only"),
        ('"How do you know?"', '"How do you know, {name}?"', "question waiting, probe 1, braces: expected only"),
        ('"median wait"', '""', "question waiting, point a-number, phrases: expected text in every entry"),
        ('"median wait"', '"?!"', "point a-number, phrases: expected words in every phrase, but found “?!”"),
        ('phrases = ["days on average", "median wait"]', "phrases = []", "phrases: expected at least one phrase"),
        ('  id = "a-number"\n', "", "question waiting, point 1, id: expected text in quotation marks"),
        ('id = "a-number"', 'id = "A"', "question waiting, point A, id: expected small letters"),
        ("  [[question.point]]", "  [question.point]", "point: expected tables that begin with [[question.point]]"),
        ("  probe =", "  porbe =", "question waiting, point a-number, porbe: expected a key that is known here"),
        ('title = "A small bank"', 'title = "A small bank', "line 3: expected TOML that can be read"),
        ('title = "A small bank"', 'id = "again"', "line 3: expected TOML that can be read"),
        ("[bank]", "[bank]\n[bank]", "line 2: expected TOML that can be read"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(old: str, new: str, told: str) -> None:
    found = mistakes(changed(old, new))
    assert any(told in mistake for mistake in found), found
    assert all(mistake.startswith("small.toml") and mistake.endswith(".") for mistake in found)


def test_every_mistake_of_a_file_is_told_and_not_only_the_first() -> None:
    text = changed("version = 3", "version = 0").replace('kind = "question"', 'kind = "quiz"')
    text = text.replace("limit_seconds = 150", "limit_seconds = 1").replace('"no-number"', '"never"')
    text += QUESTION.replace('id = "a-number"', 'id = ""') + "\n[[question.point]]\nlabel = 3\n"
    found = mistakes(text)
    for told in ("version", "kind", "limit_seconds", "cue", "id: expected text", "label", "phrases", "waiting” twice"):
        assert any(told in mistake for mistake in found), (told, found)


def test_an_id_is_used_once_for_questions_and_once_for_the_points_of_a_question() -> None:
    point = QUESTION[QUESTION.index("  [[question.point]]") : QUESTION.index("  [[question.probe]]")]
    assert mistakes(HEAD + QUESTION + QUESTION) == [
        "small.toml, question waiting, id: expected an id that no other question has, but found “waiting” twice."
    ]
    assert mistakes(HEAD + QUESTION + point) == [
        "small.toml, question waiting, point id: expected an id that no other point has, but found “a-number” twice."
    ]
    parse_bank(HEAD + QUESTION + QUESTION.replace('id = "waiting"', 'id = "other"'), "small.toml", WORDS)


def test_a_card_needs_no_statement() -> None:
    text = changed('kind = "question"', 'kind = "card"').replace('statements = ["QS1"]\n', "")
    assert parse_bank(text, "small.toml", WORDS).questions[0].statements == ()


def test_without_a_framework_its_words_are_not_looked_up() -> None:
    text = changed('statements = ["QS1"]', 'statements = ["QS99"]')
    assert parse_bank(text, "small.toml").questions[0].statements == ("QS99",)


def test_an_empty_file_lacks_its_bank_and_its_questions() -> None:
    assert [mistake.split(": ")[0] for mistake in mistakes("")] == ["small.toml, bank", "small.toml, question"]


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 50_000, "a = " + "9" * 10_000, "[[[", "=", "a = 2026-02-31", "\0", "\x7f"]
)
def test_what_is_not_toml_is_told_and_does_not_break_the_program(text: str) -> None:
    assert len(mistakes(text)) == 1


def test_the_error_says_what_happened_and_lists_what_to_do() -> None:
    with pytest.raises(BankErrors) as refused:
        parse_bank(HEAD, "small.toml")
    assert refused.value.what_happened == "small.toml cannot be used as a question bank: it has 1 mistake."
    assert refused.value.what_to_do == str(refused.value.problems[0])


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + QUESTION).replace("\n", "\r\n").encode())
    assert read_bank(path, WORDS) == parse_bank(HEAD + QUESTION, "small.toml", WORDS)


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(HEAD.encode() + b'title = "caf\xe9"\n')
    with pytest.raises(BankErrors, match=r"small.toml, line 9: expected text saved as UTF-8"):
        read_bank(path)
    path.write_bytes((HEAD + QUESTION).encode("utf-16"))
    with pytest.raises(BankErrors, match="UTF-8"):
        read_bank(path)


def test_a_file_of_more_than_a_megabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(HEAD + QUESTION + "#" * 1_000_000)
    with pytest.raises(BankErrors, match="at most 1 MB"):
        read_bank(path)
    with pytest.raises(BankErrors, match="at most 1 MB"):
        parse_bank(path.read_text(), "small.toml")


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_bank(tmp_path / "none.toml")
    with pytest.raises(UserError, match="cannot be read"):
        read_bank(tmp_path)


# --- Written and read again

slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
hostile = st.text(st.characters(codec="utf-8") | st.sampled_from("\"'\\\r\n\t\0\x7f\u2028\ufeff#=[]]"), max_size=30)
texts = hostile.filter(lambda text: text.strip() and "{" not in text and "}" not in text)
placed = st.sampled_from(["{place}", "{council}", "in {place}, {council}: "]).flatmap(
    lambda place: texts.map(lambda text: place + text)
)
spoken = texts.filter(lambda text: any(character.isalnum() for character in text))


def several(entries: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(entries, min_size=least, max_size=4, unique=True).map(tuple)


points = st.builds(Point, id=slugs, label=texts, phrases=several(spoken | placed, 1), probe=texts | placed)
probes = st.builds(CueProbe, cue=st.sampled_from(Cue), text=texts | placed)
questions = st.builds(
    Question,
    id=slugs,
    text=texts | placed,
    kind=st.sampled_from(Kind),
    statements=several(texts, 1),
    themes=several(slugs),
    roles=st.just(()),
    prepare_seconds=st.integers(1, 60),
    target_seconds=st.integers(1, 600),
    limit_seconds=st.integers(600, 7200),
    source=st.sampled_from(Source),
    source_note=hostile,
    strong=several(texts | placed),
    avoid=several(texts),
    points=st.lists(points, max_size=3, unique_by=lambda point: point.id).map(tuple),
    probes=st.lists(probes, max_size=3).map(tuple),
)
banks = st.builds(
    Bank,
    id=slugs,
    title=texts,
    version=st.integers(1, 1_000_000),
    checked_on=st.dates(),
    framework=slugs,
    roles=several(slugs, 1),
    language=texts,
    questions=st.lists(questions, min_size=1, max_size=3, unique_by=lambda question: question.id).map(tuple),
)


@given(banks)
def test_a_bank_that_is_written_and_read_again_is_the_same_bank(bank: Bank) -> None:
    assert parse_bank(bank_as_toml(bank), "again.toml") == bank


def test_the_roles_of_a_question_are_written_and_read_again() -> None:
    bank = parse_bank(HEAD + QUESTION, "small.toml", WORDS)
    assert parse_bank(bank_as_toml(bank), "again.toml", WORDS) == bank


@given(banks)
def test_a_bank_as_json_has_the_keys_of_its_file(bank: Bank) -> None:
    shown = json.loads(json.dumps(bank_as_dict(bank)))
    assert set(shown) == {"bank", "question"}
    assert shown["bank"]["checked_on"] == bank.checked_on.isoformat()
    assert [question["id"] for question in shown["question"]] == [question.id for question in bank.questions]
    for shown_question, question in zip(shown["question"], bank.questions, strict=True):
        assert [point["phrases"] for point in shown_question["point"]] == [list(p.phrases) for p in question.points]
        assert [probe["cue"] for probe in shown_question["probe"]] == [probe.cue.value for probe in question.probes]
        assert not {"points", "probes"} & set(shown_question)


@given(hostile, st.sampled_from(["", HEAD, HEAD + "[[question]]\n", HEAD + QUESTION + "more = "]))
def test_no_text_at_all_breaks_the_reading_of_a_bank(text: str, before: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse_bank(before + text, "any.toml", WORDS)
    except BankErrors as error:
        problems = error.problems or pytest.fail("refused without a reason")
    assert all(str(problem).isprintable() for problem in problems)
