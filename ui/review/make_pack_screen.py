"""Making a pack for a reviewer: what and to whom, what could name somebody, and the sealed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject, change
from ui.commands import CommandId, Commands
from ui.desk import Desk
from ui.messages import Action, Kind
from ui.rehearse.trouble import Trouble
from ui.review.make_findings import FindingsStep
from ui.review.make_foot import Foot
from ui.review.make_leaving import LEAVE, WORDS_GONE, AskingScreen, Question
from ui.review.make_receipt import Receipt, who_is_who
from ui.review.make_saving import Saving, ToSave
from ui.review.make_seal import SealStep
from ui.review.make_sittings import Answers, Beginning, read_answers, read_beginning
from ui.review.make_what import WhatStep
from ui.review.make_work import PackWork
from ui.sizes import spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button
from ui.widgets.labels import small_label
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.who_can_see import WhoCanSee

if TYPE_CHECKING:
    from cqcmock.services.packing import Draft, MadePack

WIDEST_EMS = 50.0
ALL_OUT = "findings-all-out"
WHAT, FINDINGS, SEAL, RECEIPT = range(4)
_PROGRESS = ("Step 1 of 3", "Step 2 of 3", "Step 3 of 3", "Pack for a reviewer")
LOOKING = "Looking through every text for what could name somebody…"
STILL_SEALING = "The pack is being sealed. Wait a moment, and you see where it is."


class MakePackScreen(AskingScreen):
    """`done` carries the id of the pack once its receipt was read; `left_for_now` when somebody goes back without, to
    where `back` says. `rehearsal_wanted` and `home_wanted` where there is nothing to send yet."""

    done = Signal(str)
    left_for_now = Signal()
    rehearsal_wanted = Signal()
    home_wanted = Signal()

    def __init__(
        self, desk: Desk, commands: Commands, sitting_ids: tuple[str, ...] = (), back: str = "Back to peer review"
    ) -> None:
        super().__init__(desk)
        self._back = back
        self._commands = commands
        self._first = sitting_ids
        self.at = WHAT
        self.draft: Draft | None = None
        self.made: MadePack | None = None
        self._work = PackWork(desk, self)
        self._is_filled = self._shown = False
        self._decided_for = ""
        """The other reviewer for whom what is decided was decided at first."""
        self._lay_out()
        self._connect()
        self._show()
        self._read()

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        self.page = ScrollPage(widest=WIDEST_EMS, gap=0.9)
        self.leave = link_button(self._back, self.put_by)
        self.progress = small_label()
        self.what = WhatStep(self._desk.clock.today(), self._desk.settings.person)
        self.findings = FindingsStep()
        self.seal = SealStep()
        self.receipt = Receipt()
        self.trouble = Trouble(self._read)
        self.steps: tuple[QWidget, ...] = (self.what, self.findings, self.seal, self.receipt)
        self.head = QWidget()
        top = spaced(QHBoxLayout(self.head), gap=0.8)
        top.addWidget(self.progress, 1)
        top.addWidget(self.leave)
        for part in (self.head, self.trouble, *self.steps):
            self.page.column.addWidget(part)
        self.trouble.hide()
        self.foot = Foot(WIDEST_EMS)
        whole.addWidget(self.page, 1)
        whole.addWidget(self.foot)
        self.saving = Saving(self._desk, self._work, self.seal, self.foot, self._to_save, self)

    def _connect(self) -> None:
        self.foot.forward.clicked.connect(lambda _checked=False: self.go_on())
        self.foot.back.clicked.connect(lambda _checked=False: self.go_back())
        self.foot.stop.clicked.connect(lambda _checked=False: self.stop_looking())
        self.what.changed.connect(lambda: self.foot.say(""))
        self.what.sittings.rehearsal_wanted.connect(self.rehearsal_wanted)
        self.what.sittings.home_wanted.connect(self.home_wanted)
        self.what.sittings.answers_wanted.connect(self._read_answers)
        self.what.sittings.laid_out.connect(self._order_tabs)
        self.findings.changed.connect(self._say_left)
        self.findings.laid_out.connect(self._order_tabs)
        self.findings.go_on.connect(self._next_finding)
        self.findings.all_out.connect(self._offer_to_put_back)
        self.seal.other_words.connect(self._work.offer_words)
        self.seal.switched.connect(self._put_focus)
        self.saving.stuck.connect(lambda: self._put_focus(self.seal.first_stop or self.foot.forward))
        self.saving.began.connect(lambda: self.leave.setEnabled(False))
        self.saving.ended.connect(lambda: self.leave.setEnabled(True))
        work = self._work
        work.looked.connect(self._looked)
        work.not_looked.connect(self._not_looked)
        work.offered.connect(self._offered)
        work.made.connect(self._sealed)
        self._desk.signals.changed.connect(self._changed)
        self._commands.handle(
            CommandId.NEW_PACK, self.for_another, screen=self, enabled_when=lambda: self.at == RECEIPT
        )

    # --- coming and going

    def arrived(self) -> None:
        """Work begins with the rehearsals, or with the reviewer where those are chosen already."""
        self._shown = True
        self._order_tabs()
        if self._is_filled:
            self._focus()

    def _question(self) -> Question | None:
        if self.made is not None:
            return WORDS_GONE if self.saving.sealed_with else None
        return LEAVE if self.at > WHAT or self.what.is_changed else None

    def _wait(self) -> str:
        return STILL_SEALING if self.saving.is_sealing else ""

    def _stop(self) -> None:
        self._work.stop()
        self._desk.messages.clear(ALL_OUT)

    def _finish(self) -> None:
        self._over = True
        self._leave()

    def _leave(self) -> None:
        if self.made is not None:
            self.done.emit(self.made.pack.id)
        else:
            self.left_for_now.emit()

    # --- the rehearsals

    def _read(self) -> None:
        desk = self._desk
        self.trouble.hide()
        desk.tasks.database(lambda: read_beginning(desk), then=self._offer, failed=self._not_read, owner=self)

    def _offer(self, found: Beginning) -> None:
        first, self._first = self._first, ()
        sittings = found.offered.sittings
        was_empty = self.what.is_empty
        self.what.sittings.offer(sittings, self._desk.clock.today(), first, under_way=found.offered.under_way)
        self.what.show_known(found.reviewers)
        if self.what.is_empty != was_empty and self.at == WHAT:
            self._show()
        if self._is_filled:
            return
        self.what.begin()
        self._is_filled = True
        missing = len({*first} - {one.id for one in sittings})
        if missing:
            self.foot.say_problem(
                f"{count(missing, 'rehearsal')} that you chose cannot be sent: "
                "only those that are over, that have answers, and that somebody marks."
            )
        if self._shown:
            self._focus()
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self.trouble.tell(error)
        self.filled.emit()

    def _read_answers(self, sitting_id: str) -> None:
        desk, row = self._desk, self.what.sittings.row(sitting_id)

        def show(answers: Answers) -> None:
            seen = WhoCanSee(desk, "these answers")
            row.show_answers(answers, seen)
            seen.show_for(sitting_id)
            self._order_tabs()

        desk.tasks.database(
            lambda: read_answers(desk, sitting_id),
            then=show,
            failed=lambda error: row.not_read(str(error)),
            owner=row,
        )

    def _changed(self, what: Change) -> None:
        if what.touches(Subject.SITTINGS) and self.made is None and self._is_filled:
            self._work.wanted = None  # what was looked through may be something else by now
            self._read()

    # --- from step to step

    def go_on(self) -> None:
        """To the next step, or to what has to be mended first."""
        if self._work.is_looking or self.saving.is_sealing or self.what.is_empty:
            return
        (self._look, self._to_seal, self.saving.save, self._finish)[self.at]()

    def go_back(self) -> None:
        """To the step before; from the receipt, to the same answers for somebody else."""
        if self.saving.is_sealing:
            return
        if self.at == RECEIPT:
            self.for_another()
        elif self.at > WHAT:
            self._go(self.at - 1)

    def for_another(self) -> None:
        """The same choices for another reviewer: a pack of its own, with other words."""
        self._decided_for = self.made.pack.reviewer if self.made is not None else ""
        self.draft = self.made = self._work.wanted = None
        self.what.reviewer.show_text("")
        self.what.key.show_text("")
        self.seal.forget()
        self._go(WHAT)
        self._put_focus(self.what.reviewer.control)
        self._read()  # there is one more who was sent something before

    def _go(self, at: int) -> None:
        self.at = at
        self._desk.messages.clear(ALL_OUT)  # what is summed up in the next step stays as it is
        self._show()
        self._order_tabs()
        self.page.to_top()
        self._focus()
        self._commands.refresh()
        titles = (self.what.title, self.findings.title, self.seal.title, self.receipt.title)
        announce(self, f"{self.progress.text()}. {titles[at].text()}")

    def _show(self) -> None:
        for at, step in enumerate(self.steps):
            step.setVisible(at == self.at)
        self.progress.setText(_PROGRESS[self.at])
        self.leave.setVisible(self.at != RECEIPT)
        self.foot.say("")
        back = "" if self.at == WHAT else "Back"
        forward = "Save the pack…" if self.at == SEAL else "" if self.what.is_empty else "Next"
        self.foot.show_buttons(*(("Done", "The same for another reviewer") if self.at == RECEIPT else (forward, back)))
        if self.at == FINDINGS:
            self._say_left()

    def _focus(self) -> None:
        if self.at == WHAT:
            sittings = self.what.sittings
            self._put_focus(self.what.reviewer.control if sittings.chosen else sittings.first_stop)
        elif self.at == FINDINGS:
            self._next_finding()
        elif self.at == SEAL:
            self._put_focus(self.seal.first_stop or self.foot.forward)
        else:  # Return does not lead away from words that nobody has read
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_focus(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        if self.page.isAncestorOf(part):
            self.page.bring(part.parentWidget() or part)  # with what is said about it

    def _order_tabs(self) -> None:
        if self._shown:
            steps = (*self.what.stops, *self.findings.stops, self.seal)
            tab_through(self.head, self.trouble, *steps, self.foot.forward, self.foot.back, self.foot.stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return in a line goes on."""
        line = isinstance(self.focusWidget(), QLineEdit)
        if line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at in (WHAT, SEAL):
            self.go_on()
        else:
            super().keyPressEvent(event)

    # --- what could name somebody

    def _look(self) -> None:
        wrong = self.what.first_wrong()
        if wrong is not None:
            self._put_focus(wrong)
            return
        wanted = self.what.wanted()
        if wanted == self._work.wanted and self.draft is not None:
            self._go(FINDINGS)
            return
        self.draft = None
        self._work.look(wanted)
        self.what.setEnabled(False)
        self.foot.set_busy(LOOKING, stops=True)
        self.foot.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _looked(self, draft: Draft) -> None:
        self.draft = draft
        self.foot.set_busy("")
        self.what.setEnabled(True)
        self.findings.show_draft(draft, who_is_who(draft, self.what.sittings.sitting), self._decided_for)
        self._work.offer_words()
        self._go(FINDINGS)

    def _not_looked(self, error: UserError) -> None:
        self.stop_looking()
        self.foot.say_problem(str(error))

    def stop_looking(self) -> None:
        """Back to the choices."""
        self._stop()
        self.what.setEnabled(True)
        self.foot.set_busy("")
        self.foot.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_left(self) -> None:
        left, found = self.findings.undecided, self.findings.found
        decided = f"Everything is decided, as it was for {self._decided_for}. Look at it once more."
        if self.findings.carried.isHidden():
            decided = "Everything is decided." if found else ""
        self.foot.say(f"{left} of {found} still to decide." if left else decided)

    def _next_finding(self) -> None:
        card = self.findings.to_first()
        if card is None:
            self.foot.forward.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.page.bring(card)

    def _offer_to_put_back(self, before: object) -> None:
        assert isinstance(before, dict)
        put_back = Action(title="Undo", do=lambda: self.findings.put_back(before))
        self._desk.messages.keep(ALL_OUT, f"All {self.findings.found} are taken out.", Kind.DONE, action=put_back)
        self.foot.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_seal(self) -> None:
        left = self.findings.undecided
        if left or self.draft is None:
            places = "One place is" if left == 1 else f"{left:,} places are"
            self.foot.say_problem(f"{places} not decided yet. Take it out, or keep it and say why.")
            card = self.findings.to_first()
            if card is not None:
                self.page.bring(card)
            return
        self.seal.show_pack(self.draft.pack, *self.findings.tally(), self.what.address)
        self._go(SEAL)

    # --- sealed and saved

    def _offered(self, words: str) -> None:
        if not self.saving.is_sealing and self.made is None:  # these are not the words that it is being sealed with
            self.seal.show_words(words)
            if self.at == SEAL:
                announce(self.seal.words, words)

    def _to_save(self) -> ToSave:
        assert self.draft is not None
        return ToSave(draft=self.draft, decisions=self.findings.decisions(), address=self.what.address)

    def _sealed(self, made: MadePack) -> None:
        assert self.draft is not None
        self.made = made
        self.receipt.show_made(made, self.draft, self.saving.sealed_with, self.what.sittings.sitting)
        self._go(RECEIPT)
        self._desk.signals.changed.emit(change(Subject.PACKS, ids=(made.pack.id,)))
