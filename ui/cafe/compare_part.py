"""The tab in which the room compares answers two at a time: the answers, the pair, and the order that comes of it.

A look is usually the whole room's, by a show of hands. Who looked is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cqcmock.domain.cafe import judging as rules
from cqcmock.domain.hearing import Overruling
from ui.cafe.cards_doing import Doing
from ui.cafe.compare_answers import AnswersView
from ui.cafe.compare_order import OrderView
from ui.cafe.compare_pair import PairShown, PairView
from ui.cafe.compare_rehearsals import RehearsalsView
from ui.cafe.compare_words import progress_words
from ui.cafe.hand import Hand
from ui.cafe.part import Part
from ui.desk import Desk
from ui.messages import Action
from ui.sizes import spaced

if TYPE_CHECKING:
    from cqcmock.domain.cafe.judging import Pair
    from cqcmock.domain.hearing import PersonalData
    from cqcmock.services.cafe.judging import Judging, JudgingList, Standings

NOT_SAVED: Final = "The last change is not saved yet. It is tried again every second; please wait with the next."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is shown: read in the database lane, because the order of many answers takes a moment to work out."""

    judging: Judging
    standings: Standings
    pair: Pair | None
    can_pass: bool


def read(comparing: JudgingList, passed: tuple[Pair, ...] = ()) -> Reading:
    """In the database lane: how the answers stand, and the next two; `passed` were shown and nobody could tell."""
    from cqcmock.services.cafe import judging

    there = comparing.state
    return Reading(
        judging=there,
        standings=judging.standings(there),
        pair=_another(comparing, passed) if passed else judging.next_pair(comparing),
        can_pass=len(there.answers) > 2,
    )


def _another(comparing: JudgingList, passed: tuple[Pair, ...]) -> Pair | None:
    """Two others than the last: where there are enough answers, neither of them, and none that was passed before."""
    from cqcmock.services.cafe import judging

    last, before = passed[-1], {frozenset((pair.left, pair.right)) for pair in passed}
    without = ((last.left, last.right), (last.left,), (last.right,))
    found = [pair for out in without if (pair := judging.next_pair(comparing, left_out=out)) is not None]
    fresh = [pair for pair in found if frozenset((pair.left, pair.right)) not in before]
    return next(iter(fresh or found), None) or judging.next_pair(comparing)


