"""The facilitator's sheet of a café on one page: when which round begins, who does what in it, what is asked and said.

It lies beside the laptop, and is what is left if that fails. So it stays one page: where everything does not fit in
letters of the usual size, they get a little smaller (never below SMALLEST of it, some 9 points), and then the least
needed goes first, on every round alike, and the sheet says what went. No round ever goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from cqcmock.domain import english
from cqcmock.domain.cafe.rounds import KINDS, Phase, Round, RoundKind, phases
from cqcmock.domain.cafe.running_order import RunningOrder, length_in_words
from cqcmock.reports.content import PRACTICE_WORDS, Block, Document, Paragraph, Table, Voice, named, plain

TITLE = "Facilitator’s sheet"
SCALES: Final = (1.0, 0.92, 0.85)
SMALLEST: Final = SCALES[-1]
LONGEST_NAME: Final = 80
"""Characters of a title, a team or a place; of a round's title too, until room is short."""

_GAP: Final = "\N{NO-BREAK SPACE}"
_LONGEST_QUESTION, _LONGEST_WHEN_SHORT, _LONGEST_ROUND_WHEN_SHORT = 300, 80, 40
_LONGEST_CUE, _MOST_CUES, _MOST_OPEN, _LONGEST_OPEN = 60, 5, 3, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCafe:
    """A café that is to be held. `starts` is when, by the clock on the wall, if that is known.

    `left_out` are titles of rounds for which there was no time, `still_open` what people said that is not done yet.
    """

    on: date
    order: RunningOrder
    starts: time | None = None
    title: str = ""
    place: str = ""
    team: str = ""
    left_out: tuple[str, ...] = ()
    still_open: tuple[str, ...] = ()


class Part(StrEnum):
    """What the sheet can do without, by the words that say so; the first to go comes first."""

    LONG_OPEN = "some of what is still open"
    SAY_AGAIN = "what to say in a round like an earlier one"
    LONG_LISTEN = "most of what to listen for"
    WHO_AGAIN = "who does what in a round like an earlier one"
    LISTEN = "what to listen for"
    SAY = "what to say"
    WHO = "who does what"
    LONG_QUESTIONS = "the ends of long questions"
    LONG_TITLES = "the ends of long titles"


_GOES_WITH: Final = {Part.SAY_AGAIN: Part.SAY, Part.LONG_LISTEN: Part.LISTEN, Part.WHO_AGAIN: Part.WHO}
"""Parts that need no word once the whole of them has gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A facilitator's sheet: the document, the size of type to set it in, and what was left out of it."""

    document: Document
    scale: float = 1.0
    left_out: tuple[Part, ...] = field(default=())


def facilitator_sheet(
    cafe: PlannedCafe,
    fits: Callable[[Document, float], bool],
    *,
    classification: str,
    retention: str,
    made_on: date,
) -> Sheet:
    """The fullest sheet, in the largest type, that `fits` one page; the barest one where none does.

    `fits` makes the PDF and looks whether it is one page, or says True where pages do not matter, as on the web.
    """
    tried = _candidates(cafe, classification=classification, retention=retention, made_on=made_on)
    sheet = next(tried)
    while not fits(sheet.document, sheet.scale):
        following = next(tried, None)
        if following is None:
            break
        sheet = following
    return sheet


def _candidates(cafe: PlannedCafe, *, classification: str, retention: str, made_on: date) -> Iterator[Sheet]:
    """Every way to set the sheet, the fullest and largest first: first type gets smaller, then parts go."""
    there = [part for part in Part if _has(cafe, part)]
    steps = [(scale, 0) for scale in SCALES] + [(SMALLEST, gone) for gone in range(1, len(there) + 1)]
    for scale, gone in steps:
        without = tuple(there[:gone])
        document = Document(
            title=TITLE,
            language="en-GB",
            classification=classification,
            practice_words=PRACTICE_WORDS,
            retention=retention,
            made_on=made_on,
            blocks=tuple(_blocks(cafe, without)),
        )
        yield Sheet(document=document, scale=scale, left_out=without)


def _has(cafe: PlannedCafe, part: Part) -> bool:
    """Whether leaving this part out would change the sheet at all."""
    rounds = cafe.order.rounds
    match part:
        case Part.LONG_OPEN:
            return bool(cafe.still_open) and any(one.kind is RoundKind.OPENING for one in rounds)
        case Part.LISTEN:
            return any(one.question and one.question.listen_for for one in rounds)
        case Part.LONG_LISTEN:
            return any(one.question and len(one.question.listen_for) > 1 for one in rounds)
        case Part.SAY_AGAIN:
            return len({one.kind for one in rounds}) < len(rounds)
        case Part.WHO_AGAIN:
            return len({(one.kind, one.seconds) for one in rounds}) < len(rounds)
        case Part.SAY | Part.WHO:
            return True
        case Part.LONG_QUESTIONS:
            return any(one.question and len(one.question.text) > _LONGEST_WHEN_SHORT for one in rounds)
        case Part.LONG_TITLES:
            return any(len(one.title) > _LONGEST_ROUND_WHEN_SHORT for one in rounds)


