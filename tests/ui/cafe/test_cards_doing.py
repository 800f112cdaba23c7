"""One deed after the other."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject

from cqcmock.errors import UserError
from tests.ui.cafe.conftest import Wait
from ui.cafe.cards_doing import Doing
from ui.cafe.hand import Hand


def test_what_follows_from_a_deed_is_done_before_the_next_begins(cafe: Hand, settle: Wait) -> None:
    owner = QObject()
    doing = Doing(cafe, owner)
    done: list[str] = []
    begun = Event()
    doing.do(cafe.opened.cards, lambda: None, then=lambda: done.append(f"{begun.wait(0.05)}"), failed=_no)
    doing.do(cafe.opened.cards, begun.set, then=lambda: done.append("second"), failed=_no)
    assert doing.busy
    settle()
    assert done == ["False", "second"]
    assert not doing.busy


def test_what_somebody_wrote_wrong_stops_nothing_else(cafe: Hand, settle: Wait) -> None:
    owner = QObject()
    doing = Doing(cafe, owner)
    told: list[str] = []

    def wrong() -> None:
        raise UserError("The card is empty.", "Write a few words first.")

    doing.do(cafe.opened.cards, wrong, failed=lambda error: told.append(str(error)))
    doing.do(cafe.opened.cards, lambda: None, then=lambda: told.append("second"), failed=_no)
    settle()
    assert told == ["The card is empty. Write a few words first.", "second"]


def _no(error: UserError) -> None:
    raise AssertionError(error)
