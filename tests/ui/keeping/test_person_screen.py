"""A person's own: names with what there is of each, an export into a folder, and an erasure in one deed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import persons, rehearsing, retention, sittings
from cqcmock.settings import Settings, load_settings
from tests.clocks import HandClock
from tests.entangled import ANWEN, BEDE, entangled
from tests.ui.conftest import StandIn
from tests.ui.keeping.conftest import Settle, ShowPerson
from ui.app_signals import change
from ui.desk import Desk
from ui.keeping import erase_page, person_words
from ui.keeping.person_screen import PersonScreen, new_folder
from ui.undo import did

if TYPE_CHECKING:
    from cqcmock.services.library import Library

OF_THE_STORY = ("Cabinet member for adult care", "Principal social worker")
"""Who owns facts in the story that comes with the program."""


def rehearsed(library: Library, hand: HandClock, person: str) -> str:
    set_up = replace(rehearsing.default_set_up(library, Settings()), questions=1)
    return rehearsing.start(library, rehearsing.make_plan(library, set_up), person, hand.clock).id


def names(screen: PersonScreen) -> list[str]:
    return [line.title for line in screen.people.list.lines.lines]


def erase(screen: PersonScreen, why: str = "asked for by the person") -> None:
    screen.erase.step.reason.line.setText(why)
    screen.erase.step.sure.setChecked(True)
    screen.erase.step.delete_button.click()


def test_names_are_listed_with_what_there_is_of_each_and_look_alikes_are_offered_not_merged(
    library: Library, hand: HandClock, show_person: ShowPerson
) -> None:
    for name in ("Anwen Quillfeather", "ANWEN  QUILLFEATHER", "Anwen Quilfeather", "Bede & Co"):
        rehearsed(library, hand, name)
    screen = show_person()
    own = [name for name in names(screen) if name not in OF_THE_STORY]
    assert [name.casefold() for name in own] == ["anwen quilfeather", "anwen quillfeather", "bede & co"]
    assert QApplication.focusWidget() is screen.people.search
    QTest.keyClicks(screen.people.search, "quillf")
    assert len(names(screen)) == 1
    assert screen.people.places.text() == "•\u20022 rehearsals of their own"
    assert screen.people.spelt.text().startswith("Also written")
    other = next(
        button for button in screen.people.card.findChildren(QPushButton) if button.text() == "Anwen Quilfeather"
    )
    assert screen.people.alike.isVisible()
    other.click()
    assert screen.people.card.title.text() == "Anwen Quilfeather"
    assert screen.people.places.text() == "•\u20021 rehearsal of their own"
    QTest.keyClicks(screen.people.search, "nobody at all")
    assert screen.people.nobody.text() == "Nobody here is called “nobody at all”."
    assert screen.people.card.isHidden()


def test_a_library_without_names_says_so(library: Library, show_person: ShowPerson) -> None:
    screen = show_person()
    screen.people.show_people(())
    assert screen.people.nobody.text() == person_words.NOBODY
    assert screen.people.card.isHidden()


def test_everything_goes_into_a_folder_of_its_own_and_it_is_said_that_it_is_not_locked(
    library: Library, hand: HandClock, messages: StandIn, show_person: ShowPerson, settle: Settle, tmp_path: Path
) -> None:
    rehearsed(library, hand, "A/B: Anwen")
    (tmp_path / "Everything about A B Anwen").mkdir()
    screen = show_person()
    screen.people.choose("A/B: Anwen")
    messages.files = [tmp_path]
    screen.people.export.click()
    assert not screen.may_close()
    settle()
    made = tmp_path / "Everything about A B Anwen (2)"
    assert (made / "index.html").exists()
    (told,) = messages.texts
    assert str(made) in told
    assert person_words.UNLOCKED in told
    assert screen.may_close()


def test_an_export_that_cannot_be_written_is_told_where_it_was_asked_for(
    library: Library, hand: HandClock, folder: Path, messages: StandIn, show_person: ShowPerson, settle: Settle
) -> None:
    rehearsed(library, hand, ANWEN)
    screen = show_person()
    screen.people.choose(ANWEN)
    messages.files = [folder]
    screen.people.export.click()
    settle()
    assert "inside the program's own data folder" in screen.people.problem.text().replace("\u200b", "")
    assert screen.people.export.isEnabled()


def test_nobody_is_erased_without_a_reason_that_does_not_name_them_and_the_second_step(
    library: Library, hand: HandClock, show_person: ShowPerson, settle: Settle
) -> None:
    mine = rehearsed(library, hand, ANWEN)
    screen = show_person()
    screen.people.choose(ANWEN)
    screen.people.erase.click()
    settle()
    step = screen.erase.step
    assert screen.title.text() == f"Erase {ANWEN}"
    assert screen.erase.goes.label.text() == "•\u20021 rehearsal of their own"
    assert screen.erase.changed.isHidden()
    step.sure.setChecked(True)
    assert not step.delete_button.isEnabled()
    erase(screen, f"{ANWEN.upper()} asked for it")
    assert step.reason.problem.text() == erase_page.NAMED
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    settle()
    assert screen.people.isVisible()
    assert sittings.load(library, mine)


def test_somebody_is_erased_in_one_deed_and_neither_the_settings_nor_an_undo_bring_the_name_back(
    library: Library, hand: HandClock, desk: Desk, folder: Path, show_person: ShowPerson, settle: Settle
) -> None:
    rehearsed(library, hand, ANWEN)
    kept = rehearsed(library, hand, BEDE)
    desk.change_settings(replace(desk.settings, person=ANWEN))
    settle()
    from ui.app_signals import Subject

    did(desk, change(Subject.STORIES), "Changed.", lambda: "It is back.")
    screen = show_person()
    screen.people.choose(ANWEN)
    screen.people.erase.click()
    settle()
    erase(screen)
    settle()
    assert screen.erased.isVisible()
    assert "1 rehearsal of their own" in screen.erased.done.text()
    assert {one.name for one in persons.people(library, desk.place)} == {BEDE, *OF_THE_STORY}
    assert [one.id for one in sittings.recent(library)] == [kept]
    assert desk.settings.person == ""
    assert desk.done == {}
    desk.change_settings(replace(desk.settings, mode="realistic"))
    settle()
    assert load_settings(folder).settings.person == ""
    screen.erased.back_button.click()
    assert set(names(screen)) == {BEDE, *OF_THE_STORY}


def test_nobody_whose_things_are_held_is_erased_and_the_way_leads_to_the_hold(
    library: Library, hand: HandClock, show_person: ShowPerson, settle: Settle, qtbot: QtBot
) -> None:
    rehearsed(library, hand, ANWEN)
    hold = retention.hold(library, None, "", "FOI request 2026-114", hand.clock)
    screen = show_person()
    screen.people.choose(ANWEN)
    screen.people.erase.click()
    settle()
    assert "FOI request 2026-114" in screen.erase.held.label.text()
    assert screen.erase.step.delete_button.isHidden()
    with qtbot.waitSignal(screen.hold_wanted) as wanted:
        screen.erase.to_hold.click()
    assert wanted.args == [hold.id]


def test_a_hold_that_was_placed_meanwhile_stops_an_erasure(
    library: Library, hand: HandClock, show_person: ShowPerson, settle: Settle
) -> None:
    mine = rehearsed(library, hand, ANWEN)
    screen = show_person()
    screen.people.choose(ANWEN)
    screen.people.erase.click()
    settle()
    retention.hold(library, None, "", "FOI request 2026-114", hand.clock)
    erase(screen)
    settle()
    assert "FOI request 2026-114" in screen.erase.step.problem.text()
    assert sittings.load(library, mine)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Anwen", "Everything about Anwen"),
        ("../.. ", "Everything about .. .."),
        ('a/b\\c:"d"', "Everything about a b c d"),
    ],
)
def test_the_folder_is_called_after_the_person_as_far_as_a_file_system_allows(
    tmp_path: Path, name: str, called: str
) -> None:
    folder = new_folder(tmp_path, name)
    assert folder.parent == tmp_path
    assert folder.name.strip(" .") == folder.name
    assert folder.name == called.strip(" .")


@pytest.fixture(scope="session")
def two_people(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> Path:
    work = tmp_path_factory.mktemp("two people")
    folder = Path(shutil.copytree(prepared_library, work / "data"))
    entangled(folder, work)
    return folder


@pytest.fixture
def entangled_desk(two_people: Path, tmp_path: Path, desk: Desk, settle: Settle) -> Iterator[Desk]:
    place = Location(Path(shutil.copytree(two_people, tmp_path / "two")))
    with libraries.open_library(place) as library:
        desk.opened, desk.place, desk.settings = library, place, load_settings(place.folder).settings
        yield desk
        settle()


@pytest.mark.slow
def test_the_preview_says_exactly_what_the_erasure_then_does(
    entangled_desk: Desk, show_person: ShowPerson, settle: Settle
) -> None:
    screen = show_person()
    screen.people.choose(ANWEN)
    listed = screen.people.places.text()
    assert "sheet" in listed or "pack sent to them to mark" in listed
    screen.people.erase.click()
    settle()
    preview = screen.erase.preview
    assert preview is not None
    assert screen.erase.changed.isVisible()
    erase(screen)
    settle()
    told = screen.erased.done.text()
    for line in (*person_words.places(preview.gone), *person_words.places(preview.renamed)):
        assert line in told
    assert BEDE in names(screen)
    assert ANWEN not in [one.name for one in persons.people(entangled_desk.library, entangled_desk.place)]


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
def test_long_names_do_not_push_the_page_wider(
    library: Library, hand: HandClock, desk: Desk, show_person: ShowPerson, settle: Settle, percent: int
) -> None:
    rehearsed(library, hand, "x" * 200)
    rehearsed(library, hand, "x" * 199)
    desk.theme.set_percent(percent)
    screen = show_person()
    screen.resize(850, 700)
    screen.people.choose("x" * 200)
    screen.people.erase.click()
    settle()
    QApplication.processEvents()
    assert screen.page.horizontalScrollBar().maximum() == 0
    screen.to_names()
    QApplication.processEvents()
    assert screen.page.horizontalScrollBar().maximum() == 0
