"""The title and the question of one round: drawn from the banks, or picked from a list that can be searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cqcmock.domain.cafe.rounds import KINDS, Round, RoundQuestion
from cqcmock.domain.cafe.running_order import LONGEST_TITLE
from cqcmock.domain.questions import fill
from ui.cafe import plan_words
from ui.cafe.plan_fields import labelled
from ui.desk import Desk
from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import problem_label, small_label, wrapped_label
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.domain.choosing import Candidate
    from cqcmock.domain.framework import Role
    from cqcmock.errors import UserError

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
_PADDING_EMS = 1.5
READ_AFTER_MS = 60
"""First the round is laid out: hundreds of questions that are read meanwhile would keep the window waiting."""
NONE_CHOSEN = "No question is chosen. One is drawn in the session, and another can be drawn there."
STAFF = "frontline"
"""Who mostly comes to a café."""


class FoundQuestions(QAbstractListModel):
    """The questions that have all the words looked for, as the room would read them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[Candidate, str]] = []
        self._found: list[tuple[Candidate, str]] = []

    def set_questions(self, candidates: Sequence[Candidate], names: Mapping[str, str]) -> None:
        """These are the questions to look through."""
        self.beginResetModel()
        self._all = [(one, fill(one.question.text, names)) for one in candidates]
        self._found = self._all
        self.endResetModel()

    def find(self, words: str) -> None:
        """Show those that have all these words."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._found = [one for one in self._all if all(word in one[1].casefold() for word in wanted)]
        self.endResetModel()

    @property
    def all(self) -> list[Candidate]:
        """Every question, found or not."""
        return [candidate for candidate, _ in self._all]

    def at(self, row: int) -> Candidate:
        """The question in a row."""
        return self._found[row][0]

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many questions were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The question's words."""
        if not index.isValid() or index.row() >= len(self._found):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._found[index.row()][1]
        return None


