"""A whole session as somebody looks at it who cannot change it: read in the database lane, as plain lines to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import Board, Card, CardKind, Theme, cards_in, hands_behind, ungrouped
from cqcmock.domain.cafe.closing import TABLE_OF
from cqcmock.domain.cafe.release import Release, TableKind, may_be_told
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.english import count, duration
from ui.cafe.closing_words import KIND_NAMES, group_words
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from cqcmock.clock import Clock
    from cqcmock.services.cafe.for_psw import WholeSession
    from cqcmock.services.cafe.holding import CafeHold
    from cqcmock.services.cafe.judging import Standings
    from cqcmock.services.library import Library

IN_NO_THEME = "in-no-theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Everything that the screen shows. `heard` is the last sign of life, `hold` who has the session open."""

    whole: WholeSession
    hold: CafeHold | None
    clock: str
    heard: datetime
    rounds: tuple[Line, ...]
    groups: tuple[Line, ...]
    themes: tuple[Line, ...]
    cards: Mapping[str, tuple[Line, ...]]
    hard: tuple[Line, ...]
    standings: Standings | None

    @property
    def release(self) -> Release | None:
        """What others see of it, once it is closed."""
        return self.whole.released.release if self.whole.released is not None else None

    @property
    def over(self) -> bool:
        """Whether nothing of it can change any more."""
        return self.whole.details.closed_at is not None or self.whole.details.deleted_at is not None


def look(library: Library, session_id: str, clock: Clock, before: Looked | None = None) -> Looked:
    """The session as it is now; what took long to work out `before` is not worked out again for the same judgements.

    Raises UserError where it is gone, and where the library cannot be read.
    """
    from cqcmock.services.cafe import for_psw, holding, judging

    hold = holding.who_has(library, session_id, clock)
    whole = for_psw.session_for_psw(library, session_id)
    release = whole.released.release if whole.released is not None else None
    standings = None
    if whole.judging.answers:
        same = before is not None and before.whole.judging == whole.judging
        standings = before.standings if before is not None and same else judging.standings(whole.judging)
    return Looked(
        whole=whole,
        hold=hold,
        clock=_clock(whole.state),
        heard=hold.beat if hold is not None else whole.details.last_saved_at,
        rounds=tuple(_rounds(whole.state)),
        groups=tuple(_groups(whole)),
        themes=tuple(_themes(whole.board, release)),
        cards=_cards(whole.board),
        hard=tuple(_hard(whole)),
        standings=standings,
    )


def _clock(state: State) -> str:
    """What the clock of the round showed at the last sign of life."""
    on, at = state.round, state.last_at
    if state.stage is not Stage.ROUND or on is None:
        return ""
    left = state.seconds_left(at)
    words = f"{duration(left)} left" if left >= 0 else f"{duration(-left)} over its time"
    stands = " The clock stands still." if state.interrupted or state.scene.paused else ""
    return f"“{on.title}”: {words}.{stands}"


def _rounds(state: State) -> Iterator[Line]:
    if state.scene.order is None:
        return
    for number, one in enumerate(state.order.rounds):
        on = state.scene.of(one.id)
        now = state.stage is Stage.ROUND and number == state.scene.round
        used = state.seconds_used(state.last_at) if now else on.used if on is not None else 0.0
        added = f", {duration(on.added)} added" if on is not None and on.added else ""
        took = f" · {'so far' if now else 'took'} {duration(used)}" if on is not None else ""
        asked = f" · “{on.questions[-1].text}”" if on is not None and on.questions else ""
        sign, tone = "to come", Tone.QUIET
        if now:
            sign, tone = "on now", Tone.WRAP_UP
        elif on is not None:
            sign, tone = ("cut short", Tone.QUIET) if on.skipped else ("held", Tone.IN_HAND)
        elif number <= state.scene.round or state.stage is Stage.FINISHED:
            sign = "not held"
        about = f"{duration(one.seconds)} planned{added}{took}{asked}"
        yield Line(key=one.id, title=f"{number + 1}. {one.title}", about=about, sign=sign, tone=tone)


def _groups(whole: WholeSession) -> Iterator[Line]:
    groups = sorted(whole.attendance.groups, key=lambda one: (not one.team, one.team.casefold(), one.role.casefold()))
    for group in groups:
        key = f"{group.team}\n{group.role}"
        yield Line(key=key, title=group_words(group), about=count(group.people, "person", "people"))


def _themes(board: Board, release: Release | None) -> Iterator[Line]:
    for theme in sorted(board.themes, key=lambda one: (tuple(CardKind).index(one.kind), one.name.casefold())):
        cards = len(cards_in(board, theme.id))
        people = count(len(hands_behind(board, theme.id)), "person", "people")
        about = f"{KIND_NAMES[theme.kind]} · {count(cards, 'card')} from {people}" if cards else "no cards"
        told = "others are told" if _told(theme, release) else "others are not told"
        tone = Tone.IN_HAND if _told(theme, release) else Tone.QUIET
        yield Line(key=theme.id, title=theme.name, about=about, sign=told if release else "", tone=tone)
    loose = len(ungrouped(board))
    if loose:
        yield Line(key=IN_NO_THEME, title="In no theme", about=count(loose, "card"))


def _told(theme: Theme, release: Release | None) -> bool:
    return may_be_told(release, TABLE_OF[theme.kind], theme.name)


def _cards(board: Board) -> dict[str, tuple[Line, ...]]:
    """The cards by theme, in alphabetical order: the order of writing would tell who."""
    found = {theme.id: tuple(_card(card) for card in cards_in(board, theme.id)) for theme in board.themes}
    return found | {IN_NO_THEME: tuple(_card(card, KIND_NAMES[card.kind]) for card in ungrouped(board))}


def _card(card: Card, about: str = "") -> Line:
    sign = "for the PSW alone" if card.psw_only else ""
    return Line(key=card.id, title=card.text, about=about, sign=sign, tone=Tone.WRAP_UP)


def _hard(whole: WholeSession) -> Iterator[Line]:
    people: dict[tuple[TableKind, str], int] = {}
    for said in whole.hard:
        people[said.table, said.name] = people.get((said.table, said.name), 0) + 1
    for (table, name), number in sorted(people.items(), key=lambda one: (-one[1], one[0][1].casefold())):
        what = "Lens" if table is TableKind.HARD_LENSES else "Quality statement"
        about = f"{what} · said {count(number, 'time')}"
        yield Line(key=f"{table}\n{name}", title=name, about=about)


def compared(looked: Looked) -> Iterator[Line]:
    """The answers that were compared, the most reassuring first."""
    if looked.standings is None:
        return
    for one in looked.standings.ranked:
        answer = looked.whole.judging.answer(one.answer)
        if answer is not None:
            yield Line(key=one.answer, title=answer.text, about=f"{one.words} {count(one.looks, 'look')}.")
