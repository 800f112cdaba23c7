"""An attempt to work out a small group from everything that others can get: by filters, differences and repeats.

Two real libraries are played that differ in one group smaller than k. Whoever has every export of a library, whole and
under every filter, before and after every edit, cannot tell which of the two it is: so nothing worked out from exports,
by whatever subtraction, tells of that group. With a rule of the release broken, the same attempt succeeds.

What others may tell apart (a group that has reached k, how many people came) is looked at row by row. Whether the rules
themselves let a small group be inferred is attacked in tests/domain/cafe/test_release_attacks.py.
"""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cqcmock import storage
from cqcmock.cli import cafe as command
from cqcmock.domain.cafe import release as rules
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import Release, Share, TableKind, as_data
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import attendance, cards, closing, deleting, for_others, hard, planning, you_said
from cqcmock.storage.cafe_records import CafeList
from cqcmock.storage.cafe_schema import CafeReleaseRow
from tests.clocks import HandClock
from tests.services.cafe.exports import (
    Exports,
    differing,
    everything,
    for_the_room,
    from_the_command_line,
    seen,
)
from tests.services.cafe.worlds import (
    ALWAYS_HIDDEN,
    BASE,
    KINDS_OF_GROUP,
    NEXT_DAY,
    TITLE,
    USUAL,
    Cafe,
    Held,
    World,
    hold,
    with_group,
)
from tests.some_quickly import some_quickly

Attempt = Callable[..., Exports]
K = 5
CHANGED = "what reads otherwise than when it was closed"


