"""Finding questions: words and filters, the list of what was found, and the one that is chosen beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count, shortened
from cqcmock.errors import UserError
from ui.announce import announce
from ui.banks import deeds, wording
from ui.banks.beside import Beside
from ui.banks.filter_bar import FilterBar
from ui.banks.models import QuestionModel, key_of
from ui.banks.question_view import QuestionView
from ui.banks.reading import (
    MOST_FOUND,
    MOST_LINES,
    SEARCH_FROM,
    Choices,
    Filters,
    Found,
    Key,
    find,
    read_question,
    read_versions,
)
from ui.banks.rows import RowView
from ui.desk import Desk
from ui.messages import Action, Kind
from ui.sizes import sized, spaced
from ui.tasks import Task
from ui.widgets.buttons import literal, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.bank_editing import Deed
    from cqcmock.services.banks import QuestionLine

WAIT_MS = 120
"""From the last letter to the search."""

_SHARES = (4, 5)
NO_QUESTIONS = "There are no questions yet. Make one with New question, or bring some in with Import questions."
NO_MATCH = "No question matches. Try fewer words, or leave out a filter."
NONE_RETIRED = "No question is retired. What you retire is kept here, and is not asked until you restore it."


class FindPart(QWidget):
    """`chosen_changed` says that the buttons are about something else now, `filled` that all has come in."""

    rehearse_wanted = Signal(object)
    change_wanted = Signal(str, str)
    chosen_changed = Signal()
    list_reached = Signal()
    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.choices = Choices()
        self.found: Found | None = None
        self._searching: list[Task[Found]] = []
        self._shown: Key | None = None
        self._is_counted = False
        self._to_show: Key | None = None
        self._asked: Filters | None = None
        self._question: Question | None = None
        self._drawn: tuple[Key, Question, bool, Choices] | None = None
        self._reading: Task[Question] | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find questions by their words")
        self.words.setAccessibleName("Find questions by their words")
        self.words.setClearButtonEnabled(True)
        self.words.setMaxLength(500)
        self.words.setAcceptDrops(False)  # a file that is dropped is for the screen
        self.filters = FilterBar()
        self.told = wrapped_label(quiet=True)
        self.nothing = wrapped_label()
        self.clear_all = secondary_button("Clear the words and filters", self.clear)
        self.model = QuestionModel(self)
        self.list = RowView(self.model, "Questions that were found", lines=2, several=True)
        self.view = QuestionView()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.search)
        self._connect()

    def _lay_out(self) -> None:
        column = spaced(QVBoxLayout(self), gap=0.5)
        column.addWidget(self.words)
        column.addWidget(self.filters)
        left = QWidget()
        inside = spaced(QVBoxLayout(left), gap=0.35)
        inside.addWidget(self.told)
        inside.addWidget(self.nothing)
        inside.addLayout(button_row(self.clear_all))
        sized(self.list, min_height=11.0)
        inside.addWidget(self.list, 1)
        self._room = QWidget()  # where there is no list to take it
        inside.addWidget(self._room, 1)
        self._room.hide()
        self.beside = Beside(left, self.view, self.view.pane, shares=_SHARES)
        column.addWidget(self.beside, 1)
        self.nothing.hide()
        self.clear_all.hide()

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self._timer.start())
        self.words.returnPressed.connect(self.search)
        self.words.installEventFilter(self)
        self.filters.changed.connect(self.search)
        chosen = self.list.selectionModel()
        chosen.currentChanged.connect(self._current_changed)
        chosen.selectionChanged.connect(lambda *_: self._show_what_can_be_done())
        self.view.versions_wanted.connect(self._read_versions)
        self.view.versions.put_back_wanted.connect(self._put_back)
        self.view.use.clicked.connect(lambda _=False: self.use())
        self.view.change.clicked.connect(lambda _=False: self.change())
        self.view.retire.clicked.connect(lambda _=False: self.retire_or_restore())
        self.view.delete.clicked.connect(lambda _=False: self._delete())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The arrow down, typed among the words, goes to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.to_list()
            return True
        return super().eventFilter(watched, event)

    def to_list(self) -> None:
        """The keyboard goes to what was found."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list_reached.emit()

    # --- searching

    def show_choices(self, choices: Choices) -> None:
        """The library is as it says here: offer it, and search again."""
        self.choices = choices
        self.filters.offer(choices)
        self._shown = None  # the chosen question may have changed too
        self._is_counted = False
        self.search()

    def wanted(self) -> Filters:
        """What is looked for now: words from the second letter on."""
        words = self.words.text().strip()
        return self.filters.filters(words if len(words) >= SEARCH_FROM else "")

    def clear(self) -> None:
        """Look for nothing in particular."""
        self.words.clear()
        self.filters.clear()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Look for it; an answer to an earlier search is never shown after this."""
        self._timer.stop()
        filters, desk = self.wanted(), self._desk
        for task in self._searching:
            task.cancel()
        self._searching.clear()
        if desk.opened is None:
            return

        before, asked = self.found, self._asked
        of = before.of if self._is_counted and before and asked and asked.retired == filters.retired else None
        quick_first = filters.words and self.choices.questions > MOST_LINES
        for ranked in (False, True) if quick_first else (True,):
            work = _search(desk, filters, ranked=ranked, of=of)
            task = desk.tasks.database(
                work, then=lambda found: self._show(found, filters), failed=self._not_read, owner=self
            )
            self._searching.append(task)

    def _show(self, found: Found, filters: Filters) -> None:
        first, same = self.found is None, filters == self._asked
        self._asked = filters
        keys, current, row = self.chosen_keys(), self._current_key(), self.list.currentIndex().row()
        if self._to_show is not None and any(key_of(line) == self._to_show for line in found.lines):
            keys, current, self._to_show, same = [self._to_show], self._to_show, None, True
        self.found = found
        self._is_counted = True
        self.model.show(found.lines, self.choices)
        told = wording.found(found.matching, found.of, nothing_asked=not filters.narrow)
        if filters.words and found.matching == MOST_FOUND:
            told = f"The best {MOST_FOUND} of {count(found.of, 'question')}: one more word finds fewer"
        elif len(found.lines) < found.matching:
            told += f". The first {len(found.lines):,} are listed."
        changed = told != self.told.text()
        self.told.setText(told)
        self._show_empty(found, filters)
        if same:
            there = self.model.rows_of([current]) if current else []
            now = there[0] if there else min(max(row, 0), self.model.rowCount() - 1)
            self.list.choose(self.model.rows_of(keys) if there else [now], now)
        else:  # the best first
            self.list.choose([], min(0, self.model.rowCount() - 1))
        if changed and not first and self.words.hasFocus():
            announce(self.told, told)
        self._show_current()

    def _show_empty(self, found: Found, filters: Filters) -> None:
        empty = not found.lines
        if empty and self.list.hasFocus():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.nothing.setVisible(empty)
        self._room.setVisible(empty)
        self.list.setVisible(not empty)
        self.view.setVisible(not empty)
        self.told.setVisible(not empty)
        self.clear_all.setVisible(empty and (filters.narrow or filters.retired is not False))
        if empty and not self.choices.questions:
            self.nothing.setText(NO_QUESTIONS)
        elif empty and filters.retired and not filters.narrow:
            self.nothing.setText(NONE_RETIRED)
        else:
            self.nothing.setText(NO_MATCH)

    def show_key(self, key: Key) -> None:
        """Make this question the chosen one, and leave out no filter that would hide it."""
        self._to_show = key
        self.words.clear()
        self.filters.clear()

    # --- the chosen question

    def chosen_lines(self) -> list[QuestionLine]:
        """The questions that are chosen, from the top."""
        lines = [self.model.line(row) for row in self.list.rows()]
        return [line for line in lines if line is not None]

    def chosen_keys(self) -> list[Key]:
        """The same by their ids."""
        return [key_of(line) for line in self.chosen_lines()]

    def _current(self) -> QuestionLine | None:
        return self.model.line(self.list.currentIndex().row())

    def _current_key(self) -> Key | None:
        line = self._current()
        return key_of(line) if line is not None else None

    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        line = self._current()
        if line is None:
            self._shown = self._question = self._drawn = None
            self.view.show_nothing()
            self._show_what_can_be_done()
            self.filled.emit()
            return
        key, desk = key_of(line), self._desk
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if key == self._shown:
            self._show_what_can_be_done()
            self.filled.emit()
            return

        def came(question: Question) -> None:
            self._reading = None
            self._shown, self._question = key, question
            drawn = (key, question, line.retired, self.choices)
            if drawn != self._drawn:
                self._drawn = drawn
                self.view.show_question(question, self.choices.bank(key[0]), self.choices, retired=line.retired)
            self._show_what_can_be_done()
            self.filled.emit()

        self._reading = desk.tasks.database(
            lambda: read_question(desk, key), then=came, failed=self._not_read, owner=self
        )

    def _not_read(self, error: UserError) -> None:
        self._desk.messages.tell(error)
        self.filled.emit()

    def _show_what_can_be_done(self) -> None:
        lines, view = self.chosen_lines(), self.view
        in_use = [line for line in lines if not line.retired]
        of = f" these {len(lines)}" if len(lines) > 1 else ""
        use = f"Use {count(len(in_use), 'question')}" if len(in_use) > 1 else "Use"
        _say(view.use, f"{use} in a rehearsal")
        _say(view.retire, f"{'Retire' if in_use or not lines else 'Restore'}{of}")
        view.use.setEnabled(bool(in_use))
        view.retire.setEnabled(bool(lines))
        view.change.setEnabled(len(lines) == 1)
        bank = self.choices.bank(lines[0].bank) if len(lines) == 1 else None
        view.delete.setVisible(bank is not None and bank.origin != "shipped")
        self.chosen_changed.emit()

    # --- deeds

    def use(self) -> None:
        """Rehearse with what is chosen and not retired."""
        keys = tuple(key_of(line) for line in self.chosen_lines() if not line.retired)
        if keys:
            self.rehearse_wanted.emit(keys)

    def change(self) -> None:
        """Change the one question that is chosen."""
        keys = self.chosen_keys()
        if len(keys) == 1:
            self.change_wanted.emit(*keys[0])

    def retire_or_restore(self) -> None:
        """Retire what is chosen and in use; where nothing is, restore it."""
        lines, desk = self.chosen_lines(), self._desk
        in_use = [line for line in lines if not line.retired]
        if in_use:
            self._do(deeds.retiring(desk, [key_of(line) for line in in_use]), self._said(in_use, "retired"))
            return
        whole = {bank.id: bank for bank in self.choices.banks if bank.retired}
        alone = [line for line in lines if line.bank not in whole]
        if alone:
            self._do(deeds.restoring(desk, [key_of(line) for line in alone]), self._said(alone, "restored"))
        elif lines:
            bank = whole[lines[0].bank]
            restore = deeds.restoring(desk, [(bank.id, "")])
            self._desk.messages.say(
                f"The whole bank “{bank.title}” is retired, and this question with it.",
                Kind.NOTICE,
                action=Action(
                    title="Restore the bank", do=lambda: deeds.do(desk, restore, f"“{bank.title}” is restored.")
                ),
            )

    def _said(self, lines: list[QuestionLine], done: str) -> str:
        if len(lines) > 1:
            return f"{count(len(lines), 'question')} {done}."
        return f"“{shortened(self.choices.asked(lines[0].text), 80)}” is {done}."

    def _delete(self) -> None:
        lines, desk = self.chosen_lines(), self._desk
        if len(lines) != 1:
            return
        bank_id, question_id = key_of(lines[0])

        def delete() -> Deed:
            from cqcmock.services import bank_editing

            return bank_editing.delete_question(desk.library, bank_id, question_id, desk.clock)

        self._do(delete, self._said(lines, "deleted"))

    def _put_back(self, earlier: Question) -> None:
        key, now, desk = self._shown, self._question, self._desk
        if key is None or now is None:
            return

        def put_back() -> Deed:
            from cqcmock.services import bank_editing

            return bank_editing.save_question(desk.library, key[0], earlier, desk.clock, replacing=now)

        self._do(put_back, "The earlier version is back.")

    def _do(self, work: Callable[[], Deed], said: str) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # a button may go away, and among words Ctrl+Z is theirs
        deeds.do(self._desk, work, said)

    def _read_versions(self) -> None:
        key, desk = self._shown, self._desk
        if key is None:
            return

        def came(versions: object) -> None:
            if key == self._shown:
                assert isinstance(versions, tuple)
                self.view.versions.show_versions(versions, self.choices.bank(key[0]), self.choices)

        desk.tasks.database(lambda: read_versions(desk, key), then=came, owner=self)


def _say(button: QPushButton, words: str) -> None:
    button.setText(literal(words))
    button.setAccessibleName(words)


def _search(desk: Desk, filters: Filters, *, ranked: bool, of: int | None) -> Callable[[], Found]:
    return lambda: find(desk, filters, ranked=ranked, of=of)
