"""The pack for staff says everything that the story says, in every form it is written in."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from pdfua import validate

from cqcmock.banks import read_story
from cqcmock.domain.story import Community, Example, Fact, Story
from cqcmock.paths import question_banks_folder, resources_folder
from cqcmock.reports.content import Document, Heading, Look, Paragraph, Run, Table
from cqcmock.reports.data_pack import PACK_WORDS, data_pack
from cqcmock.reports.docx import clean
from cqcmock.reports.docx import render as as_word
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import says

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(question_banks_folder() / "stories" / "hertfordshire.toml")


def pack(story: Story) -> Document:
    return data_pack(
        story,
        classification="OFFICIAL",
        retention="Keep until 1 May 2027",
        made_on=TODAY,
        statement_names={"QS5": "Partnerships and communities"},
    )


def words_of(word_file: bytes) -> str:
    opened = docx.Document(io.BytesIO(word_file))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def test_everything_in_the_story_is_in_the_pack_and_in_the_word_file(story: Story) -> None:
    document = pack(story)
    for written in (says(document), words_of(as_word(document))):
        for fact in story.facts:
            assert fact.label in written
            assert f"{fact.value} {fact.unit}".strip() in written
            assert fact.source in written
        for entry in story.you_said:
            assert entry.said in written
            assert entry.did in written
        assert all(example.text in written for example in story.examples)
        assert all(community.how_we_listen in written for community in story.communities)


def test_figures_that_are_out_of_date_are_named_before_all_others(story: Story) -> None:
    assert len(story.facts_due(TODAY)) == 3
    text = says(pack(story))
    assert text.index("Check these before you quote them") < text.index("Figures and facts")
    assert "Overall rating of the CQC assessment: to be checked by 17 May 2025" in text
    assert "Check these" not in says(pack(replace(story, facts=story.facts[2:4])))


def test_an_empty_story_makes_a_pack_without_empty_headings(story: Story) -> None:
    empty = pack(Story(place=replace(story.place, notes=())))
    assert not [block for block in empty.blocks if isinstance(block, Heading | Table)]
    as_word(empty)
    as_pdf(empty, resources_folder())


def test_the_pdf_of_the_pack_is_tagged_and_passes_the_checker(story: Story, tmp_path: Path) -> None:
    made = as_pdf(pack(story), resources_folder())
    assert_tagged(made)
    (tmp_path / "pack.pdf").write_bytes(made)
    assert validate(tmp_path / "pack.pdf").findings == ()


def test_the_word_file_has_real_headings_its_language_and_repeated_table_heads(story: Story) -> None:
    made = as_word(pack(story))
    opened = docx.Document(io.BytesIO(made))
    assert opened.core_properties.title == "What to know about Hertfordshire"
    assert opened.core_properties.language == "en-GB"
    assert [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"][:2] == [
        "Figures and facts", "People who are seldom heard",
    ]  # fmt: skip
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in opened.tables)
    header = opened.sections[0].header.paragraphs[0].text
    assert header == f"OFFICIAL · {PACK_WORDS}"


@pytest.mark.parametrize("text", [*HOSTILE.values(), *UNSHAPED.values(), "=1+1", "x" * 3000])
def test_whatever_people_write_stands_in_the_word_file_as_text(story: Story, text: str) -> None:
    fact = Fact(id="f", label=text, value=text, as_of=TODAY, source=text)
    community = Community(id="c", who=text, how_we_listen=text, source=text)
    hostile = Story(
        place=replace(story.place, name="A" + text),
        facts=(fact,),
        communities=(community,),
        examples=(Example(id="e", text=text, source=text),),
    )
    written = words_of(as_word(pack(hostile)))
    assert "".join(written.split()).count("".join(clean(text).split())) >= 5


def test_a_run_of_a_report_is_bold_and_underlined_where_it_was_heard(story: Story) -> None:
    document = replace(pack(story), blocks=(Paragraph(line=(Run("said ", Look.HEARD), Run("so"))),))
    run = docx.Document(io.BytesIO(as_word(document))).paragraphs[1].runs[0]
    assert (run.text, run.bold, run.underline) == ("said ", True, True)
