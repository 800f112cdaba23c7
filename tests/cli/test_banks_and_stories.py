"""Banks and stories on the command line: looked at before they come in, and out again in every form."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

CSV = """Question,Quality statements,Who is asked,Point 1,Point 1: phrases,Point 1: probe
Who waits longest here?,QS1,Lead member,Who waits,waits longest; # weeks,Who is it?
What happened on Friday?,QS6,Lead member,One person,a man; a woman,Who was it?
"""


def spreadsheet(folder: Path, text: str = CSV) -> Path:
    file = folder / "our-team.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_dry_run_says_what_would_come_in_and_leaves_the_library_alone(cqcmock: Run, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path)
    seen = cqcmock("banks", "import", file, "--dry-run", "--json").data
    assert (seen["bank"], seen["done"], len(seen["added"])) == ("our-team", False, 2)
    assert "our-team" not in {bank["id"] for bank in cqcmock("banks", "list", "--json").data}
    assert cqcmock("banks", "import", file, "--json").data["done"]
    file = spreadsheet(
        tmp_path, CSV.replace("on Friday", "on Saturday").replace("What happened", "Id,What happened", 0)
    )
    again = cqcmock("banks", "import", file, "--json").data
    assert (len(again["unchanged"]), len(again["added"]), len(again["kept"])) == (1, 1, 1)


def test_every_mistake_of_a_spreadsheet_is_named_with_its_row_and_nothing_comes_in(
    cqcmock: Run, tmp_path: Path
) -> None:
    file = spreadsheet(tmp_path, CSV.replace("QS1", "QS99").replace("Lead member,One", "Nobody,One"))
    for command in (("banks", "check", file), ("banks", "import", file)):
        outcome = cqcmock(*command)
        assert outcome.status == 1
        told = outcome.out + outcome.err
        assert "row 2" in told
        assert "row 3" in told
    assert "our-team" not in {bank["id"] for bank in cqcmock("banks", "list", "--json").data}


def test_a_bank_goes_out_in_every_format_and_says_what_the_format_cannot_hold(cqcmock: Run, tmp_path: Path) -> None:
    for ending in ("toml", "csv", "xlsx", "xml", "gift"):
        out = tmp_path / f"opposition.{ending}"
        outcome = cqcmock("banks", "export", "opposition", "--out", out)
        assert outcome.status == 0
        assert out.stat().st_size > 1000
        assert ("phrases" in outcome.err) is (ending == "gift")
    assert cqcmock("banks", "export", "opposition", "--out", tmp_path / "opposition.docx").status == 1


def test_the_template_comes_in_without_a_mistake(cqcmock: Run, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx"):
        out = tmp_path / f"template.{ending}"
        assert cqcmock("banks", "template", "--out", out).status == 0
        assert cqcmock("banks", "check", out).out.strip() == "No errors."


def test_cards_are_printed_for_a_place(cqcmock: Run, tmp_path: Path) -> None:
    for kind in ("question", "cue"):
        out = tmp_path / f"{kind}.pdf"
        assert cqcmock("banks", "cards", "lead-member", "--out", out, "--kind", kind, "--place", "Kent").status == 0
        assert out.read_bytes().startswith(b"%PDF")


def test_a_story_goes_out_comes_in_and_becomes_a_data_pack(cqcmock: Run, tmp_path: Path) -> None:
    out = tmp_path / "rutland.toml"
    assert cqcmock("stories", "export", "hertfordshire", "--out", out).status == 0
    out.write_text(out.read_text("utf-8").replace('id = "hertfordshire"', 'id = "rutland"'), "utf-8")
    assert cqcmock("stories", "check", out).out.strip() == "No errors."
    assert cqcmock("stories", "import", out).status == 0
    found = {story["id"]: story for story in cqcmock("stories", "list", "--json").data}
    assert (found["rutland"]["origin"], found["hertfordshire"]["origin"]) == ("own", "shipped")
    assert cqcmock("stories", "show", "rutland", "--json").data["place"]["id"] == "rutland"
    pack = tmp_path / "pack.docx"
    assert cqcmock("stories", "pack", "rutland", "--out", pack).status == 0
    assert pack.read_bytes().startswith(b"PK")
    assert cqcmock("stories", "show", "nowhere").status == 1


def test_listening_says_all_that_was_found_with_where_it_stands(cqcmock: Run, tmp_path: Path) -> None:
    said = (
        "Last month Mrs Okafor told me that 212 carers are waiting. We are developing a strategy. "
        "I think MSP is sort of fine, and eight co-production boards meet here."
    )
    answer = tmp_path / "answer.txt"
    answer.write_text(said, "utf-8")
    heard = cqcmock(
        "listen", "--bank", "lead-member", "--question", "tell-me-about-place", "--answer", answer, "--json"
    ).data
    for part in ("numbers", "findings", "personal_data"):
        assert heard[part]
        assert all(said[found["span"][0] : found["span"][1]] == found["text"] for found in heard[part])
    assert {"in-progress", "hedge", "jargon"} <= {found["kind"] for found in heard["findings"]}
    assert [found["kind"] for found in heard["personal_data"]] == ["name"]
    boards = next(number for number in heard["numbers"] if number["value"] == 8)
    assert (boards["fact"], boards["agrees"]) == ("co-production-boards", True)
    cues = [probe["cue"] for probe in heard["probes"]]
    assert cues == sorted(cues, key=lambda cue: cue != "missing-point")


def test_a_report_says_who_could_be_recognised_and_leaves_it_out_when_asked(cqcmock: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("Mrs Okafor told me so.\n", "utf-8")
    sitting = cqcmock("rehearse", "--role", "lead-member", "--answers", answers, "--json").data["sitting"]
    page = tmp_path / "report.html"
    outcome = cqcmock("report", sitting, "--out", page)
    assert "“Mrs Okafor”" in outcome.err
    assert "Okafor" in page.read_text("utf-8")
    assert cqcmock("report", sitting, "--out", page, "--leave-out-names").err == ""
    assert "Okafor" not in page.read_text("utf-8")