@pytest.fixture
def attempt(prepared_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Attempt:
    """Play a world in a library of its own and get everything out of it that others can, at every moment.

    Briefly: without papers as PDF, filters and commands.
    """
    monkeypatch.setattr(command, "system_clock", lambda: HandClock().clock)
    number = count(1)

    def get(world: World, *, briefly: bool = False) -> Exports:
        folder = tmp_path / str(next(number))
        shutil.copytree(prepared_library, folder / "data")
        found: Exports = {}

        def look_before(held: Held) -> None:
            found.update(labelled(f"before closing {len(held.cafes)}", seen(held)))

        with libraries.open_library(Location(folder / "data")) as library:
            held = hold(library, world, look_before)
            for when, exports in moments(held, seen if briefly else everything):
                found |= labelled(when, exports)
            if not briefly:
                found |= from_the_command_line(held, folder)
                found |= labelled("on the table", for_the_room(held, folder))
        shutil.rmtree(folder)
        return found

    return get


def moments(held: Held, look: Callable[[Held], Exports]) -> Iterator[tuple[str, Exports]]:
    """Again and again: after closing, after whatever can be tried then, while a café is deleted, and after that."""
    closed = look(held)
    yield "closed", closed
    for opened in held.cafes:
        for deed in tried_after_closing(held, opened):
            with suppress(UserError, OutOfOrderError):
                deed()
    edited = seen(held)
    yield "edited", edited
    deleting.delete(held.library, held.cafes[0].id, held.hand.clock)
    yield "deleted", seen(held)
    deleting.undelete(held.library, held.cafes[0].id)
    changed_later = differing(closed, look(held)) + differing({label: closed[label] for label in edited}, edited)
    yield "later", {CHANGED: ", ".join(changed_later)}


def tried_after_closing(held: Held, opened: Any) -> tuple[Callable[[], object], ...]:
    clock, library = held.hand.clock, held.library
    return (
        lambda: cards.write(opened.cards, CardKind.WORRY, "One more card by somebody"),
        lambda: cards.next_person(opened.cards),
        *(
            lambda card=card, theme=theme: cards.group(opened.cards, card.id, theme.id)
            for card in opened.cards.state.cards[-1:]
            for theme in opened.cards.state.themes
            if theme.kind is card.kind and theme.id not in card.themes
        ),
        lambda: attendance.came(opened.attendance, 3, team="Harbour"),
        lambda: hard.say(opened.hard, opened.cards.state, TableKind.HARD_LENSES, "Clear"),
        opened.run.undo,
        lambda: planning.change_details(library, opened, clock, day=NEXT_DAY, place="Harbour"),
        lambda: closing.close(library, opened, clock, same_people=False, k=3),
        lambda: closing.preview(library, opened, same_people=False, k=4),
        lambda: closing.doubts(library, opened, same_people=False, k=3),
        lambda: [you_said.tell(library, entry.id) for entry in entries(held) if not entry.told],
    )


def entries(held: Held) -> tuple[Any, ...]:
    with held.library.reading() as session:
        return storage.cafe_said.entries(session)


def labelled(when: str, found: Exports) -> Exports:
    return {f"{when}: {label}": text for label, text in found.items()}


def leaks(*worlds: Exports) -> list[str]:
    """Where worlds can be told apart, and what in any of them changed later or is a word of a small group."""
    found = [label for other in worlds[1:] for label in differing(worlds[0], other)]
    found += [f"changed later: {changes}" for world in worlds if (changes := world[f"later: {CHANGED}"])]
    for exports in worlds:
        found += [
            f"{word} in {label}"
            for label, text in exports.items()
            for word in ALWAYS_HIDDEN
            if word in text and not label.startswith("on the table")
        ]
    return found


# ---- groups smaller than k


def changed(number: int, cafe: Cafe, world: World = BASE) -> World:
    """A world with another café in the place of one of its own."""
    return (*world[:number], cafe, *world[number + 1 :])


def with_small(what: str, size: int, number: int = 0, world: World = BASE) -> World:
    """A world in which a group of this size is there in one of the cafés; of none, it is not there."""
    return changed(number, with_group(world[number], what, size), world)


def test_whether_a_small_group_of_any_kind_is_there_cannot_be_told(attempt: Attempt) -> None:
    without = attempt(BASE, briefly=True)
    found = {what: leaks(without, attempt(with_small(what, K - 1), briefly=True)) for what in KINDS_OF_GROUP[:-1]}
    assert not any(found.values()), found


def test_every_list_filter_paper_and_command_is_the_same_with_small_groups_of_every_kind(attempt: Attempt) -> None:
    assert leaks(*(attempt(with_small("all at once", size)) for size in (0, K - 1))) == []


def test_whether_small_groups_are_one_larger_cannot_be_told(attempt: Attempt) -> None:
    assert leaks(*(attempt(with_small("all at once", size), briefly=True) for size in range(K))) == []


def room(*teams: int, wrote: int = 0, **more: Any) -> Cafe:
    """A café with so many people of each team, of whom the first so many wrote about forms."""
    names = ("North", "South", "East")
    came = {(name, "Social worker"): people for name, people in zip(names, teams, strict=False) if people}
    return Cafe(came=came, said={(CardKind.WORRY, "Forms"): range(1, wrote + 1)} if wrote else {}, **more)


@dataclass(frozen=True, slots=True)
class Alike:
    """Cafés that differ in a group smaller than k, and in nothing that others may know."""

    cafes: tuple[Cafe, ...]
    beside: World = ()

    def worlds(self) -> list[World]:
        return [(*self.beside, cafe) for cafe in self.cafes]


ALIKE = {
    "one team, or two of which one is small": Alike((room(8), room(5, 3), room(4, 4), room(7, 1))),
    "three teams of which some are small": Alike((room(4, 4, 4), room(9, 3), room(12))),
    "so few people that nothing is told": Alike((room(4), room(1), room(2, 2, wrote=4), room(3, wrote=1))),
    "all wrote it, or all but a few": Alike((room(6, wrote=6), room(6, wrote=5), room(6, wrote=2), room(6))),
    "nobody wrote anything, or a few did": Alike((room(12), room(12, wrote=1), room(12, wrote=K - 1))),
    "one more in a group that is large": Alike((room(9, 9, wrote=7), room(9, 9, wrote=8), room(8, 10, wrote=8))),
    "the same people and one who tips it": Alike(
        tuple(room(9, 12, wrote=wrote, same_people=True) for wrote in (K - 1, K, K + 1)), (room(9, 11, wrote=K - 1),)
    ),
    "rows of which now one, now the other is larger": Alike(
        tuple(
            replace(USUAL, said={(CardKind.IDEA, "Alpha"): range(1, one), (CardKind.IDEA, "Beta"): range(1, other)})
            for one, other in ((7, 8), (8, 7))
        )
    ),
}


@pytest.mark.parametrize("briefly", [True, pytest.param(False, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ALIKE)
def test_cafes_that_differ_in_a_small_group_alone_cannot_be_told_apart(
    attempt: Attempt, name: str, *, briefly: bool
) -> None:
    assert leaks(*(attempt(world, briefly=briefly) for world in ALIKE[name].worlds())) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(BASE)))
@pytest.mark.parametrize("k", [3, 7])
@pytest.mark.parametrize("what", KINDS_OF_GROUP)
def test_no_size_below_any_k_in_any_of_the_cafes_can_be_told(attempt: Attempt, what: str, k: int, number: int) -> None:
    world = tuple(replace(cafe, k=k) for cafe in BASE)
    worlds = (with_small(what, size, number, world) for size in range(k))
    assert leaks(*(attempt(one, briefly=True) for one in worlds)) == []


# ---- what others may tell apart


def as_released(attempt: Attempt, world: World) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = ast.literal_eval(attempt(world, briefly=True)["closed: sessions"])
    return data


def without_rows(data: list[dict[str, Any]], words: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        one | {"tables": {
            kind: [row for row in table if not any(word in row["name"] for word in words)]
            for kind, table in one["tables"].items()
        }}
        for one in data
    ]  # fmt: skip


def test_a_group_that_has_reached_k_is_a_row_and_nothing_else_changes(attempt: Attempt) -> None:
    without, there = (as_released(attempt, with_small("all at once", size)) for size in (K - 1, K))
    rows = [row for one in there for table in one["tables"].values() for row in table]
    names = {row["name"] for row in rows}
    assert names >= {"Parking", "A kitchen", "Night buses", "Clear", "QS7"}
    assert {row["share"] for row in rows if row["name"] in ALWAYS_HIDDEN} == {Share.SOME.value}
    assert without_rows(there, ALWAYS_HIDDEN) == without


def test_one_person_more_changes_the_number_who_came_and_nothing_else(attempt: Attempt) -> None:
    before, after = (
        as_released(attempt, changed(0, replace(USUAL, came={**USUAL.came, ("", ""): others}))) for others in (6, 7)
    )
    assert (before[0].pop("people"), after[0].pop("people")) == (22, 23)
    assert before == after


# ---- with a rule broken the attempt succeeds


def threshold_of_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "_share_of_words", lambda number, _people, _k: Share.SOME if number else None)


