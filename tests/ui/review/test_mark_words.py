"""Words that were said, and where they stand on screen: what is pinned is what was selected, whatever is in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import PackedAnswer, PackedProbe
from ui.rehearse.spoken_text import NOTHING
from ui.review.mark_words import PinnedWords
from ui.theme import Theme

said = st.text(alphabet="ab é😀ש\n<&>", max_size=30)
answers = st.builds(
    lambda answer, replies: PackedAnswer(
        sheet="s",
        candidate="A",
        number=1,
        question="?",
        answer=answer,
        probes=tuple(PackedProbe(text="Why 😀?", answer=reply) for reply in replies),
    ),
    said,
    st.lists(said, max_size=3),
)


@pytest.fixture
def words(qtbot: QtBot, theme: Theme) -> PinnedWords:
    made = PinnedWords(theme)
    qtbot.addWidget(made)
    return made


def parts_of(answer: PackedAnswer) -> list[tuple[int, str]]:
    """Each part of what was said, and where it begins in all of it."""
    begins, parts = 0, []
    for part in (answer.answer, *(probe.answer for probe in answer.probes)):
        parts.append((begins, part))
        begins += len(part) + 2
    return parts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(answer=answers, data=st.data())
def test_what_is_chosen_comes_back_as_the_same_words(
    words: PinnedWords, answer: PackedAnswer, data: st.DataObject
) -> None:
    words.show_answer(answer)
    begins, part = data.draw(st.sampled_from(parts_of(answer)))
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, len(part)))
    inside = part[start:end]
    words.choose((begins + start, begins + end))
    if not inside.strip():
        assert words.chosen() is None
        return
    assert words.textCursor().selectedText().replace("\u2029", "\n") == inside
    chosen = words.chosen()
    assert chosen is not None
    assert answer.spoken[slice(*chosen)] == inside.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(answer=answers, data=st.data())
def test_any_selection_at_all_is_a_stretch_of_what_was_said(
    words: PinnedWords, answer: PackedAnswer, data: st.DataObject
) -> None:
    words.show_answer(answer)
    last = words.document().characterCount() - 1
    cursor = words.textCursor()
    cursor.setPosition(data.draw(st.integers(0, last)))
    cursor.setPosition(data.draw(st.integers(0, last)), cursor.MoveMode.KeepAnchor)
    words.setTextCursor(cursor)
    chosen = words.chosen()
    if chosen is not None:
        assert 0 <= chosen[0] < chosen[1] <= len(answer.spoken)
        pinned = answer.spoken[slice(*chosen)]
        assert pinned == pinned.strip()


def test_an_old_line_break_is_as_long_on_screen_as_it_was_when_it_was_said(words: PinnedWords) -> None:
    words.show_answer(PackedAnswer(sheet="s", candidate="A", number=1, question="?", answer="one\r\ntwo"))
    words.choose((5, 8))
    assert words.textCursor().selectedText() == "two"
    assert words.chosen() == (5, 8)


def test_silence_is_said_to_be_silence_and_cannot_be_pinned(words: PinnedWords) -> None:
    words.show_answer(PackedAnswer(sheet="s", candidate="A", number=1, question="?", answer=" "))
    assert words.toPlainText() == NOTHING
    words.selectAll()
    assert words.chosen() is None


def test_a_click_on_words_asks_for_the_comment_on_them(words: PinnedWords, qtbot: QtBot) -> None:
    words.show_answer(PackedAnswer(sheet="s", candidate="A", number=1, question="?", answer="We asked forty carers."))
    words.resize(400, 200)
    words.show()
    asked: list[int] = []
    words.pin_wanted.connect(asked.append)
    cursor = words.textCursor()
    cursor.setPosition(12)
    at = words.cursorRect(cursor).center() + QPoint(1, 0)
    qtbot.mouseClick(words.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [12]
