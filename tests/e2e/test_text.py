"""What people may type or paste: stored, shown and printed to the letter, or refused before anything is taken."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cqcmock.domain.text_limits import LONGEST_ANSWER
from tests.e2e.program import Program, command, facts
from tests.faults import Tell

ANSWER = "Your answer"
HOSTILE = {
    "markup": "I said <ok> then <b>left</b> & <img src='/etc/passwd'> &lt; </p></body> {place} %s",
    "right to left": "قال الرجل نعم 123 אמרתי שלום \u202eback\u202c",
    "emoji": "good 👍🏽 day 👩‍👩‍👧 ☕ 王",
    "control": "be\x00fore\x07 and\x1b after",
    "one word": "abcdefghij" * 1000,
    "a formula": '=HYPERLINK("http://x")\n+1\n@sum\n-2',
}


def _kept(text: str) -> str:
    """What the library keeps of a text: everything that can be seen."""
    return unicodedata.normalize("NFC", "".join(letter for letter in text if letter in "\n\t" or letter >= " "))


def _unbroken(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def _rehearse(program: Program, text: str) -> str:
    """One whole rehearsal with this text in every field that there is; returns the sitting."""
    sitting = str(program.do("begin"))
    program.do("paste_into", ANSWER, text)
    program.do("saved")
    program.do("click", "Note")
    program.do("paste_into", "Note to myself", text)
    program.do("saved")
    program.do("click", "Leave for now")
    program.do("screen", "HomeScreen")
    program.do("rename", text)
    program.do("home")
    program.do("click", "See what I said")
    program.do("screen", "WordsScreen")
    assert _unbroken(_kept(text)) in _unbroken(program.do("text_in", "What was asked and said"))
    program.do("click", "Carry on")
    program.do("screen", "InterviewScreen")
    program.do("click", "Carry on")
    assert program.do("text_in", ANSWER) == _kept(text)
    program.do("finish_interview")
    program.do("screen", "OwnMarksScreen")
    program.do("paste_into", "Comment", text)
    program.do("saved")
    program.do("click", "Go to the end")
    program.do("paste_into", "Comment on the whole", text)
    program.do("saved")
    program.do("click", "Hand in my marks")
    program.do("screen", "ReflectionScreen")
    for name in program.do("prompts"):
        program.do("paste_into", name, text)
    program.do("paste_into", "What", text)
    program.do("paste_into", "Who", text)
    program.do("click", "Add this action")
    program.do("saved")
    program.do("click", "Finish")
    program.do("screen", "ReportScreen")
    return sitting


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, marks=pytest.mark.slow) for text in ("\n".join(HOSTILE.values()), *HOSTILE.values())],
    ids=["all in one", *HOSTILE],
)
def test_a_text_goes_through_every_screen_and_report_as_it_was_written(
    folder: Path, tmp_path: Path, text: str, fault: Tell
) -> None:
    with Program("obey", folder) as program:
        sitting = _rehearse(program, text)
        assert not any("went wrong" in banner for banner in program.do("see")["banners"])
        program.do("click", "Back to home")
        program.do("screen", "HomeScreen")
        assert program.end() == []
    kept = _kept(text)
    show = ("--data-dir", folder, "sittings", "show", sitting)
    calls: list[tuple[object, ...]] = [show, (*show, "--json"), ("--data-dir", folder, "sittings", "list")]
    reports = [tmp_path / "feedback.pdf", tmp_path / "feedback.html"]
    calls += [("--data-dir", folder, "report", sitting, "--out", report) for report in reports]
    with ThreadPoolExecutor(2) as lanes:
        ran = list(lanes.map(lambda arguments: command(*arguments), calls))
    assert [(one.returncode, one.stderr) for one in ran] == [(0, "")] * len(ran)
    assert kept in ran[0].stdout
    whole = json.loads(ran[1].stdout)
    assert whole["questions"][0]["takes"][0]["text"] == kept
    assert [mark["comment"] for mark in whole["own_marks"]["answers"]] == [kept]
    assert whole["own_marks"]["comment"] == kept
    assert [whole["reflection"][field] for field in ("proud", "know", "difference", "next", "notes")] == [kept] * 5
    assert _unbroken(whole["actions"][0]["what"])[:500] == _unbroken(kept)[:500]
    assert _unbroken(whole["title"])[:100] == _unbroken(kept)[:100]
    assert _unbroken(kept)[:60] in _unbroken(ran[2].stdout)
    assert _unbroken(kept) in _unbroken(html.unescape(re.sub("<[^>]*>", "", reports[1].read_text(encoding="utf-8"))))
    assert reports[0].read_bytes().startswith(b"%PDF-")
    assert facts(folder / "library.sqlite", "pragma integrity_check") == [("ok",)]
    fault(
        "Text that is made to do harm is pasted into every field",
        area="Hostile files",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees="The same text to the letter, on every screen and in every report",
    )


def test_a_million_letters_are_refused_with_a_sentence_before_anything_is_taken(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("type_into", ANSWER, "Short. ")
        program.do("saved")
        program.do("paste_more_into", ANSWER, "million", 1_000_000)
        (told,) = [text for text in program.do("see")["words"] if "too long to be kept" in text]
        assert told.startswith(f"That text is {1_000_007 - LONGEST_ANSWER:,} characters too long")
        assert program.do("text_in", ANSWER) == "Short. "
        program.do("type_into", ANSWER, "And on.")
        program.do("saved")
        assert program.do("text_in", ANSWER) == "Short. And on."
        assert program.end() == []
    ((longest,),) = facts(folder / "library.sqlite", "SELECT max(length(text)) FROM event")
    assert longest < 200
    fault("A million letters are pasted into an answer", area="Hostile files", tried=1, lost=0, person_sees=told)


def test_an_answer_as_long_as_it_may_be_is_kept_and_opened_again(folder: Path) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("paste_more_into", ANSWER, "words ", LONGEST_ANSWER)
        program.do("saved")
        assert program.end() == []
    with Program("obey", folder) as program:
        program.do("begin")
        assert len(program.do("text_in", ANSWER)) == LONGEST_ANSWER
        assert program.end() == []


def test_return_ends_the_renaming_and_does_nothing_else(folder: Path) -> None:
    with Program("obey", folder) as program:
        program.do("home")
        program.do("click", "Rename")
        program.do("paste_into", "New title", "Before the visit")
        program.do("press", "Return")
        assert program.do("when_quiet")["screen"] == "HomeScreen"
        assert program.end() == []
    assert facts(folder / "library.sqlite", "SELECT title, events FROM sitting") == [("Before the visit", 0)]