class ComparePart(Part):
    """`pair_shown` carries a `PairShown` for the room's window, or None when there is nothing for the room to see."""

    pair_shown = Signal(object)
    title = "Compare answers"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self._comparing = hand.opened.judging
        self._reading = False
        self._again = False
        self._read: Reading | None = None
        self._passed: tuple[Pair, ...] = ()
        self._taken_away: list[str] = []
        self._in_room: PairShown | None = None
        self.doing = Doing(hand, self)
        self.answers, self.pair, self.order = AnswersView(), PairView(), OrderView()
        self.rehearsals = RehearsalsView(desk)
        self.stack = QStackedWidget()
        for view in (self.answers, self.pair, self.order, self.rehearsals):
            self.stack.addWidget(view)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.stack)
        self._connect()

    def arrived(self) -> None:
        """Where it was left."""
        super().arrived()
        self._to(self.stack.currentWidget() or self.answers)

    def may_close(self) -> bool:
        """Words that were typed and not added stay, and it is said."""
        if not self.answers.words.strip():
            return True
        self._to(self.answers)
        self.answers.say("This answer is not added yet. Add it, or clear it.")
        self.answers.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def undo(self) -> bool:
        """Take back the last look, or bring back the answer that was taken away since. False where there is neither."""
        if self._taken_away:
            self._bring_back(self._taken_away.pop())
            return True
        self._passed = ()
        comparing, now = self._comparing, self.hand.now
        if not rules.standing(comparing.state.record):
            return False

        def take_back() -> None:
            from cqcmock.services.cafe import judging

            if rules.standing(comparing.state.record):
                judging.take_back(comparing, now())

        self._do(take_back, self.answers.say)
        return True

    def redraw(self) -> None:
        """Read again where something changed."""
        if self._read is None or self._read.judging is not self._comparing.state:
            self._ask()

    def _connect(self) -> None:
        self.answers.written.connect(self._look_through)
        self.answers.add_wanted.connect(self._add)
        self.answers.take_away_wanted.connect(self._take_away)
        self.answers.compare_wanted.connect(lambda: self._to(self.pair))
        self.answers.order_wanted.connect(lambda: self._to(self.order))
        self.answers.rehearsals_wanted.connect(lambda: self._to(self.rehearsals))
        self.rehearsals.add_wanted.connect(self._add_offered)
        self.rehearsals.back_wanted.connect(lambda: self._to(self.answers))
        self.pair.chosen.connect(self._judge)
        self.pair.passed.connect(self._pass)
        self.pair.take_back_wanted.connect(self._take_back)
        self.pair.order_wanted.connect(lambda: self._to(self.order))
        self.pair.answers_wanted.connect(lambda: self._to(self.answers))
        self.pair.room.connect(lambda _: self._tell_room())
        self.order.go_on.connect(lambda: self._to(self.pair))
        self.order.answers_wanted.connect(lambda: self._to(self.answers))

    def _to(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self._tell_room()
        if view is self.pair:
            self.pair.left_text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view is self.order:
            self.order.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(view, AnswersView | RehearsalsView):
            view.arrived()

    def _ask(self) -> None:
        """One reading at a time; what happens meanwhile is read afterwards."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        comparing, passed = self._comparing, self._passed

        def there(reading: Reading) -> None:
            self._reading = False
            self._show(reading)
            if self._again:
                self._ask()

        self.desk.tasks.database(lambda: read(comparing, passed), then=there, owner=self)

    def _show(self, reading: Reading) -> None:
        first = self._read is None
        self._read = reading
        advice = reading.standings.advice
        self.answers.show_answers(reading.judging, reading.standings)
        self.order.show_standings(reading.judging, reading.standings)
        texts = {answer.id: answer.text for answer in reading.judging.answers}
        pair = reading.pair
        self.pair.show_pair(
            PairShown(left=texts[pair.left], right=texts[pair.right]) if pair else None,
            can_pass=reading.can_pass,
            can_take_back=bool(rules.standing(reading.judging.record)),
            progress=progress_words(advice.done, advice.to_go),
        )
        if pair is None and self.stack.currentWidget() in (self.pair, self.order):
            self._to(self.answers)
        elif first and self.stack.currentWidget() is self.answers and self._in_sight:
            self.answers.arrived()
        self._tell_room()

    def _tell_room(self) -> None:
        """The room sees the pair while it is being compared, and while that is wanted."""
        on = self.pair.show_room.isChecked() and self.stack.currentWidget() is self.pair
        wanted = self.pair.pair if on else None
        if wanted != self._in_room:
            self._in_room = wanted
            self.pair_shown.emit(wanted)

    def _judge(self, left: bool) -> None:
        pair, comparing, now = self._read.pair if self._read else None, self._comparing, self.hand.now
        if pair is None:
            return
        self._passed = ()
        self._taken_away.clear()
        gone: list[Pair] = []

        def judge() -> None:
            from cqcmock.services.cafe import judging

            there = comparing.state
            if there.answer(pair.left) is None or there.answer(pair.right) is None:
                gone.append(pair)
            else:
                judging.judge(comparing, pair, pair.left if left else pair.right, now())

        def judged() -> None:
            if gone:  # otherwise the next two are on their way, and nothing counts before they are there
                self.pair.ready_again()

        self._do(judge, lambda _: self.pair.ready_again(), judged)

    def _pass(self) -> None:
        if self._read is not None and self._read.pair is not None:
            self._passed = (*self._passed, self._read.pair)
            self._ask()

    def _take_back(self) -> None:
        self._taken_away.clear()
        self.undo()

    def _look_through(self, text: str) -> None:
        def look() -> tuple[PersonalData, ...]:
            from cqcmock.services.privacy import personal_data_in

            return personal_data_in(text)

        def looked(found: tuple[PersonalData, ...]) -> None:
            if found:
                self.answers.show_found(text, found)
            else:
                self._add(text, ())

        self.desk.tasks.database(look, then=looked, owner=self)

    def _add(self, text: str, let_stand: tuple[Overruling, ...]) -> None:
        self._keep(text, let_stand, self.answers.added, self.answers.say)

    def _add_offered(self, text: str, let_stand: tuple[Overruling, ...]) -> None:
        def added() -> None:
            self.rehearsals.say_added(len(self._comparing.state.answers))

        self._keep(text, let_stand, added, self.rehearsals.say)

    def _keep(
        self, text: str, let_stand: tuple[Overruling, ...], then: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        comparing = self._comparing

        def add() -> None:
            from cqcmock.services.cafe import judging

            judging.add_answer(comparing, text, let_stand)

        self._do(add, say, then)

    def _take_away(self, answer: str) -> None:
        comparing = self._comparing
        there = comparing.state.answer(answer)
        if there is None:
            return

        def take_away() -> None:
            from cqcmock.services.cafe import judging

            if comparing.state.answer(answer) is not None:
                judging.take_away(comparing, answer)

        def taken() -> None:
            self._taken_away.append(there.text)
            self.desk.messages.say(
                "The answer is taken away, and no look at it counts.",
                action=Action(title="Undo", do=lambda: self._undo_away(there.text)),
            )

        self._do(take_away, self.answers.say, taken)

    def _undo_away(self, text: str) -> None:
        if text in self._taken_away:
            self._taken_away.remove(text)
        self._bring_back(text)

    def _bring_back(self, text: str) -> None:
        """As it was kept: what was let stand then stands again. It has to be looked at anew."""
        comparing = self._comparing

        def bring_back() -> None:
            from cqcmock.services import privacy
            from cqcmock.services.cafe import judging

            if any(answer.text == text for answer in comparing.state.answers):
                return
            stood = [Overruling(kind=one.kind, key=one.text) for one in privacy.personal_data_in(text)]
            judging.add_answer(comparing, text, stood)

        self._do(bring_back, self.answers.say)

    def _do(
        self, deed: Callable[[], object], say: Callable[[str], None], then: Callable[[], None] = lambda: None
    ) -> None:
        """Do a deed after those that were asked for before; not while one is held up, and then it is said."""
        if self.doing.held_up:
            say(NOT_SAVED)
        else:
            self.doing.do(self._comparing, deed, then=then, failed=lambda error: say(str(error)))