def _blocks(cafe: PlannedCafe, without: tuple[Part, ...]) -> Iterator[Block]:
    yield Paragraph(line=plain(_when_and_where(cafe)), voice=Voice.BODY)
    yield Table(
        caption="Running order",
        header=("Begins" if cafe.starts else "Minute", "Round", "What is done, asked and said"),
        rows=tuple(_rows(cafe, frozenset(without))),
        shares=(17, 50, 103),
    )
    if cafe.left_out:
        titles = english.listed_in_quotes([english.shortened(title, LONGEST_NAME) for title in cafe.left_out[:3]])
        more = len(cafe.left_out) - 3
        also = f", and {english.count(more, 'round')} more" if more > 0 else ""
        yield Paragraph(line=named("No time for", f"{titles}{also}."), voice=Voice.QUIET)
    if without:
        gone = english.listed(
            [part.value for part in without if part not in _GOES_WITH or _GOES_WITH[part] not in without]
        )
        yield Paragraph(
            line=named("Left out, to keep to one page", f"{gone}. All of it is in the facilitator’s window."),
            voice=Voice.QUIET,
        )


def _when_and_where(cafe: PlannedCafe) -> str:
    when = english.day(cafe.on)
    if cafe.starts:
        ends = _clock(cafe.starts, cafe.order.seconds)
        when += f", {cafe.starts:%H:%M} to {ends}"
    about = (cafe.title, cafe.place, cafe.team)
    names = [english.shortened(text, LONGEST_NAME) for text in about if text.strip()]
    return " · ".join((when, length_in_words(cafe.order.seconds), *names))


def _rows(cafe: PlannedCafe, without: frozenset[Part]) -> Iterator[tuple[str, str, str]]:
    begins = cafe.order.spent
    for number, one in enumerate(cafe.order.rounds):
        if number < cafe.order.done:
            yield "Past", _title(one, without), ""
            continue
        when = _clock(cafe.starts, begins) if cafe.starts else _minute(begins)
        yield f"{when}\n{_time(one.seconds)}", _title(one, without), "\n".join(_words(cafe, number, without))
        begins += one.seconds


def _title(one: Round, without: frozenset[Part]) -> str:
    return english.shortened(one.title, _LONGEST_ROUND_WHEN_SHORT if Part.LONG_TITLES in without else LONGEST_NAME)


def _clock(starts: time, seconds: int) -> str:
    """The time of the day so many seconds after the start; whole minutes without their seconds."""
    moment = datetime.combine(date(2000, 1, 1), starts) + timedelta(seconds=seconds)
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _minute(seconds: int) -> str:
    minutes, odd = divmod(seconds, 60)
    return f"{minutes}:{odd:02}" if odd else str(minutes)


def _words(cafe: PlannedCafe, number: int, without: frozenset[Part]) -> Iterator[str]:
    one, earlier = cafe.order.rounds[number], cafe.order.rounds[cafe.order.done : number]
    same = any((other.kind, other.seconds) == (one.kind, one.seconds) for other in earlier)
    if Part.WHO not in without and not (same and Part.WHO_AGAIN in without):
        yield f"Who: {who_does_what(one)}"
    if one.question is not None:
        longest = _LONGEST_WHEN_SHORT if Part.LONG_QUESTIONS in without else _LONGEST_QUESTION
        yield f"Ask: {english.shortened(one.question.text, longest)}"
    elif KINDS[one.kind].asks:
        yield "Ask: pick or draw a question."
    again = any(other.kind is one.kind for other in earlier)
    if Part.SAY not in without and not (again and Part.SAY_AGAIN in without):
        yield f"Say: {KINDS[one.kind].to_say}"
    if one.kind is RoundKind.OPENING and cafe.still_open:
        yield _still_open(cafe.still_open, 1 if Part.LONG_OPEN in without else _MOST_OPEN)
    cues = one.question.listen_for if one.question else ()
    if cues and Part.LISTEN not in without:
        most = 1 if Part.LONG_LISTEN in without else _MOST_CUES
        shown = "; ".join(english.shortened(cue, _LONGEST_CUE) for cue in cues[:most])
        more = len(cues) - most
        yield f"Listen for: {shown}{f'; and {more} more' if more > 0 else ''}."


def _still_open(said: tuple[str, ...], most: int) -> str:
    shown = [english.shortened(words, _LONGEST_OPEN) for words in said[:most]]
    more = len(said) - most
    return f"Still open: {english.listed_in_quotes(shown)}{f', and {more} more' if more > 0 else ''}."


def who_does_what(one: Round) -> str:
    """Who does what in a round, each kind of phase told once: “A speaks, B listens (5 min); …”."""
    stretches: dict[tuple[tuple[str, str], ...], list[Phase]] = {}
    for phase in phases(one):
        stretches.setdefault(tuple((part.who, part.does) for part in phase.parts), []).append(phase)
    alone = len(stretches) == 1 and len(phases(one)) == 1
    told: list[str] = []
    for parts, alike in stretches.items():
        begins = not told
        words = ", ".join(
            f"{who if begins and at == 0 else _within(who)} {does}" for at, (who, does) in enumerate(parts)
        )
        told.append(words if alone else f"{words} ({_length(alike)})")
    speakers = {phase.turn for phase in phases(one) if phase.turn is not None}
    repeated = max(map(len, stretches.values()))
    after = f"; {english.count(len(speakers), 'speaker')}" if repeated > 1 else ""
    return f"{'; '.join(told)}{after}."


def _within(who: str) -> str:
    """Who, in the middle of a sentence: A, B and C keep their capitals."""
    return who if len(who) == 1 else who[0].lower() + who[1:]


def _length(alike: list[Phase]) -> str:
    lengths = {phase.seconds for phase in alike}
    each = " each" if len(alike) > 1 else ""
    about = "about " if len(lengths) > 1 else ""
    return f"{about}{_time(min(lengths))}{each}".replace(" ", _GAP)


def _time(seconds: int) -> str:
    """A length of time that is not broken over two lines."""
    return english.duration(seconds).replace(" ", _GAP)
