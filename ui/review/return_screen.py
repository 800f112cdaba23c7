"""The reviewer gives a pack back: what is done and what is missing, one sealed file, and the receipt for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cqcmock.domain.review import LONGEST_WHY, ReturnDraft
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject, change
from ui.autosave import Autosave
from ui.banks.head import Head
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.rehearse.limited_text import LimitedText, keep_caret_in_view, never_call_saved
from ui.rehearse.saved_label import SavedLabel
from ui.rehearse.trouble import Trouble
from ui.review import return_words as words
from ui.review.papers import receipt_paper
from ui.review.papers_card import PapersCard
from ui.review.return_reading import ToReturn, forget_pack, keep_draft, own_key_words, read_to_return, return_pack
from ui.review.return_receipt import EarlierReceipts, ReceiptCard
from ui.review.return_sheets import LEGEND, SheetList
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import problem_label, small_label, wrapped_label
from ui.widgets.pill import SHAPES, pill, restyle
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from pathlib import Path

    from cqcmock.services.reviewing import Receipt

RETURN = "Return the pack…"


class ReturnScreen(Screen):
    """`done` when the receipt has been read or the pack is forgotten; `sheet_wanted` carries the pack and a sheet."""

    done = Signal(str)
    back_wanted = Signal(str)
    left_for_now = Signal()
    sheet_wanted = Signal(str, str)

    def __init__(self, desk: Desk, commands: Commands, pack_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.pack_id = pack_id
        self.pack: ToReturn | None = None
        self.receipt: Receipt | None = None
        self._writing = False
        self._gone = False
        self._just_arrived = False
        self._refused = False
        self._draft_shown = False
        self.autosave: Autosave[ReturnDraft] = Autosave(
            self._draft, lambda draft: keep_draft(desk, pack_id, draft), desk.tasks, parent=self
        )
        self.saved = SavedLabel(self.autosave, desk.messages)
        self._lay_out()
        commands.handle(CommandId.RETURN_PACK, self.return_it, screen=self, enabled_when=self._ready)
        desk.signals.changed.connect(self._changed)

    def _lay_out(self) -> None:
        page = self.page = ScrollPage(gap=0.9)
        spaced(QVBoxLayout(self), gap=0).addWidget(page)
        self.back = link_button("Back to marking", self.go_back)
        self.leave = link_button("Leave for now", self.put_by)
        page.column.addWidget(Head("Return the pack", self.back, self.leave))
        self.about = wrapped_label(quiet=True)
        page.column.addWidget(self.about)
        self.trouble = Trouble(self._read)
        page.column.addWidget(self.trouble)
        self.receipt_card = ReceiptCard()
        self.receipt_card.done.connect(lambda: self.done.emit(self.pack_id))
        self.receipt_card.later.connect(self.left_for_now)
        self.receipt_card.forget.connect(self.forget)
        self.receipt_card.paper.connect(self.offer_receipt)
        self.papers = PapersCard(self._desk)
        self.form = QWidget()
        column = spaced(QVBoxLayout(self.form), gap=0.9)
        column.addWidget(self._make_sheets())
        column.addWidget(self._make_return())
        self.earlier = EarlierReceipts()
        self.earlier.forget.connect(self.forget)
        for part in (self.receipt_card, self.papers, self.form, self.earlier):
            page.column.addWidget(part)
            part.hide()

    def _make_sheets(self) -> Card:
        self.state = pill("")
        card = self.sheets_card = Card("Your sheets", pill=self.state)
        self.how_far = wrapped_label()
        self.sheets = SheetList(self._desk.theme)
        self.sheets.open_wanted.connect(self.go_to)
        self.go = secondary_button("Go to this sheet", lambda: self.go_to(self.sheets.chosen))
        self.unwritten = wrapped_label(quiet=True)
        for part in (self.how_far, self.sheets, small_label(LEGEND)):
            card.body.addWidget(part)
        card.add_buttons(self.go)
        card.body.addWidget(self.unwritten)
        return card

    def _make_return(self) -> Card:
        card = Card("One sealed file")
        card.body.addWidget(
            wrapped_label("Everything that you submitted goes into one file, which only the council can open.")
        )
        self.why = LimitedText(words.WHY_TITLE, words.WHY_HELP, lowest=2.6, highest=8.0, longest=LONGEST_WHY)
        self.why.changed.connect(self._typed)
        keep_caret_in_view(self.page, self.why)
        never_call_saved(self.saved, self.autosave.saved, self.why)
        self.sign = QCheckBox(words.SIGN)
        self.sign.setAccessibleDescription(words.SIGN_WHY)
        self.sign.toggled.connect(self._sign_toggled)
        self.sign.clicked.connect(lambda _checked: self.saved.touch())
        self.key = wrapped_label()
        self.key.hide()
        self.problem = problem_label()
        self.problem.hide()
        self.doing = wrapped_label("Writing the file…", quiet=True)
        self.doing.hide()
        self.return_button = primary_button(RETURN, self.return_it)
        self.return_button.setToolTip(first_key(CommandId.RETURN_PACK))
        for part in (self.why, self.saved, self.sign, small_label(words.SIGN_WHY), self.key, self.problem, self.doing):
            card.body.addWidget(part)
        card.add_buttons(self.return_button)
        self.return_card = card
        return card

    # --- reading

    def arrived(self) -> None:
        """Look again: sheets may have been submitted meanwhile."""
        self._just_arrived = True
        self._read()

    def _read(self) -> None:
        if self._gone:
            return
        self._desk.tasks.database(
            lambda: read_to_return(self._desk, self.pack_id), then=self._fill, failed=self._not_read, owner=self
        )

    def _not_read(self, error: UserError) -> None:
        self.trouble.tell(error)
        self.filled.emit()

    def _changed(self, change: Change) -> None:
        if change.touches(Subject.PACKS) and (not change.ids or self.pack_id in change.ids):
            self._read()

    def _fill(self, pack: ToReturn) -> None:
        self.trouble.hide()
        self.pack = pack
        self.about.setText(words.about(pack))
        text, tone = words.missing_pill(pack)
        self.state.setText(f"{SHAPES[tone]}\u2002{text}")
        self.state.setAccessibleName(text)
        self.state.setProperty("light", tone.value)
        restyle(self.state)
        self.how_far.setText(words.how_far(pack))
        self.sheets.show_lines(words.sheet_lines(pack))
        if self._just_arrived and self.sheets.lines.lines:
            self.sheets.choose(self.sheets.lines.lines[0].key)
        self.unwritten.setText(words.unwritten(pack))
        self.unwritten.setVisible(bool(pack.unwritten))
        self.why.setVisible(bool(pack.missing))
        self.saved.setVisible(bool(pack.missing))
        if not self._draft_shown:  # once: from then on what is on screen is the newest
            self._draft_shown = True
            self.why.show_text(pack.draft.why_incomplete)
            self.sign.setChecked(pack.draft.signed)
        if self._refused and not pack.missing:
            self._take_problem_away()
        self._show_parts()
        if self._just_arrived:
            self._just_arrived = False
            self._focus()
        self.filled.emit()

    def _show_parts(self) -> None:
        """Either what goes back, or the receipt and what is still missing; below it what was returned earlier."""
        if self.pack is None:
            return
        earlier = self.pack.receipts
        if self.receipt is not None:
            earlier = tuple(one for one in earlier if (one.at, one.code) != (self.receipt.at, self.receipt.code))
        self.form.setVisible(self.receipt is None or bool(self.pack.missing))
        self.return_card.setVisible(self.receipt is None)
        self.receipt_card.setVisible(self.receipt is not None)
        self.leave.setVisible(self.receipt is None)
        self.earlier.show_receipts(earlier, offer=self.receipt is None)
        self._commands.refresh()

    def _focus(self) -> None:
        if self.pack is None:
            return
        if self.receipt is not None:
            part: QWidget = self.receipt_card.done_button
        else:
            part = self.sheets if self.pack.missing else self.return_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        if part is self.return_button:
            self.page.bring(part)
        else:
            self.page.to_top()

    # --- deeds

    def go_to(self, sheet_id: str) -> None:
        """Somebody wants to see a sheet again."""
        if sheet_id and self.may_close():
            self.sheet_wanted.emit(self.pack_id, sheet_id)

    def go_back(self) -> None:
        """Back to where marking stopped."""
        if self.may_close():
            self.back_wanted.emit(self.pack_id)

    def put_by(self) -> None:
        """Leave now and return the pack another day."""
        if self.may_close():
            self.left_for_now.emit()

    def return_it(self) -> None:
        """Ask where to, and write the file; while sheets are missing only if somebody says why."""
        pack = self.pack
        if pack is None or not self._ready():
            return
        if pack.missing and (self.why.too_long or not self.why.edit.toPlainText().strip()):
            self._refuse(pack)
            return
        suggestion = words.file_name(pack.file_name, pack.hint)
        self._desk.messages.choose_save_file("Return the pack", suggestion, words.RETURNED_MARKS, self._write_to)

    def _ready(self) -> bool:
        return self.pack is not None and not self._writing and not self._gone

    def _refuse(self, pack: ToReturn) -> None:
        self._show_receipt(None)
        if not self.why.too_long:
            self._say_problem(words.refused(pack.missing))
            self._refused = True
        self.why.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.bring(self.return_card)

    def _write_to(self, path: Path) -> None:
        if not self._ready():
            return
        self._show_receipt(None)
        self._take_problem_away()
        self._set_writing(True)
        self.autosave.save_now()  # before the return, which drops what is kept
        why, sign = self.why.edit.toPlainText(), self.sign.isChecked()
        self._desk.tasks.database(
            lambda: return_pack(self._desk, self.pack_id, path, why=why, sign=sign),
            then=self._returned,
            failed=self._not_returned,
            owner=self,
        )

    def _returned(self, receipt: Receipt) -> None:
        self._set_writing(False)
        self.saved.stop()
        self.why.show_text("")  # it went with the file
        self._show_receipt(receipt)
        self._focus()
        announce(self.receipt_card, f"{words.WRITTEN} {self.receipt_card.code.accessibleName()}")
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(self.pack_id,)))

    def _not_returned(self, error: UserError) -> None:
        self._set_writing(False)
        self._say_problem(words.not_returned(error))
        self.return_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.bring(self.return_card)
        self._read()  # another window or the command line may have changed the sheets

    def _show_receipt(self, receipt: Receipt | None) -> None:
        self.receipt = receipt
        self.papers.hide()
        if receipt is not None and self.pack is not None:
            self.receipt_card.show_receipt(receipt, self.pack)
        self._show_parts()

    def offer_receipt(self) -> None:
        """Offer the receipt of what was returned just now on paper."""
        if self.receipt is not None:
            paper = receipt_paper(self._desk, self.pack_id, self.receipt)
            self.papers.offer((paper,), self.receipt_card.paper_button, title=paper.label)
            self.page.bring(self.papers)

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        announce(self.problem, text, at_once=True)

    def _take_problem_away(self) -> None:
        self._refused = False
        self.problem.hide()

    def _set_writing(self, going_on: bool) -> None:
        self._writing = going_on
        self.doing.setVisible(going_on)
        for part in (self.form, self.back, self.leave, self.earlier):
            part.setEnabled(not going_on)
        if going_on:
            announce(self.doing, self.doing.text())
        self._commands.refresh()

    def may_close(self) -> bool:
        """Not while the file is being written: it is known in a moment whether it is there. Words are on disk first."""
        if self._writing:
            return False
        if self._gone:
            return True
        if (self.why.too_long and not self.why.isHidden()) or not self.autosave.flush():
            if self.why.isVisible():
                self.why.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self.page.bring(self.return_card)
            return False
        return True

    # --- what is settled about the return before it is made

    def _draft(self) -> ReturnDraft:
        return ReturnDraft(why_incomplete=self.why.edit.toPlainText(), signed=self.sign.isChecked())

    def _typed(self, _words: str) -> None:
        self.saved.touch()
        self._take_problem_away()

    # --- the reviewer's own key

    def _sign_toggled(self, sign: bool) -> None:
        self.key.setVisible(sign and bool(self.key.text()))
        if sign and not self.key.text():
            self._desk.tasks.database(
                lambda: own_key_words(self._desk), then=self._show_key, failed=self._no_key, owner=self
            )

    def _show_key(self, six: str) -> None:
        self.key.setText(f"Your key in six words, should the council ask: {six}")
        self.key.setVisible(self.sign.isChecked())
        announce(self.key, self.key.text())

    def _no_key(self, error: UserError) -> None:
        self.sign.setChecked(False)
        self._say_problem(str(error))

    # --- forgetting

    def forget(self) -> None:
        """Ask, and wipe the pack from this computer."""
        pack = self.pack
        if pack is None or not self._ready():
            return
        self._desk.messages.ask(
            "Forget this pack on this computer?",
            yes="Forget it",
            no="Keep it",
            then=self._forget,
            detail=words.lost_by_forgetting(pack, pack.receipts[0] if pack.receipts else self.receipt),
        )

    def _forget(self, agreed: bool) -> None:
        if not agreed or not self._ready():
            return
        self._gone = True
        self._desk.tasks.database(
            lambda: forget_pack(self._desk, self.pack_id),
            then=lambda _: self._forgotten(),
            failed=self._not_forgotten,
            owner=self,
        )

    def _forgotten(self) -> None:
        self.saved.stop()
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(self.pack_id,)))
        self._desk.messages.say("The pack and all its marks are gone from this computer.")
        self.done.emit(self.pack_id)

    def _not_forgotten(self, error: UserError) -> None:
        self._gone = False
        if self._desk.messages.way_on(error) is not None:  # it is on hold
            self._desk.messages.tell(error)
        elif self.receipt is not None:
            self.receipt_card.say_problem(str(error))
            announce(self.receipt_card.problem, str(error), at_once=True)
        else:
            self._say_problem(str(error))
            self.page.bring(self.problem)
        self._read()
