"""Words that a resident would not know are noticed at their first use, unless they are explained."""

from __future__ import annotations

import pytest

from tests.listening.hearing_of import hear, texts


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("We do MSP well.", ["MSP"]),
        ("Our KPIs are green.", ["KPIs"]),
        ("It went through s42 and DoLS.", ["s42", "DoLS"]),
        ("They came under section 117.", ["section 117"]),
        ("We use reablement.", ["reablement"]),
        ("We triangulate it with the PSW.", ["triangulate", "PSW"]),
        ("Co-production is how we work.", ["Co-production"]),
        ("It goes to the QZB and the FTP panel.", ["QZB", "FTP"]),
        ("The OT did it, and the OTs know.", ["OT"]),
        ("We're strengths-based.", ["strengths-based"]),
        ("D2A works.", ["D2A"]),
        ("The S/G concern went in.", ["S/G"]),
    ],
)
def test_unexplained_terms_are_noticed_once(said: str, words: list[str]) -> None:
    assert texts(said, "jargon") == words


@pytest.mark.parametrize(
    "said",
    [
        "MSP, that's making safeguarding personal, comes first.",
        "We have a principal social worker, PSW for short.",
        "The PSW, or principal social worker, reads them.",
        "We offer reablement, which is six weeks of help to get going again.",
        "We offer reablement. That means a few weeks of help to do things yourself again.",
        "The MDT (the people from different jobs round a table) meets on Monday.",
        "What we call co-production is deciding together.",
        "The multi-disciplinary team, MDT, meets on Monday.",
        "The NHS, CQC, GPs, A&E and IT.",
        "It is a BSL interpreter.",
        "We met at WI on the M25 with a GP from the BBC.",
        "She ate a sar and an ot.",
        "It was VERY LOUD INDEED there.",
        "I am OK with HR.",
        "Quality Zone Board, QZB, meets then.",
        "It is robust and we escalate it.",
    ],
)
def test_what_everybody_knows_or_is_told_is_not(said: str) -> None:
    assert texts(said, "jargon") == []


def test_the_reason_says_the_term_in_plain_words() -> None:
    (found,) = (finding for finding in hear("We do MSP.").findings if finding.kind == "jargon")
    assert found.why.startswith("Not everybody knows this: MSP is making safeguarding personal, asking people what")
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It was a SAR, a DHR or a matter for the police.", ["SAR", "DHR"]),
        ("A WHB-ready shower went in.", ["WHB"]),
        ("We did it under s37 and we're near s114.", ["s37", "s114"]),
        ("The on-call AD rings the AD of the day.", ["AD"]),
        ("There was an absence of professional curiosity.", ["professional curiosity"]),
        ("We do PfA well.", ["PfA"]),
        ("Nurses come from QIT two days a week, that's our quality improvement team.", []),
        ("It was N&A versus R&P, which is whether a job is needed and whether it's reasonable.", []),
        ("There was an email, an EMAIL, at nine.", []),
        ("He was LAS 118204 on the list.", []),
        ("It is what the ICB is doing, so that we agree.", ["ICB"]),
        ("He is a man who pays his way.", []),
    ],
)
def test_lists_sections_and_joined_acronyms_are_told_from_explanations(said: str, words: list[str]) -> None:
    assert texts(said, "jargon") == words
