"""What could name somebody is found before a report leaves the laptop, and left out of everything in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.hearing import Overruling, PersonalKind
from cqcmock.domain.reflection import Reflection
from cqcmock.services import privacy, reports
from cqcmock.settings import Settings
from tests.reports.reading import says
from tests.reports.sittings import worked_sitting

SAID = "Mrs Okafor rang from 07700 900123. Her NHS number is 999 123 4564, and she lives at SW1A 1AA."


def test_each_kind_of_word_that_names_somebody_is_replaced_by_what_it_was() -> None:
    assert {data.kind for data in privacy.personal_data_in(SAID)} >= {PersonalKind.NAME, PersonalKind.PHONE}
    left = privacy.redacted_text(SAID)
    assert "Okafor" not in left
    assert "07700" not in left
    assert "[name] rang from [telephone number]." in left
    assert privacy.personal_data_in(left) == ()


def test_what_somebody_has_overruled_stays() -> None:
    name = next(data for data in privacy.personal_data_in(SAID) if data.kind is PersonalKind.NAME)
    said = [Overruling(kind=name.kind, key=name.text)]
    assert name.text in privacy.redacted_text(SAID, said)
    assert "07700" not in privacy.redacted_text(SAID, said)


@given(st.text(max_size=200))
def test_no_text_at_all_stops_it_and_what_is_left_names_nobody_more(text: str) -> None:
    found = privacy.personal_data_in(text)
    assert all(text[data.span[0] : data.span[1]] == data.text for data in found)
    if not found:
        assert privacy.redacted_text(text) == text


@pytest.mark.parametrize("where", ["answer", "last words", "note", "comment", "reflection"])
def test_a_name_is_found_and_left_out_wherever_it_was_written(where: str) -> None:
    sitting = worked_sitting()
    state = sitting.state
    match where:
        case "answer":
            take = replace(state.takes[0][0], text=SAID)
            sitting = replace(sitting, state=replace(state, takes=((take, *state.takes[0][1:]), *state.takes[1:])))
        case "last words":
            sitting = replace(sitting, state=replace(state, last_words=SAID))
        case "note":
            sitting = replace(sitting, state=replace(state, notes=((0, SAID),)))
        case "comment":
            sitting = replace(sitting, sheet=replace(sitting.sheet, comment=SAID))
        case _:
            sitting = replace(sitting, reflection=Reflection(notes=SAID))
    assert any("Okafor" in data.text for data in privacy.personal_data_of(sitting))
    shown = says(reports.feedback_content(privacy.redacted(sitting), Settings(), date(2026, 11, 22)))
    assert "Okafor" not in shown
    assert "[name]" in shown
