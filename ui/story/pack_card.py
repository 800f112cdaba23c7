"""The data pack for staff: the whole story as a document in one of three forms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from ui.commands import CommandId, first_key
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import wrapped_label

FORMS = ((".docx", "Save as Word…"), (".pdf", "Save as PDF…"), (".html", "Save as web page…"))


class PackCard(Card):
    """`wanted` carries the ending of the file."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Data pack for staff")
        self.buttons = {ending: secondary_button(words, partial(self.wanted.emit, ending)) for ending, words in FORMS}
        self.buttons[".docx"].setToolTip(first_key(CommandId.DATA_PACK))
        self.body.addWidget(wrapped_label("The whole story on a few pages, to be read before an interview."))
        self.add_buttons(*self.buttons.values())
