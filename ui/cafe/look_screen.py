"""Looking at a session that somebody else has open, or that is over: everything of it, and nothing to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from ui.announce import announce
from ui.app_signals import Change, Subject
from ui.cafe.closing_released import ReleasedView
from ui.cafe.look_reading import Looked, compared, look
from ui.commands import Commands
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, lead_label, problem_label, small_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from datetime import datetime

READ_AGAIN_MS: Final = 2000
CANNOT_CHANGE: Final = "You can look, not change."
_STAGES: Final = {
    Stage.PLANNING: "It has not started yet.",
    Stage.WELCOME: "The door is open, and no round has begun.",
    Stage.FINISHED: "All rounds are over.",
}
_FEW_ROWS, _MANY_ROWS = 6, 12
_FIT_IN_A_ROW = 60


class LookScreen(Screen):
    """`run_wanted` carries the session that is to be opened, once it is free; `papers_wanted` that to be printed."""

    run_wanted = Signal(str)
    papers_wanted = Signal(str)
    left_for_now = Signal()

    def __init__(self, desk: Desk, commands: Commands, session_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self.session_id = session_id
        self.looked: Looked | None = None
        self._in_sight = False
        self._reading = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(READ_AGAIN_MS)
        self._timer.timeout.connect(self.read)
        self._lay_out()
        desk.signals.changed.connect(self._changed)
        self.read()

    def _lay_out(self) -> None:
        self.page = ScrollPage(gap=1.0)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        self.title = heading("A café session")
        self.which = wrapped_label(quiet=True)
        self.who = lead_label()
        self.where = wrapped_label()
        self.heard = small_label()
        self.problem = problem_label()
        self.problem.hide()
        self.open_button = primary_button("Open it", lambda: self.run_wanted.emit(self.session_id))
        self.papers = secondary_button(
            "See, save or print the papers", lambda: self.papers_wanted.emit(self.session_id)
        )
        self.leave = link_button("Back to the cafés", self.left_for_now.emit)
        self.status = Card()
        for part in (self.who, self.where, self.heard, self.problem):
            self.status.body.addWidget(part)
        self.status.add_buttons(self.open_button, self.papers, self.leave)
        self.rounds = _Section("Running order", "Nothing is planned yet.", rows=_MANY_ROWS)
        self.came = _Section("Who came", "Nobody has been counted yet.")
        self.hard = _Section("What people found hard", "Nothing has been marked as hard.")
        self.compared = _Section("Which answers would reassure more", "No answers were compared.", about_rows=3)
        self.themes = _Section("Cards and themes", "There are no cards yet.", rows=_FEW_ROWS)
        self.cards = _batched(LineList("Cards of the chosen theme", rows_in_sight=_FEW_ROWS, about_rows=1))
        self.themes.body.removeWidget(self.themes.list)
        self.side = SideBySide(_top(self.themes.list), _top(self.cards), narrowest=16.0, shares=(2, 3))
        self.themes.body.addWidget(self.side)
        self.card_in_full, self.answer_in_full = _InFull(self.cards), _InFull(self.compared.list)
        self.themes.body.addWidget(self.card_in_full)
        self.compared.body.addWidget(self.answer_in_full)
        self.others = Card("What others see")
        self.released = ReleasedView()
        self.others.body.addWidget(self.released)
        self.themes.list.moved.connect(lambda _: self._show_cards())
        parts = (self.rounds, self.themes, self.came, self.hard, self.compared, self.others)
        self.whole = QWidget()
        inside = spaced(QVBoxLayout(self.whole), gap=1.0)
        for section in parts:
            inside.addWidget(section)
        self.whole.hide()
        top: tuple[QWidget, ...] = (self.title, self.which, self.status, self.whole)
        for one in top:
            column.addWidget(one)
        for button in (self.open_button, self.papers):
            button.hide()

    # --- coming and going

    def arrived(self) -> None:
        """See what has happened meanwhile."""
        self._in_sight = True
        self._focus()
        self.read()

    def left(self) -> None:
        """Nobody looks: nothing is read."""
        self._in_sight = False
        self._timer.stop()

    def may_close(self) -> bool:
        """Looking can end at any time."""
        self.left()
        return True

    def _changed(self, change: Change) -> None:
        if self._in_sight and change.touches(Subject.CAFES):
            self.read()

    def read(self) -> None:
        """Look again."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        desk, session_id, before = self._desk, self.session_id, self.looked
        desk.tasks.database(
            lambda: look(desk.library, session_id, desk.clock, before),
            then=self._show, failed=self._failed, owner=self,
        )  # fmt: skip

    def _done_reading(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.read()

    # --- what is shown

    def _failed(self, error: UserError) -> None:
        if self.problem.text() != str(error) or self.problem.isHidden():
            self.problem.setText(str(error))
            self.problem.show()
            announce(self.problem, str(error))
        if self.looked is None:
            self._focus()
        self._look_again()
        self.filled.emit()
        self._done_reading()

    def _look_again(self) -> None:
        if self._in_sight and not self._timer.isActive():
            self._timer.start()

    def _show(self, looked: Looked) -> None:
        before, self.looked = self.looked, looked
        self.problem.hide()
        self._show_status(looked)
        self.rounds.show_lines(looked.rounds)
        self.came.show_lines(looked.groups, f"{_people(looked.whole.attendance.came)} came in all." + _gone(looked))
        self.themes.show_lines(looked.themes)
        self.side.setVisible(bool(looked.themes))
        self._show_cards()
        self.hard.show_lines(looked.hard)
        advice = looked.standings.advice.words if looked.standings else ""
        reliability = looked.standings.reliability.words if looked.standings else ""
        self.compared.show_lines(tuple(compared(looked)), f"{reliability} {advice}".strip())
        self.others.setVisible(looked.release is not None)
        if looked.release is not None:
            self.released.show_release(looked.release)
        self.whole.show()
        if before is None:
            self._focus()
            self.page.to_top()
        elif before.hold is not None and looked.hold is None:
            announce(self.who, self.who.text())
        if looked.hold is None:
            self._timer.stop()
        else:
            self._look_again()
        self.filled.emit()
        self._done_reading()

    def _show_status(self, looked: Looked) -> None:
        details = looked.whole.details
        self.title.setText(details.title or "A café session")
        about = (f"{details.minutes} minutes", details.place, details.team or "Open door")
        self.which.setText(
            " · ".join(part for part in (*_unless_in(self.title.text(), day(details.day)), *about) if part)
        )
        self.who.setText(_who_words(looked))
        self.where.setText(looked.clock or _STAGES.get(looked.whole.state.stage, ""))
        self.heard.setText("" if looked.over else f"Last sign of life at {looked.heard.astimezone():%H:%M:%S}.")
        self.heard.setVisible(not looked.over)
        self.open_button.setVisible(not looked.over)
        free = looked.hold is None
        self.open_button.setEnabled(free)
        self.open_button.setAccessibleDescription("" if free else "Possible once nobody else has the session open.")
        self.papers.setVisible(details.deleted_at is None)

    def _show_cards(self) -> None:
        if self.looked is not None:
            self.cards.show_lines(self.looked.cards.get(self.themes.list.chosen, ()))

    def _focus(self) -> None:
        buttons = (self.open_button, self.papers, self.leave)
        first = next(one for one in buttons if not one.isHidden() and one.isEnabled())
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class _InFull(TextLabel):
    """The whole words of the line that is chosen, where a row cannot hold them."""

    def __init__(self, lines: LineList) -> None:
        super().__init__()
        self._lines = lines
        lines.moved.connect(lambda _: self.follow())
        self.hide()

    def follow(self) -> None:
        """Show the words of the line that is chosen now."""
        key = self._lines.chosen
        words = next((line.title for line in self._lines.lines.lines if line.key == key), "")
        if self.text() != words:
            self.setText(words)
        self.setVisible(len(words) > _FIT_IN_A_ROW)


class _Section(Card):
    """A card with a list that cannot be changed, and what to say where it is empty."""

    def __init__(self, title: str, empty: str, *, rows: int = _FEW_ROWS, about_rows: int = 2) -> None:
        super().__init__(title)
        self._empty = empty
        self.about = wrapped_label(empty, quiet=True)
        self.list = _batched(LineList(title, rows_in_sight=rows, about_rows=about_rows))
        self.body.addWidget(self.about)
        self.body.addWidget(self.list)

    def show_lines(self, lines: Sequence[Line], about: str = "") -> None:
        """Show these, where they are different from what is shown."""
        text = about if lines else self._empty
        if self.about.text() != text:
            self.about.setText(text)
        self.about.setVisible(bool(text))
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))


