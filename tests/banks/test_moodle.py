"""Moodle's two formats: what is read, what is named as left out, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cqcmock.banks.exchange import BankDefaults, BankFormat, ReadBank
from cqcmock.banks.formats import read_bank_file, write_bank
from cqcmock.banks.moodle_html import LONGEST_HTML, read_notes, text_of_html
from cqcmock.domain.questions import Cue, Kind, Source
from tests.banks.generated_banks import NAMES, TODAY
from tests.banks.test_formats import BANK
from tests.faults import Tell

DEFAULTS = BankDefaults(checked_on=TODAY, roles=("frontline",))


def read(tmp_path: Path, content: str | bytes, ending: str) -> ReadBank:
    path = tmp_path / f"ours.{ending}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_bank_file(path, NAMES, defaults=DEFAULTS)
    assert (found.bank is None) == bool(found.problems)
    assert all(str(problem).isprintable() for problem in found.problems)
    return found


def mistakes(tmp_path: Path, content: str | bytes, ending: str = "xml") -> list[str]:
    return [str(problem) for problem in read(tmp_path, content, ending).problems]


# --- Moodle XML

CATEGORY = """<question type="category"><category><text>$course$/top/Home // Away</text></category></question>"""
ESSAY = """
<!-- question: 96 -->
<question type="essay">
  <name><text>Waiting</text></name>
  <questiontext format="html">
    <text><![CDATA[<p>How long do people&nbsp;wait,<br>and <b>who</b> rings them?</p>]]></text>
  </questiontext>
  <idnumber></idnumber>
  <graderinfo format="html">
    <text><![CDATA[<p>Look for:</p><ul><li>a number</li><li>a name</li></ul>]]></text>
  </graderinfo>
  <tags>
    <tag><text>QS1</text></tag><tag><text>Unpaid carers</text></tag>
    <tag><text>role: Frontline practitioner</text></tag>
  </tags>
</question>"""
OTHER = '<question type="multichoice"><name><text>x</text></name></question>'


def quiz(*parts: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(parts)}</quiz>'


def test_essay_questions_as_moodle_writes_them_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, quiz(CATEGORY, OTHER, ESSAY, OTHER), "xml")
    bank = found.whole()
    assert (bank.title, bank.id) == ("Home / Away", "home-away")
    (question,) = bank.questions
    assert question.id == "waiting"
    assert question.text == "How long do people\xa0wait,\nand who rings them?"
    assert question.strong == ("Look for:", "a number", "a name")
    assert (question.statements, question.themes, question.roles) == (("QS1",), ("carers",), ("frontline",))
    assert (question.kind, question.source, question.limit_seconds) == (Kind.QUESTION, Source.COUNCIL, 180)
    assert "2 questions of the type “multichoice”" in found.notes[0]


def test_tags_that_mean_nothing_and_other_categories_are_named(tmp_path: Path) -> None:
    content = quiz(CATEGORY, ESSAY.replace("Unpaid carers", "Week 3"), CATEGORY.replace("Away", "Abroad"))
    notes = " ".join(read(tmp_path, content, "xml").notes)
    assert "The tag “Week 3” of question 1 “Waiting” means nothing here and was left out." in notes
    assert "The category “Home / Abroad” was not made a bank of its own." in notes


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<text>QS1</text>", "<text>Week 3</text>", "question 1 “Waiting”, tags: expected a tag that names a quality"),
        ("How long do", "How {long} do", "question 1 “Waiting”, text: expected only {place} or {council} in braces"),
        ("a number", "a {number}", "question 1 “Waiting”, strong: expected only {place} or {council}"),
        ('type="essay"', 'type="cloze"', "expected at least one essay question, but found nothing"),
        ("</quiz>", "", "expected XML that can be read, but found a mistake (no element found)"),
        ("<tags>", "<tags>&nbsp;", "line 13: expected XML that can be read, but found a mistake (undefined entity)"),
        ("<quiz>", "<exam>", "line 2: expected plain Moodle XML, but found the element <exam> instead of <quiz>"),
        ("<tags>", "<a>" * 60, "elements nested too deeply"),
        ("UTF-8", "x-klingon", "line 1"),
    ],
)
def test_a_mistake_is_told_with_its_question_or_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    content = quiz(CATEGORY, ESSAY)
    assert old in content
    found = mistakes(tmp_path, content.replace(old, new))
    assert told in found[0], found


