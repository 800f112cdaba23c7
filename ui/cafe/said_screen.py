"""“You said, we did”: what people said at cafés, who takes it on, what was done, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui import undo
from ui.app_signals import Change, Subject, change
from ui.cafe import said_reading, said_words
from ui.cafe.said_entries_card import Deed, EntriesCard
from ui.cafe.said_form import NOT_KEPT, DoneForm, EntryForm, Form
from ui.cafe.said_reading import Said, read_said
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.labels import TextLabel, heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.cafe.you_said import SaidEntry

T = TypeVar("T")

_GONE = "This entry is no longer in the library. Leave this, and write a new one if it is still needed."


class SaidScreen(Screen):
    """It reads the library by itself, and again whenever something of a café changes."""

    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._reading = False
        self._read_again = False
        self._arriving = False
        self._wanted = ""
        self.said: Said | None = None
        self.page = ScrollPage(gap=1.0)
        self.back = link_button("Back to the café", self.leave)
        self.words: TextLabel = wrapped_label("Reading…", quiet=True)
        self.trouble = problem_label()
        self.try_again = secondary_button("Try again", self.refresh)
        self.add = primary_button("Add an entry", self.write_new)
        self.form = EntryForm()
        self.done = DoneForm()
        self.entries = EntriesCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        left = Qt.AlignmentFlag.AlignLeft
        top = spaced(QVBoxLayout(), gap=0.3)
        top.addWidget(self.back, 0, left)
        top.addWidget(heading("You said, we did"))
        top.addWidget(wrapped_label(said_words.WHO_SEES, quiet=True))
        column.addLayout(top)
        for label in (self.words, self.trouble):
            column.addWidget(label)
        for button in (self.try_again, self.add):
            column.addWidget(button, 0, left)
        later: tuple[QWidget, ...] = (self.form, self.done, self.entries)
        for part in later:
            column.addWidget(part)
        for part in (self.trouble, self.try_again, self.add, *later):
            part.hide()

    def _connect(self) -> None:
        self.form.keep_wanted.connect(self._keep_entry)
        self.done.keep_wanted.connect(self._keep_done)
        for form in (self.form, self.done):
            form.left.connect(self._form_left)
        self.entries.wanted.connect(self._do_with)
        self._commands.handle(
            CommandId.UNDO,
            lambda: undo.undo_last(self._desk, Subject.CAFES),
            screen=self,
            enabled_when=lambda: undo.can_undo(self._desk, Subject.CAFES),
        )
        self._desk.signals.changed.connect(self._changed)

    # --- coming and going

    def arrived(self) -> None:
        """Read again, and put the keyboard where work begins."""
        self._arriving = True
        self.refresh()

    def may_close(self) -> bool:
        """What is written and not kept is not thrown away without a word."""
        form = self._touched_form()
        if form is None:
            return True
        form.tell(NOT_KEPT)
        self.page.bring(form)
        return False

    def rest(self) -> Rest:
        """What is written stays as it is."""
        return Rest.OVER if self._touched_form() is None else Rest.KEPT

    def leave(self) -> None:
        """Back to the café, unless something is written that is not kept."""
        if self.may_close():
            self.left_for_now.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _touched_form(self) -> Form | None:
        forms: tuple[Form, ...] = (self.form, self.done)
        return next((form for form in forms if form.touched), None)

    # --- what is shown

    def refresh(self) -> None:
        """Read everything, once more if it changed while it was read."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self._desk.tasks.database(lambda: read_said(self._desk), then=self._came, failed=self._not_read, owner=self)

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.CAFES):
            self.refresh()

    def _came(self, said: Said) -> None:
        self._reading = False
        if said != self.said:
            self._show(said)
        self._show_trouble(None)
        if self._arriving and self.isVisible() and self._open_form() is None:
            first = self.entries.list if said.entries else self.add
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.to_top()
        self._arriving = self._arriving and self._read_again
        self._commands.refresh()
        self.filled.emit()
        if self._read_again:
            self._read_again = False
            self.refresh()

    def _show(self, said: Said) -> None:
        self.said = said
        in_entries = self.entries.isAncestorOf(self.focusWidget() or self)
        self.setUpdatesEnabled(False)
        self.words.setText(said_words.summary(said.entries, said.today))
        self.entries.show_said(said, self._wanted)
        if self.entries.list.chosen == self._wanted:
            self._wanted = ""
        if self._open_form() is None:
            self.add.show()
        if in_entries and not said.entries:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entries.setVisible(bool(said.entries))
        self.setUpdatesEnabled(True)

    def _not_read(self, error: UserError) -> None:
        self._reading = self._read_again = False
        self._show_trouble(error)
        if self._arriving:
            self.try_again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def _show_trouble(self, error: UserError | None) -> None:
        self.words.setVisible(error is None)
        self.trouble.setText(str(error) if error is not None else "")
        self.trouble.setVisible(error is not None)
        self.try_again.setVisible(error is not None)

    # --- writing

    def write_new(self) -> None:
        """Write a new entry."""
        said = self.said
        if said is not None and self._make_room(self.form):
            self.form.write_new(said.starts, said.today)

    def _make_room(self, form: Form) -> bool:
        """Put this form in place of the other and of the button, if nothing is lost by it."""
        if not self.may_close():
            return False
        for other in (self.form, self.done):
            if other is not form:
                other.put_away()
        self.add.hide()
        self.page.bring(form)
        return True

    def _open_form(self) -> Form | None:
        forms: tuple[Form, ...] = (self.form, self.done)
        return next((form for form in forms if not form.isHidden()), None)

    def _form_left(self) -> None:
        self.add.show()
        stays = self.said is not None and bool(self.said.entries)
        (self.entries.list if stays else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_entry(self) -> None:
        form, desk = self.form, self._desk
        words, owner, due, start = form.words.words, form.owner.text(), form.due, form.chosen_start
        if not form.entry:
            self._keep(form, lambda: said_reading.add(desk, words, owner, due, start), self._added)
        elif (before := self._entry(form.entry)) is not None:
            self._keep(
                form,
                lambda: said_reading.alter(desk, before.id, words, owner, due),
                lambda made: self._did(
                    made.id,
                    f"“{_short(made)}” was changed.",
                    lambda: said_reading.alter(desk, before.id, before.said, before.owner, before.due),
                    f"“{_short(before)}” is as it was.",
                ),
            )
        else:
            form.tell(_GONE)

    def _added(self, made: SaidEntry) -> None:
        desk = self._desk
        self._did(
            made.id,
            f"“{_short(made)}” was added. Only you see it.",
            lambda: said_reading.remove(desk, made.id),
            f"“{_short(made)}” was taken out again.",
        )

    def _keep_done(self) -> None:
        form, desk = self.done, self._desk
        entry, did, on = self._entry(form.entry), form.words.words, form.done_on
        if entry is None:
            form.tell(_GONE)
            return
        self._keep(
            form,
            lambda: said_reading.mark_done(desk, entry.id, did, on),
            lambda _: self._did(
                entry.id,
                f"Done: “{_short(entry)}”.",
                lambda: said_reading.done_as_before(desk, entry),
                f"“{_short(entry)}” is as it was.",
            ),
        )

    def _keep(self, form: Form, deed: Callable[[], T], then: Callable[[T], None]) -> None:
        def kept(result: T) -> None:
            form.put_away()
            then(result)
            self.add.show()
            self.entries.list.setFocus(Qt.FocusReason.OtherFocusReason)

        form.keeping()
        self._desk.tasks.database(deed, then=kept, failed=form.tell, owner=self)

    # --- what is done with an entry

    def _do_with(self, deed: Deed, entry: SaidEntry) -> None:
        match deed:
            case Deed.FINISH if self._make_room(self.done):
                self.done.write(entry, self._desk.clock.today())
            case Deed.CHANGE if self._make_room(self.form):
                self.form.write_anew(entry, self._desk.clock.today())
            case Deed.OPEN_AGAIN:
                self._open_again(entry)
            case Deed.TELL | Deed.TELL_NO_MORE:
                self._tell(entry, others=deed is Deed.TELL)
            case Deed.REMOVE:
                self._ask_to_remove(entry)
            case _:
                pass

    def _open_again(self, entry: SaidEntry) -> None:
        desk = self._desk
        self._do(
            lambda: said_reading.open_again(desk, entry.id),
            lambda _: self._did(
                entry.id,
                f"“{_short(entry)}” is open again.",
                lambda: said_reading.done_as_before(desk, entry),
                f"“{_short(entry)}” is done again.",
            ),
        )

    def _tell(self, entry: SaidEntry, *, others: bool) -> None:
        desk = self._desk
        told = {True: f"Others now see “{_short(entry)}”.", False: f"Others see “{_short(entry)}” no more."}
        self._do(
            lambda: said_reading.tell(desk, entry.id, others=others),
            lambda _: self._did(
                entry.id,
                told[others],
                lambda: said_reading.tell(desk, entry.id, others=not others),
                told[not others],
            ),
        )

    def _ask_to_remove(self, entry: SaidEntry) -> None:
        self._desk.messages.ask(
            f"Remove “{_short(entry)}” for good?",
            yes="Remove it",
            no="Keep it",
            then=lambda yes: self._remove(entry) if yes else None,
            detail="It cannot be brought back." + (" Others will not see it any more either." if entry.told else ""),
        )

    def _remove(self, entry: SaidEntry) -> None:
        desk = self._desk

        def removed(_: None) -> None:
            for form in (self.form, self.done):
                if form.entry == entry.id:
                    form.put_away()
                    self.add.show()
            desk.signals.changed.emit(change(Subject.CAFES, ids=(entry.id,)))
            desk.messages.say(f"“{_short(entry)}” was removed.")

        self._do(lambda: said_reading.remove(desk, entry.id), removed)

    def _did(self, entry_id: str, said: str, take_back: Callable[[], object], back: str) -> None:
        def taken_back() -> str:
            take_back()
            return back

        self._wanted = entry_id
        undo.did(self._desk, change(Subject.CAFES, ids=(entry_id,)), said, taken_back)
        self._commands.refresh()

    def _do(self, deed: Callable[[], T], then: Callable[[T], None]) -> None:
        def not_done(error: UserError) -> None:
            if self._desk.messages.way_on(error) is not None:  # it is on hold
                self._desk.messages.tell(error)
            else:
                self.entries.tell(error)
            self.refresh()

        self._desk.tasks.database(deed, then=then, failed=not_done, owner=self)

    def _entry(self, entry_id: str) -> SaidEntry | None:
        return next((one for one in self.said.entries if one.id == entry_id), None) if self.said else None


def _short(entry: SaidEntry) -> str:
    return shortened(entry.said, said_words.LONGEST)
