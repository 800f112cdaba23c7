"""A café from the plan to the papers, for the pictures: three sessions, one running, one to be closed, one closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from cqcmock.clock import Clock
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import attendance, cards, closing, going_on, hard, judging, opening, planning, you_said
from cqcmock.services.cafe.opening import OpenCafe
from ui.app import House
from ui.cafe.run_screen import RunScreen
from ui.cafe.ways import CAFE
from ui.cafe.writing_page import WritingPage

if TYPE_CHECKING:
    from cqcmock.services.library import Library

NAMES = {"place": "Hertfordshire", "council": "Hertfordshire County Council"}
ROLE = "frontline"
PLACE = "Training room 2, Stevenage"
THEMES: tuple[tuple[CardKind, str, tuple[str, ...]], ...] = (
    (
        CardKind.WORRY,
        "Ringing people back",
        (
            "Families ring three times before anybody answers.",
            "I promise to ring back and then duty swallows the day.",
            "Nobody rings after four.",
            "A daughter told me she had given up on us.",
            "We have no list of who is waiting for a call.",
            "The phone is the first thing people meet.",
        ),
    ),
    (
        CardKind.WORRY,
        "Waiting for an occupational therapist",
        (
            "A man washed at the sink for five months.",
            "We say twelve weeks and it is twenty.",
            "The list is longer than it was in spring.",
            "People fall while they wait.",
            "I cannot say when somebody will come.",
        ),
    ),
    (
        CardKind.PRIDE,
        "Home before Christmas",
        (
            "A woman went home with her dog.",
            "The hospital rang to say thank you.",
            "Reablement came the same evening.",
            "We asked her what she wanted and did that.",
            "Her son sleeps at night again.",
            "Nobody had to move twice.",
        ),
    ),
    (CardKind.WORRY, "Reviews", ("Some are eighteen months late.", "Reviews are the first thing to go.")),
)
LOOSE = ("Where do I send somebody who only needs a ramp?", "Parking at the hub.", "I want to see the figures myself.")
ANSWERS = (
    "We asked forty carers in spring. Most said that nobody rang back. We set ourselves two days: nine in ten are met.",
    "We are a learning organisation that is fully committed to carers and to working with partners.",
    "My team rings on Tuesdays. Last week a man told me that his wife had slept for the first time in a month.",
)
OPEN = ("Nobody answers the duty phone after four", "The carers’ form is eleven pages long")

Picture = tuple[str, Callable[[], object], Callable[[], QWidget]]
S = TypeVar("S")


class CafeWalk:
    """One walk through the room. The sessions stay; the running one is left at the end of every walk."""

    def __init__(self, house: House, settle: Callable[[], None]) -> None:
        self._house, self._settle = house, settle
        library, clock = house.desk.library, house.desk.clock
        for said in OPEN:
            you_said.tell(library, you_said.add(library, said, clock, owner="Head of service").id)
        self._closed = self._session(library, clock, days=-28, finished=True)
        done = opening.open_session(library, self._closed, "Jo Example", clock)
        closing.close(library, done, clock, same_people=False)
        self._to_close = self._session(library, clock, days=-1, finished=True)
        self._running = self._session(library, clock, days=0)

    def _session(self, library: Library, clock: Clock, *, days: int, finished: bool = False) -> str:
        order = planning.order_from(SHIPPED[1], 45).order
        day = clock.today() + timedelta(days=days)
        planned = planning.plan_session(library, order, clock, day=day, place=PLACE)
        session = opening.open_session(library, planned.id, "Jo Example", clock)
        session.run.start()
        while session.run.state.round is None or session.run.state.round.kind is not RoundKind.HOT_SEAT:
            going_on.begin_round(library, session, ROLE, NAMES)
        _fill(session)
        if finished:
            session.run.finish()
        opening.leave(library, session)
        return planned.id

    def pictures(self) -> list[Picture]:
        """The pictures by name, in their order, what is done before each is taken, and what it is of."""
        ways, window = self._house.journeys.cafe, self._house.window
        here: Callable[[], QWidget] = lambda: window  # noqa: E731 - what most pictures are of
        return [
            ("cafe", lambda: window.go(CAFE), here),
            ("cafe-plan", ways.plan, here),
            ("cafe-run", self._run, here),
            ("cafe-room", lambda: None, lambda: self._screen(RunScreen).projector.window),
            ("cafe-listen-for", self._listen_for, lambda: self._screen(RunScreen).projector.window),
            ("cafe-cards", lambda: self._tab(1), here),
            ("cafe-who-came", lambda: self._tab(2), here),
            ("cafe-compare", self._compare, here),
            ("cafe-writing", self._hand_round, here),
            ("cafe-tally", self._observe, here),
            ("cafe-closing", self._close, here),
            ("cafe-papers", lambda: ways.papers(self._closed), here),
            ("cafe-said", ways.said, here),
            ("cafe-record", ways.record, here),
        ]

    def end(self) -> None:
        """Leave the room as it was."""
        self._house.journeys.cafe.first()
        self._settle()

    def _run(self) -> None:
        self._house.journeys.cafe.run(self._running)
        self._settle()
        screen = self._screen(RunScreen)
        screen.deeds.carry_on()
        screen.projector.open()
        screen.projector.window.resize(1280, 720)
        self._settle()
        self._house.desk.messages.clear("cafe-room-window")

    def _listen_for(self) -> None:
        self._screen(RunScreen).deeds.toggle_listen_for()

    def _tab(self, number: int) -> None:
        self._screen(RunScreen).tabs.setCurrentIndex(number)

    def _compare(self) -> None:
        self._tab(3)
        self._screen(RunScreen).compare.answers.compare_button.click()

    def _hand_round(self) -> None:
        self._tab(1)
        self._screen(RunScreen).cards.hand_the_laptop_round()
        self._settle()
        page = self._screen(RunScreen).cover
        assert isinstance(page, WritingPage)
        page.gate.not_yet.click()

    def _observe(self) -> None:
        screen = self._screen(RunScreen)
        screen.uncover()
        screen.room.hand_to_observer()

    def _close(self) -> None:
        screen = self._screen(RunScreen)
        screen.uncover()
        screen.deeds.toggle_listen_for()
        screen.put_by()
        self._settle()
        self._house.journeys.cafe.close(self._to_close)

    def _screen(self, kind: type[S]) -> S:
        screen = self._house.window.current
        assert isinstance(screen, kind)
        return screen


def _fill(session: OpenCafe) -> None:
    for team, role, people in (
        ("Hospital discharge", "Social worker", 8),
        ("Reablement", "Occupational therapist", 6),
        ("Adults, north", "Social worker", 5),
        ("Safeguarding", "Manager", 1),
    ):
        attendance.came(session.attendance, people, team=team, role=role)
    for kind, name, written in THEMES:
        theme = cards.make_theme(session.cards, kind, name).themes[-1].id
        for number, words in enumerate(written):
            cards.next_person(session.cards)
            board = cards.write(session.cards, kind, words)
            cards.group(session.cards, board.cards[-1].id, theme)
            if number % 2:
                hard.say(session.hard, board, TableKind.HARD_LENSES, "Evidence")
    for words in LOOSE:
        cards.write(session.cards, CardKind.WORRY, words)
    for answer in ANSWERS:
        judging.add_answer(session.judging, answer)
