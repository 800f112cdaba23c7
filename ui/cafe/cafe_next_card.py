"""The one thing to do next in the café's room, large and on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cqcmock.domain.english import shortened
from ui.cafe import cafe_words
from ui.cafe.cafe_reading import Shelf
from ui.cafe.cafe_words import Step
from ui.commands import CommandId, first_key
from ui.widgets.buttons import make_primary, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, lead_label, wrapped_label
from ui.widgets.pill import SHAPES

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession

_PLAN = "Plan a café"
_TITLES = {
    Step.GO_ON: "Pick up where it stopped",
    Step.OPEN: "Planned for today",
    Step.CLOSE: "Finished, and to be closed",
    Step.LOOK: "Somebody else is running this now",
    Step.PLAN: "Plan the next café",
}
_DEEDS = {Step.GO_ON: "Go on", Step.OPEN: "Open it", Step.CLOSE: "Close it", Step.LOOK: "Look at it"}
_WHY = {
    Step.GO_ON: "Everything that was done so far is here, and the clock stands still until you go on.",
    Step.OPEN: "Open it when you set up the room. The clock starts only when you say so.",
    Step.CLOSE: "Closing makes the summary that others may see. Before it, everything can still be put right.",
}


class NextCard(Card):
    """`step_wanted` says what is to be done with which session; `change_wanted` carries the id of one to plan anew."""

    step_wanted = Signal(Step, str)
    plan_wanted = Signal()
    change_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Café", parent=parent)
        self._step, self._session = Step.PLAN, ""
        self.lead: TextLabel = lead_label()
        self.about: TextLabel = wrapped_label(quiet=True)
        self.why: TextLabel = wrapped_label()
        for label in (self.lead, self.about, self.why):
            self.body.addWidget(label)
        self.do = primary_button("", lambda: self.step_wanted.emit(self._step, self._session))
        self.change = secondary_button("Change the plan", lambda: self.change_wanted.emit(self._session))
        self.plan = secondary_button(_PLAN, self.plan_wanted.emit)
        self.plan.setToolTip(first_key(CommandId.NEW_CAFE))
        self.add_buttons(self.do, self.change, self.plan)

    @property
    def main(self) -> QWidget:
        """The button for what is to be done next."""
        return self.plan if self._step is Step.PLAN else self.do

    def show_shelf(self, shelf: Shelf) -> None:
        """Say what to do next."""
        had_focus = [button for button in (self.do, self.change, self.plan) if button.hasFocus()]
        session = shelf.next.session
        self._step, self._session = shelf.next.step, session.id if session is not None else ""
        planning = session is None
        make_primary(self.plan, planning)
        self.do.setVisible(not planning)
        self.change.setVisible(self._step is Step.OPEN)
        if session is None:
            self._show_planning(shelf)
        else:
            hold = shelf.holds.get(session.id)
            self._say(_TITLES[self._step], session.title, self._about(session, shelf))
            self._why(cafe_words.held_words(hold) if hold is not None else _WHY[self._step])
            self.do.setText(_DEEDS[self._step])
            self.do.setAccessibleName(_DEEDS[self._step])
            for button in (self.do, self.change):
                button.setAccessibleDescription(session.title)
        if any(button.isHidden() for button in had_focus):
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self, session: CafeSession, shelf: Shelf) -> str:
        about = cafe_words.sentence(cafe_words.about(session, shelf.today))
        if self._step is not Step.GO_ON:
            return about
        word, tone = cafe_words.state(session, None, shelf.today)
        return f"{SHAPES[tone]}\u2002{word} · {about}"

    def _show_planning(self, shelf: Shelf) -> None:
        if not shelf.sessions:
            self._say("Practice for the whole team", "", "")
            self._why(cafe_words.WHAT_IT_IS)
            return
        coming = cafe_words.coming(shelf.sessions, shelf.today)
        if coming is None:
            self._say(_TITLES[Step.PLAN], "", "")
            self._why("No café is planned. It takes about two minutes, and everything can be changed later.")
        else:
            when = cafe_words.sentence(cafe_words.about(coming, shelf.today))
            self._say("Next café", coming.title, when)
            self._why("You will find it here on the day. You can plan another one now.")

    def _say(self, title: str, lead: str, about: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        for label, text in ((self.lead, shortened(lead, 200)), (self.about, about)):
            label.setText(text)
            label.setVisible(bool(text))

    def _why(self, text: str) -> None:
        self.why.setText(text)
