"""The receipt of a returned pack: where the file is, what is in it, and the words by which both sides know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget

from ui.review import return_words as words
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, lead_label, problem_label, question_label, small_label, wrapped_label
from ui.widgets.line_list import LineList
from ui.widgets.pill import Tone, pill

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cqcmock.services.reviewing import Receipt
    from ui.review.return_reading import ToReturn

FORGET = "Forget this pack on this computer…"


class ReceiptCard(Card):
    """`done`, `later`, `paper` and `forget` say what somebody wants after the pack went back."""

    done = Signal()
    later = Signal()
    paper = Signal()
    forget = Signal()

    def __init__(self) -> None:
        super().__init__(words.WRITTEN)
        self._folder: Path | None = None
        self.where = wrapped_label()
        self.body.addWidget(self.where)
        self.open_folder_button = link_button("Open the folder", self.open_folder)
        self.problem = problem_label()
        self.problem.hide()
        self.send = wrapped_label()
        row = QWidget()
        row_flow = spaced(FlowLayout(row), gap=0.4)
        row_flow.addWidget(self.open_folder_button)
        counts = QWidget()
        self._counts = spaced(FlowLayout(counts), gap=0.4)
        self.counts: list[QLabel] = []
        self.read_out = lead_label(words.READ_OUT)
        self.code = question_label()
        for part in (row, self.problem, counts, self.send, heading("The word code", 3), self.read_out, self.code):
            self.body.addWidget(part)
        self.body.addWidget(wrapped_label(words.SAME_WORDS))
        self.body.addWidget(small_label(words.LATEST_COUNTS))
        self.done_button = primary_button("Done", self.done.emit)
        self.later_button = secondary_button("Return again later", self.later.emit)
        self.paper_button = secondary_button("The receipt on paper…", self.paper.emit)
        self.forget_button = secondary_button(FORGET, self.forget.emit)
        self.add_buttons(self.done_button, self.later_button, self.paper_button, self.forget_button)

    def show_receipt(self, receipt: Receipt, pack: ToReturn) -> None:
        """Show what was written just now."""
        assert receipt.path is not None
        self._folder = receipt.path.absolute().parent
        self.where.setText(words.returned(receipt))
        self.send.setText(words.send_it(pack))
        for label in self.counts:
            self._counts.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.counts = [
            pill(f"{receipt.expected:,} expected"),
            pill(f"{receipt.returned:,} returned", Tone.IN_HAND),
            pill(f"{receipt.missing:,} missing", Tone.WRAP_UP if receipt.missing else Tone.QUIET),
        ]
        for label in self.counts:
            self._counts.addWidget(label)
            label.show()
        self.code.setText(receipt.code.replace(" ", "\u2003"))
        self.code.setAccessibleName(f"Word code: {', '.join(receipt.code.split())}")
        self.problem.hide()

    def open_folder(self) -> None:
        """Show the folder with the file in the system's own file window."""
        if self._folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.problem.setText(f"The folder could not be opened from here. It is {self._folder}.")
            self.problem.show()

    def say_problem(self, text: str) -> None:
        """What went wrong with a deed of this card."""
        self.problem.setText(text)
        self.problem.show()


class EarlierReceipts(Card):
    """What was returned before; hidden where nothing was. `forget` as long as no other card on screen offers it."""

    forget = Signal()

    def __init__(self) -> None:
        super().__init__("Returned earlier")
        self.body.addWidget(
            wrapped_label("The words of each file that you returned, the latest first, in case the council asks.")
        )
        self.list = LineList("Earlier receipts", rows_in_sight=4)
        self.body.addWidget(self.list)
        self.forget_button = secondary_button(FORGET, self.forget.emit)
        self.add_buttons(self.forget_button)
        self.hide()

    def show_receipts(self, receipts: Sequence[Receipt], *, offer: bool) -> None:
        """Show these; with `offer`, the pack can be forgotten from here."""
        self.list.show_lines([words.receipt_line(receipt) for receipt in receipts])
        self.forget_button.setVisible(offer)
        self.setVisible(bool(receipts))