def _batched(lines: LineList) -> LineList:
    """Three hundred rows get their places a few at a time, so that the window does not wait for them."""
    lines.setLayoutMode(QListView.LayoutMode.Batched)
    lines.setBatchSize(20)
    return lines


def _top(part: QWidget) -> QWidget:
    holder = QWidget()
    column = spaced(QVBoxLayout(holder), gap=0)
    column.addWidget(part)
    column.addStretch(1)
    return holder


def _who_words(looked: Looked) -> str:
    if looked.whole.details.deleted_at is not None:
        return f"This session was deleted. {CANNOT_CHANGE}"
    if looked.whole.details.closed_at is not None:
        return f"This session is closed. {CANNOT_CHANGE}"
    if looked.hold is not None:
        return f"{looked.hold.who} has had this session open since {_since(looked.hold.since)}. {CANNOT_CHANGE}"
    return "Nobody has this session open. To change anything, open it."


def _unless_in(title: str, on: str) -> tuple[str, ...]:
    return () if on in title else (on,)


def _since(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%H:%M} on {day(local.date())}"


def _people(number: int) -> str:
    return count(number, "person", "people")


def _gone(looked: Looked) -> str:
    gone = looked.whole.attendance.gone
    return f" {_people(gone)} had left again when last counted." if gone else ""
