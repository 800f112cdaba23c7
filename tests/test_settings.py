"""Settings survive what people and disks do to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.settings import FILE_NAME, Settings, load_settings, save_settings


def test_no_file_means_the_usual_settings(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path)
    assert loaded.settings == Settings()
    assert loaded.problems == ()


@given(
    person=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    stretch=st.floats(1, 10),
    day=st.none() | st.dates(),
)
def test_what_is_saved_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, person: str, stretch: float, day: date | None
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    chosen = replace(Settings(), person=person, stretch=stretch, practising_for=day)
    save_settings(folder, chosen)
    loaded = load_settings(folder)
    assert loaded.problems == ()
    assert loaded.settings == chosen


@pytest.mark.parametrize(
    "line",
    [
        "text_percent = 900",
        'theme = "pink"',
        "stretch = true",
        'stretch = "2"',
        "person = 3",
        "practising_for = 2026-11-21T09:00:00",
    ],
)
def test_a_setting_that_cannot_be_is_told_and_the_others_hold(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(f'role = "director"\n{line}\n')
    loaded = load_settings(tmp_path)
    assert loaded.settings == replace(Settings(), role="director")
    assert len(loaded.problems) == 1


def test_a_broken_file_is_told_and_the_usual_settings_hold(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"theme = [\xff")
    assert load_settings(tmp_path).settings == Settings()
    assert load_settings(tmp_path).problems


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="could not be saved"):
        save_settings(tmp_path / "file", Settings())
