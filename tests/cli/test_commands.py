"""The contracts of the command line: JSON that scripts rely on, exit statuses, sentences instead of tracebacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cqcmock.domain.modes import Mode
from cqcmock.paths import Location
from cqcmock.services import rehearsing
from cqcmock.services.library import open_library
from cqcmock.settings import Settings
from tests.cli.conftest import Run
from tests.clocks import HandClock

ANSWERS = """\
We are about a million people, and in the census one in six of us was over sixty-five.
+++
Unpaid carers, mostly. We think ninety thousand.
---
I asked for that number every month.
---
Thank you, that is all. Said as <b>bold</b> & "quoted".
"""

OWN_BANK = """\
[bank]
id = "own"
title = "Our own"
version = 1
checked_on = 2026-11-21
framework = "cqc-la-2023"
roles = ["lead-member"]
language = "en-GB"

[[question]]
id = "who-is-here"
text = "Who lives in {place}?"
kind = "question"
statements = ["QS3"]
themes = ["place"]
prepare_seconds = 10
target_seconds = 60
limit_seconds = 90
source = "council"

  [[question.point]]
  id = "figure"
  label = "A figure"
  phrases = ["the census", "population of"]
  probe = "How many, roughly?"

  [[question.point]]
  id = "missed"
  label = "Who is missed"
  phrases = ["rough sleepers"]
  probe = "Who is missed?"

  [[question.point]]
  id = "carers"
  label = "Unpaid carers"
  phrases = ["unpaid carers"]
  probe = "And unpaid carers?"

  [[question.probe]]
  cue = "always"
  text = "How do you know?"
"""

REFLECTION = """\
proud = "That I named a gap first."
know = "The survey of October."
difference = "People are rung."
next = "Three numbers on carers."
notes = "Shorter."

[[action]]
what = "Meet the forum"
owner = "Me"
due = 2027-01-31
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.txt"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


@pytest.fixture
def reflection(tmp_path: Path) -> Path:
    path = tmp_path / "reflection.toml"
    path.write_text(REFLECTION, encoding="utf-8")
    return path


def test_rate_prints_the_document_that_scripts_rely_on(cqcmock: Run) -> None:
    outcome = cqcmock("rate", "--scores", "3,3,3,3,4,3,3,3,3", "--json")
    assert outcome.status == 0
    assert outcome.data == {
        "total": 28,
        "possible": 36,
        "percent": 78,
        "rating": "good",
        "statements": 9,
        "practice_indication": False,
        "warnings": [],
    }


@pytest.mark.parametrize("scores", ["", "3,x", "5", "0", "3,3,3,3,3,3,3,3,3,3", "3;3"])
def test_scores_that_cannot_be_are_one_sentence_and_status_1(cqcmock: Run, scores: str) -> None:
    outcome = cqcmock("rate", "--scores", scores)
    assert outcome.status == 1
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_an_unknown_command_is_status_2(cqcmock: Run) -> None:
    assert cqcmock("dance").status == 2
    assert cqcmock("rate").status == 2


def test_a_rehearsal_from_files_is_kept_whole(cqcmock: Run, answers: Path, reflection: Path, tmp_path: Path) -> None:
    out = tmp_path / "feedback.pdf"
    told = cqcmock(
        "rehearse", "--role", "lead-member", "--answers", answers, "--reflection", reflection, "--out", out, "--json"
    )
    assert told.status == 0, told.err
    assert told.data["answers"] == 3
    assert told.data["report"] == str(out)
    assert out.read_bytes().startswith(b"%PDF")

    shown = cqcmock("sittings", "show", told.data["sitting"], "--json").data
    assert shown["role"] == "lead-member"
    assert shown["mode"] == "practice"
    assert shown["state"] == "done"
    assert shown["questions"][0]["text"] == "Tell me about Hertfordshire."
    first = shown["questions"][0]["takes"][0]
    assert first["text"].startswith("We are about a million")
    assert first["probes"][0]["answer"] == "Unpaid carers, mostly. We think ninety thousand."
    assert first["over_seconds"] == 0
    assert shown["questions"][2]["takes"][0]["text"].endswith('Said as <b>bold</b> & "quoted".')
    assert shown["reflection"]["proud"] == "That I named a gap first."
    assert [(action["what"], action["due"]) for action in shown["actions"]] == [("Meet the forum", "2027-01-31")]


def test_the_same_seed_and_answers_ask_the_same_questions_and_probes(cqcmock: Run, answers: Path) -> None:
    runs = []
    for _ in range(2):
        told = cqcmock("rehearse", "--role", "director", "--answers", answers, "--seed", "7", "--json").data
        shown = cqcmock("sittings", "show", told["sitting"], "--json").data
        runs.append([(q["id"], [p["text"] for p in q["takes"][0]["probes"]]) for q in shown["questions"]])
        cqcmock("sittings", "delete", told["sitting"], "--for-good")
    assert runs[0] == runs[1]
    assert all(probes for _, probes in runs[0][:2])


