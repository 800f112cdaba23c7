"""A bank of the council's own: what it is called, and whose interviews it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.domain.english import listed
from cqcmock.errors import UserError
from ui.banks import deeds
from ui.banks.form_screen import FormScreen
from ui.banks.head import Head
from ui.banks.question_form_fields import Field, LineField
from ui.banks.question_form_foot import Foot
from ui.banks.question_form_mistakes import Mistake
from ui.banks.question_form_ticks import TickField
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.card import Card
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.bank_editing import Deed

WIDEST_EMS = 44.0
LONGEST_TITLE = 200
NO_TITLE = "Give the bank a name."
NO_ROLES = "Tick at least one role."
STILL_NAMED = "There are questions in this bank just for {}. Leave the tick, or change those questions first."
_TITLE, _ROLES = "title", "roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBank:
    """A bank as it is, or an empty one; each role is an id and a name. `named` are those that its questions name."""

    title: str
    roles: tuple[str, ...]
    every_role: tuple[tuple[str, str], ...]
    named: frozenset[str] = frozenset()


class BankFormScreen(FormScreen):
    """`done` carries the id of the bank once it is kept; `leave_wanted` asks for the way back."""

    done = Signal(str)

    def __init__(self, desk: Desk, commands: Commands, bank_id: str = "") -> None:
        super().__init__(desk, commands, Foot("Keep the bank", WIDEST_EMS))
        self._bank_id = bank_id
        self._opened: OpenedBank | None = None
        self.page = ScrollPage(widest=WIDEST_EMS, gap=0.9)
        self.leave = link_button("Back to the questions", self.leave_wanted.emit)
        self.title = LineField("Name of the bank", "For instance “Our hospital team”.", longest=LONGEST_TITLE)
        self.roles = TickField(
            "Who it is for", "Its questions are put to everybody ticked here, unless a question says otherwise."
        )
        self.fields: dict[str, Field] = {_TITLE: self.title, _ROLES: self.roles}
        self._lay_out()
        self._connect()
        desk.tasks.database(lambda: read_bank(desk, bank_id), then=self._fill, failed=self._not_read, owner=self)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        self.page.column.addWidget(Head("Change a bank" if self._bank_id else "New bank", self.leave))
        self.card = Card()
        spaced(self.card.body, gap=0.9, margins=(1.35, 1.15, 1.35, 1.15))
        for field in self.fields.values():
            self.card.body.addWidget(field)
        self.page.column.addWidget(self.card)
        whole.addWidget(self.page, 1)
        whole.addWidget(self.foot)
        self.foot.keep.setToolTip(first_key(CommandId.SAVE_QUESTION))
        for part in (self.card, self.foot):
            part.hide()

    def _connect(self) -> None:
        for part in self.fields.values():
            part.changed.connect(self._changed)
        self.foot.keep_wanted.connect(self.keep)
        self.foot.to_first.connect(self.to_first)
        handle = self._commands.handle
        handle(CommandId.SAVE_QUESTION, self.keep, screen=self, enabled_when=lambda: self._ready)

    # --- reading, coming and going

    def _fill(self, opened: OpenedBank) -> None:
        self._opened = opened
        self.title.show_text(opened.title)
        self.roles.offer(opened.every_role)
        self.roles.show_values(opened.roles)
        self.card.show()
        self._filled()

    def _begin(self) -> None:
        self.page.to_top()
        self.title.focus()

    @property
    def is_changed(self) -> bool:
        """Whether anything stands in the form that is not kept."""
        opened = self._opened
        return opened is not None and (self.title.text, {*self.roles.values}) != (opened.title, {*opened.roles})

    # --- checking and keeping

    def _changed(self) -> None:
        self.foot.problem.hide()
        self._check()

    def _mistakes(self) -> list[Mistake]:
        found = []
        if not self.title.text:
            found.append(Mistake(place=("", _TITLE), sentence=NO_TITLE, missing=True))
        if not self.roles.values:
            found.append(Mistake(place=("", _ROLES), sentence=NO_ROLES, missing=True))
        elif self._opened is not None and (gone := self._opened.named - {*self.roles.values}):
            names = listed([name for role, name in self._opened.every_role if role in gone])
            found.append(Mistake(place=("", _ROLES), sentence=STILL_NAMED.format(names)))
        return found

    def _check(self) -> None:
        mistakes = self._mistakes()
        said = {mistake.place[1]: mistake.sentence for mistake in mistakes}
        for name, part in self.fields.items():
            part.set_problem(said.get(name, "") if self._everything or part.touched else "")
        self.foot.show_state(mistakes, changed=self.is_changed)

    def to_first(self) -> None:
        """Say all that is to be mended, and go to the first of it."""
        self._everything = True
        self._check()
        if mistakes := self._mistakes():
            self.fields[mistakes[0].place[1]].focus()

    def keep(self) -> None:
        """Keep the bank; what is missing is said at its field."""
        if not self._ready:
            return
        if self._mistakes():
            self.to_first()
            return
        desk, bank_id, title, roles = self._desk, self._bank_id, self.title.text, self.roles.values
        self._set_keeping(True)
        self.foot.show_keeping()

        def keep() -> Deed:
            from cqcmock.services import bank_editing

            if bank_id:
                return bank_editing.change_bank(desk.library, bank_id, title, roles, desk.clock)
            return bank_editing.create_bank(desk.library, title, roles, desk.clock)

        desk.tasks.database(keep, then=self._kept, failed=self._not_kept, owner=self)

    def _kept(self, deed: Deed) -> None:
        self._set_keeping(False)
        self._over = True
        said = f"The bank “{self.title.text}” is {'changed' if self._bank_id else 'made'}."
        deeds.did(self._desk, deed, said)
        self.done.emit(self._bank_id or (deed.question[0] if deed.question is not None else ""))


def read_bank(desk: Desk, bank_id: str) -> OpenedBank:
    """In the database lane: the bank. Raises UserError where it has gone, or came with the program."""
    from cqcmock.services import bank_trying, banks, shipped

    roles = tuple((role.id, role.name) for role in shipped.framework().roles)
    if not bank_id:
        return OpenedBank(title="", roles=(), every_role=roles)
    head = next((head for head in bank_trying.heads(desk.library) if head.id == bank_id), None)
    if head is None:
        there = banks.show_bank(desk.library, bank_id)
        raise UserError(
            f"“{there.title}” came with the program and stays as it is.", "Make a bank of your own beside it."
        )
    named = frozenset(role for question in banks.show_bank(desk.library, bank_id).questions for role in question.roles)
    return OpenedBank(title=head.title, roles=head.roles, every_role=roles, named=named)
