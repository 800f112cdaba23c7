"""Every setting is taken at once, reaches the file, and a wrong one is talked about beside its entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from cqcmock.services import bank_editing, banks, rehearsing, sittings, stories
from cqcmock.settings import Settings, load_settings
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.settings.entries import ChoiceEntry, Entry
from ui.settings.settings_screen import SettingsScreen
from ui.theme import ThemeChoice
from ui.tokens import ThemeName

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ShowSettings = Callable[[], SettingsScreen]


def place_names(desk: Desk) -> tuple[str, str]:
    """The place and the council that questions would speak of now."""
    return rehearsing.place_names(desk.settings, stories.place_of(desk.library, desk.settings.story))


def choose(entry: ChoiceEntry, words: str) -> None:
    """Choose as a person does with the keyboard: by the beginning of the words."""
    entry.box.setFocus()
    at = entry.box.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert at >= 0
    entry.box.setCurrentIndex(at)
    entry.box.activated.emit(at)


def type_over(line: QWidget, text: str) -> None:
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def in_file(desk: Desk, folder: Path, qtbot: QtBot) -> Settings:
    """What is written down once the lane is quiet."""
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    loaded = load_settings(folder)
    assert loaded.problems == ()
    return loaded.settings


def test_a_name_is_taken_when_the_keyboard_moves_on(
    desk: Desk, folder: Path, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    screen = show_settings()
    assert screen.person.name.line.hasFocus()
    type_over(screen.person.name.line, "Councillor A")
    assert desk.settings.person == "Councillor A"
    assert in_file(desk, folder, qtbot) == Settings(person="Councillor A")


@pytest.mark.parametrize("leave", ["left", "may_close"])
def test_words_typed_last_are_taken_when_the_screen_is_left(
    desk: Desk, show_settings: ShowSettings, qtbot: QtBot, leave: str
) -> None:
    screen = show_settings()
    QTest.keyClicks(screen.person.name.line, "B")
    assert desk.settings.person == ""
    getattr(screen, leave)()
    assert desk.settings.person == "B"


def test_choices_are_taken_at_once_and_written_down(
    desk: Desk, folder: Path, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    screen = show_settings()
    choose(screen.person.role, "Director")
    choose(screen.practise.mode, "Realistic")
    choose(screen.practise.timer, "Hidden")
    type_over(screen.practise.stretch.number, "2.5")
    type_over(screen.reports.classification.line, "OFFICIAL")
    type_over(screen.keeping.months.number, "12")
    assert in_file(desk, folder, qtbot) == Settings(
        role="director", mode="realistic", timer="hidden", stretch=2.5, classification="OFFICIAL", keep_months=12
    )
    rehearsing.default_set_up(desk.library, desk.settings)  # everything that was written can be rehearsed with


def test_only_roles_that_have_questions_are_offered(show_settings: ShowSettings, library: Library) -> None:
    from cqcmock.services.banks import roles_with_questions

    screen = show_settings()
    box = screen.person.role.box
    assert [box.itemText(at) for at in range(box.count())] == [role.name for role in roles_with_questions(library)]
    assert box.currentText() == "Lead member"


def test_a_role_that_was_set_before_is_shown_even_without_questions(desk: Desk, show_settings: ShowSettings) -> None:
    asked = [bank.id for bank in banks.list_banks(desk.library) if "commissioner" in bank.roles]
    bank_editing.retire(desk.library, [(bank, bank_editing.WHOLE_BANK) for bank in asked], desk.clock)
    desk.settings = replace(desk.settings, role="commissioner")
    screen = show_settings()
    assert screen.person.role.box.currentText() == "Commissioner (no questions yet)"


def test_text_size_and_theme_are_seen_at_once(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    choose(screen.look.text_size, "150 %")
    assert desk.theme.percent == 150
    choose(screen.look.theme, "Dark")
    assert desk.theme.tokens.name is ThemeName.DARK
    assert desk.theme.choice is ThemeChoice.DARK
    assert (desk.settings.text_percent, desk.settings.theme) == (150, "dark")


def test_a_size_chosen_by_key_elsewhere_is_shown_here(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    desk.theme.set_percent(130)
    assert screen.look.text_size.box.currentText() == "130 %"


def test_another_place_is_typed_and_takes_the_story_away(desk: Desk, show_settings: ShowSettings, qtbot: QtBot) -> None:
    screen = show_settings()
    assert not screen.place.place.isVisible()
    choose(screen.place.story, "Another place")
    assert screen.place.place.line.hasFocus()
    assert place_names(desk)[0] == "Hertfordshire"  # nothing has been typed yet
    type_over(screen.place.place.line, "Kent")
    assert place_names(desk) == ("Kent", "Kent Council")
    assert desk.settings.story == ""
    type_over(screen.place.council.line, "Kent County Council")
    assert place_names(desk) == ("Kent", "Kent County Council")
    choose(screen.place.story, "Hertfordshire")
    assert place_names(desk) == ("Hertfordshire", "Hertfordshire County Council")
    assert not screen.place.place.isVisible()


def test_a_council_without_a_place_is_not_taken(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    choose(screen.place.story, "Another place")
    type_over(screen.place.council.line, "Kent County Council")
    assert desk.settings == Settings()
    assert screen.place.place.problem.isVisible()


def test_the_date_can_be_known_changed_and_unknown_again(
    desk: Desk, hand: HandClock, folder: Path, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    screen = show_settings()
    entry = screen.place.date
    assert not entry.day.isVisible()
    entry.known.click()
    assert entry.day.hasFocus()
    assert desk.settings.practising_for == hand.clock.today() + timedelta(weeks=6)
    entry.day.setDate(QDate(2027, 1, 6))
    assert desk.settings.practising_for == date(2027, 1, 6)
    assert entry.hint.text() == "That is in 46 days."
    assert in_file(desk, folder, qtbot).practising_for == date(2027, 1, 6)
    entry.day.setDate(QDate(2026, 11, 1))
    assert entry.hint.text() == "This date has passed."
    entry.known.click()
    assert desk.settings.practising_for is None
    assert in_file(desk, folder, qtbot) == Settings()


@pytest.mark.parametrize(
    ("entry", "text", "problem"),
    [
        ("person.name.line", "x" * 201, "Make it shorter: at most 200 characters can be kept."),
        ("practise.stretch.number", "20", "Choose a number from 1 to 10."),
        ("practise.stretch.number", "0.5", "Choose a number from 1 to 10."),
        ("keeping.months.number", "121", "Choose a number from 0 to 120."),
        ("reports.classification.line", "", "Type a line such as OFFICIAL – SENSITIVE."),
    ],
)
def test_a_wrong_entry_is_told_beside_it_and_not_taken(
    desk: Desk, show_settings: ShowSettings, entry: str, text: str, problem: str
) -> None:
    screen = show_settings()
    section, name, field = entry.split(".")
    of_form = getattr(getattr(screen, section), name)
    type_over(getattr(of_form, field), text)
    assert of_form.problem.isVisible()
    assert of_form.problem.text() == problem
    assert problem in of_form.field.accessibleDescription()
    assert desk.settings == Settings()
    assert screen.may_close()
    assert desk.settings == Settings()


def test_a_wrong_entry_that_is_put_right_is_taken(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    type_over(screen.practise.stretch.number, "20")
    type_over(screen.practise.stretch.number, "3")
    assert not screen.practise.stretch.problem.isVisible()
    assert desk.settings.stretch == 3.0
    type_over(screen.person.name.line, "x" * 201)
    type_over(screen.person.name.line, "A")
    assert not screen.person.name.problem.isVisible()
    assert desk.settings.person == "A"


def test_arrows_stay_within_what_can_be_chosen(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    number = screen.practise.stretch.number
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_Down)
    assert desk.settings.stretch == 1.0
    for _ in range(30):
        QTest.keyClick(number, Qt.Key.Key_Up)
    assert desk.settings.stretch == 10.0


def test_the_wheel_changes_nothing_in_passing(desk: Desk, show_settings: ShowSettings) -> None:
    screen = show_settings()
    desk.settings = replace(desk.settings, practising_for=date(2027, 1, 6))
    desk.signals.changed.emit(change(Subject.SETTINGS))
    before = desk.settings
    fields: list[QWidget] = [
        *screen.findChildren(QComboBox), screen.practise.stretch.number, screen.keeping.months.number,
        screen.place.date.day,
    ]  # fmt: skip
    for field in fields:
        field.setFocus()
        QApplication.sendEvent(
            field,
            QWheelEvent(
                QPointF(5, 5), QPointF(field.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, -120),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip
    assert desk.settings == before


def test_settings_changed_elsewhere_are_shown_but_do_not_overwrite_what_is_being_typed(
    desk: Desk, show_settings: ShowSettings
) -> None:
    screen = show_settings()
    QTest.keyClicks(screen.person.name.line, "Councillor")
    desk.change_settings(replace(desk.settings, mode="realistic", person="Somebody else"))
    assert screen.practise.mode.box.currentText() == "Realistic"
    assert screen.person.name.line.text() == "Councillor"


def test_a_save_that_fails_is_told(desk: Desk, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot) -> None:
    screen = show_settings()
    full = UserError("Your settings could not be saved.", "Free some space.")

    def fail(_: Settings) -> None:
        raise full

    desk.keep_settings = fail
    choose(screen.practise.mode, "Realistic")
    qtbot.waitUntil(lambda: messages.texts == [str(full)])
    assert desk.settings.mode == "realistic"


def test_every_entry_has_a_name_and_a_label_that_belongs_to_it(show_settings: ShowSettings) -> None:
    screen = show_settings()
    entries = screen.findChildren(Entry)
    assert len(entries) == 17
    for entry in entries:
        assert entry.field.accessibleName()
        assert entry.label.buddy() is not None


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_pushes_the_page_wider(desk: Desk, show_settings: ShowSettings, qtbot: QtBot, percent: int) -> None:
    desk.theme.set_percent(percent)
    screen = show_settings()
    screen.resize(850, 700)
    qtbot.waitUntil(lambda: screen.width() == 850)
    assert screen.page.horizontalScrollBar().maximum() == 0


def test_the_folder_is_shown_and_asked_to_be_opened(folder: Path, show_settings: ShowSettings, qtbot: QtBot) -> None:
    screen = show_settings()
    assert screen.data.folder.text().replace("\u200b", "") == str(folder)
    with qtbot.waitSignal(screen.open_folder_wanted) as caught:
        screen.data.open_folder.click()
    assert caught.args == [folder]


def test_what_was_deleted_can_be_deleted_for_good(
    library: Library, hand: HandClock, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    gone, kept = begin(library, hand), begin(library, hand)
    sittings.delete(library, gone, hand.clock)
    screen = show_settings()
    erase = screen.data.deleted.erase
    qtbot.waitUntil(erase.isEnabled)
    messages.answers = [False, True]
    erase.click()
    assert messages.texts == []
    erase.click()
    qtbot.waitUntil(lambda: messages.texts == ["1 rehearsal was deleted for good."])
    with pytest.raises(UserError):
        sittings.load(library, gone)
    assert sittings.load(library, kept).id == kept
    qtbot.waitUntil(lambda: not erase.isEnabled())


def test_what_was_deleted_can_be_taken_back_weeks_later(
    library: Library, hand: HandClock, messages: StandIn, show_settings: ShowSettings, qtbot: QtBot
) -> None:
    gone = begin(library, hand)
    title = sittings.load(library, gone).title
    sittings.delete(library, gone, hand.clock)
    hand.pass_seconds(20 * 24 * 3600)
    screen = show_settings()
    deleted = screen.data.deleted
    qtbot.waitUntil(deleted.take_back.isVisible)
    qtbot.keyClick(deleted.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: messages.texts == [f"“{title}” is back."])
    assert [summary.id for summary in sittings.recent(library)] == [gone]
    qtbot.waitUntil(lambda: not deleted.list.isVisible())


def test_without_a_library_the_choices_still_work(desk: Desk, show_settings: ShowSettings, qtbot: QtBot) -> None:
    desk.opened = None
    screen = show_settings()
    assert screen.data.folder.text() == "Your library is not open."
    assert not screen.backups.back_up.isEnabled()
    choose(screen.practise.mode, "Realistic")
    assert desk.settings.mode == "realistic"
