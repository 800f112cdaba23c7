"""Making a pack while things go wrong: the stick is pulled out, a rehearsal is deleted, the place cannot be written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.review import passphrases
from cqcmock.services import merging, packing, sittings
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Wait
from tests.ui.review.make_pack_hands import Making, Open, opener
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.make_pack_screen import RECEIPT, SEAL, WHAT
from ui.review.make_saving import NOT_SAVED
from ui.review.make_sittings import NONE_YET

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def opened(window: MainWindow, desk: Desk, messages: StandIn, tmp_path: Path, qtbot: QtBot, settle: Wait) -> Open:
    """Opens the screen, with these rehearsals ticked."""
    return opener(window, desk, messages, tmp_path, qtbot, settle)


@pytest.fixture
def at_the_end(opened: Open, sitting: str) -> Making:
    """Everything is decided, and the pack is to be sealed to Ann's key."""
    making = opened(sitting)
    making.fill()
    making.on()
    making.screen.findings.cards[0].take_out.click()
    making.on()
    assert making.screen.at == SEAL
    return making


def is_not_saved(making: Making) -> bool:
    screen = making.screen
    said = screen.foot.problem.text().startswith(NOT_SAVED)
    return said and screen.at == SEAL and merging.tallies(making.library) == ()


def test_a_stick_that_is_pulled_out_while_the_pack_is_sealed_can_be_put_back(at_the_end: Making, fault: Tell) -> None:
    making, out = at_the_end, at_the_end.stick.with_name("pulled out")
    hands = [out]
    making.screen.saving.began.connect(lambda: making.stick.rename(hands.pop()) if hands else None)
    making.save(making.stick / "one.cqcpack")
    assert is_not_saved(making)
    told = making.screen.foot.problem.text()
    assert "could not be written" in told
    out.rename(making.stick)
    making.save(making.stick / "one.cqcpack")
    assert making.screen.at == RECEIPT
    assert making.pack_in(making.stick / "one.cqcpack").reviewer == "Ann Example"
    fault("The stick is pulled out while a pack is made", area="Exporting", tried=1, half_done=0, person_sees=told)


def test_a_file_that_is_there_already_is_replaced_as_a_whole_or_left(at_the_end: Making) -> None:
    making, path = at_the_end, at_the_end.stick / "one.cqcpack"
    path.write_bytes(b"something else")
    path.with_name("a folder").mkdir()
    making.save(path.with_name("a folder"))
    assert is_not_saved(making)
    making.save(path)
    assert making.screen.at == RECEIPT
    assert making.pack_in(path).reviewer == "Ann Example"
    assert sorted(one.name for one in making.stick.iterdir()) == ["a folder", "one.cqcpack"]


@pytest.mark.skipif(os.name == "nt", reason="folders are made read-only in another way")
def test_a_stick_that_cannot_be_written_is_told_and_nothing_is_kept(
    at_the_end: Making, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    def refused(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr("tempfile.mkstemp", refused)
    at_the_end.save(at_the_end.stick / "one.cqcpack")
    monkeypatch.undo()
    assert is_not_saved(at_the_end)
    told = at_the_end.screen.foot.problem.text()
    assert "Read-only file system" in told
    at_the_end.save(at_the_end.stick / "one.cqcpack")
    assert at_the_end.screen.at == RECEIPT
    fault("The stick cannot be written while a pack is made", area="Exporting", tried=1, half_done=0, person_sees=told)


@pytest.mark.parametrize("for_good", [False, True])
def test_a_rehearsal_that_is_deleted_before_it_is_sealed_is_not_sent(
    at_the_end: Making, sitting: str, for_good: bool
) -> None:
    making = at_the_end
    sittings.delete(making.library, sitting, making.desk.clock)
    if for_good:
        sittings.delete_for_good(making.library, sitting)
    making.save(making.stick / "one.cqcpack")
    assert is_not_saved(making)
    assert "was deleted while the pack was made" in making.screen.foot.problem.text()
    assert list(making.stick.iterdir()) == []
    making.desk.signals.changed.emit(Change(frozenset({Subject.SITTINGS})))
    making.settle()
    assert "was deleted while the pack was made" in making.screen.foot.problem.text()
    making.back()
    making.back()
    assert making.screen.at == WHAT
    assert making.screen.what.sittings.nothing.text() == NONE_YET


def test_the_findings_of_each_rehearsal_stand_under_the_name_of_it(opened: Open, sitting: str) -> None:
    making = opened(sitting)
    making.fill()
    making.screen.what.note.show_text("Ring 01992 555 555.")
    making.on()
    (heading,) = making.screen.findings._headings
    assert heading.text().startswith("Candidate A: Pat Example, Lead member, “")
    note, named = making.screen.findings.cards
    assert note.y() < heading.y() < named.y()


def test_the_words_are_checked_before_a_file_is_asked_for_and_again_when_it_is_sealed(
    library: Library, sitting: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window and the sealing ask the same rule."""
    asked: list[str] = []
    plain = packing.check_passphrase

    def noted(words: str) -> str:
        asked.append(words)
        return plain(words)

    monkeypatch.setattr(packing, "check_passphrase", noted)
    monkeypatch.setattr(passphrases, "sealed", lambda content, _words: content)
    making = opened(sitting)
    making.fill(key=False)
    making.on()
    making.screen.findings.cards[0].take_out.click()
    making.on()
    making.screen.seal.switch.click()
    making.screen.seal.own.line.setFocus()
    making.write("lamp river stone window carpet")
    making.settle()
    before = len(asked)
    assert before >= 1
    making.save(making.stick / "one")
    assert asked[before:] == ["lamp river stone window carpet"]


def test_a_long_title_keeps_the_day_at_its_end(opened: Open, sitting: str) -> None:
    making = opened(sitting)
    sittings.rename(making.library, sitting, f"With the leader of {'the United Borough of ' * 6}, 21 November 2026")
    making.desk.signals.changed.emit(Change(frozenset({Subject.SITTINGS})))
    making.settle()
    making.fill()
    making.on()
    (heading,) = making.screen.findings._headings
    assert len(heading.text()) < 130
    assert heading.text().endswith("21 November 2026”")
