"""A box for a few sentences carries what can be kept, and says beside itself what is too much."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.rehearse.limited_text import LimitedText
from ui.theme import Theme


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> LimitedText:
    made = LimitedText("Comment", longest=10)
    qtbot.addWidget(made)
    return made


def test_each_box_has_its_own_length_and_says_by_how_much_it_is_passed(box: LimitedText) -> None:
    carried: list[str] = []
    box.changed.connect(carried.append)
    box.edit.setPlainText("0123456789")
    box.edit.setPlainText("0123456789ab")
    assert box.too_long
    assert carried == ["0123456789"]
    assert "2 characters too long to be kept (at most 10)" in box.problem.text()
    assert not box.problem.isHidden()
    box.edit.setPlainText("012")
    assert (box.too_long, box.problem.isHidden(), carried) == (False, True, ["0123456789", "012"])


def test_an_emoji_is_one_character_as_it_is_where_the_words_are_kept(box: LimitedText) -> None:
    box.edit.setPlainText("😀" * 10)
    assert not box.too_long
    box.edit.setPlainText("😀" * 12)
    assert box.too_long
    assert "This is 2 characters too long" in box.problem.text()