def test_the_notes_for_markers_are_a_list_that_teachers_can_read_and_change(tmp_path: Path) -> None:
    content = write_bank(BANK, BankFormat.MOODLE_XML).data
    root = ET.fromstring(content)
    essays = root.findall("question[@type='essay']")
    assert len(essays) == len(BANK.questions)
    notes = essays[0].findtext("graderinfo/text") or ""
    first = BANK.questions[0]
    assert "<b>What a strong answer does</b>" in notes
    assert all(f">{clause}</li>" in notes for clause in first.strong)
    assert "If it was not heard, ask: <q" in notes
    changed = content.replace(first.points[0].label.encode(), b"A new label")
    assert read(tmp_path, changed, "xml").questions[0].points[0].label == "A new label"


def test_mistakes_in_the_notes_are_told_with_their_point(tmp_path: Path) -> None:
    content = write_bank(BANK, BankFormat.MOODLE_XML).data.decode()
    phrase = BANK.questions[0].points[0].phrases[0]
    found = mistakes(tmp_path, content.replace(phrase, "{palce}", 1))
    assert "point 1, phrases: expected only {place} or {council} in braces, but found “{palce}”" in found[0]
    twice = content.replace(f"<idnumber>{BANK.questions[1].id}<", f"<idnumber>{BANK.questions[0].id}<")
    assert "an id that no other question has" in mistakes(tmp_path, twice)[0]


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, before: str, fault: Tell) -> None:
    content = quiz(CATEGORY, ESSAY.replace("a number", "&c;")).replace("<quiz>", f"{before}<quiz>")
    (found,) = mistakes(tmp_path, content)
    assert "a document type, which can hide other files in this one" in found
    fault("A workbook or quiz that would read other files", area="Hostile files", tried=1, person_sees=found)


def test_a_large_and_empty_file_takes_moments(tmp_path: Path) -> None:
    started = time.monotonic()
    assert mistakes(tmp_path, quiz("<a/>" * 2_000_000))
    assert mistakes(tmp_path, quiz(CATEGORY, ESSAY.replace("a number", "<li>" * 60_000)))
    assert mistakes(tmp_path, quiz(CATEGORY, ESSAY.replace("a number", "<li>" * 60_000)))
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "odd", ["<![", "<!--", "<?", "<a ", '<a x="', "</", "&", "<", "<li>", "&#x", "<script>", "<p/"]
)
def test_html_that_is_no_html_is_read_in_moments(odd: str) -> None:
    started = time.monotonic()
    text_of_html(odd * (LONGEST_HTML // len(odd)))
    read_notes(f'<li class="cqc-strong">x</li>{odd * (LONGEST_HTML // len(odd))}')
    assert time.monotonic() - started < 5
    assert read_notes('<li class="cqc-strong">x</li><!-- <li class="cqc-strong">y</li> --><![CDATA[z]]>')["strong"] == (
        "x",
    )


def test_text_from_people_is_never_markup_in_moodle(tmp_path: Path) -> None:
    from dataclasses import replace

    evil = "<script>alert(1)</script> & <b>bold</b>"
    first = BANK.questions[0]
    question = replace(first, text=evil, strong=(evil,), points=(replace(first.points[0], label=evil),))
    root = ET.fromstring(write_bank(replace(BANK, questions=(question,)), BankFormat.MOODLE_XML).data)
    essay = root.find("question[@type='essay']")
    assert essay is not None
    assert essay.find("questiontext").get("format") == "plain_text"  # type: ignore[union-attr]
    notes = essay.findtext("graderinfo/text") or ""
    assert "<script>" not in notes
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in notes


# --- GIFT

GIFT = r"""
// A comment

$CATEGORY: $course$/top/Our team

// [id:who-rang] [tag:QS7] [tag:theme: carers]
::Who rang::Who rang\: you, {place\}\nor me? {}
""".replace("{place\\}", "\\{place\\}")


def test_essay_questions_in_gift_are_read(tmp_path: Path) -> None:
    bank = read(tmp_path, GIFT, "gift").whole()
    (question,) = bank.questions
    assert (bank.title, bank.id) == ("Our team", "our-team")
    assert (question.id, question.text) == ("who-rang", "Who rang: you, {place}\nor me?")
    assert (question.statements, question.themes) == (("QS7",), ("carers",))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"[html]<p>Who &amp; why\=<br>now?</p> {}", "Who & why=\nnow?"),
        ("[plain]<p>Who?</p> {}", "<p>Who?</p>"),
        ("[odd]Who? {\n}", "[odd]Who?"),
        ("Who\nrang? { }", "Who\nrang?"),
        ("I waited {} weeks.", "I waited _____ weeks."),
        (r"A\\B \~ \# \= {}", "A\\B ~ # ="),
    ],
)
def test_texts_in_gift_mean_what_moodle_means(tmp_path: Path, text: str, seen: str) -> None:
    (question,) = read(tmp_path, f"// [tag:QS1]\n{text}\n", "gift").whole().questions
    assert question.text == seen


