"""The principal social worker's own record of a café: everything that was written and counted, to be kept to oneself.

Cards stand in their themes in alphabetical order: the order in which they were written would tell who wrote them, and
so would the hands that wrote them, which stand nowhere. Worries for the principal social worker alone have a page of
their own at the end, and so have the themes that hold nothing else: the other pages can be worked with in a small
circle, that one cannot. The observer's tallies are left out: they are the speaker's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from cqcmock.domain import english
from cqcmock.domain.cafe import judging
from cqcmock.domain.cafe.asking_on import DepthReached
from cqcmock.domain.cafe.attendance import Attendance
from cqcmock.domain.cafe.cards import Board, Card, CardKind, Theme, cards_in, ungrouped
from cqcmock.domain.cafe.closing import TABLE_OF
from cqcmock.domain.cafe.judging import Judgement
from cqcmock.domain.cafe.release import TITLES, Release, TableKind, Voiced, may_be_told
from cqcmock.domain.cafe.running_order import RunningOrder, length_in_words
from cqcmock.domain.cafe.windows import RoundHeld
from cqcmock.reports import cafe_entries
from cqcmock.reports.cafe_entries import SaidAndDone
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Line,
    Look,
    Paragraph,
    Run,
    Table,
    Voice,
    named,
    plain,
)
from cqcmock.reports.question_section import quoted

TITLE = "Café practice: the principal social worker’s own record"
CONFIDENTIAL: Final = "CONFIDENTIAL, not to be passed on"
"""Stands on every page, before the classification."""

FOR_PSW: Final = "Worries for the principal social worker only"
LONGEST_CELL: Final = 120
"""Characters of a name in a table; titles, teams and roles are never longer."""

_NOBODY_SAID = "Not said"
_FOR_YOU = (
    "Written for you alone. These count in nothing that others see. Keep this page apart from the others, or destroy it"
    " once you have read it."
)
_WARNING = (
    "This record holds everything that was written, in people’s own words. Who knows the teams may recognise somebody.",
    "Do not pass it on, and do not copy from it. For others there is the summary for leaders.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Answers that were compared two at a time: their words by id, the judgements that stand, and what was asked."""

    answers: Mapping[str, str]
    judgements: tuple[Judgement, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCafe:
    """Everything about one café. `order` is the running order at the end, `held` the rounds that were begun.

    `began` and `ended` are by the clock on the wall. `release` is what others are told, once the session is closed.
    `hard` is what people found hard, by hands.
    """

    on: date
    order: RunningOrder
    began: datetime | None = None
    ended: datetime | None = None
    title: str = ""
    place: str = ""
    team: str = ""
    held: tuple[RoundHeld, ...] = ()
    depths: tuple[DepthReached, ...] = ()
    board: Board = field(default_factory=Board)
    attendance: Attendance = field(default_factory=Attendance)
    hard: tuple[Voiced, ...] = ()
    compared: tuple[Compared, ...] = ()
    release: Release | None = None
    entries: tuple[SaidAndDone, ...] = ()
    next_on: date | None = None


def psw_summary(cafe: HeldCafe, *, classification: str, retention: str, made_on: date) -> Document:
    """The full record of one café, for the principal social worker alone."""
    return Document(
        title=TITLE,
        language="en-GB",
        classification=f"{CONFIDENTIAL} · {classification}",
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            Callout(title="Confidential: for the principal social worker only", lines=tuple(map(plain, _WARNING))),
            Heading(level=2, text="The session"),
            _about(cafe),
            *_who_came(cafe.attendance),
            *_rounds(cafe),
            *(block for kind in CardKind for block in _cards(cafe, kind)),
            *_hard(cafe.hard),
            *(block for number, one in enumerate(cafe.compared, start=1) for block in _judged(cafe, number, one)),
            *_entries(cafe.entries),
            *_for_psw(cafe.board),
        ),
    )


def _about(cafe: HeldCafe) -> Facts:
    pairs = (
        ("Session", cafe.title),
        ("Date", english.day(cafe.on)),
        ("Began", _by_the_wall(cafe.began, cafe.on)),
        ("Ended", _by_the_wall(cafe.ended, cafe.on)),
        ("Length", length_in_words(cafe.order.seconds)),
        ("Place", cafe.place),
        ("Team", cafe.team),
        ("Others are told", _told_words(cafe.release)),
        ("Next session", english.day(cafe.next_on) if cafe.next_on else "Not fixed yet"),
    )
    return Facts(pairs=tuple((name, _one_line(value)) for name, value in pairs if value.strip()))