def test_the_place_can_be_any_place(cqcmock: Run, answers: Path) -> None:
    told = cqcmock("rehearse", "--role", "lead-member", "--place", "Rutland", "--answers", answers, "--json").data
    shown = cqcmock("sittings", "show", told["sitting"], "--json").data
    assert shown["place"] == "Rutland"
    assert shown["questions"][0]["text"] == "Tell me about Rutland."


@pytest.mark.parametrize(
    "arguments",
    [
        ("rehearse", "--role", "mayor", "--answers", "ANSWERS"),
        ("rehearse", "--answers", "missing.txt"),
        ("rehearse", "--answers", "ANSWERS", "--out", "feedback.docx"),
        ("rehearse", "--answers", "ANSWERS", "--out", "no/such/folder/feedback.pdf"),
        ("rehearse", "--json"),
        ("rehearse", "--mode", "interviewer"),
        ("rehearse", "--mode", "interviewer", "--answers", "ANSWERS"),
        ("sittings", "show", "nothing-like-it"),
        ("report", "nothing-like-it", "--out", "feedback.pdf"),
        ("banks", "show", "nothing-like-it"),
        ("banks", "search", "carers", "--role", "mayor"),
        ("banks", "check", "missing.toml"),
        ("rate", "--scores", "3", "--framework", "ofsted"),
        ("listen", "--bank", "lead-member", "--question", "no-such", "--answer", "ANSWERS"),
    ],
)
def test_what_the_person_got_wrong_is_one_sentence_and_status_1(
    cqcmock: Run, answers: Path, arguments: tuple[str, ...]
) -> None:
    outcome = cqcmock(*(str(answers) if argument == "ANSWERS" else argument for argument in arguments))
    assert outcome.status == 1
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert outcome.err.strip().endswith(".")


def test_a_broken_reflection_names_every_mistake(cqcmock: Run, answers: Path, tmp_path: Path) -> None:
    path = tmp_path / "reflection.toml"
    path.write_text('prowd = "x"\n[[action]]\nwhat = ""\ndue = "soon"\n')
    outcome = cqcmock("rehearse", "--answers", answers, "--reflection", path)
    assert outcome.status == 1
    for named in ("prowd", "what", "due"):
        assert named in outcome.err
    assert cqcmock("sittings", "list", "--json").data == []


def test_more_answers_than_there_are_questions_are_refused_before_anything_is_kept(
    cqcmock: Run, tmp_path: Path
) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("\n---\n".join(["An answer."] * 41))
    assert cqcmock("rehearse", "--role", "lead-member", "--answers", path).status == 1
    assert cqcmock("sittings", "list", "--json").data == []