def test_other_questions_in_gift_are_named_with_their_line_and_kind(tmp_path: Path) -> None:
    others = (
        "Who? {~one =two}\n\nTrue? {TRUE}\n\nHow many? {#3}\n\n"
        "::Pairs::Match {=a -> b =c -> d}\n\nWho? {=her}\n\nRead this first.\n\nFree? {####well done}\n"
    )
    found = read(tmp_path, GIFT + "\n" + others.replace("Free?", "// [tag:QS1]\nFree?"), "gift")
    notes = "\n".join(found.notes)
    for kind in (
        "a multiple-choice",
        "a true-or-false",
        "a numerical",
        "a matching",
        "a short-answer",
        "a description",
    ):
        assert kind in notes
    assert "question “Pairs”" in notes
    assert "The feedback in line 22 was left out." in notes
    assert len(found.whole().questions) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("::a::Who? {\n", "line 1, question “a”: expected an answer between { and }"),
        ("// [tag:QS1]\n::a::Who? }{\n", "line 2, question “a”: expected an answer between { and }"),
        ("::a::Who? {}\n", "line 1, question “a”, tags: expected a tag that names a quality statement"),
        ("// [tag:QS1]\n::a:: {}\n", "line 2, question “a”, text: expected the text of the question"),
        ("// [tag:QS1]\n::a::What, \\{x\\}? {}\n", "line 2, question “a”, text: expected only {place} or {council}"),
        ("::a::Read this.\n", "expected at least one essay question"),
    ],
)
def test_a_mistake_in_gift_is_told_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    found = mistakes(tmp_path, content, "gift")
    assert told in found[0], found


def test_questions_that_share_a_name_get_ids_of_their_own(tmp_path: Path) -> None:
    content = "// [tag:QS1]\n::Who::Who rang? {}\n\n// [tag:QS1]\n::Who::Who came? {}\n"
    assert [question.id for question in read(tmp_path, content, "gift").whole().questions] == ["who", "who-came"]


def test_cues_come_back_in_order_from_moodle(tmp_path: Path) -> None:
    content = write_bank(BANK, BankFormat.MOODLE_XML).data
    back = read(tmp_path, content, "xml").whole()
    assert [q.probes for q in back.questions] == [q.probes for q in BANK.questions]
    assert {probe.cue for question in back.questions for probe in question.probes} <= set(Cue)
