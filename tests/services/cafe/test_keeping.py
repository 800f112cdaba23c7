"""Events are kept first and shown then, whatever the disk does, and none is kept twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.errors import UserError
from cqcmock.services.cafe.keeping import KeptList
from cqcmock.storage.errors import StorageFullError

FINE, BEFORE, AFTER = "fine", "before", "after"
"""The disk keeps an event; fails before it is stored; or stores it, and the answer never comes."""


class Disk:
    """Stores what stands at each position, once, and fails as it is told to."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.mood = FINE

    def keep(self, position: int, event: str, state: str) -> None:
        if self.mood == BEFORE:
            raise StorageFullError("The disk is full.", "Free some space.")
        if position == len(self.stored):
            self.stored.append(event)
        elif event.startswith("tick") and self.stored[position].startswith("tick"):
            self.stored[position] = event
        assert self.stored[position] == event
        assert position == len(self.stored) - 1
        assert state == folded(self.stored)
        if self.mood == AFTER:
            raise StorageFullError("The disk is full.", "Free some space.")


def folded(events: Iterable[str]) -> str:
    return " ".join(events)


def a_list(disk: Disk) -> KeptList[str, str]:
    return KeptList(
        disk.stored,
        folded,
        disk.keep,
        supersedes=lambda event, before: event.startswith("tick") and (before or "").startswith("tick"),
    )


@given(moods=st.lists(st.tuples(st.sampled_from([FINE, BEFORE, AFTER]), st.booleans()), max_size=40))
def test_whatever_fails_what_is_shown_is_stored_and_every_deed_is_done_once(moods: list[tuple[str, bool]]) -> None:
    disk = Disk()
    kept = a_list(disk)
    done: list[str] = []
    for number, (mood, ticks) in enumerate(moods):
        disk.mood = mood
        before = kept.events
        event = f"tick {number}" if ticks else f"deed {number}"
        try:
            kept.add(event)
        except UserError:
            assert mood != FINE
            assert kept.events == before
            if kept.waiting == event and not ticks:
                done.append(event)
        else:
            assert mood == FINE
            if not ticks:
                done.append(event)
        assert kept.state == folded(kept.events)
        assert list(kept.events) == disk.stored[: len(kept.events)] or kept.waiting is not None
        assert len(disk.stored) - len(kept.events) in (0, 1)
    disk.mood = FINE
    kept.settle()
    assert kept.waiting is None
    assert list(kept.events) == disk.stored
    assert [event for event in disk.stored if event.startswith("deed")] == done
    assert a_list(disk).state == kept.state


def test_doing_again_what_failed_does_it_once() -> None:
    disk = Disk()
    kept = a_list(disk)
    for mood in (BEFORE, AFTER, BEFORE):
        disk.mood = mood
        with pytest.raises(UserError):
            kept.add("deed")
    assert (kept.events, kept.waiting) == ((), "deed")
    disk.mood = FINE
    assert kept.add("deed") == "deed"
    assert kept.add("deed") == "deed deed", "and after that it can be done once more"


def test_what_the_rules_refuse_is_not_tried_again() -> None:
    disk = Disk()
    kept = a_list(disk)
    kept.add("deed 1")
    disk.stored.append("somebody else's")
    with pytest.raises(AssertionError):
        kept.add("deed 2")
    assert kept.waiting is None
    kept.settle()
    assert kept.events == ("deed 1",)


def test_naming_what_can_be_done_in_a_cafe_imports_nothing_heavy() -> None:
    names = "planning opening running closing deleting questions you_said for_others for_psw holding judging cards"
    script = f"import sys\nfrom cqcmock.services.cafe import {', '.join(names.split())}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"sqlalchemy", "alembic", "sqlcipher3", "reportlab", "snowballstemmer", "cqcmock.listening", "PySide6"}
    assert not heavy & set(done.stdout.split())


def a_patient_list(disk: Disk) -> KeptList[str, str]:
    """Taps wait their turn behind anything, and anything behind ticks."""
    return KeptList(
        disk.stored,
        folded,
        disk.keep,
        same=lambda one, other: one == other and not one.startswith("tap"),
        can_wait=lambda event, waiting: event.startswith("tap") or all(one.startswith("tick") for one in waiting),
    )


@given(st.lists(st.tuples(st.sampled_from([FINE, BEFORE, AFTER]), st.booleans()), max_size=40))
def test_of_what_can_wait_its_turn_nothing_is_lost_and_the_order_is_that_of_the_presses(
    presses: list[tuple[str, bool]],
) -> None:
    disk = Disk()
    kept = a_patient_list(disk)
    for mood, first in presses:
        disk.mood = mood
        with suppress(UserError):
            kept.add("tap A" if first else "tap B")
        assert list(kept.events) == disk.stored[: len(kept.events)]
    disk.mood = FINE
    kept.settle()
    assert kept.all_waiting == ()
    assert list(kept.events) == disk.stored == ["tap A" if first else "tap B" for _, first in presses]


def test_a_sign_of_life_that_could_not_be_kept_keeps_no_deed_from_waiting() -> None:
    disk = Disk()
    kept = a_patient_list(disk)
    disk.mood = BEFORE
    for event in ("tick", "swap", "pause", "tap"):
        with pytest.raises(UserError):
            kept.add(event)
    assert kept.all_waiting == ("tick", "swap", "tap"), "a deed does not wait for one that is not shown"
    disk.mood = FINE
    kept.settle()
    assert kept.events == ("tick", "swap", "tap")