def test_an_answer_too_long_to_be_kept_is_refused_before_anything_is_kept(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("Fine.\n---\n" + "word " * 50_000)
    outcome = cqcmock("rehearse", "--answers", path)
    assert outcome.status == 1
    assert "Answer 2 is 249,999 characters long" in outcome.err
    assert cqcmock("sittings", "list", "--json").data == []


def test_answers_that_no_probe_was_left_for_are_told(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("An answer.\n" + "".join(f"+++\nPart {number}.\n" for number in range(6)))
    outcome = cqcmock("rehearse", "--role", "lead-member", "--answers", path, "--json")
    assert outcome.status == 0
    assert "Part 5." in outcome.err
    assert outcome.data["answers"] == 1


def test_banks_list_and_show_have_the_keys_of_the_files(cqcmock: Run) -> None:
    listed = cqcmock("banks", "list", "--json").data
    assert {"id", "title", "version", "roles", "questions"} <= set(listed[0])
    shown = cqcmock("banks", "show", "lead-member", "--json").data
    assert shown["bank"]["id"] == "lead-member"
    opener = shown["question"][0]
    assert opener["text"] == "Tell me about {place}."
    assert {"id", "label", "phrases", "probe"} <= set(opener["point"][0])


def test_search_finds_by_words_best_first_and_takes_anything_that_is_typed(cqcmock: Run) -> None:
    found = cqcmock("banks", "search", "waiting", "--role", "lead-member", "--json").data
    assert found
    assert {"bank", "question", "text", "rank"} <= set(found[0])
    assert [match["rank"] for match in found] == sorted(match["rank"] for match in found)
    for words in ("child's", 'voice AND "', "(", "-", "*", "ħ", "' OR 1=1 --"):
        assert cqcmock("banks", "search", "--json", "--", words).status == 0


def test_a_bank_travels_out_and_in_again(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    assert cqcmock("banks", "export", "lead-member", "--out", path).status == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "lead-member"', 'id = "our-own"', 1), encoding="utf-8")
    assert cqcmock("banks", "check", path).status == 0
    assert cqcmock("banks", "import", path).status == 0
    assert "our-own" in {bank["id"] for bank in cqcmock("banks", "list", "--json").data}


def test_a_shipped_bank_cannot_be_overwritten(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    cqcmock("banks", "export", "lead-member", "--out", path)
    assert cqcmock("banks", "import", path).status == 1


def test_every_error_of_a_bank_is_named_and_status_is_1(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    cqcmock("banks", "export", "lead-member", "--out", path)
    text = path.read_text(encoding="utf-8")
    text = text.replace('kind = "opener"', 'kind = "oppener"', 1)
    text = text.replace("target_seconds = 120", 'target_seconds = "x"', 1)
    path.write_text(text, encoding="utf-8")
    outcome = cqcmock("banks", "check", path, "--json")
    assert outcome.status == 1
    assert {problem["field"] for problem in outcome.data} == {"kind", "target_seconds"}
    assert all(problem["file"] == "mine.toml" for problem in outcome.data)


def test_listen_prints_the_document_that_scripts_rely_on(cqcmock: Run, tmp_path: Path) -> None:
    bank = tmp_path / "own.toml"
    bank.write_text(OWN_BANK, encoding="utf-8")
    assert cqcmock("banks", "import", bank).status == 0
    path = tmp_path / "answer.txt"
    path.write_text("In the census we were a million. We do not yet speak to rough sleepers.", encoding="utf-8")
    heard = cqcmock("listen", "--bank", "own", "--question", "who-is-here", "--answer", path, "--json").data
    assert {"points", "numbers", "findings", "personal_data", "probes"} <= set(heard)
    by_id = {point["id"]: point for point in heard["points"]}
    assert by_id["figure"]["heard"]
    start, end = by_id["figure"]["spans"][0]
    assert path.read_text(encoding="utf-8")[start:end] == "the census"
    assert by_id["missed"]["negated"]
    assert [probe["text"] for probe in heard["probes"]] == ["And unpaid carers?", "How do you know?"]


def test_a_deleted_sitting_is_out_of_the_list(cqcmock: Run, answers: Path) -> None:
    told = cqcmock("rehearse", "--answers", answers, "--json").data
    assert cqcmock("sittings", "delete", told["sitting"]).status == 0
    assert cqcmock("sittings", "list", "--json").data == []


def test_a_sitting_deleted_for_good_leaves_nothing_readable(cqcmock: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.txt"
    path.write_text("Zanzibarquokka is a word that stands nowhere else.")
    told = cqcmock("rehearse", "--answers", path, "--json").data
    data = tmp_path / "data"
    assert any(b"Zanzibarquokka" in file.read_bytes() for file in data.glob("library.sqlite*"))
    cqcmock("sittings", "delete", told["sitting"], "--for-good")
    assert not any(b"Zanzibarquokka" in file.read_bytes() for file in data.rglob("*") if file.is_file())


def test_a_report_of_a_kept_sitting_is_written_as_its_name_ends(cqcmock: Run, answers: Path, tmp_path: Path) -> None:
    told = cqcmock("rehearse", "--answers", answers, "--json").data
    page = tmp_path / "feedback.html"
    assert cqcmock("report", told["sitting"], "--out", page).status == 0
    assert "&lt;b&gt;bold&lt;/b&gt; &amp;" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == 0o600


def test_the_demo_leaves_a_pdf_and_a_page_and_touches_no_library(cqcmock: Run, tmp_path: Path) -> None:
    library = tmp_path / "data" / "library.sqlite"
    before = library.read_bytes()
    told = cqcmock("demo", "--out", tmp_path / "demo", "--json").data
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF")
    assert "invented" in Path(told["html"]).read_text(encoding="utf-8")
    assert library.read_bytes() == before


def test_the_self_test_says_that_everything_works(cqcmock: Run) -> None:
    outcome = cqcmock("self-test")
    assert outcome.status == 0
    assert outcome.out.strip().endswith("Everything works.")


def test_without_a_screen_or_a_terminal_the_bare_command_names_the_demo(
    cqcmock: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    outcome = cqcmock()
    assert outcome.status == 1
    assert "cqcmock demo" in outcome.err


@pytest.mark.may_log
def test_a_mistake_of_ours_is_status_3_and_its_place_is_in_the_log_without_anybodys_words(
    cqcmock: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("My manager shouts")

    monkeypatch.setattr("cqcmock.cli.listening.rate", broken)
    outcome = cqcmock("rate", "--scores", "3")
    assert outcome.status == 3
    log = tmp_path / "data" / "logs" / "cqcmock.log"
    assert str(log) in outcome.err
    assert "Traceback" not in outcome.err
    written = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "broken" in written
    assert "manager" not in written


def test_a_rehearsal_with_an_interviewer_begun_in_the_window_is_not_gone_on_with_here(
    cqcmock: Run, tmp_path: Path
) -> None:
    with open_library(Location(tmp_path / "data")) as library:
        set_up = replace(rehearsing.default_set_up(library, Settings()), questions=1, mode=Mode.INTERVIEWER)
        sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), "", HandClock().clock)
    outcome = cqcmock("rehearse", "--resume", sitting.id)
    assert outcome.status == 1
    assert "needs two windows" in outcome.err
    assert cqcmock("sittings", "show", sitting.id, "--json").data["mode"] == "interviewer"


def test_the_help_says_that_an_interviewer_needs_two_windows(cqcmock: Run) -> None:
    told = " ".join(cqcmock("rehearse", "--help").out.replace("│", " ").split())
    assert "Interviewer needs two windows: here it is refused, with --answers too." in told