def _by_the_wall(at: datetime | None, on: date) -> str:
    """The time, and the day where it is another than this one; nothing where it is not known."""
    if at is None:
        return ""
    return f"{at:%H:%M}" + ("" if at.date() == on else f" on {english.day(at.date())}")


def _told_words(release: Release | None) -> str:
    if release is None:
        return "Nothing yet: the session is not closed."
    return f"What has {release.k} or more people behind it, by the rules of the café."


def _who_came(attendance: Attendance) -> Iterator[Block]:
    yield Heading(level=2, text="Who came")
    if not attendance.groups:
        yield Paragraph(line=plain("Nobody was counted."))
        return
    groups = sorted(attendance.groups, key=lambda group: (not group.team, group.team, not group.role, group.role))
    rows = tuple(
        (_cell(group.team) or _NOBODY_SAID, _cell(group.role) or _NOBODY_SAID, str(group.people)) for group in groups
    )
    yield Table(
        caption="People who came, by team and role",
        header=("Team", "Role", "People"),
        rows=(*rows, ("In all", "", str(attendance.came))),
        shares=(5, 5, 2),
        numeric=frozenset({2}),
    )


def _rounds(cafe: HeldCafe) -> Iterator[Block]:
    yield Heading(level=2, text="Rounds that were held")
    planned = {one.id: one.seconds for one in cafe.order.rounds}
    held = cafe.held
    if held:
        rows = tuple(
            (
                _cell(one.title) + (" (cut short)" if one.skipped else ""),
                english.duration(planned[one.round_id]) if one.round_id in planned else "–",
                english.duration(one.seconds),
                str(one.turns) if one.turns else "–",
            )
            for one in held
        )
        in_all = ("In all", english.duration(cafe.order.seconds), english.duration(sum(o.seconds for o in held)), "")
        yield Table(
            caption="How long each round took",
            header=("Round", "Planned", "Took", "Speakers"),
            rows=(*rows, in_all),
            shares=(8, 3, 3, 2),
            numeric=frozenset({1, 2, 3}),
        )
    else:
        yield Paragraph(line=plain("No round was begun."))
    begun = {one.round_id for one in held}
    if left := [_cell(one.title) for one in cafe.order.rounds if one.id not in begun]:
        yield Paragraph(line=named("Not held", f"{english.listed_in_quotes(left)}."))
    if asked := [(one.title, question.text) for one in held for question in one.questions]:
        yield Paragraph(line=(Run("What was asked:", Look.STRONG),))
        yield BulletList(items=tuple((Run(f"{title}: "), Run(f"“{_one_line(text)}”")) for title, text in asked))
    if cafe.depths:
        yield Paragraph(line=(Run("How deep it went where a colleague asked on:", Look.STRONG),))
        yield BulletList(items=tuple(map(_depth_line, cafe.depths)))


def _depth_line(reached: DepthReached) -> Line:
    return (Run(f"“{_one_line(reached.question)}”, speaker {reached.turn + 1}: "), Run(reached.depth.why))


def _cards(cafe: HeldCafe, kind: CardKind) -> Iterator[Block]:
    board = cafe.board
    themes = [(theme, _open(cards_in(board, theme.id))) for theme in _alphabetical(board.themes) if theme.kind is kind]
    themes = [(theme, cards) for theme, cards in themes if cards or not cards_in(board, theme.id)]
    loose = [card for card in _open(ungrouped(board)) if card.kind is kind]
    yield Heading(level=2, text=TITLES[TABLE_OF[kind]])
    if not themes and not loose:
        yield Paragraph(line=plain("No cards."))
        return
    for theme, cards in themes:
        yield Heading(level=3, text=_heading(theme.name))
        yield Paragraph(line=plain(_about_theme(cafe, theme, len(cards))), voice=Voice.QUIET)
        yield from _listed(cards)
    if loose:
        yield Heading(level=3, text="In no theme")
        yield Paragraph(line=plain(f"{english.count(len(loose), 'card')}."), voice=Voice.QUIET)
        yield from _listed(loose)


def _about_theme(cafe: HeldCafe, theme: Theme, cards: int) -> str:
    count = english.count(cards, "card") if cards else "No cards"
    if cafe.release is None:
        return f"{count}."
    told = may_be_told(cafe.release, TABLE_OF[theme.kind], theme.name)
    return f"{count}. {'Others are told of this theme.' if told else 'Others are not told of this theme.'}"


