"""Words on screen and where they stand: what is selected, marked or pinned is the same stretch of what was said.

Qt counts an emoji as two characters and Python as one; letters written from the right, accents that stand apart from
their letter and line breaks of every kind must not shift anything either.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextFormat
from pytestqt.qtbot import QtBot

from cqcmock.domain.hearing import HeardNumber, Hearing
from cqcmock.domain.interview import PARTS_JOINED_BY, ProbeAnswer, Take
from cqcmock.domain.remarks import groups
from ui.rehearse.said_words import SaidWords
from ui.rehearse.spoken_text import SpokenText

HARD = ("a", " ", "\n", "\r\n", "\u2029", "\u2028", "<b>", "e\u0301", "\u0301", "שלום", "مرحبا", "\u202e", "\u200d")
EMOJI = ("😀", "👩\u200d🦽", "🇬🇧", "👍🏽", "𝒳", "\U0010ffff")
letters = st.characters(exclude_categories=("Cs",))
texts = st.lists(st.one_of(st.sampled_from((*HARD, *EMOJI)), letters), max_size=12).map("".join)
takes = st.lists(texts, min_size=1, max_size=3)
quickly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)


@pytest.fixture
def words(qtbot: QtBot) -> SpokenText:
    made = SpokenText("What was said")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def said_words(qtbot: QtBot) -> SaidWords:
    made = SaidWords()
    qtbot.addWidget(made)
    return made


def stretch(data: st.DataObject, parts: list[str]) -> tuple[int, int]:
    """Some words of one part, counted in everything said."""
    part = data.draw(st.integers(0, len(parts) - 1))
    begins = sum(len(words) + len(PARTS_JOINED_BY) for words in parts[:part])
    start = data.draw(st.integers(0, len(parts[part])))
    return begins + start, begins + data.draw(st.integers(start, len(parts[part])))


def shown(cursor: QTextCursor) -> str:
    """The selected words with every break as one line break: a document has only those."""
    return breaks(cursor.selectedText())


def breaks(text: str) -> str:
    for broken in ("\r", "\u2029", "\ufdd0", "\ufdd1"):
        text = text.replace(broken, "\n")
    return text


@quickly
@given(parts=takes, data=st.data())
def test_a_stretch_of_what_was_said_has_these_words_selected_and_comes_back_from_the_selection(
    words: SpokenText, parts: list[str], data: st.DataObject
) -> None:
    words.write_down(parts, ["And? 😀"] * (len(parts) - 1))
    start, end = stretch(data, parts)
    said = words.spoken[start:end]
    words.choose((start, end))
    if not said.strip():
        assert words.chosen() is None
        return
    kept = breaks(words.spoken.replace("\r\n", " \n")[start:end])
    assert shown(words.textCursor()) == kept
    chosen = words.chosen()
    assert chosen is not None
    assert words.spoken[slice(*chosen)] == said.strip()
    assert start <= chosen[0] < chosen[1] <= end


@quickly
@given(parts=takes)
def test_every_character_of_what_was_said_stands_in_one_place_of_the_document_and_back(
    words: SpokenText, parts: list[str]
) -> None:
    words.write_down(parts, ["And? 😀"] * (len(parts) - 1))
    at = 0
    for part in parts:
        for place in range(at, at + len(part) + 1):
            if part.strip():
                assert words.said_at(words.place_of(place, ends=place > at), up=True) == place
        at += len(part) + len(PARTS_JOINED_BY)


@quickly
@given(parts=takes, data=st.data())
@example(parts=["😀 40 carers", "👩\u200d🦽 we have 50 carers"], data=None)
def test_a_remark_marks_and_points_at_exactly_its_own_words(
    said_words: SaidWords, parts: list[str], data: st.DataObject | None
) -> None:
    take = Take(text=parts[0], probes=tuple(ProbeAnswer(text="?", cue="always", answer=said) for said in parts[1:]))
    start, end = stretch(data, parts) if data else (take.spoken.index("50"), take.spoken.index("50") + 2)
    number = HeardNumber(text="n", value=50, unit="", year=None, span=(start, end), why="A number.")
    hearing = Hearing(points=(), numbers=(number,))
    said_words.show_take(take, hearing)
    ((remark,),) = (group.remarks for group in groups(hearing))
    said_words.point_at(remark)
    if not take.spoken[start:end].strip():
        return
    assert shown(said_words.textCursor()) == breaks(take.spoken.replace("\r\n", " \n")[start:end])
    assert marked(said_words) == shown(said_words.textCursor()).replace("\n", "")


def marked(words: SaidWords) -> str:
    """All words on screen that say why they are marked; breaks between blocks have no look of their own."""
    found = ""
    block = words.document().begin()
    while block.isValid():
        for piece in block:
            fragment = piece.fragment()
            if fragment.charFormat().stringProperty(QTextFormat.Property.TextToolTip):
                found += fragment.text()
        block = block.next()
    return found
