"""An attempt to work out a small group from what stands in the windows: on the projector, on screen, and left behind.

As in tests/services/cafe/test_attack_on_exports.py, whose worlds these are: two real libraries differ in one group that
is smaller than k, and whoever reads every text of the windows, in every state of theirs and after every edit, cannot
tell which of the two it is. With a leak built in, the same attempt finds it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import closing, deleting, planning
from tests.services.cafe.exports import Exports, differing
from tests.services.cafe.worlds import (
    ALWAYS_HIDDEN,
    BASE,
    KINDS_OF_GROUP,
    ROUND,
    TITLE,
    USUAL,
    Cafe,
    World,
    hold,
    with_group,
)
from tests.some_quickly import some_quickly
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.windows_seen import Look, Windows, at_a_desk, files_beside_the_library
from tests.ui.conftest import OpenWindow
from ui.cafe import papers_making, papers_offer, papers_screen, room_sight, run_screen, said_reading
from ui.desk import Desk
from ui.main_window import Room
from ui.screen import Screen

K = 5
ONE: World = (USUAL,)
ON_SCREEN = ("Screen", "an entry", ", screen")
"""What only the facilitator has in front of her: the names that she gave to things stand there."""

Attempt = Callable[[World, Look], Exports]


@pytest.fixture
def attempt(
    prepared_library: Path,
    tmp_path: Path,
    desk: Desk,
    open_window: OpenWindow,
    settle: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> Attempt:
    """Play a world in a library of its own, and look at it in the window. Questions follow from the ids of sessions."""
    window = open_window(Room(id="home", title="Home", make=Screen), Room(id="cafe", title="Café", make=Screen))
    number = count(1)

    def get(world: World, look: Look) -> Exports:
        folder = tmp_path / f"world {next(number)}"
        shutil.copytree(prepared_library, folder)
        ids = count(1)
        monkeypatch.setattr(planning, "uuid", SimpleNamespace(uuid4=lambda: UUID(int=next(ids))))
        with libraries.open_library(Location(folder)) as library:
            held = hold(library, world)
            with at_a_desk(library, held, desk, window, settle) as windows:
                found = look(windows)
            found |= files_beside_the_library(folder)
        shutil.rmtree(folder)
        return found

    return get


def once(windows: Windows) -> Exports:
    return windows.everything(briefly=True)


def in_the_room(cafe: Cafe) -> Look:
    """The projector's side of one more café."""
    return lambda windows: windows.room(cafe)


def again_and_again(windows: Windows) -> Exports:
    """Every screen in every state: when closed, with another smallest group, without one café, and with it again."""
    return {f"{when}: {label}": text for when, seen in moments(windows) for label, text in seen.items()}


def moments(windows: Windows) -> Iterator[tuple[str, Exports]]:
    held, desk = windows.held, windows.desk
    first = held.cafes[0].id
    closed = windows.everything()
    yield "closed", closed
    desk.change_settings(replace(desk.settings, cafe_smallest_group=3))
    yield "another smallest group", windows.everything(briefly=True)
    closing.close(held.library, held.cafes[0], held.hand.clock, same_people=False, k=3)
    desk.change_settings(replace(desk.settings, cafe_smallest_group=K))
    windows.changed()
    yield "closed again", windows.everything(briefly=True)
    deleting.delete(held.library, first, held.hand.clock)
    windows.changed()
    yield "deleted", windows.everything(briefly=True)
    deleting.undelete(held.library, first)
    windows.changed()
    back = windows.everything(briefly=True)
    yield "back", back
    yield "later", {"what reads otherwise": ", ".join(differing({label: closed[label] for label in back}, back))}


def leaks(*worlds: Exports) -> list[str]:
    """Where worlds can be told apart, and what of a small group stands in a paper, its name or anything left behind."""
    found = [label for other in worlds[1:] for label in differing(worlds[0], other)]
    for seen in worlds:
        found += [
            f"{word} in {label}"
            for label, text in seen.items()
            if not label.endswith(ON_SCREEN)
            for word in (*ALWAYS_HIDDEN, TITLE)
            if word in (text.replace(TITLE, "").replace(ROUND, "") if label.startswith("room") else text)
        ]
        found += [text for label, text in seen.items() if label == "later: what reads otherwise" and text]
    return found


def small(size: int, what: str = "all at once", number: int = 0, world: World = ONE) -> World:
    """A world in which a group of this size is there in one of the cafés; of none, it is not there."""
    return (*world[:number], with_group(world[number], what, size), *world[number + 1 :])


def test_no_screen_paper_or_file_tells_whether_a_small_group_is_there(attempt: Attempt) -> None:
    assert leaks(*(attempt(small(size), once) for size in (0, K - 1))) == []


