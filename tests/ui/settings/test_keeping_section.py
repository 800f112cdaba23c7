"""How long things are kept, in the settings: one number for everything, others where somebody wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock import storage
from cqcmock.domain.audit import Deed
from cqcmock.settings import AS_ALL, load_settings
from ui.desk import Desk
from ui.settings import keeping_section
from ui.settings.settings_screen import SettingsScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ShowSettings = Callable[[], SettingsScreen]


def rules_told(library: Library) -> list[dict[str, str | int]]:
    with library.reading() as session:
        return [dict(entry.details) for entry in storage.audit.entries(session, (Deed.RULE_CHANGED,))]


@pytest.mark.parametrize(("months", "taken"), [("0", 0), ("24", 24), ("121", 6)])
def test_the_months_for_everything_are_taken_and_a_wrong_number_is_talked_about(
    show_settings: ShowSettings, desk: Desk, folder: Path, months: str, taken: int
) -> None:
    screen = show_settings()
    section = screen.keeping
    section.months.number.lineEdit().setText(months)
    section.commit()
    assert desk.settings.keep_months == taken
    assert bool(section.months.problem.text()) is (months == "121")
    assert desk.tasks.wait_all(5)
    assert load_settings(folder).settings.keep_months == taken


def test_recordings_packs_and_cafes_are_kept_as_long_as_the_rest_until_they_have_a_time_of_their_own(
    show_settings: ShowSettings, desk: Desk
) -> None:
    screen = show_settings()
    section = screen.keeping
    assert not section.others.is_open
    assert section.others.summary.text() == keeping_section.AS_THE_REST
    section.others.set_open(True)
    assert section.recordings.months.isHidden()
    section.recordings.own.click()
    assert desk.settings.keep_months_recordings == 6
    assert section.recordings.months.isVisible()
    section.recordings.months.number.setValue(1)
    assert desk.settings.keep_months_recordings == 1
    section.cafes.own.click()
    section.others.set_open(False)
    assert section.others.summary.text() == "Recordings 1 month, cafés 6 months."
    section.recordings.own.click()
    assert (desk.settings.keep_months_recordings, desk.settings.keep_months_packs) == (AS_ALL, AS_ALL)


def test_deleting_by_itself_is_off_and_says_what_it_means(show_settings: ShowSettings, desk: Desk) -> None:
    screen = show_settings()
    section = screen.keeping
    assert not section.by_itself.isChecked()
    assert section.by_itself_hint.text() == keeping_section.BY_ITSELF_OFF
    section.by_itself.click()
    assert desk.settings.delete_when_due
    assert section.by_itself_hint.text() == keeping_section.BY_ITSELF_ON
    assert section.by_itself.accessibleDescription() == keeping_section.BY_ITSELF_ON


def test_changed_rules_stand_in_the_audit_trail_once_the_settings_are_left(
    show_settings: ShowSettings, desk: Desk, library: Library
) -> None:
    screen = show_settings()
    for months in (7, 8, 9):
        screen.keeping.months.number.setValue(months)
    assert desk.tasks.wait_all(5)
    assert rules_told(library) == []
    screen.left()
    assert desk.tasks.wait_all(5)
    assert [told["sitting"] for told in rules_told(library)] == [9]
    screen.left()
    assert desk.tasks.wait_all(5)
    assert len(rules_told(library)) == 1


def test_a_number_that_was_only_typed_stands_in_the_trail_as_well(
    show_settings: ShowSettings, desk: Desk, library: Library
) -> None:
    screen = show_settings()
    screen.keeping.months.number.lineEdit().setText("12")
    assert screen.may_close()
    assert desk.tasks.wait_all(5)
    assert [told["sitting"] for told in rules_told(library)] == [12]


def test_the_settings_lead_to_what_is_due_and_to_one_person(show_settings: ShowSettings, qtbot: QtBot) -> None:
    screen = show_settings()
    with qtbot.waitSignal(screen.keeping.see_wanted):
        screen.keeping.see.click()
    with qtbot.waitSignal(screen.own.wanted):
        screen.own.person.click()
