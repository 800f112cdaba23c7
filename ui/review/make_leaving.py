"""A screen that is not left with work undone before somebody has been asked, whichever way it is left."""

from __future__ import annotations

from dataclasses import dataclass

from ui.desk import Desk
from ui.messages import Kind
from ui.screen import Rest, Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked before the screen goes: `stay` is what Escape and Return mean."""

    words: str
    leave: str
    stay: str
    about: str


LEAVE = Question(
    words="Leave without making the pack?",
    leave="Leave without making it",
    stay="Go on with it",
    about="No file has been written. What you chose here is not kept.",
)
WORDS_GONE = Question(
    words="Have you got the words that open the pack?",
    leave="Yes, I have them",
    stay="Show them again",
    about="They are kept nowhere: without them nobody can open the file.",
)


class AskingScreen(Screen):
    """Says through `_question` what would be lost, and through `_wait` why it cannot be left at all just now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._over = False
        """Whether somebody has said that it may go."""
        self._asking = self._asked = False

    # --- made by a subclass

    def _question(self) -> Question | None:
        """What to ask, or None where nothing would be lost."""
        raise NotImplementedError

    def _wait(self) -> str:
        """Why it cannot be left now, or nothing."""
        return ""

    def _stop(self) -> None:
        """It is going to be left: what was only begun is not wanted any more."""

    def _leave(self) -> None:
        """Ask for the way back."""
        raise NotImplementedError

    # --- coming and going

    def may_close(self) -> bool:
        """Nothing goes without a question, and nothing while it must not be interrupted."""
        if wait := self._wait():
            self._desk.messages.say(wait, Kind.NOTICE)
            return False
        if self._asked:
            return False
        question = None if self._over else self._question()
        if question is None:
            self._stop()
            return True
        self._asking = self._asked = True
        self._desk.messages.ask(
            question.words, yes=question.leave, no=question.stay, then=self._answered, detail=question.about
        )
        self._asking = False
        return self._over

    def rest(self) -> Rest:
        """What was chosen and written stays as it is, and is asked about when somebody leaves."""
        self._asking = self._asked = False
        if self._wait():
            return Rest.AT_WORK
        if not self._over and self._question() is not None:
            return Rest.KEPT
        self._stop()
        return Rest.OVER

    def put_by(self) -> None:
        """Go back, if that can be."""
        if self.may_close():
            self._over = True
            self._leave()

    def _answered(self, leave: bool) -> None:
        self._asked = False
        if not leave:
            return
        self._over = True
        self._stop()
        if not self._asking:  # nobody waits for the answer any more
            self._leave()
