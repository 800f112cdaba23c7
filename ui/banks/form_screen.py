"""A screen with one form: filled when it has been read, and not left with changes without a question."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cqcmock.errors import UserError
from ui.banks.question_form_foot import Foot
from ui.commands import Commands
from ui.desk import Desk
from ui.screen import Rest, Screen


class FormScreen(Screen):
    """`leave_wanted`: the person wants to go back to the questions; `may_close` says whether that can be."""

    leave_wanted = Signal()

    def __init__(self, desk: Desk, commands: Commands, foot: Foot) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.foot = foot
        self._everything = False  # missing things are said too
        self._is_filled = self._keeping = self._asking = self._asked = self._over = self._shown = False

    # --- made by a subclass

    @property
    def is_changed(self) -> bool:
        """Whether anything stands in the form that is not kept."""
        raise NotImplementedError

    def keep(self) -> None:
        """Keep what stands in the form; what is missing is said at its field."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Put the keyboard where work begins."""
        raise NotImplementedError

    def _check(self) -> None:
        """Look for mistakes in the form."""
        raise NotImplementedError

    def _unkept(self) -> str:
        """What becomes of changes that are not kept, in words."""
        return ""

    def _left_unkept(self) -> None:
        """The person leaves without keeping the changes."""

    # --- reading, coming and going

    def _filled(self) -> None:
        """Everything stands in the form."""
        self._is_filled = True
        self.foot.show()
        self._check()
        if self._shown:
            self._begin()
        self._commands.refresh()
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self._over = True
        self._desk.messages.tell(error)
        self.filled.emit()

    def arrived(self) -> None:
        """Work begins with the first field."""
        self._shown = True
        if self._is_filled:
            self._begin()

    def may_close(self) -> bool:
        """Nothing that was written goes without a question."""
        if self._keeping or self._asked:
            return False
        if self._over or not self.is_changed:
            return True
        self._asking = self._asked = True
        self._desk.messages.ask(
            "Keep your changes?",
            yes="Keep them",
            no="Leave without keeping",
            then=self._answered,
            detail=self._unkept(),
        )
        self._asking = False
        return self._over

    def rest(self) -> Rest:
        """What was written stays as it is, and is asked about when somebody leaves."""
        self._asking = self._asked = False
        if self._keeping:
            return Rest.AT_WORK
        return Rest.OVER if self._over or not self.is_changed else Rest.KEPT

    def _answered(self, wanted: bool) -> None:
        self._asked = False
        if wanted:
            self.keep()
            return
        self._over = True
        self._left_unkept()
        if not self._asking:  # nobody waits for the answer any more
            self.leave_wanted.emit()

    # --- keeping

    @property
    def _ready(self) -> bool:
        return self._is_filled and not self._keeping and not self._over

    def _set_keeping(self, going_on: bool) -> None:
        self._keeping = going_on
        self.foot.keep.setEnabled(not going_on)
        self._commands.refresh()

    def _not_kept(self, error: UserError) -> None:
        self._set_keeping(False)
        self._check()
        self.foot.show_problem(f"It is not kept yet, and nothing that you typed is lost. {error}")
