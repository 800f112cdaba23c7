"""What the room sees, in the words in which it is drawn: everything that is decided, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cqcmock.domain.cafe.rounds import KINDS, Part, RoundKind
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.windows import Clock, RoomView, room_view
from cqcmock.domain.interview import Light
from ui.widgets.clock_face import WORDS, left_in_words, minutes
from ui.widgets.pill import SHAPES, Tone

WELCOME = "Welcome to the café"
UNDER_WELCOME = "Nothing is recorded. Cards carry no names. You can come and go."
THANKS = "Thank you"
UNDER_THANKS = "What you said on cards is read. What is done about it opens the next café."
PAUSED = "Paused"
STOPPED = "One moment: the clock was stopped."
WHICH = "Which would reassure an assessor more?"
MOST_LINES = 5
_FACILITATOR = "You"
"""Who in a part is the one with the laptop: nobody else reads that as themselves."""

_WHOSE = ("One person", "Speaker")
"""Who in a part is the one whose turn it is, where the facilitator has said whose."""

TONES = {Light.IN_HAND: Tone.IN_HAND, Light.WRAP_UP: Tone.WRAP_UP, Light.OVER: Tone.OVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSight:
    """The clock with shape, word and colour."""

    tone: Tone
    word: str
    time: str

    @property
    def text(self) -> str:
        """As it is drawn."""
        return f"{SHAPES[self.tone]} {self.word}  {self.time}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSight:
    """One picture. `main` is what everybody reads; `beside` are two answers that are compared.

    `above` is the question that `main` asks on about.
    """

    caption: str = ""
    above: str = ""
    main: str = ""
    under: str = ""
    lines_title: str = ""
    lines: tuple[str, ...] = ()
    beside: tuple[str, str] | None = None
    clock: ClockSight | None = None

    @property
    def in_words(self) -> str:
        """Everything, for whoever does not see it."""
        clock = self.clock.text if self.clock else ""
        parts = (
            self.caption,
            self.above,
            self.main,
            *(self.beside or ()),
            self.lines_title,
            *self.lines,
            self.under,
            clock,
        )
        return ". ".join(part for part in parts if part)


def room_sight(
    state: State, at: float, *, title: str, still_open: Sequence[str] = (), pair: tuple[str, str] | None = None
) -> RoomSight:
    """What the room sees at `at`; `still_open` is what opens the session, `pair` what is being compared."""
    view = room_view(state, at)
    match view.stage:
        case Stage.FINISHED:
            return RoomSight(caption=title, main=THANKS, under=UNDER_THANKS)
        case Stage.ROUND:
            return _round(state, view, still_open, pair)
        case _:
            under = STOPPED if view.interrupted else UNDER_WELCOME
            return RoomSight(caption=title, main=WELCOME, under=under)


def _round(state: State, view: RoomView, still_open: Sequence[str], pair: tuple[str, str] | None) -> RoomSight:
    kind = state.round.kind if state.round else None
    caption = view.title if view.phase == view.title else f"{view.title} · {view.phase}"
    opens = tuple(still_open[:MOST_LINES]) if kind is RoundKind.OPENING and not view.question else ()
    lines = view.listen_for[:MOST_LINES] or opens
    lines_title = "Listen for" if view.listen_for else "Still open from last time" if opens else ""
    shown_pair = pair if kind is RoundKind.JUDGEMENT else None
    return RoomSight(
        caption=caption,
        above=view.question if view.probe else "",
        main=view.probe or _main(view, kind, lines, shown_pair),
        under=WHICH if shown_pair and not view.interrupted else _who(view),
        lines_title=lines_title,
        lines=lines,
        beside=shown_pair,
        clock=_clock(view.clock, stopped=view.paused or view.interrupted),
    )


def _main(view: RoomView, kind: RoundKind | None, lines: Sequence[str], pair: tuple[str, str] | None) -> str:
    if view.question:
        return view.question
    if pair is not None:
        return ""  # the answers need the place
    if kind is RoundKind.OPENING and lines:
        return ""
    if kind is RoundKind.CLOSING:
        return KINDS[kind].to_say
    return view.title


def _who(view: RoomView) -> str:
    if view.interrupted:
        return STOPPED
    in_the_room = tuple(part for part in view.parts if part.who != _FACILITATOR)
    one_speaks = any(part.who in _WHOSE for part in in_the_room)
    if view.whose and one_speaks:
        return _parts(tuple(replace(part, who=view.whose) if part.who in _WHOSE else part for part in in_the_room))
    parts = _parts(in_the_room)
    return f"{view.whose}: {parts}" if view.whose and parts else view.whose or parts


def _parts(parts: Sequence[Part]) -> str:
    return " · ".join(f"{part.who} {part.does}" for part in parts)


def _clock(clock: Clock | None, *, stopped: bool) -> ClockSight | None:
    """A clock that stands still says so, also where it is hidden otherwise."""
    if stopped:
        return ClockSight(tone=Tone.QUIET, word=PAUSED, time=left_in_words(clock.left) if clock else "")
    if clock is None:
        return None
    time = left_in_words(clock.left) if clock.left >= 0 else minutes(-clock.left)
    return ClockSight(tone=TONES[clock.light], word=WORDS[clock.light], time=time)
