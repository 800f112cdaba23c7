"""GIFT: Moodle's questions as plain text. It holds the question and its tags, and nothing of what is listened for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count as counting
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.cells import tidy, tidy_bank
from cqcmock.banks.checking import Words
from cqcmock.banks.csv_file import decoded
from cqcmock.banks.exchange import MOST_QUESTIONS, Draft, Written
from cqcmock.banks.moodle_html import text_of_html
from cqcmock.banks.moodle_words import (
    add_question,
    category_of,
    head_lines,
    is_head,
    name_of,
    put_head,
    put_id,
    put_tags,
    tags_of,
    title_of,
)
from cqcmock.banks.names import FrameworkNames
from cqcmock.banks.rows import USUAL_TIMES, put_times
from cqcmock.banks.table_writing import lost_by_tidying
from cqcmock.domain.questions import Bank, Question

_SPECIAL = re.compile(r"[\\~=#{}:]")
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_ANY_ESCAPE = re.compile(r"\\.")
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_HEAD = re.compile(r"//\s*bank ([a-z ]{1,20}): (.*)", re.IGNORECASE)
_GIFT = re.compile(r"^(?:::.+::|\$CATEGORY:)|\{\s*\}\s*$", re.MULTILINE)
_FORMAT = re.compile(r"\[(moodle|html|plain|markdown)\]")
_OTHERS = (("#", "a numerical question"), ("~", "a multiple-choice question"), ("->", "a matching question"))


def looks_like_gift(text: str) -> bool:
    """Whether a text has a question, a name or a category as GIFT writes them."""
    return _GIFT.search(text) is not None


def read_gift(data: bytes, draft: Draft, names: FrameworkNames) -> None:
    """Put the essay questions of a GIFT text into the draft; other questions are named in the notes."""
    text = decoded(data, draft)
    if text is None:
        return
    taken: set[str] = set()
    for line, comments, block in _blocks(text.removeprefix("\ufeff")):
        if draft.full(f"line {line}"):
            return
        if len(draft.entries) == MOST_QUESTIONS:
            draft.report.add(f"line {line}", "", f"at most {MOST_QUESTIONS:,} questions in a file", Words("more"))
            return
        heads = [(found[1], found[2]) for found in map(_HEAD.match, comments) if found and is_head(found[1])]
        put_head(heads, draft.head, draft.report)
        if block.startswith("$CATEGORY:"):
            _read_category(block, draft, line)
        elif block:
            _read_question(line, " ".join(comments), block, draft, names, taken)
    if not draft.entries and not draft.report.problems:
        draft.report.add("", "", "at least one essay question, such as “::name:: text {}”", checking.NOTHING)


def _blocks(text: str) -> Iterator[tuple[int, list[str], str]]:
    """The first line, the comments and the text of everything that stands between empty lines."""
    comments: list[str] = []
    block: list[str] = []
    first = 1
    for number, line in zip(counting(1), [*text.split("\n"), ""], strict=False):
        if line.strip().startswith("//"):
            comments.append(line.strip())
        elif line.strip():
            if not block:
                first = number
            block.append(line)
            if line.startswith("$CATEGORY:"):
                yield first, comments, line.strip()
                comments, block = [], []
        elif block or comments:
            yield first, comments, "\n".join(block).strip()
            comments, block = [], []


def _read_category(block: str, draft: Draft, line: int) -> None:
    title = title_of(block.removeprefix("$CATEGORY:"))
    if not draft.head.get("category"):
        draft.head["category"] = title
        draft.head.setdefault("title", title)
    elif title != draft.head["category"]:
        draft.notes.append(f"The category “{title}” in line {line} was not made a bank of its own.")


def _read_question(line: int, comments: str, block: str, draft: Draft, names: FrameworkNames, taken: set[str]) -> None:
    report = draft.report
    before = len(report.problems)
    name, text = _name_and_text(block)
    where = f"line {line}" + (f", question {checking.describe(name)}" if name else "")
    masked = _ANY_ESCAPE.sub("\0\0", text)  # of the same length, without braces that are text
    opens, closes = masked.find("{"), masked.find("}")
    if opens < 0 and closes < 0:
        draft.notes.append(f"In {where} there is a description, which was left out.")
        return
    if opens < 0 or closes < opens:
        report.add(where, "", "an answer between { and }", Words("one of them alone; \\{ is a brace in a text"))
        return
    answer, feedback, _ = masked[opens + 1 : closes].strip().partition("####")
    if answer.strip():
        draft.notes.append(f"In {where} there is {_kind_of(answer.strip())}, which was left out.")
        return
    if feedback:
        draft.notes.append(f"The feedback in {where} was left out.")
    rest = text[closes + 1 :].strip()
    values: dict[str, Any] = {"text": _plain(text[:opens].strip() + (f" _____ {rest}" if rest else ""))}
    found = _ID.search(comments)
    put_id(values, found[1].replace("\\]", "]") if found else "", name, taken)
    put_tags([tag.replace("\\]", "]").strip() for tag in _TAG.findall(comments)], values, names, draft, where)
    put_times(values, None, None, None)
    values |= {"source_note": "", "strong": (), "communities": (), "points": [], "probes": []}
    add_question(draft, where, values, before)


def _name_and_text(block: str) -> tuple[str, str]:
    if block.startswith("::"):
        masked = _ANY_ESCAPE.sub("\0\0", block)
        end = masked.find("::", 2)
        if end > 0:
            return tidy(_unescaped(block[2:end])), block[end + 2 :].strip()
    return "", block


def _kind_of(answer: str) -> str:
    if answer.startswith("#"):
        return _OTHERS[0][1]
    if answer.split("#")[0].strip() in ("T", "F", "TRUE", "FALSE"):
        return "a true-or-false question"
    return next((name for mark, name in _OTHERS[1:] if mark in answer), "a short-answer question")


def _plain(text: str) -> str:
    found = _FORMAT.match(text)
    said = _unescaped(text[found.end() :] if found else text)
    return text_of_html(said) if found and found[1] == "html" else tidy(said)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text).replace("\n", "\\n")


def write_gift(bank: Bank) -> Written:
    """The questions of a bank as GIFT text."""
    tidied = tidy_bank(bank)
    lines = [f"// bank {line}" for line in head_lines(tidied)]
    lines += [f"$CATEGORY: {category_of(tidied.title)}", ""]
    for question in tidied.questions:
        tags = "".join(f" [tag:{tag}]" for tag in tags_of(question))
        name, text = _escaped(name_of(question)), _escaped(question.text)
        lines += [f"// [id:{question.id}]{tags}", f"::{name}::[plain]{text} {{}}", ""]
    return Written(data="\n".join(lines).encode(), lost=_lost(bank, tidied))


def _lost(bank: Bank, tidied: Bank) -> tuple[str, ...]:
    def has(field: str) -> bool:
        return any(getattr(question, field) for question in bank.questions)

    said = {
        "the points that are listened for, with their phrases, follow-up questions and weights": has("points"),
        "the follow-up questions that are asked on a cue": has("probes"),
        "the times to prepare and to answer": any(_times(question) != USUAL_TIMES for question in bank.questions),
        "what a strong answer does": has("strong"),
        "what to avoid": has("avoid"),
        "the communities": has("communities"),
        "the notes on sources": has("source_note"),
    }
    return tuple(words for words, is_lost in said.items() if is_lost) + lost_by_tidying(bank, tidied)


def _times(question: Question) -> tuple[int, int, int]:
    return question.prepare_seconds, question.target_seconds, question.limit_seconds