def test_the_room_window_is_the_same_whoever_came_and_whatever_few_of_them_wrote(attempt: Attempt) -> None:
    seen = [attempt(ONE, in_the_room(with_group(USUAL, "all at once", size))) for size in (0, K - 1)]
    assert leaks(*seen) == []
    assert len(seen[0]) > 10


def test_the_room_window_says_nothing_of_cards_at_all(attempt: Attempt) -> None:
    silent = Cafe(came=USUAL.came)
    assert leaks(*(attempt(ONE, in_the_room(cafe)) for cafe in (silent, USUAL))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "number"), [*((what, 0) for what in KINDS_OF_GROUP), *(("all at once", at) for at in range(1, len(BASE)))]
)
def test_no_filter_difference_or_repeat_in_the_window_tells_of_a_small_group(
    attempt: Attempt, what: str, number: int
) -> None:
    worlds = (small(size, what, number, BASE) for size in (0, K - 1))
    assert leaks(*(attempt(world, again_and_again) for world in worlds)) == []


@pytest.mark.slow
def test_a_group_that_has_reached_k_is_seen_in_the_papers(attempt: Attempt) -> None:
    without, there = (attempt(small(size), once) for size in (K - 1, K))
    labels = differing(without, there)
    assert any(label.endswith("words") for label in labels)
    assert all("Parking" in there[label] for label in labels if label.endswith("words"))


# ---- with a leak built in the attempt succeeds


def cards_counted_in_the_room(patch: pytest.MonkeyPatch) -> None:
    sight = room_sight.room_sight

    def counting(state: Any, at: float, **more: Any) -> Any:
        made = sight(state, at, **more)
        return replace(made, under=f"{made.under} {len(CARDS[-1].cards.state.cards)}") if CARDS else made

    opened = run_screen.RunScreen.__init__

    def keeping(self: Any, desk: Any, commands: Any, start: Any) -> None:
        CARDS.append(start.opened)
        opened(self, desk, commands, start)

    patch.setattr("ui.cafe.run_screen.room_sight", counting)
    patch.setattr(run_screen.RunScreen, "__init__", keeping)


CARDS: list[Any] = []


def people_of_a_theme_in_the_papers(patch: pytest.MonkeyPatch) -> None:
    read = papers_offer.read_standing

    def counting(desk: Desk, session: str) -> Any:
        from cqcmock.services.cafe import for_psw

        worries = len(for_psw.session_for_psw(desk.library, session).board.cards)
        return replace(read(desk, session), place=f"{worries} cards")

    patch.setattr(papers_screen, "read_standing", counting)


def a_team_in_the_name_of_the_file(patch: pytest.MonkeyPatch) -> None:
    made = papers_making.paper_of

    def named(desk: Desk, wanted: Any, meaning: str) -> Any:
        return replace(made(desk, wanted, meaning), file_name=f"Café summary of {TITLE}")

    patch.setattr(papers_screen, "paper_of", named)


def any_theme_to_begin_an_entry_with(patch: pytest.MonkeyPatch) -> None:
    starts = said_reading._starts

    def every(desk: Desk, sessions: Any, entries: Any) -> Iterator[said_reading.Start]:
        from cqcmock.services.cafe import for_psw

        kept = list(sessions)
        yield from starts(desk, kept, entries)
        for one in kept:
            for theme in for_psw.session_for_psw(desk.library, one.id).board.themes:
                yield said_reading.Start(session=one.id, on=one.day, about=theme.kind, theme=theme.name)

    patch.setattr(said_reading, "_starts", every)


def a_team_in_the_settings(patch: pytest.MonkeyPatch) -> None:
    seen = Windows.everything

    def keeping(self: Windows, **more: Any) -> Exports:
        self.desk.change_settings(replace(self.desk.settings, place="Harbour"))
        return seen(self, **more)

    patch.setattr(Windows, "everything", keeping)


ROOM = [in_the_room(with_group(USUAL, "worry", size)) for size in (0, 2)]
BROKEN: dict[Callable[[pytest.MonkeyPatch], None], list[tuple[World, Look]]] = {
    cards_counted_in_the_room: [(ONE, look) for look in ROOM],
    people_of_a_theme_in_the_papers: [(small(size, "worry"), once) for size in (0, 2)],
    a_team_in_the_name_of_the_file: [(ONE, once)],
    any_theme_to_begin_an_entry_with: [(small(size, "worry"), once) for size in (0, 2)],
    a_team_in_the_settings: [(ONE, once)],
}


@pytest.mark.parametrize("broken", some_quickly(BROKEN, every=3), ids=lambda broken: broken.__name__.replace("_", " "))
def test_the_attempt_finds_the_leak_of(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    CARDS.clear()
    broken(monkeypatch)
    assert leaks(*(attempt(*asked) for asked in BROKEN[broken]))
