"""Which bank a question goes into, and who is asked: a bank of one's own, or a new one made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from ui.banks.question_form_fields import ChoiceField, Field, LineField
from ui.banks.question_form_ticks import TickField
from ui.sizes import spaced
from ui.widgets.labels import heading, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.questions import Bank

NEW = ""
NEW_WORDS = "A new bank of your own…"
NO_OWN_BANK = "You have no bank of your own yet. One with this name is made when you keep the question."
MADE_ON_KEEPING = "It is made when you keep the question."
USUAL_NAME = "Our own questions"
ONE_ROLE = "This bank is for nobody else."
SEVERAL_ROLES = "Everybody whom the bank is for, unless you take a tick away."
LONGEST_NAME = 200
_LONGEST_SHOWN = 50
SHIPPED = (
    "This question came with the program. When you keep your change, it goes as a copy into a bank of your own, "
    "and the one that came with the program is retired."
)


class BankPart(QWidget):
    """Its fields say when another bank, or somebody else to ask, is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[Bank, ...] = ()
        self._names: dict[str, str] = {}
        self._fixed = ""
        self._shown = ""
        self.title = heading("Where it goes, and who is asked", 2)
        self.about = wrapped_label()
        self.bank = ChoiceField("Which bank")
        self.new_name = LineField("Name of your new bank", MADE_ON_KEEPING, longest=LONGEST_NAME)
        self.new_roles = TickField("Who your new bank is for", "The question is asked of everybody ticked here.")
        self.roles = TickField("Who is asked")
        self.fields: dict[str, Field] = {
            "bank": self.bank,
            "new-bank": self.new_name,
            "new-roles": self.new_roles,
            "roles": self.roles,
        }
        column = spaced(QVBoxLayout(self), gap=0.8)
        for label in (self.title, self.about):
            column.addWidget(label)
        for part in self.fields.values():
            column.addWidget(part)
            part.changed.connect(self._show)

    def offer(self, heads: Sequence[Bank], role_names: dict[str, str]) -> None:
        """These are the banks that can be changed; the one that was chosen stays so."""
        before = self.bank.value
        self._heads, self._names = tuple(heads), role_names
        self.bank.set_choices([*((head.id, shortened(head.title, _LONGEST_SHOWN)) for head in heads), (NEW, NEW_WORDS)])
        self.bank.show_value(before)
        self.new_roles.offer(list(role_names.items()))
        self._show()

    def begin(self, bank: str, roles: Sequence[str], *, fixed: bool, shipped: bool, usual_roles: Sequence[str]) -> None:
        """Show this bank as chosen; `fixed` where the question is in it already. `usual_roles` are for a new bank."""
        self._fixed = bank if fixed else ""
        self.offer(self._heads, self._names)
        self.bank.show_value(bank)
        title = next((head.title for head in self._heads if head.id == self._fixed), "")
        self.about.setText(
            SHIPPED if shipped else f"It is in your bank “{shortened(title, _LONGEST_SHOWN)}”." if title else ""
        )
        self.new_name.show_text(USUAL_NAME)
        self.new_roles.show_values(usual_roles)
        self._show()
        self.show_roles(roles)

    def show_roles(self, roles: Sequence[str]) -> None:
        """Tick these; none of them stands for everybody whom the bank is for."""
        head = self._head()
        of_bank = head.roles if head is not None else ()
        self.roles.show_values([role for role in roles if role in of_bank] or of_bank)

    @property
    def chosen(self) -> str:
        """The id of the bank, or nothing for a new one."""
        return self.bank.value

    def choose(self, bank: str) -> None:
        """Choose this bank, which may just have been made."""
        self.bank.show_value(bank)
        self._show()

    def asked(self) -> tuple[str, ...]:
        """The roles that are asked, in the order of the framework; none stands for everybody whom the bank is for."""
        head, ticked = self._head(), self.roles.values
        return () if head is None or set(ticked) == set(head.roles) else ticked

    @property
    def nobody(self) -> bool:
        """Whether no role of the bank is ticked."""
        return self._head() is not None and not self.roles.values

    def _head(self) -> Bank | None:
        return next((head for head in self._heads if head.id == self.chosen), None)

    def _show(self) -> None:
        head = self._head()
        self.bank.setVisible(bool(self._heads) and not self._fixed)
        for part in (self.new_name, self.new_roles):
            part.setVisible(head is None)
        self.new_name.set_hint(MADE_ON_KEEPING if self._heads else NO_OWN_BANK)
        self.roles.setVisible(head is not None)
        self.about.setVisible(bool(self.about.text()))
        if head is None:
            return
        self.roles.offer([(role, self._names.get(role, role)) for role in self._names if role in head.roles])
        if head.id != self._shown and not self.roles.values:
            self.roles.show_values(head.roles)  # in another bank begin with everybody
        self._shown = head.id
        self.roles.set_hint(ONE_ROLE if len(head.roles) == 1 else SEVERAL_ROLES)