def _listed(cards: Iterable[Card]) -> Iterator[Block]:
    items: tuple[Line, ...] = tuple(plain(card.text) for card in cards)
    if items:
        yield BulletList(items=items)


def _open(cards: Iterable[Card]) -> list[Card]:
    return [card for card in cards if not card.psw_only]


def _alphabetical(themes: Iterable[Theme]) -> list[Theme]:
    return sorted(themes, key=lambda theme: (theme.name.casefold(), theme.id))


def _heading(name: str) -> str:
    """A heading has to say something."""
    return _one_line(name) or "A theme without a name"


def _hard(hard: Iterable[Voiced]) -> Iterator[Block]:
    yield Heading(level=2, text="What people found hard")
    voiced = tuple(hard)
    tables = [_hard_table(kind, voiced) for kind in (TableKind.HARD_LENSES, TableKind.HARD_STATEMENTS)]
    if found := [table for table in tables if table.rows]:
        yield from found
    else:
        yield Paragraph(line=plain("Nothing was marked as hard."))


def _hard_table(kind: TableKind, voiced: Iterable[Voiced]) -> Table:
    hands: dict[str, frozenset[int]] = {}
    for one in voiced:
        if one.table is kind and one.name.strip():
            hands[one.name] = hands.get(one.name, frozenset()) | one.hands
    most_first = sorted(hands.items(), key=lambda entry: (-len(entry[1]), entry[0].casefold()))
    what = "Lens" if kind is TableKind.HARD_LENSES else "Quality statement"
    return Table(
        caption=TITLES[kind],
        header=(what, "People"),
        rows=tuple((_cell(name), str(len(behind))) for name, behind in most_first),
        shares=(6, 1),
        numeric=frozenset({1}),
    )


def _judged(cafe: HeldCafe, number: int, compared: Compared) -> Iterator[Block]:
    of_several = f" ({number} of {len(cafe.compared)})" if len(cafe.compared) > 1 else ""
    yield Heading(level=2, text=f"Which answers would reassure more{of_several}")
    for question in filter(str.strip, compared.questions):
        yield Paragraph(line=named("Asked", f"“{_one_line(question)}”"))
    found = judging.scale(compared.answers, compared.judgements)
    yield Paragraph(line=named("How far to rely on the order", _reliability(judging.reliability(found))))
    yield Paragraph(line=plain(judging.advice(compared.answers, compared.judgements).words), voice=Voice.QUIET)
    for ranked in judging.ranked(found):
        looks = english.count(ranked.looks, "look")
        yield Paragraph(line=named(ranked.words.rstrip("."), looks))
        yield quoted(compared.answers[ranked.answer], nothing="An answer without words.")


def _reliability(found: judging.Reliability) -> str:
    return found.words if found.value is None else f"{found.words} Scale separation reliability: {found.value:.2f}."


def _entries(entries: Iterable[SaidAndDone]) -> Iterator[Block]:
    kept = tuple(entries)
    yield Heading(level=2, text=cafe_entries.TITLE)
    still_open = [entry for entry in kept if entry.done_on is None]
    done = [entry for entry in kept if entry.done_on is not None]
    for title, some, nothing in (
        ("Still open", still_open, "Nothing is open."),
        ("Done", done, "Nothing was done yet."),
    ):
        yield Heading(level=3, text=title)
        yield cafe_entries.full_list(some) if some else Paragraph(line=plain(nothing))


def _for_psw(board: Board) -> Iterator[Block]:
    """A page that can be taken out, where anything belongs on it."""
    cards = sorted((card for card in board.cards if card.psw_only), key=lambda card: (card.text.casefold(), card.id))
    if not cards:
        return
    yield Heading(level=2, text=FOR_PSW, new_page=True)
    yield Paragraph(line=plain(_FOR_YOU))
    yield BulletList(items=tuple(_with_themes(board, card) for card in cards))


def _with_themes(board: Board, card: Card) -> Line:
    themes = [theme.name for theme in _alphabetical(board.themes) if theme.id in card.themes]
    return (Run(card.text), Run(f" (in {english.listed_in_quotes(themes)})")) if themes else (Run(card.text),)


def _cell(text: str) -> str:
    """A name as a table can hold it."""
    return english.shortened(text, LONGEST_CELL)


def _one_line(text: str) -> str:
    return " ".join(text.split())
