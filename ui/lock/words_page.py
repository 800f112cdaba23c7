"""Six new words, large, to be put on paper, and what else may open the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.errors import UserError
from ui.banks.question_form_fold import Fold
from ui.desk import Desk
from ui.rehearse.page_view import draw
from ui.rehearse.printing import print_pages
from ui.rehearse.report_screen import PDF_KIND
from ui.sizes import sized, spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

ABOUT = (
    "Print them, or write them down by hand, in this order. They are shown this once, and nobody else has them: "
    "neither your council nor the people who made this program."
)
TRUST = "Open without asking on this computer"
TRUST_HINT = "Once you have signed in to it. The words are then needed only where it fails, or after “Lock now”."
NO_KEYRING = "This computer has no safe place for a key, so you will be asked for the words at each start."
COUNCIL = "Also for the council’s key"
COUNCIL_ABOUT = (
    "Your council may have a key of its own, for the day on which somebody leaves or the paper is lost. Paste its "
    "public key here: whoever keeps the secret one can then open your library too."
)
SAVED = "Saved as {} in {}. Whoever opens that file can open your library: print it, then delete it from this computer."
_COLUMNS = 2


class WordsPage(QWidget):
    """`on_paper` when the person says that they have them; `put_by` to leave everything as it was."""

    on_paper = Signal()
    put_by = Signal()

    def __init__(self, desk: Desk, words: str, *, change: bool) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._pdf = b""
        self.trust = QCheckBox(TRUST)
        self.trust.setChecked(True)
        self.trust_hint: TextLabel = small_label(TRUST_HINT)
        self.council = QLineEdit()
        self.council.setAccessibleName("The council’s public key")
        self.council.setAccessibleDescription(COUNCIL_ABOUT)
        self.council.setPlaceholderText("age1…")
        self.council.setMaxLength(500)
        self.council_problem: TextLabel = problem_label()
        self.print_button = secondary_button("Print…", self.print_it)
        self.save_button = secondary_button("Save as PDF…", self.save_it)
        self.done_button = primary_button("I have them on paper", self._done)
        self.leave_button = secondary_button("Leave it as it is" if change else "Do not lock it now", self.put_by.emit)
        self.problem: TextLabel = problem_label()
        self.said: TextLabel = wrapped_label()
        self._lay_out()
        self.council.textEdited.connect(lambda _: self._say_about_key(""))

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(wrapped_label(ABOUT))
        card.body.addWidget(self._large_words())
        card.add_buttons(self.print_button, self.save_button)
        card.body.addWidget(self.said)
        card.body.addWidget(self.problem)
        inside = QWidget()
        about_key = spaced(QVBoxLayout(inside), gap=0.4)
        for part in (wrapped_label(COUNCIL_ABOUT), sized(self.council, max_width=40.0), self.council_problem):
            about_key.addWidget(part)
        self.fold = Fold(COUNCIL, inside)
        options = Card("What else may open it")
        for widget in (self.trust, self.trust_hint, self.fold):
            options.body.addWidget(widget)
        column = spaced(QVBoxLayout(self), gap=1.0)
        column.addWidget(card)
        column.addWidget(options)
        column.addLayout(button_row(self.done_button, self.leave_button))
        for label in (self.said, self.problem, self.council_problem):
            label.hide()

    def _large_words(self) -> QWidget:
        box = QWidget()
        grid = spaced(QGridLayout(box), gap=0.6, margins=(0.0, 0.4, 0.0, 0.4))
        words = self._words.split()
        rows = -(-len(words) // _COLUMNS)
        self.shown: tuple[TextLabel, ...] = tuple(
            TextLabel(f"{at}.\u2002{word}", kind="h1", wrap=False) for at, word in enumerate(words, 1)
        )
        for at, label in enumerate(self.shown):
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(label, at % rows, at // rows)
        box.setAccessibleName("The six words, in their order")
        return box

    def show_keyring(self, *, there: bool, trusted: bool) -> None:
        """Whether this computer can keep a key, and whether it shall."""
        self.trust.setVisible(there)
        self.trust.setChecked(there and trusted)
        self.trust_hint.setText(TRUST_HINT if there else NO_KEYRING)

    def show_council_key(self, address: str) -> None:
        """The council's key of now stays unless somebody takes it out."""
        if address and not self.council.text():
            self.council.setText(address)
            self.fold.button.setChecked(True)

    def begin(self) -> None:
        """Work begins with the printer."""
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def computer(self) -> bool:
        """Whether this computer's keyring shall open it."""
        return not self.trust.isHidden() and self.trust.isChecked()

    @property
    def escrow(self) -> str:
        """The council's public key, or nothing."""
        return self.council.text().strip()

    def _done(self) -> None:
        from cqcmock.services import recovery_words

        try:
            recovery_words.check_council_key(self.council.text())
        except UserError as error:
            self.fold.button.setChecked(True)
            self._say_about_key(str(error))
            self.council.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.on_paper.emit()

    def _say_about_key(self, problem: str) -> None:
        self.council_problem.setText(problem)
        self.council_problem.setVisible(bool(problem))

    # --- on paper

    def save_it(self) -> None:
        """Ask where to, and save the page as a PDF."""
        from cqcmock.services.recovery_words import FILE_NAME

        self._desk.messages.choose_save_file("Save the recovery words", f"{FILE_NAME}.pdf", PDF_KIND, self._save)

    def _save(self, path: Path) -> None:
        desk, words, settings = self._desk, self._words, self._desk.settings

        def save() -> None:
            from cqcmock.services import recovery_words

            recovery_words.save_paper(words, path, settings, desk.clock)

        def saved(_: None) -> None:
            self._say(SAVED.format(path.name, path.absolute().parent))

        desk.tasks.background(save, then=saved, failed=self._failed, doing="Writing the page", owner=self)

    def print_it(self) -> None:
        """Make the page, ask for a printer, and print it there."""
        desk, words, settings = self._desk, self._words, self._desk.settings
        self.print_button.setEnabled(False)

        def make() -> tuple[bytes, tuple[tuple[float, float], ...]]:
            from cqcmock.services import recovery_words, reports

            pdf = recovery_words.paper(words, settings, desk.clock)
            return pdf, reports.page_sizes(pdf)

        desk.tasks.background(
            make, then=lambda made: self._choose_printer(*made), failed=self._failed, doing="Making the page",
            owner=self,
        )  # fmt: skip

    def _choose_printer(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self.print_button.setEnabled(True)
        self._desk.messages.choose_printer(len(sizes), lambda printer: self._print_on(printer, pdf, sizes))

    def _print_on(self, printer: QPrinter, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self._desk.tasks.background(
            lambda: print_pages(printer, sizes, lambda number, scale: draw(pdf, number, scale), lambda *_: None),
            then=lambda sheets: self._say(f"{count(sheets, 'page')} sent to the printer."),
            failed=self._failed,
            doing="Printing the page",
            owner=self,
        )

    def _failed(self, error: UserError) -> None:
        self.print_button.setEnabled(True)
        self.said.hide()
        self.problem.setText(str(error))
        self.problem.show()

    def _say(self, words: str) -> None:
        self.problem.hide()
        self.said.setText(words)
        self.said.show()
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