def teams_from_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "_share_of_people", lambda number, _k: Share.SOME if number else None)


def a_single_team_named(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "FEWEST_GROUPS", 1)


def themes_in_any_room(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "SPARE_PEOPLE", 1)


def names_of_teams_in_themes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "names_a_team", lambda _name, _teams: False)


def the_same_people_told_again(patch: pytest.MonkeyPatch) -> None:
    made = rules.released
    patch.setattr(rules, "released", lambda data, k: made(replace(data, same_people=False), k))


def the_largest_row_first(patch: pytest.MonkeyPatch) -> None:
    in_order = rules._rows

    def by_size(counts: Any, share_of: Any) -> Any:
        return tuple(sorted(in_order(counts, share_of), key=lambda row: -counts[row.name]))

    patch.setattr(rules, "_rows", by_size)


def a_round_told_where_something_came_of_it(patch: pytest.MonkeyPatch) -> None:
    made = rules.released

    def told(data: rules.SessionData, k: int) -> Release:
        return made(data if data.hands else replace(data, practised=data.practised - {RoundKind.CARDS}), k)

    patch.setattr(rules, "released", told)


def another_k_later(patch: pytest.MonkeyPatch) -> None:
    close = closing.close

    def again(library: Any, opened: Any, clock: Any, *, same_people: bool, k: int) -> Release:
        if closing.released(library, opened.id) is None:
            return close(library, opened, clock, same_people=same_people, k=k)
        with library.writing() as work:
            made = closing._made(work, opened, same_people=same_people, k=k)
            row = work.get(CafeReleaseRow, opened.id)
            row.payload = json.dumps(as_data(made))
            work.commit()
        return made

    patch.setattr(closing, "close", again)


def with_figure(patch: pytest.MonkeyPatch, figure: Callable[[Any, str], int]) -> None:
    """Lists give one more figure of each session, counted when it is closed."""
    figures: dict[str, int] = {}
    made = closing._data

    def counting(session: Any, session_id: str, **more: Any) -> rules.SessionData:
        figures[session_id] = figure(session, session_id)
        return made(session, session_id, **more)

    patch.setattr(closing, "_data", counting)
    patch.setattr(for_others, "as_data", lambda release: {**as_data(release), "figure": figures[release.session]})


def worries_for_the_psw_counted(patch: pytest.MonkeyPatch) -> None:
    def for_psw(session: Any, session_id: str) -> int:
        return sum(event.psw_only for event in storage.cafe.events(session, session_id, CafeList.CARDS))

    with_figure(patch, for_psw)


def people_of_no_team_counted(patch: pytest.MonkeyPatch) -> None:
    def of_no_team(session: Any, session_id: str) -> int:
        return sum(group.people for group in closing._came(session, session_id).groups if not group.team)

    with_figure(patch, of_no_team)


def an_entry_told_of_any_theme(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(you_said, "may_tell", lambda _session, entry: entry.theme != "" or entry.session is None)


def titles_listed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(for_others, "as_data", lambda release: {**as_data(release), "title": TITLE})


SMALL_THEME = [with_small("worry", size) for size in (0, 2)]
BROKEN: dict[Callable[[pytest.MonkeyPatch], None], list[World]] = {
    threshold_of_one: SMALL_THEME,
    teams_from_one: [with_small("team", size) for size in (0, 2)],
    a_single_team_named: ALIKE["one team, or two of which one is small"].worlds()[::2],
    themes_in_any_room: ALIKE["all wrote it, or all but a few"].worlds()[:3:2],
    names_of_teams_in_themes: [BASE],
    the_same_people_told_again: ALIKE["the same people and one who tips it"].worlds()[:2],
    the_largest_row_first: ALIKE["rows of which now one, now the other is larger"].worlds(),
    a_round_told_where_something_came_of_it: ALIKE["nobody wrote anything, or a few did"].worlds()[:2],
    worries_for_the_psw_counted: [with_small("for the PSW", size) for size in (0, 1)],
    an_entry_told_of_any_theme: [BASE],
    titles_listed: [BASE],
    people_of_no_team_counted: [with_small("team", size) for size in (2, 3)],
    another_k_later: [with_small("worry", 3)],
}


@pytest.mark.parametrize("broken", some_quickly(BROKEN, every=4), ids=lambda broken: broken.__name__.replace("_", " "))
def test_the_attempt_finds_the_leak_of(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    assert leaks(*(attempt(world, briefly=True) for world in BROKEN[broken]))