class _WholeQuestions(QStyledItemDelegate):
    """Gives each question as many lines as it needs in the width that there is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._measured_for = (0, 0)
        self._sizes: dict[str, QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """Measured once: the list asks for all of them each time that it is searched."""
        width = self._view.viewport().width()
        wanted = (width, option.fontMetrics.height())
        if self._measured_for != wanted:
            self._measured_for = wanted
            self._sizes.clear()
        text = str(index.data())
        size = self._sizes.get(text)
        if size is None:
            narrow = QStyleOptionViewItem(option)
            narrow.rect = QRect(0, 0, width - body_em(_PADDING_EMS), 1)
            size = self._sizes[text] = QSize(width, super().sizeHint(narrow, index).height())
        return size


class RoundEditor(QWidget):
    """Emits what is wanted for the round that is shown; changes nothing by itself."""

    title_wanted = Signal(str, str)
    question_wanted = Signal(str, object)
    closed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._names: Mapping[str, str] = {}
        self._round: Round | None = None
        self._planned: tuple[RoundQuestion, ...] = ()
        self._drawn: Counter[tuple[str, str]] = Counter()
        self._draws = 0
        self._asked_for: tuple[str, str] = ("", "")
        self._arriving = False
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(1.2, 0.2, 0, 0.6))
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.role = QComboBox()
        self.role.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.role.setMinimumContentsLength(12)
        self.form = spaced(QFormLayout(), gap=0.4)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        labelled(self.form, "Title on the screen", self.title)
        column.addLayout(self.form)
        self.asking = QWidget()
        asking = spaced(QVBoxLayout(self.asking), gap=0.4)
        self.now = wrapped_label()
        self.draw = secondary_button("Draw one for me", self._draw)
        self.none = secondary_button("Leave it to be drawn", self._ask_none)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find a question by its words")
        self.words.setAccessibleName("Find a question by its words")
        self.words.setClearButtonEnabled(True)
        self.model = FoundQuestions(self)
        self.list = list_view(QListView(), "Questions; Enter takes one")
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_WholeQuestions(self.list))
        sized(self.list, min_height=11.0, max_height=16.0)
        self.told = small_label()
        self.take = secondary_button("Ask this one", self._take)
        self.problem = problem_label()
        self.problem.hide()
        whom = spaced(QFormLayout(), gap=0.4)
        whom.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        whom.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        labelled(whom, "Questions for a", self.role)
        asking.addWidget(self.now)
        asking.addLayout(whom)
        asking.addLayout(button_row(self.draw, self.none))
        asking.addWidget(self.words)
        asking.addWidget(self.list)
        asking.addWidget(self.told)
        asking.addLayout(button_row(self.take))
        column.addWidget(self.asking)
        column.addWidget(self.problem)
        self.close_it = secondary_button("Done with this round", lambda: self.closed.emit(self.round_id))
        column.addLayout(button_row(self.close_it))
        self.title.editingFinished.connect(self._titled)
        self.role.activated.connect(lambda _: self._read())
        self.words.textChanged.connect(self._find)
        self.words.returnPressed.connect(self._into_the_list)
        self.list.activated.connect(lambda _: self._take())

    @property
    def round_id(self) -> str:
        """The round that is shown, or nothing."""
        return self._round.id if self._round is not None else ""

    def offer(self, roles: Sequence[Role], names: Mapping[str, str]) -> None:
        """Whose questions there are, and what they call the place."""
        self._names = names
        self.role.clear()
        for role in roles:
            self.role.addItem(role.name, role.id)
        at = self.role.findData(STAFF)
        self.role.setCurrentIndex(at if at >= 0 else self.role.findData(self._desk.settings.role))

    def show_round(self, one: Round, planned: Sequence[RoundQuestion]) -> None:
        """Show this round; `planned` are the questions of the whole running order, so that none is drawn twice."""
        another = one.id != self.round_id
        self._round, self._planned = one, tuple(planned)
        if self.title.text() != one.title:
            self.title.setText(one.title)
        asks = KINDS[one.kind].asks
        self.asking.setVisible(asks)
        self.now.setText(f"Asked: {plan_words.question_line(one)}" if one.question else NONE_CHOSEN)
        self.none.setEnabled(one.question is not None)
        if another:
            self.say("")
            self._drawn.clear()
            self.words.clear()
            self._clear()
            if asks:
                QTimer.singleShot(READ_AFTER_MS, self, self._read)

    def arrived(self) -> None:
        """The question first, where there is one to choose."""
        assert self._round is not None
        if KINDS[self._round.kind].asks:
            self._arriving = not self.draw.isEnabled()  # which could not take the focus yet
            self.draw.setFocus()
        else:
            self.title.setFocus()
            self.title.selectAll()

    def forget(self) -> None:
        """No round is shown any more."""
        self._round = None
        self._arriving = False

    def say(self, problem: str) -> None:
        """Say here what cannot be."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _titled(self) -> None:
        if self._round is not None and self.title.text() != self._round.title:
            self.title_wanted.emit(self._round.id, self.title.text())

    def _ask_none(self) -> None:
        self.question_wanted.emit(self.round_id, None)
        self.draw.setFocus()

    def _clear(self) -> None:
        self.model.set_questions((), self._names)
        self.draw.setEnabled(False)
        self.take.setEnabled(False)
        self.told.setText("")

    def _read(self) -> None:
        if self._round is None:
            return
        library, kind, role = self._desk.library, self._round.kind, self.role.currentData() or ""
        wanted = self._asked_for = (self._round.id, role)
        self._clear()

        def read() -> tuple[Candidate, ...]:
            from cqcmock.services.cafe import questions

            return questions.fitting(library, kind, role)

        def show(found: tuple[Candidate, ...]) -> None:
            if wanted == self._asked_for:
                self.model.set_questions(found, self._names)
                self._find()
                if self._arriving:
                    self._arriving = False
                    self.draw.setFocus()

        self._desk.tasks.database(read, then=show, failed=self._failed, owner=self)

    def _find(self) -> None:
        self.model.find(self.words.text())
        number = self.model.rowCount()
        self.told.setText("No question has these words." if not number else f"{number} to choose from.")
        self.take.setEnabled(number > 0)
        self.draw.setEnabled(bool(self.model.all))
        if number:
            self.list.setCurrentIndex(self.model.index(0))

    def _into_the_list(self) -> None:
        if self.model.rowCount():
            self.list.setFocus()

    def _draw(self) -> None:
        """One that is not in the plan yet, and not the one that was drawn before it."""
        self.say("")
        round_id, candidates, names = self.round_id, self.model.all, self._names
        asked = self._drawn + Counter((one.bank, one.question) for one in self._planned)
        self._draws += 1
        seed = crc32(f"{round_id}:{self._draws}".encode())

        def draw() -> RoundQuestion:
            from cqcmock.services.cafe import questions

            return questions.drawn(candidates, asked, names, seed)

        def drawn(question: RoundQuestion) -> None:
            self._drawn[question.bank, question.question] += 1
            self.question_wanted.emit(round_id, question)

        self._desk.tasks.database(draw, then=drawn, failed=self._failed, owner=self)

    def _take(self) -> None:
        if not self.list.currentIndex().isValid():
            return
        self.say("")
        round_id, names = self.round_id, self._names
        chosen = self.model.at(self.list.currentIndex().row())
        library = self._desk.library

        def take() -> RoundQuestion:
            from cqcmock.services.cafe import questions

            return questions.from_bank(library, chosen.bank, chosen.question.id, names)

        self._desk.tasks.database(
            take,
            then=lambda question: self.question_wanted.emit(round_id, question),
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: UserError) -> None:
        self.say(str(error))
