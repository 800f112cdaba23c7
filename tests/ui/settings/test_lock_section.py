"""Safekeeping in the settings: what opens the library, whether this computer does, and when it locks itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cqcmock.paths import Location
from cqcmock.services.locking import LockStatus, WaysIn
from cqcmock.settings import load_settings
from ui.desk import Desk
from ui.settings import lock_section
from ui.settings.settings_screen import SettingsScreen

ShowSettings = Callable[[], SettingsScreen]


def test_a_library_without_a_lock_says_so_and_offers_one(show_settings: ShowSettings) -> None:
    screen = show_settings()
    section = screen.lock
    asked: list[bool] = []
    section.new_words_wanted.connect(lambda: asked.append(True))
    assert section.state.text() == lock_section.NO_LOCK
    for part in (section.lock_now_button, section.change_button, section.remove_button, section.trust, section.minutes):
        assert part.isHidden()
    section.lock_button.click()
    assert asked == [True]
    assert section.trail.text().startswith("Audit trail: ")


def test_the_example_has_no_lock(show_settings: ShowSettings, desk: Desk, tmp_path: Path) -> None:
    desk.place = Location(tmp_path / "own")
    screen = show_settings()
    section = screen.lock
    assert section.state.text() == lock_section.EXAMPLE
    assert section.lock_button.isHidden()


@pytest.mark.parametrize(("minutes", "taken"), [("0", 0), ("25", 25), ("500", 10)])
def test_the_minutes_are_taken_and_a_wrong_number_is_talked_about(
    show_settings: ShowSettings, folder: Path, desk: Desk, minutes: str, taken: int
) -> None:
    screen = show_settings()
    locked = LockStatus(locked=True, ways=WaysIn(words=True, computer=False, escrow=True), keyring=True)
    screen.lock._fill(lock_section.Safekeeping(status=locked))
    assert screen.lock.state.text() == "Your library is locked. What opens it: the six words and the council’s key."
    number = screen.lock.minutes.number
    number.lineEdit().setText(minutes)
    screen.lock.commit()
    assert desk.settings.lock_after_minutes == taken
    assert bool(screen.lock.minutes.problem.text()) is (minutes == "500")
    assert desk.tasks.wait_all(5)
    assert load_settings(folder).settings.lock_after_minutes == taken
