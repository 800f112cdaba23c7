"""Writing a question of one's own, or changing one: a form that keeps what was typed whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from cqcmock.domain.english import shortened
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.banks import deeds
from ui.banks.form_screen import FormScreen
from ui.banks.head import Head
from ui.banks.question_form import QuestionForm
from ui.banks.question_form_fold import Fold
from ui.banks.question_form_foot import KEPT, Foot
from ui.banks.question_form_left import LeftBefore
from ui.banks.question_form_mistakes import Mistake, Written, mistakes_in
from ui.banks.question_form_reading import (
    Around,
    Kept,
    Opened,
    forget_put_by,
    keep,
    put_by,
    read_around,
    read_opened,
    was_put_by,
)
from ui.banks.question_form_sight import InSight
from ui.banks.reading import read_versions
from ui.banks.versions_part import VersionsPart
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.messages import Action, Kind
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.bank_editing import Deed

WAIT_MS = 200
"""From the last letter to the check."""

WIDEST_EMS = 56.0
LEFT = "What you had written is kept aside until you close the program: open the question again to go on with it."
VERSION_IS_IN = "The earlier version is in the form. It counts once you keep it."
_TAKEN_OUT = "taken-out-of-form"


class QuestionFormScreen(FormScreen):
    """`done` carries bank and question once it is kept, `deleted` the bank once the question is deleted.

    `leave_wanted`: the person wants to go back to the questions; `may_close` says whether that can be.
    """

    done = Signal(str, str)
    deleted = Signal(str)

    def __init__(self, desk: Desk, commands: Commands, bank_id: str, question_id: str = "") -> None:
        super().__init__(desk, commands, Foot("Keep the question", WIDEST_EMS))
        self._key = (bank_id, question_id)
        self._draft_key = self._key if question_id else ("", "")
        self._opened: Opened | None = None
        self._unchanged: Written | None = None
        self._mistakes: tuple[Mistake, ...] = ()
        self._checked = 0
        self._bring_back: Callable[[], None] | None = None
        self.form = QuestionForm(desk)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._check)
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        self.page = ScrollPage(widest=WIDEST_EMS, gap=0.9)
        self._in_sight = InSight(self.page)
        self.leave = link_button("Back to the questions", self.leave_wanted.emit)
        self.page.column.addWidget(Head("Change a question" if self._key[1] else "New question", self.leave))
        self.left_before = LeftBefore()
        self.page.column.addWidget(self.left_before)
        self.page.column.addWidget(self.form)
        self.versions = VersionsPart()
        self.versions.put_back.setText("Put this one back into the form")
        self.versions.put_back.setAccessibleName("Put this one back into the form")
        self.versions_fold = Fold("Earlier versions", self.versions)
        self.versions_fold.set_summary("How the question was before it was changed.")
        self.form.last.body.addWidget(self.versions_fold)
        self.delete = secondary_button("Delete this question", self.delete_question)
        self.page.column.addLayout(button_row(self.delete))
        whole.addWidget(self.page, 1)
        whole.addWidget(self.foot)
        self.foot.keep.setToolTip(first_key(CommandId.SAVE_QUESTION))
        for part in (self.left_before, self.form, self.versions_fold, self.delete, self.foot):
            part.hide()

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.deleted.connect(self._can_bring_back)
        self.form.points.moved_to.connect(self._in_sight.bring)
        self.left_before.wanted.connect(self._take_left)
        self.foot.keep_wanted.connect(self.keep)
        self.foot.to_first.connect(self.to_first)
        self.versions.put_back_wanted.connect(self.put_back)
        self.versions_fold.toggled.connect(self._read_versions)
        self._desk.signals.changed.connect(self._changed_elsewhere)
        handle = self._commands.handle
        handle(CommandId.SAVE_QUESTION, self.keep, screen=self, enabled_when=lambda: self._ready)
        handle(CommandId.UNDO, self.undo, screen=self, enabled_when=lambda: self._bring_back is not None)

    # --- reading

    def _read(self) -> None:
        desk, key = self._desk, self._key
        desk.tasks.database(lambda: read_opened(desk, *key), then=self._fill, failed=self._not_read, owner=self)

    def _fill(self, opened: Opened) -> None:
        self._opened = opened
        summary = opened.around.choices.bank(opened.bank)
        usual = opened.begin_with.roles or (summary.roles if opened.shipped and summary is not None else ())
        self.form.begin(opened, usual or (self._desk.settings.role,))
        self._unchanged = self.form.written()
        own = opened.question is not None and not opened.shipped
        self.versions_fold.setVisible(own)
        self.delete.setVisible(own)
        self.form.show()
        tab_through(self.page, self.leave, self.left_before, *self.form.stops(), self.versions_fold.button,
                    self.versions_fold.content, self.delete, self.foot)  # fmt: skip
        self.left_before.setVisible(was_put_by(self._desk, self._draft_key) is not None)
        self._filled()

    def _changed_elsewhere(self, what: Change) -> None:
        if self._opened is None or self._over or not what.touches(Subject.BANKS, Subject.STORIES, Subject.SETTINGS):
            return
        desk = self._desk
        desk.tasks.database(lambda: read_around(desk), then=self._take_around, owner=self)

    def _take_around(self, around: Around) -> None:
        """Other banks, another place: what is written stays."""
        assert self._opened is not None
        untouched = not self.is_changed
        self._opened = replace(self._opened, around=around)
        self.form.offer(around)
        if untouched:
            self._unchanged = self.form.written()
        self._check()

    # --- coming and going

    def _begin(self) -> None:
        self.page.to_top()
        if self.left_before.isVisibleTo(self):
            self.left_before.bring.setFocus()
        else:
            self.form.text.focus()

    @property
    def is_changed(self) -> bool:
        """Whether anything stands in the form that is not kept."""
        return self._unchanged is not None and self.form.written() != self._unchanged

    def _unkept(self) -> str:
        aside = "Otherwise they are kept aside until you close the program."
        return f"Something is missing before it can be kept in a bank. {aside}" if self._mistakes else aside

    def _left_unkept(self) -> None:
        put_by(self._desk, self._draft_key, self.form.written())
        self._desk.messages.say(LEFT)

    def _take_left(self, wanted: bool) -> None:
        written = was_put_by(self._desk, self._draft_key)
        forget_put_by(self._desk, self._draft_key)
        self.form.text.focus()
        self.left_before.hide()
        if wanted and written is not None:
            self.form.show_written(written)

    # --- checking

    def _changed(self) -> None:
        self._timer.start()
        self.foot.problem.hide()

    def _check(self) -> None:
        self._timer.stop()
        if self._opened is None or self._over:
            return
        self._checked += 1
        number, written, heads = self._checked, self.form.written(), self._opened.around.heads

        def found(mistakes: tuple[Mistake, ...]) -> None:
            if number == self._checked:
                self._show_mistakes(mistakes)

        self._desk.tasks.database(lambda: mistakes_in(written, heads), then=found, owner=self)

    def _show_mistakes(self, mistakes: tuple[Mistake, ...]) -> None:
        self._mistakes = tuple(self.form.in_order(mistakes))
        self.form.show_mistakes(self._mistakes, everything=self._everything)
        if not self._keeping:
            self.foot.show_state(self._mistakes, changed=self.is_changed)

    def to_first(self) -> None:
        """Say all that is to be mended, and go to the first of it."""
        self._everything = True
        self.form.show_mistakes(self._mistakes, everything=True)
        if self._mistakes:
            self.form.focus(self._mistakes[0].place)
            field = self.form.field(self._mistakes[0].place)
            if field is not None:
                self._in_sight.bring(field)

    # --- deeds

    def keep(self) -> None:
        """Keep the question; what is wrong with it is said at its field, and everything stays as it was typed."""
        if not self._ready:
            return
        assert self._opened is not None
        opened, written, desk = self._opened, self.form.written(), self._desk
        if opened.question is not None and not self.is_changed:
            self.foot.show_state(self._mistakes, changed=False)
            announce(self.foot, KEPT)
            return
        self._set_keeping(True)
        self.foot.show_keeping()
        desk.tasks.database(
            lambda: keep(desk, opened, written),
            then=lambda kept: self._kept(kept, written),
            failed=self._not_kept,
            owner=self,
        )

    def _kept(self, kept: Kept, written: Written) -> None:
        self._set_keeping(False)
        if kept.deed is None:
            self._show_mistakes(kept.mistakes)
            self.to_first()
            return
        self._over = True
        self._forget_taken_out()
        forget_put_by(self._desk, self._draft_key)
        deed = kept.deed
        assert deed.question is not None
        deeds.did(self._desk, deed, self._said(written))
        self.done.emit(*deed.question)

    def _said(self, written: Written) -> str:
        assert self._opened is not None
        titles = {head.id: head.title for head in self._opened.around.heads}
        bank = titles.get(written.bank, written.new_bank)
        if self._opened.shipped:
            return f"Your copy is kept in “{bank}”. The question that came with the program is retired."
        if self._opened.question is None:
            return f"The question is kept in “{bank}”. It can be rehearsed from now on."
        return "Your change is kept."

    def delete_question(self) -> None:
        """Take the question out of its bank; the message that says so brings it back."""
        if not self._ready:
            return
        assert self._opened is not None
        assert self._opened.question is not None
        desk, (bank_id, question_id) = self._desk, self._key
        said = f"“{shortened(self._opened.around.choices.asked(self._opened.question.text), 80)}” is deleted."
        self._set_keeping(True)

        def delete() -> Deed:
            from cqcmock.services import bank_editing

            return bank_editing.delete_question(desk.library, bank_id, question_id, desk.clock)

        def gone(deed: Deed) -> None:
            self._set_keeping(False)
            self._over = True
            self._forget_taken_out()
            deeds.did(desk, deed, said)
            self.deleted.emit(bank_id)

        desk.tasks.database(delete, then=gone, failed=self._not_deleted, owner=self)

    def _not_deleted(self, error: UserError) -> None:
        self._set_keeping(False)
        self.foot.show_problem(f"It is not deleted. {error}")

    # --- what can be brought back

    def _can_bring_back(self, said: str, bring_back: Callable[[], None]) -> None:
        self._bring_back = bring_back
        self._desk.messages.keep(_TAKEN_OUT, said, Kind.DONE, action=Action(title="Undo", do=self.undo))
        self._commands.refresh()

    def undo(self) -> None:
        """Bring back what was taken out of the form last."""
        bring_back = self._bring_back
        self._forget_taken_out()
        if bring_back is not None and not self._over:
            bring_back()

    def _forget_taken_out(self) -> None:
        self._bring_back = None
        self._desk.messages.clear(_TAKEN_OUT)
        self._commands.refresh()

    def _read_versions(self, is_open: bool) -> None:
        if not is_open or self._opened is None:
            return
        desk, key, choices = self._desk, self._key, self._opened.around.choices
        desk.tasks.database(
            lambda: read_versions(desk, key),
            then=lambda versions: self.versions.show_versions(versions, choices.bank(key[0]), choices),
            owner=self,
        )

    def put_back(self, earlier: Question) -> None:
        """Show an earlier version in the form; it counts once it is kept."""
        before = self.form.written()

        def bring_back() -> None:
            self.form.show_written(before)

        self.form.show_question(earlier)
        self.page.to_top()
        self.form.text.focus()
        self._can_bring_back(VERSION_IS_IN, bring_back)
