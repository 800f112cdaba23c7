"""A glossary is read whole, a broken one says all that is wrong with it, and the shipped one is plain and complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.banks.glossary_file import GlossaryErrors, parse_glossary, read_glossary
from cqcmock.domain.glossary import Term
from cqcmock.errors import UserError

SHIPPED = Path(__file__).parents[2] / "question_banks" / "glossaries" / "adult-social-care.toml"

SMALL = """\
[[term]]
short = "MSP"
full = "making safeguarding personal"
plain = "Asking people what they want to happen"
also = ["making safeguarding personal"]

[[term]]
short = "robust"
plain = "Strong"
everyday = true
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(GlossaryErrors) as refused:
        parse_glossary(text, "small.toml")
    return [str(problem) for problem in refused.value.problems]


def test_a_glossary_is_read_as_its_file_says_it() -> None:
    assert parse_glossary(SMALL, "small.toml") == (
        Term(
            short="MSP",
            full="making safeguarding personal",
            plain="Asking people what they want to happen",
            also=("making safeguarding personal",),
        ),
        Term(short="robust", plain="Strong", everyday=True),
    )


def test_an_empty_file_is_an_empty_glossary() -> None:
    assert parse_glossary("", "small.toml") == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[[term]]", "[[trem]]", "trem: expected a key that is known here (did you mean “term”?)"),
        ("[[term]]", "[term", "line 1: expected TOML that can be read"),
        ('short = "MSP"\n', "", "term 1, short: expected text in quotation marks, but found nothing"),
        ('short = "MSP"', 'short = "…"', "term …, short: expected letters or digits"),
        ('plain = "Strong"', 'plain = ""', "term robust, plain: expected text"),
        ('plain = "Strong"', 'plian = "Strong"', "term robust, plian: expected a key that is known here"),
        ('plain = "Strong"', f'plain = "{"very " * 30}"', "term robust, plain: expected at most 20 words"),
        ("everyday = true", 'everyday = "yes"', "term robust, everyday: expected true or false"),
        ('short = "robust"', 'short = "MSP"', "term MSP, short: expected a spelling that term MSP does not have"),
        ('also = ["making', "also = [3]\n#", "term MSP, also: expected a list of texts"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(old: str, new: str, told: str) -> None:
    assert old in SMALL
    found = mistakes(SMALL.replace(old, new, 1))
    assert any(told in mistake for mistake in found), found


def test_every_mistake_of_a_glossary_is_told() -> None:
    found = mistakes(SMALL.replace("plain", "plian").replace("everyday = true", "everyday = 1"))
    assert len(found) == 5


def test_a_glossary_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_glossary(tmp_path / "none.toml")


def test_a_glossary_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_bytes(b"\xff")
    with pytest.raises(GlossaryErrors, match="cannot be used as a glossary"):
        read_glossary(tmp_path / "small.toml")


def test_the_shipped_glossary_has_at_least_180_terms_in_order() -> None:
    shorts = [term.short for term in read_glossary(SHIPPED)]
    assert len(shorts) >= 180
    assert shorts == sorted(shorts, key=str.casefold)


def test_the_shipped_glossary_holds_the_words_of_the_trade() -> None:
    shorts = {term.short for term in read_glossary(SHIPPED)}
    wanted = (
        "ADASS AMHP ASCOF BCF BIA CHC CLD CPA DFG DoLS DPIA D2A EHCP EqIA ICB IMCA JSNA KPI LPS MARAC MASH MCA MDT MSP "
        "NRPF OT PCN PSED QA RAS SAB SAR s42 s117 VCFSE reablement co-production strengths-based brokerage triangulate "
        "escalate governance wraparound holistic robust whole-system step-down"
    )
    assert set(wanted.split()) - shorts == set()


@pytest.mark.parametrize("known", ["NHS", "CQC", "GP", "A&E", "IT", "HR"])
def test_what_everybody_knows_is_not_in_the_shipped_glossary(known: str) -> None:
    assert known not in {spelling for term in read_glossary(SHIPPED) for spelling in (term.short, *term.also)}


def test_an_explanation_does_not_explain_a_term_by_itself() -> None:
    circular = [
        term.short
        for term in read_glossary(SHIPPED)
        if term.short.casefold() in term.plain.casefold().split() or term.plain.casefold() == term.full.casefold()
    ]
    assert circular == []
